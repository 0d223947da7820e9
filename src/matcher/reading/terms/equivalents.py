"""Rules for doses told as those of another drug: "steroids (> 10 mg daily of prednisone or equivalent)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.doses import per_day, said_daily
from matcher.vocabulary import Concept

# Words around such a dose that add nothing to it.
_EMPTY = Caseless(r"(?:total|systemic|oral|doses?|dosing|dosage|therapy|an?|the|its|their|another|other|of|or|corticosteroids?|steroids?|glucocorticoids?|agents?|drugs?|excess)$")
_SUMMED = Caseless(r"\b(?:cumulative|lifetime|loading|starting|initial|single|maximum|max|induction|test)\b")


def _told(tokens: Sequence[Token], context: Context) -> Found:
    """The class whose dose is told, with its limit as so much of the drug that is named."""
    quantity = next(token for token in tokens if token.tag == "quantity")
    equal = next(token for token in tokens if token.tag == "equivalent")
    before = tokens[: tokens.index(equal)]
    drugs = [token for token in tokens if token.tag == "drug" and (token in before or not _EMPTY.match(token.text.split(" ")[-1]))]
    said = context.text[tokens[0].start : tokens[-1].end]
    if sum(token.tag == "open" for token in tokens) != sum(token.tag == "close" for token in tokens) or _SUMMED.search(said):
        return None
    if any(token.tag == "w" and not _EMPTY.match(token.text) for token in tokens):
        return None
    told = [str(equal.value)] if equal.value else [term_of(token).label for token in reversed(drugs)]
    named = next((found for name in told if (found := context.vocabulary.treatment(name)) is not None and found.kind == "drug"), None)
    over = context.vocabulary.told_as(named) if named is not None else None
    if named is None or over is None or not all(_is_of(token, over, context) for token in drugs):
        return None
    bounds = tuple(per_day(bound, daily=said_daily(said)) for bound in quantity.value)
    if any(bound.op == "=" or "L" in bound.unit or "g" not in bound.unit for bound in bounds):
        return None
    first = drugs[0] if drugs else equal
    term = replace(term_of(first) if drugs else term_of(replace(equal, value=over.label)), label=over.label, dose=bounds, equivalent=named.label)
    return [*(token for token in tokens if token.tag == "route"), *made("drug", tokens, context, term)]


def _measured(tokens: Sequence[Token], context: Context) -> Found:
    """ "Steroids > 10 mg of prednisone a day": as much of any of them as that much of the drug that is named."""
    first, *_, named = (token for token in tokens if token.tag == "drug")
    drug, over = (context.vocabulary.treatment(term_of(token).label) for token in (named, first))
    if drug is None or over is None or drug == over or context.vocabulary.told_as(drug) != over or term_of(named).dose:
        return None
    at = tokens.index(named)
    return _told([*tokens[:at], replace(named, tag="equivalent", value=drug.label), *tokens[at + 1 :]], context)


def _is_of(token: Token, over: Concept, context: Context) -> bool:
    """Whether a drug that is named is of the class whose dose is told, or is that class."""
    term = term_of(token)
    found = context.vocabulary.treatment(term.label)
    return found is not None and not term.dose and context.vocabulary.relation(found, over) in ("same", "narrower")


_SMALL = "(open|comma|of|at|with|in|event|be|dose|daily|for|w|plus|to)*"
_NAMED = "(of|open|comma|to)* route? ((drug (or|comma|slash)?)? open?)? equivalent (of|dose|other|to|w|drug)* (slash? daily)? close* daily?"
EQUIVALENTS = (
    Rule("class at an equivalent dose", f"drug use? {_SMALL} quantity daily? {_NAMED}", _told, "equivalent"),
    Rule("class at a dose, the equivalent before the limit", f"drug ((or|comma|slash)+ other? drug)* {_SMALL} (drug (or|comma)?)? equivalent close? (dose|of|be|level|daily)* quantity daily?", _told, "equivalent"),
    Rule("class equivalent to a dose", "drug (open|comma|at|in|with|dose|of|w|be)* equivalent (to|of|dose|w)* quantity daily? of? route? drug daily? close?", _told, "equivalent"),
    Rule("class at a dose of one of its drugs", f"drug use? {_SMALL} quantity daily? of? route? drug close? daily?", _measured, "quantity"),
    Rule("dose of an equivalent alone", f"quantity daily? {_NAMED}", _told, "equivalent"),
)
