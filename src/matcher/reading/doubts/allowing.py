"""A criterion that only allows something: "prior surgery is allowed", "inhaled steroids may be used".

Nobody is asked to have what is allowed, and nobody is kept out for it: the check holds with and without it. Where the
words say under which condition it is allowed, or allow a part of it only, they concern those who have it and stay unread.
"""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Leaf,
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
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import beside
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.simpler_words import simpler

_SIGNS = ("allow", "permit", "permissible", "acceptable", "eligible", "may ", "can ", "not exclu", "not be exclu", "not an exclusion", "not a reason")
_NOTE = r"\W*(?:note\W+|n\.?b\.?\W+|however,?\s+|\d{1,2}[.)]\s*)?"
_ALLOWED = Caseless(
    rf"{_NOTE}(?P<subject>\S.*?),?\s+(?:(?:(?:is|are|was|were|will be|would be|may be|can be|remains?)\s+)?(?:also\s+|still\s+)?(?:allowed|permitted|acceptable|permissible|allowable)|"
    r"(?:(?:is|are|will)\s+)not\s+(?:be\s+)?(?:excluded|exclusionary|an exclusion(?:\s+criteri(?:on|a))?|a reason for exclusion))\b(?P<tail>.*)",
    needs=("not", "allowed", "allowable", "permitted", "acceptable", "permissible"),
)
_MAY_HAVE = Caseless(
    rf"{_NOTE}(?:the\s+|all\s+)?(?:patients?|subjects?|participants?|individuals?|women|men)?\s*(?:may|(?:are|is|will be)\s+(?:allowed|permitted)\s+to)\s+(?:also\s+|still\s+)?"
    r"(?:have(?=\s+(?:any\s+)?(?:prior|previous)\s)|have\s+(?:also\s+|previously\s+)?(?:had|received|undergone|been treated with|been exposed to|been on|been taking)|be (?:receiving|on|taking|using|treated with)|receive|remain on|stay on|continue (?:to (?:receive|take|use)|on|taking|receiving|using)|take|use)\s+(?P<subject>\S.*?)(?P<tail>\s*(?:,(?!\s*[\w-]+(?:\s+[\w-]+)?,?\s+(?:or|and)\s+[\w-]+(?:\s+[\w-]+)?[\s.]*$)|\(|\b(?:if|provided|as long as|so long as|when|unless|until|but|in the absence)\b).*)?",
)
_LETS_IN = Caseless(rf"{_NOTE}(?:patients?|subjects?|participants?|individuals?|women|men|those|people|adults)\s+(?P<subject>(?:with|on|receiving|taking|treated with|who (?:have|had|are|received|take))\s+\S.*?)\s+(?:(?:are|is|will be|may be|can be|remain)\s+(?:also\s+|still\s+)?(?:eligible|enrolled|included)|(?:may|can)\s+(?:also\s+|still\s+)?(?:participate|enrol\w*))\b(?P<tail>.*)")
# What denies, caps, points elsewhere, or allows one thing in the place of another.
_NO_LEAVE = Caseless(
    r"\b(?:no|not|only|never|neither|nor|none|nothing|without|except\w*|excluding|exclud\w+|other than|apart from|unless|if|must|should|shall|required?|maximum|up to|at most|at least|more than|less than|fewer|instead|"
    r"either|following|ineligible|but|which|that|whose|whom|any other|these|those|such|above|below|limited)\b|[:;<>≥≤]|(?<![\w(-])\d+(?![\w-])|[.]\s",
)
_EMPTY = Caseless(r"[\s.;,)]*|\s*(?:(?:in|on|during|for|to (?:enter|participate in|enrol+ in)|at)\s+(?:this |the |entry in(?:to)? (?:this|the) |study )?(?:study|trial|entry|enrol+ment|participation|baseline|screening|protocol)[\s.;]*)")
# What begins a condition under which something is allowed, and what asks for something else behind it.
_CONDITIONAL = Caseless(r"[\s,(]*(?:if|provided|providing|as long as|so long as|when|where|only|after|once|unless|until|prior to|before|up to|at|on|with|without|within|for|in|during|but (?:must|should|only)|following|to|except|≥|>|<|≤)")
_ASKS_BESIDE = Caseless(r"[.;]\s+\S|(?:\b(?:but|and|or)|,)\s+(?:no|not|never)\b")
# What says no more than that nobody has to.
_NOT_REQUIRED = Caseless(r"[\s,]*(?:and|but)\s+(?:(?:is|are)\s+)?(?:not\s+(?:required|mandatory|necessary|obligatory)|optional|recommended|encouraged|do(?:es)? not require)\b[^.;:<>≥≤]*[\s.;]*", needs=("not ", "optional", "recommended", "encouraged"))
# A disease that comes beside the one of the trial, so that who has it is let in and nobody is asked for it.
_BESIDE = frozenset(("brain metastases", "central nervous system metastases", "leptomeningeal disease", "leptomeningeal metastases", "Gilbert syndrome"))
_HAD_BEFORE = Caseless(r"\W*with\s+(?:an?\s+|any\s+)?(?:known\s+|past\s+)?(?:histor(?:y|ies) of|prior|previous(?:ly treated)?|concurrent|co-?existing|concomitant)\s(?!.*\b(?:for|after|surger\w*|treatment|therap\w*)\b)")
_LINES = Caseless(r"(?:up to |at most |no more than |a maximum of )?(?:one|two|three|1|2|3)\b.*\b(?:lines?|regimens?|courses?)\b.*")

