"""One segment of a criterion, between semicolons and sentence ends: read, read in part, or a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    State,
    Statement,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.denied_in_part import denied_in_part
from matcher.reading.certain.idle_tails import without_idle_tail
from matcher.reading.certain.limits_needed import limits_needed
from matcher.reading.certain.narrowing import narrowed, restricted
from matcher.reading.certain.necessary import necessary
from matcher.reading.grammar.pieces import (
    LOOSE,
    READ,
    TURNS,
    clean,
    nodes,
    taken,
    trimmed,
    turns,
    unread,
)
from matcher.reading.grammar.rules import Context, Read, Spans
from matcher.reading.joints.aged_people import aged_people
from matcher.reading.joints.alternatives import alternatives, each_alone
from matcher.reading.joints.bounded import bounded
from matcher.reading.joints.bracketed import with_bracket
from matcher.reading.joints.clauses import denied, leads, lifted, refused, scoped, several_behind, without_asides
from matcher.reading.joints.enough import enough_told, limit_and_opinion
from matcher.reading.joints.excepting import excepting
from matcher.reading.joints.joining import joined_checks
from matcher.reading.joints.said_as_states import stated_alone
from matcher.reading.joints.statements_apart import facts_before_statement
from matcher.reading.joints.widening import widened
from matcher.reading.joints.willing import is_opinion, of_will, only_consent
from matcher.reading.people.ages_told import ages_told, everyone, not_pregnant
from matcher.reading.people.alcohol import alcohol_intake
from matcher.reading.people.fertility import asks_contraception
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.drug_screens import drug_screen
from matcher.reading.terms.oncology import measurable, recovered
from matcher.reading.terms.topics import under_topic
from matcher.reading.terms.treated_for import treated_for

_FACTS = ("cond", "drug", "proc", "measure", "check", "state", "age", "span", "quantity", "number", "range", "time", "sex", "age-quantity")


def segment(tokens: Sequence[Token], context: Context) -> Read:
    """One segment: fully read, read and narrowed by what follows, or a person's."""
    concerned = scoped(tokens, context, segment)
    if concerned is not None:
        return concerned
    if leads(tokens, context):
        return unread(context, tokens[0].start, tokens[-1].end)
    tokens = without_idle_tail(trimmed(without_asides(tokens, context)), context)
    if tokens[0].tag in ("sex-scope", "potential-scope") and len(tokens) > 1:
        return _of_one_sex(tokens, context)
    tokens = _age_alone(tokens, context)
    checks = [token for token in tokens if token.tag == "check"]
    tags = {token.tag for token in tokens}
    wanted = drug_screen(tokens, context) or alcohol_intake(tokens, context) or asks_contraception(tokens, context) or of_will(tokens, context) or measurable(tokens, context) or recovered(tokens, context)
    if wanted is not None:
        return wanted
    topic = under_topic(tokens, context, segment) if "colon" in tags else None
    if topic is not None:
        return topic
    enough = enough_told(tokens, context, segment) if checks else None
    if enough is not None:
        return enough
    if checks and tags <= READ:
        facts = _of_facts(tokens, context)
        return facts if not isinstance(facts.check, Unread) else ages_told(tokens, context) or not_pregnant(tokens, context) or facts
    aged = ages_told(tokens, context) or not_pregnant(tokens, context) or everyone(tokens, context)
    if aged is not None:
        return aged
    tokens = _until_excluded(tokens, context) if "excluded" in tags else tokens
    if "consent" in tags and any(token.tag == "consent" for token in tokens):
        return _consent(tokens, checks, context)
    if ("judge" in tags or "judge-mod" in tags) and any(token.tag in ("judge", "judge-mod") for token in tokens):
        return _judgement(tokens, checks, context)
    if checks and tokens[-1].tag == "excluded" and _refuses(tokens, context) and not any(turns([token]) for token in tokens[:-1]):
        return _excluded(segment(_named_without_sex(tokens[:-1]), context), context)
    if checks and context.exclusion and tokens[0].tag == "if" and all(isinstance(leaf, State) for one in checks for leaf in leaves(one.value.check)):
        return segment(tokens[1:], context)
    headed = _behind_topic(tokens, context) if "colon" in tags else None
    if headed is not None:
        return segment(headed, context)
    restricted_ = (treated_for(tokens, context) if not tags.isdisjoint(_TREATING) else None) or _clause(tokens, tags, context) or narrowed(tokens, context) if checks else None
    if restricted_ is not None:
        return restricted_
    listed = widened(tokens, context) if checks else None
    if listed is not None:
        return listed
    if not checks and ("planned" in tags or _unknown_fact(tokens, context) or ({"organ", "result"} <= tags and is_opinion(clean(context.words(tokens))))):
        said = clean(context.words(tokens))
        return taken(Judgement(said) if is_opinion(said) else Statement(said), tokens)
    needed = necessary(tokens, context) if checks and not several_behind(tokens) and not _of_any_time(tokens, checks, context) else None
    if needed is not None and isinstance(needed.check, All) and isinstance(needed.check.parts[0], Any):
        needed = each_alone(tokens, context) or needed
    needed = needed or ((limits_needed(tokens, context) or alternatives(tokens, context)) if checks else None)
    needed = needed or (_limit_with_examples(tokens, context) if "eg" in tags else None)
    needed = needed or (with_bracket(tokens, context, segment) if checks and "open" in tags else None)
    needed = needed or ((facts_before_statement(tokens, context, segment) or bounded(tokens, context, segment)) if checks else None)
    needed = needed or (denied_in_part(tokens, context) or aged_people(tokens, context) if checks else None)
    needed = needed or (stated_alone(tokens, context) if checks else None)
    return needed or unread(context, tokens[0].start, tokens[-1].end)


