"""A procedure's finding, as free words, against what a criterion asks of it."""

from __future__ import annotations

import re
from operator import or_

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.patient import Patient
from matcher.matching.stages import matches, numerals
from matcher.matching.words import DOUBT, EARLIER, listed
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Relation, normal

SENTENCES = later(r"[.;\n]+(?!\d)|\b(?:but|however|although|except)\b", re.IGNORECASE)
_NO = frozenset(
    ["no", "not", "without", "never", "negative", "absence", "absent", "free", "excluded", "neither", "nor", "non", "none", "denied", "ruled"]
)
# Words that may stand between a "no" and what it denies, and after it, without making the denial narrower.
_BEFORE = frozenset(["evidence", "of", "any", "sign", "the", "a", "an", "or", "and", "for", "definite", "either", "to", "finding", "feature", "presence"])
_AFTER = frozenset(["seen", "identified", "detected", "found", "present", "noted", "visible", "visualized", "observed", "evident", "or", "and", "nor"])
_COPULA = frozenset(["is", "are", "was", "were", "be", "been", "has", "have"])
_NUMERAL = r"(?:viii|vii|vi|iv|v|iii|ii|i|\d)\b[a-h]?|(?:viii|vii|vi|iv|v|iii|ii|i|\d)[a-h]\b"
_CLASSED = later(
    rf"\b(class|classes|stage|grade)\b\s*((?:{_NUMERAL})(?:\s*(?:\+|/|-|and|or|to|,|&)\s*(?:{_NUMERAL}))*)",
    re.IGNORECASE,
)
_POLES = frozenset(("positive", "negative"))
_SCALES = frozenset(("class", "classes", "stage", "grade"))


def finding_part(patient: Patient, asked: tuple[str, ...], recorded: str | None, label: str) -> Part:
    """Whether the finding says one of what is asked; a denial counts as a no, anything else is undecided."""
    if not asked:
        return SATISFIED
    ask = Question("procedures", label, "text", None, f"What did the {label} show (asked: {listed(asked)})?")
    if recorded is None:
        return Part(t.OPEN, "not-recorded", "its finding is not recorded", ask)
    truth = t.disjoin([_seen(patient, recorded, one) for one in asked])
    if truth == t.OPEN:
        return Part(truth, "imprecise", f"whether it shows {listed(asked)} is not clear", ask)
    return Part(truth, why=f"it does not show {listed(asked)}")


# What an examination that is called normal says, clause by clause; "normal sinus rhythm" alone tells of the rhythm only.
_AS_USUAL = later(
    r"(?:completely |entirely )?(?:normal|unremarkable|within normal limits|wnl)(?: (?:findings?|results?|study|examination|scan|ecg|ekg|electrocardiogram|mri|ct|chest x-?ray|appearances?))*|no (?:significant |relevant |acute |other |pathological )?(?:abnormalit(?:y|ies)|abnormal findings?|findings?|changes)",
    re.IGNORECASE,
)
_OF_RHYTHM = later(r"normal (?:axis|intervals|rate|conduction)|(?:normal |regular )?sinus rhythm(?: at \d+(?:/min| bpm)?)?|(?:heart |ventricular )?rate:? \d+(?:/min| bpm)?|\d+\s?(?:/min|bpm)", re.IGNORECASE)
_NO_DISEASE = frozenset(("sinus bradycardia", "sinus tachycardia", "sinus arrhythmia"))
_NO_SINUS_RHYTHM = ("atrial fibrillation", "atrial flutter", "supraventricular tachycardia", "ventricular tachycardia")
_CLAUSE = later(r"[.;,\n]+(?!\d)|\b(?:and|with)\b", re.IGNORECASE)
_LED = later(r"^(?:(?:the )?(?:ecg|ekg|mri|ct|scan|echo|x-?ray)\b\W*)?(?:(?:shows?|showed|showing|demonstrates?|reveals?|there (?:is|are|was)|evidence of|signs? of|complete|a|an)\s+)*", re.IGNORECASE)


