"""Nothing is confirmed by accident, and each dialog works in a small window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widgets import Input

from store.errors import Usage
from store.inputs import parse_shown_amount
from store.money import Money
from tests.stories.driver import at_the_desk
from tests.tui.stage import Stage, lines_of, text_of
from tui.commands.registry import commands_in
from tui.commands.table import COMMANDS
from tui.dialogs.confirmation import ConfirmationDialog
from tui.dialogs.form import FormDialog
from tui.dialogs.frame import Dialog
from tui.dialogs.help import HelpDialog
from tui.dialogs.menu import MenuDialog
from tui.dialogs.message import MessageDialog
from tui.dialogs.palette import PaletteDialog, PaletteEntry, entries_of, matching
from tui.prompts import (
    Choice,
    Confirmation,
    Emphasis,
    Fact,
    Form,
    FormField,
    Line,
    Menu,
    Message,
    last_characters,
    outcome,
    total_amount,
)
from tui.widgets.option_list import VimOptionList

pytestmark = pytest.mark.usefixtures("quick")

SIZES = [(120, 36), (80, 24), (60, 20), (40, 15)]
NOT_YET: Any = object()
LINES = (
    "Factory floor [/prod] [b",
    "iot-060a0bcd",
    "12 months, until 24 Nov 2027",
    "CNY 3,600.00 from the account balance of CNY 5,000.00",
)


class DialogStage(Stage):
    """Opens one dialog and keeps its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: Any = NOT_YET

    def open_dialog(self, dialog: Dialog[Any]) -> None:
        self.push_screen(dialog, self._keep)

    def _keep(self, answer: Any) -> None:
        self.answer = answer


async def opened(stage: DialogStage, pilot: Pilot[None], dialog: Dialog[Any]) -> None:
    stage.open_dialog(dialog)
    for _ in range(20):
        await pilot.pause()
        if dialog.accepts_input:
            break
    await pilot.pause()
    assert dialog.accepts_input


@pytest.mark.parametrize(
    "kind",
    [
        ConfirmationDialog,
        FormDialog,
        MenuDialog,
        MessageDialog,
        HelpDialog,
        PaletteDialog,
        VimOptionList,
    ],
)
def test_no_dialog_has_a_key_that_the_registry_does_not_know(kind: type[DOMNode]) -> None:
    known = {key for each in commands_in("dialog", "table") for key in each.keys}
    bound = {each[0] for cls in kind.__mro__ for each in _bindings_of(cls)}
    assert bound <= known


def _bindings_of(cls: type) -> list[tuple[str, ...]]:
    if not cls.__module__.startswith("tui."):
        return []
    return [each for each in vars(cls).get("BINDINGS", []) if isinstance(each, tuple)]


def payment() -> ConfirmationDialog:
    proof = last_characters("iot-060a0bcd")
    return ConfirmationDialog(Confirmation("Renew 1 item", LINES, proof, "Pay CNY 3,600.00"))


def question(
    prompt: str, check: Callable[[str], Any], value: str = "", lines: Sequence[str] = ()
) -> FormDialog[Any]:
    """A form of one field."""
    form = Form(
        "Title", [FormField("value", prompt, value)], lambda texts: check(texts["value"]), lines
    )
    return FormDialog(form)


@pytest.mark.parametrize("size", SIZES)
async def test_the_confirmation_shows_all_and_takes_the_typed_proof(size: tuple[int, int]) -> None:
    stage = DialogStage()
    async with stage.run_test(size=size) as pilot:
        await opened(stage, pilot, payment())
        text = " ".join(text_of(stage).replace("│", " ").split())
        assert "Factory floor [/prod] [b" in text
        assert "last 4 characters of iot-060a0bcd" in text
        assert "Cancel" in text
        assert "Pay CNY 3,600.00" in text
        assert stage.focused is not None
        assert stage.focused.id == "no"
        await pilot.press(*"0bcd", "enter")
        assert stage.answer is NOT_YET
        assert stage.focused.id == "yes"
        await pilot.press("enter")
        assert stage.answer is True


