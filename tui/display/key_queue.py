"""Keys in order: each key reaches what the key before it has brought up.

Textual 8.2.8 forwards a key to the focused widget, and runs its binding only when the key has
bubbled back up to the app. Keys that arrive together (a slow line, quick fingers, a paste without
brackets) all go to the widget that had the focus at the first of them: of `/r`, the `r`
would renew.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial

from textual import events
from textual.app import App, ReturnType
from textual.message import Message
from textual.message_pump import MessagePump

REPLY_TIMEOUT = 0.2
"""Seconds after which a key whose widget has gone counts as handled."""

KeyOrPaste = events.Key | events.Paste


class KeyHandled(Message):
    """Sent after a key along the same way: when it arrives, the key has been handled."""

    def __init__(self, key: KeyOrPaste) -> None:
        super().__init__()
        self.key = key


class HandlesNoKeys:
    """A widget that leaves keys to their bindings, as do all of its ancestors."""


class OrderedKeysApp(App[ReturnType]):
    """Holds keys and pastes back until the one before them has been handled."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Textual's own, as they come
        self._held: deque[KeyOrPaste] = deque()
        self._none_held = asyncio.Event()
        self._none_held.set()
        self._current: KeyOrPaste | None = None
        self._receiver: MessagePump = self

    async def on_event(self, event: events.Event) -> None:
        """Pass a key on, or hold it and ask for a reply from the one before."""
        if not isinstance(event, KeyOrPaste):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            if event is self._current:
                await self._advance()
        elif self._current is not None:
            self._held.append(event)
            self._none_held.clear()
            if len(self._held) == 1:
                self._request_reply()
        else:
            await self._pass_on(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002
        """Run a binding at once, without bubbling, where no widget would handle the key and no
        earlier message is queued."""
        if await super()._check_bindings(key, priority):
            return True
        return priority and self._can_skip_bubbling and await super()._check_bindings(key)

    @property
    def _can_skip_bubbling(self) -> bool:
        focused = self.focused
        if not isinstance(focused, HandlesNoKeys):
            return False
        return not any(node.message_queue_size for node in focused.ancestors_with_self[:-1])

    def drop_held_keys(self) -> None:
        """Throw away what was typed and has not been passed on."""
        self._held.clear()
        self._none_held.set()

    async def wait_until_none_held(self) -> None:
        """Wait until all held keys are handled, for work that each of them would start again."""
        await self._none_held.wait()

    async def _pass_on(self, event: KeyOrPaste) -> None:
        self._current, self._receiver = event, self.focused or self.screen
        await super().on_event(event)
        if not event.is_forwarded:
            self._current = None

    async def _advance(self) -> None:
        self._current = None
        while self._held and self._current is None:
            await self._pass_on(self._held.popleft())
        if self._current is None:
            self._none_held.set()
        elif not self._none_held.is_set():
            self._request_reply()

    def _request_reply(self) -> None:
        """Not every key bubbles up: a box keeps the letters that are typed into it."""
        key = self._current
        if key is not None:
            sent = self._receiver.post_message(KeyHandled(key))
            self.set_timer(REPLY_TIMEOUT if sent else 0, partial(self._handled, key))

    async def on_key_handled(self, message: KeyHandled) -> None:
        await self._handled(message.key)

    async def _handled(self, key: KeyOrPaste) -> None:
        if key is self._current:
            await self._advance()
