"""The tables of concepts: sound, complete enough, quick; and what wordings resolve to."""

from __future__ import annotations

import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from rows import each_row

from matcher.vocabulary.concepts import Part, table
from matcher.vocabulary.examinations import looked_at
from matcher.vocabulary.is_a import bare
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file
from matcher.vocabulary.vocabulary import load

PARTS = {
    "condition": Part("condition", (("conditions.tsv", "condition"),)),
    "treatment": Part("treatment", (("classes.tsv", "class"), ("drugs.tsv", "drug"), ("rare_drugs.tsv", "drug"))),
    "procedure": Part("procedure", (("procedures.tsv", "procedure"),)),
}
FLAGS = {"natural", "made", "ordinary", "special", "lifelong", "resolves", "transient", "manifestation", "event", "episodes", "apart", "partial", "open", "product", "widespread", "combined"}


@each_row("part", PARTS.values(), ids=PARTS)
def test_every_name_means_one_concept(part: Part) -> None:
    owners: dict[str, set[str]] = {}
    for row in part.rows.values():
        for name in row.names:
            owners.setdefault(name.lstrip("="), set()).add(row.concept.label)
    assert [(name, labels) for name, labels in owners.items() if len(labels) > 1] == []


@each_row("part", PARTS.values(), ids=PARTS)
def test_names_stand_in_normal_form_and_the_label_comes_first(part: Part) -> None:
    unlike = [name for row in part.rows.values() for name in row.names if " ".join(normal(name)) != name.lstrip("=")]
    unnamed = [label for label, row in part.rows.items() if row.names[0].lstrip("=") != " ".join(normal(label))]
    assert (unlike, unnamed) == ([], []), "run tools/tidy_names.py"


