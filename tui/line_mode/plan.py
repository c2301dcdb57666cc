"""The keep-everything plan in line mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from store.annotations.load import load_annotations
from store.i18n import _
from store.items.names import item_name
from store.models import RENEWAL_MONTHS
from store.payments.plan import Entry, EntryResult, Plan
from store.payments.planning import HORIZONS, fetch_prices, make_plan
from store.session import Session
from tui.actions.keep import pay_plan, top_up_plan
from tui.actions.walks import start_walk
from tui.line_mode.lines import choose, write_line
from tui.line_mode.prompter import LinePrompter
from tui.prompts import Choice, Menu
from tui.text import labels, plan_text


async def keep_everything(prompter: LinePrompter) -> None:
    """Show the plan and run what is chosen, until the person goes back."""
    editor = _PlanEditor(prompter)
    while True:
        await editor.refresh()
        editor.write()
        chosen = choose(Menu(_("What do you want to do?"), editor.choices()))
        if chosen is None:
            return
        await prompter.attempt(editor.run_choice(chosen.value))


class _PlanEditor:
    """The plan with its horizon, and what can be done with it."""

    def __init__(self, prompter: LinePrompter) -> None:
        self._prompter = prompter
        self._days = HORIZONS[0]
        self._plan = Plan(timedelta(days=self._days))

    async def refresh(self) -> None:
        """Plan anew from the stored data, and fetch the missing prices."""
        plan = await self._prompter.in_store(self._read_plan)
        self._plan = plan.with_choices_of(self._plan)
        self._plan = await self._prompter.in_store(self._fetch_prices)

    def _read_plan(self, session: Session) -> Plan:
        overview = session.overview(timedelta(days=self._days))
        hidden = list(load_annotations(session.db, overview).snoozes)
        return make_plan(overview, session.account.charged_to, hidden)

    def _fetch_prices(self, session: Session) -> Plan:
        plan = self._plan
        for key, months, price in fetch_prices(lambda: session.cloud, plan):
            plan = plan.with_price(key, months, price)
        return plan

    def write(self) -> None:
        """Write the entries, those that are set apart, and the totals."""
        write_line()
        write_line(plan_text.title(self._days))
        for line in self._lines():
            write_line(line)

    def _lines(self) -> Iterator[str]:
        plan, overview = self._plan, self._prompter.overview
        if not plan.entries:
            yield _("Nothing has to be kept within this horizon.")
        for entry in plan.renewals:
            yield f"{plan_text.mark(entry)} {plan_text.entry_line(entry, overview)}"
        if plan.left_out:
            yield plan_text.left_out(plan)
        if plan.apart:
            yield plan_text.apart_heading()
        for entry in plan.apart:
            yield f"- {plan_text.entry_line(entry, overview)}"
        if (totals := plan.totals) is not None:
            yield " · ".join(filter(None, plan_text.totals_forms(totals)[0]))

    def choices(self) -> list[Choice[str]]:
        """The choices for the plan as it is."""
        plan, totals = self._plan, self._plan.totals
        choices: list[Choice[str]] = []
        if plan.staged:
            choices.append(Choice("pay", _("Pay for what is staged")))
        if totals is not None and totals.missing.amount:
            choices.append(Choice("top up", _("Top up what is missing")))
        if plan.unpaid:
            choices.append(Choice("stage", _("Stage an item or leave it out")))
            choices.append(Choice("term", _("Change a term")))
        if plan.apart:
            choices.append(Choice("walk", _("Walk through one that is set apart")))
        return [*choices, Choice("horizon", _("Change the horizon"))]

    async def run_choice(self, chosen: str) -> None:
        """Run the chosen action. Raises what the action raises."""
        match chosen:
            case "pay":
                await pay_plan(self._prompter, self._plan, self._take_result)
            case "top up":
                await top_up_plan(self._prompter, self._plan)
            case "stage":
                if (entry := self._choose_entry(self._plan.unpaid)) is not None:
                    self._plan = self._plan.toggled(entry.key)
            case "term":
                self._change_term()
            case "walk":
                if (entry := self._choose_entry(self._plan.apart)) is not None:
                    await start_walk(self._prompter, entry.assessment)
            case "horizon":
                self._change_horizon()

    def _take_result(self, outcome: EntryResult) -> None:
        self._plan = self._plan.with_result(outcome)
        if (entry := self._plan.entry(outcome.result.instance_id)) is not None:
            write_line(
                f"{plan_text.mark(entry)} {plan_text.entry_line(entry, self._prompter.overview)}"
            )

    def _choose_entry(self, entries: Sequence[Entry]) -> Entry | None:
        choices = [Choice(entry, item_name(entry.assessment.item), entry.key) for entry in entries]
        chosen = choose(Menu(_("Choose an item"), choices))
        return chosen.value if chosen else None

    def _change_term(self) -> None:
        if (entry := self._choose_entry(self._plan.unpaid)) is None:
            return
        choices = [
            Choice(months, labels.months(months), answer=str(months)) for months in RENEWAL_MONTHS
        ]
        preset = RENEWAL_MONTHS.index(entry.months) if entry.months in RENEWAL_MONTHS else None
        if (chosen := choose(Menu(_("Choose a term"), choices, preset=preset))) is not None:
            self._plan = self._plan.with_term(entry.key, chosen.value)

    def _change_horizon(self) -> None:
        choices = [
            Choice(days, plan_text.days(days), answer=str(days)) for days in sorted(HORIZONS)
        ]
        if (chosen := choose(Menu(_("Choose a horizon"), choices))) is not None:
            self._days = chosen.value
