"""Everything that a person can do, once: id, keys, words, and where it works.

From this one registry come the bindings, the key bar, the help, the palette and the
table of keys in the README. Nothing else in the program names a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tui.text import _, later

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

Place = Literal["main", "item", "walk", "table", "filter", "dialog"]
PLACES: tuple[Place, ...] = ("main", "item", "walk", "table", "filter", "dialog")
SCREENS: tuple[Place, ...] = ("main", "item", "walk")
"""`everywhere`: the places in which a person is not being asked something."""

_PLACE_NAMES = {
    "main": later("Main screen"),
    "item": later("An item's page"),
    "walk": later("A walk-through"),
    "table": later("In every table"),
    "filter": later("In the filter"),
    "dialog": later("In every dialog"),
    "everywhere": later("Everywhere"),
}


class Command(Struct, frozen=True):
    """One thing that a person can do."""

    id: str
    usual: tuple[str, ...]
    """Textual's names of the keys; the first one is shown. None: by the palette only."""
    label: str
    """One or two words for the key bar."""
    help: str
    """One sentence for the help and the README."""
    where: tuple[Place, ...]
    dangerous: bool = False
    """Whether it can pay or change something in the cloud: it asks first, never with read-only."""
    order: int = 50
    """Place in the key bar, the most useful first; 90 and above are left to the help."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys as config.toml has them, or its usual ones."""
        return _chosen.get(self.id, self.usual)

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
        """The first key as it is shown, or nothing."""
        return shown_key(self.keys[0]) if self.keys else ""


_chosen: dict[str, tuple[str, ...]] = {}


def use_keys(chosen: Mapping[str, tuple[str, ...]]) -> None:
    """From now on these commands, by their ids, have these keys, and all others their usual."""
    _chosen.clear()
    _chosen.update(chosen)


