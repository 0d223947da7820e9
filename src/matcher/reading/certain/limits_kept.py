"""Limits that stand in words whose role is unclear: a value compared with a number is told apart from all around it.

"Severe hypotension (resting SBP < 90 mmHg)" or "… and weight > 160 kg, inability to lie flat": whatever the sentence asks, it
speaks of that limit. Kept beside the unread words, it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Not,
    Sex,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import JOINTS, nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# Directly before a limit, these make it a condition of something else, or deny it.
_TIED = frozenset(("not", "never", "not-history", "must-not", "if", "unless", "except", "for", "to", "than", "cmp", "number", "quantity", "degree", "eg", "head", "since", "from", "family"))
# Directly behind it, these may go on with the limit or change what is measured.
_GOES_ON = frozenset(("quantity", "number", "range", "cmp", "times", "uln", "lln", "multiple", "increase", "level", "dash", "plus", "slash", "minor"))
_CHANGED = Caseless(r"\b(?:change|fall|drop|rise|increase|decrease|reduction|decline|difference|loss|gain|target|goal|reduced|raised|less|more)\w*\W*(?:of|in|from|by)?\W*$")
_CHANGE_BEHIND = Caseless(r"\W*(?:above|below|from|over|under|lower|higher|of|increase|decrease|change|reduction|drop|fall|rise|times|percentile|th\b|standard|SD\b)")


def limits_in(tokens: Sequence[Token], found: Sequence[Read], context: Context) -> Iterator[Read]:
    """The limits among the checks that are not among those found already."""
    seen: set[Check] | None = None
    for i, token in enumerate(tokens):
        if token.tag != "check" or not speaks_of_limits(token):
            continue
        if seen is None:
            seen = {leaf for read in found for leaf in leaves(read.check)}
        for read in _limits(token.value):
            if read.spans and read.spans[0][0] <= token.start and not _spoken_of(tokens, i, context):
                continue
            if _number_first(read, context) or (isinstance(read.check, Measurement) and read.check.words and _MORE_GRADES.match(context.text, token.end)):
                continue
            if not any(leaf in seen for leaf in leaves(read.check)):
                yield read


# Behind one grade, a joint and another: the first alone would say less than the text does.
_MORE_GRADES = Caseless(r"\s*(?:-|/|,|to\b|or\b|and\b|through\b)\s*(?:class|grade|stage|score)?\s*(?:[iv]+|\d)\b")


def _number_first(read: Read, context: Context) -> bool:
    """Whether one number stands before the name of a score, as that of a question may: "question 9 of the PHQ-9"."""
    check = read.check
    return isinstance(check, Measurement) and len(check.words) == 1 and check.words[0].isdigit() and context.text[read.spans[0][0]].isdigit()


def speaks_of_limits(token: Token) -> bool:
    """Whether a check has a measured value among its facts."""
    return any(leaf.__class__ is Measurement for leaf in leaves(token.value.check))


def _spoken_of(tokens: Sequence[Token], at: int, context: Context) -> bool:
    """Whether the words before a limit leave it one on the value itself, whatever they ask of it."""
    if at and tokens[at - 1].tag in ("than", "cmp", "number", "quantity"):
        return False
    after = tokens[at + 1].tag if at + 1 < len(tokens) else "stop"
    if after in ("times", "uln", "lln", "multiple", "increase", "plus"):
        return False
    return not _CHANGED.ends(context.text, tokens[at].start) and not _CHANGE_BEHIND.match(context.text, tokens[at].end)


def undisturbed(tokens: Sequence[Token], at: int, context: Context) -> bool:
    """Whether nothing next to a limit changes or ties it."""
    before = tokens[at - 1].tag if at else "open"
    after = tokens[at + 1].tag if at + 1 < len(tokens) else "stop"
    if before in _TIED or after in _GOES_ON or any(token.tag in ("if", "unless", "except") for token in _clause(tokens[:at])):
        return False
    return not _CHANGED.ends(context.text, tokens[at].start) and not _CHANGE_BEHIND.match(context.text, tokens[at].end)


def _clause(before: Sequence[Token]) -> list[Token]:
    """The tokens back to the last joint or bracket."""
    found: list[Token] = []
    for token in reversed(before):
        if token.tag in (*JOINTS, "open", "close", "check", "semicolon", "colon"):
            break
        found.append(token)
    return found


def _limits(read: Read) -> Iterator[Read]:
    """A check that is nothing but limits, or the readings of it that are."""
    known = iter(read.spans)
    spans = [next(known, (0, 0)) for _ in leaves(read.check)]
    parts: list[tuple[Check, int]] = []
    if isinstance(read.check, Ambiguous | All | Any) and not only_limits(read.check):
        at = 0
        for part in read.check.readings if isinstance(read.check, Ambiguous) else read.check.parts:
            parts.append((part, at))
            at += sum(1 for _ in leaves(part))
    else:
        parts = [(read.check, 0)]
    for part, at in parts:
        places = tuple(spans[at : at + sum(1 for _ in leaves(part))])
        if only_limits(part):
            yield Read(part, places)
        elif isinstance(part, Ambiguous):
            yield from _limits(Read(part, places))


def only_limits(check: Check) -> bool:
    """Whether a check compares values with numbers and does nothing else, a sex or a disease apart whose limit it is."""
    if any(isinstance(node, Not | Ambiguous) for node in nodes(check)):
        return False
    found = [leaf for leaf in leaves(check) if not isinstance(leaf, Sex)]
    if isinstance(check, All | Any) and _of_disease(check):
        return True
    scoped = any(isinstance(node, When) for node in nodes(check)) or not any(isinstance(leaf, Sex) for leaf in leaves(check))
    return bool(found) and scoped and all(isinstance(leaf, Measurement) and (leaf.bounds or _of_grades(leaf)) for leaf in found)


# In a member that was not read to its end these may lift a limit of another, or set it for some.
_LIFTS = Caseless(r"\b(?:if|unless|except\w*|or|otherwise|instead|alternatively|allowed|permitted|acceptable|eligible|only|patients? (?:with|on|in|who)|subjects? (?:with|on|in|who)|participants? (?:with|on|in|who)|for (?:patients|subjects|participants|those)|in (?:case|patients|subjects|participants|those)|with (?:known|documented|liver|hepatic|bone)|metasta\w*|gilbert\w*|where|when|one of|any of|at least one)\b")


def are_limits(reads: Sequence[Read], texts: Sequence[str]) -> bool:
    """Whether the members of a panel are limits on values, each of which holds whatever stays unread of the others."""
    whole = [only_limits(one.check) and not any(isinstance(leaf, Unread) for leaf in leaves(one.check)) for one in reads]
    if sum(whole) < 2:
        return False
    others = [(one, text) for one, text, sure in zip(reads, texts, whole, strict=True) if not sure]
    return not any(_LIFTS.search(text) for _, text in others) and all(isinstance(leaf, Measurement | Unread) for one, _ in others for leaf in leaves(one.check)) and not any(isinstance(node, Not) for one, _ in others for node in nodes(one.check))


def set_again_for_some(reads: Sequence[Read]) -> Sequence[Read]:
    """The members of a list with a limit that another sets for some left to the others: "AST ≤ 2.5 × ULN", "if liver metastases: AST ≤ 5 × ULN"."""
    scopes = {leaf.term: one.check.scope for one in reads if isinstance(one.check, When) and isinstance(one.check.scope, Condition) for leaf in leaves(one.check.rule) if isinstance(leaf, Measurement)}
    if not scopes:
        return reads
    return [one if isinstance(one.check, When) else rewritten(one, lambda leaf: Any((leaf, scopes[leaf.term])) if isinstance(leaf, Measurement) and leaf.term in scopes else None) for one in reads]


def set_again_within(read: Read) -> Read:
    """A criterion with a limit that another of it sets for some left to the others, as in a list of them."""
    again = [part for part in read.check.parts if isinstance(part, When) and not isinstance(part.scope, Sex)] if isinstance(read.check, All) else []
    scopes = {leaf.term: (part.scope, leaf) for part in again for leaf in leaves(part.rule) if isinstance(leaf, Measurement)}
    found = list(nodes(read.check))
    if not scopes or any(isinstance(node, Not) or (isinstance(node, Any) and any(scope in node.parts for scope, _ in scopes.values())) for node in found):
        return read
    return rewritten(read, lambda leaf: Any((leaf, scopes[leaf.term][0])) if isinstance(leaf, Measurement) and leaf.term in scopes and all(leaf != other for _, other in scopes.values()) else None)


_GRADE = pattern_of(r"\d|I{1,3}|I?V")


def _of_grades(leaf: Measurement) -> bool:
    """Whether a score is compared with some of its grades: "NYHA class is III or IV"."""
    return bool(leaf.words) and all(_GRADE.fullmatch(word) for word in leaf.words)


def _of_disease(check: Check) -> bool:
    """Whether a check is a limit with another one for those who have a disease: "≤ 2.5 × ULN, ≤ 5 × ULN if liver metastases"."""
    found = list(leaves(check))
    limits = [leaf for leaf in found if isinstance(leaf, Measurement) and leaf.bounds]
    named = {leaf.term for leaf in limits}
    return all(isinstance(leaf, Measurement | Condition) for leaf in found) and len(limits) >= 2 * len(named) > 0
