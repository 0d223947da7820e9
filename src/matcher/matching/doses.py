"""Daily doses against limits: equivalents, doses per kilogram, and what a limit on another drug or on a class leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part, Tested
from matcher.matching.patient import Patient, Resolved
from matcher.matching.quantities import LOST, Interval, meets
from matcher.matching.routes import as_by_mouth, local, recorded_route
from matcher.matching.words import bound_words, with_unit
from matcher.model.language import Bound, Medication
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, dose_per_day, unit_label


def dose_part(patient: Patient, one: Resolved, bounds: tuple[Bound, ...], equivalent: str, asked: Concept | None) -> Part:
    """Whether the recorded daily dose of what is `asked` keeps the limits, as an equivalent of another drug where one is named."""
    if not bounds:
        return SATISFIED
    ask = Question("medications", one.wording, "dose", None, f"What is the daily dose of {one.wording}?")
    if getattr(one.entry, "dose", None) is None or one.entry.unit is None:
        return Part(t.OPEN, "not-recorded", "its daily dose is not recorded", ask)
    recorded = with_unit(one.entry.dose, unit_label(one.entry.unit))
    if _mixed(patient, one, asked):
        return Part(t.OPEN, "imprecise", "of which of its drugs the dose is recorded is not said", ask)
    if not equivalent and asked is not None and asked.kind == "drug" and asked != one.concept:
        return Part(t.OPEN, "imprecise", f"how much {asked.label} {recorded} of it is, is not known")
    dose = dose_per_day(one.entry.dose, one.entry.unit)
    if dose is None:
        return Part(t.OPEN, "no-unit", f"{with_unit(one.entry.dose, one.entry.unit)} is not a dose per day", ask)
    route = recorded_route(one.entry.route, one.wording)
    if equivalent and not as_by_mouth(route):
        return Part(t.OPEN, "imprecise", f"whether a dose that is {route} counts as one of {equivalent} is not certain", ask)
    factor = _equivalence(patient, one, equivalent)
    if factor is None:
        return Part(t.OPEN, "imprecise", f"its equivalent in {equivalent} is not known", ask)
    truth = _kept(patient, dose, bounds, factor)
    if truth is None:
        return Part(t.OPEN, "no-unit", f"{with_unit(one.entry.dose, one.entry.unit)} cannot be compared with {' and '.join(with_unit(bound.number, bound.unit) for bound in bounds)}", ask)
    if truth == t.OPEN:
        return Part(truth, "lost-operator", LOST)
    strength = patient.vocabulary.strength(one.concept) if one.concept and not equivalent and asked != one.concept and as_by_mouth(route) else None
    if strength is not None and _kept(patient, dose, bounds, strength[0]) != truth:
        return Part(t.OPEN, "imprecise", f"whether the limit is meant for {one.wording} itself or for its equivalent in {strength[1]} ({with_unit(dose[0] * strength[0], dose[1])}) is not said")
    shown = f"{recorded} (= {with_unit(dose[0] * factor, dose[1])} of {equivalent})" if factor != 1 else recorded
    return Part(truth, why=f"{shown} is not {' and '.join(bound_words(bound) for bound in bounds)}")


def may_mean_equivalent(patient: Patient, one: Resolved, asked: Concept | None, bounds: tuple[Bound, ...]) -> bool:
    """Whether a limit on a drug may be one on a related drug's equivalent too: "prednisone > 10 mg/day", of one who takes prednisolone."""
    return bool(bounds) and asked is not None and one.concept is not None and asked != one.concept and patient.vocabulary.equivalent(one.concept, asked) is not None


def dose_margin(patient: Patient, one: Resolved, bound: Bound, equivalent: str, asked: Concept | None) -> Fraction | None:
    """The recorded daily dose in the unit of a limit, as the equivalent named; None where it cannot be compared."""
    if not t.decided(dose_part(patient, one, (bound,), equivalent, asked).truth):
        return None
    dose, limit, factor = dose_per_day(one.entry.dose, one.entry.unit), dose_per_day(bound.number, bound.unit), _equivalence(patient, one, equivalent)
    pair = _comparable(patient, dose, limit) if dose and limit else None
    return Fraction(bound.number) * pair[0] * factor / pair[1] if pair and factor and pair[1] else None


