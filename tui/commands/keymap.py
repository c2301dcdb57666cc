"""The keys that a person chose in `[keys]` of config.toml: which fit, and why others do not."""

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
"""Keys that move, choose and go back everywhere: no command takes them that has them not."""

TAKEN = frozenset(f"ctrl+{letter}" for letter in "abcdjopqsuz")
"""tmux and screen begin their own commands with them, or the line stops and ends by them."""

SENT_AS_ANOTHER = frozenset({"ctrl+h", "ctrl+i", "ctrl+m"})
"""Backspace, tab and enter to a terminal."""

MOVING = frozenset({"up", "down", "page_up", "page_down", "top", "bottom"})
"""Commands that keep their arrows and vim keys beside what is chosen."""

_WRITTEN = {
    "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "ins": "insert", "del": "delete",
    " ": "space",
}  # fmt: skip
_NAMED = frozenset(
    {"comma", "space", "insert", "delete", "backspace", *(f"f{n}" for n in range(1, 13))}
)
_TOGETHER: tuple[tuple[Scope, ...], ...] = (
    ("main", "table"),
    ("item",),
    ("walk",),
    ("account",),
)
"""Places whose keys work at one time."""


def chosen_keys(wanted: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Textual's names of the keys of each command that is named.

    Raises `BadFile` with the place in config.toml for a command that there is not, a key
    that does not reach the program, and one that another command of the same place has.
    """
    by_id = {each.id: each for each in COMMANDS if not {"dialog", "filter"} & set(each.where)}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, keys in wanted.items():
        where = f"config.toml: keys.{name}"
        if name not in by_id:
            known = ", ".join(sorted(by_id))
            raise BadFile(
                where, _("no command with that name"), _("one of {value}").format(value=known)
            )
        usual = by_id[name].usual
        made = tuple(_key(where, key, usual) for key in keys)
        kept = usual if name in MOVING else ()
        chosen[name] = (*kept, *(key for key in made if key not in kept))
    _refuse_doubles(chosen)
    return chosen


def keymap(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The keys as Textual's `App.set_keymap` takes them."""
    from textual.binding import Binding

    return {
        name: ",".join(made.key for key in keys for made in Binding.make_bindings([(key, "", "")]))
        for name, keys in chosen.items()
    }


def _key(where: str, written: str, usual: tuple[str, ...]) -> str:
    """The key by its name, or the reason why it cannot be one."""
    key = written if len(written) == 1 else written.lower()
    key = "comma" if key == "," else _WRITTEN.get(key, key)
    reason = "" if key in usual else _refused(key)
    if reason:
        raise BadFile(where, repr(written)[:40], reason)
    return key


def _refused(key: str) -> str:
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
    return key in _NAMED or with_ctrl


def _refuse_doubles(chosen: Mapping[str, tuple[str, ...]]) -> None:
    for scopes in _TOGETHER:
        owners: dict[str, str] = {}
        for each in commands_in(*scopes):
            for key in dict.fromkeys(chosen.get(each.id, each.usual)):
                other = owners.setdefault(key, each.id)
                if other == each.id:
                    continue
                name = each.id if each.id in chosen else other
                has = other if name == each.id else each.id
                raise BadFile(
                    f"config.toml: keys.{name}",
                    repr(shown_key(key)),
                    _("a key that {other} does not use in the same place").format(other=has),
                )
