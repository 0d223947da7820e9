"""What is said of a cancer beside its name: the organ ("metastatic adenocarcinoma of the breast"), the grade that is no stage."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import Check, Condition
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary, graded_beside_its_stage

_GENERAL = Caseless(r"(?P<how>metastatic|unresectable|advanced|recurrent|locally advanced) (?P<what>(?:adeno)?carcinoma|cancer|sarcoma|solid tumor|squamous cell carcinoma)$")
_OF = Caseless(r"of (?:the )?(?P<organ>[a-z]+(?: [a-z]+)?)$")


def of_its_organ(leaf: Check, vocabulary: Vocabulary) -> Check | None:
    """The cancer of the organ that the words name; None where no organ stands there or its cancer is not known."""
    if not isinstance(leaf, Condition) or not leaf.states:
        return None
    general = _GENERAL.fullmatch(leaf.term)
    place = next((found for state in leaf.states if (found := _OF.fullmatch(state)) is not None), None)
    if general is None or place is None:
        return None
    named = vocabulary.condition(f"{general['what']} of the {place['organ']}")
    if named is None:
        return None
    left = tuple(state for state in leaf.states if _OF.fullmatch(state) is None)
    so = vocabulary.condition(f"{general['how']} {named.label}")
    return replace(leaf, term=so.label, states=left) if so is not None else replace(leaf, term=named.label, states=(general["how"], *left))


_GRADE = Caseless(r"\bgrades?[\s:]*(?:[ivx]+|\d)", needs=("grade",))


def by_its_grade(leaf: Check, text: str, vocabulary: Vocabulary) -> Check | None:
    """A tumor of a grade, told from one of a stage; None where the words speak of no grade, or the tumor has nothing else."""
    if not isinstance(leaf, Condition) or not leaf.stages or all(stage.startswith("grade") for stage in leaf.stages):
        return None
    said = [re.split(r"[\s:]", text[start:end])[-1].casefold() for start, end in _GRADE.spans(text)]
    concept = vocabulary.condition(leaf.term) if not {value.rstrip("abcd") for value in (stage.casefold() for stage in leaf.stages)}.isdisjoint(said) else None
    if concept is None or not graded_beside_its_stage(vocabulary, concept):
        return None
    return replace(leaf, stages=tuple(f"grade {stage}" for stage in leaf.stages))
