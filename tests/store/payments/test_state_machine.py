"""Journals, the cloud and persons in any order: what is paid for is paid once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from store.clouds.practice.cloud import PracticeCloud
from store.clouds.practice.file import PracticeFile
from store.errors import CloudError, RenewalError, Stopped
from store.items.queries import items_by_id
from store.items.sync import sync
from store.models import Balance, Item
from store.orders import Order
from store.payments.offer import Payer
from store.payments.payment import Operation, Payment, PaymentState
from store.payments.policy import PaymentPolicy
from store.payments.purchases import buy, offer_purchase
from store.payments.reconcile import close_unbought, reconcile, resend_payment
from store.payments.results import RenewalOutcome
from tests.fire.truth import Charge, charges_of, disagreements
from tests.store.payments.accounts import die, open_store, renew, rows
from tests.store.practice.accounts import enterprise, resource_plan, scenario, sdk_license

POINTS = ("orders", "now", "renew", "renewed", "look", "balance")
BUYING = ("bought", "buy", "now", "never")
WHAT = st.sampled_from(("iot-1", "vod-1"))
WHO = st.integers(0, 1)


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

    def items_of(self, instance_id: str) -> Sequence[Item]:
        self._reach("look")
        return super().items_of(instance_id)

    def balance(self) -> Balance:
        self._reach("balance")
        return super().balance()

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        self._reach("renew")
        answer = super().renew(instance_id, months, client_token)
        self._reach("renewed")
        return answer

    def buy_plan(self, plan_id: str) -> str:
        return self._bought(lambda: super(MortalCloud, self).buy_plan(plan_id))

    def buy_license(self, license_id: str) -> str:
        return self._bought(lambda: super(MortalCloud, self).buy_license(license_id))

    def _bought(self, buy: Callable[[], str]) -> str:
        self._reach("buy")
        new_id = buy()
        self._reach("bought")
        return new_id


class Payments(RuleBasedStateMachine):
    """Two homes with stores of their own at one practice cloud."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        path = self.folder / "practice.db"
        PracticeCloud.open(path).close()
        clouds = [MortalCloud(PracticeFile(path)) for _ in range(2)]
        document = scenario(
            "6000.00",
            instances=[enterprise()],
            licenses=[sdk_license()],
            plans=[resource_plan()],
        )
        clouds[0].reset(document)
        self.elsewhere: set[str] = set()
        """Orders that nobody made with this program."""
        self.refunded: set[str] = set()
        self.payers = [
            Payer(open_store(self.folder, f"{number}.db"), "practice", cloud, PaymentPolicy())
            for number, cloud in enumerate(clouds)
        ]
        self.clouds = clouds
        for payer in self.payers:
            sync(payer.db, "practice", payer.cloud)

    @rule(who=WHO, what=WHAT, months=st.integers(1, 3))
    def pay(self, who: int, what: str, months: int) -> None:
        before = len(self._charges())
        result = renew(self.payers[who], what, months)
        charged = len(self._charges()) - before
        if result.outcome in {RenewalOutcome.REFUSED, RenewalOutcome.BLOCKED}:
            assert charged == 0
        if result.outcome is RenewalOutcome.PAID:
            assert charged == 1

    @rule(
        who=WHO,
        what=WHAT,
        point=st.sampled_from(POINTS),
        spared=st.integers(0, 6),
    )
    def die(self, who: int, what: str, point: str, spared: int) -> None:
        with self._dying(who, point, spared):
            renew(self.payers[who], what, 2)

    @contextmanager
    def _dying(self, who: int, point: str, spared: int) -> Iterator[None]:
        cloud = self.clouds[who]
        cloud.dies_at, cloud.spared = point, spared
        try:
            yield
        except Death:
            die(self.payers[who].db)
        cloud.dies_at = ""

    @rule(
        like=st.sampled_from(("plan-1", "lic-1")),
        point=st.sampled_from(BUYING),
        spared=st.integers(0, 1),
    )
    def buy(self, like: str, point: str, spared: int) -> None:
        """One home buys: of two, without a token, neither could tell its purchase."""
        payer = self.payers[0]
        [item] = items_by_id(payer.db, "practice", like)
        with self._dying(0, point, spared), suppress(Stopped):
            buy(payer, offer_purchase(payer, item))

    @rule()
    def close_as_unbought(self) -> None:
        before = self._charges()
        self._close_purchases()
        assert self._charges() == before

    def _close_purchases(self) -> None:
        for row in rows(self.payers[0]):
            if row.is_doubtful_purchase:
                close_unbought(self.payers[0], row, "not in the list")

    @rule(what=WHAT, months=st.integers(1, 3))
    def renew_elsewhere(self, what: str, months: int) -> None:
        before = self._charges()
        with suppress(CloudError):
            self.clouds[0].renew(what, months, f"elsewhere-{len(before)}")
        self.elsewhere |= {charge.order_id for charge in self._charges() if charge not in before}

    @rule(what=WHAT)
    def refund(self, what: str) -> None:
        """The latest renewal is given back, and the end date that it renewed is there again."""
        paid = [charge for charge in self._charges() if charge.instance_id == what]
        if paid:
            self.clouds[0].refund(paid[-1].order_id)
            self.refunded.add(paid[-1].order_id)

    @rule(
        when=st.sampled_from(("before", "after")),
        how=st.sampled_from(("timeout", "reset", "5xx", "throttle", "refuse", "denied")),
    )
    def fail(self, when: str, how: str) -> None:
        self.clouds[0].fail("renew", when, how)

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        sync(self.payers[who].db, "practice", self.clouds[who])

    @rule(who=WHO)
    def reconcile(self, who: int) -> None:
        before = len(self._charges())
        reconcile(self.payers[who])
        assert len(self._charges()) == before

    @rule(who=WHO)
    def ask_again(self, who: int) -> None:
        """Of a purchase it only looks."""
        bought = charges_of(self.clouds[0].show(), "purchase")
        for row in rows(self.payers[who]):
            if row.state is PaymentState.UNKNOWN:
                with suppress(RenewalError):
                    resend_payment(self.payers[who], row)
        assert charges_of(self.clouds[0].show(), "purchase") == bought

    @rule()
    def top_up(self) -> None:
        self.clouds[0].top_up(Decimal("900.00"))

    @rule(hours=st.sampled_from((1, 23, 24, 24 * 20)))
    def wait(self, hours: int) -> None:
        self.clouds[0].advance(timedelta(hours=hours))

    def _charges(self) -> list[Charge]:
        document = self.clouds[0].show()
        return charges_of(document, "renewal") + charges_of(document, "purchase")

    @invariant()
    def each_paid_end_date_has_its_charge(self) -> None:
        charges = [charge.order_id for charge in self._charges()]
        assert len(set(charges)) == len(charges)
        for payer in self.payers:
            paid = self._kept(rows(payer))
            renewed = [row for row in paid if row.operation is Operation.RENEW]
            once = Counter((row.instance_id, row.ends_before) for row in renewed)
            assert max(once.values(), default=1) == 1
            assert Counter(row.order_id for row in paid) <= Counter(charges)

    def _kept(self, journal: Sequence[Payment]) -> list[Payment]:
        """What is paid and was not given back since."""
        paid = [row for row in journal if row.state is PaymentState.PAID]
        return [row for row in paid if row.order_id not in self.refunded]

    @invariant()
    def no_charge_is_without_a_row_that_is_paid_or_open(self) -> None:
        recorded = {
            (row.instance_id, row.ends_before or row.id)
            for payer in self.payers
            for row in rows(payer)
            if row.state is PaymentState.PAID or row.is_open
        }
        ours = {charge.order_id for charge in self._charges()} - self.elsewhere
        assert len(recorded) >= len(ours)

    def teardown(self) -> None:
        try:
            self._settle_everything()
        finally:
            for payer, cloud in zip(self.payers, self.clouds, strict=True):
                payer.db.close()
                cloud.close()
            shutil.rmtree(self.folder)

    def _settle_everything(self) -> None:
        """Whatever happened: each charge of ours has its paid row, one for each end date, and
        what is left open was not charged."""
        self.clouds[0].fail_off()
        for who, payer in enumerate(self.payers):
            die(payer.db)
            reconcile(payer)
            self.ask_again(who)
        self._close_purchases()
        journals = [rows(payer) for payer in self.payers]
        left = [row for journal in journals for row in journal if row.is_open]
        assert all(row.operation is Operation.RENEW for row in left)
        recorded = {row.order_id for journal in journals for row in journal}
        charges = [
            charge
            for charge in self._charges()
            if charge.order_id not in self.elsewhere or charge.order_id in recorded
        ]
        assert disagreements(charges, [self._kept(journal) for journal in journals]) == []


TestPayments = Payments.TestCase
TestPayments.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
