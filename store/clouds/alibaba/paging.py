"""Paged lists of the billing API, read up to their total.

The server may reduce the page size, so a short page is not the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from store.errors import Unreachable
from store.i18n import _

T = TypeVar("T")

_MOST_PAGES = 10_000


def all_pages(
    operation: str, fetch: Callable[[int], tuple[list[T], int]], key: Callable[[T], object]
) -> Iterator[tuple[list[T], int]]:
    """The pages without rows of earlier pages, each with the cloud's total.

    `fetch` returns the rows of a page, numbered from 1, and the total. Raises `Unreachable` if the
    list ends before its total: it is incomplete or changed while it was read, and nothing may be
    concluded from it.
    """
    keys: set[object] = set()
    for number in range(1, _MOST_PAGES):
        rows, total = fetch(number)
        new = [row for row in {key(row): row for row in rows}.values() if key(row) not in keys]
        keys.update(map(key, new))
        yield new, total
        if len(keys) >= total:
            return
        if not new:
            raise Unreachable(
                _(
                    "{operation} reported {total} rows but listed {n}: the list is "
                    "incomplete, or it changed while it was being read. Stored data is "
                    "unchanged; sync again."
                ).format(operation=operation, total=total, n=len(keys))
            )
    raise Unreachable(
        _("{operation} returns pages without end; stored data is unchanged.").format(
            operation=operation
        )
    )
