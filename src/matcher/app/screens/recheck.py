"""A shortlist that was exported, checked again: what changed since, in words."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from matcher.app.commands import bindings
from matcher.app.handing_over import judge_trial
from matcher.app.screens.base import BaseScreen
from matcher.app.symbols import shown
from matcher.app.text.shortlist import recheck_rows
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.pane import Pane
from matcher.export.recheck import Recheck


class RecheckScreen(BaseScreen):
    """What is no longer as the list says: facts, day and versions first, then trial by trial."""

    SCOPE = "recheck"
    BINDINGS = bindings("recheck")

    def __init__(self, found: Recheck) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """The line on top, what changed, the keys."""
        yield Static(id="headline")
        yield Pane("What changed", id="recheck")
        yield KeyBar("recheck")

    def on_mount(self) -> None:
        """Show what changed; what was said before does not lie over it."""
        self.app.clear_notifications()
        moved = sum(one.moved for one in self._found.trials)
        told = sum(bool(one.lines) and not one.moved for one in self._found.trials)
        dot, who = self.symbols.dot, shown(self._found.profile, self.symbols)
        said = f"{moved} of {len(self._found.trials)} trials no longer as they were" if moved else "every verdict is as it was"
        said += f", {told} with other reasons" if told else ""
        self.query_one("#headline", Static).update(Content(f" Checked again {dot} {who} {dot} {said}"))
        pane = self.query_one(Pane)
        pane.focus()
        pane.fill(lambda width: recheck_rows(self._found, width, self.symbols))

    def action_close(self) -> None:
        """Back to the shortlist."""
        self.dismiss()

    def action_step_back(self) -> None:
        """There is no pane on the left."""

    def action_step_on(self) -> None:
        """There is no pane on the right."""

    @on(OptionList.OptionSelected, "#recheck")
    def open_trial(self, event: OptionList.OptionSelected) -> None:
        """Enter on a trial shows it on the main screen."""
        _, _, trial = str(event.option_id).partition(":")
        if trial:
            judge_trial(self.matcher, trial)


__all__ = ["RecheckScreen"]
