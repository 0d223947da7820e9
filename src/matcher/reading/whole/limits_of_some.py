"""Limits that an inclusion sets for some: by age ("Karnofsky ≥ 50 for patients > 16 years, Lansky ≥ 50 for those ≤ 16"), by what they have, take or do not take."""

from __future__ import annotations

import re
from functools import partial

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
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.tagging.caseless import Caseless

_PEOPLE = r"(?:(?:the|all|any)\s+)*(?:patients?|subjects?|participants?|individuals?|children|adolescents?|adults?|those|persons?)"
_THAN = r"[<>≥≤]\s?=?|over|under|above|below|older than|younger than|at least|more than|less than|greater than(?: or equal to)?|up to"
_YEARS = r"(?:\s*(?:years?|yrs?|y\.?o\.?))?(?:\s*(?:of age|old))?"
_OF_AN_AGE = rf"(?:(?:{_PEOPLE}|who|are|is|aged?|ages|with|an|age|of|if|when)\s+)*(?P<than>{_THAN})?\s*(?:age\s*)?(?P<years>\d{{1,2}})(?:{_YEARS}\s*(?:-|–|to|and)\s*(?P<last>\d{{1,2}}))?{_YEARS}(?P<more>\s+(?:or|and)\s+(?:older|over|above|younger|under|below))?{_YEARS}"
_CLAUSE = Caseless(rf"\W*(?:(?:and|or)\s+)?(?P<limit>[^;]{{4,90}}?\d(?:\s*(?:%|kg(?:/m2|/m²)?|points?|[mk]?g/d?L))?)\s*(?:,?\s*[(\[]\s*(?:(?:for|in|if|when)\s+)?|,?\s*(?:for|in|if|when)\s+){_OF_AN_AGE}\s*[)\]]?(?=\s*(?:[.;,/]|\band\b|\bor\b|$))")
_WHO_MUST = Caseless(rf"\W*(?:for\s+)?(?P<who>{_OF_AN_AGE}|adolescents)\s*(?:,|:|must|should|need to|have to|are required to|'s|(?=body weight|weight|bmi))\s*(?P<limit>[^;,]{{4,80}}?)\W*")
_NOT_TAKING = Caseless(
    rf"\W*(?P<limit>[^;,]{{4,80}}?\d\D{{0,25}}?)\s*[,(\[]?\s*(?:for|in|if)\s+(?:{_PEOPLE}\s+)?(?:who are\s+|is\s+|are\s+)?not\s+(?:currently\s+|chronically\s+)?(?:on|receiving|taking|using|treated with)\s+(?P<drug>[a-z][a-z -]{{4,50}}?)\s*[)\]]?\W*",
    needs=("not ",),
)
_WITH_HISTORY = Caseless(r"\W*(?P<limit>[^;,]{4,80}?\d\D{0,25}?)\s*[,(\[]?\s*(?:for|in|if|when)\s+(?:there is\s+)?(?:patients? with\s+)?(?:an?\s+)?(?:(?:prior|previous|known)\s+)*history of\s+(?P<disease>[a-z][a-z -]{4,50}?)(?:\s+exists)?\s*[)\]]?\W*", needs=("history",))
# A limit for all, and another for those who have something: named before it, behind it, or as an exception.
_WHO = r"(?:(?:the|all|any|a)\s+)*(?:(?:patients?|subjects?|participants?|individuals?|those|persons?|people|adults)\s+)?(?:with|who have|having|has|have|there (?:is|are)|(?P<taking>(?:who are |is |are |currently |chronically )*(?:on|receiving|taking|treated with)))?\s*(?:(?:an?|known|documented|confirmed|underlying|a history of)\s+)*(?P<who>[a-z][a-z' -]{4,60}?)(?:\s+(?:is|are))?(?:\s+(?:present|documented|known|involved))?"
_SETS = r"(?:(?:and|then|a|an|the|values?|levels?|limits?|with|must have|must be|should be|should have|may have|may be|can be|is|are|of|have|has|it|they|which)\s+)"
_LET_IN = r"(?:\s+(?:(?:is|are|will be)\s+)?(?:allowed|acceptable|accepted|permitted|eligible))?"
_ALLOWED = rf"{_LET_IN}\W*"
_THAN_LIMIT = r"(?:[<>≥≤]|=<|up to|at (?:least|most)|no (?:more|greater|higher|less|lower)|not (?:more|exceed)|less|lower|greater|more|higher|below|above)"
_MEASURED = r"(?:anc|alt|ast|alp|sgot|sgpt|h(?:a)?emoglobin|hb|platelets?|(?:total |serum |direct )*bilirubin|creatinine|qtc[fb]?|systolic|e?gfr|inr|wbc|neutrophils?|transaminases?|alkaline)"
_CASE = r"(?:for|in|if|when|with|in (?:the )?(?:presence|case|setting|event) of)"
_SECOND = rf"(?P<second>(?:[a-z](?:[a-z /,-]|\([a-z /-]{{1,12}}\)){{1,60}}?\s*)?{_THAN_LIMIT}[^;<>≥≤]{{0,60}}?\d[^;<>≥≤]{{0,60}}?)"
_ANOTHER = tuple(
    Caseless(pattern)
    for pattern in (
        rf"(?P<first>[^;]{{4,160}}?\d[^;<>≥≤]{{0,60}}?)\s*[;.,(\[]*\s*(?:however,?\s+|but\s+|or\s+|and\s+)?(?:\b(?:for|in|if|when)\s+|(?:(?<=[.;,(\[])|(?<=[.;,] ))(?=(?:patients|subjects|participants|those)\s+with\s)){_WHO}(?:\s*[,:]\s*{_SETS}*|\s+{_SETS}+|\s+(?={_THAN_LIMIT}|{_MEASURED}\b)){_SECOND}{_ALLOWED}",
        rf"(?P<first>[^;]{{4,160}}?\d[^;<>≥≤]{{0,60}}?)\s*(?:[;,.]\s*(?:\b(?:or|and|but)\s+)?|\b(?:or|and|but)\s+){_SECOND}{_LET_IN}\s*,?\s*{_CASE}\s+{_WHO}{_ALLOWED}",
        rf"(?P<first>[^;]{{4,160}}?\d[^;<>≥≤]{{0,60}}?)\s*[(\[]\s*(?:or\s+)?{_SECOND}{_LET_IN}\s*,?\s*{_CASE}\s+{_WHO}\s*[)\]]\W*",
        rf"(?P<first>[^;]{{4,160}}?\d[^;<>≥≤]{{0,60}}?)[\s,;(]*\b(?:unless|except(?: (?:for|in|if))?)\s+{_WHO}\s*[,;]?\s*(?:who|where|for whom|in whom|in (?:which|that|this) case|then)\s*,?\s*{_SETS}*{_SECOND}(?:\s+(?:is|are)\s+(?:required|allowed|acceptable|permitted))?\W*",
    )
)
# Both said: a limit for those without something, and another for those with it.
_NONE = r"[,;(\[]*\s*(?:(?:for|in|if|when|with)\s+)?(?:(?:the|all|any)\s+)*(?:(?:patients?|subjects?|participants?|individuals?|those)\s+)?(?:(?:there (?:is|are)|who (?:have|has)|with|having)\s+)?(?:no|without(?:\s+any)?|(?:the )?absence of|not having|who do not have)\s+(?:(?:evidence|known|documented|demonstrable|of)\s+)*(?P<none>[a-z][a-z' -]{4,50}?)(?:\s+(?:is|are))?(?:\s+(?:present|documented|known))?\s*[)\]]?"
_WITHOUT_OR_WITH = Caseless(rf"(?P<first>[^;]{{4,160}}?\d[^;<>≥≤]{{0,40}}?)\s*{_NONE}\s*[;,.]?\s*(?:(?:and|or|but)\s+)?(?P<second>(?:{_MEASURED}\b[^;<>≥≤\d]{{0,40}}?)?{_THAN_LIMIT}[^;<>≥≤]{{0,60}}?\d[^;<>≥≤]{{0,60}}?){_LET_IN}\s*[,(\[]?\s*{_CASE}\s+{_WHO}\s*[)\]]?{_ALLOWED}", needs=("no ", "without", "absence", "not "))
# Of two limits each has its figure: what every pattern of these needs.
_TWO_LIMITS = Caseless(rf"\D*+\d[\s\S]*?{_THAN_LIMIT}[^;<>≥≤]{{0,60}}?\d")
_IF = Caseless(rf"\W*(?P<first>[^;,]{{4,80}}?\d[^;<>≥≤,]{{0,30}}?)\s*,?\s*[(\[]?\s*\b(?:only\s+)?(?:if|when)\s+{_WHO}\s*[)\]]?\W*", needs=("if ", "when "))
_LEAD = Caseless(r"\W*(?:(?:adequate |baseline )?performance (?:status|score|level)|age|weight)\s*[:–-]\s*")
_NAMES_YEARS = Caseless(r"\b(?:years?|yrs?|age[sd]?|old|older|younger)\b")
_BY_WORD = {"older": "≥", "over": "≥", "above": "≥", "younger": "≤", "under": "≤", "below": "≤"}


