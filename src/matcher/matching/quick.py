"""Trials judged by the thousand for one patient: verdicts without their reasons, each rule, leaf and like leaf judged once.

What is found is exactly what `trials.match_trial` finds (a law of the tests): the same findings of the same leaves, joined
by the same logic. What is left out are sentences, evidence and questions. What a rule adds to a trial's tally is a whole
number of six fields, so that a trial is judged by one sum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any as Anything
from typing import Protocol

from matcher.matching import truth as t
from matcher.matching.alike import NOTHING, Alike
from matcher.matching.evaluate import unsaid
from matcher.matching.finding import Finding
from matcher.matching.patient import Patient, given_answers
from matcher.matching.programs import (
    EITHER_WAY,
    EXCLUSION,
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
from matcher.model.values import changed
from matcher.model.verdict import ASKABLE, FOR_A_PERSON
from matcher.vocabulary import Concept

_CODES = (*ASKABLE, *FOR_A_PERSON)
_BIT = {code: 1 << place for place, code in enumerate(_CODES)}
_ASKABLE = (1 << len(ASKABLE)) - 1
_CAUSES = 6  # where the causes begin in a packed finding: truth, likely truth, causes
PASS, FAIL, UNKNOWN, REVIEW, NA = range(5)
_SPOKEN = tuple(
    t.OPEN | likely << 3 | _BIT[code] << _CAUSES
    for code, likely in (("not-recorded", t.OPEN), ("judgement", t.OPEN), ("consent", t.OPEN), ("unread", t.UNSAID))
)
_CONSENT = _BIT["consent"]
# Signs as numbers: of leaves that only they themselves tell of, of those without a term, of those the record has nothing to do with.
_ALONE, _OF_ITSELF, _NOTHING = range(3)
# The fields of what a rule adds: criteria met, likely met, met by recorded facts, likely failed; not yet met, failed.
_FIELD = 12
_MOST = (1 << _FIELD) - 1
_MET, _LIKELY, _FACTS, _AGAINST, _SHORT, _FAILED = (1 << _FIELD * place for place in range(6))


class Rules(Protocol):
    """Whoever keeps the rules and leaves of a library, each by its number."""

    def rule(self, number: int) -> Sequence[int]:
        """A rule: its head, and its check."""

    def leaf(self, number: int) -> tuple[int, int]:
        """A leaf: the numbers of its term (0 = none) and of its shape."""

    def term(self, number: int) -> tuple[str, Sequence[tuple[str, str, Concept | None]]]:
        """A term: the words, and what the vocabulary made of them as kind, wording and concept."""

    def shape(self, number: int, kind: int) -> tuple[lang.Leaf, Sequence[tuple[str, str, Concept | None]]]:
        """A shape: a leaf of this kind with ANY_TERM for its term, and what the vocabulary made of the terms it excepts."""


class InFull(Exception):
    """The trial can only be judged in full."""


Judgement = tuple[int, int, bool]
"""What was found of one trial: the sum of what its rules add, how many they are, and whether it is excluded."""


class Quick:
    """One patient, ready to be judged against programs; a rule, and a leaf of it, is judged when a program first asks for it."""

    def __init__(self, patient: Patient, rules: Rules) -> None:
        self._patient = patient
        self._kept = rules
        self._alike = Alike(patient)
        self._found = dict(enumerate(_SPOKEN))
        self._joined: dict[tuple[int, ...], int] = {}
        self._additions: dict[tuple[int, ...], int] = {}
        self._rules: dict[int, int] = {}
        self._failing: set[int] = set()
        self._terms: dict[int, str] = {}
        self._like: dict[tuple[int, int, int], int] = {}
        self._signs: dict[int, int] = {}
        self._sign_numbers: dict[object, int] = {NOTHING: _NOTHING}
        self._shapes: dict[int, lang.Leaf] = {}
        self.answered = frozenset(mark_of(one.statement) for one in given_answers(patient.profile, patient.vocabulary))

    def judge(self, program: Sequence[int]) -> Judgement:
        """One trial; InFull where only a full judgement can tell."""
        if program and program[0] < 0:
            if program[0] == IN_FULL:
                raise InFull
            return self._grouped(program[1::2], program[2::2])
        found = sum(map(self._added, program))
        return found, len(program), found >= _FAILED

    def open(self, program: Sequence[int]) -> Judgement | None:
        """The same, and None where a rule excludes: those after it are not judged."""
        if program and program[0] < 0:
            judgement = self.judge(program)
            return None if judgement[2] else judgement
        if not self._failing.isdisjoint(program):
            return None
        found, known = 0, self._rules.get
        for rule in program:
            added = known(rule)
            if added is None:
                added = self._added(rule)
                if added >= _FAILED:
                    return None
            found += added
        return found, len(program), False

    def _grouped(self, rules: Sequence[int], groups: Sequence[int]) -> Judgement:
        added = [self._added(one) for one in rules]
        failed = {group for one, group in zip(added, groups, strict=True) if one >= _FAILED}
        named = {group for group in groups if group}
        return sum(added), len(rules), 0 in failed or (bool(named) and named <= failed)

    def _added(self, rule: int) -> int:
        """What a rule adds: rules that are joined alike, of leaves that are found alike, add the same."""
        added = self._rules.get(rule)
        if added is None:
            code, found = self._kept.rule(rule), self._found
            key = code[0], *[found.get(token) or self._leaf(token) if token >= 0 else token for token in code[1:]]
            added = self._additions.get(key)
            if added is None:
                added = self._additions[key] = _addition(key[0], self._finding(key[1:]))
            self._rules[rule] = added
            if added >= _FAILED:
                self._failing.add(rule)
        return added

    def _finding(self, rule: Sequence[int]) -> int:
        """The packed finding of a rule whose leaves stand as theirs: from its end, so that the parts of a joint are found before it."""
        parts = list[int]()
        for token in reversed(rule):
            if token >= 0:
                parts.append(token)
                continue
            code = -token - 1
            first = len(parts) - (code >> 3 & 1023)
            key = token, *parts[first:][::-1]
            one = self._joined.get(key)
            if one is None:
                one = self._joined[key] = _JOINTS[code & 7](key[1:], code >> 13)
            parts[first:] = (one,)
        return parts[0]

    def _leaf(self, token: int) -> int:
        """The packed finding of a leaf, shared with every leaf that must be found alike."""
        kind = token & 15
        term, shape = self._kept.leaf(token >> 4)
        sign = _OF_ITSELF
        if SPOKEN <= kind < NAMING:
            known = self._signs.get(token_of := term << 4 | kind)
            sign = self._sign(token_of) if known is None else known
        key = kind, 0 if sign == _NOTHING else shape, sign
        found = self._like.get(key) if sign != _ALONE else None
        if found is None:
            found = _packed(unsaid(self._made(kind, term, shape), self._patient))
            if sign != _ALONE:
                self._like[key] = found
        self._found[token] = found
        return found

    def _sign(self, of: int) -> int:
        """What leaves of one shape have in common that are found alike, whatever their terms, as a number."""
        sign = self._alike.sign(KINDS[of & 15], self._term(of >> 4))
        found = self._signs[of] = _ALONE if sign is None else self._sign_numbers.setdefault(sign, len(self._sign_numbers) + _NOTHING)
        return found

    def _term(self, number: int) -> str:
        """The words of a term, of which the patient hears what the vocabulary made of them."""
        if number not in self._terms:
            self._terms[number], concepts = self._kept.term(number)
            for one in concepts:
                self._patient.learn(*one)
        return self._terms[number]

    def _made(self, kind: int, term: int, shape: int) -> lang.Leaf:
        if shape not in self._shapes:
            self._shapes[shape], excepted = self._kept.shape(shape, kind)
            for one in excepted:
                self._patient.learn(*one)
        leaf: Anything = self._shapes[shape]
        if type(leaf) is lang.Measurement and leaf.window is None and leaf.times == 1:
            return lang.Measurement(self._term(term), leaf.bounds, leaf.words)  # the most of all leaves: what `changed` makes of it
        return changed(leaf, term=self._term(term)) if SPOKEN <= kind < NAMING else leaf  # type: ignore[no-any-return]


def tier_in(judgement: Judgement) -> str:
    """The tier of a trial."""
    found, total, excluded = judgement
    return "excluded" if excluded else "possible" if found & _MOST * _SHORT or not total else "eligible"


def tally_in(judgement: Judgement) -> Tally:
    """What a trial's score is made of."""
    found, total, _ = judgement
    met, likely, facts, against = (found >> place * _FIELD & _MOST for place in range(4))
    return Tally(total, met, likely, against, facts)


