"""The record of one trial, to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.layout import styled
from matcher.app.text.record import record_content
from matcher.app.theme import FAINT
from matcher.app.widgets.reader import Reader
from matcher.session.browsing import Shelved


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


__all__ = ["RecordColumn"]
