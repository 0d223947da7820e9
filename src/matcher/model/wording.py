"""The wording of checks: a closed, strict grammar that a nurse reads and edits, exact in both directions.

Joints, loosest first: `when S then R` · `R unless S` · `A or B` · `A and B` · `not A`; brackets where nesting needs
them; `at least 2 of (A; B; C)`; `ambiguous (A; B)`. Terms are bare where no word of the grammar occurs in them, else in
double quotes. `wording(parse(text))` is the canonical form of any text that parses; `parse(wording(check)) == check`.
"""

from __future__ import annotations

from functools import lru_cache

from matcher.model.language import Check
from matcher.model.wording_read import read
from matcher.model.wording_words import DEEPEST, WordingError
from matcher.model.wording_write import write

GRAMMAR = 1
_FEW = 500  # checks: those of a record or two
_WRITTEN: dict[str, Check] = {}


def wording(check: Check) -> str:
    """The canonical wording of a check; WordingError where it is nested deeper than DEEPEST."""
    return write(check)


def parse(text: str) -> Check:
    """The check that a text words; WordingError says the place (code points from 0) and what was expected there."""
    return _WRITTEN.get(text) or _parsed(text)


def remember(text: str, check: Check) -> None:
    """Let `parse` give back the check that a canonical text was written from just now, as an import asks for it next."""
    if len(_WRITTEN) >= _FEW:
        _WRITTEN.clear()
    _WRITTEN[text] = check


@lru_cache(maxsize=1 << 14)
def _parsed(text: str) -> Check:
    return read(text)


__all__ = ["DEEPEST", "GRAMMAR", "WordingError", "parse", "remember", "wording"]
