"""Copies text out of the terminal: to tmux's buffer, else the terminal's clipboard, else a file.

No terminal confirms that it took the text, so the message says where the text was sent, never that
it arrived.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from store.errors import FileTrouble
from store.files.writing import write_file
from store.i18n import _
from store.sanitize import plain

MAX_ENCODED_SIZE = 74_994
"""Bytes of base64 that terminals accept in one OSC 52 sequence."""

TMUX_SECONDS = 3

_WITHOUT_OSC_52 = ("", "dumb", "linux", "cons25")
"""Terminals that are known to ignore OSC 52, by TERM."""


class Copied(Struct, frozen=True):
    """Where the text was sent, and the sentence that says so."""

    target: Literal["tmux", "terminal", "file"]
    sentence: str


def copy_text(
    text: str,
    home: Path,
    send: Callable[[str], None] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Copied:
    """Send the text to the first target that this terminal has.

    `send` writes OSC 52 (the app's `copy_to_clipboard`); `home` is the folder for the file. Control
    characters other than line ends are sent as visible marks, so that pasting runs nothing. Raises
    `FileTrouble` if even the file cannot be written.
    """
    safe = "\n".join(plain(line, limit=len(line)) for line in text.split("\n"))
    if environ.get("TMUX"):
        if _load_tmux_buffer(safe, environ):
            return Copied("tmux", _("sent to the tmux buffer (paste with prefix ])"))
    elif (
        send is not None and _terminal_listens(environ) and _encoded_size(safe) <= MAX_ENCODED_SIZE
    ):
        send(safe)
        return Copied(
            "terminal", _("sent to the terminal's clipboard (OSC 52; some terminals ignore it)")
        )
    file = home / "copied.txt"
    _write_copy(safe, file)
    return Copied("file", _("written to {file}").format(file=plain(str(file))))


def _terminal_listens(environ: Mapping[str, str]) -> bool:
    return (
        environ.get("TERM", "") not in _WITHOUT_OSC_52
        and environ.get("TERM_PROGRAM") != "Apple_Terminal"
        and not environ.get("STY")
    )


def _encoded_size(text: str) -> int:
    return 4 * ((len(text.encode()) + 2) // 3)


def _load_tmux_buffer(text: str, environ: Mapping[str, str]) -> bool:
    """Whether tmux took the text. `-w` passes it on to the terminal; older versions lack it."""
    tmux = shutil.which("tmux", path=environ.get("PATH"))
    if tmux is None:
        return False
    for options in (("-w",), ()):
        try:
            finished = subprocess.run(
                [tmux, "load-buffer", *options, "-"],
                input=text.encode(),
                capture_output=True,
                timeout=TMUX_SECONDS,
                check=False,
                env=dict(environ),
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if finished.returncode == 0:
            return True
    return False


def _write_copy(text: str, file: Path) -> None:
    try:
        write_file(file, text.encode("utf-8", "replace"), new_mode=0o600)
    except OSError as error:
        raise FileTrouble(
            _(
                "Nothing was copied: {file} cannot be written ({reason}). Select the "
                "text with the mouse instead (hold Shift)."
            ).format(file=plain(str(file)), reason=error.strerror or type(error).__name__)
        ) from error
