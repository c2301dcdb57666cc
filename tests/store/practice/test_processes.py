"""Several threads and processes on one practice cloud."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Unreachable
from tests.store.practice.accounts import at, enterprise, scenario
from tests.store.practice.conftest import Plant

RENEW = """
import sys
from pathlib import Path
from store.clouds.practice.cloud import PracticeCloud
with PracticeCloud.open(Path(sys.argv[1])) as cloud:
    print(cloud.renew("iot-1", int(sys.argv[2]), "one token"))
"""
OPEN = """
import sys
from pathlib import Path
from store.clouds.practice.cloud import PracticeCloud
with PracticeCloud.open(Path(sys.argv[1])) as cloud:
    print(cloud.identity)
"""


def together(script: str, *arguments: tuple[str, ...]) -> list[str]:
    """What each process printed; all of them ran at the same time."""
    processes = [
        subprocess.Popen([sys.executable, "-c", script, *each], stdout=subprocess.PIPE, text=True)
        for each in arguments
    ]
    answers = [process.communicate()[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return answers


def test_processes_with_one_token_pay_once(plant: Plant, tmp_path: Path) -> None:
    cloud = plant(scenario("9999.00", instances=[enterprise()]))
    path = str(tmp_path / "practice.db")
    answers = together(RENEW, (path, "1"), (path, "3"), (path, "12"))
    assert len(set(answers)) == 1
    [order] = cloud.orders("iot-1")
    assert order.id == answers[0]
    assert order.months is not None
    assert cloud.balance().available == Decimal("9999.00") - order.months * Decimal("300.00")


def test_processes_that_start_together_agree_on_one_cloud(tmp_path: Path) -> None:
    path = str(tmp_path / "fresh.db")
    answers = together(OPEN, (path,), (path,), (path,))
    assert len(set(answers)) == 1


def test_threads_share_one_cloud(plant: Plant) -> None:
    cloud = plant(scenario("9999.00", instances=[enterprise()]))
    with ThreadPoolExecutor(8) as pool:
        tokens = ["a"] * 4 + ["b"] * 4
        answers = list(pool.map(lambda token: cloud.renew("iot-1", 1, token), tokens))
    assert len(set(answers)) == 2
    assert cloud.items_of("iot-1")[0].ends_at == at("2027-01-24")
    assert cloud.balance().available == Decimal("9399.00")


def test_a_fault_is_met_as_often_as_asked_whoever_calls(plant: Plant, tmp_path: Path) -> None:
    cloud = plant(scenario())
    cloud.fail("balance", times=5)

    def fails(_: int) -> bool:
        with PracticeCloud.open(tmp_path / "practice.db") as mine:
            try:
                mine.balance()
            except Unreachable:
                return True
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(fails, range(12))) == 5
