"""An "and" that joins groups of people and not what is asked of one: nobody is male and female, or 2 to 17 and over 18 years old.

A conjunction that no person can meet was a list of those who may take part. Where it cannot be told to which of them a
further condition belongs, both readings stay. So they do where two diseases of one family are joined ("type 1 and
type 2 diabetes"), which hardly anybody has at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from matcher.model.language import Age, All, Ambiguous, Any, Check, Condition, Sex, State
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Read, Spans
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

_DAYS = {"years": Fraction(1461, 4), "months": Fraction(487, 16), "weeks": Fraction(7), "days": Fraction(1)}
_BOTH_SEXES = frozenset(("female", "male"))
_OF_WOMEN = frozenset(("pregnant", "breastfeeding", "childbearing potential"))
# An age or a sex of somebody else, or of a time that is not now.
_ANOTHER = Caseless(r"\b(?:whose|having|mothers?|fathers?|parents?|partners?|caregivers?|gestation(?:al)?|onset|at (?:diagnosis|birth|entry))\b|\bwith (?:a |an )?(?:child|children|infants?)\b")
_AT_ONCE = Caseless(r"\bboth\b(?! (?:sexes|genders|men|women|males?|females?|patients))|co-?(?:infect|exist|morbid)|concomitant|concurrent|overlap|together with|combined|as well as|\bplus\b", needs=("both", "infect", "exist", "morbid", "concomitant", "concurrent", "overlap", "together", "combined", "as well", "plus"))
_MEN, _WOMEN = Caseless(r"\b(?:men|males?)\b"), Caseless(r"\b(?:women|females?)\b")


class _Placed(NamedTuple):
    """A check with the places of its leaves."""

    check: Check
    spans: Spans


class _People(NamedTuple):
    """Whom a check may hold of: sexes, and ages in days (a limit may be met exactly where it is not `over` or `under`)."""

    sexes: frozenset[str] = _BOTH_SEXES
    low: Fraction | None = None
    over: bool = False
    high: Fraction | None = None
    under: bool = False

    def apart(self, other: _People) -> bool:
        """Whether nobody is one of these and one of the others."""
        return not self.sexes & other.sexes or self._below(other) or other._below(self)

    def _below(self, other: _People) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.under or other.over))


_ANYBODY = _People()


def with_groups(read: Read, text: str, kind: str, vocabulary: Vocabulary) -> Read:
    """The check with each conjunction that nobody can meet as the list of groups that it is."""
    seen = set(map(type, leaves(read.check)))
    joins_diseases = kind == "inclusion" and Condition in seen and not _AT_ONCE.search(text)
    if not (Age in seen or Sex in seen or joins_diseases):
        return read
    found = _told(_Placed(read.check, read.spans), text, vocabulary if joins_diseases else None)
    if kind == "inclusion" and Sex not in seen and any(map(_is_of_women, _sure(read.check))) and _MEN.search(text) and _WOMEN.search(text):
        found = _either(found, _any([_Placed(Sex("male"), found.spans[:1]), found]))
    return read if found.check == read.check else Read(found.check, found.spans)


def _sure(check: Check) -> Iterator[Check]:
    """The leaves of a check that are not in doubt."""
    if isinstance(check, All | Any):
        for part in check.parts:
            yield from _sure(part)
    else:
        yield check


def _told(placed: _Placed, text: str, vocabulary: Vocabulary | None) -> _Placed:
    match placed.check:
        case All():
            return _groups([_told(part, text, vocabulary) for part in _parts(placed)], text, vocabulary)
        case Any():
            return _any([_told(part, text, vocabulary) for part in _parts(placed)])
    return placed


def _groups(parts: list[_Placed], text: str, vocabulary: Vocabulary | None) -> _Placed:
    people = [_people(part.check) for part in parts]
    told_of = {one for one in people if one != _ANYBODY}
    groups = [i for i, one in enumerate(people) if any(one.apart(other) for other in told_of)]
    if not groups:
        family = next((i for i, (one, other) in enumerate(pairwise(parts)) if vocabulary and _of_one_family(one.check, other.check, vocabulary)), None)
        if family is None:
            return _Placed(All(tuple(part.check for part in parts)), _spans(parts))
        pair = parts[family : family + 2]
        return _all([*parts[:family], _either(_all(pair), _any(pair)), *parts[family + 2 :]])
    first = groups[0]
    before, behind = parts[:first], [part for i, part in enumerate(parts) if i > first and i not in groups]
    told = [parts[i] for i in groups]
    who, what = _split(told[-1])
    if any(_is_of_women(leaf) for part in what for leaf in leaves(part.check)):
        what = []
    loose = _all([*before, _any([*told[:-1], _all([told[-1], *behind])])])
    if not behind and not what and not _ANOTHER.search(text):
        return loose
    strict = _all([*before, _any([*told[:-1], _all(who)]), *what, *behind]) if what or behind else _all(parts)
    return _either(loose, strict)


def _people(check: Check) -> _People:
    """Whom a check may hold of, as far as its sexes and ages say."""
    match check:
        case Sex(sex):
            return _People(frozenset((sex,)))
        case Age(bounds):
            return _met([_aged(bound.op, Fraction(bound.number) * _DAYS[bound.unit]) for bound in bounds])
        case All(parts):
            return _met([_people(part) for part in parts])
    return _People(frozenset(("female",))) if _is_of_women(check) else _ANYBODY


def _aged(op: str, days: Fraction) -> _People:
    if op in (">", "≥"):
        return _People(low=days, over=op == ">")
    return _People(high=days, under=op == "<") if op in ("<", "≤") else _ANYBODY


def _met(people: Sequence[_People]) -> _People:
    """Whom all of them hold of."""
    sexes = _BOTH_SEXES.intersection(*(one.sexes for one in people))
    lows = [(one.low, one.over) for one in people if one.low is not None]
    highs = [(one.high, not one.under) for one in people if one.high is not None]
    low, over = max(lows, default=(None, False))
    high, reached = min(highs, default=(None, True))
    return _People(sexes, low, over, high, not reached)


def _is_of_women(check: Check) -> bool:
    return (isinstance(check, State) and check.name in _OF_WOMEN) or (isinstance(check, Condition) and check.term == "menopause")


def _of_one_family(one: Check, other: Check, vocabulary: Vocabulary) -> bool:
    """Whether two diseases stand under one name and none under the other."""
    if not (isinstance(one, Condition) and isinstance(other, Condition)) or one.phase != other.phase or one.phase not in ("", "active"):
        return False
    first, second = vocabulary.condition(one.term), vocabulary.condition(other.term)
    if first is None or second is None or vocabulary.relation(first, second) in ("same", "narrower", "broader"):
        return False
    return not set(vocabulary.kinds(first)).isdisjoint(vocabulary.kinds(second))


def _split(part: _Placed) -> tuple[list[_Placed], list[_Placed]]:
    """What a group says of sex and age, and what else."""
    pieces = _parts(part) if isinstance(part.check, All) else [part]
    who = [one for one in pieces if isinstance(one.check, Sex | Age)]
    return (who, [one for one in pieces if one not in who]) if who else ([part], [])


def _parts(placed: _Placed) -> list[_Placed]:
    """The parts of a conjunction or disjunction, each with its places."""
    found, at = [], 0
    for part in placed.check.parts if isinstance(placed.check, All | Any) else ():
        count = sum(1 for _ in leaves(part))
        found.append(_Placed(part, placed.spans[at : at + count]))
        at += count
    return found


def _all(parts: Sequence[_Placed]) -> _Placed:
    flat = [one for part in parts for one in (_parts(part) if isinstance(part.check, All) else [part])]
    return parts[0] if len(parts) == 1 else _Placed(All(tuple(one.check for one in flat)), _spans(flat))


def _any(parts: Sequence[_Placed]) -> _Placed:
    return parts[0] if len(parts) == 1 else _Placed(Any(tuple(one.check for one in parts)), _spans(parts))


def _either(one: _Placed, other: _Placed) -> _Placed:
    return one if one.check == other.check else _Placed(Ambiguous((one.check, other.check)), one.spans + other.spans)


def _spans(parts: Sequence[_Placed]) -> Spans:
    return tuple(span for part in parts for span in part.spans)