# Words that make a disease a part of its kind: the rest of its kind may not be allowed.
_QUALIFIED = Caseless(
    r"\b(?:(?:un)?controlled|(?:de)?compensated|stable|(?:un)?treated|mild|moderate|minor|a?symptomatic|resolved|inactive|active|latent|early|low|localized|non-?\w+|occult|incidental|adequately|curatively|successfully|"
    r"completely|surgically|medically|remote|distant|prior|previous|history|past|benign|superficial|newly|well|partial\w*|small|unilateral|isolated|limited|grade|stage)\b",
)


def with_leave(read: Read, text: str, kind: str, read_text: ReadText) -> Read:
    """What a criterion that was not read allows; as it was where it allows nothing, or asks for something besides."""
    first = read.check.readings[0] if isinstance(read.check, Ambiguous) else read.check
    if not isinstance(first, Unread) or "\n" in text.strip() or not any(map(text.lower().__contains__, _SIGNS)):
        return read
    special = _special(text.strip(), kind, read_text)
    if special is not None:
        return Read(special, ((0, len(text)),) * sum(1 for _ in leaves(special)))
    for pattern in (_ALLOWED, _MAY_HAVE, _LETS_IN):
        found = pattern.fullmatch(text.strip())
        if found is not None:
            check = _allowed(found, text.strip(), kind, read_text, lets_in=pattern is _LETS_IN)
            return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check))) if check is not None else read
    return read


def _allowed(found: re.Match[str], text: str, kind: str, read_text: ReadText, *, lets_in: bool) -> Check | None:
    """What the words before or behind the leave say, and of whom it is asked nothing."""
    subject, tail = text[slice(*found.span("subject"))].strip(), text[found.start("tail") : found.end("tail")] if found["tail"] else ""
    if kind == "inclusion" and _LINES.match(subject) and _EMPTY.fullmatch(tail):
        return _capped(subject, read_text)
    if _NONE.match(subject) and _EMPTY.fullmatch(tail) and not lets_in:
        forbidden = _forbidden(subject, kind, read_text)
        return None if forbidden is not None and _LATER.search(tail) and any(map(_gone_by, leaves(forbidden))) else forbidden
    if subject.count("(") != subject.count(")"):
        return None
    plain, rest = (simpler(_LISTED.without(_OF_ANY_NUMBER.without(subject)), kind), _LISTED.without(tail)) if kind == "inclusion" and not lets_in else (subject, tail)
    freely = _leave(plain, rest, text, kind, read_text, lets_in=lets_in) if (plain, rest) != (subject, tail) else None
    return freely if isinstance(freely, Any) else _leave(subject, tail, text, kind, read_text, lets_in=lets_in)


