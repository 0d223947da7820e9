"""Rules for the course of a treatment: its setting, how many lines of it, never treated, and how the patient took it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Allergy,
    Check,
    Medication,
    Not,
    Procedure,
    Statement,
    Window,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.amounts import Found
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Context, Rule, check_token, made
from matcher.reading.term import term_of
from matcher.reading.tokens import Token

_JOINTS = ("comma", "or", "and", "slash")
_COUNTS = {"no": 0, "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SETTING = re.compile(
    r"(?:for|in)(?: the| their| a)?(?P<words>(?: (?:locally|local|advanced|recurrent|relapsed|refractory|metastatic|unresectable|inoperable|or|and|and/or|/))+)"
    r" (?:disease|setting|stage|cancer|carcinoma|tumou?rs?|malignancy)",
    re.IGNORECASE,
)

# Behind a disease: "for HIV-positive patients" says whom, not what for.
_PEOPLE = Caseless(r"\W*(?:patients?|subjects?|participants?|individuals?|persons?|people|women|men|children)\b")


def _set(tokens: Sequence[Token], context: Context) -> Found:
    """ "adjuvant or neoadjuvant chemotherapy": the treatment in each setting; before a procedure it only narrows."""
    last = tokens[-1]
    if last.tag == "proc":
        return [replace(token, tag="degree") if token.tag == "setting" else token for token in tokens]
    found: list[Token] = []
    for token in tokens[:-1]:
        found.append(token if token.tag in _JOINTS else replace(token, tag="drug", value=replace(term_of(last), setting=str(token.value))))
    found[-1] = replace(found[-1], end=last.end)
    return found


def _for_a_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "chemotherapy for metastatic disease", "rituximab for rheumatoid arthritis": given in that setting."""
    if term_of(tokens[0]).setting:
        return None
    said = _SETTING.fullmatch(" ".join(context.words(tokens[1:]).replace("/", " / ").split()))
    conds = [token for token in tokens[1:] if token.tag == "cond"]
    if said is not None:
        setting = " ".join(said["words"].split())
    elif len(conds) == 1 and tokens[1].tag == "for" and tokens[-1] is conds[0] and not any(token.tag in _JOINTS for token in tokens):
        before = [token.text for token in tokens[2:-1]]
        setting = " ".join([*before, term_of(conds[0]).label])
    else:
        return None
    if _PEOPLE.match(context.text, tokens[-1].end):
        return None
    return made("drug", tokens, context, replace(term_of(tokens[0]), setting=setting.casefold() if said else setting))


def _counted(tokens: Sequence[Token], context: Context) -> Found:
    """ "at least two prior lines of chemotherapy": chemotherapy, and the number of lines as it is said where it is not one."""
    drug = next(token for token in tokens if token.tag == "drug")
    least = _least(tokens)
    term = term_of(drug)
    named = _NOUN.search(context.words(tokens))
    noun = f"{named['noun']}s" if named is not None else "courses"
    most = _most(tokens) if least is None else None
    if most is not None and named is not None and not (term.examples or term.dose):
        more = Medication(term.label, "any", setting=term.setting, states=(f"in more than {most} {noun if most > 1 else named['noun']}",))
        return check_token(Not(more), tokens, context)
    if least is None or least < 1:
        return None
    if least > 1:
        term = replace(term, counted=f"in at least {least} {noun}" if named is not None else " ".join(context.words(tokens).split()))
    return [Token("history", tokens[0].start, tokens[0].start, "prior"), *made("drug", tokens, context, term)]


_NOUN = Caseless(r"\b(?P<noun>regimen|line|course|cycle)s?\b")


def _least(tokens: Sequence[Token]) -> int | None:
    """The least number that a count takes in; None where it is a ceiling, or none."""
    op, number = _limit(tokens)
    return number + (op == ">") if number is not None and op in ("≥", ">") else None


def _most(tokens: Sequence[Token]) -> int | None:
    """The greatest number that a ceiling takes in."""
    op, number = _limit(tokens)
    return number - (op == "<") if number is not None and op in ("≤", "<") and number > 0 else None


def _limit(tokens: Sequence[Token]) -> tuple[str, int | None]:
    """The sign and the number of a count."""
    op = "≥"
    number: int | None = None
    for token in tokens:
        if token.tag == "quantity" and len(token.value) == 1 and not token.value[0].unit:
            op, number = token.value[0].op, int(token.value[0].number)
        elif token.tag == "number" and token.value.high is None and not token.value.unit:
            number = int(token.value.low)
        elif token.tag == "w" and token.text.casefold() in _COUNTS and number is None:
            number = _COUNTS[token.text.casefold()]
        elif token.tag in ("cmp", "after"):
            op = str(token.value)
    return op, number


