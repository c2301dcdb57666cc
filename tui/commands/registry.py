"""Looks up commands, binds them to keys, connects them to their handlers, and lists them."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, TypeVar

from store.i18n import N_, _
from tui.commands.table import COMMANDS, SCREENS, Command, Scope, shown_key

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

_SCOPE_NAMES = {
    "main": N_("Main screen"),
    "item": N_("An item's page"),
    "walk": N_("A walk-through"),
    "plan": N_("Keep everything"),
    "account": N_("The account page"),
    "money": N_("On the balance line"),
    "table": N_("In every table"),
    "filter": N_("In the filter"),
    "dialog": N_("In every dialog"),
    "everywhere": N_("Everywhere"),
}

_BY_ID = {command.id: command for command in COMMANDS}


def shown_keys(command: Command) -> str:
    """All keys of the command, the first one first."""
    return " ".join(shown_key(key) for key in command.keys)


def command(command_id: str) -> Command:
    """The command with that ID. Raises KeyError for an unknown one."""
    return _BY_ID[command_id]


def commands_in(*scopes: Scope) -> tuple[Command, ...]:
    """The commands that work in any of the scopes, in the order of the key bar."""
    commands = (entry for entry in COMMANDS if set(entry.scopes) & set(scopes))
    return tuple(sorted(commands, key=lambda entry: entry.order))


Handler = TypeVar("Handler", bound=Callable[..., object])
_command_ids: dict[Callable[..., object], tuple[str, ...]] = {}


def handles(*command_ids: str) -> Callable[[Handler], Handler]:
    """Mark a screen's method as the handler of these commands. Raises KeyError for an unknown
    ID."""
    for command_id in command_ids:
        command(command_id)

    def mark(handler: Handler) -> Handler:
        _command_ids[handler] = command_ids
        return handler

    return mark


def handlers_of(screen: type) -> dict[str, Callable[..., object]]:
    """A screen class's handlers by command ID; those of a subclass replace those of its bases."""
    return {
        command_id: value
        for base in reversed(screen.__mro__)
        for value in vars(base).values()
        if isinstance(value, FunctionType)
        for command_id in _command_ids.get(value, ())
    }


def bindings(scope: Scope, action: str = "command('{id}')") -> list[BindingType]:
    """Textual's bindings for the scope; each calls `action` with the command's id filled in.

    A command that is off keeps its key: `action_command` says why it is off. The keys are the
    defaults; `App.set_keymap` replaces them by command ID.
    """
    return [binding(entry.id, action.format(id=entry.id)) for entry in commands_in(scope)]


def binding(command_id: str, action: str, *, priority: bool = False) -> Binding:
    """Textual's binding of a command; `priority`: it acts before the focused widget gets the
    key."""
    from textual.binding import Binding

    bound = command(command_id)
    keys = ",".join(bound.default_keys) or f"none-{bound.id}"  # a name that no terminal sends
    return Binding(keys, action, bound.label, show=False, id=bound.id, priority=priority)


def groups() -> list[tuple[str, tuple[Command, ...]]]:
    """All commands under the names of their scopes, for the help and the README.

    Commands that work on every screen are listed once, under `Everywhere`.
    """
    named: dict[str, list[Command]] = {}
    for entry in sorted(COMMANDS, key=lambda entry: entry.order):
        if set(SCREENS) <= set(entry.scopes):
            named.setdefault("everywhere", []).append(entry)
        else:
            for scope in entry.scopes:
                named.setdefault(scope, []).append(entry)
    order = (
        "main", "money", "table", "filter", "item", "walk", "plan", "account", "everywhere",
        "dialog",
    )  # fmt: skip
    return [(_(_SCOPE_NAMES[name]), tuple(named[name])) for name in order if name in named]


def keys_text() -> str:
    """Every key in plain text, scope by scope, in the language in use."""
    width = max(len(" ".join(map(shown_key, entry.keys))) for _, some in groups() for entry in some)
    lines = []
    for name, commands in groups():
        lines += ["", name]
        for entry in commands:
            keys = " ".join(map(shown_key, entry.keys)) or ":"
            lines.append(f"  {keys:<{width}}  {entry.id:<14}  {entry.sentence}")
    return "\n".join(lines).lstrip("\n")
