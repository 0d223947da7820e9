"""Exceptions that stand behind words about a fact: "malignancy that needs treatment. Exceptions include …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Check,
    Condition,
    Exempt,
    Medication,
    Not,
    Procedure,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.certain.stating import narrowed_by_words
from matcher.reading.grammar.pieces import LOOSE
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.tagging.tokens import Token


def excepting(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """The one fact of a segment without what the words at its end except; None where several facts may be meant."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "exceptions"), 0)
    if not at or any(token.tag not in LOOSE for token in tokens[at + 1 :]) or any(token.tag in ("except", "unless", "but", "eg", "if") for token in tokens):
        return None
    head = [token for token in tokens[:at] if token is not tokens[at - 1] or token.tag not in ("comma", "open", "with")]
    first = read(head, context)
    exempts: tuple[Exempt, ...] = tokens[at].value
    if (isinstance(first.check, All | Not) or narrowed_by_words(first.check)) and not any(_is_of(exempt, first.check, context) for exempt in exempts):
        return None
    found = _without(first.check, exempts)
    return Read(found, first.spans) if found is not None else None


def _is_of(exempt: Exempt, check: Check, context: Context) -> bool:
    """Whether what is excepted is of the kind of the fact, and not of something that the words behind it name."""
    fact = leaves(check)[0]
    if not isinstance(fact, Condition | Medication):
        return False
    resolve = context.vocabulary.condition if isinstance(fact, Condition) else context.vocabulary.treatment
    asked, named = resolve(fact.term), resolve(exempt.term)
    return asked is not None and named is not None and context.vocabulary.relation(named, asked) in ("same", "narrower")


def _without(check: Check, exempts: tuple[Exempt, ...]) -> Check | None:
    """A single fact, narrowed or denied, with the exceptions in it."""
    if isinstance(check, Not):
        inner = _without(check.part, exempts)
        return Not(inner) if inner is not None else None
    if isinstance(check, Condition | Medication | Procedure) and not check.other_than:
        return replace(check, other_than=exempts)
    if isinstance(check, All) and all(isinstance(part, Unread) for part in check.parts[1:]):
        first = _without(check.parts[0], exempts)
        return replace(check, parts=(first, *check.parts[1:])) if first is not None else None
    return None
