"""A list of which some members were not read: each member keeps its own place, joined by the "or" or "and" of the sentence.

"Cirrhosis, a tumor that nobody named, or known hypersensitivity to X": whoever has cirrhosis is excluded, whatever the other
member means. A member stands for itself only where no words of a neighbour may be said of it too; else it stays in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    FamilyHistory,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    State,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.certain.finding import HOW_FOUND
from matcher.reading.certain.groups import groups_of, outside
from matcher.reading.certain.kept import DECIDED, kept
from matcher.reading.certain.necessary import SOMEBODY_ELSE, narrowed_member, plain
from matcher.reading.grammar.pieces import PREPOSITIONS, no_list, nodes, unread
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.joints.list_joints import list_joints
from matcher.reading.joints.of_people import any_of_people
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.leading import ATTRIBUTE

# With one of these in it a list may permit, except, count or suppose what it names.
_BARS = frozenset((
    "if", "unless", "except", "allowed", "included", "excluded", "but", "eg", "ie", "must", "must-not", "colon", "family", "consent", "judge", "judge-mod",
    "only", "either", "both", "minage", "head", "outside", "multiple", "not-current", "never",
))
# In brackets behind a fact these may name something that excludes without it, or is not meant.
_DEFINES = frozenset(("eg", "ie", "defined", "colon", "only", "both", "either", "family", "must", "multiple"))
_COUNTING = Caseless(
    r"\b(?:following|below|listed|two|three|four|combination|combined|together|respectively|neither|nor|at least (?:one|two|three|1|2|3) of|(?:one|any|all) of (?:the|these|those)\b|both|same|versus|vs|(?:as|so) long as|rather|instead|although|whereas|however|then|"
    r"risks?|predispos\w+|candidates?|negative|free|rule[ds]?|suspicion|suspicious|cohorts?|arms?|groups?|controls)\b",
)
_OTHER_PEOPLE = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|those|men|women|males?|females?|adults|children|persons?|people|volunteers?|controls?)\b")
# The first words of a member that says something of its own: no words of its neighbours are said of it, nor its own of them.
_ANEW = frozenset(("history", "use", "treated", "planned", "other", "weak", "suspected", "participate", "unable", "unwilling", "not", "become", "allergy", "allergy-noun", "conceive", "contra", "confirmed", "restrict"))
_BEGINS = Caseless(
    r"\W*(?:(?:or|and|and/or)\s+)?(?:any|other|the use|use|known|history|presence|evidence|signs?|symptoms?|diagnosis|has|have|had|having|is|are|who|with|patients?|subjects?|women|men|females?|males?|those|inability|unable|unwilling\w*|"
    r"currently|previous(?:ly)?|planned|planning|plans?|anticipat\w+|intend\w*|participat\w+|taking|receiv\w+|undergo\w*|treat(?:ed|ment)|using|suffer\w*|requir\w+|need)\b",
)
# Tags that open what is said of a noun.
_SAYING_TAGS = frozenset((
    "of", "in", "with", "on", "at", "for", "to", "by", "from", "restrict", "during", "within", "window", "lasting", "anchor", "since", "method", "defined", "criteria",
    "quantity", "number", "range", "span", "time", "time-unit", "cmp", "open", "result", "shows", "confirmed", "treated", "use", "exceptions", "stable", "since",
))
_OPENING = frozenset(("with", "result", "confirmed", "treated", "use", "shows", "stable"))
_SAYING = Caseless(
    r"\b(?:is|are|was|were|be|been|should|must|may|might|can|could|will|would|shall|has|have|had|who|which|that|than|after|before|until|following|under|despite|without|against|between|"
    r"\w+ing|due|because|caused|associated|related|compatible|consistent|suggestive|secondary)\b",
)
# Words that govern what stands behind them.
_GOVERNING = Caseless(r"allerg|hypersens|sensitiv|intoleran|reaction|vaccin|risk|relative|exposure|donor|contact|contra|refus|prophyla|prevent|screen|test|absen|lack|resist|toxicit")
_TIMED = frozenset(("window", "within", "lasting", "anchor", "since", "during", "time", "span", "time-unit"))


@dataclass(frozen=True, slots=True)
class _Member:
    """One member: what it became, and what its words may do to its neighbours."""

    read: Read
    stands: bool
    anew: bool
    own: bool
    says: bool
    leads: bool
    governs: bool
    timed: bool
    plans: bool


def alternatives(tokens: Sequence[Token], context: Context) -> Read | None:
    """The members of a list joined as the sentence joins them; None where a word may turn it or no member stands for itself."""
    joints = list_joints(tokens)
    rule = _rule(joints, context)
    if (rule is None and joints != {"comma"}) or any(token.tag in _BARS for token in (outside(tokens) if context.exclusion else tokens)) or no_list(tokens, context):
        return None
    if rule is All and _OTHER_AGES.search(_besides_facts(tokens, context)):
        return None  # "adults and infants" asks nobody to be both
    if _COUNTING.search(_besides_facts(tokens, context)) or SOMEBODY_ELSE.search(context.words(tokens)):
        return None
    groups = _with_tails(groups_of(tokens, context), context)
    if groups is None or _of_others(groups, context):
        return None
    if len(groups) == 1:
        return _with_adjectives(groups[0], context)
    if rule is None:
        return _with_clauses(groups, context)
    members = _members(groups, context)
    if members is None:
        return None
    reads = [_in_place(members, i, rule, groups, context) for i in range(len(members))]
    if rule is Any and any(isinstance(read.check, Not) for read in reads):
        return None  # "at least 4 weeks since drugs or devices" asks for neither
    if not any(_certain(read) for read in reads):
        return None
    checks = [read.check for read in reads]
    spans = tuple(span for read in reads for span in read.spans)
    between = [context.text[one[-1].end : other[0].start] for one, other in pairwise(groups)]
    joined = all_of(checks) if rule is All else any_of(checks) if context.exclusion else any_of_people(checks, between)
    return None if joined is None else Read(joined, spans)


_OTHER_AGES = Caseless(r"\b(?:p(?:a?e)diatric|infants?|infancy|neonat\w+|newborns?|bab(?:y|ies)|toddlers?|children|child|adolescents?|teenagers?|teens|youths?|minors|juvenile|elderly|seniors|adults?)\b")


def _of_others(groups: Sequence[Sequence[Token]], context: Context) -> bool:
    """Whether what stands behind the first member makes a duty of the list, names other people, or goes on with "with"."""
    behind = _TO_STOP.match(context.text, groups[0][-1].end)
    rest = behind[0] if behind else ""
    if _DUTY.search(rest) or (not context.exclusion and _OTHER_PEOPLE.search(rest)):
        return True
    return any(_WITH.match(context.words(group)) for group in groups[1:]) and "with" not in context.text[: groups[0][-1].end].casefold()


_TO_STOP = pattern_of(r"[^.;]*")
_DUTY = Caseless(r"\b(?:must|should|shall|has to|have to|needs? to|is required|are required|eligible|enrolled|allowed|permitted)\b", needs=("need", "must", "shall", "should", "has to", "have to", "allowed", "enrolled", "eligible", "permitted", "is required", "are required"))
_WITH = Caseless(r"(?:with|alone)\b")


def each_alone(tokens: Sequence[Token], context: Context) -> Read | None:
    """A list of an exclusion of which every member is a fact that stands for itself, some with words beside it."""
    found = alternatives(tokens, context) if context.exclusion else None
    parts = found.check.parts if found is not None and isinstance(found.check, Any) else ()
    if any(not any(isinstance(leaf, DECIDED) for leaf in leaves(part)) or any(isinstance(node, Ambiguous) for node in nodes(part)) for part in parts):
        return None
    return found if parts else None


def _members(groups: Sequence[Sequence[Token]], context: Context) -> list[_Member] | None:
    """Every group as a member; None where one is no more than a piece of its neighbour."""
    found: list[_Member] = []
    place, before = groups[0][0].start, groups[0]
    for group in groups:
        member = _member(group, place, context, first=not found)
        if member is not None and group[-1].tag in PREPOSITIONS:
            member = replace(member, governs=True)
        if member is None or (found and group[0].tag in PREPOSITIONS and groups[0][0].tag != group[0].tag):
            return None
        if found and _closes(found[-1], member, context.text[place : group[0].end]):
            member = replace(member, anew=True)
        clause = not member.anew or (_RELATIVE.search(context.text[before[0].start : before[-1].end]) and _VERB.match(context.text[place : group[0].end]))
        if found and found[-1].stands and found[-1].says and clause:
            return None  # "infection requiring an operation or dialysis": what is named last may belong to the words before it
        found.append(member)
        place, before = group[-1].end, group
    return found


_CLOSING = Caseless(r"\s*,\s*(?:and/)?or\b")


def _closes(before: _Member, member: _Member, joint: str) -> bool:
    """ "X, Y affecting Z, or W": behind comma and "or" the last of the list stands again beside the first."""
    return before.stands and _CLOSING.match(joint) is not None and all(isinstance(leaf, Age | Condition | Measurement | State) for leaf in leaves(member.read.check))


_RELATIVE = Caseless(r"\b(?:that|which|who)\b", needs=("who", "that", "which"))
_VERB = Caseless(r"\W*or\s+(?:is|are|was|were|has|have|had|does|do)\b")


def _with_tails(groups: Sequence[list[Token]], context: Context) -> list[list[Token]] | None:
    """The groups with those that only go on with the words behind a fact put to it; None where that cannot be told."""
    found: list[list[Token]] = []
    for i, group in enumerate(groups):
        before = found[-1] if found else []
        if len(found) == 1 and all(_adjectives(one) for one in groups[i:]) and any(token.tag == "check" for token in before):
            return [[token for one in groups for token in one]]
        bare = not any(token.tag == "check" for token in group)
        goes_on = before and bare and not _begins_anew(group, before[-1].end, context) and _says(before, context)
        listed = goes_on and "," in context.text[before[-1].end : group[0].start]
        if listed and any(token.tag == "check" for token in before) and not _TAIL.match(context.words(group)) and not _of_finding(before, context):
            return None
        if goes_on or (before and _TAIL.match(context.words(group))) or (before and bare and HOW_FOUND.match(context.words(group))):
            found[-1] = [*before, *group]
        else:
            found.append(group)
    return found


# Behind a comma these go on about what stands before it.
_CLAUSE = Caseless(
    r"[\s,]*(?:who|that|which|whose|where|without|not|despite|requiring|documented|confirmed|measured|diagnosed|defined|based|according|determined|assessed|evaluated|currently|previously|treated|receiving|having|resulting|regardless|"
    r"irrespective|as|by|for|from|during|at|due|secondary|caused|associated|characteri[sz]ed|manifested|occurring|lasting|persisting|within|since|after|before|unable|na[iï]ve|refractory|resistant|unresponsive|deemed|considered|scheduled|planned|referred|admitted|presenting)\b",
)


def _with_clauses(groups: Sequence[Sequence[Token]], context: Context) -> Read | None:
    """One fact, and behind commas clauses about it, none of which was read: "osteosarcoma, deemed resectable, without spread"."""
    first, *behind = groups
    places = [group[-1].end for group in groups[:-1]]
    if any(token.tag == "check" for group in behind for token in group) or not all(_CLAUSE.match(context.text[place : group[0].end]) for place, group in zip(places, behind, strict=True)):
        return None
    if any(isinstance(leaf, Age | Measurement) for token in first if token.tag == "check" for leaf in leaves(token.value.check)):
        return None
    fact = narrowed_member(first, context)
    if fact is None or not _certain(fact) or isinstance(fact.check, Not):
        return None
    start = places[0] + len(context.text[places[0] :]) - len(context.text[places[0] :].lstrip(" ,"))
    rest = unread(context, start, groups[-1][-1].end)
    return Read(All((fact.check, rest.check)), (*fact.spans, *rest.spans))


def _with_adjectives(group: Sequence[Token], context: Context) -> Read | None:
    """One fact, and behind a comma the adjectives that it may have."""
    fact: Read = group[0].value if group[0].tag == "check" else Read(Unread(" "), ())
    if not plain(fact.check, exclusion=context.exclusion) or any(isinstance(leaf, Age | Measurement) for leaf in leaves(fact.check)) or not _adjectives(group[1:]):
        return None
    rest = unread(context, group[1].start, group[-1].end)
    return Read(All((fact.check, rest.check)), (*fact.spans, *rest.spans))


def _adjectives(group: Sequence[Token]) -> bool:
    """Whether a group is nothing but adjectives, which a noun before them has ("leukemia, primary or secondary")."""
    return all(token.tag in ("degree", "current", "route", "daily") or (token.tag == "w" and ATTRIBUTE.fullmatch(token.text)) for token in group)


# Behind a joint these only say more of what stands before it.
_TAIL = Caseless(r"(?:whichever|regardless|irrespective|inclusive|with or without|particularly|especially)\b")
_FINDING = Caseless(r"\b(?:documented|confirmed|diagnosed|determined|measured|assessed|evaluated|proven|verified|detected|based|defined|evidenced|shown|demonstrated)\s+(?:by|with|on|using|via|through|at|in|as)\b")


def _of_finding(group: Sequence[Token], context: Context) -> bool:
    """Whether the words behind a fact say how it was found, so that a list behind them is one of tests."""
    return _FINDING.search(_besides_facts(group, context)) is not None


def _rule(joints: set[str], context: Context) -> type[Any] | type[All] | None:
    if "or" in joints and "and" not in joints and (context.exclusion or "slash" not in joints):
        return Any
    return All if "and" in joints and joints <= {"and", "comma"} and not context.exclusion else None


def _besides_facts(tokens: Sequence[Token], context: Context) -> str:
    """The text of the tokens without what a rule took."""
    said: list[str] = []
    start = tokens[0].start
    for token in tokens:
        if token.tag == "check":
            said.append(context.text[start : token.start])
            start = token.end
    return " ; ".join((*said, context.text[start : tokens[-1].end]))


def _begins_anew(group: Sequence[Token], place: int, context: Context) -> bool:
    """Whether a group opens with words that make it a statement of its own."""
    begins = context.text[place : group[0].end]
    return group[0].tag in _ANEW or _BEGINS.match(begins) is not None or (group[0].tag == "check" and _BEGINS.match(group[0].text) is not None)


def _says(group: Sequence[Token], context: Context) -> bool:
    """Whether a group does more than name something, so that its last words may be said of a neighbour, or a neighbour's go on with them."""
    if any(token.tag in _SAYING_TAGS for token in group if token is not group[0] or token.tag not in _OPENING):
        return True
    return _SAYING.search(_besides_facts(group, context)) is not None or (group[-1].tag not in ("check", "stop") and any(token.tag == "check" for token in group))


