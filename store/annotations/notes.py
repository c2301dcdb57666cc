"""Notes: the owner of an item, and a remark, as a person enters them."""

from __future__ import annotations

import sqlite3

from msgspec import Struct

from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.inputs import check_length
from store.models import Item

ItemKey = tuple[str, str]
"""Kind and id of an item of one account."""

IDENTITY = "(SELECT identity FROM syncs WHERE account = :account)"
"""An SQL expression for the identity of the account's present cloud."""


class Note(Struct, frozen=True):
    """The person responsible for an item, and a remark; either can be empty."""

    owner: str = ""
    note: str = ""


def item_key(item: Item) -> ItemKey:
    """The key of an item within its account."""
    return item.kind.value, item.id


def load_notes(db: sqlite3.Connection, account: str) -> dict[ItemKey, Note]:
    """All notes on items of the account's present cloud, by item."""
    rows = db.execute(
        "SELECT kind, id, owner, note FROM notes "  # noqa: S608
        f"WHERE account = :account AND identity = {IDENTITY}",
        {"account": account},
    )
    return {(row["kind"], row["id"]): Note(row["owner"], row["note"]) for row in rows}


def store_note(
    db: sqlite3.Connection, account: str, key: ItemKey, note: Note, *, instead_of: Note
) -> None:
    """Store the note in place of `instead_of`, which the person saw; an empty note deletes it.

    Raises `Usage` for a text that is too long, and if another note has been stored meanwhile.
    """
    check_length(note.owner)
    check_length(note.note)
    values = {
        "account": account, "kind": key[0], "id": key[1], "owner": note.owner, "note": note.note,
    }  # fmt: skip
    with immediate(db):
        if load_notes(db, account).get(key, Note()) != instead_of:
            raise Usage(
                _("The note was changed elsewhere in the meantime; nothing was overwritten.")
            )
        if note == Note():
            db.execute(
                "DELETE FROM notes WHERE account = :account "  # noqa: S608
                f"AND identity = {IDENTITY} AND kind = :kind AND id = :id",
                values,
            )
            return
        db.execute(
            "INSERT OR REPLACE INTO notes "  # noqa: S608
            f"VALUES (:account, {IDENTITY}, :kind, :id, :owner, :note)",
            values,
        )
