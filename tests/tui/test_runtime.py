"""The event loop waits for any kind of input."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

from tui.runtime import run_in_loop


def test_it_waits_for_what_epoll_refuses(tmp_path: Path) -> None:
    """As kqueue refuses /dev/tty: a file stands for it here."""
    gc.collect()  # closes the files of apps that tests before left: select takes no more than 1,023
    path = tmp_path / "typed"
    path.write_text("q")

    async def read() -> str:
        loop, typed = asyncio.get_running_loop(), asyncio.Event()
        with path.open() as file:
            loop.add_reader(file, typed.set)
            await typed.wait()
            loop.remove_reader(file)
            return file.read()

    assert run_in_loop(read()) == "q"
