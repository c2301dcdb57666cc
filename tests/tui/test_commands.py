"""The registry holds each thing once, and no key that would hurt."""

from __future__ import annotations

from typing import get_args

import pytest
from textual.binding import Binding

from tests.readme_tables import keys_table
from tui.commands.registry import bindings, command, commands_in, groups, shown_keys
from tui.commands.table import COMMANDS, SCREENS, Scope

TAKEN_BY_TMUX_AND_SHELLS = {f"ctrl+{letter}" for letter in "abcdjopqsuz"}
MOVEMENT = "jkgGhl"
BESIDE = {
    "g": "ftyhbv", "h": "gyujnb", "j": "huikmn", "k": "jiolm", "l": "kop",
}  # fmt: skip


def test_each_id_is_there_once_and_has_words() -> None:
    assert len({each.id for each in COMMANDS}) == len(COMMANDS)
    for each in COMMANDS:
        assert command(each.id) is each
        assert each.title
        assert each.sentence.endswith(".")
        assert each.scopes


@pytest.mark.parametrize("scope", get_args(Scope))
def test_no_key_has_two_meanings_in_one_scope(scope: Scope) -> None:
    keys = [key for each in commands_in(scope) for key in each.keys]
    assert len(keys) == len(set(keys))


ALIKE = (
    {"open", "open_account", "next", "keep_filter", "choose", "pay_plan"},
    {"leave", "cancel", "clear_filter"},
    {"copy", "copy_text"},
    {"mark", "stage", "auto_after"},
    {"up", "page_up", "scroll"},
    {"down", "page_down", "scroll", "keep_filter"},
)
"""Commands of different scopes that mean the same to a person: do it, go back, copy, tick, move."""


def test_no_key_has_two_meanings_in_two_scopes() -> None:
    by_key: dict[str, set[str]] = {}
    for each in COMMANDS:
        for key in each.keys:
            by_key.setdefault(key, set()).add(each.id)
    assert not [
        (key, ids)
        for key, ids in by_key.items()
        if len(ids) > 1 and not any(ids <= alike for alike in ALIKE)
    ]


def test_a_table_on_the_main_screen_hides_no_key_of_it() -> None:
    keys = [key for each in commands_in("main", "table") for key in each.keys]
    assert len(keys) == len(set(keys))


def test_no_key_is_one_that_tmux_or_a_shell_takes() -> None:
    assert not {key for each in COMMANDS for key in each.keys} & TAKEN_BY_TMUX_AND_SHELLS


def test_no_dangerous_key_is_next_to_a_movement_key() -> None:
    for each in (each for each in COMMANDS if each.dangerous):
        for key in each.keys:
            assert key not in MOVEMENT
            assert not any(key.lower() in BESIDE[move.lower()] for move in MOVEMENT)


def test_bindings_carry_every_key_of_the_place() -> None:
    made = {each.key: each.action for each in bindings("main") if isinstance(each, Binding)}
    assert made["r"] == "command('renew')"
    assert made["?,f1"] == "command('help')"
    actions = {each.action for each in bindings("table", "{id}") if isinstance(each, Binding)}
    assert actions >= {"up", "open", "mark"}


def test_the_table_of_keys_names_every_command() -> None:
    table = keys_table()
    for each in COMMANDS:
        assert each.sentence in table
    assert "`?` `F1`" in table
    assert sum(len(commands) for _, commands in groups()) == table.count("\n") - 1
    assert all(set(SCREENS) <= set(each.scopes) for each in dict(groups())["Everywhere"])
    assert shown_keys(command("up")) == "↑ k"
