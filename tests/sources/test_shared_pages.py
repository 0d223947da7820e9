"""The five real pages, read where they are at hand; counts were made by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rows import each_row

from matcher.sources import Draft, read_source

PAGES = Path(__file__).resolve().parents[2] / "../shared/pages"
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the shared pages are not at hand")

FACTS: dict[str, dict[str, object]] = {
    "medpath": {
        "id": "NCT06167174",
        "status": "recruiting",
        "study_type": "observational",
        "conditions": ["Lupus Nephritis"],
        "enrollment": 100,
        "sex": "all",
        "min_age": None,
        "max_age": None,
        "description": None,
        "sponsor": "Chinese SLE Treatment And Research Group",
    },
    "clinicaltrials-veeva": {
        "status": "completed",
        "phases": ["phase 4"],
        "enrollment": 2,
        "min_age": 18.0,
        "max_age": 80.0,
        "healthy_volunteers": False,
        "funder": "other",
        "purpose": "treatment",
        "masking": "none (open label)",
    },
    "clinconnect": {
        "id": "NCT04582136",
        "status": "recruiting",
        "sex": "all",
        "conditions": [],
        "min_age": None,
        "completion": None,
    },
    "clinical-trial-details": {
        "id": "NCT03458156",
        "ids": ["NCT03458156", "DalianMU_JL_002"],
        "status": "active-not-recruiting",
        "phases": [],
        "enrollment": 30,
        "min_age": 18.0,
        "max_age": 60.0,
        "regulated": False,
        "healthy_volunteers": False,
    },
    "official-title-table": {
        "status": "recruiting",
        "conditions": ["Systemic Lupus Erythematosus"],
        "enrollment": 160,
        "min_age": 18.0,
        "max_age": 75.0,
    },
}
# Bullets or numbers of the inclusion and of the exclusion criteria, headings aside.
COUNTS = {
    "medpath": (7, 9),
    "clinicaltrials-veeva": (6, 6),
    "clinconnect": (5, 18),
    "clinical-trial-details": (7, 7),
    "official-title-table": (6, 14),
}
RELATED = {"clinical-trial-details": 20, "official-title-table": 20}


def _draft(page: str) -> Draft:
    reading = read_source((PAGES / f"{page}.txt").read_text(encoding="utf-8"), page)
    assert not reading.problems
    return reading.drafts[0]


@each_row("page", FACTS)
def test_the_record_holds_what_the_page_says(page: str) -> None:
    trial = _draft(page).trial
    assert {name: getattr(trial, name) for name in FACTS[page]} == FACTS[page]


@each_row("page", ["clinicaltrials-veeva", "official-title-table"])
def test_a_page_without_a_number_of_its_own_takes_none_from_its_lists(page: str) -> None:
    trial = _draft(page).trial
    assert not re.search(r"NCT\d", trial.id)
    assert trial.ids == [trial.id]
    assert trial.source is not None
    assert trial.id.startswith(f"{trial.source.site}-")


@each_row("page", COUNTS)
def test_no_criterion_is_lost(page: str) -> None:
    text = "\n".join(f"{section.kind} criteria:\n{section.text}" for section in _draft(page).eligibility)
    turn = re.search(r"(?i)exclusion criteria:", text)
    assert turn is not None
    parts = (text[: turn.start()].rstrip(" •"), text[turn.end() :])
    marks = r"(?<=\s)\d{1,2}\.\s" if page in ("medpath", "official-title-table") else r"(?m)^\s*[•-] (?!\w+ Criteria:)"
    assert tuple(len(re.findall(marks, part)) for part in parts) == COUNTS[page]


@each_row("page", COUNTS)
def test_eligibility_is_a_part_of_the_page(page: str) -> None:
    text = (PAGES / f"{page}.txt").read_text(encoding="utf-8")
    assert all(section.text in text for section in _draft(page).eligibility)


@each_row("page", RELATED)
def test_other_trials_on_the_page_are_listed_as_related(page: str) -> None:
    related = _draft(page).trial.related
    assert len(related) == RELATED[page]
    assert all(re.fullmatch(r"NCT\d{8}", trial.id) and trial.title and trial.status for trial in related)
