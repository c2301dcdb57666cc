"""Keys in order: each key reaches what the key before it has brought up.

Keys wait, too, while an action that a key started works on what it will ask, and while a dialog
is not drawn yet: they are for that dialog, never for the screen below it.

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
LONGEST_WAIT = 10.0
"""Seconds after which keys that wait for a dialog are thrown away, and later ones are for the
screen again."""

KeyOrPaste = events.Key | events.Paste


class KeyHandled(Message):
    """Sent after a key along the same way: when it arrives, the key has been handled."""

    def __init__(self, key: KeyOrPaste, *, is_last: bool) -> None:
        """`is_last`: sent after the key was handled, so that it follows what the key brought
        about, such as the press of a button."""
        super().__init__()
        self.key = key
        self.is_last = is_last


class HandlesNoKeys:
    """A widget that leaves keys to their bindings, as do all of its ancestors."""


class DrawnLater:
    """A screen that takes no input before it is drawn."""

    @property
    def accepts_input(self) -> bool:
        """Whether it has been drawn, so that input is meant for it."""
        raise NotImplementedError


class OrderedKeysApp(App[ReturnType]):
    """Holds keys and pastes back until what they are for can take them."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Textual's own, as they come
        self._held: deque[KeyOrPaste] = deque()
        self._none_held = asyncio.Event()
        self._none_held.set()
        self._current: KeyOrPaste | None = None
        self._receiver: MessagePump = self
        self._working = 0
        """How many actions work on what they will ask."""
        self._waited_too_long = False

    def hold_keys(self) -> None:
        """An action began: keys wait until a dialog of it is drawn, or until it ends."""
        self._working += 1
        self._waited_too_long = False

    def release_keys(self) -> None:
        """An action ended."""
        self._working -= 1
        self.pass_held_keys()

    def pass_held_keys(self) -> None:
        """Pass on what waited, if nothing is left to wait for."""
        self._waited_too_long = False
        self.call_later(self._advance_if_idle)

    @property
    def _must_wait(self) -> bool:
        """Whether what the next key is for is not on the screen yet."""
        screen = self.screen
        if isinstance(screen, DrawnLater):
            return not screen.accepts_input
        return self._working > 0 and not self._waited_too_long

    async def on_event(self, event: events.Event) -> None:
        """Pass a key on, or hold it and ask for a reply from the one before."""
        if not isinstance(event, KeyOrPaste):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            if event is self._current and self._held:
                self._request_reply(is_last=True)
            elif event is self._current:
                await self._advance()
        elif self._current is not None or self._must_wait:
            await self._hold(event)
        else:
            await self._pass_on(event)

    async def _hold(self, event: KeyOrPaste) -> None:
        """Keep the key until its turn; what works in every place works at once."""
        if self._must_wait and isinstance(event, events.Key):
            if await super()._check_bindings(event.key, priority=True):
                return
            if not self._held:
                self.set_timer(LONGEST_WAIT, partial(self._give_up, event))
        self._held.append(event)
        self._none_held.clear()
        if len(self._held) == 1:
            self._request_reply()

    def _give_up(self, event: KeyOrPaste) -> None:
        """What a key was for never came."""
        if event in self._held and self._must_wait:
            self.drop_held_keys()
            self._waited_too_long = True

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002
        """Run a binding at once, without bubbling, where no widget would handle the key and no
        earlier message is queued."""
        if await super()._check_bindings(key, priority):
            return True
        return priority and self._can_skip_bubbling and await super()._check_bindings(key)

    @property
    def _can_skip_bubbling(self) -> bool:
        return isinstance(self.focused, HandlesNoKeys) and not self._has_messages_on_the_way

    @property
    def _has_messages_on_the_way(self) -> bool:
        """Whether messages are queued between the focused widget and the app."""
        focused = self.focused
        nodes = focused.ancestors_with_self[:-1] if focused is not None else ()
        return any(node.message_queue_size for node in nodes)

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
        if event.is_forwarded:
            return
        if self._has_messages_on_the_way:
            self._request_reply(is_last=True)  # they can begin an action, which holds keys
        else:
            self._current = None

    async def _advance_if_idle(self) -> None:
        if self._current is None:
            await self._advance()

    async def _advance(self) -> None:
        self._current = None
        while self._held and self._current is None and not self._must_wait:
            await self._pass_on(self._held.popleft())
        if self._current is None and not self._held:
            self._none_held.set()
        elif self._current is not None and not self._none_held.is_set():
            self._request_reply()

    def _request_reply(self, *, is_last: bool = False) -> None:
        """Not every key bubbles up: a box keeps the letters that are typed into it."""
        key = self._current
        if key is not None:
            if self._receiver.post_message(KeyHandled(key, is_last=is_last)):
                self.set_timer(REPLY_TIMEOUT, partial(self._handled, key))
            else:
                self.call_later(self._handled, key)

    async def on_key_handled(self, message: KeyHandled) -> None:
        if message.is_last:
            await self._handled(message.key)
        elif message.key is self._current:
            self._request_reply(is_last=True)

    async def _handled(self, key: KeyOrPaste) -> None:
        if key is self._current:
            await self._advance()
