"""The whole job on plain lines, from a pipe and on a serial console."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]

from store.clouds.practice.cloud import PracticeCloud
from store.home import open_home
from store.session import Session
from store.walkthroughs.walk import read_open_walks
from tests.stories.scenarios import account, enterprise, sdk_license

PROGRAM = [sys.executable, "-m", "tui"]


def answers(home: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "--home", str(home), "--plain"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8"},
    )


def renewals(home: Path) -> list[str]:
    with PracticeCloud.open(home / "practice.db") as cloud:
        charges: Any = cloud.show()["charges"]
        return [charge["instance_id"] for charge in charges if charge["what"] == "renewal"]


def terminal(home: Path, *arguments: str, columns: int = 200) -> pexpect.spawn:
    """The program on a serial console."""
    environment = {**os.environ, "TERM": "dumb", "LANG": "C.UTF-8"}
    command = ["-m", "tui", "--home", str(home), *arguments]
    return pexpect.spawn(
        sys.executable,
        command,
        env=environment,
        encoding="utf-8",
        timeout=30,
        dimensions=(50, columns),
        use_poll=True,
    )


def converse(child: pexpect.spawn, *answers: tuple[str, str]) -> None:
    """Wait for each question, and answer it."""
    for question, answer in answers:
        child.expect(question)
        child.sendline(answer)


def number(out: str, words: str) -> str:
    """The number in front of the answer that holds the words; of one that ends so, if any."""
    lines = out.splitlines()
    ending = [line for line in lines if line.endswith(words)]
    return next(line for line in (*ending, *lines) if words in line).split()[0]


def test_what_needs_attention_comes_in_order_with_its_price(tmp_path: Path) -> None:
    page = answers(tmp_path, "1").stdout
    assert (
        "1 Boiler house (iot-060a1f3e): 1 d · will be deleted for good · 3,600.00 / 12 mo · renew"
        in page
    )
    lines = [line for line in page.splitlines() if "Old pilot line" in line]
    assert lines[0].split()[0] == "15", "what is gone comes last"


def test_from_the_menu_to_a_paid_renewal(tmp_path: Path) -> None:
    items = answers(tmp_path, "2")
    assert items.returncode == 0
    assert "\x1b" not in items.stdout
    factory = number(items.stdout, "Factory floor (iot-060a0bcd)")
    page = answers(tmp_path, "2", factory)
    assert "IOT-4" in page.stdout
    renew = next(line.split()[0] for line in page.stdout.splitlines() if line.endswith(" Renew"))
    broke = answers(tmp_path, "2", factory, renew, "1")
    assert "CNY 324.10 is missing" in broke.stdout
    richer = answers(tmp_path, "6", "1000", "2")
    factory = number(richer.stdout, "Factory floor (iot-060a0bcd)")
    child = terminal(tmp_path)
    converse(child, ("Number:", "2"), ("Number:", factory))
    converse(child, ("Number:", renew))
    child.expect(r"12 12 months\* · 3,600.00 · 24 Nov 2027")
    converse(child, (r"Number \[12\]:", ""))
    child.expect(r"\r\nCNY 2,624.10 is missing")
    converse(child, (r"Number \[12\]:", "1"), ("to stop:", "0000"))
    child.expect("Not confirmed")
    assert renewals(tmp_path) == []
    converse(child, ("Number:", renew), ("Choose a term", "1"))
    child.expect("Price .CNY.: 300.00")
    converse(child, ("to stop:", "0bcd"))
    child.expect("1 of 1 paid")
    child.expect("Renewed and paid")
    converse(child, ("Number:", "0"), ("Number:", "0"))
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert renewals(tmp_path) == ["iot-060a0bcd"]


def test_what_pays_is_not_answered_from_a_pipe(tmp_path: Path) -> None:
    richer = answers(tmp_path, "6", "1000", "2")
    factory = number(richer.stdout, "Factory floor (iot-060a0bcd)")
    page = answers(tmp_path, "2", factory).stdout
    for act, typed in ((" Renew", "0bcd"), (" Auto-renewal", "0bcd")):
        chosen = number(page, act)
        ran = answers(tmp_path, "2", factory, chosen, "1", typed, "6", "77")
        assert ran.returncode == 64, ran.stdout
        assert "no terminal for the confirmation; nothing was sent" in ran.stderr
    assert renewals(tmp_path) == []
    with PracticeCloud.open(tmp_path / "practice.db") as cloud:
        assert "77.00" not in str(cloud.show()["balance"])


def test_keys_that_were_typed_before_the_question_are_no_answer(tmp_path: Path) -> None:
    """In line mode two lines are pasted at once; on the command line they come before it asks."""
    richer = answers(tmp_path, "6", "1000", "2")
    factory = number(richer.stdout, "Factory floor (iot-060a0bcd)")
    renew = number(answers(tmp_path, "2", factory).stdout, " Renew")
    child = terminal(tmp_path)
    converse(child, ("Number:", "2"), ("Number:", factory), ("Number:", renew))
    converse(child, ("Choose a term", "1\n0bcd"), ("to stop:", ""))
    child.expect("Not confirmed")
    child.close()
    for command in ("renew", "auto-renew"):
        child = terminal(tmp_path, command, "iot-060a0bcd", "--months", "1")
        child.sendline("0bcd" if command == "renew" else "yes")
        converse(child, ("to stop:", ""))
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus in {12, 64}
    assert renewals(tmp_path) == []


def test_a_walk_on_a_dumb_terminal(tmp_path: Path) -> None:
    child = terminal(tmp_path)
    child.expect("Number:")
    child.sendline("6")
    child.expect("Amount .CNY.")
    child.sendline("5000")
    child.expect("Number:")
    child.sendline("2")
    child.expect(r"(\d+) Factory floor")
    factory = child.match.group(1)
    child.expect("Number:")
    child.sendline(factory)
    child.expect("Number:")
    child.sendline("1")
    child.expect("Step 3 of 4")
    child.expect("1 Pay")
    child.expect("Number:")
    child.sendline("1")
    child.expect("Choose a term")
    child.sendline("1")
    child.expect("to stop:")
    child.sendline("0bcd")
    child.expect("The end has moved")
    converse(child, ("Number:", "0"), ("Renewal Assistant", "0"))
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert renewals(tmp_path) == ["iot-060a0bcd"]


def test_a_note_and_a_snooze_are_taken_back_and_a_payment_is_not(tmp_path: Path) -> None:
    menu = answers(tmp_path, "0")
    undo, items = number(menu.stdout, " Undo"), number(menu.stdout, " All items")
    assert "0 Quit" in menu.stdout
    page = answers(tmp_path, "6", "1000", items, "1", "0")
    factory = number(page.stdout, "Factory floor (iot-060a0bcd)")
    acts = answers(tmp_path, items, factory, "0").stdout
    note = number(acts, " Note")
    renew = next(line.split()[0] for line in acts.splitlines() if line.endswith(" Renew"))
    typed = (note, "Li Wei", "call first", "0", undo, undo)
    out = answers(tmp_path, items, factory, *typed).stdout
    assert "Owner: Li Wei" in out
    assert "Undone: the note on Factory floor" in out
    assert "Nothing to undo" in out
    assert "Li Wei" not in answers(tmp_path, items, factory).stdout
    child = terminal(tmp_path)
    converse(child, ("Number:", items), ("Number:", factory), ("Number:", renew))
    converse(child, ("Choose a term", "1"), ("to stop:", "0bcd"))
    converse(child, ("Number:", "0"), ("Number:", undo))
    child.expect("A payment can't be undone here")
    child.close()


def scenario(home: Path, **parts: Any) -> None:
    """A practice cloud with these parts, synced."""
    with PracticeCloud.open(open_home(str(home)).practice) as cloud:
        cloud.reset(account("9000.00", **parts))
    answers(home, "7")


def test_a_released_instance_has_no_price(tmp_path: Path) -> None:
    scenario(tmp_path, instances=[enterprise()])
    with PracticeCloud.open(tmp_path / "practice.db") as cloud:
        cloud.advance(timedelta(days=30))
    page = answers(tmp_path, "7", "2", "1")
    ran = answers(tmp_path, "2", "1", number(page.stdout, " Renew"), "12")
    assert "was released: its data is deleted" in ran.stdout
    assert "Choose a term" not in ran.stdout


def test_the_term_of_a_walk_is_kept_and_a_refusal_leads_to_method_2(tmp_path: Path) -> None:
    broken = sdk_license("lic-market", instance_id="vod-sdk-93", renewal_error="No: it cannot")
    scenario(tmp_path, licenses=[broken])
    child = terminal(tmp_path, "guide", "P-LIC-RENEW", "lic-market")
    converse(child, ("Step 4 of 6", "2"), ("Step 3 of 6", "2"), ("Step 2 of 6", "1"))
    converse(child, (r"none is shown. \[vod-sdk-93\]:", ""), ("Step 4 of 6", "1"))
    child.expect("Choose a term")
    converse(child, (r"Number \[12\]:", "3"), ("to stop:", "k-93"))
    child.expect("0 of 1 paid")
    child.expect("Method 1 is not possible")
    child.expect(r"(\d) Method 2")
    converse(child, ("Number:", child.match.group(1)))
    child.expect("Replace a license, method 2")
    with Session.open(open_home(str(tmp_path))) as session:
        [walk] = read_open_walks(session.db, "practice", session.cloud.identity)
    assert walk.saved["months"] == "3"
    assert "No: it cannot" in str(walk.entered_because)


def test_binding_offers_the_licenses_that_are_free(tmp_path: Path) -> None:
    later = "2027-12-01T00:00:00+08:00"
    spare = sdk_license("lic-spare", application="", instance_id="vod-sdk-99", expires_at=later)
    scenario(tmp_path, licenses=[sdk_license(), spare])
    child = terminal(tmp_path, "guide", "P-LIC-REPLACE", "lic-kids")
    converse(child, ("Step 3 of 5", "1"))
    child.expect("Choose a license to bind")
    child.expect("1 .*lic-spare · vod-sdk-99")
    converse(child, ("Number:", "1"), (r"Application \[Kids app\]:", ""))
    child.expect("Step 4 of 5")
    with PracticeCloud.open(tmp_path / "practice.db") as cloud:
        licenses: Any = cloud.show()["licenses"]
    assert [each["application"] for each in licenses] == ["Kids app", "Kids app"]


def test_what_is_wrong_is_asked_again_and_words_are_not_broken(tmp_path: Path) -> None:
    child = terminal(tmp_path, columns=40)
    converse(child, ("Number:", "6"), ("Amount", "1.005"), ("amount such as", "12"))
    child.expect("added")
    converse(child, ("Number:", "2"), ("Number:", "."), ("Renewal Assistant", "2"))
    child.expect(r"(\d+) Factory floor")
    converse(child, ("Number:", child.match.group(1)))
    child.expect("Walk-through")
    lines = child.before.splitlines()
    assert max(map(len, lines)) <= 40
    assert any(line.startswith("IOT-4: ") for line in lines)
    assert not any(line.endswith((" instan", " relea")) for line in lines)


def test_everything_is_kept_on_plain_lines(tmp_path: Path) -> None:
    scenario(
        tmp_path,
        instances=[
            enterprise(),
            enterprise("iot-late", name="Depot", expires_at="2026-12-20T00:00:00+08:00"),
        ],
        licenses=[sdk_license(), sdk_license("lic-none", instance_id="", application="Studio")],
    )
    keep = number(answers(tmp_path, "0").stdout, " Keep everything")
    child = terminal(tmp_path)
    converse(child, ("Number:", keep))
    child.expect(r"\[x\] Factory floor.*3,600.00, 24 Nov 2027")
    child.expect(r"\[x\] Kids app.*2,160.00, 1 Dec 2027")
    child.expect(r"\[x\] Depot.*3,600.00, 20 Dec 2027")
    child.expect("Set apart.*- Studio.*replace, 2,160.00")
    child.expect("3 staged · Total CNY 9,360.00 · balance 9,000.00 · missing 360.00")
    child.expect(r"(\d) Stage an item")
    converse(child, ("Number:", child.match.group(1)), ("3 Depot", "3"))
    child.expect("2 staged · Total CNY 5,760.00 · balance 9,000.00 · covered")
    child.expect(r"(\d) Pay for what is staged")
    converse(child, ("Number:", child.match.group(1)))
    child.expect("Kids app .vod-sdk-77.")
    child.expect("the whole order: Player SDK, Short Video SDK")
    converse(child, ("to stop:", "5760"))
    child.expect("Factory floor: paid")
    child.expect("Kids app: paid")
    child.expect("2 of 2 paid · CNY 5,760.00")
    child.expect("0 staged · Total CNY 0.00 · balance 3,240.00 · covered")
    child.close()
    assert renewals(tmp_path) == ["iot-060a0bcd", "vod-sdk-77"]


def test_a_plan_tops_up_exactly_what_is_missing(tmp_path: Path) -> None:
    with PracticeCloud.open(open_home(str(tmp_path)).practice) as cloud:
        cloud.reset(account("12.40", instances=[enterprise()]))
    answers(tmp_path, "7")
    out = answers(tmp_path, "3", "1", "1", "").stdout
    assert "Amount (CNY) [3587.60]:" in out
    assert "Total CNY 3,600.00 · balance 3,600.00 · covered" in out


def test_an_open_walk_says_where_it_continues(tmp_path: Path) -> None:
    page = answers(tmp_path, "1", "4", "1", "2", "0").stdout
    assert "1 Walk-through: Renew a license, method 1\n" in page
    after = "1 Walk-through: Renew a license, method 1: continue at step 3 of 6\n"
    assert after in page.partition("Step 3 of 6")[2]


def test_what_to_do_names_the_choices_and_a_draft_can_be_copied(tmp_path: Path) -> None:
    child = terminal(tmp_path, "guide", "P-TICKET", "iot-060a1f3e")
    child.expect("\nCopy:\r\nHelp needed with Boiler house\r\n\r\nAccount: practice")
    child.sendline("0")
    child.expect(pexpect.EOF)
    with PracticeCloud.open(tmp_path / "practice.db") as cloud:
        cloud.top_up(Decimal(1000))
    child = terminal(tmp_path, "guide", "P-PLAN-BUY", "plan-storage-1")
    converse(child, ("1 Pay", "1"), ("to stop:", "ge-1"), ("1 Next", "1"), ("1 Next", "1"))
    converse(child, ("1 Look", "1"))
    child.expect("What to do: Use “Look” to check again later")
    child.expect("“Close unfinished”")
    child.close(force=True)


def test_the_page_of_an_item_writes_its_dates_in_one_form(tmp_path: Path) -> None:
    out = answers(tmp_path, "1", "1", "0", "0").stdout
    assert "Boiler house (iot-060a1f3e): stopped, critical, then released, 23 Nov 12:00" in out
    assert "Data deleted: 23 Nov 12:00 (1 d)" in out
