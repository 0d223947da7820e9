"""Likeness of spelling never joins two different known terms, and finds what is plainly a slip."""

from __future__ import annotations

import tracemalloc
from functools import cache

from forgetful import Forgetful
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.vocabulary.likeness import Spelling, guarded
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import load

DANGEROUS = {
    "condition": [
        ("hyperthyroidism", "hypothyroidism"), ("hypertension", "hypotension"), ("hyperkalemia", "hypokalemia"),
        ("hypernatremia", "hyponatremia"), ("hypercalcemia", "hypocalcemia"), ("hyperglycemia", "hypoglycemia"),
        ("hyperparathyroidism", "hypoparathyroidism"), ("hypermagnesemia", "hypomagnesemia"),
        ("hyperphosphatemia", "hypophosphatemia"), ("hypothermia", "hyperthermia"),
        ("type 1 diabetes", "type 2 diabetes"), ("type I diabetes", "type II diabetes"),
        ("diabetes mellitus", "diabetes insipidus"), ("small cell lung cancer", "non-small cell lung cancer"),
        ("hepatitis A", "hepatitis B"), ("hepatitis B", "hepatitis C"), ("hepatitis C", "hepatitis E"),
        ("acute hepatitis", "chronic hepatitis"), ("acute pancreatitis", "chronic pancreatitis"),
        ("acute myeloid leukemia", "chronic myeloid leukemia"), ("acute lymphocytic leukemia", "chronic lymphocytic leukemia"),
        ("chronic lymphocytic leukemia", "chronic myelocytic leukemia"), ("acute kidney failure", "chronic kidney failure"),
        ("hemophilia A", "hemophilia B"), ("thalassemia major", "thalassemia minor"), ("alpha thalassemia", "beta thalassemia"),
        ("migraine with aura", "migraine without aura"), ("Hodgkin lymphoma", "non-Hodgkin lymphoma"),
        ("B-cell lymphoma", "T-cell lymphoma"), ("systolic heart failure", "diastolic heart failure"),
        ("HER2-positive breast cancer", "HER2-negative breast cancer"), ("aortic stenosis", "mitral stenosis"),
        ("open-angle glaucoma", "closed-angle glaucoma"), ("wet macular degeneration", "dry macular degeneration"),
        ("thrombocytosis", "thrombocytopenia"), ("leukocytosis", "leukopenia"), ("arthritis", "arteritis"),
        ("primary hyperparathyroidism", "secondary hyperparathyroidism"), ("dysphagia", "dysphasia"),
        ("primary immunodeficiency", "secondary immunodeficiency"), ("hemorrhagic stroke", "ischemic stroke"),
        ("bacterial meningitis", "viral meningitis"), ("atrial fibrillation", "ventricular fibrillation"),
        ("protein C deficiency", "protein S deficiency"), ("factor VII deficiency", "factor VIII deficiency"),
        ("latent tuberculosis", "active tuberculosis"), ("nephrosis", "nephritis"), ("prostate cancer", "pancreas cancer"),
        ("ureteral cancer", "urethral stricture"), ("influenza A", "hepatitis A"), ("osteoarthritis", "rheumatoid arthritis"),
        ("compensated cirrhosis", "decompensated cirrhosis"), ("dermatomyositis", "polymyositis"),
        ("right heart failure", "left heart failure"), ("gastric ulcer", "gastric cancer"), ("osteomyelitis", "poliomyelitis"),
    ],
    "treatment": [
        ("hydroxyzine", "hydralazine"), ("prednisone", "prednisolone"), ("clonidine", "clonazepam"),
        ("prednisolone", "methylprednisolone"), ("chlorpromazine", "chlorpropamide"), ("cefoxitin", "cefotaxime"),
        ("cefuroxime", "cefotaxime"), ("vinblastine", "vincristine"), ("doxorubicin", "daunorubicin"),
        ("epirubicin", "idarubicin"), ("carboplatin", "cisplatin"), ("nifedipine", "nicardipine"), ("nicardipine", "nimodipine"),
        ("carbamazepine", "oxcarbazepine"), ("fluoxetine", "duloxetine"), ("fluoxetine", "paroxetine"),
        ("sulfasalazine", "sulfadiazine"), ("cyclosporine", "cycloserine"), ("penicillin", "penicillamine"),
        ("infliximab", "rituximab"), ("bupivacaine", "ropivacaine"), ("ephedrine", "epinephrine"),
        ("azathioprine", "azithromycin"), ("tramadol", "trazodone"), ("lamivudine", "lamotrigine"), ("quinine", "quinidine"),
        ("glipizide", "glyburide"), ("omeprazole", "esomeprazole"), ("cetirizine", "levocetirizine"),
        ("interferon alpha", "interferon beta"), ("ACE inhibitors", "JAK inhibitors"), ("PD-1 inhibitors", "PD-L1 inhibitors"),
        ("IL-6 inhibitors", "IL-17 inhibitors"), ("DPP-4 inhibitors", "CDK4/6 inhibitors"), ("tiagabine", "tizanidine"),
        ("strong CYP3A4 inhibitors", "strong CYP3A4 inducers"), ("strong CYP3A4 inhibitors", "moderate CYP3A4 inhibitors"),
        ("live vaccines", "inactivated vaccines"), ("chloroquine", "hydroxychloroquine"), ("tocilizumab", "tildrakizumab"),
    ],
    "procedure": [
        ("hemodialysis", "peritoneal dialysis"), ("major surgery", "minor surgery"), ("colostomy", "colectomy"),
        ("autologous stem cell transplant", "allogeneic stem cell transplant"), ("nephrectomy", "gastrectomy"),
        ("kidney biopsy", "liver biopsy"), ("lumpectomy", "mastectomy"), ("bronchoscopy", "colonoscopy"),
    ],
}  # fmt: skip
PAIRS = [(kind, *pair) for kind, pairs in DANGEROUS.items() for pair in (*pairs, *((b, a) for a, b in pairs))]


