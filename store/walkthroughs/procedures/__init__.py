"""The documented ways to keep what you have, as data: one TOML file for each of them.

Each follows one of two documents of Alibaba Cloud; its steps name the pages, tabs and
buttons as the console does, and carry the clauses of the rulebook that they rest on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from store.errors import Usage
from store.i18n import _
from store.models import Kind

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
"""In the order in which they are listed to a person."""

LANGUAGES = ("en", "zh")

ACTIONS = (
    "none",
    "copy-id",
    "save-instance-id",
    "renew",
    "auto-renew",
    "top-up",
    "buy-plan",
    "buy-license",
    "bind",
    "upgrade",
    "set-alert",
    "ticket",
    "submitted",
    "see",
)
"""What a step asks for. A cloud that can do it lets the program do it, otherwise the step
is done in the console. `see` ends a walk by the cloud's data, `submitted` by the person's word."""


PAYING = frozenset({"renew", "buy-plan", "buy-license", "upgrade", "top-up"})
"""The actions that cost money: not once more where the goal is reached already."""


class Source(Struct, frozen=True):
    """The document that a procedure follows."""

    document: str
    date: date
    url: str


class Step(Struct, frozen=True):
    """One step. Texts hold `{placeholders}` for the item's values (`filled` puts them in)."""

    id: str
    title: str
    where: str
    page: Mapping[str, str]
    """The page's https address for each site: `china`, `international`."""
    does: str
    carry: str | None
    """The name of the value to take along to that page."""
    action: str
    clauses: tuple[str, ...]
    notes: tuple[str, ...]


class Procedure(Struct, frozen=True):
    """A documented way from one state to a better one."""

    id: str
    title: str
    kinds: tuple[Kind, ...]
    """The kinds of items that it can be started from."""
    source: Source
    steps: tuple[Step, ...]

    def position(self, step_id: str) -> int:
        """Which step that is, from 0; a step that is not there any more begins again at 0."""
        for index, step in enumerate(self.steps):
            if step.id == step_id:
                return index
        return 0

    def step(self, step_id: str) -> Step:
        """The step of that id, or the first one."""
        return self.steps[self.position(step_id)]


def load(procedure_id: str, lang: str = "en") -> Procedure:
    """The procedure in that language; raises `Usage` for one that there is not."""
    if procedure_id not in PROCEDURE_IDS:
        raise Usage(
            _("{procedure_id!r} is no procedure: expected one of {value}").format(
                procedure_id=procedure_id, value=", ".join(PROCEDURE_IDS)
            )
        )
    return _read(procedure_id, lang if lang in LANGUAGES else "en")


def catalogue(lang: str = "en") -> tuple[Procedure, ...]:
    """All procedures, in their order."""
    return tuple(load(procedure_id, lang) for procedure_id in PROCEDURE_IDS)


def for_kind(kind: Kind, lang: str = "en", first: str | None = None) -> tuple[Procedure, ...]:
    """The procedures that can be started from an item of that kind, its remedy `first`."""
    fitting = (procedure for procedure in catalogue(lang) if kind in procedure.kinds)
    return tuple(sorted(fitting, key=lambda procedure: procedure.id != first))


@cache
def _read(procedure_id: str, lang: str) -> Procedure:
    from importlib.resources import files

    text = files(__name__).joinpath(f"{procedure_id.lower()}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    source = data["source"]
    return Procedure(
        id=data["id"],
        title=data["title"][lang],
        kinds=tuple(Kind(kind) for kind in data["kinds"]),
        source=Source(source["document"][lang], source["date"], source["url"]),
        steps=tuple(_step(step, lang) for step in data["steps"]),
    )


def _step(data: dict[str, Any], lang: str) -> Step:
    return Step(
        id=data["id"],
        title=data["title"][lang],
        where=data["where"][lang],
        page=MappingProxyType(data["page"]),
        does=data["does"][lang],
        carry=data.get("carry"),
        action=data["action"],
        clauses=tuple(data["clauses"]),
        notes=tuple(note[lang] for note in data.get("notes", ())),
    )
