"""Laws of matching at scale: what is judged quickly is judged the same, and what is left out is excluded or unrelated."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from rows import each_row
from small_world import AS_OF, CONDITIONS, Plain, checks, plains

from matcher.matching import match
from matcher.matching.programs import ANY_TERM, shape_in
from matcher.model.language import Check
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trees import leaves
from matcher.model.trial import Trial
from matcher.model.values import changed
from matcher.model.wording import parse, wording
from matcher.reading import read_eligibility
from matcher.session.survey import Survey
from matcher.sources.importing import import_paths
from matcher.storage import blocks
from matcher.storage.index import Index, completed
from matcher.storage.library import Library
from matcher.storage.rows import Kept, row
from matcher.vocabulary import Vocabulary

REGISTRY = Path(__file__).resolve().parents[2] / "../shared/data/registry/trials.jsonl.gz"
_OWN = ["age ≥ 18 years", "age ≥ 35 years and age ≤ 60 years", "age ≤ 17 years", "sex female", "sex male", "not healthy volunteer"]


@st.composite
def trials(draw: st.DrawFn) -> list[Trial]:
    """Few trials of random criteria, some in groups, with the registry's own limits."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        listed = [(draw(st.sampled_from(["inclusion", "exclusion"])), wording(draw(checks)), draw(st.sampled_from(["", "", "", "A", "B"]))) for _ in range(draw(st.integers(0, 3)))]
        listed += [("registry", one, "") for one in draw(st.lists(st.sampled_from(_OWN), max_size=2))]
        criteria = [{"id": f"C{place}", "kind": kind, "text": check, "check": check, "group": group} for place, (kind, check, group) in enumerate(listed)]
        found.append(Trial.checked({
            "id": f"N{number}", "status": draw(st.sampled_from(["recruiting", "completed", "unknown"])), "criteria": criteria,
            "conditions": draw(st.lists(st.sampled_from([*CONDITIONS, "severe asthma", "mild asthma", "breast cancer stage IV", "stage II breast cancer", "astma", "Healthy", "Healthy Volunteers"]), max_size=2)),
            "title": draw(st.sampled_from(["", "Breathing", "Pneumonia in asthma", "Stage IV breast cancer"])),
            **draw(st.sampled_from([{}, {"healthy_volunteers": True}, {"healthy_volunteers": False}])),
        }))  # fmt: skip
    return found


def _surveyed(
    path: Path, records: Sequence[Trial], profile: Profile, *, exhaustive: bool = False, any_condition: bool = False
) -> tuple[Survey, list[TrialMatch]]:
    with Library(path, create=True, beside=[Index()]) as library:
        library.put([row(Kept(one, (), "1"), library.beside) for one in records])
        survey = Survey(profile, AS_OF, (), (library,), exhaustive=exhaustive, any_condition=any_condition).run()
        return survey, list(survey.matches())


def _order(matches: list[TrialMatch]) -> list[tuple[Any, ...]]:
    return [(one.trial_id, one.tier, one.score, one.condition_relation) for one in matches]


@examples(25)
@given(trials(), plains())
def test_nothing_is_left_out_but_what_is_excluded_or_unrelated(tmp_path_factory: pytest.TempPathFactory, records: list[Trial], plain: Plain) -> None:
    profile = Profile.checked(plain)
    path = tmp_path_factory.mktemp("survey") / "a.db"
    survey, shown = _surveyed(path, records, profile)
    full = match(profile, records, AS_OF)
    kept = {one.id for one in survey.standings}
    assert all(one.tier == "excluded" or one.condition_relation == "unrelated" for one in full if one.trial_id not in kept)
    left = [one for one in full if one.trial_id in kept]
    assert _order(shown) == _order(left)
    assert [(one.tier, -one.minus, one.id) for one in survey.standings] == [(["eligible", "possible", "excluded"].index(one.tier), one.score, one.trial_id) for one in left]
    _told_the_same_however_few_are_asked_for(path, profile, survey)
    last = survey.funnel[-1]
    assert last.left == sum(one.tier != "excluded" for one in left)
    assert survey.total == len(records)


