"""Findings about the program's environment: SQLite, clock, time zone, file system, network.

They contain no secrets and no names of items.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from store.clouds.alibaba.environment import (
    CERTIFICATES,
    PROXIES,
    certificate_problem,
    proxy_problem,
)
from store.database.errors import NO_LOCKS, OLDEST
from store.diagnosis.findings import Finding, Verdict
from store.files.writing import locks_work
from store.home import Home
from store.i18n import _

MADE = datetime(2026, 11, 1, tzinfo=UTC)
"""The time of the release: an earlier clock is wrong."""
_NETWORK = ("nfs", "cifs", "smb", "9p", "afp", "fuse.sshfs", "fuse.rclone", "davfs", "glusterfs")
_LITTLE = 64 * 1024 * 1024
"""The free space in bytes below which a sync may fail."""


def environment_findings(home: Home, now: datetime, named_home: str | None) -> Iterator[Finding]:
    """The findings. `named_home` is the program's home folder as it was written."""
    yield from _program()
    yield _clock(now)
    yield _time_zone()
    yield from _home(home, named_home)
    yield from _network()


def _program() -> Iterator[Finding]:
    words = f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}"
    yield Finding("Python", Verdict.FINE, f"{words} {platform.machine()}")
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= OLDEST:
        yield Finding("SQLite", Verdict.FINE, version)
        return
    needed = ".".join(map(str, OLDEST))
    words = _("{found}, and the program needs {needed}").format(found=version, needed=needed)
    yield Finding("SQLite", Verdict.MEND, words, _("use a Python with a newer SQLite"))


def _clock(now: datetime) -> Finding:
    what = _("clock")
    written = now.astimezone(UTC).isoformat(timespec="seconds")
    if now >= MADE:
        return Finding(what, Verdict.FINE, written)
    words = _("{now}, which is before this program was released").format(now=written)
    return Finding(what, Verdict.MEND, words, _("set the clock of this machine (NTP)"))


def _time_zone() -> Finding:
    what, zone = _("time zone"), os.environ.get("TZ")
    offset = datetime.now().astimezone().strftime("%z")
    words = f"{time.tzname[0]}, UTC{offset[:3]}:{offset[3:]}"
    if zone is None:
        return Finding(what, Verdict.FINE, words)
    words = _("{zone}, from TZ").format(zone=words)
    if _is_zone(zone.removeprefix(":")):
        return Finding(what, Verdict.FINE, words)
    words = _("TZ is not a known time zone, so UTC is used")
    return Finding(
        what, Verdict.NOTE, words, _("set it to a zone such as Asia/Shanghai, or unset TZ")
    )


def _is_zone(name: str) -> bool:
    """Whether the value of TZ is a zone of the system, a file, or a rule such as `CST-8`."""
    from re import match
    from zoneinfo import ZoneInfo

    if not name or os.path.isabs(name) or match(r"([A-Za-z]{3,}|<[^>]+>)[+-]?\d", name):
        return True
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def _home(home: Home, named_home: str | None) -> Iterator[Finding]:
    what = _("home folder")
    if named_home and not os.path.isabs(named_home) and not named_home.startswith("~"):
        words = _("{folder} is a relative path: it differs for each working folder")
        todo = _("use an absolute path in RENEWAL_HOME or --home")
        yield Finding(what, Verdict.NOTE, words.format(folder=home.folder), todo)
    else:
        yield Finding(what, Verdict.FINE, str(home.folder))
    yield from _file_system(home.folder)


def _file_system(folder: Path) -> Iterator[Finding]:
    import shutil

    what = _("file system of the home folder")
    try:
        kind, free = _kind_of(folder), shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding(what, Verdict.NOTE, error.strerror or type(error).__name__)
        return
    words = _("{kind}, {free} MiB free").format(kind=kind, free=free // 1024 // 1024)
    elsewhere = _("choose a folder on a local disk with --home")
    if not locks_work(folder):
        yield Finding(what, Verdict.MEND, f"{kind}: {_(NO_LOCKS)}", elsewhere)
    elif free < _LITTLE:
        yield Finding(what, Verdict.MEND, words, _("free some space"))
    elif kind.startswith(_NETWORK):
        words = _("{kind}, a network share: its locks may fail").format(kind=kind)
        yield Finding(what, Verdict.NOTE, words, elsewhere)
    else:
        yield Finding(what, Verdict.FINE, words)


def _kind_of(folder: Path) -> str:
    """The type of the file system, by the system's name."""
    import psutil

    path = os.path.realpath(folder)
    mounted = [
        part
        for part in psutil.disk_partitions(all=True)
        if os.path.commonpath([path, part.mountpoint]) == part.mountpoint
    ]
    kind: str = max(mounted, key=lambda part: len(part.mountpoint)).fstype if mounted else ""
    return kind or sys.platform


def _network() -> Iterator[Finding]:
    what = _("proxy")
    proxies = [name for name in PROXIES if os.environ.get(name)]
    for name in proxies:
        if problem := proxy_problem(name, os.environ[name]):
            yield Finding(
                what, Verdict.MEND, problem, _("correct or unset {name}").format(name=name)
            )
        else:
            scheme = os.environ[name].partition("://")[0] if "://" in os.environ[name] else "http"
            yield Finding(what, Verdict.FINE, f"{name}: {scheme}")
    if any(os.environ.get(name) for name in ("NO_PROXY", "no_proxy")):
        yield Finding(what, Verdict.FINE, _("list hosts that need no proxy in NO_PROXY"))
    elif not proxies:
        yield Finding(what, Verdict.FINE, _("none"))
    if os.environ.get(CERTIFICATES):
        problem = certificate_problem()
        todo = _("correct or unset {name}").format(name=CERTIFICATES) if problem else ""
        verdict = Verdict.MEND if problem else Verdict.FINE
        yield Finding(_("certificates"), verdict, problem or CERTIFICATES, todo)
