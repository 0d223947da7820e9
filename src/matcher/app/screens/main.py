"""The main screen: the patient, the ranked trials, the reasons, and the question at the bottom."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from matcher.app.commands import bindings
from matcher.app.screens.bringing import BringIn, brought_words
from matcher.app.screens.dialogs import TrialDialog
from matcher.app.screens.replies import Replies
from matcher.app.symbols import shown
from matcher.app.text.criteria import criterion_detail, criterion_rows, score_words
from matcher.app.text.layout import hung, spread, stacked, styled
from matcher.app.text.patient import facts_words, headline, patient_rows
from matcher.app.text.rows import Row
from matcher.app.text.trials import (
    STAGES,
    found_by,
    funnel,
    funnel_words,
    in_stage,
    status_words,
    trial_heading,
    trial_rows,
)
from matcher.app.theme import FAINT
from matcher.app.widgets.ask_bar import AskBar
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.pane import Pane
from matcher.model.match import TrialMatch
from matcher.session import typed_in_place
from matcher.session.bringing import Brought

STEPS = ("patient", "trials", "criteria")
WIDE = 120


class MainScreen(Replies):
    """One patient, the trials, and the reason for each."""

    BINDINGS = bindings("main")
    AUTO_FOCUS = "#trials"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.stage = "all"
        self.as_written = False
        self.busy = ""

    def compose(self) -> ComposeResult:
        """The line on top, the three panes, the question, the keys."""
        yield Static(id="headline")
        yield Static(id="steps")
        with Horizontal(id="panes"):
            with Vertical(id="patient-column", classes="column"):
                yield Pane("Patient", id="patient")
            with Vertical(id="trials-column", classes="column -here"):
                yield Input(id="filter", placeholder="words of the title, id or status; Esc shows all")
                yield Pane("Trials", id="trials")
            with Vertical(id="criteria-column", classes="column"):
                yield Pane("Criteria", id="criteria")
        yield AskBar(self.symbols, self.today)
        yield KeyBar("ask", "main")

    def on_mount(self) -> None:
        """Begin on the trials."""
        self.query_one("#filter", Input).cursor_blink = False
        self.query_one("#trials", Pane).focus()
        self.show_session()

    def on_resize(self) -> None:
        """Draw the lines that depend on the width."""
        self.show_headline()

    def show_session(self) -> None:
        """Show everything the session holds."""
        self.show_headline()
        self._show_patient()
        self.show_trials()
        self._show_criteria()
        self._show_question()

    def show_headline(self) -> None:
        """Show the line on top and the steps."""
        session, width = self.session, self.size.width
        narrow = width < WIDE
        line = headline(
            session.profile,
            session.matches,
            session.as_of,
            self.today,
            session.dirty,
            self.busy,
            width,
            self.symbols,
            facts_apart=narrow,
        )
        self.query_one("#headline", Static).update(line)
        if narrow:
            self.query_one("#steps", Static).update(self._steps(width - 2))

    def show_trials(self) -> None:
        """Show the trials of this stage and filter, the cursor on the chosen one."""
        session, words = self.session, self.query_one("#filter", Input).value
        kept = tuple(one for one in session.matches if in_stage(one, self.stage) and found_by(one, words))
        title = f"Trials {self.symbols.rule} {funnel(session.matches, self.stage, self.symbols)}"
        if words:
            title += f" {self.symbols.rule} /{shown(words, self.symbols)}: {len(kept)}"
        pane = self.query_one("#trials", Pane)
        empty = (
            "no trial here; f or Esc shows all"
            if session.matches
            else f"the trials are being judged{self.symbols.ellipsis}"
            if self.matcher.judging
            else "no trials yet; r judges them"
            if session.profile
            else "choose a patient with p"
        )
        came_down = styled(shown(funnel_words(session.funnel), self.symbols), FAINT) if session.funnel.total > session.funnel.shown else None

        def rows(width: int) -> list[Row]:
            listed = trial_rows(kept, session.marks, width, self.symbols, self.today) or [Row(styled(empty, FAINT))]
            return [Row(hung(came_down, width)), *listed] if came_down else listed

        pane.fill(rows, title)
        if session.chosen_id and any(one.trial_id == session.chosen_id for one in kept):
            with self.prevent(OptionList.OptionHighlighted):
                pane.go_to(session.chosen_id)
        elif kept:
            session.choose(kept[0].trial_id)
            self._show_criteria()

    @on(OptionList.OptionHighlighted, "#trials")
    def choose_trial(self, event: OptionList.OptionHighlighted) -> None:
        """The trial under the cursor is the chosen one."""
        if event.option_id and event.option_id != self.session.chosen_id:
            self.session.choose(event.option_id)
            self._show_criteria(first=True)

    @on(OptionList.OptionSelected, "#trials")
    def open_trial(self) -> None:
        """Enter on a trial goes on to its criteria."""
        self.action_step_on()

    @on(OptionList.OptionSelected, "#criteria")
    def open_criterion(self, event: OptionList.OptionSelected) -> None:
        """Enter on a criterion shows all of it."""
        match = self.session.chosen
        if match is None or not event.option_id:
            return
        if event.option_id == "trial":
            self.app.push_screen(
                TrialDialog(shown(match.trial_id, self.symbols), lambda width: self._trial_detail(match, width))
            )
            return
        one = match.criteria[int(event.option_id[1:])]
        self.app.push_screen(
            TrialDialog(
                f"{shown(match.trial_id, self.symbols)} {shown(one.id, self.symbols)}",
                lambda width: criterion_detail(one, width, self.symbols),
            )
        )

    @on(OptionList.OptionSelected, "#patient")
    def open_fact(self, event: OptionList.OptionSelected) -> None:
        """Enter on a fact edits it; on what is not recorded, asks for it."""
        listed, _, place = str(event.option_id).partition(":")
        if listed == "ask":
            self.session.ask(self.session.questions[int(place)].question)
            self._show_question()
            self.query_one(AskBar).begin()
        else:
            self.matcher.edit_patient(str(event.option_id))

    @on(AskBar.Left)
    def leave_question(self) -> None:
        """Back to the pane that is shown."""
        self._focus_step(self._here)

    @on(Input.Changed, "#filter")
    def narrow(self) -> None:
        """Show the trials that hold what is typed."""
        self.show_trials()

    @on(Input.Submitted, "#filter")
    def close_filter(self, event: Input.Submitted) -> None:
        """Enter keeps the filter and goes to the trials."""
        event.stop()
        self._focus_step("trials")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane in use is the one shown where there is room for one only."""
        column = next((node for node in event.widget.ancestors if node.has_class("column")), None)
        if column is not None:
            self._here = str(column.id).removesuffix("-column")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answering and skipping are offered only while something is asked."""
        return action not in ("answer", "skip") or self.session.question is not None

    def action_answer(self) -> None:
        """To the question at the bottom."""
        self.query_one(AskBar).begin()

    def action_skip(self) -> None:
        """The next question."""
        if self.session.question is not None:
            self.session.skip(self.session.question.question)
            self._show_question()

    def action_edit_patient(self) -> None:
        """The profile form."""
        self.matcher.edit_patient()

    def action_choose_patient(self) -> None:
        """Another patient."""
        self.matcher.choose_patient()

    def action_mark(self) -> None:
        """Mark the chosen trial."""
        self.matcher.mark_trial()

    def action_bring_in(self) -> None:
        """Import a file or folder, then judge every trial again."""

        def back(brought: Brought | None) -> None:
            if brought is not None:
                self.matcher.toast(brought_words(brought), "warning" if brought.done.counts else "information")
                self.matcher.match_again()

        self.matcher.push_screen(BringIn(), back)

    def action_export(self) -> None:
        """Write the shortlist."""
        self.matcher.export_shortlist()

    def action_save(self) -> None:
        """Save the profile."""
        self.matcher.save_patient(self.show_headline)

    def action_undo(self) -> None:
        """Take back the last change of the facts."""
        if self.session.undo():
            self.matcher.recorded("", "Taken back.")
        else:
            self.matcher.toast("There is nothing to take back.")

    def action_redo(self) -> None:
        """Make again what was taken back last."""
        if self.session.redo():
            self.matcher.recorded("", "Made again.")
        else:
            self.matcher.toast("Nothing was taken back.")

    def action_filter(self) -> None:
        """Type words to find trials by."""
        self.query_one("#filter").add_class("-open")
        self._here = "trials"
        self.query_one("#filter").focus()

    def action_judge_again(self) -> None:
        """Judge every trial again."""
        self.matcher.match_again("Every trial was judged again.")

    def action_funnel(self) -> None:
        """The next stage of the funnel."""
        self.stage = STAGES[(STAGES.index(self.stage) + 1) % len(STAGES)]
        self.show_trials()

    def action_order(self) -> None:
        """The criteria as written, or grouped."""
        self.as_written = not self.as_written
        self._show_criteria()

    def action_step_back(self) -> None:
        """The pane on the left."""
        self._focus_step(STEPS[max(0, STEPS.index(self._here) - 1)])

    def action_step_on(self) -> None:
        """The pane on the right."""
        self._focus_step(STEPS[min(2, STEPS.index(self._here) + 1)])

    def action_back(self) -> None:
        """Stop a running match, clear the filter, or go back to the trials."""
        if self.matcher.stop_matching():
            return
        line = self.query_one("#filter", Input)
        if self._here == "trials":
            line.value = ""
            line.remove_class("-open")
        self._focus_step("trials")

    @property
    def _here(self) -> str:
        return next(str(one.id).removesuffix("-column") for one in self.query(".column") if one.has_class("-here"))

    @_here.setter
    def _here(self, step: str) -> None:
        if step == self._here:
            return
        for one in self.query(".column"):
            one.set_class(one.id == f"{step}-column", "-here")
        self.show_headline()

    def _steps(self, width: int) -> Content:
        """The panes by name, the one shown in brackets, and the age of the facts."""
        here, session = self._here, self.session
        steps = [styled(f"[{step}]", "bold $accent") if step == here else styled(step, FAINT) for step in STEPS]
        facts = facts_words(session.as_of, self.today) if session.profile else ""
        return spread(Content(f" {self.symbols.left} ").join(steps), styled(facts, FAINT), width)

    def _focus_step(self, step: str) -> None:
        self._here = step
        self.query_one(f"#{step}", Pane).focus()

    def _show_question(self) -> None:
        asked, profile = self.session.question, self.session.profile
        in_place = asked is None or profile is None or typed_in_place(profile, asked.question)
        nothing = "no open trial waits for a fact" if self.session.matches else "no trial is judged yet"
        self.query_one(AskBar).show_question(asked, in_place, nothing)
        self.refresh_bindings()

    def _show_patient(self) -> None:
        session = self.session
        title = f"Patient {shown(session.profile.id, self.symbols)}" if session.profile else "Patient"

        def rows(width: int) -> list[Row]:
            if session.profile is None:
                return [Row(styled("no patient chosen", FAINT))]
            return patient_rows(session.profile, session.questions, width, self.symbols, self.today)

        self.query_one("#patient", Pane).fill(rows, title)

    def _show_criteria(self, first: bool = False) -> None:
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

    def _trial_detail(self, match: TrialMatch, width: int) -> Content:
        heading = trial_heading(match, width, self.symbols, self.today)
        lines = [
            hung(Content(shown(words, self.symbols)), width, "  ", "    ") for words in score_words(match.score_parts)
        ]
        return stacked([heading, Content(""), styled("Why it ranks here", "$accent"), *lines])
