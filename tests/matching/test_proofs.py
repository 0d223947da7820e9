"""Tests that speak against a recorded "no": a conflict where they do, and the "no" where they are weak, old or of something else."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, complete, condition, lab, merged, procedure, verdict
from rows import each_row

WOMAN: Facts = {"sex": "female", "age": 30, "pregnant": False}
NEVER, FORMER = {"smoking": "never"}, {"smoking": "former"}
CONFLICT, NO = "unknown conflict", "pass violated"


def _without(name: str, *facts: Facts, **more: object) -> Facts:
    return merged(condition(name, "absent", **more), *facts)


PERSON: list[Row] = [
    ("smoking current", EX, merged(NEVER, lab("cotinine", 250, "ng/mL")), CONFLICT),
    ("smoking current", EX, merged(NEVER, lab("cotinine", 2, "ng/mL")), NO),
    ("smoking current", EX, merged(NEVER, lab("cotinine", 250, "ng/mL", "2025-11-10")), NO),
    ("smoking never or former", IN, merged(NEVER, lab("urine cotinine", "positive")), CONFLICT),
    ("smoking current", EX, merged(FORMER, lab("exhaled CO", 25, "ppm")), CONFLICT),
    ("smoking current or former", EX, merged(FORMER, lab("cotinine", 250, "ng/mL")), "fail holds"),
    ("smoking current or former", EX, merged(NEVER, lab("pack-years", 20)), CONFLICT),
    ("smoking current", EX, merged(FORMER, lab("pack-years", 20)), NO),
    ("pregnant", EX, merged(WOMAN, lab("gestational age", 20, "weeks")), CONFLICT),
    ("pregnant", EX, merged({"sex": "female", "age": 0.5, "pregnant": False}, lab("gestational age", 38, "weeks")), NO),
    ("pregnant", EX, merged(WOMAN, lab("hCG", 5000, "IU/L")), CONFLICT),
    ("pregnant", EX, merged(WOMAN, lab("hCG", 2, "IU/L")), NO),
    ("pregnant", EX, merged(WOMAN, lab("urine pregnancy test", "positive")), CONFLICT),
    ("pregnant", EX, merged(WOMAN, lab("urine pregnancy test", "negative")), NO),
    ("pregnant", EX, merged(WOMAN, condition("pre-eclampsia")), CONFLICT),
    ("pregnant", EX, merged(WOMAN, condition("gestational diabetes", "resolved", until="2022")), NO),
    ("pregnant", EX, merged(WOMAN, condition("gestational diabetes", since="2015")), NO),
]

INFECTIONS: list[Row] = [
    ("hepatitis B", EX, _without("hepatitis B", lab("HBsAg", "positive")), CONFLICT),
    ("hepatitis B", EX, _without("viral hepatitis", lab("HBV DNA", 5000, "IU/mL")), CONFLICT),
    ("hepatitis B", EX, _without("hepatitis B", lab("HBsAg", "negative"), lab("anti-HBs", "positive")), NO),
    ("hepatitis B", EX, _without("hepatitis B", lab("HBsAg", "negative"), lab("anti-HBc", "positive")), NO),
    ("viral hepatitis", EX, _without("hepatitis B", lab("HBsAg", "positive")), CONFLICT),
    ("HIV infection", EX, _without("HIV", lab("HIV-1 RNA", 5000, "copies/mL")), CONFLICT),
    ("HIV infection", EX, _without("HIV", lab("HIV antibody", "positive")), CONFLICT),
    ("HIV infection", EX, _without("HIV", lab("HIV antibody", "negative")), NO),
    ("hepatitis C", EX, _without("hepatitis C", lab("HCV antibody", "positive")), CONFLICT),
    ("hepatitis C", EX, _without("hepatitis C", lab("HCV antibody", "positive"), lab("HCV RNA", "not detected")), NO),
    # one test of two infections: the other may be the one
    ("active tuberculosis", EX, _without("tuberculosis", lab("Quantiferon", "positive")), NO),
    # what passes: the "no" is of today
    ("COVID-19", EX, _without("COVID-19", lab("SARS-CoV-2 PCR", "positive")), CONFLICT),
    ("COVID-19", EX, _without("COVID-19", lab("SARS-CoV-2 PCR", "positive", date="2024-11-10")), NO),
    ("history of COVID-19", EX, _without("COVID-19", lab("SARS-CoV-2 PCR", "positive", date="2024-11-10")), CONFLICT),
    ("asthma", EX, _without("asthma", lab("HIV-1 RNA", 5000, "copies/mL")), NO),
]

VALUES: list[Row] = [
    ("diabetes mellitus", EX, _without("diabetes", lab("HbA1c", 9, "%")), CONFLICT),
    ("diabetes mellitus", EX, _without("diabetes", lab("HbA1c", 6.6, "%")), NO),
    ("type 2 diabetes mellitus", EX, _without("diabetes", lab("HbA1c", 9, "%")), CONFLICT),
    ("anemia", EX, _without("anemia", lab("Hb", 7, "g/dL")), CONFLICT),
    ("hypertension", EX, _without("hypertension", lab("SBP", 150, "mmHg")), NO),
    ("hypertension", EX, _without("hypertension", lab("SBP", 185, "mmHg")), CONFLICT),
    ("hyperkalemia", EX, _without("hyperkalemia", lab("K", 6.8, "mmol/L")), CONFLICT),
    ("lupus nephritis", EX, _without("lupus nephritis", procedure("kidney biopsy", "2026-08-01", finding="class IV lupus nephritis")), CONFLICT),
    ("pneumonia", EX, _without("pneumonia", procedure("chest CT", "2020-11-01", finding="pneumonia of the right lower lobe")), NO),
    ("pneumonia", EX, _without("pneumonia", procedure("chest CT", "2026-11-01", finding="no pneumonia")), NO),
]

ALL = complete(conditions=True)
WORDS: list[Row] = [
    ("G6PD deficiency", EX, merged(ALL, lab("G6PD", "deficient")), "unknown not-recorded"),
    ("G6PD deficiency", EX, merged(ALL, lab("G6PD", "not deficient")), NO),
    ("G6PD deficiency", EX, _without("G6PD deficiency", lab("G6PD", "deficient")), CONFLICT),
    ("sickle cell disease", EX, merged(ALL, lab("hemoglobin electrophoresis", "HbSS")), "unknown not-recorded"),
    ("sickle cell disease", EX, merged(ALL, lab("hemoglobin electrophoresis", "HbAA")), NO),
    ("Klinefelter syndrome", EX, merged(ALL, lab("karyotype", "47,XXY")), "unknown not-recorded"),
    ("Klinefelter syndrome", EX, merged(ALL, lab("karyotype", "46,XY")), NO),
    ("Turner syndrome", EX, merged(ALL, lab("karyotype", "46,XX")), NO),
    ("chronic myeloid leukemia", EX, merged(ALL, lab("karyotype", "46,XX,t(9;22)(q34;q11)")), "unknown not-recorded"),
]


@each_row(("check", "kind", "facts", "expected"), [*PERSON, *INFECTIONS, *VALUES, *WORDS])
def test_a_proof_is_held_against_a_no(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected
