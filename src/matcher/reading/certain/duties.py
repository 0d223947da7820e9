"""Duties that bind only those who have what they speak of: nobody is asked to have it.

How long a treatment is to be unchanged is asked of each treatment: one that was changed since then breaks the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Duration,
    Measurement,
    Medication,
    Not,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Read, Spans, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

DUTY = Caseless(r"\b(?:must|should|shall|has to|have to|needs? to|required)\b")
_PRESUPPOSES = Caseless(
    r"\b(?:complet\w+|finish\w+|end(?:ed|ing)|stopp\w+|discontinu\w+|recover\w+)\s+(?:from\s+|of\s+)?(?:all|any)\b|\b(?:all|any)\s+(?:prior|previous)\b.*\b(?:complet\w+|finish\w+|ended|stopp\w+|discontinu\w+|recover\w+)",
    needs=("complet", "finish", "end", "stopp", "discontinu", "recover"),
)


def presupposes(said: str) -> bool:
    """Whether an inclusion speaks of whatever there was: "completed all prior radiotherapy"."""
    return _PRESUPPOSES.search(said) is not None


def or_needs(before: Token, first: Token, context: Context) -> bool:
    """Whether a need stands behind a limit and an "or": "creatinine > 3 mg/dL or requiring dialysis" asks for either."""
    limit = before.tag == "check" and all(isinstance(leaf, Age | Measurement) for leaf in leaves(before.value.check))
    return limit and first.tag == "restrict" and "or" in context.text[before.end : first.start]


def of_those_treated(check: Check, checks: Sequence[Check], spans: Sequence[tuple[int, int]], tokens: Sequence[Token], context: Context) -> Found:
    """ "Treatment with X should be stable": asked of those who take it."""
    used = [leaf for leaf in leaves(check) if isinstance(leaf, Medication)]
    if len(used) != len(checks) or isinstance(check, Ambiguous):
        return None
    scope = any_of([Medication(leaf.term, phase="current") for leaf in used])
    changed: list[Check] = [one for one in (_changed(leaf, leaf.stable_for) for leaf in used) if one is not None]
    rule = Not(any_of(changed)) if len(changed) == len(used) else check
    return check_token(When(scope, rule), tokens, context, (*spans, *spans))


_OTHER_SIDE = {"≥": "<", ">": "≤"}


def _changed(drug: Medication, stable: Duration | None) -> Medication | None:
    """The drug where it was changed within the time in which it is to be stable."""
    if stable is None or stable.op not in _OTHER_SIDE or not stable.span.number:
        return None
    return replace(drug, stable_for=replace(stable, op=_OTHER_SIDE[stable.op]))


_SPEAKS_OF_IT = Caseless(r"\b(?:stable|unchanged|constant)\b", needs=("stable", "unchanged", "constant"))
_FIGURES = {word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1)}
_LASTS = (
    rf"(?P<more>(?:at\s+least|a\s+minimum\s+of|minimum|no\s+less\s+than|≥|>=|>|more\s+than|greater\s+than|over|longer\s+than|the|past|last|previous|preceding|\s)*?)\s*(?P<number>\d{{1,3}}|{'|'.join(_FIGURES)})\s*(?:\(\d{{1,3}}\)\s*)?"
    r"(?P<unit>day|week|month|year)s?"
)
_UNTIL = r"(?:\s*,?\s*(?:prior\s+to|before|preceding|up\s+to|at)\s+(?:(?!\b(?:and|or|unless|except|with|without|who|if|but|during)\b)[^.;,])*)?\W*"
_DOSE = r"(?:dos(?:es?|age|ages|ing)|regimens?|treatment(?:\s+regimens?)?|therap(?:y|ies))"
_LED = r"\W*(?:(?:they|it|patients|subjects|the\s+dose|doses?|dosage)\s+)?(?:(?:must|should|shall|is|are|has|have|to|be|been|kept|remained|maintained|receiving|taking|on|at|a|an|the|their)\s+)*"
_STABLE = (
    Caseless(rf"{_LED}(?:stable|unchanged|constant)(?:\s+{_DOSE})?\s+(?:for|over|during|since|of)\s+{_LASTS}{_UNTIL}"),
    Caseless(rf"{_LED}(?:for\s+)?{_LASTS}\s+(?:on|at|of)\s+(?:an?\s+|the\s+|their\s+)?(?:stable|unchanged|constant)\s+{_DOSE}{_UNTIL}"),
)
_NOT = Caseless(r"\W*(?:(?:who|that|which)\s+)?(?:(?:is|are|has|have|been)\s+)*not\s+")


def of_stable_doses(read: Read, text: str, kind: str) -> Read:
    """The check with what was unread of how long a treatment is to be unchanged: asked of each one that is taken."""
    if not _SPEAKS_OF_IT.search(text) or not any(isinstance(leaf, Unread) for leaf in leaves(read.check)):
        return read
    places = iter(read.spans)
    check, spans = _told(read.check, places, kind)
    return Read(check, spans) if check != read.check else read


def _told(check: Check, places: Iterator[tuple[int, int]], kind: str) -> tuple[Check, Spans]:
    """A check with the words about stable doses told, and the places of its leaves."""
    match check:
        case When(scope, Unread(words)) if kind == "inclusion":
            changed = _each_changed(scope, _stable(words), only_current=True)
            before, place = tuple(next(places, (0, 0)) for _ in leaves(scope)), next(places, (0, 0))
            return (check, (*before, place)) if changed is None else (When(scope, Not(changed)), (*before, *(place for _ in leaves(changed))))
        case Unless(rule, Unread(words)) if kind == "exclusion":
            changed = _each_changed(rule, _stable(words))
            before, place = tuple(next(places, (0, 0)) for _ in leaves(rule)), next(places, (0, 0))
            return (check, (*before, place)) if changed is None else (changed, before)
        case All((Medication() as drug, Unread(words))) if kind == "exclusion" and (denied := _NOT.match(words)):
            changed = _each_changed(drug, _stable(words[denied.end() :]))
            before, place = (next(places, (0, 0)),), next(places, (0, 0))
            return (check, (*before, place)) if changed is None else (changed, before)
        case All(parts) | Any(parts):
            found = [_told(part, places, kind) for part in parts]
            return type(check)(tuple(one for one, _ in found)), tuple(span for _, own in found for span in own)
    return check, tuple(next(places, (0, 0)) for _ in leaves(check))


def _each_changed(drugs: Check, stable: Duration | None, only_current: bool = False) -> Check | None:
    """Each of the drugs, changed within the time; None where more is said of one of them."""
    named = drugs.parts if isinstance(drugs, Any) else (drugs,)
    taken = [drug for drug in named if isinstance(drug, Medication) and replace(drug, phase="", dose=(), equivalent="", routes=()) == Medication(drug.term) and drug.phase in ("", "current", "any")]
    if stable is None or len(taken) != len(named) or (any(drug.phase == "any" for drug in taken) and not only_current):
        return None
    changed: list[Check] = [one for one in (_changed(replace(drug, phase="current") if only_current else drug, stable) for drug in taken) if one is not None]
    return any_of(changed) if len(changed) == len(taken) else None


def _stable(words: str) -> Duration | None:
    """How long a dose is to be stable, where the words say nothing else."""
    found = next((match for match in (pattern.fullmatch(words) for pattern in _STABLE) if match is not None), None)
    if found is None:
        return None
    number, more = found["number"].casefold(), found["more"].casefold()
    longer = "over" in more or (">" in more and "=" not in more) or ("than" in more and "less" not in more)
    return Duration(">" if longer else "≥", Span(Decimal(_FIGURES.get(number, 0) or int(number)), found["unit"].casefold()))
