"""`renewal notify` against a real HTTP server and a real SMTP server."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as KeptMail

from tests.contract.program import Program
from tests.contract.test_clock import make_later
from tests.stories.scenarios import hostile


@dataclass
class Hook:
    """A webhook: what it was sent, and the status that it answers with."""

    url: str
    received: list[Any] = field(default_factory=list)
    status: int = 200

    @property
    def bodies(self) -> str:
        return "\n".join(f"{each['title']}\n{each['message']}" for each in self.received)


@pytest.fixture
def hook() -> Iterator[Hook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if made.status == 200:
                made.received.append(json.loads(body))
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Hook(
        f"json://user:hook-token@127.0.0.1:{server.server_port}/path-token?+X-Key=key-token"
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


class Inbox(KeptMail):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        del session
        return message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, str]]:
    made = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    yield (
        made,
        f"mailto://127.0.0.1:{port}?from=renewal@example.com&to=ops@example.com&mode=insecure",
    )
    controller.stop()


def configure(program: Program, *urls: str, thresholds: tuple[int, ...] | None = None) -> None:
    lines = ["[notify]", f"to = {json.dumps(urls)}"]
    if thresholds is not None:
        lines.append(f"thresholds = {list(thresholds)}")
    (program.home / "config.toml").write_text("\n".join(lines), encoding="utf-8")


def test_each_threshold_is_sent_once(example: Program, hook: Hook) -> None:
    configure(example, hook.url)
    first = example("notify", "--json")
    assert first.exit == 0
    assert set(first.json["sent"][0]["items"]) >= {"iot-060a0bcd", "lic-kids"}
    assert "Factory floor" in hook.bodies
    assert "renew iot-060a0bcd --months 12" in hook.bodies
    again = example("notify", "--json")
    assert (again.exit, again.json["sent"]) == (0, [])
    assert len(hook.received) == 1
    # The license ends on 1 December, in 8.6 days: 7 days before it is the next threshold.
    example("practice", "clock", "--set", "2026-11-23T23:59:59+08:00")
    assert "lic-kids" not in str(example("notify", "--json").json)
    example("practice", "clock", "--set", "2026-11-24T00:00:00+08:00")
    assert "lic-kids" in example("notify", "--json").json["sent"][0]["items"]


def test_each_command_is_for_the_account_of_the_message(example: Program, hook: Hook) -> None:
    configure(example, hook.url)
    assert example("notify").exit == 0
    commands = [line for line in hook.bodies.splitlines() if ": renewal " in line]
    assert any("guide P-TOPUP" in command for command in commands)
    assert all(": renewal --account practice " in command for command in commands)


def test_losses_renewals_and_a_shortage_are_sent(example: Program, hook: Hook) -> None:
    configure(example, hook.url)
    example("notify")
    assert "short from" in hook.bodies
    hook.received.clear()
    example("practice", "topup", "100000")
    assert example("renew", "iot-060a0bcd", "--months", "12", "--yes").exit == 0
    example("notify")
    assert "Factory floor" in hook.bodies
    assert "renewed" in hook.bodies
    hook.received.clear()
    example("practice", "clock", "--advance", "400d")
    example("notify")
    assert "Factory floor" in hook.bodies
    assert "since" in hook.bodies


def test_an_address_that_fails_gets_it_the_next_time(
    example: Program, hook: Hook, inbox: tuple[Inbox, str]
) -> None:
    mails, mail_url = inbox
    configure(example, hook.url, mail_url)
    hook.status = 500
    ran = example("notify", "--json")
    assert ran.exit == 69
    assert [each["to"].partition(":")[0] for each in ran.json["failed"]] == ["json"]
    assert [each["to"].partition(":")[0] for each in ran.json["sent"]] == ["mailto"]
    assert len(mails.mails) == 1
    hook.status = 200
    assert example("notify").exit == 0
    assert len(hook.received) == 1
    assert len(mails.mails) == 1


def test_mail_holds_foreign_text_as_plain_text(program: Program, inbox: tuple[Inbox, str]) -> None:
    mails, url = inbox
    scenario = program.home / "scenario.json"
    document = json.loads((Path(__file__).with_name("scenario.json")).read_text())
    document["instances"][0]["name"] = "<b>bold</b> \x1b[31m[x](http://evil)\u202e"
    scenario.write_text(json.dumps(document))
    program("practice", "reset", "--scenario", str(scenario))
    configure(program, f"{url}&format=html")
    assert program("notify").exit == 0
    html = mails.mails[0].get_body(("html",)).get_content()
    assert "<b>bold" not in html
    assert "&lt;b&gt;bold" in html
    for part in mails.mails[0].walk():
        if not part.is_multipart():
            assert not {"\x1b", "\u202e"} & set(part.get_content())


def test_a_dry_run_and_a_test_keep_nothing(example: Program, hook: Hook) -> None:
    configure(example, hook.url)
    dry = example("notify", "--dry-run")
    assert dry.exit == 0
    assert "Factory floor" in dry.out
    assert not hook.received
    assert example("notify", "--test").exit == 0
    assert "test" in hook.bodies
    assert "Factory floor" not in hook.bodies
    assert example("notify", "--json").json["sent"]


def test_secrets_of_addresses_are_never_shown(example: Program, hook: Hook) -> None:
    configure(example, hook.url, "mailto://who:mail-token@127.0.0.1:9/?to=ops@example.com")
    hook.status = 500
    for arguments in (("notify", "--dry-run"), ("notify", "--json"), ("notify",), ("doctor",)):
        ran = example(*arguments)
        assert "-token" not in ran.out + ran.err
    assert b"-token" not in (example.home / "store.db").read_bytes()
    log = example.home / "renewal.log"
    assert not log.exists() or "-token" not in log.read_text()


def test_a_sync_that_fails_for_a_day_is_sent_once(example: Program, hook: Hook) -> None:
    configure(example, hook.url)
    example("notify")
    hook.received.clear()
    example("practice", "fail", "items", "--times", "100")
    example("practice", "clock", "--advance", "2h")
    example("notify")
    assert "The last successful sync" not in hook.bodies
    example("practice", "clock", "--advance", "1d")
    example("notify")
    example("practice", "clock", "--advance", "2h")
    example("notify")
    assert hook.bodies.count("The last successful sync") == 1


def test_a_clock_that_is_behind_is_sent_once_and_assesses_nothing(
    example: Program, hook: Hook
) -> None:
    configure(example, hook.url)
    assert example("sync").exit == 0
    make_later(example, 86400)
    for _ in range(2):
        example("practice", "fail", "items", "--times", "9")
        assert example("notify").exit == 0
    (message,) = hook.received
    assert "Set its clock" in message["message"]
    assert "Factory floor" not in message["message"]


@pytest.mark.parametrize(
    ("config", "field"),
    [
        ('[notify]\nto = ["nonsense://secret-token"]', "notify.to[0]"),
        ('[notify]\nto = "json://x"', "notify.to"),
        ("[notify]\nthresholds = [-1]", "notify.thresholds"),
        ("[notify]\nwhom = []", "notify.whom"),
        ("notify = 1", "notify"),
        ("", "[notify]"),
    ],
)
def test_what_cannot_be_an_address_is_refused(example: Program, config: str, field: str) -> None:
    (example.home / "config.toml").write_text(config)
    ran = example("notify")
    assert ran.exit == 64
    assert field in ran.err
    assert "secret" not in ran.err


def test_in_chinese(example: Program, hook: Hook) -> None:
    configure(example, hook.url)
    example("--lang", "zh", "notify")
    assert "续费" in hook.bodies


def test_hostile_names_fit_into_a_message(program: Program, hook: Hook) -> None:
    scenario = program.home / "scenario.json"
    scenario.write_text(json.dumps(hostile()))
    program("practice", "reset", "--scenario", str(scenario))
    configure(program, hook.url)
    assert program("notify").exit == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(hook.bodies)