@pytest.mark.parametrize("keys", [["enter"], ["enter", "enter", "enter"], ["escape"]])
async def test_enter_and_esc_alone_confirm_nothing(keys: list[str]) -> None:
    stage = DialogStage()
    async with stage.run_test() as pilot:
        await opened(stage, pilot, payment())
        await pilot.press(*keys)
        await pilot.pause()
        assert stage.answer in (False, None)


@pytest.mark.parametrize(
    "keys",
    [
        [*"0bce", "enter", "tab", "tab", "enter"],
        ["shift+tab", "enter"],
        ["tab", "enter"],
        ["y", "enter", "enter"],
        [*"60a0bcd", "enter", "enter"],
        ["tab", "tab", "enter", "enter"],
    ],
)
async def test_a_wrong_proof_confirms_nothing_and_says_so(keys: list[str]) -> None:
    stage = DialogStage()
    async with stage.run_test(size=(60, 20)) as pilot:
        await opened(stage, pilot, payment())
        await pilot.press(*keys)
        await pilot.pause()
        assert stage.answer is not True
        if stage.answer is NOT_YET:
            text = " ".join(text_of(stage).split())
            assert "Nothing was sent" in text or "first." in text


async def test_keys_typed_before_it_was_drawn_are_thrown_away() -> None:
    stage = DialogStage()
    async with stage.run_test() as pilot:
        dialog = payment()

        def burst() -> None:
            stage.open_dialog(dialog)
            for key in (*"0bcd", "enter", "enter", "escape"):
                character = key if len(key) == 1 else None
                stage.post_message(events.Key(key, character))

        stage.call_later(burst)
        for _ in range(20):
            await pilot.pause()
        assert dialog.accepts_input
        assert stage.answer is NOT_YET
        assert not dialog.is_proved
        await pilot.press(*"0bcd", "enter", "enter")
        assert stage.answer is True


@pytest.mark.parametrize("typed", ["5760.00", "5,760.00", "5760", "5,760"])
async def test_several_payments_take_their_total(typed: str) -> None:
    stage = DialogStage()
    proof = total_amount(Money(Decimal("5760.00"), "CNY"))
    async with stage.run_test() as pilot:
        await opened(
            stage, pilot, ConfirmationDialog(Confirmation("Renew 2 items", LINES * 9, proof, "Pay"))
        )
        assert "the total 5760," in text_of(stage)
        keys = [{".": "full_stop", ",": "comma"}.get(each, each) for each in typed]
        await pilot.press(*keys, "enter", "enter")
        assert stage.answer is True


@pytest.mark.parametrize("size", SIZES)
async def test_long_lines_scroll_and_never_push_the_buttons_off(size: tuple[int, int]) -> None:
    stage = DialogStage()
    many = [f"line {number}" for number in range(200)]
    async with stage.run_test(size=size) as pilot:
        confirmation = Confirmation("Renew", many, last_characters("iot-1"), "Pay")
        await opened(stage, pilot, ConfirmationDialog(confirmation))
        assert "Cancel" in text_of(stage)
        assert "line 0" in text_of(stage)
        await pilot.press("pagedown", "down")
        await pilot.pause()
        assert "line 0 " not in text_of(stage)
        assert "line 11" in text_of(stage)


async def test_lines_continue_under_their_beginning() -> None:
    stage = DialogStage()
    async with stage.run_test(size=(60, 15)) as pilot:
        lines: list[Line] = [
            Fact("Ends", "one word after another " * 4),
            "  a refusal" + " in words" * 8,
        ]
        await opened(stage, pilot, MessageDialog(Message("Payment", lines)))
        shown = [line[2:].rstrip("│ ") for line in lines_of(stage)]
        assert [len(line) - len(line.lstrip()) for line in shown[4:8]] == [0, 6, 2, 2], shown


async def test_a_reason_never_pushes_the_buttons_off() -> None:
    stage = DialogStage()
    async with stage.run_test(size=(40, 15)) as pilot:
        off = "far too long a time for something that is needed every day, " * 2
        choices = [Choice(number, f"{number} days", off=off) for number in range(9)]
        await opened(stage, pilot, MenuDialog(Menu("Snooze", choices, ["line"] * 9)))
        await pilot.press("enter")
        await pilot.pause()
        assert "is not available" in text_of(stage)
        assert "Cancel" in text_of(stage)


async def test_a_value_is_checked_in_the_dialog() -> None:
    stage = DialogStage()
    async with stage.run_test(size=(40, 15)) as pilot:
        await opened(stage, pilot, question("How much, in CNY?", parse_shown_amount))
        await pilot.press("1", "full_stop", "0", "0", "5", "enter")
        await pilot.pause()
        assert stage.answer is NOT_YET
        assert "such as 3624.10" in text_of(stage)
        await pilot.press("backspace", "enter")
        assert stage.answer == Decimal("1.00")


async def test_a_trouble_is_plain_text() -> None:
    def refuse(text: str) -> None:
        raise Usage(f"[/b] \x1b {text}")

    stage = DialogStage()
    async with stage.run_test() as pilot:
        await opened(stage, pilot, question("Why?", refuse, "x", ["kept"]))
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert "[/b] ␛ x" in text_of(stage)
        await pilot.press("escape")
        assert stage.answer is None


@pytest.mark.parametrize("size", SIZES)
async def test_choosing_by_keys(size: tuple[int, int]) -> None:
    stage = DialogStage()
    months = [Choice(n, f"{n} months", hint="CNY 1.00") for n in range(1, 13)]
    months[2] = Choice(3, "3 months", off="[not] sold")
    async with stage.run_test(size=size) as pilot:
        await opened(stage, pilot, MenuDialog(Menu("How long?", months, ["Kids app"])))
        assert "Cancel" in text_of(stage)
        await pilot.press("j", "down", "enter")
        await pilot.pause()
        assert stage.answer is NOT_YET
        assert "[not] sold" in " ".join(text_of(stage).split())
        await pilot.press("G", "k", "enter")
        assert stage.answer == 11


async def test_a_window_without_room_has_no_pages_to_turn() -> None:
    stage = DialogStage()
    async with stage.run_test(size=(3, 5)) as pilot:
        await opened(
            stage, pilot, MenuDialog(Menu("How long?", [Choice(n, str(n)) for n in range(9)]))
        )
        await pilot.press("pagedown", "pageup")
        assert stage.answer is NOT_YET


async def test_keys_that_wait_while_it_closes_find_nothing_to_act_on() -> None:
    stage = DialogStage()
    async with stage.run_test() as pilot:
        dialog = question("Why?", lambda _: None)
        await opened(stage, pilot, dialog)
        box = dialog.query_one("#value", Input)
        dialog.dismiss(None)
        dialog.post_message(Input.Changed(box, "x"))
        dialog.post_message(Input.Submitted(box, "x"))
        await pilot.pause()
        await dialog.run_action("scroll_body(1)")
        assert stage.answer is None


async def test_an_outcome_says_what_happened_and_what_to_do() -> None:
    stage = DialogStage()
    sent: list[str] = []

    def copy(text: str) -> str:
        sent.append(text)
        return "sent to tmux's buffer"

    async with stage.run_test(size=(60, 20)) as pilot:
        assert outcome("the balance is short.")[0] == Emphasis("The balance is short.")
        assert outcome("iot-1 is unknown.")[0] == Emphasis("iot-1 is unknown.")
        lines = outcome("Not paid: [Oops]", "Nothing left the balance.", "Top up first.")
        await opened(stage, pilot, MessageDialog(Message("Renewal", lines), copy=copy))
        assert "Not paid: [Oops]" in text_of(stage)
        assert "What to do  Top up first." in text_of(stage)
        await pilot.press("c")
        await pilot.pause()
        assert "sent to tmux's buffer" in text_of(stage)
        assert sent[0].startswith("Not paid: [Oops]\n")
        await pilot.press("enter")
        assert stage.answer is None


