"""`config.toml`: what fits, and that what does not fit names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Account, ChargedTo, read_config
from store.errors import BadFile, FileTrouble, Usage

FACTORY = """
default = "factory"
[accounts.factory]
cloud = "alibaba"
site = "international"
profile = "ops"
"""


def config(tmp_path: Path, text: str):
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read_config(path)


def test_without_a_file_there_is_the_practice_account(tmp_path: Path) -> None:
    config = read_config(tmp_path / "config.toml")
    assert config.account(None) == Account("practice", payments=True)


def test_a_real_account_is_looked_at_and_never_paid_from(tmp_path: Path) -> None:
    account = config(tmp_path, FACTORY).account(None)
    assert (account.name, account.site, account.profile) == ("factory", "international", "ops")
    assert not account.payments
    assert not account.allow_unquoted


@pytest.mark.parametrize(
    ("lines", "charged_to"),
    [
        ('site = "china"', ChargedTo.BALANCE),
        ('site = "international"', ChargedTo.CARD),
        ('site = "international"\ncharged_to = "balance"', ChargedTo.BALANCE),
        ('charged_to = "card"', ChargedTo.CARD),
        ("", ChargedTo.BALANCE),
    ],
)
def test_what_pays_follows_from_the_site_unless_configured(
    tmp_path: Path, lines: str, charged_to: ChargedTo
) -> None:
    text = f'default = "a"\n[accounts.a]\ncloud = "alibaba"\n{lines}\n'
    assert config(tmp_path, text).account(None).charged_to is charged_to
    practice = config(tmp_path, text.replace("alibaba", "practice")).account(None)
    assert practice.charged_to is (ChargedTo.CARD if "card" in lines else ChargedTo.BALANCE)


def test_the_practice_account_is_always_there(tmp_path: Path) -> None:
    assert config(tmp_path, FACTORY).account("practice").payments
    with pytest.raises(Usage, match="nobody"):
        config(tmp_path, FACTORY).account("nobody")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[accounts.a]\ncloud = "alibaba"\ncharged_to = "cash"', "accounts.a.charged_to"),
        ("x = 1", "x"),
        ('default = "nobody"', "default"),
        ("accounts = 1", "accounts"),
        ("[accounts]\na = 1", "accounts.a"),
        ('[accounts.a]\nsite = "china"', "accounts.a.cloud"),
        ('[accounts.a]\ncloud = "aws"', "accounts.a.cloud"),
        ('[accounts.a]\ncloud = "alibaba"\npayment = true', "accounts.a.payment"),
        ('[accounts.a]\ncloud = "alibaba"\npayments = "yes"', "accounts.a.payments"),
        ('[accounts.a]\ncloud = "alibaba"\nprofile = 3', "accounts.a.profile"),
        ('[accounts.a]\ncloud = "alibaba"\naccess_key_secret = "x"', "access_key_secret"),
        ("[accounts.a", "config.toml"),
    ],
)
def test_what_does_not_fit_names_its_place(tmp_path: Path, text: str, path: str) -> None:
    with pytest.raises(BadFile) as error:
        config(tmp_path, text)
    assert path in error.value.path


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        read_config(tmp_path)


def test_the_display_is_one_of_two(tmp_path: Path) -> None:
    assert config(tmp_path, "").display == "thin"
    assert config(tmp_path, 'display = "plain"').display == "plain"
    with pytest.raises(BadFile, match="display"):
        config(tmp_path, 'display = "fast"')


def test_the_ladder_of_alarms_can_be_set(tmp_path: Path) -> None:
    assert config(tmp_path, "").alarms == (60, 30, 14, 7, 3, 1)
    assert config(tmp_path, "alarms = [30, 7]").alarms == (30, 7)
    for wrong in ("7", '["7"]', "[true]", "[-1]", "[3651]", "[1.5]"):
        with pytest.raises(BadFile, match="alarms"):
            config(tmp_path, f"alarms = {wrong}")
