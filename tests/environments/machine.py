"""Real locales and a clock that is behind, made once for all workers of a test run."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

LOCALES = {
    "zh_CN.GBK": ("zh_CN", "GBK"),
    "zh_TW.BIG5": ("zh_TW", "BIG5"),
    "en_US.ISO-8859-1": ("en_US", "ISO-8859-1"),
}
CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(clock, now);
    if (clock == CLOCK_REALTIME) now->tv_sec -= 53L * 365 * 86400;
    return done;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
"""
"""A library that sets the clock back by 53 years."""


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder with what `make` puts into it, made by the first process that asks."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def make_locales(folder: Path) -> None:
    """The locales, as far as the system can make them."""
    if shutil.which("localedef") is None:
        return
    for name, (language, charmap) in LOCALES.items():
        line = ["localedef", "--no-archive", "-i", language, "-f", charmap, str(folder / name)]
        subprocess.run(line, capture_output=True, check=False)


def make_clock(folder: Path) -> None:
    """The library, where there is a C compiler."""
    source = folder / "clock.c"
    source.write_text(CLOCK)
    line = ["cc", "-shared", "-fPIC", "-w", "-o", str(folder / "clock.so"), str(source), "-ldl"]
    if shutil.which("cc") is not None:
        subprocess.run(line, capture_output=True, check=False)
