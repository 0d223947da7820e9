"""Words that deny every treatment behind them: "naive to A and other forms of A", "untreated with chemotherapy"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    State,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import canonical, load
from matcher.vocabulary.measures import unit_rules

_DENIES = Caseless(r"\b(?:na[iï]ve\s+(?:to|for|of|with)|untreated\s+(?:with|by))\b", needs=("naive", "naïve", "untreated"))
_BEFORE = Caseless(r"\b(?:previously|never|so far)\b[^.;]*\buntreated\b", needs=("untreated",))
# What begins another clause: the denial does not reach behind it.
_OTHERWISE = Caseless(
    r"[.;:]|\b(?:who|that|which|receiv\w+|taking|takes?|on|treated|treatment with|stable|ha[sd]|have|having|must|should|need\w*|requir\w+|underw\w+|prior|previous\w*|current\w*|planned|plan|candidates?|eligible|scheduled|"
    r"initiat\w+|start\w*|about|fail\w*|respon\w+|experienced|exposed|but|using|uses?|unless|except|other than)\b"
)
_UNTREATED = "untreated"


def denied_by_words_ahead(read: Read, text: str, kind: str) -> Read:
    """A reading in which no treatment is asked for that the words before it deny."""
    if isinstance(read.check, Not):
        both = _of_both(read, text) or _or_well(read.check)
        return Read(Ambiguous((read.check, both)), (*read.spans, *read.spans)) if both is not None else read
    denial = _DENIES.search(text)
    if denial is None:
        return read
    if kind == "inclusion" and _so_untreated(read.check) and isinstance(read.check, Medication | Procedure):
        return Read(Not(_treated(read.check, ever=_BEFORE.search(text) is not None)), read.spans)
    untreated = any(map(_so_untreated, leaves(read.check)))
    asked = any(_OTHERWISE.search(text, denial.end(), end) is None for end in _asked_behind(read, denial.end()))
    return Read(Unread(clean(text)), ((0, len(text)),)) if untreated or asked else read


def _of_both(read: Read, text: str) -> Check | None:
    """ "No seizure disorder and receiving antiepileptics": nobody who has one and takes the other; None where each is denied by itself."""
    denied = read.check.part if isinstance(read.check, Not) else None
    parts = denied.parts if isinstance(denied, Any) else ()
    if len(read.spans) != len(parts) or not isinstance(next(iter(parts), None), Condition):
        return None
    taken = next((nth for nth, part in enumerate(parts) if isinstance(part, Medication | Procedure)), 0)
    if not taken or not all(isinstance(part, Condition) for part in parts[:taken]) or not all(isinstance(part, Medication | Procedure) for part in parts[taken:]):
        return None
    return Not(All((any_of(list(parts[:taken])), any_of(list(parts[taken:]))))) if _AND_TAKES.search(text, read.spans[taken - 1][1] - 1, read.spans[taken][1]) else None


def _or_well(check: Not) -> Check | None:
    """ "No hepatitis B or HBV DNA < 2000 IU/mL": the last may be another way in, of those who have the first; None where it is denied as they are."""
    parts = check.part.parts if isinstance(check.part, Any) else ()
    if len(parts) < _TWO or isinstance(check.part, Not) or not _is_well(parts[-1], parts[:-1]):
        return None
    return Any((Not(any_of(list(parts[:-1]))), parts[-1]))


_TWO = 2
_LOAD = pattern_of(r"\b[RD]NA\b|viral load")


def _is_well(last: Check, before: Sequence[Check]) -> bool:
    """Whether it is well to have what ends a list: a negative test, a value that the healthy have, contraception, a dose that stays the same."""
    if isinstance(last, Medication) and last.stable_for is not None:
        return any(isinstance(one, Medication) and one.term == last.term for one in before) or all(isinstance(one, Condition) for one in before)
    if isinstance(last, State | Unread):
        return last == State("contraception") or (isinstance(last, Unread) and "trimester" in last.text)
    if not isinstance(last, Measurement) or last.window is not None:
        return False
    if last.words:
        return any(word in ("negative", "undetectable", "not detected", "normal") for word in last.words)
    if len(last.bounds) != 1 or not all(isinstance(one, Condition) for one in before):
        return False
    (bound,) = last.bounds
    measure = load().measure(last.term)
    rules = unit_rules(measure.id) if measure is not None else None
    value = canonical(measure, bound.number, bound.unit) if measure is not None and bound.unit else None
    upper = bound.op in ("<", "≤")
    if rules is None or value is None:
        return upper and _LOAD.search(last.term) is not None
    low, high = rules.usual
    return (value >= high if upper else bound.op in (">", "≥") and value <= low) or (upper and _LOAD.search(last.term) is not None)


# How those are told who take something, not the taking: "and receiving", where "or use of" would be denied by itself.
_AND_TAKES = Caseless(r"\band\s+(?:(?:is|are|be|been|being|currently|presently|now|also|already|chronically|concurrently|regularly|who)\s+)*(?:on|receiv(?:ing|es?)|taking|takes?|using|treated|under|requir(?:ing|es?)|dependent on|maintained on|stabili[sz]ed (?:on|with))\b", needs=("and",))


def _asked_behind(read: Read, behind: int) -> Iterator[int]:
    """Where the treatments behind a place end that are asked for, one after another."""
    asked = {id(leaf) for leaf in _asked(read.check)}
    for leaf, (start, end) in zip(leaves(read.check), read.spans, strict=False):
        if id(leaf) in asked and isinstance(leaf, Medication | Procedure) and start >= behind:
            yield end


def _asked(check: Check) -> Iterator[Check]:
    """The leaves of a check that are not denied."""
    if isinstance(check, All | Any):
        for part in check.parts:
            yield from _asked(part)
    elif isinstance(check, Ambiguous):
        for part in check.readings:
            yield from _asked(part)
    elif not isinstance(check, Not):
        yield from leaves(check)


def _so_untreated(leaf: Check) -> bool:
    return isinstance(leaf, Medication | Procedure) and any(_UNTREATED in state.casefold() for state in leaf.states)


def _treated(leaf: Medication | Procedure, *, ever: bool) -> Check:
    """A treatment without the word that denies it."""
    if leaf.states != (_UNTREATED,):
        return Unread(leaf.term)
    return replace(leaf, states=(), phase="any" if ever else leaf.phase) if isinstance(leaf, Medication) else replace(leaf, states=())
