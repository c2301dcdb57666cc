"""Each kind of failed answer, and what it means to a read and to a payment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.clouds.alibaba import AlibabaCloud, needed_right
from store.errors import CloudError, Denied, Exit, MissingRight, Refused, Unreachable
from tests.alibaba import server as how
from tests.alibaba.conftest import ENTERPRISE, POLICY
from tests.alibaba.desk import KEY_ID, SECRET, Desk
from tests.alibaba.server import Handler, Server, refusing, telling

TOKEN = "a" * 64
Send = Callable[[Handler], None]

PASSING: dict[str, tuple[Send, str]] = {
    "timeout": (how.timeout, "the endpoint did not answer in time"),
    "reset": (how.reset, "the connection was lost"),
    "closed": (how.close, "the connection was lost"),
    "truncated": (how.truncated, "the answer was cut off"),
    "empty": (how.EMPTY, "cannot be read"),
    "a gateway's page": (how.HTML, "cannot be read"),
    "a proxy's page": (how.PROXY_PAGE, "cannot be read"),
    "no text": (how.NOT_UTF8, "cannot be read"),
    "no object": (telling(200, b'["Success"]'), "cannot be read"),
    "a redirect": (telling(307, b"", Location="http://127.0.0.1:9/"), "redirect"),
    "throttled": (how.THROTTLED, "throttling"),
    "throttled for a while": (how.THROTTLED_FOR, "throttling"),
    "server error": (how.SERVER_ERROR, "failed during"),
    "unavailable": (how.UNAVAILABLE, "failed during"),
    "an error that is no object": (telling(500, b"[]"), "cannot be read"),
    "concurrent": (refusing("SYSTEM.CONCURRENT_OPERATE"), "did not say whether"),
    "nonce": (refusing("SignatureNonceUsed", 400), "did not say whether"),
    "a server error in the body": (refusing("500", words="系统异常"), "did not say whether"),
    "unavailable in the body": (refusing("503"), "did not say whether"),
}
"""What another try may get over."""

OPEN: dict[str, Send] = {
    "no success": telling(200, b'{"Code": "X", "RequestId": "R"}'),
    "no error code": telling(200, b'{"Success": false}'),
    "no order": how.answering({"Success": True, "Code": "Success", "Data": {}}),
    "null data": how.answering({"Success": True, "Code": "Success", "Data": None}),
    "data of another shape": how.answering({"Success": True, "Data": ["1"]}),
    "order is a flag": how.answering({"Success": True, "Data": {"OrderId": True}}),
    "another order": refusing("OperationDenied.OrderProcessing"),
    "an order covers it": refusing("Has.effect.suit"),
    "other parameters": refusing("IdempotentParameterMismatch", 400),
    "token known": refusing("Duplicated.ClientToken", 400),
    "token conflict": refusing("LX_REQUEST_TOKEN_CONFLICT", 400),
    "check order": refusing("CSS_CHECK_ORDER_ERROR"),
    "undefined": refusing("UndefinedError", 400),
    "money, but a server error": refusing("PAY.INSUFFICIENT_BALANCE", 500),
    "an unknown account": refusing("InternalError", 400, "account not exists"),
}
"""What leaves open whether a payment was made."""

KEYS = {
    "InvalidAccessKeyId.NotFound": (404, "does not know this AccessKey"),
    "InvalidAccessKeyId.Inactive": (400, "disabled"),
    "SignatureDoesNotMatch": (400, "secret does not match"),
    "InvalidSecurityToken.Expired": (400, "expired"),
    "InvalidTimeStamp.Expired": (400, "clock of this machine"),
    "NotApplicable": (400, "other site"),
}

READS: dict[str, tuple[str, Callable[[AlibabaCloud], object]]] = {
    "QueryAccountBalance": ("QueryAccountBalance", lambda cloud: cloud.balance()),
    "QueryAvailableInstances": ("QueryAvailableInstances", lambda cloud: list(cloud.pages())),
    "QueryResourcePackageInstances": (
        "QueryResourcePackageInstances",
        lambda cloud: list(cloud.pages()),
    ),
    "QueryOrders": ("QueryOrders", lambda cloud: cloud.orders(ENTERPRISE)),
    "GetSubscriptionPrice": ("GetSubscriptionPrice", lambda cloud: cloud.quote(ENTERPRISE, 1)),
}


def pay(cloud: AlibabaCloud) -> str:
    cloud.items_of(ENTERPRISE)
    return cloud.renew(ENTERPRISE, 12, TOKEN)


@pytest.mark.parametrize("name", PASSING)
def test_a_look_gets_over_a_fault_that_passes(
    cloud: AlibabaCloud, server: Server, name: str
) -> None:
    server.fail("QueryAccountBalance", PASSING[name][0], POLICY.tries - 1)
    assert cloud.balance().currency == "CNY"
    assert server.count("QueryAccountBalance") == POLICY.tries


@pytest.mark.parametrize("name", PASSING)
def test_a_lasting_fault_is_reported_in_a_sentence(
    cloud: AlibabaCloud, server: Server, name: str
) -> None:
    send, words = PASSING[name]
    server.fail("QueryAccountBalance", send, 100)
    with pytest.raises(Unreachable, match=words) as raised:
        cloud.balance()
    assert raised.value.exit is Exit.UNREACHABLE
    assert server.count("QueryAccountBalance") == POLICY.tries
    assert "\n" not in raised.value.message
    assert ".." not in raised.value.message
    assert "ry again" in raised.value.message or "Check the connection" in raised.value.message


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", [*PASSING, *OPEN])
def test_a_payment_without_a_definite_no_is_unknown_and_sent_once(
    cloud: AlibabaCloud, server: Server, desk: Desk, name: str, *, after: bool
) -> None:
    send = OPEN[name] if name in OPEN else PASSING[name][0]
    server.fail("RenewInstance", send, 100, after=after)
    with pytest.raises(Unreachable) as raised:
        pay(cloud)
    assert not isinstance(raised.value, Denied | Refused)
    assert "ry again" not in raised.value.message
    assert server.count("RenewInstance") == 1
    assert len(desk.charges) == int(after)


@pytest.mark.parametrize(
    ("code", "status", "words", "for_money"),
    [
        ("PAY.INSUFFICIENT_BALANCE", 200, "no", True),
        ("InsufficientBalance", 400, "no", True),
        ("InsufficientAvailableQuota", 400, "no", True),
        ("ACCOUNT_BALANCE_EXCEEDED", 200, "no", True),
        ("Order.InstHasUnpaidOrder", 403, "no", True),
        ("OrderStatus.UnPaid", 400, "no", True),
        ("PAY.PAY_ORDER_FAILED", 200, "no", True),
        ("iot.system.BillIsOverDue", 200, "no", True),
        ("pay.noCreditCard", 400, "no", True),
        ("ORDER_FAILED", 200, "Your account balance is not sufficient: Insufficient balance", True),
        ("ORDER_FAILED", 200, "账户余额不足", True),
        ("LXBuyError", 403, "Buy instance error.ARREARAGE", True),
        ("InvalidAccountStatus.NotEnoughBalance", 400, "no", True),
        ("AccountBalanceNotEnough", 200, "no", True),
        ("BalanceNotEnough", 200, "no", True),
        ("CreditNotEnough", 200, "no", True),
        ("NO_ENOUGH_BALANCE", 200, "no", True),
        ("InvalidPayMethod", 400, "no", True),
        ("ORDER_FAILED", 200, "Your account is in arrears.", True),
        ("ORDER_FAILED", 200, "Please add a payment method first.", True),
        ("ORDER_FAILED", 200, "您的可用额度小于订单金额", True),
        ("ORDER_FAILED", 200, "您的账号已欠款", True),
        ("ORDER_FAILED", 200, "扣款失败", True),
        ("ORDER.INST_HAS_UNPAID_ORDER", 200, "该实例有未支付的订单", True),
        ("Debt", 200, "no", True),
        ("ACCOUNT_OWE", 200, "no", True),
        ("ORDER_FAILED", 200, "您的账户现金不足", True),
        ("ORDER_FAILED", 200, "余款不足", True),
        ("ORDER_FAILED", 200, "您有未结清账单", True),
        ("ORDER_FAILED", 200, "没有足够的钱", True),
        ("ORDER_FAILED", 200, "The account is out of funds.", True),
        ("ORDER_FAILED", 200, "Your account has an outstanding bill.", True),
        ("ORDER_FAILED", 200, "The amount of the account is not enough.", True),
        ("ORDER_FAILED", 200, "Your available quota is exceeded.", True),
        ("ORDER_FAILED", 200, "Your card was declined.", True),
        ("PAY.TAX_CALC_FAILED", 200, "no", False),
        ("ORDER_FAILED", 200, "库存不足", False),
        ("ORDER_FAILED", 200, "您的账号未实名认证", False),
        ("OrderRefunded", 200, "The order was refunded.", False),
        ("ProductNotSupported", 200, "A pay-as-you-go instance has no end.", False),
        ("InvalidPayAsYouGo", 400, "no", False),
        ("InvalidParameter", 400, "the load balancer is not there", False),
        ("PAY.COUPON_NOT_EXIST", 200, "no", False),
        ("ResourceNotExists", 200, "no", False),
        ("ResourceStatusError", 400, "The instance was lowered and is not allowed.", False),
        ("NotAllowedPeriod", 400, "power", False),
        ("Risk.RiskControlRejection", 403, "no", False),
        ("InvalidParameter", 400, "insufficient parameters", False),
        ("INSTANCE_HAS_INACTIVE_CHANGE", 200, "no", False),
        ("SYSTEM.SALE_VALIDATE_NO_SPECIFIC_CODE_FAILED", 200, "no", False),
    ],
)
def test_a_definite_no_is_a_refusal_that_knows_whether_money_would_help(
    cloud: AlibabaCloud, server: Server, code: str, status: int, words: str, *, for_money: bool
) -> None:
    server.fail("RenewInstance", refusing(code, status, words))
    with pytest.raises(Refused) as raised:
        pay(cloud)
    assert (raised.value.code, raised.value.for_money) == (code, for_money)
    to_do = ". There is an unpaid order for it: pay or cancel it in the console (Expenses and "
    to_do += "Costs, Orders), then renew"
    assert raised.value.words == words + (to_do if "unpaid" in code.casefold() else "")
    assert server.count("RenewInstance") == 1


@pytest.mark.parametrize("operation", ["balance", "renew", "auto-renewal"])
@pytest.mark.parametrize("code", KEYS)
def test_credentials_that_do_not_do_are_named(
    cloud: AlibabaCloud, server: Server, code: str, operation: str
) -> None:
    act: dict[str, tuple[str, Callable[[], object]]] = {
        "balance": ("QueryAccountBalance", cloud.balance),
        "renew": ("RenewInstance", lambda: pay(cloud)),
        "auto-renewal": ("SetRenewal", lambda: cloud.set_auto_renewal(ENTERPRISE, 3)),
    }
    status, words = KEYS[code]
    action, call = act[operation]
    server.fail(action, refusing(code, status, f"string to sign: {KEY_ID}\n{SECRET}"), 9)
    with pytest.raises(Denied, match=words) as raised:
        call()
    assert raised.value.exit is Exit.DENIED
    assert raised.value.code == code
    assert server.count(action) == 1
    assert KEY_ID not in raised.value.message
    assert SECRET not in raised.value.message


@pytest.mark.parametrize("name", READS)
def test_a_missing_right_is_named_with_what_to_grant(
    cloud: AlibabaCloud, server: Server, name: str
) -> None:
    operation, read = READS[name]
    server.denied.add(operation)
    with pytest.raises(Denied) as raised:
        read(cloud)
    assert needed_right(operation) in raised.value.message
    assert server.count(operation) == 1


@pytest.mark.parametrize(
    "send",
    [
        refusing("AuthSiteFail", 400, "auth site failed."),
        refusing("NotApplicable", 400),
        refusing("InternalError", 400, "not found article by given param"),
        refusing("InternalError", 200, "account not exists"),
        refusing("InternalError", 400, "The request processing has failed."),
        refusing("InternalError", 500, "The request processing has failed."),
    ],
)
@pytest.mark.parametrize("name", READS)
def test_the_other_site_is_named_in_each_disguise(
    cloud: AlibabaCloud, server: Server, name: str, send: Send
) -> None:
    operation, read = READS[name]
    server.fail(operation, send, 9)
    with pytest.raises((Denied, Unreachable), match="other site: set `site`"):
        read(cloud)


def test_a_denial_without_success_names_the_right(cloud: AlibabaCloud, server: Server) -> None:
    body = {"Code": "NotAuthorized", "Message": "Auth user relation failed, please check RAM."}
    server.fail("QueryAccountBalance", how.answering(body))
    server.fail("RenewInstance", how.answering(body))
    with pytest.raises(MissingRight, match="bss:DescribeAcccount"):
        cloud.balance()
    with pytest.raises(MissingRight, match="bssapi:RenewInstance"):
        pay(cloud)


def test_the_right_to_see_the_balance_has_three_cs(cloud: AlibabaCloud, server: Server) -> None:
    server.denied.add("QueryAccountBalance")
    with pytest.raises(Denied, match="bss:DescribeAcccount"):
        cloud.balance()


@pytest.mark.parametrize("operation", ["RenewInstance", "SetRenewal"])
def test_a_missing_right_to_change_is_named(
    cloud: AlibabaCloud, server: Server, operation: str
) -> None:
    server.denied.add(operation)
    act: dict[str, Callable[[], object]] = {
        "RenewInstance": lambda: pay(cloud),
        "SetRenewal": lambda: cloud.set_auto_renewal(ENTERPRISE, None),
    }
    with pytest.raises(Denied) as raised:
        act[operation]()
    assert needed_right(operation) in raised.value.message


@pytest.mark.parametrize("name", READS)
def test_a_refused_look_is_no_refused_payment(
    cloud: AlibabaCloud, server: Server, name: str
) -> None:
    operation, read = READS[name]
    server.fail(operation, refusing("InvalidParameter", 400, "PageNum"), 9)
    if operation == "GetSubscriptionPrice":
        assert cloud.quote(ENTERPRISE, 1).amount is None
        return
    with pytest.raises(Unreachable, match="InvalidParameter: PageNum"):
        read(cloud)
    assert server.count(operation) == 1


def test_the_clouds_words_are_shortened_and_hold_no_key(
    cloud: AlibabaCloud, server: Server
) -> None:
    words = f"first {KEY_ID} line {'x' * 500}\nsecond line"
    server.fail("RenewInstance", refusing("ResourceStatusError", 400, words))
    with pytest.raises(Refused) as raised:
        pay(cloud)
    assert "second line" not in raised.value.words
    assert KEY_ID not in raised.value.words
    assert len(raised.value.words) < 260
    assert not raised.value.words.startswith("code:")


def test_no_error_carries_the_error_of_the_sdk_with_signed_headers(
    cloud: AlibabaCloud, server: Server
) -> None:
    server.fail("RenewInstance", how.reset)
    with pytest.raises(CloudError) as raised:
        pay(cloud)
    error: BaseException | None = raised.value
    assert error is not None
    assert error.__cause__ is None
    assert error.__context__ is None
