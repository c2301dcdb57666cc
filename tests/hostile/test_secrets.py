"""Marked secrets over the SDK, with errors that repeat them and debugging on: seen nowhere."""

from __future__ import annotations

import base64
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from alibabacloud_credentials.utils import auth_util

from store.clouds.alibaba import AlibabaCloud
from store.config import Account
from store.errors import CloudError
from tests.alibaba import server as how
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk
from tests.alibaba.server import Handler, Server
from tests.alibaba.test_program import configure
from tests.contract.program import Program
from tests.stories.driver import at_the_desk
from tests.terminal.pty import Terminal, environment
from tui.streams.log import use_log, write_traceback

ID = "LTAI5tMarkedKeyIdOfNobody"
SECRET = "Marked/Secret+That=MustNever&BeSeen"
TOKEN = "Marked.Token/That+Must=NeverBeSeen"
ENOUGH = 12
"""So many characters of a secret are a part of it."""


def spellings(secret: str) -> Iterator[str]:
    yield from (secret, quote(secret, safe=""), secret[::-1], secret.encode().hex())
    for skipped in range(3):
        yield base64.b64encode(secret.encode()[skipped:]).decode().rstrip("=")[:-1]


def parts(text: str) -> set[str]:
    """Every part of it that is long enough to be told from chance."""
    return {text[at : at + ENOUGH] for at in range(len(text) - ENOUGH + 1)}


def secrets_in(written: list[str], home: Path, *secrets: str) -> set[str]:
    """The parts of them in what was written, and in every file of the home."""
    files = [path.read_bytes().decode("latin-1") for path in home.rglob("*") if path.is_file()]
    secret = {part for each in secrets for spelled in spellings(each) for part in parts(spelled)}
    return {part for text in written + files for part in secret & parts(text)}


