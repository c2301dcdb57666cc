"""Journals, the cloud and persons in any order: what is paid for is paid once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from store.clouds.practice import PracticeCloud
from store.clouds.practice.file import PracticeFile
from store.errors import RenewalError
from store.models import Balance, Item, Order, OrderState
from store.payments.payment import PaymentState
from store.payments.reconciling import ask_again, reconcile
from store.payments.renewals import How
from store.payments.renewing import Leave, Payer
from store.sync import sync
from tests.store.payments.accounts import die, open_store, renew, rows
from tests.store.practice.accounts import enterprise, scenario, sdk_license

POINTS = ("orders", "now", "renew", "renewed", "look", "balance")


class Death(BaseException):
    """The process ends here."""


class MortalCloud(PracticeCloud):
    """A practice cloud whose caller dies at a call of a test's choice."""

    dies_at: str = ""
    spared: int = 0

    def _reach(self, point: str) -> None:
        if point == self.dies_at:
            self.spared -= 1
            if self.spared < 0:
                raise Death

    def orders(self, instance_id: str) -> Sequence[Order]:
        self._reach("orders")
        return super().orders(instance_id)

    def now(self) -> datetime:
        self._reach("now")
        return super().now()

    def look(self, instance_id: str) -> Sequence[Item]:
        self._reach("look")
        return super().look(instance_id)

    def balance(self) -> Balance:
        self._reach("balance")
        return super().balance()

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        self._reach("renew")
        answer = super().renew(instance_id, months, client_token)
        self._reach("renewed")
        return answer


class Payments(RuleBasedStateMachine):
    """Two homes with stores of their own at one practice cloud."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        path = self.folder / "practice.db"
        PracticeCloud.open(path).close()
        clouds = [MortalCloud(PracticeFile(path)) for _ in range(2)]
        document = scenario("1500.00", instances=[enterprise()], licenses=[sdk_license()])
        clouds[0].reset(document)
        self.payers = [
            Payer(open_store(self.folder, f"{number}.db"), "practice", cloud, Leave())
            for number, cloud in enumerate(clouds)
        ]
        self.clouds = clouds
        for payer in self.payers:
            sync(payer.db, "practice", payer.cloud)

    @rule(who=st.integers(0, 1), what=st.sampled_from(("iot-1", "vod-1")), months=st.integers(1, 3))
    def pay(self, who: int, what: str, months: int) -> None:
        before = len(self._charges())
        result = renew(self.payers[who], what, months)
        charged = len(self._charges()) - before
        if result.outcome in {How.REFUSED, How.BLOCKED}:
            assert charged == 0
        if result.outcome is How.PAID:
            assert charged == 1

    @rule(
        who=st.integers(0, 1),
        what=st.sampled_from(("iot-1", "vod-1")),
        point=st.sampled_from(POINTS),
        spared=st.integers(0, 6),
    )
    def die(self, who: int, what: str, point: str, spared: int) -> None:
        cloud = self.clouds[who]
        cloud.dies_at, cloud.spared = point, spared
        try:
            renew(self.payers[who], what, 2)
        except Death:
            die(self.payers[who].db)
        cloud.dies_at = ""

    @rule(
        when=st.sampled_from(("before", "after")),
        how=st.sampled_from(("timeout", "reset", "5xx", "throttle", "refuse", "denied")),
    )
    def fail(self, when: str, how: str) -> None:
        self.clouds[0].fail("renew", when, how)

    @rule(who=st.integers(0, 1))
    def sync(self, who: int) -> None:
        sync(self.payers[who].db, "practice", self.clouds[who])

    @rule(who=st.integers(0, 1))
    def reconcile(self, who: int) -> None:
        before = len(self._charges())
        reconcile(self.payers[who])
        assert len(self._charges()) == before

    @rule(who=st.integers(0, 1))
    def ask_again(self, who: int) -> None:
        for row in rows(self.payers[who]):
            if row.state is PaymentState.UNKNOWN:
                try:
                    ask_again(self.payers[who], row)
                except RenewalError:
                    continue

    @rule()
    def top_up(self) -> None:
        self.clouds[0].top_up(Decimal("900.00"))

    @rule(hours=st.sampled_from((1, 23, 24, 24 * 20)))
    def wait(self, hours: int) -> None:
        self.clouds[0].advance(timedelta(hours=hours))

    def _charges(self) -> list[str]:
        shown = self.clouds[0].show()["charges"]
        assert isinstance(shown, list)
        return [one["order_id"] for one in shown if one["what"] == "renewal"]

    @invariant()
    def each_paid_end_date_has_its_charge(self) -> None:
        charges = self._charges()
        assert len(set(charges)) == len(charges)
        for payer in self.payers:
            paid = [row for row in rows(payer) if row.state is PaymentState.PAID]
            once = Counter((row.instance_id, row.ends_before) for row in paid)
            assert max(once.values(), default=1) == 1
            assert Counter(row.order_id for row in paid) <= Counter(charges)

    @invariant()
    def no_charge_is_without_a_row_that_is_paid_or_open(self) -> None:
        told = {
            (row.instance_id, row.ends_before)
            for payer in self.payers
            for row in rows(payer)
            if row.state is PaymentState.PAID or row.is_open
        }
        paid = [
            order
            for name in ("iot-1", "vod-1")
            for order in self.clouds[0].orders(name)
            if order.state is OrderState.PAID
        ]
        assert len(told) >= len(paid)

    def teardown(self) -> None:
        for payer, cloud in zip(self.payers, self.clouds, strict=True):
            payer.db.close()
            cloud.close()
        shutil.rmtree(self.folder)


TestPayments = Payments.TestCase
TestPayments.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
