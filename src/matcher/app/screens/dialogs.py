"""The small dialogs: choose one of a few answers, type one line, read a text, or make the window larger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from matcher.app.commands import bind
from matcher.app.screens.base import Dialog, Result
from matcher.app.symbols import shown
from matcher.app.widgets.name_input import Line
from matcher.app.widgets.reader import Reader

Commands = tuple[tuple[str, str], ...]  # the names of commands, each with a word for it


class AnswerList(OptionList):
    """Answers one a line; letters are left to the answers, so that here only the keys of dialogs move."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("dialog.next", "cursor_down"), bind("dialog.previous", "cursor_up")]


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers of a dialog: (key, id, words) each."""

    rows: tuple[tuple[str, str, str], ...]

    def by_key(self, key: str | None) -> str | None:
        """The answer that a key stands for."""
        return next((answer for one, answer, _ in self.rows if one == key), None)

    def listed(self) -> OptionList:
        """The answers, one a line."""
        return AnswerList(
            *[Option(Content(f"{key}  {words}"), id=answer) for key, answer, words in self.rows], markup=False
        )


OK = Choices((("o", "ok", "go on"),))
OVER = Choices((("c", "cancel", "leave it as it is"), ("o", "over", "write over it")))
BOTH = Choices((("b", "both", "save both: what you changed, and what the file says now"), *OVER.rows))
LET_GO = Choices((("s", "save", "save first"), ("d", "discard", "go on without saving"), ("c", "cancel", "stay with this patient")))


class Worded(Dialog[Result]):
    """A dialog with words over its answers: a page up or down is one of the words, where they are longer than their room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("dialog.page-down", "page(1)", priority=True),
        bind("dialog.page-up", "page(-1)", priority=True),
    ]

    def action_page(self, by: int) -> None:
        """The words a page further down, or up."""
        for words in self.query(".words").results(VerticalScroll):
            words.scroll_relative(y=by * max(1, words.scrollable_content_region.height - 1), animate=False, force=True)


class ChoiceDialog(Worded[str]):
    """A question with a few answers, each with its key."""

    def __init__(self, title: str, text: str, choices: Choices) -> None:
        super().__init__()
        self._title, self._text, self._choices = title, text, choices

    def compose(self) -> ComposeResult:
        """The words and the answers."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = self.named(("a letter or Enter chooses", ""), ("dialog.close", "back"))
            if self._text:
                with VerticalScroll(can_focus=False, classes="words"):
                    yield Static(Content(self._text))
            yield self._choices.listed()

    def on_mount(self) -> None:
        """Begin on the answers."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A key of an answer chooses it."""
        answer = self._choices.by_key(event.character)
        if answer:
            event.stop()
            self.dismiss(answer)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Enter on an answer."""
        event.stop()
        self.dismiss(str(event.option_id))


class Answers(Worded[Result]):
    """A dialog with answers beside lines to be typed: the arrows turn the answers, also while a line is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("dialog.previous", "turn(-1)", priority=True),
        bind("dialog.next", "turn(1)", priority=True),
    ]

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices

    @on(OptionList.OptionHighlighted)
    def point(self, event: OptionList.OptionHighlighted) -> None:
        """A sign before the answer that Enter would take, for eyes and screens without colour."""
        event.stop()
        for key, answer, words in self._choices.rows:
            sign = self.symbols.right if answer == event.option_id else " "
            event.option_list.replace_option_prompt(answer, Content(f"{sign} {key}  {words}"))

    def action_turn(self, by: int) -> None:
        """The answer above or beneath."""
        answers = self.query_one(OptionList)
        answers.highlighted = ((answers.highlighted or 0) + by) % answers.option_count


class LineDialog(Dialog[str]):
    """One line to type, checked before it is taken; `check` raises ValueError with what is wrong, in words.

    `tell` says beneath the line, wrapped, what the line typed so far stands for; `over` lets what is typed take the place
    of the value.
    """

    def __init__(
        self, title: str, text: str, value: str, check: Callable[[str], None], tell: Callable[[str], str], over: bool = False
    ) -> None:
        super().__init__()
        self._title, self._text, self._value, self._check, self._tell, self._over = title, text, value, check, tell, over

    def compose(self) -> ComposeResult:
        """The words, the line, and what is wrong with it."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = self.named(("Enter", "accept"), ("dialog.close", "back"))
            yield Static(Content(self._text))
            yield Line(self._value, select_on_focus=self._over)
            yield Static(classes="message")

    @on(Input.Changed)
    def follow(self, event: Input.Changed) -> None:
        """Say what the line stands for."""
        message = self.query_one(".message", Static)
        message.remove_class("-wrong")
        message.update(Content(shown(self._tell(event.value.strip()), self.symbols, lines=True)))

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Take the line, or say what is wrong."""
        event.stop()
        try:
            self._check(event.value.strip())
        except ValueError as error:
            message = self.query_one(".message", Static)
            message.add_class("-wrong")
            message.update(Content(str(error)))
            return
        self.dismiss(event.value.strip())


class TextDialog(Dialog[None]):
    """A text to read, built for the width at hand."""

    SCOPE = "text"
    BINDINGS: ClassVar[list[BindingType]] = [bind("text.close", "dismiss(None)")]

    def __init__(self, title: str, build: Callable[[int], Content]) -> None:
        super().__init__()
        self._title, self._build = title, build

    def compose(self) -> ComposeResult:
        """The text in a box that scrolls."""
        with Reader(classes="box -large") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = self.named((f"{self.symbols.up_down} scroll", ""), *self.also, ("dialog.close", "back"))
            yield Static(id="text")

    def on_mount(self) -> None:
        """Begin where the arrow keys scroll."""
        self.query_one(Reader).focus()

    @property
    def also(self) -> Commands:
        """What else can be done from here."""
        return ()

    def on_resize(self) -> None:
        """Draw for the width at hand, once it is known."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        box = self.query_one(Reader)
        self.query_one("#text", Static).update(self._build(max(20, box.scrollable_content_region.width)))


class TooSmall(ModalScreen[None]):
    """The notice that the window is too small to work in."""

    def compose(self) -> ComposeResult:
        """The notice."""
        yield Static(
            Content(
                "matcher needs a window of at least 60 columns by 20 lines.\n"
                "Make the window larger, or the letters smaller."
            )
        )
