"""A walk knows from the stored data what is done, what is needed, and when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from store.errors import Usage
from store.home import open_home
from store.items.top_up_need import Need, Purpose
from store.session import Session
from store.times import parse_duration
from store.walkthroughs import progress
from store.walkthroughs.opening import open_inside, open_walk, open_walks, resume
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.stepping import (
    go_to_next_step,
    go_to_previous_step,
    save_instance_id,
    save_new_instance_id,
)
from store.walkthroughs.view import Walkthrough, read_walkthrough
from store.walkthroughs.walk import Walk
from tests.stories.driver import prepared_session
from tests.stories.scenarios import account, enterprise, plan, public_previous, sdk_license

TRIAL: dict[str, object] = {
    "instance_id": "iot-new",
    "name": "Trial bench",
    "kind": "iot-public-new",
    "region": "cn-shanghai",
}
EVERYTHING = account(
    "9000.00",
    instances=[enterprise(), TRIAL, public_previous(cycle_cost="1.00")],
    licenses=[
        sdk_license("lic-kids"),
        sdk_license("lic-studio", application="Studio", instance_id="", sdks=["Player SDK"]),
    ],
    resource_plans=[plan()],
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    """Opens a session on a practice account with that scenario, synced."""
    sessions: list[Session] = []

    def open_session(scenario: dict[str, object] = EVERYTHING, **how: Any) -> Session:
        sessions.append(prepared_session(tmp_path, scenario, **how))
        sessions[-1].sync()
        return sessions[-1]

    yield open_session
    for session in sessions:
        session.close()


def statuses(session: Session, walk: Walk) -> dict[str, str]:
    return {step.id: step.status.value for step in read_walkthrough(session, walk).steps}


def shown(session: Session, procedure: str, item_id: str = "") -> Walkthrough:
    return read_walkthrough(session, open_walk(session, procedure, item_id))


def test_looking_stores_nothing_and_the_first_step_does(opened: Any) -> None:
    session = opened()
    walk = open_walk(session, "P-IOT-RENEW", "iot-060a0bcd")
    assert not walk.is_stored
    assert open_walks(session) == []
    go_to_previous_step(session, walk)
    assert [each.id for each in open_walks(session)] == [walk.id]
    again = open_walk(session, "P-IOT-RENEW", "iot-060a0bcd")
    assert (again.id, again.step) == (walk.id, "find-instance")
    assert open_walks(session, "iot-060a0bcd") == [again]
    assert open_walks(session, "lic-kids") == []


@pytest.mark.parametrize(
    ("procedure", "item", "step", "enter"),
    [
        ("P-IOT-RENEW", "iot-060a0bcd", "renew", "pay"),
        ("P-LIC-RENEW", "lic-kids", "renew", "pay"),
        ("P-LIC-RENEW", "lic-studio", "open-licenses", "next"),
        ("P-LIC-REPLACE", "lic-studio", "buy", "pay"),
        ("P-PLAN-BUY", "plan-storage-1", "buy", "pay"),
        ("P-IOT-UPGRADE", "iot-new", "compare", "choose"),
        ("P-TOPUP", "", "top-up", "top up"),
        ("P-TICKET", "lic-kids", "draft", "read"),
    ],
)
def test_a_walk_begins_at_the_first_step_that_is_needed(
    opened: Any, procedure: str, item: str, step: str, enter: str
) -> None:
    through = shown(opened(), procedure, item)
    assert (through.step.id, through.status.enter.value) == (step, enter)
    assert all(each.reason for each in through.steps if each.status.value == "skipped")


@pytest.mark.parametrize("procedure", ["P-IOT-RENEW", "P-LIC-RENEW", "P-PLAN-BUY"])
def test_where_the_program_may_pay_nothing_the_console_pages_are_needed(
    opened: Any, procedure: str
) -> None:
    item = {"P-IOT-RENEW": "iot-060a0bcd", "P-LIC-RENEW": "lic-kids"}.get(
        procedure, "plan-storage-1"
    )
    through = shown(opened(read_only=True), procedure, item)
    assert through.position == 0
    assert {each.enter.value for each in through.steps} <= {"next", "copy", "save", "look"}


def test_a_goal_that_was_reached_elsewhere_ends_the_walk_with_what_and_when(opened: Any) -> None:
    session = opened()
    walk = progress.store_walk(
        session.db, open_walk(session, "P-IOT-RENEW", "iot-060a0bcd"), session.now()
    )
    assert resume(session, walk).ended is None
    session.practice.renew("iot-060a0bcd", 1, "another machine's")
    assert resume(session, walk).ended is None  # nothing is known of it before a sync
    session.sync()
    assert statuses(session, walk) == {
        "open-overview": "skipped",
        "find-instance": "skipped",
        "renew": "done",
        "see": "done",
    }
    assert read_walkthrough(session, walk).status.enter.value == "next"
    ended = open_walk(session, "P-IOT-RENEW", "iot-060a0bcd")
    assert (ended.id, ended.ended) == (walk.id, "done")
    assert "from 24 Nov 2026 00:00 UTC+8 to 24 Dec 2026 00:00 UTC+8" in (ended.reason or "")
    assert "Checked at 22 Nov 2026 09:00 UTC+8" in (ended.reason or "")
    assert open_walk(session, "P-IOT-RENEW", "iot-060a0bcd").id != walk.id


def test_an_upgrade_that_was_made_elsewhere_ends_its_walk(opened: Any) -> None:
    session = opened()
    walk = progress.store_walk(
        session.db, open_walk(session, "P-IOT-UPGRADE", "iot-new"), session.now()
    )
    session.practice.upgrade("iot-new", Decimal("300.00"))
    session.sync()
    assert open_walk(session, "P-IOT-UPGRADE", "iot-new").ended == "done"
    with pytest.raises(Usage, match="P-IOT-UPGRADE is not for"):
        open_walk(session, "P-IOT-UPGRADE", walk.subject.item_id)


def test_instants_have_one_form_on_a_screen_that_shows_the_zone(opened: Any) -> None:
    session = opened(account("20.00", instances=[enterprise(), public_previous()]))
    walks = [open_walk(session, "P-IOT-RENEW", "iot-060a0bcd")]
    walks.append(open_walk(session, "P-IOT-SETTLE", "public-previous:ap-northeast-1"))
    for walk in walks:
        through = read_walkthrough(session, walk)
        for step in load_procedure(walk.procedure).steps:
            moved = progress.move_to_step(session.db, through.walk, step.id, session.now())
            shown = read_walkthrough(session, moved)
            texts = [shown.step.does, *(each.sentence for each in shown.checks)]
            texts += [each.reason for each in shown.steps]
            assert "UTC" not in " ".join(texts)
            assert "2026" not in " ".join(texts)


def test_the_last_step_names_the_end_at_the_beginning(opened: Any) -> None:
    session = opened()
    walk = progress.store_walk(
        session.db, open_walk(session, "P-IOT-RENEW", "iot-060a0bcd"), session.now()
    )
    session.practice.renew("iot-060a0bcd", 1, "a token")
    session.sync()
    walk = progress.move_to_step(session.db, walk, "see", session.now())
    assert "later than 24 Nov 00:00." in read_walkthrough(session, walk).step.does


SPARE = sdk_license(
    "lic-spare", application="", instance_id="vod-sdk-99", expires_at="2027-11-01T00:00:00+08:00"
)


@pytest.mark.parametrize(
    ("spare", "buy", "first"),
    [
        ({}, "skipped", "bind"),
        ({"sdks": ["Player SDK", "Short Video SDK", "Queen SDK"]}, "skipped", "bind"),
        ({"sdks": ["Player SDK"]}, "needed", "buy"),
        ({"application": "Other app"}, "needed", "buy"),
        ({"expires_at": "2026-12-01T00:00:00+08:00"}, "needed", "buy"),
        ({"expires_at": "2026-12-01T00:00:01+08:00"}, "skipped", "bind"),
    ],
)
def test_a_spare_license_is_bound_before_anything_is_bought(
    opened: Any, spare: dict[str, Any], buy: str, first: str
) -> None:
    kids = sdk_license("lic-kids", instance_id="")
    session = opened(account("9000.00", licenses=[kids, {**SPARE, **spare}]))
    through = shown(session, "P-LIC-REPLACE", "lic-kids")
    assert {step.id: step.status.value for step in through.steps}["buy"] == buy
    assert through.step.id == first
    if first == "bind":
        assert "lic-spare" in through.step.does
        assert through.bindable[0].id == "lic-spare"
        assert through.checks == ()  # there is nothing to pay for


def test_the_walk_of_an_unbound_license_begins_at_binding(opened: Any) -> None:
    session = opened(account("9000.00", licenses=[SPARE]))
    through = shown(session, "P-LIC-REPLACE", "lic-spare")
    assert through.step.id == "bind"
    assert "lic-spare" in through.step.does
    session.practice.bind("lic-spare", "Studio")
    session.sync()
    assert statuses(session, through.walk)["bind"] == "done"


def test_a_purchase_shows_what_is_missing_for_it_and_not_for_all_that_is_due(opened: Any) -> None:
    session = opened(account("20.00", instances=[enterprise(), TRIAL]))
    walk = open_walk(session, "P-IOT-UPGRADE", "iot-new")
    walk = progress.save_value(session.db, walk, "price", "320.00", session.now())
    inner = read_walkthrough(session, open_inside(session, walk, "P-TOPUP"))
    assert str(inner.missing) == "300.00"
    assert inner.step.carry == "CNY 300.00"
    due = shown(session, "P-TOPUP")
    assert str(due.missing) == "3580.00"  # of what is due in 30 days


def test_a_top_up_is_for_what_it_was_opened_for(opened: Any) -> None:
    session = opened(account("20.00", instances=[enterprise(), public_previous()]))
    balance = session.overview().balance

    def texts(walk: Walk) -> tuple[str, str]:
        through = read_walkthrough(session, walk)
        assert through.need
        return str(through.missing), through.need.purpose_text

    plan = Need(Purpose.PLAN, balance, Decimal("360.00"))
    walk = open_walk(session, "P-TOPUP", need=plan)
    assert texts(walk) == ("376.50", "for this plan")
    assert not walk.is_stored
    progress.move_to_step(session.db, walk, "top-up", session.now())
    again = open_walk(session, "P-TOPUP", need=Need(Purpose.PAYMENT, balance, Decimal("10.00")))
    assert texts(again) == ("26.50", "for this payment")
    assert again.step == "top-up"
    assert texts(open_walk(session, "P-TOPUP")) == ("3616.50", "for the next 30 days")
    public = open_walk(session, "P-TOPUP", "public-previous:ap-northeast-1")
    assert texts(public) == ("16.50", "for what is owed")
    renewal = open_walk(session, "P-IOT-RENEW", "iot-060a0bcd")
    inner = open_inside(session, renewal, "P-TOPUP", Need(Purpose.PAYMENT, balance, Decimal(300)))
    assert texts(inner) == ("316.50", "for this payment")


def test_a_top_up_inside_a_renewal_is_for_the_term_that_was_chosen(opened: Any) -> None:
    session = opened(account("20.00", instances=[enterprise()]))
    walk = open_walk(session, "P-IOT-RENEW", "iot-060a0bcd")
    walk = progress.save_value(session.db, walk, "months", "1", session.now())
    assert str(read_walkthrough(session, open_inside(session, walk, "P-TOPUP")).missing) == "280.00"


@pytest.mark.parametrize(
    ("item", "typed", "error"),
    [
        ("lic-kids", "foo", "'vod-sdk-77'"),
        ("lic-kids", "VOD-SDK-77", "'vod-sdk-77'"),
        ("lic-studio", "vod-sdk-77", "is the Instance ID of Kids app"),
        ("lic-kids", "a b", "Instance ID"),
    ],
)
def test_a_wrong_instance_id_is_refused_and_changes_nothing(
    opened: Any, item: str, typed: str, error: str
) -> None:
    session = opened()
    walk = open_walk(session, "P-LIC-RENEW", item)
    with pytest.raises(Usage, match=error):
        save_instance_id(session, walk, typed)
    assert open_walks(session) == []


def test_the_instance_id_of_the_console_is_saved(opened: Any) -> None:
    session = opened()
    walk = open_walk(session, "P-LIC-RENEW", "lic-kids")
    assert save_instance_id(session, walk, " vod-sdk-77 ").saved["instance_id"] == "vod-sdk-77"
    studio = open_walk(session, "P-LIC-RENEW", "lic-studio")
    assert statuses(session, studio)["save-id"] == "needed"
    studio = save_instance_id(session, studio, "vod-sdk-55")
    assert statuses(session, studio)["save-id"] == "done"


def test_a_separate_enterprise_instance_ends_the_upgrade_once_the_cloud_lists_it(
    opened: Any,
) -> None:
    session = opened()
    walk = open_walk(session, "P-IOT-UPGRADE", "iot-new")
    walk = progress.save_value(session.db, walk, "option", "separate", session.now())
    walk = go_to_next_step(session, walk)
    assert walk.step == "purchase"
    assert statuses(session, walk)["upgrade"] == "skipped"
    walk = go_to_next_step(session, walk)
    assert walk.step == "new-id"
    for wrong in ("", "iot-new"):
        with pytest.raises(Usage):
            save_new_instance_id(session, walk, wrong)
    walk = save_new_instance_id(session, walk, "iot-unheard-of")
    assert resume(session, walk).ended is None
    walk = save_new_instance_id(session, walk, "iot-060a0bcd")
    assert resume(session, walk).ended == "done"


def test_a_plan_that_takes_effect_later_is_bought_and_waited_for(opened: Any) -> None:
    session = opened()
    walk = progress.store_walk(
        session.db, open_walk(session, "P-PLAN-BUY", "plan-storage-1"), session.now()
    )
    session.practice.buy_plan("plan-storage-1")
    session.sync()
    assert statuses(session, walk) == {
        "look": "skipped",
        "buy": "done",
        "wait": "needed",
        "alert": "needed",
        "see": "needed",
    }
    session.practice.advance(parse_duration("20m"))
    session.sync()
    assert resume(session, walk).ended == "done"


def test_an_account_charged_to_a_card_repairs_its_payment_method(tmp_path: Path) -> None:
    home = open_home(str(tmp_path))
    prepared_session(tmp_path, account("0.00", instances=[public_previous()])).close()
    home.config.write_text(
        '[accounts.practice]\ncloud = "practice"\nsite = "international"\ncharged_to = "card"\n'
    )
    with Session.open(home) as session:
        session.sync()
        settle = shown(session, "P-IOT-SETTLE", "public-previous:ap-northeast-1")
        assert settle.step.id == "owed"
        settle = read_walkthrough(session, go_to_next_step(session, settle.walk))
        assert settle.step.id == "payment-method"
        assert "CNY 36.50 is owed" in settle.step.does
        assert "stops at 23 Nov 09:00, 24 hours later" in settle.step.does
        top_up = shown(session, "P-TOPUP")
        assert top_up.procedure.title == "Add or repair the payment method"
        assert "top-up" not in {step.id for step in top_up.steps}
        walk = progress.store_walk(session.db, top_up.walk, session.now())
        session.practice.top_up(Decimal("36.50"))
        session.sync()
        assert "36.50, is paid" in (resume(session, walk).reason or "")
