"""Everything that a person can do: ID, keys, label, help, and where it works.

From this one table come the bindings, the key bar, the help, the palette and the table of keys
in the manual (`tui.commands.registry`). Nothing else in the program names a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from store.i18n import N_, _

Scope = Literal["main", "item", "walk", "plan", "account", "money", "table", "filter", "dialog"]
SCREENS: tuple[Scope, ...] = ("main", "item", "walk", "plan", "account")
"""`everywhere`: the scopes in which a person is not being asked something."""


class Command(Struct, frozen=True):
    """One thing that a person can do."""

    id: str
    default_keys: tuple[str, ...]
    """Textual's names of the default keys, the main one first; empty: in the palette only."""
    label: str
    """One or two words for the key bar."""
    help: str
    """One sentence for the help and the README."""
    scopes: tuple[Scope, ...]
    """The scopes in which its keys work."""
    dangerous: bool = False
    """Whether it can pay or change something in the cloud: it asks first, and is off if
    read-only."""
    order: int = 50
    """Position in the key bar, the most useful first; from 90 on, the help only."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys in config.toml, or the defaults."""
        return _chosen.get(self.id, self.default_keys)

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    @property
    def sentence(self) -> str:
        """The help in the language in use."""
        return _(self.help)

    @property
    def key(self) -> str:
        """The main key as a person reads it; "" without keys."""
        return shown_key(self.keys[0]) if self.keys else ""


_chosen: dict[str, tuple[str, ...]] = {}


