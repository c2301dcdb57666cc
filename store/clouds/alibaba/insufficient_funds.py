"""Whether the cloud refused a renewal for lack of money, by its code and message.

Alibaba Cloud's services word it in many ways, often under a generic code (LXBuyError,
ORDER_FAILED), in English or Chinese. In case of doubt a word about paying counts: topping up and
trying again costs nothing, while buying a new license for lack of balance does.
"""

from __future__ import annotations

import re

_CODE = re.compile(
    r"insufficient|overdue|arrear|debt|unpaid|(?<!load)(?<!load_)balance|credit|(?<!re)funds?\b"
    r"|recharge|(?<!pre)(?<!post)pay(?!_?as_?you)|^owe|_owe",
    re.I,
)
_WORDS = re.compile(
    r"\b(pay(?!s?[ -]as[ -]you)|(?<!load )(?<!load-)balance|overdue|arrear|indebted|debts?\b|unpaid"
    r"|credit\b|(insufficient|not enough|out of|no|lack of) (money|funds?|cash)\b|ow(e|es|ed|ing)\b"
    r"|available (quota|limit|amount)\b|amount of (the|your) account|card was declined"
    r"|outstanding (bill|amount)|top[ -]?up|recharge)"
    r"|arrear|余额|餘額|余款|额度|額度|欠费|欠費|欠款|支付|付款|扣款|扣费|充值|现金|現金|资金|資金"
    r"|金额不足|保证金|的钱|账单|帐单|结清|透支|信用|授信",
    re.I,
)
_NEVER = re.compile(r"coupon|tax_?calc", re.I)
"""Payment problems that money does not solve."""


def is_for_money(code: str, words: str) -> bool:
    """Whether the renewal would succeed after a payment or a top-up."""
    if _NEVER.search(code):
        return False
    return bool(_CODE.search(code) or _WORDS.search(words))
