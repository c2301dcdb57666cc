"""A renewal whose answer never came: it was paid or it was not, and is paid once at most."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise

ACCOUNT = account("9000.00", instances=[enterprise()])


async def renew_into_the_dark(desk: Desk, when: str) -> None:
    """Renew while the line breaks; the outcome is unknown."""
    with desk.cloud() as cloud:
        cloud.fail("renew", when=when)
    await desk.go_to("instances", "iot-060a0bcd")
    await desk.press("r")
    await desk.choose("1 month")
    await desk.confirm("0bcd")
    desk.shows_dialog("0 of 1 paid", "unknown")
    await desk.close()


async def test_it_had_taken_effect(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await renew_into_the_dark(desk, "after")
        assert desk.charged("renewal") == ["300.00"]
        await desk.press("5")
        desk.sees("5 Payments 1", "unknown")
        await desk.press("R")
        desk.shows_dialog("Payment", "paid", "24 Dec 2026")
        await desk.close()
        desk.misses("unknown")
        await desk.press("1")
        assert "24 Dec" in desk.row("iot-060a0bcd")
        assert desk.charged("renewal") == ["300.00"]


async def test_it_had_not_and_is_asked_again_with_the_same_token(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await renew_into_the_dark(desk, "before")
        assert desk.charged("renewal") == []
        await desk.press("R")
        desk.shows_dialog("Ask the cloud again", "The cloud shows no order for this payment yet.")
        await desk.press("escape")
        assert desk.charged("renewal") == []
        await desk.press("R")
        await desk.confirm("0bcd")
        desk.shows_dialog("Payment", "paid")
        await desk.close()
        assert desk.charged("renewal") == ["300.00"]


async def test_renewing_again_meanwhile_sends_nothing_new(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await renew_into_the_dark(desk, "before")
        await desk.press("r")
        desk.shows_dialog("Stopped; nothing was sent")
        await desk.close()
        assert desk.truth["orders"] == []
        await desk.press("5")
        desk.sees("5 Payments 1")


async def test_renewing_again_after_it_had_taken_effect_says_until_when(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await renew_into_the_dark(desk, "after")
        await desk.press("r")
        desk.shows_dialog("Stopped; nothing was sent", "was renewed until 24 Dec 2026")
        await desk.close()
        assert desk.charged("renewal") == ["300.00"]
        desk.misses("unknown")
