"""The checks that a real account has to pass before its data can be relied on.

Pure: computed from the facts in `Setup`. Facts that only a sync provides are unknown until one has
succeeded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from store import formats
from store.clouds.alibaba.cli_profiles import Profile
from store.config import SITES, Account
from store.diagnosis.findings import Verdict
from store.errors import Denied, MissingRight, OtherSite, RenewalError
from store.i18n import N_, _, counted
from store.items.overview import nothing_listed_hint

MOST_NAMED = 3
"""The largest number of named items without a type."""


class Topic(StrEnum):
    """The topics of the checks, in the order in which they have to be fixed."""

    PROFILE = "profile"
    SITE = "site"
    RIGHTS = "rights"
    SYNC = "sync"
    TYPES = "types"
    PAYMENTS = "payments"
    NOTIFICATIONS = "notifications"


TOPICS = {
    Topic.PROFILE: N_("Profile"),
    Topic.SITE: N_("Site"),
    Topic.RIGHTS: N_("Rights"),
    Topic.SYNC: N_("Sync"),
    Topic.TYPES: N_("Types"),
    Topic.PAYMENTS: N_("Payments"),
    Topic.NOTIFICATIONS: N_("Notifications"),
}


class Check(Struct, frozen=True):
    """One line of the checklist."""

    topic: Topic
    verdict: Verdict
    text: str
    commands: tuple[str, ...] = ()
    """The IDs of the app's commands that help."""
    todo: str = ""
    """What to do outside the app: a shell command, or a line of config.toml."""
    item_id: str = ""
    """The item to which the commands apply."""

    @property
    def is_open(self) -> bool:
        """Whether it has to be fixed or checked before the data can be relied on."""
        return self.verdict in {Verdict.MEND, Verdict.UNKNOWN}


class Setup(Struct, frozen=True):
    """The facts for the checks."""

    account: Account
    read_only: bool
    profile: Profile | Denied | None
    """The configured profile, or why it cannot be used; None if none is configured."""
    synced_at: datetime | None
    """The time of the last sync with this cloud; None if there was none."""
    lists_nothing: bool
    unavailable: tuple[str, ...]
    """The optional operations that were denied or failed."""
    proposed: tuple[str, ...]
    """The IDs of the items without a type whose product codes suggest one."""
    others: tuple[str, ...]
    """The IDs of the other items without a type, most of which are other products."""
    addresses: int
    """The number of addresses for notifications."""
    sync_error: RenewalError | None
    """The error of the last sync; None if it did not fail."""


def run_checks(setup: Setup) -> tuple[Check, ...]:
    """The checks, one for each topic."""
    return (
        _profile(setup), _site(setup), _rights(setup), _sync(setup), _types(setup),
        _payments(setup), _notifications(setup),
    )  # fmt: skip


def count_open(made_checks: Sequence[Check]) -> int:
    """The number of open checks."""
    return sum(check.is_open for check in made_checks)


def _is_of_credentials(error: RenewalError | None) -> bool:
    return isinstance(error, Denied) and not isinstance(error, MissingRight | OtherSite)


def _profile(setup: Setup) -> Check:
    name, error = setup.account.profile, setup.sync_error
    configure = f"aliyun configure --profile {name}" if name else "aliyun configure"
    if isinstance(setup.profile, Denied):
        return Check(Topic.PROFILE, Verdict.MEND, setup.profile.message, todo=configure)
    if error is not None and _is_of_credentials(error):
        return Check(Topic.PROFILE, Verdict.MEND, error.message, todo=configure)
    if setup.profile is not None:
        words = _("{name} ({mode}) in ~/.aliyun/config.json")
        return Check(
            Topic.PROFILE,
            Verdict.FINE,
            words.format(name=setup.profile.name, mode=setup.profile.mode),
        )
    if setup.synced_at is not None:
        words = _("The SDK's credential chain; it gave credentials at the last sync.")
        return Check(Topic.PROFILE, Verdict.FINE, words)
    words = _("The SDK's credential chain; the first sync shows whether it gives credentials.")
    return Check(Topic.PROFILE, Verdict.UNKNOWN, words, ("sync",))


