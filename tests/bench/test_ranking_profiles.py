"""What `bench/ranking` makes of questionnaire answers and of notes: facts that are said, and none beside."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rows import each_row

from matcher.model.profile import Profile

FOLDER = Path(__file__).resolve().parents[2] / "bench/ranking"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    monkeypatch.syspath_prepend(str(FOLDER))
    names = ("questionnaires", "notes")
    yield {name: importlib.import_module(name) for name in names}
    for name in names:
        sys.modules.pop(name, None)


def said(found: Profile, key: str) -> list[str]:
    """The entries of a list, each as its words."""
    fields = ("name", "status", "stage", "severity", "setting")
    entries: list[Any] = getattr(found, key)
    return [" ".join(value for name in fields if (value := getattr(one, name, None))) for one in entries]


ANSWERS: list[tuple[str, dict[str, str], str, list[str]]] = [
    ("COPD", {"definitive diagnosis": "yes", "GOLD stage": "III"}, "conditions", ["COPD active GOLD III"]),
    ("glaucoma", {"definitive diagnosis": "yes", "visual field": "advanced loss"}, "conditions", ["glaucoma active severe"]),
    ("sickle cell anemia", {"definitive diagnosis": "SC"}, "conditions", ["hemoglobin SC disease active"]),
    ("breast cancer", {"definitive diagnosis": "stage II", "prior chemotherapy": "adjuvant chemotherapy"}, "medications", ["chemotherapy past adjuvant"]),
    ("COPD", {"definitive diagnosis": "yes", "COPD treatments": "tiotropium, pulmonary rehabilitation"}, "medications", ["tiotropium current", "long-acting beta agonists absent", "inhaled corticosteroids absent"]),
    ("COPD", {"definitive diagnosis": "yes", "COPD treatments": "tiotropium, the blue one"}, "medications", ["tiotropium current", "the blue one current"]),
    ("COPD", {"definitive diagnosis": "yes", "COPD treatments": "none"}, "medications", ["long-acting muscarinic antagonists absent", "long-acting beta agonists absent", "inhaled corticosteroids absent"]),
    ("type 2 diabetes", {"definitive diagnosis": "yes", "insulin": "yes", "other anti-diabetic drugs": "glipizide"}, "medications", ["insulin current", "glipizide current"]),
    (
        "type 2 diabetes", {"definitive diagnosis": "yes", "other anti-diabetic drugs": "no"}, "medications",
        [f"{one} absent" for one in ("sulfonylureas", "DPP-4 inhibitors", "SGLT2 inhibitors", "GLP-1 receptor agonists", "thiazolidinediones", "alpha-glucosidase inhibitors")],
    ),
    ("breast cancer", {"definitive diagnosis": "yes", "prior mastectomy": "no"}, "procedures", ["mastectomy absent"]),
    ("breast cancer", {"definitive diagnosis": "yes", "prior radiotherapy": "proton therapy"}, "procedures", ["proton therapy done"]),
]


@each_row(("template", "fields", "key", "facts"), ANSWERS)
def test_what_an_answer_says(template: str, fields: dict[str, str], key: str, facts: list[str], bench: dict[str, ModuleType]) -> None:
    found = bench["questionnaires"].profile_of({"_id": "T-1", "template": template, "fields": fields})
    assert said(found, key) == facts


@each_row(
    ("answer", "first", "last"),
    [
        ("10 days ago", "2023-04-21", "2023-04-21"), ("2 weeks ago", "2023-04-01", "2023-04-30"), ("3 mo  ago", "2023-02-01", "2023-02-28"),
        ("stroke 5 years ago", "2018-01-01", "2018-12-31"), ("stroke last month", "2023-04-01", "2023-04-30"), ("16 months ago", "2022-01-01", "2022-01-31"),
    ],
)  # fmt: skip
def test_when_something_was(answer: str, first: str, last: str, bench: dict[str, ModuleType]) -> None:
    found = bench["questionnaires"].profile_of({"_id": "T-1", "template": "sickle cell anemia", "fields": {"definitive diagnosis": "yes", "stroke history": answer}})
    since = found.conditions[-1].since
    assert (str(since.first), str(since.last)) == (first, last)


def test_drugs_that_two_questions_ask_for(bench: dict[str, ModuleType]) -> None:
    asked = {"definitive diagnosis": "yes", "active DMARD treatment": "leflunomide", "prior DMARD treatment": "etanercept"}
    found = bench["questionnaires"].profile_of({"_id": "T-1", "template": "rheumatoid arthritis", "fields": asked}).medications
    assert [one.name for one in found if one.status != "absent"] == ["leflunomide", "etanercept"]
    assert {"methotrexate", "sulfasalazine", "targeted synthetic DMARDs"} <= {one.name for one in found if one.status == "absent" and one.start is None}
    assert [(one.name, str(one.start)) for one in found if one.status == "absent" and one.start] == [("biologic DMARDs", "2023-05-01")]
    assert "leflunomide absent" not in [f"{one.name} {one.status}" for one in found]


def test_no_further_disease_closes_the_list_and_a_language_answers(bench: dict[str, ModuleType]) -> None:
    def found(**fields: str) -> Profile:
        made: Profile = bench["questionnaires"].profile_of({"_id": "T-1", "template": "COPD", "fields": {"definitive diagnosis": "yes", **fields}})
        return made

    assert found(comorbidities="none").complete.conditions == "current"
    assert not found(comorbidities="gout").complete.conditions
    assert not found(**{"lung comorbidities": "none"}).complete.conditions
    answers = found(**{"proficient languages": "English, Dutch"}).answers
    assert {"fluent in English", "able to speak Dutch"} <= {one.statement for one in answers if one.holds}
    assert {"fluent in Hebrew", "able to speak Finnish"} <= {one.statement for one in answers if not one.holds}
    assert not {"fluent in English", "able to speak Dutch"} & {one.statement for one in answers if not one.holds}


def test_a_note_gives_what_it_names_and_does_not_deny(bench: dict[str, ModuleType]) -> None:
    note = "A 61 yo woman with asthma and psoriasis takes methotrexate. She denies chest pain. Her mother had breast cancer. She had a colonoscopy."
    found = bench["notes"].profile_of({"_id": "T-1", "text": note})
    assert (found.age, found.sex) == (61, "female")
    assert [said(found, key) for key in ("conditions", "medications", "procedures")] == [
        ["asthma active", "psoriasis active"], ["methotrexate current"], ["colonoscopy done"],
    ]
