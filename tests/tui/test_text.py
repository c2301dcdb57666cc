"""Texts come from a catalogue where there is one."""

from __future__ import annotations

import subprocess
import sys

from store.i18n import _, counted
from tui import text


def test_without_a_catalogue_the_words_stay_english() -> None:
    assert not text.use_language("xx")
    assert not text.use_language("../zh")
    assert _("Cancel") == "Cancel"
    assert text.use_language("en")


def test_counts_choose_the_form() -> None:
    assert counted("{n} instance", "{n} instances", 1) == "1 instance"
    assert counted("{n} instance", "{n} instances", 2) == "2 instances"


def test_words_and_commands_are_there_without_textual() -> None:
    code = (
        "import sys, tui.text.cells, store.formats, tui.commands.registry, tui.clipboard; "
        "tui.text.cells.fit('x', 9); tui.commands.registry.keys_text(); "
        "sys.exit(len({'textual', 'rich', 'sqlite_utils', 'pendulum'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
