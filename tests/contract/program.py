"""The program as a person or a script runs it, in this process: arguments, exit, output."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tui.cli import run

EXAMPLE = Path(__file__).with_name("scenario.json")


@dataclass(frozen=True)
class Ran:
    """The exit and the output of a command."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return cast("io.BytesIO", stream.buffer).getvalue().decode()


@dataclass(frozen=True)
class Program:
    """One home, and commands on it."""

    home: Path

    def __call__(self, *arguments: str) -> Ran:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["--home", str(self.home), *arguments])
        return Ran(code, _written(out), _written(err))

    def status(self, *more: str) -> Any:
        """The status document, synced just now."""
        return self("status", "--json", "--max-age", "0", *more).json

    def item(self, item_id: str) -> Any:
        """One item of a fresh status."""
        return next(item for item in self.status()["items"] if item["id"] == item_id)

    def truth(self) -> Any:
        """The practice cloud's own."""
        return self("practice", "show", "--json").json

    def scenario(self, **changes: Any) -> None:
        """Reset to the example with some of its parts replaced."""
        document = {**json.loads(EXAMPLE.read_text()), **changes}
        path = self.home / "scenario.json"
        path.write_text(json.dumps(document))
        assert self("practice", "reset", "--scenario", str(path)).exit == 0
