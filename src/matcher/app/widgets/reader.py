"""A text that scrolls with the keys of the lists."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from matcher.app.commands import bind_in_list


class Reader(VerticalScroll, can_focus=True):
    """A text to be read, a line or a page at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bind_in_list(
        down="scroll_down", up="scroll_up", page_down="page_down", page_up="page_up", first="scroll_home", last="scroll_end"
    )


__all__ = ["Reader"]
