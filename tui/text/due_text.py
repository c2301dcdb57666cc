"""The texts of a due item: its kind, what happens, what it costs, what to do."""

from __future__ import annotations

from store import formats
from store.i18n import _, counted
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.overview import Overview
from store.items.remedy_cost import Cost, is_bound_next, remedy_cost
from store.models import License
from tui.text import labels


def kind(assessment: Assessment, overview: Overview) -> str:
    """The kind in short; for a license, the number of SDKs in its order."""
    item = assessment.item
    if not isinstance(item, License):
        return _(labels.KINDS[item.kind])
    order = overview.of_instance(item.instance_id) if item.instance_id else (assessment,)
    sdks = {
        sdk
        for assessment in order
        if isinstance(assessment.item, License)
        for sdk in assessment.item.sdks
    }
    return counted("{n} SDK", "{n} SDKs", len(sdks))


def consequence(assessment: Assessment) -> str:
    """What happens to the item, or why it cannot be assessed."""
    errors = assessment.standing.data_errors
    return labels.consequence(assessment) or (labels.data_error(errors[0]) if errors else "")


def cost(due_cost: Cost | None) -> str:
    """`3,600.00 / 12 mo`, `36.50 owed`; `?` for an unknown price; empty if nothing is to be paid.
    The account's debt is shown once, with its amount; other items that wait for it only mention
    it."""
    if due_cost is None:
        return ""
    if due_cost.amount is None:
        return _("account's debt") if due_cost.is_owed else "?"
    amount = formats.amount(due_cost.amount)
    if due_cost.is_owed:
        return _("{amount} owed").format(amount=amount)
    if due_cost.months is None:
        return amount
    return _("{amount} / {n} mo").format(amount=amount, n=due_cost.months)


def remedy(assessment: Assessment, overview: Overview) -> str:
    """What to do in a word; a spare license is bound before one is bought."""
    return _("bind") if is_bound_next(assessment, overview) else labels.remedy(assessment)


def due_line(assessment: Assessment, overview: Overview) -> str:
    """`Boiler house (iot-060a1f3e): 1 d · will be deleted for good · 3,600.00 / 12 mo · renew`."""
    parts = (
        labels.when(assessment, overview.now),
        consequence(assessment),
        cost(remedy_cost(assessment, overview)),
        remedy(assessment, overview),
    )
    name = f"{item_name(assessment.item)} ({assessment.item.id})"
    return _("{label}: {text}").format(label=name, text=" · ".join(filter(None, parts)))
