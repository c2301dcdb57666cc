"""An open account: its home, database, cloud and permissions."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from msgspec import Struct

from store.clouds import Capability, Cloud, Glance, Progress, no_progress
from store.config import PRACTICE, Account, Config, read_config
from store.database.open import open_database
from store.errors import CloudError, RenewalError
from store.home import Home
from store.items.overview import (
    DEFAULT_WITHIN,
    STALE_AFTER,
    Overview,
    OverviewOptions,
    nothing_listed_hint,
    read_overview,
)
from store.items.queries import last_sync
from store.schema import STORE
from store.times import system_now

if TYPE_CHECKING:
    from store.clouds.practice.cloud import PracticeCloud
    from store.payments.offer import Payer
    from store.payments.policy import PaymentPolicy


class Session(Struct, dict=True):
    """An open account. It belongs to one thread, as its database connection does."""

    home: Home
    config: Config
    account: Account
    read_only: bool = False
    stop: Event | None = None
    """Setting it ends a read in progress of a real cloud."""
    sync_error: RenewalError | None = None
    """The error of this run's last sync; None if it did not fail."""

    @classmethod
    def open(cls, home: Home, account: str | None = None, *, read_only: bool = False) -> Session:
        """The session of the named account, or of the default one."""
        config = read_config(home.config)
        return cls(home, config, config.account(account), read_only)

    def of_account(self, name: str) -> Session:
        """The session of another account of the same home."""
        return Session(self.home, self.config, self.config.account(name), self.read_only)

    def copy(self) -> Session:
        """A session of the same account with connections of its own, for another thread."""
        return Session(
            self.home, self.config, self.account, self.read_only, sync_error=self.sync_error
        )

    @cached_property
    def db(self) -> sqlite3.Connection:
        return open_database(self.home.store, STORE)

    @cached_property
    def cloud(self) -> Cloud:
        """The account's cloud. A real one loads its SDK and credentials on its first call."""
        if self.is_practice:
            return self.practice
        from store.clouds.alibaba import AlibabaCloud
        from store.items.bills import identifying_bills
        from store.items.item_types import load_item_types

        name = self.account.name
        return AlibabaCloud.open(
            self.account,
            item_types=load_item_types(self.db, name),
            bills=identifying_bills(self.db, name),
            stop=self.stop,
        )

    @cached_property
    def practice(self) -> PracticeCloud:
        """The practice cloud, created with the scenario `tour` if there is none."""
        from store.clouds.practice.cloud import PracticeCloud

        return PracticeCloud.open(self.home.practice)

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities of the account's cloud, without opening it."""
        if self.is_practice:
            from store.clouds.practice.cloud import PracticeCloud

            return PracticeCloud.capabilities
        from store.clouds.alibaba import AlibabaCloud

        return AlibabaCloud.capabilities

    @property
    def payment_policy(self) -> PaymentPolicy:
        from store.payments.policy import PaymentPolicy

        account = self.account
        return PaymentPolicy(
            self.read_only, account.payments, account.allow_unquoted, account.charged_to
        )

    @property
    def payer(self) -> Payer:
        from store.payments.offer import Payer

        return Payer(self.db, self.account.name, self.cloud, self.payment_policy)

    def close(self) -> None:
        """Close the connections."""
        for name in ("db", "practice"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()
        self.__dict__.pop("cloud", None)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_practice(self) -> bool:
        return self.account.cloud == PRACTICE

    def now(self) -> datetime:
        """The account's clock, read without a sync."""
        glance = self._glance() if self.is_practice else None
        return system_now() if glance is None else glance.now

    def _glance(self) -> Glance | None:
        """Identity and clock of the account's cloud, read without a sync; None if there is no
        practice cloud yet."""
        if self.is_practice:
            from store.clouds.practice.file import read_glance

            return read_glance(self.home.practice)
        return Glance(self.cloud.identity, system_now())

    @property
    def hints(self) -> tuple[str, ...]:
        """Hints about the data of the last sync."""
        synced = last_sync(self.db, self.account.name)
        return (nothing_listed_hint(synced.site),) if synced and synced.lists_nothing else ()

    def sync(self, progress: Progress = no_progress) -> int:
        """Fetch everything; returns the number of items. Raises what the cloud raises."""
        from store.items.sync import sync

        return sync(self.db, self.account.name, self.cloud, progress)

    def needs_first_sync(self) -> bool:
        """Whether there is no data of this cloud yet."""
        return self._age() is None

    def needs_sync(self, max_age: timedelta) -> bool:
        """Whether the stored data is older than that, or of another cloud."""
        age = self._age()
        return age is None or age > max_age or age < timedelta(0) or not max_age

    def _age(self) -> timedelta | None:
        """The age of this cloud's data by its clock; None if there is none."""
        synced = last_sync(self.db, self.account.name)
        glance = None if synced is None else self._glance()
        if synced is None or glance is None or synced.identity != glance.identity:
            return None
        return glance.now - synced.as_of

    def overview(
        self, within: timedelta = DEFAULT_WITHIN, max_age: timedelta | None = None
    ) -> Overview:
        """The overview, after a sync if the stored data is older than `max_age`: None never syncs,
        0 always does.

        If the sync fails, the overview has its error and the stored data. Data that was fetched by
        this call is never stale, however long that took.
        """
        failed: RenewalError | None = None
        stale_after = STALE_AFTER if max_age is None else max_age
        if max_age is not None and self.needs_sync(max_age):
            try:
                self.sync()
                stale_after = timedelta.max
            except CloudError as error:
                failed = error
        options = OverviewOptions(self.now(), within, stale_after, failed)
        account = self.account
        return read_overview(self.db, account.name, account.cloud, account.site, options)
