"""Writing `config.toml`: what the person wrote by hand, and the comments, stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.config import Account, read_config
from store.errors import FileTrouble, Usage
from store.files import write_file
from store.i18n import _
from store.text_files import decode_text

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def add_account(path: Path, account: Account) -> None:
    """Add the account; the first one becomes the default.

    Payments stay off until the person turns them on. Raises `Usage` where there is one of
    that name, `BadFile` or `FileTrouble` where the file cannot be read or written.
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


def choose(path: Path, key: str, value: str | bool) -> None:  # noqa: FBT001  # as it is written
    """Keep how the program looks or speaks, in the top lines of the file.

    Raises `BadFile` where the file does not fit, `FileTrouble` where it cannot be written.
    """
    read_config(path)
    document = _document(path)
    document[key] = value
    _write(path, document)


def _document(path: Path) -> TOMLDocument:
    import tomlkit

    return tomlkit.parse(decode_text(path.read_bytes())) if path.exists() else tomlkit.document()


def _write(path: Path, document: TOMLDocument) -> None:
    """All of it or nothing: a line that drops in between leaves the old file."""
    try:
        write_file(path, document.as_string().encode(), new_mode=0o600)
    except OSError as error:
        raise FileTrouble(
            _("{path} cannot be written ({strerror})").format(path=path, strerror=error.strerror)
        ) from error
