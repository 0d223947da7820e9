"""Diseases that the findings of procedures name, or that a procedure was done for: "three liver metastases" of a CT scan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from matcher.matching.findings import SENTENCES, affirmed_in, clauses, doubted
from matcher.matching.patient import Patient, Resolved
from matcher.matching.words import named_within
from matcher.model.patterns import later
from matcher.model.profile import Condition
from matcher.vocabulary import Concept, Relation, understood

_LONGEST = 6  # words of a name
_DONE_FOR = later(r"\b(?:for|due to|because of)\s+(.{3,})$", re.IGNORECASE)
# What is done to a disease that its name says besides: "epilepsy surgery", "excision of endometriosis"; and where the disease is only feared, sought or prevented.
_DEED = later(
    r"surg|operation|procedure|repair|excision|excised|resection|resected|removal|removed|closure|ligat|clipping|coiling|emboli[sz]|evacuat|drain|release|decompress|ablat|stripping|pull-?through|reduction|fixation|debride|correction|cauter|"
    r"ectom|plast|otomy|ostomy|pexy|rrhaphy|laser|cryo|band(?:ing|ed)|sclero|thrombolysis|nailing|osteosynthesis|curettage|shunt|photocoagul|aspirat|treatment|lysis|stent|enucleat|reconstruct",
    re.IGNORECASE,
)
_NOT_ON = later(
    r"vaccin|immuni[sz]|screen|\btests?\b|testing|prevent|prophyla|educat|counsel|rule[sd]? out|\br/o\b|suspect|suspicio|possible|surveill|\brisk|\bscan|imaging|ultraso|\bMRI?\b|\bCT\b|x-?ray|evaluat|assess|monitor|\bexam|serolog|antibod|check|study|"
    r"\bno\b|\bnot\b|without|negative|non-|famil|donor|donat|planned|scheduled|refus|declin|cosmetic",
    re.IGNORECASE,
)
_MARKS = later(r"^[\W_]+|[\W_]+$")


def shown_by(patient: Patient, one: Resolved) -> Iterator[Concept]:
    """The diseases that a procedure's finding names without denying anything, those that it was done for, and those on which it was done."""
    texts = [] if not one.entry.finding else [said for text in SENTENCES.split(one.entry.finding) if (said := affirmed_in(text).strip())]
    done_for = _DONE_FOR.search(one.wording)
    done_on = _DEED.search(one.wording) is not None and _NOT_ON.search(one.wording) is None
    for text in [*texts, *(done_for.groups() if done_for else ()), *(one.wording for _ in [one] if done_on)]:
        yield from _named(patient, text)


# Where what is named is feared, sought or prevented.
_FEARED = later(r"prevent|prophyla|\brisk\b|screen|vaccin|famil|donor|donat|suspect|possible|rule[sd]? out|cessation", re.IGNORECASE)


def told_with(patient: Patient, one: Resolved) -> Iterator[tuple[str, str, Concept]]:
    """What the indication of a medication and the reason of its stop name: the words, whether that is a condition or a procedure, and it."""
    for text in (one.entry.indication, one.entry.stop_reason):
        said = affirmed_in(text).strip() if text else ""
        if said and not _FEARED.search(said):
            yield from ((text, "condition", concept) for concept in (*understood(patient.vocabulary, "condition", said), *_named(patient, said), *_clashing(patient, said)))
        yield from ((text, "procedure", concept) for concept in (_procedures(patient, said) if said else ()))


_OF_ANOTHER = later(r"\b(?:mother|father|parents?|brother|sister|sibling|son|daughter|(?<!as a )child|aunt|uncle|cousin|husband|wife|partner|spouse|grand\w+|wants?|asks?|interested|trial|study)\b", re.IGNORECASE)


def noted(patient: Patient, text: str) -> Iterator[tuple[str, str, Concept]]:
    """What a free note names that nothing in it denies, sentence by sentence: the words, the kind of thing, and it; none of relatives."""
    for sentence in SENTENCES.split(text):
        said = affirmed_in(sentence).strip()
        if said and not _FEARED.search(said) and not _OF_ANOTHER.search(said):
            yield from ((sentence.strip(), "condition", concept) for concept in _named(patient, said))
            yield from ((sentence.strip(), "procedure", concept) for concept in _procedures(patient, said))
            drugs = (patient.vocabulary.treatment(word) for word in _words(said) if len(word) > 3 and not _is_plain(word))
            yield from ((sentence.strip(), "treatment", concept) for concept in drugs if concept is not None and concept.kind in ("drug", "class"))


def _clashing(patient: Patient, text: str) -> Iterator[Concept]:
    """The conditions for which a text that is an abbreviation of several things may stand."""
    return (one for one in patient.vocabulary.candidates(text) if one.kind == "condition")


def _procedures(patient: Patient, text: str) -> Iterator[Concept]:
    """The procedures named in a text, by one to four words each."""
    return named_within(_words(text), lambda name: patient.vocabulary.procedure(name) if len(name) > 2 and not _is_plain(name) else None, 4)


def found_by(patient: Patient, ways: Sequence[str]) -> list[Resolved]:
    """The diseases that findings name, of procedures done in one of the ways that a criterion names: "LBBB" of an ECG."""
    known = [(way, patient.concept("procedure", name)) for way in ways for name in _EACH.split(way)]
    asked = [(way, concept) for way, concept in known if concept is not None]
    found: list[Resolved] = []
    for one in patient.procedures if asked else ():
        if one.entry.status == "absent" or not one.entry.finding or one.concept is None or doubted(one.entry.finding):
            continue
        way = next((way for way, concept in asked if patient.vocabulary.relation(one.concept, concept) in (Relation.SAME, Relation.NARROWER)), None)
        named = [_disease(patient, text) for text in clauses(one.entry.finding)] if way is not None else []
        found += [Resolved(Condition(name=concept.label, diagnosed=one.entry.date, confirmed_by=[way]), f"{concept.label}, {one.wording}", concept) for concept in named if concept is not None and way is not None]
    return found


_EACH = later(r"\s*(?:,\s*(?:or\b)?|\bor\b|\band/or\b|\band\b|/)\s*", re.IGNORECASE)


def _named(patient: Patient, text: str) -> Iterator[Concept]:
    """The diseases named in a text: of names within each other the longest."""
    return named_within(_words(text), partial(_disease, patient), _LONGEST)


def _words(text: str) -> list[str]:
    return [word for word in (_MARKS.sub("", one) for one in text.split()) if word]


# Abbreviations that are words of any sentence unless they stand in capitals: "all lists", "it went down", "ten days", "8 hrs".
_PLAIN_WORDS = frozenset(("alf", "all", "aman", "arts", "boo", "cop", "corn", "cup", "down", "dress", "gave", "hrs", "odd", "rind", "sir", "spa", "ten", "ups"))


def _is_plain(name: str) -> bool:
    return name.casefold() in _PLAIN_WORDS and not name.isupper()


def _disease(patient: Patient, name: str) -> Concept | None:
    """The disease of a name; None for what says little: "disease", "lesion", a category with open members, a plain word."""
    concept = patient.vocabulary.condition(name) if len(name) > 2 and not name.isdigit() and not _is_plain(name) else None
    return concept if concept is not None and not patient.vocabulary.open_at_large(concept) else None


__all__ = ["found_by", "noted", "shown_by", "told_with"]
