"""What a sentence certainly needs where some of its words were not read: known facts, narrowed by the rest as it stands.

"Pneumonia in the left lung" needs pneumonia, whatever the rest says. It holds only where the unread words can do no more
than narrow: nothing denies, permits, plans or relates the fact to somebody else, and every member of a list is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    AtLeast,
    Check,
    Condition,
    Consent,
    FamilyHistory,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    State,
    Statement,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.certain.duties import presupposes
from matcher.reading.certain.finding import found_so
from matcher.reading.certain.groups import groups_of, of_treatment, outside
from matcher.reading.certain.stating import spans_of, stated
from matcher.reading.certain.tails import anchored_elsewhere, beside_brackets, unanchored, window_words
from matcher.reading.grammar.pieces import JOINTS, clean, nodes
from matcher.reading.grammar.rules import Context, Read, Spans
from matcher.reading.limits.values import VALUES
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.leading import AND_UP, leads

# With one of these in it a sentence may deny, permit, plan or suppose what it names.
_TURNING = frozenset((
    "never", "not-history", "not-current", "must-not", "if", "allowed", "excluded", "included", "but", "unable", "unwilling",
    "planned", "after", "consent", "willing", "agree", "able", "must", "colon", "family", "participate", "minage", "become", "conceive",
))
# Behind a fact: what opens a phrase about it.
_FOLLOWING = frozenset((
    "of", "in", "at", "on", "with", "from", "by", "to", "for", "during", "anchor", "since", "window", "lasting", "restrict", "method", "shows",
    "open", "defined", "exceptions", "except", "unless", "eg", "ie", "judge", "within", "confirmed", "treated", "use", "weak", "current", "history", "stages", "stable", "not",
    "whether", "anyhow",
))
_PARTICIPLES = Caseless(
    r"(?:that|which|who|whose|where|requiring|treated|diagnosed|confirmed|occurring|occurred|located|localized|confined|limited|involving|affecting|causing|caused|"
    r"associated|related|resulting|leading|precluding|interfering|preventing|limiting|impairing|compromising|complicating|complicated|lasting|persisting|"
    r"documented|defined|characterized|manifested|accompanied|attributed|attributable|thought|considered|judged|deemed|detected|identified|seen|found|"
    r"visible|measured|assessed|evaluated|determined|measuring|extending|starting|beginning|despite|following|after|until|because|managed|controlled|given|administered|taken|prescribed|used|performed|"
    r"undergone|received|completed|ending|as|per|via|without|affected|evidenced|demonstrated|proven|verified|presenting|exceeding|beyond|anywhere|outside|"
    r"inside|around|near|between|through|regardless|under|contraindicating|warranting|necessitating|contributing|antedating|predating|describing|arising|stemming|originating|consisting|"
    r"remaining|indicating|reflecting|initiated|developed|acquired|complicated|accompanied|noted|observed|reported|recorded|present|evident|admitted|referred|hospitali[sz]ed)",
)
# Participles that make an adjective of what stands before them unless they are tied: "tumor-related pain", "related to the tumor".
_TIED_PARTICIPLE = Caseless(r"(?:associated|related|caused|affected|limited|confined|attributed|attributable|defined|diagnosed|confirmed|treated|controlled|managed|used|seen|proven)")
# Adjectives behind a fact, with what they are tied to: "resistant to…", "severe enough to…".
_TIED = Caseless(
    r"(?:(?:refractory|resistant|secondary|unresponsive|amenable|suitable|unrelated|likely|eligible|subsequent|prior) to|(?:severe|serious|significant) enough|sufficient (?:to|for)|"
    r"suspicious for|other than|not|(?:\w+ )?controlled (?:by|with|on|despite)|treated (?:with|by|for))\b",
)
# Inside one read list: a member with a history of its own is no part of what stands before it.
_OR_ELSE = Caseless(r"\bor\b.{0,20}\b(?:history|prior|previous(?:ly)?|current(?:ly)?)\b", needs=("prior", "current", "history", "previous"))
# What lifts a requirement for some: then the fact is not needed of everyone.
_RELAXING = frozenset(("unless", "except", "exceptions", "eg", "ie"))
SOMEBODY_ELSE = Caseless(
    r"\b(?:parents?|parental(?! consent)|grandparent\w*|ancest\w+|spousal|mothers?|fathers?|maternal|paternal|partners?|spouses?|wife|wives|husbands?|siblings?|brothers?|sisters?|relatives?|family|familial|donors?|caregivers?|carers?|"
    r"household|offspring|animals?|guardians?|staff|clinics?|centers?|centres?)\b", needs=("ancest", "spous", "wife", "wives", "carer", "donor", "staff", "animal", "center", "centre", "clinic", "famil", "father", "mother", "parent", "sister", "spouse", "brother", "husband", "partner", "sibling", "guardian", "maternal", "paternal", "relative", "caregiver", "household", "offspring"),
)
# Something less than the fact itself.
_ELSEWHERE = Caseless(
    r"\b(?:diagnostic|emergency|emergent|urgent|elective|outpatient|inpatient|risk|risks|prevent(?!ing)\w*|prophyla\w*|preventive|suspicions?|suspicious|possib\w+|potential|potentially|probable|presum\w+|predispos\w+|candidates?|"
    r"awaiting|pending|waiting|listed|refus\w+|declin\w+|avoid\w*|abstain\w*|discontinu\w+|stopp?\w*|withdraw\w*|naive|na[iï]ve|free|exclud\w+|"
    r"ruled? out|rule-out|tests?|testing|tested|screened|screening for|negative|expect\w+|anticipat\w+|schedul\w+|indicat(?:ion|ions|ed) for|contra-?indicat\w*|"
    r"vaccin\w+|immuni[sz]\w+|need(?:ed|ing)? for|eligib\w+|ineligible|permi\w+|allow\w*|exempt\w*|nor|none|neither|cannot|unknown|"
    r"resol\w+|recovered|cured?|scales?|scores?|inventory|questionnaires?|antibod\w+|serolog\w+|genes?|mutations?|cohorts?|arms?|groups?|controls?|"
    r"non|anti|pre|post|pseudo|peri|half-?lives|half-?life|future|would|could|should|shall|will|might|may|can)\b",
)
# Words that say nothing of a fact they stand beside: "at the time of enrollment", "known".
_SILENT = frozenset(("open", "close", "stop", "weak", "of", "with", "in", "to", "at", "on", "anchor", "event", "times", "_", "from", "anyhow"))
_RELATIVE = Caseless(r"\b(?:that|which|who|whom|whose|where)\b")
# A duty is asked of those who have the fact, which nobody is asked to have.
_DUTY = Caseless(r"\b(?:must|should|shall|are to|is to|need to|needs to|required to)\b", needs=("must", "shall", "is to", "are to", "should", "need to", "needs to", "required to"))
_NOT_ASKED = Caseless(r"\bnot\W+(?:be\W+)?(?:required|necessary|needed|applicable|specified|mandatory|an?\W+exclusion|exclusion\w*|consider\w*|count\w*|a\W+reason|prohibit\w*|preclud\w*|assess\w*|possible|feasible|practicable|obtain\w*|achiev\w*|available|accessible|perform\w*|done|carried\W+out|undertaken|attempted|planned|scheduled|indicated|recommended|advisable|offered|given|received|administered)", needs=("not",))
_MEASURED_AS = Caseless(r"as|measured(?: as)?|evidenced|indicated|shown|manifested|documented|demonstrated|by|based on")
_PLANS = Caseless(r"\b(?:planned|plans|planning|future|anticipated|expected|scheduled|intended|upcoming)\b")
_DENIES = Caseless(r"(?:no|not|without|never|absence|free|lack)\b")
# Behind a limit these may change it: "18 years (or older)", "2 mg/dL (4 mg/dL in…)".
_AMOUNTS = frozenset(("open", "quantity", "number", "range", "time", "span", "cmp", "unless", "except", "exceptions", "eg", "ie", "multiple"))
# A verb with the fact as its subject makes a sentence of its own: "pneumonia must be…".
_PREDICATE = Caseless(r"\b(?:is|are|was|were|be|has|have|had|do|does|did|must|should|shall|will|would|may|might|can|could|need|needs|shows?|showed|reveals?|revealed|demonstrates?|indicates?|suggests?)\b")


_OTHERS = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|persons?|people|those)\s*$")


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of a sentence: the fact it needs and the words around the fact."""

    fact: Read
    before: Sequence[Token]
    after: Sequence[Token]
    group: Sequence[Token]


