"""The meaning of the cloud's error codes: denied, refused, or outcome unknown.

Only a definite business refusal is `Refused`. Everything that leaves open whether the cloud did it,
or may still do it, is `Unreachable`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from store.clouds.alibaba import rights
from store.clouds.alibaba.insufficient_funds import is_for_money
from store.clouds.alibaba.rights import needed_right
from store.errors import (
    CloudError,
    Denied,
    MissingRight,
    OtherOrder,
    OtherSite,
    Refused,
    Unreachable,
)
from store.formats import clause
from store.i18n import N_, _

CHANGING = frozenset(rights.CHANGING)
"""The operations whose refusal is `Refused`; a refused read is `Unreachable`."""

_KEYS = {
    "invalidaccesskeyid.notfound": N_(
        "the cloud does not know this AccessKey; it may have been deleted"
    ),
    "invalidaccesskeyid.inactive": N_("this AccessKey is disabled"),
    "invalidaccesskeyid": N_("the cloud does not accept this AccessKey"),
    "signaturedoesnotmatch": N_(
        "the AccessKey secret does not match its ID, or the account belongs to the other site"
    ),
    "incompletesignature": N_("the signature of the request was not accepted"),
    "invalidsecuritytoken.expired": N_("the temporary credentials (STS token) have expired"),
    "securitytokenexpired": N_("the temporary credentials (STS token) have expired"),
    "invalidsecuritytoken": N_("the temporary credentials (STS token) are not valid"),
    "missingsecuritytoken": N_("the temporary credentials lack their STS token"),
    "invalidcredentials": N_("no usable credentials were sent"),
}
_NO_RIGHT = re.compile(
    r"^forbidden($|\.(ram|sub|unauth|access|noperm))|nopermission|notauthorized|unauthorized"
    r"|accessdenied",
    re.I,
)
_OTHER_SITE = re.compile(r"not found article by given param|account not exists?", re.I)
"""Messages about an account that this site's endpoint does not serve
(terraform-provider-alicloud)."""
_OTHER_ORDER = re.compile(
    r"processing|in_?progress|repeat|duplicat|idempot|token_?conflict|has\.effect", re.I
)
"""Another order for the same item exists."""
_UNPAID_ORDER = re.compile(r"unpaid_?order|orderstatus\.unpaid", re.I)
"""An order for the item is unpaid."""
_TRANSIENT = re.compile(
    r"throttl|flowcontrol|concurrent|time_?d?out|unavailable|internal|undefined|busy|nonceused"
    r"|check_order|^system\.?error|too_?many|^(5\d\d|408|409|425|429)$",
    re.I,
)
_OPEN = re.compile(f"{_OTHER_ORDER.pattern}|{_TRANSIENT.pattern}|unknown", re.I)
"""These codes, and `unknown` errors, leave open whether anything was done."""
_KEY_ID = re.compile(r"\b(LTAI|STS\.|TMP\.)[A-Za-z0-9]{6,}")
_ENVELOPE = re.compile(r"^code: \d+, | request id: \S+$")
_LONGEST = 240


class FailedAnswer(Struct, frozen=True):
    """An answer without success, with the cloud's code and message."""

    operation: str
    code: str
    words: str
    status: int | None = None
    """The HTTP status; None for 200."""
    retry_after: float | None = None
    """The requested wait in seconds."""


