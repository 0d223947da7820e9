"""What of a library may be for a patient: records that nothing certain excludes and whose conditions are not unrelated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from matcher.matching import truth as t
from matcher.matching.evaluate import evaluate
from matcher.matching.patient import Patient
from matcher.matching.people import age_span
from matcher.matching.ranking import UNKNOWN, Relations, mean
from matcher.matching.stated import Said, said_in
from matcher.matching.subjects import of_healthy
from matcher.model import language as lang
from matcher.storage.blocks import BITS, TAKES_HEALTHY, Records
from matcher.storage.candidates import Candidate, Gate, Shelf, excluded
from matcher.storage.index import known_condition

Stand = tuple[float, float]
"""How a record's conditions stand to the patient's: the value of the closest relation, and the mean of all."""

_MINE, _UNRELATED = "records that files stand for", "unrelated conditions"
_REASONS = {"age": "too young or too old", "healthy volunteers": "no healthy volunteers", "sex": "the other sex"}


class Sieve:
    """One patient before the records of one library; `mine` are the ids of records that files stand for.

    `related` are the records of which a relation to the patient's conditions is known, the closest ones first; `others` those
    that may be for the patient all the same; `removed` counts by the reason those that are not.
    """

    def __init__(self, patient: Patient, relations: Relations, shelf: Shelf, mine: Collection[str], *, any_condition: bool) -> None:
        self._relations, self._shelf, self._any = relations, shelf, any_condition
        self._gate = gate_of(patient)
        self._mine = shelf.places(mine)
        self._stands: dict[str, Stand] = {}
        self._has = relations.wordings
        self._values: dict[str, float] = {}
        self._known: dict[tuple[str, bool, Said | None], float] = {}
        self._removed = Counter[str]()
        self.related: list[tuple[Stand, Candidate]] = []
        self.others: list[tuple[Stand, Candidate]] = []
        self._sieve()
        self.related.sort(key=lambda one: one[0], reverse=True)

    @property
    def removed(self) -> dict[str, int]:
        """How many records were left out, step by step."""
        return {step: self._removed[step] for step in (*_REASONS.values(), _MINE, _UNRELATED) if self._removed[step] or step == _UNRELATED}

    def _sieve(self) -> None:
        related, others = self.related.append, self.others.append
        for number in self._shelf.blocks:
            records = self._shelf.records(number)
            for at, stand in self._kept(number << BITS, records):
                put = related if stand[0] > UNKNOWN else others
                put((stand, records.candidate(at)))

    def _kept(self, first: int, records: Records) -> list[tuple[int, Stand]]:
        """The places of a block's records that nothing certain excludes and that are not to be left out for their conditions."""
        let_in = self._let_in(records)
        if self._mine:
            mine = [at for at in let_in if first + at in self._mine]
            self._removed[_MINE] += len(mine)
            let_in = sorted(set(let_in).difference(mine))
        about, stands, every = records.about, self._stands, self._any
        kept = [(at, stand) for at in let_in if (stand := stands[key] if (key := about[at]) in stands else self._stand(key))[0] or every]
        self._removed[_UNRELATED] += len(let_in) - len(kept)
        return kept

    def _let_in(self, records: Records) -> list[int]:
        """The places of the records that nothing certain excludes."""
        whys = [excluded(self._gate, limits) for limits in records.limits]
        counted = Counter(records.limited)
        for number, why in enumerate(whys):
            if why:
                self._removed[_REASONS[why]] += counted[number]
        barred = [*map(bool, whys), True]  # the last one is met by -1: no record
        return [at for at, number in enumerate(records.limited) if not barred[number]]

    def _stand(self, about: str) -> Stand:
        healthy, *terms = about.split(" ")
        values = self._values
        each = [values[number] if number in values else self._value(number) for number in terms]
        if any(each):
            found = max(each), mean(each)
        else:
            other = self._relations.without("" if terms else None, healthy_volunteers=int(healthy) == TAKES_HEALTHY)
            found = (other.value, other.specific) if other else (0.0, 0.0)
        self._stands[about] = found
        return found

    def _value(self, number: str) -> float:
        """How a condition that trials are about stands to the patient's: like ones are compared once."""
        text, known = self._conditions.get(int(number), ("", "")) if self._has else ("", "")
        said = said_in(text) if known.startswith("[null,[[") else None
        if known and of_healthy(text):
            return self._values.setdefault(number, 0.0)
        key = known, text.casefold() in self._has, said
        if key not in self._known:
            self._known[key] = self._relations.value(known_condition(text, known)) if known else 0.0
        found = self._values[number] = self._known[key]
        return found

    @cached_property
    def _conditions(self) -> dict[int, tuple[str, str]]:
        return self._shelf.conditions()


def gate_of(patient: Patient) -> Gate:
    """What is certain of a patient."""
    span = age_span(patient)
    healthy = evaluate(lang.State("healthy volunteer"), patient).truth == t.HOLDS
    youngest, oldest = span or (float("-inf"), float("inf"))
    return Gate(patient.profile.sex, youngest, oldest, healthy)


__all__ = ["Sieve", "Stand", "gate_of"]
