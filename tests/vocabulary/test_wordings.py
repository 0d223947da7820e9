"""Wordings that say more than a name: what they are taken apart into, and what keeps them whole."""

from __future__ import annotations

from matcher.vocabulary import about, kinds_above, load, understood

KINDS = {
    "Stage IIIB Breast Cancer AJCC v7": ("breast cancer",),
    "Recurrent Adult Burkitt Lymphoma": ("Burkitt lymphoma",),
    "refractory multiple myeloma": ("multiple myeloma",),
    "Urothelial Carcinoma Recurrent": ("urothelial carcinoma",),
    "Alzheimer Disease, Early Onset": ("Alzheimer disease",),
    "Previously Untreated Childhood Rhabdomyosarcoma": ("rhabdomyosarcoma",),
    "hypertension with type 2 diabetes": ("hypertension", "type 2 diabetes"),
    "bilateral pitting edema of the legs": ("pitting edema",),
    "acute myeloid leukemia in remission": (),
    "suspected tuberculosis": (),
    "family history of breast cancer": (),
    "risk of stroke": (),
    "breast cancer prevention": (),
    "no hypertension": (),
    "diabetes without neuropathy": (),
    "breast cancer survivor": (),
    "pain related to endometriosis": (),
    "post partum mood swings": (),
    "COPD GOLD 3": ("chronic obstructive pulmonary disease",),
    "peripheral arterial disease, Fontaine IIb": ("peripheral arterial disease",),
    "Crohn's disease of the terminal ileum": ("Crohn disease",),
    "ischaemic stroke, left MCA": ("ischemic stroke",),
    "menopausal hot flushes": ("hot flashes",),
    "von Willebrand disease type 2A": ("von Willebrand disease",),
    "hepatorenal syndrome type 1": ("hepatorenal syndrome",),
    "exertional chest pain": ("chest pain",),
    "unknown type of anemia": (),
    "hernia surgery": (),
    "non-diabetic": (),
    "nonproductive cough": ("dry cough",),
    "HIV negative": (),
}
CLAUSES = {
    ("condition", "hypertension treated with ramipril"): ("hypertension",),
    ("condition", "end-stage renal disease on haemodialysis"): ("end-stage renal disease",),
    ("condition", "cirrhosis due to hepatitis C"): ("cirrhosis", "hepatitis C"),
    ("condition", "cirrhosis due to something strange"): (),
    ("condition", "penicillin allergy"): ("drug allergy",),
    ("condition", "stroke on the ward"): (),
    ("treatment", "lisinopril/HCTZ"): ("lisinopril", "hydrochlorothiazide"),
    ("treatment", "statins/fibrates"): (),
    ("treatment", "hydrocortisone cream"): ("hydrocortisone",),
    ("treatment", "semaglutide 1 mg weekly"): ("semaglutide",),
    ("procedure", "palliative radiotherapy to the pelvis"): ("palliative radiotherapy",),
    ("procedure", "PCI with stent"): ("coronary stent",),
    ("procedure", "PCI with two stents"): (),
}


def test_what_a_wording_with_a_clause_is() -> None:
    found = {(kind, wording): tuple(concept.label for concept in understood(load(), kind, wording)) for kind, wording in CLAUSES}
    assert {key: (found[key], wanted) for key, wanted in CLAUSES.items() if found[key] != wanted} == {}


def test_what_a_wording_is_a_kind_of() -> None:
    found = {wording: tuple(concept.label for concept in kinds_above(load(), "condition", wording)) for wording in KINDS}
    assert {wording: (found[wording], wanted) for wording, wanted in KINDS.items() if found[wording] != wanted} == {}


def test_several_drugs_in_one_wording_are_none() -> None:
    assert understood(load(), "treatment", "prednisone and azathioprine") == ()
    assert [one.label for one in understood(load(), "treatment", "oral prednisone tablet")] == ["prednisone"]


CHARTED = {
    ("condition", "breast CA, left, s/p lumpectomy"): ("breast cancer",),
    ("condition", "CHF, EF 35%"): ("heart failure",),
    ("condition", "DM2 w/ neuropathy"): ("type 2 diabetes", "peripheral neuropathy"),
    ("condition", "immune-mediated hypothyroidism"): ("hypothyroidism",),
    ("condition", "post-stroke depression"): ("post-stroke depression",),
    ("condition", "multidrug-resistant pulmonary tuberculosis"): ("pulmonary tuberculosis",),
    ("condition", "MRSA bacteremia"): ("MRSA infection", "bacteremia"),
    ("condition", "displaced fracture of the left distal tibia"): ("fracture",),
    ("condition", "something-induced hepatitis"): (),
    ("condition", "leukemia in remission on maintenance"): ("leukemia",),
    ("condition", "stroke, risk of"): (),
    ("condition", "breast cancer, mother"): (),
    ("condition", "asthma, ruled out"): (),
    ("condition", "exposure to tuberculosis"): (),
    ("condition", "E. coli"): (),
    ("condition", "non-diabetic"): (),
    ("condition", "viral cardiomyopathy"): ("cardiomyopathy",),
    ("condition", "hepatitis B, immune"): (),
    ("condition", "cirrhosis on transplant list"): (),
    ("condition", "Huntington's"): ("Huntington disease",),
    ("condition", "nondisplaced fracture of the radius"): ("fracture",),
    ("procedure", "lumpectomy + SLNB"): ("lumpectomy", "sentinel lymph node biopsy"),
    ("procedure", "R TKR"): ("total knee replacement",),
    ("treatment", "potassium chloride ER 20 mEq"): ("potassium chloride",),
    ("procedure", "lap chole"): ("laparoscopic cholecystectomy",),
    ("procedure", "craniotomy for meningioma"): ("craniotomy",),
    ("procedure", "nasogastric tube placement"): ("nasogastric tube",),
    ("procedure", "nasogastric tube removal"): (),
    ("procedure", "referral for hysterectomy"): (),
    ("treatment", "Lantus 20 units qHS"): ("insulin glargine",),
    ("treatment", "prednisone taper"): ("prednisone",),
    ("treatment", "prednisone, penicillin"): (),
}


def test_what_a_chart_writes() -> None:
    found = {(kind, wording): tuple(concept.label for concept in understood(load(), kind, wording)) for kind, wording in CHARTED}
    assert {key: (found[key], wanted) for key, wanted in CHARTED.items() if found[key] != wanted} == {}


def test_what_a_doubtful_name_is_about() -> None:
    told = {wording: {concept.label for concept, _ in about(load(), "condition", wording) or ()} for wording in ("suspected asthma", "possible AML", "family history of breast cancer", "s/p appendectomy", "complete remission", "foo bar")}
    assert told["suspected asthma"] == {"asthma"}
    assert told["possible AML"] == {"acute myeloid leukemia"}
    assert told["family history of breast cancer"] == {"breast cancer"}
    assert "appendicitis" in told["s/p appendectomy"]
    assert "malignancy" in told["complete remission"]
    assert about(load(), "condition", "foo bar") is None
