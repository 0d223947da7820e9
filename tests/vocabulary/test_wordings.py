"""Wordings that say more than a name: what they are taken apart into, and what keeps them whole."""

from __future__ import annotations

from matcher.vocabulary import kinds_above, load, understood

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
    "post stroke depression": (),
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
    ("procedure", "PCI with stent"): ("percutaneous coronary intervention", "stenting"),
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
