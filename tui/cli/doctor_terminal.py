"""The findings of `renewal doctor` about the terminal: its encoding, its name and its size."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from store.i18n import _, language
from tui.streams.encodings import is_utf8, supported_language
from tui.streams.output import output_encoding
from tui.text import CHINESE

if TYPE_CHECKING:
    from store.diagnosis.findings import Finding

_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")


def terminal_findings() -> Iterator[Finding]:
    """The findings about encoding and terminal."""
    yield _encoding()
    yield _terminal()


def _encoding() -> Finding:
    from store.diagnosis.findings import Finding, Verdict

    subject, encoding = _("encoding"), output_encoding()
    named = ", ".join(f"{name}={os.environ[name]}" for name in _LOCALE if os.environ.get(name))
    text = _("{encoding}; language {language}; locale {locale}").format(
        encoding=encoding, language=language(), locale=named or _("not set")
    )
    if is_utf8(encoding):
        return Finding(subject, Verdict.FINE, text)
    if supported_language(CHINESE, encoding) == CHINESE:
        return Finding(subject, Verdict.NOTE, text, _("UTF-8 shows all characters"))
    todo = _("use a UTF-8 locale such as LANG=C.UTF-8 to see names as they are")
    return Finding(subject, Verdict.NOTE, text, todo)


def _terminal() -> Finding:
    from store.diagnosis.findings import Finding, Verdict
    from tui.display.terminals import erases_in_color

    subject, name = _("terminal"), os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        return Finding(subject, Verdict.FINE, _("none: the output is redirected"))
    size = None
    with suppress(OSError):
        size = os.get_terminal_size(1)
    parts = [name or _("TERM is not set")]
    parts += [f"{size.columns}x{size.lines}"] if size and all(size) else [_("of unknown size")]
    parts += [
        program
        for program, variable in (("tmux", "TMUX"), ("screen", "STY"))
        if variable in os.environ
    ]
    if os.environ.get("NO_COLOR"):
        parts.append("NO_COLOR")
    if erases_in_color(os.environ) is None:
        todo = _("set TERM to your terminal type, such as xterm-256color, for less output over SSH")
        return Finding(subject, Verdict.NOTE, ", ".join(parts), todo)
    return Finding(subject, Verdict.FINE, ", ".join(parts))
