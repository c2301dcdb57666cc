"""Rules for input from forms, files and the command line: one for each type of value."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from store.errors import Usage
from store.i18n import N_, _
from store.money import currency_label
from store.times import parse_time

LONGEST_TEXT = 1000
"""The longest name, note or reason."""
LONGEST_ID = 64
"""The longest ID that a person enters."""
LONGEST_CLOUD_ID = 128
"""The longest ID that the cloud lists."""
EXPECTED_ID = N_("1 to 64 letters, digits and _ . : -")
"""A description of valid IDs, for errors."""

_ID = re.compile(r"[A-Za-z0-9_.:-]+", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?", re.ASCII)
_SEPARATED_AMOUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,2})?", re.ASCII)


def is_id(text: str, longest: int = LONGEST_ID) -> bool:
    """Whether the text is 1 to `longest` ASCII letters, digits or `_ . : -`."""
    return len(text) <= longest and _ID.fullmatch(text) is not None


def is_amount(text: str) -> bool:
    """Whether the text is at most 15 ASCII digits with at most two decimals; 0 is one."""
    return _AMOUNT.fullmatch(text) is not None


def parse_amount(text: str) -> Decimal:
    """The amount on a command line. Raises `Usage` for 0 and for an invalid amount."""
    if not is_amount(text) or not Decimal(text):
        raise Usage(
            _(
                "{text!r} is not an amount: use digits with at most two decimals, more than 0, "
                "such as 3624.10"
            ).format(text=text)
        )
    return Decimal(text)


def parse_shown_amount(text: str, currency: str = "") -> Decimal:
    """The amount in a form: as `parse_amount`, but also in the shown form, `3,624.10`, with the
    currency before it, `CNY 3,624.10` or `¥3,624.10`."""
    for prefix in filter(None, (currency, currency_label(currency))):
        text = text.removeprefix(prefix).lstrip()
    text = without_separators(text)
    if not is_amount(text) or not Decimal(text):
        raise Usage(_("Enter an amount such as 3624.10"))
    return Decimal(text)


def without_separators(text: str) -> str:
    """The amount `3,624.10` as `3624.10`; any other text as it is."""
    return text.replace(",", "") if _SEPARATED_AMOUNT.fullmatch(text) else text


def parse_day(text: str) -> datetime:
    """The start of the day `YYYY-MM-DD` in UTC+8. Raises `Usage` for an invalid day."""
    try:
        return parse_time(f"{text}T00:00:00+08:00")
    except ValueError as error:
        raise Usage(_("Enter a date as YYYY-MM-DD")) from error


def check_length(text: str) -> str:
    """The text. Raises `Usage` if it is too long."""
    if len(text) > LONGEST_TEXT:
        raise Usage(_("at most {n} characters are kept").format(n=LONGEST_TEXT))
    return text
