"""Rules for the course of a treatment: its setting, never treated with it, and how the patient took it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Allergy,
    Any,
    Check,
    Condition,
    Medication,
    Not,
    Procedure,
    Statement,
    Window,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import JOINTS, nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Rule, check_token, made
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.given_for import ARTICLES, TREATING
from matcher.reading.terms.lines_of_therapy import COUNTED_LINES, setting_said

# Behind a disease: "for HIV-positive patients" says whom, not what for.
_PEOPLE = Caseless(r"\W*(?:patients?|subjects?|participants?|individuals?|persons?|people|women|men|children)\b")


def _set(tokens: Sequence[Token], context: Context) -> Found:
    """ "adjuvant or neoadjuvant chemotherapy": the treatment in each setting; before a procedure it only narrows."""
    last = tokens[-1]
    if last.tag == "proc":
        return [replace(token, tag="degree") if token.tag == "setting" else token for token in tokens]
    found: list[Token] = []
    for token in tokens[:-1]:
        found.append(token if token.tag in JOINTS else replace(token, tag="drug", value=replace(term_of(last), setting=str(token.value))))
    found[-1] = replace(found[-1], end=last.end)
    return found


def _for_a_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "chemotherapy for metastatic disease", "rituximab for the treatment of relapsed or refractory lymphoma": given in that setting."""
    if term_of(tokens[0]).setting:
        return None
    said = setting_said(context.words(tokens[1:]))
    conds = [token for token in tokens[1:] if token.tag == "cond"]
    if said:
        setting = said
    elif len(conds) == 1 and tokens[1].tag == "for" and tokens[-1] is conds[0] and _only_of_degrees(tokens[2:]):
        before = [token.text for token in tokens[2:-1] if token.tag != "head"]
        setting = ARTICLES.without(" ".join([*before, term_of(conds[0]).label]), "")
    else:
        return None
    if _PEOPLE.match(context.text, tokens[-1].end):
        return None
    return made("drug", tokens, context, replace(term_of(tokens[0]), setting=setting))


def _only_of_degrees(tokens: Sequence[Token]) -> bool:
    """Whether what stands before the disease is "the treatment of" it and words that narrow it, a joint only between two of those."""
    if any(token.tag == "head" and (i or not TREATING.fullmatch(token.text)) for i, token in enumerate(tokens)):
        return False
    return all({before.tag, after.tag} == {"degree"} for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False) if token.tag in JOINTS) and tokens[0].tag not in JOINTS and (len(tokens) < 2 or tokens[-2].tag not in JOINTS)


def _noun_before_for(tokens: Sequence[Token], context: Context) -> Found:
    """ "capecitabine treatment for breast cancer": capecitabine for it."""
    head = tokens[1]
    if not TREATING.fullmatch(head.text) or " for" not in head.text.casefold():
        return None
    end = head.start + head.text.casefold().index(" for")
    return [replace(tokens[0], end=end), Token("for", end + 1, head.end, "for")]


def _naive(tokens: Sequence[Token], context: Context) -> Found:
    """ "antiretroviral-naive", "naive to biologics": never treated with it."""
    drugs = [token for token in tokens if token.tag == "drug"]
    if {token.tag for token in tokens if token.tag in JOINTS} & {"and", "comma"} and len(drugs) > 1:
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
    joints = {token.tag for token in tokens[at:] if token.tag in JOINTS}
    routes = tuple(str(token.value) for token in tokens[:at] if token.tag == "route")
    if routes and (len(named) > 1 or any(head.tag != "response" for head in heads)):
        return None
    if len(named) > 1 and ("and" in joints or joints == {"comma"}):
        return None
    parts = [part for one in named for head in heads for part in _reactions(head, one, window)]
    if not parts:
        return None
    parts = [replace(part, routes=routes) if isinstance(part, Medication) else part for part in parts] if routes else parts
    check = any_of(list(dict.fromkeys(parts)))
    return check_token(check, tokens, context, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(check)))


def _who_took(tokens: Sequence[Token], context: Context) -> Found:
    """ "Lymphoma refractory to X", "cancer that has progressed on X": the disease, in a patient who took X so."""
    end = tokens[-1].end
    return [tokens[0], Token("with", end, end, "with")]


_NOT_BORNE = Caseless(r"(?:unable to|inability to|cannot|can not|could not|did not|does not|do not|not able to) tolerate")


