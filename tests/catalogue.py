"""The catalogue compared with the program: which texts are marked, and which translated.

`python -m tests.catalogue` writes the program's texts into `renewal.po`, with an empty
translation for each new one and without those that have gone, and tells which are to be
translated.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tui.text import LOCALE
from tui.text.compile_catalogue import compile_catalogues

ROOT = Path(__file__).parents[1]
PO = LOCALE / "zh" / "LC_MESSAGES" / "renewal.po"
PROGRAM = (ROOT / "store", ROOT / "tui")
KEYWORDS = {"_": None, "N_": None, "counted": (1, 2)}

MessageID = str | tuple[str, ...]
"""A text, or its singular and plural."""


def extracted(*folders: Path) -> set[MessageID]:
    """Every text that is marked in the Python files below the folders."""
    return set(_extracted(folders))


@cache
def _extracted(folders: tuple[Path, ...]) -> frozenset[MessageID]:
    return frozenset(
        message
        for folder in folders
        for _, _, message, _, _ in extract_from_dir(
            folder, method_map=[("**.py", "python")], keywords=KEYWORDS_OF.get(folder, KEYWORDS)
        )
    )


CLICK = Path(click.__file__).parent
KEYWORDS_OF = {CLICK: {"_": None, "ngettext": (1, 2)}}


def translated() -> Catalog:
    """The catalogue as it is on disk."""
    with PO.open("rb") as file:
        catalog = read_po(file, locale="zh", abort_invalid=True)
    for message in catalog:
        if not isinstance(message.id, str):
            message.id = tuple(message.id)
    return catalog


def updated(catalog: Catalog) -> Catalog:
    """The catalogue with the program's texts of today; click's stay where they are translated."""
    kept = {message.id: message for message in catalog if message.id}
    today = extracted(*PROGRAM) | (extracted(CLICK) & kept.keys())
    result = Catalog(locale="zh")
    for message_id in today:
        old = kept.get(message_id)
        result.add(message_id, old.string if old else "")
    return result


HEADER = """\
# Simplified Chinese, with the console's own names for pages, tabs and buttons.
msgid ""
msgstr ""
"Language: zh\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
"""Without dates, so that two branches that add texts can be merged."""


def written(catalog: Catalog) -> str:
    """The file of the catalogue: sorted, each text on one line, no places in the code."""
    for message in catalog:
        message.flags = {flag for flag in message.flags if flag == "fuzzy"}
    file = BytesIO()
    write_po(file, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER + file.getvalue().decode().strip() + "\n"


def untranslated(catalog: Catalog) -> Iterator[str]:
    """The texts without a translation, a plural by its singular."""
    for message in catalog:
        (text, *_), strings = forms(message)
        if text and not all(strings):
            yield text


def forms(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The text and its translation, of a plural all forms of both."""
    string = message.string or ""
    return (
        (message.id,) if isinstance(message.id, str) else tuple(message.id),
        (string,) if isinstance(string, str) else tuple(string),
    )


def fields(text: str) -> set[str]:
    """The names of the values that are filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    catalogue = updated(translated())
    PO.write_text(written(catalogue), "utf-8")
    compile_catalogues(ROOT)
    for text in untranslated(catalogue):
        sys.stdout.write(f"to be translated: {text!r}\n")
