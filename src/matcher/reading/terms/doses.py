"""Rules for doses: "prednisone or equivalent > 20 mg/day", "a daily dose of prednisone above 10 mg"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Bound
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.grammar.term import Term, term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_MASS = pattern_of(r"(?:[kmµn]?g|k?I?U)(?:/(?:kg|m²))?", re.IGNORECASE)
_PER_TIME = pattern_of(r"(?:[kmµn]?g|k?I?U)(?:/(?:kg|m²))?/(?:day|week|24h)", re.IGNORECASE)


# A dose that is not taken day by day.
_SUMMED = Caseless(r"\b(?:cumulative|total|lifetime|loading|starting|initial|single|maximum|max|induction|test)\s+$")


def _dosed(tokens: Sequence[Token], context: Context) -> Found:
    """A drug with its dose, per day where "daily" stands beside it."""
    drug = next(token for token in tokens if token.tag == "drug")
    quantity = next(token for token in tokens if token.tag == "quantity")
    if sum(one.tag == "open" for one in tokens) != sum(one.tag == "close" for one in tokens):
        return None
    said = context.text[tokens[0].start : tokens[-1].end]
    if _SUMMED.ends(context.text, tokens[0].start):
        return None
    bounds = tuple(per_day(bound, daily=said_daily(said)) for bound in quantity.value)
    if not all(_PER_TIME.fullmatch(bound.unit) or _MASS.fullmatch(bound.unit) for bound in bounds):
        return None
    equal = next((token for token in tokens if token.tag == "equivalent"), None)
    term = in_equivalents(replace(term_of(drug), dose=bounds), equal, context)
    return made("drug", tokens, context, term) if term is not None else None


def said_daily(text: str) -> bool:
    """Whether words say that a dose is that of one day."""
    return re.search(r"\bdaily\b|(?:\b(?:per|a|each)|/)\s*day\b", text, re.IGNORECASE) is not None


def per_day(bound: Bound, *, daily: bool) -> Bound:
    """A limit on a dose as one on the dose of a day, where that is what was said."""
    return replace(bound, unit=f"{bound.unit}/day") if daily and _MASS.fullmatch(bound.unit) else bound


def with_dose(tokens: Sequence[Token], context: Context) -> Found:
    """A drug with a dose: "prednisone ≤ 20 mg/day or equivalent"."""
    drug = next(token for token in tokens if token.tag == "drug")
    quantity = next(token for token in tokens if token.tag == "quantity")
    bounds: tuple[Bound, ...] = tuple(bound for bound in quantity.value if not (bound.op == "≥" and bound.number == 0))
    if any(re.search(r"/(?:[dmµ]?L|100)", bound.unit, re.IGNORECASE) for bound in bounds):
        return None
    if not bounds or not all("g" in bound.unit.casefold() or "iu" in bound.unit.casefold() for bound in bounds):
        return None
    term = in_equivalents(replace(term_of(drug), dose=bounds), next((token for token in tokens if token.tag == "equivalent"), None), context)
    return made("drug", tokens, context, term) if term is not None else None


def in_equivalents(term: Term, equal: Token | None, context: Context) -> Term | None:
    """A drug with a dose that is told as an equivalent: it is that of its whole class ("prednisone or equivalent"); None where the class is not known."""
    if equal is None:
        return term
    named = str(equal.value) or term.label
    concept = context.vocabulary.treatment(term.label)
    if concept is None or concept.kind == "class":
        return replace(term, equivalent=named) if equal.value else None
    over = context.vocabulary.told_as(concept)
    return replace(term, label=over.label, equivalent=named) if over is not None else None


def class_dose(tokens: Sequence[Token], context: Context) -> Found:
    """A class with a dose of a member in brackets: "oral corticosteroids (≤ 20 mg/day, prednisone or equivalent)"."""
    drugs = [token for token in tokens if token.tag == "drug"]
    inner = with_dose(tokens[1:], context)
    if inner is None or len(drugs) != 2:
        return None
    dose: Term = inner[0].value
    return made("drug", tokens, context, replace(term_of(drugs[0]), dose=dose.dose, equivalent=term_of(drugs[1]).label))


_CUMULATIVE = Caseless(r"(?:(?:life-?time|total|maximum|prior|previous)\s+)*cumulative\s+(?:(?:life-?time|total)\s+)?(?:(?:dos(?:es?|ages?)|exposure)\s+)?(?:(?:of|to)\s+)?(?:an?\s+|any\s+|prior\s+|previous\s+)?")


def _cumulative(tokens: Sequence[Token], context: Context) -> Found:
    """ "prior cumulative doxorubicin > 360 mg/m2": doxorubicin, given so much of it in all."""
    drug = next(token for token in tokens if token.tag == "drug")
    bounds: tuple[Bound, ...] = tokens[-1].value
    first = next((token for token in tokens if token.tag in ("w", "dose", "degree")), None)
    if first is None or not _CUMULATIVE.fullmatch(context.text[first.start : drug.start]) or len(bounds) != 1 or not _MASS.fullmatch(bounds[0].unit) or term_of(drug).examples:
        return None
    said = f"in a cumulative dose {bounds[0].op} {bounds[0].number:f} {bounds[0].unit}"
    return [Token("history", first.start, first.start, "prior"), *made("drug", tokens[tokens.index(first) :], context, replace(term_of(drug), counted=said))]


_EQUAL = "(comma|or|open|slash|of)* equivalent (drug|dose|w)? close?"
DOSES = (
    Rule("cumulative dose", "(w|dose|of|to|degree)+ drug (dose|of|be|at|level|w)* quantity", _cumulative, "drug", ("cumulative",)),
    Rule("dose of an equivalent", f"(daily? dose of?)? drug {_EQUAL} (dose|of|be|at|level|daily|in|comma|with|open)* quantity daily? close?", _dosed, "equivalent"),
    Rule("daily dose of a drug", "(daily dose|dose) of? drug (be|of|at|level|daily)* quantity daily?", _dosed, "dose"),
    Rule("drug at a dose", "drug (at|in|with|be|open)* (daily|of)* dose (of|be|level|at)* quantity daily? ((comma|or|of)* equivalent)? close?", _dosed, "dose"),
    Rule("so much a day", "quantity of? drug (comma? equivalent)? daily", _dosed, "daily"),
)
