"""A payer at a practice cloud, and one at a scripted cloud."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.payments.offer import Payer
from tests.store.payments.accounts import ScriptedCloud, an_instance, open_store, payer_of
from tests.store.practice.accounts import (
    enterprise,
    public_new,
    resource_plan,
    scenario,
    sdk_license,
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[PracticeCloud]:
    """Two instances, a license order of two licenses, a plan, a new-version instance."""
    with PracticeCloud.open(tmp_path / "practice.db") as opened:
        opened.reset(
            scenario(
                "9999.00",
                instances=[enterprise(), enterprise("iot-2", "2026-12-24"), public_new()],
                licenses=[
                    sdk_license(),
                    sdk_license("lic-2", sdks=["Short Video SDK", "Player SDK"]),
                ],
                plans=[resource_plan()],
            )
        )
        yield opened


@pytest.fixture
def payer(db: sqlite3.Connection, cloud: PracticeCloud) -> Payer:
    return payer_of(db, cloud)


@pytest.fixture
def script() -> ScriptedCloud:
    return ScriptedCloud(items=[an_instance()])


@pytest.fixture
def scripted(db: sqlite3.Connection, script: ScriptedCloud) -> Payer:
    return payer_of(db, script)
