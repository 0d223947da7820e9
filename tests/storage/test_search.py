"""Searching: words, phrases and beginnings, every filter, paging, and text that means something to a database."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.trial import ALSO, Intervention, Location, Trial
from matcher.session.searching import Filters, Searcher
from matcher.storage.index import Index, completed
from matcher.storage.library import Library
from matcher.storage.rows import Kept, row

TRIALS = [
    Trial(id="NCT01", title="Voclosporin in lupus nephritis", status="recruiting", conditions=["Lupus Nephritis"], phases=["phase 3"],
          study_type="interventional", min_age=18, max_age=75, interventions=[Intervention(type="Drug", name="Drug: Voclosporin")],
          locations=[Location(facility="Charité", city="Berlin", country="Germany"), Location(facility="General Hospital", city="Lyon", country="France")]),
    Trial(id="NCT02", title="Nephritis of lupus, once more", status="completed", conditions=["Systemic Lupus Erythematosus"], sex="female",
          phases=["phase 2", "phase 3"], interventions=[Intervention(name="TNF inhibitor")], sponsor="Novartis"),
    Trial(id="NCT03", title="Adalimumab against psoriasis", status="not-yet-recruiting", conditions=["psoriasis"], sex="male", max_age=40,
          interventions=[Intervention(name="adalimumab")], ids=["NCT03", "2020-001234-12"], study_type="interventional"),
    Trial(id="NCT04", title="A registry of falls", status="unknown", conditions=["Frobnication of the elderly"], keywords=["IL-2"],
          study_type="observational", min_age=65, sponsor="Berlin Institute", interventions=[Intervention(name="XY-1", description=f"{ALSO}secukinumab; Cosentyx\nby mouth")]),
]  # fmt: skip
ANY = Filters(all_statuses=True)
FOUND: list[tuple[str, Filters, set[str]]] = [
    ("lupus", ANY, {"NCT01", "NCT02"}),
    ("LÚPUS nephritis", ANY, {"NCT01", "NCT02"}),
    ('"lupus nephritis"', ANY, {"NCT01"}),
    ("lup* neph*", ANY, {"NCT01", "NCT02"}),
    ("lup", ANY, set()),
    ("lupus", Filters(), {"NCT01"}),
    ("lupus", Filters(status=("completed",)), {"NCT02"}),
    ("NCT03", ANY, {"NCT03"}),
    ("2020-001234-12", ANY, {"NCT03"}),
    ("il-2", ANY, {"NCT04"}),
    ("Berlin", ANY, set()),
    ("", Filters(), {"NCT01", "NCT03"}),
    ("", ANY, {"NCT01", "NCT02", "NCT03", "NCT04"}),
    ("", Filters(all_statuses=True, phase="II"), {"NCT02"}),
    ("", Filters(all_statuses=True, phase="3"), {"NCT01", "NCT02"}),
    ("", Filters(all_statuses=True, kind="observational"), {"NCT04"}),
    ("", Filters(all_statuses=True, sex="male"), {"NCT01", "NCT03", "NCT04"}),
    ("", Filters(all_statuses=True, age=75), {"NCT01", "NCT02", "NCT04"}),
    ("", Filters(all_statuses=True, age=17), {"NCT02", "NCT03"}),
    ("", Filters(all_statuses=True, age=16), {"NCT02", "NCT03"}),
    ("", Filters(all_statuses=True, country="germany"), {"NCT01"}),
    ("", Filters(all_statuses=True, city="Berlin"), {"NCT01"}),
    ("", Filters(all_statuses=True, facility="general hospital"), {"NCT01"}),
    ("", Filters(all_statuses=True, facility="charité general"), set()),
    ("", Filters(all_statuses=True, sponsor="berlin"), {"NCT04"}),
    ("", Filters(all_statuses=True, condition="glomerulonephritis"), {"NCT01"}),
    ("", Filters(all_statuses=True, condition="lupus erythematosus"), {"NCT01", "NCT02"}),
    ("", Filters(all_statuses=True, condition="frobnication"), {"NCT04"}),
    ("", Filters(all_statuses=True, drug="Humira"), {"NCT02", "NCT03"}),
    ("", Filters(all_statuses=True, drug="TNF inhibitors"), {"NCT02", "NCT03"}),
    ("", Filters(all_statuses=True, drug="voclosporin"), {"NCT01"}),
    ("", Filters(all_statuses=True, drug="secukinumab"), {"NCT04"}),
    ("cosentyx", ANY, {"NCT04"}),
    ("mouth", ANY, set()),
    ("", Filters(all_statuses=True, country="Deutschland"), {"NCT01"}),
    ("", Filters(all_statuses=True, country="UK"), set()),
    ("voclosporin", Filters(all_statuses=True, drug="adalimumab"), set()),
    ("?!", ANY, set()),
]


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher(TRIALS, [])


@each_row(("text", "filters", "expected"), FOUND)
def test_what_is_found(searcher: Searcher, text: str, filters: Filters, expected: set[str]) -> None:
    found = searcher.find(text, filters)
    assert ({one.id for one in found.hits}, found.total) == (expected, len(expected))


def test_the_last_word_may_be_unfinished_while_it_is_typed(searcher: Searcher) -> None:
    assert next(one.id for one in searcher.find("lupus neph", ANY, as_typed=True).hits) == "NCT01"
    assert not searcher.find("lupus neph ", ANY, as_typed=True).hits
    assert not searcher.find("neph lupus", ANY).hits


def test_the_words_of_the_condition_weigh_more(searcher: Searcher) -> None:
    assert [one.id for one in searcher.find("lupus nephritis", ANY).hits] == ["NCT01", "NCT02"]


_WORD = st.sampled_from(['"', '""', "'", "*", "^", "(", ")", ":", "-", "+", "NEAR", "AND", "OR", "NOT", "title:", "{title}", ";", "--", "\0", "lupus", "ß", "%", "_", "zzbreakzz"])


@given(st.lists(st.one_of(_WORD, st.text(max_size=6)), max_size=8), st.booleans())
def test_whatever_is_typed_is_a_legal_query(searcher: Searcher, words: list[str], as_typed: bool) -> None:
    text = " ".join(words)
    searcher.find(text, Filters(country=text, condition=text, drug=text, phase=text, status=(text,)), as_typed=as_typed)
    assert searcher.find(text, ANY, as_typed=as_typed).total is not None


def test_pages_follow_each_other_over_files_and_library(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True, beside=[Index()]) as library:
        library.put([row(Kept(Trial(id=f"N{n}", title="the same words", status="recruiting"), (), "1"), library.beside) for n in range(7)])
    with Searcher([Trial(id="N3", title="the same words, mine", status="recruiting")], [path]) as searcher:
        pages = [[one.id for one in searcher.find("words", limit=3, skip=skip).hits] for skip in (0, 3, 6, 9)]
        assert pages[0][0] == "N3"
        assert sorted(name for page in pages for name in page) == [f"N{n}" for n in range(7)]
        assert searcher.find("words", limit=3, skip=3).total == 7


def test_a_changed_record_is_found_by_its_new_words_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True, beside=[Index()]) as library:
        for title, versions in (("first words", "1"), ("first words", "2"), ("other words", "3")):
            library.put([row(Kept(Trial(id="N1", title=title, status="recruiting"), (), versions), library.beside)])
    with Searcher([], [path]) as searcher:
        assert [len(searcher.find(text).hits) for text in ("first", "other", "words", "")] == [0, 1, 1, 1]


def test_an_older_library_is_made_ready_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.put([row(Kept(one, (), "1")) for one in TRIALS])
    with Searcher([], [path]) as searcher:
        assert searcher.find("lupus").total == 1
    with Library(path) as library:
        told: list[int] = []
        completed(library, told.append)
        assert not told
