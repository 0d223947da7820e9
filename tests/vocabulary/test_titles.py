"""Names as a classification of diseases words them: what they are, and what those are about that name no disease."""

from __future__ import annotations

from matcher.vocabulary import about, load, understood

DISEASES = {
    "Essential (primary) hypertension": ("essential hypertension",),
    "Gastro-esophageal reflux disease without esophagitis": ("gastroesophageal reflux disease",),
    "Chronic systolic (congestive) heart failure": ("heart failure with reduced ejection fraction",),
    "Morbid (severe) obesity due to excess calories": ("morbid obesity",),
    "Migraine, unspecified, not intractable, without status migrainosus": ("migraine",),
    "Migraine with aura, not intractable, without status migrainosus": ("migraine with aura",),
    "Type 2 diabetes mellitus with foot ulcer": ("type 2 diabetes", "foot ulcer"),
    "Type 1 diabetes mellitus with other specified complication": ("type 1 diabetes",),
    "Other intervertebral disc degeneration, lumbar region": ("degenerative disc disease",),
    "Disorder of kidney and ureter, unspecified": ("kidney disease",),
    "Fracture of unspecified part of neck of right femur, subsequent encounter for closed fracture with routine healing": ("fracture",),
    "Personal history of other venous thrombosis and embolism": ("venous thrombosis", "embolism"),
    "Asymptomatic human immunodeficiency virus [HIV] infection status": ("HIV infection",),
    "Multiple myeloma not having achieved remission": ("multiple myeloma",),
    "Hodgkin lymphoma, unspecified, unspecified site": ("Hodgkin lymphoma",),
    "Malignant neoplasm of upper lobe, right bronchus or lung": ("lung cancer",),
    "Malignant neoplasm of head of pancreas": ("pancreatic cancer",),
    "Malignant neoplasm of overlapping sites of left female breast": ("breast cancer",),
    "Malignant neoplasm of a place nobody names": ("malignancy",),
    "Malignant neoplasm of connective and soft tissue of breast": ("malignancy",),
    "Secondary malignant neoplasm of brain": ("brain metastases",),
    "Secondary malignant neoplasm of the spleen": ("metastatic cancer",),
    "Neoplasm of uncertain behavior of skin": ("neoplasm",),
    "Neuromuscular dysfunction of bladder, unspecified": ("neurogenic bladder",),
    "Moderate persistent asthma with (acute) exacerbation": ("asthma exacerbation",),
    # A cause or part that is not known leaves the whole name open.
    "Polyneuropathy due to something unheard of": (),
    "Unspecified": (),
    "Other": (),
    # Nothing of these is a disease that the patient has.
    "Encounter for screening for malignant neoplasm of colon": (),
    "Family history of malignant neoplasm of breast": (),
    "Contact with and (suspected) exposure to COVID-19": (),
    "Acute myeloblastic leukemia, in remission": ("acute myeloid leukemia",),
    "Long term (current) use of insulin": (),
}
NOT_OF = {
    "Encounter for screening for malignant neoplasm of colon": ({"colon cancer"}, {"heart failure", "diabetes mellitus"}),
    "Family history of ischemic heart disease and other diseases of the circulatory system": ({"coronary artery disease"}, {"malignancy"}),
    "Contact with and (suspected) exposure to COVID-19": ({"COVID-19"}, {"malignancy"}),
    "Long term (current) use of insulin": ({"diabetes mellitus"}, {"heart failure"}),
    "Long term (current) use of anticoagulants": ({"atrial fibrillation", "thrombosis"}, {"diabetes mellitus"}),
    "Acquired absence of both cervix and uterus": ({"gynecologic disease", "malignancy"}, {"asthma"}),
    "Encounter for antineoplastic radiation therapy": ({"malignancy"}, {"asthma"}),
    "Body mass index [BMI] 40.0-44.9, adult": ({"obesity"}, {"malignancy"}),
    "Underdosing of antihypertensive": ({"hypertension"}, {"malignancy"}),
    "Problems related to living alone": (set[str](), {"malignancy"}),
    "Encounter for immunization": (set[str](), {"malignancy", "infection"}),
}
OPEN = ("Encounter for something unheard of", "Lack of coordination", "Problem related to breathing at altitude", "Long term (current) use of florbamine", "Family history of florbosis")


def test_what_the_title_of_a_disease_is() -> None:
    found = {wording: tuple(concept.label for concept in understood(load(), "condition", wording)) for wording in DISEASES}
    assert {wording: (found[wording], wanted) for wording, wanted in DISEASES.items() if found[wording] != wanted} == {}


def test_what_a_title_that_names_no_disease_is_about() -> None:
    for wording, (wanted, not_of) in NOT_OF.items():
        told = about(load(), "condition", wording)
        assert told is not None, wording
        labels = {concept.label for concept, _ in told}
        assert wanted <= labels, (wording, labels)
        assert not_of.isdisjoint(labels), (wording, labels)


def test_a_title_whose_rest_is_not_understood_stays_open() -> None:
    assert [wording for wording in OPEN if about(load(), "condition", wording) is not None] == []
