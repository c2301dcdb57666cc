"""The program is killed in the middle of a walk-through, and goes on at the same step."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from store.clouds.practice.cloud import PracticeCloud
from store.home import open_home
from tests.stories.scenarios import account, sdk_license
from tests.terminal.pty import BACKSPACE, ENTER, Terminal


def test_killed_at_the_second_step(tmp_path: Path) -> None:
    home = open_home(str(tmp_path / "home"))
    scenario = account("9000.00", licenses=[sdk_license()])
    with PracticeCloud.open(home.practice) as cloud:
        cloud.reset(json.loads(json.dumps(scenario)))
    with Terminal(home.folder) as terminal:
        terminal.see("2 Licenses 1", "Kids app")
        terminal.press("2w")
        terminal.see_dialog("Renew a license, method 1")
        terminal.press(ENTER)
        terminal.see("step 4 of 6")
        terminal.press(BACKSPACE)
        terminal.see("step 3 of 6")
        terminal.press(BACKSPACE)
        terminal.see("step 2 of 6")
        terminal.press(ENTER)
        terminal.see_dialog("Instance ID as shown in the console")
        terminal.press(ENTER)
        terminal.see("step 4 of 6")
        terminal.press(BACKSPACE)
        terminal.see("step 3 of 6")
        terminal.kill(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(home.folder) as terminal:
        terminal.see("4 Walk-throughs 1")
        terminal.press("4" + ENTER)
        terminal.see("step 3 of 6", "Search the order", "vod-sdk-77")
        terminal.press(ENTER)
        terminal.see("step 4 of 6", "Confirm and pay")
        terminal.press("q")
        assert terminal.end() == 0
    with PracticeCloud.open(home.practice) as cloud:
        assert cloud.show()["orders"] == []