class Transient(Unreachable):
    """An `Unreachable` that may pass. Reads are retried; nothing else is."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NoPrice(Unreachable):
    """The cloud quotes no price for the request."""


def cloud_error(answer: FailedAnswer) -> CloudError:
    """The error for this answer."""
    denied = _denied(answer)
    if denied is not None:
        return denied
    server_error = answer.status is not None and (
        answer.status >= 500 or answer.status in {408, 409, 425, 429}
    )
    if (
        server_error
        or answer.retry_after is not None
        or not answer.code
        or _OPEN.search(answer.code)
    ):
        return _open(answer, transient=server_error or bool(_TRANSIENT.search(answer.code)))
    if answer.operation in CHANGING:
        return Refused(
            answer.code, _refusal(answer), for_money=is_for_money(answer.code, answer.words)
        )
    refused = NoPrice if answer.operation == "GetSubscriptionPrice" else Unreachable
    return refused(
        _(
            "the cloud rejected {operation}: {code}: {words}. Stored data is "
            "unchanged; `renewal doctor` checks each operation."
        ).format(operation=answer.operation, code=answer.code, words=clause(_message_text(answer)))
    )


def _refusal(answer: FailedAnswer) -> str:
    """The cloud's message, with advice for an unpaid order."""
    if not _UNPAID_ORDER.search(answer.code):
        return _message_text(answer)
    return _(
        "{words}. There is an unpaid order for it: pay or cancel it in the "
        "console (Expenses and Costs, Orders), then renew"
    ).format(words=clause(_message_text(answer)))


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
    if _is_other_site(answer):
        return OtherSite(
            _(
                "{operation}: the endpoint does not serve this account ({code}). The "
                'account probably belongs to the other site: set `site` to "china" or '
                '"international" in config.toml. Customers of a reseller cannot use the '
                "API."
            ).format(operation=answer.operation, code=answer.code),
            answer.code,
        )
    if code in _KEYS:
        return Denied(
            _(
                "{meaning} ({code}). Update the credentials with `aliyun configure`, or "
                "choose another profile in config.toml."
            ).format(meaning=_(_KEYS[code]), code=answer.code),
            answer.code,
        )
    if _NO_RIGHT.search(code) or (not code and answer.status in {401, 403}):
        return MissingRight(
            _(
                "these credentials are not allowed to call {operation} ({code}). Grant "
                "{right} to the RAM user in the RAM console."
            ).format(
                operation=answer.operation, code=answer.code, right=needed_right(answer.operation)
            ),
            answer.code,
        )
    return None


def _is_other_site(answer: FailedAnswer) -> bool:
    """Whether the account belongs to the other site. Messages count for reads only: their code,
    InternalError, leaves the outcome of a change open."""
    if answer.code.casefold() in {"notapplicable", "authsitefail"}:
        return True
    return answer.operation not in CHANGING and bool(_OTHER_SITE.search(answer.words))


def _open(answer: FailedAnswer, *, transient: bool) -> Unreachable:
    """The error of an answer that leaves the outcome open. Retrying is advised for reads only; the
    outcome of a change is looked up."""
    code = answer.code or _("no error code")
    status = "" if answer.status is None else f", HTTP {answer.status}"
    if re.search(r"throttl|flowcontrol|toomany", answer.code, re.I) or answer.retry_after:
        message = _("the cloud is throttling {operation} ({code})").format(
            operation=answer.operation, code=code
        )
    elif answer.status is not None and answer.status >= 500:
        message = _("the cloud failed during {operation} ({code})").format(
            operation=answer.operation, code=f"{code}{status}"
        )
    else:
        message = _("the cloud did not say whether {operation} succeeded: {code}: {words}").format(
            operation=answer.operation, code=code, words=_message_text(answer)
        )
    if answer.operation not in CHANGING:
        message = _add_advice(message, answer)
    if transient or answer.retry_after is not None:
        return Transient(message, answer.retry_after)
    return OtherOrder(message) if _OTHER_ORDER.search(answer.code) else Unreachable(message)


def _add_advice(message: str, answer: FailedAnswer) -> str:
    advice = _("{message}. Try again later")
    if answer.code.casefold() == "internalerror":
        advice = _(
            "{message}. Try again later; if it keeps failing, the account may belong to the other "
            "site: set `site` in config.toml"
        )
    return advice.format(message=clause(message))


def _message_text(answer: FailedAnswer) -> str:
    return one_line(answer.words) or _("no message")


def one_line(words: str) -> str:
    """The cloud's message in one line, without its envelope and without key IDs."""
    lines = _ENVELOPE.sub("", _ENVELOPE.sub("", words.strip())).splitlines()
    line = _KEY_ID.sub("(a key ID)", lines[0] if lines else "").strip()
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
