"""The same criterion in plainer words: a time, an aside or a half-life as the rules know it ("during the 30 day period before" is within 30 days before)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Needed

_LETTERS_BETWEEN = "|"


_OF_BOTH = ("simpler_time_words.tsv", "simpler_value_words.tsv", "simpler_disease_words.tsv", "simpler_marker_words.tsv", "simpler_drug_words.tsv", "simpler_aside_words.tsv")
_TABLES = {"exclusion": (*_OF_BOTH, "simpler_words.tsv", "simpler_exclusion_words.tsv"), "inclusion": (*_OF_BOTH, "simpler_cancer_words.tsv", "simpler_inclusion_words.tsv")}


@cache
def _rows(kind: str) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """The tables of a kind: letters of which one piece stands in every such text, how the words are said, and what is said instead."""
    lines = [line for table in _TABLES[kind] for line in (Path(__file__).parents[1] / "data" / table).read_text(encoding="utf-8").splitlines()]
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((tuple(needs.split(_LETTERS_BETWEEN)), pattern, instead) for needs, pattern, instead in rows)


@cache
def _needed(kind: str) -> Needed:
    return Needed(needs for needs, _, _ in _rows(kind))


_made, _caseless = cache(re.compile), cache(Caseless)
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate(_SMALL)} | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_SPELLED = rf"\b(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(_SMALL)})\b"
_OF_A_SCORE = Caseless(r"\b(?:scores?|scale|index|class|grade|status)\b", needs=("score", "scale", "index", "class", "grade", "status"))


def simpler(text: str, kind: str = "exclusion") -> str:
    """The text of a criterion of a kind with everything in it said in the plainest words; the text itself where it is plain already."""
    small = text.casefold()
    rows = _rows(kind)
    for place in _needed(kind).rows(small):
        needs, pattern, instead = rows[place]
        if any(map(small.__contains__, needs)) and _caseless(pattern).search(text) is not None:  # few are there, which this tells soonest
            text = _made(pattern, re.IGNORECASE).sub(instead, text)
    return _made(_SPELLED, re.IGNORECASE).sub(_number, text) if _OF_A_SCORE.search(text) is not None else text


def _number(spelled: re.Match[str]) -> str:
    """The figures of a number in words."""
    return str(sum(map(_NUMBERS.__getitem__, re.split("[- ]", spelled[0].casefold()))))