def _member(group: Sequence[Token], place: int, context: Context, *, first: bool) -> _Member | None:
    """What one group of words between two joints became; None where a word in it may turn the list, or it is no whole member."""
    facts = [token for token in group if token.tag == "check"]
    turned = any(token.tag in ("not", "not-history") for token in group[1:]) or (group[0].tag in ("not", "not-history") and (facts or first))
    if turned or _NO.match(context.words(group)) or (not _is_washout(group, context) and any(isinstance(node, Not) for token in facts for node in nodes(token.value.check))):
        return None
    words = context.words(group)
    if not _LETTERS.search(words):
        return None
    governs = any(_GOVERNING.search(token.text) for token in group if token.tag != "check") or any(isinstance(leaf, Allergy | FamilyHistory) for fact in facts for leaf in leaves(fact.value.check))
    timed = any(token.tag in _TIMED for token in group) or any(getattr(leaf, "window", None) or getattr(leaf, "lasting", None) for token in facts for leaf in leaves(token.value.check))
    named = group[-1].tag == "close" and any(token.tag in ("eg", "ie") for token in group)  # examples in a bracket are of this member alone
    says = _says((outside(group) or group) if named else group, context)
    read, stands = _read(group, facts, context)
    clean = stands and len(facts) == 1 and read is facts[0].value
    anew = _begins_anew(group, place, context)
    own = anew and not _ANY.match(context.words(group)) and group[0].tag != "other"
    return _Member(read, stands, anew, own, says and not clean, _leads(group[0]) and not clean and not _adjectives(group), governs, timed, _PLANS.match(words) is not None)


