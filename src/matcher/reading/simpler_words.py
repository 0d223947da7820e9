"""The same exclusion in plainer words: a time, an aside or a half-life as the rules know it ("during the 30 day period before" is within 30 days before)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_LETTERS_BETWEEN = "|"


@cache
def _rows() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """The table: letters of which one piece stands in every such text, how the words are said, and what is said instead."""
    table = (Path(__file__).parent / "simpler_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((tuple(needs.split(_LETTERS_BETWEEN)), pattern, instead) for needs, pattern, instead in rows)


_made = cache(re.compile)


def simpler(text: str) -> str:
    """The text with everything in it said in the plainest words; the text itself where it is plain already."""
    small = text.casefold()
    for needs, pattern, instead in _rows():
        if any(map(small.__contains__, needs)):
            text = _made(pattern, re.IGNORECASE).sub(instead, text)
    return text
