"""What `renewal practice` and the first commands tell a person."""

from __future__ import annotations

import pytest

from tests.contract.program import Program


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("reset", "--seed", "3"), "use --seed only with --instances"),
        (("reset", "--scenario", "nowhere"), "use tour, calm, crisis or a file"),
        (("clock", "--advance", "64000d"), "expected the years 2000 to 2199"),
        (("clock", "--set", "2026-11-22T08:59:59+08:00"), "cannot be set back"),
    ],
)
def test_what_the_practice_cloud_cannot_do_is_wrong_usage(
    example: Program, arguments: tuple[str, ...], words: str
) -> None:
    before = example("practice", "show", "--json").json
    ran = example("practice", *arguments)
    assert (ran.exit, ran.out) == (64, "")
    assert words in ran.err
    assert example("practice", "show", "--json").json == before


def test_a_number_and_its_noun_agree(program: Program) -> None:
    assert program("practice", "fail", "renew").out == "renew will fail 1 time: timeout, before\n"
    assert "2 times" in program("practice", "fail", "renew", "--times", "2").out
    assert program("practice", "reset", "--instances", "1").exit == 0
    assert program("sync").out.startswith("practice: 1 item as of ")


def test_without_data_nothing_is_called_old(program: Program) -> None:
    ran = program("status", "--max-age", "never")
    assert (ran.exit, ran.out) == (3, "practice · unknown · no data\n")
    assert "no data for this account yet" in ran.err


def test_the_journal_is_listed_as_its_help_says(example: Program) -> None:
    assert example("practice", "topup", "9000").exit == 0
    for _time in range(2):
        assert example("renew", "iot-060a0bcd", "--months", "1", "--yes").exit == 0
        assert example("practice", "clock", "--advance", "1d").exit == 0
    lines = example("payments").out.splitlines()
    assert [line[:11] for line in lines] == ["22 Nov 2026", "23 Nov 2026"]
    assert "oldest first" in example("payments", "--help").out
