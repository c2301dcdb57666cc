"""A server, an account that points at it, and a guard against every other connection."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.clouds.alibaba import AlibabaCloud, RetryPolicy, Timeouts
from store.config import Account
from tests.alibaba.desk import KEY_ID, SECRET, Desk, days, instance
from tests.alibaba.server import Server

TIMEOUTS = Timeouts(connect=2.0, read=0.5, changing=0.5)
POLICY = RetryPolicy(tries=3, first_wait=0.001, longest_wait=0.01)
ENTERPRISE = "iot-060a0bcd"


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """No connection leaves the machine, and no proxy of it is used."""
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy", "debug"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    connect = socket.socket.connect
    left: list[Any] = []

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] != "127.0.0.1":
            left.append(address)
            raise AssertionError(f"a connection to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield left
    assert left == []


@pytest.fixture
def desk() -> Desk:
    """An account with one Enterprise instance that ends in 20 days."""
    return Desk(instances=[instance(ENTERPRISE, days(20))])


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    served = Server(desk)
    running = threading.Thread(target=served.serve_forever, args=(0.01,))
    running.start()
    yield served
    served.closing.set()
    served.shutdown()
    served.server_close()
    running.join()


@pytest.fixture
def keys(tmp_path: Path) -> Callable[..., None]:
    """Writes the CLI's file with one profile."""

    def write(name: str = "default", **profile: Any) -> None:
        path = tmp_path / ".aliyun" / "config.json"
        path.parent.mkdir(exist_ok=True)
        whole = {"name": name, "mode": "AK", "access_key_id": KEY_ID, "access_key_secret": SECRET}
        entry = {key: value for key, value in (whole | profile).items() if value is not None}
        path.write_text(json.dumps({"current": name, "profiles": [entry]}))

    write()
    return write


@pytest.fixture
def account(server: Server) -> Account:
    return Account("factory", "alibaba", profile="default", payments=True, endpoint=server.address)


@pytest.fixture
def opened(account: Account, keys: Callable[..., None], tmp_path: Path) -> Callable[..., Any]:
    """Opens the account with short timeouts."""

    def open_(**more: Any) -> AlibabaCloud:
        given: dict[str, Any] = {"timeouts": TIMEOUTS, "policy": POLICY, "home": tmp_path} | more
        return AlibabaCloud.open(given.pop("account", account), **given)

    return open_


@pytest.fixture
def cloud(opened: Callable[..., AlibabaCloud]) -> AlibabaCloud:
    return opened()
