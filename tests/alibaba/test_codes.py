"""Any error code is mapped without a crash, and only a definite no is a refusal."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clouds.alibaba.error_codes import FailedAnswer, Transient, cloud_error, one_line
from store.clouds.alibaba.fields import instant
from store.errors import Denied, Refused, Unreachable

CODES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "InternalError", "Throttling.Api", "NoPermission", "Forbidden.RAM", "Forbidden",
            "PAY.INSUFFICIENT_BALANCE", "OperationDenied.OrderProcessing", "ResourceNotExists",
            "SYSTEM.CONCURRENT_OPERATE", "Duplicated.ClientToken", "NotApplicable",
        ]
    ),
)  # fmt: skip
STATUS = st.none() | st.integers(400, 599)


@given(code=CODES, words=st.text(max_size=300), status=STATUS)
def test_a_payment_is_refused_by_a_code_only(code: str, words: str, status: int | None) -> None:
    error = cloud_error(FailedAnswer("RenewInstance", code, words, status))
    assert isinstance(error, Denied | Refused | Unreachable)
    if isinstance(error, Refused):
        assert code
        assert status is None or status < 500
        assert "\n" not in error.words
    assert error.message


@given(code=CODES, words=st.text(max_size=300), status=STATUS)
def test_a_look_is_never_refused(code: str, words: str, status: int | None) -> None:
    error = cloud_error(FailedAnswer("QueryOrders", code, words, status))
    assert isinstance(error, Denied | Unreachable)


@pytest.mark.parametrize("operation", ["RenewInstance", "QueryOrders"])
@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 429])
def test_a_server_error_decides_nothing(operation: str, status: int) -> None:
    error = cloud_error(FailedAnswer(operation, "ResourceNotExists", "no", status))
    assert isinstance(error, Transient)


@pytest.mark.parametrize(
    "code", ["Forbidden", "Forbidden.RAM", "NoPermission", "NotAuthorized", "AccessDenied"]
)
def test_each_spelling_of_a_missing_right_is_known(code: str) -> None:
    assert isinstance(cloud_error(FailedAnswer("RenewInstance", code, "", 403)), Denied)


@given(st.text(max_size=600))
def test_the_clouds_words_fit_on_one_line(words: str) -> None:
    line = one_line(words)
    assert len(line) <= 241
    assert len(line.splitlines()) <= 1


@given(st.text(max_size=30) | st.integers() | st.booleans())
def test_no_value_breaks_the_reading_of_times(value: object) -> None:
    with suppress(Unreachable):
        moment = instant(value, "EndTime", "row")
        assert moment is None or moment.tzinfo is not None
