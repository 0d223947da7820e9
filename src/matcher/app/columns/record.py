"""The record of one trial, to be read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.layout import styled
from matcher.app.text.record import record_content
from matcher.app.theme import FAINT
from matcher.session.browsing import Shelved


class Reader(VerticalScroll, can_focus=True):
    """A text that scrolls, in the frame of a pane."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_down", show=False, id="list.down"),
        Binding("up", "scroll_up", show=False, id="list.up"),
        Binding("home", "scroll_home", show=False, id="list.first"),
        Binding("end", "scroll_end", show=False, id="list.last"),
        Binding("left", "screen.step_back", show=False, id="list.left"),
        Binding("right", "screen.step_on", show=False, id="list.right"),
    ]


class RecordColumn(Shared, Vertical):
    """The trial under the cursor, as its record has it."""

    def __init__(self) -> None:
        super().__init__(id="record-column", classes="column")
        self.shelved: Shelved | None = None

    def compose(self) -> ComposeResult:
        """The text."""
        with Reader(id="record"):
            yield Static(id="record-text")

    def show(self, shelved: Shelved | None) -> None:
        """Show a record, from its beginning where it is another one."""
        if self.shelved is None or shelved is None or shelved.trial.id != self.shelved.trial.id:
            self.query_one(Reader).scroll_home(animate=False)
        self.shelved = shelved
        self._draw()

    def on_resize(self) -> None:
        """Draw for the width at hand."""
        self._draw()

    def _draw(self) -> None:
        reader, one = self.query_one(Reader), self.shelved
        width = reader.scrollable_content_region.width
        reader.border_title = Content(f"Record {shown(one.trial.id, self.symbols)}" if one else "Record")
        if width < 20:
            return
        content = record_content(one, width, self.symbols) if one else styled("no trial chosen", FAINT)
        self.query_one("#record-text", Static).update(content)


__all__ = ["Reader", "RecordColumn"]
