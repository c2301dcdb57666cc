"""A modal screen that ignores input sent before it was drawn."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input, OptionList

from tui.display.key_queue import DrawnLater, OrderedKeysApp
from tui.display.notices import clear_information

_CHILD_MESSAGES = (Button.Pressed, Input.Changed, Input.Submitted, OptionList.OptionSelected)


class GuardedModalScreen(ModalScreen[ScreenResultType], DrawnLater):
    """Takes no input before `accept_input`: clicks are dropped, and keys and pastes wait in the app
    or are dropped. Once closed, it drops messages of its children.
    """

    DROPS_EARLIER_KEYS = False
    """Whether keys typed before it was drawn are thrown away."""

    def __init__(self) -> None:
        super().__init__()
        self._accepts_input = False

    def on_mount(self) -> None:
        """Remove informational notices, which would cover the dialog."""
        clear_information(self.app)

    @property
    def accepts_input(self) -> bool:
        return self._accepts_input

    def accept_input(self) -> None:
        """Take input from now on, with the held keys unless these are dropped."""
        self._accepts_input = True
        if isinstance(self.app, OrderedKeysApp):
            if self.DROPS_EARLIER_KEYS:
                self.app.drop_held_keys()
            else:
                self.app.pass_held_keys()

    def _forward_event(self, event: events.Event) -> None:
        typed = isinstance(event, events.Key | events.Paste)
        clicked = isinstance(event, events.MouseDown | events.MouseUp | events.Click)
        if self._accepts_input or not (typed or clicked):
            super()._forward_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse actions before the dialog is drawn and while it closes: a key can come through
        another screen."""
        return self._accepts_input and self.is_active and super().check_action(action, parameters)

    async def _on_message(self, message: Message) -> None:
        if self.is_active or not isinstance(message, _CHILD_MESSAGES):
            await super()._on_message(message)
