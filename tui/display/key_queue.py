"""Delivers keys in order: a key waits for what the key before it opens.

Keys also wait while an action that a key has started prepares its question, and until a dialog is
drawn: they are for that dialog, never for the screen below it.

Textual 8.2.8 forwards a key to the focused widget, and runs its binding only after the key has
bubbled up to the app. Keys that arrive together (on a slow line, by fast typing, in an unbracketed
paste) all go to the widget that had the focus at the first one: of `/r`, the `r` would renew.
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
"""Seconds after which a key whose widget is gone counts as handled."""
LONGEST_WAIT = 10.0
"""Seconds after which keys that wait for a dialog are thrown away, and later keys go to the
screen."""

KeyOrPaste = events.Key | events.Paste


class KeyHandled(Message):
    """Follows a key on the same path: when it arrives, the key has been handled."""

    def __init__(self, key: KeyOrPaste, *, is_last: bool) -> None:
        """`is_last`: sent after the key was handled, so that it follows the effects of the key,
        such as the press of a button."""
        super().__init__()
        self.key = key
        self.is_last = is_last


class HandlesNoKeys:
    """A widget that handles keys by bindings only, as do all its ancestors."""


class DrawnLater:
    """A screen that takes no input before it is drawn."""

    @property
    def accepts_input(self) -> bool:
        """Whether the screen has been drawn, so that input is meant for it."""
        raise NotImplementedError


class OrderedKeysApp(App[ReturnType]):
    """Holds keys and pastes back until the widget or screen that they are for can take them."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Textual's own, as they come
        self._held: deque[KeyOrPaste] = deque()
        self._none_held = asyncio.Event()
        self._none_held.set()
        self._current: KeyOrPaste | None = None
        self._receiver: MessagePump = self
        self._working = 0
        """The number of running actions that hold keys."""
        self._waited_too_long = False

    def hold_keys(self) -> None:
        """Let keys wait for an action that begins, until its dialog is drawn or it ends."""
        self._working += 1
        self._waited_too_long = False

    def release_keys(self) -> None:
        """Let keys wait for one action less, since it has ended."""
        self._working -= 1
        self.pass_held_keys()

    def pass_held_keys(self) -> None:
        """Pass on held keys, unless there is still something to wait for."""
        self._waited_too_long = False
        self.call_later(self._advance_if_idle)

    @property
    def _must_wait(self) -> bool:
        """Whether the next key has to wait for a screen that is not drawn yet."""
        screen = self.screen
        if isinstance(screen, DrawnLater):
            return not screen.accepts_input
        return self._working > 0 and not self._waited_too_long

    async def on_event(self, event: events.Event) -> None:
        """Pass a key on, or hold it and wait until the key before it is handled."""
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
        """Hold the key until its turn; keys with priority bindings act at once."""
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
        """Stop waiting for a dialog that has not come, and drop the held keys."""
        if event in self._held and self._must_wait:
            self.drop_held_keys()
            self._waited_too_long = True

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002
        """Run a binding at once, without bubbling, if no widget would handle the key and no earlier
        message is queued."""
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
        """Throw away keys that have not been passed on."""
        self._held.clear()
        self._none_held.set()

    async def wait_until_none_held(self) -> None:
        """Wait until all held keys are handled, before work that each of them would restart."""
        await self._none_held.wait()

    async def _pass_on(self, event: KeyOrPaste) -> None:
        self._current, self._receiver = event, self.focused or self.screen
        await super().on_event(event)
        if event.is_forwarded:
            return
        if self._has_messages_on_the_way:
            self._request_reply(is_last=True)  # they can start an action that holds keys
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
        """Send `KeyHandled` after the current key. Keys need not bubble up: an input box keeps
        letters."""
        key = self._current
        if key is not None:
            if self._receiver.post_message(KeyHandled(key, is_last=is_last)):
                self.set_timer(REPLY_TIMEOUT, partial(self._finish_key, key))
            else:
                self.call_later(self._finish_key, key)

    async def on_key_handled(self, message: KeyHandled) -> None:
        if message.is_last:
            await self._finish_key(message.key)
        elif message.key is self._current:
            self._request_reply(is_last=True)

    async def _finish_key(self, key: KeyOrPaste) -> None:
        if key is self._current:
            await self._advance()
