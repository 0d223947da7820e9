"""Saved pages of every kind: invented trials in variations of the sites' templates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rows import each_row

from matcher.sources import Draft, read_source
from matcher.sources.kinds import KINDS

PAGES = Path(__file__).parent / "pages"
READ_ON = date(2026, 11, 21)

EXPECTED: dict[str, dict[str, Any]] = {
    "medpath-several-sites": {
        "id": "NCT90000101",
        "title": "Inhaled Solvatek Compared With Usual Care in Children With Wheezing",
        "status": "active-not-recruiting",
        "phases": ["phase 1", "phase 2"],
        "conditions": ["Asthma, Childhood", "Wheezing"],
        "sponsor": "Northfield Lung Institute, Inc.",
        "enrollment": 1250,
        "sex": "female",
        "model": "parallel",
        "interventions": [{"type": "drug", "name": "Solvatek"}, {"type": "behavioral", "name": "Breathing lessons"}],
        "arms": [
            {"label": "Solvatek arm", "description": "One puff twice a day for 12 weeks."},
            {"label": "Control", "description": "Lessons once a week."},
        ],
        "outcomes": [
            {"kind": "primary", "measure": "Days without wheezing", "time_frame": "12 weeks"},
            {"kind": "secondary", "measure": "Nights awake", "time_frame": "Up to 24 weeks"},
        ],
        "locations": [
            {
                "facility": "Northfield Lung Institute",
                "city": "Northfield",
                "state": "Minnesota",
                "country": "United States",
            },
            {"facility": "Hanam Children's Clinic", "city": "Hanam", "country": "Korea, Republic of"},
            {"facility": "City Hospital", "city": "Singapore", "country": "Singapore"},
        ],
        "description": "The visit plan is this:\n\nInclusion Criteria:\n- are described below.",
    },
    "medpath-other-registry": {
        "id": "CTRI/2021/03/012345",
        "conditions": ["Coxarthrosis"],
        "enrollment": 48,
        "sex": "all",
    },
    "veeva-two-arms": {
        "id": "NCT90000202",
        "ids": ["NCT90000202", "2021-001234-56", "HB-007"],
        "title": "Ombrelin in Adolescents and Adults With Severe Eczema (OMBRE)",
        "status": "recruiting",
        "phases": ["phase 2", "phase 3"],
        "conditions": ["Eczema", "Atopic Dermatitis"],
        "sponsor": "Harbour Biologics",
        "funder": "industry, other",
        "enrollment": 1024,
        "sex": "male",
        "min_age": 12.0,
        "healthy_volunteers": True,
        "start": date(2022, 7, 1),
        "completion": "2025-12",
        "last_updated": date(2023, 3, 10),
        "purpose": "treatment",
        "allocation": "randomized",
        "model": "parallel assignment",
        "masking": "quadruple blind",
        "description": "Participants are treated for 16 weeks.\n\nSex and age are recorded.",
        "arms": [
            {
                "label": "Ombrelin high",
                "type": "experimental",
                "description": "300 mg every 2 weeks.\nGiven under the skin.",
            },
            {"label": "Placebo", "type": "placebo comparator", "description": "Placebo every 2 weeks."},
            {"label": "Watched", "type": "no intervention"},
        ],
        "officials": [
            {"name": "Ann Example, MD", "role": "central trial contact"},
            {"name": "Bo Sample", "role": "central trial contact"},
        ],
    },
    "veeva-observational": {
        "id": "ClinicalTrials.Veeva-Sleep-Habits-of-Night-Shift-Nurses-A",
        "status": "not-yet-recruiting",
        "study_type": "observational",
        "conditions": ["Sleep"],
        "min_age": 0.5,
        "max_age": 17.0,
    },
    "clinconnect-phase": {
        "id": "NCT90000303",
        "title": "Calmotine for Restless Legs in Dialysis",
        "status": "enrolling-by-invitation",
        "phases": ["phase 4"],
        "keywords": ["Restless Legs", "Dialysis", "Sleep"],
        "sponsor": "RIVERBANK UNIVERSITY, INC.",
        "sex": "female",
        "min_age": 18.0,
        "start": date(2019, 4, 9),
        "completion": date(2026, 12, 31),
        "first_received": date(2019, 3, 1),
        "last_updated": date(2024, 4, 30),
        "locations": [
            {"city": "Seattle", "state": "Washington", "country": "United States"},
            {"city": "Hanoi", "country": "Vietnam"},
        ],
        "officials": [
            {"name": "Ann Example, MD", "role": "principal investigator", "affiliation": "Riverbank University"},
            {"name": "Bo Sample", "role": "study director"},
        ],
        "related": [{"id": "NCT90000998", "title": "Another tablet"}],
    },
    "details-full": {
        "id": "NCT90000404",
        "ids": ["NCT90000404", "ABC-12", "R01-5555", "U10-777"],
        "study_type": "observational",
        "phases": ["phase 1", "phase 2"],
        "conditions": ["High Blood Pressure", "Hypertension"],
        "sponsor": "Lakeview Center",
        "collaborators": ["Cuff Makers, Inc.", "University of California, San Diego"],
        "enrollment": 2300,
        "sex": "all",
        "min_age": 0.5,
        "max_age": 17.0,
        "healthy_volunteers": True,
        "regulated": True,
        "start": "2011",
        "first_received": date(2011, 5, 3),
        "last_updated": "2014-03",
        "completion": date(2016, 6, 30),
        "purpose": "prevention",
        "allocation": "randomized",
        "model": "crossover assignment",
        "masking": "double-blind",
        "interventions": [
            {"type": "device", "name": "Press cuff"},
            {"type": "drug", "name": "Loweron", "description": "One tablet each morning, swallowed with water."},
            {"type": "drug", "name": "Placebo"},
        ],
        "related": [
            {"id": "NCT90000997", "title": "Cuffs at home", "status": "suspended", "phase": "early phase 1"},
            {"id": "NCT90000996", "title": "Salt and pressure", "status": "enrolling-by-invitation"},
        ],
    },
    "details-short": {
        "id": "NCT90000405",
        "status": "not-yet-recruiting",
        "phases": ["early phase 1"],
        "sex": "male",
        "max_age": 65.0,
        "healthy_volunteers": False,
    },
    "table-full": {
        "id": "NCT90000505",
        "official_title": "A Randomised Study of a Chin Strap Against Snoring in Adults",
        "status": "withdrawn",
        "study_type": "interventional",
        "phases": ["phase 2", "phase 3"],
        "conditions": ["Snoring"],
        "sponsor": "Sleep House",
        "collaborators": ["Strap Works, Ltd.", "Night Clinic"],
        "enrollment": 1500,
        "sex": "female",
        "min_age": 18.0,
        "start": "2017-01",
        "summary": "Snoring disturbs sleep.\nA strap may help.",
        "interventions": [{"type": "device", "name": "Chin strap"}],
        "locations": [
            {"facility": "Sleep House", "city": "Duluth", "state": "Minnesota", "country": "United States"},
            {"facility": "Night Clinic", "city": "Laval", "country": "Canada"},
        ],
        "outcomes": [
            {"kind": "primary", "measure": "Nights without snoring", "time_frame": "8 weeks"},
            {"kind": "secondary", "measure": "Tiredness", "time_frame": "8 weeks"},
        ],
        "related": [
            {"id": "NCT90000995", "title": "Straps for Children", "status": "suspended", "phase": "early phase 1"},
            {
                "id": "NCT90000994",
                "title": "Straps and Pillows",
                "status": "recruiting",
                "phase": "phase 1/phase 2",
            },
        ],
    },
    "table-short": {
        "id": "official-title-table-Nose-Spray",
        "status": "enrolling-by-invitation",
        "conditions": ["Hay Fever"],
        "max_age": 18.0,
    },
}

ELIGIBILITY: dict[str, list[tuple[str, str]]] = {
    "medpath-several-sites": [
        (
            "inclusion",
            "* Wheezing on at least 3 days in the past month\n* PATIENT CHARACTERISTICS:\n\nSex:\n\n* Girls only\n\n"
            "Age:\n\n* 6 to 11",
        ),
        ("exclusion", "* Locations outside the county\n* Oral steroids within 4 weeks"),
    ],
    "medpath-other-registry": [
        ("inclusion", "Adults after hip replacement. Able to walk ten steps."),
        ("exclusion", "1. Revision surgery 2. Stroke within 6 months"),
    ],
    "veeva-two-arms": [
        ("inclusion", "  • Eczema for 1 year or longer"),
        ("exclusion", "  • Prior ombrelin"),
    ],
    "veeva-observational": [
        ("exclusion", "Inability to keep a diary"),
        ("inclusion", "Works at night on 4 or more nights a month"),
    ],
    "clinconnect-phase": [
        (
            "both",
            "  • Inclusion Criteria:\n  • Dialysis for 3 months or longer\nAbout 5 kg between two visits is allowed\n"
            "  • Exclusion Criteria:\n  • Iron deficiency (ferritin \\< 50 ng/mL)",
        )
    ],
    "details-short": [("both", "Inclusion Criteria:\n\n- Snoring")],
    "table-full": [
        (
            "both",
            "Inclusion Criteria:\n\n- Snores | loudly on 3 nights a week\n\nSex: any\n\nExclusion Criteria:\n\n"
            "- Country of birth unknown",
        )
    ],
    "table-short": [("both", "Inclusion Criteria: 1. Sneezing Exclusion Criteria: 1. Nose surgery")],
}


def _draft(page: str) -> Draft:
    reading = read_source((PAGES / f"{page}.txt").read_text(encoding="utf-8"), page, READ_ON)
    assert len(reading.drafts) == 1, reading.problems
    return reading.drafts[0]


@each_row("page", EXPECTED)
def test_the_record_holds_what_the_page_says(page: str) -> None:
    record = _draft(page).trial.plain()
    assert {key: record.get(key) for key in EXPECTED[page]} == EXPECTED[page]


@each_row("page", ELIGIBILITY)
def test_eligibility_text_is_kept_as_it_stands(page: str) -> None:
    assert [(section.kind, section.text) for section in _draft(page).eligibility] == ELIGIBILITY[page]


@each_row("page", EXPECTED)
def test_line_ends_and_a_byte_order_mark_change_nothing(page: str) -> None:
    text = (PAGES / f"{page}.txt").read_text(encoding="utf-8")
    windows = read_source("\ufeff" + text.replace("\n", "\r\n"), page, READ_ON).drafts[0]
    drafted = _draft(page)
    assert windows.eligibility == drafted.eligibility
    if drafted.trial.title or drafted.trial.id.startswith("NCT"):
        assert windows.trial.id == drafted.trial.id


def test_each_page_is_of_exactly_one_kind() -> None:
    for path in PAGES.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert sum(kind.recognise(text) for kind in KINDS) == 1, path.name


def test_the_source_is_noted() -> None:
    source = _draft("clinconnect-phase").trial.source
    assert source is not None
    assert (source.site, source.format, str(source.current_as_of)) == ("ClinConnect", "clinconnect-page", "2024-05-02")
    assert source.read == READ_ON
    assert source.digest is not None
    assert source.digest.startswith("sha256:")


@each_row(
    ("text", "kind"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("A letter about NCT01234567.\nInclusion Criteria:\n- Adults", "unknown-format"),
        ("<html><body>Status | Recruiting</body></html>", "unknown-format"),
    ],
)
def test_another_text_gives_one_problem(text: str, kind: str) -> None:
    reading = read_source(text, "letter.txt")
    assert not reading.drafts
    assert [(problem.file, problem.kind, problem.refused) for problem in reading.problems] == [
        ("letter.txt", kind, True)
    ]


def test_a_value_that_is_not_understood_is_said_with_its_place() -> None:
    text = (PAGES / "medpath-other-registry.txt").read_text(encoding="utf-8")
    problems = read_source(text, "page.txt").problems
    assert [(problem.place, problem.kind) for problem in problems] == [("line 14", "unread-value")]
    assert "Something new" in problems[0].message


def test_an_age_group_that_is_not_understood_is_said() -> None:
    text = (PAGES / "table-short.txt").read_text(encoding="utf-8").replace("up to 18 Years", "school children")
    reading = read_source(text, "page.txt")
    assert reading.drafts[0].trial.max_age is None
    assert [problem.kind for problem in reading.problems] == ["unread-value"]


def test_a_page_without_eligibility_says_so() -> None:
    text = (PAGES / "details-short.txt").read_text(encoding="utf-8").replace("Eligibility\nInclusion", "Inclusion")
    text = text.replace("Inclusion Criteria:\n\n- Snoring\n", "")
    assert [problem.kind for problem in read_source(text, "page.txt").problems] == ["missing"]


def test_cohorts_keep_their_headings() -> None:
    text = (PAGES / "veeva-observational.txt").read_text(encoding="utf-8")
    cohorts = "Inclusion criteria\n\nNurses\n\nInclusion criteria:\nA\nExclusion criteria:\nB\n\n"
    cohorts += "Doctors\n\nInclusion criteria:\nC\n"
    start, end = text.index("Exclusion criteria"), text.index("Trial contacts")
    sections = read_source(text[:start] + cohorts + text[end:], "page.txt").drafts[0].eligibility
    assert [section.kind for section in sections] == ["both"]
    assert "Doctors\n\nInclusion criteria:\nC" in sections[0].text
