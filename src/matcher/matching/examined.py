"""Findings of examinations that name no disease: what they may tell of, by what was looked at ("filling defect" of a CT of the lungs)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.model.profile import Procedure
from matcher.vocabulary import Concept, understood
from matcher.vocabulary.examinations import looked_at, places

# A change that is denied leaves the thing; "Gram-negative" denies nothing.
_NO_DENIAL = later(r"\bno (?:significant |relevant |interval )*(?:change|progress\w*|growth of the|increase|decrease|improvement|resolution|regression)\b|\b(?:gram|coagulase)[\s-]neg\w*|\bnot (?:changed|resolved|healed)\b", re.IGNORECASE)
_DENIES = later(r"\b(?:no|not|without|never|negative|absence|absent|excluded|neither|nor|none|denied|ruled out)\b|\bfree of\b|-free\b", re.IGNORECASE)
_USUAL = later(
    r"\b(?:normal|unremarkable|wnl|within (?:the )?normal|benign|physiological|unobstructed|patent|intact|adequate|age[- ]appropriate|good|excellent|preserved|nil(?:m)?|clear|sinus rhythm|successful\w*|performed|complete[d]?|done|tolerated|"
    r"satisfactory|uneventful|pending|as expected|in situ|in place|stable(?: appearance| disease)?$|remission|reactive|reactive changes|hyperplastic polyps?|(?:bi-?rads|lung-?rads|ti-?rads|pi-?rads|o-?rads)\s*(?:category |score )?[012]\b|fazekas [01]\b)", re.IGNORECASE,
)  # fmt: skip
# What is abnormal though one of those words stands beside it.
_UNUSUAL = later(r"\babnormal|\bdys|\bnot (?:normal|clear|patent|intact)|\bmass\b|tumou?r|\blesion|\bnodul|carcinoma|malign|neoplas|suspicious|metasta|occlu|stenos|thromb|embol|aneurysm|hemorrhag|haemorrhag|hematoma|haematoma|defect|fractur", re.IGNORECASE)
# What tells of a disease of its own even where another of the same organ is known.
_ALARMING = later(r"\bmass(?:es)?\b|tumou?r|(?<!active )(?<!chronic )(?<!proliferative )(?<!inflammatory )(?<!glomerular )(?<!demyelinating )(?<!sclerosing )\blesions?\b|nodul|carcinoma|cancer|malign|neoplas|suspicious|spiculat|metasta|occlu|thromb|embol|filling defect|aneurysm|dissection|hemorrhag|haemorrhag|hematoma|haematoma|fractur|granuloma|dysplas|high[- ]grade|in situ\b", re.IGNORECASE)
_VALUE = later(r"(?P<name>[a-z][a-z0-9 /'’.-]*?)\s*(?:was|is|of|=|:|at|about|approximately)?\s*(?P<number>-?\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*\d+(?:\.\d+)?)?\s*(?:%|mm ?hg|/min|/h|bpm|ms(?:ec)?|kpa|events?/h(?:our)?)?\s*", re.IGNORECASE)
# Between which values a measured quantity that a finding tells of is as it should be.
_AS_IT_SHOULD_BE: dict[str, tuple[float, float]] = {
    "lvef": (50, 80), "ef": (50, 80), "ejection fraction": (50, 80), "left ventricular ejection fraction": (50, 80), "rate": (50, 100), "heart rate": (50, 100), "hr": (50, 100), "qtc": (340, 450), "qtcf": (340, 450), "qrs": (60, 119),
    "pr": (120, 200), "qt": (300, 440), "rvsp": (0, 34), "pasp": (0, 34), "mpap": (0, 20), "fev1": (80, 140), "fvc": (80, 140), "fev1/fvc": (0.7, 1), "post-bronchodilator fev1/fvc": (0.7, 1), "fev1/fvc ratio": (0.7, 1), "dlco": (80, 140), "ahi": (0, 4.9),
    "t-score": (-0.99, 9), "t score": (-0.99, 9), "z-score": (-1.99, 9), "abi": (0.91, 1.39), "liver stiffness": (0, 6.9), "cap": (0, 237), "iop": (8, 21), "feno": (0, 24),
}  # fmt: skip
_CLAUSE = later(r"[;,\n]+(?!\d)|(?<=\w\w)\.\s|\b(?:and|with|but|however|although)\b", re.IGNORECASE)
_SHOWS = later(r"^\W*(?:(?:the )?(?:ecg|ekg|mri|ct|scan|echo|x-?ray)\b\W*)?(?:(?:shows?|showed|showing|demonstrates?|reveals?|there (?:is|are|was)|evidence of|signs? of|complete|a|an)\s+)*", re.IGNORECASE)
_LED = later(r"^(?:(?:consistent|compatible|in keeping) with|suggest(?:ive|s|ing)(?: of)?|features of|appearance of|in favou?r of|due to|known|old|new|residual|persistent|incidental)\s+", re.IGNORECASE)
_TAIL = later(r"\s+(?:seen|noted|found|present|identified|visualized|observed|removed|resected|biopsied|excised|treated|(?:in|at|of|on|involving|within)\s+(?:the\s+)?(?:left|right|both|bilateral|upper|lower|mid\w*|distal|proximal|posterior|anterior)\b.*)$", re.IGNORECASE)
_SIZE = later(r"\b(?:about |approximately |up to |max(?:imum)? )?\d+(?:\.\d+)?(?:\s*[x×-]\s*\d+(?:\.\d+)?)*\s*(?:mm|cm|ml|cc)\b|\b(?:multiple|several|few|single|two|three|four|small|tiny|large|mild|moderate|severe|minimal|a|an|the|\d+)\s+", re.IGNORECASE)


def may_tell_of(patient: Patient, one: Resolved) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """What a finding says, clause by clause, with the diseases it may tell of, and whether it may tell of one more than is known there.

    These are what it names, if it names a disease and no more, else those of what was looked at.
    """
    entry: Procedure = one.entry
    if not entry.finding or entry.status == "absent":
        return
    looked: tuple[str, ...] | None = None
    for clause in (_SHOWS.sub("", piece).strip(" .") for piece in _CLAUSE.split(entry.finding)):
        if _says_nothing(clause):
            continue
        looked = looked_at(one.wording) if looked is None else looked
        if not looked:
            return
        named = _named(patient, clause)
        alone = bool(named) and all(_is_placed(patient, concept) for concept in named)
        yield clause, tuple(concept.label for concept in named) if alone else looked, not alone and _ALARMING.search(clause) is not None


def _says_nothing(clause: str) -> bool:
    """Whether a clause denies something, or tells of what is usual."""
    if not clause.strip(" .") or (_DENIES.search(clause) and not _NO_DENIAL.search(clause)):
        return True
    if _USUAL.search(clause) and not _UNUSUAL.search(clause):
        return True
    measured = _VALUE.fullmatch(clause.strip(" ."))
    limits = _AS_IT_SHOULD_BE.get(measured["name"].strip().casefold()) if measured is not None else None
    return measured is not None and limits is not None and limits[0] <= float(measured["number"]) <= limits[1]


def _named(patient: Patient, clause: str) -> list[Concept]:
    """The diseases of a clause that names nothing but them."""
    for text in (clause.strip(" ."), _TAIL.sub("", _LED.sub("", _SIZE.sub("", clause).strip(" ."))).strip()):
        found = understood(patient.vocabulary, "condition", text) if text else ()
        if found:
            return list(found)
    return []


def _is_placed(patient: Patient, concept: Concept) -> bool:
    """Whether a disease is one of a certain organ: no "cyst", nor a "carcinoma" alone."""
    return not patient.vocabulary.open_at_large(concept) and not patient.vocabulary.lineage(concept).isdisjoint(places())


__all__ = ["may_tell_of"]
