"""What of a library may be for a patient: records that nothing certain excludes and whose conditions are not unrelated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

from matcher.matching import truth as t
from matcher.matching.evaluate import evaluate
from matcher.matching.patient import Patient
from matcher.matching.people import age_span
from matcher.matching.programs import unpacked
from matcher.matching.ranking import UNKNOWN, Relations, mean
from matcher.model import language as lang
from matcher.storage.candidates import Facet, Gate, Shelf
from matcher.storage.index import known_condition

Stand = tuple[float, float]
"""How a record's conditions stand to the patient's: the value of the closest relation, and the mean of all."""

_REASONS = {"age": "too young or too old", "healthy volunteers": "no healthy volunteers", "sex": "the other sex"}


class Sieve:
    """One patient before the records of one library; `mine` are the ids of records that files stand for."""

    def __init__(self, patient: Patient, relations: Relations, shelf: Shelf, mine: Collection[str], *, any_condition: bool) -> None:
        self._relations, self._shelf, self._any = relations, shelf, any_condition
        self._gate = gate_of(patient)
        self._healthy = bool(patient.profile.healthy)
        self._mine = shelf.places(mine)
        self._stands: dict[tuple[int | None, bytes], Stand] = {}
        self._related: dict[int, Stand] = {}
        self.removed: Counter[str] = Counter()

    def related(self) -> dict[int, Stand]:
        """The records of which a relation to the patient's conditions is known, the closest ones first."""
        terms = [n for n, value in self._values.items() if value > UNKNOWN]
        found = self._kept(self._shelf.facets_about(self._gate, terms, healthy=self._healthy)) if terms or self._healthy else {}
        close = {n: stand for n, stand in found.items() if stand[0] > UNKNOWN}
        self._related = dict(sorted(close.items(), key=lambda one: one[1], reverse=True))
        return self._related

    def others(self) -> dict[int, Stand]:
        """The other records that may be for the patient; `removed` then counts those that are not, by the reason."""
        self.removed.clear()
        found = self._kept(self._shelf.facets(self._gate))
        return {n: stand for n, stand in found.items() if n not in self._related}

    def _kept(self, facets: Iterable[Facet]) -> dict[int, Stand]:
        """The records that nothing certain excludes and that are not to be left out for their conditions."""
        found: dict[int, Stand] = {}
        mine, stands, every = self._mine, self._stands, self._any
        unrelated = hidden = 0
        for n, why, healthy, conditions in facets:
            if why:
                self.removed[_REASONS[why]] += 1
                continue
            if n in mine:
                hidden += 1
                continue
            key = healthy, conditions
            stand = stands.get(key)
            if stand is None:
                stand = stands[key] = self._stand(*key)
            if stand[0] or every:
                found[n] = stand
            else:
                unrelated += 1
        if hidden:
            self.removed["records that files stand for"] = hidden
        self.removed["unrelated conditions"] = unrelated
        return found

    def _stand(self, healthy: int | None, conditions: bytes) -> Stand:
        terms = unpacked(conditions)
        each = [self._values.get(number, 0.0) for number in terms]
        if any(each):
            return max(each), mean(each)
        other = self._relations.without("" if terms else None, healthy_volunteers=bool(healthy))
        return (other.value, other.specific) if other else (0.0, 0.0)

    @cached_property
    def _values(self) -> dict[int, float]:
        """How each condition that trials are about stands to the patient's, by its number: like ones are compared once."""
        found: dict[int, float] = {}
        known: dict[tuple[str, bool], float] = {}
        mine = self._relations.wordings
        for number, text, said in self._shelf.conditions() if mine else ():
            key = said, text.casefold() in mine
            if key not in known:
                known[key] = self._relations.value(known_condition(text, said))
            found[number] = known[key]
        return found


def gate_of(patient: Patient) -> Gate:
    """What is certain of a patient."""
    span = age_span(patient)
    healthy = evaluate(lang.State("healthy volunteer"), patient).truth == t.HOLDS
    youngest, oldest = span or (float("-inf"), float("inf"))
    return Gate(patient.profile.sex, youngest, oldest, healthy)


__all__ = ["Sieve", "Stand", "gate_of"]
