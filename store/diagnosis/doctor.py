"""`renewal doctor`: findings about what is configured, reachable and permitted, and what to fix.

The checks change nothing, pay nothing, and show no secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from store.clouds.alibaba import AlibabaCloud
from store.clouds.alibaba.cli_profiles import profiles
from store.clouds.alibaba.rights import needed_right
from store.config import ALIBABA, Account
from store.database.backup import backups, find_problems
from store.diagnosis.checklist import checklist
from store.diagnosis.environment_findings import environment_findings
from store.diagnosis.findings import Finding, Verdict
from store.diagnosis.setup_checks import TOPICS, Topic
from store.errors import CloudError, Denied, FileTrouble, MissingRight, RenewalError
from store.formats import clause, instant_with_zone
from store.home import Home
from store.i18n import N_, _
from store.items.overview import MAX_AHEAD
from store.items.queries import last_sync
from store.schema import STORE
from store.session import Session
from store.times import system_now

_WITHOUT = {
    "QueryAccountTransactions": N_("the start of the overdue period"),
    "QueryBillOverview": N_("the amount owed for each product"),
    "DescribeInstanceBill": N_("names and last prices of instances"),
    "QueryCashCoupons": N_("cash coupons"),
    "QueryPrepaidCards": N_("prepaid cards"),
    "DescribeFrInstances": N_("resource plans that are used up or have ended"),
    "DescribePricingModule": N_("the price of a renewal by its configuration"),
    "DescribeResourcePackageProduct": N_("prices of resource plans"),
    "GetResourcePackagePrice": N_("prices of resource plans"),
}
"""Optional operation to the facts that are not shown without it."""

_CHECKED = frozenset({Topic.SITE, Topic.TYPES, Topic.NOTIFICATIONS})
"""The topics of the checklist that no other finding covers."""


def examine(
    session: Session, user_home: Path | None, named_home: str | None = None
) -> Iterator[Finding]:
    """All findings, including the permissions of each account.

    `user_home` is the folder of `.aliyun`; `named_home` is the program's home folder as it was
    written. A check that fails becomes a finding, and the others continue.
    """
    yield from environment_findings(session.home, system_now(), named_home)
    yield from _files(session.home)
    yield from _profiles(user_home)
    for name, account in session.config.accounts.items():
        try:
            with session.of_account(name) as other:
                yield from _account(other, account)
        except RenewalError as error:
            what = _("account {name}").format(name=name)
            yield Finding(what, Verdict.MEND, error.message)


def _files(home: Home) -> Iterator[Finding]:
    configured = home.config.exists()
    words = (
        str(home.config)
        if configured
        else _("{path}: not created yet, practice account only").format(path=home.config)
    )
    yield Finding(_("configuration"), Verdict.FINE if configured else Verdict.NOTE, words)
    if not home.store.exists():
        yield Finding("store.db", Verdict.NOTE, _("not created yet; the first command creates it"))
        return
    try:
        wrong = find_problems(home.store, STORE)
    except FileTrouble as error:
        yield Finding("store.db", Verdict.MEND, error.message)
        return
    if not wrong:
        count = len(backups(home.store))
        yield Finding(
            "store.db", Verdict.FINE, _("intact; {n} backups in the same folder").format(n=count)
        )
        return
    yield Finding(
        "store.db",
        Verdict.MEND,
        "; ".join(wrong),
        _("run `renewal doctor --restore` to restore the newest backup; nothing is deleted"),
    )


def _profiles(user_home: Path | None) -> Iterator[Finding]:
    try:
        cli_profiles = profiles(user_home)
    except Denied as error:
        yield Finding(_("aliyun profiles"), Verdict.MEND, error.message)
        return
    no_mode = _("no mode")
    names = ", ".join(f"{profile.name} ({profile.mode or no_mode})" for profile in cli_profiles)
    verdict = Verdict.FINE if cli_profiles else Verdict.NOTE
    yield Finding(_("aliyun profiles"), verdict, names or _("none on this machine"))


def _account(session: Session, account: Account) -> Iterator[Finding]:
    what = _("account {name}").format(name=account.name)
    paying = _("payments on") if account.payments else _("payments off")
    words = _("{cloud}, {site} site, {paying}").format(
        cloud=account.cloud, site=account.site, paying=paying
    )
    yield Finding(what, Verdict.FINE, words)
    if account.cloud == ALIBABA:
        yield from _cloud_findings(what, session.cloud)
    yield _last_sync(what, session, account)
    yield from _open_checks(what, session)


def _open_checks(what: str, session: Session) -> Iterator[Finding]:
    """The items of the account's checklist that are not fine and that no other finding covers."""
    for check in checklist(session, session.overview()):
        if check.topic in _CHECKED and check.verdict is not Verdict.FINE:
            verdict = Verdict.NOTE if check.verdict is Verdict.UNKNOWN else check.verdict
            todo = _("run `renewal say {id} --kind KIND`").format(id=check.item_id)
            topic = f"{what}: {_(TOPICS[check.topic])}"
            yield Finding(topic, verdict, check.text, todo if check.item_id else check.todo)


def _last_sync(what: str, session: Session, account: Account) -> Finding:
    """The time of the last sync, and whether it is later than the clock."""
    synced = last_sync(session.db, account.name)
    if synced is None:
        return Finding(what, Verdict.NOTE, _("never synced"))
    words = _("last synced {when}").format(when=instant_with_zone(synced.as_of))
    if synced.as_of - session.now() <= MAX_AHEAD:
        return Finding(what, Verdict.FINE, words)
    words = _("{words}, later than this machine's clock ({now})").format(
        words=words, now=instant_with_zone(session.now())
    )
    return Finding(what, Verdict.MEND, words, _("set the clock of this machine (NTP)"))


def _cloud_findings(what: str, cloud: object) -> Iterator[Finding]:
    if not isinstance(cloud, AlibabaCloud):
        return
    credentials = _("{what}: credentials").format(what=what)
    try:
        source = cloud.source()
    except RenewalError as error:
        yield Finding(credentials, Verdict.MEND, error.message)
        return
    yield Finding(
        credentials,
        Verdict.FINE,
        _("{where}, key {key}").format(where=source.where, key=source.key),
    )
    for operation, problem in cloud.permission_checks():
        yield _permission(f"{what}: {operation}", operation, problem)
    ahead = timedelta(seconds=round(cloud.clock_ahead))
    if abs(ahead) > MAX_AHEAD:
        words = _("differs from the cloud's by {minutes} minutes").format(
            minutes=round(abs(ahead) / timedelta(minutes=1))
        )
        todo = _("set the clock of this machine (NTP)")
        yield Finding(_("{what}: clock").format(what=what), Verdict.MEND, words, todo)


def _permission(what: str, operation: str, problem: CloudError | None) -> Finding:
    """The finding of whether an operation is permitted. A right is suggested only if one is
    missing."""
    if problem is None:
        return Finding(what, Verdict.FINE, _("permitted"))
    words, todo = problem.message, ""
    if isinstance(problem, MissingRight):
        words = _("not permitted ({code})").format(code=problem.code)
        right = needed_right(operation)
        todo = _("grant {right} to the RAM user in the RAM console").format(right=right)
    absent = _WITHOUT.get(operation)
    if absent is None:
        return Finding(what, Verdict.MEND, words, todo)
    message = _("{reason}; not shown: {facts}").format(reason=clause(words), facts=_(absent))
    return Finding(what, Verdict.NOTE, message, todo)