def limits_of_some(text: str, read_text: ReadText) -> Check | None:
    """The limits of a whole inclusion, each for those it is set for; None where it says anything else."""
    lead = _LEAD.match(text)
    said = text[lead.end() :] if lead is not None else text
    return _by_age(said, read_text) or _who_must(said, read_text) or _not_taking(said, read_text) or _with_history(said, read_text) or _another_limit(said, read_text) or _only_if(said, read_text) or _one_by_one(said, read_text)


def _one_by_one(said: str, read_text: ReadText) -> Check | None:
    """The limits of a list, of which some are set for some: "bilirubin ≤ 1.5 × ULN; AST ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)"."""
    head = _OF_ORGANS.match(said)
    rest = said[head.end() :] if head is not None else said
    pieces: list[str] = []
    at = held = 0
    for start, end in (*((joint.start(), joint.end()) for joint in _NEXT.finditer(rest)), (len(rest), len(rest))):
        if pieces and not (_HAS_LIMIT.search(rest, at, start) and _HAS_LIMIT.search(pieces[-1])):
            pieces[-1] = rest[held:start]
        else:
            pieces.append(rest[at:start])
            held = at
        at = end
    if len(pieces) < (1 if head is not None else 2) or len(pieces) > _MOST or any(piece.count("(") != piece.count(")") or piece.count("[") != piece.count("]") for piece in pieces):
        return None
    found: list[Check] = []
    for piece in pieces:
        limit = _limit(piece, read_text) or _another_limit(piece, read_text)
        if limit is None:
            return None
        found.append(limit)
    return All(tuple(found)) if len(found) > 1 else found[0]


