"""Keys that are typed faster than dialogs are drawn, in a real terminal."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import prepared_session
from tests.stories.scenarios import account, enterprise
from tests.terminal.paying import PROOF, a_home, charges
from tests.terminal.pty import ENTER, Terminal


def test_what_is_typed_behind_a_key_is_for_its_dialog(tmp_path: Path) -> None:
    with Terminal(a_home(tmp_path / "home")) as terminal:
        terminal.see("1 Instances 1", "stops")
        terminal.press(f"NLi Wei{ENTER}call first{ENTER}:top up{ENTER}1,000{ENTER}")
        terminal.see("CNY 1,000.00 added", "10,999.00")
        terminal.press("N")
        terminal.see("› Li Wei", "› call first")


def test_what_is_typed_before_the_form_is_drawn_pays_nothing(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with Terminal(home) as terminal:
        terminal.see("1 Instances 1", "stops")
        terminal.press(f"r{PROOF}{ENTER}{ENTER}2q")
        terminal.see("Renew Factory floor", "3,600.00", "Cancel")
        terminal.settle()
        assert f"› {PROOF}" not in terminal.text
        assert "1 Instances" in terminal.text
        assert charges(home) == 0
        terminal.press(f"{PROOF}{ENTER}{ENTER}")
        terminal.see("1 of 1 paid")
        assert charges(home) == 1


def test_a_payment_takes_seven_keys_from_its_row(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with Terminal(home) as terminal:
        terminal.see("1 Instances 1", "stops")
        keys = ["r", *PROOF.upper(), ENTER, ENTER]
        terminal.press(keys[0])
        terminal.see("then press Enter twice")
        terminal.settle()
        terminal.press("".join(keys[1:]))
        terminal.see("1 of 1 paid", "24 Nov 2027")
        assert len(keys) <= 7
        assert charges(home) == 1


def test_a_page_down_behind_the_key_of_a_pane_turns_a_whole_page(tmp_path: Path) -> None:
    lines = [enterprise(f"iot-{n:03}", name=f"Line {n:03}") for n in range(100)]
    prepared_session(tmp_path, account(instances=lines)).close()
    with Terminal(tmp_path, columns=120, lines=40) as terminal:
        terminal.see("1 Instances 100", "? keys")
        terminal.press("1" + "\x1b[6~" * 2)
        terminal.see("iot-070")
        assert "iot-010" not in terminal.text
