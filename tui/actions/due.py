"""The actions of the due list: carry out an item's remedy, or look at a lost item."""

from __future__ import annotations

from collections.abc import Sequence

from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.remedy_cost import is_bound_next
from store.items.top_up_need import for_debt
from store.rules.standing import State
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu
from tui.text import labels

RENEWED = ("P-IOT-RENEW", "P-LIC-RENEW")
PAID_BY_TOP_UP = ("P-TOPUP", "P-IOT-SETTLE")


def has_remedy(assessment: Assessment) -> bool:
    """Whether something can be done; an unknown or missing item can only be looked at."""
    standing = assessment.standing
    return standing.remedy is not None and standing.state not in {State.UNKNOWN, State.MISSING}


async def choose_gone(prompter: Prompter, gone: Sequence[Assessment]) -> str | None:
    """Ask for one of the items that are lost for good; its ID, or None."""
    now = prompter.overview.now if prompter.overview else None
    choices = [
        Choice(lost.item.id, item_name(lost.item), hint=labels.then(lost, now)) for lost in gone
    ]
    return await prompter.choose(Menu(_("Gone for good"), choices))


async def carry_out_remedy(prompter: Prompter, assessment: Assessment) -> None:
    """Renew the item, top up, bind a license, or walk through the item's procedure."""
    remedy, item = assessment.standing.remedy, assessment.item
    if prompter.overview is not None and is_bound_next(assessment, prompter.overview):
        from tui.actions.binding import bind_license

        await bind_license(prompter, assessment)
    elif remedy in RENEWED:
        from tui.actions.renew import renew_items

        await renew_items(prompter, [item.id])
    elif remedy in PAID_BY_TOP_UP:
        from tui.actions.top_up import can_top_up, top_up
        from tui.actions.walks import walk_through

        balance = prompter.overview.balance if prompter.overview else None
        if remedy == "P-IOT-SETTLE" and not await prompter.in_store(can_top_up):
            await walk_through(prompter, remedy, item.id)
        else:
            await top_up(prompter, for_debt(balance) if balance else None, item.id)
    elif remedy is not None:
        from tui.actions.walks import walk_through

        await walk_through(prompter, remedy, item.id)
