"""A fact of an exclusion with a clause behind it that was not read: "malignancy except …", "infection that has not …".

Whatever the clause says, it leaves out or describes some of those who have the fact; nobody else is excluded by it. That
holds only where no part of the clause may be another ground to exclude.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
)
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.certain.narrowing import restricted
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.grammar.pieces import nodes, unread
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_EXCEPTS = frozenset(("except", "exceptions", "unless", "if"))
# With one of these the sentence is a permission, a duty or a promise.
_TURNS = frozenset(("allowed", "included", "excluded", "must", "must-not", "consent", "willing", "agree", "colon", "family"))
_RELATIVE = Caseless(r"[\s,]*(?:that|which|who|whose|where)\b", needs=("who", "that", "where", "which"))
# A part of a clause with people or a time of its own, or another fact, may be another ground.
_ANEW = Caseless(
    r"\W*(?:(?:and|or|and/or)\s+)?(?:(?:any|the|a|an)\s+)?(?:histor\w+|known|evidence|presence|diagnos\w+|current\w*|active\w*|ongoing|suspected|patients?|subjects?|participants?|individuals?|women|men|females?|males?|pregnan\w+|breast-?\s?feeding|lactat\w+|"
    r"use\b|using|taking|receipt|receiving|participat\w+|planned|planning|unable|unwilling|inability|no\b|not\b|uncontrolled|unstable|severe|serious|significant|clinically|positive|allerg\w+|hypersens\w+|contraindic\w+|alcohol|drug|substance)\b"
)
_CANCER = Caseless(r"malignan|cancer|carcinoma|neoplas|tumor|lymphoma|leukemia|sarcoma|melanoma|myeloma|metasta")
_OF_CANCERS = Caseless(r"cancer|carcinoma|tumou?r|malignan|neoplas|melanoma|lymphoma|in situ|lesion|dcis|lcis|\bcin\b|cured|curative|treated|resect|excis|stage|gleason|remission|disease[- ]free|recurren|surveillance|definitive|therap|surger|years?\b|months?\b|grade|risk")
_VERB = Caseless(r"\W*(?:not\s+)?(?:has|have|had|is|are|was|were|been|being|require[sd]?|need(?:s|ed)?|\w+(?:ed|ing))\b")
_PARTICIPLE = Caseless(r"(?:\w+ed|after|by|with|without|has|have|had|having|undergo\w*|underwent|requir\w*|receiv\w*)\b")


def bounded(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """The fact with the clause as words beside it; None where the clause may be more than that."""
    at = _clause(tokens, context) if context.exclusion else 0
    if not at:
        return None
    head, tail = list(tokens[:at]), tokens[at:]
    while head and head[-1].tag in ("comma", "open", "with"):
        head.pop()
    if not head or any(token.tag in _TURNS for token in tokens) or SOMEBODY_ELSE.search(context.words(tokens)):
        return None
    first = read(head, context)
    fact = Read(_bare(first.check), first.spans)
    if not _is_certain(fact) or _adds(tail, fact.check, context, excepts=not _RELATIVE.match(context.text[head[-1].end :])):
        return None
    place = head[-1].end if fact.check == first.check else head[0].start
    said = context.text[place : tail[-1].end]
    words = unread(context, tail[-1].end - len(said.lstrip(" ,;(")), tail[-1].end)
    if isinstance(fact.check, All):
        return Read(All((*fact.check.parts, words.check)), (*fact.spans, *words.spans))
    return restricted(fact, words.check, *words.spans)


def _clause(tokens: Sequence[Token], context: Context) -> int:
    """Where a clause begins that excepts, supposes or describes; 0 where none does, or another fact stands before it."""
    depth = 0
    for i, token in enumerate(tokens):
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth > 0 or not i:
            continue
        excepted = tokens[i - 1].tag == "check" and any(getattr(leaf, "other_than", ()) for leaf in leaves(tokens[i - 1].value.check))
        if excepted or token.tag in _EXCEPTS or _RELATIVE.match(context.text[tokens[i - 1].end : token.start]):
            return i if tokens[i - 1].tag not in ("or", "and", "slash") else 0
    return 0


def _bare(check: Check) -> Check:
    """The facts of a check whatever is excepted of them."""
    if isinstance(check, All | Any):
        return replace(check, parts=tuple(_bare(part) for part in check.parts))
    return replace(check, other_than=()) if isinstance(check, Condition | Medication | Procedure) else check


def _is_certain(fact: Read) -> bool:
    found = nodes(fact.check)
    return any(isinstance(leaf, DECIDED) for leaf in leaves(fact.check)) and not any(isinstance(node, Ambiguous | Not | Measurement | Age | Sex) for node in found)


def _adds(tail: Sequence[Token], fact: Check, context: Context, *, excepts: bool) -> bool:
    """Whether a part of a clause may be another ground to exclude."""
    groups = _groups(tail)
    terms = [leaf.term for leaf in leaves(fact) if isinstance(leaf, Condition)]
    of_cancer = bool(terms) and all(_CANCER.search(term) for term in terms)
    for joint, place, group in groups:
        checks = [token for token in group if token.tag == "check"]
        found = [leaf for token in checks for leaf in leaves(token.value.check)]
        named = [leaf for leaf in found if isinstance(leaf, Condition)]
        if any(not (of_cancer and _CANCER.search(leaf.term)) and not any(context.vocabulary.is_kind(leaf.term, term) for term in terms) for leaf in named) or any(not isinstance(leaf, Condition | Medication | Procedure | Measurement | Age) for leaf in found):
            return True
        if not joint:
            continue
        said = context.text[place : group[-1].end]
        alone = group[0].tag == "check" and not named and not _PARTICIPLE.match(group[0].text)
        goes_on = not excepts and joint != "comma" and _VERB.match(said) is not None
        if alone or (_ANEW.match(said) and not goes_on):
            return True
        if excepts and not named and not (of_cancer and _OF_CANCERS.search(said)):
            return True
        if not excepts and (joint == "comma" or not (named or goes_on)):
            return True
    return False


def _groups(tail: Sequence[Token]) -> list[tuple[str, int, list[Token]]]:
    """The parts of a clause between joints outside brackets, each with the joint before it ("" before the first) and where it begins."""
    found: list[tuple[str, int, list[Token]]] = [("", tail[0].start, [])]
    depth, joint, place = 0, "", 0
    for token in tail:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth <= 0 and token.tag in ("comma", "or", "and", "slash"):
            joint, place = "comma" if "comma" in (joint, token.tag) else token.tag, token.end
            continue
        if joint:
            found.append((joint, place, []))
            joint = ""
        found[-1][2].append(token)
    return [one for one in found if one[2]]