def test_the_list_of_dangerous_pairs_is_long_enough() -> None:
    assert len(PAIRS) / 2 >= 60


@each_row(("kind", "wording", "other"), PAIRS)
def test_no_likeness_joins_a_dangerous_pair(kind: str, wording: str, other: str) -> None:
    vocabulary = load()
    meant = getattr(vocabulary, kind)(other)
    assert getattr(vocabulary, kind)(wording) != meant or meant is None
    for offered in (vocabulary.similar(kind, wording), vocabulary.misspelt(kind, wording)):
        assert offered is None or offered != meant


@cache
def _spelling(kind: str) -> Forgetful:
    return Forgetful(kind)


@each_row(("kind", "wording", "other"), PAIRS)
def test_nor_when_the_wording_itself_is_unknown(kind: str, wording: str, other: str) -> None:
    """The guards alone must hold a pair apart, or each word must be known to the rest of the vocabulary."""
    words, spelling, meant = normal(wording), _spelling(kind), getattr(load(), kind)(other)
    same = load()._parts[kind].names.get(words)
    with spelling.without(same):
        offers = (spelling.similar(words), spelling.misspelt(words))
    assert meant is None or meant not in offers


@each_row(
    ("kind", "wording", "label"),
    [
        ("condition", "systemic lupus erytematosus", "systemic lupus erythematosus"),
        ("condition", "rheumatiod arthritis", "rheumatoid arthritis"),
        ("condition", "tuberculossis", "tuberculosis"),
        ("condition", "multiple sclerosys", "multiple sclerosis"),
        ("condition", "ulcerative collitis", "ulcerative colitis"),
        ("treatment", "hydroxychloroquin sulphat", None),
        ("treatment", "cyclophosphamde", "cyclophosphamide"),
        ("treatment", "mycophenolate mofetyl", "mycophenolate mofetil"),
        ("treatment", "azathioprene", "azathioprine"),
        ("treatment", "rituximag", None),  # cetuximab is three letters away
        ("treatment", "tacrolimis", "tacrolimus"),
        ("procedure", "hysterectmy", "hysterectomy"),
        ("treatment", "prednisine", None),  # prednisone is one letter away, prednisolone three
        ("condition", "hypothyrodism", None),  # hyperthyroidism is three letters away
        ("condition", "hepatitis Q", None),
        ("condition", "type 3 diabetes", None),
        ("condition", "stage IIV lung cancer", None),
        ("condition", "SLF", None),
        ("condition", "asthna", None),  # too short to be certain
        ("condition", "lupus nephritis", None),  # it resolves: nothing is misspelt
        ("condition", "splenectomy", None),  # it is a procedure
        ("condition", "temporal arthritis", None),  # arthritis is a word of its own
        ("condition", "dyspraxia of speech", None),
        ("treatment", "sulfasomething", None),
        ("treatment", "MS", None),
    ],
)
def test_misspelt(kind: str, wording: str, label: str | None) -> None:
    found = load().misspelt(kind, wording)
    assert (found.label if found else None) == label


