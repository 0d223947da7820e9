"""Choosing a patient, or beginning a new one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from matcher.app.screens.base import Dialog
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.patient import profile_words
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT
from matcher.app.widgets.pane import Pane
from matcher.model.profile import ID_PATTERN
from matcher.session import ProfileFile


class ChoosePatient(Dialog[Path | str]):
    """The patients in the folder, found by typing; the answer is a file, or the code of a new patient."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", show=False),
        Binding("ctrl+n", "begin", "new patient"),
    ]

    def compose(self) -> ComposeResult:
        """A line to type in, and the patients."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("Choose a patient")
            box.border_subtitle = Content("type to find   Enter open   Ctrl+N new code   Esc back")
            line = Input(placeholder="find by code, or type a new code")
            line.cursor_blink = False
            yield line
            yield Pane("", id="patients")
            yield Static(classes="message")

    def on_mount(self) -> None:
        """Read the folder."""
        self._files = self.session.profiles()
        self._draw()
        self.query_one(Input).focus()

    @on(Input.Changed)
    def narrow(self) -> None:
        """Show those that hold what is typed."""
        self._draw()

    @on(Input.Submitted)
    def open_first(self, event: Input.Submitted) -> None:
        """Enter in the line opens the patient under the cursor, or begins a new one where none is left."""
        event.stop()
        row = self.query_one(Pane).chosen_row
        if row:
            self._open(row)
        else:
            self.action_begin()

    @on(OptionList.OptionSelected)
    def open_row(self, event: OptionList.OptionSelected) -> None:
        """Enter on a patient."""
        event.stop()
        self._open(str(event.option_id))

    def action_to_list(self) -> None:
        """From the line down into the patients."""
        pane = self.query_one(Pane)
        pane.focus()
        pane.action_cursor_down()

    def action_begin(self) -> None:
        """Begin a new patient under the code typed."""
        code = self.query_one(Input).value.strip()
        if re.match(ID_PATTERN, code):
            self.dismiss(code)
        else:
            self._say(
                "Type a code first: up to 40 letters, digits, . _ or -, beginning with a letter or digit; never a name."
            )

    def _open(self, row: str) -> None:
        found = self._files[int(row)]
        if found.problem:
            self._say(shown(found.problem, self.symbols))
        else:
            self.dismiss(found.path)

    def _say(self, words: str) -> None:
        message = self.query_one(".message", Static)
        message.add_class("-wrong")
        message.update(Content(words))

    def _draw(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        kept = [
            (place, one)
            for place, one in enumerate(self._files)
            if all(word in f"{one.name} {self._summary(one)}".casefold() for word in words)
        ]
        self.query_one(Pane).fill(
            lambda width: [Row(self._line(one, width), str(place)) for place, one in kept] or [self._none()], first=True
        )

    def _line(self, one: ProfileFile, width: int) -> Content:
        name = Content(shown(one.name, self.symbols))
        if one.problem:
            return stacked([name, hung(styled(shown(one.problem, self.symbols), "$excludes"), width, "  ", "  ")])
        return hung(name + styled(f"  {shown(self._summary(one), self.symbols)}", FAINT), width, "", "  ")

    def _summary(self, one: ProfileFile) -> str:
        return profile_words(one.profile, self.symbols) if one.profile else ""

    def _none(self) -> Row:
        return Row(styled("no such patient; Ctrl+N begins a new one under this code", FAINT))
