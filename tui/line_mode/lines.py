"""Writes plain lines without breaking words, and reads answers and choices."""

from __future__ import annotations

import os
import sys
from typing import TypeVar

from store.i18n import _
from store.sanitize import plain
from tui.prompts import Choice, Fact, Line, Menu
from tui.streams.output import reader_has_gone, write_words
from tui.text.wrapping import hang_text

Value = TypeVar("Value")
LONGEST = 4000
"""The greatest number of characters in a line."""
BACK = "."
"""The answer that goes back from any question."""


READER_GONE = 141
"""The exit code if nobody reads the output before anything was decided: a shell's code for
SIGPIPE."""


class EndOfAnswersError(Exception):
    """The input has ended: the pipe is empty, or the terminal is closed."""


def write_line(line: Line = "") -> None:
    """Write a line of text, wrapped if stdout is a terminal."""
    width = line_width()
    match line:
        case Fact(label, text):
            head = _("{label}: {text}").format(label=plain(label), text="") if label else "  "
            text = plain(text, limit=LONGEST)
            lines = hang_text(head, text, width) if width else [head + text]
        case _:
            text = plain(line if isinstance(line, str) else line.text, limit=LONGEST)
            indent = " " * (len(text) - len(text.lstrip(" ")))
            lines = hang_text(indent, text.lstrip(" "), width) if width else [text]
    for wrapped_line in lines:
        write_words(wrapped_line)


def line_width() -> int:
    """The width of the terminal in cells; 0: stdout is not a terminal, or its size is unknown."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    except (OSError, ValueError):
        return 0


def ask_line(question: str) -> str:
    """Ask a question; returns the stripped answer. Raises `EndOfAnswersError` at the end of
    input."""
    write_words(f"{plain(question)} ", end="")
    if reader_has_gone():  # nobody sees the question
        sys.exit(READER_GONE)
    answer = sys.stdin.readline()
    if not answer:
        write_words()
        raise EndOfAnswersError
    if not sys.stdin.isatty():
        write_words()
    return plain(answer.strip())


def choose(menu: Menu[Value], back: str = "") -> Choice[Value] | None:
    """The choice that is typed; None for 0, which goes back, or does `back`.

    A choice is typed by its answer, or by its number; Enter takes the one that `menu.preset` names,
    which is shown. One that is off says why.
    """
    choices = menu.choices
    write_line()
    for line in (menu.title, *menu.lines):
        write_line(line)
    answers = [option.answer or str(number) for number, option in enumerate(choices, 1)]
    preset = "" if menu.preset is None else answers[menu.preset]
    for answer, option in zip(answers, choices, strict=True):
        parts = [answer, option.label if option.off is None else f"({option.label})"]
        parts += [f"· {note}" for note in (option.hint, option.off) if note]
        write_line(" ".join(parts))
    back = back or _("Go back")
    write_line(f"0 {back}")
    while True:
        typed = ask_line(_("Number [{preset}]:").format(preset=preset) if preset else _("Number:"))
        typed = typed or preset
        if typed in {"0", BACK}:
            return None
        if typed not in answers:
            write_line(_("{typed!r} is not in the list.").format(typed=typed))
            continue
        chosen = choices[answers.index(typed)]
        if chosen.off is None:
            return chosen
        sentence = _("“{label}” is not available: {reason}")
        write_line(sentence.format(label=chosen.label, reason=chosen.off))
