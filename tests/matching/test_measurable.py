"""Whether a cancer can be measured, as the findings of recent examinations tell."""

from __future__ import annotations

from judging import IN, condition, merged, procedure, verdict
from rows import each_row

PLAIN, RECIST = "neoplasm that is measurable", 'neoplasm that is "measurable by RECIST 1.1"'
TWO_WAYS, EITHER = "neoplasm that is bidimensionally measurable", 'neoplasm that is "measurable or evaluable"'
LATELY, LONG_AGO = "2026-11-10", "2026-06-10"
PASS, FAIL, OPEN = "pass holds", "fail violated", "unknown not-recorded"

ROWS = [
    # what is asked, what the scan found, on which day
    (PLAIN, "two measurable lesions of the liver", LATELY, PASS),
    (PLAIN, "target lesion of the left lung 18 mm", LATELY, PASS),
    (RECIST, "measurable node 22 mm (RECIST 1.1)", LATELY, PASS),
    (RECIST, "measurable disease per RECIST", LATELY, PASS),
    (RECIST, "measurable lesion of the liver, 31 mm", LATELY, PASS),
    (RECIST, "measurable lesion of the liver 3.1 cm", LATELY, PASS),
    (EITHER, "measurable lesions", LATELY, PASS),
    (TWO_WAYS, "measurable mass 31 x 24 mm", LATELY, PASS),
    (PLAIN, "no measurable disease", LATELY, FAIL),
    (RECIST, "no measurable disease by RECIST 1.1", LATELY, FAIL),
    # criteria that are others, or a size that may be too little for them
    (RECIST, "measurable disease by RANO", LATELY, OPEN),
    (RECIST, "measurable disease (RECIST 1.0)", LATELY, OPEN),
    (RECIST, "measurable mass of 25 mm (RECIST 1.0)", LATELY, PASS),
    (RECIST, "measurable lesion of 12 mm", LATELY, OPEN),
    (TWO_WAYS, "measurable mass of 31 mm", LATELY, OPEN),
    (EITHER, "no measurable disease", LATELY, OPEN),
    # what is denied, doubted, of another place or another time
    (PLAIN, "non-measurable lesions of bone only", LATELY, OPEN),
    (PLAIN, "no measurable lesion in the liver", LATELY, OPEN),
    (PLAIN, "possibly measurable node", LATELY, OPEN),
    (PLAIN, "formerly measurable lesion of the liver", LATELY, OPEN),
    (PLAIN, "lesion of the liver 31 mm", LATELY, OPEN),
    (PLAIN, "measurable lesions", LONG_AGO, OPEN),
    (f"{PLAIN} within 4 weeks", "measurable lesions", LATELY, PASS),
    (f"{PLAIN} within 4 weeks", "measurable lesions", "2026-10-09", OPEN),
]


@each_row(("check", "finding", "day", "expected"), ROWS, ids=[" / ".join(row[:3]) for row in ROWS])
def test_the_latest_findings_tell(check: str, finding: str, day: str, expected: str) -> None:
    facts = merged(condition("lung cancer", stage="IV"), procedure("CT of the chest", day, finding=finding))
    assert verdict(check, IN, facts).split()[0] == expected.split()[0]


def test_what_was_taken_out_since_is_asked_again() -> None:
    facts = merged(condition("lung cancer"), procedure("CT of the chest", LATELY, finding="measurable lesion"), procedure("lobectomy", "2026-11-15"))
    assert verdict(PLAIN, IN, facts).startswith("unknown")


def test_lesions_of_who_has_no_recorded_cancer_are_asked() -> None:
    facts = merged(condition("psoriasis"), procedure("photograph", LATELY, finding="measurable lesions of the skin"))
    assert verdict(PLAIN, IN, facts).startswith("unknown")


def test_the_latest_of_two_findings_counts() -> None:
    facts = merged(condition("lung cancer"), procedure("CT of the chest", "2026-09-20", finding="measurable lesion"), procedure("CT of the chest", LATELY, finding="no measurable disease"))
    assert verdict(PLAIN, IN, facts).startswith("fail")


def test_a_kind_of_cancer_is_measured_as_any() -> None:
    facts = merged(condition("lung cancer", stage="IV"), procedure("CT of the chest", LATELY, finding="measurable lesion of the lung"))
    assert verdict("lung cancer that is measurable stage III or IV", IN, facts).startswith("pass")
    assert verdict("lung cancer that is measurable stage I", IN, facts).startswith("unknown")  # there might be another
    assert verdict("melanoma that is measurable", IN, facts).startswith("unknown")
