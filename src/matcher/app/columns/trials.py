"""The trials: ranked, narrowed by a stage of the funnel and by words."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList

from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, styled
from matcher.app.text.rows import Row
from matcher.app.text.trials import STAGES, found_by, funnel, funnel_words, in_stage, trial_rows
from matcher.app.theme import FAINT
from matcher.app.widgets.pane import Pane


class TrialsColumn(Shared, Vertical):
    """The ranked trials, with the line that narrows them."""

    class Chosen(Message):
        """Another trial is the chosen one."""

    class Opened(Message):
        """The chosen trial is to be looked into."""

    class Narrowed(Message):
        """The filter is typed; on to the trials."""

    def __init__(self) -> None:
        super().__init__(id="trials-column", classes="column -here")
        self.stage = "all"

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        line = Input(id="filter", placeholder="words of the title, id or status; Esc shows all")
        line.cursor_blink = False
        yield line
        yield Pane("Trials", id="trials")

    def show(self) -> None:
        """Show the trials of this stage and filter, the cursor on the chosen one."""
        session, words = self.session, self._filter.value
        kept = tuple(one for one in session.matches if in_stage(one, self.stage) and found_by(one, words))
        title = f"Trials {self.symbols.rule} {funnel(session.matches, self.stage, self.symbols)}"
        if words:
            title += f" {self.symbols.rule} /{shown(words, self.symbols)}: {len(kept)}"
        pane = self.query_one("#trials", Pane)
        found = session.funnel
        came_down = styled(shown(funnel_words(found), self.symbols), FAINT) if found.total > found.shown else None

        def rows(width: int) -> list[Row]:
            listed = trial_rows(kept, session.marks, width, self.symbols, self.today)
            listed = listed or [Row(styled(self._why_empty(), FAINT))]
            return [Row(hung(came_down, width)), *listed] if came_down else listed

        pane.fill(rows, title)
        if session.chosen_id and any(one.trial_id == session.chosen_id for one in kept):
            with self.prevent(OptionList.OptionHighlighted):
                pane.go_to(session.chosen_id)
        elif kept:
            session.choose(kept[0].trial_id)
            self.post_message(self.Chosen())

    def open_filter(self) -> None:
        """Begin to type words to find trials by."""
        self._filter.add_class("-open")
        self._filter.focus()

    def clear_filter(self) -> None:
        """Show all trials of the stage again."""
        self._filter.value = ""
        self._filter.remove_class("-open")

    def next_stage(self) -> None:
        """Go on to the next stage of the funnel."""
        self.stage = STAGES[(STAGES.index(self.stage) + 1) % len(STAGES)]
        self.show()

    @on(OptionList.OptionHighlighted, "#trials")
    def choose_trial(self, event: OptionList.OptionHighlighted) -> None:
        """The trial under the cursor is the chosen one."""
        if event.option_id and event.option_id != self.session.chosen_id:
            self.session.choose(event.option_id)
            self.post_message(self.Chosen())

    @on(OptionList.OptionSelected, "#trials")
    def open_trial(self) -> None:
        """Enter on a trial goes on to its criteria."""
        self.post_message(self.Opened())

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Show the trials that hold what is typed."""
        self.show()

    @on(Input.Submitted, "#filter")
    def close_filter(self, event: Input.Submitted) -> None:
        """Enter keeps the filter and goes to the trials."""
        event.stop()
        self.post_message(self.Narrowed())

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    def _why_empty(self) -> str:
        if self.session.matches:
            return "no trial here; f or Esc shows all"
        if self.matcher.judging:
            return f"the trials are being judged{self.symbols.ellipsis}"
        return "no trials yet; r judges them" if self.session.profile else "choose a patient with p"
