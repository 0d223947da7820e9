"""A line to type in, and one in which a name is typed, with the names that may be meant offered beneath it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.validation import ValidationResult
from textual.widget import Widget
from textual.widgets import Input, Static

from matcher.app.commands import bind
from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.theme import FAINT
from matcher.session.suggesting import Suggestion

Offering = Callable[[str], list[Suggestion]]
_AT_MOST = 6


class Offers(Static):
    """The names offered, one a line, the chosen one marked."""

    def show(self, found: list[Suggestion], at: int, symbols: Symbols) -> None:
        """Draw them; nothing is shown where there are none."""
        self.set_class(bool(found), "-open")
        lines = [hung(self._line(one, place == at, symbols), self._room, "", "    ") for place, one in enumerate(found)]
        self.update(stacked(lines) if lines else "")

    def say(self, words: str) -> None:
        """One quiet line in place of the names."""
        self.set_class(bool(words), "-open")
        self.update(hung(styled(words, FAINT), self._room, "  ", "    ") if words else "")

    @property
    def _room(self) -> int:
        around = self.parent if isinstance(self.parent, Widget) else self  # it has no width of its own before it is shown
        return around.scrollable_content_region.width - self.gutter.width

    def _line(self, one: Suggestion, chosen: bool, symbols: Symbols) -> Content:
        name = Content(f"{'›' if chosen else ' '} {shown(one.label, symbols)}")
        by = styled(f"  {shown(one.found_by, symbols)}", FAINT) if one.found_by else Content("")
        return styled(name.plain, "bold $accent") + by if chosen else name + by


class Line(Input):
    """A line to type in, its cursor still; it says so where of several lines pasted only the first is taken."""

    virtual_size = Reactive(Size(0, 0), layout=False)  # a letter more is no reason to lay the whole screen out again

    @dataclass
    class Cut(Message):
        """Of so many lines pasted only the first was taken."""

        lines: int

    def __init__(self, value: str = "", id: str | None = None, placeholder: str = "", select_on_focus: bool = True) -> None:
        super().__init__(value, placeholder, id=id, select_on_focus=select_on_focus)
        self.cursor_blink = False

    def validate(self, value: str) -> ValidationResult | None:
        """Nothing is checked here: that it is right would only give the line other styles."""
        return None

    def on_blur(self) -> None:
        """What is longer than the line is seen from its beginning."""
        self.scroll_to(x=0, animate=False, force=True, immediate=True)

    def on_paste(self, event: events.Paste) -> None:
        """Tell of the lines that have no room here."""
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            self.post_message(self.Cut(len(lines)))


class TurnedLine(Line):
    """A line for one of a few words or something else: while it holds such a word, or nothing, left and right turn them."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("choice.next", "turn(1)"), bind("choice.previous", "turn(-1)")]

    def __init__(self, value: str, id: str, turned: tuple[str, ...]) -> None:
        super().__init__(value, id)
        self._turned = turned

    def action_turn(self, by: int) -> None:
        """The next word, or the one before; among other letters the cursor moves."""
        if self.value and self.value not in self._turned:
            (self.action_cursor_right if by > 0 else self.action_cursor_left)()
            return
        at = self._turned.index(self.value) if self.value else -1 if by > 0 else 0
        self.value = self._turned[(at + by) % len(self._turned)]
        self.cursor_position = len(self.value)


class NameInput(Line):
    """A line with names offered: down and up choose one, Enter or leaving the line takes it, Esc lets go of them."""

    @dataclass
    class Offered(Message):
        """The names offered changed, or which of them is chosen."""

        line: NameInput
        found: list[Suggestion]
        at: int

        @property
        def control(self) -> NameInput:
            """The line."""
            return self.line

    def __init__(self, value: str, offering: Offering, id: str, completing: Callable[[str], str] = lambda typed: "") -> None:
        super().__init__(value, id)
        self._completing = completing
        self._offering = offering
        self._found: list[Suggestion] = []
        self._at = -1
        self._taken = value

    def watch_value(self, value: str) -> None:
        """Offer what may be meant by what is typed so far."""
        if self.has_focus:
            self._offer([] if value == self._taken else self._offering(value)[:_AT_MOST])

    def on_focus(self) -> None:
        """An empty line may have something to offer: the units of the test."""
        if not self.value:
            self._offer(self._offering("")[:_AT_MOST])

    def on_blur(self) -> None:
        """What is chosen is taken, or the one name that can be meant by its beginning; the others are let go of."""
        if self._at >= 0:
            self.take(self._found[self._at].label)
        elif self._found and (whole := self._completing(self.value)):
            self.take(whole)
        self._offer([])

    def on_key(self, event: events.Key) -> None:
        """Choose among the names offered."""
        if not self._found or event.key not in ("down", "up", "enter", "escape") or (event.key == "enter" and self._at < 0):
            return
        event.stop()
        event.prevent_default()
        match event.key:
            case "down":
                self._choose(min(self._at + 1, len(self._found) - 1))
            case "up":
                self._choose(max(self._at - 1, -1))
            case "escape":
                self._offer([])
            case _:
                self.take(self._found[self._at].label)

    @property
    def offers_any(self) -> bool:
        """Whether names are offered for what is typed."""
        return bool(self._found)

    def take(self, label: str) -> None:
        """Put a name in place of what is typed; nothing is offered for it."""
        self._taken = label
        self.value = label
        self.cursor_position = len(label)
        self._offer([])

    def _choose(self, at: int) -> None:
        self._at = at
        self.post_message(self.Offered(self, self._found, at))

    def _offer(self, found: list[Suggestion]) -> None:
        if found or self._found:
            self._found = found
            self._choose(-1)
