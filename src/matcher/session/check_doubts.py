"""What is odd about the checks that a person wrote into a trial's file: a sentence that is none, a name nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.matching.compiled import checked
from matcher.model.language import (
    Age,
    Allergy,
    Check,
    Condition,
    FamilyHistory,
    Leaf,
    Measurement,
    Medication,
    Procedure,
    Sex,
)
from matcher.model.trees import leaves
from matcher.model.trial import Criterion, Trial
from matcher.model.wording import parse, wording
from matcher.vocabulary import Vocabulary, load, normal

_KINDS: dict[type, tuple[str, str]] = {
    Condition: ("condition", "condition"), FamilyHistory: ("condition", "condition"), Measurement: ("measure", "test"),
    Medication: ("treatment", "treatment"), Allergy: ("treatment", "treatment"), Procedure: ("procedure", "procedure"),
}


_SHORT, _STEM = 2, 5  # letters of words that say nothing, and letters by which words are held to be the same
_UNTELLING = frozenset(
    ["use", "history", "active", "current", "within", "over", "ago", "day", "days", "week", "weeks", "month", "months", "year", "years", "and", "for", "not", "least", "other", "than", "times", "dose", "with", "the"]
)
_SAID_OF: dict[type, tuple[str, ...]] = {Age: ("age", "year", "old", "adult", "child"), Sex: ("woman", "women", "girl", "man", "men", "boy", "male")}


def check_doubts(trials: Iterable[Trial]) -> list[str]:
    """A sentence for each confirmed check that is not understood as it may have been meant."""
    vocabulary = load()
    found = []
    for trial in trials:
        for criterion in trial.criteria:
            if criterion.curated and criterion.check:
                found += [f"{trial.id}: {criterion.id}: {said}" for said in _said(criterion, vocabulary)]
    return found


def unknown_names(check: Check) -> list[str]:
    """A sentence for each name in a check that nobody knows, with the nearest that is known."""
    return list(_unknown(check, load()))


def speaks_of_else(check: Check, criterion: Criterion) -> bool:
    """Whether nothing that a check tests is named in the criterion, by its words or by what they are read as."""
    said = " ".join(normal(criterion.text))
    telling = {word for leaf in leaves(check) for word in _telling(leaf)}
    return not any(word[:_STEM] in said for word in telling) and not _subjects(check) & _subjects(checked(criterion))


def _telling(leaf: Leaf) -> Iterator[str]:
    """The words of a leaf that say what it is about."""
    yield from _SAID_OF.get(type(leaf), ())
    yield from (word for word in normal(wording(leaf)) if word.isalpha() and len(word) > _SHORT and word not in _UNTELLING)


def _subjects(check: Check) -> set[tuple[str, str]]:
    """What is tested: the kind of each leaf with the concept of its term."""
    vocabulary, found = load(), set()
    for leaf in leaves(check):
        term = getattr(leaf, "term", "")
        kind = _KINDS.get(type(leaf), ("", ""))[0]
        concept = getattr(vocabulary, kind)(term) if kind and term else None
        found.add((type(leaf).__name__, getattr(concept, "label", term)))
    return found


def _said(criterion: Criterion, vocabulary: Vocabulary) -> Iterator[str]:
    try:
        tree = parse(criterion.check)
    except ValueError as error:
        yield f'its check "{criterion.check[:80]}" is not in the wording of checks ({error}), so it is left to a person'
        return
    yield from _unknown(tree, vocabulary)


def _unknown(tree: Check, vocabulary: Vocabulary) -> Iterator[str]:
    for leaf in leaves(tree):
        for kind, called, term in _terms(leaf):
            if not getattr(vocabulary, kind)(term):
                near = _nearest(vocabulary, kind, term)
                hint = f"; did you mean {' or '.join(f'“{one}”' for one in near)}?" if near else ""
                yield f"“{term}” is no {called} that matcher knows, so it is asked about as it stands{hint}"


def _terms(leaf: Leaf) -> Iterator[tuple[str, str, str]]:
    kind = _KINDS.get(type(leaf))
    if kind:
        excepted: Sequence[str] = [one.term for one in getattr(leaf, "other_than", ()) if one.term]
        yield from ((*kind, term) for term in (getattr(leaf, "term", ""), *excepted) if term)


def _nearest(vocabulary: Vocabulary, kind: str, term: str) -> list[str]:
    """Known names spelt much like a term, of its own kind first; what is written as a condition may be meant otherwise."""
    if kind == "measure":
        from matcher.session.doubts import nearest  # loaded only where a name is not known

        return nearest(term)[:2]
    kinds = ("condition", "procedure", "treatment") if kind == "condition" else (kind,)
    found = (vocabulary.similar(one, term) or vocabulary.misspelt(one, term) for one in kinds)
    return [like.label for like in found if like][:2]


__all__ = ["check_doubts", "unknown_names"]
