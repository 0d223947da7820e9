"""Headings over the rules of some people: what stands under them may be met, and keeps nobody out."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility
from matcher.reading.layout.headings_of_some import of_some

_OF_SOME = [
    "For the oldest infants:", "For PWG:", "In addition, for the lame:", "Healthy controls:", "Related donors:", "Parents:", "Dose expansion cohorts (phase 2):", "Part 2b (lame people only):", "Study-arm gout:", "Extension study 1:",
    "For the obese control group, the inclusion criteria are:", "FOR PEOPLE WITH GOUT, STROKE OR ASTHMA (COHORT A):", "To enter the training cohort a volunteer must:", "People in cohort 2 must have the following:",
    "Participants randomised to the walking programme must have:", "A) For the historical control group:", "Adolescents:", "Treatment naive patients:", "Outpatients:",
]
_OF_ALL = [
    "For all participants:", "For both cohorts:", "For this study:", "For inclusion:", "For the study eye:", "For example:", "Eastern Cooperative Oncology Group:", "Age group:", "WHO group 1 pulmonary hypertension:", "Screening phase:", "For registration:",
    "Any of the following drug groups:", "Unable to come to group sessions:", "For details see:", "Gout:", "Adequate organ function:", "In the last year:", "Part of the study:", "One of the following:", "For participants to be enrolled they must have:", "Age strata:",
]


def test_headings_of_some_are_known_from_those_of_everybody() -> None:
    assert [said for said in _OF_SOME if not of_some(said)] == []
    assert [said for said in _OF_ALL if of_some(said)] == []


@each_row(
    ("kind", "text", "expected"),
    [
        # paragraphs under a heading, to the next one of everybody
        ("inclusion", "Angina\n\nFor PWG:\n\nGout\n\nAsthma\n\nFor all people:\n\nStroke", ["angina pectoris", 'gout or unread "For PWG"', 'asthma or unread "For PWG"', "stroke"]),
        # lines without blank ones between them, to the next blank one
        ("inclusion", "Angina\n\nHealthy controls:\nGout\nAsthma\n\nStroke", ["angina pectoris", 'gout or unread "Healthy controls"', 'asthma or unread "Healthy controls"', "stroke"]),
        # bullets under a heading, to their end
        ("exclusion", "Dose expansion cohorts:\n\n- Gout\n- Asthma\n\nStroke", ['gout and unread "Dose expansion cohorts"', 'asthma and unread "Dose expansion cohorts"', "stroke"]),
        # a heading and the rules under it in one list
        ("inclusion", "- Stroke\n- For the lame among them:\n  - Gout\n  - Asthma", ["stroke", 'ambiguous (unread "For the lame among them: - Gout - Asthma"; ambiguous (ambiguous (gout and asthma; gout or asthma); statement "For the lame among them" and ambiguous (gout and asthma; gout or asthma)))']),
        # a name for people alone, over bullets, with a colon or without
        ("inclusion", "Angina\n\nAdolescents:\n\n- Gout", ["angina pectoris", 'gout or unread "Adolescents"']),
        ("inclusion", "Women\n\n- Gout\n\nPartners\n\n- Stroke", ['gout or unread "Women"', 'stroke or unread "Partners"']),
        ("inclusion", "Outpatients:\n\n- Gout\n\nBoth:\n\n- Stroke", ['gout or unread "Outpatients"', "stroke"]),
        # nobody is left whose rules they are not
        ("inclusion", "Patients:\n\n- Gout\n\n- Stroke", ["gout", "stroke"]),
        ("inclusion", "All patients:\n\n- Gout", ["gout"]),
        ("inclusion", "Healthy controls:\n\n- Gout\n- Asthma", ["gout", "asthma"]),
        ("inclusion", "For all patients:\n\n- Gout", ["gout"]),
    ],
)
def test_what_stands_under_them_keeps_nobody_out(kind: str, text: str, expected: list[str]) -> None:
    assert [one.check for one in read_eligibility([(kind, text)])] == expected


@each_row(
    ("text", "expected"),
    [
        ("Part A\n\n- Gout\n\nPart B\n\n- Stroke", [("Part A", "Gout"), ("Part B", "Stroke")]),
        ("Cohort 1 only\n\nInclusion Criteria:\n- Gout\n\nExclusion Criteria:\n- Asthma\n\nCohort 2\n\nInclusion Criteria:\n- Stroke", [("Cohort 1 only", "Gout"), ("Cohort 1 only", "Asthma"), ("Cohort 2", "Stroke")]),
        ("- Gout\n- Stroke as it is told in\n  part 2\n\nExclusion Criteria:\n- Asthma", [("", "Gout"), ("", "Stroke as it is told in part 2"), ("", "Asthma")]),
    ],
)
def test_a_part_is_named_on_a_line_alone(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.group, one.text) for one in read_eligibility([("both", text)])] == expected


@each_row(
    ("text", "theirs", "of_all"),
    [
        ("A. Patients with gout:\n- Stroke\nB. Healthy controls:\n- Asthma\nC. All participants:\n- Age 50-80", ["Stroke", "Asthma"], ["Age 50-80"]),
        ("Part 1 - Dose escalation\n- Stroke\nPart 2 - Dose expansion\n- Asthma", ["Stroke", "Asthma"], []),
        ("Phase A (healthy volunteers)\n- Stroke\nPhase B (patients with gout)\n- Asthma", ["Stroke", "Asthma"], []),
        ("Gout arm\n* Stroke\nPain and fever arm\n* Asthma\nBoth arms\n* ECOG 0-1", ["Stroke", "Asthma"], ["ECOG 0-1"]),
        ("Stage 1:\n* Stroke\n\nStage 2:\n* Asthma", ["Stroke", "Asthma"], []),
        ("Study 1:\n- Stroke\nStudy 2:\n- Asthma", ["Stroke", "Asthma"], []),
        ("PERSONS WITH GOUT\n* Stroke\nSUPPORT PERSONS\n* Asthma", ["Stroke", "Asthma"], []),
        ("i) Gout group\n- Stroke\nii) Healthy group\n- Asthma", ["Stroke", "Asthma"], []),
        ("Dose Escalation (Part A)\n* Stroke\nDose Expansion (Part B)\n* Asthma\nAll Parts\n* ECOG 0-1", ["Stroke", "Asthma"], ["ECOG 0-1"]),
        ("1. Stroke\n2. Patients with gout:\n- Asthma\n3. ECOG 0-1", [], ["Stroke", "ECOG 0-1"]),
        ("Stage IV disease\n- Asthma", [], ["Asthma"]),
    ],
)
def test_heads_without_a_colon_or_behind_a_letter_name_whose_the_lines_are(text: str, theirs: list[str], of_all: list[str]) -> None:
    found = {one.text: bool(one.group) or "or unread" in one.check for one in read_eligibility([("inclusion", text)])}
    assert [found[line] for line in (*theirs, *of_all)] == [True] * len(theirs) + [False] * len(of_all)


def test_criteria_told_by_their_numbers_are_not_asked_one_by_one() -> None:
    text = "Patients must fulfil criteria 1 and 2, or criterion 3:\n1. Age > 75\n2. Gout\n3. Previous stroke"
    assert all(one.check.startswith("ambiguous (unread") for one in read_eligibility([("inclusion", text)]))
    text = "Major criteria (1 required):\n- Gout\n- Asthma\nMinor criteria (2 required):\n- CRP > 50 mg/L\n- Heart rate > 100"
    assert not any(one.check.startswith(("C-reactive", "heart rate")) for one in read_eligibility([("inclusion", text)]))


@each_row(
    ("text", "opened"),
    [
        ("- One major or two minor criteria\n\nMajor\n\n- Gout\n\n- Stroke\n\nMinor\n\n- Age over 75\n\n- Diabetes", {"Gout", "Stroke", "Age over 75", "Diabetes"}),
        ("- Scurvy\n\nMinor criterion\n\n- Gout\n\nMajor criterion\n\n- Stroke\n\n- Signed informed consent\n\n- ECOG 0-1", {"Gout", "Stroke"}),
        ("- Scurvy\n\nMajor\n\n- Gout", set()),
        ("- Minor\n\n- Gout\n\n- Major depression", set()),
    ],
)
def test_grounds_of_two_weights_are_not_all_asked_for(text: str, opened: set[str]) -> None:
    assert {one.text for one in read_eligibility([("inclusion", text)]) if ' or unread "M' in one.check} == opened
