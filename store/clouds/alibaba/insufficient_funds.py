"""Whether the cloud refused a renewal for want of money, by its code and its words.

Alibaba Cloud's services word it in many ways, often under a generic code (LXBuyError,
ORDER_FAILED), in English or Chinese. A word of paying counts in case of doubt: topping up and
trying again costs nothing, while buying a new license for a small balance does.
"""

from __future__ import annotations

import re

_CODE = re.compile(
    r"insufficient|overdue|arrear|indebt|unpaid|(?<!load)(?<!load_)balance|credit"
    r"|(?<!pre)(?<!post)pay(?!_?as_?you)",
    re.I,
)
_WORDS = re.compile(
    r"\b(pay(?!s?[ -]as[ -]you)|(?<!load )(?<!load-)balance|overdue|arrear|indebted|unpaid|credit\b"
    r"|insufficient funds?\b|not enough (money|funds?)\b|top[ -]?up)"
    r"|arrear|余额|餘額|额度|額度|欠费|欠費|欠款|支付|付款|扣款|扣费|充值|资金不足|信用",
    re.I,
)
_NEVER = re.compile(r"coupon|tax_?calc", re.I)
"""A payment problem that no money mends."""


def is_for_money(code: str, words: str) -> bool:
    """Whether paying or topping up would turn this refusal into a yes."""
    if _NEVER.search(code):
        return False
    return bool(_CODE.search(code) or _WORDS.search(words))
