"""Writing a check as its canonical wording: every leaf its sentence, every joint its word, brackets where needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as Anything

from matcher.model import wording_words as words
from matcher.model.dates import Span
from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    AtLeast,
    Bound,
    Check,
    Condition,
    Consent,
    Duration,
    Exempt,
    FamilyHistory,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    Smoking,
    State,
    Statement,
    Unless,
    Unread,
    When,
    Window,
)
from matcher.model.wording_words import WordingError, write_choice, write_choices, write_number, write_term, write_unit

_LEAF, _AND, _OR, _UNLESS, _WHEN = range(5)
_LOOSENESS: dict[type, int] = {All: _AND, Any: _OR, Unless: _UNLESS, When: _WHEN}


def write(check: Check) -> str:
    """The canonical wording of a check; WordingError where it is nested too deep to be read again."""
    return _write(check, _WHEN, 0, before_or=False)


def _write(check: Check, loosest: int, depth: int, *, before_or: bool = False) -> str:
    if depth > words.DEEPEST:
        raise WordingError(0, f"expected nesting no deeper than {words.DEEPEST}")
    if _LOOSENESS.get(type(check), _LEAF) > loosest:
        return f"({_write(check, _WHEN, depth)})"
    depth += 1
    match check:
        case All(parts):
            last = len(parts) - 1
            return " and ".join(
                _write(part, _LEAF, depth, before_or=before_or and number == last) for number, part in enumerate(parts)
            )
        case Any(parts):
            last = len(parts) - 1
            return " or ".join(
                _write(part, _AND, depth, before_or=number < last) for number, part in enumerate(parts)
            )
        case Not(part):
            return f"not {_write(part, _LEAF, depth, before_or=before_or)}"
        case When(scope, rule):
            return f"when {_write(scope, _UNLESS, depth)} then {_write(rule, _UNLESS, depth)}"
        case Unless(rule, state):
            return f"{_write(rule, _OR, depth)} unless {_write(state, _OR, depth)}"
        case AtLeast(number, parts):
            return f"at least {number} of ({_listed(parts, depth)})"
        case Ambiguous(readings):
            return f"ambiguous ({_listed(readings, depth)})"
    text, ends_in_list = _LEAVES[type(check)](check)
    return f"({text})" if ends_in_list and before_or else text


def _listed(parts: tuple[Check, ...], depth: int) -> str:
    return "; ".join(_write(part, _WHEN, depth) for part in parts)


class _Sentence:
    """A leaf's words one after another, remembering whether the last of them are an open list."""

    __slots__ = ("ends_in_list", "reserved", "said")

    def __init__(self, said: str, reserved: frozenset[str] = words.STRUCTURE) -> None:
        self.said, self.reserved, self.ends_in_list = [said], reserved, False

    def say(self, said: str) -> None:
        if said:
            self.said.append(said)
            self.ends_in_list = False

    def choose(self, before: str, texts: tuple[str, ...]) -> None:
        if texts:
            self.said.append(f"{before} {write_choices(texts, self.reserved)}")
            self.ends_in_list = True

    def done(self) -> tuple[str, bool]:
        return " ".join(self.said), self.ends_in_list


_AFTER_PAST = frozenset({"use"})


def _term(term: str, reserved: frozenset[str], head: str) -> str:
    first = words.HEADS if not head else _AFTER_PAST if head == "past" else frozenset[str]()
    return f"{head} {write_term(term, reserved, first=first)}".lstrip()


def _bound(bound: Bound, reserved: frozenset[str]) -> str:
    unit = write_unit(bound.unit, reserved | words.AFTER_A_UNIT)
    return f"{bound.op} {write_number(bound.number)}{' ' if unit else ''}{unit}"


def _bounds(bounds: tuple[Bound, ...], reserved: frozenset[str]) -> str:
    if len(bounds) == 2:
        low, high = bounds
        if (low.op, high.op, low.unit) == ("≥", "≤", high.unit):
            return f"{write_number(low.number)} to {_bound(high, reserved)[2:]}"
    return " to ".join(_bound(bound, reserved) for bound in bounds)


def _span(span: Span) -> str:
    return f"{write_number(span.number)} {span.unit}{'' if span.number == 1 else 's'}"


def _duration(duration: Duration | None, before: str) -> str:
    return f"{before} {duration.op} {_span(duration.span)}" if duration else ""


def _window(window: Window | None) -> str:
    if window is None:
        return ""
    within = f"within {_span(window.within)}" if window.within else ""
    beyond = f"over {_span(window.beyond)} ago" if window.beyond else ""
    return f"{within} but {beyond}" if within and beyond else within or beyond


def _other_than(exceptions: tuple[Exempt, ...]) -> str:
    return f"other than ({'; '.join(map(_exception, exceptions))})" if exceptions else ""


def _exception(exempt: Exempt) -> str:
    reserved = words.AFTER_AN_EXCEPTION
    sentence = _Sentence(write_term(exempt.term, reserved, first=_ANY) if exempt.term else "any", reserved)
    sentence.choose("stage", exempt.stages)
    sentence.choose("by", exempt.routes)
    sentence.say(f"dose {_bound(exempt.dose, reserved)}" if exempt.dose else "")
    sentence.say(f"as {write_term(exempt.equivalent, reserved)}" if exempt.equivalent else "")
    sentence.say("resolved" if exempt.resolved else "")
    sentence.say(f"over for {_span(exempt.over_for)}" if exempt.over_for else "")
    sentence.say(f"if {words.quote(exempt.state)}" if exempt.state else "")
    return sentence.done()[0]


