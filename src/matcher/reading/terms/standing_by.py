"""Rules for two facts that stand side by side without a joint, and for a length of time behind a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.dates import Span
from matcher.model.language import (
    Age,
    All,
    Any,
    Bound,
    Check,
    Condition,
    Duration,
    Judgement,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    State,
    Window,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.grammar.serology import BY_ANTIBODIES, read_by_antibodies
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_PEOPLE = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|individuals?|volunteers?|adults?|children|adolescents|infants|men|women|males?|females?|who|that|are|is|of|both|sexes|genders?|either|sex|gender)\W+)*")
# What begins the words for an age of people, not for the age at which a disease began.
_AGED = Caseless(r"(?:adults?|patients?|subjects?|participants?|children|adolescents|infants|men|women|males?|females?|boys|girls|aged|age [≥>]|ages)\b")
_JOINED = Caseless(r"(?:\bor|,)\W*$")
_BEGUN = Caseless(r"diagnos|onset|began|since|first|last|start")


def _aged(tokens: Sequence[Token], context: Context) -> Found:
    """ "HIV-infected adults ≥ 18 years", "hospitalized patients aged 18 to 70": the people with that, of that age."""
    fact: Read = tokens[0].value
    people: Read = tokens[-1].value
    between = context.text[tokens[0].end : tokens[-1].start]
    said = list(leaves(people.check))
    if not any(isinstance(leaf, Age) for leaf in said) or not all(isinstance(leaf, Age | Sex) for leaf in said) or not isinstance(people.check, Age | All):
        return None
    if isinstance(fact.check, State) and (fact.check.name != "pregnant" or _JOINED.ends(context.text, tokens[0].start)):
        return None
    if not isinstance(fact.check, Condition | Procedure | State) or _BEGUN.search(tokens[0].text) or not _PEOPLE.fullmatch(f"{between} "):
        return None
    if not _AGED.match(tokens[-1].text) and not _AGED.search(between):
        return None
    return check_token(All((people.check, fact.check)), tokens, context, (*people.spans, *fact.spans))


# Between two facts of the same people: "hospitalized patients with asthma", "asthma patients who are hospitalized".
_PEOPLE_WITH = Caseless(r"\W*(?:adult |pediatric |elderly )?(?:patients?|subjects?|participants?|individuals?|persons?|people|adults?|children|adolescents|infants|wom[ae]n|m[ae]n|females?|males?)\s+(?:with|having|who have|who has|suffering from|diagnosed with|who have been diagnosed with)\s*")
_PEOPLE_WHO = Caseless(
    r"(?:\W+(?:patients?|subjects?|participants?|individuals?|persons?|people|adults?|children|adolescents|infants|wom[ae]n|m[ae]n|females?|males?))?"
    r"\s+(?:(?:who|that)\s+(?:are|is|were|was|have been|had been)\s+(?:currently\s+|already\s+)?(?:(?:on|under|undergoing|receiving|taking|treated with)\s+)?|(?:patients|subjects|participants|individuals|adults|children)\s+(?:currently\s+)?(?:on|under|undergoing|receiving|taking|treated with)\s+)",
)
# Stays of people with a disease: "hospitalized with pneumonia".
_STAYS = frozenset(("hospitalization", "intensive care"))
_WITH_IT = Caseless(r"\s*with\s*")
_PEOPLE_LAST = Caseless(r"\s(patients?|subjects?|participants?|individuals?|adults?)$")
_NOT_HERE = Caseless(r"\b(?:not|no|without|planned|scheduled|awaiting|candidates?|for|after|before|prior|or)\b")


def _same_people(tokens: Sequence[Token], context: Context) -> Found:
    """ "Mechanically ventilated patients with COVID-19", "diabetic patients who are on dialysis": both are asked of one person."""
    first, second = (token.value for token in tokens)
    if not all(isinstance(read.check, Condition | Medication | Procedure) for read in (first, second)) or tokens[0].text[:1] in "-,;":
        return None
    if not (_now(first.check) and _now(second.check)) or _NOT_HERE.search(context.text[tokens[0].start : tokens[-1].end]):
        return None
    lead = tokens[1].text.split(" ")[0]
    behind = context.text[tokens[0].end : tokens[1].start] + (f"{lead} " if lead.casefold() in _LEADING else "")
    people = _PEOPLE_LAST.search(tokens[0].text)
    behind = f" {people[1]}{behind}" if people is not None else behind
    stays = isinstance(first.check, Procedure) and first.check.term in _STAYS and _WITH_IT.fullmatch(behind)
    with_it = isinstance(second.check, Condition) and (stays or _PEOPLE_WITH.fullmatch(f"{behind} "))
    who_are = isinstance(first.check, Condition) and not isinstance(second.check, Condition) and _PEOPLE_WHO.fullmatch(f"{behind.rstrip()} ")
    return check_token(All((first.check, second.check)), tokens, context, (*first.spans, *second.spans)) if with_it or who_are else None


_LEADING = frozenset(("with", "having", "on", "under", "undergoing", "receiving", "taking"))


def _now(fact: Check) -> bool:
    """Whether a fact is said of the present, of no other time."""
    if isinstance(fact, Condition):
        return fact.phase in ("", "active") and fact.window is None and not fact.other_than
    return isinstance(fact, Medication | Procedure) and fact.window is None and not fact.other_than and (fact.current if isinstance(fact, Procedure) else fact.phase == "current")


_WITH = Caseless(r"with\b(?! or without)")


def _denied_with(tokens: Sequence[Token], context: Context) -> Found:
    """ "No bone marrow transplant with total body irradiation": what is denied is the one with the other."""
    denied: Read = tokens[0].value
    second: Read = tokens[-1].value
    if not isinstance(denied.check, Not) or not isinstance(denied.check.part, Condition | Medication | Procedure) or isinstance(second.check, Any | All):
        return None
    if not _WITH.match(context.text[tokens[0].end : tokens[-1].end].lstrip()) or not isinstance(second.check, Condition | Medication | Procedure):
        return None
    return check_token(Not(All((denied.check.part, second.check))), tokens, context, (*denied.spans, *second.spans))


def _lasting(tokens: Sequence[Token], context: Context) -> Found:
    """ "low back pain > 3 months", "type 1 diabetes ≥ 1 year": it has lasted so long; "stroke > 3 months" is no such thing."""
    read: Read = tokens[0].value
    bounds: tuple[Bound, ...] = tokens[1].value
    fact = read.check
    if len(bounds) != 1 or bounds[0].op not in (">", "≥") or context.text[tokens[0].end : tokens[1].start].strip(" ,(") or not isinstance(fact, Condition | Medication):
        return None
    if isinstance(fact, Condition) and fact.phase == "history" and tokens[0].text.casefold().endswith("history"):
        fact = replace(fact, phase="")  # "type 2 diabetes history ≥ 5 years"
    if fact.window is not None or fact.lasting is not None or fact.phase in ("history", "past") or _may_be_an_age(bounds[0]):
        return None
    concept = context.vocabulary.condition(fact.term) if isinstance(fact, Condition) else None
    if isinstance(fact, Condition) and (concept is None or context.vocabulary.event(concept)):
        return None
    lasting = Duration(bounds[0].op, Span(bounds[0].number, bounds[0].unit.rstrip("s")))
    return check_token(replace(fact, lasting=lasting), tokens, context, read.spans)


_YOUNGEST = 6  # years: of fewer, nobody tells whom a trial is for


def _may_be_an_age(bound: Bound) -> bool:
    """Whether a time that stands alone behind a disease may be the age of those who have it: "patients with epilepsy over 16 years"."""
    return bound.unit.startswith("year") and bound.number >= _YOUNGEST


_OR_OLDER = Caseless(r"(?:at least|≥|>=|not less than|no less than|minimum)\W*")


def _at_least_or_older(tokens: Sequence[Token], context: Context) -> Found:
    """ "at least 18 years or older" says it twice."""
    read: Read = tokens[1].value
    ages = [node for node in nodes(read.check) if isinstance(node, Age)]
    if not _OR_OLDER.fullmatch(tokens[0].text) or len(ages) != 1 or [bound.op for bound in ages[0].bounds] != ["≥"] or not isinstance(read.check, Age):
        return None
    return [tokens[1]]


_FORMULA = r"(?:cockc?roft\w*|gault|mdrd|ckd-?epi|schwartz|formulas?|equations?)"
_EITHER_FORMULA = Caseless(rf".*\b{_FORMULA}\b[^.;]*(?:\bor\b|,)[^.;]*\b{_FORMULA}\W+(?:for|if|in)?\W*(?:the\s+)?(?:patients?|subjects?|participants?|those|individuals?|age[ds]?|elderly)?\s*(?:aged?|who are|of)?\W*")


def _formula_by_age(tokens: Sequence[Token], context: Context) -> Found:
    """ "≥ 30 mL/min (Cockcroft, or MDRD for patients older than 65)": how it is worked out at which age; the limit is the same."""
    limit: Read = tokens[0].value
    ages: Read = next(token for token in reversed(tokens) if token.tag == "check").value
    if not all(isinstance(leaf, Measurement) for leaf in leaves(limit.check)) or not isinstance(ages.check, Age):
        return None
    end = next(token.start for token in reversed(tokens) if token.tag == "check")
    if not _EITHER_FORMULA.fullmatch(" ".join(context.text[tokens[0].start : end].split())):
        return None
    return [replace(tokens[0], end=tokens[-1].end)]


_SURVIVES = Caseless(r"surviv|life expectancy|lifespan|prognosis")


def _survival_from(tokens: Sequence[Token], context: Context) -> Found:
    """ "life expectancy > 2 years from screening": from now."""
    read: Read = tokens[0].value
    if not isinstance(read.check, Judgement) or not _SURVIVES.search(read.check.text):
        return None
    return [replace(tokens[0], end=tokens[-1].end)]


def _so_recent(tokens: Sequence[Token], context: Context) -> Found:
    """ "myocardial infarction < 3 months", "major surgery < 4 weeks" among exclusions: so short a time ago."""
    read: Read = tokens[0].value
    fact, bounds = read.check, tokens[1].value
    if not context.exclusion or len(bounds) != 1 or bounds[0].op not in ("<", "≤") or context.text[tokens[0].end : tokens[1].start].strip(" ,("):
        return None
    if isinstance(fact, Condition):
        concept = context.vocabulary.condition(fact.term)
        if concept is None or not context.vocabulary.event(concept) or fact.window or fact.lasting:
            return None
    elif not isinstance(fact, Procedure) or fact.window or fact.current or not _DONE_AT_ONCE.search(fact.term):
        return None
    return check_token(replace(fact, window=Window(Span(bounds[0].number, bounds[0].unit.rstrip("s")))), tokens, context, read.spans)


_DONE_AT_ONCE = Caseless(r"surger|transplant|ectomy|plasty|biopsy|bypass|stent|intervention|implant|resection|vaccination|puncture|scopy|repair|replacement|amputation|revasculari")
_SET = frozenset(("onset", "performed", "administered", "administrated", "given", "received", "conducted", "placed", "implanted", "done", "undergone", "occurring", "occurred"))


def _timed(tokens: Sequence[Token], context: Context) -> Found:
    """ "stroke onset within five months", "radiotherapy administered within 21 days"."""
    read: Read = tokens[0].value
    fact = read.check
    if tokens[1].text.casefold() not in _SET or not isinstance(fact, Condition | Medication | Procedure) or fact.window is not None or getattr(fact, "current", False):
        return None
    if isinstance(fact, Condition) and tokens[1].text.casefold() != "onset" and "occurr" not in tokens[1].text.casefold():
        return None
    if isinstance(fact, Condition) and ((concept := context.vocabulary.condition(fact.term)) is None or not context.vocabulary.event(concept)):
        return None
    return check_token(replace(fact, window=tokens[2].value), tokens, context, read.spans)


_CLASSES = frozenset(("status", "disease", "classification", "symptoms", "stage", "class", "category"))


_NOW = frozenset(("concomitantly", "currently", "concurrently", "regularly", "chronically", "presently"))


def _said_after(tokens: Sequence[Token], context: Context) -> Found:
    """ "NYHA class III/IV status", "Child-Pugh class C disease", "taking phenytoin concomitantly": the last word says nothing more."""
    check, word = tokens[0].value.check, tokens[1].text.casefold()
    of_class = word in _CLASSES and isinstance(check, Measurement) and bool(check.words) and context.vocabulary.measure(check.term) is not None
    if word == "status" and isinstance(check, State):
        return [replace(tokens[0], end=tokens[-1].end)]
    taken_now = word in _NOW and isinstance(check, Medication) and check.phase == "current"
    return [replace(tokens[0], end=tokens[-1].end)] if of_class or taken_now else None


def _and_more(tokens: Sequence[Token], context: Context) -> Found:
    """ "age 35+ years", "CDR 1.0+": that or more."""
    read: Read = tokens[0].value
    fact = read.check
    if not isinstance(fact, Age | Measurement) or len(fact.bounds) != 1 or fact.bounds[0].op not in ("≥?", "=") or context.text[tokens[0].end : tokens[1].start].strip():
        return None
    if isinstance(fact, Measurement) and fact.bounds[0].unit:
        return None
    more = replace(fact, bounds=(replace(fact.bounds[0], op="≥"),))
    return check_token(more, tokens, context, ((tokens[0].start, tokens[-1].end),))


_FOUND_IN_BLOOD = frozenset(("serology", "serologies", "pcr", "virus", "swab"))


def _positive(tokens: Sequence[Token], context: Context) -> Found:
    """ "positive hepatitis B or C serology": having it."""
    fact = next(token for token in tokens if token.tag == "check")
    read: Read = fact.value
    parts = read.check.parts if isinstance(read.check, Any) else (read.check,)
    infections = all(isinstance(part, Condition) and not part.states and ("hepatitis" in part.term or "HIV" in part.term or "COVID" in part.term) for part in parts)
    if not infections or any(token.tag == "w" and token.text.casefold() not in _FOUND_IN_BLOOD for token in tokens):
        return None
    if str(tokens[0].value) != "positive":
        return None
    told = read_by_antibodies(read) if BY_ANTIBODIES.search(context.words(tokens)) else read
    return [replace(fact, start=tokens[0].start, end=tokens[-1].end, value=told)]


SIDE_BY_SIDE = (
    Rule("that or more", "check plus (time-unit|of-age)? (?=stop|semicolon|comma|and|with|$)", _and_more, "plus"),
    Rule("positive serology", "result check w? (?=stop|semicolon|comma|or|and|close|$)", _positive, "result"),
    Rule("survival from now", "check (from|at|after) event", _survival_from, "event"),
    Rule("noun or adverb behind a fact", "check (level|w) (?=stop|semicolon|comma|or|and|close|$)", _said_after, "level w"),
    Rule("formula by age", "check (open (method|comma|or|w)+ (for|if|in) check close|(for|if|in) check)", _formula_by_age, "for if in"),
    Rule("people of an age", "check check", _aged, "check"),
    Rule("two facts of the same people", "check check (?=stop|semicolon|$)", _same_people, "check"),
    Rule("denied with", "check with? check (?=stop|semicolon|$)", _denied_with, "check"),
    Rule("so recent", "check span (?=stop|semicolon|close|comma|or|of|$)", _so_recent, "span"),
    Rule("timed behind a word", "check w window (?=stop|semicolon|close|comma|or|$)", _timed, "window"),
    Rule("lasting behind", "check span (?=stop|semicolon|close|comma|$)", _lasting, "span"),
    Rule("at least or older", "cmp check", _at_least_or_older, "cmp"),
)
