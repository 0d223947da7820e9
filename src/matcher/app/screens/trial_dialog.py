"""A text about the chosen trial or one of its criteria, over the main screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from matcher.app.commands import bind
from matcher.app.screens.dialogs import Commands, TextDialog
from matcher.app.shortlisting import mark_trial
from matcher.model.match import CriterionMatch


class TrialDialog(TextDialog):
    """A text about the chosen trial, which can be marked from here; a criterion can be judged, and its check edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("main.mark", "mark"),
        bind("main.judge", "judge"),
        bind("main.edit-check", "edit_check"),
    ]

    def __init__(self, title: str, build: Callable[[int], Content], one: CriterionMatch | None = None) -> None:
        super().__init__(title, build)
        self._one = one

    @property
    def also(self) -> Commands:
        """A criterion is judged and its check edited, a trial is marked."""
        of_criterion = (("main.judge", "judge"), ("main.edit-check", "check")) if self._one else ()
        return *of_criterion, ("main.mark", "mark"), ("app.help", "help")

    def action_mark(self) -> None:
        """Mark the trial this is about."""
        mark_trial(self.matcher)

    def action_judge(self) -> None:
        """Put a verdict in the place of the criterion's."""
        self._leave_for("judge")

    def action_edit_check(self) -> None:
        """Edit what the criterion was read as."""
        self._leave_for("edit_check")

    def _leave_for(self, action: str) -> None:
        if self._one is not None:
            main = self.matcher.main
            self.dismiss()
            main.call_later(main.run_action, action)  # what comes back is for the screen that stays
