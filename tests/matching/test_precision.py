"""Numbers that were worked out are shown as exactly as what they come from, and never on the wrong side of a limit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from judging import EX, IN, Facts, judge, lab, merged
from rows import each_row

from matcher.matching.precision import body_text, carried, told_apart

WOMAN: Facts = {"age": 50, "sex": "female"}
INCH = {"weight_kg": Decimal("61.2349695"), "height_cm": Decimal("175.26")}


@each_row(
    "check, kind, facts, words",
    [
        ("HbA1c < 8 %", IN, lab("HbA1c", 58, "mmol/mol"), "HbA1c 58 mmol/mol on 2026-11-10 (= 7.5 %) is below 8 %"),
        ("creatinine < 133 µmol/L", IN, lab("creatinine", Decimal("1.2"), "mg/dL"), "(= 106 µmol/L) is below"),
        ("creatinine < 1.5 mg/dL", IN, lab("creatinine", 106, "µmol/L"), "(= 1.2 mg/dL) is below"),
        ("glucose < 7 mmol/L", IN, lab("glucose", 126, "mg/dL"), "(= 6.99 mmol/L): so near 7 mmol/L"),
        ("glucose < 8 mmol/L", IN, lab("glucose", 125, "mg/dL"), "(= 6.9 mmol/L) is below 8"),
        ("platelets ≥ 100 ×10⁹/L", IN, lab("platelets", 182000, "/µL"), "(= 182 ×10⁹/L) is at least 100"),
        ("eGFR ≥ 60 mL/min/1.73m²", IN, merged(WOMAN, lab("creatinine", Decimal("0.9"), "mg/dL")), "eGFR 78 mL/min/1.73m²"),
        ("body mass index ≥ 18 kg/m²", IN, INCH, "index 19.9 kg/m² on 2026-11-21 (computed from weight 61.2 kg and height 175 cm) is at least 18"),
        ("body mass index < 19.94 kg/m²", IN, INCH, "index 19.9 kg/m²"),
        ("body mass index < 19.9 kg/m²", IN, INCH, "index 19.94 kg/m²"),
        ("body weight ≥ 50 kg", IN, INCH, "weight 61.2 kg"),
        ("body weight < 61.2 kg", EX, INCH, "weight 61.23 kg on 2026-11-21 is not below 61.2 kg"),
        ("height ≥ 150 cm", IN, INCH, "eight 175 cm"),
    ],
)
def test_a_number_worked_out_has_the_digits_of_what_it_comes_from(check: str, kind: str, facts: Facts, words: str) -> None:
    reason = judge(check, kind, facts).reason
    assert words in reason, reason


@each_row("step, places", [("1", 0), ("0.1", 1), ("0.0915", 1), ("2.54", 0), ("0.45", 0), ("0.05", 1), ("0.001", 3), ("0", 0)])
def test_what_a_step_of_the_last_digit_carries(step: str, places: int) -> None:
    assert carried(Fraction(step)) == places


@given(st.fractions(0, 1000, max_denominator=10000), st.integers(0, 3), st.fractions(0, 1000, max_denominator=100))
def test_what_is_shown_stands_on_its_side_of_the_limit(number: Fraction, places: int, limit: Fraction) -> None:
    shown = Fraction(told_apart(number, places, [limit]))
    if abs(number - limit) > Fraction(1, 10**places) or number == limit:
        assert (shown > limit) - (shown < limit) == (number > limit) - (number < limit) or number == limit
    else:
        assert not (shown == limit != number) or abs(number - limit) < Fraction(1, 10 ** (places + 5))


@each_row("name, number, text", [("height", "164", "164"), ("height", "164.5", "164.5"), ("height", "162.56", "163"), ("body weight", "61.25", "61.25"), ("body weight", "45.359237", "45.4"), ("body weight", "60", "60")])
def test_a_weight_or_height_that_was_converted_is_shown_rounded(name: str, number: str, text: str) -> None:
    assert body_text(name, Decimal(number)) == text