def _is_washout(group: Sequence[Token], context: Context) -> bool:
    """Whether a group denies a treatment for a time ("at least 4 weeks since chemotherapy"), which denies nothing behind it."""
    return not context.exclusion and len(group) == 1 and group[0].tag == "check" and not _NO.match(group[0].text) and _denies_all(group[0].value.check)


def _denies_all(check: Check) -> bool:
    return isinstance(check, Not) or (isinstance(check, All) and all(_denies_all(part) for part in check.parts))


_ANY = Caseless(r"(?:any|other)\b")
# Treatments behind these are what is meant to be done, cannot be done, or is not done.
_PLANS = Caseless(r"\W*(?:(?:the|any)\s+)?(?:planned|planning|plans?|intend\w*|intention|expected|anticipated|inability|unable|unwilling\w*|failure|failed|need|indicated|indication|scheduled|refus\w+|desire|wish\w*)\b")
_LETTERS = pattern_of(r"[A-Za-z]{2}")
_NO = Caseless(r"(?:no|not|without|never|absence|lack\w*|free|den(?:y|ies|ied|ying)|\w+n['’]t)\b")


def _read(group: Sequence[Token], facts: Sequence[Token], context: Context) -> tuple[Read, bool]:
    """The reading of one group, and whether it is a fact that stands if nothing of its neighbours is said of it."""
    whole = unread(context, group[0].start, group[-1].end)
    if not any(not isinstance(leaf, Sex | Unread) and leaf != State("childbearing potential") for fact in facts for leaf in leaves(fact.value.check)):
        return whole, False
    alone = len(facts) == 1 and all(token.tag in ("check", "stop", "with", "close") for token in group)
    if alone and (plain(facts[0].value.check, exclusion=True) or _is_washout(group, context)):
        return facts[0].value, True
    defines = any(token.tag in _DEFINES for token in group)
    narrow = narrowed_member(group, context) if not defines and not any(token.tag in ("and", "or") for token in outside(group[: group.index(facts[0])])) else None
    return (narrow, True) if narrow is not None else (kept(group, context, group[0].start, group[-1].end), False)


def _leads(first: Token) -> bool:
    """Whether the first word of a group may be said of the members behind it."""
    return first.tag in ("degree", "current", "suspected", "route", "daily") or (first.tag == "w" and ATTRIBUTE.fullmatch(first.text) is not None)


def _in_place(members: Sequence[_Member], at: int, rule: type[Any] | type[All], groups: Sequence[Sequence[Token]], context: Context) -> Read:
    """A member as it stands in its list: by itself, narrowed by words that may be said of it too, or in doubt."""
    member = members[at]
    if not member.stands:
        return member.read
    if _may_belong(members[:at], member, rule, context):
        whole = unread(context, groups[at][0].start, groups[at][-1].end)
        return Read(Ambiguous((whole.check, member.read.check)), (*whole.spans, *member.read.spans))
    place = None if rule is All else _sharing(members, at)
    if place is None:
        return member.read
    shared = unread(context, *(_adjectives_of(groups[place]) if place < at else _tail_of(groups[place], context)))
    return Read(All((member.read.check, shared.check)), (*member.read.spans, *shared.spans))


def _adjectives_of(group: Sequence[Token]) -> tuple[int, int]:
    """Where the adjectives stand that open a group."""
    count = next((i for i, token in enumerate(group) if not _adjectives([token])), len(group))
    return group[0].start, group[max(count - 1, 0)].end


