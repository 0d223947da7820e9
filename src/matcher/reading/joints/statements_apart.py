"""Facts, and behind a joint a statement of its own that was not read: "potassium > 6, or has not been tested for a year".

Among exclusions the facts before the "or" exclude by themselves, whatever the statement means; among inclusions the facts
before an "and" or a comma are needed, whatever else is asked. A statement of its own begins with a verb or with people;
where words in it may be said of the facts too, both stay in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Judgement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    State,
    Statement,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.grammar.pieces import JOINTS, nodes, unread
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.joints.sentences import LIFTS
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# With one of these behind the joint the statement may lift, permit or limit what stands before it.
_RELAXING = frozenset(("if", "unless", "except", "exceptions", "allowed", "included", "excluded", "but", "only", "head", "sex-scope", "potential-scope"))
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|those|persons?|people|women|men|females?|males?)"
# How a statement of its own begins behind "or".
_BEGINS = Caseless(
    rf"\W*(?:(?:or|and/or)\s+)?(?:{_PEOPLE}\s+)?(?:who\s+|that\s+)?(?:(?:has|have|had|is|are|was|were|does|do|did)\b|(?:no|not)\s+\w+|unable\b|unwilling\b|inability\b|being\b|planning\b|plans?\s+to\b|intend(?:s|ing)?\b|intention\b|tr(?:y|ying)\s+to\b|"
    rf"expect(?:s|ed)\s+to\b|(?:is\s+|are\s+)?(?:currently\s+)?(?:taking|receiving|using|participating|undergoing|requiring)\b|{_PEOPLE}\s+(?:who|with|unable|unwilling|requiring|receiving|taking|undergoing)\b)"
)
# How a clause begins behind "and" or a comma, which only asks for more of those who have the facts before it.
_ASKS_MORE = Caseless(
    r"\W*(?:and\s+)?(?:(?:who|which|that)\s+(?:has|have|had|is|are|was|were|can|will|do|does|did)\b|(?:has|have|had|is|are|was|were)\b|able\b|willing\b|capable\b|expected\s+to\b|with\s+(?:the\s+)?(?:ability|willingness|capacity)\b|"
    r"(?:in accordance|according|as\s+(?:defined|determined|assessed|documented|confirmed|manifested|evidenced|demonstrated|judged)|confirmed|documented|demonstrated|verified|diagnosed|established|proven|assessed|evaluated)\b(?!\s+(?:\w+\s+)?(?:or|and)\b)|"
    r"(?:no|without|not)\s+(?!longer\s+required|applicable|limit|upper|maximum)\w+|in\s+(?:a\s+)?(?:stable|good)\b|literate\b|fluent\b|cooperative\b|currently\s+\w+ing\b|residing\b|living\b|scheduled\b|undergoing\b|planning\b|referred\b|admitted\b|hospitali[sz]ed\b)"
)
_FOR_SOME = Caseless(r"\b(?:in|for|among)\s+(?:the\s+|all\s+|those\s+)?" + _PEOPLE + r"\b|\b(?:whichever|otherwise|alternatively|instead|either|respectively|cohorts?|arms?|groups?|strat\w+)\b")
_SEVERAL = Caseless(r"\b(?:either|both|neither|one of|any of|all of|following|at least (?:one|two|three|1|2|3))\b")
# "Asthma that is mild or has been so": what goes on with a clause is said of the fact, and is no statement of its own.
_CLAUSE = Caseless(r"\b(?:that|which|who|whose)\b")
_OF_OTHERS = Caseless(rf"\W*(?:{_PEOPLE}\b|who\b)")
_TIMES = frozenset(("window", "within", "time", "span", "since", "lasting", "anchor"))


def facts_before_statement(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """The facts before a statement of its own, joined with it as the sentence joins them; None where that is not clear."""
    for at in _joints(tokens, context):
        behind = tokens[at + 1 :]
        if any(token.tag in _RELAXING for token in behind) or LIFTS.search(context.words(behind)) or _SEVERAL.search(context.words(tokens[:at])):
            return None
        facts = read(tokens[:at], context)
        described = any(_CLAUSE.search(context.text[before.end : token.start]) for before, token in pairwise(tokens[:at])) and not _OF_OTHERS.match(context.text, tokens[at].end)
        if described or not _is_certain(facts) or (context.exclusion and (_may_share_time(facts, behind) or all(_of_people(leaf) for leaf in leaves(facts.check)))):
            continue
        if not context.exclusion and not _asks_of_all(facts, behind, context):
            return None
        other = _other(behind, context, read)
        return Read((Any if context.exclusion else All)((facts.check, other.check)), (*facts.spans, *other.spans))
    return None


def _joints(tokens: Sequence[Token], context: Context) -> list[int]:
    """Where joints stand, outside brackets, behind which a statement of its own begins."""
    found: list[int] = []
    depth = 0
    for i, token in enumerate(tokens[:-1]):
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth or not i or token.tag not in (("or",) if context.exclusion else ("and", "comma")) or tokens[i + 1].tag in JOINTS:
            continue
        begins = _BEGINS if context.exclusion else _ASKS_MORE
        if begins.match(context.text, token.end):
            found.append(i)
    return found


def _is_certain(facts: Read) -> bool:
    """Whether facts were read, with nothing beside them in doubt or denied."""
    found = nodes(facts.check)
    return any(isinstance(leaf, DECIDED) for leaf in leaves(facts.check)) and not any(isinstance(node, Ambiguous) for node in found) and not isinstance(facts.check, Not)


def _of_people(leaf: Check) -> bool:
    """Whether a leaf only says which people are spoken of, so that what is said of others behind an "or" is said of them too."""
    return isinstance(leaf, Age | Sex) or leaf == State("childbearing potential")


def _may_share_time(facts: Read, behind: Sequence[Token]) -> bool:
    """Whether a time in the statement may be said of a treatment before it that has none of its own."""
    bare = any(isinstance(leaf, Medication | Participation | Procedure) and leaf.window is None for leaf in leaves(facts.check))
    return bare and any(token.tag in _TIMES or (token.tag == "check" and any(getattr(leaf, "window", None) for leaf in leaves(token.value.check))) for token in behind)


def _asks_of_all(facts: Read, behind: Sequence[Token], context: Context) -> bool:
    """Whether an inclusion asks for the facts of everyone: nothing behind them opens another way in."""
    depth = 0
    for token in behind:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if token.tag in ("or", "slash") and depth <= 0:
            return False
    return not _FOR_SOME.search(context.words(behind)) and not any(isinstance(leaf, Sex | State) for leaf in leaves(facts.check))


def _other(behind: Sequence[Token], context: Context, read: ReadTokens) -> Read:
    """The statement, read where it is plain, else as it stands."""
    found = read(behind, context)
    parts = list(leaves(found.check))
    plain = not any(isinstance(node, Not | Ambiguous) for node in nodes(found.check))
    if plain and not all(isinstance(leaf, Unread | Statement | Judgement) for leaf in parts):
        return found
    if plain and behind[0].tag != "in" and all(isinstance(leaf, Judgement | Statement) for leaf in parts):
        return found
    return unread(context, behind[0].start, behind[-1].end)