def _limit_with_examples(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Poor control (HbA1c ≥ 11 %) (e.g. coma, …)" among exclusions: the limit excludes by itself, and so may the examples."""
    at = next((i for i in range(1, len(tokens) - 1) if tokens[i].tag == "open" and tokens[i + 1].tag == "eg"), 0)
    if not context.exclusion or not at or [token.tag for token in tokens[at:]].count("close") != 1 or tokens[-1].tag != "close":
        return None
    limit = segment(tokens[:at], context)
    if not all(isinstance(leaf, Measurement) for leaf in leaves(limit.check)) or any(isinstance(node, Ambiguous | Not) for node in nodes(limit.check)):
        return None
    examples = unread(context, tokens[at].start, tokens[-1].end)
    return Read(Any((limit.check, examples.check)), (*limit.spans, *examples.spans))


def _of_facts(tokens: Sequence[Token], context: Context) -> Read:
    """A segment that was read to its end: facts joined, or one of which another says where, when or for what."""
    found = narrowed(tokens, context) or joined_checks(tokens, context)
    facts = [token for token in tokens if token.tag == "check"]
    side_by_side = any(first.tag == second.tag == "check" for first, second in pairwise(tokens))
    if not isinstance(found.check, Unread) or side_by_side or several_behind(tokens) or any(isinstance(node, Not) for fact in facts[1:] for node in nodes(fact.value.check)):
        return found
    return necessary(tokens, context) or found


_ANY_TIME = Caseless(r"\b(?:any (?:time|occasion|point|visit)|ever|history|previous\w*|prior|nadir|lowest|highest|peak|worst|maximum|occasions?|repeated\w*|consecutive|last|first)\b")


def _of_any_time(tokens: Sequence[Token], checks: Sequence[Token], context: Context) -> bool:
    """Whether words that were not read may ask for another value than the latest: "at any time", "on two occasions"."""
    limits = any(isinstance(leaf, Measurement) for token in checks for leaf in leaves(token.value.check))
    if not limits:
        return False
    said = context.words(tokens)
    for token in checks:
        said = said.replace(token.text, " ")
    return _ANY_TIME.search(said) is not None


def _clause(tokens: Sequence[Token], tags: set[str], context: Context) -> Read | None:
    """A segment with a clause in it that bears on the rest."""
    found = refused(tokens, context, segment) or (excepting(tokens, context, segment) if "exceptions" in tags else None)
    return found or (lifted(tokens, context, segment) if "unless" in tags else None) or denied(tokens, context)


def _behind_topic(tokens: Sequence[Token], context: Context) -> Sequence[Token] | None:
    """What stands behind the colon of a heading that only says what it is about ("Renal function: creatinine ≤ 1.5 mg/dL")."""
    at = next((i for i, token in enumerate(tokens[:9]) if token.tag == "colon"), 0)
    behind = tokens[at + 1 :]
    if not at or not any(token.tag not in LOOSE for token in behind) or any(token.tag in ("check", *TURNS) for token in tokens[:at]):
        return None
    said = context.text[tokens[0].start : tokens[at].end]
    if _HEADS.match(said) and at < 5:
        return behind
    limits = any(token.tag == "check" and any(isinstance(leaf, Measurement) for leaf in leaves(token.value.check)) for token in behind)
    return behind if limits and _TOPIC.fullmatch(said) and not _NO_TOPIC.search(said) else None


# A heading over limits.
_TOPIC = Caseless(
    r"\W*(?:[a-z/-]+\s+){0,4}(?:functions?|status|reserve|system|parameters?|values?|tests?|counts?|examinations?|routine|indicators?|indices|profile|panel|criteria|requirements?|levels?|results?)"
    r"(?:\s*\([^()\d]*\))?(?:\s+(?:obtained|performed|tested|must|should|shall|are|is|as|defined|by|at|on|screening|baseline|follows|meet|including))*\s*:",
)
_NO_TOPIC = Caseless(r"\b(?:allerg\w*|famil\w*|histor\w*|prior|previous\w*|exclu\w*|no|not|unless|except\w*|medications?|drugs?|cohort\w*|arms?|groups?|parts?|phase|note|women|men|females?|males?|children|abnormal\w*|if|one of|any of|two of|following|or|at least)\b")
_HEADS = Caseless(
    r"(?:h[ae]?ematopoietic|h[ae]?ematologic(?:al)?|hepatic|renal|cardiovascular|cardiac|pulmonary|neurologic(?:al)?|metabolic|"
    r"(?:blood |serum |clinical )?(?:chemistry|chemistries|biochemistry)(?: panel)?|ha?ematology|(?:complete )?blood counts?|cbc|endocrine|gastrointestinal|immunologic|liver|kidney|bone marrow|coagulation|laboratory(?: values)?|other|performance status|"
    r"sex|gender|age|biologic therapy|chemotherapy|endocrine therapy|radiotherapy|surgery|vital signs?|diagnosis|disease status|(?:pre-?|re-?)?(?:registration|randomi[sz]ation|enrol?lment|screening)(?: criteria)?)\s*:",
)


# What a treatment named by its disease has in it: looked for first, for speed.
_TREATING = ("head", "for", "event")
_FROM_THE_STUDY = Caseless(
    r"\W*(?=\w)(?:(?:for|from|to|in|with)\s+(?:the\s+|this\s+|our\s+|any\s+)?(?:participat\w+|enrol\w*|entry|entering|inclusion|study|trial|protocol|clinical|research|in|into|the|this|of|present|current|stud(?:y|ies)|\s)+\W*)?"
    r"(?:(?<!\()(?:because|due to|owing to|given)\b(?!.*\b(?:unless|except\w*|if|but|however|until|although|only|or (?:be|who|have|are|with|intoleran\w+))\b)[^;()]*)?",
)


def _until_excluded(tokens: list[Token], context: Context) -> list[Token]:
    """ "… are not eligible for this study": the tokens without what nobody is let into."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "excluded")
    return tokens[: at + 1] if 0 < at < len(tokens) - 1 and tokens[at - 1].tag not in ("or", "and", "comma") and _FROM_THE_STUDY.fullmatch(context.text[tokens[at].end : tokens[-1].end]) else tokens


_BARELY = frozenset(("ineligible", "not eligible"))
_BEING = Caseless(r"\b(?:are|is|be|being|was|were|considered|deemed)\W*$")


def _refuses(tokens: Sequence[Token], context: Context) -> bool:
    """Whether words at the end keep out those who were named: not "cisplatin-ineligible", nor "resistant, or ineligible"."""
    last = tokens[-1]
    if len(tokens) > 1 and tokens[-2].tag in ("or", "and", "slash"):
        return False
    if last.text.casefold() not in _BARELY or _BEING.ends(context.text, last.start):
        return True
    return context.exclusion and not any(isinstance(leaf, Medication | Procedure) for token in tokens if token.tag == "check" for leaf in leaves(token.value.check))


def _named_without_sex(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "Pregnant women are excluded": the tokens without the women, who are said again."""
    return tokens[:-1] if len(tokens) == 2 and tokens[-1].tag == "sex-scope" and tokens[0].tag == "check" and all(isinstance(leaf, State) for leaf in leaves(tokens[0].value.check)) else tokens


def _excluded(read: Read, context: Context) -> Read:
    """ "… are excluded": a denial among inclusions, the plain statement among exclusions."""
    return read if context.exclusion or isinstance(read.check, Unread) else Read(Not(read.check), read.spans)


def _age_alone(tokens: list[Token], context: Context) -> list[Token]:
    """A time in years that is all a segment says is an age."""
    spoken = [token for token in tokens if token.tag not in LOOSE]
    if len(spoken) != 1 or spoken[0].tag not in ("span", "quantity", "age-quantity"):
        return tokens
    span = spoken[0]
    bounds = tuple(replace(bound, unit=bound.unit or "years") for bound in span.value)
    said = span.tag == "span" or re.search(r"old|over|under|young|above|up", span.text)
    if not said or any(bound.unit != "years" or not 0 < bound.number <= 120 for bound in bounds):
        return tokens
    return [replace(span, tag="check", value=Read(Age(bounds), ((span.start, span.end),)))]


def _of_one_sex(tokens: Sequence[Token], context: Context) -> Read:
    """ "Women must…": a rule for women."""
    sex: Check = Sex(str(tokens[0].value))
    spans: Spans = ((tokens[0].start, tokens[0].end),)
    rest = list(tokens[1:])
    if tokens[0].tag == "potential-scope":
        at = next((i for i, token in enumerate(tokens) if token.tag == "potential"), 0)
        sex = All((sex, State("childbearing potential")))
        spans = (*spans, (tokens[at].start, tokens[at].end))
        rest = list(tokens[at + 1 :])
    if not rest:
        return unread(context, tokens[0].start, tokens[-1].end)
    rule = segment(rest, context)
    spans = (*spans, *rule.spans)
    return Read(All((sex, rule.check)) if context.exclusion else When(sex, rule.check), spans)


_LONGEST_FACT = 25


_TERMS = frozenset(("cond", "drug", "proc", "measure", "quantity", "span", "range", "age-quantity", "lasting", "check", "window", "exceptions", "state", "age", "result", "unless", "except", "if", "colon"))


def _unknown_fact(tokens: Sequence[Token], context: Context) -> bool:
    """Whether a segment is one short fact in which nothing is of the vocabulary: it can only be asked as it stands."""
    return (
        len(tokens) <= _LONGEST_FACT
        and not any(token.tag in _TERMS or token.tag in ("allowed", "excluded", "included", "but", "eg") for token in tokens)
        and any(token.tag not in LOOSE for token in tokens)
        and len(context.words(tokens)) > 3
    )


# What may hinder consent is somebody's opinion of a disease, not the consent itself.
_IMPAIRS = Caseless(r"\b(?:impair\w*|interfer\w*|preclud\w*|prevent\w*|compromis\w*|affect\w*|hinder\w*|limit\w*|jeopardi[sz]\w*)\b", needs=("limit", "impair", "affect", "hinder", "prevent", "preclud", "jeopardi", "interfer", "compromis"))
_MUST = Caseless(r"\b(?:must|should|shall|need\w*|require[sd]?|has to|have to)\b")
_ASKED = Caseless(r"\b(?:must|should|shall|will|has to|have to|needs? to)\b")
_ASKED_TOO = Caseless(r"\W*(?:and|or)\b|\s*[;&]")
_OPINION = pattern_of(r"\b(?:opinion|judge?ments?|judged|discretion)\b", re.IGNORECASE)


_AND = pattern_of(r",|\band\b")


def _consent(tokens: Sequence[Token], checks: Sequence[Token], context: Context) -> Read:
    """Consent; said of some ("volunteers of 18-19 must…") it is theirs; beside other facts it is one part of them."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "consent")
    first = at
    while first > 0 and tokens[first - 1].tag in ("w", "willing", "able", "agree", "and", "or", "to", "event", "with", "of", "by", "for", "_", "comma"):
        first -= 1
    while first < at and tokens[first].tag in ("and", "or", "with", "of", "by", "for", "_", "comma", "to"):
        first += 1
    said = clean(context.words(tokens[first:]))
    judged = _IMPAIRS.search(context.words(tokens)) is not None or any(token.tag in ("judge", "judge-mod") for token in tokens)
    kind = Judgement if judged else Consent if only_consent(context.text[tokens[first].start : tokens[at].start]) else Statement
    words = taken(kind(said), tokens[first:])
    if any(token.tag in _FACTS for token in tokens[first:]):
        return unread(context, tokens[0].start, tokens[-1].end)
    before = trimmed(tokens[:first]) if first else []
    read_before = any(token.tag == "check" for token in before) and all(token.tag in READ for token in before)
    if not read_before or any(token.tag == "check" for token in tokens[at:]):
        if any(token.tag in _FACTS for token in tokens):
            return unread(context, tokens[0].start, tokens[-1].end)
        whole = clean(context.words(tokens))
        if _OPINION.search(whole):
            return taken(Judgement(whole), tokens)
        return taken(Consent(whole) if only_consent(re.split(r"[.;:]\s", context.text[: tokens[at].start])[-1]) else Statement(whole), tokens)
    scope = joined_checks(before, context)
    of_some = _MUST.search(context.text[before[-1].end : tokens[at].end]) and not _ASKED.search(context.words(tokens[: first])) and not _ASKED_TOO.match(context.text[before[-1].end :])
    if of_some:
        return Read(When(scope.check, words.check), scope.spans + words.spans)
    joint = context.text[before[-1].end : tokens[first].start]
    facts = any(isinstance(leaf, Condition | Medication | Procedure | Measurement) for leaf in leaves(scope.check))
    if not (context.exclusion and facts and isinstance(words.check, Consent)):
        if context.exclusion and _AND.search(joint):  # "under 18 and unable to consent" excludes either, or both
            both = (scope.check, words.check)
            return Read(Ambiguous((All(both), Any(both))), (scope.spans + words.spans) * 2)
        either = not context.exclusion and tokens[first - 1].tag == "or" and isinstance(words.check, Consent)
        return Read((Any if either else All)((scope.check, words.check)), scope.spans + words.spans)
    if _OR.search(joint) and not _OF_BOTH.search(said):
        return Read(Any((scope.check, words.check)), scope.spans + words.spans)
    # Beside a disease that excludes, words of consent do not leave the rest to the patient's will.
    return Read(All((scope.check, Unread(said))), scope.spans + words.spans)


_OR = Caseless(r"\bor\b|[,;]")
# A clause or a time behind two members may be said of both.
_OF_BOTH = Caseless(r"\b(?:that|which|who|after|before|prior|until|since|during|within|where|causing|leading|resulting|due|because)\b")


def _judgement(tokens: Sequence[Token], checks: Sequence[Token], context: Context) -> Read:
    """Words that ask for an opinion; a disease that is named first still has to be there."""
    if checks and tokens[0].tag == "check" and not any(token.tag in ("or", "and", "slash", "comma", *TURNS) for token in tokens):
        rest = tokens[1:]
        joint = re.search(r"\b(or|and)\W*$", tokens[0].text, re.IGNORECASE)
        if joint is not None and rest:
            opinion = taken(Judgement(clean(context.words(rest))), rest)
            rule = Any if joint[1].casefold() == "or" else All
            return Read(rule((checks[0].value.check, opinion.check)), (*checks[0].value.spans, *opinion.spans))
        if len(checks) == 1 and rest:
            judged = restricted(checks[0].value, Judgement(clean(context.words(rest))), (rest[0].start, rest[-1].end))
            if judged is not None:
                return judged
    needed = limit_and_opinion(tokens, context) or _list_and_situations(tokens, context) or _list_and_opinion(tokens, context) or (necessary(tokens, context) if checks else None)
    return needed or taken(Judgement(clean(context.words(tokens))), tokens)


_ANY_OTHER = pattern_of(r"\W*(?:any )?other\b", re.IGNORECASE)


# "… or psychiatric illness/social situations that would limit compliance": the last of a list, with an opinion of its own.
_SITUATIONS = pattern_of(r"\W*(?:psychiatric|psychological|psychosocial|mental)\b[^,;.]*\bsocial\b[^,;.]*\b(?:that|which) (?:would|could|might|may|can)\b[^;.]*\W*", re.IGNORECASE)


def _list_and_situations(tokens: Sequence[Token], context: Context) -> Read | None:
    at = next((i for i, token in enumerate(tokens) if token.tag == "or" and _SITUATIONS.fullmatch(context.words(tokens[i + 1 :]))), 0)
    before = trimmed(list(tokens[:at])) if at and context.exclusion else []
    if not before or any(token.tag in ("judge", "judge-mod") for token in before):
        return None
    first = segment(before, context)
    if not any(not isinstance(leaf, Unread) for leaf in leaves(first.check)):
        return None
    opinion = taken(Judgement(clean(context.words(tokens[at + 1 :]))), tokens[at + 1 :])
    return Read(Any((first.check, opinion.check)), (*first.spans, *opinion.spans))


def _list_and_opinion(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "heart failure, asthma or any other disease that would preclude participation": what is named, or the opinion."""
    if not context.exclusion:
        return None
    ends = (i for i, token in enumerate(tokens[:-1]) if token.tag == "or" and _ANY_OTHER.match(context.words(tokens[i + 1 :])))
    at = next(ends, 0)
    before, behind = tokens[:at], tokens[at + 1 :]
    if not any(token.tag == "check" for token in before) or any(token.tag not in ("check", *LOOSE) for token in before):
        return None
    if any(token.tag in ("check", *TURNS) for token in behind) or not any(token.tag == "judge" for token in behind):
        return None
    listed, opinion = joined_checks(before, context), taken(Judgement(clean(context.words(behind))), behind)
    return Read(Any((listed.check, opinion.check)), (*listed.spans, *opinion.spans))