_MOST = 9  # limits in one list
_OF_ORGANS = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|must|should|have|has|with|the)\s+)*(?:(?:adequate|acceptable|normal|sufficient|satisfactory|good)\s+)?(?:(?:bone|marrow|h(?:a)?ematolog\w+|h(?:a)?ematopoietic|hepatic|liver|renal|kidney|organ|coagulation|and|or)\b[\s,/&]*)+(?:(?:functions?|status|parameters|tests|values|reserve)\b\s*)*"
    r"(?:,?\s*(?:as\s+)?(?:defined|evidenced|indicated|demonstrated|shown|determined|documented|assessed|measured|with)(?:\s+(?:as|by))?(?:\s+(?:all\s+(?:of\s+)?)?(?:the\s+)?following)?)?\s*[:,–-]?\s*(?=\w)",
    needs=("marrow", "ematolog", "ematopoietic", "hepatic", "liver", "renal", "kidney", "organ", "coagulation"),
)
# Where a limit of another value begins.
_NEXT = pattern_of(rf"\s*(?:[;.,]\s*(?:and\s+|-\s+)?|\band\s+)(?=(?:(?:total|serum|absolute|plasma|direct|aspartate|alanine|white|international|estimated|calculated)\s+)*(?:{_MEASURED}|aminotransferase|transaminase|blood cell|normali[sz]ed ratio|albumin|clearance|glomerular)\b)", re.IGNORECASE)
_HAS_LIMIT = pattern_of(r"\d|[<>≥≤]|\bnormal\b|\bULN\b", re.IGNORECASE)


def _by_age(said: str, read_text: ReadText) -> Check | None:
    found: list[Check] = []
    at = 0
    while said[at:].strip(" .;,*"):
        clause = _CLAUSE.match(said, at)
        limit = _limit(_said(said, clause, "limit"), read_text) if clause is not None else None
        scope = _age(clause, read_text) if clause is not None else None
        if clause is None or limit is None or scope is None:
            return None
        found.append(_for_some(scope, limit))
        at = clause.end()
    return (All(tuple(found)) if len(found) > 1 else found[0]) if found else None


