""" "Gout, but not colon cancer", "heart failure, but not on insulin": what is of another kind is denied; only a kind of the thing is an exception to it."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Check, Condition, Exempt, Medication, Not, Procedure, Unread
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.vocabulary import Relation, Vocabulary


def denied_apart(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The reading with what is said behind "but not" and is no kind of the thing before it denied beside it."""
    return rewritten(read, lambda leaf: _apart(leaf, text, vocabulary) if isinstance(leaf, Condition | Medication | Procedure) and leaf.other_than else None)


def _apart(leaf: Condition | Medication | Procedure, text: str, vocabulary: Vocabulary) -> Check | None:
    others = [one for one in leaf.other_than if one.term and one == Exempt(one.term) and not _may_be_kind(leaf, one.term, vocabulary)]
    if not others:
        return None
    facts = [_fact(one.term, vocabulary) for one in others]
    if leaf.window is not None or None in facts:
        return Unread(clean(text))
    plain = replace(leaf, other_than=tuple(one for one in leaf.other_than if one not in others))
    return All((plain, *(Not(fact) for fact in facts if fact is not None)))


def _may_be_kind(leaf: Condition | Medication | Procedure, term: str, vocabulary: Vocabulary) -> bool:
    """Whether what is excepted may be one of those that are named."""
    find = {Condition: vocabulary.condition, Medication: vocabulary.treatment, Procedure: vocabulary.procedure}[type(leaf)]
    named, other = find(leaf.term), find(term)
    return named is None or (other is not None and vocabulary.relation(other, named) in (Relation.SAME, Relation.NARROWER, Relation.UNKNOWN))


def _fact(term: str, vocabulary: Vocabulary) -> Check | None:
    if vocabulary.condition(term) is not None:
        return Condition(term)
    if vocabulary.treatment(term) is not None:
        return Medication(term)
    return Procedure(term) if vocabulary.procedure(term) is not None else None


