"""`config.toml`: the accounts with their permissions, and settings of the program.

It never contains access keys. Unknown keys are rejected, so that a typing error in `payments` is
noticed. Changes by the program keep a person's own lines and comments.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from store.config_checks import ADDRESSES, DAYS, FLAG, KEYS, TABLE, TEXT, check_table, one_of
from store.errors import BadFile, FileTrouble, Usage
from store.files.decoding import decode_text
from store.files.writing import write_file
from store.i18n import N_, _

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

PRACTICE = "practice"
ALIBABA = "alibaba"
ALARM_DAYS = (60, 30, 14, 7, 3, 1)
"""The thresholds of alarms before an event; the cloud's own notices begin at 7 days."""
THIN = "thin"
PLAIN = "plain"

SITES = {"china": N_("China site"), "international": N_("International site")}
"""Site to its name."""


class ChargedTo(StrEnum):
    """The source of the money for renewals and purchases of an account."""

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
    """The addresses and thresholds of `renewal notify`."""

    to: tuple[str, ...] = ()
    """Addresses of apprise. They contain secrets."""
    thresholds: tuple[int, ...] = ALARM_DAYS
    """Days before an end or a loss of data."""


class Config(Struct, frozen=True):
    """The contents of config.toml."""

    accounts: Mapping[str, Account]
    default: str
    display: str = THIN
    """`thin`: only changes are written to the terminal; `plain`: as Textual writes it."""
    theme: str | None = None
    """None: chosen by the terminal's colours."""
    characters: str | None = None
    """`ascii`: only ASCII reaches the terminal; None: whatever its encoding supports."""
    mouse: bool = True
    lang: str | None = None
    """The language chosen in the app: `en`, `zh`; None: that of the locale."""
    alarms: tuple[int, ...] = ALARM_DAYS
    """The calendar's reminders, in days before an event."""
    notify: Notify = Notify()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys that a person assigned to commands, as written."""

    def account(self, name: str | None) -> Account:
        """The account of that name, or the default one. Raises `Usage` if there is none."""
        chosen = name or self.default
        if chosen not in self.accounts:
            known = ", ".join(sorted(self.accounts))
            raise Usage(
                _("there is no account {wanted!r} in config.toml; it has: {known}").format(
                    wanted=chosen, known=known
                )
            )
        return self.accounts[chosen]


_RULES = {
    "accounts": TABLE,
    "default": TEXT,
    "display": one_of(THIN, PLAIN),
    "theme": one_of("dark", "light", "contrast", "terminal"),
    "characters": one_of("unicode", "ascii"),
    "mouse": FLAG,
    "lang": one_of("en", "zh"),
    "alarms": DAYS,
    "notify": TABLE,
    "keys": KEYS,
}
_NOTIFY_RULES = {"to": ADDRESSES, "thresholds": DAYS}
_ACCOUNT_RULES = {
    "cloud": one_of(ALIBABA, PRACTICE),
    "site": one_of("china", "international"),
    "profile": TEXT,
    "payments": FLAG,
    "allow_unquoted": FLAG,
    "endpoint": TEXT,
    "charged_to": one_of(*ChargedTo),
}


def read_config(path: Path) -> Config:
    """The configuration in the file; without a file, the practice account with payments on.

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
    choices = dict(check_table("", document, _RULES))
    tables = choices.pop("accounts", {})
    accounts = {name: _account(name, table) for name, table in tables.items()}
    accounts.setdefault(PRACTICE, Account(PRACTICE, payments=True))
    default = choices.pop("default", PRACTICE)
    if default not in accounts:
        raise BadFile("config.toml: default", repr(default)[:80], _("the name of an account"))
    notify = check_table("notify.", choices.pop("notify", {}), _NOTIFY_RULES)
    return Config(
        accounts,
        default,
        notify=Notify(**{key: tuple(value) for key, value in notify.items()}),
        alarms=tuple(choices.pop("alarms", ALARM_DAYS)),
        keys={name: _as_tuple(keys) for name, keys in choices.pop("keys", {}).items()},
        **choices,
    )


def _account(name: str, table: object) -> Account:
    values = check_table(f"accounts.{name}.", table, _ACCOUNT_RULES)
    if "cloud" not in values:
        raise BadFile(f"config.toml: accounts.{name}.cloud", _("nothing"), _("alibaba or practice"))
    practice = values["cloud"] == PRACTICE
    card = not practice and values.get("site") == "international"
    values = {
        "payments": practice,
        "charged_to": ChargedTo.CARD if card else ChargedTo.BALANCE,
        **values,
    }
    return Account(name, **values | {"charged_to": ChargedTo(values["charged_to"])})


def _as_tuple(keys: str | list[str]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) else tuple(keys)


def add_account(path: Path, account: Account) -> None:
    """Add an account; the first one becomes the default. Payments stay off until the person turns
    them on.

    Raises `Usage` if the name exists, `BadFile` or `FileTrouble` if the file cannot be read or
    written.
    """
    import tomlkit

    if path.exists() and account.name in read_config(path).accounts:
        raise Usage(
            _("{path} already has an account {name!r}").format(name=account.name, path=path)
        )
    table = tomlkit.table()
    table.update({"cloud": account.cloud, "site": account.site})
    if account.profile:
        table["profile"] = account.profile
    table["payments"] = False
    document = _document(path)
    if not document.keys() & {"default", "accounts"}:
        document["default"] = account.name
    accounts = document.setdefault("accounts", tomlkit.table(is_super_table=True))
    accounts[account.name] = table
    _write(path, document)


def store_setting(path: Path, key: str, value: str | bool) -> None:  # noqa: FBT001  # as it is written
    """Set a top-level key of the file, such as the theme or the language. Raises `BadFile` for an
    invalid file, `FileTrouble` if it cannot be written."""
    read_config(path)
    document = _document(path)
    document[key] = value
    _write(path, document)


def _document(path: Path) -> TOMLDocument:
    import tomlkit

    return tomlkit.parse(decode_text(path.read_bytes())) if path.exists() else tomlkit.document()


def _write(path: Path, document: TOMLDocument) -> None:
    """Write the whole file or nothing, private: an interruption leaves the old file."""
    try:
        write_file(path, document.as_string().encode(), new_mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise FileTrouble(
            _("{path} cannot be written ({strerror})").format(path=path, strerror=error.strerror)
        ) from error
