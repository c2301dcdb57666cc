"""The document `renewal.status/1`, on which scripts rely."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from store.annotations.load import Annotations, load_annotations
from store.clouds.account_details import AccountDetails, LastBill
from store.errors import Exit
from store.items.assessment import Assessment
from store.items.bills import bills_by_id
from store.items.forecast import Forecast
from store.items.overview import Overview
from store.models import Balance, Details, License, ResourcePlan
from store.money import format_quantity, json_amount
from store.rules import AccountFacts
from store.rules.severity import Severity
from store.rules.standing import Event
from store.rules.vod import remaining_of_type
from store.times import BEIJING, json_time

SCHEMA = "renewal.status/1"
_NO_DETAILS = AccountDetails()

EXITS = {
    Severity.CRITICAL: Exit.CRITICAL,
    Severity.UNKNOWN: Exit.UNKNOWN,
    Severity.WARNING: Exit.WARNING,
    Severity.OK: Exit.DONE,
}


def status_document(overview: Overview) -> dict[str, Any]:
    """The overview as JSON.

    Amounts are text or null, times have an offset. `items` is an iterator; instants and
    enumerations in it are left to `plain_line` to write.
    """
    error = overview.sync_error
    return {
        "schema": SCHEMA,
        "account": overview.account,
        "cloud": overview.cloud,
        "site": overview.site,
        "now": json_time(overview.now),
        "as_of": json_time(overview.as_of),
        "stale": overview.stale,
        "severity": overview.severity.value,
        "balance": None
        if overview.balance is None
        else _balance(overview.balance, overview.details),
        "forecast": None if overview.forecast is None else _forecast(overview.forecast),
        "data_errors": _all_data_errors(overview),
        "sync_error": error and {"exit": int(error.exit), "message": error.message},
        "items": _items(overview),
    } | _unavailable(overview.details)


def balance_document(balance: Balance) -> dict[str, Any]:
    """The balance as JSON."""
    return {
        "currency": balance.currency,
        "available": json_amount(balance.available),
        "credit": json_amount(balance.credit),
        "owed": json_amount(balance.owed),
        "overdue_since": json_time(balance.overdue_since),
    }


def _balance(balance: Balance, details: AccountDetails) -> dict[str, Any]:
    """The balance; if the cloud has them, with outstanding amounts and vouchers, which are counted
    nowhere."""
    if replace(details, statement=None) == _NO_DETAILS:
        return balance_document(balance)
    return balance_document(balance) | {
        "outstanding": [
            {
                "product": bill.product,
                "month": bill.month,
                "amount": json_amount(bill.amount),
                "currency": bill.currency,
            }
            for bill in details.outstanding
        ],
        "vouchers": [
            {
                "kind": voucher.kind.value,
                "id": voucher.id,
                "amount": json_amount(voucher.amount),
                "expires_at": json_time(voucher.expires_at),
                "products": voucher.products,
            }
            for voucher in details.vouchers
        ],
    }


def _unavailable(details: AccountDetails) -> dict[str, Any]:
    """The optional reads that were denied or failed."""
    if replace(details, statement=None) == _NO_DETAILS:
        return {}
    return {
        "unavailable": [
            {"operation": read.operation, "reason": read.reason} for read in details.unavailable
        ]
    }


def _last_bill(bill: LastBill | None) -> dict[str, Any]:
    """The item's last bill, if it has a price: an estimate, not a quote."""
    if bill is None or bill.amount is None:
        return {}
    return {
        "last_bill": {
            "month": bill.month,
            "amount": json_amount(bill.amount),
            "currency": bill.currency,
            "months": bill.months,
        }
    }


def _forecast(forecast: Forecast) -> dict[str, Any]:
    return {
        "horizon_days": forecast.horizon.days,
        "due": json_amount(forecast.due),
        "unpriced": forecast.unpriced,
        "shortfall": json_amount(forecast.shortfall),
        "short_from": json_time(forecast.short_from),
    }


def _all_data_errors(overview: Overview) -> list[dict[str, str | None]]:
    """The data errors of all items. Dated items have none."""
    undated = overview.items.undated if overview.items else ()
    return [error for assessment in undated for error in _data_errors(assessment)]


def _data_errors(assessment: Assessment) -> list[dict[str, str | None]]:
    return [
        {
            "kind": assessment.item.kind.value,
            "id": assessment.item.id,
            "field": error.field,
            "found": error.found,
            "expected": error.expected,
            "clause": error.clause,
        }
        for error in assessment.standing.data_errors
    ]


def _item(assessment: Assessment, overview: Overview) -> dict[str, Any]:
    item, standing, auto = assessment.item, assessment.standing, assessment.auto_renewal
    document: dict[str, Any] = {
        "kind": item.kind,
        "id": item.id,
        "name": item.name,
        "region": item.region,
        "state": standing.state,
        "severity": assessment.severity,
        "ends_at": item.ends_at and item.ends_at.astimezone(BEIJING),
        "next": _event(standing.next),
        "data_lost_at": standing.data_lost_at and standing.data_lost_at.astimezone(BEIJING),
        "clauses": standing.clauses,
        "auto_renewal": auto,
        "remedy": standing.remedy,
    }
    if standing.ends_on_purpose:
        document["ends_on_purpose"] = True
    if (details := getattr(item, "details", None)) is not None:
        document |= _details(details)
    if isinstance(item, License):
        document["license"] = {
            "application": item.application,
            "instance_id": item.instance_id,
            "sdks": item.sdks,
        }
    if isinstance(item, ResourcePlan):
        document["plan"] = _plan(item, overview)
    return document


def _details(details: Details) -> dict[str, Any]:
    """The item's details besides the dates, if the cloud returns them."""
    facts = {
        "proposed_kind": details.proposed_kind,
        "trial": details.is_trial,
        "cloud_status": details.status,
        "cloud_sub_status": details.sub_status,
        "stopped_at": json_time(details.stopped_at),
        "released_at": json_time(details.released_at),
        "release_expected_at": json_time(details.release_expected_at),
    }
    return {name: value for name, value in facts.items() if value}


def _items(overview: Overview) -> Iterator[dict[str, Any]]:
    if not overview.items:
        return
    annotations = load_annotations(overview.items.db, overview)
    bills = bills_by_id(overview.items.db, overview.account)
    for assessment in overview.items:
        item = _item(assessment, overview)
        if bills:
            item |= _last_bill(bills.get(assessment.item.instance_id))
        if annotations.notes or annotations.snoozes:
            item |= _annotations(assessment, annotations)
        yield item


def _annotations(assessment: Assessment, annotations: Annotations) -> dict[str, Any]:
    """The item's annotations, if it has any; they do not change its assessment."""
    note, snooze = annotations.note(assessment.item), annotations.snooze(assessment.item)
    facts = {
        "owner": note.owner,
        "note": note.note,
        "snoozed": snooze and {"until": json_time(snooze.until), "reason": snooze.reason},
    }
    return {name: value for name, value in facts.items() if value}


def _event(event: Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    return {"state": event.state, "at": event.at.astimezone(BEIJING), "clause": event.clause}


def _plan(plan: ResourcePlan, overview: Overview) -> dict[str, Any]:
    facts: AccountFacts | None = overview.facts
    plans = facts.plans_by_type.get(plan.type, ()) if facts else ()
    left = remaining_of_type(plan, plans, overview.now) if overview.now else Fraction(0)
    return {
        "type": plan.type,
        "total": format_quantity(plan.total),
        "remaining": format_quantity(plan.remaining),
        "unit": plan.unit,
        "type_remaining": format_quantity(left),
    }
