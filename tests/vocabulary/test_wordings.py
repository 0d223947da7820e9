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
}


def test_what_a_wording_is_a_kind_of() -> None:
    found = {wording: tuple(concept.label for concept in kinds_above(load(), "condition", wording)) for wording in KINDS}
    assert {wording: (found[wording], wanted) for wording, wanted in KINDS.items() if found[wording] != wanted} == {}


def test_several_drugs_in_one_wording_are_none() -> None:
    assert understood(load(), "treatment", "prednisone and azathioprine") == ()
    assert [one.label for one in understood(load(), "treatment", "oral prednisone tablet")] == ["prednisone"]
