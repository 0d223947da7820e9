"""Exclusions whose last sentences say what a word of the first means: "… without contraception. Effective methods include: …"."""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import Not, Unread
from matcher.model.trees import any_of
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# The first words of a sentence that tells what counts.
_DEFINES = Caseless(
    r"(?<=[.;])\s+(?=(?:an? |the |such |these |highly |other )?(?:[\w/-]+ ){0,3}?(?:methods?|measures?|means|forms?|contracepti(?:on|ves?)|birth control|control|function|consent|compliance|potential|reserve|status|response)\s+"
    r"(?:\([^()]*\)\s*)?(?:includes?|(?:is|are|may be|can be|will be) (?:defined|considered|understood|listed|as follows|the following|any of)|means|refers? to|consists? of|comprises?)\b)",
    needs=("includ", "defined", "considered", "understood", "listed", "follow", "any of", "means", "refer", "consist", "compris"),
)


def without_its_definition(text: str, kind: str, read: Callable[[str], Read]) -> Read | None:
    """An exclusion of who lacks something, with the sentence that defines it unread; None where there is none."""
    found = _DEFINES.search(text) if kind == "exclusion" else None
    head = read(text[: found.start()]) if found is not None else None
    if found is None or head is None or not any(isinstance(node, Not) for node in nodes(head.check)):
        return None
    return Read(any_of([head.check, Unread(clean(text[found.end() :]))]), (*head.spans, (found.end(), len(text))))
