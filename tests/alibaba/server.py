"""A real HTTP server of the tests: it checks signatures and can fail in every documented way."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import struct
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from tests.alibaba.desk import Desk, Failed

ALGORITHM = "ACS3-HMAC-SHA256"


@dataclass(frozen=True)
class Request:
    """What arrived."""

    action: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """How a request fails: `send` writes what it likes to the connection."""

    send: Callable[[Handler], None]
    after: bool = False
    """Whether the operation takes effect first (commit, then drop)."""


class Server(ThreadingHTTPServer):
    """The endpoint of one account."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.desk = desk
        self.requests: list[Request] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.denied: set[str] = set()
        """Operations that the RAM user may not do."""
        self.date: str | None = None
        """What each answer says that the time is; None: what it is."""
        self.closing = threading.Event()
        self.working = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fail(
        self, action: str, send: Callable[[Handler], None], times: int = 1, *, after: bool = False
    ) -> None:
        """The next requests of that operation fail like this."""
        self.faults[action].extend([Fault(send, after)] * times)

    def count(self, action: str) -> int:
        return sum(request.action == action for request in self.requests)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news here."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Head and body are two writes; the second would wait for the client to confirm the first."""
    server: Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on the screen."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return self.server.date or super().date_time_string(timestamp)

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        sent = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.query = dict(sent)
        sent |= dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        action = self.headers.get("x-acs-action", "")
        desk, server = self.server.desk, self.server
        with server.working:
            server.requests.append(Request(action, sent, dict(self.headers.items())))
            fault = server.faults[action].popleft() if server.faults[action] else None
            status, answer = 200, dict[str, Any]()
            if fault is None or fault.after:
                status, answer = self._answer(desk, action, sent)
        if fault is not None:
            fault.send(self)
        else:
            self.tell(status, json.dumps(answer).encode())

    def _answer(self, desk: Desk, action: str, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        refused = self._unsigned(desk.keys, self.query)
        if refused is not None:
            return refused
        if action in self.server.denied:
            detail = {"AuthAction": f"bssapi:{action}", "PolicyType": "AccountLevelIdentity"}
            return 403, {
                "Code": "NoPermission",
                "Message": "You are not authorized to do it.",
                "RequestId": "R",
                "AccessDeniedDetail": detail,
            }
        try:
            return 200, desk.answer(action, sent)
        except Failed as failed:
            return failed.status or 200, failed.body

    def _unsigned(
        self, keys: Mapping[str, str], sent: dict[str, str]
    ) -> tuple[int, dict[str, Any]] | None:
        """The refusal of a request that is not signed with a known key."""
        scheme, _, fields = self.headers.get("Authorization", "").partition(" ")
        parts = dict(part.split("=", 1) for part in fields.split(",") if "=" in part)
        key_id = parts.get("Credential", "")
        if scheme != ALGORITHM or not self.headers.get("x-acs-signature-nonce"):
            return 400, _gateway("IncompleteSignature", "The request is not signed.")
        if key_id not in keys:
            return 404, _gateway(
                "InvalidAccessKeyId.NotFound", "Specified access key is not found."
            )
        canonical = self._canonical(sent, parts.get("SignedHeaders", ""))
        to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        right = hmac.new(keys[key_id].encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, parts.get("Signature", "")):
            return 400, _gateway(
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign "
                f"is:{canonical}",
            )
        return None

    def _canonical(self, sent: dict[str, str], signed: str) -> str:
        query = "&".join(
            f"{quote(name, safe='~')}={quote(value, safe='~')}"
            for name, value in sorted(sent.items())
        )
        headers = "".join(
            f"{name}:{(self.headers.get(name) or '').strip()}\n" for name in signed.split(";")
        )
        payload = hashlib.sha256(self.body).hexdigest()
        return f"POST\n/\n{query}\n{headers}\n{signed}\n{payload}"

    def tell(self, status: int, body: bytes, kind: str = "application/json", **more: str) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def _gateway(code: str, words: str) -> dict[str, Any]:
    return {"RequestId": "R", "HostId": "h", "Code": code, "Message": words, "Recommend": "…"}


def timeout(handler: Handler) -> None:
    """No answer as long as the server lives."""
    handler.server.closing.wait()
    handler.close_connection = True


def reset(handler: Handler) -> None:
    """The connection is torn down (RST)."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def slow(seconds: float) -> Callable[[Handler], None]:
    """The answer as ever, after so many seconds."""

    def send(handler: Handler) -> None:
        handler.server.closing.wait(seconds)
        request = handler.server.requests[-1]
        answer = handler.server.desk.answer(request.action, request.parameters)
        handler.tell(200, json.dumps(answer).encode())

    return send


def close(handler: Handler) -> None:
    """The connection is closed without an answer."""
    handler.close_connection = True


def truncated(handler: Handler) -> None:
    """Less comes than was announced."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"Success": true, ')
    handler.close_connection = True


def telling(
    status: int, body: bytes, kind: str = "application/json", **headers: str
) -> Callable[[Handler], None]:
    """A given answer."""

    def send(handler: Handler) -> None:
        handler.tell(status, body, kind, **headers)

    return send


def refusing(
    code: str, status: int = 200, words: str = "no", **headers: str
) -> Callable[[Handler], None]:
    """A refusal with this code: with status 200 it is `Success: false`."""
    body = {"Code": code, "Message": words, "RequestId": "R", "Success": False}
    return telling(status, json.dumps(body).encode(), **headers)


def answering(body: object) -> Callable[[Handler], None]:
    """A 200 with this JSON."""
    return telling(200, json.dumps(body).encode())


EMPTY = telling(200, b"")
HTML = telling(502, b"<html><body>502 Bad Gateway</body></html>", "text/html")
PROXY_PAGE = telling(200, b"<html>Please log on</html>", "text/html")
NOT_UTF8 = telling(200, b'{"Code": "\xff\xfe"}')
THROTTLED = refusing("Throttling.User", 400, "Request was denied due to user flow control.")
THROTTLED_FOR = refusing("Throttling", 429, "slower", x_acs_retry_after="10")
SERVER_ERROR = refusing("InternalError", 500, "The request processing has failed.")
UNAVAILABLE = refusing("ServiceUnavailable", 503, "try later")
