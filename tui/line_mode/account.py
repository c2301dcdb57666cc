"""The account page in line mode: balance, bills, upcoming charges, vouchers and past charges."""

from __future__ import annotations

from store.payments.journal import all_payments
from tui.line_mode.lines import line_width, write_line
from tui.line_mode.prompter import LinePrompter
from tui.panes.account_facts import account_sections
from tui.panes.account_table import table_lines

WIDTH = 100
"""The width of a line, in cells, if stdout is not a terminal."""


async def show_account(prompter: LinePrompter) -> None:
    """Write all sections of the account page."""
    session = prompter.session
    rows = [
        row for row in reversed(all_payments(session.db)) if row.account == session.account.name
    ]
    for section in account_sections(prompter.overview, rows, session.account.charged_to):
        write_line()
        write_line(section.title)
        for line in section.lines:
            write_line(line)
        for text, amounts, _is_bad in table_lines(section.entries, line_width() or WIDTH):
            write_line(f"{text}{amounts}".rstrip())
