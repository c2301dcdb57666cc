"""The program behind a real SSH server, as on a machine that people log in to.

The server runs in a thread of the test, gives each session a pseudo-terminal with the program on
it, and closes it when the line is gone, as sshd does. This module run as a program is the client:

    python -m tests.terminal.ssh PORT
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread

import asyncssh

from tests.terminal.pty import PATIENCE, environment


class _Anyone(asyncssh.SSHServer):
    """Nobody is asked who they are: it listens on this machine alone."""

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002
        return False


class Machine:
    """The far machine: the program that it runs for whoever logs in, and how each run ended."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._exits: Queue[int] = Queue()
        self._ports: Queue[int] = Queue()
        self._stop: Callable[[], object] = bool

    @property
    def next_exit(self) -> int:
        """The exit code of the next program that ends."""
        return self._exits.get(timeout=PATIENCE)

    def start(self) -> Thread:
        """Listen, in a thread."""
        thread = Thread(target=lambda: asyncio.run(self._listen()))
        thread.start()
        self.port = self._ports.get(timeout=PATIENCE)
        return thread

    def stop(self) -> None:
        """Listen no more."""
        self._stop()

    async def _listen(self) -> None:
        loop, close = asyncio.get_running_loop(), asyncio.Event()
        self._stop = lambda: loop.call_soon_threadsafe(close.set)
        server = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            server_factory=_Anyone,
            process_factory=self._serve,
            encoding=None,
            line_editor=False,
        )
        self._ports.put(server.get_port())
        await close.wait()
        server.close()
        await server.wait_closed()

    async def _serve(self, session: asyncssh.SSHServerProcess[bytes]) -> None:
        columns, lines, *_ = session.term_size
        pid, line = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.execvpe(self._command[0], self._command, environment())
        await session.redirect(stdin=os.dup(line), stdout=line)
        closed = asyncio.ensure_future(session.wait_closed())
        status, gone = 0, 0
        while not gone:
            await asyncio.sleep(0.02)
            gone, status = os.waitpid(pid, os.WNOHANG)
        self._exits.put(os.waitstatus_to_exitcode(status))
        if not closed.done():
            session.exit(os.waitstatus_to_exitcode(status))
        await closed


@contextmanager
def machine(command: list[str]) -> Iterator[Machine]:
    """A machine that listens on a free port of this one."""
    far = Machine(command)
    thread = far.start()
    try:
        yield far
    finally:
        far.stop()
        thread.join()


def client(far: Machine) -> list[str]:
    """The command line that logs in there."""
    return [sys.executable, "-m", "tests.terminal.ssh", str(far.port)]


async def _log_in(port: int) -> None:
    columns, lines = os.get_terminal_size()
    async with asyncssh.connect(
        "127.0.0.1", port, username="person", config=None, known_hosts=None, client_keys=None
    ) as connection:
        process = await connection.create_process(
            term_type="xterm-256color",
            term_size=(columns, lines),
            encoding=None,
            stdin=os.dup(0),
            stdout=os.dup(1),
        )
        await process.wait_closed()


if __name__ == "__main__":
    tty.setraw(0)
    asyncio.run(_log_in(int(sys.argv[1])))
