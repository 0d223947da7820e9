"""Members of a list of alternatives that stand beside its head, at the same depth, are not certain."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility

TEN = "\n- ".join(("Gout", "Asthma", "Epilepsy", "Stroke", "Psoriasis", "Scurvy", "Migraine", "Anemia", "Cirrhosis", "Pneumonia"))


def _certain(text: str) -> list[str]:
    return [one.text for one in read_eligibility([("inclusion", text)]) if one.check and not one.check.startswith("ambiguous (unread") and " or unread " not in one.check]


@each_row(
    ("text", "certain"),
    [
        # more is said of what is listed
        ("- Must have one of the following tumors, for which no other therapy is known\n- Melanoma\n- Gout", []),
        ("- At least one of the following reasons to begin therapy as defined by the guideline\n- Gout\n- Hemoglobin < 10 g/dL", []),
        ("- Patients need to have any of the following findings as documented by the physician\n- Asthma\n- Gout", []),
        # a list that goes on and only names things
        (f"- Any of the following:\n- {TEN}\n- Sinusitis\n- Eczema\n- Hemoglobin < 9 g/dL", []),
        (f"- Any of the following:\n- {TEN}\n- Age over 50 years\n- Eczema", ["Age over 50 years", "Eczema"]),
        # what a diagnosis is made up of
        ("Major criteria:\n\nGout\n\nAsthma\n\nMinor criteria:\n\nStroke", []),
        # two are asked for, what stands below is named, a sentence more stands behind, or it is told what counts
        ("- Two of the following three signs:\n- Melanoma\n- Gout", []),
        ("- Treated with at least one of the drugs listed below, at the dose that is shown\n- Gout\n- Asthma", ["Treated with at least one of the drugs listed below, at the dose that is shown"]),
        ("- Unfit for surgery, defined as meeting one of the following criteria. Note: the ward counts them\n- Gout\n- Asthma", []),
        ("- The following are considered mild:\n- Gout\n- Asthma", []),
        # a list that is counted in several ways, up to the next number of the one outside
        ("1. Stroke\n2. Must have at least one of the following:\n1. Fever\n2. One of these:\n- Gout\n- Asthma\niii. Epilepsy\niv. Warfarin at 5 mg/day\n3. Angina", ["Stroke", "Angina"]),
        ("1. Adults\n2. Normal labs:\n1. INR < 2\n- Gout\n3. Angina", ["Adults", "INR < 2", "Gout", "Angina"]),
        # the first line only opens the list, which has headings inside it; signs of a grave form, of which not all are there
        ("One or more of the following:\n\nGout\n\nEarlier trouble:\nAsthma\nEpilepsy", []),
        ("- Severe gout with the following signs:\n- Asthma\n- Platelets < 100", []),
        ("- Patients with the following criteria:\n- Asthma\n- Gout", ["Asthma", "Gout"]),
        # ways not to become pregnant, whatever opens their list
        ("- Sterile, who has had:\n- A hysterectomy\n- A bilateral tubal ligation\n- Is postmenopausal\n- Gout", ["Gout"]),
        ("- Uses one way of birth control\n- Intrauterine device\n- Condom with spermicide\n- Stroke", ["Uses one way of birth control", "Stroke"]),
        ("- Must use adequate contraception\n- Effective contraception", ["Must use adequate contraception", "Effective contraception"]),
        ("- Postmenopausal women\n- Breast cancer", ["Postmenopausal women", "Breast cancer"]),
        # the head is a group's
        ("Part 1: patients must have one of the following:\n\nNo stroke\n\nUntreated gout", []),
        # a list in the line itself, and a list of requirements
        ("- One of the following drugs to treat it, methotrexate or leflunomide\n- Gout", ["Gout"]),
        ("- All of the following:\n- Gout\n- Asthma", ["Gout", "Asthma"]),
        ("- Patients must have:\n- Gout\n- Asthma", ["Gout", "Asthma"]),
    ],
)
def test_members_beside_the_head_are_not_certain(text: str, certain: list[str]) -> None:
    assert [one for one in _certain(text) if "following" not in one] == certain


def test_additional_criteria_are_of_their_group() -> None:
    text = "Inclusion Criteria:\n\n- Stroke\n\nAdditional Inclusion Criteria (Asthma Arm)\n\n- Gout\n\nAdditional Inclusion Criteria (COPD Arm)\n\n- Scurvy"
    assert [(one.group, one.text) for one in read_eligibility([("both", text)])] == [("", "Stroke"), ("Asthma Arm", "Gout"), ("COPD Arm", "Scurvy")]


@each_row(
    ("text", "criteria"),
    [
        # a line that breaks off at a risk or an indication opens a list, of which nobody has all
        ("People with at least 3 risk factors for nausea\n\n- Gout\n- Stroke", 1),
        ("Women at risk of fracture because of\n\n- Gout\n- Stroke", 1),
        ("Increased risk of gout, that is\n\n- Stroke\n- Asthma", 1),
        ("Indications for surgery:\n\n- Gout\n- Stroke", 1),
        # a member of a list among others, and a whole sentence, open none
        ("- High risk of stroke\n- Gout\n- Asthma", 3),
        ("Asthma is a risk factor for stroke that must be treated\n\n- Gout\n- Stroke", 3),
    ],
)
def test_a_line_that_breaks_off_at_a_risk_opens_a_list(text: str, criteria: int) -> None:
    assert len(read_eligibility([("inclusion", text)])) == criteria


def test_a_second_list_of_what_keeps_out_under_the_same_heading_is_in_doubt() -> None:
    text = "Inclusion Criteria:\n\n- Aged over 18 years\n\nInclusion Criteria:\n\n- Active infection\n\n- Pregnant or nursing\n"
    checks = [one.check for one in read_eligibility([("both", text)])]
    assert checks[0] == "age > 18 years"
    assert all(check.startswith("ambiguous (unread") for check in checks[1:])
    text = "Inclusion Criteria:\n\n- Aged over 18 years\n\nInclusion Criteria:\n\n- Active infection\n\n- Hemoglobin > 9 g/dL\n"
    assert [one.check for one in read_eligibility([("both", text)])] == ["age > 18 years", "active infection", "hemoglobin > 9 g/dL"]


def test_paragraphs_under_what_is_allowed_are_asked_of_nobody() -> None:
    text = "Concurrent Medication:\n\nAllowed:\n\nWarfarin at home.\n\nTreatment of stroke with other drugs:\n\n - Aspirin.\n\nInsulin for up to 10 days.\n\nPatients must have:\n\n - Gout."
    found = {one.text: one.check for one in read_eligibility([("inclusion", text)])}
    assert all(found[said].startswith(("ambiguous (unread", "ambiguous (statement", "unread")) or not found[said] for said in ("Warfarin at home.", "Insulin for up to 10 days."))
    assert found["Gout."] == "gout"


@each_row(
    ("text", "certain"),
    [
        ("Severe systemic disease including:\n- Gout\n- Unstable angina\n- Stroke within 6 months", ["Unstable angina", "Stroke within 6 months"]),
        ("- Uncontrolled concurrent illness, such as any of the following:\n- Gout\n- Asthma\n- Pregnancy", ["Pregnancy"]),
        ("Any trouble that in the opinion of the investigator is too much, including but not limited to these:\n1. Gout\n2. Severe asthma", ["Severe asthma"]),
        ("1. Serious illness, for example:\n   a. Gout\n   b. Asthma\n2. Stroke", ["Stroke"]),
        ("Medical conditions including:\n- Gout\n- Asthma", ["Gout", "Asthma"]),
        ("Clinically significant disease, or a history of the following (including):\n- Gout\n- Asthma", ["Gout", "Asthma"]),
        ("Cardiovascular disease including any of the following:\n- Angina\n- Stroke", ["Angina", "Stroke"]),
    ],
)
def test_examples_under_a_head_that_grades_or_judges_are_not_certain(text: str, certain: list[str]) -> None:
    assert [one.text for one in read_eligibility([("exclusion", text)]) if one.check and "ambiguous" not in one.check and " and unread " not in one.check] == certain