def necessary(tokens: Sequence[Token], context: Context) -> Read | None:
    """The facts that the segment needs in every reading of it, with all that was not read beside them; None if there are none."""
    turning = _TURNING - {"if"} if context.exclusion else _TURNING
    if not turning.isdisjoint([token.tag for token in tokens if token.tag != "after" or not AND_UP.fullmatch(token.text)]):
        return None
    if any(_OR_ELSE.search(token.text) for token in tokens if token.tag == "check") or (not context.exclusion and presupposes(context.words(tokens))):
        return None
    if not context.exclusion and any(token.tag in _RELAXING for token in tokens):
        return None
    if context.exclusion and _names_more(tokens):
        return None
    known: list[_Member] = []
    for group in groups_of(tokens, context):
        member = _member(group, context)
        if member is None:
            return None
        known.append(member)
    if not known or SOMEBODY_ELSE.search(context.words(tokens)):
        return None
    joints = {token.tag for token in outside(tokens) if token.tag in JOINTS} if len(known) > 1 else set()
    if not context.exclusion and "or" not in joints and any(_of_some(member, context) for member in known):
        return None
    if len(known) == 1:
        return _narrowed(known[0], context)
    checks = tuple(member.fact.check for member in known)
    if any(member.after and member.after[0].tag == "window" for member in known[:-1]) or any(isinstance(node, Not) for check in checks for node in nodes(check)):
        return None
    kinds = {type(leaf) for check in checks for leaf in leaves(check)} - {Unread, Judgement, Statement}
    if kinds & {Allergy, FamilyHistory, Participation} and len(kinds) > 1:
        return None
    led = [any(token.tag == "with" and not _OTHERS.ends(context.text, token.start) for token in member.before[:1]) for member in known[1:]]  # "hemoglobin < 10, with ferritin < 100" asks for both
    every = (joints == {"and"} and not context.exclusion) or (joints == {"comma"} and (all(led) if context.exclusion else any(led)))
    spans = tuple(span for member in known for span in member.fact.spans)
    return _beside(All(checks) if every else Any(checks), spans, tokens, context)


