"""Reading the leaves of a wording: each begins with a head such as `use of`, or with the term itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any as Anything

from matcher.model import wording_words as words
from matcher.model.language import (
    AGE_UNITS,
    Age,
    Allergy,
    Bound,
    Condition,
    Consent,
    Duration,
    FamilyHistory,
    Judgement,
    Leaf,
    Measurement,
    Medication,
    Participation,
    Procedure,
    Sex,
    Smoking,
    State,
    Statement,
    Unread,
)
from matcher.model.wording_pieces import Clause, Pieces
from matcher.model.wording_words import WordingError

_AGE_UNITS = {form: unit for unit in AGE_UNITS for form in (unit, unit[:-1])}
_OF_A_PROCEDURE = frozenset({"states", "other_than", "window", "findings", "term"})
_SHOWS_A_MEASUREMENT = frozenset({"<", "≤", "<=", ">", "≥", ">=", "=", "≥?", ">=?", "is"})


def read_leaf(pieces: Pieces) -> Leaf:
    """The leaf that begins at the next token; WordingError where none does."""
    start = pieces.at
    head = _HEADS.get(pieces.lower[start])
    try:
        if head is None:
            return _by_term(pieces, pieces.term(words.AFTER_A_CONDITION))
        pieces.at += 1
        return head(pieces)
    except WordingError:
        raise
    except ValueError as problem:
        raise WordingError(words.place_of(pieces.text, start), str(problem)) from None


def _by_term(pieces: Pieces, term: str) -> Leaf:
    if pieces.lower[pieces.at] in _SHOWS_A_MEASUREMENT or pieces.at_number():
        return _measurement(pieces, term)
    return _condition_or_procedure(pieces, term, "")


def _condition_or_procedure(pieces: Pieces, term: str, phase: str) -> Condition | Procedure:
    start = pieces.at
    parts: dict[str, Anything] = {"term": term}
    pieces.clauses(_OF_A_CONDITION, words.AFTER_A_CONDITION, parts)
    if "findings" not in parts:
        return Condition(phase=phase, **parts)
    if phase or not parts.keys() <= _OF_A_PROCEDURE:
        raise pieces.error("a procedure to have only 'that is', 'other than', a time and 'showing'", start)
    return Procedure(**parts)


def _measurement(pieces: Pieces, term: str) -> Measurement:
    parts: dict[str, Anything] = {"term": term}
    if pieces.take("is"):
        parts["words"] = pieces.choices(words.AFTER_A_MEASUREMENT)
    else:
        parts["bounds"] = pieces.bounds(words.AFTER_A_MEASUREMENT)
    while True:
        pieces.clauses(_OF_A_TIME, words.AFTER_A_MEASUREMENT, parts)
        if "times" in parts or not _repeated(pieces, parts):
            return Measurement(**parts)


def _repeated(pieces: Pieces, parts: dict[str, Anything]) -> bool:
    if pieces.take("twice"):
        parts["times"] = 2
    elif pieces.at_number() and pieces.lower[pieces.at + 1] == "times":
        parts["times"] = pieces.count()
        pieces.at += 1
    else:
        return False
    if pieces.take("in"):
        parts["spread"] = pieces.span()
    return True


def _age(pieces: Pieces) -> Age:
    start = pieces.at
    bounds = []
    for bound in pieces.bounds(words.STRUCTURE):
        unit = _AGE_UNITS.get(bound.unit.lower())
        if unit is None:
            places = (place for place in range(start, pieces.at) if bound.unit and bound.unit.startswith(pieces.tokens[place]))
            raise pieces.error("years, months, weeks or days behind the number", next(places, pieces.at))
        bounds.append(Bound(bound.op, bound.number, unit))
    return Age(tuple(bounds))


def _sex(pieces: Pieces) -> Sex:
    for sex in ("female", "male"):
        if pieces.take(sex):
            return Sex(sex)
    raise pieces.error("'female' or 'male'")


def _state(name: str) -> Callable[[Pieces], State]:
    def read(pieces: Pieces) -> State:
        pieces.expect(*name.split()[1:])
        return State(name)

    return read


def _condition(phase: str, *following: str) -> Callable[[Pieces], Leaf]:
    def read(pieces: Pieces) -> Leaf:
        pieces.expect(*following)
        return _condition_or_procedure(pieces, pieces.term(words.AFTER_A_CONDITION), phase)

    return read


def _procedure(pieces: Pieces, *, current: bool = False) -> Procedure:
    start = pieces.at
    parts: dict[str, Anything] = {"term": pieces.term(words.AFTER_A_CONDITION)}
    pieces.clauses(_OF_A_CONDITION, words.AFTER_A_CONDITION, parts)
    if not parts.keys() <= _OF_A_PROCEDURE:
        raise pieces.error("a procedure to have only 'that is', 'other than', a time and 'showing'", start)
    return Procedure(current=current, **parts)


def _medication(phase: str, *following: str) -> Callable[[Pieces], Medication]:
    def read(pieces: Pieces) -> Medication:
        pieces.expect(*following)
        parts: dict[str, Anything] = {"term": pieces.term(words.AFTER_A_TREATMENT)}
        pieces.clauses(_OF_A_TREATMENT, words.AFTER_A_TREATMENT, parts)
        return Medication(phase=phase, **parts)

    return read


def _allergy(pieces: Pieces) -> Allergy:
    pieces.expect("to")
    parts: dict[str, Anything] = {"term": pieces.term(words.AFTER_AN_ALLERGY)}
    pieces.clauses(_OF_AN_ALLERGY, words.AFTER_AN_ALLERGY, parts)
    return Allergy(**parts)


def _family_history(pieces: Pieces) -> FamilyHistory:
    pieces.expect("history", "of")
    term = pieces.term(words.AFTER_A_FAMILY_DISEASE)
    return FamilyHistory(term, pieces.choices(words.AFTER_A_FAMILY_DISEASE) if pieces.take("in") else ())


def _smoking(pieces: Pieces) -> Smoking:
    return Smoking(tuple(status.lower() for status in pieces.choices(words.STRUCTURE)))


def _participation(pieces: Pieces, current: bool = False) -> Participation:
    pieces.expect("in")
    parts: dict[str, Anything] = {"current": current}
    if not pieces.take("trial"):
        parts["kinds"] = tuple(kind.lower() for kind in pieces.choices(_TRIAL))
        pieces.expect("trial")
    if pieces.take("of"):
        parts["drug"] = pieces.term(words.AFTER_A_TRIAL)
    pieces.clauses(_OF_A_TIME, words.AFTER_A_TRIAL, parts)
    return Participation(**parts)


def _current(pieces: Pieces) -> Leaf:
    if pieces.take("participation"):
        return _participation(pieces, current=True)
    if pieces.lower[pieces.at] != "use":
        raise pieces.error("'use of' or 'participation in' (or quotes round the term)")
    return _medication("current", "use", "of")(pieces)


def _past(pieces: Pieces) -> Leaf:
    if pieces.lower[pieces.at] == "use":
        return _medication("past", "use", "of")(pieces)
    return _condition("past")(pieces)


def _text(kind: type[Statement | Judgement | Consent | Unread]) -> Callable[[Pieces], Leaf]:
    return lambda pieces: kind(pieces.quoted())


def _states(pieces: Pieces, reserved: frozenset[str]) -> tuple[str, ...]:
    pieces.expect("is")
    return pieces.choices(reserved)


def _confirmed(pieces: Pieces, reserved: frozenset[str]) -> tuple[str, ...]:
    pieces.expect("by")
    return pieces.choices(reserved)


def _stable(pieces: Pieces, reserved: frozenset[str]) -> Duration:
    pieces.expect("for")
    return pieces.duration()


_TRIAL = words.STRUCTURE | {"trial"}
_WINDOW: Clause = ("window", lambda pieces, reserved: pieces.window())
_OTHER: Clause = ("other_than", lambda pieces, reserved: pieces.exceptions())
_LASTING: Clause = ("lasting", lambda pieces, reserved: pieces.duration())
_OF_A_TIME: dict[str, Clause] = {"within": _WINDOW, "over": _WINDOW}
_OF_AN_ALLERGY: dict[str, Clause] = {"other": _OTHER}
_OF_A_CONDITION: dict[str, Clause] = {
    "that": ("states", _states),
    "stage": ("stages", Pieces.choices),
    "confirmed": ("confirmed_by", _confirmed),
    "other": _OTHER,
    "for": _LASTING,
    "showing": ("findings", Pieces.choices),
    **_OF_A_TIME,
}
_OF_A_TREATMENT: dict[str, Clause] = {
    "that": ("states", _states),
    "dose": ("dose", Pieces.bounds),
    "by": ("routes", Pieces.choices),
    "response": ("responses", lambda pieces, reserved: tuple(one.lower() for one in pieces.choices(reserved))),
    "setting": ("setting", Pieces.choice),
    "other": _OTHER,
    "for": _LASTING,
    "stable": ("stable_for", _stable),
    **_OF_A_TIME,
}
_HEADS: dict[str, Callable[[Pieces], Leaf]] = {
    "age": _age,
    "sex": _sex,
    "pregnant": _state("pregnant"),
    "breastfeeding": _state("breastfeeding"),
    "childbearing": _state("childbearing potential"),
    "contraception": _state("contraception"),
    "healthy": _state("healthy volunteer"),
    "history": _condition("history", "of"),
    "active": _condition("active"),
    "known": _condition("suspected", "or", "suspected"),
    "use": _medication("", "of"),
    "any": _medication("any", "use", "of"),
    "current": _current,
    "past": _past,
    "underwent": _procedure,
    "undergoing": partial(_procedure, current=True),
    "allergy": _allergy,
    "family": _family_history,
    "smoking": _smoking,
    "participation": _participation,
    "statement": _text(Statement),
    "judgement": _text(Judgement),
    "consent": _text(Consent),
    "unread": _text(Unread),
}
