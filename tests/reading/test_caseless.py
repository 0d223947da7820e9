"""Patterns that take no notice of case find what a pattern that ignores case finds."""

from __future__ import annotations

import re
import sys
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from matcher.reading.reader import Reader
from matcher.reading.tagging.caseless import Caseless

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


@cache
def _with_needs() -> list[Caseless]:
    modules = [module for name, module in sys.modules.items() if name.startswith(Reader.__module__.rpartition(".")[0])]
    found = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Caseless) and one._needs != ("",)}
    return sorted(found.values(), key=lambda one: one._written)


@examples(100)
@given(st.data())
def test_whatever_a_pattern_matches_in_has_what_it_needs(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(_with_needs()))
    text = data.draw(st.from_regex(one._written, alphabet=st.characters(codec="ascii")))
    small = re.sub(r"\s", " ", text.lower())
    assert re.search(one._written, small) is None or any(word in small for word in one._needs)  # perhaps in what it looks ahead to
