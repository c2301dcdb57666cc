"""The exit codes in words: for the help of each command and for the README."""

from __future__ import annotations

from store.errors import Exit
from store.i18n import N_

ALWAYS = (Exit.DONE, Exit.USAGE, Exit.DEFECT, Exit.FILE)
"""What every command can end with."""

CLOUD = (*ALWAYS, Exit.UNREACHABLE, Exit.DENIED)
"""What a command that asks the cloud can end with."""

EXITS = {
    Exit.DONE: N_("done"),
    Exit.REFUSED: N_("a payment was refused by the cloud; nothing was paid"),
    Exit.OUTCOME_UNKNOWN: N_(
        "a payment's outcome is unknown; `renewal payments reconcile` settles it"
    ),
    Exit.STOPPED_HERE: N_(
        "stopped here before anything was sent: read-only, payments off, one already under way, "
        "already renewed since, over `--max-amount`, no price, over the balance, an unpaid order "
        "of the same item, or nothing that can be renewed"
    ),
    Exit.USAGE: N_("wrong usage: a bad option, a bad file, an unknown ID; the message says where"),
    Exit.UNREACHABLE: N_("the cloud cannot be reached, or is throttling"),
    Exit.DEFECT: N_("a defect of the program; the traceback is in `renewal.log`"),
    Exit.FILE: N_("a file of the program cannot be read or written; the message says what to do"),
    Exit.DENIED: N_("no credentials, wrong ones, or a missing permission, named"),
}

STATUS = {
    Exit.DONE: N_("nothing needs attention"),
    Exit.WARNING: N_("something needs attention"),
    Exit.CRITICAL: N_("critical"),
    Exit.UNKNOWN: N_("unknown: no data, old data, or something that cannot be judged"),
}
"""What `status` says by its exit code, as Nagios and Icinga read it."""


def readme_exits() -> str:
    """The table of exit codes for the README, as Markdown."""
    rows = ["| exit | meaning |", "|---|---|"]
    for code in Exit:
        parts = [EXITS[code]] if code in EXITS else []
        parts += [f"`status`: {STATUS[code]}"] if code in STATUS else []
        rows.append(f"| {int(code)} | {'; for '.join(parts)} |")
    return "\n".join(rows)
