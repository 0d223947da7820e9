"""Diseases that nobody is asked to have at once are alternatives; requirements beside each other stay requirements."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility


def _checks(text: str) -> list[str]:
    return [one.check for one in read_eligibility([("both", text)])]


@each_row(
    ("lines", "opened"),
    [
        # two cancers
        ("Participants with metastatic breast cancer\n- Participants with small cell lung cancer", {0, 1}),
        ("Histologically confirmed ovarian cancer\n- Age over 18 years\n- Melanoma", {0, 2}),
        ("Non-small cell lung cancer\n- Small cell lung cancer", {0, 1}),
        ("Patients with advanced NSCLC\n- Patients with recurrent TNBC who had up to 2 earlier lines of chemotherapy in the metastatic setting", {0, 1}),
        # diseases of one family
        ("Ulcerative colitis\n- Crohn disease", {0, 1}),
        ("Open-angle glaucoma\n- Angle-closure glaucoma\n- Age over 18 years", {0, 1}),
        # diseases under each other
        ("Asthma\n- Rheumatoid arthritis\n- Epilepsy", {0, 1, 2}),
        ("Asthma\n- Wandering knobbly osteopathy\n- Epilepsy", {0, 2}),
        # people who are the opposite of each other
        ("Pregnant women\n- Age over 18 years\n- Nonpregnant women", {0, 2}),
        ("Obese adults\n- Non-obese and odd adults", {0}),
        ("Pregnant women\n- Not allergic to eggs", set()),
        # of which one has one
        ("Type 2 diabetes\n- Prediabetes", {0, 1}),
        ("Diagnosis of ulcerative colitis by endoscopy\n- Diagnosis of Crohn disease by endoscopy", {0, 1}),
        ("Type 1 diabetes for at least 2 years\n- Type 2 diabetes for at least 2 years", {0, 1}),
        ("HFrEF confirmed by echocardiography in the past\n- HFpEF confirmed by echocardiography in the past\n- Age over 18 years", {0, 1}),
        # each with how active it is
        ("Acne and a DLQI above 10\n- Psoriasis and a PASI above 10\n- Age over 18 years", {0, 1}),
        ("Psoriasis and a PASI above 10\n- Gout", set()),
        # of either sex, and of one organ
        ("Men aged 40 to 80 years\n- Women after menopause", {0}),
        ("Men aged 40 to 80 years\n- Female partners who agree", set()),
        ("Kidney transplant recipients\n- Age over 18 years\n- Liver transplant recipients", {0, 2}),
        ("Kidney transplant recipients\n- Biopsy of the skin", set()),
        # each grave by itself
        ("COVID-19\n- Age over 18 years\n- Respiratory failure\n- Septic shock", {2, 3}),
        # keywords
        ("cataract\n- ocular_hypertension\n- Age over 18 years", {0, 1}),
        # what an operation is done for
        ("Rheumatoid arthritis\n- Correction of a deformity\n- Treatment of fractures of the humerus", {0, 2}),
        # requirements
        # a cancer beside others, though some of its line is in doubt
        ("Acute lymphoblastic leukemia beyond odd remission\n- Melanoma with odd outlook including myelofibrosis\n- Osteosarcoma", {0, 1, 2}),
        ("Healthy adults of 18 to 50 years\n- No gout", set()),
        ("Breast cancer\n- Brain metastases", set()),
        ("Breast cancer\n- Metastatic cancer\n- Adenocarcinoma", set()),
        ("HER2-negative breast cancer\n- Hormone receptor-positive breast cancer", set()),
        ("Multiple myeloma\n- Anemia", set()),
        ("Cirrhosis\n- Hepatocellular carcinoma", set()),
        ("Type 2 diabetes\n- Hypertension", set()),
        ("COVID-19\n- Respiratory failure", set()),
        ("Cataract\n- Ocular hypertension", set()),
        ("Asthma\n- Wandering for a week\n- Epilepsy", set()),
        ("Type 2 diabetes\n- No prediabetes", set()),
        ("Gout\n- Age over 18 years\n- Asthma\n- Consent\n- Epilepsy", set()),
        ("Melanoma\n- No lymphoma", set()),
        ("COPD\n- Stable COPD for 6 months\n- Chronic bronchitis that must be treated", set()),
        ("Rheumatoid arthritis\n- Arthritis of the hand", set()),
    ],
)
def test_unlike_diseases_are_alternatives(lines: str, opened: set[int]) -> None:
    text = f"Inclusion Criteria:\n\n- {lines}\n\nExclusion Criteria:\n\n- Scurvy"
    checks = _checks(text)
    said = [f'unread "{line}"' for line in lines.split("\n- ")]
    assert {place for place, words in enumerate(said) if checks[place].endswith(f" or {words}")} == opened


def test_unlike_diseases_all_exclude() -> None:
    assert _checks("Exclusion Criteria:\n\n- Melanoma\n- Sarcoma\n- Asthma\n- Epilepsy") == ["melanoma", "sarcoma", "asthma", "epilepsy"]


def test_healthy_people_beside_the_sick_of_one_group_are_alternatives() -> None:
    text = "Inclusion Criteria:\n\nPart I:\n\n- Healthy adults of 18 to 50 years\n\nPart II:\n\n- Healthy children of 6 to 17 years\n- Patients with gout\n- Patients with chronic lung disease"
    assert [' or unread "' in check for check in _checks(text)] == [False, True, True, True]