def _leave(subject: str, tail: str, text: str, kind: str, read_text: ReadText, *, lets_in: bool) -> Check | None:
    """What is allowed, with and without it, or only under what stands behind."""
    if _NO_LEAVE.search(subject):
        return _of_a_part(subject, tail, text, kind, read_text) if not lets_in or kind == "exclusion" else None
    read = read_text(subject, "exclusion")
    inner = read.check
    if " and " in subject and any(isinstance(node, All | Ambiguous) for node in nodes(inner)):
        inner = read_text(subject.replace(" and ", " or "), "exclusion").check  # of two that are allowed each is
    if any(isinstance(node, Any) and any(isinstance(part, Unread) for part in node.parts) for node in nodes(inner)):
        return None
    inner = inner.readings[0] if isinstance(inner, Ambiguous) and _of_one_treatment(inner) else inner
    facts = [leaf for leaf in leaves(inner) if not isinstance(leaf, Unread)]
    if kind == "inclusion" and not lets_in and all(isinstance(leaf, Statement) for leaf in facts) and _EMPTY.fullmatch(tail) and _HAD.fullmatch(subject):
        return Any((Sex("female"), Sex("male")))  # whatever it is, it is asked of nobody
    if kind == "inclusion" and not lets_in and _NOT_REQUIRED.fullmatch(tail):
        tail = ""
    some = Leaf | Any | All | Ambiguous if kind == "inclusion" else Leaf | Any | All
    if not facts or not all(isinstance(leaf, Condition | Medication | Procedure) for leaf in facts) or not all(isinstance(node, some) for node in nodes(inner)):
        return None
    if any(isinstance(leaf, Condition) and (leaf.stages or _QUALIFIED.search(leaf.term)) for leaf in facts):
        return None
    if "," in subject and {isinstance(leaf, Condition) for leaf in facts} == {True, False}:
        return None  # "asthma, inhaled steroids allowed": perhaps the disease is asked for
    whole = len(facts) == sum(1 for _ in leaves(inner)) and not any(isinstance(node, All | Ambiguous) for node in nodes(inner))
    scope, words = any_of(list(dict.fromkeys(map(_broad, facts)))), Unread(clean(text))
    if lets_in and kind == "inclusion":
        besides = all(isinstance(leaf, Condition) and (leaf.term in _BESIDE or _HAD_BEFORE.match(subject)) for leaf in facts)
        if besides and _UNDER_CONDITION.match(tail) and not _ASKS_BESIDE.search(_BRACKETS.sub(" ", tail)):
            return When(scope, words)
        return _in_doubt(inner if _EMPTY.fullmatch(tail) else When(scope, words), words) if whole else None
    bare = all(map(_bare, facts)) and not (any(isinstance(leaf, Condition) for leaf in facts) and _QUALIFIED.search(subject))
    if whole and bare and _EMPTY.fullmatch(tail):
        return _either_way(inner, kind)
    if not (_EMPTY.fullmatch(tail) or _CONDITIONAL.match(tail) or (kind == "inclusion" and _of_those_only(tail))) or _ASKS_BESIDE.search(_BRACKETS.sub(" ", tail)):
        return None
    if any(isinstance(node, Ambiguous) for node in nodes(inner)) and not _at_its_head(read, subject):
        return None
    return When(scope, words) if kind == "inclusion" else All((scope, words))


def _of_one_treatment(check: Ambiguous) -> bool:
    """Whether the readings are of one treatment, with and without what may be no part of it: with leave for it, it is all the same."""
    first = check.readings[0]
    return isinstance(first, Medication) and not first.other_than and all(isinstance(one, Medication) and replace(one, other_than=()) == first for one in check.readings)


# How many there may be, and the examples or members of what is allowed: it is asked of nobody all the same.
_OF_ANY_NUMBER = Caseless(r"^\W*(?:multiple|any (?:number|amount) of|an? unlimited number of|unlimited)\s+(?=(?:prior|previous)\b)|(?<=therapy)\s+(?:regimens?|treatments|lines|courses)$", needs=("multiple", "any ", "unlimited", "therapy "))
_LISTED = Caseless(r"\s*\((?!or\b)(?!.*\b(?:to|of|in|with|who|except\w*|excluding|but|only|not|no|non|unless|other|if|must|should|within|up|than|at|for|after|before|prior|last|completed|stable|low|dose)\b)(?!.*\s\d)[a-z][^()<>≤≥]*\)", needs=("(",))
# Another line that ran into this one.
_OF_ALL = Caseless(r"(?:\band|,)\s+(?:(?:all|the|any)\s+)?(?:patients?|subjects?|participants?|individuals?|they|women|men)\b|\b(?<!not )(?:required|mandatory|necessary)\b")
_RUN_ON = pattern_of(r"(?<=[a-z] )[A-Z][a-z]{3,} [a-z]+ ")
_LEADS = pattern_of(
    r"\W*(?:(?:any number of|any|all|other|prior|previous|past|earlier|concurrent|concomitant|continued|ongoing|current|(?:the )?use of|treatment with|therapy with|administration of|exposure to|participation in|history of|a|an|the|stable|low-?|high-?|doses?|dose of|of|"
    r"patients|participants|subjects|individuals|women|men|people|those|adults|who|have|has|had|with|known|primary|regimens?|courses?|cycles?|lines?|standard|systemic|topical|inhaled|oral|intravenous|asymptomatic|treated|untreated|controlled|curatively|adequately|previously|and|or|and/or|/)[\s,-]*)*",
    re.IGNORECASE,
)


