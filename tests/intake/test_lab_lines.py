"""Lines pasted from a laboratory report: what becomes a row to confirm, and what is left out and said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.intake.lab_lines import read_labs
from matcher.vocabulary import canonical, load

DAY = date(2026, 11, 22)
RESULTS = [
    ("Hemoglobin 11.2 g/dL (12.0-15.5) L", "hemoglobin|11.2|g/dL|12.0|15.5|"),
    ("Platelets: 182 10^9/L   150-400", "platelets|182|×10⁹/L|150|400|"),
    ("ALT\t45\tU/L\t[<40]\tH", "ALT|45|U/L||40|"),
    ("Creatinine  0.9  mg/dL  0.5 - 1.1  2026-11-10", "creatinine|0.9|mg/dL|0.5|1.1|2026-11-10"),
    ("Serum creatinine H 1,4 mg/dL", "creatinine|1.4|mg/dL|||"),
    ("HBsAg: negative", "hepatitis B surface antigen|negative||||"),
    ("- K 4.1 mmol/L", "potassium|4.1|mmol/L|||"),
    ("eGFR >90 mL/min/1.73 m2", "eGFR|>90|mL/min/1.73m²|||"),
    ("CRP < 0,5 mg/L Ref: up to 5", "C-reactive protein|<0.5|mg/L||5|"),
    ("ALT 45 (on 2026-11-02)", "ALT|45||||2026-11-02"),
    ("Glucose (fasting) 5.4 mmol/L N 3.9-5.6", "fasting plasma glucose|5.4|mmol/L|3.9|5.6|"),
    ("ALT 45 U/L 10 - 40 U/L", "ALT|45|U/L|10|40|"),
    ("WBC 7.2 (4.0–11.0 ×10⁹/L)", "white blood cells|7.2|×10⁹/L|4.0|11.0|"),
    ("Neutrophils abs. 3,9 G/l", "neutrophils|3.9|×10⁹/L|||"),
    ("Platelets 212000/mm3", "platelets|212000|/µL|||"),
    ("K+ 5.1 mmol/l +", "potassium|5.1|mmol/L|||"),
    ("g-GT 64 U/l (< 60) ++", "gamma-glutamyl transferase|64|U/L||60|"),
    ("eGFR 38 mL/min/1.73 m^2", "eGFR|38|mL/min/1.73m²|||"),
    ("HbA1c 7,9 % (63 mmol/mol)", "HbA1c|7.9|%|||"),
    ("ALT (GPT) 43 U/L", "ALT|43|U/L|||"),
    ("AST/GOT: 37 U/l", "AST|37|U/L|||"),
    ("ANA 1:320", "antinuclear antibody|1:320||||"),
    ("Anti-HBc: not reactive", "hepatitis B core antibody|non-reactive||||"),
    ("HCV-RNA not detectable", "HCV RNA|not detected||||"),
    ("AP 88 U/l", "alkaline phosphatase|88|U/L|||"),
    ("TSH basal 2,1 mU/l", "TSH|2.1|mU/L|||"),
]  # fmt: skip
LEFT = [
    "Comment: sample slightly haemolysed", "Unobtainium 4.1 mmol/L", "ALT pending", "Platelets 182 furlongs", "Platelets 182,000 or more",
    "ALT 45 AST 30", "Hemoglobin 11.2 g/dL repeated", "Urea", "WBC 7,200", "ALT 45 U/L mg/dL",
    "HbA1c 7,9 % (52 mmol/mol)", "ALT/AST 43 U/L", "Creatinine 1.82 mg/dl (previous 1.70)", "AST 0,62 mkal/L", "ALT 45 U/L 05.11.2027", "BP 142/88/70", "BP 142/88 lying",
]  # fmt: skip


def shown(text: str) -> list[str]:
    found = read_labs(text, load(), DAY).labs
    return ["|".join("" if one is None else str(one) for one in (lab.test, lab.value, lab.unit, lab.lln, lab.uln, lab.date)) for lab, _ in found]


@each_row("line, row", RESULTS)
def test_a_line_is_a_result(line: str, row: str) -> None:
    assert shown(line) == [row]


@each_row("line", LEFT)
def test_a_line_that_is_not_surely_a_result_is_left_and_said(line: str) -> None:
    found = read_labs(line, load(), DAY)
    assert not found.labs
    assert [one for one, _ in found.left] == [line]
    assert found.left[0][1]


def test_a_line_with_only_a_day_dates_those_after_it() -> None:
    block = "ALT 40 U/L\nCollected: 05.11.2026 08:30\nAST 30 U/L\n\n12 Nov 2026\nALT 44 U/L (2026-11-13)\nAST 31 U/L"
    assert [row.split("|")[-1] for row in shown(block)] == ["", "2026-11-05", "2026-11-13", "2026-11-12"]


HEADINGS = [
    ("City Hospital, laboratory report, collected 2026-11-10", "2026-11-10"),
    ("Date of collection 10.11.2026", "2026-11-10"),
    ("Sample date: 10 Nov 2026", "2026-11-10"),
    ("Specimen collected on 2026-11-10 at 08:30, fasting", "2026-11-10"),
    ("Blood (venous) 10.11.2026 drawn", "2026-11-10"),
    ("Results of 10.11.2026, ward 5", "2026-11-10"),
    ("Collected 2026-11-10, reported 2026-11-12", ""),
    ("Sample to be repeated, last collected 2026-10-01", ""),
    ("Ordered 2026-11-08", ""),
    ("Creatinine pending, collected 2026-11-10", ""),
    ("Sample collected 05/11/2026", ""),
]


@each_row("line, day", HEADINGS)
def test_a_heading_with_the_day_of_the_material_dates_what_follows(line: str, day: str) -> None:
    found = read_labs(f"{line}\nALT 40 U/L", load(), DAY)
    assert [str(lab.date or "") for lab, _ in found.labs] == [day]
    assert (line in [one for one, _ in found.left]) == (not day)


def test_a_day_that_may_be_two_or_lies_ahead_dates_nothing() -> None:
    assert shown("Date: 2026-10-01\nDate: 05/11/2026\nALT 40 U/L\n2027-01-01\nAST 30 U/L") == ["ALT|40|U/L|||", "AST|30|U/L|||"]


def test_lines_that_could_tell_who_it_is_are_dropped_and_counted() -> None:
    found = read_labs("MRN: 00482913\nDOB: 1991-04-30\nALT 40 U/L", load(), DAY)
    assert found.personal == 2
    assert not found.left
    assert len(found.labs) == 1


@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(["ALT", "45", "U/L", "(<40)", "H", "10^9/L", "-", "2026-11-10", "\n", "\t", "Platelets:", "<", ","])), max_size=12).map(" ".join))
def test_any_text_is_rows_or_lines(text: str) -> None:
    found = read_labs(text, load(), DAY)
    assert all(lab.test and lab.value is not None for lab, _ in found.labs)


@each_row(
    ("line", "test", "value", "unit"),
    [
        ("24 h urine protein 2100 mg/d", "24-hour urine protein", "2100", "mg/d"),
        ("24-h urine protein: 2.1 g/24h", "24-hour urine protein", "2.1", "g/24h"),
        ("Urine protein, 24 hr 2100 mg/24h", "24-hour urine protein", "2100", "mg/24h"),
        ("eGFR 42 ml/min/1,73", "eGFR", "42", "mL/min/1.73m²"),
        ("eGFR 42 ml/min/1,73 m2", "eGFR", "42", "mL/min/1.73m²"),
    ],
)
def test_a_day_of_urine_and_a_comma_in_a_unit_are_read(line: str, test: str, value: str, unit: str) -> None:
    ((lab, _),) = read_labs(line, load(), date(2026, 11, 21)).labs
    assert (lab.test, str(lab.value)) == (test, value)
    measure = load().recorded_measure(test)
    assert measure is not None
    assert canonical(measure, Decimal(value), lab.unit or "") == canonical(measure, Decimal(value), unit)


@each_row(
    ("line", "why"),
    [
        ("Nonsense 12", "it begins with no test that matcher knows"),
        ("see comment", "no result is in it"),
        ("Sodium", "no result stands behind sodium"),
        ("Sodium pending", "“pending” behind sodium is not understood"),
        ("ferritin 1200 ng/ml foo", "“foo” behind ferritin is not understood"),
        ("potassium 3.9 g/dL", "“g/dL” behind potassium is not understood"),
    ],
)
def test_why_a_line_is_left_out_is_said(line: str, why: str) -> None:
    assert read_labs(line, load(), date(2026, 11, 21)).left == ((line, why),)


def test_a_blood_pressure_is_two_rows() -> None:
    assert shown("BP: 142 / 88 mmHg (2026-11-02)") == ["systolic blood pressure|142|mmHg|||2026-11-02", "diastolic blood pressure|88|mmHg|||2026-11-02"]


def test_a_heading_with_a_day_to_come_dates_nothing_and_is_said() -> None:
    """Least of all do the results beneath it have the day of the heading before."""
    found = read_labs("Collected 05.11.2026\nALT 40 U/L\nCollected 05.12.2026\nAST 30 U/L", load(), DAY)
    assert [str(lab.date or "") for lab, _ in found.labs] == ["2026-11-05", ""]
    assert [(line, "still to come" in why) for line, why in found.left] == [("Collected 05.12.2026", True)]
