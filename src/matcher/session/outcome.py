"""What matching makes of the profile in hand, and matching against the few trials of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from matcher.matching import ask_next, match
from matcher.model.match import TIERS, AskNext, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.judging import with_decisions
from matcher.storage.folders import Folders
from matcher.storage.marks import Marks
from matcher.storage.trial_store import trials_of_user

if TYPE_CHECKING:
    from matcher.session.changed import Changed, Stands


@dataclass(frozen=True, slots=True)
class Funnel:
    """How a whole library came down to the trials shown: each step with how many it took away, and how many are left."""

    steps: tuple[tuple[str, int, int], ...] = ()
    shown: int = 0

    @property
    def total(self) -> int:
        """How many trials there are."""
        return self.steps[0][2] if self.steps else 0

    def recounted(self, more: int) -> Funnel:
        """The same where so many more trials are excluded by a criterion, or fewer: people decided something."""
        if len(self.steps) < 2:
            return self
        *before, (name, excluded, left) = self.steps
        return replace(self, steps=(*before, (name, excluded + more, left - more)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What matching made of one profile: it is taken up only while that profile is still the one in hand."""

    profile: Profile
    trials: tuple[Trial, ...]
    matches: tuple[TrialMatch, ...]
    questions: tuple[AskNext, ...]
    problems: tuple[str, ...] = ()
    funnel: Funnel = Funnel()
    stands: Stands = field(default_factory=dict)
    changed: tuple[Changed, ...] = ()


class Stopped(Exception):
    """What was going on is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many trials are judged, or are given their reasons, of how many; of 0 while the library is made ready."""

    done: int
    of: int = 0
    reasons: bool = False


_ASKED = 50  # trials whose open questions are asked next
_HERS = ("same", "broader", "narrower")  # how the disease of a trial stands to hers
Told = Callable[[Progress | Outcome], None]
"""Hears how far matching is, and of a first outcome while the rest goes on; it may raise Stopped."""


@dataclass(frozen=True, slots=True)
class Matching:
    """How trials are matched and what is asked next: the matching room, or a stand-in for it."""

    match: Callable[[Profile, Sequence[Trial], date], list[TrialMatch]] = match
    ask_next: Callable[[Sequence[TrialMatch]], list[AskNext]] = ask_next


def few(profile: Profile, as_of: date, trials: Sequence[Trial] | None, folders: Folders, rooms: Matching, problems: tuple[str, ...], marks: Marks) -> Outcome:
    """Every one of the trials given, else of the user's files, judged with its reasons."""
    if trials is None:
        loaded = trials_of_user(folders)
        trials, problems = loaded.trials, tuple(str(one) for one in loaded.problems)
    matches = tuple(with_decisions(rooms.match(profile, trials, as_of), trials, marks, profile, as_of))
    return Outcome(profile, tuple(trials), matches, asked_first(rooms.ask_next, matches), problems)


def asked_first(ask_next: Callable[[Sequence[TrialMatch]], list[AskNext]], matches: Sequence[TrialMatch]) -> tuple[AskNext, ...]:
    """The questions of the best trials as a nurse is asked them: before all others those of trials for a disease that she has, by what they mean for these."""
    matches = matches[:_ASKED]
    hers = [one for one in matches if one.condition_relation in _HERS]
    first = {one.question: place for place, one in enumerate(ask_next(hers))} if 0 < len(hers) < len(matches) else {}
    return tuple(sorted(ask_next(matches), key=lambda one: first.get(one.question, len(first))))


def in_order(matches: Sequence[TrialMatch]) -> tuple[TrialMatch, ...]:
    """The matches as they are shown, by tier and rank; those that were never ranked last in their tier."""
    return tuple(sorted(matches, key=lambda one: (TIERS.index(one.tier), not one.rank, one.rank)))


def moved(before: Sequence[TrialMatch], after: Sequence[TrialMatch]) -> Mapping[str, tuple[str, str]]:
    """The trials whose standing changed: id → (what it was, what it is)."""
    was = {one.trial_id: one.tier for one in before}
    return {one.trial_id: (was[one.trial_id], one.tier) for one in after if was.get(one.trial_id, one.tier) != one.tier}
