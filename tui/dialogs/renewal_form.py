"""The renewal form: a table of terms with their prices, auto-renewal, and a proof to type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from store import formats
from store.i18n import _
from store.sanitize import plain
from tui.commands.registry import binding, command
from tui.dialogs.confirmation import ProofDialog
from tui.dialogs.frame import draw_lines
from tui.prompts import RenewalAnswer, RenewalForm, ShownTerm, TypedProof
from tui.text import labels
from tui.text.cells import cells, fit
from tui.widgets.option_list import VimOptionList

PENDING = "…"
GAP = 2
MARK = "▶ "
LOW = 24
"""The least height of a window, in lines, that has room for empty lines."""
SCROLLBAR = 1

Cells = tuple[str, str, str, str]
"""A row of the table: term, price, new end, balance left."""


class TermList(VimOptionList, can_focus=False):
    """The list of terms, scrolled to the top if the selected one is visible there, too."""

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_selected)

    def _show_selected(self) -> None:
        self.scroll_home(animate=False, immediate=True)
        self.scroll_to_highlight()


class RenewalFormDialog(ProofDialog[RenewalAnswer]):
    """Closes with the answer once it is confirmed, or if the person tops up first.

    The arrows select a term wherever the focus is; letters go to the proof. For a term that cannot
    be paid, the reason replaces the box for the proof.
    """

    MIN_BODY_LINES = 2
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-low"), (LOW, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "choose(-1)", ""),
        ("down", "choose(1)", ""),
        binding("auto_after", "turn_auto_renewal", priority=True),
    ]
    DEFAULT_CSS = """
    RenewalFormDialog {
        .term-titles { height: 1; margin-top: 1; color: $text-muted; }
        OptionList > .option-list--option-highlighted {
            text-style: $block-cursor-text-style;
        }
        #auto-renewal { height: auto; }
        &.-low .dialog-error.-empty { display: none; }
        &.-low .term-titles, &.-low .dialog-prompt { margin-top: 0; }
    }
    """

    def __init__(self, form: RenewalForm, want_quotes: Callable[[], object] = bool) -> None:
        """`want_quotes` is called if a term is selected whose price is unknown."""
        super().__init__(form.title, (), _("Pay"))
        self._form = form
        self._want_quotes = want_quotes
        self._shown: dict[int, ShownTerm] = {}
        self._months = form.initial_term
        self._auto_renewal: bool | None = None

    @property
    def next_unquoted(self) -> int | None:
        """The term whose price is needed next; None: no price is missing."""
        at_once = self._form.terms[: self._form.quoted_at_once]
        candidates = (self._months, *at_once)
        return next((months for months in candidates if months not in self._shown), None)

    def show_quote(self, months: int, shown: ShownTerm) -> None:
        """Show the price of a term."""
        self._shown[months] = shown
        if self.query("#yes"):  # mounted already
            self.clear_error()
            self._draw()

    @property
    def _chosen(self) -> ShownTerm | None:
        return self._shown.get(self._months)

    @property
    def proof(self) -> TypedProof:
        return self._chosen.proof if self._chosen else TypedProof((), "")

    @property
    def obstacle(self) -> str:
        if self._chosen is None:
            return _("The price has not arrived yet.")
        return self._chosen.obstacle

    @property
    def result(self) -> RenewalAnswer:
        return RenewalAnswer(self._months, self._auto_renewal)

    @property
    def prompt(self) -> Content:
        chosen = self._chosen
        if chosen is None:
            return Content(_("Fetching the price."))
        if not chosen.obstacle:
            return super().prompt
        text = plain(chosen.obstacle)
        if chosen.is_short:
            how = _("Press {key} to top up.").format(key=command("topup").key)
            text = formats.sentences([text, how])
        return Content.styled(text, "$warning")

    def controls(self) -> ComposeResult:
        yield Static(classes="term-titles")
        yield TermList(*(Option("") for _months in self._form.terms))
        if self._form.auto_renewal is not None:
            yield Static(id="auto-renewal")
        yield from super().controls()

    def on_mount(self) -> None:
        terms = self.query_one(TermList)
        terms.highlighted = self._form.terms.index(self._months)
        self.call_after_refresh(self._draw)

    def body(self, width: int) -> Content:
        lines = self._chosen.lines if self._chosen else self._form.pending_lines
        notice = [Content.styled(plain(self._form.notice), "bold $error")]
        return Content("\n").join(
            draw_lines([*(notice if self._form.notice else []), *lines], width)
        )

    def fit_controls(self, room: int) -> int:
        terms = self.query_one(TermList)
        controls = self.query_one(".dialog-controls")
        others = controls.outer_size.height - terms.outer_size.height
        height = max(1, min(self._form.quoted_at_once, room - self.MIN_BODY_LINES - others))
        terms.styles.height = height
        self._draw_terms()
        return height + others

    def _draw(self) -> None:
        """Show the selected term: its facts, and whether it can be paid."""
        self._draw_terms()
        chosen = self._chosen
        can_be_paid = chosen is None or not chosen.obstacle
        self.query_one(".dialog-prompt", Static).update(self.prompt)
        for part in (".dialog-field", "#yes"):
            self.query_one(part).display = can_be_paid
        if not can_be_paid and self.accepts_input:
            self.set_focus(self.first_focus())
        if self._form.auto_renewal is not None:
            self.query_one("#auto-renewal", Static).update(self._auto_renewal_line())
        self.on_resize()

    def _auto_renewal_line(self) -> Content:
        auto = self._form.auto_renewal
        text = auto.text(self._auto_renewal, self._months) if auto else ""
        key = command("auto_after").key
        return Content.assemble(
            (_("Auto-renewal"), "bold"), "  ", plain(text), "  ",
            (_("{key} changes it").format(key=key), "dim"),
        )  # fmt: skip

    def _draw_terms(self) -> None:
        terms = self.query_one(TermList)
        room = terms.outer_size.width - SCROLLBAR - len(MARK)
        titles, *rows = term_lines(self._form, list(self._rows()), room)
        self.query_one(".term-titles", Static).update(Content(" " * len(MARK) + titles))
        for index, row in enumerate(rows):
            mark = MARK if self._form.terms[index] == self._months else " " * len(MARK)
            terms.replace_option_prompt_at_index(index, Content(mark + row))

    def _rows(self) -> Iterator[Cells]:
        for index, months in enumerate(self._form.terms):
            shown = self._shown.get(months)
            term = labels.months(months) + ("*" if months in self._form.terms_with_remark else "")
            if shown is None:
                pending = (
                    PENDING if index < self._form.quoted_at_once or months == self._months else ""
                )
                yield term, pending, pending, ""
            else:
                yield term, plain(shown.price), plain(shown.new_end), plain(shown.balance_left)

    def action_choose(self, by: int) -> None:
        """Select the term `by` rows further down."""
        index = self._form.terms.index(self._months) + by
        self._choose(max(0, min(index, len(self._form.terms) - 1)))

    @on(OptionList.OptionSelected)
    def _choose_clicked(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    def _choose(self, index: int) -> None:
        self._months = self._form.terms[index]
        self.query_one(TermList).highlighted = index
        self.clear_error()
        self.set_focus(self.query_one("#proof", Input))
        self._draw()
        if self._chosen is None:
            self._want_quotes()

    def action_turn_auto_renewal(self) -> None:
        """Choose the next setting of auto-renewal."""
        if self._form.auto_renewal is not None:
            self._auto_renewal = self._form.auto_renewal.after(self._auto_renewal)
            self._draw()

    def type_letter(self, event: events.Key) -> None:
        chosen = self._chosen
        if chosen is None or not chosen.obstacle:
            super().type_letter(event)
        elif chosen.is_short and event.key in command("topup").keys:
            self.dismiss(RenewalAnswer(self._months, self._auto_renewal, wants_top_up=True))


def term_lines(form: RenewalForm, rows: Sequence[Cells], width: int) -> Iterator[str]:
    """The titles and the rows as lines of that width. If space is short, the balance left is
    omitted first, then the word before the currency."""
    short = (form.titles[0], form.currency, form.titles[2])
    for titles, gap in ((form.titles, GAP), (form.titles[:3], GAP), (short, GAP), (short, 1)):
        columns = [list(column) for column in zip(titles, *rows, strict=False)]
        if not any(columns[-1][1:]):
            columns.pop()  # no row has a balance left: a card pays
        widths = [max(map(cells, column)) for column in columns]
        if sum(widths) + gap * (len(widths) - 1) <= width:
            break
    for line in zip(*columns, strict=True):
        parts = (
            fit(text, widths[index], "right" if index in {1, 3} else "left")
            for index, text in enumerate(line)
        )
        yield fit((" " * gap).join(parts), width)
