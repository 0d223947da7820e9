"""The same criterion in plainer words: a time, an aside or a half-life as the rules know it ("during the 30 day period before" is within 30 days before)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from matcher.vocabulary import Needed

_LETTERS_BETWEEN = "|"


_TABLES = {"exclusion": "simpler_words.tsv", "inclusion": "simpler_inclusion_words.tsv"}


@cache
def _rows(kind: str) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """The table: letters of which one piece stands in every such text, how the words are said, and what is said instead."""
    table = (Path(__file__).parent / _TABLES[kind]).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((tuple(needs.split(_LETTERS_BETWEEN)), pattern, instead) for needs, pattern, instead in rows)


@cache
def _needed(kind: str) -> Needed:
    return Needed(needs for needs, _, _ in _rows(kind))


_made = cache(re.compile)


def simpler(text: str, kind: str = "exclusion") -> str:
    """The text of a criterion of a kind with everything in it said in the plainest words; the text itself where it is plain already."""
    small = text.casefold()
    rows = _rows(kind)
    for place in _needed(kind).rows(small):
        needs, pattern, instead = rows[place]
        if any(map(small.__contains__, needs)):
            text = _made(pattern, re.IGNORECASE).sub(instead, text)
    return text