def _member(group: Sequence[Token], context: Context) -> _Member | None:
    """The fact of one member, if all around it can only narrow it."""
    at = next((i for i, token in enumerate(group) if token.tag == "check"), None)
    if at is None:
        return None
    fact: Read = group[at].value
    before, after = group[:at], group[at + 1 :]
    used = before and before[-1].tag in ("use", "treated")
    if used or not leads(before, group[at]) or _ELSEWHERE.search(context.words(before)) or not plain(fact.check, exclusion=context.exclusion):
        return None
    if after and anchored_elsewhere(group[at], after, _SILENT, context):
        wider, window = unanchored(fact.check), window_words(group[at], context)
        if wider is None or window is None or any(token.tag in _AMOUNTS or (token.tag == "check" and not of_treatment(token)) for token in after) or not _no_sentence(context.text[group[at].end : after[-1].end]):
            return None
        return _Member(Read(wider, fact.spans), before, [window, *after], group)
    if after and not _follows(group[at], after, context):
        return None
    return _Member(fact, before, after, group)


_FOR_SOME = Caseless(
    r"\W*(?:for|in|if|among)\s+(?:the\s+|all\s+|any\s+|those\s+)?(?:[\w-]+\s+)?(?:patients?|subjects?|participants?|individuals?|those|persons?|people|men|women|males?|females?|boys?|girls?|children|adults?|infants?|stratum|cohorts?|arms?|groups?|parts?)\b",
)


