"""Messages for requests without an answer, or with an answer that is not JSON."""

from __future__ import annotations

from store.i18n import N_, _

_NO_JSON = N_("the answer cannot be read (not the expected JSON)")
_BROKE = N_("the connection was lost")
_CAUSES = (
    ("redirect", N_("the endpoint answered with a redirect, which is never followed")),
    ("too slowly", N_("the answer was too slow and was abandoned")),
    ("Read timed out", N_("the endpoint did not answer in time")),
    ("ConnectTimeout", N_("the endpoint could not be reached in time")),
    ("connect timeout", N_("the endpoint could not be reached in time")),
    ("refused", N_("the endpoint refused the connection")),
    ("resolve", N_("the endpoint's host name could not be resolved")),
    ("NameResolution", N_("the endpoint's host name could not be resolved")),
    ("CERTIFICATE_VERIFY", N_("the endpoint's certificate is not trusted")),
    ("IncompleteRead", N_("the answer was cut off")),
    ("larger than", N_("the answer is larger than any the billing API sends")),
    ("json", _NO_JSON),
)
"""(part of the library's message, cause): the first match counts."""


def no_answer(operation: str, error: BaseException) -> str:
    """The message for an operation that ended with this error of the SDK or below it."""
    message = str(getattr(error, "message", "") or error)
    default = _BROKE if type(error).__name__ == "RetryError" else _NO_JSON
    return _sentence(
        operation, next((cause for part, cause in _CAUSES if part in message), default)
    )


def unreadable_answer(operation: str) -> str:
    """The message for an answer that is not a JSON object."""
    return _sentence(operation, _NO_JSON)


def _sentence(operation: str, cause: str) -> str:
    return _(
        "{operation}: {sentence}. Check the connection, the proxy and, if set, "
        "`endpoint` in config.toml."
    ).format(operation=operation, sentence=_(cause))
