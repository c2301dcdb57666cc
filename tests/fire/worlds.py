"""Two homes at one cloud, and what only the cloud's side can do: lose answers, renew elsewhere,
give money back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any, Protocol

from store.clouds.practice.cloud import PracticeCloud
from store.errors import CloudError
from tests.alibaba.desk import days, wire_time
from tests.alibaba.server import reset
from tests.fire.deaths import a_home
from tests.fire.dying import must_do
from tests.fire.over_sdk import PAYS, ServedHome, served_home, with_the_sdk
from tests.fire.truth import Charge, charges_of


class World(Protocol):
    """A cloud and the homes of two machines that share nothing else."""

    instances: tuple[str, ...]
    homes: tuple[Path, Path]
    """The first one was synced; the second one has no data yet."""
    elsewhere: set[str]
    """Orders that nobody made with this program."""

    def end(self, instance_id: str) -> datetime:
        """The end date, as the cloud has it."""

    def charges(self) -> list[Charge]:
        """The renewals that were paid and not given back."""

    def lose_answer(self, when: str) -> None:
        """The next renewal's answer is lost, `before` or `after` it took effect."""

    def heal(self) -> None:
        """Nothing is lost any more."""

    def renew_elsewhere(self, instance_id: str, months: int) -> None:
        """In the console, or by another program."""

    def refund(self, instance_id: str) -> None:
        """The latest renewal's money is given back, and its end date with it."""

    def wait(self, hours: int) -> None:
        """Let time pass, where this cloud's clock can be moved."""


@dataclass
class PracticeWorld:
    """At the practice cloud."""

    homes: tuple[Path, Path]
    instances: tuple[str, ...] = ("iot-1", "vod-1")
    elsewhere: set[str] = field(default_factory=set)

    def _cloud(self) -> PracticeCloud:
        return PracticeCloud.open(self.homes[0] / "practice.db")

    def end(self, instance_id: str) -> datetime:
        with self._cloud() as cloud:
            end = cloud.items_of(instance_id)[0].ends_at
        assert end is not None
        return end

    def charges(self) -> list[Charge]:
        with self._cloud() as cloud:
            document: Any = cloud.show()
        return charges_of(document, "renewal")

    def lose_answer(self, when: str) -> None:
        with self._cloud() as cloud:
            cloud.fail("renew", when, "reset")

    def heal(self) -> None:
        with self._cloud() as cloud:
            cloud.fail_off()

    def renew_elsewhere(self, instance_id: str, months: int) -> None:
        with self._cloud() as cloud, suppress(CloudError):
            token = f"elsewhere-{len(self.elsewhere)}"
            self.elsewhere.add(cloud.renew(instance_id, months, token))

    def refund(self, instance_id: str) -> None:
        paid = [charge for charge in self.charges() if charge.instance_id == instance_id]
        if paid:
            with self._cloud() as cloud:
                cloud.refund(paid[-1].order_id)

    def wait(self, hours: int) -> None:
        with self._cloud() as cloud:
            cloud.advance(timedelta(hours=hours))


@dataclass
class SdkWorld:
    """Over the official SDK, at a server of the tests."""

    served: ServedHome
    homes: tuple[Path, Path]
    instances: tuple[str, ...] = ("iot-1", "iot-2")
    elsewhere: set[str] = field(default_factory=set)
    refunded: set[str] = field(default_factory=set)

    def _row(self, instance_id: str) -> dict[str, Any]:
        rows = self.served.server.desk.instances
        return next(row for row in rows if row["InstanceID"] == instance_id)

    def end(self, instance_id: str) -> datetime:
        return datetime.fromisoformat(self._row(instance_id)["EndTime"])

    def charges(self) -> list[Charge]:
        return [charge for charge in self.served.charges() if charge.order_id not in self.refunded]

    def lose_answer(self, when: str) -> None:
        self.served.server.fail(PAYS, reset, after=when == "after")

    def heal(self) -> None:
        self.served.server.faults.clear()

    def renew_elsewhere(self, instance_id: str, months: int) -> None:
        row = self._row(instance_id)
        sent = {
            "InstanceId": instance_id,
            "ProductCode": row["ProductCode"],
            "RenewPeriod": str(months),
            "ClientToken": f"elsewhere-{len(self.elsewhere)}",
        }
        answer = self.served.server.desk.answer(PAYS, sent)
        self.elsewhere.add(answer["Data"]["OrderId"])

    def refund(self, instance_id: str) -> None:
        paid = [charge for charge in self.charges() if charge.instance_id == instance_id]
        if not paid:
            return
        desk, row = self.served.server.desk, self._row(instance_id)
        order = next(order for order in desk.orders if order["OrderId"] == paid[-1].order_id)
        row["EndTime"] = order["detail"][0]["UsageStartTime"]
        refund = {
            "OrderId": f"R{order['OrderId']}",
            "OrderType": "Refund",
            "RelatedOrderId": order["OrderId"],
            "CreateTime": wire_time(days(0)),
        }
        desk.refunds.append(order | refund)
        self.refunded.add(paid[-1].order_id)

    def wait(self, hours: int) -> None:
        """The account's clock is the machine's."""


@contextmanager
def practice_world(folder: Path) -> Iterator[World]:
    """A practice cloud with an instance and an order of two licenses."""
    first, second = a_home(folder / "a"), folder / "b"
    second.mkdir(mode=0o700)
    (second / "practice.db").symlink_to(first / "practice.db")
    yield PracticeWorld((first, second))


@contextmanager
def sdk_world(folder: Path) -> Iterator[World]:
    """A server with three instances."""
    with_the_sdk()
    with served_home(folder / "a") as served:
        second = folder / "b"
        second.mkdir(mode=0o700)
        copy(served.home / "config.toml", second)
        must_do(served.home, ["sync"])
        yield SdkWorld(served, (served.home, second))


WORLDS: dict[str, Callable[[Path], Any]] = {"practice": practice_world, "sdk": sdk_world}
