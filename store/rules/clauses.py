"""The clauses of the rules: their content in our own words, with their sources.

`says` is the content of one of the two documents and nothing else; `remarks` are additions or
contradictions on other pages of the cloud's documentation. The rules follow the two documents; the
person is shown both, each with its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from store.i18n import N_
from store.models import Kind
from store.rules.sources import D1, D2, SOURCES, Remark, Source


class Clause(Struct, frozen=True):
    """One rule of the documents, in our own words."""

    id: str
    says: str
    source: Source
    remarks: tuple[Remark, ...] = ()


def _clause(
    clause_id: str, source: Source, says: str, remarks: Sequence[tuple[str, str]] = ()
) -> Clause:
    """The clause. `remarks` are pairs of a page's short name and its remark."""
    cited = tuple(Remark(text, SOURCES[page]) for page, text in remarks)
    return Clause(clause_id, says, source, cited)


_ALL = (
    _clause(
        "IOT-1",
        D1,
        N_("If the balance is insufficient, devices can become unavailable."),
        [
            (
                "iot-overdue",
                N_(
                    "While anything is owed, nothing can be renewed, bought or upgraded; a running "
                    "Enterprise Edition instance continues to run."
                ),
            )
        ],
    ),
    _clause(
        "IOT-2",
        D1,
        N_("After funds are added, IoT Platform is available again within 30 minutes."),
        [("iot-overdue", N_("After a renewal, too, it can take up to 30 minutes."))],
    ),
    _clause(
        "IOT-3",
        D1,
        N_("After an Enterprise Edition instance expires, its services are unavailable."),
    ),
    _clause(
        "IOT-4",
        D1,
        N_(
            "15 days after it expired the instance is released: its products, devices and data are "
            "deleted and cannot be restored."
        ),
        [
            (
                "iot-billing-faq",
                N_("A trial instance is released when its month is over, without these 15 days."),
            )
        ],
    ),
    _clause(
        "IOT-5",
        D1,
        N_("Renew an Enterprise Edition instance before it expires."),
        [
            (
                "iot-deprecated",
                N_(
                    "The documentation calls the product “IoT Platform (Deprecated)” on pages of "
                    "14 January to 18 June 2026; no date of an end of sale was found. Ask by "
                    "ticket before you pay for 12 months or more."
                ),
            )
        ],
    ),
    _clause(
        "IOT-6",
        D1,
        N_(
            "A public instance of the previous version is billed within 4 hours after each billing "
            "cycle; if the balance is insufficient, an overdue payment may occur."
        ),
    ),
    _clause("IOT-7", D1, N_("An overdue public instance can be used for another 24 hours.")),
    _clause("IOT-8", D1, N_("Not settled within those 24 hours, the public instance is stopped.")),
    _clause(
        "IOT-9",
        D1,
        N_("A public instance of the new version is free, and available in China (Shanghai) only."),
        [
            (
                "iot-billing",
                N_(
                    "It is free in Shanghai, Singapore, Tokyo, Silicon Valley, Virginia and "
                    "Frankfurt."
                ),
            ),
            ("iot-public-regions", N_("Public instances are available in these six regions.")),
            ("iot-instances", N_("Usage above the free quota is billed pay-as-you-go.")),
        ],
    ),
    _clause(
        "IOT-10",
        D1,
        N_("Its specification is fixed; for more, upgrade it to an Enterprise Edition instance."),
    ),
    _clause("VOD-1", D2, N_("ApsaraVideo VOD is billed pay-as-you-go by default.")),
    _clause(
        "VOD-2",
        D2,
        N_(
            "When a plan expires or is used up, billing switches to pay-as-you-go by itself, so "
            "the balance has to cover it, or VOD is suspended."
        ),
        [
            (
                "vod-usage",
                N_(
                    "A data transfer plan offsets nothing without an accelerated domain name and "
                    "pay-by-traffic metering."
                ),
            )
        ],
    ),
    _clause(
        "VOD-3",
        D2,
        N_("An expired plan or an overdue payment can stop VOD: buy or top up in time."),
        [
            (
                "vod-overdue",
                N_(
                    "How long VOD continues while a payment is overdue depends on the "
                    "account. After a suspension the buckets stay private until you change "
                    "them back. In the end they are released and their data is deleted; no "
                    "number of days is given."
                ),
            ),
            (
                "vod-overdue-2021",
                N_(
                    "This older page says: 15 days overdue after the suspension, storage is "
                    "reclaimed and its data is deleted for good."
                ),
            ),
        ],
    ),
    _clause(
        "VOD-4",
        D2,
        N_("A plan cannot be renewed: buy a new one before it expires."),
        [
            ("vod-renewal", N_("Storage plans, and only those, can be renewed.")),
            ("vod-plan-renewal", N_("Storage plans can be renewed manually or automatically.")),
        ],
    ),
    _clause(
        "VOD-5",
        D2,
        N_("Plans stack: after buying a new one, no further action is required."),
        [("vod-offset", N_("A plan is bound to its region and offsets fees of VOD only."))],
    ),
    _clause(
        "VOD-6",
        D2,
        N_("A bought plan takes effect by itself, perhaps with a delay."),
        [
            (
                "vod-offset",
                N_("It takes effect at once, and offsets only what is used from then on."),
            )
        ],
    ),
    _clause(
        "VOD-7",
        D2,
        N_("Set a quota alert so that a plan does not run out unnoticed."),
        [
            (
                "quota-alerts",
                N_(
                    "There is one alert at the threshold and one when nothing is left; plans with "
                    "an hourly or daily commitment have none."
                ),
            )
        ],
    ),
    _clause(
        "LIC-1",
        D2,
        N_("The Instance ID bound to the application identifies the order to renew."),
        [
            (
                "vod-renewal",
                N_("Renew is also in the Actions column of License Management."),
            )
        ],
    ),
    _clause(
        "LIC-2",
        D2,
        N_(
            "If the Instance ID is empty or an error occurs during the renewal, use method 2 or "
            "submit a ticket."
        ),
    ),
    _clause("LIC-3", D2, N_("A renewal covers the whole order with all of its SDKs.")),
    _clause("LIC-4", D2, N_("The configuration cannot be changed during a renewal.")),
    _clause(
        "LIC-5",
        D2,
        N_("Auto-renewal is recommended, against interruptions by expiry."),
        [
            ("renewal-guide", N_("It takes effect the day after it was set.")),
            (
                "license-faq-2026",
                N_(
                    "Turn it off where the console shows a later expiry than the reminder: the "
                    "date of the console counts."
                ),
            ),
        ],
    ),
    _clause(
        "LIC-6",
        D2,
        N_(
            "Method 2: buy a new license before the current one expires and bind it to the "
            "application; otherwise SDK calls fail."
        ),
        [
            (
                "license-access",
                N_(
                    "The app fetches the license at startup and every 15 minutes; without a "
                    "network it relies on a file in the app."
                ),
            )
        ],
    ),
)

CLAUSES = {clause.id: clause for clause in _ALL}
"""Clause id to clause, in the order of the documents."""


def group_by_source(clause_ids: Iterable[str]) -> dict[Source, list[str]]:
    """The clauses by their document, in order."""
    grouped: dict[Source, list[str]] = {}
    for clause_id in clause_ids:
        grouped.setdefault(CLAUSES[clause_id].source, []).append(clause_id)
    return grouped


LONG_TERM = 12
"""The term in months from which a renewal of IoT Platform has the remark that the product is
deprecated."""


def remarks_on_term(kind: Kind, months: int) -> tuple[Remark, ...]:
    """The remarks for a renewal of an item of that kind for this term."""
    if kind is not Kind.ENTERPRISE or months < LONG_TERM:
        return ()
    return tuple(
        remark for remark in CLAUSES["IOT-5"].remarks if remark.source is SOURCES["iot-deprecated"]
    )