def of_the_last(asked: str) -> bool:
    """Whether what an examination is to show is how the patient is now: a normal one, or a sinus rhythm."""
    return " ".join(normal(asked)) in _STATES


_STATES = ("normal", "sinus rhythm", "normal sinus rhythm")


def clauses(recorded: str) -> list[str]:
    """The clauses of a finding, each without what only leads to it: "shows", "evidence of"."""
    return [said for piece in _CLAUSE.split(recorded) if (said := _LED.sub("", piece.strip()).strip())]


def _seen(patient: Patient, recorded: str, asked: str) -> t.Truth:
    """What a finding says of one thing asked; of a normal one, or of the rhythm of the heart, also by the diseases that it names."""
    words = " ".join(normal(asked))
    if words not in _STATES:
        return says(recorded, asked)
    if DOUBT.search(recorded) or EARLIER.search(recorded):
        return t.OPEN
    said = clauses(recorded)
    usual, of_rhythm = ([pattern.fullmatch(one) is not None for one in said] for pattern in (_AS_USUAL, _OF_RHYTHM))
    if words != "normal" and any("sinus" in one and fits for one, fits in zip(map(str.casefold, said), of_rhythm, strict=True)):
        return t.HOLDS if words == "sinus rhythm" or "normal sinus" in recorded.casefold() else t.OPEN
    if words == "normal" and any(usual) and all(map(or_, usual, of_rhythm)):
        return t.HOLDS
    named = [concept for one in said if not denies_anything(one) and (concept := patient.vocabulary.condition(one)) is not None]
    if words == "normal":
        abnormal = _ABNORMAL.fullmatch(recorded.strip()) is not None or any(concept.label not in _NO_DISEASE for concept in named)
        return t.VIOLATED if abnormal else t.OPEN
    others = [other for label in _NO_SINUS_RHYTHM if (other := patient.vocabulary.condition(label)) is not None]
    return t.VIOLATED if any(patient.vocabulary.relation(concept, other) in (Relation.SAME, Relation.NARROWER) for concept in named for other in others) else t.OPEN


_ABNORMAL = later(r"(?:clearly |markedly )?(?:abnormal|not normal)(?: (?:ecg|ekg|electrocardiogram|findings?|results?|scan|study))?\.?", re.IGNORECASE)


def doubted(text: str) -> bool:
    """Whether a recorded text denies, doubts or tells of the past anywhere, so that a word in it affirms nothing."""
    return bool(DOUBT.search(text) or EARLIER.search(text) or _NO & set(normal(text)))


# What denies a finding that stands before it: "emphysema: not seen"; not where it was so on another day, or cannot be told.
_DENIED_BEHIND = later(
    r"(?:\b(?:is|are|was|were)\s+|[:=-]\s*|\s)(?:absent|negative|none|nil|denied|resolved|ruled out|excluded|not (?:seen|present|identified|detected|visible|visualized|found|demonstrated|noted|observed|evident|shown)|no longer (?:seen|present|visible|evident|identified|detected))\b(?! (?:on|in|at) (?:the )?(?:prior|previous|earlier|last))",
    re.IGNORECASE,
)
_UNSURE = later(r"\b(?:cannot|can ?not|could not|not|un(?:able|certain))\b[^.;,]*\b(?:excluded?|excluding|ruled? out)|\bnot (?:previously|formerly|earlier)", re.IGNORECASE)
_DENIAL = later(r"\b(?:no|not|without|never|negative|absence|absent|free|excluded|neither|nor|non|none|denied|ruled|in the absence)\b", re.IGNORECASE)


def affirmed_in(text: str) -> str:
    """What a finding says that nothing in it denies: a word of denial acts on what follows it, of what stands before only where it is said so."""
    behind = _DENIED_BEHIND.search(text)
    if behind is not None and not _UNSURE.search(text):
        text = text[: behind.start()].rpartition(",")[0]  # what stands before a comma may be there
    denial = _DENIAL.search(text)
    return text if denial is None else text[: denial.start()]


