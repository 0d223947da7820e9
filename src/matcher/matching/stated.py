"""A trial's condition that is a kind of the patient's, held against what is recorded of hers: its stage, severity, markers."""

from __future__ import annotations

import re
from typing import NamedTuple

from matcher.matching import truth as t
from matcher.matching.evaluate import evaluate
from matcher.matching.patient import Patient
from matcher.model.language import Condition
from matcher.model.patterns import later
from matcher.vocabulary import Concept

_NUMERAL = r"(?:[IVX]+[A-D]?\d?|\d[A-D]?)"
_STAGE = later(rf"\b(?:stages?|grades?|class|gold)\s+({_NUMERAL}\b(?:\s*(?:,|/|-|\band\b|\bor\b|\bto\b)+\s*{_NUMERAL}\b)*)", re.IGNORECASE)
_EACH = later(_NUMERAL)
_SEVERITY = later(r"\b(?:mild|moderate|severe)\b", re.IGNORECASE)
_RANGE = later(r"-|\bto\b", re.IGNORECASE)


class Said(NamedTuple):
    """The stages and the severities that a wording names, of which one is enough."""

    stages: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()


_NOTHING = Said()


def said_in(wording: str) -> Said:
    """What a condition's wording says beside its name; nothing where it says both, or only from where to where."""
    stage = _STAGE.search(wording)
    severities = tuple(one.casefold() for one in _SEVERITY.findall(wording))
    if stage is None:
        return Said((), severities) if severities else _NOTHING
    return Said(tuple(_EACH.findall(stage[1].upper()))) if not severities and not _RANGE.search(stage[1]) else _NOTHING


def as_recorded(patient: Patient, concept: Concept, said: Said = _NOTHING) -> t.Truth:
    """Whether a condition is what is recorded, with all that tells its kinds apart; open where that is not recorded."""
    found = evaluate(Condition(concept.label, states=said.severities, stages=said.stages), patient)
    return found.truth if found.truth != t.OPEN else found.presumed


__all__ = ["Said", "as_recorded", "said_in"]
