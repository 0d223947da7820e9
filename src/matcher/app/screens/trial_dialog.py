"""A text about the chosen trial, over the main screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from matcher.app.screens.dialogs import TextDialog
from matcher.app.shortlisting import mark_trial


class TrialDialog(TextDialog):
    """A text about the chosen trial, which can be marked from here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mark", "mark", show=False),
        Binding("question_mark", "app.help", "help", show=False),
    ]

    def __init__(self, title: str, build: Callable[[int], Content]) -> None:
        super().__init__(title, build, "m mark   ? help   ")

    def action_mark(self) -> None:
        """Mark the trial this is about."""
        mark_trial(self.matcher)