def _naive(tokens: Sequence[Token], context: Context) -> Found:
    """ "antiretroviral-naive", "naive to biologics": never treated with it."""
    drugs = [token for token in tokens if token.tag == "drug"]
    if {token.tag for token in tokens if token.tag in _JOINTS} & {"and", "comma"} and len(drugs) > 1:
        return None
    used: list[Check] = [Medication(term_of(drug).label, "any") for drug in drugs]
    spans = tuple((tokens[0].start, tokens[-1].end) for _ in used)
    return check_token(Not(any_of(used)), tokens, context, spans)


def _took(tokens: Sequence[Token], context: Context) -> Found:
    """ "inadequate response, intolerance or contraindication to methotrexate": any of them, for each treatment named."""
    at = next(i for i, token in enumerate(tokens) if token.tag in ("drug", "proc"))
    heads = [token for token in tokens[:at] if token.tag in ("response", "allergy", "allergy-noun", "contra")]
    named = [token for token in tokens[at:] if token.tag in ("drug", "proc")]
    window = next((token.value for token in tokens if token.tag == "window"), None)
    if not any(head.tag in ("response", "contra") for head in heads) or any(term_of(one).examples or term_of(one).dose for one in named):
        return None
    if window is not None and any(head.tag != "response" for head in heads):
        return None
    joints = {token.tag for token in tokens[at:] if token.tag in _JOINTS}
    if len(named) > 1 and ("and" in joints or joints == {"comma"}):
        return None
    parts = [part for one in named for head in heads for part in _reactions(head, one, window)]
    if not parts:
        return None
    check = any_of(list(dict.fromkeys(parts)))
    return check_token(check, tokens, context, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(check)))


def _who_took(tokens: Sequence[Token], context: Context) -> Found:
    """ "Lymphoma refractory to X", "cancer that has progressed on X": the disease, in a patient who took X so."""
    end = tokens[-1].end
    return [tokens[0], Token("with", end, end, "with")]


_FOLLOWED = "followed by "  # progression or relapse behind a treatment, whatever the response to it was before


def _reactions(head: Token, named: Token, window: Window | None) -> list[Check]:
    term = term_of(named)
    found: list[Check] = []
    said = (str(head.value),)
    if head.tag == "response" and named.tag == "drug":
        taken = Medication(term.label, "" if window else "any", setting=term.setting, window=window)
        found = [replace(taken, states=said) if said[0].startswith(_FOLLOWED) else replace(taken, responses=said)]
    elif head.tag == "response" and said[0].startswith(_FOLLOWED):
        found = [Procedure(term.label, window=window, states=said)]
    elif head.tag != "response" and named.tag == "drug":
        found = [Allergy(term.label)]
    asked: list[Check] = [Statement(f"contraindication to {term.label}")] if head.tag == "contra" else []
    return [*(All((one, Statement(term.counted))) if term.counted else one for one in found), *asked]


_AT_FIRST = Caseless(r"(?:^|[.;:]|\b(?:who|that|patients?|subjects?|participants?|individuals?|currently))\s*$")


def _needs(tokens: Sequence[Token], context: Context) -> Found:
    """ "requires anticoagulants": whoever takes them does; whether anybody else needs them is asked."""
    if tokens[-1].tag == "proc":
        return _needs_support(tokens, context)
    drugs = [token for token in tokens if token.tag == "drug"]
    if not _AT_FIRST.ends(context.text, tokens[0].start) or any(term_of(drug).examples or term_of(drug).dose for drug in drugs):
        return None
    parts: list[Check] = [part for drug in drugs for part in (Medication(term_of(drug).label, "current"), Statement(f"requires {term_of(drug).label}"))]
    return check_token(any_of(parts), tokens, context, ((tokens[0].start, tokens[-1].end),) * len(parts))


def _to_be_done(tokens: Sequence[Token], context: Context) -> Found:
    """ "Biopsy of accessible lesions is required": it may be yet to be done, at screening, or only by those who have the lesions."""
    if context.exclusion or not _REQUIRED.fullmatch(tokens[-1].text) or _DONE_BEFORE.ends(context.text, tokens[0].start):
        return None
    return made("w", tokens, context)


