"""A line that names a group and whom it is of stands over the rules of that group."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility


@each_row(
    ("text", "expected"),
    [
        # paragraphs
        ("Consent\n\nCohort A: mBC\n\nGout\n\nStroke\n\nCohorts B and C: mPAC\n\n- Asthma", [("", "Consent"), ("Cohort A: mBC", "Gout"), ("Cohort A: mBC", "Stroke"), ("Cohorts B and C: mPAC", "Asthma")]),
        # bullets with the rules under them, or beside them
        ("- Part B: NSCLC\n  - Gout\n  - Stroke\n- Asthma", [("Part B: NSCLC", "Gout"), ("Part B: NSCLC", "Stroke"), ("", "Asthma")]),
        ("- Arm 1: Lung cancer\n- Gout\n- Arm 2: Healthy controls\n- Asthma\n- Stroke", [("Arm 1: Lung cancer", "Gout"), ("Arm 2: Healthy controls", "Asthma"), ("Arm 2: Healthy controls", "Stroke")]),
        ("- Group 1: Patients with psoriasis:\n- Gout", [("Group 1: Patients with psoriasis", "Gout")]),
        # rules of a group, and lists of groups
        ("- Part B: NSCLC\n- Gout", [("Part B", "NSCLC"), ("", "Gout")]),
        ("- Cohort A: Breast cancer\n- Cohort B: Lung cancer\n- Gout", [("Cohort A", "Breast cancer"), ("Cohort B", "Lung cancer"), ("", "Gout")]),
        ("- Part A: must have gout\n- Stroke\n- Part B: age 18 to 40 years\n- Asthma", [("Part A", "must have gout"), ("", "Stroke"), ("Part B", "age 18 to 40 years"), ("", "Asthma")]),
        ("- Arm 1: no stroke\n- Gout\n- Arm 2: previous stroke\n- Asthma", [("Arm 1", "no stroke"), ("", "Gout"), ("Arm 2", "previous stroke"), ("", "Asthma")]),
    ],
)
def test_a_title_is_of_the_lines_under_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.group, one.text) for one in read_eligibility([("inclusion", text)])] == expected


def test_what_a_group_may_not_have_stays_a_rule() -> None:
    found = read_eligibility([("exclusion", "- Part 1: Pregnancy\n- Gout\n- Part 2: Stroke\n- Asthma")])
    assert [(one.group, one.text) for one in found] == [("Part 1", "Pregnancy"), ("", "Gout"), ("Part 2", "Stroke"), ("", "Asthma")]
