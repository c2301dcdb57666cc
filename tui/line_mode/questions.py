"""Asking on plain lines: a number of a list, a line of text, a proof."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from store.errors import Usage
from store.i18n import _
from tui.cells import plain
from tui.std_streams import write_words


class EndOfAnswersError(Exception):
    """Nobody answers any more: the pipe is empty, or the line was closed."""


def tell(line: str = "") -> None:
    """One line of words."""
    write_words(plain(line, limit=4000))


def ask(question: str) -> str:
    """One line of text, without blanks around it. Raises `EndOfAnswersError` at the end."""
    write_words(f"{plain(question)} ", end="")
    answer = sys.stdin.readline()
    if not answer:
        write_words()
        raise EndOfAnswersError
    if not sys.stdin.isatty():
        write_words()
    return plain(answer.strip())


def choose(question: str, answers: Sequence[str], *, back: str = "") -> int | None:
    """The place of the chosen answer, from 0; None for 0, which goes back, or does `back`."""
    tell()
    tell(question)
    for number, answer in enumerate(answers, 1):
        tell(f"{number} {answer}")
    back = back or _("go back")
    tell(f"0 {back}")
    while True:
        typed = ask(_("Number:"))
        if typed.isascii() and typed.isdigit() and int(typed) <= len(answers):
            return int(typed) - 1 if int(typed) else None
        tell(_("{typed!r} is not a number from 0 to {n}.").format(typed=typed, n=len(answers)))


def number_of(typed: str) -> int:
    """A whole number as it is typed. Raises `Usage` for anything else."""
    if not (typed.isascii() and typed.isdigit()):
        raise Usage(_("{value!r} is not a whole number").format(value=typed))
    return int(typed)
