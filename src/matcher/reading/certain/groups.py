"""The parts of a sentence between its joints, each with what goes on with the same clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.language import Medication, Procedure
from matcher.model.trees import leaves
from matcher.reading.certain.duties import or_needs
from matcher.reading.certain.finding import more_ways
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.grammar.rules import Context
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.leading import ATTRIBUTE
from matcher.reading.terms.names import OF_PLACES, PLACES

# Behind a comma these go on about the fact before it.
_CONTINUING = frozenset(("eg", "ie", "whether", "anyhow", "exceptions", "except", "unless", "window", "lasting", "during", "anchor", "within", "restrict", "since", "defined"))
# Behind "that may interfere with…": what goes on with the same clause.
_SAME_CLAUSE = Caseless(
    r"(?:the|a|an|any|to|of|in|with|for|and|or|his|her|their|its|this|may|might|could|would|can|will|make|makes|put|puts|place|places|pose|poses|interfer\w+|affect\w*|prevent\w*|compromis\w+|preclud\w+|"
    r"confound\w*|impair\w*|increas\w+|jeopardi[sz]\w+|limit\w*|influenc\w+|alter\w*|impact\w*|hinder\w*|impede\w*|complicat\w+|render\w*|required?|requires|expos\w+|"
    r"participat\w+|safety|compliance|adherence|results?|evaluations?|interpretations?|assessments?|study|trial|ability|abilities|follow-?up|outcomes?|completion|complete|comply|efficacy|"
    r"end-?points?|data|analys[ei]s|treatment|therapy|protocol|procedures?|requirements?|patients?|subjects?|participants?|health|risks?|consent|conduct|undue|unacceptable|excessive|additional|"
    r"significant|significantly|interferes?|validity|integrity|research|investigation|well-?being|visits?|schedule|understand|cooperate|measurements?|drug|product|medication|investigational|at|on|as|unsafe|inappropriate|unsuitable|impossible|undesirable|difficult)",
)
# Behind a comma: how a fact is found.
_WAY = Caseless(r"(?:confirmed|documented|proven|verified|diagnosed|based on|according to|defined by|determined by|assessed by|evaluated by|measured by)\b")


def outside(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that stand outside every pair of brackets."""
    found: list[Token] = []
    depth = 0
    for token in tokens:
        if token.tag == "close":
            depth -= 1
        elif depth <= 0 and token.tag != "open":
            found.append(token)
        depth += token.tag == "open"
    return found


def groups_of(tokens: Sequence[Token], context: Context) -> list[list[Token]]:
    """The tokens between joints outside brackets; what goes on with a clause stays with it."""
    groups: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth <= 0 and token.tag in JOINTS:
            groups.append([])
        else:
            groups[-1].append(token)
    found: list[list[Token]] = []
    for group in (one for one in groups if one):
        if found and ((group[0].tag in _CONTINUING and not or_needs(found[-1][-1], group[0], context)) or _goes_on(found[-1], group, context)):
            found[-1] += group
        else:
            found.append(group)
    return found


# "In the adjuvant and palliative phases": an adjective behind one of these waits for the noun behind the joint.
_GOVERNS = frozenset(("of", "in", "at", "on", "with", "from", "by", "to", "for", "during", "restrict"))
_ADJECTIVES = frozenset(("degree", "setting", "route", "current", "history", "result"))


def _goes_on(before: Sequence[Token], group: Sequence[Token], context: Context) -> bool:
    """Whether words behind a joint belong to the clause before it ("… that may affect safety or compliance")."""
    fact = next((token for token in before if token.tag == "check"), None)
    if fact is not None and all(of_treatment(token) for token in group if token.tag == "check") and more_ways(context.text[fact.end : before[-1].end], context.words(group)):
        return True
    if fact is not None and _same_way(before[before.index(fact) + 1 :], group):
        return True
    if any(token.tag == "check" for token in group):
        return False
    if fact is not None and len(before) > 2 and before[-2].tag in _GOVERNS and (before[-1].tag in _ADJECTIVES or ATTRIBUTE.fullmatch(before[-1].text)):
        return True
    if group[0].tag in ("weak", "method", "confirmed") and _WAY.match(group[0].text) and any(token.tag == "check" for token in before):
        return True
    if len(before) > 1 and before[-1].text.casefold() in PLACES and all(token.text.casefold() in OF_PLACES for token in group):
        return True
    return _HINDERS.search(context.words(before)) is not None and all(_SAME_CLAUSE.fullmatch(word) for word in re.findall(r"[\w'-]+", context.words(group)))


_PLACED = frozenset(("on", "at", "by", "from", "during", "through"))


def _same_way(behind: Sequence[Token], group: Sequence[Token]) -> bool:
    """Whether words behind a joint go on with those behind a fact: "by culture or by an odd test", "of type 2 or 3"."""
    first = group[0]
    if first.tag in ("number", "range") and len(group) == 1:
        return bool(behind) and behind[-1].tag == first.tag
    again = first.tag in _PLACED and any(token.tag == first.tag and token.text.casefold() == first.text.casefold() for token in behind)
    return again and all(of_treatment(token) for token in group if token.tag == "check")


_HINDERS = Caseless(r"\b(?:interfer|affect|compromis|preclud|confound|impair|jeopardi|influenc|prevent|limit|hinder|place|put|pose|make|render)\w*\b")


def of_treatment(token: Token) -> bool:
    """Whether a token that was read is about treatments alone."""
    return all(isinstance(leaf, Medication | Procedure) for leaf in leaves(token.value.check))
