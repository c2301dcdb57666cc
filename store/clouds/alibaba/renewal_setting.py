"""Auto-renewal of an instance: set by SetRenewal, then read back.

The answer of SetRenewal says that the setting was accepted. QueryAvailableInstances shows whether
it is in effect; it applies from the next day.
"""

from __future__ import annotations

from collections.abc import Callable

from store.clouds.alibaba.client import BillingClient
from store.clouds.alibaba.instances import ListedInstance
from store.clouds.alibaba.retry import Reader
from store.errors import CloudError, Unreachable
from store.formats import clause
from store.i18n import _

OPERATION = "SetRenewal"


def send_setting(client: BillingClient, instance: ListedInstance, months: int | None) -> None:
    """Turn auto-renewal on for a term, or off with None. Raises what the client raises."""
    setting: dict[str, object] = {"renewal_status": "ManualRenewal"}
    if months is not None:
        setting = {
            "renewal_status": "AutoRenewal",
            "renewal_period": months,
            "renewal_period_unit": "M",
        }
    if instance.product_type:
        setting["product_type"] = instance.product_type
    client.call(
        OPERATION,
        dict,
        instance_ids=instance.instance_id,
        product_code=instance.product,
        subscription_type="Subscription",
        **setting,
    )


def check_setting(
    reader: Reader, instance_id: str, fetch: Callable[[], ListedInstance | None], months: int | None
) -> None:
    """Read the setting back until it is listed. Raises `Unreachable` if it is not."""
    try:
        for attempt in range(1, reader.policy.tries + 1):
            if _shows(fetch(), months):
                return
            if attempt < reader.policy.tries:
                reader.back_off(attempt)
    except CloudError as error:
        raise Unreachable(
            _("{message} (it could not be read back: {error}).").format(
                message=clause(_not_shown(instance_id)), error=clause(error.message)
            )
        ) from None
    raise Unreachable(_not_shown(instance_id))


def _shows(instance: ListedInstance | None, months: int | None) -> bool:
    """Whether the row has the setting; auto-renewal may be listed without its term."""
    if instance is None:
        return False
    without_term = instance.details is not None and instance.details.renews_for_unknown_term
    if months is None:
        return instance.auto_renewal_months is None and not without_term
    return without_term or instance.auto_renewal_months == months


def _not_shown(instance_id: str) -> str:
    return _(
        "the cloud accepted the setting for {instance_id} but does not show it "
        "yet, so do not rely on it. Sync in a few minutes and check again; "
        "setting it again is harmless."
    ).format(instance_id=instance_id)
