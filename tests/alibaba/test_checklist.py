"""The checklist of a real account: what is missing stays on the screen until it is done."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.theme import Theme

from store.diagnosis.checklist import checklist
from store.diagnosis.findings import Verdict
from store.diagnosis.setup_checks import Topic
from store.home import open_home
from store.session import Session
from tests.alibaba.desk import Desk, days, instance
from tests.alibaba.server import Server
from tests.alibaba.test_program import configure
from tests.contract.program import Program
from tests.stories.driver import Desk as Person
from tests.stories.driver import at_the_desk
from tests.tui.test_contrast import faint
from tui.themes import DARK, HIGH_CONTRAST, LIGHT

FINE, NOTE, MEND, UNKNOWN = Verdict.FINE, Verdict.NOTE, Verdict.MEND, Verdict.UNKNOWN


@pytest.fixture
def factory(program: Program, server: Server, keys: Callable[..., None]) -> Program:
    configure(program, server.address, payments=False)
    return program


def states(program: Program) -> dict[Topic, Verdict]:
    """The state of each line, as the stored data tells it."""
    with Session.open(open_home(str(program.home))) as session:
        made = checklist(session, session.overview())
    return {check.topic: check.verdict for check in made}


def test_nothing_is_fine_before_it_is_known(factory: Program) -> None:
    assert states(factory) == {
        Topic.PROFILE: FINE, Topic.SITE: UNKNOWN, Topic.RIGHTS: UNKNOWN, Topic.SYNC: MEND,
        Topic.TYPES: UNKNOWN, Topic.PAYMENTS: NOTE, Topic.NOTIFICATIONS: NOTE,
    }  # fmt: skip


def test_a_sync_settles_what_it_can(factory: Program, desk: Desk) -> None:
    desk.instances = [
        instance("x-1", days(20)),
        instance("x-2", days(20), ProductCode="rds", ProductType="rds"),
    ]
    assert factory("sync").exit == 0
    assert states(factory)[Topic.TYPES] is MEND
    assert factory("say", "x-1", "--kind", "iot-enterprise").exit == 0
    assert factory("sync").exit == 0
    assert states(factory) == {
        Topic.PROFILE: FINE, Topic.SITE: FINE, Topic.RIGHTS: FINE, Topic.SYNC: FINE,
        Topic.TYPES: NOTE, Topic.PAYMENTS: NOTE, Topic.NOTIFICATIONS: NOTE,
    }  # fmt: skip


def test_an_account_that_lists_nothing_leaves_site_and_types_unknown(
    factory: Program, desk: Desk
) -> None:
    desk.instances = []
    assert factory("sync").exit == 0
    made = states(factory)
    assert (made[Topic.SITE], made[Topic.TYPES], made[Topic.SYNC]) == (UNKNOWN, UNKNOWN, FINE)


def test_choices_are_shown_as_configured(factory: Program, server: Server) -> None:
    configure(factory, server.address, payments=True)
    with (factory.home / "config.toml").open("a") as file:
        file.write('[notify]\nto = ["json://127.0.0.1/hook"]\n')
    made = states(factory)
    assert (made[Topic.PAYMENTS], made[Topic.NOTIFICATIONS]) == (FINE, FINE)


def test_a_profile_of_the_other_site_is_reported(
    factory: Program, keys: Callable[..., None]
) -> None:
    keys(site="international")
    assert states(factory)[Topic.SITE] is MEND


def test_the_practice_account_needs_none(factory: Program) -> None:
    with Session.open(open_home(str(factory.home)), "practice") as session:
        assert checklist(session, session.overview()) == ()


def line(person: Person, label: str) -> str:
    """The line of the checklist with that label."""
    return next(each for each in person.lines if label in each and each[2:3] in "✓·!?")


async def test_without_keys_it_stays_and_says_what_to_run(factory: Program, tmp_path: Path) -> None:
    (tmp_path / ".aliyun" / "config.json").unlink()
    async with at_the_desk(factory.home, fresh=False, pane="due") as person:
        await person.clear_notices()
        person.sees("Checklist", "no credentials", "→ aliyun configure --profile default")
        assert line(person, "Profile")[2] == "!"
        assert "See above." in line(person, "Sync")
        await person.press("s")
        await person.clear_notices()
        person.sees("Checklist", "no credentials")
        await person.press("1")
        person.misses("Checklist", "no credentials")
        await person.press("0")
        person.sees("Checklist")


async def test_a_missing_right_is_named(factory: Program, server: Server, desk: Desk) -> None:
    desk.instances = [instance("x-1", days(20))]
    server.denied.add("QueryAvailableInstances")
    async with at_the_desk(factory.home, fresh=False, pane="due") as person:
        await person.clear_notices()
        person.sees("bss:DescribeInstances")
        assert line(person, "Rights")[2] == "!"
        assert line(person, "Profile")[2] == "✓"
        assert line(person, "Site")[2] == "?"
        server.denied.clear()
        await person.press("s")
        assert not person.app.screen.shows_checklist  # type: ignore[attr-defined]
        person.sees("Checklist: 1 step left")
        await person.move_to("checklist")
        await person.press("enter")
        person.sees("1 step left", "product codes suggest one: x-1")


async def test_types_are_set_from_it(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("x-1", days(200)), instance("x-2", days(200))]
    async with at_the_desk(factory.home, fresh=False, pane="due") as person:
        await person.clear_notices()
        person.sees("2 items have no type yet; product codes suggest one: x-1, x-2")
        await person.press("y")
        await person.clear_notices()
        person.sees("1 item has no type yet; product codes suggest one: x-2")
        await person.press("e")
        assert person.dialog == "x-2"
        await person.choose("Enterprise")
        await person.answer("Pilot")
        await person.clear_notices()
        person.sees("Nothing needs attention within 30 days")
        await person.find("checklist")
        person.sees("Everything is set up.", "Every item has a type.")
        assert line(person, "Payments")[2] == "·"
        await person.press("0")
        person.sees("Nothing needs attention within 30 days")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 15)])
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_it_fits_every_size(
    factory: Program, tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    (tmp_path / ".aliyun" / "config.json").unlink()
    async with at_the_desk(factory.home, fresh=False, pane="due", size=size) as person:
        if lang == "zh":
            await person.press("L")
        await person.clear_notices()
        first, shown = "检查清单 还剩 5 步" if lang == "zh" else "Checklist 5 steps left", ""
        person.sees(first)
        for _page in range(6):
            shown += person.words
            await person.press("pagedown")
        for text in ("aliyun configure", "payments = true", "[notify]"):
            assert text in shown


@pytest.mark.parametrize("theme", [DARK, LIGHT, HIGH_CONTRAST], ids=lambda theme: theme.name)
async def test_it_stands_out_in_each_theme(factory: Program, theme: Theme) -> None:
    async with at_the_desk(factory.home, fresh=False, pane="due") as person:
        await person.find("checklist")
        await person.clear_notices()
        person.app.theme = theme.name
        await person.settle()
        person.sees("Checklist", "→ payments = true")
        assert list(faint(person)) == []


def test_line_mode_prints_it_at_the_start(
    factory: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".aliyun" / "config.json").unlink()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = factory("--plain")
    assert "! Sync: The last sync failed; no data yet. See above." in ran.out
    assert "→ aliyun configure --profile default" in ran.out
    assert "→ sync" in ran.out


def test_doctor_lists_what_is_open(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("x-1", days(20))]
    assert factory("sync").exit == 0
    findings = {each["what"]: each for each in factory("doctor", "--json").json["findings"]}
    types = findings["account factory: Types"]
    assert (types["verdict"], types["todo"]) == ("mend", "run `renewal say x-1 --kind KIND`")
    assert findings["account factory: Notifications"]["verdict"] == "note"
    assert "account factory: Site" not in findings
