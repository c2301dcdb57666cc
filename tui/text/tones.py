"""The tones of rows by severity, with their signs and styles."""

from __future__ import annotations

from typing import Literal

Tone = Literal["ok", "warning", "unknown", "critical"]

SIGNS: dict[Tone, str] = {"critical": "!", "unknown": "?", "warning": "·", "ok": " "}
"""The sign of each tone: color is never the only difference."""

TONE_STYLES: dict[Tone, str] = {
    "critical": "bold $error",
    "unknown": "$secondary",
    "warning": "$warning",
    "ok": "",
}
"""The style of each tone, for text outside tables."""
