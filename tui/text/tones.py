"""The tones of a row by severity: sign and style."""

from __future__ import annotations

from typing import Literal

Tone = Literal["ok", "warning", "unknown", "critical"]

SIGNS: dict[Tone, str] = {"critical": "!", "unknown": "?", "warning": "·", "ok": " "}
"""The sign of each severity: color is never the only difference."""

TONE_STYLES: dict[Tone, str] = {
    "critical": "bold $error",
    "unknown": "$secondary",
    "warning": "$warning",
    "ok": "",
}
"""The style of each severity, for text outside tables."""