COMMANDS: tuple[Command, ...] = (
    Command("next", ("enter",), later("done, next"),
            later("Tick the step off and go to the next one."), ("walk",), order=1),
    Command("back", ("b",), later("back"), later("Go back one step."), ("walk",), order=2),
    Command("walk", ("w",), later("walk-through"),
            later("Start or take up the documented way to keep this item."),
            ("main", "item"), order=2),
    Command("renew", ("r",), later("renew"),
            later("Renew this item, or all marked ones, after a confirmation."),
            ("main", "item"), dangerous=True, order=3),
    Command("topup", ("t",), later("top up"),
            later("Add funds to the account."), SCREENS, order=4),
    Command("auto", ("a",), later("auto-renewal"),
            later("Turn auto-renewal on or off, after a confirmation."),
            ("main", "item"), dangerous=True, order=5),
    Command("copy", ("c",), later("copy ID"), later("Copy the Instance ID."), SCREENS, order=6),
    Command("page", ("o",), later("page"),
            later("Open or copy the address of the console page of this step."),
            ("walk",), order=7),
    Command("code", ("p",), later("QR code"),
            later("Show the address of the console page as a QR code, for a phone."),
            ("walk",), order=10),
    Command("method2", ("m",), later("method 2"),
            later("Go over to method 2: buy a new license and bind it."), ("walk",), order=8),
    Command("ticket", ("k",), later("ticket"), later("Draft a ticket."), ("walk",), order=9),
    Command("close", ("x",), later("close it"),
            later("Close a walk-through unfinished; the reason is kept."),
            ("main", "walk"), order=20),
    Command("say", ("e",), later("what it is"),
            later("Real account: say once what an item is, and what you call it."),
            ("main", "item"), order=93),
    Command("snooze", ("z",), later("snooze"),
            later("Snooze the item, or all marked ones, or call them done, with a reason, until "
                  "a day; or bring them back."), ("main", "item"), order=12),
    Command("note", ("N",), later("note"),
            later("Write an owner and a note on the item."), ("main", "item"), order=21),
    Command("changes", ("C",), later("changes"),
            later("Tell what has changed since the last time, and put its line away."),
            ("main",), order=23),
    Command("undo", ("u",), later("undo"),
            later("Take back the last note, snooze or mark, step by step; of what cannot be "
                  "taken back it says why."), SCREENS, order=22),
    Command("filter", ("/",), later("filter"),
            later("Show only the rows that hold some words, anywhere or in a column, as "
                  "`state:stopped`; it is kept for the pane."), ("main",), order=11),
    Command("only", ("f",), later("show only"),
            later("Show only what needs attention, or one severity or state."),
            ("main",), order=14),
    Command("ahead", ("d",), later("90 days"),
            later("Show the coming 90 days: what ends on which, and how far the balance goes."),
            SCREENS, order=12),
    Command("sync", ("s",), later("sync"),
            later("Fetch everything anew from the cloud."), SCREENS, order=13),
    Command("clock", ("n",), later("clock"),
            later("Practice account: move the clock on by an hour, a day, or to the next event."),
            SCREENS, order=19),
    Command("reconcile", ("R",), later("reconcile"),
            later("Settle payments whose outcome is unknown; it looks first and asks before "
                  "anything is sent again."), ("main",), dangerous=True, order=30),
    Command("unbought", ("X",), later("not bought"),
            later("Close a purchase of unknown outcome that the console does not show; the "
                  "reason is kept."), ("main",), dangerous=True, order=92),
    Command("palette", (":",), later("palette"),
            later("Find any command or procedure by its name."), SCREENS, order=15),
    Command("accounts", ("A",), later("accounts"),
            later("Switch to another account, or see what needs attention in all of them."),
            SCREENS, order=94),
    Command("help", ("?", "f1"), later("help"), later("Show all keys."), SCREENS, order=10),
    Command("quit", ("q",), later("quit"),
            later("Leave; walk-throughs stay where they are."), SCREENS, order=10),
    Command("leave", ("escape",), later("go back"),
            later("Go back one level; a walk-through is kept."), ("item", "walk"), order=3),
    Command("instances", ("1",), later("instances"),
            later("Show the IoT instances."), ("main",), order=90),
    Command("licenses", ("2",), later("licenses"),
            later("Show the SDK licenses."), ("main",), order=90),
    Command("plans", ("3",), later("resource plans"),
            later("Show the VOD resource plans."), ("main",), order=90),
    Command("walks", ("4",), later("walk-throughs"),
            later("Show the walk-throughs."), ("main",), order=90),
    Command("payments", ("5",), later("payments"),
            later("Show the journal of payments."), ("main",), order=90),
    Command("pane_next", ("tab",), later("next pane"),
            later("Go to the next pane or field."), (*SCREENS, "dialog"), order=91),
    Command("pane_previous", ("shift+tab",), later("previous pane"),
            later("Go to the previous pane or field."), (*SCREENS, "dialog"), order=91),
    Command("theme", (), later("theme"),
            later("Choose the dark, the light or the high-contrast theme, or the terminal's own "
                  "colors."), SCREENS, order=95),
    Command("tour", (), later("tour"),
            later("See the program in five short pages."), SCREENS, order=97),
    Command("mouse", (), later("mouse"),
            later("Leave the mouse to the terminal, for selecting text; or take it back."),
            SCREENS, order=96),
    Command("repaint", ("ctrl+l",), later("repaint"),
            later("Write the whole screen anew, for a terminal that has lost what it showed; "
                  "in dialogs, too."), (*SCREENS, "dialog"), order=98),
    Command("language", ("L",), later("中文/English"),
            later("Go on in the other language, on the same row and at the same step."),
            SCREENS, order=31),
    Command("open", ("enter",), later("open"),
            later("Open the row under the cursor."), ("table",), order=1),
    Command("mark", ("space",), later("mark"),
            later("Mark the row, for doing one thing to several."), ("table",), order=10),
    Command("sort", ("o",), later("sort"),
            later("Sort by the next column."), ("table",), order=18),
    Command("reverse", ("O",), later("reverse"),
            later("Turn the order around."), ("table",), order=90),
    Command("up", ("up", "k"), later("up"), later("One row up."), ("table",), order=92),
    Command("down", ("down", "j"), later("down"), later("One row down."), ("table",), order=92),
    Command("page_up", ("pageup",), later("page up"),
            later("One page up."), ("table",), order=92),
    Command("page_down", ("pagedown",), later("page down"),
            later("One page down."), ("table",), order=92),
    Command("top", ("home", "g"), later("first row"),
            later("To the first row."), ("table",), order=92),
    Command("bottom", ("end", "G"), later("last row"),
            later("To the last row."), ("table",), order=92),
    Command("keep_filter", ("enter", "down"), later("to the rows"),
            later("Keep the filter, and go to the rows that it shows."), ("filter",), order=1),
    Command("clear_filter", ("escape",), later("clear"),
            later("Clear the filter, and go back to all rows."), ("filter",), order=2),
    Command("choose", ("enter",), later("choose"),
            later("Press the button or take the choice that has the focus; "
                  "never a yes to a payment by itself."), ("dialog",), order=1),
    Command("cancel", ("escape",), later("cancel"),
            later("Close the dialog; nothing is done."), ("dialog",), order=2),
    Command("scroll", ("up", "down", "pageup", "pagedown"), later("scroll"),
            later("Scroll what is longer than the dialog, or move in its list."),
            ("dialog",), order=92),
    Command("copy_text", ("c",), later("copy"),
            later("Copy the text of a message."), ("dialog",), order=92),
)  # fmt: skip

