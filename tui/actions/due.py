"""Do what the list of what is due proposes for an item."""

from __future__ import annotations

from decimal import Decimal

from store.items.assessment import Assessment
from store.items.due import is_bound_next
from store.rules.standing import State
from tui.actions.prompter import Prompter

RENEWED = ("P-IOT-RENEW", "P-LIC-RENEW")
PAID_BY_TOP_UP = ("P-TOPUP", "P-IOT-SETTLE")


def has_remedy(assessment: Assessment) -> bool:
    """Whether there is something to do; what is unknown or missing can only be looked at."""
    standing = assessment.standing
    return standing.remedy is not None and standing.state not in {State.UNKNOWN, State.MISSING}


async def act_on_due(prompter: Prompter, assessment: Assessment) -> None:
    """Carry out the item's remedy: renew it, top up, or walk through its procedure."""
    remedy, item = assessment.standing.remedy, assessment.item
    if prompter.overview is not None and is_bound_next(assessment, prompter.overview):
        from tui.actions.binding import bind_license

        await bind_license(prompter, assessment)
    elif remedy in RENEWED:
        from tui.actions.renew import renew_items

        await renew_items(prompter, [item.id])
    elif remedy in PAID_BY_TOP_UP:
        from tui.actions.top_up import can_top_up, needed_for, top_up
        from tui.actions.walks import walk_through

        balance = prompter.overview.balance if prompter.overview else None
        if not await prompter.in_store(can_top_up):
            await walk_through(prompter, remedy, "" if remedy == "P-TOPUP" else item.id)
        elif remedy == "P-IOT-SETTLE" and balance is not None:
            missing = balance.missing_for(Decimal(0))
            await top_up(prompter, missing, needed_for(balance, None, missing))
        else:
            await top_up(prompter)
    elif remedy is not None:
        from tui.actions.walks import walk_through

        await walk_through(prompter, remedy, item.id)
