"""Criteria that open a list: what the first line and the members under it say together, and which lines are members."""

from __future__ import annotations

import pytest

from matcher.model.wording import wording
from matcher.reading import read_criterion, read_eligibility

INCLUSION, EXCLUSION = "inclusion", "exclusion"
JOINED = [
    (INCLUSION, "SLE with at least two of the following:\n- fever\n- proteinuria > 0.5 g/day\n- arthritis",
     "systemic lupus erythematosus and at least 2 of (fever; 24-hour urine protein > 0.5 g/day; arthritis)"),
    (INCLUSION, "Any of the following:\na. gout\nb. asthma; or\nc. stroke", "gout or asthma or stroke"),
    (INCLUSION, "Criteria:\n1. gout, or\n2. asthma, or\n3. stroke", "gout or asthma or stroke"),
    (INCLUSION, "Patients must have:\n- gout\n- asthma or stroke", "gout and (asthma or stroke)"),
    (INCLUSION, "Meets all of the following:\n- Any of:\n  - gout\n  - asthma\n- Age ≥ 21 years", "(gout or asthma) and age ≥ 21 years"),
    (EXCLUSION, "All of the following:\n- gout\n- asthma", "gout and asthma"),
    (INCLUSION, "Meets all these:\n- gout\n- ALT ≤ 2 × ULN OR\n- AST ≤ 2 × ULN", "gout and (ALT ≤ 2 × ULN or AST ≤ 2 × ULN)"),
    (INCLUSION, "Criteria:\n- gout;\n- asthma; or\n- stroke", "gout or asthma or stroke"),
    (EXCLUSION, "Any of these:\n- gout\n- asthma", "gout or asthma"),
]
PANELS = [
    (INCLUSION, "Hepatic:\n- Bilirubin ≤ 1.5 times ULN\n- AST ≤ 3 times ULN", "total bilirubin ≤ 1.5 × ULN and AST ≤ 3 × ULN"),
    (INCLUSION, "Biochemical values within the following limits: a) ALT ≤ 3 × ULN; b) total bilirubin ≤ 1.5 × ULN", "ALT ≤ 3 × ULN and total bilirubin ≤ 1.5 × ULN"),
    (INCLUSION, "Adequate organ function:\n- ANC ≥ 1400/mm3\n- AST ≤ 3 × ULN\n- If liver metastases: AST ≤ 6 × ULN",
     "neutrophils ≥ 1400 /µL and (AST ≤ 3 × ULN or liver metastases) and (when liver metastases then AST ≤ 6 × ULN)"),
    (INCLUSION, "Adequate organ function:\n- ALT ≤ 3 × ULN\n- For patients with liver metastases, ALT ≤ 6 × ULN\n- INR ≤ 1.4",
     "(ALT ≤ 3 × ULN or liver metastases) and (when liver metastases then ALT ≤ 6 × ULN) and INR ≤ 1.4"),
    (INCLUSION, "Adequate organ function:\n- ANC ≥ 1400/mm3\n- AST ≤ 3 × ULN\n- odd things at hand", 'neutrophils ≥ 1400 /µL and AST ≤ 3 × ULN and statement "odd things at hand"'),
    (EXCLUSION, "Abnormal laboratory values:\n- hemoglobin < 8 g/dL\n- ALT > 4 × ULN", "hemoglobin < 8 g/dL or ALT > 4 × ULN"),
    (EXCLUSION, "Clinically significant abnormal blood tests at screening:\n- INR > 2\n- platelets < 60,000/µL", "INR > 2 or platelets < 60000 /µL"),
    (EXCLUSION, "Abnormal laboratory values:\n- hemoglobin < 8 g/dL and\n- ALT > 4 × ULN",
     'ambiguous (unread "Abnormal laboratory values: - hemoglobin < 8 g/dL and - ALT > 4 × ULN"; hemoglobin < 8 g/dL; ALT > 4 × ULN)'),
    (EXCLUSION, "Abnormal history:\n- hemoglobin < 8 g/dL\n- ALT > 4 × ULN",
     'ambiguous (unread "Abnormal history: - hemoglobin < 8 g/dL - ALT > 4 × ULN"; hemoglobin < 8 g/dL; ALT > 4 × ULN)'),
]
HEADED = [
    (EXCLUSION, "History of any of the following:\n* stroke\n* myocardial infarction within 6 months",
     "history of stroke or history of myocardial infarction within 6 months"),
    (INCLUSION, "No history of any of the following:\n- stroke\n- epilepsy", "not (history of stroke or history of epilepsy)"),
    (EXCLUSION, "Allergy to any of the following:\n- penicillin\n- sulfonamides", "allergy to penicillins or allergy to sulfonamides"),
    (INCLUSION, "Adequate bone marrow function as defined by:\n- ANC ≥ 1.5 x 10^9/L\n- Hemoglobin ≥ 9 g/dL",
     "neutrophils ≥ 1.5 ×10⁹/L and hemoglobin ≥ 9 g/dL"),
    (EXCLUSION, "Heart disease, including:\n- NYHA class III or IV\n- myocardial infarction within 6 months",
     'heart disease or (("NYHA class" is III or IV) or myocardial infarction within 6 months)'),
    (INCLUSION, "No prior malignancy except:\n- Basal cell carcinoma\n- Carcinoma in situ of the cervix",
     "not past malignancy other than (basal cell carcinoma of skin; carcinoma in situ of cervix)"),
]
HEADED += [
    (EXCLUSION, "Use of any of the following medications within 30 days of screening:\n- warfarin\n- lithium", "use of warfarin within 30 days or use of lithium within 30 days"),
    (INCLUSION, "Presence of at least one of the following cardiovascular risk factors:\n1. gout\n2. total cholesterol > 200 mg/dL", "gout or total cholesterol > 200 mg/dL"),
    (INCLUSION, "Subjects must meet one of the following 3 diagnoses: a. gout; b. asthma; c. stroke", "gout or asthma or stroke"),
    (EXCLUSION, "Any of the following laboratory abnormalities at screening:\n- ALT > 3 × ULN\n- hemoglobin < 9 g/dL", "ALT > 3 × ULN or hemoglobin < 9 g/dL"),
]
HEADED += [
    (INCLUSION, "Must be 5 weeks since all of the following treatments:\n- interferon\n- radiotherapy", "not use of interferons within 34 days and not underwent radiotherapy within 34 days"),
    (INCLUSION, "At least 14 days must have elapsed since any of the following drugs:\n- warfarin;\n- rituximab", "not use of warfarin within 13 days and not use of rituximab within 13 days"),
    (INCLUSION, "More than 4 weeks since the last dose of:\n- methotrexate\n- adalimumab", "not use of methotrexate within 4 weeks and not use of adalimumab within 4 weeks"),
]
PLAIN = [
    (EXCLUSION, "Presence of any of the following ECG findings:\n  - long QT syndrome;\n  - QTc > 480 msec", "long QT syndrome or QTc > 480 ms"),
    (EXCLUSION, "Any of the following hematologic abnormalities:\n  - hemoglobin < 9 g/dL\n  - platelets < 100,000/mm3", "hemoglobin < 9 g/dL or platelets < 100000 /µL"),
    (EXCLUSION, "Subjects with one or more of these renal conditions will not be included in the study:\n  - gout\n  - asthma", "gout or asthma"),
    (EXCLUSION, "Any of the following endoscopy related exclusion criteria will exclude the subject:\n  - gout\n  - asthma", "gout or asthma"),
    (EXCLUSION, "Cardiac conditions as follows:\n  - stroke\n  - gout", "stroke or gout"),
    (EXCLUSION, "Had the following surgeries:\n  - organ transplant\n  - gastrectomy", "underwent organ transplant or underwent gastrectomy"),
    (EXCLUSION, "History of:\n  - gout\n  - stroke", "history of gout or history of stroke"),
    (EXCLUSION, "The subject has received:\n  - rituximab\n  - radiotherapy within 2 weeks", "any use of rituximab or underwent radiotherapy within 2 weeks"),
    (EXCLUSION, "Currently taking:\n  - warfarin\n  - phenytoin", "current use of warfarin or current use of phenytoin"),
    (INCLUSION, "No concurrent use of:\n  - warfarin\n  - phenytoin", "not (current use of warfarin or current use of phenytoin)"),
    (INCLUSION, "One or more of the following risk factors:\n  - gout\n  - LDL > 160 mg/dL", "gout or LDL cholesterol > 160 mg/dL"),
    (INCLUSION, "At least one cardiovascular risk factor:\n  - gout\n  - stroke", "gout or stroke"),
    (INCLUSION, "At least two of the following metabolic abnormalities:\n  - gout\n  - asthma\n  - stroke", "at least 2 of (gout; asthma; stroke)"),
    (EXCLUSION, "Contraindications to glucagon:\n  - insulinoma\n  - gout", '(allergy to glucagon or statement "contraindication to glucagon") or (insulinoma or gout)'),
    (EXCLUSION, "Prior radiotherapy:\n  - local radiotherapy within 2 weeks\n  - craniospinal radiotherapy within 3 months", "underwent radiotherapy that is local within 2 weeks or underwent craniospinal irradiation within 3 months"),
    (EXCLUSION, "HIV infection\n  - HIV testing is not required", "HIV infection"),
    (EXCLUSION, "Live vaccine within 30 days\n  - Note: inactivated influenza vaccine is allowed", 'use of live vaccines within 30 days unless unread "Note: inactivated influenza vaccine is allowed"'),
    (EXCLUSION, "Patients with both:\n* gout\n* asthma", "gout and asthma"),
    (EXCLUSION, "Presence of both:\n  * gout\n  * asthma", "gout and asthma"),
    (EXCLUSION, "Any patient with each of the following:\n  * gout\n  * asthma", "gout and asthma"),
    (EXCLUSION, "Any of the following conditions:\n  * gout\n  * asthma", "gout or asthma"),
    (EXCLUSION, "Immunosuppressants:\n  - azathioprine\n  - methotrexate", "ambiguous (use of azathioprine or use of methotrexate; use of immunosuppressants or (use of azathioprine or use of methotrexate); use of immunosuppressants and (use of azathioprine or use of methotrexate))"),
    # what says more is left as it is
    (EXCLUSION, "Any of the following, unless controlled:\n  - hypertension\n  - gout", 'unread "Any of the following, unless controlled: - hypertension - gout"'),
    (EXCLUSION, "Severe conditions as follows:\n  - hypertension\n  - gout", 'ambiguous (hypertension or gout; statement "Severe conditions as follows" or (hypertension or gout); statement "Severe conditions as follows" and (hypertension or gout))'),
    (EXCLUSION, "Patients with the following are not eligible unless treated:\n  - stroke\n  - gout", 'unread "Patients with the following are not eligible unless treated: - stroke - gout"'),
    (INCLUSION, "No known:\n  - gout\n  - stroke", "not (gout or stroke)"),
    (INCLUSION, "Without:\n- gout\n- lithium", "not (gout or use of lithium)"),
    (INCLUSION, "Patients without known:\n- gout\n- lithium", "not (gout or use of lithium)"),
    (EXCLUSION, "Patients without:\n- gout\n- lithium", 'ambiguous (unread "Patients without: - gout - lithium"; gout; use of lithium)'),
]
OPEN = [
    (EXCLUSION, "Any of the following uncontrolled conditions:\n- hypertension\n- gout",
     'ambiguous (hypertension or gout; statement "following uncontrolled conditions" or (hypertension or gout); '
     'statement "following uncontrolled conditions" and (hypertension or gout))'),
    (EXCLUSION, "Gout:\n- fever\n- patients with asthma are eligible", 'ambiguous (unread "Gout: - fever - patients with asthma are eligible"; gout)'),
    (INCLUSION, "Hypertension defined as either of the following:\n- systolic blood pressure > 140 mmHg\n- current use of lisinopril",
     "(systolic blood pressure > 140 mmHg or current use of lisinopril) and "
     "ambiguous (hypertension; systolic blood pressure > 140 mmHg or current use of lisinopril)"),
    (EXCLUSION, "Odd livers as shown by any of the following:\n- Bilirubin > 2 x ULN\n- INR > 1.4",
     '(total bilirubin > 2 × ULN or INR > 1.4) and ambiguous (statement "Odd livers"; total bilirubin > 2 × ULN or INR > 1.4)'),
    (EXCLUSION, "Other lasting liver diseases:\n1. Autoimmune hepatitis\n2. Odd plague", 'ambiguous (unread "Other lasting liver diseases"; liver disease) or (autoimmune hepatitis or ambiguous (unread "Odd plague"; plague))'),
    (EXCLUSION, "Severe liver diseases:\n1. Autoimmune hepatitis\n2. Odd plague", 'ambiguous (autoimmune hepatitis or ambiguous (unread "Odd plague"; plague); (liver disease that is severe) or (autoimmune hepatitis or ambiguous (unread "Odd plague"; plague)); liver disease that is severe and (autoimmune hepatitis or ambiguous (unread "Odd plague"; plague)))'),
    (INCLUSION, "Confirmed lymphoma\n- Low, middle or high odd grade\n- Odd spots on the skin", 'lymphoma and unread "- Low, middle or high odd grade - Odd spots on the skin"'),
    (INCLUSION, "Confirmed lymphoma\n- Stage II\n- no fever", 'lymphoma and unread "- Stage II - no fever"'),
    (INCLUSION, "At the time of entry, blood counts must meet these criteria:\n- Neutrophils ≥ 1200/mm3\n- Platelets ≥ 80,000/mm3", "neutrophils ≥ 1200 /µL and platelets ≥ 80000 /µL"),
    (INCLUSION, "Confirmed lymphoma\n- or odd spots on the skin", 'ambiguous (unread "Confirmed lymphoma - or odd spots on the skin"; lymphoma)'),
    (INCLUSION, "Confirmed lymphoma\n- Odd tumors of the skin allowed", 'lymphoma or unread "- Odd tumors of the skin allowed"'),
    (INCLUSION, "The following conditions are allowed:\n- Anemia\n- Fever", 'unread "The following conditions are allowed: - Anemia - Fever"'),
    (INCLUSION, "Asthma may be present if:\n- FEV1 > 80%\n- Age ≥ 21 years", 'ambiguous (unread "Asthma may be present if: - FEV1 > 80% - Age ≥ 21 years"; FEV1 % predicted > 80 %)'),
    (INCLUSION, "Joint trouble:\n- gout, or\n- arthritis, and\n- fever", 'ambiguous (unread "Joint trouble: - gout, or - arthritis, and - fever"; gout; arthritis; fever)'),
    (INCLUSION, "Time since the last treatment, at least three weeks:\n- interferon\n- rituximab", 'ambiguous (unread "Time since the last treatment, at least three weeks: - interferon - rituximab"; use of interferons; use of rituximab)'),
    (INCLUSION, "At least 5 weeks since the following:\n- mitomycin (7 weeks)\n- rituximab", 'ambiguous (unread "At least 5 weeks since the following: - mitomycin (7 weeks) - rituximab"; use of mitomycin and unread "(7 weeks)"; use of rituximab)'),
]


