"""Trials judged by the thousand for one patient: verdicts without their reasons, each leaf and each like leaf judged once.

What is found is exactly what `trials.match_trial` finds (a law of the tests): the same findings of the same leaves, joined
by the same logic. What is left out are sentences, evidence and questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any as Anything
from typing import NamedTuple, Protocol

from matcher.matching import truth as t
from matcher.matching.alike import NOTHING, Alike
from matcher.matching.evaluate import evaluate
from matcher.matching.finding import Finding
from matcher.matching.patient import Patient
from matcher.matching.programs import (
    EXCLUSION,
    GROUP,
    HAS_UNREAD,
    IN_FULL,
    KINDS,
    NAMING,
    NODES,
    OF_FACTS,
    SPOKEN,
    mark_of,
)
from matcher.matching.ranking import Tally
from matcher.model import language as lang
from matcher.model.verdict import ASKABLE, FOR_A_PERSON
from matcher.model.wording import parse
from matcher.vocabulary import Concept

_CODES = (*ASKABLE, *FOR_A_PERSON)
_BIT = {code: 1 << place for place, code in enumerate(_CODES)}
_ASKABLE = (1 << len(ASKABLE)) - 1
_CAUSES = 6  # where the causes begin in a packed finding: truth, presumed truth, causes
PASS, FAIL, UNKNOWN, REVIEW, NA = range(5)
_SPOKEN = tuple(
    t.OPEN | t.OPEN << 3 | _BIT[code] << _CAUSES for code in ("not-recorded", "judgement", "consent", "unread")
)
_CONSENT = _BIT["consent"]
_MOST_WHOLES = 200_000  # checks of several leaves that are remembered


class Leaves(Protocol):
    """Whoever keeps the leaves of a library."""

    def leaf(self, number: int) -> tuple[int, int]:
        """The numbers of a leaf's term (0 = none) and of its shape."""

    def term(self, number: int) -> str:
        """The words of a term."""

    def concepts(self, number: int) -> Iterable[tuple[str, str, Concept | None]]:
        """What the vocabulary made of a term: kind, wording and concept."""

    def excepted(self, kind: int, text: str) -> Iterable[tuple[str, str, Concept | None]]:
        """The same of a term that a leaf of this kind excepts."""

    def shape(self, number: int) -> str:
        """The wording of a shape: the leaf with ANY_TERM for its term."""


class InFull(Exception):
    """The trial is to be judged in full: it holds words that may be those of a recorded answer, or has no program."""


class Judgement(NamedTuple):
    """What was found of one trial: its tier and what its score is made of."""

    tier: str
    tally: Tally


