"""Two kinds of people joined by an "and", of which nobody is both: "kidney and liver transplant recipients", "healthy and asthmatic volunteers"."""

from __future__ import annotations

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    AtLeast,
    Check,
    Condition,
    Medication,
    Not,
    Procedure,
    State,
    Unless,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import load

# Words for people behind both, or before both.
_PEOPLE = Caseless(
    r"\band\b[^.;,:()]{0,60}?\b(?:recipients?|users?|volunteers?|survivors?|carriers?|candidates)\b[^,;:()]{0,40}$|^\W*(?:\w+\s+)?(?:users|recipients|survivors|carriers|takers)\s+of\s+[^.;,:()]{2,60}?\band\b",
    needs=("and",),
)
_TOGETHER = Caseless(r"\b(?:both|combin\w*|concomitant\w*|concurrent\w*|simultaneous\w*|together|dual|plus|as well as|co-\w+|coexist\w*|comorbid\w*|coinfect\w*|with a history|triple)\b")
# "Schizophrenia and bipolar disorder": diagnoses, and no more.
_ONLY_NAMES = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|adults|people|individuals|with|diagnosis of|diagnosed with|an?|having)\s+)*[\w-]+(?:\s+[\w-]+){0,3}\s+and\s+[\w-]+(?:\s+[\w-]+){0,3}\W*")
_ON_NAMES = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|adults|people|individuals)\s+)?(?:on|taking|receiving|treated with|using)\s+[\w-]+(?:\s+[\w-]+){0,3}\s+and\s+[\w-]+(?:\s+[\w-]+){0,3}\W*")
_TIMES_OF_LIFE = frozenset(("premenopause", "perimenopause", "menopause"))
_MIND = ("psychotic disorder", "mood disorder", "anxiety disorder", "personality disorder")
_ALONE = ("anticoagulants",)  # of which nobody takes two


def of_either(read: Read, text: str) -> Read:
    """An inclusion of two kinds of people, both readings side by side: who is one of them, or who is both."""
    if not isinstance(read.check, All) or " and " not in text or _TOGETHER.search(text):
        return read
    if (row := _of_a_row(read, text)) is not None:
        return row
    turned = _turned(read.check, text)
    return read if turned == read.check else Read(Ambiguous((read.check, turned)), read.spans * 2)


def _of_a_row(read: Read, text: str) -> Read | None:
    """Three diseases or more in a row, which hardly one person has: "rheumatoid arthritis, psoriatic arthritis, and ankylosing spondylitis"."""
    if not isinstance(read.check, All) or not _ROW.fullmatch(text) or _OR_ALL.search(text):
        return None
    diseases, others, spans, own, rest, at = [], [], list(read.spans), [], [], 0
    for part in read.check.parts:
        named = list(leaves(part))
        if all(isinstance(leaf, Condition) for leaf in named) and not any(isinstance(node, Not | When | Unless | AtLeast) for node in nodes(part)):
            new = [nth for nth, leaf in enumerate(named) if leaf not in diseases and leaf not in named[:nth]]
            diseases += [named[nth] for nth in new]
            own += [spans[at + nth] for nth in new]
        else:
            others.append(part)
            rest += spans[at : at + len(named)]
        at += len(named)
    if len(diseases) < _SEVERAL or len(spans) != at:
        return None
    either = Ambiguous((All(tuple(diseases)), Any(tuple(diseases))))
    return Read(All((*others, either)) if others else either, (*rest, *own, *own))


_SEVERAL = 3
_ROW = Caseless(r"[^.;:()]*,[^.;:()]*(?:,|\band\b)[^;:()]*", needs=("and", ","))
_OR_ALL = Caseless(r"\b(?:including|includes?|such as|like|with)\b(?<!^with)(?<!nts with)(?<!cts with)(?<!ults with)(?<!men with)|e\.g|\bor\b|/|\b(?:all of|each of|no|not|without)\b")


def _turned(check: Check, text: str) -> Check:
    if not isinstance(check, All):
        return check
    if len(check.parts) == 2 and _are_apart(*check.parts, text):
        return Any(check.parts)
    return All(tuple(_turned(part, text) for part in check.parts))


def _are_apart(one: Check, other: Check, text: str) -> bool:
    """Whether two things that are asked are hardly ever true of one person, or are said of several kinds of people."""
    if isinstance(one, State) and (isinstance(other, Condition) if one.name == "healthy volunteer" else isinstance(other, Not | When) and one in set(leaves(other))):
        return True
    match one, other:
        case Condition(term=first), Condition(term=second):
            return {first, second} <= _TIMES_OF_LIFE or (_ONLY_NAMES.fullmatch(text) is not None and _are_of_mind(first, second)) or _PEOPLE.search(text) is not None
        case (Medication(term=first), Medication(term=second)):
            return _PEOPLE.search(text) is not None or (_ON_NAMES.fullmatch(text) is not None and any(_is_of(first, kind) and _is_of(second, kind) for kind in _ALONE))
        case (Procedure(), Procedure()):
            return _PEOPLE.search(text) is not None
    return False


def _are_of_mind(first: str, second: str) -> bool:
    """Whether two disorders are of different kinds of those of the mind."""
    vocabulary = load()
    found = [{kind for kind in _MIND if (concept := vocabulary.condition(term)) is not None and (concept.label == kind or kind in vocabulary.broader(concept))} for term in (first, second)]
    return all(found) and found[0] != found[1]


def _is_of(drug: str, kind: str) -> bool:
    concept = load().treatment(drug)
    return concept is not None and kind in load().broader(concept)
