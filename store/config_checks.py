"""The rules for the values of config.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from store.errors import BadFile
from store.i18n import N_, _

MOST_DAYS = 3650
_SHOWN = 80
"""The length to which a wrong value is shown."""


class Rule(Struct, frozen=True):
    """A rule for a value, and its description for errors."""

    fits: Callable[[Any], bool]
    expected: str
    """Marked for translation."""
    secret: bool = False
    """Whether the value is left out of the error."""


def one_of(*choices: str) -> Rule:
    """One of these texts."""
    return Rule(lambda value: isinstance(value, str) and value in choices, " or ".join(choices))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _are_days(value: object) -> bool:
    return isinstance(value, list) and all(
        type(days) is int and 0 <= days <= MOST_DAYS for days in value
    )


def _are_keys(value: object) -> bool:
    """Whether the value is a table of texts or of lists of texts; the screens check the keys."""
    return isinstance(value, dict) and all(
        isinstance(keys, str | list) and keys and all(isinstance(key, str) and key for key in keys)
        for keys in value.values()
    )


TEXT = Rule(lambda value: isinstance(value, str), N_("a text"))
FLAG = Rule(lambda value: isinstance(value, bool), N_("true or false"))
TABLE = Rule(lambda value: isinstance(value, dict), N_("a table"))
ADDRESSES = Rule(_are_texts, N_("a list of texts"), secret=True)
DAYS = Rule(_are_days, N_("whole numbers of days up to 3650, such as [30, 7, 1]"))
KEYS = Rule(_are_keys, N_('a table of keys, such as renew = "f5"'))


def check_table(where: str, table: object, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The table, if each of its keys has a rule and follows it.

    `where` is its path in the file, with a dot at its end; "" for the file itself. Raises `BadFile`
    with the path of the invalid key.
    """
    path = f"config.toml: {where}"
    if not isinstance(table, dict):
        raise _bad(path.rstrip("."), table, TABLE)
    for key, value in table.items():
        if key not in rules:
            known = ", ".join(rules)
            raise BadFile(
                f"{path}{key}", _("an unknown key"), _("one of {value}").format(value=known)
            )
        if not rules[key].fits(value):
            raise _bad(f"{path}{key}", value, rules[key])
    return table


def _bad(path: str, value: object, rule: Rule) -> BadFile:
    value_text = _("another kind of value") if rule.secret else repr(value)[:_SHOWN]
    return BadFile(path, value_text, _(rule.expected))
