"""The bytes that turn one frame into another. Pure: nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tui.display.frame import Frame, FrameRow, background_of, blank_frame, has_uncertain_width
from tui.display.style import PLAIN
from tui.display.writer import FrameWriter, Run, TerminalState

SMALL_GAP = 4
"""Bytes of unchanged cells that are no dearer than a move over them."""
WORTH_AN_ERASE = 4
WORTH_A_SCROLL = 40
"""Cells that a scroll has to save to be worth its own bytes."""


def difference(
    shown: Frame, wanted: Frame, *, state: TerminalState, erases_in_color: bool
) -> tuple[str, TerminalState]:
    """The bytes that turn one frame into the other, and the terminal's state after them.

    `erases_in_color`: erased cells take the current background. Leaves no link open.
    """
    writer = FrameWriter(state)
    shown = _scroll_block(writer, shown, wanted, erases_in_color=erases_in_color)
    for y, (old, new) in enumerate(zip(shown, wanted, strict=True)):
        if columns := old.changed_columns(new):
            if old.uncertain or new.uncertain:
                _write_whole(writer, new, y)
            else:
                _write_changes(writer, new, y, columns, erases_in_color=erases_in_color)
    if writer.pen.link:
        writer.use_pen(PLAIN)
    return "".join(writer.parts), writer.state


def _write_whole(writer: FrameWriter, row: FrameRow, y: int) -> None:
    """Clear the line and write it, with a cursor movement after each cell of uncertain width."""
    writer.use_erasing_pen(PLAIN)
    writer.move(0, y)
    writer.parts.append("\x1b[2K")
    texts, start = row.texts, 0
    ends = [
        x + (1 if after else 2)
        for x, (text, after) in enumerate(zip(texts, [*texts[1:], "x"], strict=True))
        if text and has_uncertain_width(text, after)
    ]
    for end in (*ends, len(texts)):
        if start < end:
            for run in _runs(row, range(start, end)):
                writer.write(row, y, run)
        writer.at = None
        start = end


def _write_changes(
    writer: FrameWriter, row: FrameRow, y: int, columns: list[int], *, erases_in_color: bool
) -> None:
    tail = _first_erasable(row, erases_in_color=erases_in_color)
    erased = sum(1 for x in columns if x >= tail) >= WORTH_AN_ERASE
    if erased:
        columns = [x for x in columns if x < tail]
    writer.write_runs(row, y, [run for span in _spans(row, columns) for run in _runs(row, span)])
    if erased:
        writer.move(tail, y)
        writer.use_erasing_pen(row.pens[tail])
        writer.parts.append("\x1b[K")


def _runs(row: FrameRow, span: range) -> Iterator[Run]:
    """The span in runs of one pen; blanks join a neighbouring run if they look the same in it."""
    start, pen, lettered = span.start, row.pens[span.start], row.texts[span.start] != " "
    for x in span[1:]:
        text, cell_pen = row.texts[x], row.pens[x]
        if not text or cell_pen is pen or (text == " " and pen.blank is cell_pen):
            lettered = lettered or text not in {"", " "}
        elif text != " " and not lettered and cell_pen.blank is pen:
            pen, lettered = cell_pen, True
        else:
            yield Run(pen, range(start, x), lettered)
            start, pen, lettered = x, cell_pen, text != " "
    yield Run(pen, range(start, span.stop), lettered)


def _first_erasable(row: FrameRow, *, erases_in_color: bool) -> int:
    """The column from which erasing to the end of the line gives the row's blanks."""
    last, tail = row.pens[-1], len(row.texts)
    if last.blank is not last or not last.erases or (last.background and not erases_in_color):
        return tail
    while tail and row.texts[tail - 1] == " " and row.pens[tail - 1] is last:
        tail -= 1
    return tail


def _spans(row: FrameRow, columns: list[int]) -> Iterator[range]:
    """Neighbouring changes, joined over gaps that are cheaper to write than to move over."""
    if not columns:
        return
    start = last = columns[0]
    for x in columns[1:]:
        if x > last + 1 and not _is_spanned(row, last, x):
            yield range(start, last + 1)
            start = x
        last = x
    yield range(start, last + 1)


def _is_spanned(row: FrameRow, last: int, x: int) -> bool:
    """Whether the unchanged cells between these two are short and need no other pen."""
    if x - last - 1 > SMALL_GAP:
        return False
    pen, gap = row.pens[last], range(last + 1, x)
    looks_like = all(row.pens[n] is pen or row.pens[n] is pen.blank for n in gap)
    return looks_like and sum(len(row.texts[n].encode()) for n in gap) <= SMALL_GAP


def _scroll_block(
    writer: FrameWriter, shown: Frame, wanted: Frame, *, erases_in_color: bool
) -> Frame:
    """Scroll a block of lines if that saves bytes; returns the frame shown after it."""
    changed = [y for y, (a, b) in enumerate(zip(shown, wanted, strict=True)) if not a.looks_like(b)]
    block_shift = _find_shift(shown, wanted, changed) if len(changed) > 2 else None
    if block_shift is None:
        return shown
    shift, top, bottom = block_shift
    opened = wanted[bottom + 1 - shift : bottom + 1] if shift > 0 else wanted[top : top - shift]
    background = background_of(opened, erases_in_color=erases_in_color)
    block, empty = shown[top : bottom + 1], blank_frame(len(shown[0].texts), abs(shift), background)
    moved = block[shift:] + empty if shift > 0 else empty + block[:shift]
    after = (*shown[:top], *moved, *shown[bottom + 1 :])
    if _cost(shown, wanted) - _cost(after, wanted) < WORTH_A_SCROLL:
        return shown
    writer.use_erasing_pen(background)
    writer.scroll(shift, top, bottom, len(shown))
    return after


def _find_shift(shown: Frame, wanted: Frame, changed: list[int]) -> tuple[int, int, int] | None:
    """How many lines the largest moved block has gone up, with its first and last line; None:
    none."""
    counts = Counter(row.key for row in shown)
    lines = {row.key: y for y, row in enumerate(shown) if counts[row.key] == 1}
    shifts = {y: lines[wanted[y].key] - y for y in changed if wanted[y].key in lines}
    if not shifts:
        return None
    shift, votes = Counter(shifts.values()).most_common(1)[0]
    if votes < 2:
        return None
    moved = [y for y, by in shifts.items() if by == shift]
    first, last = min(moved), max(moved)
    while _scroll_helps(shown, wanted, first - 1, shift):
        first -= 1
    while _scroll_helps(shown, wanted, last + 1, shift):
        last += 1
    return shift, min(first, first + shift), max(last, last + shift)


def _scroll_helps(shown: Frame, wanted: Frame, y: int, shift: int) -> bool:
    """Whether the wanted line is more like the one scrolled to its place than the one shown
    there."""
    if not (0 <= y < len(shown) and 0 <= y + shift < len(shown)):
        return False
    return len(shown[y + shift].changed_columns(wanted[y])) < len(
        shown[y].changed_columns(wanted[y])
    )


def _cost(shown: Frame, wanted: Frame) -> int:
    return sum(len(a.changed_columns(b)) for a, b in zip(shown, wanted, strict=True))
