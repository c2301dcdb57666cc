"""`renewal doctor`: what is configured, reachable and permitted, and what to fix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from store.errors import BadFile, Exit, FileTrouble, RenewalError
from store.formats import clause
from store.home import user_home
from store.i18n import N_, _
from tui import __version__
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, json_option, pass_options, print_message, print_result
from tui.cli.summaries import SUMMARIES

if TYPE_CHECKING:
    from store.diagnosis.findings import Finding
    from store.session import Session

SCHEMA = "renewal.doctor/1"
SIGNS = {"fine": "✓", "note": "·", "mend": "!"}


@click.command(
    "doctor",
    cls=PageCommand,
    summary=SUMMARIES["doctor"],
    details=(
        N_(
            "It checks the home folder, the account, the credentials and each "
            "permission that the program uses. It shows no secrets and changes "
            "nothing."
        ),
    ),
    exits=ALWAYS | {Exit.WARNING: N_("something needs fixing")},
    examples=(
        Example("renewal doctor", N_("Check the default account.")),
        Example("renewal doctor --json", N_("Output for a script.")),
    ),
)
@click.option("--restore", is_flag=True, help=N_("Restore store.db from its newest backup."))
@json_option
@pass_options
def command(options: Options, *, restore: bool, as_json: bool) -> Exit:
    """Exit 1 if a finding needs fixing."""
    from store.diagnosis.findings import Verdict

    if restore:
        _restore(options)
    findings = list(_findings(options))
    lines = [f"{SIGNS[finding.verdict.value]} {_line(finding)}" for finding in findings]
    rows = [
        {
            "what": finding.what,
            "verdict": finding.verdict.value,
            "words": finding.words,
            "todo": finding.todo,
        }
        for finding in findings
    ]
    print_result({"schema": SCHEMA, "findings": rows}, lines, as_json=as_json)
    wrong = any(finding.verdict is Verdict.MEND for finding in findings)
    return Exit.WARNING if wrong else Exit.DONE


def _line(finding: Finding) -> str:
    if not finding.todo:
        return f"{finding.what}: {finding.words}"
    return _("{what}: {words}. To fix it: {todo}.").format(
        what=finding.what, words=clause(finding.words), todo=clause(finding.todo)
    )


def _findings(options: Options) -> Iterator[Finding]:
    """All findings; if the home folder or config.toml cannot be used, that is the last one."""
    from store.diagnosis.doctor import examine
    from store.diagnosis.findings import Finding, Verdict
    from tui.cli.doctor_terminal import terminal_findings

    yield Finding("Renewal Assistant", Verdict.FINE, __version__)
    yield from terminal_findings()
    home = options.home()
    try:
        session = options.session()
    except RenewalError as error:
        from store.diagnosis.environment_findings import environment_findings
        from store.times import system_now

        yield from environment_findings(home, system_now(), options.home_folder)
        yield Finding(_("configuration"), Verdict.MEND, error.message)
        return
    with session:
        yield from examine(session, user_home(), options.home_folder)
        yield from _keys(session)


def _keys(session: Session) -> Iterator[Finding]:
    """Whether the keys in config.toml are valid; no finding without any."""
    from store.diagnosis.findings import Finding, Verdict
    from tui.commands.keymap import chosen_keys

    if not session.config.keys:
        return
    subject = _("keys of config.toml")
    try:
        chosen = chosen_keys(session.config.keys)
    except BadFile as error:
        yield Finding(subject, Verdict.MEND, error.message, _("choose another key"))
    else:
        yield Finding(subject, Verdict.FINE, ", ".join(sorted(chosen)))


def _restore(options: Options) -> None:
    from store.database.backup import backups, restore
    from store.schema import STORE

    path = options.home().store
    copies = backups(path)
    if not copies:
        raise FileTrouble(_("there is no backup of {path}; nothing was changed").format(path=path))
    restore(path, copies[0], STORE)
    print_message(
        _("{name} was restored from {copy}; the previous file was kept in the same folder").format(
            copy=copies[0].name, name=path.name
        )
    )
