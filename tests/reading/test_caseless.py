"""Patterns that take no notice of case find what a pattern that ignores case finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from matcher.reading.caseless import Caseless

_PATTERNS = (
    r"\b(?:Risk|prevent\w*)\b",
    r"\W*(?P<who>men|WOMEN)\b",
    r"[A-C]+\d|\bnot\S",
    r"(?:no|not)\b(?!\s+more)",
)
_TEXTS = st.text(alphabet="abcdeprRIiskvntNOMEwome 1-İ", max_size=40)


@examples(200)
@given(_TEXTS, st.sampled_from(_PATTERNS), st.integers(0, 5))
def test_case_is_of_no_account(text: str, written: str, start: int) -> None:
    ours, theirs = Caseless(written), re.compile(written, re.IGNORECASE)
    pairs = (
        (ours.search(text), theirs.search(text)),
        (ours.search(text, start, 20), theirs.search(text, start, 20)),
        (ours.match(text, start), theirs.match(text, start)),
        (ours.fullmatch(text), theirs.fullmatch(text)),
    )
    for mine, other in pairs:
        assert (mine and mine.span()) == (other and other.span())
