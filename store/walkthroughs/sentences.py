"""The sentences that a walk says, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache

_UNKNOWN = {"en": "not known", "zh": "未知"}


def say(key: str, lang: str, **values: str | None) -> str:
    """The sentence of that key with these values in it; None reads as not known."""
    lang = lang if lang in _UNKNOWN else "en"
    words = {name: _UNKNOWN[lang] if value is None else value for name, value in values.items()}
    return _sentences()[key][lang].format_map(words)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    from importlib.resources import files

    data: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath("sentences.toml").read_text("utf-8")
    )
    return data