def _told_the_same_however_few_are_asked_for(path: Path, profile: Profile, whole: Survey) -> None:
    """The scores of excluded trials are found late, and nothing tells."""
    for count in range(len(whole.standings)):
        with Library(path, beside=[Index()]) as library:
            survey = Survey(profile, AS_OF, (), (library,)).run()
            tiers, funnel = survey.tiers(open_only=True), survey.funnel
            assert sorted(survey.noted()) == sorted(one.id for one in whole.standings)
            assert (survey.best(count), survey.judged) == (whole.best(count), len(whole.standings))
            name = whole.standings[count].id
            ranks = [(one.trial_id, one.rank) for _, one in survey.of({name})]
            assert (ranks, survey.tiers(open_only=True), survey.funnel) == ([(name, count + 1)], tiers, funnel)


@examples(15)
@given(trials(), plains())
def test_everything_is_judged_where_that_is_asked(tmp_path_factory: pytest.TempPathFactory, records: list[Trial], plain: Plain) -> None:
    profile = Profile.checked(plain)
    full = _order(match(profile, records, AS_OF))
    every, shown = _surveyed(tmp_path_factory.mktemp("survey") / "a.db", records, profile, exhaustive=True)
    assert _order(shown) == full
    assert sum(one.removed for one in every.funnel) + every.funnel[-1].left == len(records)
    wide, shown = _surveyed(tmp_path_factory.mktemp("survey") / "b.db", records, profile, any_condition=True)
    kept = {one.id for one in wide.standings}
    assert _order(shown) == [one for one in full if one[0] in kept]
    assert all(tier == "excluded" for name, tier, _, _ in full if name not in kept)


def test_registry_records_stand_as_they_do_when_all_are_judged(tmp_path: Path) -> None:
    if not REGISTRY.exists():
        pytest.skip(f"{REGISTRY} is not beside the project")
    with gzip.open(REGISTRY, "rt", encoding="utf-8") as lines:
        some = random.Random(7).sample(list(islice(lines, 3000)), 60)
    (tmp_path / "some.jsonl").write_text("".join(some), encoding="utf-8")
    records = import_paths([tmp_path / "some.jsonl"], read_eligibility, AS_OF).records
    assert len(records) == len({json.loads(line)["nct_id"] for line in some})
    person: dict[str, Any] = {"id": "P", "as_of": AS_OF.isoformat(), "age": 54, "sex": "female", "smoking": "never", "complete": {"medications": "current"}}
    for number, disease in enumerate(["type 2 diabetes", "breast cancer", "asthma", "HIV infection"]):
        facts = {"conditions": [{"name": disease}, {"name": "hypertension", "since": "2019"}], "medications": [{"name": "metformin"}], "labs": [{"test": "HbA1c", "value": 8.1, "unit": "%", "date": "2026-10-30"}]}
        profile = Profile.checked({**person, **facts})
        survey, shown = _surveyed(tmp_path / f"{number}.db", records, profile)
        kept = {one.id for one in survey.standings}
        full = match(profile, records, AS_OF)
        assert all(one.tier == "excluded" or one.condition_relation == "unrelated" for one in full if one.trial_id not in kept)
        assert _order(shown) == _order([one for one in full if one.trial_id in kept])


@examples(60)
@given(checks)
def test_shapes_are_read_at_sight_as_the_grammar_reads_them(check: Check) -> None:
    for leaf in leaves(check):
        shape = changed(leaf, term=ANY_TERM) if hasattr(leaf, "term") else leaf
        assert shape_in(wording(shape)) == shape


@each_row("text", ["x ≥ 3 twice", "x > 50 ×10⁹/L", "x ≤ 1.5 × ULN", "x = 2", "x ≥? 8 mg/dL", "x < 4 %", "x ≥ 5 g to < 9 g", "x ≥ 3 within 5 days", "x < 5", "x 5 to 9 g", "x ≥ 1.5 × ULN to < 3 × ULN", "age ≥ 18 years", "age ≥ 6 months to < 12 years", "age 18 to 75 years"])
def test_plain_limits_are_read_at_sight(text: str) -> None:
    assert shape_in(text) == parse(text)


