"""Edits text in the person's editor, which VISUAL or EDITOR names."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from store.errors import FileTrouble, Usage
from store.files.decoding import decode_text
from store.i18n import _
from store.sanitize import plain

Run = Callable[[Sequence[str]], int]
"""Runs a command on the terminal and returns its exit code; negative: the signal that ended it.
Raises `OSError` if it cannot be started."""

TAB_SIZE = 4
"""Columns between tab stops."""


def edit_text(text: str, name: str, run: Run, environ: Mapping[str, str] = os.environ) -> str:
    """The edited text, without control characters and without blank lines at its ends.

    `name`: the file's name, which the editor shows. Raises `Usage` if no editor is set or the
    editor fails, and `FileTrouble` if the file cannot be written or read; the text is unchanged
    then.
    """
    command = _command(environ)
    try:
        with TemporaryDirectory(prefix="renewal-") as folder:
            file = Path(folder, name)
            file.write_text(f"{text.rstrip()}\n" if text else "", "utf-8", "replace")
            _run(command, file, run)
            return _clean(decode_text(file.read_bytes()))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileTrouble(
            _("The file for the editor cannot be used ({reason}). The text is unchanged.").format(
                reason=reason
            )
        ) from error


def _command(environ: Mapping[str, str]) -> list[str]:
    """The editor's command with its options, as in `VISUAL="code --wait"`."""
    for variable in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environ.get(variable, ""))
        except ValueError as error:
            raise Usage(
                _("{variable} is not a command: a quotation mark is missing.").format(
                    variable=variable
                )
            ) from error
        if command:
            return command
    raise Usage(
        _("No editor is set. Set VISUAL or EDITOR to its command, for example VISUAL=nano, and "
          "start again.")
    )  # fmt: skip


def _run(command: Sequence[str], file: Path, run: Run) -> None:
    name = plain(command[0])
    try:
        code = run([*command, str(file)])
    except OSError as error:
        raise Usage(
            _("The editor {name} cannot be started ({reason}). The text is unchanged.").format(
                name=name, reason=error.strerror or type(error).__name__
            )
        ) from error
    if code < 0:
        raise Usage(
            _("The editor {name} was ended by signal {number}. The text is unchanged.").format(
                name=name, number=-code
            )
        )
    if code:
        raise Usage(
            _("The editor {name} ended with exit code {code}. The text is unchanged.").format(
                name=name, code=code
            )
        )


def _clean(text: str) -> str:
    lines = text.expandtabs(TAB_SIZE).splitlines()
    return "\n".join(plain(line.rstrip(), limit=len(line)) for line in lines).strip("\n")
