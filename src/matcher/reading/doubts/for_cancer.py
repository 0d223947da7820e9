"""Treatments named as those against cancer: what is listed as a kind or an example of them counts only where it is given for a cancer.

"Antitumor therapy (such as monoclonal antibodies)", "cancer treatment including steroids", "anticancer chemotherapy", "chemotherapy,
biologics or other antineoplastic agents": an antibody for an arthritis is none of them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from matcher.model.language import Ambiguous, Check, Medication, Procedure
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary
from matcher.vocabulary.dual_use import given_otherwise

AGAINST = "against the cancer"
_CANCERS = r"(?:cancer|tumou?r|malignan\w+|neoplas\w+|leuka?emia|lymphoma|myeloma|sarcoma|melanoma)"
_ANTI = rf"(?<!non-)(?<!non )anti-?\s?(?:{_CANCERS}s?|leuka?emic|tumou?ral|neoplastic|myeloma)\b(?!\s+necros|-necros)"
_BARE = r"(?:therap(?:y|ies|eutics?)|treatments?|drugs?|medications?|medicines?|agents?|regimens?|modalit(?:y|ies))"
_TREATMENTS = rf"(?:{_BARE}|(?:immuno|chemo|bio)therap(?:y|ies))"
_NAMED = rf"(?:{_ANTI}(?:\s+[\w-]+)?[\s/-]+(?:{_TREATMENTS}[\s/]*)+|\b(?:cancer|tumou?r|oncolog(?:y|ic|ical))(?:[\s-]+(?:directed|specific|related))?\s+{_TREATMENTS}\b|\b{_TREATMENTS}\s+(?:of|for|against)\s+(?:the\s+|their\s+|any\s+|a\s+)?{_CANCERS}s?\b)"
_OPENS = r"(?:\b(?:including|includes?|such as|like|for example|consisting of|comprising|with|using|i\.e|e\.?\s?g)\b|[(:])"
_NEEDS = ("cancer", "tumor", "tumour", "malignan", "neoplas", "leuk", "lymphoma", "myeloma", "sarcoma", "melanoma", "oncolog")
# What opens a list of them, and in it nothing that closes it again.
_LISTED = Caseless(rf"{_NAMED}[^.;:()\n]{{0,60}}?{_OPENS}(?:(?<=\()[^.;()\n]*|(?<=:)[^.;()]*|(?<![(:])(?:[^.;()\n]|\([^()\n]*\)|(?<=e)\.g\.?|(?<=i)\.e\.?)*(?:\((?:e\.?\s?g|i\.?\s?e)?[^()\n]*)?)$", needs=_NEEDS)
_LINES = Caseless(rf"{_NAMED}[^.;()\n]{{0,80}}:\s*\n(?:.|\n)*$", needs=_NEEDS)
_WHOLE = Caseless(rf"{_NAMED}[^.;:()\n]{{0,60}}?{_OPENS}\W*\w", needs=_NEEDS)
_DIRECTLY = Caseless(rf"(?:{_ANTI}|(?<=\s)(?:cancer|oncologic(?:al)?)|^(?:cancer|oncologic(?:al)?))(?:[\s-]+directed)?[\s-]+$", needs=_NEEDS)
_ANEW = Caseless(r"(?:with|and|or|who|which|that|in|on|after|during|before|treated|receiving|under|undergoing)\b")
_BEGINS_SO = Caseless(rf"(?:{_ANTI})(?:[\s-]+directed)?[\s-]+(?!{_BARE}\b)\w", needs=_NEEDS)
_OF_BOTH = Caseless(rf"{_ANTI}[\s-]+(?!{_BARE}\b)[\w-]+(?:\s+{_BARE})?(?:\s*(?:,|/|\bor\b|\band\b|\band/or\b)\s*(?:[\w-]+\s+){{0,3}}?)+$", needs=_NEEDS)
_OTHER_SUCH = Caseless(rf"[^.;:()\n]{{0,120}}?\b(?:or|and|and/or)\s+(?:any\s+|all\s+)?other\s+(?:[\w-]+\s+){{0,2}}?(?:{_ANTI}|\bcancer)\s+(?:[\w-]+\s+)?{_TREATMENTS}\b", needs=_NEEDS)
_OPENING = Caseless(rf"{_OPENS}\W*")
_SECOND = Caseless(r"\b(?:such as|including|e\.g)\b[^.;]*\b(?:or|and)\s+(?:any\s+|other\s+)?[\w-]+s\s+(?:such as|including|e\.g)\b")


def for_cancer(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The check with those treatments narrowed that are named as treatments against cancer."""
    small = text.casefold()
    if not any(map(small.__contains__, _NEEDS)):
        return read
    open_ = frozenset(leaf for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part))
    return rewritten_there(read, partial(_narrowed, text, vocabulary, open_))


def _narrowed(text: str, vocabulary: Vocabulary, open_: frozenset[Check], leaf: Check, place: tuple[int, int]) -> Check | None:
    if not isinstance(leaf, Medication | Procedure) or leaf.states or place[1] <= place[0] or not _may_be_for_another(leaf, vocabulary):
        return None
    start, end = place
    if (_DIRECTLY.ends(text, start) and not _ANEW.match(text, start)) or _BEGINS_SO.search(text, start, end) or _OTHER_SUCH.match(text, end) or _is_listed(text, start, end):
        return replace(leaf, states=(AGAINST,))
    if leaf not in open_ and _OF_BOTH.ends(text, start):
        return Ambiguous((leaf, replace(leaf, states=(AGAINST,))))
    return None


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether it stands in a list of such treatments, or was read from a place that holds all of one."""
    opened = _OPENING.match(text, start)
    found = _LISTED.ends(text, opened.end() if opened is not None else start) or (_LINES.search(text, 0, start) if "\n" in text[:start] else None) or _WHOLE.search(text, start, end)
    return found is not None and _SECOND.search(text, found.start(), end) is None


def _may_be_for_another(leaf: Medication | Procedure, vocabulary: Vocabulary) -> bool:
    """Whether it may be given for another disease, and against a cancer too."""
    if isinstance(leaf, Procedure):
        return leaf.term == "surgery"
    asked, whole = vocabulary.treatment(leaf.term), vocabulary.treatment("anticancer therapy")
    if asked is None or whole is None or leaf.setting or leaf.term == "investigational drugs":
        return False
    return given_otherwise(vocabulary, asked) and vocabulary.relation(asked, whole) is not Relation.UNRELATED
