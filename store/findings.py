"""What `renewal doctor` finds: a fact, how it is meant, and how to fix it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """How a finding is meant."""

    FINE = "fine"
    NOTE = "note"
    MEND = "mend"


class Finding(Struct, frozen=True):
    """One thing that was looked at; `todo` says how to fix it."""

    what: str
    verdict: Verdict
    words: str
    todo: str = ""
