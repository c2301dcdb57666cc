"""Nothing in a paste is a key, however the terminal's input is cut into pieces."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tui.display.paste import END, START, PasteFilter

HARMFUL = "a\x1bq\x1b[A\x1b\x1bb\x1b[200~c\x1b[20"
MARKED = "a␛q␛[A␛␛b␛[200~c␛[20"


def read(*pieces: str) -> list[str]:
    """What the app receives: pasted texts in quotes, keys by their names."""
    parser, pasting, received = XTermParser(), PasteFilter(), []
    for piece in pieces:
        for event in parser.feed(pasting.feed(piece)):
            if isinstance(event, events.Paste):
                received.append(f"'{event.text}'")
            elif isinstance(event, events.Key):
                received.append(event.key)
    return received


@given(st.lists(st.integers(0, 40), max_size=6))
def test_whatever_the_pieces(cuts: list[int]) -> None:
    whole = f"x{START}{HARMFUL}{END}y{START}z{END}"
    places = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    pieces = [whole[low:high] for low, high in itertools.pairwise(places)]
    pasting = PasteFilter()
    safe = "".join(pasting.feed(piece) for piece in pieces)
    assert safe == f"x{START}{MARKED}{END}y{START}z{END}"


def test_textual_reads_one_paste_and_no_key_of_it() -> None:
    assert read("x", f"{START}{HARMFUL[:5]}", f"{HARMFUL[5:]}{END}y") == ["x", f"'{MARKED}'", "y"]


def test_what_is_typed_is_passed_on_at_once() -> None:
    pasting = PasteFilter()
    for typed in ("\x1b", "[A", "\x1b[", "20", "q"):
        assert pasting.feed(typed) == typed
