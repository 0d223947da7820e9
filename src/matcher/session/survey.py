"""One patient against whole libraries: what certainly excludes and what is unrelated is left out, the rest is judged.

Verdicts, scores and order are those of `matching.match`; what is left out is counted step by step. Only the trials that
are shown are judged with their reasons.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from matcher.matching import truth as t
from matcher.matching.evaluate import evaluate
from matcher.matching.patient import Patient, prepare
from matcher.matching.people import age_span
from matcher.matching.programs import unpacked
from matcher.matching.quick import InFull, Quick
from matcher.matching.ranking import UNKNOWN, Relations, mean, score, score_values
from matcher.matching.trials import match_trial
from matcher.model import language as lang
from matcher.model.match import TIERS, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.storage.candidates import Facet, Gate, Shelf
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.vocabulary import Vocabulary, load

_TIER = {name: place for place, name in enumerate(TIERS)}
EXCLUDED = _TIER["excluded"]


class Standing(NamedTuple):
    """Where one trial stands: tier, score with its sign turned, id, and where its record is (-1 = among the files)."""

    tier: int
    minus: float
    id: str
    library: int
    number: int


@dataclass(frozen=True, slots=True)
class Step:
    """How many trials a step took away, and why."""

    name: str
    removed: int
    left: int

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {"step": self.name, "removed": self.removed, "left": self.left}


class Survey:
    """One patient's standing among the trials of files and libraries."""

    def __init__(
        self, profile: Profile, as_of: date | None, files: Sequence[Trial], libraries: Sequence[Library], vocabulary: Vocabulary | None = None,
        *, exhaustive: bool = False, any_condition: bool = False,
    ) -> None:  # fmt: skip
        self.patient = prepare(profile, vocabulary or load(), as_of)
        self.relations = Relations(self.patient)
        self._files, self._libraries = files, libraries
        self._ids = {one.id: place for place, one in enumerate(files)}
        self._exhaustive, self._any_condition = exhaustive, any_condition
        self._removed: dict[str, int] = {}
        self.total = len(files)
        self.standings: list[Standing] = []

    def run(self, first: Callable[[Survey], None] = lambda _: None) -> Survey:
        """Judge what is to be judged; `first` is called once all trials of related conditions are, before the others."""
        collecting = gc.isenabled()
        gc.disable()  # what is made here stays: going through it again and again would find nothing to throw away
        try:
            return self._run(first)
        finally:
            if collecting:
                gc.enable()

    def _run(self, first: Callable[[Survey], None]) -> Survey:
        self.standings = [self._full(one, -1, place) for place, one in enumerate(self._files)]
        later = []
        for place, library in enumerate(self._libraries):
            later.append(self._every(place, library) if self._exhaustive else self._candidates(place, library))
        for related in (True, False):
            for one in later:
                self.standings += one(related)
            self.standings.sort()
            if related:
                first(self)
        return self

    @property
    def funnel(self) -> list[Step]:
        """The steps from all trials to those that are left, each with what it took away."""
        left, steps = self.total, [Step("all trials", 0, self.total)]
        excluded = sum(one.tier == EXCLUDED for one in self.standings)
        for name, count in (*self._removed.items(), ("excluded by a criterion", excluded)):
            left -= count
            steps.append(Step(name, count, left))
        return steps

    def tiers(self) -> dict[str, int]:
        """How many of the judged trials are in each tier."""
        return {name: sum(one.tier == place for one in self.standings) for name, place in _TIER.items()}

    def matches(self, count: int | None = None) -> Iterator[TrialMatch]:
        """The first trials in order, judged with their reasons."""
        for rank, one in enumerate(islice(self.standings, count), 1):
            trial = self.trial(one)
            if trial is not None:
                yield replace(match_trial(self.patient, trial, self.relations), rank=rank)

    def match_of(self, trial_id: str) -> TrialMatch | None:
        """One trial judged with its reasons, whether or not it was left out; its rank is 0 where it was."""
        rank = next((rank for rank, one in enumerate(self.standings, 1) if one.id == trial_id), 0)
        trial = self.known(trial_id)
        return replace(match_trial(self.patient, trial, self.relations), rank=rank) if trial else None

    def of(self, wanted: Collection[str]) -> Iterator[tuple[Trial, TrialMatch]]:
        """The records and matches of these ids in order; those that were left out come last."""
        standing = {one.id: rank for rank, one in enumerate(self.standings, 1) if one.id in wanted}
        left_out = {name: len(self.standings) + place for place, name in enumerate(sorted(set(wanted) - standing.keys()), 1)}
        for name, rank in (*standing.items(), *left_out.items()):
            trial = self.known(name)
            if trial is not None:
                yield trial, replace(match_trial(self.patient, trial, self.relations), rank=rank)

    def known(self, trial_id: str) -> Trial | None:
        """The record of an id, that of a file before that of a library."""
        if trial_id in self._ids:
            return self._files[self._ids[trial_id]]
        return next((found for library in self._libraries if (found := library.trial(trial_id))), None)

    def trial(self, one: Standing) -> Trial | None:
        """The record of a standing."""
        return self._files[one.number] if one.library < 0 else self._libraries[one.library].trial(one.id)

    def _full(self, trial: Trial, library: int, number: int) -> Standing:
        found = match_trial(self.patient, trial, self.relations)
        return Standing(_TIER[found.tier], -found.score, trial.id, library, number)

    def _every(self, place: int, library: Library) -> Callable[[bool], list[Standing]]:
        """Every record in full, one after the other."""

        def judged(related: bool) -> list[Standing]:
            if not related:
                return []
            trials = [one for one in library.trials() if one.id not in self._ids]
            self.total += len(trials)
            return [self._full(one, place, 0) for one in trials]

        return judged

    def _candidates(self, place: int, library: Library) -> Callable[[bool], list[Standing]]:
        """What nothing certain excludes and is not unrelated: first what is related, then what may be."""
        shelf = Shelf(library.base)
        gate = gate_of(self.patient)
        self.total += shelf.size
        for name, count in shelf.removed(gate).items():
            if name:
                self._took(_REASONS[name], count)
        found = self._related(shelf, gate)
        quick = Quick(self.patient, shelf)
        return lambda related: list(self._judged(place, library, shelf, quick, found[related]))

    def _related(self, shelf: Shelf, gate: Gate) -> dict[bool, dict[int, tuple[Facet, float, float]]]:
        """The candidates by whether a relation of their conditions to the patient's is known."""
        found: dict[bool, dict[int, tuple[Facet, float, float]]] = {True: {}, False: {}}
        values: dict[int, float] = {}
        known: dict[tuple[int | None, bytes], tuple[float, float]] = {}
        unrelated = mine = 0
        for facet in shelf.facets(gate):
            if facet[2] in self._ids:
                mine += 1
                continue
            about = facet[4:]
            stands = known.get(about)
            if stands is None:
                stands = known[about] = self._stands(shelf, values, *about)
            if stands[0] or self._any_condition:
                found[stands[0] > UNKNOWN][facet[0]] = facet, *stands
            else:
                unrelated += 1
        if mine:
            self._took("records that files stand for", mine)
        self._took("unrelated conditions", unrelated)
        return found

    def _stands(self, shelf: Shelf, values: dict[int, float], healthy: int | None, conditions: bytes) -> tuple[float, float]:
        """How a record's conditions stand to the patient's: the closest relation, and the mean of all."""
        terms = unpacked(conditions)
        each = []
        for number in terms:
            if number not in values:
                relation = self.relations.of_term(shelf.condition(number))
                values[number] = relation.value if relation else 0.0
            each.append(values[number])
        if any(each):
            return max(each), mean(each)
        other = self.relations.without("" if terms else None, healthy_volunteers=bool(healthy))
        return (other.value, other.specific) if other else (0.0, 0.0)

    def _took(self, name: str, count: int) -> None:
        self._removed[name] = self._removed.get(name, 0) + count

    def _judged(self, place: int, library: Library, shelf: Shelf, quick: Quick, found: dict[int, tuple[Facet, float, float]]) -> Iterator[Standing]:
        for n, program in shelf.programs(found):
            facet, relation, specific = found[n]
            try:
                judged = quick.judge(unpacked(program))
            except InFull:
                yield from self._in_full(place, library, facet)
                continue
            _, number, name, status, *_ = facet
            points = score(score_values(relation, specific, status, judged.tally))
            yield Standing(_TIER[judged.tier], -points, name, place, number)

    def _in_full(self, place: int, library: Library, facet: Facet) -> Iterable[Standing]:
        try:
            trial = library.trial(facet[2])
        except InputError:
            trial = None
        return [self._full(trial, place, facet[1])] if trial else []


_REASONS = {"age": "too young or too old", "sex": "the other sex", "healthy volunteers": "no healthy volunteers"}


def gate_of(patient: Patient) -> Gate:
    """What is certain of a patient."""
    span = age_span(patient)
    healthy = evaluate(lang.State("healthy volunteer"), patient).truth == t.HOLDS
    youngest, oldest = span or (float("-inf"), float("inf"))
    return Gate(patient.profile.sex, youngest, oldest, healthy)


__all__ = ["Standing", "Step", "Survey", "gate_of"]
