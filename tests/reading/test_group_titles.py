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
        # names for people, over the rules of those people
        ("All subjects\n\n- Consent\n\nLame subjects (in addition)\n\n- Gout\n- Stroke\n\nHealthy subjects (in addition)\n\n- Asthma", [("", "All subjects"), ("", "Consent"), ("Lame subjects (in addition)", "Gout"), ("Lame subjects (in addition)", "Stroke"), ("Healthy subjects (in addition)", "Asthma")]),
        ("Healthy volunteers:\n\n- Consent\n\nPatients with gout:\n\n- Stroke", [("Healthy volunteers", "Consent"), ("Patients with gout", "Stroke")]),
        ("- For controls:\n  - Gout\n- For cases:\n  - Stroke", [("For controls", "Gout"), ("For cases", "Stroke")]),
        # one name alone, people of one sex, and a sentence are no groups
        ("Patients with gout:\n\n- Stroke\n- Asthma", [("", "Stroke"), ("", "Asthma")]),
        ("Female subjects:\n\n- Stroke\n\nMale subjects:\n\n- Asthma", [("", "Stroke"), ("", "Asthma")]),
        ("Healthy people must have:\n- Stroke\nSubjects who have gout:\n- Asthma", [("", "Healthy people must have:"), ("", "Stroke"), ("", "Subjects who have gout:"), ("", "Asthma")]),
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


@each_row(
    ("text", "expected"),
    [
        # a disease before both headings, for each of two diseases
        (
            "Gout Inclusion Criteria (patients):\n- Stroke\nGout Exclusion Criteria:\n- Asthma\nCrohn's Disease Inclusion criteria:\n- Epilepsy\nCrohn's Disease Exclusion Criteria (patients):\n- Angina",
            [("Gout", "I1", "Stroke"), ("Gout", "E1", "Asthma"), ("Crohn's Disease", "I2", "Epilepsy"), ("Crohn's Disease", "E2", "Angina")],
        ),
        # a name for people on the line before a heading
        (
            "Lame patients:\n\nInclusion Criteria:\n- Stroke\n\nExclusion Criteria:\n- Asthma\n\nHealthy controls:\n\nInclusion Criteria:\n- Consent\n\nExclusion Criteria:\n- Stroke",
            [("Lame patients", "I1", "Stroke"), ("Lame patients", "E1", "Asthma"), ("Healthy controls", "I2", "Consent"), ("Healthy controls", "E2", "Stroke")],
        ),
        ("Inclusion Criteria:\n- Stroke\nExclusion Criteria:\n- Asthma\n\nHealthy controls:\n\nExclusion Criteria:\n- Stroke", [("", "I1", "Stroke"), ("", "E1", "Asthma"), ("Healthy controls", "E2", "Stroke")]),
        ("Inclusion Criteria:\n- Lame patients\n\nExclusion Criteria:\n- Gout", [("", "I1", "Lame patients"), ("", "E1", "Gout")]),
        # the same without a colon, before lists of inclusions of each; a rule before the exclusions is none
        (
            "Lame participants\n\nInclusion Criteria:\n- Stroke\n\nExclusion Criteria:\n- Asthma\n\nSober participants\n\nInclusion Criteria:\n- Gout\n\nExclusion Criteria:\n- Angina",
            [("Lame participants", "I1", "Stroke"), ("Lame participants", "E1", "Asthma"), ("Sober participants", "I2", "Gout"), ("Sober participants", "E2", "Angina")],
        ),
        ("Inclusion Criteria:\n\nAdults\n\nLame patients\n\nExclusion Criteria:\n\nStroke", [("", "I1", "Adults"), ("", "I2", "Lame patients"), ("", "E1", "Stroke")]),
        # long titles of several people before the word
        (
            "Gout-associated Chronic Kidney Disease (GCKD) Inclusion Criteria\n\n- Stroke\n\nAcute Kidney Injury Subjects Inclusion Criteria\n\n- Asthma",
            [("Gout-associated Chronic Kidney Disease", "I1", "Stroke"), ("Acute Kidney Injury Subjects", "I2", "Asthma")],
        ),
        ("Clinical Inclusion Criteria\n\n- Stroke\n\nLaboratory Inclusion Criteria\n\n- Asthma", [("", "I1", "Stroke"), ("", "I2", "Asthma")]),
        # what one kind of criteria is about
        ("Inclusion Criteria:\n- Stroke\nCardiac Exclusion Criteria:\n- Asthma\nRenal Exclusion Criteria:\n- Angina", [("", "I1", "Stroke"), ("", "E1", "Asthma"), ("", "E2", "Angina")]),
        # examples of what keeps out stand under no group
        ("Exclusion Criteria:\n\nPatients with heart disease:\n\n- Angina\n\nPatients with lung disease:\n\n- Asthma", [("", "E1", "Angina"), ("", "E2", "Asthma")]),
    ],
)
def test_a_disease_before_both_headings_is_a_group(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.group, one.id, one.text) for one in read_eligibility([("both", text)])] == expected


