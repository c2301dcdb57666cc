"""Everything that can go wrong for a person, one tree, each with its exit code.

A message says what happened, what it means for the person's services, and what
to do. It never holds a secret and never a traceback.
"""

from __future__ import annotations

from enum import IntEnum

from store.i18n import _


class Exit(IntEnum):
    """Exit codes of the program; what they mean is in the README."""

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
    """Base of all errors that are shown to the person as one plain sentence."""

    exit = Exit.DEFECT

    @property
    def message(self) -> str:
        return str(self)


class Usage(RenewalError):
    """Something that was asked for cannot be: a bad option, file, amount or ID."""

    exit = Exit.USAGE


class BadFile(Usage):
    """A scenario or CSV that does not fit."""

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
    """A file of ours cannot be read or written."""

    exit = Exit.FILE


class CloudError(RenewalError):
    """The cloud did not do what was asked."""

    exit = Exit.UNREACHABLE


class Unreachable(CloudError):
    """No answer, an unreadable one, a server error, or throttling beyond the limit.

    For a call that pays this means that the outcome is unknown.
    """


class OtherOrder(Unreachable):
    """The cloud has another order for the same: the token came with another term before, or
    one is being processed. What came of it is told by looking."""


class Denied(CloudError):
    """No credentials, wrong ones, or a missing RAM permission."""

    exit = Exit.DENIED

    def __init__(self, message: str, code: str = "NoPermission") -> None:
        super().__init__(message)
        self.code = code


class MissingRight(Denied):
    """The credentials are valid but lack a RAM right, which the message names."""


class Refused(CloudError):
    """The cloud's definite no to a change, with its own code and words.

    `for_money` is true when paying or topping up would turn it into a yes: the
    balance is too small or a bill is unpaid (IOT-1). Only a refusal for another
    reason sends a license to method 2 (LIC-2).
    """

    exit = Exit.REFUSED

    def __init__(self, code: str, words: str, *, for_money: bool = False) -> None:
        super().__init__(f"{code}: {words}")
        self.code = code
        self.words = words
        self.for_money = for_money


class Stopped(RenewalError):
    """A payment that was stopped here, before anything was sent.

    `procedure` names the documented way that goes on from here, where there is one.
    """

    exit = Exit.STOPPED_HERE

    def __init__(self, message: str, procedure: str | None = None) -> None:
        super().__init__(message)
        self.procedure = procedure


class TwoProducts(Stopped):
    """An Instance ID under which the cloud lists more than one product."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(
            _(
                "{instance_id} is used by items of two products, so a renewal could pay "
                "for the wrong one; nothing was sent. Renew it in the console."
            ).format(instance_id=instance_id)
        )
