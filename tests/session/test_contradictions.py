"""Facts that can hardly be true together are told, each with the rows it stands in; those that can are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rows import each_row

from matcher.model.profile import Profile
from matcher.session.contradictions import contradictions_in
from matcher.storage.toml_files import load_profile

AS_OF = date(2026, 11, 21)
WOMAN = {"sex": "female", "age": 34}
DAY, LATER = "2026-11-10", "2027-01-01"


def _lab(test: str, value: float, unit: str | None = None, day: str | None = DAY) -> dict[str, Any]:
    return {key: one for key, one in {"test": test, "value": Decimal(str(value)), "unit": unit, "date": day}.items() if one is not None}


CREATININE = _lab("creatinine", 1.6, "mg/dL")
DENIED = [{"name": "diabetes mellitus", "status": "absent"}, {"name": "type 2 diabetes mellitus"}]


@each_row(
    ("facts", "rows", "said"),
    [
        ({**WOMAN, "labs": [CREATININE, _lab("eGFR", 78, "mL/min/1.73m²")]}, ("labs:1",), "does not go with 43"),
        ({**WOMAN, "labs": [_lab("creatinine", 141, "µmol/L"), _lab("eGFR", 95, None, None)]}, ("labs:1",), "CKD-EPI 2021 from creatinine 141 µmol/L"),
        ({**WOMAN, "labs": [_lab("creatinine", 0.7, "mg/dL"), _lab("eGFR", 30)]}, ("labs:1",), "does not go with 11"),
        ({"weight_kg": 61.5, "height_cm": 165, "labs": [_lab("BMI", 29)]}, ("labs:0", "who:weight_kg", "who:height_cm"), "does not go with 22.59 kg/m²"),
        ({"labs": [_lab("LDL cholesterol", 190, "mg/dL"), _lab("total cholesterol", 150, "mg/dL")]}, ("labs:0", "labs:1"), "it is a part of that"),
        ({"labs": [_lab("neutrophils", 6.1, "10^9/L"), _lab("WBC", 4100, "/µL")]}, ("labs:0", "labs:1"), "is more than white blood cells"),
        ({"labs": [_lab("systolic blood pressure", 70, "mmHg"), _lab("diastolic blood pressure", 120, "mmHg")]}, ("labs:1", "labs:0"), "were they changed over?"),
        ({"conditions": DENIED}, ("conditions:0", "conditions:1"), "“diabetes mellitus” is recorded as absent, and “type 2 diabetes mellitus” as active"),
        ({"medications": [{"name": "methotrexate"}, {"name": "immunosuppressants", "status": "absent"}]}, ("medications:1", "medications:0"), "which is right?"),
        ({"sex": "male", "conditions": [{"name": "pregnancy"}]}, ("who:sex", "conditions:0"), "the sex as male"),
        ({"sex": "male", "childbearing_potential": True}, ("who:sex", "who:childbearing_potential"), "the sex as male"),
        ({"pregnant": True, "conditions": [{"name": "pregnancy", "status": "absent"}]}, ("who:pregnant", "conditions:0"), "pregnancy as absent"),
        ({"pregnant": False, "conditions": [{"name": "pregnancy"}]}, ("who:pregnant", "conditions:0"), "pregnancy as active"),
        ({"pregnant": True, "childbearing_potential": False}, ("who:pregnant", "who:childbearing_potential"), "no childbearing potential"),
        ({"pregnant": True, "age": 72}, ("who:pregnant", "who:age"), "at the age of 72"),
        ({"smoking": "never", "smoking_stopped": "2020"}, ("who:smoking", "who:smoking_stopped"), "as stopped 2020"),
        ({"smoking": "never", "labs": [_lab("pack-years", 20)]}, ("who:smoking", "labs:0"), "20 pack-years"),
        ({"healthy": True, "conditions": [{"name": "asthma"}]}, ("who:healthy", "conditions:0"), "“asthma” as active"),
        ({"conditions": [{"name": "pneumonia", "status": "active", "until": "2024-03"}]}, ("conditions:0",), "until 2024-03"),
        ({"conditions": [{"name": "asthma", "since": "2020", "diagnosed": "2018-03"}]}, ("conditions:0",), "before it began 2020"),
        ({"medications": [{"name": "MMF", "status": "current", "stop": "2026-01-05"}]}, ("medications:0",), "as stopped 2026-01-05"),
        ({"medications": [{"name": "MMF", "start": "2026-03", "stable_since": "2025"}]}, ("medications:0",), "before its start"),
        ({"medications": [{"name": "MMF", "start": "2025", "stop": "2025-06", "stable_since": "2026"}]}, ("medications:0",), "after its stop"),
        ({"age": 20, "conditions": [{"name": "asthma", "since": "1999"}]}, ("conditions:0", "who:age"), "before the birth of a patient of 20"),
    ],
)
def test_what_does_not_go_together_is_told(facts: dict[str, Any], rows: tuple[str, ...], said: str) -> None:
    found = contradictions_in(Profile.checked({"id": "A", "as_of": AS_OF, **facts}), AS_OF)
    assert [one.rows for one in found] == [rows]
    assert said in found[0].words


@each_row(
    "facts",
    [
        {**WOMAN, "labs": [CREATININE, _lab("eGFR", 48, "mL/min/1.73m²")]},
        {**WOMAN, "labs": [CREATININE, _lab("eGFR", 95, None, "2026-03-01")]},
        {**WOMAN, "labs": [CREATININE, _lab("creatinine", 0.8, "mg/dL"), _lab("eGFR", 95)]},
        {**WOMAN, "pregnant": True, "labs": [CREATININE, _lab("eGFR", 95)]},
        {"age": 10, "sex": "female", "labs": [CREATININE, _lab("eGFR", 95)]},
        {"weight_kg": 61.5, "height_cm": 165, "labs": [_lab("BMI", 23)]},
        {"weight_kg": 61.5, "height_cm": 165, "labs": [_lab("BMI", 29, None, "2024-01-01")]},
        {"labs": [_lab("LDL cholesterol", 152, "mg/dL"), _lab("total cholesterol", 150, "mg/dL")]},
        {"labs": [_lab("neutrophils", 6.1, "10^9/L", "2026-11-01"), _lab("WBC", 4.1, "10^9/L")]},
        {"conditions": [{"name": "type 2 diabetes mellitus", "status": "absent"}, {"name": "diabetes mellitus"}]},
        {"conditions": [{"name": "malignancy", "status": "absent", "since": "2020"}, {"name": "breast cancer", "status": "resolved", "until": "2015"}]},
        {"medications": [{"name": "MMF", "stop": "2026-01-05"}, {"name": "MMF"}]},
        {"pregnant": True, "age": 40, "conditions": [{"name": "pregnancy"}]},
        {"smoking": "former", "smoking_stopped": "2020", "labs": [_lab("pack-years", 20)]},
        {"healthy": True, "conditions": [{"name": "asthma", "status": "resolved"}]},
        {"age": 20, "conditions": [{"name": "asthma", "since": "2005"}]},
        {"age": "90+", "conditions": [{"name": "asthma", "since": "1930"}]},
    ],
)
def test_what_may_be_true_together_is_not_told(facts: dict[str, Any]) -> None:
    assert contradictions_in(Profile.checked({"id": "A", "as_of": AS_OF, **facts}), AS_OF) == []


def test_no_shipped_example_contradicts_itself() -> None:
    for path in sorted((Path(__file__).parents[2] / "profiles").glob("*.toml")):
        assert contradictions_in(load_profile(path), AS_OF) == [], path.name
