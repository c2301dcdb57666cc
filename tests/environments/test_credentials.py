"""Credentials, proxies, certificates: a failure names what is wrong, and no library speaks."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.clouds.alibaba.endpoint import Endpoint
from store.clouds.alibaba.environment import check_environment
from store.errors import Unreachable
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import KEY_ID, SECRET, Desk, days, instance
from tests.alibaba.server import Server
from tests.environments.program import Ran, run

LEAKED = "token that nobody may read"
HELPER = f"import sys; sys.stderr.write({LEAKED!r}); sys.exit(1)"
KEYS = {"access_key_id": KEY_ID, "access_key_secret": SECRET}


@pytest.fixture
def address() -> Iterator[str]:
    """Where an account is served to the keys."""
    server = Server(Desk(instances=[instance(ENTERPRISE, days(20))]))
    running = threading.Thread(target=server.serve_forever, args=(0.01,))
    running.start()
    yield server.address
    server.closing.set()
    server.shutdown()
    server.server_close()
    running.join()


def ask(folder: Path, address: str, name: str = "default", env: Any = None, **profile: Any) -> Ran:
    """`sync` with this profile of the CLI's file."""
    home = folder / "home"
    home.mkdir(mode=0o700, exist_ok=True)
    lines = f'cloud = "alibaba"\nprofile = "{name}"\nendpoint = "{address}"\n'
    (home / "config.toml").write_text(f'default = "factory"\n[accounts.factory]\n{lines}')
    path = folder / ".aliyun" / "config.json"
    path.parent.mkdir(exist_ok=True)
    document = {"current": name, "profiles": [{"name": name, **profile}]}
    path.write_text(json.dumps(document, ensure_ascii=False))
    return run(home, "sync", env={"HOME": str(folder), **(env or {})})


def only_sentence(ran: Ran) -> str:
    """The one line that stderr holds."""
    [line] = ran.err.decode().splitlines()
    assert LEAKED not in line
    assert SECRET not in line
    return line


def test_a_helper_that_fails_is_named_and_its_words_are_nowhere(
    tmp_path: Path, address: str
) -> None:
    helper = tmp_path / "helper.py"
    helper.write_text(HELPER)
    command = f"{sys.executable} {helper}"
    ran = ask(tmp_path, address, mode="External", process_command=command)
    assert ran.exit == 77
    assert "process_command" in only_sentence(ran)
    assert "exit status 1" in only_sentence(ran)


def test_a_helper_that_works_leaves_stderr_empty(tmp_path: Path, address: str) -> None:
    helper = tmp_path / "helper.py"
    helper.write_text(f"import json; print(json.dumps({ {'mode': 'AK', **KEYS}!r}))")
    command = f"{sys.executable} {helper}"
    ran = ask(tmp_path, address, mode="External", process_command=command)
    assert (ran.exit, ran.err) == (0, b"")


def test_a_token_file_that_is_not_there_is_named(tmp_path: Path, address: str) -> None:
    role = {"ram_role_arn": "acs:ram::1:role/x", "oidc_provider_arn": "acs:ram::1:oidc/y"}
    missing = str(tmp_path / "no-token")
    ran = ask(tmp_path, address, mode="OIDC", oidc_token_file=missing, **role)
    assert ran.exit == 77
    assert missing in only_sentence(ran)


@pytest.mark.parametrize("mode", ["CredentialsURI", "RamRoleArnWithEcs", "RsaKeyPair", "ak", None])
def test_a_mode_that_the_sdk_does_not_know_is_named(
    mode: str | None, tmp_path: Path, address: str
) -> None:
    ran = ask(tmp_path, address, mode=mode, **KEYS)
    assert ran.exit == 77
    assert f"the mode {mode or ''!r}" in only_sentence(ran)
    assert "it supports AK, StsToken" in only_sentence(ran)


def test_a_profile_with_a_chinese_name_is_read_in_any_locale(tmp_path: Path, address: str) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = ask(tmp_path, address, "默认", mode="AK", env=env, **KEYS)
    assert (ran.exit, ran.err) == (0, b"")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"HTTPS_PROXY": "socks5h://127.0.0.1:9"}, "HTTPS_PROXY is a SOCKS proxy"),
        ({"https_proxy": "http://127.0.0.1:notaport"}, "https_proxy is not a proxy address"),
        ({"HTTPS_PROXY": "ftp://user:secret@proxy:21"}, "HTTPS_PROXY is not a proxy address"),
        (
            {"REQUESTS_CA_BUNDLE": "/nonexistent.pem"},
            "REQUESTS_CA_BUNDLE points to /nonexistent.pem",
        ),
    ],
)
def test_a_variable_by_which_nothing_can_be_sent_is_named(
    variables: dict[str, str], words: str
) -> None:
    with pytest.raises(Unreachable, match=words) as raised:
        check_environment(Endpoint("https", "business.aliyuncs.com"), variables)
    assert "nothing was sent" in raised.value.message
    assert "secret" not in raised.value.message
    assert type(raised.value) is Unreachable  # it is not tried again


@pytest.mark.parametrize(
    ("endpoint", "variables"),
    [
        (Endpoint("https", "business.aliyuncs.com"), {"HTTPS_PROXY": "http://proxy:3128"}),
        (Endpoint("https", "business.aliyuncs.com"), {"HTTPS_PROXY": "proxy:3128"}),
        (Endpoint("https", "business.aliyuncs.com"), {"HTTP_PROXY": "socks5://127.0.0.1:9"}),
        (Endpoint("http", "127.0.0.1:9000"), {"HTTP_PROXY": "socks5://127.0.0.1:9"}),
        (Endpoint("http", "[::1]:9000"), {"http_proxy": "nonsense:x"}),
        (Endpoint("https", "business.aliyuncs.com"), {}),
    ],
)
def test_what_does_not_matter_is_left_alone(endpoint: Endpoint, variables: dict[str, str]) -> None:
    check_environment(endpoint, variables)
