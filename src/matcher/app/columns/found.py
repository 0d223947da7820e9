"""The trials found: the line in which words are typed, the filters in words, the list."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.layout import styled
from matcher.app.text.record import HIT_LINES, hit_row
from matcher.app.text.rows import LongRow
from matcher.app.theme import FAINT
from matcher.app.widgets.long_list import LongList
from matcher.app.widgets.name_input import Line
from matcher.session.searching import Found
from matcher.storage.search import Hit

MORE, ALL = "\x1fmore", "\x1fall"


class FoundColumn(Shared, Vertical):
    """What is searched for, and what was found."""

    class Typed(Message):
        """Other words are searched for."""

    class Chosen(Message):
        """Another trial is under the cursor."""

        def __init__(self, trial_id: str) -> None:
            super().__init__()
            self.trial_id = trial_id

    class Opened(Chosen):
        """Enter on a trial."""

    class More(Message):
        """The next page is asked for."""

    class Everywhere(Message):
        """The same words are to be searched for without any filter."""

    def __init__(self) -> None:
        super().__init__(id="found-column", classes="column -here")
        self._hits: list[Hit] = []
        self._total: int | None = 0
        self._beyond: int | None = 0
        self.confirmed: Mapping[str, tuple[int, int]] = {}

    def compose(self) -> ComposeResult:
        """The line, the filters, the list."""
        yield Line(id="words", placeholder='words, or "a phrase"; Enter: to the trials')
        yield Static(id="filters")
        yield LongList("Trials", id="found")

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one("#words", Input).value

    @property
    def count(self) -> int:
        """How many trials are listed."""
        return len(self._hits)

    @property
    def chosen(self) -> str:
        """The trial under the cursor; "" for none."""
        row = self.query_one(LongList).chosen_row
        return row if row and row not in (MORE, ALL) else ""

    def begin(self) -> None:
        """To the line."""
        self.query_one("#words", Input).focus()

    def say(self, words: str) -> None:
        """The filters in words."""
        self.query_one("#filters", Static).update(styled(f" {shown(words, self.symbols)}", FAINT))

    def show(self, found: Found, *, more: bool = False, beyond: int | None = 0) -> None:
        """Show what was found, or one page more of it; behind the last, how many there are `beyond` the filters with it."""
        before = len(self._hits) if more else 0
        self._hits = [*self._hits, *found.hits] if more else list(found.hits)
        self._total, self._beyond = found.total, beyond
        chosen = self._hits[before].id if before < len(self._hits) else None
        self._fill(chosen)
        if chosen:
            self.post_message(self.Chosen(chosen))

    def _fill(self, chosen: str | None) -> None:
        total = "many, the newest first" if self._total is None else f"{self._total:,}"
        hits = list(self._hits)

        def rows(width: int) -> list[LongRow]:
            listed = [self._row(hit, width) for hit in hits]
            if self._total is None or self._total > len(hits) > 0:
                rest = f"{len(hits)} are shown; Enter shows more"
                listed.append(LongRow(MORE, 1, lambda: styled(rest, FAINT)))
            elif self._beyond != self._total:
                listed.append(self._without_filters())
            words = self.words.split()
            hint = f"; {words[0]}* finds every word that begins so" if len(words) > 1 and words[0].isalpha() else ""
            return listed or [LongRow("", 1, lambda: styled(f"no such trial{hint}", FAINT))]

        self.query_one(LongList).fill(rows, f"Trials {self.symbols.rule} {total} found", chosen=chosen)

    def _without_filters(self) -> LongRow:
        number = None if self._beyond is None else self._beyond - (self._total or 0)
        count = "many" if number is None else f"{number:,}"
        said = f"{f'{count} more' if self._total else f'none of these; {count}'} of any status, without filters: Enter shows {'it' if number == 1 else 'them'}"
        return LongRow(ALL, 1, lambda: styled(said, FAINT))

    def _row(self, hit: Hit, width: int) -> LongRow:
        def draw() -> Content:
            return hit_row(hit, self.confirmed.get(hit.id), width, self.symbols)

        return LongRow(hit.id, HIT_LINES, draw)

    @on(Input.Changed, "#words")
    def search(self) -> None:
        """Each key searches."""
        self.post_message(self.Typed())

    @on(Input.Submitted, "#words")
    def go_to_list(self, event: Input.Submitted) -> None:
        """Enter goes on to the trials."""
        event.stop()
        self.query_one(LongList).focus()

    def on_key(self, event: events.Key) -> None:
        """Down goes from the line to the trials."""
        if event.key == "down" and isinstance(self.screen.focused, Input):
            event.stop()
            self.query_one(LongList).focus()

    @on(LongList.Moved)
    def choose(self, event: LongList.Moved) -> None:
        """The record of the trial under the cursor is shown."""
        event.stop()
        if isinstance(event, LongList.Selected):
            beside = {MORE: self.More, ALL: self.Everywhere}.get(event.row)
            self.post_message(beside() if beside else self.Opened(event.row))
        elif event.row not in (MORE, ALL):
            self.post_message(self.Chosen(event.row))


__all__ = ["FoundColumn"]
