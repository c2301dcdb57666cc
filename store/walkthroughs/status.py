"""The status of each step of a walk: done, needed or skipped, with the reason.

It is derived from the stored data if possible; a step that leaves no trace there counts as done
once the walk has passed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct

from store.formats import fill
from store.i18n import _
from store.models import License
from store.walkthroughs.context import Context
from store.walkthroughs.goals import is_overdue
from store.walkthroughs.procedures import Action, Step


class Status(StrEnum):
    """The status of a step."""

    DONE = "done"
    NEEDED = "needed"
    SKIPPED = "skipped"


class Enter(StrEnum):
    """The effect of the enter key at a step."""

    NEXT = "next"
    COPY = "copy"
    SAVE = "save"
    CHOOSE = "choose"
    PAY = "pay"
    SET = "set"
    TOP_UP = "top up"
    BIND = "bind"
    READ = "read"
    MARK = "mark"
    LOOK = "look"


class StepStatus(Struct, frozen=True):
    """A step in the list of a walk's steps."""

    id: str
    title: str
    status: Status
    reason: str
    """The reason why it is done or skipped; empty if it is needed."""
    enter: Enter

    @property
    def acts(self) -> bool:
        """Whether enter does more than go to the next step."""
        return self.enter is not Enter.NEXT


_ENTER = {
    Action.COPY_ID: Enter.COPY,
    Action.SAVE_ID: Enter.SAVE,
    Action.SAVE_NEW_ID: Enter.SAVE,
    Action.CHOOSE: Enter.CHOOSE,
    Action.TICKET: Enter.READ,
    Action.SUBMITTED: Enter.MARK,
    Action.SEE: Enter.LOOK,
}
_BY_PROGRAM = {
    Action.RENEW: Enter.PAY,
    Action.BUY_PLAN: Enter.PAY,
    Action.BUY_LICENSE: Enter.PAY,
    Action.UPGRADE: Enter.PAY,
    Action.AUTO_RENEW: Enter.SET,
    Action.TOP_UP: Enter.TOP_UP,
    Action.BIND: Enter.BIND,
}

_Reasoned = tuple[Status, str]
"""A status and its reason, which is empty if it needs none."""
_NEEDED: _Reasoned = (Status.NEEDED, "")


def step_statuses(context: Context) -> tuple[StepStatus, ...]:
    """Every step of the walk, in order."""
    reasoned: dict[str, _Reasoned] = {}
    position = context.procedure.position(context.walk.step)
    for number, step in reversed(list(enumerate(context.procedure.steps))):
        reasoned[step.id] = _status(context, step, reasoned, passed=number < position)
    return tuple(
        StepStatus(
            step.id, step.title, *reasoned[step.id], _enter(context, step, reasoned[step.id][0])
        )
        for step in context.procedure.steps
    )


def first_needed(steps: tuple[StepStatus, ...], after: int = -1) -> str:
    """The id of the first needed step after that position; else of the last step."""
    needed = (step.id for step in steps[after + 1 :] if step.status is Status.NEEDED)
    return next(needed, steps[-1].id)


def _status(
    context: Context, step: Step, later_statuses: Mapping[str, _Reasoned], *, passed: bool
) -> _Reasoned:
    """The status of a step. `later` are the statuses of the steps after it, by id."""
    if "option" in context.walk.saved and step.option not in {None, _option(context)}:
        return Status.SKIPPED, _("You chose the other option.")
    if context.walk.ended == "done":
        return Status.DONE, ""
    result = _page_status(context, step, later_statuses) or _FROM_DATA.get(step.action, _no_data)(
        context
    )
    if passed and result[0] is Status.NEEDED:
        if step.action in _FROM_DATA:
            return Status.SKIPPED, _("Passed; the data does not show it as done.")
        return Status.DONE, _("Passed; the data does not show whether it was done.")
    return result


def _option(context: Context) -> str:
    return context.walk.saved.get("option", "upgrade")


def _page_status(
    context: Context, step: Step, later_statuses: Mapping[str, _Reasoned]
) -> _Reasoned | None:
    """Skipped for a console page whose steps the program does or that are done; None for any other
    step."""
    targets = [step_id for step_id in step.leads_to if step_id in later_statuses]
    if not targets:
        return None
    actions = {other.id: other.action for other in context.procedure.steps}
    if any(
        later_statuses[step_id][0] is Status.NEEDED
        and actions[step_id] not in context.program_actions
        for step_id in targets
    ):
        return None
    return Status.SKIPPED, _("The program does this; no console page is needed.")


