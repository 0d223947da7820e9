"""What a criterion asks for in one comparable form, whether it is worded as an inclusion or as an exclusion."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from matcher.matching.patient import resolve, spelled
from matcher.model import language as lang
from matcher.model.match import CriterionMatch
from matcher.model.trees import children
from matcher.model.wording import parse, wording
from matcher.vocabulary import Vocabulary, canonical

_OPPOSITE = {"<": "≥", "≥": "<", ">": "≤", "≤": ">"}


def check_of(one: CriterionMatch) -> lang.Check:
    """The check of a judged criterion; where it was not read, its text as it stands."""
    try:
        return parse(one.check) if one.check else lang.Unread(one.text)
    except ValueError:
        return lang.Unread(one.text)


def demands(one: CriterionMatch, vocabulary: Vocabulary) -> frozenset[str]:
    """What must hold for a criterion to be met, one text for each thing: "platelets < 50" excludes as "≥ 50" includes."""
    group = f"{' '.join(spelled(one.group))}: " if one.group.strip() else ""
    return frozenset(group + text for text in _parts(check_of(one), one.kind != "exclusion", vocabulary))


def term_label(kind: str, term: str, vocabulary: Vocabulary) -> str:
    """What a term of a check is called: its concept's label, else its normalised words."""
    found = vocabulary.measure(term) if kind == "measure" else resolve(vocabulary, kind, term)
    return found.label if found else " ".join(spelled(term))


def _parts(check: lang.Check, holds: bool, vocabulary: Vocabulary) -> list[str]:
    """The texts of a check that must hold, or must not."""
    if isinstance(check, lang.Not):
        return _parts(check.part, not holds, vocabulary)
    if isinstance(check, lang.All if holds else lang.Any):
        return [text for part in children(check) for text in _parts(part, holds, vocabulary)]
    if isinstance(check, lang.Age | lang.Measurement) and (bounds := _bounds(check, vocabulary)):
        name = "age" if isinstance(check, lang.Age) else term_label("measure", check.term, vocabulary)
        if holds:
            return [f"{name} {op} {number}" for op, number in bounds]
        if len(bounds) == 1 and bounds[0][0] in _OPPOSITE:
            return [f"{name} {_OPPOSITE[bounds[0][0]]} {bounds[0][1]}"]
    return [f"{'' if holds else 'not '}{_worded(check, vocabulary)}"]


def _bounds(leaf: lang.Age | lang.Measurement, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The bounds of a latest value in the measure's own unit; none where the leaf asks for more than that."""
    if isinstance(leaf, lang.Age):
        return [(one.op, f"{one.number.normalize():f} {one.unit}") for one in leaf.bounds]
    if leaf != lang.Measurement(leaf.term, bounds=leaf.bounds, words=leaf.words):
        return []
    return [(one.op, _amount(leaf.term, one, vocabulary)) for one in leaf.bounds]


def _amount(term: str, bound: lang.Bound, vocabulary: Vocabulary) -> str:
    measure = vocabulary.measure(term)
    value: Fraction | None = canonical(measure, bound.number, bound.unit) if measure else None
    return f"{bound.number.normalize():f} {bound.unit}" if measure is None or value is None else f"{value} {measure.unit}"


def _worded(check: lang.Check, vocabulary: Vocabulary) -> str:
    """The wording with a leaf's term under its own name, so that synonyms are worded alike."""
    if isinstance(check, lang.Condition | lang.FamilyHistory):
        check = replace(check, term=term_label("condition", check.term, vocabulary))
    elif isinstance(check, lang.Medication | lang.Allergy):
        check = replace(check, term=term_label("treatment", check.term, vocabulary))
    elif isinstance(check, lang.Procedure):
        check = replace(check, term=term_label("procedure", check.term, vocabulary))
    elif isinstance(check, lang.Measurement):
        check = replace(check, term=term_label("measure", check.term, vocabulary))
    elif isinstance(check, lang.Statement | lang.Judgement | lang.Consent | lang.Unread):
        return f"{type(check).__name__}: {' '.join(spelled(check.text))}"
    return wording(check)


__all__ = ["check_of", "demands", "term_label"]
