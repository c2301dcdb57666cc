"""What every connection of ours keeps to, whatever the SDK would allow.

The SDK sends through `requests`; this is an adapter of it. It follows no redirect (307 would
post a signed, paying request once more), goes to no other host than the endpoint, honours
NO_PROXY, which the SDK does not, and never waits for a dripping answer without end.
"""

from __future__ import annotations

import io
import time
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
_CHUNK = 64 * 1024
_DRIPPING = 4
"""A whole answer may take this many times as long as the wait for one piece of it."""
_NO_RETRIES = 0
_COARSE = 2.0
"""Seconds by which a date may differ where the clocks are the same."""


class GuardedAdapter(HTTPAdapter):
    """The way to one endpoint."""

    def __init__(self, host: str) -> None:
        super().__init__(max_retries=_NO_RETRIES)
        self.host = host
        self.carried = 0
        """How many requests went this way: 0 means that the SDK goes another."""
        self.ahead = 0.0
        """By how many seconds this machine's clock is ahead of the endpoint's."""

    def send(self, request: PreparedRequest, *_: Any, **options: Any) -> Response:
        """The whole answer. Raises an OSError of `requests` for anything that is none."""
        url = request.url or ""
        if urlsplit(url).netloc != self.host:
            raise Broken("the request is for another host than the endpoint")
        self.carried += 1
        options["stream"] = True
        if is_loopback(urlsplit(url).hostname or "") or should_bypass_proxies(url, None):
            options["proxies"] = None
        began = time.monotonic()
        answer = super().send(request, **options)
        self.ahead = _ahead(answer)
        try:
            patience = _read_wait(options.get("timeout"))
            whole = _whole(answer, began + _DRIPPING * patience if patience else None)
        except BaseException:
            answer.close()
            raise
        answer.raw.release_conn()
        return whole


def _ahead(answer: Response) -> float:
    """As the date of an answer that has just begun tells; it is cut to the second."""
    try:
        difference = time.time() - parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return 0.0
    return difference if abs(difference) > _COARSE else 0.0


def _read_wait(timeout: object) -> float | None:
    wait = timeout[1] if isinstance(timeout, tuple) else timeout
    return wait if isinstance(wait, int | float) else None


def _whole(answer: Response, until: float | None) -> Response:
    if 300 <= answer.status_code < 400:
        raise Broken("the endpoint answered with a redirect, which is not followed")
    body = io.BytesIO()
    while chunk := _piece(answer):
        body.write(chunk)
        if body.tell() > _LARGEST:
            raise Broken("the answer is larger than any that the billing API gives")
        if until is not None and time.monotonic() > until:
            raise Broken("the answer came too slowly and was given up")
    whole = Response()
    whole.status_code, whole.reason = answer.status_code, answer.reason
    whole.headers, whole.url, whole.request = answer.headers, answer.url, answer.request
    whole.raw = io.BytesIO(body.getvalue())
    return whole


def _piece(answer: Response) -> bytes:
    """What has come by now; empty at the end."""
    try:
        piece: bytes = answer.raw.read1(_CHUNK, decode_content=True)
    except HTTPError as error:
        raise Broken(f"{type(error).__name__}: {error}") from error
    return piece
