"""What is typed to narrow the results: words and facts, their offers, and the orders they can be shown in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.match import TrialMatch
from matcher.model.trial import Location, Trial
from matcher.session.narrowing import asked, completed, fact_in, offers, strange, with_fact
from matcher.session.results import Result, by_tier, ordered, results
from matcher.storage.marks import Mark


def _match(trial_id: str, title: str, tier: str, status: str, day: date | None = None, unknown: int = 0) -> TrialMatch:
    return TrialMatch(trial_id, title, status, 1, tier, 0.5, "same", (), {"unknown": unknown, "review": 1}, day, ())


CHICAGO = Location(facility="Lakeside Clinic", city="Chicago", state="Illinois", country="United States")
MATCHES = (
    _match("T1", "Rapamycin in lupus", "possible", "recruiting", unknown=4),
    _match("T2", "Air in asthma", "possible", "not-yet-recruiting", unknown=1),
    _match("T3", "Old trial", "excluded", "completed", date(2026, 12, 1)),
)
TRIALS = (
    Trial(id="T1", phases=["phase 1", "phase 2"], conditions=["Lupus Nephritis"], locations=[CHICAGO, CHICAGO, Location(city="New York", country="United States")]),
    Trial(id="T2", phases=["phase 3"], sponsor="Somebody", locations=[Location(city="Graz", country="Austria")]),
    Trial(id="T3"),
)
RESULTS = results(MATCHES, TRIALS, {"T2": Mark.model_validate({"trial": "T2", "mark": "watch"})}, ("Chicago", "USA"))


@each_row(
    ("typed", "kept"),
    [
        ("", "T1 T2 T3"),
        ("LUPUS", "T1"),
        ("lupus asthma", ""),
        ('"in asthma"', "T2"),
        ("somebody", "T2"),
        ("status:rec", "T1"),
        ("status:open", "T1 T2"),
        ("status:closed,not-yet", "T2 T3"),
        ("phase:2", "T1"),
        ("phase:III", "T2"),
        ("phase:none", "T3"),
        ("phase:1 phase:3", ""),
        ("tier:possible lupus", "T1"),
        ("mark:watch", "T2"),
        ("mark:none", "T1 T3"),
        ("place:chic", "T1"),
        ('place:"new york",graz', "T1 T2"),
        ("place:york", "T1"),
        ("place:mine", "T1"),
        ("place:lakeside", "T1"),
        ("status:", "T1 T2 T3"),
        ("sort:title", "T1 T2 T3"),
        ("nothing:here", ""),
        ("status:nonsense", ""),
    ],
)
def test_a_line_keeps_what_has_all_of_it(typed: str, kept: str) -> None:
    line = asked(typed)
    assert [one.id for one in RESULTS if line.keeps(one)] == kept.split()


@each_row(
    ("typed", "line"),
    [
        ("pha", "phase:"),
        ("lupus status:", "lupus status:open "),
        ("status:comp", "status:completed "),
        ("place:new", 'place:"New York" '),
        ("place:graz,chi", "place:graz,Chicago "),
        ("sort:ti", "sort:title "),
        ("phase:2,", "phase:2,1 "),
    ],
)
def test_the_first_offer_completes_the_word_being_typed(typed: str, line: str) -> None:
    assert completed(typed, offers(typed, RESULTS)[0]) == line


@each_row(
    ("typed", "said"),
    [
        ("phase:banana", "phase:banana: expected 1, 2, 3, 4, early, none or n/a"),
        ("lupus tier:maybe", "tier:maybe: expected eligible, possible or excluded"),
        ("status:open,shut", "status:shut: expected open, closed, "),
        ("mark:stars", "mark:stars: expected shortlist, watch, rejected, any or none"),
        ("phase:II,early status:rec,not tier:ex mark:any place:nowhere", ""),
        ('phase:"phase 2" status:"not yet"', ""),
        ("covid:19", ""),
    ],
)
def test_a_value_that_no_trial_can_have_is_told(typed: str, said: str) -> None:
    assert strange(asked(typed)).startswith(said)
    assert bool(strange(asked(typed))) == bool(said)


@each_row("typed", ["", "lupus", "lupus ", "foo:b", "phase:2 "])
def test_plain_words_are_offered_nothing(typed: str) -> None:
    assert offers(typed, RESULTS) == []


def test_a_fact_is_put_in_and_taken_out_of_a_line() -> None:
    assert with_fact("lupus phase:2 mark:any", "phase", "3") == "lupus mark:any phase:3"
    assert with_fact("lupus pha:2", "phase", "") == "lupus"
    assert fact_in(with_fact("", "place", "new york"), "place") == "new york"


@given(st.text(max_size=40))
def test_any_line_is_legal(typed: str) -> None:
    line = asked(typed)
    assert {one.id for one in RESULTS if line.keeps(one)} <= {"T1", "T2", "T3"}
    offers(typed, RESULTS)


@each_row(
    ("sort", "order"), [("rank", "T1 T2 T3"), ("open", "T1 T2 T3"), ("title", "T2 T3 T1"), ("eligible", "T3 T1 T2"), ("undecided", "T2 T1 T3"), ("sites", "T1 T2 T3")]
)
def test_the_orders(sort: str, order: str) -> None:
    assert [one.id for one in ordered(RESULTS, sort)] == order.split()


def test_those_open_to_new_patients_are_first_in_their_tier_only_where_asked_for() -> None:
    found = results((replace(MATCHES[0], status="completed"), *MATCHES[1:]), TRIALS, {}, ())
    assert [[one.id for one in ordered(found, sort)] for sort in ("rank", "open")] == [["T1", "T2", "T3"], ["T2", "T1", "T3"]]


def test_sites_are_counted_once_in_the_first_place_they_lie_in() -> None:
    assert RESULTS[0].near == (("Chicago", 2), ("USA", 1))
    assert [one.sites for one in RESULTS] == [3, 1, 0]
    assert list(by_tier(RESULTS)) == ["possible", "excluded"]


@each_row(
    ("place", "near"),
    [("chicago, illinois", 2), ("Illinois", 2), ("u.s.", 3), ("Chicago, Austria", 0), ("Chi", 0)],
)
def test_a_place_is_a_city_a_state_or_a_country(place: str, near: int) -> None:
    found: Result = results(MATCHES[:1], TRIALS, {}, (place,))[0]
    assert found.sites_near == near
