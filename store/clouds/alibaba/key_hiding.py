"""Removes credentials from texts: a gateway may repeat the request in its answer."""

from __future__ import annotations

from collections import deque
from typing import Any
from urllib.parse import quote

_REMEMBERED = 8
"""The number of key sets that are remembered: temporary ones change during requests."""


class RecordingProvider:
    """The SDK's credentials provider, which remembers the keys that it returned.

    A key that signed a request can be removed from its answer even when the keys cannot be fetched
    again.
    """

    def __init__(self, provider: Any) -> None:
        self._provider = provider
        self._used: deque[tuple[str, ...]] = deque(maxlen=_REMEMBERED)

    def get_credentials(self) -> Any:
        """The credentials; raises what the SDK's provider raises."""
        credentials = self._provider.get_credentials()
        keys = (
            credentials.get_access_key_id(),
            credentials.get_access_key_secret(),
            credentials.get_security_token(),
        )
        used = tuple(str(key) for key in keys if key)
        if used not in self._used:
            self._used.append(used)
        return credentials

    def get_provider_name(self) -> str:
        """The SDK's own name of the provider, as `default/env`."""
        return str(self._provider.get_provider_name())

    def hide(self, text: str) -> str:
        """The text with every returned key replaced by an ellipsis."""
        for key in {key for keys in list(self._used) for key in keys}:
            for spelling in {key, quote(key, safe="")}:
                text = text.replace(spelling, "…")
        return text
