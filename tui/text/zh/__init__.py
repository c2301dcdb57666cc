"""Simplified Chinese, with the console's own names for pages, tabs and buttons."""

from __future__ import annotations

from tui.text.zh.cloud import WORDS as CLOUD
from tui.text.zh.commands import WORDS as COMMANDS
from tui.text.zh.line import WORDS as LINE
from tui.text.zh.own import WORDS as OWN
from tui.text.zh.rules import WORDS as RULES
from tui.text.zh.screens import WORDS as SCREENS
from tui.text.zh.store import WORDS as STORE
from tui.text.zh.tour import WORDS as TOUR

WORDS = {**STORE, **RULES, **COMMANDS, **SCREENS, **LINE, **OWN, **CLOUD, **TOUR}
"""English to Chinese: the screens, the tour, the command line, the registry of commands, and
what the store says."""
