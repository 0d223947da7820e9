"""A clearance found in collected urine: none that is worked out of the creatinine in the blood stands for it."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Measurement
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_IN_URINE = Caseless(
    r"\bclearance\b[^.;]{0,60}(?:\(\s*(?:directly |actually )?measured\s*\)|\bdirectly measured\b|\b24[\s-]?(?:h|hr|hrs|hours?)\b[\s-]*(?:(?:timed|measured|collected)\s+)?(?:urin|collect)|\burine collection)",
    needs=("measured", "urin", "collect"),
)
_WORKED_OUT = Caseless(r"\b(?:calculat\w*|estimat\w*|comput\w*|cockcroft|cockroft|gault|formulas?|formulae|equations?|mdrd|ckd-?epi|measured or|or measured)\b")


def found_in_urine(read: Read, text: str) -> Read:
    """The reading with the clearance measured that the text says is found so; where another way is named as well, either will do."""
    if "learance" not in text or not _IN_URINE.search(text) or _WORKED_OUT.search(text):
        return read
    return rewritten(read, lambda leaf: replace(leaf, term="measured creatinine clearance") if isinstance(leaf, Measurement) and leaf.term == "creatinine clearance" else None)
