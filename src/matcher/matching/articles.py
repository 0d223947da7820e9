"""The article that a name takes in a question: "a pacemaker", "an infection", but "pneumonia" and "brain metastases"."""

from __future__ import annotations

import re
from functools import cache

from matcher.model.patterns import later
from matcher.vocabulary.places import data_file

_OPERATION = later(r"(?:ectomy|ostomy|otomy|plasty|scopy|centesis|gram)$")
_HEAD = later(r"^(.*?)(?= (?:of|in|with|to|from|for|on|after|due|by|at|without|other than)\b|,| \()")
_SAID = {"immunocompromised": "an immunocompromised state"}
_KIN = frozenset(("mother", "father"))
_BEGINS = later(r"(?:an?|the|any|one|two|several|multiple|his|her)\b", re.IGNORECASE)
# Spelt with a vowel and spoken without one, and letters that are spelt out: "a uterine fibroid", "an HIV infection".
_AS_CONSONANT = later(r"(?:eu|ewe|one\b|once\b|u(?:ni(?!n|m)|r[aeio]|s[aeu]|t[ei]))", re.IGNORECASE)
_SPELT_OUT = later(r"(?!HER2|HELLP|LASIK|MERS|NASH|SARS|FISH|LEEP)[AEFHILMNORSX](?:[A-Z0-9]+\b|-)|[BCDGJKPQTUVWYZ][A-Z0-9]+\b")


@cache
def _counted() -> frozenset[str]:
    lines = data_file("counted.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def with_article(name: str) -> str:
    """The name as it stands in a sentence of one patient, with "a" or "an" where it is of a kind that is counted."""
    return _SAID.get(name) or (f"{_article(name)} {name}" if _is_counted(name) else name)


def of_hers(name: str) -> str:
    """The name of what the patient has, with "the" where it is of a kind that is counted: the neoplasm, lupus nephritis."""
    return f"the {name}" if _is_counted(name) else name


def relative(name: str) -> str:
    """A relative with the article: the mother, a sister."""
    return name if name.endswith("s") else f"{'the' if name in _KIN else _article(name)} {name}"


@cache
def _is_counted(name: str) -> bool:
    found = _HEAD.match(name)
    head = (found[0] if found else name).casefold()
    last = head.rpartition(" ")[2]
    if not head or _BEGINS.match(name) or f"-{head}" in _counted():
        return False
    return last in _counted() or last.rpartition("-")[2] in _counted() or bool(_OPERATION.search(last))


def _article(name: str) -> str:
    if _SPELT_OUT.match(name):
        return "an" if name[:1] in "AEFHILMNORSX" else "a"
    return "an" if name[:1].casefold() in tuple("aeiou") and not _AS_CONSONANT.match(name) else "a"
