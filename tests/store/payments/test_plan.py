"""The plan that keeps everything: its horizon, its order, its totals, and how it is paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.config import ChargedTo
from store.errors import Exit, Stopped
from store.home import open_home
from store.items.due import Urgency, due_items, urgency
from store.items.overview import OverviewOptions, read_overview
from store.models import RENEWAL_MONTHS, Balance, Item, Kind
from store.money import Money
from store.payments.batch import pay_in_order
from store.payments.plan import Entry, EntryResult, Plan, Price
from store.payments.planning import fetch_prices, make_plan, prepare
from store.payments.policy import PaymentPolicy
from store.payments.results import RenewalOutcome, Result
from store.rules.standing import State
from store.session import Session
from tests.store.items import DAY, NOW, SECOND, a_license, enterprise, other, plan
from tests.store.payments.accounts import to_the_end
from tests.store.test_pages import BALANCES, MANY, MISSING, Stored, kept, named
from tests.stories import scenarios
from tests.stories.driver import prepared_session

MONEY = Balance("CNY", Decimal(100), Decimal(0), Decimal(0), None)
LOST = 15 * DAY


def due_and_planned(
    stored: Stored, within: timedelta = 30 * DAY, balance: Balance = MONEY
) -> tuple[list[str], Plan]:
    """The ids of what is due in its order, and the plan."""
    with kept(stored, balance) as db:
        shown = read_overview(db, "a", "practice", "china", OverviewOptions(NOW, within))
        due = [each.item.id for _, each in due_items(shown.items).listing] if shown.items else []
        return due, make_plan(shown)


def planned(*items: Item, within: timedelta = 30 * DAY, balance: Balance = MONEY) -> Plan:
    return due_and_planned([(item, False) for item in items], within, balance)[1]


def keys(entries: Sequence[Entry]) -> list[str]:
    return [each.key for each in entries]


@pytest.mark.parametrize("days", [7, 30, 60, 90])
@pytest.mark.parametrize(
    "item", [enterprise, a_license, other, lambda ends_at: plan(ends_at, used_per_day=None)]
)
def test_the_horizon_includes_its_last_second(item: Callable[[datetime], Item], days: int) -> None:
    last = NOW + days * DAY
    assert len(planned(item(last), within=days * DAY).entries) == 1
    assert planned(item(last + SECOND), within=days * DAY).entries == ()


def test_a_stopped_instance_is_kept_until_its_release() -> None:
    assert keys(planned(enterprise(NOW - LOST + SECOND)).renewals) == ["iot-1"]
    assert planned(enterprise(NOW - LOST)).entries == ()


def test_what_renews_itself_is_planned_for_its_period() -> None:
    rich = Balance("CNY", Decimal(9999), Decimal(0), Decimal(0), None)
    for item in (enterprise, a_license):
        last = NOW + 30 * DAY
        [entry] = planned(item(last, auto_renewal_months=3), balance=rich).entries
        assert (entry.months, entry.is_staged) == (3, True)
        later = item(last + SECOND, auto_renewal_months=3)
        assert planned(later, balance=rich).entries == ()


def test_a_product_that_no_rule_covers_is_listed_and_not_staged() -> None:
    made = planned(other(NOW + DAY), enterprise(NOW + DAY))
    assert keys(made.renewals) == ["iot-1", "ecs-1"]
    assert keys(made.staged) == ["iot-1"]


def test_an_order_is_one_entry_that_covers_all_its_licenses() -> None:
    order = [a_license(NOW + DAY, id=f"lic-{n}", application=f"App {n}") for n in range(3)]
    [entry] = planned(*order).entries
    assert entry.key == "vod-sdk-1"
    assert sorted(item.id for item in entry.covers) == ["lic-0", "lic-1", "lic-2"]


def test_what_cannot_be_renewed_is_set_apart_with_its_procedure() -> None:
    stored: Stored = [
        (a_license(NOW + DAY, instance_id=""), False),
        (plan(NOW + DAY), False),
        (enterprise(NOW + DAY, id="iot-gone"), True),
    ]
    _due, made = due_and_planned(stored)
    assert made.renewals == ()
    assert {each.key: each.procedure for each in made.apart} == {
        "lic-1": "P-LIC-REPLACE", "plan-1": "P-PLAN-BUY", "iot-gone": "P-IOT-RENEW",
    }  # fmt: skip


def test_what_is_hidden_is_not_planned() -> None:
    with kept([(enterprise(NOW + DAY), False)], MONEY) as db:
        shown = read_overview(db, "a", "practice", "china", OverviewOptions(NOW))
        assert len(make_plan(shown).entries) == 1
        assert make_plan(shown, hidden=[(Kind.ENTERPRISE, "iot-1")]).entries == ()


@given(MANY, MISSING, BALANCES, st.sampled_from((7, 30, 90)))
@settings(max_examples=80, deadline=None)
def test_the_order_is_that_of_what_is_due(
    items: list[Item], missing: list[bool], balance: Balance, days: int
) -> None:
    due, made = due_and_planned(named(items, missing), days * DAY, balance)
    ids = [each.assessment.item.id for each in made.entries]
    assert [each for each in ids if each in due] == [each for each in due if each in ids]
    assert len(set(keys(made.entries))) == len(made.entries)
    for each in made.entries:
        standing = each.assessment.standing
        assert urgency(each.assessment) is not Urgency.GONE
        assert not each.is_apart or each.procedure or each.assessment.item.kind is Kind.OTHER
        if each.is_renewable and standing.state in {State.RUNNING, State.ACTIVE}:
            assert standing.next is not None
            assert standing.next.at <= NOW + days * DAY


AMOUNTS = st.decimals(0, 10**9, places=2)
PRICES = st.one_of(st.none(), st.builds(Price, st.one_of(st.none(), AMOUNTS)))


@given(
    st.lists(st.tuples(PRICES, st.booleans()), max_size=6), AMOUNTS, AMOUNTS,
    st.sampled_from(ChargedTo),
)  # fmt: skip
@settings(deadline=None)
def test_totals(
    entries: list[tuple[Price | None, bool]],
    available: Decimal,
    owed: Decimal,
    charged_to: ChargedTo,
) -> None:
    items = [enterprise(NOW + DAY, id=f"iot-{n}") for n in range(len(entries))]
    made = replace(planned(*items), charged_to=charged_to)
    made = replace(made, balance=Balance("CNY", available, Decimal(0), owed, None))
    for n, (price, is_staged) in enumerate(entries):
        if not is_staged:
            made = made.toggled(f"iot-{n}")
        if price is not None:
            made = made.with_price(f"iot-{n}", 12, price)
    if not entries:
        assert made.totals is None or made.totals.count == 0
        return
    totals = made.totals
    assert totals is not None
    amounts = [price.amount for price, staged in entries if staged and price is not None]
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    assert totals.total == Money(total, "CNY")
    assert totals.awaited == sum(staged and price is None for price, staged in entries)
    assert totals.count == len(made.staged)
    if charged_to is ChargedTo.CARD:
        assert totals.missing.amount == totals.owed.amount == 0
        return
    assert totals.owed.amount == owed
    covered = available + totals.missing.amount >= total + owed
    assert covered
    assert not totals.missing.amount or available + totals.missing.amount == total + owed


def test_a_term_moves_among_those_that_the_cloud_renews_for() -> None:
    made, months = planned(enterprise(NOW + DAY)), []
    for step in [1] * 3 + [-1] * 20:
        made = made.with_next_term("iot-1", step)
        months.append(made.entries[0].months)
    assert months[:3] == [24, 36, 36]
    assert months[2:13] == list(RENEWAL_MONTHS[::-1][:11])
    assert months[-1] == 1


def test_an_entry_without_a_price_is_set_apart_and_one_that_waits_is_not() -> None:
    made = planned(enterprise(NOW + DAY), a_license(NOW + 2 * DAY))
    assert made.awaited == (("iot-1", 12), ("vod-sdk-1", 12))
    assert keys(made.renewals) == ["iot-1", "vod-sdk-1"]
    made = made.with_price("iot-1", 12, Price(None, reason="not quoted"))
    assert keys(made.apart) == ["iot-1"]
    assert made.awaited == (("vod-sdk-1", 12),)
    assert keys(made.with_next_term("iot-1", 1).renewals) == ["iot-1", "vod-sdk-1"]


def test_a_newer_plan_keeps_choices_and_what_was_paid() -> None:
    first, second = enterprise(NOW + DAY, id="iot-1"), enterprise(NOW + 2 * DAY, id="iot-2")
    price = Price(Decimal(3600))
    old = planned(first, second).with_price("iot-2", 12, price).toggled("iot-2")
    old = old.with_result(EntryResult(Result("iot-1", Exit.DONE, RenewalOutcome.PAID, "")))
    newer = planned(second).with_choices_of(old)
    assert keys(newer.entries) == ["iot-1", "iot-2"]
    assert newer.staged == ()
    assert newer.entries[1].price == price
    moved = replace(second, ends_at=NOW + 3 * DAY)
    assert planned(moved).with_choices_of(old).entries[1].price is None
    still_within = planned(replace(first, ends_at=NOW + 20 * DAY), second).with_choices_of(old)
    assert [each.is_paid for each in still_within.entries] == [False, True]
    assert still_within.staged == ()


THREE = scenarios.account(
    "20000.00",
    instances=[
        scenarios.enterprise("iot-late", expires_at="2026-12-05T00:00:00+08:00"),
        scenarios.enterprise("iot-soon", expires_at="2026-11-24T00:00:00+08:00"),
        scenarios.enterprise("iot-stopped", expires_at="2026-11-08T00:00:00+08:00"),
    ],
    licenses=[scenarios.sdk_license()],
    resource_plans=[scenarios.plan()],
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with prepared_session(tmp_path, THREE) as opened:
        opened.sync()
        yield opened


def priced(session: Session, made: Plan) -> Plan:
    for key, months, price in fetch_prices(lambda: session.cloud, made):
        made = made.with_price(key, months, price)
    return made


def charged(session: Session) -> list[str]:
    charges = session.practice.show()["charges"]
    return [each["instance_id"] for each in charges]  # type: ignore[attr-defined]


def test_it_is_paid_in_order_until_the_person_stops(session: Session) -> None:
    made = priced(session, make_plan(session.overview()))
    assert keys(made.renewals) == ["iot-stopped", "iot-soon", "vod-sdk-77", "iot-late"]
    assert keys(made.apart) == ["plan-storage-1"]
    ready = prepare(session.payer, made, to_the_end)
    assert ready is not None
    results = list(pay_in_order(session.payer, ready.offers, lambda done, _: done < 3))
    assert [each.outcome for each in results] == [RenewalOutcome.PAID] * 3
    assert charged(session) == ["iot-stopped", "iot-soon", "vod-sdk-77"]
    for each in results:
        made = made.with_result(EntryResult(each))
    after = make_plan(session.overview()).with_choices_of(made)
    assert keys(after.staged) == ["iot-late"]
    assert [each.key for each in after.entries if each.is_paid] == [
        "iot-stopped", "iot-soon", "vod-sdk-77",
    ]  # fmt: skip


def test_a_longer_term_waits_for_its_price_and_then_counts(session: Session) -> None:
    made = priced(session, make_plan(session.overview())).with_next_term("iot-late", 1)
    assert made.totals is not None
    assert (made.totals.awaited, made.totals.total.amount) == (1, Decimal("9360.00"))
    made = priced(session, made)
    assert made.totals is not None
    assert (made.totals.awaited, made.totals.total.amount) == (0, Decimal("16560.00"))
    assert made.totals.missing.amount == 0


def test_what_stops_one_entry_does_not_stop_the_others(session: Session) -> None:
    made = priced(session, make_plan(session.overview()))
    session.practice.renew("iot-soon", 1, "elsewhere")
    ready = prepare(session.payer, made, to_the_end)
    assert ready is not None
    assert [each.instance_id for each in ready.offers] == ["iot-stopped", "vod-sdk-77", "iot-late"]
    [blocked] = ready.blocked
    assert "already renewed since" in blocked.result.message
    made = made.with_result(blocked)
    assert keys(made.staged) == ["iot-stopped", "vod-sdk-77", "iot-late"]


def test_a_balance_that_does_not_cover_all_stops_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    poor = {**THREE, "account": {**THREE["account"], "available": "5000.00"}}  # type: ignore[dict-item]
    with prepared_session(tmp_path, poor) as session:
        session.sync()
        made = priced(session, make_plan(session.overview()))
        with pytest.raises(Stopped, match=r"7,960\.00 short") as stopped:
            prepare(session.payer, made, to_the_end)
        assert stopped.value.procedure == "P-TOPUP"
        totals = made.totals
        assert totals is not None
        session.practice.top_up(totals.missing.amount)
        ready = prepare(session.payer, made, to_the_end)
        assert ready is not None
        assert len(list(pay_in_order(session.payer, ready.offers, to_the_end))) == 4
        assert session.cloud.balance().available == 0


def test_a_quote_that_fails_or_is_in_another_currency_is_no_price(session: Session) -> None:
    made = make_plan(session.overview())
    session.practice.fail("quote", how="timeout")
    failed = priced(session, made)
    assert keys(failed.apart) == ["iot-stopped", "plan-storage-1"]
    assert failed.apart[0].price is not None
    assert failed.apart[0].price.reason
    assert made.balance is not None
    in_dollars = replace(made, balance=replace(made.balance, currency="USD"))
    assert priced(session, in_dollars).renewals == ()


def test_nothing_is_prepared_where_payments_are_off(session: Session) -> None:
    made = priced(session, make_plan(session.overview()))
    payer = replace(session.payer, policy=PaymentPolicy(payments=False))
    with pytest.raises(Stopped, match="payments are off"):
        prepare(payer, made, to_the_end)


def test_without_data_there_is_no_plan(tmp_path: Path) -> None:
    with Session.open(open_home(str(tmp_path))) as session:
        made = make_plan(session.overview(max_age=None))
        assert made.entries == ()
        assert made.totals is None
