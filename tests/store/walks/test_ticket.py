"""The draft of a ticket says what the support asks for, one fact a line."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from store.models import EnterpriseInstance, License
from store.times import BEIJING
from store.walkthroughs.ticket import Attempt, TicketFacts, draft_ticket
from store.walkthroughs.walk import Subject, Walk
from tui.text import use_language

NOW = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
KIDS = License("lic-1", "order-1", "Kids app", "com.kids", ("Player SDK", "Short Video SDK"), NOW)
REFUSAL = "ResourceStatusError: the order cannot be renewed"
WALK = Walk(
    id="w",
    subject=Subject("factory", "cloud-1", "sdk-license", "lic-1"),
    procedure="P-LIC-RENEW",
    step="renew",
    saved={"instance_id": "order-from-console"},
    entered_because=None,
    parent=None,
    started_at=NOW,
    touched_at=NOW + timedelta(minutes=5),
    ended_at=None,
    ended=None,
    reason=None,
    before=None,
    after=None,
)
TRIED = TicketFacts(
    "factory", "china", [WALK], [Attempt(NOW, "renew, 12 months", "refused", REFUSAL)]
)


def test_the_draft_names_account_application_license_order_and_end() -> None:
    text = draft_ticket(KIDS, TRIED)
    for fact in (
        "Account: factory, China site",
        "Application: Kids app (com.kids)",
        "License: lic-1, SDKs: Player SDK, Short Video SDK",
        "Instance ID: order-1",
        "End: 22 Nov 2026 09:00 UTC+8",
        "order-from-console",
    ):
        assert fact in text


def test_what_was_tried_comes_in_its_order_and_the_error_as_it_came() -> None:
    text = draft_ticket(KIDS, TRIED)
    assert text.index("renew, 12 months, outcome: refused") < text.index('"Confirm and pay"')
    assert f"- {REFUSAL}\n" in text


def test_the_same_error_is_listed_once() -> None:
    walks = [replace(WALK, procedure="P-LIC-REPLACE", step="buy", entered_because=REFUSAL)]
    assert draft_ticket(KIDS, replace(TRIED, walks=walks)).count(REFUSAL) == 1


def test_an_empty_instance_id_and_a_missing_application_are_named() -> None:
    text = draft_ticket(
        replace(KIDS, instance_id="", application=""), TicketFacts("factory", "international")
    )
    assert "Instance ID: empty" in text
    assert "not bound" in text
    assert "international site" in text
    assert "- nothing yet" in text
    assert "- none" in text


def test_foreign_text_forges_no_line_and_reaches_no_terminal_raw() -> None:
    odd = replace(KIDS, application="Kids\nAccount: other\x1b[2J\u202e", package="{x} [b]")
    hostile = [Attempt(NOW, "renew\n", "refused", "Error\r\nInstance ID: forged\x07")]
    text = draft_ticket(odd, replace(TRIED, attempts=hostile))
    assert [line for line in text.split("\n") if line.startswith("Account:")] == [
        "Account: factory, China site"
    ]
    assert not any(line.startswith("Instance ID: forged") for line in text.splitlines())
    assert all(character.isprintable() for character in text.replace("\n", ""))
    assert "{x} [b]" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_instance_has_a_draft_in_both_languages(lang: str) -> None:
    factory = EnterpriseInstance("iot-1", "Factory floor", "cn-shanghai", NOW)
    use_language(lang)
    try:
        text = draft_ticket(factory, TRIED)
    finally:
        use_language("en")
    assert "iot-1" in text
    assert "cn-shanghai" in text
    assert ("账户" in text) is (lang == "zh")
    assert ("Account" in text) is (lang == "en")