def _of_those_only(tail: str) -> bool:
    """Whether words behind a leave are said of those who have what is allowed, and ask nothing of everybody."""
    return _UNLESS_ANEW.match(tail) is not None and not _OF_ALL.search(tail) and not _RUN_ON.search(tail)


def _at_its_head(read: Read, subject: str) -> bool:
    """Whether what is allowed begins with what was read of it, where there is another reading of it."""
    starts = [start for leaf, (start, _) in zip(leaves(read.check), read.spans, strict=True) if not isinstance(leaf, Unread)]
    return bool(starts) and _LEADS.fullmatch(subject[: min(starts)]) is not None


_BRACKETS = pattern_of(r"\([^()]*\)?")
_UNDER_CONDITION = Caseless(r"[\s,(]*(?:only\s+)?(?:if|provided|providing|as long as|so long as|unless)\b")
# Whatever stands behind what is allowed is said of those who have it, but where a demand on everybody begins.
_UNLESS_ANEW = Caseless(r"(?![\s,;]*(?:and|or|but)?\s*(?:must|should|shall|will|patients?|subjects?|participants?|adequate|ecog|age|able|willing|written|signed)\b)(?:\s*[,(]\s*\w|\s+(?:if|provided|providing|as|so|when|where|only|after|once|unless|until|prior|before|up|at|on|with|without|within|for|in|during|following|to|except|excluding|and|but|however|although|though|because|since|per|regardless|≥|>|<|≤))")
# A treatment of any name that somebody has had, or has, and that nothing narrows.
_HAD = Caseless(
    r"(?:(?:any number of|any|other|use of|treatment with)\s+)*(?:prior|previous|concurrent|concomitant|earlier|past)(?:(?:/|\s+(?:or|and)\s+)(?:prior|previous|concurrent|concomitant))?\s+"
    r"(?!.*\b(?:to|for|after|with|in|at|of|from|as|by|on|during|before|within|since|through|stable|low|high|small|limited|local\w*|single|one|two|patients?|subjects?|participants?|dose|doses|lesions?|disease|cancer|tumou?rs?|malignanc\w+|metasta\w+|infections?|sites?)\b)"
    r"(?:[\w-]+(?:/[\w-]+)?\s*,?\s*){1,8}",
)
# "No surgery will be permitted during the study": what was done before it counts for nothing.
_LATER = Caseless(r"\b(?:during|in|on)\s+(?:this |the )?(?:study|trial|participation|protocol)\b")


def _gone_by(leaf: Check) -> bool:
    """Whether a treatment that is told of may be one of the past."""
    return (isinstance(leaf, Procedure) and not leaf.current) or (isinstance(leaf, Medication) and leaf.phase != "current")


# In what is allowed of a kind: what denies all of it, or may name something else beside it.
_NEVER = Caseless(r"^\W*(?:no|not|only|neither|none|never|without)\b|\b(?:only|but|except\w*|excluding|other than|apart from|unless|either|instead|ineligible|these|those|such|above|below|following|must|should|if|or|and)\b|[:;,]|[.]\s")


def _of_a_part(subject: str, tail: str, text: str, kind: str, read_text: ReadText) -> Check | None:
    """ "Prior malignancies without recurrence for 5 years are allowed": a rule for those who had one."""
    if _NEVER.search(subject) or not (_EMPTY.fullmatch(tail) or _CONDITIONAL.match(tail)) or _ASKS_BESIDE.search(tail):
        return None
    inner = read_text(subject, "exclusion").check
    first = inner.parts[0] if isinstance(inner, All) else inner
    if not isinstance(first, Condition | Medication | Procedure) or (isinstance(first, Condition) and (first.stages or _QUALIFIED.search(first.term))):
        return None
    scope, words = _broad(first), Unread(clean(text))
    return When(scope, words) if kind == "inclusion" else All((scope, words))


