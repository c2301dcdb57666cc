"""Columns fill the width, and the least important ones go first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.columns import Column, place_columns
from tui.widgets.tab_line import Tab, tab_texts
from tui.widgets.table_text import left_out_line

NAME = Column("name", "Name", 12, weight=3)
ID = Column("id", "Instance ID", 14, weight=1, max_width=20, priority=1)
REGION = Column("region", "Region", 11, priority=3)
ENDS = Column("ends", "Ends", 18, priority=0)
ALL = (NAME, ID, REGION, ENDS)


def shown(width: int) -> list[str]:
    return [ALL[placed.index].key for placed in place_columns(ALL, width)]


def test_the_least_important_columns_go_first() -> None:
    assert shown(120) == ["name", "id", "region", "ends"]
    assert shown(55) == ["name", "id", "ends"]
    assert shown(40) == ["name", "ends"]
    assert shown(9) == ["name"]


def test_a_column_that_wants_more_makes_less_important_ones_give_way() -> None:
    wide = Column("id", "Instance ID", 14, weight=1, priority=1, preferred=20)
    columns = (NAME, wide, REGION, ENDS)
    assert [placed.index for placed in place_columns(columns, 67)] == [0, 1, 2, 3]
    assert [placed.index for placed in place_columns(columns, 66)] == [0, 1, 3]
    assert [placed.index for placed in place_columns(columns, 48)] == [0, 1, 3]


def test_what_is_left_over_is_shared_by_weight_up_to_the_most() -> None:
    widths = {ALL[placed.index].key: placed.width for placed in place_columns(ALL, 120)}
    assert widths["id"] == 20
    assert widths["ends"] == 18
    assert sum(widths.values()) + 6 == 120


@given(
    st.lists(
        st.builds(
            Column,
            st.just("k"),
            st.just("t"),
            width=st.integers(1, 40),
            weight=st.integers(0, 3),
            priority=st.integers(0, 3),
            max_width=st.none() | st.integers(40, 60),
        ),
        max_size=12,
    ),
    st.integers(1, 200),
)
def test_columns_never_take_more_than_the_width(columns: list[Column], width: int) -> None:
    placed = place_columns(columns, width)
    assert [each.index for each in placed] == sorted(each.index for each in placed)
    if placed:
        assert placed[-1].start + placed[-1].width <= max(width, 1)
        assert min(each.width for each in placed) >= 1


TABS = (
    Tab("a", "1", "Instances", 13),
    Tab("b", "2", "Licenses", 6),
    Tab("c", "3", "Resource plans", 5, "Plans"),
    Tab("d", "4", "Walk-throughs", 0, "Walks", is_filtered=True),
)


def test_columns_without_room_are_named_or_counted() -> None:
    placed = place_columns(ALL, 40)
    assert left_out_line(ALL, placed, 40) == "not shown: Instance ID, Region"
    assert left_out_line(ALL, placed, 20) == "2 columns not shown"
    assert left_out_line(ALL, place_columns(ALL, 55), 10) == "1 column not shown"
    assert left_out_line(ALL, place_columns(ALL, 120), 40) == ""


def test_tabs_lose_their_names_from_the_right_and_the_current_one_keeps_it() -> None:
    def line(width: int, current: str = "a") -> str:
        return " · ".join(tab_texts(TABS, current, width))

    assert line(80) == "1 Instances 13 · 2 Licenses 6 · 3 Resource plans 5 · 4 Walk-throughs 0 /"
    assert line(70) == "1 Instances 13 · 2 Licenses 6 · 3 Resource plans 5 · 4 Walks 0 /"
    assert line(60) == "1 Instances 13 · 2 Licenses 6 · 3 Plans 5 · 4 Walks 0 /"
    assert line(50) == "1 Instances 13 · 2 Licenses 6 · 3 Plans 5 · 4:0 /"
    assert line(34) == "1 Instances 13 · 2:6 · 3:5 · 4:0 /"
    assert line(33) == "1 Instances 13 · 2:6 · 3:5 · 4"
    assert line(20) == "1 Instances 13 · 2 · 3 · 4"
    assert line(40, "d") == "1:13 · 2:6 · 3:5 · 4 Walk-throughs 0 /"
