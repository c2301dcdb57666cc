"""A modal screen that ignores input sent before it was drawn."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input, OptionList

from tui.display.key_queue import OrderedKeysApp

_CHILD_MESSAGES = (Button.Pressed, Input.Changed, Input.Submitted, OptionList.OptionSelected)


class GuardedModalScreen(ModalScreen[ScreenResultType]):
    """Drops keys, clicks and pastes until `accept_input`, and its children's messages once it
    closes: they were meant for another screen."""

    def __init__(self) -> None:
        super().__init__()
        self._accepts_input = False

    @property
    def accepts_input(self) -> bool:
        """Whether it has been drawn, so that input is meant for it."""
        return self._accepts_input

    def accept_input(self) -> None:
        """Take input from now on, and drop what was typed before."""
        if isinstance(self.app, OrderedKeysApp):
            self.app.drop_held_keys()
        self._accepts_input = True

    def _forward_event(self, event: events.Event) -> None:
        typed = isinstance(event, events.Key | events.Paste)
        clicked = isinstance(event, events.MouseDown | events.MouseUp | events.Click)
        if self._accepts_input or not (typed or clicked):
            super()._forward_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse actions before it is drawn and while it closes: a key can arrive by way of
        another screen."""
        return self._accepts_input and self.is_active and super().check_action(action, parameters)

    async def _on_message(self, message: Message) -> None:
        if self.is_active or not isinstance(message, _CHILD_MESSAGES):
            await super()._on_message(message)
