"""The checklist of a real account, from stored data only: the cloud is not called."""

from __future__ import annotations

from store.clouds.alibaba.cli_profiles import Profile, check_profile, profiles
from store.config import PRACTICE
from store.diagnosis.setup_checks import Check, Setup, run_checks
from store.errors import Denied
from store.home import user_home
from store.items.item_types import unidentified
from store.items.overview import Overview
from store.session import Session


def checklist(session: Session, overview: Overview) -> tuple[Check, ...]:
    """The checks of the session's account; empty for the practice account, which needs none."""
    if session.account.cloud == PRACTICE:
        return ()
    return run_checks(_setup(session, overview))


def _setup(session: Session, overview: Overview) -> Setup:
    has_data = not session.needs_first_sync()
    account = session.account
    proposed, others = unidentified(session.db, account.name)
    return Setup(
        account,
        session.read_only,
        None if account.profile is None else _check_profile(account.profile),
        overview.as_of if has_data else None,
        lists_nothing=overview.lists_nothing,
        unavailable=tuple(read.operation for read in overview.details.unavailable),
        proposed=tuple(proposed),
        others=tuple(others),
        addresses=len(session.config.notify.to),
        sync_error=session.sync_error,
    )


def _check_profile(name: str) -> Profile | Denied:
    home = user_home()
    try:
        check_profile(name, home)
        return next(profile for profile in profiles(home) if profile.name == name)
    except Denied as error:
        return error
