"""A disease that a name begins with, where what is said of it behind is not understood: "cystic fibrosis with pulmonary manifestations"."""

from __future__ import annotations

import re

from matcher.model.patterns import later
from matcher.vocabulary.about import about
from matcher.vocabulary.charted import Told, doubted
from matcher.vocabulary.concepts import Concept
from matcher.vocabulary.fields import fields
from matcher.vocabulary.normal import normal
from matcher.vocabulary.titles import closed, plainer, title
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.wordings import infections_by_germ, understood

# What parts a disease from what comes with it, from its cause, and from when it came; a part of the body is said behind "of".
_SAID = later(r"(?:,\s*(?:current|most recent) episode|[\s,]+(?:with|due to|secondary to|caused by|because of|associated with|related to|complicated by|complicating|following|after|involving|affecting|during|(?P<of>of)))\s+", re.IGNORECASE)
_BRACKETED = later(r"\s*[(\[][^()\[\]]*[)\]]")
_NOTHING_MORE = frozenset(("organ", "system", "or", "and", "other", "specified", "unspecified", "multiple", "involvement", "manifestation", "complication", "feature", "cause", "organism"))
_ANYTHING = "disease"  # above all conditions
_NOT_ANY = frozenset(("disease", "symptom"))  # names of no disease: what is said behind them is what it is


def headed(vocabulary: Vocabulary, wording: str) -> tuple[tuple[Concept, ...], Told]:
    """The concepts that a name begins with, and what its rest may tell of: anything, where that is not known; nothing of any other name."""
    if doubted(closed(wording)) or title(wording) is not None:
        return (), ()
    for text in (wording, *plainer(wording)):
        for joint in _SAID.finditer(text):
            named, rest = understood(vocabulary, "condition", text[: joint.start()]), text[joint.end() :]
            if not named or any(one.label in _NOT_ANY for one in named):
                continue
            if joint["of"] is None:
                return named, _told(vocabulary, rest)
            placed = fields(vocabulary, rest, named=False)
            if placed is not None:
                return named, placed
    return (), ()


def _told(vocabulary: Vocabulary, rest: str) -> Told:
    """What the rest may tell of; a name that is understood tells of itself."""
    named = understood(vocabulary, "condition", rest)
    if not named and (_NOTHING_MORE.issuperset(normal(rest)) or normal(_BRACKETED.sub("", rest)) in infections_by_germ()):
        return ()
    itself: Told = tuple((one, "kinds") for one in named)
    known = itself or about(vocabulary, "condition", rest)
    anything = vocabulary.condition(_ANYTHING)
    return known if known is not None else () if anything is None else ((anything, "all"),)
