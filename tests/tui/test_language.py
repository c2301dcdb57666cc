"""The other language, live: everything on the screen at once, and the person where they were."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.config import Account, add_account, read_config, store_setting
from tests.contract.program import Program
from tests.stories.driver import at_the_desk
from tests.tui.stage import text_of
from tui import text
from tui.widgets.record_table import RecordTable

SIZES = ((120, 36), (80, 24), (60, 20))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_all_of_the_screen_at_once(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(tmp_path, size=size) as desk:
        english = text_of(desk.app)
        await desk.press("L")
        chinese = text_of(desk.app)
        assert "按键" in chinese
        assert "2026年11月22日 09:00" in chinese or size[0] < 80
        for word in ("Renewal Assistant", "Account balance", "Instances", "running", "renew "):
            assert word not in chinese
        assert not re.search(r"CNY|synced|Press", chinese)
        await desk.press("L")
        assert text_of(desk.app) == english


async def test_the_row_the_filter_and_the_marks_stay(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("slash")
        await desk.answer("o")
        await desk.press("j", "space", "j")
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        before = (table.cursor_key, table.marks, table.order)
        await desk.press("L")
        assert (table.cursor_key, table.marks, table.order) == before
        assert desk.app.focused is table
        desk.sees("/ o", "已标记 1 项")


async def test_a_filter_finds_the_same_in_the_other_language(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("f")
        await desk.choose("state: only stopped")
        await desk.press("L")
        desk.sees("/ state:已停止 · 1/13", "Boiler house")
    text.use_language("en")
    async with at_the_desk(tmp_path, fresh=False) as desk:
        desk.sees("/ state:stopped · 1 of 13")


async def test_help_and_tour_go_on_in_it_other_dialogs_say_why_not(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("?", "tab", "L")
        desk.sees("按键", "关闭", "主屏幕")
        await desk.press("L", "escape", "w", "L")
        desk.sees("“中文/English” is off: close this dialog first", "P-IOT-RENEW")


async def test_a_walk_through_stays_at_its_step(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("licenses", "lic-kids")
        await desk.press("w")
        await desk.choose("Renew a license, method 1")
        await desk.press("backspace", "backspace")
        desk.sees("step 2 of 6", "Find and save the Instance ID")
        await desk.press("L")
        desk.sees("第 2/6 步", "找到并保存实例 ID", "License管理", "步骤")
        await desk.press("escape")
        desk.sees("余额", "0 待处理")


async def test_old_notices_go_and_the_list_is_translated(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(80, 24), pane="due") as desk:
        await desk.press("u")
        desk.sees("Nothing to undo")
        await desk.press("L")
        desk.misses("Nothing to undo")
        desk.sees("时间 条目 后果 费用 处理", "21小时 东京 · Public", "3,600.00/12个月")
        desk.sees("无法挽回：Old pilot line")


async def test_it_is_kept_for_the_next_start(tmp_path: Path, program: Program) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("L")
    assert read_config(tmp_path / "config.toml").lang == "zh"
    kept = Program(tmp_path)
    assert "可用余额" in kept("status").out
    assert "available" in kept("--lang", "en", "status").out
    assert "available" in program("status").out


def test_what_was_written_by_hand_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '# mine\ndefault = "a"  # the factory\n\n[accounts.a]\ncloud = "practice"\n# end\n'
    )
    before = path.read_text()
    store_setting(path, "lang", "zh")
    store_setting(path, "lang", "en")
    assert path.read_text().replace('lang = "en"\n', "") == before
    assert read_config(path).lang == "en"
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_config(path).default == "a"


def test_a_first_account_after_a_language_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    store_setting(path, "lang", "zh")
    add_account(path, Account("factory", "alibaba"))
    assert read_config(path).default == "factory"
    assert read_config(path).lang == "zh"
