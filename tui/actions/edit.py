"""Edit an item: a license that was added by hand, or the kind of an item."""

from __future__ import annotations

from store.errors import Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.models import License
from tui.actions.identify import identify
from tui.actions.licenses import edit_license, is_manual
from tui.actions.prompter import Prompter


async def edit_item(prompter: Prompter, assessment: Assessment) -> None:
    """Edit what was entered by hand. Raises `Usage` for what the practice cloud lists."""
    item = assessment.item
    if isinstance(item, License) and await is_manual(prompter, item.id):
        await edit_license(prompter, item)
    elif prompter.session.is_practice:
        raise Usage(_("the cloud lists it; only licenses added by hand can be edited"))
    else:
        await identify(prompter, item.instance_id, item.name)
