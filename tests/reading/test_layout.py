"""Eligibility text as it is laid out: headings, bullets, numbers, nested lists, notes, groups and hard-wrapped lines."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility
from matcher.reading.layout.laid_out import laid_out


def _laid(text: str, kind: str = "both") -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in read_eligibility([(kind, text)])]


HEADINGS = [
    ("Inclusion Criteria:\n\n* Gout\n\nExclusion Criteria:\n\n* Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("INCLUSION CRITERIA\n1. Gout\nEXCLUSION CRITERIA\n1. Epilepsy\n2. Stroke", [("I1", "Gout"), ("E1", "Epilepsy"), ("E2", "Stroke")]),
    ("Exclusion Criteria: Epilepsy", [("E1", "Epilepsy")]),
    ("Gout.\n\nKey Exclusion Criteria:\n- Epilepsy\n- Stroke", [("I1", "Gout."), ("E1", "Epilepsy"), ("E2", "Stroke")]),
    ("* Inclusion Criteria:\n* Gout\n* Exclusion Criteria:\n* Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion:\n- Gout\nExclusion:\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    *((f"Inclusion Criteria\n- Gout\n\n{head}\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]) for head in (
        "Exclusions:", "EXCLUSION", "Key exclusions:", "Criteria for exclusion:", "Reasons for exclusion:", "Ineligibility criteria", "Exclusion criteria include:",
        "The exclusion criteria are as follows:", "Exclusion Criteria -", "Exclusionary Criteria", "Exlcusion criteria:", "Exclusion_Criteria:", "Key Exclusion:",
        "Exclusion Crieria:", "Exclusion Criterias", "Critères d'exclusion:", "Criterios de exclusión:", "Who cannot take part:", "You cannot join if:", "Exclusion of:",
    )),
    *((f"Inclusion Criteria\n- Gout\n\n{head}\n- Epilepsy", [("I1", "Gout"), ("I2", "Epilepsy")]) for head in ("Eligibility criteria:", "PROTOCOL ENTRY CRITERIA:", "Iinclusion criteria:", "-", "lnclusion criteria:", "Inclusion Critiria:", "Who can take part:")),
    # headings with more behind them: a group, a bracket, an announcement
    *((f"Inclusion Criteria\n- Gout\n\n{head}\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]) for head in (
        "Exclusion Criteria include, but are not limited to, the following:", "Exclusion criteria.", "EXCLUSION CRITERIA [General study]", "Key Exclusion Criteria PHASE 1 and PHASE 2",
        "Exclusion Criteria Part B", "Exclusion Criteria Maintenance:", "Exclusion Criteria all subjects:", "Exclusion Criter ia:", "Patients will be excluded if they meet any of the following criteria:",
        "Subject Exclusion", "Ineligible Subjects:", "EXCLUSION CRITERIA - Patients with any one of the following conditions will be excluded:",
    )),
    ("Exclusion Criteria: Group A\n- Epilepsy\nInclusion Criteria Group B - Stroke\n- Gout", [("E1", "Epilepsy"), ("I1", "Gout")]),
    ("Inclusion Criteria\n- Gout\nExclusion Criteria Prior chemotherapy\n- Epilepsy", [("I1", "Gout"), ("E1", "Prior chemotherapy"), ("E2", "Epilepsy")]),
    ("Exclusion Criteria\n- Gout that meets the\n  inclusion criteria; new strokes\n- Epilepsy", [("E1", "Gout that meets the inclusion criteria; new strokes"), ("E2", "Epilepsy")]),
    ("Inclusion Criteria\n- Gout\n- Exclusion criteria no. 8 applies only to some\n- Stroke", [("I1", "Gout"), ("I2", "Exclusion criteria no. 8 applies only to some"), ("I3", "Stroke")]),
    ("Inclusion Criteria\n- Gout\n- Subjects will be excluded if:\n  - Epilepsy", [("I1", "Gout"), ("I2", "Subjects will be excluded if:\n  - Epilepsy")]),
    ("Inclusion Criteria\n- Gout so bad that it is a ground for\n  exclusion", [("I1", "Gout so bad that it is a ground for exclusion")]),
    ("Inclusion Criteria:\n\nExclusion Criteria:\n\n* Epilepsy", [("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n- Gout\nExclusion Criteria (any of the following):\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n\n- Gout\n\nCardiac Exclusion Criteria\n\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n- Gout\nKey exclusion criteria\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion criteria:\n- Gout\n\nNon-inclusion criteria:\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria\n- Gout\nCriteria for non inclusion:\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n- Gout\n- Meets no non-inclusion criteria\nExclusion Criteria:\n- Epilepsy", [("I1", "Gout"), ("I2", "Meets no non-inclusion criteria"), ("E1", "Epilepsy")]),
    ("Inclusion:\n- Gout\nNON-INCLUSION:\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n- Gout\nKey exclusion:\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria - Fanconi Cases\n- Gout\nExclusion Criteria - Fanconi Cases\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n- Gout\nExclusion Criteria - Stroke\n- Epilepsy", [("I1", "Gout"), ("E1", "Stroke"), ("E2", "Epilepsy")]),
    ("Inc Criteria:\n\n- Gout\n\nExc Criteria:\n\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria:\n\n- Uses a pill until the end of the study Exclusion Criteria\n\n- Epilepsy", [("I1", "Uses a pill until the end of the study"), ("E1", "Epilepsy")]),
    # a bullet that asks for what other lists say, or for a reason against an operation, turns nothing round
    *((f"Inclusion Criteria:\n- Stroke\n- {said}\n- Epilepsy\n\nExclusion Criteria:\n- Gout", [("I1", "Stroke"), ("I2", said), ("I3", "Epilepsy"), ("E1", "Gout")]) for said in (
        "Patients must meet all inclusion criteria and none of the exclusion criteria:", "Meets every one of the inclusion criteria and does not meet any of the exclusion criteria:",
        "Has fulfilled the inclusion criteria without any exclusion criteria:",
    )),
    ("Inclusion Criteria:\n- Stroke\n- Must have one of the following exclusion criteria for surgery:\n  - Epilepsy\n  - Gout\nExclusion Criteria:\n- Asthma", [("I1", "Stroke"), ("I2", "Must have one of the following exclusion criteria for surgery:\n  - Epilepsy\n  - Gout"), ("E1", "Asthma")]),
    ("Exclusion Criteria:\n1. Stroke\n2. Has any cardiac exclusion criteria:\n   - Epilepsy\n   - Gout\n3. Asthma", [("E1", "Stroke"), ("E2", "Has any cardiac exclusion criteria:\n   - Epilepsy\n   - Gout"), ("E3", "Asthma")]),
    ("Inclusion Criteria:\n- Stroke\n- Epilepsy with a life of years. Additional exclusion criteria for the main group:\n- Gout", [("I1", "Stroke"), ("I2", "Epilepsy with a life of years."), ("E1", "Gout")]),
    ("- Stroke\n- Subjects must NOT meet any of the following exclusion criteria:\n- Epilepsy", [("I1", "Stroke"), ("I2", "Subjects must NOT meet any of the following"), ("E1", "Epilepsy")]),
    ("Inclusion Criteria: Stroke. Exclusion Criteria: Gout. Additional Inclusion Criteria: Epilepsy. Other exclusion criteria: Asthma", [("I1", "Stroke."), ("E1", "Gout."), ("I2", "Epilepsy."), ("E2", "Asthma")]),
    # headings that say more, or say it otherwise
    *((f"Inclusion Criteria\n- Gout\n\n{head}\n\n- Epilepsy", [("I1", "Gout"), ("E1", "Epilepsy")]) for head in (
        "Exclusion Criteria(these are the general criteria; a longer list of them stands in\n  the protocol of our ward):", "EXCLUSION CRITERIA (any of the following) - PATIENT:", "Conditions for Patient Ineligibility (Exclusion)",
        "Conditions for participant ineligibility:", "[Exclusion Criteria]", "== EXCLUSION CRITERIA ====", "Exclusion criteria：", "Skin Graft Exclusion:", "The following exclusion criteria were chosen by the ward:",
        "For women in the foot cohort additional exclusion criteria are:", "Exclusion Criteria (first visit (\"V1\"):", "Non inclusion criteria for people with gout",
        "***Exclusion Criteria***", "Criteria for Exclusion of Subjects:", "Study Exclusion Criteria - participants are ineligible for the study if they:", "Exclusion Criteria odd spots statement", "Exclusion Part A: odd people",
        "Exclusion Criteria for Whatever May Keep Somebody from Taking All of the Tablets or from Coming to the Visits",
    )),
    *((f"Inclusion Criteria\n- Gout\n\n{head} Stroke or angina\n\n- Epilepsy", [("I1", "Gout"), ("E1", "Stroke or angina"), ("E2", "Epilepsy")]) for head in ("Exclusion", "Non-inclusion criteria")),
    ("Exclusion Criteria\n- Gout\n\nConditions for Patient Eligibility\n- Epilepsy", [("E1", "Gout"), ("I1", "Epilepsy")]),
    ("Inclusion Criteria\n- Gout\n- Epilepsy\n- Whoever has none of the following exclusion criteria may enter\n- Stroke", [("I1", "Gout"), ("I2", "Epilepsy"), ("I3", "Whoever has none of the following exclusion criteria may enter"), ("I4", "Stroke")]),
    # the words inside a sentence open no list, on its line or on the next
    *((f"Inclusion Criteria:\n- Gout\n\nExclusion Criteria:\n- Stroke\n- {said}\n- Epilepsy", [("I1", "Gout"), ("E1", "Stroke"), ("E2", " ".join(said.split())), ("E3", "Epilepsy")]) for said in (
        "Edema of any grade except for the platelet counts stated in the inclusion criteria:", "Whoever does not meet the inclusion criteria:", "Whoever does not meet those\n  inclusion criteria of our ward",
        "A hemoglobin below the limit that is given in our main\n  inclusion criteria", "A scar of the liver is not an\n  exclusion criterion for a visit", "Asthma (let in if they meet inclusion criteria\n  for COPD); never smoked:",
        "Laboratory values according to the inclusion criteria:",
    )),
    *((f"Exclusion Criteria:\n- Stroke\n\n{head}\n- Epilepsy", [("E1", "Stroke"), ("I1", "Epilepsy")]) for head in ("Additional inclusion criteria:", "Inclusion criteria:", "INCLUSION CRITERIA")),
    ("Exclusion Criteria:\n- Stroke\nAll of the others meet the following inclusion criteria:\n- Epilepsy", [("E1", "Stroke"), ("E2", "All of the others meet the following"), ("I1", "Epilepsy")]),
    ("Inclusion Criteria:\n- Gout and asthma in the same\nyear\nadditional\nexclusion criteria:\n- Epilepsy", [("I1", "Gout and asthma in the same year additional"), ("E1", "Epilepsy")]),
    (
        "Inclusion Criteria:\n\n- Gout\n- No drugs that are named in Exclusion Criteria\n- Asthma",
        [("I1", "Gout"), ("I2", "No drugs that are named in Exclusion Criteria"), ("I3", "Asthma")],
    ),
    ("Inclusion Criteria: 1. Gout. 2. Asthma. Exclusion Criteria: 1. Epilepsy.", [("I1", "Gout."), ("I2", "Asthma."), ("E1", "Epilepsy.")]),
]
BULLETS = [
    ("• Gout\n• Asthma", ["Gout", "Asthma"]),
    ("– Gout\n– Asthma", ["Gout", "Asthma"]),
    ("* Gout\n* Asthma", ["Gout", "Asthma"]),
    ("- Gout\n- Asthma", ["Gout", "Asthma"]),
    ("(1) Gout\n(2) Asthma", ["Gout", "Asthma"]),
    ("1) Gout\n2) Asthma", ["Gout", "Asthma"]),
    ("a) Gout\nb) Asthma", ["Gout", "Asthma"]),
    ("1. Gout 2. Asthma 3. Stroke", ["Gout", "Asthma", "Stroke"]),
    ("Gout\n\nAsthma\n\nEpilepsy", ["Gout", "Asthma", "Epilepsy"]),
    ("\r\n* Gout\r\n* Asthma\r\n", ["Gout", "Asthma"]),
]
CONTINUED = [
    ("* Gout\n* or asthma\n* Stroke", ["Gout or asthma", "Stroke"]),
    ("* Gout (by biopsy); or,\n* Asthma\n* Stroke", ["Gout (by biopsy); or, Asthma", "Stroke"]),
    ("* Gout; OR\n* asthma\n* Order of the day", ["Gout; OR asthma", "Order of the day"]),
    ("* Abnormal function of the\n* liver or kidney\n* Asthma", ["Abnormal function of the liver or kidney", "Asthma"]),
    ("* Gout OR\n* hyperuricemia\n* Deficiency of vitamin A\n* Asthma", ["Gout OR hyperuricemia", "Deficiency of vitamin A", "Asthma"]),
    ("Gout~Aged 18~65 years~Asthma OR~Stroke", ["Gout", "Aged 18~65 years", "Asthma OR Stroke"]),
    ("* Gout,\n* and hyperuricemia", ["Gout, and hyperuricemia"]),
    ("* Gout for at\n  least one year\n* Asthma", ["Gout for at least one year", "Asthma"]),
    (
        "Adults whose gout has lasted for at least twelve weeks and has been\ntreated in the last year without success.\nAsthma",
        ["Adults whose gout has lasted for at least twelve weeks and has been treated in the last year without success.", "Asthma"],
    ),
]


def test_what_is_asked_of_somebody_else_or_of_those_who_leave_is_not_certain() -> None:
    for head in ("Withdrawal criteria:", "Donor eligibility criteria:", "Stopping rules:", "Optional:", "Stratification factors:", "Preferred criteria:", "Ideal candidates will have:"):
        found = read_eligibility([("both", f"Inclusion Criteria\n- Gout\n\n{head}\n- Epilepsy")])
        assert [one.check for one in found] == ["gout", 'ambiguous (unread "Epilepsy"; epilepsy)'], head
    found = read_eligibility([("both", "Exclusion Criteria\n- Gout\n\nContraindications:\n- Epilepsy")])
    assert [one.check for one in found] == ["gout", "epilepsy"]


@each_row(("text", "expected"), HEADINGS)
def test_headings_part_what_is_asked_from_what_excludes(text: str, expected: list[tuple[str, str]]) -> None:
    assert _laid(text) == expected


@each_row(("text", "expected"), BULLETS)
def test_bullets_and_numbers_part_criteria(text: str, expected: list[str]) -> None:
    assert [found for _, found in _laid(text, "inclusion")] == expected


@each_row(("text", "expected"), CONTINUED)
def test_a_sentence_over_several_lines_is_one_criterion(text: str, expected: list[str]) -> None:
    assert [found for _, found in _laid(text, "exclusion")] == expected


@each_row(
    ("text", "first", "parts"),
    [
        ("* Gout\n  * with tophi\n  * for 2 years\n* Asthma", "Gout", ("with tophi", "for 2 years")),
        ("1. Any of these:\n   a. gout\n   b. asthma\n2. Stroke", "Any of these:", ("gout", "asthma")),
    ],
)
def test_a_nested_list_belongs_to_the_line_above(text: str, first: str, parts: tuple[str, ...]) -> None:
    criteria = _laid(text, "inclusion")
    assert len(criteria) == 2
    assert criteria[0][1].startswith(first)
    assert all(part in criteria[0][1] for part in parts)


@each_row(
    ("text", "expected"),
    [
        # a bracket alone ends the line above, or says whom the lines under a heading concern
        ("Hepatic:\n\n(for the arm with acarbose)\n\nNo history of gout", ['ambiguous (unread "No history of gout"; not history of gout)']),
        ("- Gout\n\nRenal:\n\n(unless due to the tumor)\n\n- Creatinine < 2 mg/dL", ["gout", 'ambiguous (unread "Creatinine < 2 mg/dL"; creatinine < 2 mg/dL)']),
        ("Hepatic:\n\n(all of these hold)\n\n- Gout", ["gout"]),
        ("- Gout\n- (see the protocol's list)\n- Asthma", ["gout", "asthma"]),
        ("- Gout\n- (acarbose and metformin)\n- Asthma", ['gout and unread "(acarbose and metformin)"', "asthma"]),
    ],
)
def test_a_bracket_alone_is_asked_of_nobody(text: str, expected: list[str]) -> None:
    assert [one.check for one in read_eligibility([("inclusion", text)])] == expected


@each_row(
    ("text", "expected"),
    [
        ("No use of drugs that harm the eye, such as: a) acarbose; b)\nMetformin; c) Colchicine\n\nGout", ["No use of drugs that harm the eye, such as: a) acarbose; b) Metformin; c) Colchicine", "Gout"]),
        ("None of these: a) gout;\nb) asthma;\nc) stroke\nEpilepsy", ["None of these: a) gout; b) asthma; c) stroke", "Epilepsy"]),
        ("No history of: 1) gout; 2) asthma;\n3) stroke", ["No history of: 1) gout; 2) asthma; 3) stroke"]),
        ("a) gout\nb) asthma", ["gout", "asthma"]),
        ("Gout, a) tophi\n\nb) asthma", ["Gout, a) tophi", "asthma"]),
    ],
)
def test_a_list_inside_a_line_goes_on_below(text: str, expected: list[str]) -> None:
    assert [found for _, found in _laid(text, "inclusion")][: len(expected)] == expected


def test_a_second_list_of_inclusions_may_be_that_of_the_exclusions() -> None:
    lists = "Inclusion Criteria:\n\n1. Gout\n2. Asthma\n\nInclusion Criteria:\n\n1. Epilepsy\n2. Stroke\n"
    assert [one.check for one in read_eligibility([("both", lists)])] == ["gout", "asthma", 'ambiguous (unread "Epilepsy"; epilepsy)', 'ambiguous (unread "Stroke"; stroke)']
    named = read_eligibility([("both", lists.replace("Criteria:\n\n1. Epi", "Criteria (second part):\n\n1. Epi"))])
    assert not any(one.check.startswith("ambiguous") for one in named)


@each_row(
    ("text", "expected"),
    [
        ("PATIENT CHARACTERISTICS: Age: 18 and over Other: No active infections Not HIV positive No gout", ["No active infections", "Not HIV positive", "No gout"]),
        ("PATIENT CHARACTERISTICS: Cardiovascular: No QTc prolongation No Prior stroke Neither Pleural effusion nor gout", ["No QTc prolongation", "No Prior stroke Neither Pleural effusion nor gout"]),
        ("DISEASE CHARACTERISTICS: Metastatic gout The following are not considered measurable: Bone lesions Ascites Pleural effusion Hormone receptor status: Known", ["Metastatic gout The following are not considered measurable: Bone lesions Ascites Pleural effusion", "Known"]),
        ("DISEASE CHARACTERISTICS: Known gout The following are not counted: Bone lesions Pleural effusion No stroke", ["Known gout The following are not counted: Bone lesions Pleural effusion", "No stroke"]),
        ("PATIENT CHARACTERISTICS: Renal: No failing kidney as shown by any of the following: Creatinine above 2 mg/dL Calcium above 12 mg/dL Not on dialysis Other: Fertile patients must use contraception", ["No failing kidney as shown by any of the following: Creatinine above 2 mg/dL Calcium above 12 mg/dL", "Not on dialysis", "Fertile patients must use contraception"]),
        ("DISEASE CHARACTERISTICS: Myeloma with one or more of these: one of the following signs: Hemoglobin below 9 g/dL Calcium above 12 mg/dL PATIENT CHARACTERISTICS: Renal: Creatinine below 2 mg/dL Calcium below 12 mg/dL", ["Myeloma with one or more of these: one of the following signs: Hemoglobin below 9 g/dL Calcium above 12 mg/dL", "Creatinine below 2 mg/dL", "Calcium below 12 mg/dL"]),
        ("PATIENT CHARACTERISTICS: Other: HIV positive Pleural effusion Not pregnant", ["HIV positive", "Pleural effusion", "Not pregnant"]),
        ("PRIOR CONCURRENT THERAPY: Other: No drugs that may cause QTc lengthening No gout", ["No drugs that may cause QTc lengthening", "No gout"]),
        ("PATIENT CHARACTERISTICS: Hepatic: Bilirubin normal if AST above normal Albumin normal", ["Bilirubin normal if AST above normal", "Albumin normal"]),
    ],
)
def test_a_run_on_text_is_not_cut_behind_what_denies(text: str, expected: list[str]) -> None:
    assert [found.removeprefix("Age: ") for _, found in _laid(text) if found != "Age: 18 and over"] == expected


@each_row("mark", ["Note: ", "NB: ", "* Note: ", "* NB: ", "Please note: "])
def test_a_note_belongs_to_the_criterion_above(mark: str) -> None:
    criteria = read_eligibility([("inclusion", f"* Gout\n{mark}chondrocalcinosis does not count\n* Asthma")])
    assert [one.text for one in criteria] == ["Gout", "Asthma"]
    assert "chondrocalcinosis does not count" in criteria[0].note


@each_row(
    "text",
    [
        "Lupus nephritis group:\n* Age ≥ 21 years\n* UPCR ≥ 1 g/g",
        "* Lupus nephritis group:\n  * Age ≥ 21 years\n  * UPCR ≥ 1 g/g",
        "For the lupus nephritis group:\n- Age ≥ 21 years\n- UPCR ≥ 1 g/g",
    ],
)
def test_a_group_scopes_what_stands_under_it(text: str) -> None:
    criteria = read_eligibility([("inclusion", text)])
    assert [one.text for one in criteria] == ["Age ≥ 21 years", "UPCR ≥ 1 g/g"]
    assert all("upus nephritis" in one.group for one in criteria)
    assert all(one.check.startswith("when lupus nephritis then ") for one in criteria)


@each_row(
    ("text", "groups"),
    [
        ("Inclusion Criteria (Cases):\n- gout\nExclusion Criteria (Cases):\n- asthma\nInclusion Criteria (Controls):\n- acne", ["Cases", "Cases", "Controls"]),
        ("Inclusion Criteria for patients:\n- gout\nInclusion criteria for caregivers:\n- asthma\nExclusion Criteria:\n- acne", ["patients", "caregivers", ""]),
        ("Case Inclusion Criteria:\n- gout\nControl Inclusion Criteria:\n- asthma", ["Case", "Control"]),
        ("Inclusion Criteria for all patients:\n- gout\nExclusion Criteria for patients:\n- asthma", ["", ""]),
        ("Inclusion Criteria for all participants:\n- gout\nInclusion Criteria for cases:\n- asthma\nInclusion Criteria for controls:\n- acne", ["", "cases", "controls"]),
        ("Inclusion Criteria for patients:\n- gout\nExclusion Criteria for MRI:\n- asthma", ["", ""]),
        # a disease beside people, however many lines each has
        ("Inclusion criteria - gout:\n- asthma\n- stroke\nInclusion criteria - acne:\n- scurvy\nInclusion criteria - controls:\n- no lung disease", ["gout", "gout", "acne", "controls"]),
        ("Inclusion Criteria for gout:\n- asthma\nInclusion Criteria for healthy volunteers:\n- no lung disease", ["gout", "healthy volunteers"]),
        ("Inclusion Criteria for screening:\n- asthma\nInclusion Criteria for patients:\n- stroke", ["", ""]),
    ],
)
def test_headings_of_different_people_make_groups(text: str, groups: list[str]) -> None:
    assert [one.group for one in read_eligibility([("both", text)])] == groups


@each_row("text", ["", "   \n\n  ", "Inclusion Criteria:"])
def test_nothing_gives_no_criterion(text: str) -> None:
    assert read_eligibility([("both", text)]) == []


def test_sections_number_on() -> None:
    criteria = read_eligibility([("inclusion", "* Gout"), ("exclusion", "* Epilepsy"), ("inclusion", "* Asthma")])
    assert [one.id for one in criteria] == ["I1", "E1", "I2"]


def test_a_choice_of_criteria_called_so_is_a_list_and_no_heading() -> None:
    members = "Inclusion Criteria\n- Adults\n- Must have {} of the following inclusion criteria:\n  - gout\n  - asthma\nExclusion Criteria\n- scurvy"
    for many, kept in (("at least 1", 1), ("any one", 1), ("two or more", 1), ("at least 2", 1)):
        found = read_eligibility([("both", members.format(many))])
        assert [one.kind for one in found] == ["inclusion", "inclusion", "exclusion"], many
        assert "gout" in found[kept].text, many
    headed = read_eligibility([("both", "Patients meet all of the following inclusion criteria:\n- gout\nAny of the following exclusion criteria:\n- scurvy")])
    assert [one.kind for one in headed if one.text in ("gout", "scurvy")] == ["inclusion", "exclusion"]


def test_any_of_a_nested_list_is_never_all_of_it() -> None:
    (criterion,) = read_eligibility([("inclusion", "1. Any of these:\n   a. gout\n   b. asthma")])
    assert criterion.check in ("", "gout or asthma")


RUN_ON = [
    (
        "PATIENT CHARACTERISTICS: Age: 18 and over Performance status: ECOG 0-2 Hepatic: Not specified Renal: Creatinine no greater than 1.5 mg/dL",
        ["Age: 18 and over", "Performance status: ECOG 0-2", "Creatinine no greater than 1.5 mg/dL"],
    ),
    (
        "DISEASE CHARACTERISTICS: Histologically confirmed melanoma No brain metastases PRIOR CONCURRENT THERAPY: "
        "Chemotherapy: At least 4 weeks since chemotherapy No concurrent chemotherapy Surgery: See Disease Characteristics",
        ["Histologically confirmed melanoma", "No brain metastases", "At least 4 weeks since chemotherapy", "No concurrent chemotherapy"],
    ),
    (
        "--Disease Characteristics--\n\n  -  Gout\n\n--Patient Characteristics--\n\nRenal: No kidney stones\n\nOther: No epilepsy Not pregnant",
        ["Gout", "No kidney stones", "No epilepsy", "Not pregnant"],
    ),
    ("PATIENT CHARACTERISTICS:\n\nAge:\n\n  -  18 and over\n\nSex:\n\n  -  Not specified\n\nHepatic:\n\n  -  Bilirubin less than 2.0 mg/dL", ["Age: 18 and over", "Bilirubin less than 2.0 mg/dL"]),
    # no sentence begins on a capital inside brackets, behind a joint, or in a text that has stops
    ("PATIENT CHARACTERISTICS: Other: No infection (fever Absolute or not) and No gout", ["No infection (fever Absolute or not) and No gout"]),
    ("Gout treated by Other clinics. No asthma", ["Gout treated by Other clinics. No asthma"]),
]


def test_headings_and_sentences_run_together_are_told_apart() -> None:
    found = [(text, [one.text for one in read_eligibility([("inclusion", text)])]) for text, _ in RUN_ON]
    assert found == RUN_ON


def test_a_heading_without_a_value_is_kept_as_a_note() -> None:
    (age,) = read_eligibility([("inclusion", "PATIENT CHARACTERISTICS: Age: 18 and over Menopausal status: Not specified")])
    assert "Menopausal status" in age.note
    assert "Not specified" in age.note


PERMITTED = [
    ("inclusion", "- No chemotherapy\n- Adjuvant chemotherapy allowed\n- Gout", [True, False, False]),
    ("exclusion", "- Melanoma\n- Patients with treated melanoma are eligible\n- Gout", [True, False, False]),
    ("inclusion", "- No surgery\n- Age ≥ 21 years\n- Surgery for hernia is permitted", [True, False, False]),
    # what is allowed is something else, or the line asks for something itself
    ("inclusion", "- No surgery\n- Hormonal therapy allowed", [False, False]),
    ("inclusion", "- No melanoma\n- No melanoma eligible for surgery", [False, False]),
    ("exclusion", "- Melanoma\n- Gout (melanoma is allowed)", [False, False]),
]


def test_a_line_below_that_allows_it_leaves_a_criterion_open() -> None:
    def opened(kind: str, text: str) -> list[bool]:
        return [one.check.startswith("ambiguous (unread") or " unless unread " in one.check or " or unread " in one.check for one in read_eligibility([(kind, text)])]

    found = [(kind, text, opened(kind, text)) for kind, text, _ in PERMITTED]
    assert found == PERMITTED


GROUPED = [
    ("- Cohort A only: gout\n- Asthma", [("gout", "Cohort A only"), ("Asthma", "")]),
    ("- For cohorts A and B: gout", [("gout", "For cohorts A and B")]),
    ("- ECOG 0-1 (Part 2 only)\n- Gout (group 1)", [("ECOG 0-1", "Part 2 only"), ("Gout", "group 1")]),
    ("- For Part B, gout\n- For the AML cohort, asthma", [("gout", "For Part B"), ("asthma", "For the AML cohort")]),
    ("Intervention group I (early):\n- gout\n- asthma", [("gout", "Intervention group I (early)"), ("asthma", "Intervention group I (early)")]),
    # no group is named: a body part, a stage, a panel of tests
    ("- No arm pain: gout", [("No arm pain: gout", "")]),
    ("- Small cell lung cancer (stage II)", [("Small cell lung cancer (stage II)", "")]),
    ("- Gout in part, asthma", [("Gout in part, asthma", "")]),
]


def test_groups_are_named_before_behind_and_above_their_rules() -> None:
    found = [(text, [(one.text, one.group) for one in read_eligibility([("inclusion", text)])]) for text, _ in GROUPED]
    assert found == GROUPED


UNDER_TIMES = [
    ("exclusion", "Any of the following within 9 months:\n\n- Stroke\n- Major surgery", ["stroke within 9 months", "underwent major surgery within 9 months"]),
    ("exclusion", "Excluded within 10 days prior to study entry:\n\n- Rifampin.", ["use of rifampin within 10 days"]),
    ("exclusion", "Within 2 months before screening:\n- Stroke\n- Prior warfarin", ["stroke within 2 months", "any use of warfarin"]),
    ("exclusion", "- Any of the following within 9 months:\n  - Stroke\n  - Major surgery", ["stroke within 9 months or underwent major surgery within 9 months"]),
    ("exclusion", "Concurrent Medication:\n\nExcluded:\n\n- Warfarin.", ["current use of warfarin"]),
    # heads at the depth of what they say it of, to the next
    ("exclusion", "- Excluded within 10 days of study entry:\n\n- Rifampin.\n\n- Dapsone.\n\n- Excluded within 2 months of study entry:\n\n- Ribavirin.", ["", "use of rifampin within 10 days", "use of dapsone within 10 days", "", "use of ribavirin within 2 months"]),
    ("exclusion", "- Excluded within 10 days of study entry:\n\n- Rifampin. Active gout.\n\nStroke", ["", '(use of rifampin or active gout) and unread "Excluded within 10 days of study entry"', "stroke"]),
    ("exclusion", "- Treatment within 3 weeks before the first dose with:\n- Warfarin\n- Is pregnant", ["", 'use of warfarin and unread "Treatment within 3 weeks before the first dose with"', "pregnant"]),
    ("exclusion", "- Any of the following diseases currently or within 3 weeks:\n- Gout", ["", "gout"]),
    ("exclusion", "For patients with gout\n\n- Asthma", ['asthma and unread "For patients with gout"']),
    ("exclusion", "For patients with gout:\n\n- HbA1c > 9%", ['HbA1c > 9 % and unread "For patients with gout"']),
    ("inclusion", "For all patients:\n- Asthma", ["asthma"]),
]


@each_row(("kind", "text", "checks"), UNDER_TIMES)
def test_a_heading_says_when_and_of_whom(kind: str, text: str, checks: list[str]) -> None:
    assert [one.check for one in read_eligibility([(kind, text)])] == checks


ANNOUNCED = [
    ("inclusion", "You may be eligible for this study if you:\n- Have gout\n- Are at least 30 years old", ["gout", "age ≥ 30 years"]),
    ("inclusion", "Participants are eligible to be included in the study only if all the following criteria apply:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("inclusion", "Key inclusion criteria include:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("exclusion", "Patients may not have any of the following diseases or symptoms:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("exclusion", "You cannot participate in this study if any of the following apply to you:\n1. Gout\n2. Asthma", ["gout", "asthma"]),
    # where a list ends is unclear until a line asks something of everybody
    ("inclusion", "- No odd disorder that worsens during or following therapy\n- Gout\n- Asthma", ['statement "No odd disorder that worsens during or following therapy"', "gout", "asthma"]),
    ("inclusion", "- No stroke following surgery\n- Gout", ['not stroke that is following surgery', "gout"]),
    ("inclusion", "- No more than one of the following diseases\n- Gout", ['statement "No more than one of the following diseases"', 'ambiguous (unread "Gout"; gout)']),
    ("exclusion", "Patients with any of the following were not enrolled:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("inclusion", "1. At least one of the following:\n2. Gout\n3. Patients must have an ECOG of 0-1\n4. Stroke",
     ["", 'gout or unread "At least one of the following:"', "ECOG performance status 0 to 1", "stroke"]),
    # examples of what excludes, in no state and at no time
    ("exclusion", "- Odd bowels that may hinder the uptake including, but not limited to:\n- Gout\n- Asthma", ["", "gout", "asthma"]),
    ("exclusion", "- Odd bowels that may hinder the uptake within 6 months such as:\n- Gout", ["", 'gout and unread "Odd bowels that may hinder the uptake within 6 months such as"']),
    # in order to be let in, or among those who are left out
    ("inclusion", "In order to be eligible to participate, a subject must meet all of the following criteria:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("inclusion", "Subjects must meet all of the following inclusion criteria to be eligible for this study:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("exclusion", "Patients with any of the following prior conditions are excluded:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("exclusion", "The presence of any of the following will mean participants are ineligible:\n- Gout\n- Asthma", ["gout", "asthma"]),
    ("inclusion", "To be eligible, patients must meet one of the following criteria:\n- Gout\n- Asthma", ["gout or asthma"]),
    # of some only, a choice, or all of them together
    ("inclusion", "Infants may be eligible for this study if they:\n- Have gout\n- Have asthma", [""]),
    ("inclusion", "Patients may be eligible if any of the following apply:\n- Gout\n- Asthma", ["gout or asthma"]),
    ("exclusion", "Patients may not be enrolled if both of the following are met:\n- Gout\n- Asthma", [""]),
]


@each_row(("kind", "text", "checks"), ANNOUNCED)
def test_a_line_that_only_announces_criteria_leaves_them_by_themselves(kind: str, text: str, checks: list[str]) -> None:
    assert [one.check for one in read_eligibility([(kind, text)])] == checks


def test_contraindications_are_exclusions() -> None:
    found = read_eligibility([("both", "Inclusion Criteria\n- Gout\n  Contraindications:\n- Epilepsy\n- Asthma")])
    assert [(one.kind, one.check) for one in found] == [("inclusion", "gout"), ("exclusion", "epilepsy"), ("exclusion", "asthma")]


def test_stops_for_line_ends_are_line_ends() -> None:
    found = read_eligibility([("both", "Inclusion:. * Gout.. * Age 18 years or more.. Exclusion:. * Epilepsy.. * Asthma")])
    assert [(one.kind, one.check) for one in found] == [("inclusion", "gout"), ("inclusion", "age ≥ 18 years"), ("exclusion", "epilepsy"), ("exclusion", "asthma")]


@each_row(
    ("kind", "text", "certain"),
    [
        ("inclusion", "- Creatinine ≤ 1.5 mg/dL OR.\n- Albumin ≥ 30 g/L\n- Gout", ["gout"]),
        ("inclusion", "- Stroke\n- Or epilepsy\n- Gout", ["gout"]),
        ("exclusion", "- Stroke\n- AND odd spells\n- Gout", ["statement \"odd spells\"", "gout"]),
        ("inclusion", "- Stroke\n- Epilepsy\n- of gout", ["stroke"]),
    ],
)
def test_neither_of_two_lines_that_an_or_joins_is_certain(kind: str, text: str, certain: list[str]) -> None:
    assert [one.check for one in read_eligibility([(kind, text)]) if one.check and not one.check.startswith("ambiguous") and " unread " not in one.check] == certain


@each_row(
    ("text", "checks"),
    [
        ("- Gout\n\nMedication:\n\nAllowed:\n\nGROUP 2:\n\n- Dapsone\n- Acyclovir", ["gout", "", 'ambiguous (unread "Dapsone"; ambiguous (use of dapsone; statement "Dapsone"))', 'ambiguous (unread "Acyclovir"; ambiguous (use of acyclovir; statement "Acyclovir"))']),
        ("- Drugs must be stable. They can be one to two out of:\n- Metformin\n- Acarbose", ["", 'ambiguous (unread "Metformin"; ambiguous (use of metformin; statement "Metformin"))', 'ambiguous (unread "Acarbose"; ambiguous (use of acarbose; statement "Acarbose"))']),
    ],
)
def test_what_may_be_taken_is_asked_of_nobody(text: str, checks: list[str]) -> None:
    assert [one.check for one in read_eligibility([("inclusion", text)])] == checks


@each_row(
    "text",
    [
        "Inclusion Criteria:\n- Gout\n- adults who have not been given any urate lowering drug (naive) Exclusion criteria\n\n- Epilepsy\n- Asthma",
        "Inclusion Criteria:\n- Gout\n- Women who agree to keep a diary of all attacks Exclusion Criteria:\n- Epilepsy\n- Asthma",
        "Inclusion Criteria:\n- Gout\n- Adults\n\n4.2 Exclusion Criteria Other Diseases\n- Epilepsy\n- Asthma",
        "Inclusion Criteria:\n- Gout\n- Adults\n\nExclusion criteria related to other diseases\n- Epilepsy\n- Asthma",
        "Gout.~Adults.~The exclusion criteria are the following:~Epilepsy~Asthma",
        "Study Inclusion Criteria.\n- Gout\n- Adults\n\nStudy Exclusion Criteria.\n- Epilepsy\n- Asthma",
    ],
)
def test_a_heading_at_the_end_of_a_line_of_a_topic_or_with_a_stop_is_one(text: str) -> None:
    found = [one for one in laid_out([("both", text)]) if one.text.strip(".") in ("Gout", "Epilepsy", "Asthma")]
    assert [(one.kind, one.text.strip(".")) for one in found] == [("inclusion", "Gout"), ("exclusion", "Epilepsy"), ("exclusion", "Asthma")]


@each_row(
    "text",
    [
        "Inclusion Criteria:\n- Gout\n\nControl group Exclusion Criteria:\n- Epilepsy",
        "Inclusion Criteria:\n- Gout\n- Patients who meet all of the inclusion and none of the Exclusion Criteria\n- Adults of any age",
    ],
)
def test_a_title_before_a_heading_and_a_sentence_about_one_stay_whole(text: str) -> None:
    found = [(one.kind, one.group, one.text) for one in laid_out([("both", text)])]
    assert found[1:] == ([("exclusion", "Control group", "Epilepsy")] if "Control" in text else [("inclusion", "", "Patients who meet all of the inclusion and none of the Exclusion Criteria"), ("inclusion", "", "Adults of any age")])


@each_row(
    ("text", "expected"),
    [
        ("- Anyone who cannot stop the drugs below for a month\n\nThe sponsor may ask for longer.\n\n- Colchicine\n- Colostomy\n- Pregnant women\n- Gout", ["use of colchicine and unread", "underwent colostomy and unread", "pregnant", "gout"]),
        ("- Any of the medicines listed below;\n- Colchicine\n- Colchicine within 4 weeks\n- Metformin", ["use of colchicine and unread", "use of colchicine within 4 weeks", "use of metformin"]),
        ("- Use of colchicine\n\nThe sponsor may ask for longer.\n\n- Colostomy", ["underwent colostomy"]),
    ],
)
def test_names_below_a_line_that_speaks_of_them_count_as_it_says(text: str, expected: list[str]) -> None:
    found = [one.check.split(' "')[0] for one in read_eligibility([("exclusion", text)])]
    assert [one for one in found if one in expected] == expected
