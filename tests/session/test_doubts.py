"""What is odd about a fact as it is typed: one table of rows, and what is said of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from matcher.model.dates import partial_date
from matcher.model.profile import Allergy, Condition, Entry, Lab, Medication, Procedure, Score
from matcher.session import Doubt, entry_doubts, key_doubts

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
    (_lab("INR", "1.1"), GOOD, ""),
    (_lab("urine protein by dipstick", "2+"), GOOD, ""),
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
    (Score(name="SLEDAI-2K", value=Decimal(1000)), REFUSED, "cannot be"),
    (Condition(name="lupus nephritis"), GOOD, ""),
    (Condition(name="lupsu nephritis"), ASKED, "nearest known name: lupus nephritis"),
    (Medication(name="prednisolone", dose=Decimal(10), unit="mg/day"), GOOD, ""),
    (Medication(name="prednisolone", dose=Decimal(10)), ASKED, "dose without a unit"),
    (Medication(name="prednisolone", dose=Decimal(10), unit="mg"), ASKED, "expected mg/day"),
    (Procedure(name="kidney biopsy"), GOOD, ""),
    (Procedure(name="qqqq"), ASKED, "no name that matcher knows"),
    (Allergy(substance="penicillin"), GOOD, ""),
]


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
