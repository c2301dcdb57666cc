"""The sentences that a walk says, in both languages."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache

from store.i18n import _
from store.times import BEIJING

_UNKNOWN = {"en": "not known", "zh": "未知"}


def say(key: str, lang: str, **values: str | None) -> str:
    """The sentence of that key with these values in it; None reads as not known."""
    lang = lang if lang in _UNKNOWN else "en"
    words = {name: _UNKNOWN[lang] if value is None else value for name, value in values.items()}
    return _sentences()[key][lang].format_map(words)


def in_utc8(moment: datetime) -> str:
    """The instant as it is written where no other way is asked for."""
    here = moment.astimezone(BEIJING)
    clock = f"{here:%H:%M:%S}" if here.second else f"{here:%H:%M}"
    return _("{year}-{month:02}-{day:02} {clock} UTC+8").format(
        year=here.year, month=here.month, day=here.day, clock=clock
    )


@cache
def _sentences() -> dict[str, dict[str, str]]:
    from importlib.resources import files

    data: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath("sentences.toml").read_text("utf-8")
    )
    return data
