"""Sentences with values, for walks."""

from __future__ import annotations

from datetime import datetime

from store.formats import instant_with_zone
from store.i18n import _


def sentence(words: str, **values: str | datetime | None) -> str:
    """The translated text with these values: instants in UTC+8, None as unknown."""
    return words.format_map({name: value_text(value) for name, value in values.items()})


def value_text(value: str | datetime | None) -> str:
    """A value in its form for sentences."""
    if value is None:
        return _("unknown")
    return instant_with_zone(value) if isinstance(value, datetime) else value
