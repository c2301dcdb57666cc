"""The practice cloud: an embedded account that follows the two documents to the second."""

from __future__ import annotations

from store.clouds.practice.cloud import PracticeCloud
from store.clouds.practice.file import peek_clock
from store.clouds.practice.scenario import SHIPPED, Scenario, parse_scenario, read_scenario

__all__ = [
    "SHIPPED",
    "PracticeCloud",
    "Scenario",
    "parse_scenario",
    "peek_clock",
    "read_scenario",
]
