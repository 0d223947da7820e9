"""The parts of `bench/reading` that figures rest on: the second reading of amounts, Wilson's bound, the draw, the files."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "bench/reading"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    monkeypatch.syspath_prepend(str(FOLDER))
    names = ("amounts_said", "brat", "judgements", "registry", "strata", "precision")
    yield {name: importlib.import_module(name) for name in names}
    for name in names:
        sys.modules.pop(name, None)


AMOUNTS: tuple[tuple[str, list[str]], ...] = (
    ("≥ 1.5 x ULN", ["≥ 1.5 × ULN"]),
    ("less than or equal to 2 times the upper limit of normal", ["≤ 2 × ULN"]),
    ("> / = 100,000/mm3", ["≥ 100000 /mm3"]),
    ("at least 45 kg", ["≥ 45 kg"]),
    ("7 or higher", ["≥ 7 "]),
    ("18.5-30 kg/m2", ["≥ 18.5 kg/m2", "≤ 30 kg/m2"]),
    ("between >17 and <28", ["> 17 ", "< 28 "]),
    ("< 3.5 or > 5.1 mEq/L", ["< 3.5 ", "> 5.1 mEq/L"]),
    ("> 140/90", ["> 140 mmHg", "> 90 mmHg"]),
    ("= 6,5 %", ["= 6.5 %"]),
    ("< 100.000/µL", ["< 100000 /µL"]),
    ("below the lower limit of normal", ["< 1 × LLN"]),
    ("no more than twice ULN", ["≤ 2 × ULN"]),
    ("0, 1 or 2", ["0", "1", "2"]),
    ("20/40 or better", []),
    ("class III", []),
    ("negative", []),
)


def test_amounts_as_annotated(bench: dict[str, ModuleType]) -> None:
    wrong = []
    for text, expected in AMOUNTS:
        found = [
            part
            for amount in bench["amounts_said"].amounts_said(text)
            for part in (*(f"{one.op} {one.number} {one.unit}" for one in amount.bounds), *map(str, sorted(amount.choices)))
        ]
        if found != expected:
            wrong.append((text, found, expected))
    assert not wrong


def test_one_amount_in_two_units(bench: dict[str, ModuleType]) -> None:
    one, other = (bench["amounts_said"].amounts_said(text)[0].bounds[0] for text in ("≥ 100,000/µL", "≥ 100 x 10^9/L"))
    third, fourth = (bench["amounts_said"].amounts_said(text)[0].bounds[0] for text in ("> 100,000/µL", "≥ 100"))
    same = bench["amounts_said"].same_amount
    assert same(one, other)
    assert not same(one, third)
    assert not same(one, fourth)


@pytest.mark.parametrize(("good", "of", "expected"), [(0, 0, 0.0), (0, 10, 0.0), (10, 10, 0.7225), (582, 600, 0.9530)])
def test_wilson_lower_bound(bench: dict[str, ModuleType], good: int, of: int, expected: float) -> None:
    assert bench["precision"].wilson(good, of) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(("text", "expected"), [("3", {3}), ("2..4,7", {2, 3, 4, 7}), ("9..", {9, 10})])
def test_numbers_spelled(bench: dict[str, ModuleType], text: str, expected: set[int]) -> None:
    assert bench["precision"].spelled(text, 10) == expected


def test_a_draw_is_the_same_again_and_holds_no_text(bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Inclusion Criteria:\n\n- Age 18 years or older\n\n- Current smoker\n\nExclusion Criteria:\n\n- Asthma\n\n- Pregnant women\n"
    records = [{"nct_id": f"NCT9000{number}", "criteria": text.replace("18", str(number))} for number in range(1001, 1011)]
    first = bench["strata"].draw(records, 5, 2)
    assert first == bench["strata"].draw(records, 5, 2)
    assert {one.stratum for one in first} == {"smoking", "age or sex", "condition", "pregnancy"}
    assert len({one.text for one in first}) == len(first)
    monkeypatch.setattr(bench["judgements"], "FOLDER", tmp_path)
    bench["judgements"].write_sample(5, first)
    assert bench["judgements"].read_sample(5) == first
    assert "smoker" not in (tmp_path / "sample-5.tsv").read_text(encoding="utf-8")


def test_annotated_places_are_fitted_to_the_line_ends(bench: dict[str, ModuleType]) -> None:
    annotations = "T1\tMeasurement 7 10\tALT\nT2\tValue 11 20\t> 3 x ULN\nR1\tHas_value Arg1:T1 Arg2:T2\t\n"
    document = bench["brat"].read("X_exc", "Adult\nALT > 3 x ULN\n", annotations)
    ((measure, value),) = document.related("Has_value")
    assert [document.text[start:end] for start, end in measure.pieces + value.pieces] == ["ALT", "> 3 x ULN"]
    assert document.kind == "exclusion"
