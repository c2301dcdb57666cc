"""The tones of rows by severity, with their signs and styles."""

from __future__ import annotations

from typing import Literal

Tone = Literal["ok", "warning", "unknown", "critical", "gone"]
"""`gone`: lost for good, so that nothing can be done."""

SIGNS: dict[Tone, str] = {"critical": "!", "unknown": "?", "warning": "·", "ok": " ", "gone": " "}
"""The sign of each tone: color is never the only difference. Lost items have none; their state says
that they are lost."""

TONE_STYLES: dict[Tone, str] = {
    "critical": "bold $error",
    "unknown": "$secondary",
    "warning": "$warning",
    "ok": "",
    "gone": "$text-muted",
}
"""The style of each tone, for text outside tables."""
