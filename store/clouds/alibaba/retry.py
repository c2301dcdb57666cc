"""Read operations: paced by the cloud's rate limits, and retried after transient errors until a
stop event is set.

Operations that change something never use this.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from typing import Protocol, TypeVar

from msgspec import Struct, field

from store.clouds.alibaba.error_codes import Transient
from store.errors import Unreachable
from store.formats import clause
from store.i18n import _

T = TypeVar("T")

LIMITS = {
    "QueryAccountBalance": (10, 1.0),
    "QueryOrders": (10, 1.0),
    "GetSubscriptionPrice": (30, 1.0),
    "QueryResourcePackageInstances": (100, 60.0),
    "QueryAccountTransactions": (600, 60.0),
    "QueryCashCoupons": (10, 1.0),
    "QueryPrepaidCards": (10, 1.0),
    "DescribeInstanceBill": (600, 60.0),
    "GetResourcePackagePrice": (100, 60.0),
}
"""(calls, seconds): the rate limit of each operation (Alibaba Cloud, BSS OpenAPI limits)."""
_DEFAULT_LIMIT = (10, 1.0)
"""For operations without a published limit."""


class Sender(Protocol):
    """Sends one request and decodes its answer."""

    def call(self, operation: str, shape: type[T], /, **parameters: object) -> T: ...


class RetryPolicy(Struct, frozen=True):
    """The number of tries, and the waits between them in seconds."""

    tries: int = 4
    first_wait: float = 0.5
    longest_wait: float = 20.0


class Reader(Struct):
    """Read access to one account. Threads may share it."""

    client: Sender
    policy: RetryPolicy = RetryPolicy()
    stop: threading.Event = field(default_factory=threading.Event)
    """Once set, by any thread, a call in progress raises `Unreachable`."""
    _pace: dict[str, deque[float]] = field(default_factory=dict)
    _pacing: threading.Lock = field(default_factory=threading.Lock)

    def call(self, operation: str, shape: type[T], /, **parameters: object) -> T:
        """The answer as `shape`. Raises `Denied`, or `Unreachable` once all tries have failed."""
        for attempt in range(1, self.policy.tries + 1):
            self._keep_pace(operation)
            try:
                return self.client.call(operation, shape, **parameters)
            except Transient as error:
                if attempt == self.policy.tries:
                    raise Unreachable(
                        _("{reason} (tried {n} times)").format(
                            reason=clause(error.message), n=attempt
                        )
                    ) from None
                self.back_off(attempt, error.retry_after)
        raise AssertionError(operation)

    def back_off(self, attempt: int, retry_after: float | None = None) -> None:
        """Wait before the next attempt. Raises `Unreachable` once `stop` is set."""
        grown = self.policy.first_wait * 2 ** (attempt - 1)
        wait = random.uniform(grown / 2, grown)  # noqa: S311 - to spread clients, not a secret
        self._wait(min(max(wait, retry_after or 0.0), self.policy.longest_wait))

    def _keep_pace(self, operation: str) -> None:
        calls, seconds = LIMITS.get(operation, _DEFAULT_LIMIT)
        with self._pacing:
            times = self._pace.setdefault(operation, deque(maxlen=calls))
            now = time.monotonic()
            allowed_at = times[0] + seconds if len(times) == calls else now
            times.append(max(now, allowed_at))
        self._wait(max(0.0, allowed_at - now))

    def _wait(self, seconds: float) -> None:
        if self.stop.wait(seconds) if seconds else self.stop.is_set():
            raise Unreachable(_("stopped as requested; stored data is unchanged."))
