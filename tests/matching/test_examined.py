"""What findings of examinations leave open of diseases that no list names."""

from __future__ import annotations

from pathlib import Path

from judging import EX, IN, Facts, Row, complete, condition, judge, lab, merged, procedure, verdict
from rows import each_row

ALL = complete(conditions=True, medications=True, procedures=True)
AT = "2026-10-10"
EXAMINED = [line.split("\t") for line in (Path(__file__).parent / "examined.tsv").read_text(encoding="utf-8").splitlines()[2:]]


@each_row("asked, examination, finding, expected", EXAMINED)
def test_what_findings_leave_open(asked: str, examination: str, finding: str, expected: str) -> None:
    assert judge(asked, EX, merged(ALL, procedure(examination, AT, finding=finding))).verdict == expected


KNOWN: list[Row] = [
    ("lung cancer", EX, merged(condition("COPD"), procedure("chest CT", AT, finding="3 cm spiculated mass")), "unknown not-recorded"),
    ("pneumonia", EX, merged(condition("COPD"), procedure("chest CT", AT, finding="hyperinflation")), "pass violated"),
    ("colorectal cancer", EX, merged(condition("ulcerative colitis"), procedure("colonoscopy", AT, finding="erythema, loss of vascular pattern")), "pass violated"),
    ("coronary artery disease", EX, lab("ECG", "ST depression in V4-V6"), "unknown not-recorded"),
    ("large vessel occlusion", IN, condition("acute ischaemic stroke, left MCA", since="2026-11-20"), "unknown not-recorded"),
    ("large vessel occlusion", IN, condition("asthma"), "fail violated"),
]


@each_row(("check", "kind", "facts", "expected"), KNOWN)
def test_a_known_disease_explains_a_finding_unless_it_tells_of_another(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, merged(ALL, facts)) == expected


PLACES: list[Row] = [
    ("underwent pelvic radiotherapy", EX, procedure("chemoradiation for anal cancer", AT), "unknown"),
    ("underwent chest radiotherapy", EX, procedure("total body irradiation", AT), "unknown"),
    ("underwent pelvic radiotherapy", EX, procedure("lung SBRT", AT), "pass"),
    ("underwent brain radiotherapy", EX, procedure("breast radiotherapy", AT), "pass"),
    ("underwent orthopedic surgery", EX, procedure("kyphoplasty", AT), "unknown"),
    ("underwent spinal surgery", EX, procedure("spinal cord stimulator implantation", AT), "unknown"),
    ("underwent mechanical ventilation", EX, procedure("ECMO", AT), "unknown"),
]


@each_row(("check", "kind", "facts", "expected"), PLACES)
def test_what_says_how_and_not_where_may_be_there(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert judge(check, kind, merged(ALL, facts)).verdict == expected


TOLD_BY_NO_LIST: list[Row] = [
    ("premenopause", IN, ALL, "unknown"),
    ("perimenopause", EX, ALL, "unknown"),
    ("snoring", IN, ALL, "unknown"),
    ("dental plaque", IN, ALL, "unknown"),
    ("wrinkles", IN, ALL, "unknown"),
    ("acne", IN, ALL, "fail"),
    ("history of neoplasm", EX, condition("ganglion cyst"), "unknown"),
    ("history of malignancy", EX, condition("hepatic granuloma"), "pass"),
    ("chronic pain syndrome", EX, condition("chronic low back pain"), "unknown"),
    ("chronic pain syndrome", EX, condition("complex regional pain syndrome"), "fail"),
    ("chronic pain syndrome", EX, condition("asthma"), "pass"),
    ("hypertension", EX, condition("hypertensive heart disease"), "unknown"),
    ("asthma", EX, condition("hypertensive heart disease"), "pass"),
]


@each_row(("check", "kind", "facts", "expected"), TOLD_BY_NO_LIST)
def test_what_no_list_of_diseases_tells_is_asked(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert judge(check, kind, merged(ALL, facts)).verdict == expected
