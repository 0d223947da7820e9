"""What is odd about the checks that a person wrote into a trial's file: a sentence that is none, a name nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.model.language import (
    Allergy,
    Check,
    Condition,
    FamilyHistory,
    Leaf,
    Measurement,
    Medication,
    Procedure,
)
from matcher.model.trees import leaves
from matcher.model.trial import Criterion, Trial
from matcher.model.wording import parse
from matcher.vocabulary import Vocabulary, load

_KINDS: dict[type, tuple[str, str]] = {
    Condition: ("condition", "condition"), FamilyHistory: ("condition", "condition"), Measurement: ("measure", "test"),
    Medication: ("treatment", "treatment"), Allergy: ("treatment", "treatment"), Procedure: ("procedure", "procedure"),
}


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
