"""Facts that another fact tells: a biopsy's own words, no cigarettes of who never smoked, a child's disease."""

from __future__ import annotations

from judging import IN, Facts, condition, drug, merged, procedure, verdict
from rows import each_row

BREAST, LUNG = "breast cancer confirmed by histology", "non-small cell lung cancer confirmed by histology or cytology"
NAIVE = "chronic hepatitis C that is treatment-naive"
EVER = {"complete": {"medications": True}}

ROWS = [
    # what a biopsy, or what was taken out, is called by another name or is a kind of
    (BREAST, merged(condition("breast cancer"), procedure("core needle biopsy of the breast", "2026-09-01", finding="invasive ductal carcinoma, grade 2")), "pass"),
    (BREAST, merged(condition("breast cancer"), procedure("mastectomy", "2026-09-01", finding="invasive lobular carcinoma")), "pass"),
    (LUNG, merged(condition("NSCLC"), procedure("bronchoscopic biopsy", "2026-09-01", finding="adenocarcinoma of the lung")), "pass"),
    (BREAST, merged(condition("breast cancer"), procedure("core needle biopsy of the breast", "2026-09-01", finding="suspicious for invasive ductal carcinoma")), "unknown"),
    (BREAST, merged(condition("breast cancer"), procedure("core needle biopsy of the breast", "2026-09-01", finding="fibroadenoma")), "unknown"),
    (BREAST, merged(condition("breast cancer"), procedure("mammography", "2026-09-01", finding="invasive ductal carcinoma")), "unknown"),
    # who never smoked
    ("pack-years ≥ 10 pack-years", {"smoking": "never"}, "fail"),
    ("pack-years ≥ 10 pack-years", {"smoking": "former"}, "unknown"),
    ("cigarettes smoked per day ≥ 10 /day", {"smoking": "never"}, "fail"),
    # nothing was ever given
    (NAIVE, merged(EVER, condition("chronic hepatitis C")), "pass"),
    (NAIVE, merged(condition("chronic hepatitis C")), "unknown"),
    (NAIVE, merged(condition("chronic hepatitis C"), drug("sofosbuvir", start="2026-10-01")), "unknown"),
    (NAIVE, merged(EVER, condition("chronic hepatitis C"), drug("ramipril", start="2024")), "unknown"),
    # a disease of childhood, or of grown-ups
    ("acute lymphoblastic leukemia that is childhood", merged({"age": 6}, condition("acute lymphoblastic leukemia")), "pass"),
    ("acute lymphoblastic leukemia that is childhood", merged({"age": 20}, condition("acute lymphoblastic leukemia")), "unknown"),
    ("acute myeloid leukemia that is adult", merged({"age": 50}, condition("acute myeloid leukemia")), "pass"),
    # obesity and overweight of grown-ups
    ("obesity", {"age": 40, "height_cm": 165, "weight_kg": 95}, "pass"),
    ("obesity", {"age": 40, "height_cm": 165, "weight_kg": 75}, "unknown"),
    ("obesity", {"age": 40, "height_cm": 165, "weight_kg": 60}, "fail"),
    ("overweight or obesity", {"age": 40, "height_cm": 165, "weight_kg": 75}, "pass"),
    ("overweight", {"age": 40, "height_cm": 165, "weight_kg": 95}, "unknown"),
    ("obesity", {"age": 12, "height_cm": 165, "weight_kg": 95}, "unknown"),
    ("obesity that is severe", {"age": 40, "height_cm": 165, "weight_kg": 95}, "unknown"),
    ("history of obesity", {"age": 40, "height_cm": 165, "weight_kg": 60}, "unknown"),
    ("obesity", merged({"age": 40, "height_cm": 165, "weight_kg": 60}, condition("obesity")), "pass"),
    # a cancer of an organ that has not spread is a primary one
    ("breast cancer that is primary", condition("breast cancer", stage="II"), "pass"),
    ("breast cancer that is primary", condition("breast cancer"), "unknown"),
    # kinds
    ("schizophrenia", condition("paranoid schizophrenia"), "pass"),
    ("glaucoma", condition("glaucomatous optic neuropathy"), "pass"),
]


@each_row("check, facts, expected", ROWS, ids=[f"{check}: {facts}" for check, facts, _ in ROWS])
def test_one_fact_tells_another(check: str, facts: Facts, expected: str) -> None:
    assert verdict(check, IN, facts).split()[0] == expected
