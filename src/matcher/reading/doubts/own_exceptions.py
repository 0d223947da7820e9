"""Exceptions that cannot be any, since they are no kind of what they would be excepted from: "cancer except skin cancer, or gout"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.language import Ambiguous, Check, Condition, Exempt, Medication, Procedure, Window
from matcher.model.patterns import pattern_of
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
    if any(_of_late(leaf) for leaf in excepting):
        read = _with_length_inside(read, text)
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


# "No chemotherapy except hydroxyurea for up to 5 days": how long it may have been given, and no time to look back.
_LENGTH = Caseless(
    r"\b(?:except\w*|other than|apart from|excluding|besides|save for|unless)\b[^.;\n]*?\b(?P<said>(?:for\s+)?(?:up to|no (?:more|longer) than|not (?:more|longer) than|at most|less than|(?:a )?max(?:imum|\.)?(?: of)?|≤|<=?|for\s*[≤<]=?)\s*\(?(?:\d+|one|two|three|four|five|six|seven|ten)\)?\s*(?:hours?|days?|weeks?|months?|years?)\b)(?!\s*(?:ago|before|prior|old|since|from|earlier))",
    needs=("except", "other than", "apart from", "excluding", "besides", "save for", "unless"),
)
# "Prior chemotherapy except one cycle within 3 months": of all that came before, and the time may be that of the exception alone.
_EVER_BEFORE = Caseless(
    r"\b(?:prior|previous(?:ly)?|past|ever|any history of|no history of|history of)\b(?:(?!\b(?:within|days?|weeks?|months?|years?|last|except\w*|other than|apart from|excluding|besides)\b)[^.;\n]){0,80}\b(?:except\w*|other than|apart from|excluding|besides|save for)\b[^.;)\n]*?(?P<said>\b(?:within|in the (?:last|past|previous)|during the (?:last|past|previous)|over the (?:last|past)|less than)\b[^.;,)\n]*)",
    needs=("except", "other than", "apart from", "excluding", "besides", "save for"),
)


def _of_late(leaf: Check) -> bool:
    """Whether a fact with exceptions is looked for in a time up to now."""
    return isinstance(leaf, Condition | Medication | Procedure) and bool(leaf.other_than) and leaf.window is not None and leaf.window.within is not None and leaf.window.beyond is None


def _with_length_inside(read: Read, text: str) -> Read:
    """The time behind an exception as the length of what is excepted, or, where all that came before is meant, as perhaps its own."""
    length, before = _LENGTH.search(text), _EVER_BEFORE.search(text)
    found = length or before
    if found is None:
        return read
    said = " ".join(found["said"].split())

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, Condition | Medication | Procedure) or not _of_late(leaf) or not _is_that(leaf.window, said) or (length is None and _CANCER.search(getattr(leaf, "term", ""))):
            return None
        alone = replace(leaf, window=None, other_than=tuple(replace(one, state=f"{one.state} {said}".strip()) for one in leaf.other_than))
        if isinstance(alone, Medication) and not alone.phase and _PRIOR.search(text):
            alone = replace(alone, phase="any")
        return alone if length is not None else Ambiguous((leaf, alone))

    return rewritten(read, change)


_PRIOR = Caseless(r"\b(?:prior|previous(?:ly)?|past|ever|history)\b")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12}


def _is_that(window: Window | None, said: str) -> bool:
    """Whether the time of a fact is the one that is said there."""
    if window is None or window.within is None:
        return False
    numbers = {Decimal(one) for one in re.findall(r"\d+", said)} | {Decimal(_WORDS[one]) for one in said.casefold().split() if one in _WORDS}
    return window.within.number in numbers and window.within.unit in said.casefold()


# Of old cancers it is the custom to count those of some years only.
_CANCER = Caseless(r"malignan|cancer|carcinoma|neoplas|tumor")
_DONE = pattern_of(r"\s+(?:performed|completed|done|undergone|carried out)$")


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