def _addition(head: int, finding: int) -> int:
    """What a criterion of this head and finding adds to its trial's tally."""
    bad = t.HOLDS if head & EXCLUSION else t.VIOLATED
    verdict, likely, first = _verdict(finding, bad), t.said(finding >> 3 & 7), finding >> _CAUSES & -(finding >> _CAUSES)
    met = verdict in (PASS, NA)
    added = _MET * met | _LIKELY * (likely == t.CONCERNS_NOT or not likely & bad)
    added |= _FACTS * (verdict == PASS and bool(head & OF_FACTS)) | _AGAINST * (likely == bad) | _FAILED * (verdict == FAIL)
    waits = verdict == REVIEW and first == _CONSENT
    return added | _SHORT * (bool(head & HAS_UNREAD) or not (met or waits))


def _verdict(finding: int, bad: t.Truth) -> int:
    truth = finding & 7
    if truth == t.CONCERNS_NOT:
        return NA
    if truth == bad:
        return FAIL
    if not truth & bad:
        return PASS
    return UNKNOWN if finding >> _CAUSES & _ASKABLE else REVIEW


def _packed(finding: Finding) -> int:
    causes = 0
    for one in finding.causes:
        causes |= _BIT[one]
    return finding.truth | finding.likely << 3 | causes << _CAUSES


