"""Words come from a catalogue where there is one; times are read as people write them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

from store.i18n import _, counted
from store.times import BEIJING
from tui import text
from tui.text import formats


def test_without_a_catalogue_the_words_stay_english() -> None:
    assert not text.use("xx")
    assert not text.use("../zh")
    assert _("Cancel") == "Cancel"
    assert text.use("en")


def test_counts_choose_the_form() -> None:
    assert counted("{n} instance", "{n} instances", 1) == "1 instance"
    assert counted("{n} instance", "{n} instances", 2) == "2 instances"


def test_instants() -> None:
    moment = datetime(2026, 11, 4, 9, 0, tzinfo=BEIJING)
    assert formats.day(moment) == "4 Nov 2026"
    assert formats.short_day(moment) == "4 Nov"
    assert formats.clock(moment) == "09:00"
    assert formats.clock(moment + timedelta(seconds=5)) == "09:00:05"
    assert formats.zone(moment) == "UTC+8"
    assert formats.zone(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC"
    assert formats.zone(moment.astimezone(timezone(-timedelta(hours=3, minutes=30)))) == "UTC-3:30"


def test_words_and_commands_are_there_without_textual() -> None:
    code = (
        "import sys, tui.cells, tui.text.formats, tui.commands, tui.clipboard; "
        "tui.cells.fit(tui.cells.plain('x'), 9); tui.commands.readme_table(); "
        "sys.exit(len({'textual', 'rich', 'sqlite_utils', 'pendulum'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_lengths_are_rounded_down_to_their_largest_unit() -> None:
    assert formats.length(timedelta(days=2, hours=23)) == "2 d"
    assert formats.length(timedelta(hours=23, minutes=59)) == "23 h"
    assert formats.length(timedelta(seconds=-61)) == "1 min"
    assert formats.length(timedelta()) == "0 s"
