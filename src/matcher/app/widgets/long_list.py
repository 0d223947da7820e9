"""A bordered list of any length: a row is made only when it is seen, and drawn again only when it changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from matcher.app.commands import bind_in_list
from matcher.app.text.rows import LongRow

_KEPT = 100  # drawn rows that are kept
Build = Callable[[int], Sequence[LongRow]]


class LongList(ScrollView, can_focus=True):
    """Rows of known heights with a cursor; the row under it stays the same when other rows come and go."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_in_list(down="cursor(1)", up="cursor(-1)", page_down="page(1)", page_up="page(-1)", first="first", last="last"),
        Binding("enter", "select", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"long-list--row", "long-list--cursor"}
    DEFAULT_CSS = "LongList { overflow-x: hidden; }"

    virtual_size = Reactive(Size(0, 0), layout=False)  # other rows are no reason to lay the whole screen out again

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, control: LongList, row: str) -> None:
            super().__init__()
            self.row = row
            self._list = control

        @property
        def control(self) -> LongList:
            """The list."""
            return self._list

    class Selected(Moved):
        """Enter, or a click, on the row under the cursor."""

    def __init__(self, title: str, id: str) -> None:
        super().__init__(id=id)
        self.border_title = Content(title)
        self._build: Build = lambda width: ()
        self._rows: Sequence[LongRow] = ()
        self._tops: list[int] = [0]
        self._places: dict[str, int] = {}
        self._cursor: int | None = None
        self._wanted: str | None = None
        self._width = 0
        self._drawn: dict[tuple[LongRow, Style], list[Strip]] = {}
        self._theme = ""

    @property
    def chosen_row(self) -> str | None:
        """The id of the row under the cursor."""
        return self._rows[self._cursor].id if self._cursor is not None else None

    @property
    def first_row(self) -> str | None:
        """The id of the first row that can be chosen."""
        return next(iter(self._places), None)

    def fill(self, build: Build, title: str, subtitle: str = "", chosen: str | None = None) -> None:
        """Show the rows that `build` makes for a width, the cursor on the chosen one or where it was."""
        self._build = build
        for name, words in (("border_title", title), ("border_subtitle", subtitle)):
            if getattr(self, f"_{name}") != Content(words):  # setting it draws the list again
                setattr(self, name, Content(words))
        self._fill(chosen)

    def go_to(self, row: str) -> None:
        """Put the cursor on a row, where it is there; this is not told."""
        self._put(self._places.get(row, self._cursor), tell=False)

    def action_cursor(self, by: int) -> None:
        """The next row, or the one before; from the last to the first."""
        if not self._places:
            return
        place = -1 if self._cursor is None and by > 0 else self._cursor or 0
        for _ in range(len(self._rows)):
            place = (place + by) % len(self._rows)
            if self._rows[place].id:
                break
        self._put(place)
        if by < 0 and place == min(self._places.values()):
            self.scroll_home(animate=False)  # a heading above the first row

    def action_page(self, by: int) -> None:
        """A page on, or back."""
        if self._cursor is not None:
            line = self._tops[self._cursor] + by * max(1, self.scrollable_content_region.height - 1)
            self._put(self._near(min(max(line, 0), self._tops[-1] - 1), by))

    def action_first(self) -> None:
        """The first row."""
        self._put(min(self._places.values(), default=None))
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """The last row."""
        self._put(max(self._places.values(), default=None))

    def action_select(self) -> None:
        """Take the row under the cursor."""
        if self.chosen_row:
            self.post_message(self.Selected(self, self.chosen_row))

    def on_resize(self) -> None:
        """Draw again where the width changed."""
        if self.scrollable_content_region.width - 2 != self._width:
            self._fill()

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a second one takes it."""
        at = event.get_content_offset(self)
        line = at.y + self.scroll_offset.y if at is not None else self._tops[-1]
        place = bisect_right(self._tops, line) - 1
        if line < self._tops[-1] and self._rows[place].id:
            self._put(place)
            if event.chain > 1:
                self.action_select()

    def notify_style_update(self) -> None:
        """Other colours: draw everything again; where only the list is in use or not, the rows look as before."""
        if self._theme != self.app.theme:
            self._theme = self.app.theme
            self._drawn.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One line of the row that is there."""
        line = self.scroll_offset.y + y
        row = self.get_visual_style("long-list--row")
        if line >= self._tops[-1]:
            return Strip.blank(self.scrollable_content_region.width, row.rich_style)
        place = bisect_right(self._tops, line) - 1
        look = self.get_visual_style("long-list--row", "long-list--cursor") if place == self._cursor else row
        key = (self._rows[place], look)
        if key not in self._drawn:
            if len(self._drawn) > _KEPT:
                self._drawn.clear()
            self._drawn[key] = self._strips(*key)
        return self._drawn[key][line - self._tops[place]]

    def _strips(self, row: LongRow, style: Style) -> list[Strip]:
        """The lines of a row, exactly as many as it says."""
        width = self.scrollable_content_region.width
        lines = Content("\n").join([Content(" ") + line for line in row.draw().split(allow_blank=True)])
        strips = Visual.to_strips(self, lines, width, row.height, style, pad=True)
        blank = Strip.blank(width, style.rich_style)
        strips = [*strips, *[blank] * (row.height - len(strips))]
        return [one.extend_cell_length(width, style.rich_style) for one in strips]

    def _fill(self, chosen: str | None = None) -> None:
        width = self.scrollable_content_region.width - 2
        if width < 8:  # hidden: filled once it is seen
            self._width, self._wanted = 0, chosen or self._wanted
            return
        rows = self._build(width)
        kept, place = chosen or self._wanted or self.chosen_row, self._cursor
        self._wanted = None
        if width != self._width:
            self._drawn.clear()
        elif rows and kept == self.chosen_row and list(rows) == list(self._rows):
            return  # they are shown already
        above = self._tops[place] - self.scroll_offset.y if place is not None else 0
        at_top = self.scroll_offset.y == 0
        self._rows, self._width = rows, width
        self._tops = [0, *accumulate(row.height for row in self._rows)]
        self._places = {row.id: number for number, row in enumerate(self._rows) if row.id}
        self._cursor = None
        self.virtual_size = Size(self.scrollable_content_region.width, self._tops[-1])
        self._scroll_update(self.virtual_size)
        found = self._places.get(kept or "", None)
        if found is None and place is not None and self._places:
            found = self._near(self._tops[min(place, len(self._rows) - 1)], 1)
        if found is not None and place is not None:
            self.scroll_to(y=max(0, self._tops[found] - above), animate=False)
        first = min(self._places.values(), default=None)
        self._put(found if found is not None else first, tell=False)
        if at_top and self._cursor == first:
            self.scroll_home(animate=False)  # what stands above the first row grew
        self.refresh()

    def _near(self, line: int, by: int) -> int | None:
        """The row at a line, or the next one that can be chosen, first in the direction of `by`."""
        place = bisect_right(self._tops, line) - 1
        after = [number for number in range(place, len(self._rows)) if self._rows[number].id][:1]
        before = [number for number in range(min(place, len(self._rows) - 1), -1, -1) if self._rows[number].id][:1]
        return next(iter([*after, *before] if by > 0 else [*before, *after]), None)

    def _put(self, place: int | None, tell: bool = True) -> None:
        before, self._cursor = self._cursor, place
        if place is None:
            return
        for one in {before, place} - {None}:
            if one is not None and one < len(self._rows):
                self.refresh_lines(self._tops[one], self._rows[one].height)
        width = self.scrollable_content_region.width
        self.scroll_to_region(Region(0, self._tops[place], width, self._rows[place].height), animate=False, force=True, immediate=True)
        if tell and place != before:
            self.post_message(self.Moved(self, self._rows[place].id))


__all__ = ["LongList"]