_BY_ID = {command.id: command for command in COMMANDS}

_SHOWN = {
    "escape": "esc", "up": "↑", "down": "↓", "pageup": "pgup", "pagedown": "pgdn", "f1": "F1",
}  # fmt: skip


def shown_key(key: str) -> str:
    """The key as a person reads it: `esc`, `↑`, `F1`."""
    return _SHOWN.get(key, key)


def shown_keys(command: Command) -> str:
    """All keys of the command, the first one first."""
    return " ".join(shown_key(key) for key in command.keys)


def command(command_id: str) -> Command:
    """The command of that id; KeyError where there is none."""
    return _BY_ID[command_id]


def at(*places: Place) -> tuple[Command, ...]:
    """The commands that work in any of the places, in the order of the key bar."""
    found = (each for each in COMMANDS if set(each.where) & set(places))
    return tuple(sorted(found, key=lambda each: each.order))


def bindings(place: Place, action: str = "command('{id}')") -> list[BindingType]:
    """Textual's bindings for the place; each calls `action` with the command's id filled in.

    A command that is off keeps its key: `action_command` says why it is off. The keys are the
    usual ones; `App.set_keymap` puts others in their place by the command's id.
    """
    return [binding(each.id, action.format(id=each.id)) for each in at(place)]


def binding(command_id: str, action: str, *, priority: bool = False) -> Binding:
    """Textual's binding of one command; `priority`: before what has the focus hears of it."""
    from textual.binding import Binding

    found = command(command_id)
    keys = ",".join(found.usual) or f"none-{found.id}"  # a name that no terminal sends
    return Binding(keys, action, found.label, show=False, id=found.id, priority=priority)


def groups() -> list[tuple[str, tuple[Command, ...]]]:
    """All commands under the names of their places, for the help and the README.

    What works on each screen is told once, under `Everywhere`.
    """
    named: dict[str, list[Command]] = {}
    for each in sorted(COMMANDS, key=lambda each: each.order):
        if set(SCREENS) <= set(each.where):
            named.setdefault("everywhere", []).append(each)
        else:
            for place in each.where:
                named.setdefault(place, []).append(each)
    order = ("main", "table", "filter", "item", "walk", "everywhere", "dialog")
    return [(_(_PLACE_NAMES[name]), tuple(named[name])) for name in order if name in named]


def readme_table() -> str:
    """The table of keys for the README, as Markdown."""
    rows = ["| where | key | name | does |", "|---|---|---|---|"]
    for name, commands in groups():
        for each in commands:
            keys = " ".join(f"`{shown_key(key)}`" for key in each.keys) or "palette"
            danger = f" {_('It asks first.')}" if each.dangerous else ""
            rows.append(f"| {name} | {keys} | {each.id} | {each.sentence}{danger} |")
    return "\n".join(rows)
