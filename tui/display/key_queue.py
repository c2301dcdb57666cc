"""Keys one after another: each reaches what the one before it has brought up.

Textual 8.2.8 forwards a key to the widget in focus, and what it is bound to happens only when
it has climbed back to the app. Keys that arrive together (a slow line, a quick hand, a paste
without brackets) all go to what had the focus at the first of them: of `/r`, the `r` renews.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial

from textual import events
from textual.app import App, ReturnType
from textual.message import Message
from textual.message_pump import MessagePump

UNTIL_LOST = 0.2
"""Seconds after which what was sent after a key is given up: its widget has gone with it."""

Typed = events.Key | events.Paste


class CameAfter(Message):
    """Sent after a key the way that the key takes: when it arrives, the key has been minded."""

    def __init__(self, key: Typed) -> None:
        super().__init__()
        self.key = key


class MindsNoKeys:
    """A widget that leaves keys to what they are bound to, as does all that it stands in."""


class KeysInOrder(App[ReturnType]):
    """Holds what is typed back until the key before it has been minded."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Textual's own, as they come
        self._held: deque[Typed] = deque()
        self._none_held = asyncio.Event()
        self._none_held.set()
        self._under_way: Typed | None = None
        self._went_to: MessagePump = self

    async def on_event(self, event: events.Event) -> None:
        """Pass a key on; or hold it, and ask for word from the one under way."""
        if not isinstance(event, Typed):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            if event is self._under_way:
                await self._go_on()
        elif self._under_way is not None:
            self._held.append(event)
            self._none_held.clear()
            if len(self._held) == 1:
                self._ask_for_word()
        else:
            await self._pass_on(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002
        """Where nobody else would mind the key and nothing is on its way that came before it,
        what it is bound to happens at once, not when it has climbed back."""
        if await super()._check_bindings(key, priority):
            return True
        return priority and self._is_quiet and await super()._check_bindings(key)

    @property
    def _is_quiet(self) -> bool:
        focused = self.focused
        if not isinstance(focused, MindsNoKeys):
            return False
        on_the_way = focused.ancestors_with_self[:-1]
        return not any(node.message_queue_size for node in on_the_way)

    def forget_held(self) -> None:
        """Throw away what was typed and has not been passed on."""
        self._held.clear()
        self._none_held.set()

    async def no_key_held(self) -> None:
        """Wait until all keys that were held back are minded: for what each of them would have
        done anew."""
        await self._none_held.wait()

    async def _pass_on(self, event: Typed) -> None:
        self._under_way, self._went_to = event, self.focused or self.screen
        await super().on_event(event)
        if not event.is_forwarded:
            self._under_way = None

    async def _go_on(self) -> None:
        self._under_way = None
        while self._held and self._under_way is None:
            await self._pass_on(self._held.popleft())
        if self._under_way is None:
            self._none_held.set()
        elif not self._none_held.is_set():
            self._ask_for_word()

    def _ask_for_word(self) -> None:
        """Not every key climbs back: a box keeps the letters that are typed into it."""
        key = self._under_way
        if key is not None:
            sent = self._went_to.post_message(CameAfter(key))
            self.set_timer(UNTIL_LOST if sent else 0, partial(self._minded, key))

    async def on_came_after(self, message: CameAfter) -> None:
        await self._minded(message.key)

    async def _minded(self, key: Typed) -> None:
        if key is self._under_way:
            await self._go_on()
