"""A small world for laws: checks and profiles over few concepts, so that they meet, and what completes a profile."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from matcher.matching.patient import spelled
from matcher.model import language as lang
from matcher.model.dates import Span, partial_date
from matcher.model.language import Check, Leaf
from matcher.vocabulary import Relation, Vocabulary, load

Plain = dict[str, Any]
Entry = dict[str, Any]

AS_OF = date(2026, 11, 21)
CONDITIONS = ("diabetes", "type 2 diabetes", "asthma", "pneumonia", "infection", "breast cancer", "malignancy", "qwxz syndrome")
DRUGS = ("prednisone", "methylprednisolone", "corticosteroids", "tacrolimus", "calcineurin inhibitors", "qwxzumab")
PROCEDURES = ("kidney biopsy", "biopsy", "appendectomy", "surgery", "qwxz procedure")
LABS = ("platelets", "ALT", "hemoglobin", "HBsAg")
STATEMENTS = ("planning a pregnancy", "asthma: mild", "uncontrolled asthma", "fit")
STAGES, SEVERITIES = ("II", "III", "IV", "III-IV", "IIIB"), ("mild", "moderate", "severe", "very severe")
ROUTES, FINDINGS = ("oral", "intravenous", "topical", "systemic"), ("class IV", "class III", "no infiltrate", "normal")
RELATIONS, RESPONSES = ("mother", "sister"), ("complete", "partial", "inadequate", "none")
SETTINGS = ("adjuvant", "metastatic", "maintenance")

days = st.one_of(st.dates(date(2026, 9, 1), AS_OF), st.dates(date(2019, 1, 1), AS_OF))
dates = st.one_of(days.map(date.isoformat), days.map(lambda day: f"{day:%Y-%m}"), days.map(lambda day: str(day.year)))
spans = st.builds(
    lambda n, unit: Span(Decimal(n), unit), st.integers(0, 14), st.sampled_from(["hour", "day", "week", "month", "year"])
)
windows = st.none() | st.builds(lang.Window, spans) | st.builds(lambda a: lang.Window(None, a), spans) | st.builds(lang.Window, spans, spans)
durations = st.none() | st.none() | st.builds(lang.Duration, st.sampled_from(lang.OPERATORS), spans)
operators = st.sampled_from(lang.OPERATORS)


def _few(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


def _bounds(numbers: list[int], units: list[str]) -> st.SearchStrategy[tuple[lang.Bound, ...]]:
    one = st.builds(lambda op, n, unit: lang.Bound(op, Decimal(n), unit), operators, st.sampled_from(numbers), st.sampled_from(units))
    return st.lists(one, min_size=1, max_size=2).map(tuple)


def _exempts(terms: tuple[str, ...]) -> st.SearchStrategy[tuple[lang.Exempt, ...]]:
    one = st.one_of(
        st.builds(lang.Exempt, term=st.sampled_from(terms)), st.just(lang.Exempt(resolved=True)),
        st.builds(lambda span: lang.Exempt(over_for=span), spans), st.just(lang.Exempt(state="mild")),
        st.builds(lambda stage: lang.Exempt(stages=(stage,)), st.sampled_from(STAGES)),
        st.builds(lambda route: lang.Exempt(routes=(route,)), st.sampled_from(ROUTES)),
        st.builds(lambda bound: lang.Exempt(dose=bound[0], equivalent="prednisone"), _bounds([5, 10], ["mg/day"])),
    )
    return st.just(()) | st.just(()) | st.lists(one, min_size=1, max_size=2).map(tuple)


_measurements: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(lang.Measurement, st.just("platelets"), _bounds([50, 100, 150], ["×10⁹/L", "× LLN", ""]), st.just(()), windows),
    st.builds(lang.Measurement, st.just("ALT"), _bounds([1, 2, 40], ["× ULN", "U/L"]), st.just(()), windows),
    st.builds(lang.Measurement, st.just("hemoglobin"), _bounds([8, 10, 12], ["g/dL", "g/L", ""]), st.just(()), windows),
    st.builds(lang.Measurement, st.just("HBsAg"), st.just(()), st.sampled_from([("positive",), ("negative",)]), windows),
    st.builds(lang.Measurement, st.sampled_from(["body weight", "body mass index"]), _bounds([30, 50], [""]), st.just(()), windows),
    st.builds(lang.Measurement, st.just("NYHA"), _bounds([2, 3], [""]), st.just(()), windows),
    st.builds(lang.Measurement, st.just("platelets"), _bounds([50, 100], ["×10⁹/L"]), st.just(()), windows, st.just(2), st.none() | spans),
)
_leaves: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(lambda bounds: lang.Age(bounds), _bounds([18, 34, 35, 60], ["years"])),
    st.builds(lang.Sex, st.sampled_from(["female", "male"])), st.builds(lang.State, st.sampled_from(lang.STATES)),
    st.builds(
        lang.Condition, st.sampled_from(CONDITIONS), st.sampled_from(["", "history", "past", "active", "suspected"]),
        _few(("severe", "mild", "uncontrolled", "severe uncontrolled")), _few(STAGES), _few(("biopsy", "imaging")), _exempts(CONDITIONS), windows, durations,
    ),
    st.builds(
        lang.Condition, st.sampled_from(CONDITIONS), st.sampled_from(["", "history", "past", "active", "suspected"]),
        st.just(()), st.just(()), st.just(()), _exempts(CONDITIONS), windows, durations,
    ),
    _measurements,
    st.builds(
        lang.Medication, st.sampled_from(DRUGS), st.sampled_from(["", "any", "current", "past"]), st.just(()), st.just(""),
        _few(ROUTES), _few(RESPONSES), st.just("") | st.sampled_from(SETTINGS), _exempts(DRUGS), windows, durations, durations, _few(("chronic", "followed by progression")),
    ),
    st.builds(
        lang.Medication, st.sampled_from(DRUGS), st.sampled_from(["", "any", "current"]), _bounds([5, 10], ["mg/day"]),
        st.sampled_from(["", "prednisone"]), st.just(()), st.just(()), st.just(""), _exempts(DRUGS), windows,
    ),
    st.builds(lang.Procedure, st.sampled_from(PROCEDURES), _exempts(PROCEDURES), windows, _few(("IV", "infiltrate")), _few(("adjuvant", "of hip")), st.booleans()),
    st.builds(lang.Allergy, st.sampled_from(DRUGS), _exempts(DRUGS)),
    st.builds(lang.FamilyHistory, st.sampled_from(CONDITIONS), _few(RELATIONS)),
    st.builds(lang.Smoking, st.sampled_from([("never",), ("current", "former")])),
    st.builds(lang.Participation, _few(lang.TRIAL_KINDS), st.just("") | st.sampled_from(DRUGS), st.booleans(), windows),
    st.builds(lang.Statement, st.sampled_from(STATEMENTS)), st.builds(lang.Judgement, st.sampled_from(STATEMENTS)),
    st.just(lang.Unread("fit")), st.just(lang.Consent("fit")),
)


def _nodes(parts: st.SearchStrategy[Check]) -> st.SearchStrategy[Check]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(lang.All, several), st.builds(lang.Any, several), st.builds(lang.Not, parts),
        st.builds(lambda joint, part: joint((part, lang.Not(part))), st.sampled_from([lang.All, lang.Any]), parts),
        st.builds(lambda n, found: lang.AtLeast(min(n, len(found)), found), st.integers(1, 3), several),
        st.builds(lang.When, parts, parts), st.builds(lang.Unless, parts, parts), st.builds(lang.Ambiguous, several),
    )


leaves: st.SearchStrategy[Check] = _leaves
checks: st.SearchStrategy[Check] = st.one_of(_leaves, _leaves, st.recursive(_leaves, _nodes, max_leaves=5))

_FILLED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "conditions": {
        "stage": st.sampled_from(STAGES), "severity": st.sampled_from(SEVERITIES), "since": dates, "diagnosed": dates, "until": dates,
        "confirmed_by": st.sampled_from([["biopsy"], ["MRI"], ["biopsy pending"]]),
    },
    "medications": {
        "dose": st.sampled_from([5, 8, 10, 20]), "route": st.sampled_from(ROUTES), "start": dates, "stop": dates, "stable_since": dates,
        "response": st.sampled_from(RESPONSES), "setting": st.sampled_from(SETTINGS),
        "indication": st.sampled_from(CONDITIONS), "stop_reason": st.sampled_from(("progression", "toxicity", "lack of efficacy")),
    },
    "procedures": {"date": dates, "finding": st.sampled_from(FINDINGS)},
    "allergies": {},
    "trials": {"kind": st.sampled_from(lang.RECORDED_TRIAL_KINDS), "drug": st.sampled_from(DRUGS), "start": dates, "stop": dates},
    "family_history": {"relation": st.sampled_from(RELATIONS)},
}
_NAMES = {
    "conditions": ("name", CONDITIONS), "medications": ("name", DRUGS), "procedures": ("name", PROCEDURES),
    "allergies": ("substance", DRUGS), "trials": ("name", ("a study",)), "family_history": ("name", CONDITIONS),
}
_STATUSES = {
    "conditions": ("active", "resolved", "suspected", "absent"), "medications": ("current", "past", "absent"),
    "procedures": ("done", "absent"), "allergies": ("present", "absent"), "family_history": ("present", "absent"), "trials": (),
}
_KINDS = {"conditions": "condition", "medications": "treatment", "procedures": "procedure", "allergies": "treatment", "family_history": "condition"}
_FLAGS = ("pregnant", "breastfeeding", "childbearing_potential", "contraception", "healthy")
LISTS = tuple(_NAMES)


@st.composite
def entries(draw: st.DrawFn, name: str, absent: bool = True) -> Entry:
    """One entry of a list, with some of its keys."""
    key, names = _NAMES[name]
    entry: Entry = {key: draw(st.sampled_from(names))}
    statuses = [one for one in _STATUSES[name] if absent or one != "absent"]
    if statuses:
        entry["status"] = draw(st.sampled_from(statuses))
    for part, values in _FILLED[name].items():
        if draw(st.integers(0, 2)) == 0:
            entry[part] = draw(values)
    return consistent(name, entry)


def consistent(name: str, entry: Entry) -> Entry:
    """The entry without keys that contradict its others: an end of what goes on, an end before the beginning."""
    status = entry.get("status", "")
    if status in ("active", "current", "suspected"):
        entry.pop("until", None), entry.pop("stop", None)
    if status == "absent":
        for part in _FILLED[name]:
            if part not in ("since", "start", "date", "relation"):
                entry.pop(part, None)
    if "dose" in entry:
        entry["unit"] = "mg/day"
    begin, end = ("start", "stop") if name in ("medications", "trials") else ("since", "until")
    for first, last in ((begin, end), ("since", "diagnosed"), ("diagnosed", "until"), (begin, "stable_since"), ("stable_since", end)):
        if first in entry and last in entry and partial_date(entry[last]).first < partial_date(entry[first]).last:
            entry.pop(last)
    return entry


@st.composite
def labs(draw: st.DrawFn, test: str) -> Entry:
    """One value of a test."""
    if test == "HBsAg":
        entry: Entry = {"test": test, "value": draw(st.sampled_from(["positive", "negative", "unclear"]))}
    elif test == "platelets":
        entry = {"test": test, "value": draw(st.sampled_from([40, 100, 145, 182, "<50"])), "unit": "10^9/L"}
    elif test == "ALT":
        entry = {"test": test, "value": draw(st.sampled_from([20, 45, 70, 300])), "unit": "U/L"}
    else:
        entry = {"test": test, "value": draw(st.sampled_from([7, 9, 13])), "unit": "g/dL"}
    if draw(st.booleans()):
        entry["date"] = draw(dates)
    if test == "ALT" and draw(st.booleans()):
        entry["uln"] = draw(st.sampled_from([30, 40, 60]))
    return entry


@st.composite
def plains(draw: st.DrawFn) -> Plain:
    """A profile with some of its facts recorded."""
    plain: Plain = {"schema": 1, "id": "T", "as_of": AS_OF.isoformat()}
    some: dict[str, st.SearchStrategy[Any]] = {
        "sex": st.sampled_from(["female", "male"]), "age": st.sampled_from([17, 18, 34, 60, "90+"]), "weight_kg": st.sampled_from([45, 80]),
        "height_cm": st.sampled_from([150, 180]), "smoking": st.sampled_from(lang.SMOKING), **{flag: st.booleans() for flag in _FLAGS},
    }
    for key, values in some.items():
        if draw(st.booleans()):
            plain[key] = draw(values)
    for name in LISTS:
        plain[name] = draw(st.lists(entries(name), max_size=2))
    plain["labs"] = [draw(labs(test)) for test in draw(st.lists(st.sampled_from(LABS), max_size=3))]
    plain["scores"] = [{"name": "NYHA", "value": value} for value in draw(st.lists(st.sampled_from(["I", "II", "III", 2]), max_size=1))]
    plain["complete"] = {name: draw(st.sampled_from([False, True, "current", "2025-06-01", "2025"])) for name in LISTS}
    said = draw(st.lists(st.sampled_from(STATEMENTS), max_size=2, unique=True))
    plain["answers"] = [{"statement": one, "holds": draw(st.booleans())} for one in said]
    return settle_states(plain)


def settle_states(plain: Plain) -> Plain:
    """The profile without states that contradict each other."""
    if plain.get("sex") == "male":
        plain.update({flag: False for flag in ("pregnant", "breastfeeding", "childbearing_potential") if flag in plain})
    if plain.get("childbearing_potential") is False and plain.get("pregnant"):
        plain["pregnant"] = False
    if plain.get("healthy") and any(one["status"] == "active" for one in plain["conditions"]):
        plain["healthy"] = False
    return plain


@st.composite
def completions(draw: st.DrawFn, plain: Plain) -> Plain:
    """The same patient with everything recorded that was missing: nothing recorded is changed, only made exact."""
    full = copy.deepcopy(plain)
    for name in LISTS:
        full[name] = [_filled(draw, name, entry) for entry in full[name]]
        full[name] += [one for one in draw(st.lists(entries(name, absent=False), max_size=2)) if may_be_added(plain, name, one)]
        full["complete"][name] = True
    _complete_person(draw, full)
    _complete_values(draw, full)
    said = {one["statement"] for one in full["answers"]}
    full["answers"] += [{"statement": one, "holds": draw(st.booleans())} for one in STATEMENTS if one not in said]
    return full


def _filled(draw: st.DrawFn, name: str, entry: Entry) -> Entry:
    new = dict(entry)
    for part in [key for key in new if key in ("since", "until", "diagnosed", "start", "stop", "stable_since", "date")]:
        new[part] = _exact(draw, new[part])
    if new.get("status") == "absent" or (name == "trials" and "start" in entry):
        missing: list[str] = []
    else:
        missing = [part for part in _FILLED[name] if part not in new and draw(st.booleans())]
    if "dose" in entry:  # a day on which the dose changed would say that the recorded dose was another one before
        missing = [part for part in missing if part != "stable_since"]
    if name == "trials" and "drug" in entry:  # a study of which only the drug is recorded is one of that drug
        missing = [part for part in missing if part != "kind"]
    for part in missing:
        new[part] = _exact(draw, value) if _is_date(part) and isinstance(value := draw(_FILLED[name][part]), str) else draw(_FILLED[name][part])
    kept = consistent(name, dict(new))
    return kept if all(key in kept for key in entry) else dict(entry)


def _is_date(part: str) -> bool:
    return part in ("since", "until", "diagnosed", "start", "stop", "stable_since", "date")


def _exact(draw: st.DrawFn, recorded: str) -> str:
    found = partial_date(recorded)
    return draw(st.dates(found.first, min(found.last, AS_OF))).isoformat()


def may_be_added(plain: Plain, name: str, entry: Entry, vocabulary: Vocabulary | None = None) -> bool:
    """Whether an entry may have been left out of a list: not where the list is complete for it, nor against a "no"."""
    complete = plain["complete"].get(name, False)
    if complete is True or (name in ("allergies", "family_history") and complete not in (False, True)):
        return False
    if any(_forbidden(name, no, entry, vocabulary or load()) for no in plain[name] if no.get("status") == "absent"):
        return False
    if name == "conditions" and plain.get("healthy") is True and entry["status"] == "active":
        return False
    end = _ended(name, entry)
    if complete == "current":
        return end is not None and end < AS_OF
    return complete is False or (end is not None and end < partial_date(complete).first)


def _ended(name: str, entry: Entry) -> date | None:
    """The last day on which the entry may have held; None where it still holds, or may."""
    if name == "procedures":
        recorded = entry.get("date")
    elif name == "trials":
        recorded = entry.get("stop")
    else:
        recorded = entry.get("until") or entry.get("stop")
    return partial_date(recorded).last if recorded else None


def _forbidden(name: str, no: Entry, entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether a recorded "no" contradicts the entry: any "no" of a thing it may be, at any time."""
    key = _NAMES[name][0]
    find = getattr(vocabulary, _KINDS[name])
    denied, thing = find(no[key]), find(entry[key])
    if denied is None or thing is None:
        return spelled(no[key]) == spelled(entry[key])
    return vocabulary.relation(thing, denied) is not Relation.UNRELATED


