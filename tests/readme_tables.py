"""The tables of the READMEs that follow from the code: keys and exit codes.

`python -m tests.readme_tables` writes them.
"""

from __future__ import annotations

from pathlib import Path

from store.errors import Exit
from tui.cli.exits import EXITS, STATUS
from tui.commands.registry import groups
from tui.commands.table import shown_key

ROOT = Path(__file__).parents[1]
README, TUI_README = ROOT / "README.md", ROOT / "tui" / "README.md"


def keys_table() -> str:
    """Each command with its keys, scope by scope."""
    rows = ["| where | key | name | does |", "|---|---|---|---|"]
    for name, commands in groups():
        for each in commands:
            keys = " ".join(f"`{shown_key(key)}`" for key in each.keys) or "palette"
            asks = " Asks for confirmation first." if each.dangerous else ""
            rows.append(f"| {name} | {keys} | {each.id} | {each.sentence}{asks} |")
    return "\n".join(rows)


def exits_table() -> str:
    """Each exit code with its meaning."""
    rows = ["| exit | meaning |", "|---|---|"]
    for code in Exit:
        parts = [EXITS[code]] if code in EXITS else []
        parts += [f"`status`: {STATUS[code]}"] if code in STATUS else []
        rows.append(f"| {int(code)} | {'; for '.join(parts)} |")
    return "\n".join(rows)


TABLES = ((TUI_README, "keys", keys_table), (README, "exits", exits_table))


def table_in(page: Path, mark: str) -> str:
    """The table between the two comments with this mark."""
    _before, rest = page.read_text(encoding="utf-8").split(f"<!-- {mark} -->\n")
    return rest.split(f"\n<!-- /{mark} -->")[0]


if __name__ == "__main__":
    for page, mark, table in TABLES:
        text = page.read_text(encoding="utf-8").replace(table_in(page, mark), table())
        page.write_text(text, encoding="utf-8")
