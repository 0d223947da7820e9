"""A value no patient has is a slip of the keyboard, and is refused when the profile loads."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from rows import each_row

from matcher.model.profile import (
    Lab,
    Profile,
)
from matcher.storage import plausible
from matcher.storage.plausible import implausible
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import Measure, Vocabulary, load

PLATELETS = Measure(
    id="lab:platelets",
    label="platelets",
    kind="lab",
    unit="×10⁹/L",
    low=Fraction(0),
    high=Fraction(5000),
    shelf_days=90,
    uln=None,
    lln=None,
    answer="number",
    question="What is the platelet count?",
    order=(),
    profile_key="",
)
ECOG = Measure(
    id="score:ecog",
    label="ECOG",
    kind="score",
    unit="",
    low=Fraction(0),
    high=Fraction(5),
    shelf_days=None,
    uln=None,
    lln=None,
    answer="number",
    question="What is the ECOG score?",
    order=(),
    profile_key="",
)


SEROLOGY = dataclasses.replace(
    ECOG, id="lab:syphilis-serology", label="syphilis serology", kind="lab", high=Fraction(1), answer="posneg"
)


class FewMeasures:
    """A vocabulary of platelets, ECOG and syphilis serology."""

    def recorded_measure(self, wording: str) -> Measure | None:
        return {"platelets": PLATELETS, "ECOG": ECOG, "syphilis serology": SEROLOGY}.get(wording)


@pytest.fixture
def simple_units(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = {"10^9/L": Fraction(1), "/µL": Fraction(1, 1000), "": Fraction(1)}

    def canonical(measure: Measure, number: Decimal, unit: str) -> Fraction | None:
        return Fraction(number) * factors[unit] if unit in factors else None

    def restate(measure: Measure, value: Fraction, unit: str) -> Fraction | None:
        return value / factors[unit]

    monkeypatch.setattr(plausible, "canonical", canonical)
    monkeypatch.setattr(plausible, "restate", restate)
    monkeypatch.setattr(plausible, "unit_label", str.strip)


@pytest.mark.usefixtures("simple_units")
@each_row(
    ("test", "value", "unit", "words"),
    [
        ("platelets", "182", "10^9/L", ""),
        ("platelets", "182000", "10^9/L", "found 182000 10^9/L, expected platelets between 0 and 5000 10^9/L"),
        ("platelets", "182000", "/µL", ""),
        ("platelets", "-1", "/µL", "expected platelets between 0 and 5000000 /µL"),
        ("platelets", "182000", None, ""),
        ("platelets", "182000", "mg/dL", ""),
        ("platelets", "low", "10^9/L", ""),
        ("unheard of", "1e20", "10^9/L", ""),
        ("ECOG", "7", None, "found 7, expected ECOG between 0 and 5"),
        ("ECOG", "2", None, ""),
        ("syphilis serology", "64", None, ""),
    ],
)
def test_a_value_no_patient_has_is_a_slip(test: str, value: str, unit: str | None, words: str) -> None:
    vocabulary: Any = FewMeasures()
    given_value = Decimal(value) if value[-1].isdigit() else value
    profile = Profile(id="A", labs=[Lab(test=test, value=given_value, unit=unit)])
    found = implausible(profile, vocabulary)
    assert [place for place, _ in found] == (["labs[1].value"] if words else [])
    assert all(words in message for _, message in found)


@each_row(
    ("lab", "refused"),
    [
        ({"test": "platelets", "value": 182, "unit": "10^9/L"}, False),
        ({"test": "platelets", "value": 182000, "unit": "/µL"}, False),
        ({"test": "PLT", "value": 182000, "unit": "10^9/L"}, True),
        ({"test": "platelets", "value": 182000}, False),
    ],
)
def test_the_vocabulary_tells_a_slip_on_loading(lab: dict[str, Any], refused: bool) -> None:
    vocabulary: Vocabulary = load()
    plain = {"schema": 1, "id": "A", "labs": [{"test": "unheard of", "value": 1}, lab]}
    if not refused:
        assert profile_from_plain(plain, "case", vocabulary).labs[1].test == lab["test"]
        return
    with pytest.raises(InputError, match=r"^case: labs\[2\]\.value: found 182000 .*expected .* between"):
        profile_from_plain(plain, "case", vocabulary)
