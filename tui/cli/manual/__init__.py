"""The manual: topics that `renewal help TOPIC` prints, one Markdown file for each language."""

from __future__ import annotations

from pathlib import Path

from store.i18n import ENGLISH, N_, language

TOPICS = {
    "automation": N_("Messages, cron, systemd, tmux, Nagios, Prometheus, calendar."),
    "configuration": N_("Accounts, identifying items, appearance, keys, filters."),
    "keys": N_("All keys of the app."),
    "paying": N_("How a payment is made, and why it is never made twice."),
}
"""The topics of `renewal help`, besides the commands, each with a summary."""

_FOLDER = Path(__file__).parent


def topic_text(topic: str) -> str:
    """The text of the topic in the language in use; that of `keys` is generated."""
    if topic == "keys":
        from tui.commands.registry import keys_text

        return keys_text()
    translated = _FOLDER / f"{topic}.{language()}.md"
    path = translated if translated.exists() else _FOLDER / f"{topic}.{ENGLISH}.md"
    return path.read_text(encoding="utf-8")