@each_row(
    ("kind", "wording", "label"),
    [
        ("condition", "sytemic lupus erythematosis", "systemic lupus erythematosus"),
        ("condition", "hypothyrodism", "hypothyroidism"),
        ("condition", "rheumatoid artritis", "rheumatoid arthritis"),
        ("treatment", "mycofenolat mofetil", "mycophenolate mofetil"),
        ("treatment", "hydroxycloroquin", "hydroxychloroquine"),
        ("procedure", "kidney biopsie", "kidney biopsy"),
        ("condition", "hepatitis D2", None),
        ("condition", "lupus nephritis", None),
        ("condition", "completely other words", None),
        ("condition", "", None),
    ],
)
def test_similar(kind: str, wording: str, label: str | None) -> None:
    found = load().similar(kind, wording)
    assert (found.label if found else None) == label


@each_row(
    ("one", "other"),
    [
        ("type 1 diabetes", "type 2 diabetes"), ("hepatitis b", "hepatitis c"), ("class iii", "class iv"),
        ("hyperthyroidism", "hypothyroidism"), ("antithrombin", "thrombin"), ("non small cell", "small cell"),
        ("acute leukemia", "chronic leukemia"), ("symptomatic", "asymptomatic"), ("with aura", "without aura"),
    ],
)  # fmt: skip
def test_guards(one: str, other: str) -> None:
    assert guarded(tuple(one.split())) != guarded(tuple(other.split()))


@given(st.sampled_from(["condition", "treatment", "procedure"]), st.text(max_size=40))
def test_any_text_is_answered(kind: str, text: str) -> None:
    vocabulary = load()
    offered = (vocabulary.similar(kind, text), vocabulary.misspelt(kind, text))
    assert all(concept is None or concept.label for concept in offered)


names = st.sampled_from([(kind, name) for kind, part in load()._parts.items() for name in part.names])


@given(names)
def test_a_known_name_is_never_misspelt_nor_similar(known: tuple[str, tuple[str, ...]]) -> None:
    kind, name = known
    assert load().misspelt(kind, " ".join(name)) is None
    assert load().similar(kind, " ".join(name)) is None


@given(names, st.integers(0, 40), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_one_wrong_letter_never_leads_to_another_concept(known: tuple[str, tuple[str, ...]], at: int, letter: str) -> None:
    kind, name = known
    text = " ".join(name)
    typed = text[: at % len(text)] + letter + text[at % len(text) + 1 :]
    found = load().misspelt(kind, typed)
    assert found is None or found == load()._parts[kind].names[name] or typed.count(" ") != text.count(" ")


def test_comparing_takes_little_room() -> None:
    """The names are those of the vocabulary: no second copy of them is made when a name is first misspelt."""
    vocabulary = load()
    names = vocabulary._parts["treatment"].names
    tracemalloc.start()
    Spelling(names, vocabulary._is_word)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 * len(names.labels)
    assert sum(map(len, vocabulary._spelled)) < 1_500_000
