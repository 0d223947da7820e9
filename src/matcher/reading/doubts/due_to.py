"""What lifts a limit because of its cause: "unless due to liver metastases" lifts it for nobody who has none.

Whether the cause is that disease or treatment stays unread; that it is there, is certain of whoever is let in by it.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import All, Any, Check, Condition, Measurement, Medication, Unread
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

_VALUE = r"(?:elevat\w+|increase[ds]?|rises?|raised|abnormal\w*|values?|levels?|results?|deficits?|bilirubin|transaminases?|alt|ast|liver|function|tests?|lft|inr|creatinine|enzymes?|anemia|cytopenias?|thrombocytopenia|neutropenia|hyperbilirubinemia)"
_SAID = r"(?:the|an?|any|it|this|these|that|they|where|is|are|was|were|be|been|to|can|known|clearly|explicitly|directly|solely|exclusively|primarily|considered|thought|felt|believed|deemed|judged|documented|determined|proven|confirmed|likely|presumed|only)"
_OF_A_CAUSE = Caseless(
    rf"\W*(?:unless\s+)?(?:(?:{_SAID}|{_VALUE})\s+){{0,9}}(?:due|related|secondary|attribut(?:ed|able)|caused|explained)\s+(?:to|by)\s+(?P<what>[^;()\[\]]{{4,90}}?)[\s.)\]]*$",
    needs=("due", "related", "secondary", "attribut", "caused", "explained"),
)
# A disease that is at work in an organ, or is not said, stands on no list.
_NO_ENTRY = Caseless(r"\b(?:involve\w*|infiltrat\w*|underlying|study|trial|toxicit\w*|therapy|treatment|disease state|disease under|or of|non\w*|not|no|other|another|any|similar|etc|such|reversible)\b")
_JOINT = Caseless(r"\s+and/or\s+|\s+and\s+")
_GILBERT = Condition("Gilbert syndrome")
_DISEASE = frozenset(("disease", "infection", "neoplasm", "malignancy", "comorbidity", "chronic disease", "inflammation"))


def of_a_cause(read: Read, vocabulary: Vocabulary, again: Callable[[str], Read]) -> Read:
    """A reading of a limit with the disease or drug beside each unread cause that lifts it."""
    found = list(leaves(read.check))
    if not any(isinstance(leaf, Unread) for leaf in found) or not any(isinstance(leaf, Measurement) for leaf in found):
        return read
    return rewritten(read, lambda leaf: _with_what_it_is(leaf.text, vocabulary, again) if isinstance(leaf, Unread) else None)


def _with_what_it_is(said: str, vocabulary: Vocabulary, again: Callable[[str], Read]) -> Check | None:
    """The disease or drug that is named as the cause, with the words that call it so; None where something else may be meant."""
    cause = _OF_A_CAUSE.fullmatch(said)
    what = cause["what"] if cause is not None else ""
    if not what or _NO_ENTRY.search(what) is not None:
        return None
    either = _JOINT.without(what, " or ")
    named = _named(again(either), vocabulary) or _named(again(f"use of {either}"), vocabulary)
    explained = [leaf for leaf in named if leaf == _GILBERT]  # nobody asks what raised a bilirubin there
    others = [leaf for leaf in named if leaf != _GILBERT]
    if not others:
        return _GILBERT if explained else None
    held = All((any_of([*others]), Unread(said)))
    return Any((_GILBERT, held)) if explained else held


def _named(read: Read, vocabulary: Vocabulary) -> list[Check]:
    """The diseases or drugs of a reading that holds nothing else, each at any time."""
    found: list[Check] = [*leaves(read.check)]
    if all(isinstance(leaf, Condition) and leaf == Condition(leaf.term) and leaf.term not in _DISEASE and vocabulary.condition(leaf.term) is not None for leaf in found):
        return found
    if all(isinstance(leaf, Medication) and leaf == Medication(leaf.term) for leaf in found):
        return [Medication(leaf.term, "any") for leaf in found if isinstance(leaf, Medication)]
    return []