def _no_data(context: Context) -> _Reasoned:
    del context
    return _NEEDED


def _reached(context: Context) -> _Reasoned:
    """Done if the walk's goal is reached."""
    return (Status.DONE, context.goal.sentence) if context.goal.is_shown else _NEEDED


def _instance_id(context: Context) -> _Reasoned:
    known = context.walk.saved.get("instance_id") or getattr(context.item, "instance_id", "")
    if not known:
        return _NEEDED
    return Status.DONE, fill(_("The Instance ID is {id}."), id=known)


def _new_instance_id(context: Context) -> _Reasoned:
    known = context.walk.saved.get("new_instance_id")
    if not known:
        return _NEEDED
    return Status.DONE, fill(_("The Instance ID is {id}."), id=known)


def _option_chosen(context: Context) -> _Reasoned:
    if "option" not in context.walk.saved:
        return _NEEDED
    if _option(context) == "upgrade":
        return Status.DONE, _("The instance is upgraded in place.")
    return Status.DONE, _("A separate instance is bought.")


def _auto_renewal(context: Context) -> _Reasoned:
    item = context.item
    months = getattr(item, "auto_renewal_months", None)
    if isinstance(item, License) and item.billed_ends_at is not None and months is None:
        words = _(
            "License Management shows a different end date than the billing: leave "
            "auto-renewal off."
        )
        return Status.SKIPPED, words
    if months is None:
        return _NEEDED
    return Status.DONE, fill(
        _("Auto-renewal is on, for {months} months each time."), months=str(months)
    )


def _topped_up(context: Context) -> _Reasoned:
    if context.walk.procedure == "P-IOT-SETTLE":
        if is_overdue(context.snapshot):
            return _NEEDED
        return Status.DONE, _("Its bills are paid.")
    return _reached(context)


def _plan_bought(context: Context) -> _Reasoned:
    if context.goal.is_shown:
        return Status.DONE, context.goal.sentence
    known = {plan["id"] for plan in (context.walk.before or {}).get("plans", ())}
    new = [plan["id"] for plan in context.snapshot.get("plans", ()) if plan["id"] not in known]
    if not new or not known:
        return _NEEDED
    return Status.DONE, fill(_("{id} was bought."), id=new[0])


def _license_bought(context: Context) -> _Reasoned:
    item = context.item
    if context.goal.is_shown:
        return Status.DONE, context.goal.sentence
    if context.walk.saved.get("bought"):
        return Status.DONE, fill(_("{id} was bought."), id=context.walk.saved["bought"])
    if isinstance(item, License) and not item.application:
        return Status.SKIPPED, _("It is bought already; only binding is left.")
    spare = context.spare
    if spare is None:
        return _NEEDED
    words = _("{id} is bought but not bound; it has the same SDKs until {at}.")
    return Status.SKIPPED, fill(words, context.overview.now, id=spare.id, at=spare.ends_at)


def _wait_status(context: Context) -> _Reasoned:
    if context.walk.procedure == "P-IOT-SETTLE" and not is_overdue(context.snapshot):
        restoring = context.snapshot.get("restored_at") and not context.goal.is_shown
        return _NEEDED if restoring else (Status.DONE, context.goal.sentence)
    return _reached(context)


_FROM_DATA: Mapping[Action, Callable[[Context], _Reasoned]] = {
    Action.SAVE_ID: _instance_id,
    Action.SAVE_NEW_ID: _new_instance_id,
    Action.CHOOSE: _option_chosen,
    Action.RENEW: _reached,
    Action.AUTO_RENEW: _auto_renewal,
    Action.TOP_UP: _topped_up,
    Action.PAYMENT_METHOD: _topped_up,
    Action.BUY_PLAN: _plan_bought,
    Action.BUY_LICENSE: _license_bought,
    Action.BIND: _reached,
    Action.UPGRADE: _reached,
    Action.WAIT: _wait_status,
    Action.SEE: _reached,
}
"""The status of each kind of step by the stored data; other kinds leave no trace there."""


def _enter(context: Context, step: Step, status: Status) -> Enter:
    """The effect of the enter key: a payment or a setting is not repeated."""
    if step.action in _ENTER:
        return _ENTER[step.action]
    if status is Status.NEEDED and step.action in context.program_actions:
        return _BY_PROGRAM[step.action]
    return Enter.NEXT
