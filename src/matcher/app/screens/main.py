"""The main screen: the patient, the ranked trials, the reasons, and the question at the bottom."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static

from matcher.app.columns.criteria import CriteriaColumn
from matcher.app.columns.patient import PatientColumn
from matcher.app.columns.trials import TrialsColumn
from matcher.app.commands import bindings
from matcher.app.screens.copying import copy_chosen
from matcher.app.screens.leading_on import LeadsOn
from matcher.app.text.layout import spread, styled
from matcher.app.text.patient import facts_words, headline
from matcher.app.text.trials import STAGES
from matcher.app.theme import FAINT
from matcher.app.widgets.ask_bar import AskBar
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.pane import Pane
from matcher.session import typed_in_place
from matcher.session.suggesting import likely_unit

STEPS = ("patient", "trials", "criteria")
WIDE = 120


class MainScreen(LeadsOn):
    """One patient, the trials, and the reason for each."""

    SCOPE = "main"
    BINDINGS = bindings("main")
    AUTO_FOCUS = "#trials"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.busy = ""

    def compose(self) -> ComposeResult:
        """The line on top, the three panes, the question, the keys; from the first as many panes as there is room for."""
        self.set_class(self.app.size.width < WIDE, "-narrow")
        yield Static(id="headline")
        yield Static(id="steps")
        with Horizontal(id="panes"):
            yield PatientColumn()
            yield TrialsColumn()
            yield CriteriaColumn()
        yield AskBar(self.symbols, self.today, self.matcher.keymap)
        yield KeyBar("ask", "main")

    def on_mount(self) -> None:
        """Begin on the trials."""
        self.query_one("#trials").focus()
        self.show_session()

    def on_resize(self) -> None:
        """Draw the lines that depend on the width."""
        self.show_headline()

    def show_session(self) -> None:
        """Show everything the session holds."""
        self.show_facts()
        self.show_trials()
        self.query_one(CriteriaColumn).show()

    def show_facts(self) -> None:
        """Show the facts and the question; how the trials stand with them is shown once they are judged."""
        self.show_headline()
        self.query_one(PatientColumn).show()
        self.show_question()

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
            choose=self.key("main.choose-patient"),
            every=session.funnel.total,
        )
        self.query_one("#headline", Static).update(line, layout=False)
        if narrow:
            self.query_one("#steps", Static).update(self._steps(width - 2), layout=False)

    def show_trials(self) -> None:
        """Show the trials again."""
        self.query_one(TrialsColumn).show()

    @on(TrialsColumn.Chosen)
    def show_chosen(self) -> None:
        """Show the criteria of the trial that is chosen now."""
        self.query_one(CriteriaColumn).show(first=True)

    @on(TrialsColumn.Opened)
    def open_trial(self) -> None:
        """On to the criteria of the trial."""
        self.action_step_on()

    @on(TrialsColumn.Narrowed)
    def close_filter(self) -> None:
        """From the filter to the trials."""
        self._focus_step("trials")

    @on(OptionList.OptionSelected, "#patient")
    def open_fact(self, event: OptionList.OptionSelected) -> None:
        """Enter on a fact edits it; on what is not recorded, asks for it."""
        listed, _, place = str(event.option_id).partition(":")
        if listed == "ask":
            self.session.ask(self.session.questions[int(place)].question)
            self.show_question()
            self.begin_to_answer()
        elif listed == "look":
            self.matcher.edit_patient(self.session.contradictions[int(place)].rows[0])
        else:
            self.matcher.edit_patient(str(event.option_id))

    @on(AskBar.Left)
    def leave_question(self) -> None:
        """Back to the pane that is shown."""
        self._focus_step(self._here)

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
        self.begin_to_answer()

    def action_skip(self) -> None:
        """The next question."""
        if self.session.question is not None:
            self.leave_full_screen()  # what is left for later must be seen
            self.session.skip(self.session.question.question)
            self.show_question()

    def action_copy(self) -> None:
        """Copy the criterion, its reason, or the trial."""
        row = self.query_one("#criteria", Pane).chosen_row or ""
        copy_chosen(self.matcher, row if self._here == "criteria" else "")

    def action_filter(self) -> None:
        """Type words to find trials by."""
        self._here = "trials"
        self.query_one(TrialsColumn).open_filter()

    def action_sort(self) -> None:
        """The next order of the trials."""
        self.query_one(TrialsColumn).next_sort()

    def action_group(self) -> None:
        """Headings by standing, or none."""
        self.query_one(TrialsColumn).turn_groups()

    def action_funnel(self) -> None:
        """The next stage of the funnel."""
        self.query_one(TrialsColumn).next_stage()

    def action_order(self) -> None:
        """The criteria as written, or grouped."""
        self.query_one(CriteriaColumn).turn_order()

    def go_to_criteria(self) -> None:
        """To the pane of the chosen trial."""
        self._focus_step("criteria")

    def show_judged(self) -> None:
        """Show what a decision changed."""
        self.show_session()

    def action_step_back(self) -> None:
        """The pane on the left."""
        self._focus_step(STEPS[max(0, STEPS.index(self._here) - 1)])

    def action_step_on(self) -> None:
        """The pane on the right."""
        self._focus_step(STEPS[min(2, STEPS.index(self._here) + 1)])

    def action_back(self) -> None:
        """Stop a running match, clear the filter, or go back to the trials."""
        if self.matcher.stop_matching() or self.leave_full_screen():
            return
        if self._here == "trials":
            self.query_one(TrialsColumn).clear_filter()
        self._focus_step("trials")

    def place(self) -> dict[str, str]:
        """Where she is: the pane, the filter and the stage of the trials."""
        column = self.query_one(TrialsColumn)
        return {"pane": self._here, "filter": column.filter, "stage": column.stage}

    def go_back_to(self, pane: str, words: str, stage: str) -> None:
        """Back to where she was."""
        column = self.query_one(TrialsColumn)
        column.stage = stage if stage in STAGES else column.stage
        column.filter = words
        self._focus_step(pane if pane in STEPS else "trials")

    def show_criteria(self) -> None:
        """On to the criteria of the chosen trial, from their beginning."""
        self.query_one(CriteriaColumn).show(first=True)
        self._focus_step("criteria")

    def show_all_trials(self) -> None:
        """Leave none of the trials out."""
        column = self.query_one(TrialsColumn)
        column.stage = "all"
        column.clear_filter()

    @property
    def _here(self) -> str:
        return next(str(one.id).removesuffix("-column") for one in self.query(".column") if one.has_class("-here"))

    @_here.setter
    def _here(self, step: str) -> None:
        if step == self._here:
            return
        alone = self.has_class("-narrow") or self.has_class("-full")  # side by side they look alike
        for one in self.query(".column"):
            one.set_class(one.id == f"{step}-column", "-here", update=alone)
        self.show_headline()

    def _steps(self, width: int) -> Content:
        """The panes by name, the one shown in brackets, and the age of the facts."""
        here, session = self._here, self.session
        steps = [styled(f"[{step}]", "bold $accent") if step == here else styled(step, FAINT) for step in STEPS]
        facts = facts_words(session.as_of, self.today) if session.profile else ""
        return spread(Content(f" {self.symbols.left} ").join(steps), styled(facts, FAINT), width)

    def _focus_step(self, step: str) -> None:
        self._here = step
        if step == "criteria":
            self.session.keep_chosen()
        self.query_one(f"#{step}").focus()

    def show_question(self) -> None:
        """Show the question at the bottom."""
        asked, profile = self.session.question, self.session.profile
        in_place = asked is None or profile is None or typed_in_place(profile, asked.question)
        nothing = "no open trial waits for a fact" if self.session.matches else "no trial is judged yet"
        unit = ((asked.question.unit if asked else "") or "", True)
        if asked and profile and asked.question.list == "labs" and unit[0]:
            unit = likely_unit(profile, asked.question.name, unit[0])
        titles = {one.trial_id: one.title for one in self.session.matches} if asked and asked.question.list == "answers" else {}
        self.query_one(AskBar).show_question(asked, in_place, nothing, unit, titles.get(asked.trials[0], "") if asked and asked.trials else "")
        self.refresh_bindings()
