"""Values computed from recorded ones: textbook values, what keeps a formula away, and what a recorded value decides."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import EX, IN, Facts, complete, condition, judge, lab, merged, procedure, verdict

from matcher.matching import prepare
from matcher.matching.derived import computed
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import load

WOMAN: Facts = {"age": 34, "sex": "female"}
MAN: Facts = {"age": 60, "sex": "male", "weight_kg": 72, "height_cm": 180}
NO_SIGNS = merged(condition("ascites", "absent"), condition("hepatic encephalopathy", "absent"))
LIVER = merged(lab("bilirubin", 1, "mg/dL"), lab("albumin", 4, "g/dL"), lab("INR", 1))
POOR = merged(lab("bilirubin", 2.5, "mg/dL"), lab("albumin", 30, "g/L"), lab("INR", 1.8))
LIPIDS = merged(lab("total cholesterol", 200, "mg/dL"), lab("HDL", 50, "mg/dL"))

Value = tuple[str, Facts, float]
TEXTBOOK: list[Value] = [
    ("eGFR", merged(MAN, lab("creatinine", 1.2, "mg/dL")), 69.2),
    ("eGFR", merged(MAN, lab("creatinine", 0.6, "mg/dL")), 110.5),
    ("eGFR", merged({"age": 55, "sex": "female"}, lab("creatinine", 1.0, "mg/dL")), 66.5),
    ("eGFR by CKD-EPI", merged({"age": 50, "sex": "male"}, lab("creatinine", 1.0, "mg/dL")), 91.7),
    ("eGFR", merged(WOMAN, lab("creatinine", 80, "µmol/L")), 85.5),
    ("creatinine clearance", merged(MAN, lab("creatinine", 1.0, "mg/dL")), 80),
    ("creatinine clearance", merged(MAN, {"sex": "female"}, lab("creatinine", 1.0, "mg/dL")), 68),
    ("creatinine clearance", merged({"age": 40, "sex": "male", "weight_kg": 80}, lab("creatinine", 176.8, "µmol/L")), 55.6),
    ("corrected calcium", merged(lab("calcium", 8.0, "mg/dL"), lab("albumin", 2.0, "g/dL")), 9.6),
    ("corrected calcium", merged(lab("calcium", 2.0, "mmol/L"), lab("albumin", 20, "g/L")), 9.62),
    ("LDL cholesterol", merged(LIPIDS, lab("triglycerides", 150, "mg/dL")), 120),
    ("non-HDL cholesterol", LIPIDS, 150),
    ("QTcF", merged(lab("QT interval", 400, "ms"), lab("heart rate", 60, "/min")), 400),
    ("QTc", merged(lab("QT interval", 360, "ms"), lab("heart rate", 100, "bpm")), 427),
    ("FIB-4 index", merged({"age": 60}, lab("AST", 40, "U/L"), lab("ALT", 40, "U/L"), lab("platelets", 200, "10^9/L")), 1.9),
    ("body mass index", {"weight_kg": 61.5, "height_cm": 165}, 22.59),
    ("body surface area", {"weight_kg": 70, "height_cm": 170}, 1.82),
    ("Child-Pugh", merged(LIVER, NO_SIGNS), 5),
    ("Child-Pugh", merged(POOR, condition("ascites", severity="mild"), condition("hepatic encephalopathy", "absent")), 9),
    ("Child-Pugh", merged(POOR, condition("ascites", severity="severe"), condition("hepatic encephalopathy", stage="grade 3")), 12),
]
STEADY: list[tuple[str, Facts]] = [
    ("its own stage", condition("chronic kidney disease", stage="3a")),
    ("a stage nearby", condition("chronic kidney disease", stage="IIIb")),
    ("a stage that is no number", condition("chronic kidney disease", stage="advanced")),
    ("an injury long ago", condition("acute kidney injury", since="2025-01")),
    ("an injury that is over", condition("acute kidney injury", "resolved", since="2026-10")),
    ("dialysis that is over", procedure("hemodialysis", "2025-01-05", until="2025-02-01")),
    ("no dialysis", procedure("hemodialysis", status="absent")),
    ("a transplant", merged(condition("end-stage renal disease"), procedure("kidney transplant", "2020"))),
]
NOT_COMPUTED: list[tuple[str, str, Facts]] = [
    ("no sex", "eGFR", merged({"age": 34}, lab("creatinine", 80, "µmol/L"))),
    ("no age", "eGFR", merged({"sex": "female"}, lab("creatinine", 80, "µmol/L"))),
    ("a child", "eGFR", merged({"age": 17, "sex": "female"}, lab("creatinine", 60, "µmol/L"))),
    ("a child when it was measured", "eGFR", merged({"age": 18, "sex": "male"}, lab("creatinine", 60, "µmol/L", "2026-10-01"))),
    ("pregnant", "eGFR", merged(WOMAN, {"pregnant": True}, lab("creatinine", 60, "µmol/L"))),
    ("on dialysis", "eGFR", merged(MAN, procedure("hemodialysis", "2026-01"), lab("creatinine", 4, "mg/dL"))),
    ("renal failure on dialysis", "creatinine clearance", merged(MAN, condition("renal failure on dialysis"), lab("creatinine", 4, "mg/dL"))),
    ("end-stage disease", "eGFR", merged(MAN, condition("ESRD"), lab("creatinine", 4, "mg/dL"))),
    ("an acute injury", "eGFR", merged(MAN, condition("acute kidney injury", since="2026-11-01"), lab("creatinine", 2, "mg/dL"))),
    ("another stage", "eGFR", merged(MAN, condition("chronic kidney disease", stage="G2"), lab("creatinine", 3, "mg/dL"))),
    ("wasted muscles", "eGFR", merged(MAN, condition("Duchenne muscular dystrophy"), lab("creatinine", 0.4, "mg/dL"))),
    ("no number", "eGFR", merged(WOMAN, lab("creatinine", "<60", "µmol/L"))),
    ("a unit of something else", "eGFR", merged(WOMAN, lab("creatinine", 80, "mg/g"))),
    ("no weight", "creatinine clearance", merged(WOMAN, lab("creatinine", 80, "µmol/L"))),
    ("urine, not serum", "creatinine clearance", merged(MAN, lab("urine creatinine", 80, "mg/dL"))),
    ("albumin of another month", "corrected calcium", merged(lab("calcium", 8, "mg/dL"), lab("albumin", 2, "g/dL", "2026-09-10"))),
    ("ionized calcium", "corrected calcium", merged(lab("ionized calcium", 1.1, "mmol/L"), lab("albumin", 20, "g/L"))),
    ("too many triglycerides", "LDL cholesterol", merged(LIPIDS, lab("triglycerides", 450, "mg/dL"))),
    ("triglycerides of another day", "LDL cholesterol", merged(LIPIDS, lab("triglycerides", 150, "mg/dL", "2026-11-09"))),
    ("no date to join by", "non-HDL cholesterol", merged(lab("total cholesterol", 200, "mg/dL", None), lab("HDL", 50, "mg/dL", None))),
    ("signs not recorded", "Child-Pugh", LIVER),
    ("degree of ascites not recorded", "Child-Pugh", merged(LIVER, condition("ascites"), condition("hepatic encephalopathy", "absent"))),
    ("a degree between two", "Child-Pugh", merged(LIVER, condition("ascites", stage="grade 2"), condition("hepatic encephalopathy", "absent"))),
    ("other limits of bilirubin", "Child-Pugh", merged(LIVER, NO_SIGNS, condition("primary biliary cholangitis"))),
    ("another formula", "eGFR by MDRD", merged(MAN, lab("creatinine", 1.2, "mg/dL"))),
    ("another formula for QT", "QTcB", merged(lab("QT interval", 400, "ms"), lab("heart rate", 60, "/min"))),
]

EGFR_60, CRCL_60 = "eGFR ≥ 60 mL/min/1.73m²", "creatinine clearance ≥ 60 mL/min"
VERDICTS: list[tuple[str, str, Facts, str]] = [
    (EGFR_60, IN, merged(WOMAN, lab("creatinine", 80, "µmol/L")), "pass holds"),
    (EGFR_60, IN, merged(MAN, lab("creatinine", 2.4, "mg/dL")), "fail violated"),
    ("eGFR < 60 mL/min/1.73m²", EX, merged(WOMAN, lab("creatinine", 80, "µmol/L")), "pass violated"),
    ("eGFR ≥ 69 mL/min/1.73m²", IN, merged(MAN, lab("creatinine", 1.2, "mg/dL")), "unknown imprecise"),  # 69.2 at 60, 68.8 at 61
    (EGFR_60, IN, merged(MAN, lab("creatinine", 1.2, "mg/dL"), lab("eGFR", 55, "mL/min/1.73m²")), "fail violated"),
    (EGFR_60, IN, merged(MAN, lab("creatinine", 1.2, "mg/dL"), lab("eGFR", 55, "mL/min/1.73m²", "2025-11-10")), "pass holds"),
    (EGFR_60, IN, merged(MAN, lab("creatinine", 1.2, "mg/dL", "2026-02-01")), "unknown stale"),
    (f"{EGFR_60} within 14 days", IN, merged(MAN, lab("creatinine", 1.2, "mg/dL", "2026-10-01")), "unknown stale"),
    (f"{EGFR_60} within 14 days", IN, merged(MAN, lab("creatinine", 1.2, "mg/dL", "2026-11-15")), "pass holds"),
    (EGFR_60, IN, merged(MAN, lab("creatinine", 1.2, "mg/dL"), lab("creatinine", 3, "mg/dL")), "unknown conflict"),
    (EGFR_60, IN, merged(MAN, lab("creatinine", 1.2, "mg/dL"), lab("creatinine", 3, "mg/dL", "2026-10-10")), "pass holds"),
    (EGFR_60, IN, lab("creatinine", 80, "µmol/L"), "unknown not-recorded"),
    (EGFR_60, IN, merged(WOMAN, lab("creatinine", 12)), "fail violated"),  # it can only be mg/dL
    (CRCL_60, IN, merged(MAN, lab("creatinine", 1.0, "mg/dL")), "pass holds"),
    (CRCL_60, IN, merged(MAN, lab("creatinine", 2.0, "mg/dL")), "fail violated"),
    (CRCL_60, IN, merged(MAN, lab("creatinine", 1.0, "mg/dL"), lab("24-hour creatinine clearance", 50, "mL/min")), "fail violated"),
    ("measured creatinine clearance ≥ 60 mL/min", IN, merged(MAN, lab("creatinine", 1.0, "mg/dL")), "unknown not-recorded"),
    (CRCL_60, IN, merged(MAN, lab("eGFR", 100, "mL/min/1.73m²")), "unknown not-recorded"),
    ("corrected calcium > 2.9 mmol/L", EX, merged(lab("calcium", 2.5, "mmol/L"), lab("albumin", 15, "g/L")), "fail holds"),
    ("corrected calcium > 2.9 mmol/L", EX, lab("corrected calcium", 2.5, "mmol/L"), "pass violated"),
    ("corrected calcium > 3.1 mmol/L", EX, lab("calcium", 2.3, "mmol/L"), "pass violated"),  # at no albumin
    ("corrected calcium > 2.6 mmol/L", EX, lab("calcium", 2.3, "mmol/L"), "unknown imprecise"),
    ("calcium > 2.6 mmol/L", EX, lab("corrected calcium", 2.5, "mmol/L"), "unknown imprecise"),
    ("QTcF > 470 ms", EX, lab("QTcF", 440, "ms"), "pass violated"),
    ("QTcF > 470 ms", EX, lab("QTc", 440, "ms"), "pass violated"),
    ("QTcF > 450 ms", EX, lab("QTc", 440, "ms"), "unknown imprecise"),
    ("QTcF > 450 ms", EX, merged(lab("QTc", 440, "ms"), lab("QTcF", 432, "ms")), "pass violated"),
    ("QTcF > 470 ms", EX, lab("QTcB", 530, "ms"), "fail holds"),
    ("QTc > 470 ms", EX, lab("QTcF", 480, "ms"), "fail holds"),
    ("QTc > 470 ms", EX, lab("QT interval", 480, "ms"), "unknown not-recorded"),
    ("eGFR by MDRD ≥ 60 mL/min", IN, lab("eGFR (CKD-EPI)", 95, "mL/min/1.73m²"), "pass holds"),
    ("eGFR by MDRD ≥ 60 mL/min", IN, lab("eGFR (CKD-EPI)", 65, "mL/min/1.73m²"), "unknown imprecise"),
    ("eGFR by MDRD ≥ 60 mL/min", IN, lab("eGFR MDRD", 65, "mL/min/1.73m²"), "pass holds"),
    (EGFR_60, IN, lab("eGFR MDRD", 65, "mL/min/1.73m²"), "pass holds"),
    ("LDL cholesterol ≥ 70 mg/dL", IN, merged(LIPIDS, lab("triglycerides", 150, "mg/dL")), "pass holds"),
    ("LDL cholesterol ≥ 115 mg/dL", IN, merged(LIPIDS, lab("triglycerides", 150, "mg/dL")), "unknown imprecise"),
    ("Child-Pugh is B or C", EX, merged(LIVER, NO_SIGNS), "pass violated"),
    ("Child-Pugh ≤ 6", IN, merged(POOR, condition("ascites", severity="mild"), condition("hepatic encephalopathy", "absent")), "fail violated"),
    ("Child-Pugh is A", IN, merged(LIVER, complete(conditions=True)), "pass holds"),
    ("Child-Pugh is A", IN, LIVER, "unknown not-recorded"),
    ("body mass index ≥ 30 kg/m²", EX, {"weight_kg": 90, "height_cm": 165}, "fail holds"),
    ("body mass index ≥ 30 kg/m²", EX, merged({"weight_kg": 90, "height_cm": 165}, lab("BMI", 29, "kg/m2")), "unknown conflict"),
]  # fmt: skip


def _values(name: str, facts: Facts) -> list[tuple[float, str]]:
    profile = profile_from_plain({"schema": 1, "id": "T", "as_of": "2026-11-21", **facts}, "table")
    measure = load().measure(name)
    assert measure is not None
    return [(float(one.entry.value), one.basis) for one in computed(measure, prepare(profile, load(), None))]


def test_textbook_values() -> None:
    found = [(name, facts, _values(name, facts), value) for name, facts, value in TEXTBOOK]
    assert [row for row in found if [value for value, _ in row[2]] != [pytest.approx(row[3], rel=1e-3)]] == []


def test_where_a_part_is_missing_or_a_formula_does_not_fit_nothing_is_computed() -> None:
    assert [(why, found) for why, name, facts in NOT_COMPUTED if (found := _values(name, facts))] == []


def test_a_steady_kidney_is_computed() -> None:
    creatinine = merged(MAN, lab("creatinine", 1.6, "mg/dL"))
    assert [why for why, facts in STEADY if not _values("eGFR", merged(creatinine, facts))] == []


def test_verdicts() -> None:
    found = [(check, facts, verdict(check, kind, facts), wanted) for check, kind, facts, wanted in VERDICTS]
    assert [row for row in found if row[2] != row[3]] == []


def test_a_reason_names_the_formula_and_its_parts() -> None:
    judged = judge(EGFR_60, IN, merged(WOMAN, lab("creatinine", 80, "µmol/L")))
    said = "computed by CKD-EPI 2021 from creatinine 80 µmol/L on 2026-11-10, age 34, sex female"
    assert judged.reason == f"eGFR 86 mL/min/1.73m² on 2026-11-10 ({said}) is at least 60 mL/min/1.73m²."
    assert [(fact.fact, fact.date) for fact in judged.evidence] == [(f"derived: eGFR {said}", "2026-11-10")]


def test_a_reason_says_what_keeps_a_formula_away() -> None:
    judged = judge(EGFR_60, IN, merged(WOMAN, {"pregnant": True}, lab("creatinine", 80, "µmol/L")))
    assert judged.reason == "Not recorded: eGFR (not worked out from creatinine in pregnancy)."


def test_a_computed_value_bears_the_oldest_date_of_its_parts() -> None:
    facts = merged(lab("calcium", 8, "mg/dL", "2026-11-10"), lab("albumin", 2, "g/dL", "2026-11-05"))
    assert [fact.date for fact in judge("corrected calcium > 12 mg/dL", EX, facts).evidence] == ["2026-11-05"]


@given(st.integers(18, 89), st.sampled_from(["female", "male"]), st.integers(20, 900))
def test_a_span_holds_every_value_of_the_year(age: int, sex: str, creatinine: int) -> None:
    facts = merged({"age": age + 1, "sex": sex, "weight_kg": 70}, lab("creatinine", creatinine, "µmol/L"))
    profile = profile_from_plain({"schema": 1, "id": "T", "as_of": "2026-11-21", **facts}, "table")
    for name in ("eGFR", "creatinine clearance"):
        measure = load().measure(name)
        assert measure is not None
        (one,) = computed(measure, prepare(profile, load(), None))
        assert one.span is not None
        assert one.span[0] - Fraction(1, 10) <= one.entry.value <= one.span[1] + Fraction(1, 10)
