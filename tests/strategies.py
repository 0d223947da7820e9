"""Hypothesis strategies for the shared values: checks with hostile words in them, and whole profiles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any as Anything

from hypothesis import strategies as st

from matcher.model import language as lang
from matcher.model.dates import UNITS, Span
from matcher.model.language import Check, Leaf
from matcher.model.profile import Profile

AS_OF = date(2026, 11, 21)
_OF_THE_GRAMMAR = (
    "and or not unless when then at least of ambiguous age sex pregnant breastfeeding childbearing potential any use "
    "contraception healthy volunteer history active known suspected current past underwent allergy to family smoking "
    "participation in trial statement judgement consent unread is that stage confirmed by other than within over ago "
    "but for showing dose as response setting stable resolved if twice times type grade class ULN LLN x × years"
)
_OF_MEDICINE = (
    "lupus nephritis HBsAg CD20+ 2 3.5 -1 10^9/L ×10⁹/L 17p 1+ 1:160 µg/mL m² % Crohn's non-small-cell IV IV+V 5-HT3 "
    "mg/kg 1e5 50mg ≥ <= ≥? ; , ( ) \" \\ \\n \\u0041 · – Sjögren ⁹ ½ . / 'x"
)
_tokens = (*_OF_THE_GRAMMAR.split(), *_OF_THE_GRAMMAR.upper().split(), *_OF_MEDICINE.split())
grammar_tokens = st.sampled_from(_tokens)
_any_characters = st.text(st.characters(exclude_categories=()), max_size=8)
texts = st.one_of(
    st.lists(grammar_tokens, min_size=1, max_size=4).map(" ".join),
    st.lists(grammar_tokens, min_size=1, max_size=4).map("  ".join),
    _any_characters,
    st.tuples(grammar_tokens, _any_characters).map("".join),
)
terms = texts.filter(lambda text: bool(text.strip()))
words = st.lists(texts, max_size=3).map(tuple)
some_words = st.lists(texts, min_size=1, max_size=3).map(tuple)
numbers = st.one_of(
    st.integers(-1000, 1000).map(Decimal),
    st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False),
    st.sampled_from(["1.0", "1E+3", "-0", "0.0", "1E-7", "1E+40", "12345678901234567890123456789012345"]).map(Decimal),
)
spans = st.builds(Span, numbers.map(abs), st.sampled_from(UNITS))
operators = st.sampled_from(lang.OPERATORS)
units = st.one_of(st.sampled_from(["", "mg/day", lang.ULN, lang.LLN]), texts)
bounds = st.builds(lang.Bound, operators, numbers, units)
ranges = st.builds(
    lambda low, high, unit: (lang.Bound("≥", low, unit), lang.Bound("≤", high, unit)),
    numbers, numbers, st.one_of(st.just("mg"), texts),
)
one_or_two_bounds = st.one_of(bounds.map(lambda one: (one,)), st.tuples(bounds, bounds), ranges)
durations = st.builds(lang.Duration, operators, spans)
windows = st.tuples(st.none() | spans, st.none() | spans).filter(any).map(lambda edges: lang.Window(*edges))
maybe_window = st.none() | windows
maybe_duration = st.none() | durations
ages = st.builds(lang.Bound, operators, numbers, st.sampled_from(lang.AGE_UNITS))


@st.composite
def exemptions(draw: st.DrawFn) -> lang.Exempt:
    dose = draw(st.none() | bounds)
    parts: dict[str, Anything] = {
        "term": draw(st.just("") | terms), "stages": draw(words), "routes": draw(words), "dose": dose,
        "equivalent": draw(st.just("") | terms) if dose else "", "resolved": draw(st.booleans()),
        "over_for": draw(st.none() | spans), "state": draw(st.just("") | texts),
    }
    return lang.Exempt(**parts) if any(parts.values()) else lang.Exempt(term=draw(terms))


exceptions = st.lists(exemptions(), max_size=2).map(tuple)


@st.composite
def measurements(draw: st.DrawFn) -> lang.Measurement:
    times = draw(st.sampled_from([1, 1, 2, 3, 999]))
    spread = draw(st.none() | spans) if times > 1 else None
    term, window = draw(terms), draw(maybe_window)
    if draw(st.booleans()):
        return lang.Measurement(term, draw(one_or_two_bounds), (), window, times, spread)
    return lang.Measurement(term, (), draw(some_words), window, times, spread)


@st.composite
def medications(draw: st.DrawFn) -> lang.Medication:
    dose = draw(st.just(()) | one_or_two_bounds)
    return lang.Medication(
        term=draw(terms), phase=draw(st.sampled_from(["", "any", "current", "past"])), dose=dose,
        equivalent=draw(st.just("") | terms) if dose else "", routes=draw(words),
        responses=draw(st.lists(st.sampled_from(lang.RESPONSES), max_size=3).map(tuple)),
        setting=draw(st.just("") | texts), other_than=draw(exceptions), window=draw(maybe_window),
        lasting=draw(maybe_duration), stable_for=draw(maybe_duration), states=draw(words),
    )


LEAVES: dict[type, st.SearchStrategy[Leaf]] = {
    lang.Age: st.lists(ages, min_size=1, max_size=2).map(lambda found: lang.Age(tuple(found))),
    lang.Sex: st.builds(lang.Sex, st.sampled_from(["female", "male"])),
    lang.State: st.builds(lang.State, st.sampled_from(lang.STATES)),
    lang.Condition: st.builds(
        lang.Condition, terms, st.sampled_from(["", "history", "past", "active", "suspected"]), words, words, words,
        exceptions, maybe_window, maybe_duration,
    ),
    lang.Measurement: measurements(),
    lang.Medication: medications(),
    lang.Procedure: st.builds(lang.Procedure, terms, exceptions, maybe_window, words, words, st.booleans()),
    lang.Allergy: st.builds(lang.Allergy, terms, exceptions),
    lang.FamilyHistory: st.builds(lang.FamilyHistory, terms, words),
    lang.Smoking: st.builds(lang.Smoking, st.lists(st.sampled_from(lang.SMOKING), min_size=1, max_size=3).map(tuple)),
    lang.Participation: st.builds(
        lang.Participation, st.lists(st.sampled_from(lang.TRIAL_KINDS), max_size=3).map(tuple), st.just("") | terms,
        st.booleans(), maybe_window,
    ),
    lang.Statement: st.builds(lang.Statement, terms),
    lang.Judgement: st.builds(lang.Judgement, texts),
    lang.Consent: st.builds(lang.Consent, texts),
    lang.Unread: st.builds(lang.Unread, texts),
}
leaves = st.one_of(*LEAVES.values())


def _nodes(parts: st.SearchStrategy[Check]) -> st.SearchStrategy[Check]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(lang.All, several), st.builds(lang.Any, several), st.builds(lang.Not, parts),
        st.builds(lambda n, found: lang.AtLeast(min(n, len(found)), found), st.integers(1, 4), several),
        st.builds(lang.When, parts, parts), st.builds(lang.Unless, parts, parts), st.builds(lang.Ambiguous, several),
    )


checks: st.SearchStrategy[Check] = st.recursive(leaves, _nodes, max_leaves=8)
"""Any check over any leaves."""

plain_leaves: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(lang.Condition, st.sampled_from(["a", "b"]), stages=st.sampled_from([(), ("III",), ("III", "IV")])),
    st.just(lang.Smoking(("never",))), st.just(lang.State("pregnant")),
)
plain_checks: st.SearchStrategy[Check] = st.recursive(plain_leaves, _nodes, max_leaves=25)
"""Checks with few words and many joints."""

_days = st.dates(date(1930, 1, 1), AS_OF)
dates_recorded: st.SearchStrategy[str | date] = st.one_of(
    _days, _days.map(date.isoformat), _days.map(lambda day: f"{day:%Y-%m}"), _days.map(lambda day: str(day.year)),
)
"""Days, months and years as a profile records them, beginning on or before AS_OF."""

_names = st.text(min_size=1, max_size=20).filter(lambda name: bool(name.strip()))


def _decimals(low: float, high: float) -> st.SearchStrategy[float]:
    return st.decimals(low, high, places=3).map(float)


_values = st.one_of(st.integers(-(10**6), 10**6), _decimals(-1e9, 1e9), st.sampled_from(["positive", "<0.02", "2+"]))
_quantities = st.one_of(st.integers(0, 10**6), _decimals(0, 1e6))
_flags = st.booleans()
_complete = st.one_of(_flags, st.just("current"), dates_recorded)
_responses = st.sampled_from(lang.RESPONSES)


def _entries(required: dict[str, Anything], optional: dict[str, Anything]) -> st.SearchStrategy[Anything]:
    return st.lists(st.fixed_dictionaries(required, optional=optional), max_size=3)


_LISTS: dict[str, Anything] = {
    "conditions": _entries({"name": _names}, {
        "status": st.sampled_from(["active", "resolved", "suspected", "absent"]), "stage": _names, "severity": _names,
        "confirmed_by": st.lists(_names, max_size=2), "since": dates_recorded, "diagnosed": dates_recorded,
    }),
    "labs": _entries({"test": _names, "value": _values}, {
        "unit": _names, "uln": _quantities, "lln": _quantities, "date": dates_recorded,
    }),
    "scores": _entries({"name": _names, "value": _values}, {"date": dates_recorded}),
    "medications": _entries({"name": _names}, {
        "status": st.sampled_from(["current", "past", "absent"]), "dose": _quantities, "unit": _names,
        "route": _names, "start": dates_recorded, "stable_since": dates_recorded, "response": _responses,
        "indication": _names, "setting": _names, "stop_reason": _names,
    }),
    "procedures": _entries({"name": _names}, {
        "status": st.sampled_from(["done", "absent"]), "date": dates_recorded, "finding": _names,
    }),
    "allergies": _entries({"substance": _names}, {"status": st.sampled_from(["present", "absent"])}),
    "trials": _entries({}, {
        "name": _names, "kind": st.sampled_from(lang.RECORDED_TRIAL_KINDS), "drug": _names, "stop": dates_recorded,
    }),
    "family_history": _entries({"name": _names}, {"relation": _names}),
    "answers": _entries({"statement": _names, "holds": _flags}, {"date": dates_recorded}),
}
plain_profiles: st.SearchStrategy[dict[str, Anything]] = st.fixed_dictionaries(
    {"schema": st.just(1), "id": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", fullmatch=True)},
    optional={
        "as_of": st.just(AS_OF), "age": st.one_of(st.integers(0, 130), _decimals(0, 130), st.just("90+")),
        "sex": st.just("female"), "weight_kg": _decimals(0.5, 500), "height_cm": st.integers(20, 280),
        "healthy": _flags, "pregnant": _flags, "breastfeeding": _flags, "childbearing_potential": _flags,
        "contraception": _flags, "smoking": st.sampled_from(lang.SMOKING), "smoking_stopped": dates_recorded,
        "note": st.text(max_size=40),
        "complete": st.fixed_dictionaries({}, optional={
            name: _complete for name in _LISTS if name not in ("labs", "scores", "answers")
        }),
        **_LISTS,
    },
)
"""Profiles as a file holds them, with every key of the schema."""

profiles: st.SearchStrategy[Profile] = plain_profiles.map(Profile.checked)
