"""What a name that is not understood may be, by its words: the fields it belongs to, and none besides."""

from __future__ import annotations

from matcher.matching import entries
from matcher.vocabulary import Concept, Told, Vocabulary, about, bounds, load, understood
from matcher.vocabulary.fields import fields

# Names, what they may be, and what they are not.
MAY_BE = {
    "poor dentition": ("dental caries|periodontitis|tooth loss", "type 1 diabetes|heart failure|lung cancer"),
    "bladder trabeculation": ("neurogenic bladder|urinary retention|genitourinary disease", "asthma|multiple myeloma|epilepsy"),
    "prostate nodule": ("prostate cancer|malignancy|benign prostatic hyperplasia", "asthma|HIV infection|schizophrenia"),
    "droopy eyelid": ("ptosis|eye disease", "heart failure|psoriasis|hepatitis C"),
    "weird swelling of the leg": ("", ""),
    "leg swelling, painless": ("edema|heart failure|lymphedema|deep vein thrombosis|malignancy", "asthma|schizophrenia"),
    "caregiver stress": ("depression|anxiety disorder|psychiatric disorder", "breast cancer|psoriasis|type 2 diabetes"),
    "white matter changes": ("multiple sclerosis|neurologic disease", "asthma|HIV infection"),
    "low magnesium": ("hypomagnesemia", "breast cancer|asthma|glaucoma"),
    "raised PSA": ("prostate cancer|prostatitis", "asthma|epilepsy|gout"),
    "hilar lymph nodes, enlarged": ("lymphoma|sarcoidosis|tuberculosis|lung cancer", "glaucoma|schizophrenia"),
    "trapped nerve in the wrist": ("peripheral neuropathy|carpal tunnel syndrome", "hepatitis B|asthma|psoriasis"),
    "gastric fundic gland lesions": ("gastric cancer|gastrointestinal disease", "glaucoma|schizophrenia|asthma"),
    "perirenal fluid collection": ("kidney disease|malignancy", "glaucoma|schizophrenia"),
    "tonsillolithiasis": ("tonsillitis", "glaucoma|type 1 diabetes"),
    "chickenpox as a child": ("varicella", "asthma|glaucoma|heart failure"),
    "trauma in childhood": ("post-traumatic stress disorder|injury", "asthma|hepatitis C"),
    # A name that says nothing of its place may be any disease of it, and so may be of any cause.
    "bowel trouble": ("malignancy|infection|colorectal cancer|autoimmune disease", "asthma|schizophrenia"),
    "skin condition": ("melanoma|malignancy|infection|autoimmune disease", "heart failure|epilepsy"),
    # One word that is not known leaves all open.
    "florbous dentition": ("", ""),
    "Richter thing of the tonsil": ("", ""),
    "severe": ("", ""),
    "problem": ("", ""),
}


def _open(told: Told, asked: Concept, vocabulary: Vocabulary) -> bool:
    class Holder:
        pass

    holder = Holder()
    holder.vocabulary = vocabulary  # type: ignore[attr-defined]
    return entries._may_tell(holder, told, asked)  # type: ignore[arg-type]


def test_what_a_name_may_be_by_its_words() -> None:
    vocabulary, wrong = load(), list[str]()
    for name, (may_be, is_not) in MAY_BE.items():
        if not may_be:
            wrong += [name] if not understood(vocabulary, "condition", name) and about(vocabulary, "condition", name) is not None else []
            continue
        told = fields(vocabulary, name)
        if told is None:
            wrong.append(f"{name}: not placed")
            continue
        for labels, wanted in ((may_be, True), (is_not, False)):
            for label in labels.split("|"):
                asked = vocabulary.condition(label)
                assert asked is not None, label
                if _open(told, asked, vocabulary) is not wanted:
                    wrong.append(f"{name}: {label} is {'closed' if wanted else 'open'}")
    assert wrong == []


def test_the_words_of_known_diseases_keep_open_what_they_are() -> None:
    """Of the curated names that are placed by their words alone, one in a hundred at most is closed to what it is, or is a kind of."""
    vocabulary, placed, closed = load(), 0, list[str]()
    for name, label in vocabulary.scanned()["condition"].items():
        concept = vocabulary.condition(label)
        told = fields(vocabulary, name, named=False)
        if told is None or concept is None or len(name) < 6:
            continue
        placed += 1
        above = filter(None, map(vocabulary.condition, (concept.label, *vocabulary.curated_above(concept))))
        closed += [name] if not all(_open(told, one, vocabulary) for one in above) else []
    assert placed > 300
    assert len(closed) <= placed // 100 + 1, closed


def test_a_disease_of_which_the_tables_say_little_is_bound_by_its_name() -> None:
    vocabulary, wrong = load(), list[str]()
    bound = {
        "retinal hemorrhage": ("eye disease|bleeding", "heart failure|asthma"),
        "colonic disorder": ("malignancy|colon cancer|infection", "asthma|epilepsy"),
        "encephalopathy": ("hepatic encephalopathy|brain disease", "breast cancer|asthma"),
        "brain lesion": ("multiple sclerosis|brain metastases", "asthma|psoriasis"),
    }
    for name, (may_be, is_not) in bound.items():
        condition = vocabulary.condition(name)
        told = None if condition is None else bounds(vocabulary, condition)
        assert told is not None, name
        for labels, wanted in ((may_be, True), (is_not, False)):
            asked = [(label, vocabulary.condition(label)) for label in labels.split("|")]
            wrong += [f"{name}: {label}" for label, one in asked if one is not None and _open(told, one, vocabulary) is not wanted]
    assert wrong == []
    assert all(bounds(vocabulary, one) is None for one in filter(None, map(vocabulary.condition, ("heart failure", "immune-mediated disease", "CADASIL"))))
