"""The confirmation of a payment in line mode: the person types the proof on a terminal."""

from __future__ import annotations

import sys
import termios
from contextlib import suppress

from store.errors import Usage
from store.i18n import _
from store.sanitize import plain
from tui.prompts import TypedProof
from tui.streams.output import write_words


class NoTerminal(Usage):
    """A payment needs confirmation, and there is no terminal to ask on."""

    def __init__(self) -> None:
        super().__init__(
            _("no terminal for the confirmation; nothing was sent. `renewal renew ... "
              "--yes` pays without confirmation.")
        )  # fmt: skip


def ask_proof(proof: TypedProof, *, err: bool = False) -> bool:
    """Whether the person types the proof; anything else, such as Enter alone, means no.

    What was typed before the question appeared is thrown away. Raises `NoTerminal` if stdin is not
    a terminal: such an answer cannot be meant for this question.
    """
    if not sys.stdin.isatty():
        raise NoTerminal
    question = _("Type {what} to continue, or press Enter to stop:").format(what=proof.description)
    discard_typed_input()
    write_words(f"{plain(question)} ", err=err, end="")
    return proof.is_met_by(sys.stdin.readline())


def discard_typed_input() -> None:
    """Throw away keys that were pressed before now and not read yet."""
    with suppress(termios.error, ValueError):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
