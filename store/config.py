"""`config.toml`: which accounts there are, and what each may do.

Access keys are never in it; a key that it does not know is refused, so that a typing
error in `payments` cannot go unnoticed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from store.errors import BadFile, FileTrouble, Usage
from store.i18n import _
from store.text_files import decode_text

PRACTICE = "practice"
ALIBABA = "alibaba"
ALARM_DAYS = (60, 30, 14, 7, 3, 1)
"""The ladder of alarms before an event; the cloud's own notices begin at 7 days."""
MOST_DAYS = 3650
THIN = "thin"
PLAIN = "plain"


class ChargedTo(StrEnum):
    """What pays for renewals and purchases."""

    BALANCE = "balance"
    CARD = "card"
    """A card or a wallet, charged at once; there is no balance to top up."""


class Account(Struct, frozen=True):
    """One account of config.toml."""

    name: str
    cloud: str = PRACTICE
    site: str = "china"
    profile: str | None = None
    """A profile of `~/.aliyun/config.json`; None: the SDK's own chain."""
    payments: bool = False
    allow_unquoted: bool = False
    endpoint: str | None = None
    charged_to: ChargedTo = ChargedTo.BALANCE


class Notify(Struct, frozen=True):
    """Where `renewal notify` sends its messages, and when."""

    to: tuple[str, ...] = ()
    """Addresses of apprise. They hold secrets."""
    thresholds: tuple[int, ...] = ALARM_DAYS
    """Days before an end or a loss."""


class Config(Struct, frozen=True):
    """The accounts, and which of them is meant when none is named."""

    accounts: Mapping[str, Account]
    default: str
    display: str = THIN
    """`thin`: only what changed is written to the terminal; `plain`: as Textual writes it."""
    theme: str | None = None
    """None: what fits the terminal's colours."""
    characters: str | None = None
    """`ascii`: nothing else reaches the terminal; None: what its encoding has."""
    mouse: bool = True
    lang: str | None = None
    """The language that was chosen in the app: `en`, `zh`; None: that of the locale."""
    alarms: tuple[int, ...] = ALARM_DAYS
    """How many days before an event the calendar reminds of it."""
    notify: Notify = Notify()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys that a person chose for commands, as they were written."""

    def account(self, name: str | None) -> Account:
        """The account of that name, or the default one. Raises `Usage` when there is none."""
        wanted = name or self.default
        if wanted not in self.accounts:
            known = ", ".join(sorted(self.accounts))
            raise Usage(
                _("there is no account {wanted!r} in config.toml; it has: {known}").format(
                    wanted=wanted, known=known
                )
            )
        return self.accounts[wanted]


_CHOICES = {
    "cloud": (ALIBABA, PRACTICE),
    "site": ("china", "international"),
    "charged_to": tuple(ChargedTo),
    "display": (THIN, PLAIN),
    "theme": ("dark", "light", "contrast", "terminal"),
    "characters": ("unicode", "ascii"),
    "lang": ("en", "zh"),
}
_TEXTS = frozenset({"profile", "endpoint"})


def read_config(path: Path) -> Config:
    """What the file says; without one there is the practice account, with payments on.

    Raises `BadFile` with the path of the field, or `FileTrouble`.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return _config({})
    except OSError as error:
        raise FileTrouble(
            _("{path} cannot be read ({error}); check its permissions").format(
                path=path, error=error
            )
        ) from error
    try:
        return _config(tomllib.loads(decode_text(text)))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(str(path), str(error), _("TOML in UTF-8")) from error


def _config(document: Mapping[str, Any]) -> Config:
    choices = {key: value for key, value in document.items() if key not in {"accounts", "default"}}
    known = Config.__struct_fields__
    for key, value in choices.items():
        if key not in known:
            raise BadFile(f"config.toml: {key}", _("an unknown key"), ", ".join(known))
        _check(f"config.toml: {key}", key, value)
    if "notify" in choices:
        choices["notify"] = _notify(choices["notify"])
    if "alarms" in choices:
        choices["alarms"] = tuple(choices["alarms"])
    if "keys" in choices:
        choices["keys"] = {name: _listed(keys) for name, keys in choices["keys"].items()}
    tables = document.get("accounts", {})
    if not isinstance(tables, dict):
        raise BadFile("config.toml: accounts", repr(tables)[:80], _("tables [accounts.NAME]"))
    accounts = {name: _account(name, table) for name, table in tables.items()}
    accounts.setdefault(PRACTICE, Account(PRACTICE, payments=True))
    default = document.get("default", PRACTICE)
    if default not in accounts:
        raise BadFile("config.toml: default", repr(default)[:80], _("the name of an account"))
    return Config(accounts, default, **choices)


def _notify(table: Mapping[str, Any]) -> Notify:
    known = Notify.__struct_fields__
    for key, value in table.items():
        where = f"config.toml: notify.{key}"
        if key not in known:
            raise BadFile(where, _("an unknown key"), ", ".join(known))
        if key == "thresholds":
            _check(where, "alarms", value)
        elif not (isinstance(value, list) and all(isinstance(url, str) for url in value)):
            raise BadFile(where, _("another kind of value"), _("a list of texts"))
    return Notify(**{key: tuple(value) for key, value in table.items()})


def _account(name: str, table: object) -> Account:
    where = f"config.toml: accounts.{name}"
    if not isinstance(table, dict):
        raise BadFile(where, repr(table)[:80], _("a table"))
    known = set(Account.__struct_fields__) - {"name"}
    for key, value in table.items():
        if key not in known:
            raise BadFile(
                f"{where}.{key}",
                _("an unknown key"),
                _("one of {value}").format(value=", ".join(sorted(known))),
            )
        _check(f"{where}.{key}", key, value)
    if "cloud" not in table:
        raise BadFile(f"{where}.cloud", _("nothing"), _("alibaba or practice"))
    practice = table["cloud"] == PRACTICE
    card = not practice and table.get("site") == "international"
    values = {
        "payments": practice,
        "charged_to": ChargedTo.CARD if card else ChargedTo.BALANCE,
        **table,
    }
    return Account(name, **values | {"charged_to": ChargedTo(values["charged_to"])})


def _check(where: str, key: str, value: object) -> None:
    if key in _CHOICES:
        fits, expected = value in _CHOICES[key], " or ".join(_CHOICES[key])
    elif key == "alarms":
        fits, expected = _are_days(value), _("whole numbers of days up to 3650, as in [30, 7, 1]")
    elif key == "notify":
        fits, expected = isinstance(value, dict), _("a table [notify]")
    elif key == "keys":
        fits, expected = _are_keys(value), _('a table of keys, as in renew = "f5"')
    elif key in _TEXTS:
        fits, expected = isinstance(value, str), _("a text")
    else:
        fits, expected = isinstance(value, bool), _("true or false")
    if not fits:
        raise BadFile(where, repr(value)[:80], expected)


def _are_days(value: object) -> bool:
    return isinstance(value, list) and all(
        type(days) is int and 0 <= days <= MOST_DAYS for days in value
    )


def _listed(keys: str | list[str]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) else tuple(keys)


def _are_keys(value: object) -> bool:
    """Whether it is a table of texts, or lists of them; what a key is, the screens know."""
    if not isinstance(value, dict):
        return False
    return all(
        isinstance(keys, str | list) and keys and all(isinstance(key, str) and key for key in keys)
        for keys in value.values()
    )