class CredentialsUri(BaseHTTPRequestHandler):
    """Gives the credentials to whoever asks, as a local service of a company does."""

    def do_GET(self) -> None:
        body = {
            "Code": "Success", "AccessKeyId": ID, "AccessKeySecret": SECRET,
            "SecurityToken": TOKEN, "Expiration": "2099-01-01T00:00:00Z",
        }  # fmt: skip
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on the screen."""


@pytest.fixture
def uri() -> Iterator[str]:
    served = HTTPServer(("127.0.0.1", 0), CredentialsUri)
    running = threading.Thread(target=served.serve_forever, args=(0.01,))
    running.start()
    yield f"http://127.0.0.1:{served.server_address[1]}/credentials"
    served.shutdown()
    served.server_close()
    running.join()


def echoing(handler: Handler) -> None:
    """A refusal that repeats the whole request and, beyond what any can know, the secret."""
    words = f"{handler.headers.items()} {ID} {SECRET} {TOKEN} {quote(TOKEN, safe='')}"
    body = {"Code": f"Odd.{TOKEN}", "Message": words, "Success": False, "RequestId": ID}
    handler.tell(400, json.dumps(body).encode())


FAULTS = (
    echoing, how.HTML, how.reset,
    how.refusing("SignatureDoesNotMatch", 400, f"{ID} {SECRET}"),
    how.refusing(ID, 200, TOKEN),
)  # fmt: skip


@pytest.fixture(params=["ak-profile", "sts-profile", "environment", "uri"])
def source(
    request: pytest.FixtureRequest,
    keys: Callable[..., None],
    uri: str,
    monkeypatch: pytest.MonkeyPatch,
) -> str | None:
    """The profile that the account names, or None where the environment has the keys."""
    monkeypatch.setenv("DEBUG", "sdk")
    marked = {"access_key_id": ID, "access_key_secret": SECRET}
    match request.param:
        case "ak-profile":
            keys(**marked)
            return "default"
        case "sts-profile":
            keys(**marked, mode="StsToken", sts_token=TOKEN)
            return "default"
        case "environment":
            given = {"access_key_id": ID, "access_key_secret": SECRET, "security_token": TOKEN}
        case _:
            given = {"credentials_uri": uri, "cli_profile_disabled": "true"}
    for name, value in given.items():
        # The SDK reads its environment once, when it is first imported.
        monkeypatch.setenv(f"ALIBABA_CLOUD_{name.upper()}", value)
        monkeypatch.setattr(auth_util, f"environment_{name}", value)
    return None


async def test_no_part_of_a_secret_is_anywhere(  # noqa: PLR0917 - each is a place to look at
    request: pytest.FixtureRequest,
    source: str | None,
    server: Server,
    desk: Desk,
    tmp_path: Path,
    opened: Callable[..., AlibabaCloud],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.keys = {ID: SECRET}
    home = tmp_path / "home"
    home.mkdir()
    program = Program(home)
    configure(program, server.address)
    if source is None:
        config = home / "config.toml"
        config.write_text(config.read_text().replace('profile = "default"\n', ""))
    written: list[str] = []
    jobs: tuple[tuple[str, ...], ...] = (
        ("sync",), ("doctor",), ("renew", ENTERPRISE, "--months", "1", "--yes"),
        ("status", "--json"), ("payments", "--json"), ("export", "--ics"), ("export", "--csv"),
    )  # fmt: skip
    for job in jobs:
        ran = program(*job)
        assert ran.exit < 64, ran.err
        written += [ran.out, ran.err]
    assert desk.charges == [(ENTERPRISE, 1)]
    use_log(home / "renewal.log")
    account = Account("factory", "alibaba", profile=source, payments=True, endpoint=server.address)
    cloud = opened(account=account)
    cloud.items_of(ENTERPRISE)
    for fault in FAULTS:
        for operation, call in (
            ("QueryAccountBalance", cloud.balance),
            ("SetRenewal", lambda: cloud.set_auto_renewal(ENTERPRISE, 3)),
        ):
            server.fail(operation, fault, 3)
            with pytest.raises(CloudError) as raised:
                call()
            server.faults.clear()
            write_traceback(raised.value)
            written += [repr(raised.value), raised.value.message, repr(vars(raised.value))]
    server.fail("RenewInstance", echoing)
    server.fail("SetRenewal", echoing)
    later: tuple[tuple[str, ...], ...] = (
        ("renew", ENTERPRISE, "--months", "2", "--yes", "--json"),
        ("auto-renew", ENTERPRISE, "--months", "3", "--yes"),
        ("payments", "--json"),
    )
    for job in later:
        ran = program(*job)
        written += [ran.out, ran.err]
    server.faults.clear()
    async with at_the_desk(home, fresh=False) as person:
        server.fail("QueryAccountBalance", how.refusing(ID, 200, TOKEN))
        for keys_pressed in ("s", "escape", "5", "enter", "escape", "A", "escape", "1", "enter"):
            await person.press(keys_pressed)
            written += [person.text, person.app.export_screenshot()]
    written += [record.getMessage() for record in caplog.records]
    written += capfd.readouterr()
    has_token = "ak-profile" not in request.node.callspec.id  # such keys have none to be known
    assert secrets_in(written, home, ID, SECRET, *[TOKEN] * has_token) == set()
    assert (home / "renewal.log").stat().st_size > 1000


CRASH = """
import sys
from store.clouds.alibaba import cloud
from tui.cli import run

def defect(answer):
    try:
        raise KeyError(f"nobody reckoned with {answer}")
    except KeyError as error:
        raise RuntimeError(f"a defect in front of {sys._getframe(1).f_locals}") from error

cloud.balance_of = defect
sys.exit(run(sys.argv[1:]))
"""


def test_no_part_of_a_secret_is_on_a_terminal_or_in_the_log_of_a_crash(
    server: Server, desk: Desk, keys: Callable[..., None], tmp_path: Path
) -> None:
    keys(access_key_id=ID, access_key_secret=SECRET, mode="StsToken", sts_token=TOKEN)
    desk.keys = {ID: SECRET}
    home = tmp_path / "home"
    home.mkdir()
    configure(Program(home), server.address)
    env = {"HOME": str(tmp_path), "DEBUG": "sdk"}
    with Terminal(home, more=env) as terminal:
        terminal.see(ENTERPRISE)
        for fault, words in (
            (echoing, "Odd."),
            (how.refusing("SignatureDoesNotMatch", 400, SECRET), "SignatureDoesNotMatch"),
        ):
            server.fail("QueryAccountBalance", fault)
            terminal.press("s")
            terminal.see(words)
        terminal.press("q")
        terminal.end()
    crash = [sys.executable, "-c", CRASH, "--home", str(home), "sync"]
    ran = subprocess.run(crash, capture_output=True, text=True, env=environment(**env), check=False)
    assert ran.returncode == 70, ran.stderr
    assert "Traceback" in (home / "renewal.log").read_text()
    written = [terminal.raw.decode("latin-1"), terminal.text, ran.stdout, ran.stderr]
    assert secrets_in(written, home, ID, SECRET, TOKEN) == set()
