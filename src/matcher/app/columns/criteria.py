"""The chosen trial: its criteria with a reason for each."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from matcher.app.screens.trial_dialog import TrialDialog
from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.criteria import criterion_detail, criterion_rows, score_words
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.text.trials import status_words, trial_heading
from matcher.app.theme import FAINT
from matcher.app.widgets.pane import Pane
from matcher.model.match import TrialMatch


class CriteriaColumn(Shared, Vertical):
    """The criteria of the chosen trial, as written or grouped by what to do."""

    def __init__(self) -> None:
        super().__init__(id="criteria-column", classes="column")
        self.as_written = False

    def compose(self) -> ComposeResult:
        """The list."""
        yield Pane("Criteria", id="criteria")

    def show(self, first: bool = False) -> None:
        """Show the criteria of the chosen trial; `first` puts the cursor on the first of them."""
        match = self.session.chosen
        pane = self.query_one("#criteria", Pane)
        if match is None:
            pane.fill(lambda width: [Row(styled("no trial chosen", FAINT))], "Criteria")
            return
        order = "as written" if self.as_written else "by what to do"
        parts = (shown(match.trial_id, self.symbols), status_words(match.status), order)
        title = f" {self.symbols.dot} ".join(parts)

        def rows(width: int) -> list[Row]:
            heading = Row(trial_heading(match, width, self.symbols, self.today), "trial")
            return [heading, *criterion_rows(match, width, self.symbols, self.as_written)]

        pane.fill(rows, title, first)

    def turn_order(self) -> None:
        """The criteria as written, or grouped."""
        self.as_written = not self.as_written
        self.show()

    @on(OptionList.OptionSelected, "#criteria")
    def open_criterion(self, event: OptionList.OptionSelected) -> None:
        """Enter on a criterion shows all of it."""
        match = self.session.chosen
        if match is None or not event.option_id:
            return
        if event.option_id == "trial":
            title = shown(match.trial_id, self.symbols)
            self.app.push_screen(TrialDialog(title, lambda width: self._trial_detail(match, width)))
            return
        one = match.criteria[int(event.option_id[1:])]
        title = f"{shown(match.trial_id, self.symbols)} {shown(one.id, self.symbols)}"
        self.app.push_screen(TrialDialog(title, lambda width: criterion_detail(one, width, self.symbols)))

    def _trial_detail(self, match: TrialMatch, width: int) -> Content:
        heading = trial_heading(match, width, self.symbols, self.today)
        lines = [
            hung(Content(shown(words, self.symbols)), width, "  ", "    ") for words in score_words(match.score_parts)
        ]
        return stacked([heading, Content(""), styled("Why it ranks here", "$accent"), *lines])
