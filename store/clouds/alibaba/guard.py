"""An adapter of `requests`, through which the SDK sends, with rules for every connection.

It follows no redirect (a 307 would post a signed, paying request again), connects to no host but
the endpoint, honours NO_PROXY, which the SDK ignores, and abandons an answer that arrives too
slowly.
"""

from __future__ import annotations

import io
import time
from contextlib import ExitStack
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as Broken
from requests.utils import should_bypass_proxies
from urllib3.exceptions import HTTPError

from store.clouds.alibaba.endpoint import is_loopback

_LARGEST = 32 * 1024 * 1024
_CHUNK_SIZE = 64 * 1024
_TOTAL_FACTOR = 4
"""The longest time for a whole answer, as a multiple of the read timeout, which covers one
chunk."""
_NO_RETRIES = 0
_DATE_TOLERANCE = 2.0
"""The difference to a Date header, in seconds, up to which the clocks count as equal."""


class GuardedAdapter(HTTPAdapter):
    """Carries requests to one endpoint."""

    def __init__(self, host: str) -> None:
        super().__init__(max_retries=_NO_RETRIES)
        self.host = host
        self.sent_count = 0
        """The number of requests sent through it; 0 means that the SDK uses another adapter."""
        self.clock_ahead = 0.0
        """The seconds by which this machine's clock is ahead of the endpoint's."""

    def send(self, request: PreparedRequest, *_: Any, **options: Any) -> Response:
        """The complete answer. Raises an OSError of `requests` if there is none."""
        url = request.url or ""
        if urlsplit(url).netloc != self.host:
            raise Broken("the request is for another host than the endpoint")
        self.sent_count += 1
        options["stream"] = True
        if is_loopback(urlsplit(url).hostname or "") or should_bypass_proxies(url, None):
            options["proxies"] = None
        began = time.monotonic()
        answer = super().send(request, **options)
        self.clock_ahead = _ahead(answer)
        timeout = _read_timeout(options.get("timeout"))
        with ExitStack() as on_error:
            on_error.callback(answer.close)
            complete = _complete(answer, began + _TOTAL_FACTOR * timeout if timeout else None)
            on_error.pop_all()
        answer.raw.release_conn()
        return complete


def _ahead(answer: Response) -> float:
    """The seconds by which this machine's clock is ahead of the answer's Date header."""
    try:
        difference = time.time() - parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return 0.0
    return difference if abs(difference) > _DATE_TOLERANCE else 0.0


def _read_timeout(timeout: object) -> float | None:
    read = timeout[1] if isinstance(timeout, tuple) else timeout
    return read if isinstance(read, int | float) else None


def _complete(answer: Response, until: float | None) -> Response:
    if 300 <= answer.status_code < 400:
        raise Broken("the endpoint answered with a redirect, which is not followed")
    body = io.BytesIO()
    while chunk := _chunk(answer):
        body.write(chunk)
        if body.tell() > _LARGEST:
            raise Broken("the answer is larger than any that the billing API gives")
        if until is not None and time.monotonic() > until:
            raise Broken("the answer came too slowly and was given up")
    complete = Response()
    complete.status_code, complete.reason = answer.status_code, answer.reason
    complete.headers, complete.url, complete.request = answer.headers, answer.url, answer.request
    complete.raw = io.BytesIO(body.getvalue())
    return complete


def _chunk(answer: Response) -> bytes:
    """The next bytes that have arrived; empty at the end."""
    try:
        chunk: bytes = answer.raw.read1(_CHUNK_SIZE, decode_content=True)
    except HTTPError as error:
        raise Broken(f"{type(error).__name__}: {error}") from error
    return chunk
