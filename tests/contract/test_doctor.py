"""`renewal doctor`: looks at everything, changes nothing, shows no secret."""

from __future__ import annotations

import json

from tests.contract.program import Program

SECRET = "s3cr3t-that-nobody-may-see"


def test_on_the_practice_account_nothing_is_to_be_mended(example: Program) -> None:
    example("sync")
    before = example.truth()
    ran = example("doctor", "--json")
    assert ran.exit == 0
    assert {finding["verdict"] for finding in ran.json["findings"]} <= {"fine", "note"}
    assert example.truth() == before


def test_profiles_are_named_without_their_keys(example: Program, tmp_path) -> None:
    folder = tmp_path / ".aliyun"
    folder.mkdir()
    profile = {
        "name": "ops",
        "mode": "AK",
        "access_key_id": "LTAI-visible-nowhere",
        "access_key_secret": SECRET,
        "region_id": "cn-shanghai",
    }
    (folder / "config.json").write_text(json.dumps({"current": "ops", "profiles": [profile]}))
    ran = example("doctor")
    assert "ops (AK)" in ran.out
    assert SECRET not in ran.out + ran.err
    assert "LTAI" not in ran.out + ran.err


def test_a_damaged_store_is_reported_and_left(example: Program) -> None:
    example("sync")
    path = example.home / "store.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert example("doctor").exit in {1, 74}
    assert path.read_bytes() == whole[: len(whole) // 2]
    assert example("doctor", "--restore").exit == 74
