"""One account's connection to the billing API: each request is sent once, each answer checked."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, TypeVar

from store.clouds.alibaba import answers, credentials
from store.clouds.alibaba.endpoint import endpoint_of
from store.clouds.alibaba.error_codes import (
    CHANGING,
    FailedAnswer,
    Transient,
    cloud_error,
    one_line,
)
from store.clouds.alibaba.rights import OPTIONAL
from store.clouds.alibaba.sdk import Request, Sdk, Timeouts, build_request, load_sdk
from store.clouds.alibaba.transport_errors import no_answer, unreadable_answer
from store.config import Account
from store.errors import CloudError, Denied, Unreachable
from store.i18n import _

T = TypeVar("T")
_SUCCESS = frozenset({"success", "200"})
_WITHOUT_ENVELOPE = frozenset({"DescribeFrInstances"})
"""Operations whose successful answer has neither Success nor Code."""


class BillingClient:
    """Sends requests for one account. Threads may share it."""

    def __init__(self, account: Account, timeouts: Timeouts, home: Path | None) -> None:
        self._profile = account.profile
        self._endpoint = endpoint_of(account)
        self._site = account.site
        self._timeouts = timeouts
        self._home = home
        self._sdk: Sdk | None = None
        self._loading = threading.Lock()

    def call(self, operation: str, shape: type[T], /, **parameters: object) -> T:
        """The body of a successful answer as `shape`: an `Envelope`, or a dict.

        Raises the error that `error_codes.cloud_error` returns, or `Unreachable`.
        """
        sdk = self._loaded()
        body, problem = self._send(sdk, build_request(sdk, operation, parameters))
        if problem is not None:
            raise problem
        decoded = answers.decode(body, shape) if isinstance(body, bytes) else body
        _check_success(sdk, operation, decoded)
        return answers.convert(operation, decoded, shape)

    def source(self) -> credentials.Source:
        """The credentials in use."""
        return credentials.describe_source(self._loaded().provider)

    @property
    def is_guarded(self) -> bool:
        """Whether the requests so far were sent through the guarded adapter."""
        return self._sdk is not None and self._sdk.guard.sent_count > 0

    @property
    def clock_ahead(self) -> float:
        """The seconds by which this machine's clock is ahead of the endpoint's."""
        return 0.0 if self._sdk is None else float(self._sdk.guard.clock_ahead)

    def _loaded(self) -> Sdk:
        with self._loading:
            if self._sdk is None:
                self._sdk = load_sdk(
                    self._profile, self._home, self._endpoint, self._site, self._timeouts
                )
            return self._sdk

    def _send(self, sdk: Sdk, request: Request) -> tuple[Any, CloudError | None]:
        """The body, or the error.

        The caller raises the error, so that the SDK's own exception, which contains the signed
        headers, is not chained to it.
        """
        runtime = sdk.runtime(read_timeout=round(1000 * self._read_timeout(request.operation)))
        try:
            answer = sdk.client.call_api(request.params, request.content, runtime)
        except sdk.error as error:
            return None, self._problem(sdk, request.operation, error)
        return answer.get("body"), None

    def _read_timeout(self, operation: str) -> float:
        timeouts = self._timeouts
        if operation in OPTIONAL:
            return min(timeouts.optional, timeouts.read)
        return timeouts.changing if operation in CHANGING else timeouts.read

    def _problem(self, sdk: Sdk, operation: str, error: Any) -> CloudError:
        status = getattr(error, "status_code", None)
        if status is not None or _is_code(getattr(error, "code", None)):
            hide = sdk.provider.hide
            retry_after = getattr(error, "retry_after", None)
            return cloud_error(
                FailedAnswer(
                    operation,
                    hide(error.code if _is_code(error.code) else ""),
                    hide(str(error.message or "")),
                    status,
                    None if retry_after is None else retry_after / 1000,
                )
            )
        inner = getattr(error, "inner_exception", None) or error
        if type(inner).__module__.partition(".")[0] == "alibabacloud_credentials":
            return credentials.problem_of(inner, self._profile)
        return Transient(no_answer(operation, inner))


def _is_code(code: object) -> bool:
    return isinstance(code, str) and code not in {"", "None"}


def _check_success(sdk: Sdk, operation: str, body: object) -> None:
    """Raises the error of an answer that does not report success."""
    try:
        envelope = answers.envelope(body)
    except ValueError:
        raise Transient(unreadable_answer(operation)) from None
    success, code = envelope.success, _text(envelope.code)
    if success is True or success == "true":
        return
    if operation in _WITHOUT_ENVELOPE and success is None and not code:
        return
    if success is None and code.casefold() in _SUCCESS:
        return
    hide = sdk.provider.hide
    error = cloud_error(
        FailedAnswer(operation, hide(code), one_line(hide(_text(envelope.message))))
    )
    if success is False or success == "false" or isinstance(error, Denied):
        raise error
    raise Unreachable(
        _(
            "{operation}: the answer does not say whether the call succeeded "
            "({code}), so it is not used."
        ).format(operation=operation, code=hide(code) or _("no error code"))
    )


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
