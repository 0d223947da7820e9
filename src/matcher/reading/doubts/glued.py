"""Unread words beside a fact in which another disease, treatment or value may begin.

"Renal failure needing dialysis Heart failure with low output", "phlebitis not treated with heparin or arterial thrombosis",
"retinopathy seen in one eye as well as glaucoma": whoever has none of the first may have the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from matcher.model.language import Allergy, Check, Condition, Measurement, Medication, Procedure
from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Lexer
from matcher.vocabulary import Relation, load

_LEAST = 12  # characters in which nothing else is named
# Where something else may begin: a capital behind words of the sentence, "as well as", a statement of its own behind "or", a list behind a bracket.
_CAPITAL = pattern_of(r"(?P<before>[a-z]+|[0-9%)])\s+(?:o|•|-)?(?=(?P<first>[A-Z][a-z]{3,})\s+[a-z])")
_WITHIN_A_NAME = Caseless(r"(?:\w+ing|receive[ds]?|takes?|use[ds]?|named|called|of|per|by|the|to|an?|and|or|class|grade|stage|score|in|with|for|on|using|via|at|as|from|than|is|are|was|were)$")
_AS_WELL = Caseless(r"\b(?:as well as|plus)\s+(?:an?\s+|any\s+|the\s+)?", needs=("as well as", "plus"))
_ANEW = Caseless(r"\b(?:or|and/or)\s+(?:(?:has|have|had|with|who|an?|any|the|known|recent|previous|prior|history|evidence|diagnosis|presence|diagnosed|use|of|or|and)\s+)+", needs=("or",))
_BEHIND_BRACKET = pattern_of(r"\)\s*[,;]\s*")
_MEANS = pattern_of(r"\bi\.\s?e\.?,?\s+", re.IGNORECASE)
_WAS_USED = Caseless(r"\b(?:that\s+)?used\b", needs=("used",))
_STATED = Caseless(r"\b(?:or|and/or)\s+(?:(?:has|have|had|with|who)\s+)+(?:an?\s+|any\s+)?(?:history|evidence|diagnosis|presence)\b|\b(?:or|and/or)\s+(?:an?\s+|any\s+)?(?:history|evidence|diagnosis|presence)\s+of\b", needs=("history", "evidence", "diagnosis", "presence"))
_COMMA = pattern_of(r",\s+")
_OR = Caseless(r"\b(?:or|and/or)\s+", needs=("or",))
# A clause about treatment goes on with treatments, and not with diseases.
_TREATED = Caseless(r"\b(?:treated|treatment|therapy|used|requir\w+|need\w*|receiv\w+|managed|controlled|on|using|that used)\s+(?:with\s+|by\s+|for\s+)?[^,;]{0,60}$")
_NOT_EITHER = Caseless(r"\bnot\s+(?:permitted|allowed)\b|\bexcluded\b", needs=("not ", "excluded"))
_PARTICIPLE = Caseless(r"(?:\w+ed|with|due|for|in|on|by|of|during|after|before|within|not|no|more|less)\b")


def another_begins(words: str, facts: Sequence[Check]) -> bool:
    """Whether something that is no kind of the facts may begin within unread words behind them."""
    if len(words) < _LEAST:
        return False
    if (words.startswith("(") and _NOT_EITHER.search(words)) or any(_WITHIN_A_NAME.match(found["before"]) is None for found in _CAPITAL.finditer(words)) or _STATED.search(words):
        return True
    return any(_is_other(words[at:], facts, only=only) for at, only in _beginnings(words))


def _beginnings(words: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where something else may begin, and of which kinds it is then."""
    for found in _BEHIND_BRACKET.finditer(words):
        yield found.end(), _ANY_KIND
    for found in _MEANS.finditer(words):
        yield from ((place, ("cond",)) for place in (found.end(), *(end for _, end in _OR.spans(words)), *(part.end() for part in _COMMA.finditer(words))) if place >= found.end())
    for said in (_AS_WELL, _ANEW):
        for _, end in said.spans(words):
            yield end, _ANY_KIND
    for start, end in _OR.spans(words):
        if _TREATED.search(words[:start]) and not _PARTICIPLE.match(words, end):
            yield end, ("cond", "proc") if _WAS_USED.search(words[:start]) else ("cond",)


_ANY_KIND = ("cond", "proc", "drug", "measure")
_FEW = 3  # words before the name of what begins


def _is_other(words: str, facts: Sequence[Check], *, only: tuple[str, ...]) -> bool:
    near = " ".join(words.split()[: _FEW + 6])
    for token in _lexer().tokens(near):
        if token.tag in _ANY_KIND:
            return token.tag in only and len(near[: token.start].split()) <= _FEW and not _is_kind(token.tag, str(token.value), facts)
    return False


def _is_kind(tag: str, name: str, facts: Sequence[Check]) -> bool:
    """Whether what is named is one of the facts, or a kind of it."""
    vocabulary = load()
    kind = {"cond": "condition", "proc": "procedure", "drug": "treatment"}.get(tag)
    if kind is None:
        return any(isinstance(fact, Measurement) and fact.term == name for fact in facts)
    named = getattr(vocabulary, kind)(name)
    terms = [fact.term for fact in facts if isinstance(fact, {"cond": Condition, "proc": Procedure, "drug": Medication | Allergy}[tag])]
    asked = [getattr(vocabulary, kind)(term) for term in terms]
    return named is None or any(one is not None and vocabulary.relation(named, one) in (Relation.SAME, Relation.NARROWER) for one in asked)


@cache
def _lexer() -> Lexer:
    return Lexer(load(), {})