def test_tables_of_wordings_stand_in_normal_form() -> None:
    tool = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "tidy_names.py"))
    columns = {name: [line for line in data_file(name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"][1:] for name in tool["WORDED"]}
    untidy = [(name, line) for name, lines in columns.items() for line in lines if tool["tidy_wordings"](line, tool["WORDED"][name]) != line]
    untidy += [(name, line) for name in tool["WORDS"] for line in data_file(name).read_text(encoding="utf-8").split("\n") if tool["tidy_words"](line) != line]
    assert untidy == [], "run tools/tidy_names.py"


def test_words_of_examinations_stand_in_normal_form_and_are_letters_where_more_may_follow() -> None:
    names = [name for words, *_ in table("examinations.tsv") for name in words.split("|")]
    assert [name for name in names if not name.endswith("*") and " ".join(normal(name)) != name] == []
    assert [name for name in names if name.endswith("*") and not name[:-1].replace(" ", "").isalnum()] == []


def test_an_examination_tells_of_what_its_words_begin_with_and_a_site_only_beside_one() -> None:
    assert looked_at("Abdominal sonography") == looked_at("abdominal ultrasound")
    assert "kidney disease" in looked_at("renal biopsies")
    assert looked_at("repair of the knee") == ()
    assert "joint disease" in looked_at("MRI of the knee")
    assert not looked_at("notes of the adrenalin pump")


@each_row("part", PARTS.values(), ids=PARTS)
def test_every_parent_exists_and_none_is_its_own_ancestor(part: Part) -> None:
    for label, row in part.rows.items():
        assert all(parent in part.rows for parent in row.parents), label
        assert all(bare(maybe) in part.rows for maybe in row.may_be), label
        assert set(row.flags) <= FLAGS, label
        assert label not in part.is_a.above(label)


@each_row("part", PARTS.values(), ids=PARTS)
def test_nothing_is_both_certain_and_disputed(part: Part) -> None:
    for label, row in part.rows.items():
        settled = {label, *part.is_a.above(label)}
        assert not settled & {bare(maybe) for maybe in row.may_be if "*" not in maybe}, label


@each_row("part", PARTS.values(), ids=PARTS)
def test_labels_and_ids_are_unique_and_trimmed(part: Part) -> None:
    lines = [cells for name, _ in part._tables for cells in table(name)]
    assert len(lines) == len(part.rows) == len({row.concept.id for row in part.rows.values()})
    assert all(cell == cell.strip() and "||" not in cell for cells in lines for cell in cells)


def test_the_tables_are_large_enough() -> None:
    kinds = [row.concept.kind for part in PARTS.values() for row in part.rows.values()]
    assert kinds.count("condition") >= 450
    assert kinds.count("drug") >= 450
    assert kinds.count("class") >= 45
    assert kinds.count("procedure") >= 90


def test_every_class_names_its_source_or_says_that_it_is_open() -> None:
    sourced = sum(1 for cells in table("classes.tsv") if len(cells) == 6 and cells[5])
    assert sourced >= 45


def test_ambiguous_abbreviations_resolve_to_nothing() -> None:
    vocabulary = load()
    for abbreviation, _, _ in table("ambiguous.tsv"):
        resolved = (vocabulary.condition(abbreviation), vocabulary.treatment(abbreviation), vocabulary.procedure(abbreviation))
        assert resolved == (None, None, None) or abbreviation in {"PTX", "RT"}, abbreviation
        assert vocabulary.candidates(abbreviation)


def test_candidates() -> None:
    labels = {concept.label for concept in load().candidates("MS")}
    assert {"multiple sclerosis", "mitral stenosis"} <= labels
    assert load().candidates("lupus nephritis") == ()


@each_row(
    ("wording", "label"),
    [
        ("SLE", "systemic lupus erythematosus"),
        ("Systemic  Lupus Erythematosus", "systemic lupus erythematosus"),
        ("systemic lupus erythematosis", "systemic lupus erythematosus"),
        ("lupus glomerulonephritis", "lupus nephritis"),
        ("NPSLE", "neuropsychiatric lupus"),
        ("diffuse alveolar haemorrhage", "diffuse alveolar hemorrhage"),
        ("NSTEMI", "non-ST-elevation myocardial infarction"),
        ("HFrEF", "heart failure with reduced ejection fraction"),
        ("oedema", "edema"),
        ("Diabetic", "diabetes mellitus"),
        ("type II diabetes", "type 2 diabetes"),
        ("β-thalassaemia major", "beta thalassemia major"),
        ("Crohn's disease", "Crohn disease"),
        ("Sjogren's syndrome", "Sjögren syndrome"),
        ("HIV", "HIV infection"),
        ("Human Immunodeficiency Virus", "HIV infection"),
        ("sexually transmitted infections", "sexually transmitted infection"),
        ("CVID", "common variable immunodeficiency"),
        ("nonmelanoma skin cancer", "non-melanoma skin cancer"),
        ("carcinoma in situ of the cervix", "carcinoma in situ of cervix"),
        ("chronic obstructive pulmonary disease", "chronic obstructive pulmonary disease"),
        ("retrobulbar neuritis", "retrobulbar neuritis"),
        ("antisocial personality disorder", "antisocial personality disorder"),
        ("Arthritis, Rheumatoid", "rheumatoid arthritis"),
        ("Pulmonary Disease, Chronic Obstructive", "chronic obstructive pulmonary disease"),
        ("chronic obstructive pulmonary disease (COPD)", "chronic obstructive pulmonary disease"),
        ("lupus nephritis (class IV)", None),
        ("asthma, COPD", None),
        ("Essential hypertension (disorder)", "essential hypertension"),
        ("ALL", "acute lymphoblastic leukemia"),
        ("unheard-of disease", None),
    ],
)
def test_condition(wording: str, label: str | None) -> None:
    found = load().condition(wording)
    assert (found.label if found else None) == label


@each_row(
    ("wording", "label"),
    [
        ("MMF", "mycophenolate mofetil"),
        ("CellCept", "mycophenolate mofetil"),
        ("FK506", "tacrolimus"),
        ("Advagraf", "tacrolimus"),
        ("cyclosporin A", "cyclosporine"),
        ("CTX", "cyclophosphamide"),
        ("HCQ", "hydroxychloroquine"),
        ("IL-2", "aldesleukin"),
        ("Videx", "didanosine"),
        ("ddI", "didanosine"),
        ("Dovato", "dolutegravir/lamivudine"),
        ("Strong CYP3A4 inhibitors", "strong CYP3A4 inhibitors"),
        ("amide anaesthetics", "amide local anesthetics"),
        ("calcitonin gene-related peptide antibodies", "CGRP antibodies"),
        ("anti-TNF agents", "TNF inhibitors"),
        ("macrolide antibiotics", "macrolides"),
        ("statin therapy", "statins"),
        ("immunosuppressive drugs", "immunosuppressants"),
        ("paracetamol", "acetaminophen"),
        ("traditional Chinese herbs", "traditional Chinese herbal medicine"),
        ("chemotherapy", "cytotoxic chemotherapy"),
        ("vincristine sulfate", "vincristine"),
        ("Naltrexone (Revia)", "naltrexone"),
        ("naltrexone (prednisone)", None),
        ("potassium phosphate", None),
        ("prednisone 5 MG Oral Tablet", "prednisone"),
        ("24 HR metoprolol succinate 100 MG Extended Release Oral Tablet", "metoprolol"),
        ("prednisone 5 mg and azathioprine 50 mg", None),
        ("Acetaminophen 325 MG / Hydrocodone Bitartrate 7.5 MG Oral Tablet", None),
        ("radiotherapy", None),
        ("therapy", None),
    ],
)
def test_treatment(wording: str, label: str | None) -> None:
    found = load().treatment(wording)
    assert (found.label if found else None) == label


@each_row(
    ("wording", "label"),
    [
        ("renal biopsy", "kidney biopsy"),
        ("spinal puncture", "lumbar puncture"),
        ("chest radiograph", "chest X-ray"),
        ("HRCT", "high-resolution computed tomography"),
        ("gastric emptying scan", "gastric emptying scintigraphy"),
        ("bone marrow transplantation", "hematopoietic stem cell transplant"),
        ("radiation therapy", "radiotherapy"),
        ("haemodialysis", "hemodialysis"),
        ("PTCA", "coronary angioplasty"),
        ("plasma exchange", "plasmapheresis"),
    ],
)
def test_procedure(wording: str, label: str) -> None:
    found = load().procedure(wording)
    assert found is not None
    assert found.label == label


@each_row(
    ("drug", "milligrams"),
    [
        ("prednisone", 5), ("prednisolone", 5), ("methylprednisolone", 4), ("dexamethasone", "0.75"), ("hydrocortisone", 20),
        ("deflazacort", 6), ("betamethasone", "0.6"), ("triamcinolone", 4), ("cortisone", 25),
    ],
)  # fmt: skip
def test_glucocorticoid_equivalents(drug: str, milligrams: int | str) -> None:
    vocabulary = load()
    recorded, prednisone = vocabulary.treatment(drug), vocabulary.treatment("prednisone")
    assert recorded is not None
    assert prednisone is not None
    assert vocabulary.equivalent(recorded, prednisone) == 5 / Fraction(milligrams)


def test_no_equivalent_outside_the_table() -> None:
    vocabulary = load()
    tacrolimus, prednisone = vocabulary.treatment("tacrolimus"), vocabulary.treatment("prednisone")
    assert tacrolimus is not None
    assert prednisone is not None
    assert vocabulary.equivalent(tacrolimus, prednisone) is None


@each_row(
    ("wording", "lifelong"),
    [
        ("type 2 diabetes", True), ("HIV", True), ("SLE", True), ("COPD", True), ("cirrhosis", True), ("hemophilia A", True),
        ("lupus nephritis", False), ("diabetic ketoacidosis", False), ("pneumonia", False), ("breast cancer", False),
        ("myocardial infarction", False), ("steroid-induced diabetes", False), ("AIDS", True),
    ],
)  # fmt: skip
def test_lifelong(wording: str, lifelong: bool) -> None:
    concept = load().condition(wording)
    assert concept is not None
    assert load().lifelong(concept) is lifelong


def test_no_ordinary_word_is_looked_for_in_sentences() -> None:
    scanned = load().scanned()
    assert scanned["condition"]["lupus nephritis"] == "lupus nephritis"
    for word in ("all", "or", "as", "it", "may", "pet", "blind", "hrs", "art", "stress", "trauma"):
        assert not any(word in names for names in scanned.values())


def test_names_load_without_the_spelling_library() -> None:
    code = "import sys, matcher.vocabulary as v; v.load().condition('SLE'); sys.exit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent, check=False).returncode == 0
