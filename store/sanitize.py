"""Makes foreign text safe: one line, nothing invisible, no escape sequences.

Every value from outside this program (names and errors from the cloud, files, the keyboard) passes
through `plain` before it reaches a terminal or a file. The result has the same width in every
terminal.
"""

from __future__ import annotations

import re
from json import JSONEncoder
from unicodedata import category

import msgspec

LONGEST = 2_000
"""The longest shown value; further characters are counted."""
MOST_LINES = 200
"""The largest number of shown lines; further lines are counted."""

_MOST_PILED = 4
"""The most combining marks on one letter: more would overwrite the lines above and below."""

_HARMFUL = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})
"""Categories of characters that control, are invisible, or have an undefined width."""
_ALSO_HARMFUL = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufffc"
    "\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
"""Characters that are invisible although they are letters or marks, and skin tones, whose width
differs between terminals."""
_COMBINING = frozenset({"Mn", "Mc", "Me"})
_JAMO = "\u115f-\u11ff\ud7b0-\ud7ff"
"""Korean vowels and finals, which join the letter before them as marks do."""
_ONE_ODD = rf"[^\x20-\x7e](?<=[\W{_JAMO}\u3164\uffa0])"
_ODD = re.compile(f"{_ONE_ODD}(?:{_ONE_ODD})*")
"""Characters to check one by one: neither plain ASCII nor a letter or digit.

The lookbehind lets `re` skip plain ASCII fast: a choice of two classes takes seven times as long.
"""
_JOINS = re.compile(f"[{_JAMO}]")
_EMOJI_STYLE = "\ufe0e\ufe0f"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]+")
_FLAG_TO_LETTER = {0x1F1E6 + n: ord("A") + n for n in range(26)}
_ON_ONE_LINE = JSONEncoder(ensure_ascii=False)
_FOR_MANY = msgspec.json.Encoder()
_NEW_LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def plain(value: str, limit: int = LONGEST) -> str:
    """The value as one line, with a visible mark for each harmful or invisible character.

    Control characters become control pictures (`␛`), flags their letters (`⟨CN⟩`), all others their
    code point (`⟨U+202E⟩`). A value longer than `limit` characters ends in `…(+N)`.
    """
    cut = len(value) - limit
    text = value[:limit] if cut > 0 else value
    if _ODD.search(text):
        text = _FLAG.sub(_letters, text)
        text = _ODD.sub(_mark_run, text)
    return f"{text}…(+{cut})" if cut > 0 else text


def _letters(flag: re.Match[str]) -> str:
    return f"⟨{flag[0].translate(_FLAG_TO_LETTER)}⟩"


def _mark_run(run: re.Match[str]) -> str:
    """The marks for a run of special characters, depending on the text before it."""
    before = run.string[run.start() - 1 : run.start()]
    shown: list[str] = []
    piled = 0
    for character in run[0]:
        if character in _EMOJI_STYLE and before > "\x7f":
            continue
        if _is_harmful(character):
            shown.append(_rest_of(piled) + _mark(character))
            piled = 0
        elif _is_combining(character):
            piled += 1
            if piled <= _MOST_PILED:
                shown.append(character if before else f"◌{character}")
        else:
            shown.append(_rest_of(piled) + character)
            piled = 0
        before = character
    return "".join(shown) + _rest_of(piled)


def _rest_of(piled: int) -> str:
    return f"⟨+{piled - _MOST_PILED}⟩" if piled > _MOST_PILED else ""


def _is_harmful(character: str) -> bool:
    return category(character) in _HARMFUL or _ALSO_HARMFUL.match(character) is not None


def _is_combining(character: str) -> bool:
    return category(character) in _COMBINING or _JOINS.match(character) is not None


def _mark(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def plain_lines(value: str) -> list[str]:
    """The value as lines that are each `plain`; more than `MOST_LINES` lines end in `…(+N)`."""
    lines = _NEW_LINE.split(value)
    shown = [plain(line) for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(f"…(+{len(lines) - MOST_LINES})")
    return shown


def plain_json(document: object, indent: int | None = None) -> str:
    """The document as JSON that keeps every value exactly and is safe for a terminal.

    Characters that `plain` would mark are escaped (`\\u001b`); all other text stays readable.
    """
    encoder = _ON_ONE_LINE if indent is None else JSONEncoder(ensure_ascii=False, indent=indent)
    return _harmless(encoder.encode(document))


def plain_line(document: object) -> str:
    """The document on one line, as `plain_json` writes it, for large numbers of documents.

    Instants and enumerations in it are written directly. Raises UnicodeEncodeError for text that no
    database accepts.
    """
    return _harmless(msgspec.json.format(_FOR_MANY.encode(document), indent=0).decode())


def _harmless(written: str) -> str:
    return written if written.isascii() and "\x7f" not in written else _ODD.sub(_escaped, written)


def _escaped(run: re.Match[str]) -> str:
    return "".join(
        _escape(character) if character != "\n" and _is_harmful(character) else character
        for character in run[0]
    )


def _escape(character: str) -> str:
    code = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))
