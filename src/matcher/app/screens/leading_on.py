"""What leads on from the main screen: the form, other screens and dialogs; marks and exports; what is saved and taken back."""

from __future__ import annotations

from abc import abstractmethod

from textual.content import Content

from matcher.app.columns.criteria import CriteriaColumn
from matcher.app.comparing import Comparing
from matcher.app.narrowing import choose_her_places, narrow_by_fields
from matcher.app.opening import ask_after_saving
from matcher.app.screens.dialogs import TextDialog
from matcher.app.screens.judging import JudgesCriteria
from matcher.app.shortlisting import export_shortlist, mark_trial
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, stacked


class LeadsOn(JudgesCriteria):
    """A screen from which everything else is reached."""

    def __init__(self) -> None:
        super().__init__()
        self.comparing = Comparing()

    def action_edit_patient(self) -> None:
        """The profile form."""
        self.matcher.edit_patient()

    def action_choose_patient(self) -> None:
        """Another patient."""
        self.matcher.choose_patient()

    def action_mark(self) -> None:
        """Mark the chosen trial."""
        mark_trial(self.matcher)

    def action_bring_in(self) -> None:
        """Import a file or folder, then judge every trial again."""
        from matcher.app.screens.bringing import bring_trials  # what reads trials is loaded only where one comes in

        bring_trials(self.matcher, self.matcher.match_again)

    def action_browse(self) -> None:
        """All trials: search, read, type one by hand."""
        from matcher.app.screens.library import LibraryScreen

        self.matcher.push_screen(LibraryScreen())

    def action_who_may_fit(self) -> None:
        """The saved patients, for the chosen trial."""
        trial = next((one for one in self.session.trials or () if one.id == self.session.chosen_id), None)
        if trial is None:
            self.matcher.say_what_first()
        else:
            from matcher.app.screens.who_may_fit import WhoMayFit  # a screen is loaded once it is opened

            self.matcher.push_screen(WhoMayFit(trial))

    def action_why_here(self) -> None:
        """Why the chosen trial stands where it does."""
        if not self.query_one(CriteriaColumn).tell_why_here():
            self.matcher.say_what_first()

    def action_ward(self) -> None:
        """The trials, for every saved patient."""
        from matcher.app.screens.ward import WardScreen

        self.matcher.push_screen(WardScreen())

    def action_export(self) -> None:
        """Write the shortlist."""
        if self.has_patient():
            self.matcher.follow_marks()
            export_shortlist(self.matcher)

    def action_shortlist(self) -> None:
        """The marked trials."""
        if self.has_patient():
            self.matcher.follow_marks()
            from matcher.app.screens.shortlist import ShortlistScreen

            self.matcher.push_screen(ShortlistScreen())

    def action_choose_compared(self) -> None:
        """Take the chosen trial in among those to compare, or leave it out."""
        self.comparing.turn(self.matcher)

    def action_compare(self) -> None:
        """The trials chosen, side by side."""
        if self.has_patient():
            self.comparing.open(self.matcher)

    def action_save(self) -> None:
        """Save the profile."""
        if self.has_patient():
            self.matcher.save_patient(self._saved)

    def _saved(self) -> None:
        self.show_headline()
        ask_after_saving(self.matcher)

    def action_undo(self) -> None:
        """Take back the last change of the facts."""
        if said := self.matcher.taken_back():
            self.matcher.recorded("", said)
        elif self.has_patient():
            judge, mark = self.key("main.judge"), self.key("main.mark")
            self.matcher.toast(f"No change of the facts is left to take back. A verdict of yours is taken back on its criterion, with {judge}; a mark on its trial, with {mark}.")

    def action_redo(self) -> None:
        """Make again what was taken back last."""
        if said := self.matcher.taken_back(again=True):
            self.matcher.recorded("", said)
        elif self.has_patient():
            self.matcher.toast("No change of the facts was taken back, so there is none to make again.")

    def action_filter_fields(self) -> None:
        """Narrow the trials by fields."""
        narrow_by_fields(self.matcher)

    def action_places(self) -> None:
        """The places whose sites are counted."""
        choose_her_places(self.matcher)

    def action_judge_again(self) -> None:
        """Judge every trial again, with those that came meanwhile."""
        if not self.has_patient():
            return
        if self.session.news:
            self.session.reload()
        self.matcher.match_again("Every trial was judged again.")

    def action_left_out(self) -> None:
        """The trial files that could not be read."""
        problems, symbols = self.session.problems, self.symbols
        if not problems:
            self.matcher.toast("No trial file is left out.")
            return
        said = [*problems, f"Once a file is mended, {self.key('main.judge-again')} on the list judges again, with it."]
        self.matcher.push_screen(TextDialog("Trial files left out", lambda width: stacked([hung(Content(shown(one, symbols)), width) for one in said])))

    @abstractmethod
    def show_headline(self) -> None:
        """Show the line on top."""


__all__ = ["LeadsOn"]
