"""Recorded values and grades beside newer or stronger facts that say otherwise: neither decides."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, complete, condition, drug, lab, merged, procedure, score, verdict
from rows import each_row

ADULT: Facts = {"age": 50, "sex": "male", "weight_kg": 80, "height_cm": 175}
CONFLICT = "unknown conflict"
BEFORE, NOW = "2026-10-01", "2026-11-15"
RATE = "mL/min/1.73m2"


def _rate(value: object, date: str | None = BEFORE) -> Facts:
    return lab("eGFR", value, RATE, date)


def _creatinine(value: object, date: str | None = NOW) -> Facts:
    return merged(ADULT, lab("creatinine", value, "mg/dL", date))


def _fev1(value: object, date: str | None = NOW) -> Facts:
    return lab("FEV1 % predicted", value, "%", date)


LIVER = merged(lab("bilirubin", 4, "mg/dL", NOW), lab("albumin", 2.4, "g/dL", NOW), lab("INR", 2, None, NOW))

COPD = condition("COPD", severity="moderate")
BY_WORD: list[Row] = [
    ("chronic obstructive pulmonary disease that is severe", EX, merged(COPD, _fev1(35)), CONFLICT),
    ("chronic obstructive pulmonary disease that is moderate", IN, merged(COPD, _fev1(35)), CONFLICT),
    ("chronic obstructive pulmonary disease that is severe", EX, merged(COPD, _fev1(60)), "pass violated"),
    ("chronic obstructive pulmonary disease that is severe", EX, merged(condition("COPD", severity="moderate", since="2026-11"), _fev1(35, "2025-11-01")), "pass violated"),
    ("hypertension", EX, merged(condition("hypertension", "absent"), drug("lisinopril", indication="hypertension")), CONFLICT),
    ("hypertension", EX, merged(condition("hypertension", "absent"), drug("lisinopril")), "pass violated"),
]

BY_FORMULA: list[Row] = [
    ("eGFR < 30 mL/min/1.73m²", EX, merged(_rate(55), _creatinine(4)), CONFLICT),
    ("eGFR < 30 mL/min/1.73m²", EX, merged(_rate(55, NOW), _creatinine(4)), CONFLICT),
    ("eGFR < 30 mL/min/1.73m²", EX, merged(_rate(55, "2026-11-18"), _creatinine(4)), "pass violated"),
    ("eGFR < 30 mL/min/1.73m²", EX, merged(_rate(55), _creatinine(1.5)), "pass violated"),
    # the same day: a formula differs from another by as much
    ("eGFR ≥ 60 mL/min/1.73m²", IN, merged(_rate(62, NOW), _creatinine(1.45)), "pass holds"),
    ("eGFR > 30 mL/min/1.73m²", IN, merged(_rate(50), _creatinine(4), condition("acute kidney injury", since="2026-11-10")), CONFLICT),
    ("eGFR > 30 mL/min/1.73m²", IN, merged(_rate(50), condition("end-stage renal disease")), CONFLICT),
    ("eGFR > 30 mL/min/1.73m²", IN, merged(_rate(50), procedure("hemodialysis", "2026-10-25")), CONFLICT),
    ("eGFR > 30 mL/min/1.73m²", IN, merged(_rate(50), condition("end-stage renal disease", "resolved", until="2020")), "pass holds"),
    ("creatinine clearance < 30 mL/min", EX, merged(lab("creatinine clearance", 55, "mL/min", BEFORE), _creatinine(4)), CONFLICT),
    ("body mass index < 35 kg/m²", IN, merged(lab("BMI", 33, "kg/m2", BEFORE), {"weight_kg": 120, "height_cm": 170}), CONFLICT),
    ("body mass index < 35 kg/m²", IN, merged(lab("BMI", 33, "kg/m2", BEFORE), {"weight_kg": 90, "height_cm": 170}), "pass holds"),
    ("QTc > 500 ms", EX, merged(lab("QTc", 440, "ms", BEFORE), lab("QT interval", 580, "ms", NOW), lab("heart rate", 62, "/min", NOW)), CONFLICT),
    # a weight of these days, grossly another than that of the profile
    ("body weight ≥ 50 kg", IN, merged(lab("weight", 45, "kg", NOW), {"weight_kg": 60}), CONFLICT),
    ("body weight ≥ 50 kg", IN, merged(lab("weight", 49, "kg", NOW), {"weight_kg": 51}), "pass holds"),
    ("body weight ≥ 50 kg", IN, merged(lab("weight", 45, "kg", "2026-08-30"), {"weight_kg": 60}), "pass holds"),
]

BY_ANOTHER_MEASURE: list[Row] = [
    ('"GOLD grade" is 3 or 4', EX, merged(condition("COPD", stage="GOLD 2"), _fev1(35)), CONFLICT),
    ('"GOLD grade" is 3 or 4', EX, merged(condition("COPD", stage="GOLD 2"), _fev1(48)), "pass violated"),
    ('"GOLD grade" is 3 or 4', EX, merged(condition("COPD", stage="GOLD 3"), _fev1(65)), CONFLICT),
    ('"GOLD grade" is 3 or 4', EX, merged(condition("COPD", stage="GOLD 3"), _fev1(65, "2025-01-01")), "fail holds"),
    ('"GOLD grade" is 3 or 4', EX, merged(score("GOLD", 2, "2026-11-18"), _fev1(35)), "pass violated"),
    ('"GOLD grade" ≥ 2', IN, merged(condition("COPD", stage="GOLD 3"), _fev1(65)), "pass holds"),
    ('"NYHA class" is II', EX, merged(score("NYHA", "I", BEFORE), condition("acute heart failure", since=NOW)), CONFLICT),
    ('"NYHA class" is I', EX, merged(score("NYHA", "I", "2026-11-18"), condition("acute heart failure", since=NOW)), "fail holds"),
    ('"NYHA class" is III or IV', EX, condition("heart failure", stage="NYHA III-IV"), "fail holds"),
    ('"NYHA class" is II or III', EX, condition("heart failure", stage="NYHA III-IV"), "unknown imprecise"),
    ('"CKD stage" is 4 or 5', EX, merged(score("CKD stage", "3a", BEFORE), _rate(20, NOW)), CONFLICT),
    ('"CKD stage" is 4 or 5', EX, merged(condition("CKD", stage="3a"), _rate(40, NOW)), "pass violated"),
    ("ECOG performance status ≥ 3", EX, merged(score("ECOG", 1, BEFORE), score("KPS", 40, NOW)), CONFLICT),
    ("ECOG performance status ≤ 1", IN, merged(score("ECOG", 1, NOW), score("KPS", 40, NOW)), CONFLICT),
    ("ECOG performance status ≤ 1", IN, merged(score("ECOG", 1, NOW), score("KPS", 80, BEFORE)), "pass holds"),
    ("ECOG performance status ≤ 1", IN, merged(score("ECOG", 1, NOW), score("KPS", 60, NOW)), "pass holds"),
    ("ECOG performance status ≤ 1", IN, merged(score("ECOG", 1, NOW), score("KPS", 40, BEFORE)), "pass holds"),
    ("Karnofsky performance status ≥ 70 %", IN, merged(score("KPS", 80, BEFORE), score("ECOG", 3, NOW)), CONFLICT),
    ("Karnofsky performance status ≥ 70 %", IN, merged(score("KPS", 80, BEFORE), score("ECOG", 1, NOW)), "pass holds"),
]

BY_ITS_PARTS: list[Row] = [
    ("Child-Pugh is B or C", EX, merged(condition("cirrhosis", stage="Child-Pugh A"), LIVER), CONFLICT),
    ("Child-Pugh is B or C", EX, merged(score("Child-Pugh", "A", BEFORE), condition("cirrhosis"), LIVER), CONFLICT),
    ("Child-Pugh is B or C", EX, merged(score("Child-Pugh", "A", "2026-11-18"), condition("cirrhosis"), LIVER), "pass violated"),
    ("Child-Pugh ≤ 6", IN, merged(score("Child-Pugh", "A5", BEFORE), condition("ascites", severity="severe", since="2026-11-01")), CONFLICT),
    ("Child-Pugh ≤ 6", IN, merged(score("Child-Pugh", "A6", BEFORE), condition("ascites", severity="mild", since="2026-11-01")), "pass holds"),
    ("Child-Pugh ≤ 5", IN, merged(score("Child-Pugh", "A5", BEFORE), condition("ascites", severity="mild", since="2026-11-01")), CONFLICT),
    # an older part, a clotting time under a drug for it, and a bilirubin of a disease of the bile ducts tell nothing against it
    ("Child-Pugh ≤ 6", IN, merged(score("Child-Pugh", "A5", BEFORE), lab("bilirubin", 5, "mg/dL", "2026-09-10")), "pass holds"),
    ("Child-Pugh ≤ 6", IN, merged(score("Child-Pugh", "A5", BEFORE), lab("INR", 3, None, NOW), drug("warfarin")), "pass holds"),
    ("Child-Pugh ≤ 6", IN, merged(score("Child-Pugh", "A5", BEFORE), lab("INR", 3, None, NOW)), CONFLICT),
    ("Child-Pugh ≤ 6", IN, merged(score("Child-Pugh", "A5", BEFORE), lab("bilirubin", 5, "mg/dL", NOW), condition("primary biliary cholangitis")), "pass holds"),
    ("Child-Pugh is B or C", EX, merged(score("Child-Pugh", "B", NOW), complete(conditions=True), lab("INR", 1, None, NOW), lab("albumin", 4, "g/dL", NOW), lab("bilirubin", 1, "mg/dL", NOW)), CONFLICT),
]


@each_row(("check", "kind", "facts", "expected"), [*BY_WORD, *BY_FORMULA, *BY_ANOTHER_MEASURE, *BY_ITS_PARTS])
def test_what_is_overtaken_does_not_decide(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected
