"""The wide table of diseases: what it resolves, how it joins the curated conditions, and that it stays out of the way."""

from __future__ import annotations

import subprocess
import sys
import time

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.vocabulary.concepts import Part
from matcher.vocabulary.diseases import Diseases
from matcher.vocabulary.examinations import places
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.normal import normal
from matcher.vocabulary.signs import signs
from matcher.vocabulary.vocabulary import Vocabulary, load

SAME, NARROWER, BROADER, UNRELATED, UNKNOWN = Relation
CURATED = Part("condition", (("conditions.tsv", "condition"),))
WIDE = Diseases(CURATED)
LABELS = [label for place, row in enumerate(WIDE._rows) if WIDE._place(label := row.partition("\t")[0]) == place]
EVERY = [*LABELS, *sorted(CURATED.rows)]


@each_row(
    ("wording", "label"),
    [
        ("amelanotic melanoma", "amelanotic melanoma"),
        ("Shwachman-Diamond syndrome", "Shwachman-Diamond syndrome"),
        ("hereditary leiomyomatosis and renal cell carcinoma", "hereditary leiomyomatosis and renal cell cancer"),
        ("malignant neoplasm of the vulva", "vulvar cancer"),
        ("carcinoma of the stomach", "gastric cancer"),
        ("Gliosarcoma", "gliosarcoma"),
        ("Rib Fractures", "rib fractures"),
    ],
)
def test_names_at_registry_breadth(wording: str, label: str) -> None:
    found = load().condition(wording)
    assert found is not None
    assert found.label == label


