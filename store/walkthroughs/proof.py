"""Whether the cloud's own data shows the new state that a procedure is for.

Pure: two snapshots in, a proof out. Nobody's word counts here, neither an order id nor
a click; the one exception is a ticket, which only the person can have submitted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from store.models import Kind
from store.money import format_money
from store.times import in_utc8
from store.walkthroughs.sentences import say
from store.walkthroughs.walk import Snapshot


class Proof(Struct, frozen=True):
    """Shown or not seen yet, and the sentence that says so."""

    procedure: str
    item_id: str
    shown: bool
    sentence: str
    since: datetime | None
    """Since when the new state is being looked for."""
    before: Snapshot | None
    after: Snapshot | None


_INSTANTS = frozenset({"before", "after", "at"})
"""The values of a sentence that are instants."""

_Verdict = tuple[bool, str, Mapping[str, str | None]]
"""Shown or not; the key of the sentence; its values."""


def proof(
    procedure: str,
    before: Snapshot | None,
    seen: Snapshot,
    lang: str = "en",
    when: Callable[[datetime], str] = in_utc8,
) -> Proof:
    """Compare the state at the beginning with what the last sync saw.

    Both are made by `snapshot`, of the same item. Without the beginning, or where the
    cloud does not list the item any more, nothing is shown. `when` writes an instant as
    the person's screen does.
    """
    judge = _JUDGES.get(procedure)
    if judge is None:
        verdict: _Verdict = (False, "by-the-person", {})
    elif before is None:
        verdict = (False, "no-beginning", {})
    elif procedure not in _WITHOUT_THE_ITEM and not seen["listed"]:
        verdict = (False, "not-listed", {"name": seen.get("name")})
    else:
        verdict = judge(before, seen)
    shown, key, values = verdict
    words = {
        name: when(datetime.fromisoformat(value)) if value and name in _INSTANTS else value
        for name, value in values.items()
    }
    sentence = say(key, lang, **words)
    since = None if before is None else datetime.fromisoformat(before["at"])
    if since is not None and not shown:
        sentence = f"{sentence} {say('since', lang, at=when(since))}"
    return Proof(procedure, seen["id"], shown, sentence, since, before, seen)


def submitted(item_id: str, number: str = "", lang: str = "en") -> Proof:
    """What ends P-TICKET: the person says that the ticket was submitted, perhaps with its
    number. It is kept with the walk."""
    number = number.strip()
    key = "ticket-numbered" if number else "ticket-submitted"
    return Proof(
        procedure="P-TICKET",
        item_id=item_id,
        shown=True,
        sentence=say(key, lang, number=number),
        since=None,
        before=None,
        after=None,
    )


def _later_end(before: Snapshot, seen: Snapshot) -> _Verdict:
    ends = {"before": before["ends_at"], "after": seen["ends_at"]}
    if before["kind"] != seen["kind"]:
        return False, "other-kind", {}
    shown = _later(seen["ends_at"], before["ends_at"])
    return shown, "end-moved" if shown else "end-same", ends


def _order_renewed(before: Snapshot, seen: Snapshot) -> _Verdict:
    """The whole order has to end later, since a renewal covers all of it (LIC-3)."""
    ends = {"before": before["ends_at"], "after": seen["ends_at"]}
    if not _later(seen["ends_at"], before["ends_at"]):
        return False, "end-same", ends
    behind = [
        sdk
        for license_ in seen["order"]
        if not _later(license_["ends_at"], before["ends_at"])
        for sdk in license_["sdks"]
    ]
    if behind:
        return False, "order-behind", {"sdks": ", ".join(behind)}
    return True, "end-moved", ends


def _license_covered(before: Snapshot, seen: Snapshot) -> _Verdict:
    """A license that holds every SDK of the old one, is bound to its application, ends later."""
    if not before["application"]:
        return _license_bound(before, seen)
    values = {"application": before["application"], "before": before["ends_at"]}
    for license_ in seen.get("bound", ()):
        if (
            license_["application"] == before["application"]
            and set(before["sdks"]) <= set(license_["sdks"])
            and _later(license_["ends_at"], before["ends_at"])
            and _later(license_["ends_at"], seen["at"])
        ):
            return True, "license-covered", values | {"after": license_["ends_at"]}
    return False, "license-uncovered", values


def _license_bound(before: Snapshot, seen: Snapshot) -> _Verdict:
    """A license that was bought and not bound: now it is, and has not expired."""
    del before
    application, ends_at = seen.get("application"), seen.get("ends_at")
    shown = bool(application) and _later(ends_at, seen["at"])
    values = {"application": application or None, "after": ends_at}
    return shown, "license-bound" if shown else "license-unbound", values


def _plan_in_effect(before: Snapshot, seen: Snapshot) -> _Verdict:
    """A plan of this type is in effect that was not there at the beginning (VOD-6)."""
    known = {before["id"], *(plan["id"] for plan in before["plans"])}
    new = [plan for plan in seen.get("plans", ()) if plan["id"] not in known]
    for plan in new:
        if plan["in_effect"]:
            values = {"type": before["plan_type"], "id": plan["id"], "after": plan["ends_at"]}
            return True, "plan-in-effect", values
    for plan in new:
        if plan["left"] and _later(plan["effective_at"], seen["at"]):
            return False, "plan-pending", {"id": plan["id"], "at": plan["effective_at"]}
    return False, "plan-none", {"type": before["plan_type"]}


def _money_arrived(before: Snapshot, seen: Snapshot) -> _Verdict:
    """Nothing is owed, and what is available less what is owed has risen."""
    then, now = before["balance"], seen["balance"]
    if then is None or now is None or then["currency"] != now["currency"]:
        return False, "balance-unknown", {}
    values = {"owed": _money(now, "owed"), "available": _money(now, "available")}
    if Decimal(now["owed"]) > 0:
        return False, "still-owed", values
    if _net(now) <= _net(then):
        return False, "balance-same", values
    return True, "money-arrived", values


def _running_again(before: Snapshot, seen: Snapshot) -> _Verdict:
    """The instance has no unpaid bill of its own and is not being restored (IOT-2)."""
    values = {"name": seen["name"], "at": seen["overdue_since"] or seen["restored_at"]}
    if seen["overdue_since"]:
        return False, "still-overdue", values
    if seen["restored_at"] and _later(seen["restored_at"], seen["at"]):
        return False, "restoring", values
    if not before["overdue_since"]:
        return False, "nothing-to-settle", values
    return True, "running-again", values


def _is_enterprise(before: Snapshot, seen: Snapshot) -> _Verdict:
    was = before["kind"] == Kind.ENTERPRISE
    shown = seen["kind"] == Kind.ENTERPRISE and not was and _later(seen["ends_at"], seen["at"])
    values = {"id": seen["instance_id"], "after": seen["ends_at"]}
    return shown, "upgraded" if shown else "not-upgraded", values


_JUDGES: Mapping[str, Callable[[Snapshot, Snapshot], _Verdict]] = {
    "P-TOPUP": _money_arrived,
    "P-IOT-RENEW": _later_end,
    "P-IOT-SETTLE": _running_again,
    "P-IOT-UPGRADE": _is_enterprise,
    "P-PLAN-BUY": _plan_in_effect,
    "P-LIC-RENEW": _order_renewed,
    "P-LIC-REPLACE": _license_covered,
}
_WITHOUT_THE_ITEM = frozenset({"P-TOPUP", "P-PLAN-BUY", "P-LIC-REPLACE"})
"""What these bring is another thing than the item, which may be gone by then."""


def _later(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    return datetime.fromisoformat(one) > datetime.fromisoformat(other)


def _net(balance: Mapping[str, Any]) -> Decimal:
    return Decimal(balance["available"]) - Decimal(balance["owed"])


def _money(balance: Mapping[str, Any], name: str) -> str:
    return format_money(Decimal(balance[name]), balance["currency"])
