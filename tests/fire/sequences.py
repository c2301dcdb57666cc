"""Random sequences of whole commands, of two machines at one cloud: renew, the same typed again,
reconcile, kills, lost answers, renewals elsewhere, refunds, time.

After each command: what was charged is what the exit and the journal say, at most once for an
end date that a person saw. A sequence is made by its seed alone: `--sequences 1 --seed N` plays
it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from shutil import rmtree

from store.database.open import open_database
from store.errors import Exit
from store.items.queries import items_of_instance
from store.payments.payment import Payment, PaymentState
from store.schema import STORE
from tests.fire.deaths import LOOK, RESEND
from tests.fire.dying import in_a_process
from tests.fire.report import Report
from tests.fire.truth import Charge, disagreements, rows_of
from tests.fire.worlds import WORLDS, World

LENGTH = 12
STEPS = {"practice": 900, "sdk": 2500}
"""About so many steps has a renewal; a kill comes at any of them."""
UNSENT = {Exit.REFUSED, Exit.STOPPED_HERE, Exit.USAGE, Exit.UNREACHABLE, Exit.FILE, Exit.DENIED}


def play_sequences(folder: Path, sequences: int, seed: int = 0) -> Report:
    """So many sequences, taking the worlds in turn."""
    report = Report("sequences of whole commands")
    for number in range(seed, seed + sequences):
        chance = Random(number)
        name = chance.choice(sorted(WORLDS))
        home = folder / f"sequence-{number}"
        with WORLDS[name](home) as world:
            sequence = Sequenced(world, chance, STEPS[name], report)
            fault = sequence.play()
        report.tried += 1
        if fault:
            done = "; ".join(sequence.done)
            report.lost.append(f"seed {number}, {name}: {fault}. Done: {done}")
        rmtree(home)
    return report


@dataclass(frozen=True)
class Renewal:
    """A command that renews."""

    ids: tuple[str, ...]
    months: int
    more: tuple[str, ...] = ()

    @property
    def arguments(self) -> list[str]:
        return ["renew", *self.ids, "--months", str(self.months), "--yes", *self.more]


@dataclass(frozen=True)
class Before:
    """What was true when a command started."""

    charges: list[Charge]
    stored_ends: dict[str, datetime | None]
    """As the home has them; what the person saw."""
    cloud_ends: dict[str, datetime]
    open_rows: dict[str, list[Payment]]


class Violated(Exception):
    """Something that must never be."""


@dataclass
class Sequenced:
    """One sequence under way."""

    world: World
    chance: Random
    steps: int
    report: Report
    done: list[str] = field(default_factory=list)
    typed: dict[Path, Renewal] = field(default_factory=dict)
    """The last renewal of each home."""

    def play(self) -> str:
        """What was violated; nothing: nothing."""
        actions = (
            self.renew, self.renew, self.type_again, self.type_again, self.lose_and_renew,
            self.lose_and_renew, self.kill, self.reconcile, self.look, self.elsewhere, self.refund,
            self.wait,
        )  # fmt: skip
        try:
            for _ in range(LENGTH):
                self.chance.choice(actions)()
            self.settle_everything()
        except Violated as violated:
            return str(violated)
        return ""

    def renew(self) -> None:
        self._run(self._home(), self._renewal())

    def type_again(self) -> None:
        """The same command, in the same home or in the other one."""
        if self.typed:
            home = self.chance.choice(sorted(self.typed))
            self._run(self.chance.choice((home, home, self._home())), self.typed[home])

    def lose_and_renew(self) -> None:
        when = self.chance.choice(("before", "after"))
        self.done.append(f"the next answer is lost {when}")
        self.world.lose_answer(when)
        home, renewal = self._home(), self._renewal()
        self._run(home, renewal)
        self.world.heal()
        if self.chance.random() < 0.5:
            self._run(home, renewal)

    def kill(self) -> None:
        self._run(self._home(), self._renewal(), die_at=self.chance.randrange(1, self.steps))

    def reconcile(self) -> None:
        home, command = self._home(), self.chance.choice((LOOK, RESEND))
        before = self._before(home)
        code = in_a_process(home, list(command)).code
        self.done.append(f"{home.name}: {' '.join(command)} -> {code}")
        charged = len(self._new(before))
        self._must(code in {0, 11, 12}, f"`{' '.join(command)}` ended with {code}")
        allowed = sum(map(len, before.open_rows.values())) if command is RESEND else 0
        self._must(charged <= allowed, f"{charged} charges by `{' '.join(command)}`")

    def look(self) -> None:
        home = self._home()
        command = self.chance.choice((["sync"], ["status", "--max-age", "0"], ["payments"]))
        before = self._before(home)
        code = in_a_process(home, command).code
        self.done.append(f"{home.name}: {' '.join(command)} -> {code}")
        self._must(not self._new(before), f"`{' '.join(command)}` was charged")

    def elsewhere(self) -> None:
        instance_id, months = self.chance.choice(self.world.instances), self.chance.choice((1, 3))
        self.done.append(f"elsewhere: {instance_id} for {months}")
        self.world.renew_elsewhere(instance_id, months)

    def refund(self) -> None:
        instance_id = self.chance.choice(self.world.instances)
        self.done.append(f"{instance_id} is refunded")
        self.world.refund(instance_id)

    def wait(self) -> None:
        hours = self.chance.choice((1, 23, 25, 24 * 20))
        self.done.append(f"{hours} hours pass")
        self.world.wait(hours)

    def _home(self) -> Path:
        return self.chance.choice(self.world.homes)

    def _renewal(self) -> Renewal:
        more = self.chance.choice(((), (), (), ("--if-ends-within", "7d"), ("--dry-run",)))
        names = self.world.instances
        ids = self.chance.choice((*((name,) for name in names), names))
        return Renewal(ids, self.chance.choice((1, 2, 3)), more)

    def _run(self, home: Path, renewal: Renewal, die_at: int = 0) -> None:
        self.typed[home] = renewal
        before = self._before(home)
        code = in_a_process(home, renewal.arguments, die_at=die_at).code
        self.done.append(f"{home.name}: {' '.join(renewal.arguments)} -> {code}")
        new = self._new(before)
        self.report.stood[f"renew -> {code}"] += 1
        for charge in new:
            self._check_charge(charge, renewal, before)
        once = {charge.instance_id for charge in new}
        self._must(len(once) == len(new), "an item was charged twice by one command")
        self._check_exit(code, renewal, before, new)
        self._check_journal(home, new)

    def _check_charge(self, charge: Charge, renewal: Renewal, before: Before) -> None:
        """A charge is for an item that was named, of which nothing was open, and for the end
        date that the home had; a home without data may renew what nobody has renewed."""
        name = charge.instance_id
        self._must(name in renewal.ids, f"{name} was charged, and not named")
        self._must(not before.open_rows[name], f"{name} was charged with a payment under way")
        stored = before.stored_ends[name]
        if stored is None:
            renewed = any(earlier.instance_id == name for earlier in before.charges)
            self._must(not renewed, f"{name} was renewed upon by a home without data")
        else:
            is_current = stored == before.cloud_ends[name]
            self._must(is_current, f"{name} was charged for an end date that nobody saw")

    def _check_exit(
        self, code: int, renewal: Renewal, before: Before, new: Sequence[Charge]
    ) -> None:
        if code < 0:
            return
        if "--dry-run" in renewal.more or code in UNSENT:
            alone = len(renewal.ids) == 1 or "--dry-run" in renewal.more
            self._must(not (alone and new), f"exit {code}, and it was charged")
            return
        self._must(code in {Exit.DONE, Exit.OUTCOME_UNKNOWN}, f"exit {code}")
        if code == Exit.DONE and not renewal.more:
            self._must(len(new) == len(renewal.ids), f"exit 0 with {len(new)} charges")
        waiting = [name for name in renewal.ids if before.open_rows[name]]
        due = not any(option == "--if-ends-within" for option in renewal.more)
        self._must(not (waiting and due and code == Exit.DONE), f"exit 0 with {waiting} under way")

    def _check_journal(self, home: Path, new: Sequence[Charge]) -> None:
        rows = rows_of(home)
        for charge in new:
            is_written = any(
                row.order_id == charge.order_id
                or (row.instance_id == charge.instance_id and row.is_open)
                for row in rows
            )
            self._must(is_written, f"{charge} is in no row")

    def settle_everything(self) -> None:
        """Every charge of ours has its paid row, and what is left open was not charged."""
        self.world.heal()
        for home in self.world.homes:
            in_a_process(home, list(RESEND))
        charges = self.world.charges()
        paid_by = {charge.order_id for charge in charges}
        journals = [rows_of(home) for home in self.world.homes]
        kept = [
            [row for row in rows if row.state is not PaymentState.PAID or row.order_id in paid_by]
            for rows in journals
        ]
        in_journals = {row.order_id for rows in journals for row in rows}
        ours = [
            charge
            for charge in charges
            if charge.order_id not in self.world.elsewhere or charge.order_id in in_journals
        ]
        for fault in disagreements(ours, kept):
            raise Violated(fault)

    def _before(self, home: Path) -> Before:
        names, rows = self.world.instances, rows_of(home)
        return Before(
            self.world.charges(),
            {name: _stored_end(home, name) for name in names},
            {name: self.world.end(name) for name in names},
            {
                name: [row for row in rows if row.instance_id == name and row.is_open]
                for name in names
            },
        )

    def _new(self, before: Before) -> list[Charge]:
        return [charge for charge in self.world.charges() if charge not in before.charges]

    def _must(self, holds: bool, words: str) -> None:
        if not holds:
            raise Violated(words)


def _stored_end(home: Path, instance_id: str) -> datetime | None:
    db = open_database(home / "store.db", STORE)
    try:
        [(account,)] = db.execute("SELECT account FROM syncs").fetchall() or [("",)]
        known = items_of_instance(db, account, instance_id)
        return known[0].ends_at if known else None
    finally:
        db.close()