# "A female subject is eligible to participate if she is not pregnant".
_ELIGIBLE_IF = Caseless(
    r"\W*(?P<who>(?:an?\s+|the\s+|all\s+)?(?:females?|women|woman|males?|men)\b[^,.;()]{0,60}?)\s+(?:is|are|was|were|will be)\s+(?:only\s+)?eligible(?:\s+(?:to|for)\s+[^,.;()]{3,60}?)?\s+(?:only\s+)?if\s+(?:she|they|he)\s+(?P<rule>\S.*)"
)
# In brackets: how it is known that she is not pregnant.
_HOW_KNOWN = pattern_of(r"\([^()]*(?:pregnan|gonadotro|hcg)[^()]*(?:\[[^()\[\]]*\][^()]*)?\)", re.IGNORECASE)
_NOT_SPECIFICALLY = Caseless(r"(?P<subject>\S.*?)\s+(?:that (?:is|are) )?not (?:specifically|otherwise|explicitly) (?:allowed|permitted)(?:[^.;]*)[.;\s]*", needs=("not ",))


def _special(text: str, kind: str, read_text: ReadText) -> Check | None:
    """Who of one sex is eligible, and what is not specifically allowed."""
    found = _ELIGIBLE_IF.fullmatch(text) if kind == "inclusion" else None
    if found is not None:
        scope, rule = read_text(text[slice(*found.span("who"))], kind).check, read_text(_HOW_KNOWN.sub(" ", text[slice(*found.span("rule"))]), kind).check
        sexes = [leaf for leaf in leaves(scope) if isinstance(leaf, Sex)]
        return When(scope, rule) if sexes and all(isinstance(leaf, Sex | State) for leaf in leaves(scope)) and not isinstance(rule, Unread) else None
    found = _NOT_SPECIFICALLY.fullmatch(text) if kind == "exclusion" else None
    if found is None:
        return None
    inner = read_text(text[slice(*found.span("subject"))], kind).check
    facts = list(leaves(inner))
    if not all(isinstance(leaf, Condition | Medication | Procedure) for leaf in facts) or any(isinstance(node, Not | Ambiguous) for node in nodes(inner)):
        return None
    return All((inner, Unread(clean(text[found.end("subject") :]).strip(" .;"))))


def _in_doubt(check: Check, words: Unread) -> Check:
    """Who is "eligible" may be who is asked for, or who is let in besides."""
    return beside(Read(words, ((0, 0),)), [Read(check, ((0, 0),) * sum(1 for _ in leaves(check)))]).check


_NONE = pattern_of(r"No (?!other\b|more\b)", re.IGNORECASE)


def _forbidden(subject: str, kind: str, read_text: ReadText) -> Check | None:
    """ "No brain metastasis is allowed": a denial, and among exclusions what excludes."""
    check = read_text(subject, "inclusion").check
    if not isinstance(check, Not) or any(isinstance(leaf, Unread) for leaf in leaves(check)):
        return None
    return check if kind == "inclusion" else check.part


def _either_way(check: Check, kind: str) -> Check:
    """What holds of everybody in an inclusion, of nobody in an exclusion."""
    return Any((check, Not(check))) if kind == "inclusion" else All((check, Not(check)))


def _capped(subject: str, read_text: ReadText) -> Check | None:
    """ "Up to two prior lines" are a cap; "one prior line" may be one, or only be allowed."""
    for said in (subject, f"no more than {subject}"):
        check = read_text(said, "inclusion").check
        if isinstance(check, Not) and isinstance(check.part, Medication) and check.part.states:
            return check if said == subject else Ambiguous((_either_way(replace(check.part, states=()), "inclusion"), check))
    return None


def _bare(fact: Check) -> bool:
    """Whether a fact has no part that says which of its kind is allowed, but the route or setting of a treatment."""
    match fact:
        case Condition(states=states, stages=stages, confirmed_by=found, other_than=exempts, window=window, lasting=lasting):
            return not (states or stages or found or exempts or window or lasting)
        case Medication(dose=dose, responses=responses, other_than=exempts, window=window, lasting=lasting, stable_for=stable, states=states):
            return not (dose or responses or exempts or window or lasting or stable or states)
        case Procedure(other_than=exempts, window=window, findings=findings, states=states):
            return not (exempts or window or findings or states)
    return False


def _broad(fact: Check) -> Check:
    """Everything of the kind of a fact, whenever it was."""
    match fact:
        case Condition(term):
            return Condition(term, "history")
        case Medication(term):
            return Medication(term, "any")
        case Procedure(term):
            return Procedure(term)
    return fact
