"""The timeline tells the same whether it lies or stands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.times import BEIJING
from tui.text.cells import cells
from tui.widgets.timeline import TimelineEvent, timeline_lines

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)
END = datetime(2026, 11, 24, 0, 0, tzinfo=BEIJING)
EVENTS = (
    TimelineEvent(END, "stops", "critical"),
    TimelineEvent(END + timedelta(days=15), "data is lost", "critical", mark="✕"),
)


def test_lying() -> None:
    lines = [line.plain for line in timeline_lines(EVENTS, NOW, 100)]
    assert len(lines) == 3
    assert lines[0].startswith("●─")
    assert " 1 d " in lines[0]
    assert " 15 d " in lines[0]
    for mark, label, date in (
        ("●", "now", "22 Nov 09:00 UTC+8"),
        ("!", "stops", "24 Nov 00:00"),
        ("✕", "data is lost", "9 Dec 00:00"),
    ):
        assert lines[0].index(mark) == lines[1].index(label) == lines[2].index(date)


def test_standing() -> None:
    lines = [line.plain for line in timeline_lines(EVENTS, NOW, 44)]
    assert [line[0] for line in lines] == ["●", "│", "!", "│", "✕"]
    assert lines[1] == "│ 1 d"
    assert lines[2] == "! 24 Nov 2026 00:00        stops"


def test_what_is_past_stands_before_now() -> None:
    events = (
        TimelineEvent(NOW, "stopped", "critical"),
        TimelineEvent(NOW - timedelta(days=400), "ended"),
    )
    lines = [line.plain for line in timeline_lines(events, NOW, 120)]
    assert lines[1].split() == ["ended", "now", "stopped"]
    assert "18 Oct 2025" in lines[2]


@given(
    st.lists(
        st.builds(
            TimelineEvent,
            st.timedeltas(timedelta(-900), timedelta(900)).map(lambda by: NOW + by),
            st.text(max_size=30),
            st.sampled_from(["ok", "warning", "unknown", "critical"]),
        ),
        max_size=5,
    ),
    st.integers(30, 200),
)
def test_no_line_is_wider_than_it_may_be(events: list[TimelineEvent], width: int) -> None:
    assert all(cells(line.plain) <= width for line in timeline_lines(events, NOW, width))


@pytest.mark.parametrize("width", [120, 40])
def test_labels_are_plain_text_in_both_directions(width: int) -> None:
    lines = timeline_lines([*EVENTS, TimelineEvent(END, "[/b] [x")], NOW, width)
    text = "\n".join(line.plain for line in lines)
    assert ("│" in text) is (width == 40)
    assert "[/b] [x" in text
    assert "data is lost" in text