def _site(setup: Setup) -> Check:
    account, error = setup.account, setup.sync_error
    site = _(SITES[account.site])
    other = "china" if account.site == "international" else "international"
    change = _(
        'site = "{site}" under [accounts.{account}] in config.toml, then start again'
    ).format(site=other, account=account.name)
    if isinstance(error, OtherSite):
        return Check(Topic.SITE, Verdict.MEND, error.message, todo=change)
    if isinstance(setup.profile, Profile) and setup.profile.site == other:
        words = _("config.toml says {site}, but the profile is of the other one.")
        return Check(Topic.SITE, Verdict.MEND, words.format(site=site), todo=change)
    if setup.synced_at is None:
        words = _("{site}; the first sync shows whether it serves this account.")
        return Check(Topic.SITE, Verdict.UNKNOWN, words.format(site=site), ("sync",))
    if setup.lists_nothing:
        return Check(Topic.SITE, Verdict.UNKNOWN, nothing_listed_hint(account.site), todo=change)
    words = _("{site}; it lists the items of this account.")
    return Check(Topic.SITE, Verdict.FINE, words.format(site=site))


def _rights(setup: Setup) -> Check:
    doctor = f"renewal --account {setup.account.name} doctor"
    if isinstance(setup.sync_error, MissingRight):
        return Check(Topic.RIGHTS, Verdict.MEND, setup.sync_error.message, todo=doctor)
    if setup.synced_at is None:
        words = _("The first sync shows whether balance, instances and plans can be read.")
        return Check(Topic.RIGHTS, Verdict.UNKNOWN, words, ("sync",))
    if setup.unavailable:
        words = _("Balance, instances and plans can be read; not available: {operations}.")
        names = formats.joined(setup.unavailable)
        return Check(Topic.RIGHTS, Verdict.NOTE, words.format(operations=names), todo=doctor)
    words = _("Balance, instances and plans can be read.")
    return Check(Topic.RIGHTS, Verdict.FINE, words, todo=doctor)


def _sync(setup: Setup) -> Check:
    error, at = setup.sync_error, setup.synced_at
    if error is not None:
        reason = _("See above.") if isinstance(error, Denied) else error.message
        words = _("The last sync failed; no data yet. {reason}")
        if at is not None:
            words = _("The last sync failed; the stored data is older. {reason}")
        return Check(Topic.SYNC, Verdict.MEND, words.format(reason=reason), ("sync",))
    if at is None:
        return Check(Topic.SYNC, Verdict.MEND, _("No data yet."), ("sync",))
    words = _("Last synced {when}.").format(when=formats.instant_with_zone(at))
    return Check(Topic.SYNC, Verdict.FINE, words, ("sync",))


def _types(setup: Setup) -> Check:
    if setup.synced_at is None:
        return Check(Topic.TYPES, Verdict.UNKNOWN, _("The first sync lists the items."), ("sync",))
    if setup.lists_nothing:
        return Check(Topic.TYPES, Verdict.UNKNOWN, _("The last sync listed no items."), ("sync",))
    ids = setup.proposed
    if ids:
        names = formats.joined([*ids[:MOST_NAMED], *(["…"] if len(ids) > MOST_NAMED else [])])
        count = counted("{n} item has no type yet", "{n} items have no type yet", len(ids))
        words = _("{count}; product codes suggest one: {names}.")
        words = words.format(count=count, names=names)
        return Check(Topic.TYPES, Verdict.MEND, words, ("accept", "edit"), item_id=ids[0])
    if setup.others:
        words = counted(
            "{n} item has no type; only its dates are known.",
            "{n} items have no type; only their dates are known.",
            len(setup.others),
        )
        return Check(Topic.TYPES, Verdict.NOTE, words, ("edit",), item_id=setup.others[0])
    return Check(Topic.TYPES, Verdict.FINE, _("Every item has a type."))


def _payments(setup: Setup) -> Check:
    if setup.read_only:
        words = _("Off: the program was started with --read-only.")
        return Check(Topic.PAYMENTS, Verdict.NOTE, words)
    if setup.account.payments:
        words = _("On: a confirmed renewal is paid from this account.")
        return Check(Topic.PAYMENTS, Verdict.FINE, words)
    change = _("payments = true under [accounts.{account}] in config.toml, then start again")
    words = _("Off: this account is only viewed.")
    return Check(
        Topic.PAYMENTS, Verdict.NOTE, words, todo=change.format(account=setup.account.name)
    )


def _notifications(setup: Setup) -> Check:
    if setup.addresses:
        words = counted("On, to {n} address.", "On, to {n} addresses.", setup.addresses)
        return Check(Topic.NOTIFICATIONS, Verdict.FINE, words, todo="renewal notify --test")
    words = _("Off: nobody is notified before something ends unless this program is open.")
    todo = _('to = ["mailto://…"] under [notify] in config.toml, then renewal notify --test')
    return Check(Topic.NOTIFICATIONS, Verdict.NOTE, words, todo=todo)
