"""Diseases of which nobody has two at a time: what is recorded of one is all there is of it."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.vocabulary import Vocabulary

_CANCER = "malignancy"
# Cancers at large, of several organs at once, or of which one may have several.
_AT_LARGE = frozenset((
    "malignancy", "solid tumor", "hematologic malignancy", "carcinoma", "adenocarcinoma", "squamous cell carcinoma", "sarcoma", "metastatic cancer", "advanced cancer", "skin cancer", "non-melanoma skin cancer",
    "basal cell carcinoma of skin", "squamous cell carcinoma of skin", "second primary malignancy", "gastrointestinal cancer", "gynecologic cancer", "genitourinary cancer", "head and neck cancer", "neuroendocrine tumor", "neuroendocrine carcinoma",
    "brain tumor", "central nervous system tumor", "endometrioid adenocarcinoma", "endometrioid carcinoma",
))  # fmt: skip
# Kinds of which a patient has one at a time.
_ONE_OF = (
    frozenset(("type 1 diabetes", "type 2 diabetes")), frozenset(("ulcerative colitis", "Crohn disease")), frozenset(("bipolar I disorder", "bipolar II disorder")),
    frozenset(("paroxysmal atrial fibrillation", "persistent atrial fibrillation", "permanent atrial fibrillation")),
    frozenset(("relapsing-remitting multiple sclerosis", "primary progressive multiple sclerosis", "secondary progressive multiple sclerosis")),
    frozenset(("beta thalassemia minor", "beta thalassemia intermedia", "beta thalassemia major")), frozenset(("beta thalassemia minor", "thalassemia major")),
    frozenset(("beta thalassemia minor", "transfusion-dependent beta thalassemia")),
)  # fmt: skip
_OF_ONE = frozenset[str]().union(*_ONE_OF)


@cache
def _table() -> dict[str, bool]:
    return {label: "".join(kinds) == "yes" for label, *kinds in table("once.tsv")}


def single(vocabulary: Vocabulary, have: Concept, asked: Concept) -> bool:
    """Whether a recorded disease is the only one of what is asked that a patient can have."""
    if have == asked and (asked.label in _table() or vocabulary.lifelong(asked)):
        return True
    if have != asked and vocabulary.relation(have, asked) is not Relation.NARROWER:
        return False
    return _table().get(asked.label, False) or _of_an_organ(vocabulary, asked)


def by_itself(vocabulary: Vocabulary, have: Concept) -> bool:
    """Whether a recorded name is that of a disease from its beginning on, and not of what comes of it later: a type 2 diabetes, and no ketoacidosis."""
    return have.label in _table() or _of_an_organ(vocabulary, have)


def _of_an_organ(vocabulary: Vocabulary, asked: Concept) -> bool:
    return asked.label not in _AT_LARGE and "metasta" not in asked.label and _CANCER in vocabulary.curated_above(asked)


def excluded_by(have: Concept, asked: Concept) -> bool:
    """Whether two diseases are kinds of one, of which a patient has one at a time: type 1 and type 2 diabetes."""
    return have.label in _OF_ONE and have != asked and any(have.label in kinds and asked.label in kinds for kinds in _ONE_OF)