@each_row(
    ("group", "scope"),
    [
        ("Patients with gout", "gout"),
        ("For gout or asthma patients", "gout or asthma"),
        ("Part B - Psoriasis Subjects", "psoriasis"),
        ("Healthy volunteers", ""),
        ("Patients with gout and hypertension", ""),
    ],
)
def test_the_rules_of_a_group_named_after_diseases_are_for_those_who_have_one(group: str, scope: str) -> None:
    text = f"{group}:\n\n- Stroke\n\nLame subjects:\n\n- Angina"
    found = read_eligibility([("inclusion", text)])
    assert (found[0].group, found[0].check) == (group, f"when {scope} then stroke" if scope else "stroke")


@each_row(
    ("text", "expected"),
    [
        # the one group that is named, or sub-studies only, are a part of those who take part
        ("- Angina\n\nGout - group:\n\n- Stroke", [("", "angina pectoris"), ("Gout - group", 'stroke or unread "Gout - group"')]),
        ("- Angina\n\nMRI substudy:\n\n- Gout", [("", "angina pectoris"), ("MRI substudy", 'gout or unread "MRI substudy"')]),
        ("- Angina\n\nExclusion Criteria for Part B:\n\n- Gout", [("", "angina pectoris"), ("for Part B", 'gout and unread "for Part B"')]),
        # together they are all
        ("- Angina\n\nPart A:\n\n- Gout\n\nPart B:\n\n- Stroke", [("", "angina pectoris"), ("Part A", "gout"), ("Part B", "stroke")]),
        ("Part A:\n\n- Gout", [("Part A", "gout")]),
        # what is excluded under a head among the inclusions
        ("- Angina\n\nExclusion of:\n\n- Gout", [("", "angina pectoris"), ("", "gout")]),
    ],
)
def test_a_failure_in_a_part_of_those_who_take_part_keeps_nobody_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.group, one.check) for one in read_eligibility([("both", f"Inclusion Criteria:\n\n{text}")])] == expected


def test_a_heading_names_its_group_beside_its_number_or_other_name() -> None:
    found = read_eligibility([("both", "Inclusion Criteria for patients with gout (n=20):\n- Stroke\nInclusion Criteria for healthy controls (n = 15):\n- Asthma")])
    assert [(one.group, one.text) for one in found] == [("patients with gout", "Stroke"), ("healthy controls", "Asthma")]
    text = "Inclusion Criteria - For the lean group with sound kidneys\n\n- Gout\n\nInclusion Criteria - For the obese group with sound kidneys (control group)\n\n- Asthma"
    found = read_eligibility([("both", text)])
    assert [(one.text, bool(one.group) or "or unread" in one.check) for one in found] == [("Gout", True), ("Asthma", True)]
