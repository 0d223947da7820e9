"""Units: spellings, exact conversions, laws of there and back, and two libraries as oracles."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.vocabulary.measures import Measure, load_measures, unit_rules
from matcher.vocabulary.units import (
    assumed_unit,
    canonical,
    dose_per_day,
    restate,
    same_unit,
    unit_label,
    units_of,
)

MEASURES = {measure.id: measure for measure in load_measures()}
PAIRS = [(measure, unit) for measure in MEASURES.values() for unit in units_of(measure)]

SPELLINGS = {
    "×10⁹/L": (
        "10^9/L|10\\^9/L|x 10⁹|x 10⁹/L|×10E9/l|10*9/L|10⁹/L|×10⁹/L|G/L|K/µL|K/uL|K/μL|thou/uL|10E9/L|x10*9/L|x 109/L"
        "|109/L|×109/L|x 109 /L|10^9 cells/L|x10^3/mm^3|10^3/uL|×10³/µL|10*3/uL|x 10(9)/L|Gpt/l|thousand/mm3|1000/µL"
        "|x10e9/L|10 9/L|x 10^9 L-1|10⁹ L⁻¹|giga/L|k/ul|1E9/L|10^9 / l|thousand cells/µL|K/mm3|K/mcL|10^9/liter"
    ),
    "/µL": (
        "/mm3|/mm^3|/mm³|/mm\\^3|/mm(3)|cells/µL|/µl|/uL|/mcL|/microliter|cells/mm3|cells per microliter|/cumm|/cu mm"
        "|cells/microL|/ mm3|per cubic millimeter|{cells}/uL|1/uL|platelets/µL|10^6/L"
    ),
    "×10¹²/L": "T/L|10^12/L|x10^12/L|1012/L|10*12/L|M/µL|million/mm3|10^6/uL|×10⁶/µL|mill/mm3|Tpt/l",
    "g/24h": "g/24 h|g/24hr|g/24 hours|g / 24 hours|g/24-hour|grams/24 hours|g per 24 hours|g in 24 hours|g/(24.h)",
    "g/day": "g/day|g/d|g per day|grams per day|gram/day",
    "mg/g": "mg/g|mg/g creatinine|mg/gCr|mg/g Cr|mg/g creat|mg protein/g creatinine",
    "mg/mmol": "mg/mmol|mg/mmol Cr|mg/mmol creatinine|mg/mmolCr",
    "U/L": "U/L|u/l|units/L|U/l",
    "IU/L": "IU/L|iu/l|UI/L|[IU]/L|lU/L|IU/liter",
    "µkat/L": "µkat/L|ukat/L|μkat/l",
    "mL/min/1.73m²": (
        "ml/min/1.73 m2|ml/1.73m2/min|mL/min/1.73m²|mL/min/1.73 m^2|mL/min per 1.73 m2|mL/min/{1.73_m2}"
        "|ml/min/1.73m\\^2|ml/min/1,73 m2|mL/min·1.73m2|mL/min/1.73 square meters|mL·min⁻¹·1.73 m⁻²|mL/min 1.73m2"
        "|mL/min (1.73 m2)"
    ),
    "mL/min": "mL/min|ml/min|ml / min|mL/minute|cc/min|ml per minute|mL min-1",
    "mmHg": "mmHg|mm Hg|mm[Hg]|mmhg|torr",
    "kg/m²": "kg/m2|kg/m^2|kg/m²|kg/m\\^2|Kg/m2|kg/sqm|kg per m2|kg·m⁻²|kg/m**2",
    "°C": "°C|C|℃|degC|Cel|degrees Celsius|ºC",
    "°F": "°F|F|[degF]|degrees Fahrenheit",
    "mg/dL": "mg/dl|mg/dL|mg %|mg%|MG/DL|mg/100 mL|mg per dl|mg/deciliter|mg.dl-1",
    "g/dL": "g/dL|gm/dl|g/dl|gm%|g %|G/DL|g/deciliter|gms/dL",
    "µmol/L": "µmol/L|μmol/l|umol/L|micromol/L|mcmol/L|µM|uM|UMOL/L",
    "mmol/L": "mmol/L|mmol/l|mM|MMOL/L",
    "copies/mL": "copies/ml|copies/mL|c/mL|cp/mL|copies per mL|copies / ml",
    "log10copies/mL": "log10 copies/mL|log copies/ml|log10 c/mL|log₁₀ copies/mL|log 10 copies/mL|{Log_copies}/mL",
    "/min": "bpm|/min|beats/min|beats per minute|{beats}/min|min-1|/minute",
    "%": "%|percent|% predicted|% of predicted|% pred",
    "lb": "lb|lbs|pounds|[lb_av]",
    "mEq/L": "mEq/L|meq/l|mEq/liter",
    "ms": "ms|msec|milliseconds",
    "mm/h": "mm/h|mm/hr|mm/1h|mm/1st hour|mm/hour",
    "/HPF": "/HPF|/[HPF]|/hpf|cells/HPF|per high power field",
    "× ULN": "x ULN|×ULN|xULN|ULN|times ULN|× ULN|times the ULN",
    "in": "in|inches|[in_i]",
    "kg": "kg|kilograms|Kg|KG",
}


def value(measure: str, number: str, unit: str) -> Fraction | None:
    return canonical(MEASURES[measure], Decimal(number), unit)


@each_row(("label", "spelling"), [(a, b) for a, many in SPELLINGS.items() for b in many.split("|")])
def test_every_spelling_has_one_label(label: str, spelling: str) -> None:
    assert unit_label(spelling) == label
    assert same_unit(spelling, label)


@each_row("label", [unit for _, unit in PAIRS if unit])
def test_a_label_is_its_own_label_and_holds_no_space(label: str) -> None:
    assert unit_label(label) == label
    assert " " not in label


@each_row(
    ("a", "b"),
    [
        ("ng/mL", "µg/L"), ("IU/mL", "kIU/L"), ("mIU/mL", "IU/L"), ("g/24h", "g/day"), ("pg/mL", "ng/L"),
        ("mg/mg", "g/g"), ("widgets", " widgets "), ("×10⁹/L", "G/L"), ("IU/L", "U/L"),
    ],
)  # fmt: skip
def test_same(a: str, b: str) -> None:
    assert same_unit(a, b)
    assert same_unit(b, a)


@each_row(
    ("a", "b"),
    [
        ("G/L", "g/L"), ("g/dL", "g/L"), ("mg/dL", "mmol/L"), ("mL/min", "mL/min/1.73m²"), ("mg/g", "mg/mmol"),
        ("°C", "°F"), ("×10⁹/L", "×10¹²/L"), ("copies/mL", "log10 copies/mL"), ("copies/mL", "IU/mL"),
        ("mg/day", "mg/week"), ("%", "mmol/mol"), ("widgets", "gadgets"), ("", "mg"), ("U/L", "µkat/L"),
        ("mEq/L", "mmol/L"), ("mg/kg", "mg/m²"), ("RU/mL", "U/mL"),
    ],
)  # fmt: skip
def test_different(a: str, b: str) -> None:
    assert not same_unit(a, b)


UNKNOWN = ["", "widgets", "mg/foo", "10/µL", "mg/", "/", "//", "±", "tablets", "n/a", "mg/dL or so", "∞"]


@each_row("unit", UNKNOWN)
def test_an_unknown_unit_stays_as_written(unit: str) -> None:
    assert unit_label(f" {unit} ") == unit


@each_row(
    ("measure", "number", "unit", "expected"),
    [
        ("platelets", "45000", "/µL", Fraction(45)),
        ("platelets", "45", "K/uL", Fraction(45)),
        ("platelets", "1.5", "lakh/cumm", Fraction(150)),
        ("hemoglobin", "120", "g/L", Fraction(12)),
        ("hemoglobin", "120", "G/L", Fraction(12)),
        ("hematocrit", "0.42", "L/L", Fraction(42)),
        ("urine-protein-24h", "2100", "mg/24h", Fraction(21, 10)),
        ("urine-protein-24h", "2100", "mg/day", Fraction(21, 10)),
        ("urine-protein-24h", "1.5", "g/d", Fraction(3, 2)),
        ("upcr", "0.8", "g/g", Fraction(800)),
        ("upcr", "0.8", "mg/mg", Fraction(800)),
        ("upcr", "113.12", "mg/mmol", Fraction(1000)),
        ("upcr", "0.11312", "g/mmol", Fraction(1000)),
        ("alt", "1", "µkat/L", Fraction(60)),
        ("alt", "70", "IU/L", Fraction(70)),
        ("sodium", "140", "mEq/L", Fraction(140)),
        ("ionized-calcium", "2.4", "mEq/L", Fraction(12, 10)),
        ("temperature", "98.6", "°F", Fraction(37)),
        ("weight", "100", "lb", Fraction("45.359237")),
        ("weight", "10", "stone", Fraction("63.5029318")),
        ("height", "5", "ft", Fraction("152.4")),
        ("height", "1.65", "m", Fraction(165)),
        ("height", "65", "in", Fraction("165.1")),
        ("hba1c", "99", "mmol/mol", Fraction("11.20852")),
        ("hiv-rna", "2", "log10 copies/mL", Fraction(100)),
        ("hiv-rna", "-1", "log10", Fraction(1, 10)),
        ("inr", "2.5", "", Fraction(5, 2)),
        ("inr", "2.5", "ratio", Fraction(5, 2)),
        ("sledai", "8", "points", Fraction(8)),
        ("fev1-fvc", "0.7", "ratio", Fraction(70)),
        ("lvef", "55", "%", Fraction(55)),
        ("insulin", "60", "pmol/L", Fraction(10)),
        ("ige", "2.4", "ng/mL", Fraction(1)),
        ("qtc", "0.45", "s", Fraction(450)),
        ("cd4", "0.35", "×10⁹/L", Fraction(350)),
        ("fibrinogen", "200", "mg/dL", Fraction(2)),
        ("vas-pain", "4", "cm", Fraction(40)),
        ("hcg", "5", "mIU/mL", Fraction(5)),
        ("lithium-level", "0.8", "mEq/L", Fraction(4, 5)),
        ("factor-xi-activity", "0.4", "IU/mL", Fraction(40)),
        ("left-ventricular-end-diastolic-diameter", "6.1", "cm", Fraction(61)),
        ("effective-regurgitant-orifice-area", "40", "mm²", Fraction(2, 5)),
    ],
)
def test_exact_conversions(measure: str, number: str, unit: str, expected: Fraction) -> None:
    assert value(measure, number, unit) == expected
    assert restate(MEASURES[measure], expected, unit) == Fraction(number)


@each_row(
    ("measure", "number", "unit", "into", "expected"),
    [
        ("creatinine", "1.9", "mg/dL", "µmol/L", 168),
        ("c-peptide", "1.8", "nmol/L", "ng/mL", 5.4),
        ("testosterone", "1.9", "nmol/L", "ng/dL", 54.8),
        ("hemoglobin", "4.9", "mmol/L", "g/dL", 7.9),
        ("hba1c", "99", "mmol/mol", "%", 11.2),
        ("hba1c", "7", "%", "mmol/mol", 53),
        ("hiv-rna", "1.8", "log10 copies/mL", "copies/mL", 63),
        ("hiv-rna", "63", "copies/mL", "log10 copies/mL", 1.8),
        ("glucose", "126", "mg/dL", "mmol/L", 7.0),
        ("total-bilirubin", "1.2", "mg/dL", "µmol/L", 20.5),
        ("uric-acid", "6", "mg/dL", "µmol/L", 357),
        ("ldl", "100", "mg/dL", "mmol/L", 2.59),
        ("triglycerides", "150", "mg/dL", "mmol/L", 1.69),
        ("vitamin-d", "20", "ng/mL", "nmol/L", 49.9),
        ("bun", "20", "mg/dL", "mmol/L", 7.14),
        ("urea", "42.8", "mg/dL", "mmol/L", 7.13),
        ("calcium", "10", "mg/dL", "mmol/L", 2.495),
        ("phosphate", "4.5", "mg/dL", "mmol/L", 1.453),
        ("prolactin", "25", "ng/mL", "mIU/L", 530),
        ("bnp", "100", "pg/mL", "pmol/L", 28.9),
        ("pth", "65", "pg/mL", "pmol/L", 6.9),
        ("free-t4", "1.2", "ng/dL", "pmol/L", 15.4),
        ("serum-zinc", "70", "µg/dL", "µmol/L", 10.7),
        ("17-hydroxyprogesterone", "200", "ng/dL", "nmol/L", 6.05),
        ("dhea-sulfate", "100", "µg/dL", "µmol/L", 2.71),
        ("alpha-1-antitrypsin-level", "11", "µmol/L", "mg/dL", 57),
        ("blood-phenylalanine", "600", "µmol/L", "mg/dL", 9.9),
        ("blood-lead", "5", "µg/dL", "µmol/L", 0.241),
        ("plasma-aldosterone", "10", "ng/dL", "pmol/L", 277),
    ],
)
def test_textbook_conversions(measure: str, number: str, unit: str, into: str, expected: float) -> None:
    own = value(measure, number, unit)
    assert own is not None
    restated = restate(MEASURES[measure], own, into)
    assert restated is not None
    assert float(restated) == pytest.approx(expected, rel=0.01)


@each_row(
    ("measure", "unit"),
    [
        ("platelets", "mg/dL"), ("platelets", ""), ("platelets", "%"), ("creatinine", "mL/min"),
        ("creatinine-clearance", "mL/min/1.73m²"), ("hbv-dna", "copies/mL"), ("hemoglobin", "%"),
        ("lipoprotein-a", "nmol/L"), ("inr", "s"), ("sledai", "%"), ("fev1-percent", "L"), ("upcr", "%"),
        ("upcr", "mmol/mmol"), ("urine-protein-24h", "mg/dL"), ("urine-protein-24h", "mg/g"), ("tsh", "ng/mL"),
        ("weight", "cm"), ("hiv-rna", "IU/mL"), ("hba1c", ""), ("hba1c", "mmol/L"), ("alt", "log10 IU/L"),
        ("alt", "widgets"), ("lvef", ""), ("calcium", "mEq"), ("factor-viii", "U/L/L"), ("systolic", "cm"),
        ("egfr", "mL"),
    ],
)  # fmt: skip
def test_a_unit_of_another_kind_is_refused(measure: str, unit: str) -> None:
    assert value(measure, "1", unit) is None
    assert restate(MEASURES[measure], Fraction(1), unit) is None


def test_a_number_that_is_none_is_refused() -> None:
    assert value("platelets", "NaN", "/µL") is None
    assert value("platelets", "Infinity", "/µL") is None
    assert value("hiv-rna", "1e9", "log10 copies/mL") is None
    assert restate(MEASURES["hiv-rna"], Fraction(0), "log10 copies/mL") is None


@each_row("number", ["0.5", "1", "7.25"])
def test_every_unit_of_every_measure_converts_there_and_back(number: str) -> None:
    for measure, unit in PAIRS:
        own = canonical(measure, Decimal(number), unit)
        assert own is not None, (measure.id, unit)
        assert restate(measure, own, unit) == Fraction(number), (measure.id, unit)


@given(st.sampled_from(PAIRS), st.decimals(min_value="0.001", max_value=9, places=3))
def test_there_and_back(pair: tuple[Measure, str], number: Decimal) -> None:
    measure, unit = pair
    own = canonical(measure, number, unit)
    assert own is not None
    assert restate(measure, own, unit) == Fraction(number)


@given(st.sampled_from(PAIRS), st.decimals(0, 9, places=3), st.decimals(0, 9, places=3))
def test_conversion_keeps_order(pair: tuple[Measure, str], a: Decimal, b: Decimal) -> None:
    measure, unit = pair
    first, second = canonical(measure, a, unit), canonical(measure, b, unit)
    assert first is not None
    assert second is not None
    assert (a < b) == (first < second)


@given(st.sampled_from(list(MEASURES.values())), st.decimals(0, 100_000, places=2))
def test_an_assumed_unit_is_the_only_one_that_fits(measure: Measure, number: Decimal) -> None:
    unit = assumed_unit(measure, number)
    rules = unit_rules(measure.id)
    assert rules is not None
    values = {one: canonical(measure, number, one) for one in units_of(measure)}
    usual = {value for value in values.values() if value is not None and rules.usual[0] <= value <= rules.usual[1]}
    assert (unit is not None) == (len(usual) == 1)
    assert unit is None or values[unit] in usual


@given(st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    assert same_unit(text, text)
    assert same_unit(unit_label(text), text)
    canonical(MEASURES["platelets"], Decimal(1), text)
    dose_per_day(Decimal(1), text)


PIECES = [*"/^×x10932.-[]{}() µ%", "mg", "kg", "L", "dL", "log10", "24h", "m2", "1.73", "IU", "K", "per "]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_any_unit_like_text_can_be_asked(parts: list[str]) -> None:
    text = "".join(parts)
    assert same_unit(unit_label(text), text)


@each_row(
    ("measure", "number", "expected"),
    [
        ("platelets", "182", "×10⁹/L"), ("platelets", "45000", "/µL"), ("platelets", "0.2", None),
        ("hemoglobin", "12", "g/dL"), ("hemoglobin", "120", "g/L"), ("hemoglobin", "8", None),
        ("creatinine", "1.1", "mg/dL"), ("creatinine", "88", "µmol/L"), ("glucose", "5.5", "mmol/L"),
        ("glucose", "100", "mg/dL"), ("glucose", "33", None), ("upcr", "0.8", "g/g"), ("upcr", "120", None),
        ("hba1c", "7", "%"), ("hba1c", "53", "mmol/mol"), ("hiv-rna", "1.8", "log10copies/mL"),
        ("hiv-rna", "400", "copies/mL"), ("urine-protein-24h", "1.2", "g/24h"),
        ("urine-protein-24h", "2100", "mg/24h"), ("temperature", "98.6", "°F"), ("inr", "2.2", ""),
        ("systolic", "120", "mmHg"), ("ldl", "3.2", "mmol/L"), ("albumin", "3.5", "g/dL"), ("albumin", "35", "g/L"),
        ("weight", "61", None), ("fev1-fvc", "0.6", "ratio"), ("wbc", "5200", "/µL"), ("vitamin-d", "30", None),
        ("height", "1.65", "m"), ("height", "165", "cm"),
    ],
)  # fmt: skip
def test_assumed_unit(measure: str, number: str, expected: str | None) -> None:
    assert assumed_unit(MEASURES[measure], Decimal(number)) == expected


@each_row(
    ("number", "unit", "expected"),
    [
        ("2", "g/day", (Fraction(2000), "mg/day")), ("15", "mg/week", (Fraction(15, 7), "mg/day")),
        ("10", "mg twice daily", (Fraction(20), "mg/day")), ("10", "mg bid", (Fraction(20), "mg/day")),
        ("10", "mg 1-0-1", (Fraction(20), "mg/day")), ("10", "mg ½-0-0,5", (Fraction(10), "mg/day")), ("10", "mg 0-0-0-1", (Fraction(10), "mg/day")),
        ("10", "mg 0-0-0", None), ("10", "mg 1-0", None), ("10", "mg 1-8-15", None), ("10", "mg 1-2-3", None), ("10", "IU 0-0-4", None), ("10", "units 1-0-1", None),
        ("10", "mg at night", (Fraction(10), "mg/day")), ("10", "mg in the morning", (Fraction(10), "mg/day")), ("10", "mg at night if needed", None),
        ("10", "mg b.i.d.", (Fraction(20), "mg/day")), ("10", "mg/d", (Fraction(10), "mg/day")),
        ("10", "mg daily", (Fraction(10), "mg/day")), ("1", "mg/kg/day", (Fraction(1), "mg/kg/day")),
        ("5", "µg/kg/d", (Fraction(1, 200), "mg/kg/day")), ("500", "mg q12h", (Fraction(1000), "mg/day")),
        ("500", "mg every 12 hours", (Fraction(1000), "mg/day")),
        ("10", "mg every other day", (Fraction(5), "mg/day")),
        ("40", "mg every 2 weeks", (Fraction(20, 7), "mg/day")), ("40", "mg q2w", (Fraction(20, 7), "mg/day")),
        ("100", "units/day", (Fraction(100), "IU/day")), ("75", "mg/m2/day", (Fraction(75), "mg/m²/day")),
        ("10", "mg three times per week", (Fraction(30, 7), "mg/day")),
        ("7.5", "mg once a week", (Fraction(15, 14), "mg/day")), ("3", "mg 2x/day", (Fraction(6), "mg/day")),
        ("2", "g/24h", (Fraction(2000), "mg/day")), ("10", "mg/day orally", (Fraction(10), "mg/day")),
        ("10", "mg", None), ("2", "mg/kg", None), ("1", "tablet daily", None), ("1", "", None), ("1", "daily", None),
        ("1", "g/dL", None),
    ],
)  # fmt: skip
def test_dose_per_day(number: str, unit: str, expected: tuple[Fraction, str] | None) -> None:
    assert dose_per_day(Decimal(number), unit) == expected


# Left to pint is only what it reads as laboratories do: it takes "g/24h" for g·h/24 and knows no counts.
BY_PINT = [
    ("hemoglobin", "g/L", "g/dL"), ("creatinine", "mg/L", "mg/dL"), ("alt", "µkat/L", "enzyme_unit/L"),
    ("weight", "lb", "kg"), ("height", "in", "cm"), ("height", "ft", "cm"), ("systolic", "kPa", "mmHg"),
    ("crp", "mg/dL", "mg/L"), ("ferritin", "ng/mL", "µg/L"), ("sodium", "µmol/L", "mmol/L"),
    ("troponin-t", "ng/mL", "ng/L"), ("creatinine-clearance", "mL/s", "mL/min"), ("qtc", "s", "ms"),
    ("weight", "stone", "kg"), ("weight", "oz", "kg"), ("c3", "g/L", "mg/dL"), ("life-expectancy", "year", "month"),
    ("walk-6min", "ft", "m"), ("fecal-calprotectin", "mg/kg", "µg/g"), ("urine-albumin-24h", "µg/min", "mg/day"),
    ("liver-stiffness", "mmHg", "kPa"),
]  # fmt: skip


@cache
def _pint() -> Any:
    import pint  # long to load

    return pint.UnitRegistry()


@each_row(("measure", "unit", "own"), BY_PINT)
def test_pint_agrees(measure: str, unit: str, own: str) -> None:
    ours = value(measure, "7", unit)
    assert ours is not None
    assert float(ours) == pytest.approx(_pint().Quantity(7, unit).to(own).magnitude, rel=1e-6)


@each_row("number", ["-40", "0", "98.6", "212"])
def test_pint_agrees_on_temperature(number: str) -> None:
    ours = value("temperature", number, "°F")
    assert ours is not None
    assert float(ours) == pytest.approx(_pint().Quantity(float(number), "degF").to("degC").magnitude)


# LOINC number in labunits → our measure.
BY_LABUNITS = {
    "1742-6": "alt", "1751-7": "albumin", "1920-8": "ast", "1798-8": "amylase", "1963-8": "bicarbonate",
    "17864-0": "ionized-calcium", "2075-0": "chloride", "1986-9": "c-peptide", "2157-6": "ck", "2160-0": "creatinine",
    "2276-4": "ferritin", "3255-7": "fibrinogen", "2345-7": "glucose", "4542-7": "haptoglobin", "2500-7": "tibc",
    "14805-6": "ldh", "19123-9": "magnesium", "2601-3": "magnesium", "2823-3": "potassium", "11572-5": "rf",
    "2951-2": "sodium", "2571-8": "triglycerides", "10839-9": "troponin-i", "6598-7": "troponin-t", "3094-0": "bun",
    "20448-7": "insulin", "6768-6": "alp",
}  # fmt: skip
# Where labunits and this table differ by more than its rounding of the factor: by how much, and why.
DISAGREEMENTS = {
    "1798-8": (0.021, "it rounds 1/60 µkat per U to 0.017"),
    "1920-8": (0.021, "it rounds 1/60 µkat per U to 0.017"),
    "2157-6": (0.021, "it rounds 1/60 µkat per U to 0.017"),
    "20448-7": (0.16, "it has the older 6.945 pmol per µIU of insulin; the consensus of 2010 is 6.00"),
}


def labunits_rows() -> dict[str, dict[str, Any]]:
    return json.loads(files("labunits").joinpath("data", "analytes.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@each_row(("loinc", "measure"), BY_LABUNITS.items())
def test_labunits_agrees(loinc: str, measure: str) -> None:
    row = labunits_rows()[loinc]
    own = value(measure, "1", row["traditional_units"])
    assert own is not None, row["traditional_units"]
    ours = restate(MEASURES[measure], own, row["si_units"])
    assert ours is not None, row["si_units"]
    bound, _why = DISAGREEMENTS.get(loinc, (0.006, ""))
    assert float(ours) == pytest.approx(float(row["conversion_factor"]), rel=bound)


@each_row("loinc", DISAGREEMENTS)
def test_labunits_still_disagrees(loinc: str) -> None:
    row = labunits_rows()[loinc]
    own = value(BY_LABUNITS[loinc], "1", row["traditional_units"])
    assert own is not None
    ours = restate(MEASURES[BY_LABUNITS[loinc]], own, row["si_units"])
    assert ours is not None
    assert float(ours) != pytest.approx(float(row["conversion_factor"]), rel=0.006), "the disagreement is gone: drop it"
