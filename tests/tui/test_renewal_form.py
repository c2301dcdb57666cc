"""The renewal form: every term with its price, and nothing paid but what it showed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.models import RENEWAL_MONTHS
from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise, sdk_license
from tests.tui.stage import text_of
from tests.tui.test_dialogs import NOT_YET, SIZES, DialogStage, opened
from tui.actions.renewal_form import TERMS
from tui.dialogs.renewal_form import RenewalFormDialog, term_lines
from tui.prompts import (
    AutoRenewalChoice,
    Fact,
    RenewalAnswer,
    RenewalForm,
    ShownTerm,
    last_characters,
)

pytestmark = pytest.mark.usefixtures("quick")

PROOF = last_characters("iot-060a0bcd")
ONE = account("5000.00", instances=[enterprise()])


async def never(months: int) -> ShownTerm:
    raise AssertionError(months)


def shown(months: int, blocked: str = "") -> ShownTerm:
    price = f"{months * 300:,}.00"
    return ShownTerm(
        price, "24 Nov 2027", "", [Fact("Price", price)], PROOF, blocked, bool(blocked)
    )


def form(first: int = 12) -> RenewalForm:
    auto = AutoRenewalChoice("off", lambda months: f"on, every {months} months", (True,))
    pending = [Fact("Price", "…")]
    return RenewalForm("Renew it", "CNY", TERMS, 7, first, never, pending, auto)


def set_price(desk: Desk, price: str) -> None:
    """The cloud charges another price from now on."""
    with closing(sqlite3.connect(desk.home / "practice.db")) as practice, practice:
        practice.execute("UPDATE subscriptions SET monthly_price = ?", (price,))


def test_every_term_of_the_cloud_is_offered_the_usual_ones_first() -> None:
    assert TERMS[:7] == (1, 2, 3, 6, 12, 24, 36)
    assert sorted(TERMS) == sorted(RENEWAL_MONTHS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("first", [1, 12, 36])
async def test_the_chosen_term_is_in_view_and_prices_arrive(
    size: tuple[int, int], first: int
) -> None:
    stage = DialogStage()
    async with stage.run_test(size=size) as pilot:
        dialog = RenewalFormDialog(form(first))
        await opened(stage, pilot, dialog)
        await until_shown(stage, pilot, f"▶ {first} month")
        assert "…" in text_of(stage)
        assert dialog.next_unquoted == first
        dialog.show_quote(first, shown(first))
        await until_shown(stage, pilot, shown(first).price)
        await until_shown(stage, pilot, f"▶ {first} month")
        assert all(part in text_of(stage) for part in ("Auto-renewal", "Cancel", "Pay", "›"))
        assert dialog.next_unquoted in {1, 2}


async def test_a_window_that_grows_shows_the_terms_from_the_first_one() -> None:
    stage = DialogStage()
    async with stage.run_test(size=(40, 10)) as pilot:
        await opened(stage, pilot, RenewalFormDialog(form(12)))
        await until_shown(stage, pilot, "▶ 12 month")
        await pilot.resize_terminal(100, 36)
        await until_shown(stage, pilot, "  1 month")


async def until_shown(stage: DialogStage, pilot: Pilot[None], text: str) -> None:
    """Wait until the text is on the screen: the frame is fitted once more after it is drawn."""
    for _ in range(20):
        if text in text_of(stage):
            return
        await pilot.pause()
    raise AssertionError(f"{text!r} is not shown:\n{text_of(stage)}")


@pytest.mark.parametrize("size", [(20, 5), (3, 5), (1, 1)])
async def test_a_window_without_room_harms_nothing(size: tuple[int, int]) -> None:
    stage = DialogStage()
    async with stage.run_test(size=size) as pilot:
        dialog = RenewalFormDialog(form())
        await opened(stage, pilot, dialog)
        dialog.show_quote(12, shown(12))
        await pilot.press("down", "up", "space", "pagedown", "x", "enter")
        assert stage.answer is NOT_YET


async def test_nothing_is_confirmed_before_its_price_is_there() -> None:
    stage = DialogStage()
    async with stage.run_test() as pilot:
        dialog = RenewalFormDialog(form())
        await opened(stage, pilot, dialog)
        await pilot.press(*"0bcd", "enter", "enter")
        await pilot.pause()
        assert stage.answer is NOT_YET
        assert "The price has not arrived yet." in text_of(stage)
        dialog.show_quote(12, shown(12))
        await pilot.press("enter", "enter")
        assert stage.answer == RenewalAnswer(12)


async def test_arrows_choose_a_term_wherever_the_focus_is() -> None:
    stage, wanted = DialogStage(), list[int | None]()
    async with stage.run_test() as pilot:
        dialog = RenewalFormDialog(form(), lambda: wanted.append(dialog.next_unquoted))
        await opened(stage, pilot, dialog)
        for months in TERMS[:7]:
            dialog.show_quote(months, shown(months))
        await pilot.press("down", "down", "down", "up", *"0b", "up", *"CD", "space")
        await pilot.pause()
        assert "off → on, every 24 months" in text_of(stage)
        assert wanted == [4]
        await pilot.press("enter", "enter")
        assert stage.answer == RenewalAnswer(24, auto_renewal=True)


async def test_a_term_that_is_short_takes_no_proof_and_offers_a_top_up() -> None:
    stage = DialogStage()
    async with stage.run_test() as pilot:
        dialog = RenewalFormDialog(form())
        await opened(stage, pilot, dialog)
        dialog.show_quote(12, shown(12, "CNY 9.00 is missing."))
        await pilot.pause()
        await pilot.press(*"0bcd")
        await pilot.pause()
        assert "CNY 9.00 is missing. Press t to top up." in text_of(stage)
        assert "Enter twice" not in text_of(stage)
        await pilot.press("t")
        assert stage.answer == RenewalAnswer(12, wants_top_up=True)


def test_columns_are_left_out_by_width() -> None:
    rows = [("12 months*", "3,600.00", "24 Nov 2027", "1,400.00")]
    wide, middle, narrow = (next(term_lines(form(), rows, width)) for width in (60, 46, 33))
    assert "Left (CNY)" in wide
    assert "Left" not in middle
    assert "Price (CNY)" in middle
    assert narrow.split() == ["Term", "CNY", "New", "end"]


async def test_auto_renewal_is_set_after_the_payment(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ONE) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r")
        await desk.choose("3 months")
        await desk.press("space")
        desk.sees("off → on, every 3 months")
        await desk.confirm("0BCD")
        desk.shows_dialog("1 of 1 paid", "Auto-renewal is on, every 3 months.")
        assert desk.instance("iot-060a0bcd")["auto_renewal_months"] == 3
        await desk.close()
        await desk.press("r")
        desk.sees("▶ 3 months", "on, every 3 months")
        await desk.press("space")
        desk.sees("on, every 3 months → off")


async def test_a_renewal_that_is_not_paid_sets_no_auto_renewal(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ONE) as desk:
        with desk.cloud() as cloud:
            cloud.fail("renew", how="refuse")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r", "space")
        await desk.confirm("0bcd")
        desk.shows_dialog("0 of 1 paid", "Auto-renewal was left as it is.")
        assert desk.instance("iot-060a0bcd")["auto_renewal_months"] is None


@pytest.mark.parametrize("price", ["301.00", "299.00"])
async def test_another_price_is_shown_again_and_not_paid(tmp_path: Path, price: str) -> None:
    async with at_the_desk(tmp_path, ONE) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r")
        await desk.choose("1 month")
        set_price(desk, price)
        await desk.confirm("0bcd")
        sentence = f"The price of Factory floor is now CNY {price}, not CNY 300.00."
        desk.shows_dialog("Renew Factory floor", sentence, "▶ 1 month", price)
        assert desk.truth["orders"] == []
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid")
        assert desk.charged("renewal") == [price]


async def test_what_has_no_price_is_set_apart_and_the_rest_is_paid(tmp_path: Path) -> None:
    unpriced = enterprise("iot-2", name="Cold storage", monthly_price=None)
    items = account("9000.00", instances=[enterprise(), unpriced], licenses=[sdk_license()])
    async with at_the_desk(tmp_path, items) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("space")
        await desk.move_to("iot-2")
        await desk.press("space", "r")
        desk.shows_dialog(
            "Renew 2 items", "Not included", "Cold storage (iot-2): The cloud quotes no"
        )
        assert desk.words.index("Not included") < desk.words.index("Renew Factory floor (iot-")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid", "iot-060a0bcd")
        assert desk.charged("renewal") == ["300.00"]


async def test_what_cannot_be_renewed_is_named_with_the_rest(tmp_path: Path) -> None:
    public = enterprise("iot-public-1", name="Trial bench", kind="iot-public-new")
    for field in ("expires_at", "monthly_price", "auto_renewal_months"):
        del public[field]
    async with at_the_desk(tmp_path, account("9000.00", instances=[enterprise(), public])) as desk:
        for item_id in ("iot-060a0bcd", "iot-public-1"):
            await desk.go_to("instances", item_id)
            await desk.press("space")
        await desk.press("r")
        desk.shows_dialog("Renew Factory floor", "Not included", "Trial bench (iot-public-1)")


async def test_what_cannot_be_renewed_alone_is_called_by_its_name(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("instances", "public-previous:ap-northeast-1")
        await desk.press("r")
        desk.shows_dialog("Stopped; nothing was sent", "Tokyo · Public instance (public-previous:")


async def test_q_leaves_at_once_where_nothing_is_being_paid(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ONE) as desk:
        await desk.pilot.press("q")
        await desk.app.workers.wait_for_complete()
        assert desk.app.return_code == 0
