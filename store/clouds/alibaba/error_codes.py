"""What the cloud's codes mean: denied, refused, or an outcome that is not known.

Only a definite business refusal is `Refused`: everything that leaves open whether the
cloud did it, or will yet do it, is `Unreachable`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from store.clouds.alibaba.rights import needed_right
from store.errors import CloudError, Denied, OtherOrder, Refused, Unreachable
from store.i18n import _, later

CHANGING = frozenset({"RenewInstance", "SetRenewal"})
"""The operations whose refusal is `Refused`; a refused look is `Unreachable`."""

_KEYS = {
    "invalidaccesskeyid.notfound": later(
        "the cloud does not know this AccessKey; it may be deleted"
    ),
    "invalidaccesskeyid.inactive": later("this AccessKey is disabled"),
    "invalidaccesskeyid": later("the cloud does not accept this AccessKey"),
    "signaturedoesnotmatch": later(
        "the AccessKey secret is not the one of its ID, or the account belongs to the other site"
    ),
    "incompletesignature": later("the signature of the request was not accepted"),
    "invalidsecuritytoken.expired": later("the temporary credentials (STS token) have expired"),
    "securitytokenexpired": later("the temporary credentials (STS token) have expired"),
    "invalidsecuritytoken": later("the temporary credentials (STS token) are not valid"),
    "missingsecuritytoken": later("the temporary credentials lack their STS token"),
    "invalidcredentials": later("no usable credentials were sent"),
}
_NO_RIGHT = re.compile(
    r"^forbidden($|\.(ram|sub|unauth|access|noperm))|nopermission|notauthorized|unauthorized"
    r"|accessdenied",
    re.I,
)
_OTHER_ORDER = re.compile(
    r"processing|in_?progress|repeat|duplicat|idempot|token_?conflict|has\.effect", re.I
)
"""There is another order for the same."""
_TRANSIENT = re.compile(
    r"throttl|flowcontrol|concurrent|time_?d?out|unavailable|internal|undefined|busy|nonceused"
    r"|check_order|^system\.?error|too_?many",
    re.I,
)
_OPEN = re.compile(f"{_OTHER_ORDER.pattern}|{_TRANSIENT.pattern}|unknown", re.I)
"""Whether anything was done is left open by these, and by `unknown` errors."""
_MONEY_CODE = re.compile(
    r"^pay\.|insufficient|balance_?exceeded|overdue|arrear|unpaid|indebt|credit_?card"
    r"|paymentmethod",
    re.I,
)
_MONEY_WORDS = re.compile(
    r"insufficient (account )?(balance|fund|credit)|balance is (not|in)sufficient"
    r"|not enough (balance|money)|overdue|余额不足|欠费|未支付",
    re.I,
)
_NOT_MONEY = re.compile(r"coupon|taxcalc|tax_calc", re.I)
_KEY_ID = re.compile(r"\b(LTAI|STS\.|TMP\.)[A-Za-z0-9]{6,}")
_ENVELOPE = re.compile(r"^code: \d+, | request id: \S+$")
_LONGEST = 240


class FailedAnswer(Struct, frozen=True):
    """An answer that is not a success, with the cloud's own code and words."""

    operation: str
    code: str
    words: str
    status: int | None = None
    """The HTTP status; None when it came with a 200."""
    retry_after: float | None = None
    """Seconds that the cloud asks to wait."""


class Transient(Unreachable):
    """An `Unreachable` that another try may get over; a look is tried again, nothing else."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NoPrice(Unreachable):
    """The cloud quotes no price for what was asked."""


def cloud_error(answer: FailedAnswer) -> CloudError:
    """The error of this answer."""
    denied = _denied(answer)
    if denied is not None:
        return denied
    server = answer.status is not None and (
        answer.status >= 500 or answer.status in {408, 409, 425, 429}
    )
    if server or answer.retry_after is not None or not answer.code or _OPEN.search(answer.code):
        return _open(answer, passing=server or bool(_TRANSIENT.search(answer.code)))
    if answer.operation in CHANGING:
        return Refused(answer.code, _shown(answer), for_money=_for_money(answer))
    refused = NoPrice if answer.operation == "GetSubscriptionPrice" else Unreachable
    return refused(
        _(
            "the cloud refused to answer {operation}: {code}: {words}. Nothing that is stored was "
            "changed; `renewal doctor` tries each operation."
        ).format(operation=answer.operation, code=answer.code, words=_shown(answer))
    )


def _denied(answer: FailedAnswer) -> Denied | None:
    code = answer.code.casefold()
    if code.startswith("invalidtimestamp"):
        return Denied(
            _(
                "the clock of this machine differs from the cloud's by more than 15 minutes, so "
                "no request is accepted. Set the clock (NTP), then try again."
            ),
            answer.code,
        )
    if code == "notapplicable":
        return Denied(
            _(
                "{operation} is not open to this account here. Mostly the account belongs to the "
                'other site: set `site` to "china" or "international" in config.toml accordingly. '
                "A reseller's customer cannot use it at all."
            ).format(operation=answer.operation),
            answer.code,
        )
    for known, meaning in _KEYS.items():
        if code == known:
            return Denied(
                _(
                    "{meaning} ({code}). Renew the credentials with `aliyun configure`, or name "
                    "another profile in config.toml."
                ).format(meaning=_(meaning), code=answer.code),
                answer.code,
            )
    if _NO_RIGHT.search(code) or (not code and answer.status in {401, 403}):
        return Denied(
            _(
                "these credentials may not do {operation} ({code}). Grant the RAM user {right} in "
                "the RAM console."
            ).format(
                operation=answer.operation, code=answer.code, right=needed_right(answer.operation)
            ),
            answer.code,
        )
    return None


def _open(answer: FailedAnswer, *, passing: bool) -> Unreachable:
    code = answer.code or _("no code")
    status = "" if answer.status is None else f", HTTP {answer.status}"
    if re.search(r"throttl|flowcontrol|toomany", answer.code, re.I) or answer.retry_after:
        words = _("the cloud is throttling {operation} ({code}); try again in a minute").format(
            operation=answer.operation, code=code
        )
    elif answer.status is not None and answer.status >= 500:
        words = _("the cloud failed while doing {operation} ({code}); try again later").format(
            operation=answer.operation, code=f"{code}{status}"
        )
    else:
        words = _("the cloud left {operation} undecided: {code}: {words}").format(
            operation=answer.operation, code=code, words=_shown(answer)
        )
    if passing or answer.retry_after is not None:
        return Transient(words, answer.retry_after)
    return OtherOrder(words) if _OTHER_ORDER.search(answer.code) else Unreachable(words)


def _for_money(answer: FailedAnswer) -> bool:
    if _NOT_MONEY.search(answer.code):
        return False
    return bool(_MONEY_CODE.search(answer.code) or _MONEY_WORDS.search(answer.words))


def _shown(answer: FailedAnswer) -> str:
    return one_line(answer.words) or _("no words")


def one_line(words: str) -> str:
    """The cloud's words in one line, without its envelope and without any key ID."""
    lines = _ENVELOPE.sub("", _ENVELOPE.sub("", words.strip())).splitlines()
    line = _KEY_ID.sub("(a key ID)", lines[0] if lines else "").strip()
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
