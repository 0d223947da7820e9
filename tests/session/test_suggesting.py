"""What is offered while a name is typed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.profile import Lab, Profile
from matcher.session.suggesting import (
    AT_MOST,
    completion,
    likely_unit,
    suggestions,
    units_offered,
    with_dose_apart,
    with_unit_apart,
)
from matcher.vocabulary import load

OFFERED = [
    ("conditions", "SLE", "systemic lupus erythematosus"),
    ("conditions", "rheumatoid artritis", "rheumatoid arthritis"),
    ("conditions", "fabry d", "Fabry disease"),
    ("conditions", "lupus", "systemic lupus erythematosus"),
    ("conditions", "cancer", "breast cancer"),
    ("medications", "met", "methotrexate"),
    ("conditions", "type 2 di", "type 2 diabetes"),
    ("family_history", "breast c", "breast cancer"),
    ("medications", "cellc", "mycophenolate mofetil"),
    ("medications", "PREDN", "prednisone"),
    ("allergies", "penic", "penicillins"),
    ("labs", "plat", "platelets"),
    ("labs", "hb", "hemoglobin"),
    ("scores", "ecog", "ECOG performance status"),
    ("procedures", "kidney b", "kidney biopsy"),
]
NOT_OFFERED = [
    ("conditions", "type 1 diab", "type 2 diabetes"),
    ("scores", "plat", "platelets"),
    ("labs", "ecog", "ECOG performance status"),
    ("medications", "asthma", "asthma"),
    ("trials", "lupus", "lupus nephritis"),
    ("conditions", "l", "lupus nephritis"),
]


@each_row("listed, typed, label", OFFERED)
def test_a_name_is_offered(listed: str, typed: str, label: str) -> None:
    assert label in [one.label for one in suggestions(listed, typed)][:6]


@each_row("typed, whole", [("lupus neph", "lupus nephritis"), ("lup", ""), ("diabetes", ""), ("cold", ""), ("lupus nephritis", ""), ("qqqq", "")])
def test_a_beginning_is_completed_only_where_one_name_begins_so_and_nothing_is_called_so(typed: str, whole: str) -> None:
    assert completion("conditions", typed) == whole


@each_row("listed, typed, label", NOT_OFFERED)
def test_a_name_is_not_offered(listed: str, typed: str, label: str) -> None:
    assert label not in [one.label for one in suggestions(listed, typed)]


def test_what_a_name_was_found_by_is_said() -> None:
    assert [one.found_by for one in suggestions("medications", "cellc")] == ["cellcept"]


@given(st.text(max_size=12), st.sampled_from(["conditions", "medications", "labs", "scores", "procedures", "allergies"]))
def test_any_text_gets_a_few_known_names(typed: str, listed: str) -> None:
    found = suggestions(listed, typed)
    assert len(found) <= AT_MOST
    assert len({one.label for one in found}) == len(found)
    look = {"conditions": load().condition, "procedures": load().procedure}.get(listed)
    assert look is None or all(look(one.label) for one in found)


MOLAR = Lab(test="creatinine", value=Decimal(80), unit="µmol/L")


@each_row(
    ("labs", "test", "asked", "likely"),
    [
        ([], "fasting glucose", "mg/dL", ("mg/dL", False)),
        ([MOLAR], "fasting glucose", "mg/dL", ("mmol/L", False)),
        ([MOLAR, Lab(test="albumin", value=Decimal(4), unit="g/dL")], "fasting glucose", "mg/dL", ("mg/dL", False)),
        ([Lab(test="fasting plasma glucose", value=Decimal(6), unit="mmol/L")], "fasting glucose", "mg/dL", ("mmol/L", True)),
        ([MOLAR], "FEV1", "%", ("%", True)),
    ],
)
def test_the_unit_is_that_of_her_own_values_or_a_guess(labs: list[Lab], test: str, asked: str, likely: tuple[str, bool]) -> None:
    assert likely_unit(Profile(id="A-1", labs=labs), test, asked) == likely


@each_row(
    "test, typed, apart",
    [
        ("creatinine", "0.9 mg/dL", ("0.9", "mg/dL")), ("CA-125", "<35 U/mL", ("<35", "U/mL")), ("platelets", "182 x10^9/L", ("182", "x10^9/L")),
        ("neutrophils", "1800/µL", ("1800", "/µL")), ("HbA1c", "6,5 %", ("6,5", "%")), ("hemoglobin", "12g/dl", ("12", "g/dl")),
        ("potassium", "4.1 H", ("4.1 H", "")), ("creatinine", "0.9 mmHg", ("0.9 mmHg", "")), ("ANA", "1:160", ("1:160", "")),
        ("INR", "1.1 high", ("1.1 high", "")), ("no such test", "5 mg/dL", ("5 mg/dL", "")), ("platelets", "182", ("182", "")),
    ],
)  # fmt: skip
def test_a_unit_typed_behind_the_value_is_taken_apart_where_the_test_has_it(test: str, typed: str, apart: tuple[str, str]) -> None:
    assert with_unit_apart(test, typed) == apart


def test_a_careless_unit_is_read_and_not_offered() -> None:
    assert [one.label for one in units_offered("neutrophils", "")] == ["×10⁹/L", "/µL"]
    assert with_unit_apart("neutrophils", "1800 µL") == ("1800", "µL")


@each_row(
    ("typed", "apart"),
    [
        ("prednisolone 5 mg daily", ("prednisolone", Decimal(5), "mg daily")),
        ("Metformin 1000 mg 1-0-1", ("Metformin", Decimal(1000), "mg 1-0-1")),
        ("MTX 7,5mg/wk", ("MTX", Decimal("7.5"), "mg/wk")),
        ("tiotropium (Spiriva) 18 µg od", ("tiotropium (Spiriva)", Decimal(18), "µg od")),
        ("metoprolol succinate 95 mg", None),  # how often is not said
        ("Entresto 49/51 mg bid", None),
        ("interleukin-2", None),
        ("qwertzumab 5 mg daily", None),
        ("ASA 100", None),
    ],
)
def test_the_dose_behind_a_drug_apart(typed: str, apart: tuple[str, Decimal, str] | None) -> None:
    assert with_dose_apart(typed) == apart