def _age(age: Age) -> tuple[str, bool]:
    bounds = _bounds(age.bounds, words.STRUCTURE)
    number = write_number(age.bounds[-1].number)
    return f"age {bounds[:-1] if len(age.bounds) == 1 and number == '1' else bounds}", False


def _condition(leaf: Condition) -> tuple[str, bool]:
    head = {"": "", "history": "history of", "past": "past", "active": "active", "suspected": "known or suspected"}[leaf.phase]
    sentence = _Sentence(_term(leaf.term, words.AFTER_A_CONDITION, head), words.AFTER_A_CONDITION)
    sentence.choose("that is", leaf.states)
    sentence.choose("stage", leaf.stages)
    sentence.choose("confirmed by", leaf.confirmed_by)
    sentence.say(_other_than(leaf.other_than))
    sentence.say(_window(leaf.window))
    sentence.say(_duration(leaf.lasting, "for"))
    return sentence.done()


def _measurement(leaf: Measurement) -> tuple[str, bool]:
    reserved = words.AFTER_A_MEASUREMENT
    sentence = _Sentence(_term(leaf.term, words.AFTER_A_CONDITION, ""), reserved)
    sentence.say(_bounds(leaf.bounds, reserved))
    sentence.choose("is", leaf.words)
    sentence.say(_window(leaf.window))
    sentence.say({1: "", 2: "twice"}.get(leaf.times, f"{leaf.times} times"))
    sentence.say(f"in {_span(leaf.spread)}" if leaf.spread else "")
    return sentence.done()


def _medication(leaf: Medication) -> tuple[str, bool]:
    reserved = words.AFTER_A_TREATMENT
    sentence = _Sentence(_term(leaf.term, reserved, f"{leaf.phase} use of".lstrip()), reserved)
    sentence.choose("that is", leaf.states)
    sentence.say(f"dose {_bounds(leaf.dose, reserved)}" if leaf.dose else "")
    sentence.say(f"as {write_term(leaf.equivalent, reserved)}" if leaf.equivalent else "")
    sentence.choose("by", leaf.routes)
    sentence.choose("response", leaf.responses)
    sentence.say(f"setting {write_choice(leaf.setting, reserved)}" if leaf.setting else "")
    sentence.say(_other_than(leaf.other_than))
    sentence.say(_window(leaf.window))
    sentence.say(_duration(leaf.lasting, "for"))
    sentence.say(_duration(leaf.stable_for, "stable for"))
    return sentence.done()


def _procedure(leaf: Procedure) -> tuple[str, bool]:
    head = "undergoing" if leaf.current else "" if leaf.findings else "underwent"
    sentence = _Sentence(_term(leaf.term, words.AFTER_A_CONDITION, head), words.AFTER_A_CONDITION)
    sentence.choose("that is", leaf.states)
    sentence.say(_other_than(leaf.other_than))
    sentence.say(_window(leaf.window))
    sentence.choose("showing", leaf.findings)
    return sentence.done()


def _allergy(leaf: Allergy) -> tuple[str, bool]:
    sentence = _Sentence(_term(leaf.term, words.AFTER_AN_ALLERGY, "allergy to"))
    sentence.say(_other_than(leaf.other_than))
    return sentence.done()


def _family_history(leaf: FamilyHistory) -> tuple[str, bool]:
    reserved = words.AFTER_A_FAMILY_DISEASE
    sentence = _Sentence(_term(leaf.term, reserved, "family history of"), reserved)
    sentence.choose("in", leaf.relations)
    return sentence.done()


def _smoking(leaf: Smoking) -> tuple[str, bool]:
    return f"smoking {write_choices(leaf.statuses, words.STRUCTURE)}", True


def _participation(leaf: Participation) -> tuple[str, bool]:
    sentence = _Sentence("current participation in" if leaf.current else "participation in", words.AFTER_A_TRIAL)
    sentence.say(write_choices(leaf.kinds, words.AFTER_A_TRIAL) if leaf.kinds else "")
    sentence.say("trial")
    sentence.say(f"of {write_term(leaf.drug, words.AFTER_A_TRIAL)}" if leaf.drug else "")
    sentence.say(_window(leaf.window))
    return sentence.done()


def _text(head: str) -> Callable[[Statement | Judgement | Consent | Unread], tuple[str, bool]]:
    return lambda leaf: (f"{head} {words.quote(leaf.text)}", False)


_ANY = frozenset({"any"})
_LEAVES: dict[type, Callable[[Anything], tuple[str, bool]]] = {
    Age: _age,
    Sex: lambda leaf: (f"sex {leaf.sex}", False),
    State: lambda leaf: (leaf.name, False),
    Condition: _condition,
    Measurement: _measurement,
    Medication: _medication,
    Procedure: _procedure,
    Allergy: _allergy,
    FamilyHistory: _family_history,
    Smoking: _smoking,
    Participation: _participation,
    Statement: _text("statement"),
    Judgement: _text("judgement"),
    Consent: _text("consent"),
    Unread: _text("unread"),
}
