"""The goals of the procedures: whether the cloud's own data shows that one is reached.

Pure: compares the snapshot at the start of a walk-through with that by the last sync. Neither an
order ID nor a click counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from store import formats
from store.i18n import _
from store.models import Kind
from store.money import format_money
from store.rules.standing import State
from store.walkthroughs.walk import Snapshot

_Values = Mapping[str, str | datetime | None]
Verdict = tuple[bool, str, _Values]
"""Whether the goal is reached; the sentence, and the values in it."""


def _shown(words: str, /, **values: str | datetime | None) -> Verdict:
    return True, words, values


def _not_shown(words: str, /, **values: str | datetime | None) -> Verdict:
    return False, words, values


def judge_goal(procedure: str, before: Snapshot | None, after: Snapshot) -> Verdict:
    """Judge the goal of that procedure.

    It is not reached without the first snapshot, or if the cloud no longer lists the item.
    """
    judge = _JUDGES.get(procedure)
    if judge is None:
        return _not_shown(_("Only you can confirm that the ticket was submitted."))
    if before is None:
        words = _(
            "The state at the start of this walk-through is missing, so nothing can be compared."
        )
        return _not_shown(words)
    if procedure not in _WITHOUT_THE_ITEM and not after["listed"]:
        words = _("The cloud does not list {name} any more.")
        return _not_shown(words, name=after.get("name"))
    return judge(before, after)


def _later_end(before: Snapshot, after: Snapshot) -> Verdict:
    if before["kind"] != after["kind"]:
        return _not_shown(_("It is another kind of item now."))
    return _end_moved(before, after)


def _end_moved(before: Snapshot, after: Snapshot) -> Verdict:
    ends = {"before": parse_instant(before["ends_at"]), "after": parse_instant(after["ends_at"])}
    if _later(after["ends_at"], before["ends_at"]):
        return _shown(_("The end has moved from {before} to {after}."), **ends)
    return _not_shown(_("The end is {after}, not later than {before}."), **ends)


def _order_renewed(before: Snapshot, after: Snapshot) -> Verdict:
    """The whole order has to end later, since a renewal covers all of it (LIC-3)."""
    behind = [
        sdk
        for license_ in after["order"]
        if not _later(license_["ends_at"], before["ends_at"])
        for sdk in license_["sdks"]
    ]
    if behind and _later(after["ends_at"], before["ends_at"]):
        words = _("Only a part of the order ends later; not yet: {sdks}.")
        return _not_shown(words, sdks=formats.joined(behind))
    return _end_moved(before, after)


def _license_covered(before: Snapshot, after: Snapshot) -> Verdict:
    """A license with every SDK of the old one, bound to its application, that ends later."""
    if not before["application"]:
        return _license_bound(after)
    values = {"application": before["application"], "before": parse_instant(before["ends_at"])}
    for license_ in after.get("bound", ()):
        if (
            license_["application"] == before["application"]
            and set(before["sdks"]) <= set(license_["sdks"])
            and _later(license_["ends_at"], before["ends_at"])
            and _later(license_["ends_at"], after["at"])
        ):
            words = _("{application} is covered by a bound license until {after}; before, until "
                      "{before}.")  # fmt: skip
            return _shown(words, **values, after=parse_instant(license_["ends_at"]))
    words = _(
        "No license bound to {application} holds all of its SDKs and ends later than {before}."
    )
    return _not_shown(words, **values)


def _license_bound(after: Snapshot) -> Verdict:
    """A license that was unbound at the start: now it is bound, and has not expired."""
    application, ends_at = after.get("application") or None, after.get("ends_at")
    values = {"application": application, "after": parse_instant(ends_at)}
    if application and _later(ends_at, after["at"]):
        return _shown(_("The license is bound to {application} until {after}."), **values)
    words = _("The license covers no application (application: {application}; end: {after}).")
    return _not_shown(words, **values)


def _plan_in_effect(before: Snapshot, after: Snapshot) -> Verdict:
    """A plan of this type is in effect that did not exist at the start (VOD-6)."""
    known = {before["id"], *(plan["id"] for plan in before["plans"])}
    new = [plan for plan in after.get("plans", ()) if plan["id"] not in known]
    for plan in new:
        if plan["in_effect"]:
            words = _("A new {type} plan, {id}, is in effect until {after}.")
            values = {"type": before["plan_type"], "id": plan["id"]}
            return _shown(words, **values, after=parse_instant(plan["ends_at"]))
    for plan in new:
        if plan["left"] and _later(plan["effective_at"], after["at"]):
            words = _("The new plan {id} is bought and takes effect at {at}.")
            return _not_shown(words, id=plan["id"], at=parse_instant(plan["effective_at"]))
    words = _("The cloud lists no new {type} plan with anything left.")
    return _not_shown(words, type=before["plan_type"])


def _money_arrived(before: Snapshot, after: Snapshot) -> Verdict:
    """Nothing is owed, and the balance less what is owed has risen.

    A card leaves no trace in the balance: there, the amount owed has to be paid.
    """
    then, now = before["balance"], after["balance"]
    if then is None or now is None or then["currency"] != now["currency"]:
        return _not_shown(_("The balance is unknown, or in another currency than before."))
    values = {"owed": _money(now, "owed"), "available": _money(now, "available")}
    if Decimal(now["owed"]) > 0:
        return _not_shown(_("{owed} is still owed."), **values)
    if after.get("charged_to") == "card":
        return _card_charged(then)
    if _net(now) <= _net(then):
        words = _("Nothing is owed, but the balance has not risen: {available}.")
        return _not_shown(words, **values)
    return _shown(_("Nothing is owed, and {available} is available."), **values)


def _card_charged(then: Mapping[str, Any]) -> Verdict:
    if Decimal(then["owed"]) > 0:
        words = _("The amount owed, {owed}, is paid.")
        return _shown(words, owed=_money(then, "owed"))
    words = _(
        "Nothing was owed, and the billing API does not list payment methods. "
        "When the console shows the payment method, close this walk-through "
        "with a reason."
    )
    return _not_shown(words)


def _running_again(before: Snapshot, after: Snapshot) -> Verdict:
    """The instance has no unpaid bill of its own and is not being restored (IOT-2)."""
    name = after["name"]
    if is_overdue(after):
        words = _("{name} has been overdue since {at}.")
        return _not_shown(words, name=name, at=parse_instant(after["overdue_since"]))
    restored_at = after["restored_at"]
    if restored_at and _later(restored_at, after["at"]):
        words = _("{name} is settled and available again at {at}.")
        return _not_shown(words, name=name, at=parse_instant(restored_at))
    if not is_overdue(before):
        words = _("{name} had no unpaid bill when this walk-through began; close it.")
        return _not_shown(words, name=name)
    return _shown(_("{name} is settled and running."), name=name)


def is_overdue(state: Snapshot) -> bool:
    """Whether a public instance has an unpaid bill, even one of unknown date."""
    return bool(state.get("overdue_since")) or state.get("state") == State.OVERDUE


def _is_enterprise(before: Snapshot, after: Snapshot) -> Verdict:
    """The instance itself, or the one that was bought separately, is an Enterprise Edition
    instance."""
    words = _("{id} is an Enterprise Edition instance until {after}.")
    changed = before["kind"] != Kind.ENTERPRISE
    in_place = {"id": after["instance_id"], "kind": after["kind"], "ends_at": after["ends_at"]}
    for instance in (in_place if changed else None, after.get("separate")):
        if (
            instance
            and instance["kind"] == Kind.ENTERPRISE
            and _later(instance["ends_at"], after["at"])
        ):
            return _shown(words, id=instance["id"], after=parse_instant(instance["ends_at"]))
    words = _("The cloud does not show {id} as a new Enterprise Edition instance.")
    return _not_shown(words, id=(after.get("separate") or in_place)["id"])


_JUDGES: Mapping[str, Callable[[Snapshot, Snapshot], Verdict]] = {
    "P-TOPUP": _money_arrived,
    "P-IOT-RENEW": _later_end,
    "P-IOT-SETTLE": _running_again,
    "P-IOT-UPGRADE": _is_enterprise,
    "P-PLAN-BUY": _plan_in_effect,
    "P-LIC-RENEW": _order_renewed,
    "P-LIC-REPLACE": _license_covered,
}
_WITHOUT_THE_ITEM = frozenset({"P-TOPUP", "P-PLAN-BUY", "P-LIC-REPLACE"})
"""The procedures whose goal does not depend on their item, which may no longer be listed."""


def parse_instant(value: str | None) -> datetime | None:
    """An instant of a snapshot; None if it is unknown."""
    return None if value is None else datetime.fromisoformat(value)


def _later(first: str | None, second: str | None) -> bool:
    """Whether the first instant is later than the second; False if either is unknown."""
    if first is None or second is None:
        return False
    return datetime.fromisoformat(first) > datetime.fromisoformat(second)


def _net(balance: Mapping[str, Any]) -> Decimal:
    return Decimal(balance["available"]) - Decimal(balance["owed"])


def _money(balance: Mapping[str, Any], name: str) -> str:
    return format_money(Decimal(balance[name]), balance["currency"])
