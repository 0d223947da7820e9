"""Exceptions that cannot be any, since they are no kind of what they would be excepted from: "cancer except skin cancer, or gout"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Exempt
from matcher.model.trees import any_of, leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rewriting import rewritten
from matcher.reading.rules import Read
from matcher.vocabulary import Relation, Vocabulary

_AFTER_A_COMMA = Caseless(r",\s*(?:or|and/or)\b", needs=("or",))


def with_own_exceptions(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """Last "exceptions" behind a comma that are no kinds of the disease may be members of the list by themselves: both readings stand."""
    if not any(isinstance(leaf, Condition) and len(leaf.other_than) > 1 for leaf in leaves(read.check)) or not _AFTER_A_COMMA.search(text):
        return read
    return rewritten(read, lambda leaf: _both(leaf, vocabulary))


def _both(leaf: Check, vocabulary: Vocabulary) -> Check | None:
    if not isinstance(leaf, Condition) or len(leaf.other_than) < 2 or not _apart(leaf.other_than[-1], leaf, vocabulary) or _apart(leaf.other_than[0], leaf, vocabulary):
        return None
    kept = next(i for i in range(len(leaf.other_than), 0, -1) if not _apart(leaf.other_than[i - 1], leaf, vocabulary))
    own = [Condition(one.term, leaf.phase) for one in leaf.other_than[kept:]]
    return Ambiguous((leaf, any_of([replace(leaf, other_than=leaf.other_than[:kept]), *own])))


def _apart(exempt: Exempt, leaf: Condition, vocabulary: Vocabulary) -> bool:
    """Whether what is excepted is known to be no kind of the disease."""
    if not exempt.term:
        return False
    named, asked = vocabulary.condition(exempt.term), vocabulary.condition(leaf.term)
    return exempt == Exempt(exempt.term) and named is not None and asked is not None and vocabulary.relation(named, asked) is Relation.UNRELATED


def exceptions_go_on(reads: Sequence[Read], vocabulary: Vocabulary) -> bool:
    """Whether behind a semicolon a kind of a disease stands of which others are excepted before it: "cancer except skin cancer; carcinoma in situ"."""
    for i, read in enumerate(reads):
        heads = [leaf for leaf in leaves(read.check) if isinstance(leaf, Condition) and leaf.other_than]
        if not heads:
            continue
        later = [one.check for one in reads[i + 1 :] if isinstance(one.check, Condition) and one.check == Condition(one.check.term)]
        if any(_perhaps_of(one, head, vocabulary) for head in heads for one in later):
            return True
    return False


def _perhaps_of(one: Condition, head: Condition, vocabulary: Vocabulary) -> bool:
    named, asked = vocabulary.condition(one.term), vocabulary.condition(head.term)
    return named is not None and asked is not None and vocabulary.relation(named, asked) in (Relation.NARROWER, Relation.UNKNOWN)
