"""The one place where an error becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from typing import Any

import click

from store.errors import Exit, RenewalError
from store.i18n import _
from tui.cells import plain, plain_json

INTERRUPTED = 130
ERROR_SCHEMA = "renewal.error/1"


def run_safely(  # noqa: PLR0911 - one return for each kind of ending
    command: Callable[[], Any], *, as_json: bool
) -> int:
    """Run the command; what it raises is told, never shown as a traceback."""
    try:
        result = command()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("interrupted"), err=True)
        return INTERRUPTED
    except click.ClickException as error:
        from tui.cli.usage_errors import sentence

        return tell(Exit.USAGE, sentence(error), as_json=as_json)
    except RenewalError as error:
        return tell(error.exit, error.message, as_json=as_json)
    except sqlite3.Error as error:
        from store.database.errors import file_error

        return tell(Exit.FILE, file_error(error).message, as_json=as_json)
    except BrokenPipeError:
        # The reader has gone; writing on to it at exit would raise once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except Exception as error:
        return tell(Exit.DEFECT, _defect(error), as_json=as_json)
    return int(result or Exit.DONE)


def tell(exit_code: int, message: str, *, as_json: bool) -> int:
    """Say what happened: words on stderr, and with `--json` a document on stdout."""
    click.echo(plain(message, limit=2000), err=True)
    if as_json:
        document = {"schema": ERROR_SCHEMA, "exit": int(exit_code), "message": message}
        click.echo(plain_json(document))
    return int(exit_code)


def tell_unwritten(error: OSError) -> int:
    """The exit of a command that went well, and whose data could not be written."""
    words = _(
        "what this command tells could not be written ({reason}). What it did is done: "
        "`renewal payments` lists what was paid. Make room, or write it elsewhere."
    ).format(reason=error.strerror)
    return tell(Exit.FILE, words, as_json=False)


def _defect(error: Exception) -> str:
    """The sentence for a defect of ours; the traceback goes to the log."""
    from tui.log import write_traceback

    where = write_traceback(error)
    return _(
        "this is a defect of the program ({kind}). Nothing more was done. "
        "What happened is written down in {where}."
    ).format(kind=type(error).__name__, where=where)
