"""Shared by the commands of the practice cloud: opening it, and printing results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.cli.options import Options, print_result

if TYPE_CHECKING:
    from store.clouds.practice.cloud import PracticeCloud

ID_SCHEMA = "renewal.id/1"
DONE_SCHEMA = "renewal.done/1"


@contextmanager
def open_practice(options: Options, *, changes: bool = False) -> Iterator[PracticeCloud]:
    """Open the practice cloud. `changes`: the command does what a console does. Raises `Stopped`
    for it if read-only."""
    from store.clouds.practice.cloud import PracticeCloud
    from store.payments.policy import check_not_read_only

    if changes:
        check_not_read_only(options.read_only)
    cloud = PracticeCloud.open(options.home().practice)
    try:
        yield cloud
    finally:
        cloud.close()


def print_done(message: str, *, as_json: bool) -> None:
    """Print what was done."""
    print_result({"schema": DONE_SCHEMA, "message": message}, [message], as_json=as_json)


def print_new_id(new_id: str, *, as_json: bool) -> None:
    """Print the new ID, alone on its line."""
    print_result({"schema": ID_SCHEMA, "id": new_id}, [new_id], as_json=as_json)
