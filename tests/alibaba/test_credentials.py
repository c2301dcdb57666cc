"""Where the credentials come from, how they fail, and that they are seen nowhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alibabacloud_credentials.exceptions import CredentialException
from alibabacloud_credentials.provider import CLIProfileCredentialsProvider

from store.clouds.alibaba import AlibabaCloud, Profile, profiles
from store.config import Account
from store.database.open import open_database
from store.errors import CloudError, Denied, Exit, Unreachable
from store.items.sync import sync
from store.payments.offer import Payer, RenewalRequest, make_offer
from store.payments.pay import pay
from store.payments.policy import PaymentPolicy
from store.schema import STORE
from tests.alibaba import server as how
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import KEY_ID, SECRET, TOKEN, Desk
from tests.alibaba.server import Server, refusing
from tests.store.items import stored_items

Keys = Callable[..., None]


def test_an_sts_profile_sends_its_token(cloud: AlibabaCloud, server: Server, keys: Keys) -> None:
    keys(mode="StsToken", sts_token=TOKEN)
    assert cloud.balance().currency == "CNY"
    assert server.requests[0].headers["x-acs-security-token"] == TOKEN


@pytest.mark.parametrize(
    "profile",
    [
        {"access_key_id": None},
        {"access_key_secret": ""},
        {"mode": "StsToken"},
        {"mode": "RamRoleArn"},
        {"mode": "EcsRamRole"},
        {"mode": "Nonsense"},
        {"mode": None},
    ],
)
def test_a_profile_that_lacks_something_is_denied_by_name(
    cloud: AlibabaCloud, server: Server, keys: Keys, profile: dict[str, Any]
) -> None:
    keys(**profile)
    with pytest.raises(Denied, match="'default'") as raised:
        cloud.balance()
    assert raised.value.exit is Exit.DENIED
    assert "aliyun configure" in raised.value.message
    assert server.requests == []


def test_a_profile_that_is_not_there_is_denied_with_those_that_are(
    opened: Callable[..., AlibabaCloud], account: Account, keys: Keys
) -> None:
    keys("other")
    with pytest.raises(Denied, match="no profile 'default'; it has: other"):
        opened().balance()


@pytest.mark.parametrize("content", ["{", "[]", "null", '{"profiles": 7}', '{"profiles": [7]}'])
def test_a_file_of_another_shape_is_denied(
    cloud: AlibabaCloud, tmp_path: Path, content: str
) -> None:
    (tmp_path / ".aliyun" / "config.json").write_text(content)
    with pytest.raises(Denied):
        cloud.balance()


def test_without_a_file_it_says_how_to_write_one(cloud: AlibabaCloud, tmp_path: Path) -> None:
    (tmp_path / ".aliyun" / "config.json").unlink()
    with pytest.raises(Denied, match="aliyun configure --profile default"):
        cloud.balance()


def test_the_next_call_finds_credentials_that_were_mended(cloud: AlibabaCloud, keys: Keys) -> None:
    keys(access_key_id=None)
    with pytest.raises(Denied):
        cloud.balance()
    keys()
    assert cloud.balance().currency == "CNY"


def test_keys_that_the_cloud_does_not_know(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.keys = {"LTAIanother": SECRET}
    with pytest.raises(Denied, match="does not know this AccessKey"):
        cloud.balance()


def test_a_wrong_secret(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.keys = {KEY_ID: "another secret"}
    with pytest.raises(Denied, match="secret does not match"):
        cloud.balance()


def test_a_role_that_sts_cannot_be_asked_for(
    cloud: AlibabaCloud, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    keys(mode="RamRoleArn", ram_role_arn="acs:ram::1:role/x", ram_session_name="x")
    with pytest.raises(CloudError) as raised:
        cloud.balance()
    assert isinstance(raised.value, Denied | Unreachable)
    assert SECRET not in raised.value.message
    assert KEY_ID not in raised.value.message


def test_profiles_are_listed_without_their_keys(keys: Keys, tmp_path: Path) -> None:
    keys("factory", site="international")
    listed = profiles(tmp_path)
    assert listed == [Profile("factory", "AK", "international", is_current=True)]
    assert KEY_ID not in repr(listed)
    assert profiles(tmp_path / "nowhere") == []


def test_the_source_distinguishes_two_keys_and_shows_no_more(cloud: AlibabaCloud) -> None:
    source = cloud.source()
    assert source.key == f"…{KEY_ID[-4:]}"
    assert KEY_ID not in repr(source)


def test_the_identity_outlives_a_change_of_keys(
    opened: Callable[..., AlibabaCloud], account: Account, keys: Keys, desk: Desk
) -> None:
    before = opened().identity
    keys(access_key_id="LTAI5tAnotherKey", access_key_secret="another")
    assert opened().identity == before
    another = Account("factory", "alibaba", site="international", profile="default")
    assert opened(account=another).identity != before
    assert KEY_ID not in before


def test_keys_that_cannot_be_fetched_again_are_hidden_all_the_same(
    cloud: AlibabaCloud, server: Server, keys: Keys, tmp_path: Path
) -> None:
    keys(mode="StsToken", sts_token=TOKEN)
    cloud.balance()
    sdk = cloud._client._sdk
    assert sdk is not None

    def repeat(handler: how.Handler) -> None:
        sdk.provider._provider = CLIProfileCredentialsProvider(
            profile_name="gone", profile_file=str(tmp_path / "gone.json")
        )
        refusing("InvalidParameter", 400, f"{KEY_ID} {SECRET} {TOKEN}")(handler)

    server.fail("QueryAccountBalance", repeat)
    with pytest.raises(Unreachable, match="… … …") as raised:
        cloud.balance()
    for secret in (KEY_ID, SECRET, TOKEN):
        assert secret not in raised.value.message
    with pytest.raises(CredentialException):
        sdk.provider.get_credentials()


def test_no_secret_is_in_any_file_log_or_error(
    cloud: AlibabaCloud,
    server: Server,
    keys: Keys,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    request.getfixturevalue("monkeypatch").setenv("DEBUG", "sdk")
    caplog: pytest.LogCaptureFixture = request.getfixturevalue("caplog")
    capfd: pytest.CaptureFixture[str] = request.getfixturevalue("capfd")
    keys(mode="StsToken", sts_token=TOKEN)
    caplog.set_level(logging.DEBUG)
    home = tmp_path / "home"
    home.mkdir()
    db = open_database(home / "store.db", STORE)
    payer = Payer(db, "factory", cloud, PaymentPolicy())
    sync(db, "factory", cloud)
    listed = stored_items(db, "factory")
    echo = refusing("ResourceStatusError", 400, f"{KEY_ID} {ENTERPRISE}")
    server.fail("RenewInstance", echo)
    written = [repr(cloud), repr(pay(payer, make_offer(payer, listed, RenewalRequest(12))))]
    for fault in (how.reset, how.HTML, refusing("SignatureDoesNotMatch", 400, KEY_ID)):
        server.fail("QueryAccountBalance", fault, 9)
        with pytest.raises(CloudError) as raised:
            cloud.balance()
        written += [repr(raised.value), str(raised.value), json.dumps(vars(raised.value))]
        server.faults.clear()
    db.close()
    written += [record.getMessage() for record in caplog.records]
    written += capfd.readouterr()
    stored = b"".join(path.read_bytes() for path in home.iterdir())
    for secret in (KEY_ID, SECRET, TOKEN):
        assert secret not in "\n".join(written)
        assert secret.encode() not in stored