def _not_tolerated(tokens: Sequence[Token], context: Context) -> Found:
    """ "Unable to tolerate methotrexate": intolerant to it."""
    at = next(i for i, token in enumerate(tokens) if token.text.casefold() == "tolerate" or i == len(tokens) - 1)
    if not _NOT_BORNE.fullmatch(context.words(tokens[: at + 1])):
        return None
    return made("allergy", tokens, context)


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
    counted = Statement(term.allergies())
    if term.counted.endswith(" drugs"):  # each of them was of no avail
        found = [replace(one, states=(term.counted,)) if isinstance(one, Medication) and not one.states else All((one, counted)) for one in found]
    elif term.counted:
        found = [All((one, counted)) for one in found]
    return [*found, *asked]


_AT_FIRST = Caseless(r"(?:^|[.;:]|\([^()]*\d[^()]*\b(?:or|and/or)|\b(?:who|that|patients?|subjects?|participants?|individuals?|currently))\s*$")


def _needs(tokens: Sequence[Token], context: Context) -> Found:
    """ "requires anticoagulants": whoever takes them does; whether anybody else needs them is asked."""
    if tokens[-1].tag == "proc":
        return _needs_support(tokens, context)
    drugs = [token for token in tokens if token.tag == "drug"]
    if not _AT_FIRST.ends(context.text, tokens[0].start) or any(term_of(drug).examples or term_of(drug).dose or term_of(drug).counted or term_of(drug).setting for drug in drugs):
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


def _needs_taken(tokens: Sequence[Token], context: Context) -> Found:
    """ "Requires therapy with systemic steroids": whoever takes them does; whether anybody else needs them is asked."""
    need, read = next(token for token in tokens if token.tag == "restrict"), tokens[-1].value
    taken = list(leaves(read.check))
    plain = all(isinstance(leaf, Medication) and leaf == Medication(leaf.term, leaf.phase, routes=leaf.routes, states=leaf.states, setting=leaf.setting) and leaf.phase in ("", "current") for leaf in taken)
    if not plain or not _NEED.fullmatch(need.text) or not _FOR_LONG.fullmatch(context.words(tokens[: tokens.index(need)])) or any(isinstance(node, All | Not) for node in nodes(read.check)):
        return None
    now = rewritten(read, lambda leaf: replace(leaf, phase="current") if isinstance(leaf, Medication) and not leaf.phase else None)
    needs = dict.fromkeys(Statement(" ".join(("requires", *map(_number_of, leaf.states), *leaf.routes, leaf.term, *(("for", leaf.setting) if leaf.setting else ())))) for leaf in taken if isinstance(leaf, Medication))
    if not _TO_COME.search(context.text[: need.start]) and (_ONGOING.fullmatch(context.words(tokens[: tokens.index(need)])) or all(isinstance(leaf, Medication) and _GOING_ON.intersection(leaf.states) for leaf in taken)):
        return [*made("check", tokens, context, now)]  # what goes on is taken
    return check_token(any_of([now.check, *needs]), tokens, context, (*now.spans, *((tokens[0].start, tokens[-1].end),) * len(needs)))


def _number_of(state: str) -> str:
    """How many drugs it is of, as it is said before their class."""
    return state.removeprefix("in ").removesuffix(" drugs") if state.endswith(" drugs") else state


_ONGOING = Caseless(r"(?:(?:ongoing|persistent|concomitant|concurrent|current(?:ly)?)\s*)+")
_TO_COME = Caseless(r"\b(?:will|shall|may|might|could|expect\w*|likely|anticipat\w*|plan\w*|future|if|who would)\b")
_GOING_ON = frozenset(("chronic", "continuous", "daily", "regular", "long-term", "ongoing", "maintenance", "permanent", "continued"))
_FOR_LONG = Caseless(r"(?:(?:persistent|continued|continuous|ongoing|chronic|concomitant|concurrent|current(?:ly)?|regular)\s*)*")
_NEED = Caseless(r"(?:(?:that|which|who)\s+)?(?:in )?(?:requir(?:e|es|ing)|needs?|needing|necessitat(?:es|ing))(?: (?:for|of))?")


