"""A procedure's finding, as free words, against what a criterion asks of it."""

from __future__ import annotations

import re

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.patient import Patient
from matcher.matching.stages import matches, numerals
from matcher.matching.words import listed
from matcher.model.verdict import Question
from matcher.vocabulary import normal

_NEGATED = re.compile(r"\b(no|not|without|negative for|absence of|absent|free of|excluded|ruled out)\b[^.;,]*", re.IGNORECASE)
_DOUBT = re.compile(r"\b(possible|probable|suspicious|suspected|likely|unlikely|may|might|cannot|equivocal|borderline|versus|vs)\b|\?", re.IGNORECASE)
_CLASSED = re.compile(r"\b(?:class|classes|stage|grade)\b\s*((?:viii|vii|vi|iv|v|iii|ii|i|\d)[a-h]?(?:\s*(?:\+|/|and|,|&)\s*(?:viii|vii|vi|iv|v|iii|ii|i|\d)[a-h]?)*)", re.IGNORECASE)


def finding_part(patient: Patient, asked: tuple[str, ...], recorded: str | None, label: str) -> Part:
    """Whether the finding says one of what is asked; a denial counts as a no, anything else is undecided."""
    if not asked:
        return SATISFIED
    ask = Question("procedures", label, "text", None, f"What did the {label} show: {listed(asked)}?")
    if recorded is None:
        return Part(t.OPEN, "not-recorded", "its finding is not recorded", ask)
    found = [_says(recorded, one) for one in asked]
    truth = t.disjoin(found)
    if truth == t.OPEN:
        return Part(truth, "imprecise", f"whether it shows {listed(asked)} is not clear", ask)
    return Part(truth, why=f"it does not show {listed(asked)}")


def _says(recorded: str, asked: str) -> t.Truth:
    if _DOUBT.search(recorded):
        return t.OPEN
    if numerals(asked) and numerals(asked) == numerals(asked.split()[-1]) and len(normal(asked)) <= 3 and not re.search(r"[a-z]{4,}", asked.casefold().replace("class", "").replace("stage", "").replace("grade", "")):
        classed = _CLASSED.search(recorded)
        return matches(classed[1], (asked,)) if classed else t.OPEN
    want = normal(asked)
    denied = [normal(found.group(0)) for found in _NEGATED.finditer(recorded)]
    if any(_contains(words, want) for words in denied):
        return t.VIOLATED
    affirmed = normal(_NEGATED.sub(" . ", recorded))
    return t.HOLDS if _contains(affirmed, want) else t.OPEN


def _contains(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(text[i : i + len(words)] == words for i in range(len(text) - len(words) + 1))
