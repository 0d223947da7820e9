"""What is odd about a fact as it is typed: one table of rows, and what is said of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from matcher.model.dates import partial_date
from matcher.model.profile import Allergy, Condition, Entry, Lab, Medication, Procedure, Profile, Relative, Score
from matcher.session import Doubt, body_doubts, entry_doubts, key_doubts
from matcher.session.answers import replaced
from matcher.session.clashes import clash_doubts

TODAY = date(2026, 11, 21)
GOOD, ASKED, REFUSED = "", "asked", "refused"


def _lab(test: str, value: str, unit: str | None = None, when: str | None = None) -> Lab:
    number = value.replace(".", "", 1).isdigit()
    return Lab(
        test=test, value=Decimal(value) if number else value, unit=unit, date=partial_date(when) if when else None
    )


ROWS: list[tuple[Entry, str, str]] = [
    (_lab("platelets", "182", "10^9/L", "2026-11-10"), GOOD, ""),
    (_lab("platelets", "182000", "/uL"), GOOD, ""),
    (_lab("PLT", "182"), GOOD, ""),
    (_lab("creatinine", "<0.3", "mg/dL"), GOOD, ""),
    (_lab("HBsAg", "negative"), GOOD, ""),
    (_lab("HBV DNA", "not detected"), GOOD, ""),
    (_lab("ANA", "1:160"), GOOD, ""),
    (_lab("HBsAg", "neg."), GOOD, ""),
    (_lab("HBsAg", "negativ"), GOOD, ""),
    (_lab("FEV1", "1.8", "L"), REFUSED, "in L it is “FEV1 in liters”"),
    (_lab("platelets", "182", "/uL"), ASKED, "hardly ever outside 5000 to 2000000 /µL"),
    (_lab("cholesterol", "200", "mmol/L"), REFUSED, "only 0.517 to 51.7 mmol/L is possible"),
    (_lab("INR", "1.1"), GOOD, ""),
    (replace(_lab("platelets", "95", "10^9/L"), uln=Decimal(400), lln=Decimal(150)), GOOD, ""),
    (replace(_lab("platelets", "95000", "/uL"), uln=Decimal(400), lln=Decimal(150)), ASKED, "the upper limit, 400 /µL, is so far from usual"),
    (replace(_lab("creatinine", "70", "umol/L"), uln=Decimal("1.1")), ASKED, "its unit may be another"),
    (_lab("urine protein by dipstick", "2+"), GOOD, ""),
    (_lab("CA-125", "1.250", "kU/L"), ASKED, "1.250 is read with a decimal point; if 1250 is meant"),
    (_lab("platelets", "182.000", "/uL"), ASKED, "if 182000 is meant, write it without the point"),
    (_lab("LDH", "1.120", "U/L"), ASKED, "if 1120 is meant"),
    (_lab("creatinine", "1.125", "mg/dL"), GOOD, ""),
    (_lab("CA-125", "1250", "kU/L"), GOOD, ""),
    (_lab("blood pressure", "130/80", "mmHg"), REFUSED, "give systolic blood pressure, 130, and diastolic blood pressure, 80, a row each"),
    (_lab("BP", "130 / 80"), REFUSED, "is two values"),
    (_lab("systolic blood pressure", "130", "mmHg"), GOOD, ""),
    (_lab("abc", "7"), ASKED, "“abc” is no test"),
    (_lab("platelts", "182", "10^9/L"), ASKED, "nearest known: platelets"),
    (_lab("ALT", "41"), ASKED, "without a unit"),
    (_lab("platelets", "1900", "10^9/L", "1998"), ASKED, "28 years ago"),
    (_lab("platelets", "1 82", "10^9/L"), REFUSED, "expected a number"),
    (_lab("platelets", "abc"), REFUSED, "cannot be read as platelets"),
    (_lab("abc", "1 82"), REFUSED, "neither a number nor a word"),
    (_lab("platelets", "182", "mmol/L"), REFUSED, "expected ×10⁹/L, /µL"),
    (_lab("platelets", "182000", "10^9/L"), REFUSED, "cannot be"),
    (_lab("INR", "1.1", "s"), REFUSED, "has no unit"),
    (_lab("HBsAg", "perhaps"), REFUSED, "expected positive, negative or a number"),
    (_lab("urine protein by dipstick", "much"), REFUSED, "expected one of negative, trace"),
    (Score(name="SLEDAI-2K", value=Decimal(10)), GOOD, ""),
    (Score(name="Child-Pugh", value="B"), GOOD, ""),
    (Score(name="Child-Pugh", value="Q"), REFUSED, "expected one of A, B, C"),
    (Score(name="SLEDAI-2K", value=Decimal(120)), REFUSED, "120 cannot be: SLEDAI-2K goes from 0 to 105"),
    (Condition(name="lupus nephritis", severity="2019-05"), ASKED, "“2019-05” is a date: expected a word such as mild"),
    (Condition(name="lupus nephritis", stage="SLICC"), ASKED, "“confirmed by” takes the other"),
    (Condition(name="lupus nephritis", stage="IV+V", severity="severe"), GOOD, ""),
    (Medication(name="rituximab", route="2026-08"), ASKED, "expected a route such as oral"),
    (Condition(name="lupus nephritis"), GOOD, ""),
    (Condition(name="lupsu nephritis"), ASKED, "taken for lupus nephritis"),
    (Condition(name="COPD GOLD 3"), GOOD, ""),
    (Condition(name="stage IV breast cancer"), GOOD, ""),
    (Condition(name="asthma?"), ASKED, "with the status suspected"),
    (Medication(name="lisinopril/HCTZ"), GOOD, ""),
    (Allergy(substance="allergic rhinitis"), GOOD, ""),
    (Relative(name="breast cancer"), GOOD, ""),
    (Relative(name="frobnitis"), ASKED, "matcher does not know"),
    (_lab("K", "4.1", "mmol/L"), GOOD, ""),
    (Medication(name="prednisolone", dose=Decimal(10), unit="mg/day"), GOOD, ""),
    (Medication(name="prednisolone", dose=Decimal(10)), ASKED, "dose without a unit"),
    (Medication(name="prednisolone", dose=Decimal(10), unit="mg"), ASKED, "expected mg/day, mg/week, g/day; for a drug given once"),
    (Procedure(name="kidney biopsy"), GOOD, ""),
    (Procedure(name="qqqq"), ASKED, "matcher does not know"),
    (Allergy(substance="penicillin"), GOOD, ""),
]


ABSENT = Medication(name="biologics", status="absent")
SEIZURE = Condition(name="seizure", status="resolved", until=partial_date("2025-03"))
CLASHES: list[tuple[str, Entry, Entry, str]] = [
    ("medications", ABSENT, Medication(name="Benlysta", status="past"), "“biologics” is recorded as absent"),
    ("medications", Medication(name="Benlysta"), ABSENT, "“Benlysta” is recorded as current"),
    ("medications", ABSENT, Medication(name="prednisolone"), ""),
    ("medications", Medication(name="belimumab", status="absent"), Medication(name="biologics"), ""),
    ("medications", Medication(name="biologics", status="absent", route="oral"), Medication(name="Benlysta"), ""),
    ("conditions", Condition(name="cancer", status="absent"), Condition(name="breast cancer"), "“cancer” is recorded as absent"),
    ("conditions", Condition(name="cancer", status="absent"), Condition(name="breast cancer", status="suspected"), ""),
    ("conditions", Condition(name="qqq", status="absent"), Condition(name="QQQ"), "recorded as absent"),
    ("conditions", Condition(name="seizure", status="absent", since=partial_date("2025-06")), SEIZURE, ""),
    ("conditions", Condition(name="seizure", status="absent", since=partial_date("2025-01")), SEIZURE, "“seizure” is recorded as absent"),
    ("procedures", Procedure(name="kidney biopsy", status="absent"), Procedure(name="kidney biopsy"), "recorded as absent"),
    ("labs", _lab("HBsAg", "negative"), _lab("HBsAg", "positive"), ""),
]


def test_a_no_and_what_it_denies_are_not_both_taken_without_a_word() -> None:
    wrong = []
    for listed, there, typed, words in CLASHES:
        found = clash_doubts(replaced(Profile(id="T"), **{listed: [there]}), listed, None, typed)
        same_row = clash_doubts(replaced(Profile(id="T"), **{listed: [there]}), listed, 0, typed)
        if same_row or bool(found) != bool(words) or (found and (words not in found[0].words or found[0].final)):
            wrong.append((typed, found))
    assert wrong == []


def _kind(doubts: list[Doubt]) -> str:
    return REFUSED if any(one.final for one in doubts) else ASKED if doubts else GOOD


def test_what_is_said_of_each_row() -> None:
    wrong = []
    for entry, kind, words in ROWS:
        found = entry_doubts(entry, TODAY)
        if _kind(found) != kind or words not in " ".join(one.words for one in found):
            wrong.append((entry, found))
    assert wrong == []


def test_a_weight_out_of_the_usual_is_asked_about() -> None:
    assert key_doubts("weight_kg", Decimal("61.5")) == []
    assert key_doubts("sex", "female") == []
    (doubt,) = key_doubts("weight_kg", Decimal(660))
    assert "unusual" in doubt.words
    assert not doubt.final
    assert body_doubts(Decimal(75), Decimal(162)) == body_doubts(Decimal(110), Decimal(162)) == body_doubts(None, Decimal(162)) == []
    (pounds,) = body_doubts(Decimal(165), Decimal(162))
    assert "165 lb = 74.8 kg" in pounds.words
