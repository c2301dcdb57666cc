"""The private parts of Textual 8.2.8 that `tui/display` overrides or uses, and nothing else may.

A test compares each with the installed Textual, so that an upgrade that changes one fails there,
with its use and the effect beside it.
"""

from __future__ import annotations

from typing import NamedTuple


class PrivatePart(NamedTuple):
    """One private name of Textual."""

    owner: str
    """Module and class, `textual.app:App`; a module alone for one of its own names."""
    name: str
    signature: str
    """Of a method; empty for an attribute that instances have."""
    used_for: str
    if_it_changes: str


PRIVATE_PARTS = (
    PrivatePart(
        "textual.content", "divide_line", "(text, width, fold=True)",
        "breaking Chinese lines between characters, not names", "Chinese lines break early",
    ),
    PrivatePart(
        "textual.app:App", "_display", "(self, screen, renderable)",
        "writing differences instead of whole updates",
        "frames are written twice or not at all; `display = \"plain\"` avoids it",
    ),
    PrivatePart(
        "textual.app:App", "_check_bindings", "(self, key, priority=False)",
        "running a key's binding at once where no widget handles the key",
        "keys take one more turn of the event loop",
    ),
    PrivatePart(
        "textual.app:App", "_unnotify", "(self, notification, refresh=True)",
        "taking away notices that would lie over a dialog", "opening a dialog raises",
    ),
    PrivatePart(
        "textual.app:App", "_handle_exception", "(self, error)",
        "reporting a defect of the display as Textual reports its own", "a defect hangs the app",
    ),
    PrivatePart(
        "textual.screen:Screen", "_push_result_callback",
        "(self, requester, callback, future=None)",
        "starting on the main screen, without an empty one before it",
        "switching the account raises",
    ),
    PrivatePart(
        "textual.screen:Screen", "_screen_resized", "(self, size)",
        "laying out once at the start", "the start takes 5 % longer",
    ),
    PrivatePart(
        "textual.screen:Screen", "_on_timer_update", "(self)",
        "painting once where a layout and a repaint are due", "the start takes 5 % longer",
    ),
    PrivatePart(
        "textual.screen:Screen", "_forward_event", "(self, event)",
        "dropping input that was typed before a dialog was drawn",
        "a key typed ahead could answer a confirmation",
    ),
    PrivatePart(
        "textual.message_pump:MessagePump", "_on_message", "(self, message)",
        "dropping what a closing dialog's parts still report", "a closed dialog acts once more",
    ),
    PrivatePart(
        "textual.widget:Widget", "_get_scrollable_region", "(self, region)",
        "knowing before the layout whether a table needs a scrollbar", "tables are laid out twice",
    ),
    PrivatePart(
        "textual.scroll_view:ScrollView", "_size_updated",
        "(self, size, virtual_size, container_size, layout=True)",
        "placing a table's columns before its first painting",
        "the first frame of a table shows no columns",
    ),
    PrivatePart(
        "textual.drivers.linux_driver:LinuxDriver", "_enable_mouse_support", "(self)",
        "switching the mouse on and off while the app runs", "the mouse key does nothing",
    ),
    PrivatePart(
        "textual.drivers.linux_driver:LinuxDriver", "run_input_thread", "(self)",
        "reading keys in the event loop instead of a thread", "keys are read twice",
    ),
    PrivatePart(
        "textual._xterm_parser:XTermParser", "__init__", "(self, debug=False)",
        "parsing input in the event loop", "no keys",
    ),
    PrivatePart(
        "textual._compositor:LayoutUpdate", "__init__", "(self, strips, region)",
        "reading a whole update cell by cell", "no differences are found",
    ),
    PrivatePart(
        "textual._compositor:ChopsUpdate", "__init__", "(self, chops, spans, chop_ends)",
        "reading a partial update cell by cell", "no differences are found",
    ),
)  # fmt: skip

PRIVATE_ATTRIBUTES = {
    "app": (
        "_batch_count", "_running", "_closed", "_screen_stack", "_sync_available", "_driver",
        "_loop", "_notifications",
    ),
    "screen": ("_size", "_layout_required", "_repaint_required", "_dirty_widgets"),
    "driver": (
        "_app", "_loop", "_mouse", "_debug", "_file", "_in_band_window_resize", "_key_thread",
        "_writer_thread", "fileno",
    ),
    "console": ("_color_system",),
    "style": ("_ansi",),
}  # fmt: skip
"""Private attributes that are read or set, by their object (the last two are Rich's)."""
