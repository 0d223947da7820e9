"""The session: one patient, the trials, what matching made of them, the nurse's marks, and what is not yet saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from matcher import __version__
from matcher.export.shortlist import Versions
from matcher.intake.guard import objections
from matcher.model.match import AskNext, TrialMatch
from matcher.model.profile import Complete, Entry, Lab, Profile, Score
from matcher.model.records import keys
from matcher.model.trial import Trial
from matcher.model.verdict import Question
from matcher.session.answering import Answering
from matcher.session.answers import Reply, replaced, settle
from matcher.session.doubts import Doubt, entry_doubts, key_doubts
from matcher.session.history import History
from matcher.session.judging import Judging, with_decisions
from matcher.session.outcome import Funnel, Matching, Outcome, Told, few, in_order
from matcher.session.patients import ProfileFile, listed
from matcher.storage.digests import Digest
from matcher.storage.drafts import draft_files, draft_of, drop_draft, keep_draft
from matcher.storage.files import file_digest
from matcher.storage.folders import Folders, file_stem
from matcher.storage.marks import Mark, Marks
from matcher.storage.plausible import implausible
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_profile, save_profile
from matcher.vocabulary import load

if TYPE_CHECKING:
    from matcher.session.bringing import Brought
    from matcher.session.changed import Stands
    from matcher.session.importing import Imported
    from matcher.session.searching import Filters

MARKS = ("shortlist", "watch", "rejected", "none")
VERSIONS = Versions(__version__, "2026.11", "1")


class Session:
    """The one owner of what the app shows."""

    def __init__(
        self,
        folders: Folders,
        today: date,
        trials: Sequence[Trial] | None = None,
        as_of: date | None = None,
        matching: Matching | None = None,
    ) -> None:
        self.folders = folders
        self.today = today
        self.profile: Profile | None = None
        self.path: Path | None = None
        self.trials: tuple[Trial, ...] | None = None if trials is None else tuple(trials)
        self.funnel = Funnel()
        self.matches: tuple[TrialMatch, ...] = ()
        self.found: tuple[TrialMatch, ...] = ()
        self.answering = Answering()
        self._matched: Profile | None = None
        self.questions: tuple[AskNext, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.chosen_id: str | None = None
        self._known = self.trials
        self._matching = matching or Matching()
        self.initials = ""
        self._judging: Judging | None = None
        self._as_of = as_of
        self._saved: Profile | None = None
        self._digest: Digest | None = None
        self._history = History()
        self._skipped: list[Question] = []
        self._noted: tuple[str, Stands] | None = None
        self._sought = ""

    @property
    def as_of(self) -> date:
        """The day every window is measured back from: as asked for, else the profile's, else today."""
        return self._as_of or (self.profile and self.profile.as_of) or self.today

    @property
    def dated_by_hand(self) -> bool:
        """Whether the day was asked for, and is not the profile's own."""
        return self._as_of is not None

    @property
    def dirty(self) -> bool:
        """Whether there are changes that are not saved."""
        return self.profile is not None and self.profile != self._saved

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

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The nurse's marks by trial id."""
        return {one.trial_id: one for one in self._kept.marks}

    @property
    def judging(self) -> Judging:
        """What people decided for the patient in hand."""
        self._in_hand()
        assert self._judging is not None
        return self._judging

    def profiles(self) -> list[ProfileFile]:
        """The profiles in the folders, those that cannot be read with the reason."""
        return listed(self.folders)

    def open_profile(self, path: Path) -> None:
        """Take up the profile in a file; what was in hand is let go of. A shipped one is saved to the user's folder."""
        if path.parent == self.folders.drafts:
            self.new_profile(path.stem)
            return
        profile, digest = read_profile(path)
        own = path
        if self.folders.shipped_profiles and path.parent == self.folders.shipped_profiles:
            own = self.folders.profile_path(profile.id)
            digest_or_none = file_digest(own)
        else:
            digest_or_none = digest
        self._take_up(profile, own, profile, digest_or_none)

    def new_profile(self, code: str) -> None:
        """Begin a profile under a code that the site made up."""
        if code in self.folders.profile_files():
            raise InputError(code, "", "there is a patient with this code already")
        self._take_up(Profile(id=code, as_of=self.today), self.folders.profile_path(code), None, None)

    def hold(self, profile: Profile) -> None:
        """Take up a profile that is not in a file of the user's."""
        path = self.folders.profile_path(profile.id)
        self._take_up(profile, path, profile, file_digest(path))

    def identifiers(self) -> list[str]:
        """What in the profile could tell who the patient is, as sentences."""
        return objections(self._in_hand())

    def save_profile(self, over: bool = False) -> Path:
        """Save; InputError while an identifier is found, ChangedOnDisk where the file changed since it was read."""
        profile, path, digest = self._in_hand(), self.path, self._digest
        if path is None or (self._saved is not None and self._saved.id != profile.id):
            path, digest = self.folders.profile_path(profile.id), None
        self._digest = save_profile(profile, path, expected=file_digest(path) if over else digest, guard=objections)
        self._judging = self.judging.under(profile.id)
        self._judging.saved(self._saved, profile, self.initials)
        self.path, self._saved = path, profile
        drop_draft(self.folders, profile.id)
        return path

    def set_fact(self, **changes: Any) -> None:
        """Change keys of the profile; ValueError says what does not fit, and then nothing has changed."""
        self._change(self._plausible(replaced(self._in_hand(), **changes)))

    def put_entry(self, listed: str, place: int | None, entry: Entry) -> None:
        """Write one row of a list: over the row at `place`, or as a new one."""
        rows = list(getattr(self._in_hand(), listed))
        if place is None:
            rows.append(entry)
        else:
            rows[place] = entry
        self.set_fact(**{listed: rows})

    def add_entries(self, listed: str, entries: Sequence[Entry]) -> None:
        """Write several rows at the end of a list, as one change."""
        self.set_fact(**{listed: [*getattr(self._in_hand(), listed), *entries]})

    def complete_list(self, listed: str, value: bool | Literal["current"]) -> None:
        """Say that a list holds everything there is: ever (true), or what is so now."""
        now = self._in_hand().complete
        values = {key: getattr(now, key) for key in keys(Complete)}
        self.set_fact(complete=Complete(**{**values, listed: value}))

    def remove_entry(self, listed: str, place: int) -> None:
        """Delete one row of a list."""
        rows = list(getattr(self._in_hand(), listed))
        del rows[place]
        self.set_fact(**{listed: rows})

    def answer(self, question: Question, reply: Reply) -> None:
        """Record the reply to a question; NeedsEntry where only a whole row can say it."""
        self._change(self._plausible(settle(self._in_hand(), question, reply, self.as_of)))

    def doubts(self, question: Question, reply: Reply) -> list[Doubt]:
        """What is odd about a typed reply: recorded all the same where she repeats it, unless a doubt is final."""
        if reply.value is None:
            return []
        if question.list == "labs":
            found = entry_doubts(Lab(test=question.name, value=reply.value, unit=reply.unit, date=reply.date), self.as_of)
        elif question.list == "scores":
            found = entry_doubts(Score(name=question.name, value=reply.value, date=reply.date), self.as_of)
        else:
            return key_doubts(question.name, reply.value)
        return [one for one in found if one.field not in ("test", "name")]

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

    def undo(self) -> bool:
        """Take back the last change of the profile; False where there is none."""
        return self._go(self._history.back(self._in_hand()))

    def redo(self) -> bool:
        """Make again the change that was taken back last; False where there is none."""
        return self._go(self._history.forth(self._in_hand()))

    def unsaved(self) -> Profile | None:
        """Changes of this patient that were never saved, from a time when the app was lost; None where there are none."""
        draft = draft_of(self.folders, self._in_hand().id)
        return draft if draft is not None and draft != self.profile else None

    def recover(self, draft: Profile) -> None:
        """Take up unsaved changes again; they can be taken back."""
        self._change(draft)

    def discard(self) -> None:
        """Throw away what was not saved."""
        if self.profile is not None:
            drop_draft(self.folders, self.profile.id)

    def known_profile(self, code: str) -> Path | None:
        """The file of a patient by the code, that of one never saved included; None where there is none."""
        stem = file_stem(code)
        return self.folders.profile_files().get(stem) or draft_files(self.folders).get(stem)

    def choose(self, trial_id: str | None) -> None:
        """Choose the trial whose criteria are shown; one that was sought is not waited for any more."""
        self.chosen_id, self._sought = trial_id, ""

    def look_for(self, trial_id: str) -> None:
        """Choose a trial that may not be among those shown: once matched again it is."""
        self._sought = trial_id

    def judge_also(self, trial: Trial) -> None:
        """Choose a trial, judged at once where it is not among those shown."""
        if not any(one.trial_id == trial.id for one in self.matches):
            found = with_decisions(self._matching.match(self._in_hand(), [trial], self.as_of), [trial], self._kept, self._in_hand(), self.as_of)
            self.matches = in_order([*self.matches, *(replace(one, rank=0) for one in found)])
            self.trials = (*(self.trials or ()), trial)
        self.chosen_id = trial.id

    def mark(self, trial_id: str, mark: str, note: str = "") -> None:
        """Mark a trial for this patient, and keep the mark at once; `none` takes it away."""
        self.judging.mark(trial_id, mark, note)
        self.matches += tuple(one for one in self.found if one.trial_id == trial_id)
        self.found = tuple(one for one in self.found if one.trial_id != trial_id)

    def decided(self, record: Trial | None = None) -> None:
        """Something was decided of a criterion, or of its check in a record: let it count among the matches shown."""
        if record is not None and self.trials is not None:
            self.trials = tuple(record if one.id == record.id else one for one in self.trials)
            self._known = self._known and self.trials
        if self.profile is None:
            return
        also = [record.id] if record else []
        self.matches = in_order(with_decisions(self.matches, self.trials or (), self._kept, self.profile, self.as_of, also))
        self.questions = tuple(self._matching.ask_next(self.matches))

    def bring_in(self, path: Path, told: Callable[[Imported], None], stop: Callable[[], bool]) -> Brought:
        """Import a file or folder into the user's library; the trials are loaded anew at the next match."""
        from matcher.session.bringing import bring_in  # what reads trials is loaded only where one is brought in

        brought = bring_in(self.folders.library, [path], self.folders, self.today, told, stop)
        self.reload()
        return brought

    def reload(self) -> None:
        """Load the trials anew at the next match: what there is has changed."""
        self.trials = self._known = self._matched = None

    def rematch(self) -> None:
        """Match the profile in hand against every trial, here and now."""
        self.adopt(self.matching()())

    def matching(self, told: Told = lambda _: None, unwanted: Callable[[], bool] = bool) -> Callable[[], Outcome]:
        """The work of matching as a function that touches nothing of the session, to be run wherever it suits.

        Over a library `told` hears of the progress and of a first outcome, and where `unwanted` says so it raises Stopped.
        """
        profile, rooms, known, problems, marks = self._in_hand(), self._matching, self._known, self.problems, self._kept
        as_of, folders = self.as_of, self.folders
        if known is not None or not folders.library.exists():
            return lambda: few(profile, as_of, known, folders, rooms, problems, marks)
        from matcher.session.whole import Asked  # the database is loaded only where there is a library

        asked = Asked(profile, as_of, folders, marks, self.today, self._noted, self._sought or self.chosen_id or "")
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
            self.chosen_id = self.matches[0].trial_id if self.matches else None

    def adopt(self, outcome: Outcome) -> bool:
        """Take up what matching found, unless the profile has changed since; True where it was taken up."""
        if outcome.funnel.steps and outcome.profile is not self.profile:
            return False
        self.trials, self.problems, self.funnel = outcome.trials, outcome.problems, outcome.funnel
        self._known = None if outcome.funnel.steps else outcome.trials
        self._noted = (outcome.profile.id, outcome.stands)
        if outcome.profile is not self.profile:
            return False
        self.matches, self.questions, self.found = in_order(outcome.matches), outcome.questions, ()
        self._matched = outcome.profile
        if any(one.trial_id == self._sought for one in self.matches):
            self.choose(self._sought)
        if self.chosen is None:
            self.chosen_id = self.matches[0].trial_id if self.matches else None
        if self.question is None:
            self._skipped.clear()
        return True

    def _take_up(self, profile: Profile, path: Path, saved: Profile | None, digest: Digest | None) -> None:
        self._judging = Judging(self.folders, profile.id)
        self.profile, self.path, self._saved, self._digest = profile, path, saved, digest
        self.matches, self.questions, self.found, self.chosen_id = (), (), (), None
        self._history = History()
        self._skipped.clear()

    def _plausible(self, profile: Profile) -> Profile:
        known = {words for _, words in implausible(self._in_hand(), load())}
        slips = [words for _, words in implausible(profile, load()) if words not in known]
        if slips:
            raise ValueError(slips[0])
        return profile

    def _change(self, profile: Profile) -> None:
        if self.profile is not None and profile != self.profile:
            self._history.went_on_from(self.profile)
            self._go(profile)

    def _go(self, profile: Profile | None) -> bool:
        """Put another state of the profile in hand, and keep what of it is not saved."""
        if profile is None:
            return False
        if self.profile is not None and self.profile.id != profile.id:
            drop_draft(self.folders, self.profile.id)
        self.profile = profile
        if self.dirty:
            keep_draft(self.folders, profile, objections)
        else:
            drop_draft(self.folders, profile.id)
        return True

    @property
    def _kept(self) -> Marks:
        return self._judging.marks if self._judging else Marks(profile="")

    def _in_hand(self) -> Profile:
        if self.profile is None:
            raise InputError("", "", "choose a patient first, with p")
        return self.profile
