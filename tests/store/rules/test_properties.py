"""What holds for every item, whatever its dates."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from store.items.renewal_dues import renewal_dues
from store.models import Item
from store.rules import AccountFacts, standing
from store.rules.clauses import CLAUSES
from store.rules.severity import severity
from store.rules.standing import State
from tests.store import items
from tests.store.forecasts import forecast_of, payable
from tests.store.items import DAY, NOW

seconds = st.integers(-400 * 86_400, 400 * 86_400).map(lambda n: timedelta(seconds=n))
later = st.integers(1, 400 * 86_400).map(lambda n: timedelta(seconds=n))
amounts = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)

LIFE = {State.RUNNING: 0, State.STOPPED: 1, State.RELEASED: 2}


@given(end=seconds, step=later)
def test_a_later_now_never_brings_an_instance_back_to_life(end, step) -> None:
    item, facts = items.enterprise(NOW + end), AccountFacts(items.balance())
    first, second = standing(item, facts, NOW), standing(item, facts, NOW + step)
    assert LIFE[first.state] <= LIFE[second.state]


@given(end=seconds, step=later)
def test_a_later_now_never_brings_a_license_back(end, step) -> None:
    item, facts = items.a_license(NOW + end), AccountFacts(items.balance())
    if standing(item, facts, NOW).state is State.EXPIRED:
        assert standing(item, facts, NOW + step).state is State.EXPIRED


@given(end=seconds, effective=seconds, left=st.integers(0, 1000), rate=st.integers(0, 50))
def test_what_comes_next_lies_ahead_and_every_clause_is_known(end, effective, left, rate) -> None:
    plan = items.plan(
        NOW + end,
        effective_at=NOW + effective,
        remaining=Fraction(left),
        used_per_day=Fraction(rate),
    )
    everything: list[Item] = [
        plan,
        items.enterprise(NOW + end),
        items.a_license(NOW + end),
        items.previous_public(overdue_since=NOW + end),
        items.other(NOW + end),
        items.new_public(),
    ]
    facts = AccountFacts.of(items.balance(), everything)
    for item in everything:
        result = standing(item, facts, NOW)
        assert result.next is None or result.next.at > NOW
        assert set(result.clauses) <= set(CLAUSES)


fleets = st.lists(
    st.tuples(seconds, st.none() | amounts, st.sampled_from([None, 1, 12])), max_size=6
)


@given(fleet=fleets, money=amounts, more=amounts, owed=amounts)
def test_more_money_never_makes_it_worse(fleet, money, more, owed) -> None:
    known = [
        items.enterprise(
            NOW + end, id=f"iot-{number}", monthly_price=price, auto_renewal_months=months
        )
        for number, (end, price, months) in enumerate(fleet)
    ]

    def look(available: Decimal):
        balance = items.balance(str(available), str(owed))
        facts = AccountFacts(balance)
        stood = [(item, standing(item, facts, NOW)) for item in known]
        coming = renewal_dues(stood)
        can_pay = payable(coming, balance, NOW)
        ranks = [
            severity(result, NOW, 30 * DAY, renews_itself=can_pay.get(item.id) is True).rank
            for item, result in stood
        ]
        return forecast_of(coming, balance, NOW, 30 * DAY).shortfall, ranks

    poor, rich = look(money), look(money + more)
    assert rich[0] <= poor[0]
    assert all(better >= worse for better, worse in zip(rich[1], poor[1], strict=True))


@given(fleet=fleets, money=amounts, owed=amounts)
def test_the_forecast_adds_up(fleet, money, owed) -> None:
    known = [
        items.enterprise(NOW + end, id=f"iot-{n}", monthly_price=price, auto_renewal_months=months)
        for n, (end, price, months) in enumerate(fleet)
    ]
    balance = items.balance(str(money), str(owed))
    facts = AccountFacts(balance)
    coming = renewal_dues([(item, standing(item, facts, NOW)) for item in known])
    forecast = forecast_of(coming, balance, NOW, 30 * DAY)
    assert forecast.shortfall == max(Decimal(0), forecast.due + owed - money)
    assert forecast.unpriced == sum(
        due.cents is None for due in coming if due.ends_at <= NOW + 30 * DAY
    )
    if forecast.short_from is not None:
        assert forecast.shortfall > 0
        assert NOW <= forecast.short_from <= NOW + 30 * DAY
