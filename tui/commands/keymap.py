"""The keys set in `[keys]` of config.toml: parsed, and refused with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from store.errors import BadFile
from store.i18n import _
from tui.commands.registry import commands_in
from tui.commands.table import COMMANDS, Scope, shown_key

KEPT = frozenset({
    "enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end",
    "pageup", "pagedown",
})  # fmt: skip
"""Keys that move, choose and go back everywhere: only commands that have them by default can."""

TAKEN = frozenset(f"ctrl+{letter}" for letter in "abcdjopqsuz")
"""Prefix keys of tmux and screen, and keys that stop or end the terminal's input."""

SENT_AS_ANOTHER = frozenset({"ctrl+h", "ctrl+i", "ctrl+m"})
"""Terminals send backspace, tab and enter for them."""

MOVING = frozenset({"up", "down", "page_up", "page_down", "top", "bottom"})
"""Commands that keep their arrows and vim keys in addition to the keys set."""

_ALIASES = {
    "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "ins": "insert", "del": "delete",
    " ": "space",
}  # fmt: skip
_KEY_NAMES = frozenset(
    {"comma", "space", "insert", "delete", "backspace", *(f"f{n}" for n in range(1, 13))}
)
_CONCURRENT_SCOPES: tuple[tuple[Scope, ...], ...] = (
    ("main", "table"),
    ("item",),
    ("walk",),
    ("account",),
)
"""Scopes whose keys work at the same time."""


def chosen_keys(wanted: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Textual's names of the keys set for commands, by command ID.

    Raises `BadFile` with the place in config.toml for an unknown command, a key that does not reach
    the program, or a key that another command has in the same scope.
    """
    by_id = {
        command.id: command
        for command in COMMANDS
        if not {"dialog", "filter"} & set(command.scopes)
    }
    chosen: dict[str, tuple[str, ...]] = {}
    for name, keys in wanted.items():
        where = f"config.toml: keys.{name}"
        if name not in by_id:
            names = ", ".join(sorted(by_id))
            raise BadFile(
                where, _("no command with that name"), _("one of {value}").format(value=names)
            )
        default_keys = by_id[name].default_keys
        parsed = tuple(_parse_key(where, key, default_keys) for key in keys)
        kept = default_keys if name in MOVING else ()
        chosen[name] = (*kept, *(key for key in parsed if key not in kept))
    _refuse_shared_keys(chosen)
    return chosen


def keymap(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The keys as Textual's `App.set_keymap` takes them."""
    from textual.binding import Binding

    return {
        name: ",".join(
            parsed.key for key in keys for parsed in Binding.make_bindings([(key, "", "")])
        )
        for name, keys in chosen.items()
    }


def _parse_key(where: str, written: str, default_keys: tuple[str, ...]) -> str:
    """Textual's name of the key. Raises `BadFile` with the reason if it cannot be used."""
    key = written if len(written) == 1 else written.lower()
    key = "comma" if key == "," else _ALIASES.get(key, key)
    reason = "" if key in default_keys else _refusal(key)
    if reason:
        raise BadFile(where, repr(written)[:40], reason)
    return key


def _refusal(key: str) -> str:
    if key in KEPT:
        return _("another key: this one always moves, chooses or goes back")
    if key in TAKEN:
        return _("another key: tmux, screen or the terminal uses this one")
    if key in SENT_AS_ANOTHER:
        return _("another key: terminals send this one as a different key")
    if _is_sent(key):
        return ""
    return _("a key that every terminal sends: a character (x, X, +), f1 to f12, space, ctrl+e")


def _is_sent(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable()
    letter = key.removeprefix("ctrl+")
    with_ctrl = len(letter) == 1 and letter.isascii() and letter.isalpha()
    return key in _KEY_NAMES or with_ctrl


def _refuse_shared_keys(chosen: Mapping[str, tuple[str, ...]]) -> None:
    for scopes in _CONCURRENT_SCOPES:
        owners: dict[str, str] = {}
        for command in commands_in(*scopes):
            for key in dict.fromkeys(chosen.get(command.id, command.default_keys)):
                other = owners.setdefault(key, command.id)
                if other == command.id:
                    continue
                name = command.id if command.id in chosen else other
                has = other if name == command.id else command.id
                raise BadFile(
                    f"config.toml: keys.{name}",
                    repr(shown_key(key)),
                    _("a key that {other} does not use in the same place").format(other=has),
                )
