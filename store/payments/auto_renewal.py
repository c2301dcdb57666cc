"""Auto-renewal: not a payment, but a promise of some, so it takes the same leave."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import Usage
from store.i18n import _
from store.models import AUTO_RENEWAL_MONTHS, Item
from store.payments.renewing import Payer, check_renewable, prove


def set_auto_renewal(payer: Payer, seen: Sequence[Item], months: int | None) -> tuple[Item, ...]:
    """Turn auto-renewal on for a term, or off with None; what the cloud lists afterwards.

    Setting it twice changes nothing, so after an unclear answer it may simply be set again.
    Raises `Stopped`, `Usage` for a wrong term, or what the cloud raises.
    """
    if months is not None and months not in AUTO_RENEWAL_MONTHS:
        raise Usage(
            _("auto-renewal cannot be set to {months} months: use 1, 2, 3, 6 or 12").format(
                months=months
            )
        )
    check_renewable(seen)
    payer.leave.check()
    payer.cloud.set_auto_renewal(seen[0].instance_id, months)
    return prove(payer, seen[0].instance_id)
