"""Removes notices, the texts in the corner of the screen."""

from __future__ import annotations

from typing import Any

from textual.app import App


def clear_information(app: App[Any]) -> None:
    """Remove the notices that are only informational."""
    for notice in list(app._notifications):  # noqa: SLF001
        if notice.severity == "information":
            app._unnotify(notice)  # noqa: SLF001
