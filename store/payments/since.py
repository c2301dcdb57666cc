"""What was renewed since a person said that they want it renewed.

A command is meant for the end date that was there when it was begun. Where another one pays
meanwhile, from this home or from any other, it may come to read the new end date, in a home
that was never synced for instance; that date it was not meant for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from store.errors import Stopped
from store.i18n import _
from store.orders import Order, OrderKind, OrderState
from store.payments import journal
from store.payments.payment import Wanted
from store.payments.process import this_process
from store.times import in_utc8

NEVER_SEEN = timedelta(hours=24)
"""A home without data has shown nobody an end date: what was renewed this long before a command
counts there as renewed since it was asked for."""


def stop_if_renewed_since(
    db: sqlite3.Connection, wanted: Wanted, orders: Sequence[Order], moment: float
) -> None:
    """Raises `Stopped` where the Instance ID was renewed after this moment, in seconds since
    1970 by this machine's clock.

    `orders` are the cloud's. Of those that this journal knows it tells the moment better.
    """
    before = set()
    for row in journal.paid(db, wanted):
        if row.process != this_process() and row.planned_at > moment:
            raise _stopped(wanted.instance_id, row.order_id, row.ends_after)
        before.add(row.order_id)
    for order in orders:
        may_be_later = order.made_by is not None and order.made_by > moment
        is_renewal = order.kind is not OrderKind.PURCHASE and order.state is OrderState.PAID
        if is_renewal and may_be_later and order.id not in before:
            raise _stopped(wanted.instance_id, order.id, order.ends_at)


def _stopped(instance_id: str, order_id: str | None, ends_at: datetime | None) -> Stopped:
    order = _(", by order {id}").format(id=order_id) if order_id else ""
    until = _(", until {until}").format(until=in_utc8(ends_at)) if ends_at else ""
    return Stopped(
        _(
            "{instance_id} was already renewed after this command was "
            "started{order}{until}; nothing was sent. Renew again only if you want "
            "another term after that."
        ).format(instance_id=instance_id, order=order, until=until)
    )
