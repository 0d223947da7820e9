"""What an export is made from: the shortlist, and beside each trial of it the match it was taken from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.export.shortlist import ListedCriterion, ListedTrial, Shortlist, Versions, shortlist
from matcher.export.text import decision_words
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.model.verdict import SHOWN, Verdict
from matcher.storage.marks import Marks


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion: as it is listed, and with all that matching found of it."""

    listed: ListedCriterion
    match: CriterionMatch

    @property
    def verdict(self) -> Verdict:
        """The verdict that counts: a person's where one stands."""
        return self.match.verdict

    @property
    def decided(self) -> str:
        """What a person decided of it, in words; "" where nobody did."""
        return decision_words(self.match.decision) if self.match.decision else ""

    @property
    def noted(self) -> tuple[str, ...]:
        """What people said of it, line by line: a decision, which where it counts stands in the reason, and a note."""
        said = [self.decided] if self.decided and not self.match.overruled else []
        return (*said, *([f"Note: {self.match.remark}"] if self.match.remark else []))


@dataclass(frozen=True, slots=True)
class Entry:
    """One trial of a shortlist with its match."""

    listed: ListedTrial
    match: TrialMatch

    @property
    def criteria(self) -> tuple[Judged, ...]:
        """The criteria in the order of the protocol."""
        return tuple(Judged(*pair) for pair in zip(self.listed.criteria, self.match.criteria, strict=True))

    def with_verdict(self, verdict: Verdict) -> tuple[Judged, ...]:
        """The criteria whose verdict that counts is this one."""
        return tuple(one for one in self.criteria if one.verdict is verdict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A shortlist with the matches it was made from, in its order."""

    shortlist: Shortlist
    entries: tuple[Entry, ...]

    @property
    def day(self) -> str:
        """The day the verdicts are for, in words."""
        return f"as of {self.shortlist.as_of}" if self.shortlist.as_of else "without a day"

    @property
    def made_with(self) -> str:
        """The versions the verdicts depend on, in words."""
        made = self.shortlist.versions
        return f"matcher {made.matcher}, vocabulary {made.vocabulary}, reader {made.reader}"


def dossier(
    profile: Profile, trials: Iterable[Trial], matches: Sequence[TrialMatch], marks: Marks, versions: Versions,
    as_of: date | None = None, every: bool = False,
) -> Dossier:  # fmt: skip
    """The marked trials (or `every` one) with their matches; the arguments as of `shortlist`."""
    listed = shortlist(profile, trials, matches, marks, versions, as_of, every)
    found = {one.trial_id: one for one in matches}
    return Dossier(listed, tuple(Entry(one, found[one.id]) for one in listed.trials))


def word(verdict: str) -> str:
    """A verdict as a nurse says it: "met", "excludes", "ask", "review", "n/a"."""
    return SHOWN[Verdict(verdict)][1]


__all__ = ["Dossier", "Entry", "Judged", "dossier", "word"]
