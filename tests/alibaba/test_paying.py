"""A payment from a real account, all the way: journal, wire, evidence, reconciling."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from store.clouds.alibaba import AlibabaCloud
from store.clouds.alibaba.item_types import ItemType
from store.config import ChargedTo
from store.database.open import open_database
from store.errors import Denied, Refused, Stopped, Unreachable
from store.items.sync import sync
from store.models import EnterpriseInstance, Item, Kind
from store.payments.batch import set_auto_renewal
from store.payments.journal import all_payments
from store.payments.offer import Payer, RenewalRequest, make_offer
from store.payments.pay import SentRenewal, pay
from store.payments.payment import PaymentState
from store.payments.policy import PaymentPolicy
from store.payments.reconcile import reconcile, resend_payment
from store.schema import STORE
from store.times import add_months
from tests.alibaba import server as how
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, instance
from tests.alibaba.server import Server, refusing, telling
from tests.store.items import stored_items


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_database(tmp_path / "store.db", STORE)
    yield connection
    connection.close()


@pytest.fixture
def payer(db: sqlite3.Connection, cloud: AlibabaCloud) -> Payer:
    sync(db, "factory", cloud)
    return Payer(db, "factory", cloud, PaymentPolicy())


def items_of(payer: Payer) -> list[Item]:
    return stored_items(payer.db, payer.account)


def renew(payer: Payer, months: int = 12) -> SentRenewal:
    return pay(payer, make_offer(payer, items_of(payer), RenewalRequest(months)))


def ends(desk: Desk) -> datetime:
    return datetime.fromisoformat(desk.instances[0]["EndTime"])


def test_a_renewal_is_paid_once_and_proved_by_its_order(
    payer: Payer, desk: Desk, server: Server
) -> None:
    before = ends(desk)
    outcome = renew(payer)
    assert outcome.payment.state is PaymentState.PAID
    assert outcome.payment.order_id == desk.orders[0]["OrderId"]
    assert outcome.payment.quoted == Decimal(3600)
    assert outcome.payment.ends_after == add_months(before, 12)
    assert [item.ends_at for item in outcome.items] == [add_months(before, 12)]
    assert [item.ends_at for item in items_of(payer)] == [add_months(before, 12)]
    assert desk.charges == [(ENTERPRISE, 12)]
    (sent,) = [each.parameters for each in server.requests if each.action == "RenewInstance"]
    assert sent == {
        "InstanceId": ENTERPRISE,
        "ProductCode": "iot_x",
        "ProductType": "iot_x_pre",
        "RenewPeriod": "12",
        "ClientToken": outcome.payment.client_token,
    }


@pytest.mark.parametrize(
    "fault",
    [how.timeout, how.reset, how.close, how.truncated, how.HTML, how.EMPTY, how.SERVER_ERROR],
)
def test_commit_then_drop_is_unknown_and_settled_without_another_charge(
    payer: Payer, desk: Desk, server: Server, fault: Callable[[how.Handler], None]
) -> None:
    server.fail("RenewInstance", fault, after=True)
    outcome = renew(payer)
    assert outcome.payment.state is PaymentState.UNKNOWN
    (settled,) = reconcile(payer)
    assert (settled.state, settled.order_id) == (PaymentState.PAID, desk.orders[0]["OrderId"])
    assert server.count("RenewInstance") == 1
    assert desk.charges == [(ENTERPRISE, 12)]
    assert [item.ends_at for item in items_of(payer)] == [ends(desk)]


def test_drop_before_commit_stays_unknown_until_it_is_asked_again(
    payer: Payer, desk: Desk, server: Server
) -> None:
    server.fail("RenewInstance", how.reset)
    outcome = renew(payer)
    (looked,) = reconcile(payer)
    assert looked.state is PaymentState.UNKNOWN
    with pytest.raises(Stopped, match="already in progress"):
        renew(payer)
    again = resend_payment(payer, looked)
    assert again.state is PaymentState.PAID
    assert again.client_token == outcome.payment.client_token
    tokens = {
        each.parameters["ClientToken"] for each in server.requests if each.action == "RenewInstance"
    }
    assert tokens == {outcome.payment.client_token}
    assert desk.charges == [(ENTERPRISE, 12)]


def test_a_resend_after_a_hidden_success_pays_nothing(
    payer: Payer, desk: Desk, server: Server
) -> None:
    server.fail("RenewInstance", how.close, after=True)
    row = renew(payer).payment
    assert row.client_token is not None
    assert payer.cloud.renew(ENTERPRISE, 12, row.client_token) == desk.orders[0]["OrderId"]
    assert desk.charges == [(ENTERPRISE, 12)]


def test_two_machines_with_different_terms_pay_once(
    payer: Payer, opened: Callable[..., AlibabaCloud], desk: Desk, tmp_path: Path
) -> None:
    other_db = open_database(tmp_path / "other.db", STORE)
    other = Payer(other_db, "elsewhere", opened(), PaymentPolicy())
    sync(other_db, "elsewhere", other.cloud)
    mine, theirs = (
        make_offer(payer, items_of(payer), RenewalRequest(12)),
        make_offer(other, items_of(other), RenewalRequest(1)),
    )
    assert pay(payer, mine).payment.state is PaymentState.PAID
    with pytest.raises(Stopped, match="already renewed since"):
        pay(other, theirs)
    token = all_payments(payer.db)[0].client_token
    assert token is not None
    with pytest.raises(Unreachable, match="IdempotentParameterMismatch"):
        other.cloud.renew(ENTERPRISE, 1, token)
    other_db.close()
    assert desk.charges == [(ENTERPRISE, 12)]


def test_an_order_that_is_not_shown_yet_is_settled_by_the_later_end(
    payer: Payer, desk: Desk, server: Server
) -> None:
    server.fail("RenewInstance", how.reset, after=True)
    renew(payer)
    desk.orders.clear()
    (settled,) = reconcile(payer)
    assert settled.state is PaymentState.PAID
    assert settled.order_id is None


def test_an_order_that_was_cancelled_refuses_and_makes_room_for_another_token(
    payer: Payer, desk: Desk, server: Server
) -> None:
    before = ends(desk)
    server.fail("RenewInstance", how.timeout, after=True)
    first = renew(payer).payment
    desk.orders[0]["PaymentStatus"] = "Cancelled"
    desk.instances[0]["EndTime"] = before.strftime("%Y-%m-%dT%H:%M:%SZ")
    desk.charges.clear()
    (settled,) = reconcile(payer)
    assert (settled.state, settled.error_code) == (PaymentState.REFUSED, "OrderCancelled")
    sync(payer.db, payer.account, payer.cloud)
    second = renew(payer).payment
    assert second.state is PaymentState.PAID
    assert second.client_token != first.client_token
    assert desk.charges == [(ENTERPRISE, 12)]


def test_an_answer_whose_order_is_not_listed_proves_nothing(payer: Payer, server: Server) -> None:
    server.fail(
        "RenewInstance",
        how.answering({"Success": True, "Code": "Success", "Data": {"OrderId": 202657601410661}}),
    )
    payment = renew(payer).payment
    assert payment.state is PaymentState.UNKNOWN
    assert "202657601410661" in (payment.error_message or "")


@pytest.mark.parametrize("code", ["PAY.INSUFFICIENT_BALANCE", "ResourceStatusError"])
def test_a_refusal_is_final_and_blocks_no_other_payment(
    payer: Payer, desk: Desk, server: Server, code: str
) -> None:
    server.fail("RenewInstance", refusing(code, 200, "not today"))
    outcome = renew(payer)
    assert (outcome.payment.state, outcome.payment.error_code) == (PaymentState.REFUSED, code)
    assert renew(payer).payment.state is PaymentState.PAID
    assert desk.charges == [(ENTERPRISE, 12)]


def test_a_missing_right_refuses_and_says_so(payer: Payer, server: Server) -> None:
    server.denied.add("RenewInstance")
    outcome = renew(payer)
    assert outcome.denied
    assert outcome.payment.state is PaymentState.REFUSED
    assert "bssapi:RenewInstance" in (outcome.payment.error_message or "")


def test_no_price_no_payment_unless_the_account_allows_it(
    payer: Payer, desk: Desk, server: Server
) -> None:
    desk.monthly_price = None
    with pytest.raises(Stopped, match="quotes no price"):
        renew(payer)
    allowed = Payer(payer.db, payer.account, payer.cloud, PaymentPolicy(allow_unquoted=True))
    with pytest.raises(Stopped, match="quotes no price"):
        make_offer(allowed, items_of(payer), RenewalRequest(12, Decimal(9999)))
    assert server.count("RenewInstance") == 0
    outcome = renew(allowed)
    assert (outcome.payment.state, outcome.payment.quoted) == (PaymentState.PAID, None)


@pytest.mark.parametrize("more", [{"AvailableAmount": "-36.50"}, {"AvailableAmount": "3,599.99"}])
def test_a_balance_that_does_not_cover_it_stops_before_anything_is_sent(
    payer: Payer, desk: Desk, server: Server, more: dict[str, str]
) -> None:
    desk.balance |= more
    with pytest.raises(Stopped, match="P-TOPUP"):
        renew(payer)
    assert server.count("RenewInstance") == 0


def test_a_product_for_the_console_never_reaches_the_journal(
    payer: Payer, desk: Desk, server: Server
) -> None:
    desk.instances = [instance("rm-1", days(9), ProductCode="rds")]
    sync(payer.db, payer.account, payer.cloud)
    row = [item for item in items_of(payer) if item.id == "rm-1"]
    with pytest.raises(Stopped, match="console"):
        make_offer(payer, row, RenewalRequest(1))
    payer.cloud.items_of("rm-1")
    with pytest.raises(Refused, match="ProductNotSupported"):
        payer.cloud.renew("rm-1", 1, "c" * 64)
    with pytest.raises(Refused, match="ResourceNotExists"):
        payer.cloud.renew("iot-gone", 1, "c" * 64)
    assert server.count("RenewInstance") == 0
    assert all_payments(payer.db) == []


@pytest.mark.parametrize("operation", ["QueryAccountBalance", "QueryAvailableInstances"])
@pytest.mark.parametrize("page", [1, 2])
def test_a_sync_that_fails_anywhere_changes_nothing(
    payer: Payer, desk: Desk, server: Server, operation: str, page: int
) -> None:
    stored = payer.db.execute("SELECT * FROM items").fetchall()
    desk.page_size = 1
    desk.balance["AvailableAmount"] = "1.00"
    desk.instances = [instance("iot-new-1", days(1)), instance("iot-new-2", days(2))]
    if operation == "QueryAvailableInstances" and page == 2:
        server.fail(operation, how.answering(desk.answer(operation, {"PageSize": "1"})))
    server.fail(operation, telling(200, b"garbage"), 9)
    with pytest.raises(Unreachable):
        sync(payer.db, payer.account, payer.cloud)
    assert [tuple(row) for row in payer.db.execute("SELECT * FROM items")] == [
        tuple(row) for row in stored
    ]
    (balance,) = payer.db.execute("SELECT available FROM syncs").fetchone()
    assert balance == "10000.00"


def test_what_vanished_is_missing_and_never_fine(payer: Payer, desk: Desk) -> None:
    desk.instances = []
    assert sync(payer.db, payer.account, payer.cloud) == 0
    (row,) = payer.db.execute("SELECT missing_since FROM items").fetchall()
    assert row["missing_since"] is not None


def test_auto_renewal_is_set_and_read_back(payer: Payer, desk: Desk) -> None:
    (item,) = set_auto_renewal(payer, items_of(payer), 3)
    assert isinstance(item, EnterpriseInstance)
    assert item.auto_renewal_months == 3
    assert desk.auto_renewal[0] == {
        "InstanceIDs": ENTERPRISE,
        "ProductCode": "iot_x",
        "ProductType": "iot_x_pre",
        "SubscriptionType": "Subscription",
        "RenewalStatus": "AutoRenewal",
        "RenewalPeriod": "3",
        "RenewalPeriodUnit": "M",
    }
    (item,) = set_auto_renewal(payer, items_of(payer), None)
    assert isinstance(item, EnterpriseInstance)
    assert item.auto_renewal_months is None


ACCEPTED = how.answering({"Code": "Success", "Message": "ok", "RequestId": "R", "Success": True})


@pytest.mark.parametrize("months", [3, None])
def test_a_setting_that_was_accepted_and_is_not_shown_is_not_called_set(
    payer: Payer, desk: Desk, server: Server, months: int | None
) -> None:
    if months is None:
        desk.instances[0] |= {"RenewStatus": "AutoRenewal", "RenewalDuration": 1}
        desk.instances[0] |= {"RenewalDurationUnit": "M"}
    server.fail("SetRenewal", ACCEPTED)
    with pytest.raises(Unreachable, match="does not show it"):
        set_auto_renewal(payer, items_of(payer), months)
    assert server.count("SetRenewal") == 1


def test_a_setting_that_cannot_be_read_back_is_not_called_set(payer: Payer, server: Server) -> None:
    def fail_from_now_on(handler: how.Handler) -> None:
        server.fail("QueryAvailableInstances", how.reset, 9)
        ACCEPTED(handler)

    server.fail("SetRenewal", fail_from_now_on)
    with pytest.raises(Unreachable, match=r"does not show it.*could not be read back"):
        set_auto_renewal(payer, items_of(payer), 3)


@pytest.mark.parametrize("months", [3, None])
def test_a_setting_that_is_on_without_its_term_is_on_and_not_off(
    payer: Payer, desk: Desk, server: Server, months: int | None
) -> None:
    server.fail("SetRenewal", ACCEPTED)
    desk.instances[0]["RenewStatus"] = "AutoRenewal"
    if months is None:
        with pytest.raises(Unreachable, match="does not show it"):
            payer.cloud.set_auto_renewal(ENTERPRISE, months)
    else:
        payer.cloud.set_auto_renewal(ENTERPRISE, months)


def test_a_setting_that_shows_after_a_while_is_set(
    payer: Payer, desk: Desk, server: Server
) -> None:
    listed = desk.answer("QueryAvailableInstances", {})
    for _ in range(2):
        server.fail("QueryAvailableInstances", how.answering(listed))
    (item,) = set_auto_renewal(payer, items_of(payer), 3)
    assert isinstance(item, EnterpriseInstance)
    assert item.auto_renewal_months == 3


def test_auto_renewal_is_refused_denied_or_unclear(payer: Payer, server: Server) -> None:
    server.fail("SetRenewal", refusing("ResourceStatusError"))
    with pytest.raises(Refused):
        set_auto_renewal(payer, items_of(payer), 3)
    server.fail("SetRenewal", how.timeout)
    with pytest.raises(Unreachable):
        set_auto_renewal(payer, items_of(payer), 3)
    server.denied.add("SetRenewal")
    with pytest.raises(Denied):
        set_auto_renewal(payer, items_of(payer), 3)
    assert server.count("SetRenewal") == 3


def test_a_price_in_another_currency_is_not_held_against_the_balance(
    payer: Payer, desk: Desk, server: Server
) -> None:
    desk.balance["Currency"] = "USD"
    with pytest.raises(Stopped, match="the price is in CNY and the balance in USD"):
        renew(payer)
    assert server.count("RenewInstance") == 0
    card = replace(payer, policy=PaymentPolicy(charged_to=ChargedTo.CARD))
    assert renew(card).payment.state is PaymentState.PAID


def test_an_id_of_two_products_is_stopped_before_anything_is_sent(
    payer: Payer, desk: Desk, server: Server
) -> None:
    desk.instances.append(desk.instances[0] | {"ProductCode": "iot_y"})
    with pytest.raises(Stopped, match="two products"):
        renew(payer)
    with pytest.raises(Stopped, match="two products"):
        payer.cloud.quote(ENTERPRISE, 1)
    with pytest.raises(Stopped, match="two products"):
        set_auto_renewal(payer, items_of(payer), 3)
    with pytest.raises(Refused, match="two products"):
        payer.cloud.renew(ENTERPRISE, 1, "c" * 64)
    assert server.count("RenewInstance") == server.count("SetRenewal") == 0
    assert all_payments(payer.db) == []


def test_a_product_that_turns_up_later_settles_no_payment_for_another(
    payer: Payer, desk: Desk, server: Server
) -> None:
    server.fail("RenewInstance", how.reset)
    renew(payer)
    later = instance(ENTERPRISE, days(900), ProductCode="iot_y")
    desk.instances.insert(0, later)
    desk.orders.append(desk.order_of(later, 12))
    (row,) = reconcile(payer)
    assert row.state is PaymentState.UNKNOWN


@pytest.mark.parametrize("order_type", ["New", "Upgrade", "Renew"])
def test_only_an_order_of_type_renewal_proves_a_renewal(
    payer: Payer, desk: Desk, server: Server, order_type: str
) -> None:
    server.fail("RenewInstance", how.reset)
    renew(payer)
    desk.filters = False
    desk.orders.append(desk.order_of(desk.instances[0], 12, OrderType=order_type))
    (row,) = reconcile(payer)
    assert row.state is (PaymentState.PAID if order_type == "Renew" else PaymentState.UNKNOWN)


def test_the_token_does_not_depend_on_the_entered_type(
    payer: Payer, opened: Callable[..., AlibabaCloud], desk: Desk, server: Server, tmp_path: Path
) -> None:
    """Machine A knows what the item is, machine B does not; both renew at the same moment."""
    other_db = open_database(tmp_path / "other.db", STORE)
    types = {ENTERPRISE: ItemType(Kind.LICENSE, application="Kids app", sdks=("Player SDK",))}
    other = Payer(other_db, "elsewhere", opened(item_types=types), PaymentPolicy())
    sync(other_db, "elsewhere", other.cloud)
    server.fail("RenewInstance", how.reset, 2)
    tokens = {renew(payer).payment.client_token, renew(other).payment.client_token}
    assert len(tokens) == 1
    other_db.close()


def test_a_payment_with_an_old_token_is_sent_again_with_that_token(
    payer: Payer, desk: Desk, server: Server
) -> None:
    server.fail("RenewInstance", how.reset)
    renew(payer)
    payer.db.execute("UPDATE payments SET client_token = ?", ("o" * 64,))
    (row,) = reconcile(payer)
    assert resend_payment(payer, row).state is PaymentState.PAID
    assert list(desk.tokens) == ["o" * 64]


def test_an_unpaid_order_is_named_before_anything_is_sent(
    payer: Payer, desk: Desk, server: Server
) -> None:
    made = desk.order_of(desk.instances[0], 12, OrderType="Upgrade", PaymentStatus="Unpaid")
    desk.orders.append(made)
    with pytest.raises(Stopped, match=f"order {made['OrderId']} .* Pay or cancel it"):
        renew(payer)
    assert server.count("RenewInstance") == 0
    assert all_payments(payer.db) == []


def test_a_card_is_charged_whatever_the_balance_is(payer: Payer, desk: Desk) -> None:
    desk.balance["AvailableAmount"] = "0.00"
    card = Payer(payer.db, payer.account, payer.cloud, PaymentPolicy(charged_to=ChargedTo.CARD))
    assert renew(card).payment.state is PaymentState.PAID
