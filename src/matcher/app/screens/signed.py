"""Answers with a line of words and one of initials beneath them: how verdicts are given and trials are marked."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from matcher.app.commands import bind
from matcher.app.keeping import LOST, Keeping
from matcher.app.screens.dialogs import Answers
from matcher.app.symbols import shown
from matcher.app.widgets.name_input import Line
from matcher.model.patterns import pattern_of
from matcher.storage.refusal import InputError
from matcher.storage.typed_rows import TypedRow

_QUOTED = pattern_of(r'"([^"]{24})[^"]{8,}"')  # what is refused stands in its line: here it need not be whole


class SignedDialog(Keeping, Answers[str]):
    """A letter chooses an answer and goes on to the lines; nothing is kept before Enter in a line, and what is wrong stays to be mended."""

    WORDS: ClassVar[str] = "reason"  # what the first line is called

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("dialog.next-field", "other_line", priority=True),
        bind("dialog.close", "leave"),
    ]

    def box(self, title: str, words: Content, hint: str, typed: str) -> ComposeResult:
        """The words, the answers, the lines; `hint` says what is to be typed in the first of them."""
        with Vertical(classes="box") as box:
            box.border_title = Content(title)
            letters = " ".join(key for key, _, _ in self._choices.rows)
            box.border_subtitle = self.named((letters, "choose"), ("dialog.next-field", "next line"), ("Enter", "record"), ("dialog.close", "back"))
            with VerticalScroll(can_focus=False, classes="words"):
                yield Static(words)
            yield self._choices.listed()
            for name, label, placeholder, value in (("why", self.WORDS, hint, typed), ("by", "initials", "your initials", self.matcher.her_initials)):
                with Horizontal(classes="line"):
                    yield Static(label)
                    yield Line(value, name, placeholder, select_on_focus=False)
            yield Static(classes="message")

    @property
    @abstractmethod
    def about(self) -> tuple[str, ...]:
        """The trial, and its criteria where it is about them."""

    @property
    def start(self) -> str | None:
        """The answer to begin on; None for the first."""
        return None

    @abstractmethod
    def needed(self, answer: str) -> tuple[str, ...]:
        """The lines, "why" and "by", that an answer needs filled in."""

    @abstractmethod
    def keep(self, answer: str, why: str, by: str) -> None:
        """Keep what was answered; InputError says what is wrong with the words or the initials."""

    def on_mount(self) -> None:
        """Begin on the answers, or where she was when matcher was lost."""
        answers, before = self.query_one(OptionList), self.typed_before(*self.about)
        self._was = self._lines()
        answers.focus()
        start = before.get("answer") or self.start
        answers.highlighted = next((place for place, (_, one, _) in enumerate(self._choices.rows) if one == start), 0)
        for name, text in before.items():
            if name in self._was:
                self.query_one(f"#{name}", Input).value = text
        if before:
            self.query_one(".message", Static).update(Content(LOST.format("Enter", self.key("dialog.close"))))
            self.query_one("#why", Input).focus()
            self.told_already()

    @on(Input.Changed)
    def keep_line(self) -> None:
        """Something was typed in a line."""
        self.keep_soon()

    def typed(self) -> TypedRow | None:
        """The answer and the lines, where something is typed in them."""
        lines, option = self._lines(), self.query_one(OptionList).highlighted_option
        if lines == self._was:
            return None
        texts = {"answer": str(option.id) if option else "", **lines}
        return TypedRow(listed=self.kept_as, place=0, field="why", was=self._was, texts=texts, about=self.about)

    def _lines(self) -> dict[str, str]:
        return {str(one.id): one.value for one in self.query(Input)}

    def on_key(self, event: events.Key) -> None:
        """A letter of an answer chooses it and goes on to the first line it needs, unless a line is being typed."""
        answer = self._choices.by_key(event.character)
        if answer and not isinstance(self.focused, Input):
            event.stop()
            answers = self.query_one(OptionList)
            answers.highlighted = answers.get_option_index(answer)
            self.query_one(f"#{(*self.needed(answer), 'why')[0]}", Input).focus()

    def action_leave(self) -> None:
        """Back; words that were typed go only if she says so twice."""
        if self.lets_go("Enter", lambda words: self.query_one(".message", Static).update(Content(words))):
            self.dismiss(None)

    def action_other_line(self) -> None:
        """From the answers to the words, then to the initials, then to the words again."""
        self.query_one("#by" if self.focused is self.query_one("#why") else "#why", Input).focus()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def record(self, event: OptionList.OptionSelected | Input.Submitted) -> None:
        """Enter goes on to a line that is needed and empty, then keeps the answer, or says what is wrong."""
        event.stop()
        option, why, by = self.query_one(OptionList).highlighted_option, self.query_one("#why", Input), self.query_one("#by", Input)
        if option is None or option.id is None:
            return
        empty = [line for line in (why, by) if line.id in self.needed(option.id) and not line.value.strip()]
        if empty and empty[0] is not self.focused:
            empty[0].focus()
            return
        try:
            self.keep(option.id, why.value.strip(), by.value.strip())
        except InputError as error:
            message = self.query_one(".message", Static)
            message.add_class("-wrong")
            self.query_one(".box").add_class("-refused")
            short = _QUOTED.sub(rf'"\1{self.symbols.ellipsis}"', str(error))
            message.update(Content(shown(f"Not recorded. {short}", self.symbols)))
            (by if "initials" in str(error) else why).focus()
        else:
            self.dismiss(option.id)


__all__ = ["SignedDialog"]
