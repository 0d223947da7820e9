"""Criteria that would keep out a trial's own disease: "no pulmonary disease" in a trial of COPD means another one, as a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Exempt, Not
from matcher.model.trees import leaves
from matcher.model.wording import parse, wording
from matcher.reading.grammar.members import OF_ANOTHER
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read, Spans
from matcher.vocabulary import Concept, Vocabulary


def beside_own_disease(check: str, kind: str, spans: Spans, conditions: Sequence[str], vocabulary: Vocabulary) -> tuple[str, Spans]:
    """The check with both readings of what it keeps out that is broader than a disease of the trial, and the places of its leaves.

    Raises WordingError where the check is no canonical wording.
    """
    own = _concepts(tuple(conditions), vocabulary)
    if not check or not (own or (conditions and "the trial" in check)):
        return check, spans
    read = Read(parse(check), spans)
    if kind != "exclusion" and not isinstance(read.check, Not):
        return check, spans

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, Condition):
            return None
        if any("the trial" in state for state in leaf.states):
            return _than_its_cancers(leaf, own, vocabulary)
        asked = vocabulary.condition(leaf.term)
        if asked is not None and leaf.phase in ("history", "past") and vocabulary.event(asked) and any(vocabulary.relation(one, asked) in ("same", "narrower") for one in own):
            return Ambiguous((leaf, replace(leaf, states=(*leaf.states, OF_ANOTHER))))  # the one that the trial is about is no earlier one
        within = [one for one in own if asked is not None and vocabulary.relation(one, asked) == "narrower"]
        if not within or _is_told(leaf, read.check, within, vocabulary):
            return None
        return Ambiguous((leaf, replace(leaf, other_than=(*leaf.other_than, *(Exempt(term=one.label) for one in within)))))

    found = rewritten(read, change)
    return (check, spans) if found is read else (wording(found.check), found.spans)


_CANCER = "malignancy"
# By such a name a trial does not tell which cancers are its own.
_AT_LARGE = frozenset((_CANCER, "neoplasm", "solid tumor", "carcinoma", "advanced solid tumor", "metastatic cancer", "advanced cancer", "hematologic malignancy"))


def _than_its_cancers(leaf: Condition, own: Sequence[Concept], vocabulary: Vocabulary) -> Check | None:
    """Another malignancy beside one that names those of the trial: who has but one, of another kind, does not come for it."""
    if leaf.term not in (_CANCER, "neoplasm") or any(one.label in _AT_LARGE for one in own):
        return None
    cancers = tuple(Exempt(term=one.label) for one in own if _CANCER in vocabulary.broader(one))
    states = tuple(rest for state in leaf.states if (rest := state.replace(OF_ANOTHER, "").strip()))
    return Ambiguous((leaf, replace(leaf, states=states, other_than=(*leaf.other_than, *cancers))))


def _is_told(leaf: Condition, check: Check, own: Sequence[Concept], vocabulary: Vocabulary) -> bool:
    """Whether the criterion says itself that another disease than the trial's is meant."""
    excepted = [vocabulary.condition(one.term) for other in leaves(check) if isinstance(other, Condition) and other.term == leaf.term for one in other.other_than]
    return any(one is not None and vocabulary.relation(mine, one) in ("same", "narrower", "broader") for one in excepted for mine in own)


def diseases_asked(checks: Iterable[str]) -> list[str]:
    """The diseases that these inclusions ask for: what a trial is about whose record names no condition."""
    return list(dict.fromkeys(term for check in checks if check for term in _asked(parse(check))))


def _asked(check: Check) -> Iterator[str]:
    if isinstance(check, Condition):
        yield check.term
    elif isinstance(check, All | Any):
        for part in check.parts:
            yield from _asked(part)


@lru_cache(maxsize=256)
def _concepts(conditions: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    named = (vocabulary.condition(one) for one in conditions)
    return tuple(dict.fromkeys(one for one in named if one is not None))
