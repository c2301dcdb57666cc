"""The process that wrote a row of the journal, and whether it still runs."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path


def this_process() -> str:
    """The ID of this process and its start, so that a later process with the same ID differs."""
    import psutil

    return f"{os.getpid()}:{psutil.Process().create_time():.2f}"


def is_alive(process: str) -> bool:
    """Whether the process that `this_process` named still runs on this machine. A zombie does
    not."""
    import psutil

    number, _, started = process.partition(":")
    try:
        process_now = psutil.Process(int(number))
        with process_now.oneshot():
            is_same = f"{process_now.create_time():.2f}" == started
            return is_same and process_now.status() not in {
                psutil.STATUS_ZOMBIE,
                psutil.STATUS_DEAD,
            }
    except (psutil.NoSuchProcess, psutil.ZombieProcess, ValueError):
        return False


def process_started_at() -> float:
    """When this process was started, in seconds since 1970, to the hundredth.

    Linux gives hundredths since boot; psutil adds them to a boot time in whole seconds, so it is
    used on other systems only.
    """
    with suppress(OSError, ValueError, IndexError, AttributeError):
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return time.time() - (time.clock_gettime(time.CLOCK_BOOTTIME) - started)
    import psutil

    return float(psutil.Process().create_time())