@each_row(
    "wording",
    [
        "thinness", "another syndrome", "her disease", "still disease", "good syndrome", "viral disease progression", "acute disease",
        "stage 0 disease", "signs and symptoms", "pituitary", "crp ii", "sd the", "cns tumor of the", "birth weight", "dm", "mi",
        "secondary cancer", "movement disease", "neurotoxicity", "recurrent gliosarcoma", "colon tumor", "cerebral ischemia",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_no_name(wording: str) -> None:
    words = normal(wording)
    assert WIDE.named(words) is None or words in CURATED.names


def test_curated_names_always_win() -> None:
    vocabulary = load()
    assert all(vocabulary.condition(" ".join(words)) == concept for words, concept in CURATED.names.items())


def test_no_name_is_a_treatment_a_procedure_or_a_measure() -> None:
    others = [names for kind, names in load().scanned().items() if kind != "condition"]
    shared = {label for names in others for name, label in names.items() if WIDE.of_name(name) is not None}
    resolved = {label for label in shared if load().condition(label) is not None and normal(label) not in CURATED.names}
    assert resolved == set()


@each_row(
    ("have", "asked", "relation"),
    [
        ("amelanotic melanoma", "malignancy", NARROWER),
        ("amelanotic melanoma", "melanoma", NARROWER),
        ("melanoma", "amelanotic melanoma", BROADER),
        ("gliosarcoma", "malignancy", NARROWER),
        ("achondroplasia", "lupus nephritis", UNRELATED),
        ("gliosarcoma", "lupus nephritis", UNRELATED),
        ("gliosarcoma", "autoimmune disease", UNRELATED),
        ("opsoclonus-myoclonus syndrome", "autoimmune disease", UNKNOWN),
        ("rib fractures", "malignancy", UNRELATED),
        ("rib fractures", "bone disease", NARROWER),
        ("RSV bronchiolitis", "HIV infection", UNRELATED),
        ("RSV bronchiolitis", "viral infection", NARROWER),
        ("RSV bronchiolitis", "lower respiratory tract infection", UNKNOWN),
        ("HIV infection", "RSV bronchiolitis", UNRELATED),
        ("invasive pulmonary aspergillosis", "tuberculosis", UNRELATED),
        ("posterior cortical atrophy", "dementia", UNKNOWN),
        ("isolated growth hormone deficiency type IB", "growth failure", UNKNOWN),
        ("Shwachman-Diamond syndrome", "kidney disease", UNKNOWN),
        ("iron poisoning", "iron overload", UNKNOWN),
        ("gliosarcoma", "disease", NARROWER),
    ],
)
def test_relations(have: str, asked: str, relation: Relation) -> None:
    vocabulary = load()
    one, other = vocabulary.condition(have), vocabulary.condition(asked)
    assert one is not None
    assert other is not None
    assert vocabulary.relation(one, other) == relation


def test_between_curated_conditions_only_the_curated_table_speaks() -> None:
    for label in CURATED.rows:
        assert {at for at in WIDE.above(label) if at in CURATED.rows} == CURATED.is_a.above(label), label


def test_no_row_is_its_own_ancestor() -> None:
    places = range(0, len(WIDE._rows), 3)
    assert [place for place in places if place in WIDE._reach([place], through_joined=True)] == []


def test_where_the_two_tables_contradict_each_other_nothing_is_claimed() -> None:
    rows = CURATED.rows
    both = [(one, other) for one in rows for other in WIDE.above(one) if other not in rows and one in WIDE.above(other)]
    assert len(both) < 25
    assert {WIDE.relation(one, other) for one, other in both} <= {UNKNOWN}


@given(st.sampled_from(LABELS), st.sampled_from(EVERY))
def test_relations_mirror_each_other(have: str, asked: str) -> None:
    mirrored = {NARROWER: BROADER, BROADER: NARROWER}
    there, back = WIDE.relation(have, asked), WIDE.relation(asked, have)
    one_way = {there, back} == {UNKNOWN, UNRELATED}  # of a recorded disease of this table less is claimed than of an asked one
    assert one_way or back == mirrored.get(there, there)


@given(st.sampled_from(LABELS))
def test_a_label_names_its_own_disease(label: str) -> None:
    found = load().condition(label)
    assert found is not None
    assert found.label == label


def test_a_wide_name_is_no_misspelling_of_a_curated_one() -> None:
    vocabulary = load()
    assert vocabulary.misspelt("condition", "gliosarcoma") is None
    assert vocabulary.similar("condition", "gliosarcoma") is None


def test_names_by_their_first_word() -> None:
    assert sorted(WIDE._spelled) == WIDE._spelled
    assert "amelanotic melanoma" in WIDE.beginning("amelanotic")
    assert all(name.split(" ")[0] == "melanoma" for name in WIDE.beginning("melanoma"))
    assert WIDE.beginning("women") == []
    found = WIDE.of_name("amelanotic melanoma")
    assert found is not None
    assert found.label == "amelanotic melanoma"


def test_looking_for_misspellings_is_quick() -> None:
    vocabulary = load()
    vocabulary.misspelt("condition", "warm up")
    started = time.process_time()
    for number in range(50):
        vocabulary.misspelt("condition", f"hypertrophic zardiomyopathi {number}")
    assert (time.process_time() - started) / 50 < 0.004  # below 1 ms when idle


def test_the_table_is_read_only_where_it_is_needed() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.condition("lupus nephritis") is not None
    assert vocabulary.treatment("no such drug") is None
    assert "_sections" not in vars(vocabulary._diseases)
    assert vocabulary.condition("no such condition") is None
    assert "_sections" in vars(vocabulary._diseases)


def test_the_table_loads_quickly() -> None:
    code = (
        "import time; from matcher.vocabulary import load; v = load(); v.scanned(); t = time.process_time(); "
        "v.condition('gliosarcoma'); v.diseases_from('gliosarcoma'); print(time.process_time() - t)"
    )
    times = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    assert min(times) < 0.3  # 0.08 s when idle


def test_the_curated_lineage_is_all_that_the_tables_look_for() -> None:
    """`lineage` leaves out what the wide table puts above a curated condition: nothing that is looked for there may stand there alone."""
    looked_for = {*places(), *(sign.when for sign in signs()), "hemarthrosis", "retinal hemorrhage", "hemothorax"}
    wide = looked_for.difference(CURATED.rows)
    for label in CURATED.rows:
        above = WIDE.above(label)
        assert above.intersection(CURATED.rows) == WIDE.curated_above(label)
        assert above.isdisjoint(wide), label


def test_a_concept_above_another() -> None:
    one = load()
    for narrow, wide, so in [("lupus nephritis", "kidney disease", True), ("kidney disease", "lupus nephritis", False), ("amelanotic melanoma", "melanoma", True), ("melanoma", "amelanotic melanoma", False), ("metformin", "antidiabetics", True)]:
        have, asked = (one.condition(name) or one.treatment(name) for name in (narrow, wide))
        assert have is not None
        assert asked is not None
        assert one.above(asked, have) is so
        assert one.above(asked, have) is (asked.label in one.broader(have))
