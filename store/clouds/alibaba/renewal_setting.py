"""Auto-renewal of an instance: set by SetRenewal, then read back before it is relied on.

The answer of SetRenewal says that the setting was accepted. Whether it holds is what
QueryAvailableInstances shows; it takes effect on the next day.
"""

from __future__ import annotations

from collections.abc import Callable

from store.clouds.alibaba.client import BillingClient
from store.clouds.alibaba.instances import Listed
from store.clouds.alibaba.retry import Reader
from store.errors import Unreachable
from store.i18n import _

OPERATION = "SetRenewal"


def send_setting(client: BillingClient, listed: Listed, months: int | None) -> None:
    """Turn auto-renewal on for a term, or off with None. Raises what the client raises."""
    setting: dict[str, object] = {"renewal_status": "ManualRenewal"}
    if months is not None:
        setting = {
            "renewal_status": "AutoRenewal",
            "renewal_period": months,
            "renewal_period_unit": "M",
        }
    if listed.product_type:
        setting["product_type"] = listed.product_type
    client.call(
        OPERATION,
        dict,
        instance_ids=listed.instance_id,
        product_code=listed.product,
        subscription_type="Subscription",
        **setting,
    )


def check_setting(reader: Reader, fetch: Callable[[], Listed], months: int | None) -> None:
    """Read the setting back until it shows. Raises `Unreachable` where it does not."""
    for attempt in range(1, reader.policy.tries + 1):
        listed = fetch()
        if listed.auto_renewal_months == months:
            return
        if attempt < reader.policy.tries:
            reader.back_off(attempt)
    raise Unreachable(
        _(
            "the cloud accepted the setting of {instance_id}, but does not show it: do not rely on "
            "it. Sync in some minutes and look again; setting it once more is harmless."
        ).format(instance_id=listed.instance_id)
    )
