"""Every clause that a rule rests on: what it says in our words, and where it is written.

`newer` is what a later page of the cloud's documentation adds or says otherwise; the
rule follows the document, and the person is shown both.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from store.i18n import N_


class Source(Struct, frozen=True):
    """A page of the cloud's documentation, as it was on its date."""

    title: str
    dated: date
    url: str


class Clause(Struct, frozen=True):
    """One rule of the documents, in our own words."""

    id: str
    says: str
    source: Source
    newer: str | None = None


D1 = Source(
    "IoT Platform: Overdue payments and renewal methods",
    date(2023, 10, 31),
    "https://www.alibabacloud.com/help/en/iot/product-overview/overdue-payments-and-renewal-methods",
)
D2 = Source(
    "ApsaraVideo VOD: Renewal policy",
    date(2026, 1, 23),
    "https://www.alibabacloud.com/help/en/vod/product-overview/renewal",
)

_ALL = (
    Clause(
        "IOT-1",
        N_(
            "With too little money on the account, devices can drop out. While anything is owed, "
            "nothing can be renewed, bought or upgraded."
        ),
        D1,
        N_(
            "The page of 21 June 2026 says that a running Enterprise Edition instance goes on "
            "running while the account is overdue."
        ),
    ),
    Clause("IOT-2", N_("Once money has arrived, the service is back within 30 minutes."), D1),
    Clause("IOT-3", N_("An Enterprise Edition instance stops at the instant it expires."), D1),
    Clause(
        "IOT-4",
        N_(
            "15 days after it expired the instance is released: its products, devices and data are "
            "deleted, and nothing brings them back."
        ),
        D1,
        N_(
            "The billing questions page of 17 June 2026 says that a trial instance is released "
            "when its month is over, without these 15 days."
        ),
    ),
    Clause("IOT-5", N_("Renew an Enterprise Edition instance before it expires."), D1),
    Clause(
        "IOT-6",
        N_(
            "A public instance of the previous version is billed within 4 hours after each billing "
            "cycle; a bill that the balance does not cover makes the account overdue."
        ),
        D1,
    ),
    Clause("IOT-7", N_("An overdue public instance goes on for 24 hours."), D1),
    Clause(
        "IOT-8", N_("Not settled within those 24 hours, the public instance stops by itself."), D1
    ),
    Clause(
        "IOT-9",
        N_("A public instance of the new version is free, and exists in China (Shanghai) only."),
        D1,
        N_(
            "A later question page also names Frankfurt, Silicon Valley, Virginia, Singapore and "
            "Tokyo; another says that use above the free quota is billed."
        ),
    ),
    Clause(
        "IOT-10",
        N_("Its size is fixed; who needs more upgrades it to an Enterprise Edition instance."),
        D1,
    ),
    Clause(
        "VOD-1", N_("ApsaraVideo VOD is billed by use, afterwards, unless a plan covers it."), D2
    ),
    Clause(
        "VOD-2",
        N_(
            "When a plan ends or is used up, billing by use takes over by itself, so the balance "
            "has to cover it; without a balance VOD is suspended."
        ),
        D2,
    ),
    Clause(
        "VOD-3",
        N_("An ended plan or an overdue payment can stop VOD: buy or top up in time."),
        D2,
        N_(
            "The page on overdue payments says that after a suspension the storage stays private "
            "until it is set back by hand, even when the money has arrived."
        ),
    ),
    Clause(
        "VOD-4",
        N_("A plan cannot be renewed: buy a new one before it ends."),
        D2,
        N_("Later pages say that storage plans, and only those, can be renewed in the console."),
    ),
    Clause("VOD-5", N_("Plans stack: after buying a new one there is nothing else to do."), D2),
    Clause(
        "VOD-6",
        N_("A bought plan takes effect by itself, perhaps after a while."),
        D2,
        N_("The page of 11 March 2026 says that only what is used after that instant is covered."),
    ),
    Clause("VOD-7", N_("A quota alert can be set, so that a plan does not run out unnoticed."), D2),
    Clause(
        "LIC-1", N_("The Instance ID bound to the application tells which order is renewed."), D2
    ),
    Clause(
        "LIC-2",
        N_(
            "With an empty Instance ID, or after an error during the renewal, there is method 2, "
            "or a ticket."
        ),
        D2,
    ),
    Clause("LIC-3", N_("A renewal covers the whole order, all of its SDKs at once."), D2),
    Clause("LIC-4", N_("What the order holds cannot be changed while it is renewed."), D2),
    Clause(
        "LIC-5",
        N_("Auto-renewal is recommended, against a lapse that nobody noticed."),
        D2,
        N_(
            "The question page of 21 January 2026 says to turn it off where the console shows a "
            "later end than the reminder: the console's date wins."
        ),
    ),
    Clause(
        "LIC-6",
        N_(
            "Method 2: buy a new license before the old one ends and bind it to the application; "
            "otherwise the SDK's calls fail."
        ),
        D2,
    ),
)

CLAUSES = {clause.id: clause for clause in _ALL}
"""Clause id to clause, in the order of the documents."""