_DONE_BEFORE = Caseless(r"\b(?:prior|previous\w*|past|history of|completed|undergone|had)\s+(?:\w+\s+)?$")
_REQUIRED = Caseless(r"(?:(?:is|are|will be)\s+)?required")


# What goes on for a time: whoever is on it now needs it.
_SUPPORT = Caseless(r"dialysis|ventilat|oxygen|support|hospitali[sz]ation|intubation|replacement therapy|intensive care|cpap|parenteral nutrition|ecmo|hemofiltration")


def _needs_support(tokens: Sequence[Token], context: Context) -> Found:
    """ "requires dialysis": whoever is on it does; whether anybody else needs it is asked."""
    name = term_of(tokens[-1]).label
    if len(tokens) > 4 or not _SUPPORT.search(name) or not _AT_FIRST.ends(context.text, tokens[0].start):
        return None
    parts: list[Check] = [Procedure(name, current=True), Statement(f"requires {name}")]
    return check_token(any_of(parts), tokens, context, ((tokens[0].start, tokens[-1].end),) * 2)


_ANY_CONDITION = Caseless(r"(?:any |an? |other |another |medical |pre-?existing |concurrent |concomitant |underlying |chronic )*(?:conditions?|diseases?|disorders?|illness(?:es)?|indications?|circumstances?)\s+(?:that\s+|which\s+)?requir\w+$")


def _for_any_condition(tokens: Sequence[Token], context: Context) -> Found:
    """ "A condition requiring treatment with X": whatever it is, what is asked is the use of X."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "restrict")
    if not _ANY_CONDITION.match(context.text[tokens[0].start : tokens[at].end]):
        return None
    return [replace(tokens[at], tag="treated", value="current"), *(token for token in tokens[at + 1 :] if token.tag in ("route", "degree", "current"))]


_COUNT = "(quantity|(number|w) after?|cmp (w|number))"
_LINES = "(line|event)"
_SEP = "(comma|or|and|slash)+"
_HEAD = "(response|allergy|allergy-noun|contra)"
_BETWEEN = "(to|of|with|for|use|treated|event)* (history)*"
COURSES = (
    Rule("setting before", f"setting ({_SEP} setting)* (drug|proc)", _set, "setting"),
    Rule("setting behind", "drug (for|in) (degree|or|and|slash|w|event|of)* (cond|w|stage) (?!(comma|or|and|slash)+ (degree|history|current)* cond)", _for_a_disease, "drug"),
    Rule("lines of treatment", f"{_COUNT} (history|degree|of|other)* (line (of)? (history|of)*)+ drug", _counted, "line"),
    Rule("lines behind", f"{_COUNT} (history|degree|of|other)* drug line", _counted, "line"),
    Rule("at least one treatment", "(quantity|cmp (w|number)|number after) (of)? (history|degree|other)* (of)? drug", _counted, "drug"),
    Rule("a line of treatment", "line (of)? (?=(history|of)* drug)", lambda tokens, context: [], "line"),
    Rule("a condition that needs", "(w|degree|other|weak)* (w|cond) restrict (use|of|to|for|current|with|route|degree|event)* (?=drug)", _for_any_condition, "restrict"),
    Rule("needs a treatment", "restrict (event|use|of|to|for|current|with)* drug ((or|slash|comma)+ drug)* (?!and|comma|or|slash|window|lasting|exceptions)", _needs, "restrict"),
    Rule("needs support", "restrict (use|of|to|for|current|with)* proc (?=stop|semicolon|now|at|during|$)", _needs, "restrict"),
    Rule("to be done", "proc (of|in|with|at|on|for|to|w|be|degree|cond|proc|open|close|eg|comma|or|and|slash|weak|place)* restrict (?=stop|for|if|in|$)", _to_be_done, "restrict"),
    Rule("naive", f"(drug naive|naive (to|for|of) drug ({_SEP} drug)*)", _naive, "naive"),
    Rule("a disease that took", f"cond (that|who)* have? (?=response {_BETWEEN} (drug|proc))", _who_took, "response"),
    Rule("contraindicated", f"(history|weak)* ({_HEAD} {_SEP})* contra {_BETWEEN} (drug|proc) ({_SEP} (use|of)* (drug|proc))+", _took, "contra"),
    Rule("took a treatment", f"(history|weak)* {_HEAD} ({_SEP} {_HEAD})* {_BETWEEN} (drug|proc) ({_SEP} (drug|proc))* window?", _took, "response contra"),
)
