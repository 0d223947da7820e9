"""A criterion means the same in other words: rewritings of `bench/reading/paraphrases.tsv` over texts of our own."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from laws import many

FOLDER = Path(__file__).resolve().parents[2] / "bench/reading"
SEED, TRIED = 20261123, many(120)
TEXTS = (
    ("exclusion", "Patients with gout or pancreatitis"),
    ("exclusion", "History of stroke within the past 5 months."),
    ("exclusion", "Major surgery within 3 weeks before screening"),
    ("exclusion", "Uncontrolled hypertension"),
    ("exclusion", "Use of lithium within 2 weeks prior to enrollment"),
    ("exclusion", "Current use of warfarin"),
    ("exclusion", "Known hypersensitivity to ibuprofen"),
    ("exclusion", "Hemoglobin < 9 g/dL"),
    ("exclusion", "Pregnant or breastfeeding"),
    ("exclusion", "Prior treatment with rituximab"),
    ("inclusion", "Patients with type 2 diabetes"),
    ("inclusion", "Age ≥ 21 years"),
    ("inclusion", "Age 20 to 60 years"),
    ("inclusion", "ECOG performance status ≤ 2"),
    ("inclusion", "Platelets ≥ 90,000/mm3"),
    ("inclusion", "ALT ≤ 3 x ULN"),
    ("inclusion", "HbA1c > 7.5 %"),
    ("inclusion", "No history of pancreatitis"),
    ("inclusion", "No stroke within the past 7 months"),
)


@pytest.fixture
def paraphrase(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield importlib.import_module("paraphrase")
    for name in ("paraphrase", "registry"):
        sys.modules.pop(name, None)


def test_other_words_for_the_same_are_read_the_same(paraphrase: ModuleType) -> None:
    read = [one for kind, text in TEXTS for one in paraphrase.of_text(kind, text)]
    assert len(read) == len(TEXTS)
    said = [(rule, *case) for rule in paraphrase.rules() for case in paraphrase.cases(rule, read, len(read))]
    wrong = []
    for rule, one, words in random.Random(SEED).sample(said, min(TRIED, len(said))):
        how, now = paraphrase.likeness(one, words, rule.meant(one.check))
        if how != "same":
            wrong.append(f"{rule.name}: {words} → {now}, not {one.check}")
    assert not wrong
