"""How sharply an eye sees: fractions of Snellen, letters and logMAR, each against limits of the others."""

from __future__ import annotations

from judging import IN, Facts, Row, verdict
from rows import each_row


def seen(value: str | float, unit: str = "", test: str = "BCVA") -> Facts:
    return {"labs": [{"test": test, "value": value, "date": "2026-11-18"} | ({"unit": unit} if unit else {})]}


LOGMAR, LETTERS = "visual acuity in logMAR ≤ 0.3", "visual acuity letters 24 to 73 letters"
ROWS: tuple[Row, ...] = (
    (LOGMAR, IN, seen("20/25"), "pass holds"),
    (LOGMAR, IN, seen("20/40"), "pass holds"),
    (LOGMAR, IN, seen("6/12"), "pass holds"),
    (LOGMAR, IN, seen("20/50"), "fail violated"),
    (LOGMAR, IN, seen("6/60", test="visual acuity in logMAR"), "fail violated"),
    (LOGMAR, IN, seen(0.1, test="logMAR"), "pass holds"),
    (LOGMAR, IN, seen(0.4, test="logMAR"), "fail violated"),
    # A line of five letters either way is left open.
    (LOGMAR, IN, seen(80, "letters"), "pass holds"),
    (LOGMAR, IN, seen(69, "letters"), "unknown imprecise"),
    (LOGMAR, IN, seen(40, "letters"), "fail violated"),
    (LETTERS, IN, seen(50, "letters"), "pass holds"),
    (LETTERS, IN, seen(10, "letters"), "fail violated"),
    (LETTERS, IN, seen(0.5, test="logMAR"), "pass holds"),
    (LETTERS, IN, seen(0.3, test="logMAR"), "unknown imprecise"),
    # No chart is told, or nothing is counted.
    (LOGMAR, IN, seen(0.5), "unknown not-recorded"),
    (LOGMAR, IN, seen("counting fingers"), "unknown not-recorded"),
)


@each_row("check, kind, facts, expected", ROWS)
def test_an_acuity_on_one_chart_against_a_limit_of_another(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected
