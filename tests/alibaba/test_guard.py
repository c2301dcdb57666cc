"""One request at most, to the endpoint and nowhere else, and nothing of it on the screen."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import store.clouds.alibaba
from store.clouds.alibaba import (
    RIGHTS,
    AlibabaCloud,
    RetryPolicy,
    Timeouts,
)
from store.clouds.alibaba.retry import LIMITS
from store.config import Account
from store.errors import BadFile, Unreachable
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import KEY_ID, SECRET, Desk, days, instance
from tests.alibaba.policies import READING, RENEWING, policy
from tests.alibaba.server import Handler, Server, telling

PACKAGE = Path(store.clouds.alibaba.__file__).parent
ROOT = PACKAGE.parents[2]
TOKEN = "b" * 64


def test_a_redirect_is_followed_by_no_request(
    cloud: AlibabaCloud, server: Server, desk: Desk
) -> None:
    elsewhere = Server(Desk(instances=[instance(ENTERPRISE, days(20))]))
    running = threading.Thread(target=elsewhere.serve_forever, args=(0.01,))
    running.start()
    try:
        for status in (301, 302, 303, 307, 308):
            for target in (elsewhere.address, server.address):
                server.fail("RenewInstance", telling(status, b"", Location=f"{target}/?Again=1"))
                cloud.items_of(ENTERPRISE)
                with pytest.raises(Unreachable, match="redirect"):
                    cloud.renew(ENTERPRISE, 1, TOKEN)
    finally:
        elsewhere.shutdown()
        elsewhere.server_close()
        running.join()
    assert elsewhere.requests == []
    assert server.count("RenewInstance") == 10
    assert desk.charges == []


def test_no_option_of_the_sdk_that_sends_again_is_set() -> None:
    for path in PACKAGE.glob("*.py"):
        words = re.findall(r"retry_options|autoretry|max_attempts|RetryOptions", path.read_text())
        assert words == [], path.name


def test_the_client_has_no_retry_option(cloud: AlibabaCloud) -> None:
    cloud.balance()
    made = cloud._client._sdk
    assert made is not None
    assert made.client._retry_options is None
    assert made.guard.max_retries.total == 0


def test_a_proxy_of_the_environment_is_not_used_for_this_machine(
    cloud: AlibabaCloud, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:9")
    assert cloud.balance().currency == "CNY"
    assert server.count("QueryAccountBalance") == 1


def test_every_request_goes_to_the_endpoint(
    opened: Callable[..., AlibabaCloud], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    resolve = socket.getaddrinfo

    def noted(host: Any, *args: Any, **more: Any) -> Any:
        asked.append(host)
        return resolve(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    cloud = opened()
    cloud.balance()
    list(cloud.pages())
    cloud.quote(ENTERPRISE, 12)
    cloud.renew(ENTERPRISE, 12, TOKEN)
    cloud.set_auto_renewal(ENTERPRISE, 3)
    cloud.orders(ENTERPRISE)
    assert set(asked) == {"127.0.0.1"}
    host = server.address.removeprefix("http://")
    assert {request.headers["host"] for request in server.requests} == {host}


def test_a_dripping_answer_is_given_up(opened: Callable[..., AlibabaCloud], server: Server) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not handler.server.closing.wait(0.02):
            handler.wfile.write(b" ")

    server.fail("RenewInstance", drip)
    cloud = opened(timeouts=Timeouts(connect=1.0, read=0.5, changing=0.1))
    cloud.items_of(ENTERPRISE)
    with pytest.raises(Unreachable, match="too slow"):
        cloud.renew(ENTERPRISE, 1, TOKEN)


def test_a_payment_needs_the_guard(cloud: AlibabaCloud, server: Server) -> None:
    cloud.items_of(ENTERPRISE)
    made = cloud._client._sdk
    assert made is not None
    made.guard.sent_count = 0
    with pytest.raises(Exception, match="no payment is made with it"):
        cloud.renew(ENTERPRISE, 1, TOKEN)
    assert server.count("RenewInstance") == 0


def test_a_look_can_be_stopped_while_it_waits(
    opened: Callable[..., AlibabaCloud], server: Server
) -> None:
    stop = threading.Event()

    def stopping(handler: Handler) -> None:
        stop.set()
        telling(503, b'{"Code": "ServiceUnavailable"}')(handler)

    server.fail("QueryAvailableInstances", stopping, 9)
    cloud = opened(stop=stop, policy=RetryPolicy(tries=9, first_wait=60, longest_wait=60))
    with pytest.raises(Unreachable, match="stopped as requested"):
        list(cloud.pages())
    assert server.count("QueryAvailableInstances") == 1


def test_looks_keep_to_the_rate_limits(cloud: AlibabaCloud) -> None:
    waited: list[float] = []
    reader = cloud._reader

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout or 0.0)
            return False

    reader.stop = Stop()
    calls, seconds = LIMITS["QueryAccountBalance"]
    for _ in range(calls + 5):
        cloud.balance()
    assert len(waited) == 5
    assert all(0 < wait <= seconds for wait in waited)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://example.com",
        "http://127.0.0.1.example.com:80",
        "http://10.0.0.1:9000",
        "ftp://127.0.0.1",
        "127.0.0.1:9000",
        "https://",
        "https://user:password@example.com",
        "https://example.com/path",
        "https://example.com?x=1",
        "http://127.0.0.1:notaport",
        "",
    ],
)
def test_an_endpoint_that_may_not_be_used_is_refused_with_its_place(
    opened: Callable[..., AlibabaCloud], endpoint: str
) -> None:
    with pytest.raises(BadFile, match=r"accounts\.factory\.endpoint") as raised:
        opened(account=Account("factory", "alibaba", endpoint=endpoint))
    assert "password" not in raised.value.message


@pytest.mark.parametrize(
    ("site", "endpoint", "host"),
    [
        ("china", None, "business.aliyuncs.com"),
        ("international", None, "business.ap-southeast-1.aliyuncs.com"),
        ("china", "https://gate.example.com:8443", "gate.example.com:8443"),
        ("china", "http://[::1]:9000/", "[::1]:9000"),
        ("china", "http://localhost:9000", "localhost:9000"),
    ],
)
def test_the_endpoint_is_the_sites_or_the_configs(
    opened: Callable[..., AlibabaCloud], site: str, endpoint: str | None, host: str
) -> None:
    cloud = opened(account=Account("factory", "alibaba", site=site, endpoint=endpoint))
    assert cloud._client._endpoint.host == host


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    opened: Callable[..., AlibabaCloud],
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    account = Account(
        "factory",
        "alibaba",
        profile="default",
        endpoint=server.address.replace("http", "https"),
    )
    with pytest.raises(Unreachable, match="certificate is not trusted"):
        opened(account=account).balance()
    assert server.requests == []
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert opened(account=account).balance().currency == "CNY"


def self_signed(folder: Path) -> Path:
    """A certificate of this machine with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(days(-1))
        .not_valid_after(days(1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def run(code: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A separate Python process, since the SDK reads its environment once."""
    clean = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=clean | {"HOME": str(home), "PYTHONPATH": str(ROOT)} | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


OPEN = """
import sys
from store.config import Account
from store.clouds.alibaba import AlibabaCloud, RetryPolicy, Timeouts
from store.errors import RenewalError
account = Account("factory", "alibaba", profile={profile!r}, endpoint={endpoint!r})
cloud = AlibabaCloud.open(account, timeouts=Timeouts(1, 1, 1), policy=RetryPolicy(1))
sdk = [name for name in sys.modules if name.partition(".")[0] in
       {{"Tea", "darabonba", "requests", "aiohttp"}} or name.startswith("alibabacloud")]
assert sdk == [], sdk
assert cloud.identity and cloud.site and cloud.now()
"""


def test_opening_imports_no_sdk_and_debug_shows_nothing(
    server: Server, keys: Callable[..., None], tmp_path: Path
) -> None:
    server.fail("QueryAvailableInstances", telling(500, b'{"Code": "InternalError"}'), 9)
    code = OPEN.format(profile="default", endpoint=server.address) + (
        "print(cloud.balance().currency)\n"
        "try:\n    list(cloud.pages())\nexcept RenewalError as error:\n    print(error)\n"
    )
    done = run(code, tmp_path, DEBUG="sdk")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("CNY\nthe cloud failed")
    assert SECRET not in done.stdout
    assert KEY_ID not in done.stdout


def test_the_ecs_metadata_service_is_never_asked(server: Server, tmp_path: Path) -> None:
    code = OPEN.format(profile=None, endpoint=server.address) + (
        "import socket\n"
        "def connect(self, address):\n    print('connects to', address)\n    raise OSError\n"
        "socket.socket.connect = connect\n"
        "try:\n    cloud.balance()\nexcept RenewalError as error:\n"
        "    print(int(error.exit), error)\n"
    )
    done = run(code, tmp_path, ALIBABA_CLOUD_ECS_METADATA_DISABLED="false")
    assert done.stderr == ""
    assert done.stdout.startswith("77 no credentials")
    assert "connects" not in done.stdout


def test_the_chain_takes_the_environments_keys(server: Server, tmp_path: Path) -> None:
    code = OPEN.format(profile=None, endpoint=server.address) + (
        "print(cloud.balance().currency, cloud.source())\n"
    )
    done = run(
        code,
        tmp_path,
        ALIBABA_CLOUD_ACCESS_KEY_ID=KEY_ID,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET=SECRET,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("CNY Source(where='default/env'")
    assert KEY_ID not in done.stdout


def test_without_the_sdk_it_says_how_to_install_it(server: Server, tmp_path: Path) -> None:
    code = OPEN.format(profile=None, endpoint=server.address) + (
        "sys.modules['alibabacloud_bssopenapi20171214'] = None\n"
        "try:\n    cloud.balance()\nexcept RenewalError as error:\n"
        "    print(int(error.exit), error)\n"
    )
    done = run(
        code,
        tmp_path,
        ALIBABA_CLOUD_ACCESS_KEY_ID=KEY_ID,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET=SECRET,
    )
    assert done.stdout.startswith("77 the Alibaba Cloud SDK is not installed")
    assert "pip install" in done.stdout


def test_the_doctor_tries_each_look_and_goes_on(cloud: AlibabaCloud, server: Server) -> None:
    server.denied |= {"QueryAccountBalance", "QueryOrders"}
    tried = dict(cloud.permission_checks())
    assert {name: problem is None for name, problem in tried.items()} == {
        "QueryAccountBalance": False,
        "QueryAvailableInstances": True,
        "QueryResourcePackageInstances": True,
        "QueryOrders": False,
        "QueryAccountTransactions": True,
        "QueryBillOverview": True,
        "DescribeInstanceBill": True,
        "QueryCashCoupons": True,
        "QueryPrepaidCards": True,
        "DescribeFrInstances": True,
    }


def test_the_least_policy_names_each_operation_and_no_more() -> None:
    (looking,) = policy(READING)["Statement"]
    (renewing,) = policy(RENEWING)["Statement"]
    assert set(looking["Action"]) == {name for operation in READING for name in RIGHTS[operation]}
    assert "bss:DescribeAcccount" in looking["Action"]
    assert set(renewing["Action"]) - set(looking["Action"]) == {
        "bssapi:RenewInstance",
        "bssapi:SetRenewal",
    }