_DOSE = 3  # the place of the dose among the parts of a tested medication


def taken_together(leaf: Medication, courses: Sequence[tuple[Resolved, Tested]], patient: Patient, asked: Concept | None) -> list[tuple[Resolved, Tested]]:
    """The courses, open where each by itself is on one side of a limit and all of them together may be on the other: two insulins."""
    meant = [one for one in courses if leaf.dose and all(part.truth != t.VIOLATED for at, part in enumerate(one[1].parts) if at != _DOSE)]
    counted = [one for one in meant if not local(recorded_route(one[0].entry.route, one[0].wording))] or meant
    return [_beside(leaf, one, [other for other, _ in counted if other is not one[0] and not _apart(other, one[0])], patient, asked) if one in counted else one for one in courses]


def _beside(leaf: Medication, course: tuple[Resolved, Tested], others: Sequence[Resolved], patient: Patient, asked: Concept | None) -> tuple[Resolved, Tested]:
    """A course whose dose may count together with those of others; each of them adds to it."""
    one, tested = course
    found = tested.parts[_DOSE]
    if not others or not t.decided(found.truth):
        return course
    shares = [[dose_margin(patient, each, bound, leaf.equivalent, asked) for each in (one, *others)] for bound in leaf.dose]
    sums = [sum(share) if None not in share else None for share in shares]  # type: ignore[arg-type]
    together = t.OPEN if None in sums else t.conjoin([meets(Interval.point(Fraction(whole)), bound.op, Fraction(bound.number)) for whole, bound in zip(sums, leaf.dose, strict=True) if whole is not None])
    if together == found.truth:
        return course
    part = Part(t.OPEN, "imprecise", f"whether its dose counts together with that of {', '.join(dict.fromkeys(other.wording for other in others))} is not certain")
    return one, replace(tested, parts=(*tested.parts[:_DOSE], part, *tested.parts[_DOSE + 1 :]))


def _apart(one: Resolved, other: Resolved) -> bool:
    """Whether one course was certainly over before the other began."""
    return any(a.entry.stop is not None and b.entry.start is not None and a.entry.stop.last < b.entry.start.first for a, b in ((one, other), (other, one)))


def _mixed(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether the dose is that of several drugs at once, and not of the mixture that is asked."""
    whole = patient.concept("treatment", one.wording)
    return bool(one.also) or (whole is not None and whole != asked and len(patient.vocabulary.ingredients(whole)) > 1)


def _kept(patient: Patient, dose: tuple[Fraction, str], bounds: tuple[Bound, ...], factor: Fraction) -> t.Truth | None:
    """Whether a dose times a factor keeps all the limits; None where its unit and that of a limit cannot be compared."""
    truths = []
    for bound in bounds:
        limit = dose_per_day(bound.number, bound.unit)
        pair = _comparable(patient, dose, limit) if limit else None
        if pair is None:
            return None
        truths.append(meets(Interval.point(pair[0] * factor), bound.op, pair[1]))
    return t.conjoin(truths)


def _equivalence(patient: Patient, one: Resolved, equivalent: str) -> Fraction | None:
    if not equivalent:
        return Fraction(1)
    to = patient.concept("treatment", equivalent)
    if to is None or one.concept is None:
        return None
    return Fraction(1) if to.id == one.concept.id else patient.vocabulary.equivalent(one.concept, to)


def _comparable(patient: Patient, dose: tuple[Fraction, str], limit: tuple[Fraction, str]) -> tuple[Fraction, Fraction] | None:
    """Dose and limit in one unit; a dose per kilogram is compared through the recorded weight."""
    if dose[1] == limit[1]:
        return dose[0], limit[0]
    weight = patient.profile.weight_kg
    if weight is None:
        return None
    if limit[1] == dose[1].replace("/day", "/kg/day"):
        return dose[0], limit[0] * Fraction(weight)
    if dose[1] == limit[1].replace("/day", "/kg/day"):
        return dose[0] * Fraction(weight), limit[0]
    return None
