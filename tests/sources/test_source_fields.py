"""Single values of a record in the wordings of several sites."""

from __future__ import annotations

from rows import each_row

from matcher.sources.clinical_trial_details import _outcomes
from matcher.sources.fields import (
    read_count,
    read_date,
    read_phases,
    read_sex,
    read_status,
    read_study_type,
    read_yes_no,
)
from matcher.sources.identifiers import made_up_id, registry_numbers
from matcher.sources.parts import read_intervention, read_place, split_names, split_run_together


@each_row(
    ("text", "status"),
    [
        ("Recruiting", "recruiting"),
        ("RECRUITING", "recruiting"),
        ("Enrolling", "recruiting"),
        ("Not yet recruiting", "not-yet-recruiting"),
        ("NOT_YET_RECRUITING", "not-yet-recruiting"),
        ("Begins enrollment in 2 months", "not-yet-recruiting"),
        ("Enrolling by invitation", "enrolling-by-invitation"),
        ("Invitation-only", "enrolling-by-invitation"),
        ("Active, not recruiting", "active-not-recruiting"),
        ("ACTIVE_NOT_RECRUITING", "active-not-recruiting"),
        ("Suspended", "suspended"),
        ("Terminated", "terminated"),
        ("Completed", "completed"),
        ("Withdrawn", "withdrawn"),
        ("Unknown status", "unknown"),
        ("Lupus Nephritis", None),
    ],
)
def test_status(text: str, status: str | None) -> None:
    assert read_status(text) == status


@each_row(
    ("text", "phases"),
    [
        ("Phase 4", ["phase 4"]),
        ("Phase 1/Phase 2", ["phase 1", "phase 2"]),
        ("Phase 1/2", ["phase 1", "phase 2"]),
        ("PHASE2|PHASE3", ["phase 2", "phase 3"]),
        ("Phase II/III", ["phase 2", "phase 3"]),
        ("Phase 2b", ["phase 2"]),
        ("Early Phase 1", ["early phase 1"]),
        ("EARLY_PHASE1", ["early phase 1"]),
        ("N/A", []),
        ("Not Applicable", []),
        ("A Phase 2 Study of Rest", None),
        ("Recruiting", None),
    ],
)
def test_phases(text: str, phases: list[str] | None) -> None:
    assert read_phases(text) == phases


@each_row(
    ("text", "day"),
    [
        ("October 3, 2020", "2020-10-03"),
        ("Oct 3, 2020", "2020-10-03"),
        ("3 October 2020", "2020-10-03"),
        ("January 2017", "2017-01"),
        ("Jul 01, 2022 (1 year and 9 months ago)", "2022-07-01"),
        ("December 31, 2024 (estimated)", "2024-12-31"),
        ("2019", "2019"),
        ("2019-04", "2019-04"),
        ("2019-04-30", "2019-04-30"),
        ("February 30, 2020", None),
        ("Not reported", None),
        ("soon", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert read_date(text) == day


@each_row(
    ("text", "count"),
    [("30", 30), ("1,200", 1200), ("2 patients", 2), ("1,024 estimated patients", 1024), ("many", None)],
)
def test_counts(text: str, count: int | None) -> None:
    assert read_count(text) == count


@each_row(
    ("text", "sex"),
    [("ALL", "all"), ("Both", "all"), ("Male, Female", "all"), ("Female", "female"), ("MALE", "male"), ("x", None)],
)
def test_sex(text: str, sex: str | None) -> None:
    assert read_sex(text) == sex


@each_row(
    ("text", "answer"),
    [
        ("No", False),
        ("No Healthy Volunteers", False),
        ("Accepts Healthy Volunteers", True),
        ("Yes", True),
        ("N/A", None),
    ],
)
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert read_yes_no(text) is answer


@each_row(
    ("text", "kind"),
    [
        ("INTERVENTIONAL", "interventional"),
        ("Observational [Patient Registry]", "observational"),
        ("EXPANDED_ACCESS", "expanded-access"),
        ("Survey", None),
    ],
)
def test_study_type(text: str, kind: str | None) -> None:
    assert read_study_type(text) == kind


def test_registry_numbers_are_found_once_and_whole() -> None:
    text = "NCT01234567, EUCTR2010-123456-12-GB; NCT01234567 and xNCT012345678"
    assert registry_numbers(text) == ["NCT01234567", "EUCTR2010-123456-12-GB"]


@each_row(
    ("title", "name"),
    [
        ("Nose Spray", "Site-Nose-Spray"),
        ("A/B Test: What? Works", "Site-A-B-Test-What-Works"),
        ("One two three four five six seven eight nine ten", "Site-One-two-three-four-five-six-seven-eight"),
        ("X" * 60, "Site-" + "X" * 39),
        ("", "Site-0123456789ab"),
        ("???", "Site-0123456789ab"),
    ],
)
def test_a_made_up_id_is_cut_at_a_word_and_safe_as_a_file_name(title: str, name: str) -> None:
    assert made_up_id("Site", title, "sha256:0123456789abcdef") == name


@each_row(
    ("text", "names"),
    [
        ("", []),
        ("A, B", ["A", "B"]),
        ("Cuff Makers, Inc., B", ["Cuff Makers, Inc.", "B"]),
        ("University of California, San Diego, B", ["University of California, San Diego", "B"]),
    ],
)
def test_organisations_keep_their_commas(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@each_row(
    ("text", "place"),
    [
        ("Beijing, China", ("Beijing", "", "China")),
        ("Boston, Massachusetts, United States", ("Boston", "Massachusetts", "United States")),
        ("Hanoi, , Vietnam", ("Hanoi", "", "Vietnam")),
        ("Seoul, Korea, Republic of", ("Seoul", "", "Korea, Republic of")),
        ("Singapore", ("", "", "Singapore")),
    ],
)
def test_places(text: str, place: tuple[str, str, str]) -> None:
    found = read_place(text)
    assert (found.city, found.state, found.country) == place


@each_row(
    ("line", "cut"),
    [
        ("Response of patients24 weeks", ("Response of patients", "24 weeks")),
        ("Change in scoreBaseline and week 12", ("Change in score", "Baseline and week 12")),
        ("Deaths\t1 year\tcounted", ("Deaths", "1 year")),
        ("A plain measure", None),
        ("HbA1c", None),
    ],
)
def test_a_glued_time_frame_is_cut_off(line: str, cut: tuple[str, str] | None) -> None:
    assert split_run_together(line) == cut


def test_an_intervention_without_a_type_is_a_name() -> None:
    assert read_intervention("Dietary Supplement: Zinc").type == "dietary supplement"
    assert read_intervention("Zinc: daily").name == "Zinc: daily"


@each_row(("line", "measure", "time_frame"), [
    ("Primary Pain score A scale of ten steps. week 12 and month 6", "Pain score A scale of ten steps.", "week 12 and month 6"),
    ("Primary Walking distance (six minutes). Up to 2 years", "Walking distance (six minutes).", "Up to 2 years"),
    ("Primary Pain score A scale. The higher the score after treatment the worse", "Pain score A scale. The higher the score after treatment the worse", ""),
    ("Primary Survival at 5 years", "Survival at 5 years", ""),
])
def test_a_time_behind_the_last_sentence_is_the_time_frame(line: str, measure: str, time_frame: str) -> None:
    assert [(one.measure, one.time_frame) for one in _outcomes([line])] == [(measure, time_frame)]
