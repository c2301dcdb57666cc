"""What a renewal would cost, term by term, and what of several cannot be renewed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from store.config import ChargedTo
from store.errors import Stopped, Unreachable
from store.models import Balance, Item
from store.orders import OrderState, Quote
from store.payments.offer import Payer
from store.payments.policy import PaymentPolicy, missing_amount
from store.payments.terms import Group, TermPrice, find_renewable, quote_term
from tests.store.payments.accounts import ENDS, ScriptedCloud, an_instance, to_the_end
from tests.store.practice.accounts import at

TWO: tuple[Item, ...] = (an_instance(), replace(an_instance(), id="iot-2"))
GROUPS: list[Group] = [(item,) for item in TWO]


def balance(available: str, owed: str = "0.00") -> Balance:
    return Balance("CNY", Decimal(available), Decimal(0), Decimal(owed), None)


def price_of(payer: Payer, months: int = 12) -> TermPrice:
    renewable = find_renewable(payer, GROUPS, to_the_end)
    assert renewable is not None
    return quote_term(payer.cloud, payer.policy, renewable, months)


@pytest.mark.parametrize(
    ("available", "owed", "missing"),
    [
        ("300.00", "0.00", None),
        ("299.99", "0.00", "0.01"),
        ("0.00", "36.50", "336.50"),
        ("336.50", "36.50", "0"),
        ("336.49", "36.50", "0.01"),
    ],
)
def test_what_is_missing_is_the_price_and_what_is_owed_less_what_is_available(
    available: str, owed: str, missing: str | None
) -> None:
    lacking = missing_amount(PaymentPolicy(), Decimal("300.00"), balance(available, owed))
    assert lacking == (None if missing is None else Decimal(missing))
    card = PaymentPolicy(charged_to=ChargedTo.CARD)
    assert missing_amount(card, Decimal("300.00"), balance(available, owed)) is None


def test_the_price_of_several_is_their_sum(scripted: Payer, script: ScriptedCloud) -> None:
    script.items = list(TWO)
    price = price_of(scripted)
    assert price.total == Decimal("7200.00")
    assert price.groups == tuple(GROUPS)
    assert script.sent == []


def test_one_that_cannot_be_renewed_is_omitted_and_a_single_one_stops(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.items = [TWO[0], replace(TWO[1], ends_at=at("2027-11-24"))]
    renewable = find_renewable(scripted, GROUPS, to_the_end)
    assert renewable is not None
    assert renewable.groups == ((TWO[0],),)
    [omitted] = renewable.omitted
    assert omitted.items == (TWO[1],)
    assert "iot-2 was already renewed since" in omitted.reason
    with pytest.raises(Stopped, match="iot-2 was already renewed since"):
        find_renewable(scripted, GROUPS[1:], to_the_end)
    script.order("9", OrderState.UNPAID)
    with pytest.raises(Stopped, match="order 9 for iot-1 is unpaid"):
        find_renewable(scripted, GROUPS[:1], to_the_end)
    with pytest.raises(Stopped, match=r"iot-1 is unpaid(.|\n)*iot-2 was already renewed"):
        find_renewable(scripted, GROUPS, to_the_end)


def test_looking_up_is_stopped_before_the_next_one(scripted: Payer, script: ScriptedCloud) -> None:
    script.items, calls = list(TWO), list[tuple[int, int]]()

    def until_the_second(done: int, total: int) -> bool:
        calls.append((done, total))
        return done < 1

    assert find_renewable(scripted, GROUPS, until_the_second) is None
    assert calls == [(0, 2), (1, 2)]


@pytest.mark.parametrize("policy", [PaymentPolicy(read_only=True), PaymentPolicy(payments=False)])
def test_an_account_that_may_not_pay_is_not_quoted(scripted: Payer, policy: PaymentPolicy) -> None:
    with pytest.raises(Stopped):
        find_renewable(replace(scripted, policy=policy), GROUPS[:1], to_the_end)


def test_what_has_no_price_is_omitted_unless_it_may_be_paid_unquoted(
    scripted: Payer, script: ScriptedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.items = list(TWO)
    quoted = script.quote

    def quote(instance_id: str, months: int) -> Quote:
        return quoted("", months) if instance_id == "iot-1" else Quote(None, "CNY", None)

    monkeypatch.setattr(script, "quote", quote)
    price = price_of(scripted)
    assert (price.total, price.groups) == (Decimal("3600.00"), (GROUPS[0],))
    assert [each.items for each in price.omitted] == [GROUPS[1]]
    unquoted = replace(scripted, policy=PaymentPolicy(allow_unquoted=True))
    assert price_of(unquoted).groups == tuple(GROUPS)
    assert price_of(unquoted).total == Decimal("3600.00")


def test_a_price_that_cannot_be_fetched_or_compared_is_none(
    scripted: Payer, script: ScriptedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_instance_id: str, _months: int) -> Quote:
        raise Unreachable("no answer in time")

    for quote, reason in (
        (unreachable, "no answer in time"),
        (lambda _id, _months: Quote(Decimal(9), "USD", ENDS), "the price is in USD"),
    ):
        monkeypatch.setattr(script, "quote", quote)
        renewable = find_renewable(scripted, GROUPS[:1], to_the_end)
        assert renewable is not None
        price = quote_term(script, scripted.policy, renewable, 1)
        assert price.total is None
        assert price.omitted[0].reason.startswith(reason)
