"""Looking at the cloud: within its rate limits, again after a fault that may pass, until told
to stop. Nothing that changes anything goes this way."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from store.clouds.alibaba.error_codes import Passing
from store.errors import Unreachable
from store.i18n import _

T = TypeVar("T")

LIMITS = {
    "QueryAccountBalance": (10, 1.0),
    "QueryOrders": (10, 1.0),
    "GetSubscriptionPrice": (30, 1.0),
    "QueryResourcePackageInstances": (100, 60.0),
}
"""Calls in so many seconds (Alibaba Cloud, BSS OpenAPI limits)."""
_CAREFUL = (10, 1.0)
"""For an operation without a published limit."""


class Asked(Protocol):
    """What sends one request."""

    def ask_for(self, shape: type[T], operation: str, **parameters: object) -> T: ...


class Patience(Struct, frozen=True):
    """How often a look is tried, and how long is waited in between, in seconds."""

    tries: int = 4
    first_wait: float = 0.5
    longest_wait: float = 20.0


class Looker(Struct):
    """One account's looks."""

    client: Asked
    patience: Patience = Patience()
    stop: threading.Event = field(default_factory=threading.Event)
    """Set by another thread: the look that is under way ends with `Unreachable`."""
    _pace: dict[str, deque[float]] = field(default_factory=dict)
    _pacing: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, operation: str, **parameters: object) -> Mapping[str, Any]:
        """The answer. Raises `Denied`, or `Unreachable` when it does not come at last."""
        return self.ask_for(dict, operation, **parameters)

    def ask_for(self, shape: type[T], operation: str, **parameters: object) -> T:
        """The same in that shape, which is a `Told`."""
        for tried in range(1, self.patience.tries + 1):
            self._keep_pace(operation)
            try:
                return self.client.ask_for(shape, operation, **parameters)
            except Passing as error:
                if tried == self.patience.tries:
                    raise Unreachable(
                        _("{reason} (tried {n} times)").format(reason=error, n=tried)
                    ) from None
                self._wait(self._pause(tried, error.retry_after))
        raise AssertionError(operation)

    def _pause(self, tried: int, asked_for: float | None) -> float:
        grown = self.patience.first_wait * 2 ** (tried - 1)
        wait = random.uniform(grown / 2, grown)  # noqa: S311 - to spread clients, not a secret
        return min(max(wait, asked_for or 0.0), self.patience.longest_wait)

    def _keep_pace(self, operation: str) -> None:
        calls, seconds = LIMITS.get(operation, _CAREFUL)
        with self._pacing:
            times = self._pace.setdefault(operation, deque(maxlen=calls))
            now = time.monotonic()
            due = times[0] + seconds if len(times) == calls else now
            times.append(max(now, due))
        self._wait(max(0.0, due - now))

    def _wait(self, seconds: float) -> None:
        if self.stop.wait(seconds) if seconds else self.stop.is_set():
            raise Unreachable(_("stopped as asked; nothing that is stored was changed."))