def use_keys(chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Set the keys of commands by ID; all other commands get their defaults."""
    _chosen.clear()
    _chosen.update(chosen)


_KEY_LABELS = {
    "escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "pgup", "pagedown": "pgdn", "f1": "F1", "backspace": "bksp",
}  # fmt: skip


def shown_key(key: str) -> str:
    """The key as a person reads it: `esc`, `↑`, `F1`."""
    return _KEY_LABELS.get(key, key)


COMMANDS: tuple[Command, ...] = (
    Command("next", ("enter",), N_("done, next"),
            N_("Complete the step and go to the next one."), ("walk",), order=1),
    Command("back", ("backspace",), N_("back"), N_("Go back one step."), ("walk",), order=2),
    Command("walk", ("w",), N_("walk-through"),
            N_("Start or continue the documented procedure to keep this item."),
            ("main", "item", "plan"), order=2),
    Command("renew", ("r",), N_("renew"),
            N_("Renew this item or all marked items, after a confirmation."),
            ("main", "item"), dangerous=True, order=3),
    Command("topup", ("t",), N_("top up"),
            N_("Add funds to the account."), SCREENS, order=4),
    Command("keep", ("K",), N_("keep all"),
            N_("List all that can be kept, with prices and the missing amount, and pay for it "
               "after one confirmation."), ("main",), order=5),
    Command("pay_plan", ("enter",), N_("pay"),
            N_("Pay for all staged items in order, after one confirmation."),
            ("plan",), dangerous=True, order=1),
    Command("stage", ("space",), N_("stage"),
            N_("Stage the item for payment, or leave it out."), ("plan",), order=2),
    Command("longer", ("right",), N_("longer"), N_("Choose a longer term."), ("plan",), order=7),
    Command("shorter", ("left",), N_("shorter"),
            N_("Choose a shorter term."), ("plan",), order=7),
    Command("horizon", ("h",), N_("horizon"),
            N_("Plan for the next 30, 60, 90 or 7 days."), ("plan",), order=4),
    Command("auto", ("a",), N_("auto-renewal"),
            N_("Turn auto-renewal on or off, after a confirmation."),
            ("main", "item"), dangerous=True, order=5),
    Command("copy", ("c",), N_("copy ID"), N_("Copy the Instance ID."),
            ("main", "item", "walk", "plan"), order=6),
    Command("page", ("o",), N_("page"),
            N_("Open or copy the address of the console page of this step."),
            ("walk",), order=7),
    Command("code", ("p",), N_("QR code"),
            N_("Show the address of the console page as a QR code, for a phone."),
            ("walk",), order=10),
    Command("method2", ("m",), N_("method 2"),
            N_("Switch to method 2: buy a new license and bind it."), ("walk",), order=8),
    Command("ticket", ("T",), N_("ticket"), N_("Draft a ticket."), ("walk",), order=9),
    Command("editor", ("E",), N_("editor"),
            N_("Edit the ticket draft, or the item's note, in the editor that VISUAL or EDITOR "
               "names."), ("main", "item", "walk"), order=92),
    Command("close", ("x",), N_("close"),
            N_("Close a walk-through unfinished; asks for a reason."),
            ("main", "walk"), order=20),
    Command("account", ("b",), N_("account"),
            N_("Show the account: balance, bills, upcoming charges, vouchers and past charges."),
            SCREENS, order=92),
    Command("open_account", ("enter",), N_("account"),
            N_("Open the account page."), ("money",), order=1),
    Command("add", ("+",), N_("add license"), N_("Add a license by hand."), ("main",), order=92),
    Command("import", ("I",), N_("import licenses"),
            N_("Import licenses from a CSV file, after a preview of what it changes."),
            ("main",), order=92),
    Command("edit", ("e",), N_("edit"),
            N_("Edit a license that was added by hand; real account: set the type and the "
               "name of an item."),
            ("main", "item"), order=92),
    Command("bind", ("B",), N_("bind"),
            N_("Bind an unbound license to an application, or bind one in place of this "
               "license."),
            ("main", "item"), order=92),
    Command("remove", ("-",), N_("remove"),
            N_("Remove a license that was added by hand."), ("main", "item"), order=92),
    Command("accept", ("y",), N_("accept"),
            N_("Real account: accept the type that the product code suggests."),
            ("main", "item"), order=93),
    Command("snooze", ("z",), N_("snooze"),
            N_("Snooze the item or all marked items until a day, mark them as done, or "
               "bring them back."), ("main", "item"), order=12),
    Command("note", ("N",), N_("note"),
            N_("Edit the owner and the note of the item."), ("main", "item"), order=21),
    Command("changes", ("C",), N_("changes"),
            N_("Show and dismiss changes since your last session."),
            ("main",), order=23),
    Command("undo", ("u",), N_("undo"),
            N_("Undo the last note, snooze or mark, step by step; explains what cannot "
               "be undone."), SCREENS, order=22),
    Command("filter", ("/",), N_("filter"),
            N_("Filter rows by words or by fields, such as `state:stopped` or `ends<30d`; "
               "each pane keeps its filter."), ("main",), order=11),
    Command("only", ("f",), N_("show only"),
            N_("Show only what needs attention, or one severity or state."),
            ("main",), order=14),
    Command("ahead", ("d",), N_("90 days"),
            N_("Show the next 90 days: what expires when, and how long the balance "
               "lasts."),
            SCREENS, order=12),
    Command("sync", ("s",), N_("sync"),
            N_("Fetch everything from the cloud again."), SCREENS, order=13),
    Command("clock", ("n",), N_("clock"),
            N_("Practice account: advance the clock by an hour, a day, or to the next "
               "event."),
            SCREENS, order=19),
    Command("reconcile", ("R",), N_("reconcile"),
            N_("Settle payments whose outcome is unknown: checks the cloud first, and "
               "asks before sending anything again."), ("main",), dangerous=True, order=30),
    Command("unbought", ("X",), N_("not bought"),
            N_("Close a purchase with an unknown outcome that the console does not "
               "show; asks for a reason."), ("main",), dangerous=True, order=92),
    Command("palette", (":",), N_("find"),
            N_("Find anything by name: items, commands, procedures, "
               "accounts, settings."), SCREENS, order=15),
    Command("checklist", (), N_("checklist"),
            N_("Real account: show what it needs before its data can be relied on."),
            SCREENS, order=94),
    Command("accounts", ("A",), N_("accounts"),
            N_("Switch to another account, or see what needs attention in all of them."),
            SCREENS, order=94),
    Command("help", ("?", "f1"), N_("keys"), N_("Show and search all keys."), SCREENS, order=10),
    Command("quit", ("q",), N_("quit"),
            N_("Quit; walk-throughs stay at their step."), SCREENS, order=10),
    Command("leave", ("escape",), N_("go back"),
            N_("Go back one level; an open walk-through is kept."),
            ("item", "walk", "plan", "account"), order=3),
    Command("due", ("0",), N_("due"),
            N_("Show what is due, the most urgent first."), ("main",), order=90),
    Command("view", ("v",), N_("details"),
            N_("Show everything about the item: its dates, its rules, their sources."),
            ("main",), order=7),
    Command("instances", ("1",), N_("instances"),
            N_("Show the IoT instances."), ("main",), order=90),
    Command("licenses", ("2",), N_("licenses"),
            N_("Show the SDK licenses."), ("main",), order=90),
    Command("plans", ("3",), N_("resource plans"),
            N_("Show the VOD resource plans."), ("main",), order=90),
    Command("walks", ("4",), N_("walk-throughs"),
            N_("Show the walk-throughs."), ("main",), order=90),
    Command("payments", ("5",), N_("payments"),
            N_("Show the payment journal."), ("main",), order=90),
    Command("pane_next", ("tab",), N_("next pane"),
            N_("Go to the next pane or field."), (*SCREENS, "dialog"), order=91),
    Command("pane_previous", ("shift+tab",), N_("previous pane"),
            N_("Go to the previous pane or field."), (*SCREENS, "dialog"), order=91),
    Command("theme", (), N_("theme"),
            N_("Choose the dark, light or high-contrast theme, or the terminal's own "
               "colors."), SCREENS, order=95),
    Command("tour", (), N_("tour"),
            N_("Get to know the program in five short pages."), SCREENS, order=97),
    Command("mouse", (), N_("mouse"),
            N_("Give the mouse to the terminal for selecting text, or take it back."),
            SCREENS, order=96),
    Command("repaint", ("ctrl+l",), N_("repaint"),
            N_("Redraw the whole screen, also in dialogs."), (*SCREENS, "dialog"), order=98),
    Command("language", ("L",), N_("中文/English"),
            N_("Switch language; the row and the step stay the same."),
            SCREENS, order=31),
    Command("open", ("enter",), N_("open"),
            N_("Open the row under the cursor."), ("table",), order=1),
    Command("mark", ("space",), N_("mark"),
            N_("Mark the row to handle several at once."), ("table",), order=10),
    Command("sort", ("S",), N_("sort"),
            N_("Sort by the next column."), ("table",), order=18),
    Command("reverse", ("O",), N_("reverse"),
            N_("Reverse the order."), ("table",), order=90),
    Command("up", ("up", "k"), N_("up"), N_("Move one row up."), ("table",), order=92),
    Command("down", ("down", "j"), N_("down"), N_("Move one row down."), ("table",), order=92),
    Command("page_up", ("pageup",), N_("page up"),
            N_("Move one page up."), ("table",), order=92),
    Command("page_down", ("pagedown",), N_("page down"),
            N_("Move one page down."), ("table",), order=92),
    Command("top", ("home", "g"), N_("first row"),
            N_("Go to the first row."), ("table",), order=92),
    Command("bottom", ("end", "G"), N_("last row"),
            N_("Go to the last row."), ("table",), order=92),
    Command("keep_filter", ("enter", "down"), N_("to the rows"),
            N_("Keep the filter and go to its rows."), ("filter",), order=1),
    Command("clear_filter", ("escape",), N_("clear"),
            N_("Clear the filter and show all rows."), ("filter",), order=2),
    Command("choose", ("enter",), N_("choose"),
            N_("Press the focused button or choose the focused option; never confirms "
               "a payment by itself."), ("dialog",), order=1),
    Command("cancel", ("escape",), N_("cancel"),
            N_("Close the dialog without doing anything."), ("dialog",), order=2),
    Command("scroll", ("up", "down", "pageup", "pagedown"), N_("scroll"),
            N_("Scroll a long dialog, or move in its list."),
            ("dialog",), order=92),
    Command("auto_after", ("space",), N_("auto-renewal"),
            N_("In a renewal: choose whether to set auto-renewal after the payment."),
            ("dialog",), order=92),
    Command("copy_text", ("c",), N_("copy"),
            N_("Copy the text of the message."), ("dialog",), order=92),
)  # fmt: skip
