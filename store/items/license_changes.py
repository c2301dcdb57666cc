"""The changes that an import of licenses would make, compared with the stored licenses."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.errors import BadFile
from store.i18n import _
from store.items.license_csv import RejectedRow, read_rows
from store.items.manual_licenses import is_listed_by_cloud
from store.items.queries import items_by_id
from store.models import License

FIELDS = (
    "application", "package", "instance_id", "sdks", "ends_at", "monthly_price",
    "auto_renewal_months",
)  # fmt: skip
"""The fields of a license that a file has, as `License` names them."""


class FieldChange(Struct, frozen=True):
    """A field with its value before and after."""

    field: str
    before: Any
    after: Any


class LicenseChange(Struct, frozen=True):
    """A license that is stored, with the fields that the file changes."""

    before: License
    after: License
    fields: tuple[FieldChange, ...]


class ImportPreview(Struct, frozen=True):
    """The effect that an import would have, row by row."""

    added: tuple[License, ...] = ()
    changed: tuple[LicenseChange, ...] = ()
    unchanged: tuple[License, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()

    @property
    def kept(self) -> tuple[License, ...]:
        """The licenses that the import would store."""
        return (*self.added, *(change.after for change in self.changed))


def preview_import(db: sqlite3.Connection, account: str, path: Path) -> ImportPreview:
    """Compare the file with the stored licenses. Raises `BadFile` for a file that is not a table of
    licenses, `FileTrouble` for one that cannot be read."""
    file = read_rows(path)
    added, changed, unchanged, rejected = [], [], [], list(file.rejected)
    for line, item in file.licenses:
        before = stored_license(db, account, item.id)
        if before is None:
            added.append(item)
        elif not (fields := changed_fields(before, item)):
            unchanged.append(item)
        elif is_listed_by_cloud(db, account, item.id):
            rejected.append(RejectedRow(line, _listed_error(f"{path.name} line {line}", item)))
        else:
            changed.append(LicenseChange(before, item, fields))
    rejected.sort(key=lambda row: row.line)
    return ImportPreview(tuple(added), tuple(changed), tuple(unchanged), tuple(rejected))


def _listed_error(where: str, item: License) -> BadFile:
    return BadFile(
        f"{where} license_id", repr(item.id), _("a license that the cloud does not list itself")
    )


def stored_license(db: sqlite3.Connection, account: str, license_id: str) -> License | None:
    """The stored license with that ID; None if there is none."""
    items = items_by_id(db, account, license_id)
    return next((item for item in items if isinstance(item, License)), None)


def changed_fields(before: License, after: License) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of `FIELDS`."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in FIELDS)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)