def denies_anything(text: str) -> bool:
    """Whether a text has a word of denial in it."""
    return not _NO.isdisjoint(normal(text))


def says(recorded: str, asked: str) -> t.Truth:
    """Whether a recorded finding says what is asked: yes, no, or open where it doubts or does not speak of it."""
    if DOUBT.search(recorded):
        return t.OPEN
    if normal(recorded) == normal(asked):
        return t.HOLDS  # "negative"
    if frozenset((" ".join(normal(recorded)), " ".join(normal(asked)))) == _POLES:
        return t.VIOLATED
    named = [word for word in normal(asked) if word not in _SCALES]
    if named and all(numerals(word) for word in named):
        return _classed(recorded, asked)
    told = {_told(sentence, normal(asked)) for sentence in SENTENCES.split(recorded)} - {None}
    return told.pop() or t.OPEN if len(told) == 1 else t.OPEN


def _classed(recorded: str, asked: str) -> t.Truth:
    """A class, stage or grade of the finding: open where one is denied or told of the past, or the scales disagree."""
    if doubted(recorded):
        return t.OPEN
    scale = next((word[:5] for word in normal(asked) if word in _SCALES), None)
    by_scale: dict[str, list[t.Truth]] = {}
    for found in _CLASSED.finditer(recorded):
        name = found[1].casefold()[:5]
        if scale in (None, name):
            by_scale.setdefault(name, []).append(matches(found[2], (asked,)))
    truths = {t.disjoin(found) for found in by_scale.values()}
    return truths.pop() if len(truths) == 1 else t.OPEN


def _told(sentence: str, want: tuple[str, ...]) -> t.Truth | None:
    """What one sentence says of a finding: yes, no, not clear, or (None) nothing."""
    words = normal(sentence)
    at = next((i for i in range(len(words) - len(want) + 1) if words[i : i + len(want)] == want), None)
    first_no = next((i for i, word in enumerate(words) if word in _NO), None)
    if at is None:
        return t.VIOLATED if first_no is not None and _denies_head(sentence, words, first_no, want) else None
    if first_no is None:
        return t.OPEN if EARLIER.search(sentence) else t.HOLDS
    if first_no < at:
        return t.VIOLATED if _denied(sentence, words, first_no, at, at + len(want)) else t.OPEN
    between, rest = set(words[at + len(want) : first_no]), set(words[first_no:]) - _NO - _AFTER - {"out"}
    return t.VIOLATED if between <= _COPULA and not rest else t.OPEN


def _denied(sentence: str, words: tuple[str, ...], no: int, at: int, end: int) -> bool:
    """Whether a "no" reaches the words at that place: nothing between narrows it, and no comma may have ended it."""
    if "," in sentence and words[at - 1] not in ("or", "nor"):
        return False
    if words[at - 1] not in _NO and (words[at - 1] not in _BEFORE or _of_something(words[no:at])):
        return False
    return end == len(words) or words[end] in _AFTER | _COPULA


def _of_something(words: tuple[str, ...]) -> bool:
    """Whether what is denied is a change or a likeness of the thing ("no regression of"), not the thing itself."""
    return any(word in ("of", "for", "to", "the") and words[i - 1] not in _BEFORE | _NO for i, word in enumerate(words) if i)


def _denies_head(sentence: str, words: tuple[str, ...], no: int, want: tuple[str, ...]) -> bool:
    """Whether the thing itself is denied where a kind of it is asked: "no infiltrate" for a new infiltrate."""
    rest = words[no + 1 :]
    while rest and rest[0] in _BEFORE:
        rest = rest[1:]
    return no == 0 and "," not in sentence and bool(rest) and rest == want[-len(rest) :]
