"""Stages, classes, grades and severities that stand in a disease's name, and scores as reports print them."""

from __future__ import annotations

from decimal import Decimal

from rows import each_row

from matcher.vocabulary import as_printed, graded_beside_its_stage, load, staged_name

NAMES = [
    ("chronic kidney disease stage 3", "chronic kidney disease", "3", ""),
    ("CKD G4A2", "CKD", "4", ""),
    ("CKD 3b", "CKD", "3b", ""),
    ("heart failure, NYHA class III", "heart failure", "NYHA class III", ""),
    ("HFrEF (NYHA II)", "HFrEF", "NYHA II", ""),
    ("stage IIIB lung cancer", "lung cancer", "IIIB", ""),
    ("colon cancer, pT3 N1b M0, stage IIIB", "colon cancer", "IIIB", ""),
    ("breast cancer T2N1M0", "breast cancer", "T2N1M0", ""),
    ("grade 2 follicular lymphoma", "follicular lymphoma", "grade 2", ""),
    ("follicular lymphoma, grade 1-2, stage III", "follicular lymphoma", "III", ""),
    ("cirrhosis (Child-Pugh B7)", "cirrhosis", "Child-Pugh B7", ""),
    ("HCC BCLC-C", "HCC", "BCLC-C", ""),
    ("Parkinson's disease H&Y 2.5", "Parkinson's disease", "Hoehn and Yahr 2.5", ""),
    ("prostate cancer, Gleason 4+3=7", "prostate cancer", "Gleason 4+3=7", ""),
    ("lupus nephritis class III+V", "lupus nephritis", "class III+V", ""),
    ("NAFLD with fibrosis F2", "NAFLD", "METAVIR F2", ""),
    ("severe asthma", "asthma", "", "severe"),
    ("COPD, moderate", "COPD", "", "moderate"),
    ("severe COPD GOLD 3", "COPD", "GOLD 3", "severe"),
]

UNSTAGED = ["type 2 diabetes", "hepatitis C", "vitamin D deficiency", "factor V Leiden", "bipolar I disorder", "glycogen storage disease type II", "leg ulcer", "neurofibromatosis 1", "trisomy 21", "angina", "second degree AV block", "history of NYHA IV heart failure", "stage III melanoma, resected, now stage IV", "suspected stage II lung cancer", "CKD stage 1 through 4"]

PRINTED = [
    ("Child-Pugh", "A6", Decimal(6)), ("Child-Pugh", "B (7)", Decimal(7)), ("Child-Pugh", "8 (B)", Decimal(8)), ("Child-Pugh", "A9", "A9"), ("Child-Pugh", "B", "B"),
    ("MMSE", "27/30", Decimal(27)), ("MoCA", "21 out of 30", Decimal(21)), ("MMSE", "30/27", "30/27"), ("Karnofsky", "90 %", Decimal(90)), ("ECOG", "PS 1", Decimal(1)),
    ("ASA", "3E", "3"), ("ASA", "III", "III"), ("GOLD", "2B", "2"), ("BI-RADS", "4a", Decimal(4)), ("LI-RADS", "LR-5", "5"), ("GCS", "E4V5M6", Decimal(15)),
    ("Gleason", "7 (3+4)", Decimal(7)), ("Gleason", "9 (3+4)", "9 (3+4)"), ("NYHA", "II", "II"), ("EDSS", "4.5 points", Decimal("4.5")), ("PHQ-9", "not done", "not done"),
]  # fmt: skip


@each_row("name, rest, stage, severity", NAMES)
def test_a_name_holds_its_stage(name: str, rest: str, stage: str, severity: str) -> None:
    found = staged_name(name)
    assert found is not None
    assert tuple(found) == (rest, stage, severity)


@each_row("name", UNSTAGED)
def test_other_numerals_are_no_stage(name: str) -> None:
    assert staged_name(name) is None


@each_row("score, printed, value", PRINTED)
def test_scores_are_read_as_they_are_printed(score: str, printed: str, value: Decimal | str) -> None:
    assert as_printed(load().recorded_measure(score), printed) == value


@each_row("disease, both", [("breast cancer", True), ("follicular lymphoma", True), ("meningioma", False), ("glioblastoma", False), ("hypertension", False)])
def test_tumors_have_a_grade_beside_their_stage(disease: str, both: bool) -> None:
    concept = load().condition(disease)
    assert concept is not None
    assert graded_beside_its_stage(load(), concept) is both