class Quick:
    """One patient, ready to be judged against programs."""

    def __init__(self, patient: Patient, leaves: Leaves) -> None:
        self._patient = patient
        self._leaves = leaves
        self._alike = Alike(patient)
        self._answered = {mark_of(one.statement) for one in patient.profile.answers}
        self._found: dict[int, int] = {}
        self._wholes: dict[tuple[int, ...], int] = {}
        self._like: dict[tuple[int, int, object], int] = {}
        self._signs: dict[tuple[int, int], object | None] = {}
        self._shapes: dict[int, lang.Leaf] = {}
        self._verdicts: dict[int, tuple[int, bool, bool]] = {}

    def judge(self, program: Sequence[int]) -> Judgement:
        """One trial; InFull where only a full judgement can tell."""
        place, end = 0, len(program)
        if end and program[0] == IN_FULL:
            raise InFull
        total = met = presumed = facts = 0
        key: tuple[int, ...]
        eligible, failed, groups = end > 0, set[int](), set[int]()
        verdicts, found, wholes, spoken, answered = self._verdicts, self._found, self._wholes, _SPOKEN, self._answered
        if len(wholes) > _MOST_WHOLES:
            wholes.clear()
        while place < end:
            head, length = program[place], program[place + 1]
            token = program[place + 2]
            one = found.get(token) if length == 1 else wholes.get(key := tuple(program[place + 2 : place + 2 + length]))
            if one is None:
                if length == 1:
                    one = spoken[token & 15] if token & 15 < SPOKEN and token >> 4 not in answered else self._leaf(token)
                else:
                    one = wholes[key] = self._node(program, place + 2)[0]
            case = one << 1 | head & EXCLUSION
            verdict, presumably, consent = verdicts.get(case) or self._verdict(case)
            total += 1
            presumed += presumably
            group = head >> GROUP
            if group:
                groups.add(group)
            if verdict in (PASS, NA):
                met += 1
                if verdict == PASS and head & OF_FACTS:
                    facts += 1
                if head & HAS_UNREAD:
                    eligible = False
            else:
                if verdict == FAIL:
                    failed.add(group)
                if head & HAS_UNREAD or not consent:
                    eligible = False
            place += 2 + length
        excluded = 0 in failed or (bool(groups) and groups <= failed)
        tier = "excluded" if excluded else "eligible" if eligible else "possible"
        return Judgement(tier, Tally(total, met, presumed, facts))

    def _verdict(self, key: int) -> tuple[int, bool, bool]:
        """The verdict, whether the presumed one is in the patient's favour, and whether only consent is waited for."""
        bad = t.HOLDS if key & 1 else t.VIOLATED
        truth, presumed, causes = key >> 1 & 7, key >> 4 & 7, key >> (1 + _CAUSES)
        if truth == t.CONCERNS_NOT:
            verdict = NA
        elif truth == bad:
            verdict = FAIL
        elif not truth & bad:
            verdict = PASS
        else:
            verdict = UNKNOWN if causes & _ASKABLE else REVIEW
        first = causes & -causes
        found = (verdict, presumed == t.CONCERNS_NOT or not presumed & bad, verdict == REVIEW and first == _CONSENT)
        self._verdicts[key] = found
        return found

    def _node(self, program: Sequence[int], place: int) -> tuple[int, int]:
        """The packed finding of what begins at a place, and where the next begins."""
        token = program[place]
        place += 1
        if token >= 0:
            one = self._found.get(token)
            if one is None:
                one = _SPOKEN[token & 15] if token & 15 < SPOKEN and token >> 4 not in self._answered else self._leaf(token)
            return one, place
        code = -token - 1
        parts = []
        for _ in range(code >> 3 & 1023):
            one, place = self._node(program, place)
            parts.append(one)
        return _JOINTS[NODES[code & 7]](parts, code >> 13), place

    def _leaf(self, token: int) -> int:
        """The packed finding of a leaf, remembered by its number and shared with every leaf that must be found alike."""
        kind, number = token & 15, token >> 4
        if kind < SPOKEN:
            if number in self._answered and KINDS[kind] is not lang.Consent:
                raise InFull
            return _SPOKEN[kind]
        term, shape = self._leaves.leaf(number)
        sign = self._sign(kind, term)
        key = (kind, 0 if sign is NOTHING else shape, sign)
        found = self._like.get(key) if sign is not None else None
        if found is None:
            found = _packed(evaluate(self._made(kind, term, shape), self._patient))
            if sign is not None:
                self._like[key] = found
        self._found[token] = found
        return found

    def _sign(self, kind: int, term: int) -> object | None:
        """What leaves of one shape have in common that are found alike, whatever their terms; None where the term tells."""
        if kind >= NAMING:
            return ()
        key = (kind, term)
        if key not in self._signs:
            for known in self._leaves.concepts(term):
                self._patient.learn(*known)
            self._signs[key] = self._alike.sign(KINDS[kind], self._leaves.term(term))
        return self._signs[key]

    def _made(self, kind: int, term: int, shape: int) -> lang.Leaf:
        if shape not in self._shapes:
            self._shapes[shape] = parse(self._leaves.shape(shape))  # type: ignore[assignment]
            for one in getattr(self._shapes[shape], "other_than", ()):
                for known in self._leaves.excepted(kind, one.term) if one.term else ():
                    self._patient.learn(*known)
        leaf: Anything = self._shapes[shape]
        return replace(leaf, term=self._leaves.term(term)) if kind < NAMING else leaf  # type: ignore[no-any-return]


def _packed(finding: Finding) -> int:
    causes = 0
    for one in finding.causes:
        causes |= _BIT[one]
    return finding.truth | finding.presumed << 3 | causes << _CAUSES


def _combined(logic: Callable[[Sequence[t.Truth]], t.Truth], parts: Sequence[int]) -> int:
    return _joined(logic([one & 7 for one in parts]), logic([one >> 3 & 7 for one in parts]), parts)


def _joined(truth: t.Truth, presumed: t.Truth, parts: Sequence[int]) -> int:
    """A finding with the causes of those parts that are undecided."""
    causes = 0
    if not t.decided(truth):
        for one in parts:
            if not t.decided(one & 7):
                causes |= one >> _CAUSES
    return truth | presumed << 3 | causes << _CAUSES


def _all(parts: Sequence[int], _: int) -> int:
    return _combined(t.conjoin, parts)


def _any(parts: Sequence[int], _: int) -> int:
    return _combined(t.disjoin, parts)


def _at_least(parts: Sequence[int], n: int) -> int:
    return _combined(partial(t.at_least, n), parts)


def _not(parts: Sequence[int], _: int) -> int:
    one = parts[0]
    return t.negate(one & 7) | t.negate(one >> 3 & 7) << 3 | one >> _CAUSES << _CAUSES


def _when(parts: Sequence[int], _: int) -> int:
    scope, rule = parts
    truth, presumed = t.scoped(scope & 7, rule & 7), t.scoped(scope >> 3 & 7, rule >> 3 & 7)
    return _joined(truth, presumed, [rule] if t.decided(scope & 7) else parts)


def _unless(parts: Sequence[int], _: int) -> int:
    return _combined(lambda truths: t.lifted(truths[0], truths[1]), parts)


def _ambiguous(parts: Sequence[int], _: int) -> int:
    truth = presumed = 0
    for one in parts:
        truth |= one & 7
        presumed |= one >> 3 & 7
    if not t.decided(truth) and all(t.decided(one & 7) for one in parts):
        return truth | presumed << 3 | _BIT["ambiguous"] << _CAUSES
    return _joined(truth, presumed, parts)


_JOINTS: dict[type, Callable[[Sequence[int], int], int]] = {
    lang.All: _all, lang.Any: _any, lang.AtLeast: _at_least, lang.Not: _not, lang.When: _when, lang.Unless: _unless,
    lang.Ambiguous: _ambiguous,
}

__all__ = ["InFull", "Judgement", "Leaves", "Quick"]