def _tail_of(group: Sequence[Token], context: Context) -> tuple[int, int]:
    """Where the words stand that say something of what a group names."""
    for before, token in pairwise(group):
        between = context.text[before.end : token.end]
        if token.tag in _SAYING_TAGS or _SAYING.search(between):
            return (before.end if _SAYING.search(context.text[before.end : token.start]) else token.start), group[-1].end
    return group[0].start, group[-1].end


def _may_belong(before: Sequence[_Member], member: _Member, rule: type[Any] | type[All], context: Context) -> bool:
    """Whether words before a member may have it as their object: "allergy to X or Y", "infection requiring X or Y"."""
    if any(one.plans for one in before) and not member.own and all(isinstance(leaf, Medication | Procedure) for leaf in leaves(member.read.check)):
        return True
    if any(one.says or (rule is All and (one.leads or not one.stands)) for one in before) and not (member.anew and context.exclusion):
        return True
    return any(one.governs for one in before) and not any(isinstance(leaf, Allergy | FamilyHistory) for leaf in leaves(member.read.check)) and not member.own


def _sharing(members: Sequence[_Member], at: int) -> int | None:
    """The place of the member whose adjective before it, or time or tail behind it, may be said of this one too."""
    member = members[at]
    led = next((i for i, one in enumerate(members[:at]) if one.leads), None)
    if led is not None and not member.anew:
        return led
    if all(isinstance(leaf, State | Age) for leaf in leaves(member.read.check)):
        return None
    untimed = not member.timed and not all(isinstance(leaf, Measurement) for leaf in leaves(member.read.check))
    behind = range(at + 1, len(members))
    timed = next((i for i in behind if members[i].timed), None)
    if untimed and timed is not None:
        return timed
    return next((i for i in behind if members[i].says and not any(one.anew for one in members[at + 1 : i + 1])), None)


def _certain(read: Read) -> bool:
    """Whether a leaf that a record decides stands in a member without another reading of it."""
    return not any(isinstance(node, Ambiguous) for node in nodes(read.check)) and any(isinstance(leaf, DECIDED) for leaf in leaves(read.check))
