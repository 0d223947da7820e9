"""The table of fields: it holds every key of the profile, and reads and refuses in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args, get_type_hints

import pytest
from rows import each_row

from matcher.app.commands import COMMANDS, bindings, of
from matcher.app.fields import COMPLETE, LISTS, NOTE, WHO, FieldSpec, written
from matcher.app.parsing import parse
from matcher.app.text.asked import asked_names
from matcher.app.text.patient import who_words
from matcher.export.text import fact_name
from matcher.model.match import AskNext
from matcher.model.profile import LISTS as PROFILE_LISTS
from matcher.model.profile import Complete, Profile
from matcher.model.records import keys
from matcher.model.verdict import Question

TODAY = date(2026, 11, 21)


ASKED = [
    ("labs", "HBsAg", "posneg", "Is hepatitis B surface antigen positive?", "HBsAg"),
    ("medications", "rituximab", "yesno", "Has the patient ever taken rituximab, other than the recorded rituximab (stopped in 2026-05)?", "rituximab: ever"),
    ("medications", "rituximab", "yesno", "Has the patient taken rituximab within 6 months?", "rituximab: within 6 months"),
    ("allergies", "rituximab", "yesno", "Is the patient allergic or intolerant to rituximab?", "rituximab: allergy"),
    ("medications", "rituximab", "choice", "How did the patient respond to rituximab?", "rituximab: response"),
    ("profile", "pregnant", "yesno", "Is the patient pregnant?", "with child"),
]


def test_facts_of_one_name_say_what_is_asked_of_them() -> None:
    asks = [AskNext(Question(listed, name, answer, None, words), ("T",), 1, 0) for listed, name, answer, words, _ in ASKED]
    assert list(asked_names(asks, {"pregnant": "with child"})) == [one[-1] for one in ASKED]


def test_every_key_of_the_profile_has_a_field() -> None:
    shown = {spec.key for spec in (*WHO, *NOTE)} | {one.key for one in LISTS} | {"schema", "complete"}
    assert shown == set(keys(Profile))
    assert {spec.key for spec in COMPLETE} == set(keys(Complete))
    assert {one.key for one in LISTS} == set(PROFILE_LISTS)


@each_row("listed", LISTS, ids=[one.key for one in LISTS])
def test_every_key_of_a_row_has_a_field_with_the_models_choices(listed: object) -> None:
    spec = next(one for one in LISTS if one is listed)
    assert {field.key for field in spec.fields} == set(keys(spec.model))
    for field in spec.fields:
        if field.kind == "choice":
            annotation = get_type_hints(spec.model)[field.key]
            known = {
                word for part in (annotation, *get_args(annotation)) for word in get_args(part) if isinstance(word, str)
            }
            assert set(field.choices) <= known | {word for word in get_args(annotation) if isinstance(word, str)}


@each_row(
    ("kind", "text", "value"),
    [
        ("number", "1.5", Decimal("1.5")),
        ("value", "182", Decimal(182)),
        ("value", "<0.02", "<0.02"),
        ("value", "1:160", "1:160"),
        ("age", "90+", "90+"),
        ("age", "0.5", Decimal("0.5")),
        ("age", "1991-04-30", Decimal(35)),
        ("number", "1,5", Decimal("1.5")),
        ("value", "0,02", Decimal("0.02")),
        ("weight", "135 lb", Decimal("61.23496995")),
        ("height", "5 ft 4 in", Decimal("162.56")),
        ("day", "3 weeks ago", date(2026, 10, 31)),
        ("words", "biopsy, 2012 SLICC", ["biopsy", "2012 SLICC"]),
        ("yesno", "no", False),
        ("complete", "ever", True),
        ("complete", "no", False),
        ("complete", "current", "current"),
        ("day", "today", TODAY),
        ("text", "  ", None),
    ],
)
def test_fields_read(kind: str, text: str, value: object) -> None:
    assert parse(FieldSpec("key", "label", kind), text, TODAY) == value


@each_row(
    ("kind", "text", "words"),
    [
        ("number", "1,500", "may be 1500 or 1.500"),
        ("value", "1,500", "may be 1500 or 1.500"),
        ("number", "many", "expected a number"),
        ("age", "old", "expected an age"),
        ("age", "131", "expected an age"),
        ("age", "95", "write 90+"),
        ("yesno", "165", "expected yes or no"),
        ("code", "Jane Doe", "letters, digits"),
        ("age", "1991-04", "whole date"),
        ("weight", "heavy", "expected a weight"),
        ("height", "5 ft 4 lb", "expected a height"),
        ("date", "05/12/2026", "day or month first"),
        ("date", "soon", "expected a date"),
        ("date", "2026-02-30", "no such day"),
        ("day", "2026-02", "whole date"),
        ("complete", "perhaps", "expected no, ever, current"),
    ],
)
def test_fields_refuse_in_words(kind: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(FieldSpec("key", "label", kind), text, TODAY)


def test_what_is_needed_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="cannot be left out"):
        parse(FieldSpec("name", "condition", needed=True), " ", TODAY)


@each_row(
    ("value", "text"), [(None, ""), (True, "yes"), (False, "no"), (Decimal("2.50"), "2.50"), (["a", "b"], "a, b")]
)
def test_fields_are_written_as_they_are_read(value: object, text: str) -> None:
    assert written(value) == text


def test_a_fact_is_called_by_the_label_of_its_field() -> None:
    assert [one.key for one in WHO if one.key not in ("id", "as_of") and fact_name(one.key) != one.label] == []


def test_no_key_means_two_things_at_once() -> None:
    for scope in {one.scope for one in COMMANDS}:
        keys = [key for one in of(scope) for key in one.key.split(",") if key]
        assert len(keys) == len(set(keys))
        assert len(bindings(scope)) == sum(bool(one.key) for one in of(scope))


@each_row(
    ("facts", "words"),
    [({"age": Decimal("63.5")}, "aged 63.5"), ({"age": 34, "sex": "female"}, "woman, 34"), ({"sex": "male"}, "man"), ({}, "sex and age not recorded")],
)
def test_who_a_patient_is_can_be_told_from_a_bare_number(facts: dict[str, object], words: str) -> None:
    assert who_words(Profile.checked({"id": "A-1", **facts})) == words