@pytest.mark.parametrize("rows", [JOINED, PANELS, HEADED, PLAIN, OPEN], ids=["joined", "panels of values", "with a line that says more", "under a plain line", "left open"])
def test_a_list_is_joined_as_its_first_line_says(rows: list[tuple[str, str, str]]) -> None:
    found = [(kind, text, wording(read_criterion(text, kind).check)) for kind, text, _ in rows]
    assert found == rows


LINES = [
    # members by the kind of their marks, and by numbers that begin again
    (INCLUSION, "1. Either of the following:\n- gout\n- asthma\n2. Age ≥ 21 years", ["gout or asthma", "age ≥ 21 years"]),
    (INCLUSION, "3. Any of the following:\n1. gout\n2. asthma\n4. Age ≥ 21 years", ["gout or asthma", "age ≥ 21 years"]),
    (INCLUSION, "At least one of the following:\n- gout\n- asthma", ["gout or asthma"]),
    # a line that asks for all, or excludes for any, leaves each member a criterion
    (INCLUSION, "Patients must meet all of the following criteria:\n- gout\n- asthma", ["gout", "asthma"]),
    (EXCLUSION, "Patients with any of the following will be excluded:\n- gout\n- asthma", ["gout", "asthma"]),
    (INCLUSION, "Adequate organ function as defined below:\n- ALT ≤ 3 × ULN\n- Age ≥ 21 years", ["ALT ≤ 3 × ULN", "age ≥ 21 years"]),
    # where the members end is not said: none of them is certain
    (INCLUSION, "- One of the following:\n- gout\n- asthma", ["", 'gout or unread "One of the following:"', 'asthma or unread "One of the following:"']),
    (EXCLUSION, "- All of the following:\n- gout\n- asthma", ["", 'gout and unread "All of the following:"', 'asthma and unread "All of the following:"']),
    (EXCLUSION, "- Treated gout is no reason provided that all of these hold:\n- no new gout\n- and no steroids", ['ambiguous (unread "Treated gout is no reason provided that all of these hold:"; gout that is treated)', 'ambiguous (unread "no new gout"; ambiguous (not gout that is new; gout that is new))', 'ambiguous (unread "and no steroids"; ambiguous (not use of glucocorticoids; use of glucocorticoids))']),
    (INCLUSION, "- Allergy to one of the following:\n- penicillin\n- latex", ["", 'ambiguous (unread "penicillin"; ambiguous (use of penicillins; statement "penicillin"))', 'statement "latex"']),
    (INCLUSION, "Prior illness is allowed as follows:\n\ngout\n\nasthma", ["", 'ambiguous (unread "gout"; gout)', 'ambiguous (unread "asthma"; asthma)']),
]


