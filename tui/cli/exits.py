"""The exit codes in words: for the help of each command and for the README."""

from __future__ import annotations

from store.errors import Exit
from tui.text import later

ALWAYS = (Exit.DONE, Exit.USAGE, Exit.DEFECT, Exit.FILE)
"""What every command can end with."""

CLOUD = (*ALWAYS, Exit.UNREACHABLE, Exit.DENIED)
"""What a command that asks the cloud can end with."""

EXITS = {
    Exit.DONE: later("done"),
    Exit.REFUSED: later("a payment was refused by the cloud; nothing was paid"),
    Exit.OUTCOME_UNKNOWN: later(
        "a payment's outcome is unknown; `renewal payments reconcile` settles it"
    ),
    Exit.STOPPED_HERE: later(
        "stopped here before anything was sent: read-only, payments off, one already under way, "
        "already renewed since, over `--max-amount`, no price, over the balance, or nothing that "
        "can be renewed"
    ),
    Exit.USAGE: later(
        "wrong usage: a bad option, a bad file, an unknown ID; the message says where"
    ),
    Exit.UNREACHABLE: later("the cloud cannot be reached, or is throttling"),
    Exit.DEFECT: later("a defect of the program; the traceback is in `renewal.log`"),
    Exit.FILE: later(
        "a file of the program cannot be read or written; the message says what to do"
    ),
    Exit.DENIED: later("no credentials, wrong ones, or a missing permission, named"),
}

STATUS = {
    Exit.DONE: later("nothing needs attention"),
    Exit.WARNING: later("something needs attention"),
    Exit.CRITICAL: later("critical"),
    Exit.UNKNOWN: later("unknown: no data, old data, or something that cannot be judged"),
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
