"""Measured values and scores: which recorded value counts, and how it compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from matcher.matching import truth as t
from matcher.matching.derived import computed, kept_away
from matcher.matching.finding import Finding, undecided, unique
from matcher.matching.graded import in_words, not_detected
from matcher.matching.of_age import measure_for
from matcher.matching.overtaken import against, outside, rivals_of
from matcher.matching.parts import days_of
from matcher.matching.patient import Patient, spelled
from matcher.matching.periods import Period, overlaps
from matcher.matching.precision import body_places, computed_places, told_apart
from matcher.matching.quantities import Compared, Interval, compare, interval_of
from matcher.matching.readings import Reading, lasts, undone
from matcher.matching.staged import stages_of
from matcher.matching.words import bound_words, bounds_words, capital, listed, when, window_words, with_unit
from matcher.model.dates import PartialDate
from matcher.model.language import LLN, ULN, Bound, Measurement
from matcher.model.patterns import later
from matcher.model.profile import Lab, Score
from matcher.model.values import value
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import Measure, StandIn, canonical, same_unit, stand_ins, unit_label
from matcher.vocabulary.units import exact, logmar_of


@value(frozen=True, slots=True)
class Usable:
    """A recorded value and whether it certainly lies in the window (else perhaps)."""

    reading: Reading
    certain: bool


OF_WOMEN = "pregnancy-test"
"""The measure that concerns no man."""


_NEGATIVE_FOR = 365
# What a test that nobody knows is called, where "the" before it reads badly: a heading ("Blasts"), a plural.
_A_NAME = later(r"^[A-Z][a-z]+$|[^siu]s$")
"""Days for which a negative result of a test that stays positive counts: an infection may have come since."""


def judge_measurement(leaf: Measurement, patient: Patient) -> Finding:
    """Whether the latest value that counts keeps the limits, where no newer or stronger fact says otherwise."""
    found = unrivalled(leaf, patient)
    measure = measure_for(patient, leaf.term)
    if measure is None or leaf.times > 1 or not t.decided(found.truth) or found.truth == t.CONCERNS_NOT or not _may_be_rivalled(measure, patient):
        return found
    return _against(leaf, measure, patient, found) or found


def _may_be_rivalled(measure: Measure, patient: Patient) -> bool:
    return measure.id in _OF_BODIES or bool(rivals_of(measure, patient))


_OF_BODIES = ("weight", "height")  # whose own keys stand beside values of the laboratory's list


def _against(leaf: Measurement, measure: Measure, patient: Patient, decided: Finding) -> Finding | None:
    """The conflict with a fact that is no older than the value that decides, and decides otherwise; None where there is none."""
    question = ask_value(measure, leaf)
    for one in _deciding(leaf, measure, patient):
        for rival in (usable.reading for usable in _usable(leaf, patient, measure, list(against(one, measure, patient))) if usable.certain):
            other = _judge_one(leaf, measure, measure.label, question, rival)
            if other.truth != decided.truth and (t.decided(other.truth) or outside(one, rival, measure)):
                reason = f"{decided.reason[:-1]}; but by newer or other facts: {other.reason}"
                return undecided("conflict", reason, question, evidence=(*decided.evidence, *other.evidence))
    return None


def unrivalled(leaf: Measurement, patient: Patient) -> Finding:
    """Whether the latest value that counts keeps the limits; conflicting latest values decide only where they agree."""
    measure = measure_for(patient, leaf.term)
    label = measure.label if measure else leaf.term
    question = ask_value(measure, leaf)
    none: Finding | None = None
    for found in sources(leaf, measure, patient):
        usable = _usable(leaf, patient, measure, found)
        if any(one.certain for one in usable):
            if leaf.times > 1:
                return _repeated(leaf, measure, label, question, usable)
            return _latest(leaf, measure, label, question, usable, found)
        if usable:
            return _perhaps_in_time(leaf, label, question, usable)
        none = none or _stale(leaf, label, question, found)
    if measure is not None and measure.id == OF_WOMEN and patient.profile.sex == "male" and none is None:
        return Finding(t.CONCERNS_NOT, "The patient is male.", evidence=(Evidence("sex", "male"),))
    why = kept_away(measure, patient) if measure else ""
    return none or undecided("not-recorded", f"Not recorded: {label}{window_words(leaf.window)}{why}.", question)


def unsaid_measurement(leaf: Measurement, patient: Patient) -> Finding:
    """The truth and the causes of `judge_measurement`: the value that counts is found once for all limits it is held to."""
    measure = measure_for(patient, leaf.term)
    if leaf.times > 1 or leaf.words or (measure is not None and _may_be_rivalled(measure, patient)):
        return judge_measurement(leaf, patient)
    counting = patient.kept(("counting", measure.id if measure else leaf.term, leaf.window), lambda: tuple(_counting(leaf, measure, patient)))
    if len(counting) != 1:
        return judge_measurement(leaf, patient)
    value, entry = counting[0]
    results = [compare(measure, value, entry, bound, said=False) for bound in leaf.bounds]
    truth = t.conjoin([result.truth for result in results])
    return Finding(truth, "", truth, unique(result.cause for result in results if result.truth == t.OPEN) if truth == t.OPEN else ())


def _counting(leaf: Measurement, measure: Measure | None, patient: Patient) -> Iterator[tuple[Interval | None, Lab | Score]]:
    """The latest of the values that certainly count, as they are compared; nothing where none does."""
    for found in sources(leaf, measure, patient):
        usable = _usable(leaf, patient, measure, found)
        if any(one.certain for one in usable):
            yield from (_number(one, _in_own_unit(one, measure), measure) for one in _last(usable))
        if usable:
            return


def sources(leaf: Measurement, measure: Measure | None, patient: Patient) -> Iterator[Sequence[Reading]]:
    """What may answer, best first: recorded values, those computed from others, those recorded by another formula."""
    speaking = stand_ins().get(measure.id, ()) if measure is not None else ()
    found = patient.kept(("values", measure.id if measure else leaf.term), lambda: tuple(_recorded(leaf.term, measure, patient, speaking)))
    if found:
        yield found
    if measure is None or leaf.times > 1 or (leaf.words and not measure.order):
        return
    derived = patient.kept(("computed", measure.id), lambda: tuple(computed(measure, patient)))
    if derived:
        yield derived
    near = [one for stand_in in speaking if not stand_in.exact for one in _spoken_for(measure, stand_in, patient)]
    if near:
        yield near


def _recorded(term: str, measure: Measure | None, patient: Patient, speaking: Sequence[StandIn]) -> Iterator[Reading]:
    same = {one.recorded for one in speaking if one.exact}
    for one in patient.readings:
        if _same(one, measure, term) or (one.measure is not None and one.measure.id in same):
            yield one
    if measure is not None:
        yield from stages_of(measure, patient)


def latest_value(leaf: Measurement, patient: Patient) -> tuple[Lab | Score, Interval | None, Measure | None] | None:
    """The one recorded or computed value that decides a limit, as it is compared; None where there is none, or several."""
    measure = measure_for(patient, leaf.term)
    last = _deciding(leaf, measure, patient)
    if len(last) != 1 or (last[0].span is not None and last[0].list != "derived"):
        return None
    entry = _in_own_unit(last[0], measure)
    return entry, Interval(*last[0].span) if last[0].span else interval_of(entry.value, measure), measure


def _deciding(leaf: Measurement, measure: Measure | None, patient: Patient) -> list[Reading]:
    """The values that may be the latest of those that count; none where none does for certain."""
    for found in sources(leaf, measure, patient):
        usable = _usable(leaf, patient, measure, found)
        if any(one.certain for one in usable):
            return _last(usable)
    return []


def _spoken_for(measure: Measure, stand_in: StandIn, patient: Patient) -> Iterator[Reading]:
    """Values recorded by another formula, with the band in which the asked one lies."""
    for one in patient.readings:
        if one.measure is None or one.measure.id != stand_in.recorded:
            continue
        sharpness = logmar_of(str(one.entry.value)) if measure.id == "visual-acuity-in-logmar" else None
        if sharpness is not None:
            yield replace(one, span=(exact(sharpness), exact(sharpness)), basis=f"{one.entry.value} is {sharpness} logMAR")
        elif isinstance(one.entry.value, Decimal):
            number = canonical(one.measure, one.entry.value, getattr(one.entry, "unit", None) or "")
            if number is not None:
                basis = f"recorded as {one.measure.label}, which may differ"
                yield replace(one, span=stand_in.span(number), basis=basis)


def ask_value(measure: Measure | None, leaf: Measurement) -> Question:
    """The question for a missing value: a number where the criterion compares one, whatever the test usually gives."""
    if measure is None:
        named = f"value of “{leaf.term}”" if _A_NAME.search(leaf.term) else leaf.term
        return Question("labs", leaf.term, "text", None, f"What is the {named}?")
    if measure.answer == "posneg" and leaf.bounds:
        return Question("labs", measure.label, "number", measure.unit or None, f"What is the value of {measure.label}?")
    if measure.profile_key:
        return Question("profile", measure.profile_key, "number", measure.unit, measure.question)
    return Question("scores" if measure.kind == "score" else "labs", measure.label, measure.answer, measure.unit or None, measure.question)


def _same(one: Reading, measure: Measure | None, term: str) -> bool:
    if measure is None or one.measure is None:
        return measure is one.measure and spelled(_scale(one.wording)) == spelled(_scale(term))
    return one.measure.id == measure.id


_SCORE_LAST = later(r"\s+(?:total\s+)?scores?$", re.IGNORECASE)
_LETTERS = later(r"\s*\(([A-Z][A-Za-z]{1,9})\)")


def _scale(name: str) -> str:
    """The name of a scale without the word for what it yields, and without its own initials: "Sun Scale (SS) score"."""
    said = _LETTERS.search(name)
    if said is not None and said[1].casefold() == "".join(word[0] for word in re.split(r"[\s-]+", name[: said.start()]) if word).casefold():
        name = name[: said.start()] + name[said.end() :]
    return _SCORE_LAST.sub("", name)


def _usable(leaf: Measurement, patient: Patient, measure: Measure | None, found: Sequence[Reading]) -> list[Usable]:
    """The values that the window (or, without one, the shelf life) lets count, or may let count."""
    truths = [_in_window(leaf, patient, one) if leaf.window is not None else _fresh(measure, patient, one) for one in found]
    return [Usable(one, truth == t.HOLDS) for one, truth in zip(found, truths, strict=True) if truth != t.VIOLATED]


def _perhaps_in_time(leaf: Measurement, label: str, question: Question, usable: Sequence[Usable]) -> Finding:
    shown = "; ".join(_shown(one.reading) for one in usable)
    limit = window_words(leaf.window) or " recent enough"
    reason = f"{capital(label)} {shown}: whether that is{limit} cannot be told from the recorded date."
    return undecided("partial-date", reason, question, evidence=tuple(evidence(one.reading) for one in usable))


def _stale(leaf: Measurement, label: str, question: Question, old: Sequence[Reading]) -> Finding:
    shown = "; ".join(_shown(one) for one in old)
    reason = f"{capital(label)} {shown} is too old to count{window_words(leaf.window)}: a new value is needed."
    return undecided("stale", reason, question, evidence=tuple(evidence(one) for one in old))


def _in_window(leaf: Measurement, patient: Patient, one: Reading) -> t.Truth:
    assert leaf.window is not None
    days = days_of(patient, leaf.window)
    if days is None or one.entry.date is None:
        return t.OPEN
    day: PartialDate = one.entry.date.until(patient.as_of) if patient.as_of else one.entry.date
    return overlaps(Period(day, day), days)


def _fresh(measure: Measure | None, patient: Patient, one: Reading) -> t.Truth:
    facts_day = patient.facts_day
    shelf = measure.shelf_days if measure is not None else 90
    if one.measure is not None and one.measure.shelf_days is None:
        shelf = None
    if shelf is None and not lasts(one):
        shelf = _NEGATIVE_FOR
    if one.entry.date is None or shelf is None or facts_day is None:
        return t.HOLDS
    edge = facts_day - timedelta(days=shelf)
    if one.entry.date.first >= edge:
        return t.HOLDS
    return t.VIOLATED if one.entry.date.last < edge else t.OPEN


def _latest(leaf: Measurement, measure: Measure | None, label: str, question: Question, usable: Sequence[Usable], every: Sequence[Reading]) -> Finding:
    last = _last(usable)
    last += undone(last, every) if leaf.words else []
    found = [_judge_one(leaf, measure, label, question, one) for one in last]
    truths = {one.truth for one in found}
    if len(truths) == 1:
        first = found[0]
        if len(found) == 1:
            return first
        return Finding(
            first.truth, " ".join(unique(one.reason for one in found)), first.truth, unique(c for one in found for c in one.causes),
            unique(q for one in found for q in one.questions), tuple(e for one in found for e in one.evidence),
        )
    facts = tuple(e for one in found for e in one.evidence)
    open_ = [one for one in found if one.truth == t.OPEN]
    if open_:
        return Finding(t.OPEN, open_[0].reason, t.OPEN, open_[0].causes, (*open_[0].questions, question), facts)
    shown = " and ".join(_shown(one) for one in last)
    return undecided("conflict", f"{capital(label)} {shown}: they give different answers.", question, evidence=facts)


def _last(usable: Sequence[Usable]) -> list[Reading]:
    """Those values that may be the latest."""
    begins = [one.reading.entry.date.first for one in usable if one.reading.entry.date is not None]
    newest = max(begins, default=date.min)
    return [one.reading for one in usable if one.reading.entry.date is None or one.reading.entry.date.last >= newest]


def _judge_one(leaf: Measurement, measure: Measure | None, label: str, question: Question, one: Reading) -> Finding:
    if leaf.words:
        results = [in_words(measure, one.entry, leaf.words, question)]
    else:
        entry = _in_own_unit(one, measure)
        value, entry = _number(one, entry, measure)
        results = [_near_limit(compare(measure, value, entry, bound), one) for bound in leaf.bounds]
    truth = t.conjoin([result.truth for result in results])
    return _weigh(truth, label, question, one, results, _wanted(leaf), leaf.bounds)


def _wanted(leaf: Measurement) -> list[str]:
    if leaf.words:
        return [listed(leaf.words)]
    return [_EXACTLY.format(with_unit(bound.number, bound.unit)) if bound.op == "≥?" else bound_words(bound) for bound in leaf.bounds]


def _number(one: Reading, entry: Lab | Score, measure: Measure | None) -> tuple[Interval | None, Lab | Score]:
    """The number that a value is, or lies within, and the entry with the unit it is in."""
    nothing = not_detected(measure, entry.value)
    if nothing is not None and measure is not None:
        return nothing, Lab(test=one.wording, value=entry.value, unit=measure.unit, date=entry.date)
    return Interval(*one.span) if one.span else interval_of(entry.value, measure), entry


def _in_own_unit(one: Reading, measure: Measure | None) -> Lab | Score:
    """The entry as it is compared: that of a value with a span is in the measure's own unit, as the span is."""
    entry: Lab | Score = one.entry
    if one.span is None or measure is None or not isinstance(entry, Lab) or (entry.unit and same_unit(entry.unit, measure.unit)):
        return entry
    return Lab(test=entry.test, value=entry.value, unit=measure.unit or None, date=entry.date)


def _near_limit(result: Compared, one: Reading) -> Compared:
    """A value known only within a span says so where the limit falls inside it."""
    if one.span is None or result.cause != "imprecise":
        return result
    return replace(result, why="that is too near the limit to tell", question=None)


# The only way in which both readings of a lost sign agree.
_EXACTLY = "exactly {}, so it holds whichever sign the page lost"


# Two limits without a unit that are both taken in the same one.
_TAKEN_EACH = later(r"the limit is taken as [\d.]+ ([^;]+); the limit is taken as [\d.]+ \1$")


def _taken_together(found: re.Match[str]) -> str:
    return f"the limits are taken as {found[1]}"


def _weigh(truth: t.Truth, label: str, question: Question, one: Reading, results: Sequence[Compared], wanted: Sequence[str], bounds: Sequence[Bound] = ()) -> Finding:
    fact = evidence(one, next((r.as_ for r in results if r.as_), None), "; ".join(unique(r.limit for r in results if r.limit)) or None, bounds)
    shown = f"{capital(label)} {_shown(one, bounds)}" + (f" (= {fact.as_})" if fact.as_ else "")
    noted = f" ({_TAKEN_EACH.sub(_taken_together, fact.limit)})" if fact.limit else ""
    if truth == t.HOLDS and str(one.entry.value).strip().casefold() in map(str.casefold, wanted):
        return Finding(truth, f"{capital(label)} was {_shown(one, bounds)}{noted}.", evidence=(fact,))
    if truth == t.HOLDS:
        held = bounds_words(bounds) if bounds and all(bound.op != "≥?" for bound in bounds) else " and ".join(wanted)
        return Finding(truth, f"{shown} is {held}{noted}.", evidence=(fact,))
    if truth == t.VIOLATED:
        short = next(text for result, text in zip(results, wanted, strict=True) if result.truth == t.VIOLATED)
        return Finding(truth, f"{shown} is not {short}{noted}.", evidence=(fact,))
    open_ = [result for result in results if result.truth == t.OPEN]
    asks = unique(r.question or question for r in open_ if r.cause not in ("lost-operator", "ambiguous"))
    return Finding(t.OPEN, f"{shown}: {'; '.join(unique(r.why for r in open_))}.", t.OPEN, unique(r.cause for r in open_), asks, (fact,))


