"""Sentences for requests that brought no answer, or one that is no JSON."""

from __future__ import annotations

from store.i18n import N_, _

_NO_JSON = N_("its answer cannot be read (not the JSON that was expected)")
_BROKE = N_("the connection broke")
_CAUSES = (
    ("redirect", N_("the endpoint answered with a redirect, which is not followed")),
    ("too slowly", N_("the answer came too slowly and was given up")),
    ("Read timed out", N_("no answer came in time")),
    ("ConnectTimeout", N_("the endpoint could not be reached in time")),
    ("connect timeout", N_("the endpoint could not be reached in time")),
    ("refused", N_("the endpoint refused the connection")),
    ("resolve", N_("the endpoint's name could not be found")),
    ("NameResolution", N_("the endpoint's name could not be found")),
    ("CERTIFICATE_VERIFY", N_("the endpoint's certificate is not trusted")),
    ("IncompleteRead", N_("the answer broke off")),
    ("larger than", N_("the answer is larger than any that the billing API gives")),
    ("json", _NO_JSON),
)
"""(part of the library's message, cause): the first that occurs in the message."""


def no_answer(operation: str, error: BaseException) -> str:
    """The sentence for an operation that ended with this error of the SDK or below it."""
    message = str(getattr(error, "message", "") or error)
    default = _BROKE if type(error).__name__ == "RetryError" else _NO_JSON
    return _sentence(
        operation, next((cause for part, cause in _CAUSES if part in message), default)
    )


def unreadable_answer(operation: str) -> str:
    """The sentence for an answer that is no JSON object."""
    return _sentence(operation, _NO_JSON)


def _sentence(operation: str, cause: str) -> str:
    return _(
        "{operation}: {sentence}. Check the connection, the proxy, and `endpoint` in "
        "config.toml, if it is set; then try again."
    ).format(operation=operation, sentence=_(cause))
