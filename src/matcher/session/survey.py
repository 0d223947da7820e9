"""One patient against whole libraries: what certainly excludes and what is unrelated is left out, the rest is judged.

Verdicts, scores and order are those of `matching.match`; what is left out is counted step by step. Only the trials that
are shown are judged with their reasons.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from matcher.matching.patient import prepare
from matcher.matching.quick import InFull, Judgement, Quick, tally_in, tier_in
from matcher.matching.ranking import Relations, TermInfo, score, score_values
from matcher.matching.trials import Said, match_trial
from matcher.model.match import TIERS, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import OPEN_STATUSES, Trial
from matcher.model.values import value
from matcher.session.sieve import Sieve, Stand
from matcher.storage.blocks import Candidate
from matcher.storage.candidates import shelf_of
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.vocabulary import Vocabulary, load

_TIER = {name: place for place, name in enumerate(TIERS)}
EXCLUDED = _TIER["excluded"]
_AT_ONCE = 1000  # candidates whose rules are looked up together
_NOTED = 1000  # trials of which a match remembers that they stood first
_FIRST = 4000  # judged trials among which the first are worth showing


class Standing(NamedTuple):
    """Where one trial stands: tier, score with its sign turned, id, where its record is (-1 = among the files, of which it has the number), and whether it is open to new patients."""

    tier: int
    minus: float
    id: str
    library: int
    number: int
    open: bool


_TIER_OF, _IS_OPEN = attrgetter("tier"), attrgetter("open")
_standing = partial(tuple.__new__, Standing)  # what a call of the class does, in half the time


@value(frozen=True, slots=True)
class Step:
    """How many trials a step took away, and why."""

    name: str
    removed: int
    left: int

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {"step": self.name, "removed": self.removed, "left": self.left}


class _Later(NamedTuple):
    """A record that a criterion excludes, of which the score is not found yet."""

    id: str
    library: int
    status: str
    stand: Stand
    quick: Quick
    program: Sequence[int]


_later = partial(tuple.__new__, _Later)


class Survey:
    """One patient's standing among the trials of files and libraries; `said` gives what people decided of those in `decided`."""

    def __init__(
        self, profile: Profile, as_of: date | None, files: Sequence[Trial], libraries: Sequence[Library], vocabulary: Vocabulary | None = None,
        *, exhaustive: bool = False, any_condition: bool = False, said: Callable[[str], Said] | None = None, decided: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.patient = prepare(profile, vocabulary or load(), as_of)
        self.relations = Relations(self.patient, self._term)
        self._files, self._libraries = files, libraries
        self._ids = {one.id: place for place, one in enumerate(files)}
        self._exhaustive, self._any_condition = exhaustive, any_condition
        self._said, self._decided = said, decided
        self._removed = Counter[str]()
        self._scores: dict[tuple[Stand, str, Judgement], tuple[int, float]] = {}
        self._waiting = 0
        self.total = len(files)
        self._standings: list[Standing] = []
        self._later: list[_Later] = []

    def run(self, first: Callable[[Survey], None] = lambda _: None, told: Callable[[int, int], None] = lambda _, __: None) -> Survey:
        """Judge what is to be judged, the most closely related trials first.

        `first` is called once, when those that are related (or enough of any) stand in order to be shown; `told` hears now and then how many are
        judged and how many wait (of those known to be candidates so far), and may stop it all by an error of its own.
        """
        collecting = gc.isenabled()
        gc.disable()  # what is made here stays: going through it again and again would find nothing to throw away
        try:
            with ExitStack() as stack:
                for one in () if self._exhaustive else self._libraries:
                    stack.enter_context(shelf_of(one).still())
                return self._run(first, told)
        finally:
            if collecting:
                gc.enable()

    def _run(self, first: Callable[[Survey], None], told: Callable[[int, int], None]) -> Survey:
        self._standings = [self._full(one, -1, place) for place, one in enumerate(self._files)]
        libraries = [self._every(place, one) if self._exhaustive else self._candidates(place, one) for place, one in enumerate(self._libraries)]
        shown = False
        for related in (True, False):
            for one in libraries:
                for some in one(related):
                    self._standings += some
                    told(self.judged, self._waiting)
                    if not shown and self.judged >= _FIRST:
                        shown = self._shown(first)
            shown = shown or (self.judged > len(self._files) and self._shown(first))
        self._standings.sort()
        return self

    def _shown(self, first: Callable[[Survey], None]) -> bool:
        self._standings.sort()
        first(self)
        return True

    @property
    def judged(self) -> int:
        """How many trials were judged."""
        return len(self._standings) + len(self._later)

    @property
    def standings(self) -> Sequence[Standing]:
        """Where every trial that was judged stands, in order."""
        return self.best(self.judged)

    def best(self, count: int) -> Sequence[Standing]:
        """The first ones of them: the scores of excluded trials are found only where those are among them."""
        if self._later and count > self._open:
            self._standings += [self._scored(one.id, one.library, one.status, one.stand, one.quick.judge(one.program)) for one in self._later]
            self._later.clear()
            self._standings.sort()
        return self._standings[:count]

    def noted(self) -> list[str]:
        """The ids of those that a match remembers to have stood first; excluded trials among them in no order, since their scores need not be found for it."""
        found = [one.id for one in self._standings[:_NOTED]]
        return found + [one.id for one in self._later[: _NOTED - len(found)]]

    @property
    def left(self) -> Sequence[Standing]:
        """Those of trials that are not excluded."""
        return self._standings[: self._open]

    @property
    def _open(self) -> int:
        """How many of the standings found so far, in order, are of trials that are not excluded."""
        return bisect_left(self._standings, (EXCLUDED,))

    def _ranks(self, wanted: Collection[str]) -> dict[str, int]:
        """The ranks of those of these ids that were judged, in order."""
        among = self.judged if any(one.id in wanted for one in self._later) else len(self._standings)
        return {one.id: rank for rank, one in enumerate(self.best(among), 1) if one.id in wanted}

    @property
    def funnel(self) -> list[Step]:
        """The steps from all trials to those that are left, each with what it took away."""
        left, steps = self.total, [Step("all trials", 0, self.total)]
        excluded = self.judged - self._open
        for name, count in (*self._removed.items(), ("excluded by a criterion", excluded)):
            left -= count
            steps.append(Step(name, count, left))
        return steps

    def tiers(self, *, open_only: bool = False) -> dict[str, int]:
        """How many of the judged trials are in each tier; with `open_only` of those open to new patients."""
        found = Counter(map(_TIER_OF, filter(_IS_OPEN, self._standings) if open_only else self._standings))
        found[EXCLUDED] += sum(one.status in OPEN_STATUSES or not open_only for one in self._later)
        return {name: found[place] for name, place in _TIER.items()}

    def matches(self, count: int | None = None) -> Iterator[TrialMatch]:
        """The first trials in order, judged with their reasons."""
        for rank, one in enumerate(self.best(self.judged if count is None else count), 1):
            trial = self.trial(one)
            if trial is not None:
                yield replace(self._match(trial), rank=rank)

    def match_of(self, trial_id: str) -> TrialMatch | None:
        """One trial judged with its reasons, whether or not it was left out; its rank is 0 where it was."""
        trial = self.known(trial_id)
        return replace(self._match(trial), rank=self._ranks((trial_id,)).get(trial_id, 0)) if trial else None

    def of(self, wanted: Collection[str]) -> Iterator[tuple[Trial, TrialMatch]]:
        """The records and matches of these ids in order; those that were left out come last."""
        standing = self._ranks(wanted)
        left_out = {name: self.judged + place for place, name in enumerate(sorted(set(wanted) - standing.keys()), 1)}
        for name, rank in (*standing.items(), *left_out.items()):
            trial = self.known(name)
            if trial is not None:
                yield trial, replace(self._match(trial), rank=rank)

    def known(self, trial_id: str) -> Trial | None:
        """The record of an id, that of a file before that of a library."""
        if trial_id in self._ids:
            return self._files[self._ids[trial_id]]
        return next((found for library in self._libraries if (found := library.trial(trial_id))), None)

    def trial(self, one: Standing) -> Trial | None:
        """The record of a standing."""
        return self._files[one.number] if one.library < 0 else self._libraries[one.library].trial(one.id)

    def _term(self, text: str) -> TermInfo | None:
        """What a library keeps of a condition that trials are about."""
        found = (shelf_of(one).condition(text) for one in self._libraries)
        return next((one for one in found if one is not None), None)

    def _match(self, trial: Trial) -> TrialMatch:
        """One trial with its reasons, and with what people decided of it."""
        return match_trial(self.patient, trial, self.relations, self._said(trial.id) if self._said and trial.id in self._decided else None)

    def _full(self, trial: Trial, library: int, number: int) -> Standing:
        found = self._match(trial)
        return Standing(_TIER[found.tier], -found.score, trial.id, library, number, found.status in OPEN_STATUSES)

    def _every(self, place: int, library: Library) -> Callable[[bool], Iterator[list[Standing]]]:
        """Every record in full, one after the other."""

        def judged(related: bool) -> Iterator[list[Standing]]:
            for trial in library.trials() if related else ():
                if trial.id not in self._ids:
                    self.total += 1
                    yield [self._full(trial, place, 0)]

        return judged

    def _candidates(self, place: int, library: Library) -> Callable[[bool], Iterator[list[Standing]]]:
        """What nothing certain excludes and is not unrelated: first what is related, then what may be."""
        shelf = shelf_of(library)
        sieve = Sieve(self.patient, self.relations, shelf, self._ids.keys(), any_condition=self._any_condition)
        quick = Quick(self.patient, shelf)
        self.total += shelf.size

        def judged(related: bool) -> Iterator[list[Standing]]:
            if not related:
                self._removed.update(sieve.removed)
            found = sieve.related if related else sieve.others
            self._waiting += len(found)
            while found:
                some = found[:_AT_ONCE]
                del found[:_AT_ONCE]
                yield list(self._judged(place, library, quick, some))
                self._waiting -= len(some)

        return judged

    def _judged(self, place: int, library: Library, quick: Quick, some: Sequence[tuple[Stand, Candidate]]) -> Iterator[Standing]:
        answered, decided, later = quick.answered, self._decided, self._later
        for stand, candidate in some:
            name, status, program, marks = candidate
            try:
                if name in decided or (answered and not answered.isdisjoint(marks)):
                    raise InFull
                judgement = quick.open(program)
            except InFull:
                yield from self._in_full(place, library, name)
                continue
            if judgement is None:
                later.append(_later((name, place, status, stand, quick, program)))
            else:
                yield self._scored(name, place, status, stand, judgement)

    def _scored(self, name: str, place: int, status: str, stand: Stand, judgement: Judgement) -> Standing:
        """The standing of a record by what was found of it: like ones have their tier and score in common."""
        key = stand, status, judgement
        known = self._scores.get(key)
        if known is None:
            minus = -score(score_values(*stand, status, tally_in(judgement)))
            known = self._scores[key] = _TIER[tier_in(judgement)], minus
        return _standing((*known, name, place, 0, status in OPEN_STATUSES))

    def _in_full(self, place: int, library: Library, name: str) -> Iterable[Standing]:
        try:
            trial = library.trial(name)
        except InputError:
            trial = None
        return [self._full(trial, place, 0)] if trial else []


__all__ = ["Standing", "Step", "Survey"]
