"""Whether what the journal says is what the cloud charged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.clouds.practice.cloud import PracticeCloud
from store.database.open import open_database
from store.payments.journal import all_payments
from store.payments.payment import Operation, Payment, PaymentState
from store.schema import STORE


@dataclass(frozen=True)
class Charge:
    """Money that a cloud took."""

    order_id: str
    instance_id: str
    months: int


def rows_of(home: Path) -> list[Payment]:
    """The journal of a home."""
    db = open_database(home / "store.db", STORE)
    try:
        return all_payments(db)
    finally:
        db.close()


def shown(home: Path) -> dict[str, Any]:
    """The practice cloud's own truth."""
    with PracticeCloud.open(home / "practice.db") as cloud:
        return dict(cloud.show())


def charges_of(document: dict[str, Any], kind: str) -> list[Charge]:
    """The paid orders of this kind, each with the one charge that it made; `document` is
    what the practice cloud shows."""
    charged = Counter(
        charge["order_id"] for charge in document["charges"] if charge["what"] == kind
    )
    orders = [
        Charge(order["order_id"], order["instance_id"], order["months"])
        for order in document["orders"]
        if order["kind"] == kind and order["state"] == "paid"
    ]
    assert charged == Counter(order.order_id for order in orders)
    return orders


def renewals_of(home: Path) -> list[Charge]:
    """What its practice cloud charged for renewals."""
    return charges_of(shown(home), "renewal")


def purchases_of(home: Path) -> list[Charge]:
    """What its practice cloud charged for purchases."""
    return charges_of(shown(home), "purchase")


def faults(home: Path, journals: tuple[Path, ...] = ()) -> list[str]:
    """What does not agree between the renewals of the cloud of `home` and the journals."""
    return all_settled(renewals_of(home), [rows_of(journal) for journal in journals or (home,)])


def all_settled(charges: Sequence[Charge], journals: Sequence[Sequence[Payment]]) -> list[str]:
    """The disagreements, and what is still open."""
    rows = [row for journal in journals for row in journal]
    still = [f"{row.instance_id} is still {row.state}" for row in rows if row.is_open]
    return still + disagreements(charges, journals)


def disagreements(charges: Sequence[Charge], journals: Sequence[Sequence[Payment]]) -> list[str]:
    """What does not agree between these charges and the journals' rows; nothing: all does.

    Every row that is paid has its charge; each charge has a row; nothing was paid for twice,
    and in no journal does it stand twice.
    """
    paid = [row for journal in journals for row in journal if row.state is PaymentState.PAID]
    differences = list(_unlike(paid, {charge.order_id: charge for charge in charges}))
    wanted = Counter(map(_paid_for, paid))
    if len(wanted) != len(charges):
        differences.append(f"{len(charges)} charges for {len(wanted)} things that are paid")
    for journal in journals:
        once = Counter(_paid_for(row) for row in journal if row.state is PaymentState.PAID)
        differences += [
            f"{what[0]} is paid {n} times in one journal" for what, n in once.items() if n > 1
        ]
    unwritten = {charge.order_id for charge in charges} - {row.order_id for row in paid}
    differences += [f"{order_id} was charged, and no row is paid by it" for order_id in unwritten]
    return differences


def _paid_for(row: Payment) -> tuple[str, object]:
    """What is paid for once: an end date, or a thing that was bought."""
    return row.instance_id, row.ends_before if row.operation is Operation.RENEW else row.id


def _unlike(paid: Sequence[Payment], charges: dict[str, Charge]) -> Iterator[str]:
    for row in paid:
        charge = charges.get(row.order_id or "")
        if charge is None:
            yield f"{row.instance_id} is paid by {row.order_id}, which nobody charged"
        elif charge.months != row.months or (
            row.operation is Operation.RENEW and charge.instance_id != row.instance_id
        ):
            yield f"{row.instance_id} is paid by {row.order_id}, which is for another"
