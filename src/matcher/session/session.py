"""The session: the patient in hand, the trials, what matching made of them, and what is asked next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.model.match import AskNext, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.model.verdict import Question
from matcher.session.answering import Answering
from matcher.session.in_hand import InHand
from matcher.session.judging import with_decisions
from matcher.session.news import News, Stood, trial_files
from matcher.session.outcome import Funnel, Matching, Outcome, Told, asked_first, few, in_order
from matcher.storage.digests import Digest
from matcher.storage.folders import Folders

if TYPE_CHECKING:
    from matcher.session.bringing import Brought
    from matcher.session.changed import Stands
    from matcher.session.importing import Imported
    from matcher.session.searching import Filters

MARKS = ("shortlist", "watch", "rejected", "none")


class Session(InHand):
    """The one owner of what the app shows."""

    def __init__(
        self,
        folders: Folders,
        today: date,
        trials: Sequence[Trial] | None = None,
        as_of: date | None = None,
        matching: Matching | None = None,
        answering: Answering | None = None,
    ) -> None:
        super().__init__(folders, today, as_of)
        self.trials: tuple[Trial, ...] | None = None if trials is None else tuple(trials)
        self.funnel = Funnel()
        self.matches: tuple[TrialMatch, ...] = ()
        self.found: tuple[TrialMatch, ...] = ()
        self.answering = answering or Answering()
        self._matched: Profile | None = None
        self.questions: tuple[AskNext, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.chosen_id: str | None = None
        self._by_her = False
        self._known = self.trials
        self.news = ""
        self._given, self._bringing = trials is not None, False
        self._news = News(folders)
        self._stood, self._loading = Stood({}), trial_files(folders)
        self._matching = matching or Matching()
        self._skipped: list[Question] = []
        self._noted: tuple[str, Stands] | None = None
        self._sought = ""

    @property
    def chosen(self) -> TrialMatch | None:
        """The match of the chosen trial."""
        return next((one for one in (*self.matches, *self.found) if one.trial_id == self.chosen_id), None)

    @property
    def question(self) -> AskNext | None:
        """The question to ask next: the first that was not skipped."""
        return next((one for one in self.questions if one.question not in self._skipped), None)

    @property
    def up_to_date(self) -> bool:
        """Whether the matches are those of the facts as they are."""
        return self._matched is self.profile

    def skip(self, question: Question) -> None:
        """Leave a question for later; once all are skipped they come round again."""
        self._skipped.append(question)
        if self.question is None:
            self._skipped.clear()

    def ask(self, question: Question) -> None:
        """Put one question in front of the others."""
        first = [one for one in self.questions if one.question == question] or [AskNext(question, (self.chosen_id,) if self.chosen_id else (), 0, 0)]
        self.questions = (first[0], *(one for one in self.questions if one.question != question))
        self._skipped = [one for one in self._skipped if one != question]

    def choose(self, trial_id: str | None, by_her: bool = True) -> None:
        """Choose the trial whose criteria are shown; one that was sought is not waited for any more.

        One that was not chosen `by_her`, but stood first, gives way to the one that stands first after the next match.
        """
        self.chosen_id, self._sought, self._by_her = trial_id, "", by_her

    def keep_chosen(self) -> None:
        """The trial that is shown now is the one she goes on with, as if she had chosen it."""
        self._by_her = self.chosen_id is not None

    def look_for(self, trial_id: str) -> None:
        """Choose a trial that may not be among those shown: once matched again it is."""
        self._sought = trial_id

    def judge_also(self, trial: Trial) -> None:
        """Choose a trial, judged at once where it is not among those shown."""
        if not any(one.trial_id == trial.id for one in self.matches):
            found = with_decisions(self._matching.match(self._in_hand(), [trial], self.as_of), [trial], self._kept, self._in_hand(), self.as_of)
            self.matches = in_order([*self.matches, *(replace(one, rank=0) for one in found)])
            self.trials = (*(self.trials or ()), trial)
        self.choose(trial.id)

    def mark(self, trial_id: str, mark: str, note: str = "", by: str = "") -> None:
        """Mark a trial for this patient, and keep the mark at once; `none` takes it away."""
        self.judging.mark(trial_id, mark, note, by)
        self.matches += tuple(one for one in self.found if one.trial_id == trial_id)
        self.found = tuple(one for one in self.found if one.trial_id != trial_id)

    def decided(self, record: Trial | None = None) -> None:
        """Something was decided of a criterion, or of its check in a record: let it count among the matches shown."""
        if record is not None:
            self._stood = replace(self._stood, files=trial_files(self.folders))
        if record is not None and self.trials is not None:
            self.trials = tuple(record if one.id == record.id else one for one in self.trials)
            self._known = self._known and self.trials
        if self.profile is None:
            return
        also, before = [record.id] if record else [], self._excluded()
        trials, marks, profile, as_of = self.trials or (), self._kept, self.profile, self.as_of
        self.matches = in_order(with_decisions(self.matches, trials, marks, profile, as_of, also))
        self.found = tuple(with_decisions(self.found, trials, marks, profile, as_of, also))
        self.funnel = self.funnel.recounted(self._excluded() - before)
        self.questions = asked_first(self._matching.ask_next, self.matches)

    def follow_marks(self) -> bool:
        """Let count what another window marked or decided for the patient in hand; True where there was anything."""
        if self.profile is None or not self.judging.follow():
            return False
        self.decided()
        return True

    def bring_in(self, path: Path, told: Callable[[Imported], None], stop: Callable[[], bool]) -> Brought:
        """Import a file or folder into the user's library; the trials are loaded anew at the next match."""
        from matcher.session.bringing import bring_in  # what reads trials is loaded only where one is brought in

        self._bringing = True
        try:
            return bring_in(self.folders.library, [path], self.folders, self.today, told, stop)
        finally:
            self._bringing = False
            self.reload()

    def reload(self) -> None:
        """Load the trials anew at the next match: what there is has changed."""
        self.trials = self._known = self._matched = None

    def look_for_news(self) -> Callable[[], tuple[Stood, str]] | None:
        """The work of finding what came to the trials since they were matched, for `take_news`; None where nothing did."""
        if self._given or self._bringing or self.profile is None or not self.up_to_date or not self._news.maybe():
            return None
        stood, news = self._stood, self._news
        return lambda: (stood, news.since(stood))

    def take_news(self, found: tuple[Stood, str]) -> None:
        """Take up what came to the trials, in words, unless they were matched meanwhile."""
        if found[0] is self._stood and not self._bringing:
            self.news = found[1]

    def rematch(self) -> None:
        """Match the profile in hand against every trial, here and now."""
        self.adopt(self.matching()())

    def matching(self, told: Told = lambda _: None, unwanted: Callable[[], bool] = bool) -> Callable[[], Outcome]:
        """The work of matching as a function that touches nothing of the session, to be run wherever it suits.

        Over a library `told` hears of the progress and of a first outcome, and where `unwanted` says so it raises Stopped.
        """
        profile, rooms, known, problems, marks = self._in_hand(), self._matching, self._known, self.problems, self._kept
        as_of, folders = self.as_of, self.folders
        if known is None:
            self._loading = trial_files(folders)
        if known is not None or not folders.library.exists():
            return lambda: few(profile, as_of, known, folders, rooms, problems, marks)
        from matcher.session.whole import Asked  # the database is loaded only where there is a library

        asked = Asked(profile, as_of, folders, marks, self.today, self._noted, self._sought or (self._by_her and self.chosen_id) or "")
        return partial(self.answering, asked, told, unwanted)

    def seeking(self, words: str, filters: Filters, unwanted: Callable[[], bool] = bool) -> Callable[[], Outcome] | None:
        """The work of finding trials of the library by words beside those shown; None where there is no library."""
        if not self.funnel.steps:
            return None
        from matcher.session.whole import Asked, Sought

        asked = Asked(self._in_hand(), self.as_of, self.folders, self._kept, self.today)
        return partial(self.answering, Sought(asked, words, filters, frozenset(one.trial_id for one in self.matches)), lambda _: None, unwanted)

    def take_found(self, outcome: Outcome | None) -> None:
        """Take up trials found by words beside the matches, in place of those found before; None lets go of them."""
        before = {one.trial_id for one in self.found}
        self.found = outcome.matches if outcome else ()
        kept = tuple(one for one in self.trials or () if one.id not in before)
        self.trials = (*kept, *(outcome.trials if outcome else ()))
        if self.chosen is None:
            self._choose_first()

    def _choose_first(self) -> None:
        self.chosen_id, self._by_her = self.matches[0].trial_id if self.matches else None, False

    def adopt(self, outcome: Outcome) -> bool:
        """Take up what matching found, unless the profile has changed since; True where it was taken up."""
        if outcome.funnel.steps and outcome.profile is not self.profile:
            return False
        self.trials, self.problems, self.funnel = outcome.trials, outcome.problems, outcome.funnel
        self._known = None if outcome.funnel.steps else outcome.trials
        self._noted = (outcome.profile.id, outcome.stands)
        self._stood, self.news = Stood(self._loading, outcome.stands.get(self.folders.library, None if outcome.funnel.steps else 0)), ""
        if outcome.profile is not self.profile:
            return False
        self.matches, self.questions, self.found = in_order(outcome.matches), outcome.questions, ()
        self._matched = outcome.profile
        if any(one.trial_id == self._sought for one in self.matches):
            self.choose(self._sought)
        if not self._by_her or self.chosen is None:
            self._choose_first()
        if self.question is None:
            self._skipped.clear()
        return True

    def _take_up(self, profile: Profile, path: Path, saved: Profile | None, digest: Digest | None) -> None:
        super()._take_up(profile, path, saved, digest)
        self._forget()

    def put_down(self) -> None:
        """No patient is in hand any more, and no trial is judged."""
        super().put_down()
        self._forget()

    def _excluded(self) -> int:
        return sum(one.tier == "excluded" for one in (*self.matches, *self.found))

    def _forget(self) -> None:
        self.matches, self.questions, self.found, self.chosen_id, self._by_her = (), (), (), None, False
        self.funnel = Funnel()
        self._skipped.clear()
