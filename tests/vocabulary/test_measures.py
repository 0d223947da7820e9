"""The table of measures: complete rows, names that never collide, and grades."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.vocabulary.grades import grade_span, points_span
from matcher.vocabulary.measures import (
    Measure,
    load_measures,
    measure_aliases,
    read_table,
    recorded_aliases,
    unit_rules,
)
from matcher.vocabulary.normal import normal, words
from matcher.vocabulary.unit_text import read_unit, unit_label

MEASURES = {measure.id: measure for measure in load_measures()}
ROWS = {row["id"]: row for row in read_table("measures.tsv")}
every_measure = each_row("measure", MEASURES.values(), ids=list(MEASURES))


def named(wording: str) -> str | None:
    return measure_aliases().get(normal(wording))


def test_the_table_is_large_enough() -> None:
    kinds = Counter(measure.kind for measure in MEASURES.values())
    assert len(MEASURES) == len(ROWS) >= 110
    assert kinds["score"] >= 25
    assert set(kinds) == {"lab", "vital", "biomarker", "score"}


def test_a_score_with_a_short_name_is_asked_for_as_a_score() -> None:
    bare = [one for one in MEASURES.values() if one.kind == "score" and one.answer == "number" and one.question == f"What is the {one.label}?"]
    assert {one.label for one in bare if one.label.split()[-1].isupper()} == {"HOMA-IR", "EuroSCORE II"}


@every_measure
def test_a_row_is_complete(measure: Measure) -> None:
    assert measure.label
    assert measure.question.endswith("?")
    assert measure.answer in {"number", "posneg", "word"}
    assert measure.low < measure.high
    assert ROWS[measure.id]["source"]
    assert (measure.answer == "word") == bool(measure.order)
    assert measure.shelf_days is None or measure.shelf_days > 0


@every_measure
def test_limits_and_bands_are_ordered_and_plausible(measure: Measure) -> None:
    rules = unit_rules(measure.id)
    assert rules is not None
    low, high = rules.usual
    assert measure.low <= low < high <= measure.high
    if rules.ordinary:
        assert low <= rules.ordinary[0] < rules.ordinary[1] <= high
    for limits in (measure.uln, measure.lln):
        if limits:
            assert measure.low <= limits[0] <= limits[1] <= measure.high
    if measure.uln and measure.lln:
        assert measure.lln[1] < measure.uln[0]


@every_measure
def test_units_are_known_and_in_their_one_spelling(measure: Measure) -> None:
    if measure.unit:
        assert read_unit(measure.unit)
        assert unit_label(measure.unit) == measure.unit
    rules = unit_rules(measure.id)
    assert rules is not None
    assert all(read_unit(unit) for unit in rules.offered[1:])


def test_no_name_belongs_to_two_measures() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for row in ROWS.values():
        for name in [row["label"], *filter(None, row["aliases"].split("|"))]:
            owners.setdefault(normal(name.lstrip("~")), set()).add(row["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}
    assert () not in owners
    assert not set(recorded_aliases()) & set(measure_aliases())


@every_measure
def test_a_label_names_its_measure(measure: Measure) -> None:
    assert named(measure.label) == measure.id


@each_row(
    ("wording", "measure"),
    [
        ("PLT", "platelets"), ("Platelet", "platelets"), ("thrombocytes", "platelets"), ("UPCR", "upcr"),
        ("leucocyte count", "wbc"), ("urine protein-to-creatinine ratio", "upcr"),
        ("protein/creatinine ratio", "upcr"), ("Systolic Blood Pressure", "systolic"), ("LVEF", "lvef"),
        ("HER2 IHC", "her2-ihc"), ("HER-2", "her2"), ("haemoglobin", "hemoglobin"), ("Hb", "hemoglobin"),
        ("absolute neutrophil count", "neutrophils"), ("ANC", "neutrophils"), ("SGPT", "alt"),
        ("aspartate aminotransferase", "ast"), ("γ-GT", "ggt"), ("serum total bilirubin", "total-bilirubin"),
        ("eGFR", "egfr"), ("CrCl", "creatinine-clearance"), ("HbA1c", "hba1c"), ("A1C", "hba1c"),
        ("glycosylated haemoglobin", "hba1c"), ("stimulated C-peptide", "stimulated-c-peptide"),
        ("FPG", "fasting-glucose"), ("LDL-C", "ldl"), ("CD4+ T-cell count", "cd4"), ("HIV-1 RNA", "hiv-rna"),
        ("HIV viral load", "hiv-rna"), ("anti-HCV", "anti-hcv"), ("HBsAg", "hbsag"), ("anti-dsDNA", "anti-dsdna"),
        ("24-hour urine protein", "urine-protein-24h"), ("proteinuria", "urine-protein-24h"), ("SLEDAI", "sledai"),
        ("SLEDAI-2K", "sledai"), ("ECOG PS", "ecog"), ("NYHA", "nyha"), ("ASA physical status", "asa"),
        ("Child-Pugh class", "child-pugh"), ("EDSS", "edss"), ("PASI", "pasi"), ("BMI", "bmi"),
        ("ankle-brachial index", "abi"), ("FEV1", "fev1-percent"), ("MCV", "mcv"), ("PSA", "psa"),
        ("total testosterone", "testosterone"), ("serum creatinine", "creatinine"), ("NT-proBNP", "nt-probnp"),
        ("QTcF", "qtcf"), ("SpO2", "spo2"), ("body weight", "weight"), ("25(OH)D", "vitamin-d"), ("mRS", "mrs"),
        ("urine pregnancy test", "pregnancy-test"), ("QuantiFERON", "tb-igra"), ("serum β-hCG", "pregnancy-test"),
        ("Apgar", "apgar"), ("CA-125", "ca-125"), ("Ki67", "ki-67"), ("PD-L1 TPS", "pd-l1-tps"),
    ],
)  # fmt: skip
def test_common_wordings(wording: str, measure: str) -> None:
    assert named(wording) == measure


@each_row(
    "wording",
    [
        "K",
        "PT",
        "CK",
        "ER",
        "performance status",
        "Mg",
        "P",
        "ASA",
        "blood pressure",
        "got",
        "pulse",
        "",
    ],
)
def test_words_too_common_for_running_text(wording: str) -> None:
    assert named(wording) is None


@each_row(
    ("wording", "measure"), [("K", "potassium"), ("Na", "sodium"), ("CK", "ck"), ("PT", "prothrombin-time")]
)
def test_short_names_of_recorded_values(wording: str, measure: str) -> None:
    assert recorded_aliases()[normal(wording)] == measure


@each_row(
    ("measure", "days"),
    [
        ("hba1c", 180), ("platelets", 90), ("pregnancy-test", 7), ("systolic", 90), ("weight", 90), ("sledai", 90),
        ("hla-b27", None), ("egfr-mutation", None), ("height", None), ("anti-hbc", None),
    ],
)  # fmt: skip
def test_shelf_lives(measure: str, days: int | None) -> None:
    assert MEASURES[measure].shelf_days == days


def test_profile_keys() -> None:
    assert {measure.id: measure.profile_key for measure in MEASURES.values() if measure.profile_key} == {
        "weight": "weight_kg",
        "height": "height_cm",
    }


@each_row(
    ("measure", "grade", "expected"),
    [
        ("child-pugh", "B", (1, 1)), ("child-pugh", "class b", (1, 1)), ("child-pugh", "8", (1, 1)),
        ("child-pugh", "16", None), ("nyha", "II", (1, 1)), ("nyha", "2", (1, 1)), ("nyha", "NYHA class III", (2, 2)),
        ("nyha", "II-III", (1, 2)), ("nyha", "I or II", (0, 1)), ("asa", "3", (2, 2)), ("asa", "ASA III", (2, 2)),
        ("ckd-stage", "3", (2, 3)), ("ckd-stage", "3b", (3, 3)), ("ckd-stage", "G3a", (2, 2)),
        ("ckd-stage", "stage 4", (4, 4)), ("her2-ihc", "2+", (2, 2)), ("her2-ihc", "3 +", (3, 3)),
        ("her2-ihc", "negative", (0, 0)), ("her2-ihc", "1+/2+", (1, 2)), ("isn-rps-class", "IV+V", (3, 4)),
        ("urine-protein-dipstick", "trace", (1, 1)), ("urine-protein-dipstick", "neg", (0, 0)), ("nyha", "V", None),
        ("nyha", "severe", None), ("nyha", "", None), ("child-pugh", "AB", None),
    ],
)  # fmt: skip
def test_grades(measure: str, grade: str, expected: tuple[int, int] | None) -> None:
    assert grade_span(MEASURES[measure], grade) == expected


def test_points_of_a_grade() -> None:
    assert points_span(MEASURES["child-pugh"], "B") == (Fraction(7), Fraction(9))
    assert points_span(MEASURES["child-pugh"], "A-B") == (Fraction(5), Fraction(9))
    assert points_span(MEASURES["nyha"], "II") is None
    assert points_span(MEASURES["child-pugh"], "Z") is None


@each_row("measure", [one for one in MEASURES.values() if one.order], ids=lambda one: one.id)
def test_every_step_is_its_own_grade(measure: Measure) -> None:
    assert [grade_span(measure, step) for step in measure.order] == [
        (place, place) for place in range(len(measure.order))
    ]


@given(st.sampled_from([one for one in MEASURES.values() if one.order]), st.text(max_size=12))
def test_any_text_can_be_asked_for_a_grade(measure: Measure, text: str) -> None:
    span = grade_span(measure, text)
    assert span is None or 0 <= span[0] <= span[1] < len(measure.order)


@each_row(
    ("wording", "expected"),
    [
        ("Haemoglobin", "hemoglobin"), ("oesophageal", "esophageal"),
        ("gastro-oesophageal reflux", "gastro esophageal reflux"), ("gastroesophageal", "gastroesophageal"),
        ("angiooedema", "angioedema"), ("angioedema", "angioedema"), ("leukaemias", "leukemia"), ("tumours", "tumor"),
        ("Crohn’s disease", "crohn disease"), ("Crohns disease", "crohn disease"), ("Sjögren's", "sjogren"),
        ("TNF-α", "tnf alpha"), ("HER-2", "her 2"), ("HER2", "her 2"), ("Ph+", "ph positive"),
        ("HER2- disease", "her 2 negative disease"), ("S.L.E.", "sle"), ("biopsies", "biopsy"),
        ("metastases", "metastasis"), ("diabetes", "diabetes"), ("type 2", "type 2"), ("nonsmall", "non small"),
        ("non-small", "non small"), ("SLEDAI-2K", "sledai 2k"), ("µL", "μl"), ("μL", "μl"), ("pancreas", "pancreas"),
        ("AIDS", "aids"), ("masses", "mass"), ("diagnoses", "diagnosis"), ("exercises", "exercize"), ("FEV1 %", "fev 1 percent"),
        ("leucovorin", "leucovorin"), ("randomised", "randomized"), ("diarrhoea", "diarrhea"), ("", ""), ("—", ""),
    ],
)  # fmt: skip
def test_normal(wording: str, expected: str) -> None:
    assert " ".join(normal(wording)) == expected


@given(st.text(max_size=40))
def test_words_keep_their_places(text: str) -> None:
    found = words(text)
    assert tuple(word.text for word in found) == normal(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(word.text and word.text == word.text.strip() for word in found)


@given(st.text("abcHER2 -/+.%", max_size=12))
def test_simple_names_are_cut_like_any_other(text: str) -> None:
    assert normal(text) == tuple(word.text for word in words(text))


PARTS = ["platelets", "Crohn's", "HER2", "α", "oedema", "1.5", "Biopsies", "non-small"]


@given(st.lists(st.sampled_from(PARTS), max_size=5))
def test_normal_reads_word_by_word(parts: list[str]) -> None:
    assert normal(" ".join(parts)) == tuple(word for part in parts for word in normal(part))