@pytest.mark.parametrize("size", SIZES)
async def test_the_help_names_every_command(size: tuple[int, int]) -> None:
    stage = DialogStage()
    async with stage.run_test(size=size) as pilot:
        dialog = HelpDialog()
        await opened(stage, pilot, dialog)
        text = " ".join(dialog.body(size[0] - 6).plain.split())
        for each in COMMANDS:
            assert each.sentence in text
        assert all(len(line) <= size[0] for line in lines_of(stage))
        await pilot.press("pagedown", "enter")
        assert stage.answer is None


def test_the_palette_finds_by_all_words_the_title_first() -> None:
    entries = [
        PaletteEntry("a", "Help", "top up the account"),
        PaletteEntry("b", "Top up", "add funds"),
    ]
    assert [each.id for each in matching(entries, "TOP up")] == ["b", "a"]
    assert [each.id for each in matching(entries, "funds")] == ["b"]
    assert not matching(entries, "zz")
    assert len(matching(entries, "")) == 2


@pytest.mark.parametrize("size", SIZES)
async def test_the_palette_takes_what_is_highlighted(size: tuple[int, int]) -> None:
    stage = DialogStage()
    entries = [
        *entries_of(commands_in("main", "table"), {"renew": "read-only"}),
        PaletteEntry("P-TOPUP", "[/b] Top up the account", "procedure"),
    ]
    async with stage.run_test(size=size) as pilot:
        await opened(stage, pilot, PaletteDialog(entries))
        await pilot.press(*"renew", "enter")
        await pilot.pause()
        assert stage.answer is NOT_YET
        assert "Not available: read-only" in text_of(stage)
        await pilot.press(*["backspace"] * 5, *"zzz")
        await pilot.pause()
        assert "No matches." in text_of(stage)
        await pilot.press("enter", *["backspace"] * 3, "t", "o", "p", "space", "u", "p", "down")
        await pilot.pause()
        assert "[/b] Top up the account" in text_of(stage)
        await pilot.press("enter")
        assert stage.answer == "P-TOPUP"


async def test_what_is_proposed_goes_with_the_first_letter() -> None:
    stage = DialogStage()
    async with stage.run_test() as pilot:
        await opened(stage, pilot, question("How much", parse_shown_amount, "2184.10"))
        await pilot.press("5", "0", "enter")
        await pilot.pause()
        assert stage.answer == Decimal(50)


@pytest.mark.parametrize("key", ["n", "?"])
async def test_a_notice_for_information_gives_way_to_a_dialog(tmp_path: Path, key: str) -> None:
    async with at_the_desk(tmp_path) as desk:
        desk.app.notify("It is broken", severity="error")
        await desk.press("u")
        desk.sees("Nothing to undo", "It is broken")
        await desk.press(key)
        desk.misses("Nothing to undo")
        desk.sees("It is broken")


async def test_the_reason_of_a_key_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("C", "X")
        desk.sees("“not bought” is off")
        desk.misses("“changes” is off")


@pytest.mark.parametrize("lines", [(), ("Why",)])
async def test_one_line_is_empty_above_the_first_box(lines: tuple[str, ...]) -> None:
    stage = DialogStage()
    async with stage.run_test(size=(80, 24)) as pilot:
        await opened(stage, pilot, question("How much", parse_shown_amount, "1", lines))
        shown = [line.strip(" │") for line in lines_of(stage)]
        *_, before, last = shown[: shown.index("How much")]
        assert last == ""
        assert before != ""


async def test_a_menu_with_a_choice_that_does_nothing_has_no_button_for_that() -> None:
    stage = DialogStage()
    choices = [Choice("no", "Keep"), Choice("yes", "Remove")]
    async with stage.run_test(size=(80, 24)) as pilot:
        await opened(stage, pilot, MenuDialog(Menu("Remove?", choices, has_refusal=True)))
        assert "Cancel" not in text_of(stage)
        await pilot.press("enter")
        assert stage.answer == "no"
