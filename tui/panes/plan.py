"""The table of the keep-everything plan, and the lines below it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from store.i18n import N_, _
from store.items.names import item_name
from store.items.overview import Overview
from store.payments.plan import Entry, Plan
from store.sanitize import plain
from tui.text import labels, plan_text
from tui.text.cells import cells, fit
from tui.text.tones import Tone
from tui.text.wrapping import wrap_text
from tui.widgets.columns import Column
from tui.widgets.rows import Row

APART_KEY, LEFT_OUT_KEY = "apart:", "left out:"
"""Keys of lines that are not entries of the plan."""

COLUMNS = (
    Column("mark", "", 3, sortable=False),
    Column("when", N_("When"), 6, align="right", toned=True, priority=4, sortable=False),
    Column("name", N_("Name"), 13, weight=2, max_width=28, sortable=False),
    Column("kind", N_("Kind"), 10, weight=1, max_width=13, priority=5, sortable=False),
    Column("what", N_("What happens"), 17, weight=3, max_width=40, priority=3, sortable=False),
    Column("term", N_("Term"), 8, align="right", sortable=False),
    Column("price", N_("Price"), 9, weight=1, max_width=10, align="right", sortable=False),
    Column("end", N_("New end"), 14, align="right", priority=2, sortable=False),
)


def plan_rows(plan: Plan, overview: Overview) -> Iterator[Row]:
    """The entries that can be paid here, then those that are set apart."""
    for entry in plan.renewals:
        yield _row(entry, plan_text.mark(entry), overview)
    if plan.left_out:
        yield Row(LEFT_OUT_KEY, (), sign=" ", across=plan_text.left_out(plan))
    if plan.apart:
        yield Row(APART_KEY, (), sign=" ", across=plan_text.apart_heading())
    for entry in plan.apart:
        yield _row(entry, plan_text.mark_apart(entry), overview)


def _row(entry: Entry, mark: str, overview: Overview) -> Row:
    now = overview.now
    is_done = entry.is_paid and not entry.is_staged
    tone: Tone = "ok" if is_done else labels.tone(entry.assessment)
    when = "" if is_done else labels.when(entry.assessment, now)
    return Row(
        entry.key,
        (
            mark,
            when,
            item_name(entry.assessment.item),
            plan_text.kind(entry),
            plan_text.consequence_or_result(entry),
            plan_text.term(entry, overview),
            plan_text.price(entry),
            plan_text.new_end(entry, now),
        ),
        tone,
    )


def about_lines(entry: Entry | None, now: datetime | None, lines: int, width: int) -> Content:
    """A description of the entry under the cursor in exactly `lines` lines; the rest is cut with
    `…`."""
    text = plain(plan_text.entry_description(entry, now), limit=1000) if entry else ""
    wrapped = wrap_text(text, width)
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], fit(" ".join(wrapped[lines - 1 :]), width)]
    wrapped += [""] * (lines - len(wrapped))
    return Content.styled("\n".join(wrapped), "$text-muted")


def totals_line(plan: Plan, width: int) -> Content:
    """The total, the balance, the debt and the missing amount, in the longest form that fits."""
    totals = plan.totals
    if totals is None:
        return Content(_("No balance yet"))
    style = "bold $error" if totals.missing.amount or totals.owed.amount else "bold $success"
    forms = plan_text.totals_forms(totals)
    sums, missing = next(
        (form for form in forms if cells(" · ".join(filter(None, form))) <= width), forms[-1]
    )
    parts = [Content(sums)] if sums else []
    return Content(" · ").join([*parts, Content.styled(missing, style)])
