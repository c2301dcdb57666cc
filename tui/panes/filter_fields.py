"""The fields that filters can name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from store.i18n import N_, _
from store.rules.severity import Severity
from tui.text import in_all, labels, payment_text

ATTENTION = N_("attention")
"""The word for every severity but ok."""


class FieldChoice(Struct, frozen=True):
    """A word for a field, and the values that it stands for."""

    message: str
    values: frozenset[str]


class FilterField(Struct, frozen=True):
    """A field of a filter. It is called by its key, or by its title in any language."""

    key: str
    title: str
    kind: Literal["text", "choice", "time", "money", "months"] = "text"
    choices: tuple[FieldChoice, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language in use: the key in English, else the title without blanks."""
        title = _(self.title)
        return self.key if title == self.title else "".join(title.split())

    @property
    def names(self) -> list[str]:
        """All its names, as `bare` spells them."""
        return [normalized_name(name) for name in (self.key, *in_all(self.title))]


def normalized_name(name: str) -> str:
    """A name in the form that is compared: casefolded, without blanks and hyphens."""
    return "".join(name.casefold().replace("-", " ").replace("_", " ").split())


def fields_by_name(fields: Iterable[FilterField]) -> dict[str, FilterField]:
    """The fields by each of their names."""
    return {name: field for field in fields for name in field.names}


def _choices(words: Mapping[Any, str]) -> tuple[FieldChoice, ...]:
    return tuple(FieldChoice(message, frozenset({str(value)})) for value, message in words.items())


_NOT_OK = frozenset(severity.value for severity in Severity) - {Severity.OK.value}

NAME = FilterField("name", N_("Name"))
INSTANCE_ID = FilterField("id", N_("Instance ID"))
EDITION = FilterField("edition", N_("Edition"), "choice", _choices(labels.KINDS))
REGION = FilterField("region", N_("Region"))
STATE = FilterField("state", N_("State"), "choice", _choices(labels.STATES))
PAYMENT_STATE = FilterField("state", N_("State"), "choice", _choices(payment_text.PAYMENTS))
SEVERITY = FilterField(
    "severity", N_("Severity"), "choice",
    (FieldChoice(ATTENTION, _NOT_OK), *_choices(labels.SEVERITIES)),
)  # fmt: skip
AUTO = FilterField("auto", N_("Auto-renewal"), "months")
ENDS = FilterField("ends", N_("Ends"), "time")
LOST = FilterField("lost", N_("Deleted"), "time")
COST = FilterField("cost", N_("Cost"), "money")
OWNER = FilterField("owner", N_("Owner"))
NOTE = FilterField("note", N_("Note"))
APPLICATION = FilterField("application", N_("Application"))
SDKS = FilterField("sdks", N_("SDKs"))
PACKAGE = FilterField("package", N_("Package"))
TYPE = FilterField("type", N_("Type"))
PROCEDURE = FilterField("procedure", N_("Procedure"))
STEP = FilterField("step", N_("Step"))
OPERATION = FilterField("what", N_("What"), "choice", _choices(payment_text.OPERATIONS))
ORDER = FilterField("order", N_("Order"))
MADE = FilterField("at", N_("When"), "time")
