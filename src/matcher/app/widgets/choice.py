"""A field with a few choices and “not recorded”, changed with the arrow keys or by its first letters."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from matcher.app.commands import bindings
from matcher.app.fields import NOT_RECORDED

PAUSE = 1.0  # seconds: a letter so long after the one before belongs to no word that was begun

class Choice(Widget, can_focus=True):
    """One of the choices, or not recorded: which is not the same as “no”."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choice")
    value: reactive[str] = reactive("", always_update=True)

    class Submitted(Message):
        """Enter was pressed on a choice."""

    class Changed(Message):
        """A choice is made: another, or the same again."""

    class NoSuch(Message):
        """A letter or digit was typed that no choice goes on with; `choices` are all there are."""

        def __init__(self, choices: tuple[str, ...]) -> None:
            super().__init__()
            self.choices = choices

    def __init__(self, choices: tuple[str, ...], value: str = "", id: str | None = None, empty: str = NOT_RECORDED) -> None:
        super().__init__(id=id)
        self._empty = empty
        self.choices = ("", *choices)
        self.set_reactive(Choice.value, value if value in self.choices else "")
        self._typed, self._before = "", self.value
        self._astray = False  # whether words are typed that are meant for another field
        self._last = 0.0  # when the key before was pressed

    def render(self) -> Content:
        """The choice between two arrows."""
        return (
            Content(f"‹ {self.value or self._empty} ›")
            if self.has_focus
            else Content(f"  {self.value or self._empty}")
        )

    def watch_value(self) -> None:
        """A choice is made."""
        self.post_message(self.Changed())

    def action_turn(self, by: int, typed: bool = False) -> None:
        """The next or the one before; a space `typed` among words for another field turns nothing."""
        if (typed and self._astray) or self._out_of_sight():
            return
        self._astray = False
        self.value = self.choices[(self.choices.index(self.value) + by) % len(self.choices)]

    def action_clear(self) -> None:
        """Not recorded; after a wrong letter only that is taken back."""
        if self._out_of_sight():
            return
        self.value = self.value if self._astray else ""
        self._astray = False

    def on_key(self, event: events.Key) -> None:
        """Letters choose the next choice that begins with them; Enter submits."""
        sign = event.character or ""
        paused, self._last = event.time - self._last >= PAUSE, event.time
        if paused or not sign.isalpha():
            self._typed = ""
        self._astray = self._astray and not paused
        if event.key == "enter":
            event.stop()
            self.post_message(self.Submitted())
        elif sign.isalpha() and not self._astray:
            event.stop()
            if not self._out_of_sight():
                self._type(sign.lower())
        elif sign.isprintable() and sign.strip():
            event.stop()
            self._stray()

    def on_blur(self) -> None:
        """A word that was begun is at its end."""
        self._typed, self._astray = "", False

    def _out_of_sight(self) -> bool:
        """Whether it was scrolled away: nobody changes what she does not see, so that the key only brings it back."""
        if self.screen.find_widget(self).visible_region:
            return False
        self.scroll_visible(animate=False)
        return True

    def _stray(self) -> None:
        """What is typed is no choice, and the rest of it makes none by chance."""
        self._typed, self._astray = "", True
        self.post_message(self.NoSuch(self.choices[1:]))

    def _type(self, letter: str) -> None:
        """Go on with the word that was begun, else begin one; what no choice begins with changes nothing and is told."""
        here = self.choices.index(self.value)
        following = [*self.choices[here + 1 :], *self.choices[: here + 1]]
        longer = [one for one in (self.value, *following) if self._typed and one.startswith(self._typed + letter)]
        found = longer or [one for one in following if one.startswith(letter)]
        if not self._typed:
            self._before = self.value
        self._typed = (self._typed if longer else "") + letter if found else ""
        self.value = found[0] if found else self._before
        if not found:
            self._stray()
