"""What is done with the criteria of the chosen trial: judged, confirmed, noted, asked about, looked up in the record of changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from textual import on

from matcher.app.columns.criteria import CriteriaColumn
from matcher.app.screens.curating import edit_check, review_queue
from matcher.app.screens.dialogs import ChoiceDialog, Choices, LineDialog, TextDialog
from matcher.app.screens.judge_dialog import JudgeDialog
from matcher.app.screens.judge_several import TickCriteria
from matcher.app.screens.replies import Replies
from matcher.app.symbols import shown
from matcher.app.text.record_log import log_content
from matcher.app.widgets.ask_bar import AskBar
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.session import moved
from matcher.session.judging import initials, lost_decisions, lost_words
from matcher.storage.refusal import InputError

_LOST = Choices((("k", "keep", "keep it in sight"), ("d", "drop", "throw it away")))
_DONE = {
    "confirm": "confirmed", "note": "noted", "back": "taken back",
    "pass": "decided, the patient stays in", "fail": "decided, the patient is out",
    "unknown": "decided, a fact is still missing", "review": "decided, a person has still to look", "n/a": "decided, its rule is not about this patient",
}


class JudgesCriteria(Replies):
    """A screen with the chosen trial on it."""

    def action_view(self) -> None:
        """The next view of the chosen trial, brought into sight."""
        column = self.query_one(CriteriaColumn)
        column.turn_view()
        if not column.display:
            self.go_to_criteria()

    def action_show_view(self, view: str) -> None:
        """One view of the chosen trial."""
        self.query_one(CriteriaColumn).turn_view(view)

    def action_changes(self) -> None:
        """What would change the chosen trial."""
        self.query_one(CriteriaColumn).turn_view("changes")
        self.go_to_criteria()

    def action_record(self) -> None:
        """The record of the chosen trial."""
        self.query_one(CriteriaColumn).turn_view("record")
        self.go_to_criteria()

    def action_next_undecided(self) -> None:
        """The next criterion to ask about or to judge."""
        self.go_to_criteria()
        if self.query_one(CriteriaColumn).next_undecided():
            return
        if self.session.profile is None:
            said = self.no_patient
        elif self.matcher.judging and not self.session.matches:
            said = self._wait
        elif (match := self.session.chosen) is None:
            said = f"No trial is chosen; with the cursor on one, {self.key('main.next-undecided')} goes to its next undecided criterion."
        else:
            said = "Every criterion of this trial is decided." if match.criteria else "This trial has no criteria."
        self.matcher.toast(said)

    def action_judge(self) -> None:
        """Put a person's verdict in the place of the criterion's, confirm it, or note something."""
        match, one = self.session.chosen, self.query_one(CriteriaColumn).chosen
        if match is None or one is None:
            self.matcher.toast(self._no_criterion)
            return

        self.judge(match, [one])

    def action_judge_several(self) -> None:
        """Tick criteria of the trial, then give one verdict to all of them, or confirm each."""
        match, one = self.session.chosen, self.query_one(CriteriaColumn).chosen
        if match is None or not match.criteria:
            self.matcher.toast("Choose a trial with criteria first." if self.session.profile else self.no_patient)
            return

        def ticked(places: tuple[int, ...] | None) -> None:
            if places:
                self.judge(match, [match.criteria[place] for place in places])

        self.matcher.push_screen(TickCriteria(match, match.criteria.index(one) if one else None), ticked)

    def judge(self, match: TrialMatch, criteria: Sequence[CriterionMatch]) -> None:
        """Ask for a person's verdict on criteria of a trial."""

        def kept(answer: str | None) -> None:
            if answer is not None:
                before = self.session.matches
                self.session.decided()
                self.show_judged()
                now = moved(before, self.session.matches).get(match.trial_id)
                which = criteria[0].id if len(criteria) == 1 else f"{len(criteria)} criteria"
                back = "" if answer == "back" else f" {self.symbols.dot} {self.key('main.judge')} there takes it back"
                self.matcher.toast(f"{which}: {_DONE[answer]}{back}" + (f"\nnow {now[1]}: {match.title}" if now else ""))

        self.matcher.push_screen(JudgeDialog(match.trial_id, criteria), kept)

    def has_patient(self) -> bool:
        """Whether a patient is in hand; where none is, that is said."""
        if self.session.profile is None:
            self.matcher.toast(self.no_patient)
        return self.session.profile is not None

    @property
    def no_patient(self) -> str:
        """What is said where something takes a patient and none is in hand."""
        return f"Choose a patient first: {self.key('main.choose-patient')}."

    @property
    def _wait(self) -> str:
        return f"The trials are still being judged{self.symbols.ellipsis}"

    @property
    def _no_criterion(self) -> str:
        if self.matcher.judging and not self.session.matches:
            return self._wait
        if self.session.profile is None:
            return self.no_patient
        if not self.session.matches:
            return f"No trial is judged yet; {self.key('main.judge-again')} judges them."
        return f"Put the cursor on a criterion first; {self.key('main.next-undecided')} goes to the next undecided one."

    def action_log(self) -> None:
        """Who changed what for this patient."""
        if self.has_patient():
            changes, symbols = self.session.judging.changes(), self.symbols
            self.matcher.push_screen(TextDialog("Who changed what", lambda width: log_content(changes, width, symbols)))

    def action_edit_check(self) -> None:
        """Edit what the criterion under the cursor was read as."""
        column, match = self.query_one(CriteriaColumn), self.session.chosen
        if match is None or column.chosen is None:
            self.matcher.toast(self._no_criterion)
        else:
            edit_check(self.matcher, match.trial_id, match.criteria.index(column.chosen))

    def action_review(self) -> None:
        """The criteria that wait for a person, one after another."""
        review_queue(self.matcher)

    @on(CriteriaColumn.Asked)
    def ask_now(self, message: CriteriaColumn.Asked) -> None:
        """Ask for a missing fact at once."""
        self.session.ask(message.question)
        self.show_question()
        self.begin_to_answer()

    def begin_to_answer(self) -> None:
        """To the question, which a pane on the whole screen would hide."""
        self.leave_full_screen()
        self.query_one(AskBar).begin()

    @on(CriteriaColumn.Lost)
    def deal_with_lost(self, message: CriteriaColumn.Lost) -> None:
        """A decision whose criterion is no longer there: keep it in sight, or throw it away."""
        match = self.session.chosen
        if match is None:
            return
        lost = lost_decisions(self.session.judging.marks, match)[message.place]

        def drop(by: str | None) -> None:
            if by is not None:
                self.session.judging.drop(lost, by)
                self.session.initials = by
                self.show_judged()

        def take(found: str | None) -> None:
            if found == "drop":
                self.matcher.push_screen(LineDialog("Throw it away", "Your initials:", self.matcher.her_initials, _initials, lambda typed: ""), drop)

        self.matcher.push_screen(ChoiceDialog("Its words have changed", shown(lost_words(lost), self.symbols), _LOST), take)

    @abstractmethod
    def go_to_criteria(self) -> None:
        """To the pane of the chosen trial."""

    @abstractmethod
    def show_judged(self) -> None:
        """Show what a decision changed."""


def _initials(text: str) -> None:
    try:
        initials(text)
    except InputError as error:
        raise ValueError(str(error)) from None


__all__ = ["JudgesCriteria"]