def _felt(tokens: Sequence[Token], context: Context) -> Found:
    """ "Signs or symptoms of heart failure": asked as it stands; they may be there without the disease, and it without them."""
    read = tokens[-1].value
    parts = read.check.parts if isinstance(read.check, Any) else (read.check,)
    if not _SYMPTOMS.fullmatch(context.text[next(token for token in tokens if token.tag in ("head", "cond")).start : tokens[-1].start]):
        return None
    if not all(isinstance(part, Condition) and part == Condition(part.term, part.phase) and part.phase in ("", "active") for part in parts):
        return None
    asked: list[Check] = [Statement(f"symptoms of {part.term}") for part in parts if isinstance(part, Condition)]
    return check_token(any_of(asked), tokens, context, ((tokens[0].start, tokens[-1].end),) * len(asked))


_SYMPTOMS = Caseless(r"(?:clinical\s+)?(?:signs?|symptoms?)(?:\s*(?:or|and|and/or|/)\s*(?:signs?|symptoms?))?\s+of\s+(?:an?\s+|the\s+|any\s+|active\s+|current\s+)*")
NEEDED_OR_FELT = (
    Rule("needs what is taken", "^ (current|degree|weak|history)* restrict (current|degree|use|event|of|to|for|with)* check (?=stop|semicolon|$)", _needs_taken, "restrict"),
    Rule("symptoms of a disease", "^ (weak|current|shows|with)* (head|cond of) check (?=stop|semicolon|$)", _felt, "head cond", ("symptom", "sign")),
)
_ANY_CONDITION = Caseless(r"(?:any |an? |other |another |medical |pre-?existing |concurrent |concomitant |underlying |chronic )*(?:conditions?|diseases?|disorders?|illness(?:es)?|indications?|circumstances?)\s+(?:that\s+|which\s+)?requir\w+$")


def _for_any_condition(tokens: Sequence[Token], context: Context) -> Found:
    """ "A condition requiring treatment with X": whatever it is, what is asked is the use of X."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "restrict")
    if not _ANY_CONDITION.match(context.text[tokens[0].start : tokens[at].end]):
        return None
    return [replace(tokens[at], tag="treated", value="current"), *(token for token in tokens[at + 1 :] if token.tag in ("route", "degree", "current"))]


_SEP = "(comma|or|and|slash)+"
_HEAD = "(response|allergy|allergy-noun|contra)"
_BETWEEN = "(to|of|with|for|use|treated|event)* (history)*"
COURSES = (
    Rule("setting before", f"setting ({_SEP} setting)* (drug|proc)", _set, "setting"),
    Rule("noun before for", "drug head (?=(degree|w|other|history|or|and|slash)* cond)", _noun_before_for, "head"),
    Rule("setting behind", "drug (for|in) head? (degree|or|and|slash|w|event|of|other|history)* (cond|w|stage) (?!(comma|or|and|slash)+ (degree|history|current)* cond)", _for_a_disease, "drug"),
    *COUNTED_LINES,
    Rule("a condition that needs", "(w|degree|other|weak)* (w|cond) restrict (use|of|to|for|current|with|route|degree|event)* (?=drug)", _for_any_condition, "restrict"),
    Rule("needs a treatment", "restrict (event|use|of|to|for|current|with)* drug ((or|slash|comma)+ drug)* (?!and|comma|or|slash|window|lasting|exceptions)", _needs, "restrict"),
    Rule("needs support", "restrict (use|of|to|for|current|with)* proc (?=stop|semicolon|close|now|at|during|$)", _needs, "restrict"),
    Rule("to be done", "proc (of|in|with|at|on|for|to|w|be|degree|cond|proc|open|close|eg|comma|or|and|slash|weak|place)* restrict (?=stop|for|if|in|$)", _to_be_done, "restrict"),
    Rule("naive", f"(drug naive|naive (to|for|of) drug ({_SEP} drug)*)", _naive, "naive"),
    Rule("a disease that took", f"cond (that|who)* have? (?=response {_BETWEEN} (drug|proc))", _who_took, "response"),
    Rule("contraindicated", f"(history|weak)* ({_HEAD} {_SEP})* contra {_BETWEEN} (drug|proc) ({_SEP} (use|of)* (drug|proc))+", _took, "contra"),
    Rule("not tolerated", "(unable|w? not able?|w) w (use|treated|event)* (?=drug)", _not_tolerated, "drug", ("tolerate ",)),
    Rule("took a treatment", f"(history|weak)* {_HEAD} ({_SEP} {_HEAD})* {_BETWEEN} (route ((or|slash|comma)+ route)*)? (drug|proc) ({_SEP} (drug|proc))* window?", _took, "response contra"),
)
