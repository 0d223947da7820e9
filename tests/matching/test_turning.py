"""How far numbers are from their limits, and which single facts would turn a verdict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from rows import each_row
from strategies import checks

from matcher.matching.margins import margins
from matcher.matching.patient import Patient, prepare
from matcher.matching.turning import turning_day, turns
from matcher.matching.verdicts import judge_check
from matcher.model.dates import partial_date
from matcher.model.language import Not
from matcher.model.profile import Complete, Condition, Lab, Medication, Profile
from matcher.model.trees import leaves, with_leaf
from matcher.model.verdict import Verdict
from matcher.model.wording import parse, wording
from matcher.vocabulary import load

DAY = date(2026, 11, 21)


def patient(**facts: Any) -> Patient:
    return prepare(Profile.checked({"id": "P-1", "as_of": DAY, **facts}), load(), DAY)


def lab(test: str, value: str, unit: str | None = None, **more: Any) -> Patient:
    return patient(weight_kg=Decimal(60), labs=[Lab(test=test, value=Decimal(value), unit=unit, date=partial_date("2026-11-10"), **more)])


def drug(name: str, dose: str, unit: str, **more: Any) -> Patient:
    return patient(weight_kg=Decimal(60), medications=[Medication(name=name, dose=Decimal(dose), unit=unit, **more)])


@each_row(
    ("who", "check", "kind", "becomes", "words"),
    [
        (lab("platelets", "45", "10^9/L"), "platelets ≥ 50 ×10⁹/L", "inclusion", "pass", "platelets 45 ×10⁹/L, at least 50 ×10⁹/L is needed: 5 ×10⁹/L short"),
        (lab("platelets", "45000", "/µL"), "platelets < 50 ×10⁹/L", "exclusion", "pass", "platelets 45 ×10⁹/L, at least 50 ×10⁹/L is needed: 5 ×10⁹/L short"),
        (lab("platelets", "50", "10^9/L"), "platelets > 50 ×10⁹/L", "inclusion", "pass", "platelets 50 ×10⁹/L, above 50 ×10⁹/L is needed: it lies exactly on the limit"),
        (lab("creatinine", "2", "mg/dL"), "creatinine > 150 µmol/L", "exclusion", "pass", "creatinine 177 µmol/L, at most 150 µmol/L is needed: 26.8 µmol/L too high"),
        (lab("ALT", "90", "U/L", uln=Decimal(40)), "ALT ≤ 1.5 × ULN", "inclusion", "pass", "ALT 2.25 × ULN, at most 1.5 × ULN is needed: 0.75 × ULN too high"),
        (patient(age=Decimal(66)), "age 18 to 65 years", "inclusion", "pass", "age 66 years, at most 65 years is needed: 1 year too high"),
        (drug("prednisone", "25", "mg/day"), "current use of prednisone dose > 20 mg/day", "exclusion", "pass", "prednisone 25 mg/day, at most 20 mg/day is needed: 5 mg/day too high"),
        (drug("prednisone", "90", "mg/day"), "current use of prednisone dose > 1 mg/kg/day", "exclusion", "pass", "prednisone 1.5 mg/kg/day, at most 1 mg/kg/day is needed: 0.5 mg/kg/day too high"),
        (patient(age=Decimal(60), sex="male", labs=[Lab(test="creatinine", value=Decimal("2.5"), unit="mg/dL", date=partial_date("2026-11-10"))]),
         "eGFR > 30 mL/min/1.73m²", "inclusion", "pass", "eGFR 28.7 mL/min/1.73m², above 30 mL/min/1.73m² is needed: 1.3 mL/min/1.73m² short"),
        (patient(pregnant=True), "pregnant or breastfeeding", "exclusion", "unknown", ""),
        (patient(pregnant=True), "platelets < 50 ×10⁹/L or pregnant", "exclusion", "unknown", ""),
    ],
)  # fmt: skip
def test_one_fact_turns_an_exclusion(who: Patient, check: str, kind: str, becomes: str, words: str) -> None:
    tree = parse(check)
    assert judge_check(tree, kind, who).verdict is Verdict.FAIL
    found = list(turns(tree, kind, who))
    assert [(one.becomes.value, "; ".join(margin.turned() for margin in one.margins)) for one in found] == [(becomes, words)]


@each_row(
    ("who", "check"),
    [
        (lab("platelets", "45"), "platelets ≥? 50 ×10⁹/L"),
        (lab("ALT", "90", "U/L"), "ALT ≤ 1.5 × ULN"),
        (lab("creatinine", "2", "mg/dL"), "creatinine > 150 U/L"),
        (patient(labs=[Lab(test="platelets", value="low")]), "platelets ≥ 50 ×10⁹/L"),
        (patient(age="90+"), "age ≤ 65 years"),
        (patient(), "platelets ≥ 50 ×10⁹/L"),
        (patient(labs=[Lab(test="platelets", value=Decimal(value), unit="10^9/L") for value in (45, 60)]), "platelets ≥ 50 ×10⁹/L"),
    ],
)
def test_no_margin_is_told_where_none_is_certain(who: Patient, check: str) -> None:
    assert [margin for leaf in leaves(parse(check)) for margin in margins(leaf, who)] == []


@each_row(
    ("who", "check", "day"),
    [
        (patient(medications=[Medication(name="belimumab", status="past", stop=partial_date("2026-08-01"))]), "use of belimumab within 6 months", date(2027, 2, 2)),
        (patient(medications=[Medication(name="belimumab", start=partial_date("2026-08-01"))]), "use of belimumab within 6 months", None),
        (patient(conditions=[Condition(name="asthma")]), "asthma", None),
    ],
)  # fmt: skip
def test_the_day_a_window_ends(who: Patient, check: str, day: date | None) -> None:
    tree = parse(check)
    judged = judge_check(tree, "exclusion", who)
    assert judged.verdict is Verdict.FAIL
    found = turning_day(tree, "exclusion", who, judged.clears)
    assert (found and found[0]) == day


@examples(40)
@given(check=checks, place=st.integers(0, 30))
def test_one_leaf_is_replaced_and_no_other(check: Any, place: int) -> None:
    before = list(leaves(check))
    place %= len(before)
    after = list(leaves(with_leaf(check, place, Not(before[place]))))
    assert after == before
    assert wording(with_leaf(check, place, before[place])) == wording(check)


WHO = patient(
    age=Decimal(34), sex="female", pregnant=False, complete=Complete(medications=True, conditions=True),
    labs=[Lab(test="platelets", value=Decimal(45), unit="10^9/L"), Lab(test="ALT", value=Decimal(90), unit="U/L", uln=Decimal(40))],
)  # fmt: skip
LEAVES = ["platelets < 50 ×10⁹/L", "ALT > 3 × ULN", "age ≥ 40 years", "pregnant", "asthma", "current use of prednisone"]


@examples(40)
@given(picked=st.lists(st.sampled_from(LEAVES), min_size=1, max_size=4, unique=True), joint=st.sampled_from([" and ", " or "]), kind=st.sampled_from(["inclusion", "exclusion"]))
def test_turning_a_fact_over_gives_the_verdict_that_was_told(picked: list[str], joint: str, kind: str) -> None:
    tree = parse(joint.join(picked))
    for one in turns(tree, kind, WHO):
        place = list(leaves(tree)).index(one.leaf)
        assert judge_check(with_leaf(tree, place, Not(one.leaf)), kind, WHO).verdict is one.becomes
        assert all(margin.kept == one.holds for margin in one.margins)
