"""The corpus in every field that the billing API tells, over the official SDK."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from store.clouds.alibaba import AlibabaCloud
from store.clouds.alibaba.error_codes import FailedAnswer, cloud_error
from store.errors import CloudError
from store.inputs import LONGEST_TEXT
from tests.alibaba import server as how
from tests.alibaba.desk import Desk, days, instance, plan
from tests.alibaba.server import Server, answering, refusing
from tests.alibaba.test_program import configure
from tests.contract.program import Program
from tests.hostile.corpus import CORPUS, FAMILIES
from tests.hostile.looks import harmful_in
from tests.hostile.test_practice import is_straight
from tests.stories.driver import Desk as Person
from tests.stories.driver import at_the_desk
from tui.cli.errors import report_error

SHORT = [text[:3000] for text in CORPUS if text and text != "\\ud800"]
LONE = re.compile("[\ud800-\udfff]")
ONE_OF_EACH = [texts[len(texts) // 2][:3000] for texts in FAMILIES.values()]


def whole_characters(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@pytest.fixture
def factory(tmp_path: Path, server: Server, desk: Desk, keys: Callable[..., None]) -> Program:
    """The program on an account whose every row is the corpus."""
    desk.instances = [
        instance(
            text, days(20), Region=text, ProductCode=text, ProductType=text, Status=text,
            RenewStatus=text, SubscriptionType="Subscription", OwnerId=text,
        )
        for text in SHORT
    ]  # fmt: skip
    desk.plans = [
        plan(
            text, Remark=text, CommodityCode=f"vod {text}", PackageType=text, Region=text,
            RemainingAmountUnit=text, TotalAmountUnit=text, Status=text, DeductType=text,
        )
        for text in SHORT
    ]  # fmt: skip
    home = tmp_path / "home"
    home.mkdir()
    program = Program(home)
    configure(program, server.address)
    return program


def test_every_field_of_the_lists(factory: Program) -> None:
    synced = factory("sync")
    assert synced.exit == 0, synced.err
    status = factory("status", "--max-age", "never", "--json")
    listed = {item["id"] for item in status.json["items"]}
    kept = [text for text in SHORT if len(text) <= LONGEST_TEXT]
    assert {whole_characters(text) for text in kept} <= listed
    too_long = {(error["id"], error["found"]) for error in status.json["data_errors"]}
    assert len(too_long) == 2 * (len(SHORT) - len(kept))
    for ran in (
        synced,
        status,
        factory("status", "--max-age", "never"),
        *(
            factory("export", form, "--max-age", "never")
            for form in ("--csv", "--ics", "--prometheus")
        ),
        *(factory("guide", "P-IOT-RENEW", text) for text in ONE_OF_EACH if not LONE.search(text)),
        *(
            factory("renew", "--months", "1", "--yes", "--json", "--", text)
            for text in ONE_OF_EACH[::2]
        ),
        factory("payments"),
        factory("payments", "--json"),
        factory("doctor"),
    ):
        assert ran.exit != 70, ran.err
        assert harmful_in(ran.out + ran.err, lines="\r\n") == []
        ran.out.encode()
    assert not (factory.home / "renewal.log").exists()


def test_each_code_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    for number, text in enumerate(SHORT):
        status = (None, 400, 403, 500)[number % 4]
        operation = ("RenewInstance", "QueryOrders", "GetSubscriptionPrice")[number % 3]
        problem = cloud_error(FailedAnswer(operation, text, text, status))
        report_error(problem.exit, problem.message, as_json=True)
        out, err = capsys.readouterr()
        assert json.loads(out)["message"] == problem.message
        assert harmful_in(out + err) == []


def test_codes_words_and_shapes_of_errors(
    opened: Callable[..., AlibabaCloud], server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud = opened()
    for number, text in enumerate(ONE_OF_EACH):
        data = {"Currency": text, "AvailableAmount": text}
        send = (
            refusing(text, 400, text),
            refusing(text, 200, text),
            answering({"Success": True, "Code": text, "Data": data}),
            answering({"Success": text, "Code": text, "Data": text}),
            answering(text),
            how.telling(503, text.encode("utf-8", "surrogatepass"), "text/html"),
        )[number % 6]
        server.fail("QueryAccountBalance", send, 3)
        with pytest.raises(CloudError) as raised:
            cloud.balance()
        server.faults.clear()
        report_error(raised.value.exit, raised.value.message, as_json=True)
        out, err = capsys.readouterr()
        assert json.loads(out)["message"] == raised.value.message
        assert harmful_in(out + err) == []
        assert len(err.splitlines()) == 1


async def test_the_screens(factory: Program) -> None:
    assert factory("sync").exit == 0
    async with at_the_desk(factory.home, size=(120, 60), fresh=False) as person:
        for pane in "13":
            await person.press(pane)
            await every_page(person)
        await person.press("enter")
        is_straight(person)


async def every_page(person: Person) -> None:
    shown = ""
    while person.text != shown:
        shown = person.text
        is_straight(person)
        await person.press("pagedown")