def _combined(logic: Callable[[Sequence[t.Truth]], t.Truth], parts: Sequence[int]) -> int:
    return _joined(logic([one & 7 for one in parts]), logic([t.said(one >> 3 & 7) for one in parts]), parts)


def _joined(truth: t.Truth, likely: t.Truth, parts: Sequence[int]) -> int:
    """A finding with the causes of those parts that are undecided."""
    causes = 0
    if not t.decided(truth):
        for one in parts:
            if not t.decided(one & 7):
                causes |= one >> _CAUSES
    return truth | likely << 3 | causes << _CAUSES


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
    truth, likely = t.scoped(scope & 7, rule & 7), t.scoped(t.said(scope >> 3 & 7), t.said(rule >> 3 & 7))
    return _joined(truth, likely, [rule] if t.decided(scope & 7) else parts)


def _unless(parts: Sequence[int], _: int) -> int:
    return _combined(lambda truths: t.lifted(truths[0], truths[1]), parts)


def _ambiguous(parts: Sequence[int], _: int) -> int:
    truth, likely = 0, t.likely_of([(one & 7, one >> 3 & 7) for one in parts])
    for one in parts:
        truth |= one & 7
    if not t.decided(truth) and all(t.decided(one & 7) for one in parts):
        return truth | likely << 3 | _BIT["ambiguous"] << _CAUSES
    return _joined(truth, likely, parts)


def _either_way(parts: Sequence[int], allowed: int) -> int:
    """What is only allowed, or is asked together with its opposite, whatever is recorded of it."""
    if parts[0] & t.CONCERNS_NOT:
        return (_any if allowed else _all)([parts[0], _not(parts, 0)], 0)
    return t.of(bool(allowed)) * (1 | 1 << 3)


_OF_NODES: dict[type, Callable[[Sequence[int], int], int]] = {
    lang.All: _all, lang.Any: _any, lang.AtLeast: _at_least, lang.Not: _not, lang.When: _when, lang.Unless: _unless,
    lang.Ambiguous: _ambiguous,
}
_JOINTS = {**{place: _OF_NODES[kind] for place, kind in enumerate(NODES)}, EITHER_WAY: _either_way}

__all__ = ["InFull", "Judgement", "Quick", "Rules", "tally_in", "tier_in"]
