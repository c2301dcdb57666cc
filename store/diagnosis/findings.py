"""The findings of `renewal doctor`: a fact, its verdict, and how to fix it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """The verdict of a finding."""

    FINE = "fine"
    NOTE = "note"
    MEND = "mend"


class Finding(Struct, frozen=True):
    """One finding; `todo` says how to fix it."""

    what: str
    verdict: Verdict
    words: str
    todo: str = ""
