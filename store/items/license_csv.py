"""The CSV file of licenses that a person keeps, as spreadsheets write it.

The header line names the columns in any order; the last two are optional: license_id, application,
package, instance_id, sdks (separated by `;`), expires_at, monthly_price, auto_renewal_months.
Comma, semicolon or tab separates cells; empty rows and columns are skipped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from store.errors import BadFile, Usage
from store.files.decoding import decode_text
from store.i18n import _
from store.items.manual_licenses import parse_license
from store.models import License

_REQUIRED = ("license_id", "application", "package", "instance_id", "sdks", "expires_at")
_OPTIONAL = ("monthly_price", "auto_renewal_months")
_KNOWN = frozenset(_REQUIRED + _OPTIONAL)
_DELIMITERS = ",;\t"
_BLANK = _DELIMITERS + ' "\n'
"""The characters of an empty row."""
_LARGEST = 64 * 1024 * 1024

Row = tuple[int, list[str]]
"""The number of a row's last line, and its cells, stripped."""


class RejectedRow(Struct, frozen=True):
    """A row that cannot be imported."""

    line: int
    error: BadFile


class LicenseFile(Struct, frozen=True):
    """The rows of a file."""

    licenses: tuple[tuple[int, License], ...]
    """Each with its line."""
    rejected: tuple[RejectedRow, ...]


def read_csv(path: Path) -> list[License]:
    """Every license of the file. Raises `BadFile` with the line and the column."""
    file = read_rows(path)
    if file.rejected:
        raise file.rejected[0].error
    return [item for _line, item in file.licenses]


def read_rows(path: Path) -> LicenseFile:
    """The licenses of the file, and the rows that are invalid or repeat a license ID. Raises
    `BadFile` for a file that is not a table of licenses."""
    rows = _rows(path)
    line, header = next(rows, (1, []))
    _check_header(f"{path.name} line {line}", header)
    licenses: dict[str, tuple[int, License]] = {}
    rejected = []
    for line, row in rows:
        where = f"{path.name} line {line}"
        try:
            item = parse_license(where, _cells_by_column(where, header, row))
            _check_new(where, item.id, licenses)
        except BadFile as error:
            rejected.append(RejectedRow(line, error))
        else:
            licenses[item.id] = line, item
    return LicenseFile(tuple(licenses.values()), tuple(rejected))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise BadFile(str(path), _("a file of more than 64 MiB"), _("a smaller one"))
        return decode_text(path.read_bytes())
    except UnicodeDecodeError as error:
        raise BadFile(
            str(path),
            _("not text ({reason})").format(reason=error.reason),
            _(
                "UTF-8, as saved by `CSV UTF-8` in a spreadsheet; `iconv -t UTF-8` "
                "converts other encodings"
            ),
        ) from error
    except FileNotFoundError as error:
        raise Usage(_("{path} does not exist").format(path=path)) from error
    except OSError as error:
        raise BadFile(str(path), str(error.strerror), _("a readable file")) from error


def _rows(path: Path) -> Iterator[Row]:
    """The rows that are not empty. Raises `BadFile` for a file that is not CSV."""
    lines = io.StringIO(_text(path), newline=None)
    first, before = lines.readline(), 0
    if first.startswith("sep="):  # as Excel understands it
        delimiter, before = first.rstrip("\n").removeprefix("sep=")[:1] or ",", 1
    else:
        lines.seek(0)
        delimiter = _delimiter(next((line for line in lines if line.strip(_BLANK)), ""))
        lines.seek(0)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield before + reader.line_num, cells
    except csv.Error as error:
        raise BadFile(f"{path.name} line {before + reader.line_num}", str(error), "CSV") from error


def _delimiter(header: str) -> str:
    """The delimiter that yields most of the known columns."""

    def columns(delimiter: str) -> int:
        return len(_KNOWN.intersection(cell.strip(' "\n') for cell in header.split(delimiter)))

    return max(_DELIMITERS, key=columns)


def _check_header(where: str, header: Sequence[str]) -> None:
    for column in _KNOWN:
        if header.count(column) > 1:
            raise BadFile(where, _("{id!r} twice").format(id=column), _("each column once"))
    for column in _REQUIRED:
        if column not in header:
            raise BadFile(
                where, _("no column {column}").format(column=column), f"{', '.join(_REQUIRED)}"
            )
    for column in header:
        if column and column not in _KNOWN:
            raise BadFile(
                where,
                _("an unknown column {value!r}").format(value=column[:80]),
                _("known columns"),
            )


def _cells_by_column(where: str, header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The cells by column. Raises `BadFile` for a cell without a column."""
    named = {column: cell for column, cell in zip(header, row, strict=False) if column}
    unnamed = [cell for column, cell in zip(header, row, strict=False) if not column]
    if any([*unnamed, *row[len(header) :]]) or len(named) < sum(map(bool, header)):
        raise BadFile(where, _("a different number of cells"), _("one for each column"))
    return named


def _check_new(where: str, license_id: str, known: Container[str]) -> None:
    if license_id in known:
        raise BadFile(
            f"{where} license_id", _("{id!r} twice").format(id=license_id), _("each license once")
        )