def _repeated(leaf: Measurement, measure: Measure | None, label: str, question: Question, usable: Sequence[Usable]) -> Finding:
    """N days whose values keep the limits, within the spread of each other; fewer is a question, never a "no"."""
    found = [(one.reading, _judge_one(leaf, measure, label, question, one.reading)) for one in usable if one.certain]
    by_day: dict[date, list[tuple[Reading, Finding]]] = {}
    for reading, finding in found:
        if reading.entry.date is not None and reading.entry.date.exact:
            by_day.setdefault(reading.entry.date.first, []).append((reading, finding))
    good = [pairs[0] for _, pairs in sorted(by_day.items()) if all(finding.truth == t.HOLDS for _, finding in pairs)]
    for i in range(len(good) - leaf.times + 1):
        run = good[i : i + leaf.times]
        first, last = run[0][0].entry.date.first, run[-1][0].entry.date.first
        if leaf.spread is None or leaf.spread.before(last) <= first:
            return Finding(t.HOLDS, " ".join(f.reason for _, f in run), evidence=tuple(e for _, f in run for e in f.evidence))
    spread = f" within {leaf.spread}" if leaf.spread else ""
    need = f"{leaf.times} values{spread} are needed"
    have = " ".join(f.reason for _, f in found) or f"No value of {label} counts."
    reason = f"{have} {capital(need)}."
    return undecided("not-recorded", reason, question, evidence=tuple(e for _, f in found for e in f.evidence))


