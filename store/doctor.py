"""What is configured, reachable and permitted; what to mend. Shows no secret.

A finding is a fact with a verdict. Examining changes nothing and pays nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from store.backup import backups, problems
from store.clouds.alibaba import AlibabaCloud
from store.clouds.alibaba.credentials import profiles
from store.clouds.alibaba.rights import to_grant
from store.config import ALIBABA, Account
from store.errors import Denied, RenewalError
from store.home import Home
from store.reads import last_sync
from store.schema import STORE
from store.session import Session


class Verdict(StrEnum):
    """How a finding is meant."""

    FINE = "fine"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` says how to mend it."""

    what: str
    verdict: Verdict
    words: str
    todo: str = ""


def examine(session: Session, user_home: Path) -> Iterator[Finding]:
    """Everything, one finding after another; each account is asked what it permits.

    `user_home` is where `.aliyun` lies.
    """
    yield from _files(session.home)
    yield from _trigrams()
    yield from _profiles(user_home)
    for name, account in session.config.accounts.items():
        with session.of_account(name) as other:
            yield from _account(other, account)


def _files(home: Home) -> Iterator[Finding]:
    yield Finding("home folder", Verdict.FINE, str(home.folder))
    configured = home.config.exists()
    words = str(home.config) if configured else f"{home.config}: none yet, so practice only"
    yield Finding("configuration", Verdict.FINE if configured else Verdict.NOTE, words)
    if not home.store.exists():
        yield Finding("store.db", Verdict.NOTE, "none yet; the first command makes it")
        return
    wrong = problems(home.store, STORE)
    if not wrong:
        kept = len(backups(home.store))
        yield Finding("store.db", Verdict.FINE, f"whole; {kept} backups beside it")
        return
    yield Finding(
        "store.db",
        Verdict.MEND,
        "; ".join(wrong),
        "`renewal doctor --restore` puts the newest backup in its place; nothing is deleted",
    )


def _trigrams() -> Iterator[Finding]:
    """Searching a large account is quick where SQLite has trigrams (3.34)."""
    try:
        with sqlite3.connect(":memory:") as db:
            db.execute("CREATE VIRTUAL TABLE probe USING fts5(words, tokenize = 'trigram')")
        db.close()
    except sqlite3.Error:
        yield Finding("SQLite", Verdict.NOTE, f"{sqlite3.sqlite_version}, without trigrams")
    else:
        yield Finding("SQLite", Verdict.FINE, f"{sqlite3.sqlite_version}, with trigrams")


def _profiles(user_home: Path) -> Iterator[Finding]:
    try:
        found = profiles(user_home)
    except Denied as error:
        yield Finding("aliyun profiles", Verdict.MEND, error.message)
        return
    names = ", ".join(f"{profile.name} ({profile.mode or 'no mode'})" for profile in found)
    verdict = Verdict.FINE if found else Verdict.NOTE
    yield Finding("aliyun profiles", verdict, names or "none on this machine")


def _account(session: Session, account: Account) -> Iterator[Finding]:
    what = f"account {account.name}"
    paying = "payments on" if account.payments else "payments off"
    yield Finding(what, Verdict.FINE, f"{account.cloud}, {account.site} site, {paying}")
    if account.cloud == ALIBABA:
        yield from _asked(what, session.cloud)
    synced = last_sync(session.db, account.name)
    words = f"last synced {synced.as_of:%Y-%m-%d %H:%M} UTC+8" if synced else "never synced"
    yield Finding(what, Verdict.FINE if synced else Verdict.NOTE, words)


def _asked(what: str, cloud: object) -> Iterator[Finding]:
    if not isinstance(cloud, AlibabaCloud):
        return
    try:
        source = cloud.source()
    except RenewalError as error:
        yield Finding(f"{what}: credentials", Verdict.MEND, error.message)
        return
    yield Finding(f"{what}: credentials", Verdict.FINE, f"{source.where}, key …{source.key}")
    for operation, problem in cloud.trials():
        if problem is None:
            yield Finding(f"{what}: {operation}", Verdict.FINE, "permitted")
        else:
            todo = f"grant {to_grant(operation)}" if isinstance(problem, Denied) else ""
            yield Finding(f"{what}: {operation}", Verdict.MEND, problem.message, todo)
