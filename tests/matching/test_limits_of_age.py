"""Limits of normal by age: of a child the usual ones of adults are not assumed where they change with age."""

from __future__ import annotations

from decimal import Decimal

from judging import EX, IN, Facts, Row, lab, merged, verdict
from rows import each_row


def _aged(age: int | str, *facts: Facts) -> Facts:
    return merged({"age": Decimal(age)}, *facts)


ROWS: list[Row] = [
    ("creatinine < 1 × ULN", IN, _aged(6, lab("creatinine", 0.7, "mg/dL")), "unknown no-limit"),
    ("alkaline phosphatase > 2.5 × ULN", EX, _aged(13, lab("ALP", 410, "U/L")), "unknown no-limit"),
    ("hemoglobin ≥ 1 × LLN", IN, _aged(2, lab("Hb", 11, "g/dL")), "unknown no-limit"),
    ("IgG < 1 × LLN", EX, _aged(1, lab("IgG", 400, "mg/dL")), "unknown no-limit"),
    ("hemoglobin is normal", IN, _aged(17, lab("Hb", 14.5, "g/dL")), "unknown no-limit"),
    ("total bilirubin > 3 × ULN", EX, _aged("0.06", lab("bilirubin", 4.1, "mg/dL")), "unknown no-limit"),
    ("AST ≤ 3 × ULN", IN, _aged("0.5", lab("AST", 60, "U/L")), "unknown no-limit"),
    ("total bilirubin > 3 × ULN", EX, _aged("0.06", lab("bilirubin", 4.1, "mg/dL", uln=1.2)), "fail holds"),
    ("total bilirubin > 3 × ULN", EX, _aged(15, lab("bilirubin", 4.1, "mg/dL")), "fail holds"),
    # the report's own limit, a limit in figures, a test that changes little, a grown-up, an age nobody recorded
    ("creatinine < 1 × ULN", IN, _aged(6, lab("creatinine", 0.5, "mg/dL", uln=0.6)), "pass holds"),
    ("creatinine < 1 × ULN", IN, _aged(6, lab("creatinine", 0.7, "mg/dL", uln=0.6)), "fail violated"),
    ("creatinine < 1 mg/dL", IN, _aged(6, lab("creatinine", 0.7, "mg/dL")), "pass holds"),
    ("ALT ≤ 3 × ULN", IN, _aged(6, lab("ALT", 20, "U/L")), "pass holds"),
    ("creatinine < 1 × ULN", IN, _aged(18, lab("creatinine", 0.7, "mg/dL")), "pass holds"),
    ("creatinine < 1 × ULN", IN, lab("creatinine", 0.7, "mg/dL"), "pass holds"),
]


@each_row(("check", "kind", "facts", "wanted"), ROWS)
def test_limits(check: str, kind: str, facts: Facts, wanted: str) -> None:
    assert verdict(check, kind, facts) == wanted
