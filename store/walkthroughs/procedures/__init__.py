"""The documented procedures as data: one TOML file each.

Each follows one of two documents of Alibaba Cloud. Its steps name pages, tabs and buttons as the
console does, with the clauses of the rulebook. Additions from other pages are notes with their
source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from store.errors import Usage
from store.i18n import _, language
from store.models import Kind
from store.rules.sources import SOURCES, Source

PROCEDURE_IDS = (
    "P-TOPUP",
    "P-IOT-RENEW",
    "P-IOT-SETTLE",
    "P-IOT-UPGRADE",
    "P-PLAN-BUY",
    "P-LIC-RENEW",
    "P-LIC-REPLACE",
    "P-TICKET",
)
"""The IDs of all procedures, in the order in which they are listed."""


class Action(StrEnum):
    """The action of a step. If the cloud supports it, the program can do it; otherwise it is done
    in the console."""

    NONE = "none"
    COPY_ID = "copy-id"
    SAVE_ID = "save-instance-id"
    CHOOSE = "choose"
    SAVE_NEW_ID = "save-new-instance-id"
    RENEW = "renew"
    AUTO_RENEW = "auto-renew"
    TOP_UP = "top-up"
    PAYMENT_METHOD = "payment-method"
    BUY_PLAN = "buy-plan"
    BUY_LICENSE = "buy-license"
    BIND = "bind"
    UPGRADE = "upgrade"
    WAIT = "wait"
    SET_ALERT = "set-alert"
    TICKET = "ticket"
    SUBMITTED = "submitted"
    """Ends a walk by the person's statement."""
    SEE = "see"
    """Ends a walk by the cloud's data."""


PAYING = frozenset(
    {Action.RENEW, Action.BUY_PLAN, Action.BUY_LICENSE, Action.UPGRADE, Action.TOP_UP}
)
"""The actions that cost money: they are skipped once the goal is reached."""


class Note(Struct, frozen=True):
    """A remark of a step, from its file."""

    text: str
    source: Source | None
    """The source page; None: our own advice."""
    site: str | None
    """The only site that it applies to."""
    from_months: int
    """The shortest term that it applies to."""


class Step(Struct, frozen=True):
    """One step. Its texts have `{placeholders}` for the item's values, which `fill_step` fills
    in."""

    id: str
    title: str
    where: str
    page: Mapping[str, str]
    """The page's https address for each site: `china`, `international`."""
    does: str
    carry: str | None
    """The name of the value to copy for that page."""
    action: Action
    leads_to: tuple[str, ...]
    """The ids of the steps for which this console page is opened. If the program does them, the
    page is not needed."""
    option: str | None
    """The option (`upgrade`, `separate`) to which the step belongs, if the person has a choice."""
    charged_to: str | None
    """The accounts that have this step: those charged to their `balance`, or to a `card`; None:
    all."""
    clauses: tuple[str, ...]
    notes: tuple[Note, ...]


class Procedure(Struct, frozen=True):
    """A documented procedure: the steps that keep or restore an item."""

    id: str
    title: str
    kinds: tuple[Kind, ...]
    """The kinds of items that it applies to."""
    source: Source
    steps: tuple[Step, ...]

    def position(self, step_id: str) -> int:
        """The index of the step, from 0; 0 for a step that no longer exists."""
        for index, step in enumerate(self.steps):
            if step.id == step_id:
                return index
        return 0

    def step(self, step_id: str) -> Step:
        """The step of that id, or the first one."""
        return self.steps[self.position(step_id)]


def load_procedure(procedure_id: str, charged_to: str | None = None) -> Procedure:
    """The procedure in the language in use, with the steps for an account that is charged to its
    `balance` or to a `card` (None: all steps). Raises `Usage` for an unknown procedure."""
    if procedure_id not in PROCEDURE_IDS:
        raise Usage(
            _("there is no procedure {procedure_id!r}: use one of {value}").format(
                procedure_id=procedure_id, value=", ".join(PROCEDURE_IDS)
            )
        )
    return _read(procedure_id, language(), charged_to)


def all_procedures(charged_to: str | None = None) -> tuple[Procedure, ...]:
    """All procedures, in their order."""
    return tuple(load_procedure(procedure_id, charged_to) for procedure_id in PROCEDURE_IDS)


def procedures_of_kind(
    kind: Kind, first: str | None = None, charged_to: str | None = None
) -> tuple[Procedure, ...]:
    """The procedures for items of that kind; the one with the ID `first` comes first."""
    fitting = (each for each in all_procedures(charged_to) if kind in each.kinds)
    return tuple(sorted(fitting, key=lambda procedure: procedure.id != first))


@cache
def _read(procedure_id: str, lang: str, charged_to: str | None) -> Procedure:
    from importlib.resources import files

    text = files(__name__).joinpath(f"{procedure_id.lower()}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    title = data.get(f"title_{charged_to}", data["title"])
    steps = (_step(step, lang) for step in data["steps"])
    return Procedure(
        id=data["id"],
        title=title[lang],
        kinds=tuple(Kind(kind) for kind in data["kinds"]),
        source=SOURCES[data["source"]],
        steps=tuple(
            step for step in steps if charged_to is None or step.charged_to in {None, charged_to}
        ),
    )


def _step(data: dict[str, Any], lang: str) -> Step:
    return Step(
        id=data["id"],
        title=data["title"][lang],
        where=data["where"][lang],
        page=MappingProxyType(data["page"]),
        does=data["does"][lang],
        carry=data.get("carry"),
        action=Action(data["action"]),
        leads_to=tuple(data.get("leads_to", ())),
        option=data.get("option"),
        charged_to=data.get("charged_to"),
        clauses=tuple(data["clauses"]),
        notes=tuple(_note(note, lang) for note in data.get("notes", ())),
    )


def _note(data: dict[str, Any], lang: str) -> Note:
    return Note(
        text=data[lang],
        source=SOURCES[data["source"]] if "source" in data else None,
        site=data.get("site"),
        from_months=data.get("from_months", 0),
    )
