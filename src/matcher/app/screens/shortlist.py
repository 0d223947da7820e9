"""The marked trials of the patient: put in order, noted, written out, and a list written earlier checked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from matcher.app.commands import bindings
from matcher.app.fields import words_of
from matcher.app.handing_over import judge_trial
from matcher.app.screens.base import BaseScreen
from matcher.app.screens.dialogs import LineDialog
from matcher.app.screens.recheck import RecheckScreen
from matcher.app.shortlisting import export_checklist, export_shortlist, is_file, mark_trial, place_words
from matcher.app.symbols import homely, shown
from matcher.app.text.layout import hung, styled
from matcher.app.text.rows import Row
from matcher.app.text.shortlist import shortlist_rows
from matcher.app.theme import FAINT
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.pane import Pane
from matcher.export.recheck import Recheck
from matcher.session.shortlists import last_exported, marked, move, rechecking
from matcher.storage.refusal import InputError


class ShortlistScreen(BaseScreen):
    """The marked trials in the order that she gives them."""

    SCOPE = "shortlist"
    SHOWS_MARKS = True
    BINDINGS = bindings("shortlist")

    class Checked(Message):
        """A list was checked again, or could not be."""

        def __init__(self, found: Recheck | Exception) -> None:
            super().__init__()
            self.found = found

    def compose(self) -> ComposeResult:
        """The line on top, the trials, the keys."""
        yield Static(id="headline")
        yield Pane("Shortlist", id="shortlist")
        yield KeyBar("shortlist")

    def on_mount(self) -> None:
        """Show the trials."""
        self.query_one(Pane).focus()
        self.show()

    def on_screen_resume(self) -> None:
        """What was marked in a dialog shows."""
        super().on_screen_resume()
        self.show()

    def show_marks(self) -> None:
        """What another window marked shows too."""
        self.show()

    def show(self) -> None:
        """Show the marked trials in their order."""
        listed, profile = marked(self.session), self.session.profile
        who = shown(profile.id, self.symbols) if profile else ""
        self.query_one("#headline", Static).update(Content(f" Shortlist {self.symbols.dot} {who} {self.symbols.dot} {len(listed)} marked"))

        empty = f"No trial is marked yet. Go back with {self.key('shortlist.close')}, and mark one with {self.key('main.mark')}."

        def rows(width: int) -> list[Row]:
            found = shortlist_rows(listed, width, self.symbols, self.today)
            return found or [Row(hung(styled(empty, FAINT), width))]

        self.query_one(Pane).fill(rows)

    def action_move_up(self) -> None:
        """The trial one place further up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """The trial one place further down."""
        self._move(1)

    def action_mark(self) -> None:
        """Another mark, another note, or no mark."""
        if self._trial:
            mark_trial(self.matcher, self._trial)

    def action_export(self) -> None:
        """Write the shortlist in one of its forms."""
        export_shortlist(self.matcher)

    def action_checklist(self) -> None:
        """Write the visit checklist of the trial under the cursor."""
        if self._trial:
            export_checklist(self.matcher, self._trial)

    def action_recheck(self) -> None:
        """Ask for a list that was exported, and check it again."""
        start = last_exported(self.session)
        dialog = LineDialog("Check a shortlist again", "The TOML file of a shortlist that was exported:", homely(start) if start else "", is_file, place_words)
        self.matcher.push_screen(dialog, self._recheck)

    def action_close(self) -> None:
        """Back to the trials."""
        self.dismiss()

    def action_step_back(self) -> None:
        """There is no pane on the left."""

    def action_step_on(self) -> None:
        """There is no pane on the right."""

    @on(OptionList.OptionSelected, "#shortlist")
    def open_trial(self, event: OptionList.OptionSelected) -> None:
        """Enter on a trial shows it on the main screen."""
        judge_trial(self.matcher, str(event.option_id))

    def on_shortlist_screen_checked(self, message: Checked) -> None:
        """Show what changed, or why it cannot be told."""
        if isinstance(message.found, Recheck):
            self.matcher.push_screen(RecheckScreen(message.found))
        else:
            self.matcher.tell("Not checked", words_of(message.found))

    @property
    def _trial(self) -> str:
        return self.query_one(Pane).chosen_row or ""

    def _move(self, by: int) -> None:
        if self._trial and move(self.session, self._trial, by):
            self.show()

    def _recheck(self, typed: str | None) -> None:
        if typed is None:
            return
        try:
            work = rechecking(self.session, Path(typed).expanduser())
        except (InputError, ValueError, OSError) as error:
            self.matcher.tell("Not checked", words_of(error))
        else:
            self.matcher.toast(f"checking again{self.symbols.ellipsis}")
            self._check(work)

    @work(thread=True, exclusive=True, group="recheck", exit_on_error=False)
    def _check(self, job: Callable[[], Recheck]) -> None:
        try:
            self.post_message(self.Checked(job()))
        except Exception as error:  # told in a dialog
            self.post_message(self.Checked(error))


__all__ = ["ShortlistScreen"]