def evidence(one: Reading, as_: str | None = None, limit: str | None = None, bounds: Sequence[Bound] = ()) -> Evidence:
    """The recorded value as a fact; one that was computed is rounded, but not onto a limit."""
    value = _rounded(one, bounds) if one.list == "derived" else one.entry.value
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    day = str(one.entry.date) if one.entry.date else None
    return Evidence(f"{one.list}: {one.wording}", text, getattr(one.entry, "unit", None), day, as_, limit)


def _rounded(one: Reading, bounds: Sequence[Bound]) -> Decimal | str:
    """A value as it is shown: what was computed or converted with no more digits than its parts carry, all else as typed."""
    value: Decimal | str = one.entry.value
    if not isinstance(value, Decimal) or one.measure is None or one.list not in ("derived", "profile"):
        return value
    exactly = one.span[0] if one.span is not None and one.span[0] == one.span[1] else Fraction(value)
    places = computed_places(one.measure.id, value) if one.list == "derived" else body_places(one.wording, value)
    limits = (canonical(one.measure, bound.number, bound.unit or one.measure.unit) for bound in bounds if bound.unit not in (ULN, LLN))
    return told_apart(exactly, places, [limit for limit in limits if limit is not None])


def _shown(one: Reading, bounds: Sequence[Bound] = ()) -> str:
    unit = getattr(one.entry, "unit", None)
    basis = f" ({one.basis})" if one.basis else ""
    return f"{with_unit(_rounded(one, bounds), unit_label(unit) if unit else None)}{when(one.entry.date)}{basis}"
