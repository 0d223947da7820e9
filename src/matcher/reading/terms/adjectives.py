"""Adjectives before a name that are joined to each other: "active, uncontrolled infection", "active or recurrent gout"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.sharing import perhaps_stated

_OPPOSED = ({"acute", "chronic"}, {"mild", "moderate"}, {"moderate", "severe"}, {"mild", "severe"}, {"primary", "secondary"}, {"early", "late"}, {"new", "recurrent"})


def stacked(tokens: Sequence[Token], context: Context) -> Found:
    """ "active, uncontrolled infection": one infection that is both."""
    said = {str(token.value or token.text).casefold() for token in tokens if token.tag == "degree"}
    if any(pair <= said for pair in _OPPOSED):
        return None
    return [token for token in tokens if token.tag != "comma"]


# How a disease is, which it may be in several ways at once; no organ and no kind of it.
_STATES = Caseless(
    r"active|acute|chronic|severe|serious|uncontrolled|unstable|symptomatic|asymptomatic|progressive|significant|persistent|recurrent|untreated|ongoing|current|decompensated|advanced|poorly controlled|life-threatening|debilitating|disabling|"
    r"refractory|unresolved|mild|moderate|primary|secondary|intermittent"
)


def states_together(tokens: Sequence[Token], context: Context) -> Found:
    """ "Active and uncontrolled infection": one that is both; "acute and chronic hepatitis" among exclusions: either, since none is both."""
    adjectives = [token for token in tokens[:-1] if token.tag not in ("comma", "and")]
    said = {token.text.casefold() for token in adjectives}
    if not all(map(_STATES.fullmatch, said)) or {"acute", "chronic"} & set(term_of(tokens[-1]).label.split()):
        return None
    if not any(pair <= said for pair in (*_OPPOSED, {"symptomatic", "asymptomatic"}, {"mild", "severe"})):
        return [*adjectives, tokens[-1]]
    either = len(adjectives) == 2 and len(tokens) == 4 and context.exclusion
    return [adjectives[0], replace(tokens[1], tag="or"), *tokens[2:]] if either else None


def opposites_together(tokens: Sequence[Token], context: Context) -> Found:
    """ "Acute and chronic lung disease" among exclusions, of which the second has a name of its own: either."""
    first, *_, term = tokens
    word, _, shared = term.text.partition(" ")
    concept = context.vocabulary.condition(shared) if context.exclusion and {first.text.casefold(), word.casefold()} in _OPPOSED and shared else None
    return [first, Token("cond", first.end, first.end, shared, concept.label), replace(tokens[1], tag="or"), term] if concept is not None else None


_ALSO = Caseless(r"\band\b")


# Of these a disease is always one or the other.
_ALWAYS = ({"symptomatic", "asymptomatic"}, {"treated", "untreated"}, {"controlled", "uncontrolled"}, {"complicated", "uncomplicated"}, {"stable", "unstable"}, {"compensated", "decompensated"}, {"diagnosed", "undiagnosed"}, {"unilateral", "bilateral"}, {"provoked", "unprovoked"})


def either_adjective(tokens: Sequence[Token], context: Context) -> Found:
    """ "active or uncontrolled infection": active infection or uncontrolled infection."""
    if len(tokens) == 4 and tokens[-1].tag == "cond" and {str(tokens[at].value or tokens[at].text).casefold() for at in (0, 2)} in _ALWAYS:
        return [replace(tokens[-1], start=tokens[0].start)]
    label = term_of(tokens[-1]).label
    if not context.exclusion and _ALSO.search(re.split(r"[.;]\s", context.text[: tokens[0].start])[-1]):
        return None  # "gout and active or recurrent asthma" asks for the first in any case
    if {"acute", "chronic"} & set(label.split()) and any(token.value in ("acute", "chronic") for token in tokens):
        return None
    if any(token.tag == "history" for token in tokens) and any(token.tag == "current" for token in tokens):
        kept = [token for token in tokens if token.tag not in ("current", "or", "slash")]
        return kept if all(token.tag == "history" for token in kept[:-1]) else None
    at = next(i for i, token in enumerate(tokens) if token.tag in ("or", "slash"))
    if tokens[-1].tag == "cond" and _is_opposite(tokens[at - 1].text, tokens[-1].text):
        return _with_its_own_name(tokens, at, context)
    if at > 1 and tokens[-1].tag == "cond" and all(token.tag == "degree" for token in (*tokens[at - 2 : at], *tokens[at + 1 : -1])):
        return [*tokens[:at], tokens[-1], tokens[at], *perhaps_stated(tokens, at, term_of(tokens[-1]).label, context)]
    places = [token for token in tokens[at:] if token.tag == "place"] if any(token.tag != "place" for token in tokens[at + 1 : -1]) else []
    return [*tokens[:at], *places, tokens[-1], *tokens[at:]]


def _is_opposite(word: str, name: str) -> bool:
    """Whether a name begins with the denial of a word: "proliferative", "non-proliferative retinopathy"."""
    first, _, rest = name.casefold().partition(" ")
    return bool(rest) and first.startswith("non") and first.removeprefix("non").lstrip("-") == word.casefold()


def _with_its_own_name(tokens: Sequence[Token], at: int, context: Context) -> Found:
    """ "Proliferative or severe non-proliferative diabetic retinopathy": the first is no kind of the second; what both are called is the rest of the name."""
    shared = tokens[-1].text.split(" ", 1)[1]
    concept = context.vocabulary.condition(f"{tokens[at - 1].text} {shared}")
    if concept is not None:
        named = Token("cond", tokens[at - 1].start, tokens[at - 1].end, tokens[at - 1].text, concept.label)
        return [*tokens[: at - 1], named, *tokens[at:]]
    concept = context.vocabulary.condition(shared)
    return [*tokens[:at], Token("cond", tokens[at - 1].end, tokens[at - 1].end, shared, concept.label), *tokens[at:]] if concept is not None else None


def adjectives_of_list(tokens: Sequence[Token], context: Context) -> Found:
    """ "active or recurrent bacterial, fungal or viral infection": each adjective of each infection."""
    first, joint, second, *rest = tokens
    conds = [token for token in rest if token.tag == "cond"]
    labels = [term_of(token).label.split() for token in conds]
    if "history" in (first.tag, second.tag) or len({label[-1] for label in labels}) > 1 or any({"acute", "chronic", "recurrent"} & set(label) for label in labels):
        return None
    either = replace(joint, tag="or")
    found: list[Token] = []
    for token in conds:
        found += [*([either] if found else []), first, token, either, second, token]
    return found
