"""Exceptions that cannot be any, since they are no kind of what they would be excepted from: "cancer except skin cancer, or gout"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Exempt, Medication, Procedure
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary

_AFTER_A_COMMA = Caseless(r",\s*(?:or|and/or)\b", needs=("or",))


def with_own_exceptions(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The check with the time inside an exception as one of the exception alone.

    Last "exceptions" behind a comma that are no kinds of the disease may be members of the list by themselves: both readings stand.
    """
    excepting = [leaf for leaf in leaves(read.check) if getattr(leaf, "other_than", ())]
    if not excepting:
        return read
    if any(map(_long_ago, excepting)) and _TIME_INSIDE.search(text):
        read = rewritten(read, _with_time_inside)
    if not any(isinstance(leaf, Condition) and len(leaf.other_than) > 1 for leaf in leaves(read.check)) or not _AFTER_A_COMMA.search(text):
        return read
    return rewritten(read, lambda leaf: _both(leaf, vocabulary))


# "Cancer, except skin cancer cured more than 5 years ago": none of it is excluded only if it is so old.
_TIME_INSIDE = Caseless(r"\b(?:except\w*|other than|apart from|excluding|unless)\b[^.;]*(?:\b(?:more|longer|greater) than|\bover|\bat least|\bprior|\bbefore|>=?|≥)\s*\(?(?:\d|\w+\s+(?:days?|weeks?|months?|years?))", needs=("except", "other than", "apart from", "excluding", "unless"))


def _long_ago(leaf: Check) -> bool:
    """Whether a fact with exceptions counts only if it is old."""
    return isinstance(leaf, Condition | Medication | Procedure) and bool(leaf.other_than) and leaf.window is not None and leaf.window.within is None


def _with_time_inside(leaf: Check) -> Check | None:
    if not isinstance(leaf, Condition | Medication | Procedure) or leaf.window is None or leaf.window.beyond is None or not _long_ago(leaf):
        return None
    ago = f"more than {leaf.window.beyond} ago"
    return replace(leaf, window=None, other_than=tuple(replace(one, term=_DONE.sub("", one.term), state=f"{one.state} {ago}".strip()) for one in leaf.other_than))


_DONE = re.compile(r"\s+(?:performed|completed|done|undergone|carried out)$")


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