def _for_some(scope: Check, limit: Check) -> Check:
    """A limit set for some; behind limits of which one is enough the words may speak of the last one alone, and do of a child's."""
    if not isinstance(limit, Any):
        return When(scope, limit)
    *others, last = limit.parts
    of_the_last = Any((*others, All((scope, last))))
    childs = isinstance(last, Measurement) and "Lansky" in last.term
    return of_the_last if childs else Ambiguous((When(scope, limit), of_the_last))


def _who_must(said: str, read_text: ReadText) -> Check | None:
    """ "Children under 12 must weigh at least 20 kg", "adolescents must weigh ≥ 40 kg"."""
    found = _WHO_MUST.fullmatch(said)
    if found is None:
        return None
    limit = _limit(_said(said, found, "limit"), read_text)
    if found["years"] is None:
        narrow, wide = (_limit_of_age(f"age {low} to {high} years", read_text) for low, high in ((12, 17), (10, 19)))
        return When(Ambiguous((narrow, wide)), limit) if limit is not None and narrow is not None and wide is not None else None
    scope = _age(found, read_text)
    return When(scope, limit) if limit is not None and scope is not None else None


def _not_taking(said: str, read_text: ReadText) -> Check | None:
    found = _NOT_TAKING.fullmatch(said)
    limit = _limit(_said(said, found, "limit"), read_text) if found is not None else None
    taken = read_text(f"current use of {_said(said, found, 'drug')}", "exclusion").check if found is not None and limit is not None else None
    return _for_some(Not(taken), limit) if limit is not None and isinstance(taken, Medication) else None


def _with_history(said: str, read_text: ReadText) -> Check | None:
    found = _WITH_HISTORY.fullmatch(said)
    limit = _limit(_said(said, found, "limit"), read_text) if found is not None else None
    had = read_text(f"history of {_said(said, found, 'disease')}", "exclusion").check if found is not None and limit is not None else None
    return _for_some(had, limit) if limit is not None and isinstance(had, Condition) else None


def _another_limit(said: str, read_text: ReadText) -> Check | None:
    """ "AST ≤ 2.5 × ULN; for patients with liver metastases, up to 5 × ULN": the second is enough, or asked for too, where they have them."""
    said = _SPREAD.sub("liver metastases", said) if "iver" in said or "epatic" in said else said
    if _TWO_LIMITS.match(said) is None:
        return None
    for pattern in (_WITHOUT_OR_WITH, *_ANOTHER):
        found = pattern.fullmatch(said)
        first = read_text(_said(said, found, "first").strip(" ,;("), "inclusion").check if found is not None else None
        who = _whose(found, said, read_text) if found is not None and first is not None and is_whole(first) else None
        terms = {leaf.term for leaf in leaves(first) if isinstance(leaf, Measurement) and leaf.bounds} if first is not None and who is not None else set()
        if found is not None and pattern is _WITHOUT_OR_WITH and who is not None and read_text(_said(said, found, "none"), "exclusion").check != who:
            continue
        if found is None or first is None or who is None or not terms or not all(isinstance(leaf, Measurement) for leaf in leaves(first)):
            continue
        if _STARTS_WITH_SIGN.match(_said(said, found, "second")) is not None and len({leaf.bounds for leaf in leaves(first) if isinstance(leaf, Measurement)}) > 1:
            continue
        others = _other_limits(_said(said, found, "second"), terms, read_text)
        if others and not any(isinstance(part, Not | When) for part in nodes(first)):
            return rewritten(Read(first, ((0, 0),) * sum(1 for _ in leaves(first))), partial(_with_other, others=others, who=who)).check
    return None


def _whose(found: re.Match[str], said: str, read_text: ReadText) -> Check | None:
    """A disease, drug or device of those a limit is for, and nothing else."""
    who = _said(said, found, "who")
    if _NO_FACT.search(who):
        return None
    check = read_text(f"current use of {who}" if found["taking"] else who, "exclusion").check
    known = (Medication,) if found["taking"] else (Condition, Medication, Procedure)
    return check if is_whole(check) and all(isinstance(leaf, known) for leaf in leaves(check)) and not any(isinstance(part, Ambiguous | Not | When) for part in nodes(check)) else None