@each_row(
    ("one", "other"),
    [
        ("asthma or not asthma", "asthma"),  # only allowed
        ("asthma and not asthma", "asthma"),
        ("(any use of tacrolimus or asthma) or not (any use of tacrolimus or asthma)", "any use of tacrolimus or asthma"),
        ("when sex female then asthma or not asthma", "when sex female then asthma"),
        ("HER2-negative breast cancer", "inflammatory breast cancer"),  # told by a marker that is recorded, and not told
        ("triple-negative breast cancer", "HER2-positive breast cancer"),
        ("estrogen receptor-positive breast cancer", "male breast cancer"),
    ],
)
def test_what_is_found_alike_at_scale_is_found_alike_in_full(tmp_path: Path, one: str, other: str) -> None:
    records = [_of(f"N{number}", "breast cancer", check) for number, check in enumerate((one, other, f"not ({one})"))]
    markers = [{"test": "HER2 status", "value": "positive"}, {"test": "estrogen receptor", "value": "negative"}]
    profile = Profile.checked({"id": "P", "age": 40, "conditions": [{"name": "breast cancer"}], "labs": [{**one, "date": "2026-11-01"} for one in markers]})
    survey, _ = _surveyed(tmp_path / "a.db", records, profile)
    assert [(one.id, -one.minus) for one in survey.standings] == [(one.trial_id, one.score) for one in match(profile, records, AS_OF)]


def _of(name: str, condition: str, check: str = "age ≥ 18 years") -> Trial:
    return Trial.checked({"id": name, "status": "recruiting", "conditions": [condition], "criteria": [{"id": "I1", "kind": "inclusion", "text": check, "check": check}]})


def test_the_closest_trials_are_told_first_and_all_of_it_can_be_stopped(tmp_path: Path) -> None:
    profile = Profile.checked({"id": "P", "age": 40, "sex": "female", "conditions": [{"name": "asthma"}]})
    told: list[tuple[int, int]] = []
    first: list[list[str]] = []
    with Library(tmp_path / "a.db", create=True, beside=[Index()]) as library:
        records = [_of("N1", "asthma"), _of("N2", "frobnication"), _of("N3", "gout"), _of("N4", "severe asthma")]
        library.put([row(Kept(one, (), "1"), library.beside) for one in records])
        survey = Survey(profile, AS_OF, (), (library,))
        survey.run(lambda so_far: first.append([one.id for one in so_far.standings]), lambda done, waiting: told.append((done, waiting)))
        assert (first, [one.id for one in survey.standings]) == ([["N1", "N4"]], ["N1", "N4", "N2"])
        assert [done for done, _ in told] == [2, 3]
        with pytest.raises(KeyboardInterrupt):
            Survey(profile, AS_OF, (), (library,)).run(told=_stop)


def _stop(done: int, waiting: int) -> None:
    raise KeyboardInterrupt


def test_what_a_library_keeps_of_its_words_is_not_compared_by_spelling_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile.checked({"id": "P", "age": 40, "sex": "female", "conditions": [{"name": "asthma"}], "allergies": [{"substance": "macrolides"}]})
    with Library(tmp_path / "a.db", create=True, beside=[Index()]) as library:
        records = [_of("N1", "asthma", "drug allergy or age ≥ 18 years"), _of("N2", "frobnication of the gizmo"), _of("N3", "frobnication of the widget")]
        library.put([row(Kept(one, (), "1"), library.beside) for one in records])
        monkeypatch.setattr(Vocabulary, "_spelling", _stop)
        found = Survey(profile, AS_OF, (), (library,)).run()
        assert [(one.trial_id, one.condition_relation) for one in found.matches()] == [("N1", "same"), ("N2", "unknown"), ("N3", "unknown")]


