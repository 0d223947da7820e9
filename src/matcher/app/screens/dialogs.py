"""The small dialogs: choose one of a few answers, type one line, read a text, or make the window larger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from matcher.app.screens.base import Dialog


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers of a dialog: (key, id, words) each."""

    rows: tuple[tuple[str, str, str], ...]

    def by_key(self, key: str | None) -> str | None:
        """The answer that a key stands for."""
        return next((answer for one, answer, _ in self.rows if one == key), None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer chosen in a dialog, and the note where one was asked for."""

    answer: str
    note: str = ""


class ChoiceDialog(Dialog[Chosen]):
    """A question with a few answers, each with its key; `note` adds a line of free words."""

    def __init__(
        self, title: str, text: str, choices: Choices, note: str | None = None, start: str | None = None
    ) -> None:
        super().__init__()
        self._title, self._text, self._choices, self._note, self._start = title, text, choices, note, start

    def compose(self) -> ComposeResult:
        """The words, the answers, the note."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            if self._text:
                with VerticalScroll(can_focus=False, classes="words"):
                    yield Static(Content(self._text))
            yield OptionList(
                *[Option(Content(f"{key}  {words}"), id=answer) for key, answer, words in self._choices.rows],
                markup=False,
            )
            if self._note is not None:
                note = Input(self._note, placeholder="note (no names)", id="note")
                note.cursor_blink = False
                yield note

    def on_mount(self) -> None:
        """Begin on the answers."""
        answers = self.query_one(OptionList)
        answers.focus()
        if self._start:
            answers.highlighted = answers.get_option_index(self._start)

    def on_key(self, event: events.Key) -> None:
        """A key of an answer chooses it, unless a note is being typed."""
        answer = self._choices.by_key(event.character)
        if answer and not isinstance(self.focused, Input):
            event.stop()
            self._close(answer)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Enter on an answer."""
        event.stop()
        self._close(str(event.option_id))

    @on(Input.Submitted)
    def take_note(self, event: Input.Submitted) -> None:
        """Enter in the note takes the answer under the cursor."""
        option = self.query_one(OptionList).highlighted_option
        if option and option.id:
            self._close(option.id)

    def _close(self, answer: str) -> None:
        self.dismiss(Chosen(answer, self.query_one("#note", Input).value.strip() if self._note is not None else ""))


class LineDialog(Dialog[str]):
    """One line to type, checked before it is taken; `check` raises ValueError with what is wrong, in words."""

    def __init__(self, title: str, text: str, value: str, check: Callable[[str], None]) -> None:
        super().__init__()
        self._title, self._text, self._value, self._check = title, text, value, check

    def compose(self) -> ComposeResult:
        """The words, the line, and what is wrong with it."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield Static(Content(self._text))
            line = Input(self._value)
            line.cursor_blink = False
            yield line
            yield Static(Content("Enter accept   Esc back"), classes="message")

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

    BINDINGS = [("escape,enter,q,question_mark,f1", "dismiss(None)", "back")]  # noqa: RUF012

    def __init__(self, title: str, build: Callable[[int], Content]) -> None:
        super().__init__()
        self._title, self._build = title, build

    def compose(self) -> ComposeResult:
        """The text in a box that scrolls."""
        with VerticalScroll(classes="box -large") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Esc back")
            yield Static(id="text")

    def on_mount(self) -> None:
        """Begin where the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Draw for the width at hand, once it is known."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        box = self.query_one(VerticalScroll)
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
