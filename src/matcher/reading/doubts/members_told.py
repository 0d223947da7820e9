"""Members of an exclusion's list that another member, or a bracket at its end, tells more of.

"Asthma or COPD (mild asthma allowed)", "neurologic disease or severe head injury", "a condition likely to affect the trial (e.g. gout)",
"liver disease or cirrhosis with an INR > 1.4".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Exempt,
    Judgement,
    Measurement,
    Medication,
    Procedure,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import FACTS, clean, nodes
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Concept, Relation, load

# A bracket that lets some of those in who are named before it.
_LETS_IN = Caseless(
    r"\((?P<said>[^()]*\b(?:allowed|permitted|acceptable|accepted|eligible|tolerated|can\s+(?:still\s+)?(?:take part|enrol\w*|participate|enter|be\s+(?:included|enrolled|considered))|may\s+(?:still\s+)?(?:take part|enrol\w*|participate|enter|be\s+(?:included|enrolled|considered|eligible))|"
    r"(?:is|are|will)\s+not\s+(?:be\s+)?(?:excluded|an exclusion|exclusionary)|not\s+exclusionary|(?:is|are)\s+(?:ok|fine|included))\b[^()]*)\)",
    needs=("allowed", "permitted", "accept", "eligible", "tolerated", "take part", "enrol", "participate", "enter", "includ", "consider", "exclu", "ok", "fine"),
)
_NOT_SO = Caseless(r"^\W*(?:all\s+|any\s+)?others?\b|\b(?:not|never|no longer)\s+(?:be\s+)?(?:allowed|permitted|acceptable|eligible|tolerated)\b|\bineligible\b")
_BEGINS = Caseless(r"[;:]|\.\s")
# A disease that a person weighs, and what is named as an example of it.
_WEIGHED = Caseless(
    r"\b(?P<said>(?:likely|liable|expected|thought|felt|deemed|considered|judged|sufficient)\s+to\s[^.;()]{5,80}?|(?:that|which)\s+(?:may|might|could|would|can|in the)\b[^.;()]{5,80}?|in the (?:opinion|judge?ment)\s+of\b[^.;()]{5,60}?)[\s,]*\(\s*(?:e\.?\s?g\b\.?|such as|including|for example)",
    needs=("(",),
)
_EXAMPLES = Caseless(r"\b(?:such as|including|includes?|e\.?\s?g|like|for example|especially|particularly)\b|[:(]")


def with_members_told(read: Read, text: str) -> Read:
    """An exclusion whose members count only as what is told elsewhere in the list lets them."""
    if "(" in text:
        read = _as_weighed(_let_in(read, text), text)
    clause = _BEHIND_AN_INSERTION.search(text)
    if clause is not None:
        words = Unread(clean(text[clause.start("said") : clause.end("said")]))
        read = rewritten_there(read, lambda leaf, place: All((leaf, words)) if isinstance(leaf, Condition) and place[1] <= clause.start("said") else None)
    graded = {id(one): other for part in nodes(read.check) if isinstance(part, Any) for one, other in pairwise(part.parts) if isinstance(one, Condition) and not one.stages and isinstance(other, Unread) and _GRADED.fullmatch(other.text)}
    read = rewritten(read, lambda leaf: All((leaf, graded[id(leaf)])) if id(leaf) in graded else None) if graded else read
    return beside_narrower(read, text)


# "Lung disease, including COPD or asthma, with an exacerbation within a year": the clause is of all of them.
_BEHIND_AN_INSERTION = Caseless(r",\s*(?:including|such as|e\.g\.)\s+[^;.,]{3,120}?,\s*(?P<said>(?:with|requiring|treated with|that|which)\s[^;.,]*)[\s.]*$", needs=("including", "such as", "e.g."))
# "Neutropenia, grade 3 or more, or infection": what stands between the commas is no member.
_GRADED = Caseless(r"\W*(?:(?:of\s+)?(?:grade|stage|class|nyha|type|severity)\b|(?:mild|moderate|severe)\s+(?:or|to)\b)[^.;]{0,40}")


def beside_narrower(read: Read, text: str) -> Read:
    """The reading in which a group perhaps does not catch what another member of its list, that says more, is about."""
    lists = [part for part in nodes(read.check) if isinstance(part, Any)]
    named = _INCLUDED.without(text, " ")
    return rewritten(read, _beside_narrower(lists)) if lists and not _EXAMPLES.search(named) else read


# "Mental disorders including delirium or untreated depression": of a depression the untreated only.
_INCLUDED = Caseless(r"\bincluding\b(?=[^.;]*\b(?:untreated|uncontrolled|unstable|severe|active|decompensated)\s)", needs=("including",))


def _let_in(read: Read, text: str) -> Read:
    bracket = _LETS_IN.search(text)
    if bracket is None or _NOT_SO.search(bracket["said"]):
        return read
    begins = max((end for _, end in _BEGINS.spans(text) if end <= bracket.start()), default=0)
    words = Unread(clean(text[bracket.start() : bracket.end()]))
    named = _named_in(bracket["said"])
    told = {id(leaf) for part in nodes(read.check) if isinstance(part, All) and any(isinstance(one, Unread) and words.text in one.text for one in part.parts) for leaf in leaves(part)}
    return rewritten_there(read, lambda leaf, place: All((leaf, words)) if isinstance(leaf, FACTS) and not leaf.other_than and _fits(leaf, named) and begins <= place[0] < bracket.start() and id(leaf) not in told else None)


def _named_in(said: str) -> list[Concept]:
    """What a bracket names."""
    vocabulary, words = load(), said.split()
    pieces = (" ".join(words[at : at + size]).strip(" ,.;:") for size in (4, 3, 2, 1) for at in range(len(words) - size + 1))
    found = (one for piece in pieces for one in (vocabulary.condition(piece), vocabulary.treatment(piece)) if one is not None)
    return list(found)


def _fits(leaf: Check, named: Sequence[Concept]) -> bool:
    """Whether what a bracket names may be the fact before it."""
    vocabulary = load()
    if isinstance(leaf, Procedure) or not named:
        return True
    one = vocabulary.condition(leaf.term) if isinstance(leaf, Condition) else vocabulary.treatment(leaf.term) if isinstance(leaf, Medication) else None
    like = [other for other in named if one is not None and (other.kind == "condition") is isinstance(leaf, Condition)]
    return one is None or (not like and len(named) == 0) or any(vocabulary.relation(other, one) is not Relation.UNRELATED for other in like)


def _as_weighed(read: Read, text: str) -> Read:
    found = _WEIGHED.search(text)
    if found is None:
        return read
    end = text.find(")", found.end())
    words = Judgement(clean(text[found.start("said") : found.end("said")]))
    return rewritten_there(read, lambda leaf, place: All((leaf, words)) if isinstance(leaf, FACTS) and found.end() <= place[0] + 1 and (end < 0 or place[0] < end) else None)


def _beside_narrower(lists: Sequence[Any]) -> Callable[[Check], Check | None]:
    """What a group becomes beside a member that is of it and says more: perhaps it does not catch what that one names."""
    told: dict[int, Check] = {}
    for one in lists:
        members = _members(one)
        for group in members:
            if not isinstance(group, Condition) or group.states or group.stages or group.other_than:
                continue
            for other in members:
                narrow, more = _said_more_closely(other)
                if narrow is not None and narrow.term != group.term and (more is not None or narrow.phase == group.phase) and _is_of(narrow.term, group.term):
                    told[id(group)] = Ambiguous((group, replace(group, other_than=(Exempt(term=narrow.term),)))) if more is None else Ambiguous((group, All((group, more))))
    return lambda leaf: told.get(id(leaf))


def _members(one: Any) -> list[Check]:
    """The members of a list, those of lists in it too."""
    return [member for part in one.parts for member in (_members(part) if isinstance(part, Any) else (part,))]


def _said_more_closely(member: Check) -> tuple[Condition | None, Check | None]:
    """The disease of a member that is told with a state or a stage, or with a value beside it."""
    match member:
        case Condition(states=states, stages=stages) if states or stages:
            return member, None
        case All((Condition() as disease, *rest)) if any(isinstance(leaf, Measurement) or (isinstance(leaf, Unread) and "with " in leaf.text) for part in rest for leaf in leaves(part)):
            return disease, rest[0] if len(rest) == 1 else All(tuple(rest))
    words = member.readings[0] if isinstance(member, Ambiguous) else member
    named = _NAMED_WITH.match(words.text) if isinstance(words, Unread) else None
    known = load().condition(named["name"]) if named is not None else None
    return (Condition(known.label), words) if known is not None else (None, None)


_NAMED_WITH = Caseless(r"(?:an?\s+|the\s+)?(?P<name>[\w-]+(?:\s[\w-]+){0,2}?)\s+with\s", needs=("with",))


def _is_of(narrow: str, group: str) -> bool:
    vocabulary = load()
    one, whole = vocabulary.condition(narrow), vocabulary.condition(group)
    if one is None or whole is None:
        return False
    relation = vocabulary.relation(one, whole)
    return (relation is Relation.NARROWER or (relation is Relation.UNKNOWN and one.label.endswith(" injury"))) and not {*whole.label.split()}.issubset(one.label.replace("-", " ").split())