def _aged(number: int, status: str = "recruiting") -> Trial:
    """One of many small trials of three conditions."""
    condition = ("asthma", "severe asthma", "gout")[number % 3]
    trial = _of(f"N{number}", condition, f"age ≥ {number % 80} years and {condition}")
    return Trial.checked({**trial.plain(), "status": status})


def test_many_records_are_found_as_they_are_however_they_are_packed(tmp_path: Path) -> None:
    profile = Profile.checked({"id": "P", "age": 40, "conditions": [{"name": "asthma"}]})
    records = {one.id: one for one in map(_aged, range(blocks.SIZE + 40))}
    path = tmp_path / "a.db"
    with Library(path, create=True, beside=[Index()]) as library:

        def put(*some: Trial) -> None:
            library.put([row(Kept(one, (), f"{one.status}"), library.beside) for one in some])
            records.update((one.id, one) for one in some)

        def as_when_all_are_judged() -> bool:
            survey = Survey(profile, AS_OF, (), (library,)).run()
            full = [one for one in match(profile, list(records.values()), AS_OF) if one.condition_relation != "unrelated"]
            return [(one.id, -one.minus) for one in survey.standings] == [(one.trial_id, one.score) for one in full]

        def packed() -> int:
            return int(library.base.execute("SELECT count(*) FROM packed").fetchone()[0])

        put(*records.values())
        assert packed() == 1
        assert as_when_all_are_judged()
        put(_aged(3, "completed"), _aged(6, "unknown"))  # in the block, so that it is made of the rows again
        library.remove("N9")
        del records["N9"]
        assert packed() == 0
        assert as_when_all_are_judged()
        completed(library)
        assert packed() == 1
        assert as_when_all_are_judged()
        library.base.execute("DROP TABLE packed")  # as an earlier matcher left it
        assert as_when_all_are_judged()
    with Library(path, beside=[Index()]) as library:
        completed(library)
        assert packed() == 1


def test_what_is_imported_meanwhile_comes_with_the_next_patient(tmp_path: Path) -> None:
    profile = Profile.checked({"id": "P", "age": 40, "conditions": [{"name": "asthma"}]})
    records = [_of("N1", "asthma"), _of("N2", "frobnication")]
    later = [_of("N2", "asthma", "sex female"), _of("N3", "asthma", "platelets > 7 ×10⁹/L"), _of("N4", "frobnication", "eGFR > 60 mL/min")]
    with Library(tmp_path / "a.db", create=True, beside=[Index()]) as library, Library(tmp_path / "a.db", beside=[Index()]) as other:
        library.put([row(Kept(one, (), "1"), library.beside) for one in records])

        def imported(_: Survey) -> None:
            other.put([row(Kept(one, (), "2"), other.beside) for one in later])

        survey = Survey(profile, AS_OF, (), (library,)).run(imported)
        assert [(one.id, one.tier) for one in survey.standings] == [("N1", 0), ("N2", 0)]
        survey = Survey(profile, AS_OF, (), (library,)).run()
        assert sorted((one.id, one.tier) for one in survey.standings) == [("N1", 0), ("N2", 1), ("N3", 1), ("N4", 1)]


def test_a_record_that_changed_or_went_is_found_by_what_it_is_about_now(tmp_path: Path) -> None:
    profile = Profile.checked({"id": "P", "age": 40, "conditions": [{"name": "asthma"}]})
    with Library(tmp_path / "a.db", create=True, beside=[Index()]) as library:
        for records in ([_of("N1", "asthma"), _of("N2", "asthma"), _of("N3", "gout")], [_of("N2", "gout", "age ≥ 20 years"), _of("N3", "asthma", "age ≥ 50 years")]):
            library.put([row(Kept(one, (), str(one.conditions)), library.beside) for one in records])
        library.remove("N1")
        found = Survey(profile, AS_OF, (), (library,)).run()
        assert [(one.trial_id, one.tier) for one in found.matches()] == [("N3", "excluded")]
        assert library.base.execute("SELECT count(*) FROM about").fetchone() == (2,)
