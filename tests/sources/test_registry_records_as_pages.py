"""Real registry records set in the sites' templates: no word of their eligibility text may be lost or added.

Each record is tried in one template, and in every one when the thorough run is asked for.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from laws import THOROUGH
from rows import each_row

from matcher.sources import read_source
from matcher.sources.ages import read_age
from matcher.sources.html_text import without_marks

RECORDS = Path(__file__).resolve().parents[2] / "../shared/data/registry/ctgov-v2/studies.jsonl.gz"
pytestmark = pytest.mark.skipif(not RECORDS.is_file(), reason="the shared registry records are not at hand")


def _studies() -> list[dict[str, Any]]:
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["protocolSection"] for line in lines]


def _ages(study: dict[str, Any]) -> str:
    low, high = study["eligibilityModule"].get("minimumAge"), study["eligibilityModule"].get("maximumAge")
    return f"{low or 'N/A'} to {high}" if high else f"{low or 'N/A'} and older"


def _clinconnect(study: dict[str, Any], text: str) -> str:
    title, number = study["identificationModule"]["briefTitle"], study["identificationModule"]["nctId"]
    return (
        f"ClinConnect\nSearch / Trial {number}\n\n{title}\n\nTrial Information\n\nRecruiting\n\nClinConnect Summary\n\n"
        f"{study['descriptionModule']['briefSummary']}\n\nGender\n\nALL\n\nAge\n\n{_ages(study)}\n\n"
        f"Eligibility criteria\n\n{text}\n\nLocations\n\nPatients applied\n\n0 patients applied\n\nSimilar Trials"
    )


def _details(study: dict[str, Any], text: str) -> str:
    description = study["descriptionModule"].get("detailedDescription", "")
    return (
        "Clinical Trial Details — Status: Completed\n\nAdministrative data\n\n"
        f"NCT number {study['identificationModule']['nctId']}\n\nStudy information\n\n"
        "Clinical Trial Summary\n\nShort.\n\n"
        f"Description:\n\n{description}\n\nRecruitment information / eligibility\n\nGender All\n"
        f"Age group {_ages(study)}\nEligibility {text}\n\nStudy Design\n\n\nOutcome\n\nSee also\n"
    )


def _table(study: dict[str, Any], text: str) -> str:
    return (
        f"Any Clinical Trial\nOfficial title:\n{study['identificationModule']['briefTitle']}\nStatus | Completed |\n"
        f"Gender | All |\nAge group | {_ages(study)} |\nEligibility | {text} |\n"
        "Country | Name | City | State |\n---|---|---|---|\n"
    )


@each_row(("number", "template"), enumerate([_clinconnect, _details, _table]))
def test_eligibility_and_ages_come_through_whole(number: int, template: Callable[[dict[str, Any], str], str]) -> None:
    for study in _studies() if THOROUGH else _studies()[number::3]:
        text = study["eligibilityModule"].get("eligibilityCriteria", "").strip()
        reading = read_source(template(study, text), "page.txt")
        assert [problem.kind for problem in reading.problems] in ([], ["missing"])
        draft = reading.drafts[0]
        assert [(section.kind, section.text.strip()) for section in draft.eligibility] == (
            [("both", without_marks(text).strip())] if text else []
        )
        low, high = (study["eligibilityModule"].get(key) for key in ("minimumAge", "maximumAge"))
        assert (draft.ages.lowest, draft.ages.highest) == (read_age(low), read_age(high))
