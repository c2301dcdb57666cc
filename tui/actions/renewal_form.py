"""The renewal form as data: what is covered, and the price and the new end of each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from store import formats
from store.config import ChargedTo
from store.i18n import _, counted
from store.items.names import item_name
from store.items.top_up_need import Need, Purpose
from store.models import AUTO_RENEWAL_MONTHS, DEFAULT_MONTHS, RENEWAL_MONTHS, Balance, License
from store.money import Money, currency_label
from store.orders import Quote
from store.payments.offer import billed_end, license_texts, sdks_of
from store.payments.policy import PaymentPolicy, missing_amount
from store.payments.terms import Group, Omitted, Renewable, TermPrice, quote_term
from store.rules.clauses import remarks_on_term
from store.rules.sources import Remark
from tui.actions.prompter import Prompter
from tui.prompts import (
    AutoRenewalChoice,
    Emphasis,
    Fact,
    Line,
    RenewalForm,
    ShownTerm,
    TypedProof,
    last_characters,
    total_amount,
)
from tui.text import labels, payment_text

USUAL_TERMS = (1, 2, 3, 6, 12, 24, 36)
TERMS = (*USUAL_TERMS, *(months for months in RENEWAL_MONTHS if months not in USUAL_TERMS))
PENDING = "…"


class Prices:
    """The prices of one form: quoted by the cloud term by term, and kept as shown."""

    def __init__(
        self, prompter: Prompter, renewable: Renewable, omitted: Sequence[Omitted] = ()
    ) -> None:
        """`omitted`: items left out before, in addition to those of `renewable`."""
        self._prompter = prompter
        self._renewable = renewable
        self._omitted = (*omitted, *renewable.omitted)
        self._policy: PaymentPolicy = prompter.session.payment_policy
        self.by_months: dict[int, TermPrice] = {}

    def form(self, first: int | None = None, notice: str = "") -> RenewalForm:
        """Compose the form. `first`: the months selected at first; None: the usual term."""
        groups = self._renewable.groups
        title = counted("Renew {n} item", "Renew {n} items", len(groups))
        if len(groups) == 1:
            title = _("Renew {name}").format(name=group_names(groups))
        return RenewalForm(
            title=title,
            currency=currency_label(self._renewable.balance.currency),
            terms=TERMS,
            quoted_at_once=len(USUAL_TERMS),
            initial_term=first or _usual_term(groups),
            quote=self._quote,
            pending_lines=self._lines([(group, None) for group in groups], (), PENDING),
            auto_renewal=auto_renewal_choice(groups),
            terms_with_remark=frozenset(months for months in TERMS if _remarks(groups, months)),
            notice=notice,
        )

    async def _quote(self, months: int) -> ShownTerm:
        renewable, policy = self._renewable, self._policy
        price = await self._prompter.in_store(
            lambda session: quote_term(session.cloud, policy, renewable, months)
        )
        self.by_months[months] = price
        return self._shown_term(price)

    def _shown_term(self, price: TermPrice) -> ShownTerm:
        balance, total = self._renewable.balance, price.total
        missing = self.missing(price.months)
        balance_left, paid_from = "", _("the account's card or wallet")
        if missing:
            balance_left = _("{amount} short").format(amount=formats.amount(missing))
        elif total is not None and self._is_paid_from_balance:
            balance_left = formats.amount(balance.available - total)
        if self._is_paid_from_balance:
            paid_from = _paid_from(balance, total)
        return ShownTerm(
            price=_("not quoted") if total is None else formats.amount(total),
            new_end=_new_end(price),
            balance_left=balance_left,
            lines=self._lines(price.quotes, price.omitted, paid_from),
            proof=self._proof(price),
            obstacle=self._obstacle(price, missing),
            is_short=missing is not None,
        )

    def missing(self, months: int) -> Decimal | None:
        """The amount that the balance lacks for this term, by the price shown; None: it covers
        it."""
        price = self.by_months[months]
        if not price.quotes:
            return None
        return missing_amount(self._policy, price.total, self._renewable.balance)

    def need(self, months: int) -> Need:
        """The money that this term needs."""
        return Need(Purpose.PAYMENT, self._renewable.balance, self.by_months[months].total)

    @property
    def _is_paid_from_balance(self) -> bool:
        return self._policy.charged_to is ChargedTo.BALANCE

    def _lines(
        self,
        quotes: Sequence[tuple[Group, Quote | None]],
        omitted: Sequence[Omitted],
        paid_from: str,
    ) -> tuple[Line, ...]:
        """What is omitted and why, what is covered with its prices and ends, and what pays."""
        left_out = [*self._omitted, *(omitted if len(self._renewable.groups) > 1 else ())]
        lines: list[Line] = [*omitted_lines(left_out), *([""] if left_out else [])]
        if len(self._renewable.groups) == 1:
            quoted = [*quotes, *((omission.items, None) for omission in omitted)]
            for group, quote in quoted:
                lines += [*covered_facts(group), Fact(_("Ends"), _ends_text(group, quote))]
        else:
            for group, quote in quotes:
                price = PENDING if quote is None else payment_text.price(quote)
                lines += [*covered_facts(group), Fact("", f"{price} · {_ends_text(group, quote)}")]
        lines += [Fact(_("Paid from"), paid_from), _("A payment cannot be undone.")]
        return (*lines, *_remarks(self._renewable.groups, max(TERMS)))

    def _proof(self, price: TermPrice) -> TypedProof:
        total, groups = price.total, price.groups or self._renewable.groups
        if len(groups) == 1 or total is None:
            return last_characters(groups[0][0].instance_id)
        return total_amount(Money(total, self._renewable.balance.currency))

    def _obstacle(self, price: TermPrice, missing: Decimal | None) -> str:
        """Why the term cannot be paid; "": it can."""
        balance = self._renewable.balance
        if not price.quotes:
            if len(price.omitted) > 1:
                return _("None of these items has a price for this term.")
            return labels.sentence_case(price.omitted[0].reason)
        if missing is None:
            return ""
        owed = formats.amount(balance.owed, balance.currency)
        if not missing:
            return _("{owed} is owed; nothing can be renewed before it is settled.").format(
                owed=owed
            )
        values = {
            "missing": formats.amount(missing, balance.currency),
            "price": formats.amount(price.total, balance.currency),
            "available": formats.amount(balance.available, balance.currency),
            "owed": owed,
        }
        if balance.owed:
            text = _(
                "{missing} is missing: the price is {price}, {owed} is owed, {available} is "
                "available."
            )
        else:
            text = _("{missing} is missing: the price is {price}, {available} is available.")
        return text.format(**values)


def group_names(groups: Iterable[Group]) -> str:
    """The names of all items, each once."""
    names = (item_name(item) for group in groups for item in group)
    return formats.joined(dict.fromkeys(names))


def covered_facts(group: Group) -> list[Fact]:
    """The item with its Instance ID; for a license order, everything that it covers (LIC-3)."""
    facts = [Fact(_("Renew"), f"{group_names([group])} ({group[0].instance_id})")]
    if any(isinstance(item, License) for item in group):
        whole = _("the whole order: {sdks}").format(sdks=formats.joined(sdks_of(group)))
        facts.append(Fact(_("Covers"), whole))
        if len(group) > 1:
            facts += (Fact("", text) for text in license_texts(group))
    return facts


def omitted_lines(omitted: Sequence[Omitted]) -> Iterator[Line]:
    """The omitted items, each with its reason, under a heading; none without any."""
    if omitted:
        yield Emphasis(_("Not included"))
    for omission in omitted:
        name = f"{group_names([omission.items])} ({omission.items[0].instance_id})"
        yield _("{label}: {text}").format(label=name, text=omission.reason)


def auto_renewal_term(months: int) -> int:
    """The longest auto-renewal period that is not longer than the term of the renewal."""
    return max(period for period in AUTO_RENEWAL_MONTHS if period <= months)


def _usual_term(groups: Iterable[Group]) -> int:
    """The auto-renewal period if all items have the same, else 12 months."""
    periods = {getattr(item, "auto_renewal_months", None) for group in groups for item in group}
    period = periods.pop() if len(periods) == 1 else None
    return period if period in TERMS else DEFAULT_MONTHS


def auto_renewal_choice(groups: Sequence[Group]) -> AutoRenewalChoice | None:
    """The choice of auto-renewal; None if the billing data has another end than the console, since
    auto-renewal would start from the wrong one."""
    items = [item for group in groups for item in group]
    if any(getattr(item, "billed_ends_at", None) is not None for item in items):
        return None
    on = [group for group in groups if is_auto_renewed(group)]
    if len(on) not in {0, len(groups)}:
        now = _("on for {n} of {all}").format(n=len(on), all=len(groups))
        return AutoRenewalChoice(now, _on_text, (True, False))
    if not on:
        return AutoRenewalChoice(_("off"), _on_text, (True,))
    periods = {getattr(group[0], "auto_renewal_months", None) for group in on}
    period = periods.pop() if len(periods) == 1 else None
    return AutoRenewalChoice(_on_text(period) if period else _("on"), _on_text, (False,))


def is_auto_renewed(group: Group) -> bool:
    """Whether auto-renewal is on, even if its period is unknown."""
    item = group[0]
    details = getattr(item, "details", None)
    return getattr(item, "auto_renewal_months", None) is not None or (
        details is not None and details.renews_for_unknown_term
    )


def _on_text(months: int) -> str:
    return counted("on, every {n} month", "on, every {n} months", auto_renewal_term(months))


def _ends_text(group: Group, quote: Quote | None) -> str:
    new = PENDING if quote is None else formats.day(quote.ends_at) or _("unknown")
    return f"{formats.day(billed_end(group[0]))} → {new}"


def _new_end(price: TermPrice) -> str:
    ends = {formats.day(quote.ends_at) for _group, quote in price.quotes}
    if len(ends) > 1:
        return _("various")
    return (ends.pop() if ends else "") or _("unknown")


def _paid_from(balance: Balance, total: Decimal | None) -> str:
    if total is None or total > balance.available:
        available = formats.amount(balance.available, balance.currency)
        return _("{available} available").format(available=available)
    return payment_text.balance_after(balance, total)


def _remarks(groups: Iterable[Group], months: int) -> tuple[str, ...]:
    kinds = dict.fromkeys(item.kind for group in groups for item in group)
    remarks = (remark for kind in kinds for remark in remarks_on_term(kind, months))
    return tuple(f"* {_remark(remark)}" for remark in remarks)


def _remark(remark: Remark) -> str:
    if remark.source is None:
        return _(remark.text)
    return formats.with_aside(_(remark.text), labels.source_and_date(remark.source))
