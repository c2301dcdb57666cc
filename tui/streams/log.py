"""`renewal.log`: where tracebacks go instead of the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from store.sanitize import plain
from store.times import system_now

_home: list[Path] = []


def use_log(path: Path) -> None:
    """Write tracebacks to this file from now on."""
    _home[:] = [path]


def log_stray_errors() -> None:
    """Log errors in threads and finalizers instead of printing them: no command waits for them.
    Their messages are left out, since a library may have written them."""
    import threading

    threading.excepthook = lambda stray: _log_stray(stray.exc_value)
    sys.unraisablehook = lambda stray: _log_stray(stray.exc_value)


def _log_stray(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        import traceback

        name = f"{type(error).__module__}.{type(error).__name__}"
        _append([*traceback.format_tb(error.__traceback__), name])


def write_traceback(error: BaseException) -> str:
    """Append the traceback, without values of variables; returns the path, or why there is no
    log."""
    import traceback

    return _append(traceback.format_exception(error))


def _append(parts: Iterable[str]) -> str:
    if not _home:
        return "no log, since the home folder is not open yet"
    path = _home[0]
    text = "\n".join(plain(line) for line in "".join(parts).split("\n"))
    try:
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as log:
            log.write(f"{system_now().isoformat()} {text}\n")
    except OSError as trouble:
        return f"no log, since {path} cannot be written ({trouble.strerror})"
    return str(path)
