"""What of a patient's facts was saved otherwise, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rows import each_row

from matcher.model.dates import partial_date
from matcher.model.profile import Complete, Condition, Lab, Medication, Profile
from matcher.session.fact_changes import again_words, fact_changes

MMF = Medication(name="MMF", status="current", dose=Decimal(2), unit="g/day", start=partial_date("2026-01-10"))


@each_row(
    ("before", "now", "told"),
    [
        ({}, {}, []),
        ({"weight_kg": Decimal("61.5")}, {"weight_kg": Decimal("64.86370891")}, [("weight, kg: 61.5", "64.86")]),
        ({}, {"pregnant": False}, [("pregnant: not recorded", "no")]),
        ({"medications": [MMF]}, {}, [("medications: MMF, current, 2 g/day, start 2026-01-10", "removed")]),
        ({}, {"conditions": [Condition(name="SLE", stage="IV")]}, [("", "conditions: SLE, active, IV added")]),
        (
            {"medications": [MMF, Medication(name="prednisolone", status="current")]},
            {"medications": [MMF, Medication(name="prednisolone", status="past")]},
            [("medications: prednisolone, current", "prednisolone, past")],
        ),
        ({}, {"complete": Complete(trials=True)}, [("list of trials complete: no", "ever")]),
        ({}, {"note": "walks a dog"}, [("", "note changed")]),
        ({"id": "T-2"}, {}, []),
    ],
)
def test_a_change_of_the_facts_says_what_was_and_is(before: dict[str, Any], now: dict[str, Any], told: list[tuple[str, str]]) -> None:
    assert fact_changes(Profile(**{"id": "T", **before}), Profile(**{"id": "T", **now})) == told


def test_a_patient_that_was_never_saved_is_new() -> None:
    assert fact_changes(None, Profile(id="T", weight_kg=Decimal(60))) == [("", "new patient")]


@each_row(
    ("before", "now", "told"),
    [
        ({"age": Decimal(35)}, {"age": Decimal(34)}, "age: 34 again, not 35"),
        ({"age": Decimal(35)}, {}, "age: again not recorded, not 35"),
        ({"medications": [MMF]}, {}, "medications: MMF, current, 2 g/day, start 2026-01-10 is not recorded any more"),
        ({}, {"labs": [Lab(test="ALT", value=Decimal(45), unit="U/L", uln=Decimal(40))]}, "labs: ALT, 45 U/L, upper limit 40 is recorded again"),
        ({"note": "a"}, {"note": "b"}, "note changed"),
    ],
)
def test_what_is_taken_back_says_what_holds_again(before: dict[str, Any], now: dict[str, Any], told: str) -> None:
    assert again_words(Profile(**{"id": "T", **before}), Profile(**{"id": "T", **now})) == told