@pytest.mark.parametrize(("kind", "text", "expected"), LINES)
def test_members_of_a_list_are_told_from_criteria(kind: str, text: str, expected: list[str]) -> None:
    assert [one.check for one in read_eligibility([(kind, text)])] == expected


def test_a_line_that_only_announces_is_kept_as_a_note() -> None:
    first, second = read_eligibility([(INCLUSION, "Patients must have:\n- gout\n- asthma")])
    assert "Patients must have" in first.note
    assert second.text == "asthma"


@pytest.mark.parametrize("text", ["SLE with any of the following:\n- fever\n- arthritis", "No history of:\n- gout\n- asthma", "Gout, including:\n- tophi\n- fever"])
def test_every_leaf_of_a_list_has_its_place(text: str) -> None:
    for kind in (INCLUSION, EXCLUSION):
        read = read_criterion(text, kind)
        assert all(0 <= start <= end <= len(text) for start, end in read.spans)


def test_a_list_counted_in_romans_goes_on_behind_a_list_inside_it() -> None:
    text = "Not fit, by EITHER:\n\n1. gout OR\n\n2. age < 75 years with at least 1 of the following:\n\ni. ECOG 2 to 3.\n\nii. Lung disease, as shown by at least 1 of:\n\n1. asthma\n\n2. angina\n\niii. ALT > 3 x ULN.\n\nCreatinine clearance >= 30 mL/min."
    found = read_eligibility([("inclusion", text)])
    assert [one.check.startswith("ambiguous (unread") for one in found[1:]] == [True, True, True, False]


def test_what_a_head_says_of_its_examples_is_perhaps_said_of_each_line() -> None:
    text = "Uncontrolled illness including, but not limited to:\n- symptomatic heart failure\n- arrhythmia"
    assert wording(read_criterion(text, EXCLUSION).check).endswith("or ambiguous (arrhythmia; arrhythmia that is uncontrolled))")
