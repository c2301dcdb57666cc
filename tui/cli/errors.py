"""Turns errors into sentences and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from store.errors import Exit, FileTrouble, RenewalError
from store.i18n import _
from store.sanitize import plain, plain_json
from tui.streams.output import write_data, write_words

INTERRUPTED = 130
ERROR_SCHEMA = "renewal.error/1"


def run_safely(command: Callable[[], Any], *, as_json: bool) -> int:
    """Run the command; returns its exit code. Errors become a sentence, never a traceback."""
    try:
        result = command()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        write_words(_("interrupted"), err=True)
        return INTERRUPTED
    except click.ClickException as error:
        return report_error(Exit.USAGE, _usage_message(error), as_json=as_json)
    except Exception as error:
        expected = error if isinstance(error, RenewalError) else _known_error(error)
        if expected is not None:
            return report_error(expected.exit, expected.message, as_json=as_json)
        return report_error(Exit.DEFECT, _bug_message(error), as_json=as_json)
    return int(result or Exit.DONE)


def _usage_message(error: click.ClickException) -> str:
    """What is wrong with the command line, and how to get help."""
    message = error.format_message()
    if not message.endswith((".", "?", "。", "？")):
        message += "."
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return message
    hint = _("Try '{command} {option}' for help.").format(
        command=error.ctx.command_path, option="--help"
    )
    return f"{message} {hint}"


def _known_error(error: Exception) -> FileTrouble | None:
    """The error of a database, a file or a missing module as ours; None: a bug."""
    sqlite3 = sys.modules.get("sqlite3")  # some Pythons lack it
    if sqlite3 is not None and isinstance(error, sqlite3.Error):
        from store.database.errors import file_error

        return file_error(error)
    if isinstance(error, ImportError) and not (error.name or "").startswith(("tui", "store")):
        return FileTrouble(
            _(
                "this Python lacks {module}, which the program needs. Install the "
                "program with a Python that has it."
            ).format(module=error.name or error)
        )
    if isinstance(error, OSError) and error.filename is not None:
        return FileTrouble(f"{error.filename}: {error.strerror}")
    return None


def report_error(exit_code: int, message: str, *, as_json: bool) -> int:
    """Write the message to stderr, and with `--json` a document to stdout; returns the exit
    code."""
    write_words(plain(message, limit=2000), err=True)
    if as_json:
        document = {"schema": ERROR_SCHEMA, "exit": int(exit_code), "message": message}
        write_data(plain_json(document) + "\n")
    return int(exit_code)


def report_unwritten_output(error: OSError) -> None:
    """Say that stdout did not take the data; the command's exit code stays."""
    sentence = _(
        "the output could not be written ({reason}). The command itself has "
        "finished: `renewal payments` lists what was paid. Free some space, or "
        "write the output elsewhere."
    ).format(reason=error.strerror)
    write_words(sentence, err=True)


def _bug_message(error: Exception) -> str:
    """Log the traceback of a bug; returns the sentence about it."""
    from tui.streams.log import write_traceback

    where = write_traceback(error)
    return _(
        "this is a bug in the program ({kind}). Nothing more was done; `renewal "
        "payments` lists what was paid before. Details are in {where}."
    ).format(kind=type(error).__name__, where=where)
