"""Lists that the billing API gives page by page, read to the total that it tells.

The server lowers the page size on its own, so that a short page is not the last one.
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
    """Each page without the rows that an earlier one had, with the total that the cloud tells.

    `fetch` gives the rows of the page of that number (from 1), and the total. Raises
    `Unreachable` if the list ends before its total is reached: it changed while it was read, or
    it is not complete, and either way nothing may be concluded from it.
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
