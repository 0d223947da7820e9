"""The mark on a trial: which, a note, and whose."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from matcher.app.screens.dialogs import Choices
from matcher.app.screens.signed import SignedDialog
from matcher.session import MARKS

_MARKS = Choices(tuple((mark[0], mark, mark) for mark in MARKS))


class MarkDialog(SignedDialog):
    """The marks with their letters; note and initials may be left empty."""

    WORDS = "note"

    def __init__(self, trial_id: str, words: str) -> None:
        super().__init__(_MARKS)
        self._trial_id, self._words = trial_id, words

    def compose(self) -> ComposeResult:
        """The trial, the marks, the note, the initials."""
        now = self.session.marks.get(self._trial_id)
        yield from self.box("Mark this trial", Content(self._words), "note (no names)", now.note if now else "")

    @property
    def kept_as(self) -> str:
        """A mark."""
        return "mark"

    @property
    def about(self) -> tuple[str, ...]:
        """The trial."""
        return (self._trial_id,)

    @property
    def start(self) -> str | None:
        """The mark it has."""
        now = self.session.marks.get(self._trial_id)
        return now.mark if now else None

    def needed(self, answer: str) -> tuple[str, ...]:
        """Nothing has to be typed."""
        return ()

    def keep(self, answer: str, why: str, by: str) -> None:
        """Keep the mark at once."""
        self.session.mark(self._trial_id, answer, why, by)
        self.session.initials = by or self.session.initials


__all__ = ["MarkDialog"]