# A tumor that spread to the liver, however it is said.
_SPREAD = pattern_of(r"\b(?:(?:liver|hepatic)\s+(?:involvement|infiltration)\s+(?:by|with|of|from|due to)\s+(?:the\s+|their\s+)?(?:metasta\w+|(?:solid\s+)?tumou?rs?|cancer)|(?:tumou?r|cancer|metastatic)\s+(?:involvement|infiltration|disease|spread)\s+(?:of|in|to)\s+the\s+liver|metasta(?:ses|sis|tic\s+disease)\s+(?:to|in|of)\s+the\s+liver|(?:liver|hepatic)\s+mets?)\b", re.IGNORECASE)
_NO_FACT = Caseless(r"\b(?:not?|without|unless|normal|due|because|related|secondary|caused|baseline|screening|planned|cohorts?|arms?|groups?)\b")


def _other_limits(said: str, terms: set[str], read_text: ReadText) -> dict[str, Measurement]:
    """The other limits by the name of what they are of: their own, or those of the limits before them."""
    named = _STARTS_WITH_SIGN.match(said) is None
    read = [read_text(text, "inclusion").check for text in ((said,) if named else (f"{term} {said}" for term in sorted(terms)))]
    found = {leaf.term: leaf for check in read for leaf in leaves(check) if isinstance(leaf, Measurement) and leaf.bounds}
    sure = all(is_whole(check) and all(isinstance(leaf, Measurement) and leaf.bounds for leaf in leaves(check)) and not any(isinstance(part, Not | When) for part in nodes(check)) for check in read)
    return found if sure and set(found) <= terms else {}


_STARTS_WITH_SIGN = Caseless(_THAN_LIMIT)


def _with_other(leaf: Check, others: dict[str, Measurement], who: Check) -> Check | None:
    """A limit with the other one of those who have something; nothing where the two cannot be compared."""
    other = others.get(leaf.term) if isinstance(leaf, Measurement) else None
    if other is None or not isinstance(leaf, Measurement) or len(leaf.bounds) != 1 or len(other.bounds) != 1:
        return None
    own, asked = leaf.bounds[0], other.bounds[0]
    if own.op in ("≤", "<") and asked.op in ("≤", "<"):
        looser = asked.number > own.number
    elif own.op in ("≥", ">") and asked.op in ("≥", ">"):
        looser = asked.number < own.number
    else:
        return Ambiguous((leaf, Unread(leaf.term)))
    if own.unit != asked.unit:
        return Any((All((Not(who), leaf)), All((who, other))))
    return Any((leaf, All((who, other)))) if looser else All((leaf, When(who, other)))


def _only_if(said: str, read_text: ReadText) -> Check | None:
    """ "LVEF ≥ 45 % if receiving cyclophosphamide"."""
    found = _IF.fullmatch(said)
    limit = _limit(_said(said, found, "first"), read_text) if found is not None else None
    who = _whose(found, said, read_text) if found is not None and limit is not None else None
    return _for_some(who, limit) if limit is not None and who is not None else None


def _said(said: str, found: re.Match[str], name: str) -> str:
    """A part of what was found, in the letters of the text."""
    return said[slice(*found.span(name))]


def _age(found: re.Match[str], read_text: ReadText) -> Check | None:
    """The age of those a limit is for."""
    if not _NAMES_YEARS.search(found[0]):
        return None
    if found["last"]:
        return _limit_of_age(f"age {found['years']} to {found['last']} years", read_text) if not (found["than"] or found["more"]) else None
    than = _BY_WORD[found["more"].split()[-1].casefold()] if found["more"] else found["than"]
    return _limit_of_age(f"age {than} {found['years']} years", read_text) if than else None


def _limit_of_age(said: str, read_text: ReadText) -> Check | None:
    check = read_text(said, "inclusion").check
    return check if isinstance(check, Age) else None


def _limit(said: str, read_text: ReadText) -> Check | None:
    """A limit on values, and nothing else."""
    read = read_text(said.strip(" ,;("), "inclusion")
    return read.check if is_whole(read.check) and all(isinstance(leaf, Measurement) for leaf in leaves(read.check)) and not isinstance(read.check, Ambiguous | Not) else None
