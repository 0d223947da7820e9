"""Adjectives of a list that name a disease by themselves and share the noun behind the last: "psoriatic or rheumatoid arthritis"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Condition
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.sharing import CLOSED, STAGED

_ADJECTIVE = pattern_of(r"[a-z]{3,}(?:ic|ive|ous|al|oid)", re.IGNORECASE)


def _shared_noun(tokens: Sequence[Token], context: Context) -> Found:
    """Each adjective as the disease that it makes with the noun behind the last of the list."""
    end = max(at for at, token in enumerate(tokens) if token.tag in _JOINTS) + 1
    last, joints = tokens[-1], [token.tag for token in tokens[:end] if token.tag in _JOINTS]
    said = [token.text.casefold() for token in tokens[end:-1]]
    noun = last.text.split() if said else last.text.split()[1:]
    if not noun or "of" in noun or joints[-1] == "comma" or [token.tag for token in tokens[1:end]] == ["comma", "or"] or not STAGED.isdisjoint(said):
        return None
    found = [_with_noun(token, noun, context, sure=not said) for token in tokens[:end]]
    if not CLOSED.match(context.text, last.end):  # a time behind the last would not be said of what is open
        found = [replace(token, tag="w", value=None) if one.tag == "check" else one for one, token in zip(found, tokens, strict=False)]
    return None if all(one is token for one, token in zip(found, tokens, strict=False)) else [*found, *tokens[end:]]


def _with_noun(token: Token, noun: Sequence[str], context: Context, *, sure: bool) -> Token:
    """An adjective with the longest end of the noun that makes a name; where none does, or a noun is meant by itself as well, which it is is open."""
    alone = context.vocabulary.condition(token.text) if token.tag == "cond" else None
    if alone is None or alone.label != token.value:
        return token
    adjective = _ADJECTIVE.fullmatch(token.text) is not None
    wide = _ANY_NOUN.fullmatch(noun[-1]) is not None
    if wide and not adjective:
        return token
    ends = [" ".join(noun[at:]) for at in range(len(noun))] if adjective else noun[-1:]
    named = next((one for end in ends if (one := context.vocabulary.curated("condition", f"{token.text} {end}")) is not None and one != alone), None)
    if named is not None and adjective and sure:
        return replace(token, value=named.label)
    bare = next(filter(None, (context.vocabulary.condition(end) for end in ends[: 1 if wide else None])), None) if adjective and named is None and not (wide and len(noun) == 1) else None
    if bare is None and named is None:
        return token
    other = Condition(named.label) if named is not None else Condition(bare.label, "", (token.text.casefold(),)) if bare is not None else Condition(alone.label)
    return check_token(Ambiguous((Condition(alone.label), other)), [token], context, ((token.start, token.end),) * 2)[0]


def _vaccines(tokens: Sequence[Token], context: Context) -> Found:
    """ "Influenza, COVID-19 or other vaccination": vaccines of each, not the infections; None where one of them has none."""
    *before, last = tokens
    other = any(token.tag == "other" for token in before)
    if not _VACCINE.search(last.text) or (last.tag == "proc" and not other):
        return None  # "COVID-19 or vaccination" may well be the infection
    found: list[Token] = []
    for token in before:
        vaccine = context.vocabulary.treatment(f"{token.text} vaccine") if token.tag == "cond" and not _ANY_NOUN.search(token.text) else None
        if token.tag == "cond" and vaccine is None:
            return None
        found.append(replace(token, tag="drug", value=vaccine.label) if vaccine is not None else token)
    return [*found, last]


_VACCINE = pattern_of(r"(?:vaccin\w+|immuni[sz]ations?)$", re.IGNORECASE)
_ANY_NOUN = pattern_of(r"(?:infection|disease|disorder|condition|illness|syndrome|nervosa|abuse|dependence|virus)s?", re.IGNORECASE)
_NOT_STATED = "(?<!history)(?<!current)(?<!suspected)(?<!confirmed)(?<!degree)"
_JOINTS = ("comma", "or", "and", "slash")
SHARED_NOUNS = (
    Rule("shared vaccine", f"{_NOT_STATED}cond ((comma|or|and|slash)+ (cond|drug))* (comma|or|and|slash)+ (other|degree)* (drug|proc)", _vaccines, "cond", ("accin", "mmuni")),
    Rule("shared noun", "((w|degree|organ) comma+)* cond ((comma|or|and|slash)+ (cond|w|degree|organ|result))* (comma|or|and|slash)+ (w|degree|organ)* cond", _shared_noun, "cond"),
)
