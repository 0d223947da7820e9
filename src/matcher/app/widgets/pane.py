"""A bordered list of rows that is drawn again for every width and keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from matcher.app.commands import bind_in_list
from matcher.app.text.rows import Row


class Pane(OptionList):
    """A list of rows built for the width at hand; the row under the cursor stays the same across redrawing."""

    BINDINGS: ClassVar[list[BindingType]] = bind_in_list(down="cursor_down", up="cursor_up", page_down="page_down", page_up="page_up", first="first", last="last")

    # Its height is the screen's to give: other rows are no reason to lay the whole screen out again.
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, title: str, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.border_title = Content(title)
        self._build: Callable[[int], list[Row]] | None = None
        self._drawn_width = 0
        self._rows: list[Row] = []
        self._wanted: str | None = None

    @property
    def chosen_row(self) -> str | None:
        """The id of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option else None

    def fill(self, build: Callable[[int], list[Row]], title: str | None = None, first: bool = False) -> None:
        """Show the rows that `build` makes for a width; `first` puts the cursor on the first of them."""
        self._build = build
        if title is not None and self._border_title != Content(title):  # setting it draws the list again
            self.border_title = Content(title)
        if first:
            self.highlighted = None
            self.scroll_home(animate=False)
        self.redraw()

    def redraw(self) -> None:
        """Draw the rows again for the present width."""
        width = self.scrollable_content_region.width - 2
        self._drawn_width = width if width >= 8 else 0  # what is hidden is drawn once it is seen
        if self._build is None or width < 8:
            return
        rows, kept, place = self._build(width), self._wanted or self.chosen_row, self.highlighted
        self._wanted = None
        with self.prevent(OptionList.OptionHighlighted):
            if not self._shows(rows):
                self._rows = rows
                self.set_options([Option(row.content, id=row.id or None, disabled=not row.id) for row in rows])
                self._put_cursor(kept, place)
            elif place is None:
                self._put_cursor(kept, place)

    def action_cursor_down(self) -> None:
        """The next row; from the last one nowhere, so that what is typed next is not for the first."""
        place = self.highlighted
        super().action_cursor_down()
        if place is not None and self.highlighted is not None and self.highlighted < place:
            self.highlighted = place

    def action_cursor_up(self) -> None:
        """The row before; from the first one nowhere."""
        place = self.highlighted
        super().action_cursor_up()
        if place is not None and self.highlighted is not None and self.highlighted > place:
            self.highlighted = place
            self.scroll_home(animate=False)  # a heading above the first row

    def go_to(self, row: str) -> None:
        """Put the cursor on a row, where it is there; while nothing is drawn yet, once it is."""
        if row in self._id_to_option:
            self.highlighted = self.get_option_index(row)
        elif not self._drawn_width:
            self._wanted = row

    def on_resize(self, event: events.Resize) -> None:
        """Draw again where the width changed."""
        if self.scrollable_content_region.width - 2 != self._drawn_width:
            self.redraw()

    async def _on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a second one takes it."""
        event.prevent_default()
        place = event.style.meta.get("option")
        if place is not None and not self.options[place].disabled:
            self.highlighted = place
            if event.chain > 1:
                self.action_select()

    def _shows(self, rows: list[Row]) -> bool:
        """Whether these are the rows that are shown already: drawing them again would cost most of what a key may take."""
        return len(rows) == len(self._rows) and all(
            one.id == shown.id and one.content.is_same(shown.content) for one, shown in zip(rows, self._rows, strict=True)
        )

    def _put_cursor(self, kept: str | None, place: int | None) -> None:
        if kept is not None and kept in self._id_to_option:
            self.highlighted = self.get_option_index(kept)
            return
        self.action_first()
        if place is not None and self.option_count:
            near = min(place, self.option_count - 1)
            if not self.options[near].disabled:
                self.highlighted = near
