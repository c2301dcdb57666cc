"""The texts of the tour, page by page; `{id}` stands for the key of the command with that ID."""

from __future__ import annotations

from msgspec import Struct

from store.i18n import N_


class TourPage(Struct, frozen=True):
    """A page with its title and its two paragraphs, marked for translation."""

    title: str
    paragraphs: tuple[str, ...]


PAGES = (
    TourPage(
        N_("What happens next"),
        (
            N_(
                "The list shows what will stop or be deleted, in the order in which to act, with "
                "prices: ! is critical, · is a warning, ? is unknown."
            ),
            N_(
                "The line above it shows the balance and the day from which it is too low. "
                "{keep} keeps everything at once; {ahead} shows the next 90 days."
            ),
        ),
    ),
    TourPage(
        N_("Find it"),
        (
            N_(
                "{due} – {payments} show what is due, instances, licenses, plans, walk-throughs "
                "and payments; {filter} filters them."
            ),
            N_(
                "{view} shows an item with its timeline, and each rule with its source document. "
                "{copy} copies the Instance ID."
            ),
        ),
    ),
    TourPage(
        N_("Follow a walk-through"),
        (
            N_(
                "{walk} starts the documented procedure to keep an item. Each step says where to "
                "go, what to click and what to copy; {next} goes to the next step."
            ),
            N_(
                "Leave at any time: your progress is kept, even if the connection drops. If a "
                "license cannot be renewed, {method2} switches to buying and binding a new one."
            ),
        ),
    ),
    TourPage(
        N_("Pay once"),
        (
            N_(
                "{renew} renews. Check the price, the term and everything it covers, then type the "
                "last 4 characters of the Instance ID: Enter alone never pays."
            ),
            N_(
                "If the cloud's answer is lost, the payment stays unknown until {reconcile} checks "
                "its outcome. Nothing is sent twice."
            ),
        ),
    ),
    TourPage(
        N_("Practice first"),
        (
            N_(
                "On the practice account nothing is real: {topup} adds funds, {clock} advances the "
                "clock, and everything else follows."
            ),
            N_(
                "{help} shows all keys, {palette} finds any command by name. {accounts} switches "
                "to a real account."
            ),
        ),
    ),
)
