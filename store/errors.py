"""All errors that a person is shown, each with its exit code.

A message says what happened, what it means for the person's services, and what to do. It never
contains a secret or a traceback.
"""

from __future__ import annotations

from enum import IntEnum

from store.i18n import _


class Exit(IntEnum):
    """Exit codes of the program; the README explains them."""

    DONE = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3
    REFUSED = 10
    OUTCOME_UNKNOWN = 11
    STOPPED_HERE = 12
    USAGE = 64
    UNREACHABLE = 69
    DEFECT = 70
    FILE = 74
    DENIED = 77


class RenewalError(Exception):
    """Base of all errors; each is shown as one plain sentence."""

    exit = Exit.DEFECT

    @property
    def message(self) -> str:
        return str(self)


class Usage(RenewalError):
    """An invalid request: a bad option, file, amount or ID."""

    exit = Exit.USAGE


class BadFile(Usage):
    """An invalid scenario, configuration or CSV file."""

    def __init__(self, path: str, found: str, expected: str) -> None:
        super().__init__(
            _("{path}: found {found}, expected {expected}").format(
                path=path, found=found, expected=expected
            )
        )
        self.path = path
        self.found = found
        self.expected = expected


class FileTrouble(RenewalError):
    """A file of the program cannot be read or written."""

    exit = Exit.FILE


class CloudError(RenewalError):
    """The cloud did not carry out the request."""

    exit = Exit.UNREACHABLE


class Unreachable(CloudError):
    """No answer, an unreadable one, a server error, or throttling beyond the limit.

    For a call that pays, the outcome is unknown.
    """


class OtherOrder(Unreachable):
    """The cloud has another order for the same item: the token was used with another term, or an
    order is being processed. The outcome has to be looked up."""


class Denied(CloudError):
    """No credentials, wrong ones, or a missing RAM permission."""

    exit = Exit.DENIED

    def __init__(self, message: str, code: str = "NoPermission") -> None:
        super().__init__(message)
        self.code = code


class MissingRight(Denied):
    """The credentials are valid but lack a RAM right, which the message names."""


class OtherSite(Denied):
    """The endpoint does not serve this account, which probably belongs to the other site."""


class Refused(CloudError):
    """The cloud's definite refusal of a change, with its code and message.

    `for_money`: the balance is too low or a bill is unpaid (IOT-1), so a payment or top-up would
    help. Only a refusal for another reason leads to method 2 for a license (LIC-2).
    """

    exit = Exit.REFUSED

    def __init__(self, code: str, words: str, *, for_money: bool = False) -> None:
        super().__init__(f"{code}: {words}")
        self.code = code
        self.words = words
        self.for_money = for_money


class Stopped(RenewalError):
    """A payment that was stopped here, before anything was sent.

    `procedure` names the documented procedure to follow, if there is one.
    """

    exit = Exit.STOPPED_HERE

    def __init__(self, message: str, procedure: str | None = None) -> None:
        super().__init__(message)
        self.procedure = procedure


class TwoProducts(Stopped):
    """An Instance ID that the cloud lists for more than one product."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(
            _(
                "{instance_id} is used by items of two products, so a renewal could pay "
                "for the wrong one; nothing was sent. Renew it in the console."
            ).format(instance_id=instance_id)
        )
