"""The line in which a list is narrowed as it is typed, with what may be typed beneath it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from matcher.app.widgets.name_input import Line
from matcher.session.narrowing import Offer, completed


class FilterLine(Vertical):
    """The line and its hint; Tab takes the first of what is offered, Enter keeps the line."""

    class Typed(Message):
        """The line says something else."""

    class Kept(Message):
        """Enter: on to the list."""

    def __init__(self) -> None:
        super().__init__(id="filter-line")
        self._offers: list[Offer] = []

    def compose(self) -> ComposeResult:
        """The line, the hint."""
        yield Line(id="filter", placeholder="type to narrow; Esc shows all", select_on_focus=False)
        yield Static(id="filter-hint")

    @property
    def value(self) -> str:
        """What is typed."""
        return self._line.value

    @value.setter
    def value(self, typed: str) -> None:
        self._line.value = typed
        self._line.cursor_position = len(typed)
        self.set_class(bool(typed) or self._line.has_focus, "-open")

    def open(self) -> None:
        """Begin to type."""
        self.add_class("-open")
        self._line.focus()

    def close(self) -> None:
        """Nothing is typed."""
        self.value = ""
        self.remove_class("-open")

    def hint(self, words: Content, offers: list[Offer]) -> None:
        """Say what may be typed."""
        self._offers = offers
        self.query_one("#filter-hint", Static).update(words, layout=False)

    def on_descendant_focus(self) -> None:
        """The hint is shown while she types."""
        self.add_class("-typing")

    def on_descendant_blur(self) -> None:
        """No longer."""
        self.remove_class("-typing")

    def on_key(self, event: events.Key) -> None:
        """Tab completes the word being typed."""
        if event.key == "tab" and self._offers:
            event.stop()
            event.prevent_default()
            self.value = completed(self.value, self._offers[0])

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Tell what is typed."""
        event.stop()
        self.post_message(self.Typed())

    @on(Input.Submitted)
    def keep(self, event: Input.Submitted) -> None:
        """Enter keeps the line and goes to the list; an empty one is closed."""
        event.stop()
        self.set_class(bool(self.value), "-open")
        self.post_message(self.Kept())

    @property
    def _line(self) -> Input:
        return self.query_one("#filter", Input)


__all__ = ["FilterLine"]
