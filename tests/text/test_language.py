"""Which language is spoken: the option, then the variable, then the locale."""

from __future__ import annotations

import pytest

from store import i18n
from tests.contract.program import Program
from tui import text


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8", "LC_ALL": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides_unless_configured(environment: dict[str, str], language: str) -> None:
    assert text.locale_language(environment) == language


def test_the_option_goes_before_the_variable_and_that_before_the_locale() -> None:
    chinese = {"RENEWAL_LANG": "zh", "LANG": "C.UTF-8"}
    assert text.requested_language(["status"], chinese) == "zh"
    assert text.requested_language(["--lang", "en", "status"], chinese) == "en"
    assert text.requested_language(["--lang=zh"], {}) == "zh"
    assert text.requested_language(["--lang"], {}) == "en"


def test_the_stores_sentences_are_switched_too(program: Program) -> None:
    ran = program("--lang", "zh", "renew", "iot-nothing", "--months", "1", "--yes")
    assert ran.exit == 64
    assert "该账户没有实例 ID" in ran.err
    assert i18n._("nothing") == "无"
    assert "no Instance ID" in program("renew", "iot-nothing", "--months", "1", "--yes").err


def test_a_guide_is_read_in_the_language(program: Program) -> None:
    assert "续费" in program("--lang", "zh", "guide").out
    assert "Renew" in program("guide").out