def _of_some(member: _Member, context: Context) -> bool:
    """Whether the limit of a member is asked of some people only, so that another may hold for the rest."""
    limits = any(isinstance(leaf, Age | Measurement) for leaf in leaves(member.fact.check))
    if not limits or not member.after:
        return False
    tied = member.after[0].tag in ("for", "in", "if") and any(token.tag in ("check", "sex") for token in member.after)
    return tied or _FOR_SOME.match(context.text, member.fact.spans[-1][1]) is not None


def narrowed_member(group: Sequence[Token], context: Context) -> Read | None:
    """The fact of one member of a list with the words around it, if they can only narrow it."""
    member = _member(group, context)
    return _narrowed(member, context) if member is not None else None


def plain(check: Check, *, exclusion: bool) -> bool:
    """Whether a fact of the vocabulary is asserted: nothing denied, supposed or asked of a person."""
    found = nodes(check)
    if not exclusion and any(isinstance(node, Sex | State) for node in found):
        return False
    if any(isinstance(node, When | Unless | AtLeast | Ambiguous | Statement | Consent) for node in found):
        return False
    return not any(isinstance(node, Not) for node in found[1:]) and not all(isinstance(leaf, Unread | Judgement) for leaf in leaves(check))


def _follows(fact: Token, after: Sequence[Token], context: Context) -> bool:
    """Whether the words behind a fact are a phrase about it, and not the name of something else or a sentence of their own."""
    check = fact.value.check
    if isinstance(check, Not) and not (_DENIES.match(fact.text) and not any(token.tag == "open" for token in after)):
        return False
    if any(isinstance(leaf, Age | Measurement) for leaf in leaves(check)):
        if not any(token.tag == "check" for token in after) and found_so(check, context.text[fact.end : after[-1].end]) is not None:
            return True
        if any(token.tag in _AMOUNTS for token in beside_brackets(after, fact, context)):
            return False
    if _PLANS.search(context.text, fact.end, after[-1].end) or _redefined(check, after) or any(_mixed(token) for token in after):
        return False
    place = fact.end
    while after and after[0].tag == "open":
        at = next((i for i, token in enumerate(after) if token.tag == "close"), len(after) - 1)
        if after[min(1, at)].tag in JOINTS:
            return False
        place, after = after[at].end, after[at + 1 :]
    return not after or (_phrase(place, after, context) and _no_sentence(context.text[fact.end : after[-1].end]))


def _mixed(token: Token) -> bool:
    """Whether a read list behind a fact ends with a disease that may stand for itself ("stroke confirmed by CT or asthma")."""
    if token.tag != "check" or not isinstance(token.value.check, Any):
        return False
    found = list(leaves(token.value.check))
    return isinstance(found[0], Medication | Procedure) and isinstance(found[-1], Condition)