def _complete_person(draw: st.DrawFn, full: Plain) -> None:
    full.setdefault("sex", "female" if full.get("pregnant") or full.get("breastfeeding") or full.get("childbearing_potential") else draw(st.sampled_from(["female", "male"])))
    male, age = full["sex"] == "male", full.get("age", draw(st.integers(15, 70)))
    full["age"] = draw(st.sampled_from([91, 96, 110])) if age == "90+" else draw(st.sampled_from([age, age + 0.3, age + 0.9]))
    full.setdefault("childbearing_potential", bool(full.get("pregnant")) or (not male and draw(st.booleans())))
    full.setdefault("pregnant", full["childbearing_potential"] and not male and draw(st.booleans()))
    full.setdefault("breastfeeding", not male and draw(st.booleans()))
    full.setdefault("contraception", draw(st.booleans()))
    full.setdefault("healthy", not any(one["status"] == "active" for one in full["conditions"]) and draw(st.booleans()))
    full.setdefault("smoking", draw(st.sampled_from(lang.SMOKING)))
    full.setdefault("weight_kg", draw(st.sampled_from([45, 49.5, 80])))
    full.setdefault("height_cm", draw(st.sampled_from([150, 180])))


def _lately(draw: st.DrawFn) -> str:
    """A day within every shelf life: a value without a date is one that still counts."""
    return (AS_OF - timedelta(days=draw(st.integers(0, 80)))).isoformat()


def _complete_values(draw: st.DrawFn, full: Plain) -> None:
    """Every value dated to the day and with its limit; a test without any value gets one."""
    for value in full["labs"]:
        value["date"] = _exact(draw, value["date"]) if "date" in value else _lately(draw)
        if value["test"] == "ALT":
            value.setdefault("uln", draw(st.sampled_from([25, 40, 65])))
        if value["test"] == "platelets":
            value.setdefault("lln", draw(st.sampled_from([140, 150, 160])))
    have = {value["test"] for value in full["labs"]}
    for test in LABS:
        if test not in have:
            full["labs"].append({**draw(labs(test)), "date": _lately(draw)})
    if not full["scores"]:
        full["scores"] = [{"name": "NYHA", "value": draw(st.integers(1, 4)), "date": AS_OF.isoformat()}]
