"""Questions and messages as plain data: dialogs draw them, line mode prints them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from store.errors import Usage
from store.i18n import _
from store.money import Money
from store.sanitize import plain
from tui.text.labels import capitalized

Value = TypeVar("Value")
PROOF_LENGTH = 4
"""The number of characters of an ID that are typed to confirm a payment for it."""


class Fact(Struct, frozen=True):
    """A label and its value. The values of a message are aligned in one column."""

    label: str
    text: str
    is_warning: bool = False


class Emphasis(Struct, frozen=True):
    """A line that stands out."""

    text: str


Line = str | Fact | Emphasis


class Message(Struct, frozen=True):
    """Something to read until it is closed."""

    title: str
    lines: Sequence[Line] = ()
    copied: str = ""
    """The text to copy; "": the lines."""


class Question(Struct, Generic[Value], frozen=True):
    """One line of text, typed by the person."""

    title: str
    prompt: str
    check: Callable[[str], Value]
    """Parses the text, stripped of blanks; raises `Usage` if it is invalid."""
    lines: Sequence[Line] = ()
    value: str = ""
    """The proposed text."""


class Choice(Struct, Generic[Value], frozen=True):
    """One entry of a menu."""

    value: Value
    label: str
    hint: str = ""
    off: str | None = None
    """Why it cannot be chosen now; None: it can."""
    answer: str = ""
    """The answer that takes it in line mode; "": its number."""


class Menu(Struct, Generic[Value], frozen=True):
    """A list of choices, of which the person takes one."""

    title: str
    choices: Sequence[Choice[Value]]
    lines: Sequence[Line] = ()
    default: int = 0
    """The index of the choice that is highlighted first."""
    preset: int | None = None
    """The index of the choice that Enter alone takes in line mode; None: it takes none."""
    has_refusal: bool = False
    """Whether a choice does nothing, so that no button is needed for that."""


class FormField(Struct, frozen=True):
    """A line of text in a form."""

    name: str
    label: str
    value: str = ""


class WrongField(Usage):
    """The text in one field of a form is invalid."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Form(Struct, Generic[Value], frozen=True):
    """Several lines of text, typed by the person."""

    title: str
    fields: Sequence[FormField]
    check: Callable[[Mapping[str, str]], Value]
    """Parses the texts by field name; raises `WrongField` or `Usage` if one is invalid."""
    lines: Sequence[Line] = ()
    verb: str = ""
    """The label of the button that submits it; "": OK."""


class TypedProof(Struct, frozen=True):
    """The text that a person types to prove that they have read what they confirm."""

    accepts: tuple[str, ...]
    description: str
    """`the last 4 characters of iot-060a0bcd`"""

    def is_met_by(self, typed: str) -> bool:
        """Whether the typed text is the proof, ignoring case."""
        typed = typed.strip().casefold()
        return bool(typed) and typed in {accepted.casefold() for accepted in self.accepts}


class Confirmation(Struct, frozen=True):
    """Something that cannot be taken back: the facts, and the proof that they were read."""

    title: str
    lines: Sequence[Line]
    proof: TypedProof
    verb: str
    """The label of the button that does it."""


class ShownTerm(Struct, frozen=True):
    """A term of a renewal as text: its price, its new end, and the balance left."""

    price: str
    """`3,600.00`"""
    new_end: str
    """`24 Nov 2027`"""
    balance_left: str
    """The balance left after it, or the missing amount."""
    lines: Sequence[Line]
    """What is covered, and the facts of this term; the same number of lines for each term."""
    proof: TypedProof
    obstacle: str = ""
    """Why this term cannot be paid; empty: it can."""
    is_short: bool = False
    """Whether a top-up would help."""


class AutoRenewalChoice(Struct, frozen=True):
    """What auto-renewal can be set to after the payment."""

    now: str
    """The present setting: `off`"""
    on: Callable[[int], str]
    """The text of the setting once turned on, for a term in months: `on, every 12 months`"""
    settings: tuple[bool, ...]
    """Whether it can be turned on (True) and off (False)."""

    def text(self, setting: bool | None, months: int) -> str:  # noqa: FBT001
        """`off → on, every 12 months`; None leaves it as it is."""
        if setting is None:
            return self.now
        after = self.on(months) if setting else _("off")
        return f"{self.now} → {after}"

    def after(self, setting: bool | None) -> bool | None:  # noqa: FBT001
        """The next setting in turn."""
        turn = (None, *self.settings)
        return turn[(turn.index(setting) + 1) % len(turn)]


class RenewalForm(Struct, frozen=True):
    """A renewal: what is covered, the terms with their prices, auto-renewal, and the proof."""

    title: str
    currency: str
    terms: Sequence[int]
    """Months, in their order."""
    quoted_at_once: int
    """The number of terms that are quoted at once; the others are quoted when chosen."""
    initial_term: int
    """The term that is selected at first."""
    quote: Callable[[int], Awaitable[ShownTerm]]
    """Fetches the price of a term."""
    pending_lines: Sequence[Line]
    """The lines of a term whose price has not arrived yet."""
    auto_renewal: AutoRenewalChoice | None = None
    """None: it cannot be set here."""
    terms_with_remark: frozenset[int] = frozenset()
    """The terms that a line beginning with `*` is about."""
    notice: str = ""
    """Why the form is shown again; "": it is shown for the first time."""

    @property
    def titles(self) -> tuple[str, str, str, str]:
        """The column titles: term, price, new end, balance left."""
        price = _("Price ({currency})").format(currency=self.currency)
        left = _("Left ({currency})").format(currency=self.currency)
        return _("Term"), price, _("New end"), left


class RenewalAnswer(Struct, frozen=True):
    """What a person chose in a renewal form."""

    months: int
    auto_renewal: bool | None = None
    """The setting to make after the payment; None: no change."""
    wants_top_up: bool = False
    """Whether to top up first, and then show the form again."""


def plain_line(line: Line) -> str:
    """The line as text."""
    match line:
        case Fact(label, text):
            return _("{label}: {text}").format(label=label, text=text) if label else text
        case Emphasis(text):
            return text
        case _:
            return line


def last_characters(instance_id: str) -> TypedProof:
    """The proof for one item; a shorter ID is typed whole."""
    end = instance_id[-PROOF_LENGTH:]
    description = _("the last {n} characters of {id}").format(n=len(end), id=plain(instance_id))
    return TypedProof((end,), description)


def total_amount(total: Money) -> TypedProof:
    """The proof for several items at once: their total, with or without separators and zero
    cents."""
    amount = total.amount
    accepts = [f"{amount:.2f}", f"{amount:,.2f}"]
    if amount == int(amount):
        accepts += [f"{amount:.0f}", f"{amount:,.0f}"]
    return TypedProof(tuple(accepts), _("the total {amount}").format(amount=accepts[-2]))


def outcome(what: str, meaning: str = "", todo: str = "") -> tuple[Line, ...]:
    """The lines of an outcome: what happened, what it means, what to do."""
    lines: list[Line] = [Emphasis(capitalized(what))]
    if meaning:
        lines += ["", meaning]
    if todo:
        lines += ["", Fact(_("What to do"), todo)]
    return tuple(lines)
