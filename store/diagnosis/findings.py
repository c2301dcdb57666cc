"""The findings of `renewal doctor`: facts, each with a verdict and how to fix it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """The verdict of a finding or a check."""

    FINE = "fine"
    NOTE = "note"
    """A state that may be intended."""
    MEND = "mend"
    UNKNOWN = "unknown"
    """Not known before the first sync. Checks only."""


class Finding(Struct, frozen=True):
    """One finding."""

    what: str
    """The name of what was checked."""
    verdict: Verdict
    words: str
    todo: str = ""
    """How to fix it."""
