"""Facts about an item beyond its dates, for its page and for `status`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.models import Details, Kind
from tui.text import labels


def proposed_kind(assessment: Assessment) -> Kind | None:
    """The kind that the item's product codes propose; None: they propose none."""
    details: Details | None = getattr(assessment.item, "details", None)
    return None if details is None else details.proposed_kind


def detail_facts(assessment: Assessment, now: datetime | None) -> Iterator[tuple[str, str]]:
    """The label and the text of each fact."""
    details: Details | None = getattr(assessment.item, "details", None)
    if details is None:
        return
    if details.ends_on_purpose:
        yield _("Renewal"), _("set to not renew: ends as planned")
    if details.is_trial:
        yield _("Trial"), _("released at its end, without the 15 days")
    if details.is_pay_as_you_go:
        yield _("Billing"), _("pay-as-you-go: lasts as long as the balance")
    if details.never_ends and not details.is_pay_as_you_go:
        yield _("End date"), _("none: it never ends")
    if details.status == "Creating" and assessment.item.ends_at is None:
        yield _("Status"), _("being created")
    for label, moment in (
        (_("Stopped"), details.stopped_at),
        (_("Released"), details.released_at),
        (_("Release"), details.release_expected_at),
    ):
        if moment is not None:
            text = formats.countdown(moment, now)
            yield label, _("{moment}, from the cloud").format(moment=text)
    if details.proposed_kind is not None:
        kind = _(labels.KINDS[details.proposed_kind])
        yield _("May be"), _("{kind}, by its product code").format(kind=kind)
