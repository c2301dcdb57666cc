"""The meanings of exit codes, for the help pages and the README."""

from __future__ import annotations

from store.errors import Exit
from store.i18n import N_

EXITS = {
    Exit.DONE: N_("done"),
    Exit.REFUSED: N_("the cloud refused a payment; nothing was paid"),
    Exit.OUTCOME_UNKNOWN: N_(
        "the outcome of a payment is unknown; run `renewal payments reconcile` to settle it"
    ),
    Exit.STOPPED_HERE: N_(
        "stopped before anything was sent: read-only mode, payments off, a "
        "payment in progress, already renewed, price above `--max-amount`, no "
        "price, balance too low, an unpaid order for the same item, or an item "
        "that cannot be renewed"
    ),
    Exit.USAGE: N_(
        "wrong usage: an invalid option, an invalid file or an unknown ID; the message says where"
    ),
    Exit.UNREACHABLE: N_("the cloud cannot be reached, or is throttling"),
    Exit.DEFECT: N_("a bug in the program; the traceback is in `renewal.log`"),
    Exit.FILE: N_("a file of the program cannot be read or written; the message says what to do"),
    Exit.DENIED: N_(
        "no credentials, wrong credentials, or a missing permission; the message names it"
    ),
}
"""The meaning of each exit code, for every command."""


def meanings(*codes: Exit) -> dict[Exit, str]:
    """These exit codes with their meanings."""
    return {code: EXITS[code] for code in codes}


ALWAYS = meanings(Exit.DONE, Exit.USAGE, Exit.DEFECT, Exit.FILE)
"""The exit codes of every command."""

CLOUD = ALWAYS | meanings(Exit.UNREACHABLE, Exit.DENIED)
"""The exit codes of commands that ask the cloud."""

STATUS = {
    Exit.DONE: N_("nothing needs attention"),
    Exit.WARNING: N_("something needs attention"),
    Exit.CRITICAL: N_("critical"),
    Exit.UNKNOWN: N_("unknown: no data, old data, or an item that cannot be assessed"),
}
"""The exit codes of `status`, as Nagios and Icinga read them."""
