"""The four tones of a row: their sign and their style."""

from __future__ import annotations

from typing import Literal

Tone = Literal["ok", "warning", "unknown", "critical"]

SIGNS: dict[Tone, str] = {"critical": "!", "unknown": "?", "warning": "·", "ok": " "}
"""The sign of each severity, so that a colour never stands alone."""

TONE_STYLES: dict[Tone, str] = {
    "critical": "bold $error",
    "unknown": "$secondary",
    "warning": "$warning",
    "ok": "",
}
"""The style of each severity, for text outside of tables."""