def _names_more(tokens: Sequence[Token]) -> bool:
    """Whether facts are named as examples or as what is meant ("heart disease (e.g. stroke…)"): each may hold without the first."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "eg" or (token.tag == "defined" and "defin" in token.text.casefold())), 0)
    before = [token for token in tokens[:at] if token.tag not in ("open", "comma", "colon")]
    return bool(before) and before[-1].tag == "check" and any(token.tag in ("cond", "drug", "proc", "check") for token in tokens[at + 1 :])


def _redefined(check: Check, after: Sequence[Token]) -> bool:
    """Whether the words behind a fact set a limit of their own, which may hold without it: "(creatinine > 2 mg/dL)", "(28 days for…)"."""
    opened = next((i for i, token in enumerate(after) if token.tag in ("open", "ie")), None)
    of_value = any(isinstance(leaf, Condition) and leaf.term in VALUES for leaf in leaves(check))
    if opened is not None and of_value and any(token.tag in ("quantity", "cmp") for token in after[opened + 1 : opened + 4]):
        return True
    inner = [node for token in after if token.tag == "check" for node in nodes(token.value.check)]
    limits = any(token.tag in ("measure", "panel", "bp", "organ") for token in after) or any(isinstance(node, Measurement) for node in inner)
    if limits and any(token.tag in ("open", "defined", "ie", "method") or _MEASURED_AS.fullmatch(token.text) for token in after):
        return True
    timed = any(getattr(leaf, "window", None) or getattr(leaf, "lasting", None) for leaf in leaves(check))
    bracketed = any(token.tag in ("open", "defined", "ie") for token in after)
    return timed and bracketed and any(token.tag in ("time", "span", "window", "lasting", "time-unit") for token in after)


def _phrase(place: int, after: Sequence[Token], context: Context) -> bool:
    """Whether a phrase about what stands before `place` begins there."""
    if _RELATIVE.search(context.text[place : after[0].start]) or after[0].tag in _FOLLOWING:
        return True
    said = context.text[after[0].start : after[-1].end]
    if _TIED_PARTICIPLE.fullmatch(after[0].text) and (len(after) < 2 or after[1].tag not in ("to", "with", "by", "from", "in", "of")):
        return False
    return _PARTICIPLES.fullmatch(after[0].text) is not None or _TIED.match(said) is not None


def _no_sentence(said: str) -> bool:
    """Whether no verb stands behind the fact as its own: "pneumonia must be…"; in a clause with "that" it may."""
    verb, clause = _PREDICATE.search(said), _RELATIVE.search(said)
    if _DUTY.search(said) or _NOT_ASKED.search(said):
        return False
    return verb is None or (clause is not None and clause.start() < verb.start())


# "Minors, pregnant women": people that are named before others, and say nothing of them.
_OTHER_PEOPLE = Caseless(r"\W*(?:minors|children|infants|adolescents|adults|prisoners|inmates|detainees|soldiers|employees|students|smokers|drinkers)\s*,\W*")


def _narrowed(member: _Member, context: Context) -> Read:
    """One fact with the words around it that say something of it."""
    member = _with_finding(member, context)
    words = [group for group in (member.before, member.after) if any(token.tag not in _SILENT for token in group)]
    if not words:
        return member.fact
    narrow: list[Check] = [_unread_or_judged(group, context) for group in words]
    spans = tuple((group[0].start, group[-1].end) for group in words)
    check = member.fact.check
    if context.exclusion and words == [member.before] and _OTHER_PEOPLE.fullmatch(context.text[spans[0][0] : member.fact.spans[0][0]]):
        return Read(Any((narrow[0], check)), (*spans, *member.fact.spans))
    if isinstance(check, Not):
        return Read(Not(All((check.part, *narrow))), (*member.fact.spans, *spans))
    return Read(All((check, *narrow)), (*member.fact.spans, *spans))


def _with_finding(member: _Member, context: Context) -> _Member:
    """The member with the words behind it that say how it was found as a part of the fact."""
    at = len(member.before)
    told = not any(isinstance(leaf, Age | Condition | Measurement | State) for token in member.after if token.tag == "check" for leaf in leaves(token.value.check))
    if not member.after or member.after[0] not in member.group or not told or all(token.tag in _SILENT for token in member.after):
        return member
    said = context.text[member.group[at].end : member.after[-1].end]
    check = found_so(member.fact.check, said)
    if check is not None:
        return replace(member, fact=Read(check, member.fact.spans), after=())
    check = stated(member.fact.check, said)
    return replace(member, fact=Read(check, spans_of(check, member.fact, member.after[-1].end)), after=()) if check is not None else member


def _beside(core: Check, spans: Spans, tokens: Sequence[Token], context: Context) -> Read:
    return Read(All((core, _unread_or_judged(tokens, context))), (*spans, (tokens[0].start, tokens[-1].end)))


def _unread_or_judged(tokens: Sequence[Token], context: Context) -> Check:
    """Words as they stand: for a clinician where they ask for an opinion, else unread."""
    text = clean(context.words(tokens))
    return Judgement(text) if any(token.tag in ("judge", "judge-mod") for token in tokens) else Unread(text)
