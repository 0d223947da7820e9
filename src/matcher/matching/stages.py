"""Stages, classes and grades as people write them: "IV+V", "IIIB", "NYHA II", "T2N0M0", "class III or IV"."""

from __future__ import annotations

import re

from matcher.matching import truth as t

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_NUMERAL = re.compile(r"(?<![a-z0-9])(viii|vii|vi|iv|v|iii|ii|i|[0-8])([a-h]\d?|s)?(?![a-z0-9])")
_TNM = re.compile(r"(?<![a-z0-9])([cpy]{0,2}t(?:\d[a-d]?|is|x)) ?(n(?:\d[a-c]?|x))? ?(m(?:\d[a-c]?|x))?")
_PLAIN = re.compile(r"[a-z0-9]+")

Numeral = tuple[int, str]


def numerals(text: str) -> frozenset[Numeral]:
    """The stage numbers of a wording, roman and arabic alike, each with its letter: "IIIB" → {(3, "b")}."""
    low = text.casefold()
    return frozenset((_ROMAN.get(n) or int(n), letter or "") for n, letter in _NUMERAL.findall(low))


def matches(recorded: str, asked: tuple[str, ...]) -> t.Truth:
    """Whether a recorded stage is one of those asked; undecided where the record is coarser or of another kind."""
    results = [_matches_one(recorded, one) for one in asked]
    return t.disjoin(results)


def _matches_one(recorded: str, asked: str) -> t.Truth:
    if _words(recorded) == _words(asked):
        return t.HOLDS
    have, want = numerals(recorded), numerals(asked)
    if not have or not want or _is_tnm(recorded) != _is_tnm(asked):
        both_words = not have and not want and not _is_tnm(recorded) and not _is_tnm(asked)
        return t.VIOLATED if both_words and _known_words(recorded) and _known_words(asked) else t.OPEN
    return t.conjoin([_has(have, one) for one in want])


def _has(have: frozenset[Numeral], want: Numeral) -> t.Truth:
    number, letter = want
    letters = [one for value, one in have if value == number]
    if not letters:
        return t.VIOLATED
    if not letter or letter in letters:
        return t.HOLDS
    return t.OPEN if "" in letters else t.VIOLATED


def _words(text: str) -> list[str]:
    return _PLAIN.findall(text.casefold())


def _is_tnm(text: str) -> bool:
    return bool(_TNM.search(text.casefold()))


_STAGE_WORDS = frozenset({"limited", "extensive", "early", "advanced", "localized", "localised", "metastatic"})


def _known_words(text: str) -> bool:
    return len(found := _words(text)) == 1 and found[0] in _STAGE_WORDS and found[0] in ("limited", "extensive")
