"""Clinical notes turned into rough profiles: age, sex and what the vocabulary knows by name, where no word before denies it.

A second check of the ranking over patients of many diseases. What is found this way is no reading of a note: it is as
good as a list of names, the same for every ranking that is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from matcher.model.profile import Profile
from matcher.vocabulary import Vocabulary, load

DAY = "2021-05-01"
_HIDDEN = re.compile(r"\[\*\*.*?\*\*\]")
_AGE = re.compile(r"\b(\d{1,3})[\s-]*(year|yr|y/?o\b|yo\b|y\.o|[MF]\b|month|week|day)", re.IGNORECASE)
_PARTS = {"m": 12, "w": 52, "d": 365}
_FEMALE = re.compile(r"\b(she|her|woman|female|girl|lady|F)\b")
_MALE = re.compile(r"\b(he|his|man|male|boy|gentleman|M)\b")
_BEGINNING = 600  # characters in which a note says whom it is about
_DENIED = re.compile(r"\b(no|not|denie[sd]|denying|without|negative|absence|absent|never|nor|free of|ruled? out|exclude[sd]?)\b", re.IGNORECASE)
_BEFORE = 9  # words before a name that may deny it
_FAMILY = re.compile(r"\b(family|mother|father|brother|sister|aunt|uncle|son|daughter|husband|wife|parents?|cousin)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")
_WORD = re.compile(r"[A-Za-z0-9'/+-]+")
_LONGEST = 6  # words of a name
_SHORT = 5  # letters of a word that is a name only in capitals
_LOOSE = frozenset({"of", "the", "a", "an", "in", "with", "and", "or", "to"})
_SAYS_NOTHING = frozenset({
    "pain", "normal", "patient", "disease", "symptoms", "history", "male", "female", "man", "woman", "medical", "treatment",
    "findings", "syndrome", "condition", "other", "disorder", "infection", "lesion", "mass",
})  # fmt: skip
_LISTS = {"condition": ("conditions", "active"), "treatment": ("medications", "current"), "procedure": ("procedures", "done")}


def profile_of(patient: dict[str, Any]) -> Profile:
    """The profile of one note."""
    text = _HIDDEN.sub(" ", patient["text"])
    found: dict[str, Any] = {"id": patient["_id"], "as_of": DAY, **_age(text), **_sex(text[:_BEGINNING])}
    seen = set[tuple[str, str]]()
    for kind, name in (one for sentence in _SENTENCE.split(text) for one in _named(sentence, load())):
        if (kind, name) not in seen:
            seen.add((kind, name))
            key, status = _LISTS[kind]
            found.setdefault(key, []).append({"name": name, "status": status})
    return Profile.checked(found)


def _age(text: str) -> dict[str, float]:
    said = _AGE.search(text)
    if said is None:
        return {}
    unit = "y" if said[2] in "MF" else said[2][0].casefold()
    return {"age": round(int(said[1]) / _PARTS.get(unit, 1), 2)}


def _sex(text: str) -> dict[str, str]:
    female, male = len(_FEMALE.findall(text)), len(_MALE.findall(text))
    return {} if female == male else {"sex": "female" if female > male else "male"}


def _named(sentence: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The longest names from each word on, each with its kind; a condition by its label, so that it is met once."""
    words = _WORD.findall(sentence)
    at = 0
    while at < len(words):
        kind, label, length = _longest(words, at, vocabulary)
        denied = _DENIED.search(" ".join(words[max(0, at - _BEFORE) : at])) or (kind == "condition" and _FAMILY.search(" ".join(words[:at])))
        if kind and not denied:
            yield kind, label
        at += length


def _longest(words: list[str], at: int, vocabulary: Vocabulary) -> tuple[str, str, int]:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        part = words[at : at + length]
        if part[0].casefold() in _LOOSE or part[-1].casefold() in _LOOSE or (length == 1 and not _may_name(part[0])):
            continue
        wording = " ".join(part)
        if (condition := vocabulary.condition(wording)) is not None:
            return "condition", condition.label, length
        if vocabulary.treatment(wording):
            return "treatment", wording, length
        if vocabulary.procedure(wording):
            return "procedure", wording, length
    return "", "", 1


def _may_name(word: str) -> bool:
    return len(word) > 2 and word.casefold() not in _SAYS_NOTHING and (len(word) >= _SHORT or word.isupper())
