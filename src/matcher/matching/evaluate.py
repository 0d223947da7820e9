"""A check and a patient make a finding: nodes by three-valued logic, leaves by the module of their kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any as Anything

from matcher.matching import truth as t
from matcher.matching.allergies import judge_allergy
from matcher.matching.conditions import judge_condition
from matcher.matching.finding import Finding, combine, joined, known, negated, said_once
from matcher.matching.measurements import judge_measurement, unsaid_measurement
from matcher.matching.medications import judge_medication
from matcher.matching.patient import Patient
from matcher.matching.people import (
    judge_age,
    judge_sex,
    judge_smoking,
    judge_state,
    judge_statement,
    judge_words,
    unsaid_age,
)
from matcher.matching.procedures import judge_procedure
from matcher.matching.surroundings import judge_family_history, judge_participation
from matcher.model import language as lang

_LEAVES: dict[type, Callable[[Anything, Patient], Finding]] = {
    lang.Age: judge_age, lang.Sex: judge_sex, lang.State: judge_state, lang.Condition: judge_condition,
    lang.Measurement: judge_measurement, lang.Medication: judge_medication, lang.Procedure: judge_procedure,
    lang.Allergy: judge_allergy, lang.FamilyHistory: judge_family_history, lang.Smoking: judge_smoking,
    lang.Participation: judge_participation, lang.Statement: judge_statement, lang.Judgement: judge_words,
    lang.Consent: judge_words, lang.Unread: judge_words,
}


def evaluate(check: lang.Check, patient: Patient) -> Finding:
    """What can be said of a check for a patient, with every cause and question where it stays undecided."""
    leaf = _LEAVES.get(type(check))
    if leaf is not None:
        return leaf(check, patient)
    match check:
        case lang.Any((first, lang.Not(second))) | lang.All((first, lang.Not(second))) if first == second:
            return _either_way(check, evaluate(first, patient))
        case lang.All(parts):
            return combine(t.conjoin, _each(parts, patient))
        case lang.Any(parts):
            return combine(t.disjoin, _each(parts, patient))
        case lang.AtLeast(n, parts):
            return combine(partial(t.at_least, n), _each(parts, patient))
        case lang.Not(part):
            return negated(evaluate(part, patient))
        case lang.When(scope, rule):
            return _scoped(evaluate(scope, patient), evaluate(rule, patient))
        case lang.Unless(rule, state):
            return _pair(t.lifted, evaluate(rule, patient), evaluate(state, patient))
        case lang.Ambiguous(readings):
            return _ambiguous(_each(readings, patient))
    raise TypeError(f"not a check: {check!r}")


def unsaid(leaf: lang.Leaf, patient: Patient) -> Finding:
    """What can be said of a leaf without saying it: the truths and causes of `evaluate`, and not always reasons and facts."""
    if isinstance(leaf, lang.Measurement):
        return unsaid_measurement(leaf, patient)
    return unsaid_age(leaf, patient) if isinstance(leaf, lang.Age) else evaluate(leaf, patient)


def _each(parts: Sequence[lang.Check], patient: Patient) -> list[Finding]:
    return [evaluate(part, patient) for part in parts]


def _either_way(check: lang.Check, part: Finding) -> Finding:
    """What is only allowed holds with and without the fact, and keeps nobody out."""
    allowed = isinstance(check, lang.Any)
    if part.truth & t.CONCERNS_NOT:
        return combine(t.disjoin if allowed else t.conjoin, [part, negated(part)])
    return known(allowed, "This is only allowed: nobody is asked to have it." if allowed else "This is allowed: it keeps nobody out.")


def _pair(logic: Callable[[t.Truth, t.Truth], t.Truth], first: Finding, second: Finding) -> Finding:
    return combine(lambda truths: logic(truths[0], truths[1]), [first, second])


def _scoped(scope: Finding, rule: Finding) -> Finding:
    """The rule within its scope; only the scope speaks where it keeps the rule away."""
    truth, likely = t.scoped(scope.truth, rule.truth), t.scoped(t.said(scope.likely), t.said(rule.likely))
    truths = truth, t.scoped(scope.presumed, rule.presumed), likely
    if truth == t.CONCERNS_NOT:
        return joined(truths, [scope], [scope, rule])
    if t.decided(scope.truth):
        return joined(truths, [rule], [scope, rule])
    found = joined(truths, [scope, rule], [scope, rule])
    return replace(found, reason=" ".join(said_once([rule.reason, scope.reason]))) if t.decided(rule.truth) else found


def _ambiguous(readings: Sequence[Finding]) -> Finding:
    """Certain only where all readings agree; readings that are decided and differ are for a person."""
    truth = presumed = 0
    for one in readings:
        truth |= one.truth
        presumed |= one.presumed
    likely = t.likely_of([(one.truth, one.likely) for one in readings])
    found = joined((truth, presumed, likely), readings, readings)
    if not t.decided(presumed) and all(t.decided(one.presumed) for one in readings):
        found = replace(found, left=("ambiguous",))
    if t.decided(truth) or not all(t.decided(one.truth) for one in readings):
        return found
    words = {t.HOLDS: "it holds", t.VIOLATED: "it does not hold", t.CONCERNS_NOT: "it does not concern the patient"}
    both = "; read another way, ".join(words[one.truth] for one in readings)
    why = " ".join(said_once([one.reason for one in readings]))
    return Finding(truth, f"The sentence has more than one reading. Read one way, {both}. {why}", presumed, ("ambiguous",), (), found.evidence, found.clears, likely=likely)
