"""Rules for thresholds that say what a phrase means: "renal failure (GFR < 15)", "adequate liver function: ALT ≤ 2 × ULN"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    Smoking,
    Statement,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import is_score
from matcher.reading.grammar.rules import Context, Read, Rule, check_token, made
from matcher.reading.limits.asked_of import ASKED_OF
from matcher.reading.limits.organs import told_of
from matcher.reading.limits.values import VALUES, told_by_value
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.courses import NEEDED_OR_FELT

_DYSFUNCTION = Caseless(r"\b(renal|kidney|hepatic|liver|bone marrow)\b.*\b(failure|insufficiency|impairment|dysfunction)\b")


def _bracketed(tokens: Sequence[Token], context: Context) -> Found:
    """Several checks in one pair of brackets become one, if one kind of joint stands between them."""
    inner = tokens[1:-1]
    joints = {token.tag for token in inner if token.tag != "check"}
    reads: list[Read] = [token.value for token in inner if token.tag == "check"]
    some = joints <= {"or", "comma", "slash"} and joints & {"or", "slash"}
    every = joints <= {"and", "comma"} and (joints & {"and"} or not context.exclusion)
    if not some and not every:
        return None
    parts = tuple(read.check for read in reads)
    spans = tuple(span for read in reads for span in read.spans)
    check: Check = Any(parts) if some else All(parts)
    return [tokens[0], *made("check", inner, context, Read(check, spans)), tokens[-1]]


def _defined(tokens: Sequence[Token], context: Context) -> Found:
    """An organ's function with its thresholds: the thresholds are what is asked."""
    found = [token for token in tokens if token.tag == "check"]
    reads: list[Read] = [token.value for token in found]
    if not all(isinstance(leaf, Measurement) for read in reads for leaf in leaves(read.check)):
        return None
    said = context.text[tokens[0].start : found[0].start].strip(" ,:(")
    if not context.exclusion and not told_of(said, [leaf for read in reads for leaf in leaves(read.check) if isinstance(leaf, Measurement)]):
        return None
    if len(reads) == 1:
        return check_token(reads[0].check, tokens, context, reads[0].spans)
    parts = tuple(read.check for read in reads)
    spans = tuple(span for read in reads for span in read.spans)
    joints = {token.tag for token in tokens if token.tag in ("or", "and", "comma", "semicolon", "slash")}
    if context.exclusion and "and" in joints:
        return None
    alternatives = context.exclusion or (joints & {"or", "slash"} and not joints & {"and"})
    return check_token(Any(parts) if alternatives else All(parts), tokens, context, spans)


def _explained(tokens: Sequence[Token], context: Context) -> Found:
    """A disease with a threshold behind it: the threshold answers its state, or says what is meant by it."""
    head: Read = tokens[0].value
    rule: Read = next(token.value for token in tokens[1:] if token.tag == "check")
    named = _named_again(head.check, rule.check, context)
    if named is not None:
        return check_token(named, tokens, context, head.spans if named is head.check else (*head.spans, *rule.spans))
    if isinstance(head.check, Condition) and any(isinstance(leaf, Sex) for leaf in leaves(rule.check)):
        return _with_its_value([tokens[0], next(token for token in reversed(tokens) if token.tag == "check")], context)
    if _DYSFUNCTION.search(getattr(head.check, "term", "")) and isinstance(rule.check, Any) and isinstance(leaves(rule.check)[0], Measurement) and any(isinstance(leaf, Statement) for leaf in leaves(rule.check)) and all(map(_tells_of_failure, leaves(rule.check))):
        return check_token(rule.check, tokens, context, rule.spans)
    if not all(isinstance(leaf, Measurement) for leaf in leaves(rule.check)):
        return None
    if {head.check.term if isinstance(head.check, Measurement) else "", rule.check.term if isinstance(rule.check, Measurement) else ""} <= _PERFORMANCE:
        return check_token(Any((head.check, rule.check)), tokens, context, (*head.spans, *rule.spans))
    if not isinstance(head.check, Condition):
        return _explained_otherwise(head, rule, tokens, context)
    scored = all(is_score(leaf, context) for leaf in leaves(rule.check))
    if _DYSFUNCTION.search(head.check.term) and not scored:
        return check_token(rule.check, tokens, context, rule.spans)
    if scored and head.check.term in _FOUND_BY_SCORE:
        check: Check = Ambiguous((All((head.check, rule.check)), rule.check))
        return check_token(check, tokens, context, (*head.spans, *rule.spans, *rule.spans))
    if scored or not told_by_value(head.check):
        check = All((head.check, rule.check))
    elif head.check.states and _is_the_value(head.check, rule.check):
        return check_token(rule.check, tokens, context, rule.spans)
    elif head.check.states and head.check.term in _FOUND_BY_PRESSURE:
        check = Ambiguous((All((replace(head.check, states=()), rule.check)), rule.check))
        return check_token(check, tokens, context, (*head.spans, *rule.spans, *rule.spans))
    elif head.check.states:
        check = All((replace(head.check, states=()), rule.check))
    else:
        check = Ambiguous((head.check, rule.check))
    return check_token(check, tokens, context, (*head.spans, *rule.spans))


# Scales of one thing: "ECOG ≤ 2 (Karnofsky ≥ 60 %)" says the same limit in both.
_PERFORMANCE = frozenset(("ECOG performance status", "Karnofsky performance status", "Lansky performance status"))

# What the score itself may find, whether or not it is recorded as a disease.
_FOUND_BY_SCORE = frozenset((
    "cognitive disorder", "dementia", "depression", "depressive symptoms", "chronic pain", "anxiety", "insomnia", "pain", "fatigue", "malnutrition", "delirium", "frailty", "sarcopenia", "sleep disorder", "suicidal ideation",
))


def _tells_of_failure(leaf: Check) -> bool:
    """Whether a part of what is meant by an organ's failure is a value, or what replaces the organ now."""
    return isinstance(leaf, Measurement) or (isinstance(leaf, Procedure) and leaf.current) or (isinstance(leaf, Statement) and leaf.text.startswith("requires "))


def _explained_otherwise(head: Read, rule: Read, tokens: Sequence[Token], context: Context) -> Found:
    """ "significant anemia (hemoglobin < 9)": the limit is what is significant; "overweight or obese (BMI ≥ 27)": one of the two is meant."""
    check = head.check
    if isinstance(check, All) and len(check.parts) == 2 and isinstance(check.parts[0], Condition) and isinstance(check.parts[1], Judgement):
        bare = replace(tokens[0], value=Read(replace(check.parts[0], states=check.parts[0].states or ("significant",)), head.spans[:1]))
        return _explained([bare, *tokens[1:]], context)
    if isinstance(check, Any) and all(isinstance(part, Condition) and not part.states for part in check.parts):
        return check_token(Ambiguous((check, rule.check)), tokens, context, (*head.spans, *rule.spans))
    return None


_FOUND_BY_PRESSURE = frozenset(("hypertension", "pulmonary hypertension", "hypotension"))


def _is_the_value(head: Condition, rule: Check) -> bool:
    """Whether a disease is no more than a value out of range, and the threshold is one of that value."""
    meant = VALUES.get(head.term, "").split("|")
    return all(isinstance(leaf, Measurement) and leaf.term in meant for leaf in leaves(rule))


def _with_its_value(tokens: Sequence[Token], context: Context) -> Found:
    """ "anemia with a hemoglobin below 10 g/dL" is the value."""
    head: Check = tokens[0].value.check
    rule: Read = tokens[-1].value
    limits = [leaf for leaf in leaves(rule.check) if not isinstance(leaf, Sex)]
    meant = VALUES.get(head.term, "").split("|") if isinstance(head, Condition) and not head.phase else []
    if not limits or not all(isinstance(leaf, Measurement) and leaf.term in meant for leaf in limits):
        return None
    return check_token(rule.check, tokens, context, rule.spans)


# What tells of the function of an organ.
_OF_ORGAN = (
    (pattern_of(r"renal|kidney"), frozenset(("creatinine", "creatinine clearance", "eGFR", "measured GFR", "blood urea nitrogen", "urea", "cystatin C"))),
    (pattern_of(r"hepatic|liver"), frozenset(("ALT", "AST", "alkaline phosphatase", "gamma-glutamyl transferase", "total bilirubin", "direct bilirubin", "INR", "prothrombin time"))),
    (pattern_of(r"bone marrow"), frozenset(("neutrophils", "platelets", "hemoglobin", "white blood cells"))),
)

# Of these a value is a sign, and not all that is meant.
_MORE_THAN_A_VALUE = frozenset(("iron deficiency", "coagulation disorder", "electrolyte imbalance"))


def _by_its_limits(tokens: Sequence[Token], context: Context) -> Found:
    """ "Renal failure: creatinine > 2 mg/dL", "renal dysfunction, creatinine > 2 × ULN": the limit says what is meant."""
    head: Check = tokens[0].value.check
    reads: list[Read] = [token.value for token in tokens[1:] if token.tag == "check"]
    if not context.exclusion or not isinstance(head, Condition) or head.term in _MORE_THAN_A_VALUE or head != Condition(head.term, states=head.states) or not told_by_value(head):
        return None
    limits = [leaf for read in reads for leaf in leaves(read.check)]
    if any(isinstance(read.check, Ambiguous | Not | When) for read in reads) or not all(isinstance(leaf, Measurement) and leaf.bounds for leaf in limits):
        return None
    tell = next((measures for organ, measures in _OF_ORGAN if organ.search(head.term)), frozenset[str]()) if _DYSFUNCTION.search(head.term) else frozenset(VALUES.get(head.term, "").split("|"))
    if not all(isinstance(leaf, Measurement) and leaf.term in tell for leaf in limits):
        return None
    if tokens[1].tag == "comma" and len({leaf.bounds for leaf in limits if isinstance(leaf, Measurement)}) > 1:
        return None  # "renal failure, creatinine > 2 mg/dL or clearance < 40 mL/min": perhaps a list
    check = reads[0].check if len(reads) == 1 else Any(tuple(read.check for read in reads))
    return check_token(check, tokens, context, tuple(span for read in reads for span in read.spans))


_CHANGES = ("weight loss", "weight gain", "unintentional weight loss")
_AT_MOST = Caseless(r"[<≤]|\b(?:less|lower|fewer|below|under|up to|at most|(?:no|not) (?:more|greater|higher|larger|exceed\w*)|maximum|within)\b")  # asks for none, or no more than that
_OF_WEIGHT = Caseless(r"%|percent|kg|kilogram|lbs?|pounds?")


def _so_much(tokens: Sequence[Token], context: Context) -> Found:
    """ "Weight loss > 5 kg within 3 months": how much is asked of the one recorded loss."""
    head: Read = tokens[0].value
    check = head.check.parts[0] if isinstance(head.check, All) and len(head.check.parts) == 2 and isinstance(head.check.parts[1], Judgement) else head.check
    if not isinstance(check, Condition) or check.term not in _CHANGES or check.lasting is not None:
        return None
    window = next((token.value for token in tokens if token.tag == "window"), None)
    amount = [token for token in tokens[1:] if token.tag in ("of", "quantity", "measure")]
    said = context.words(amount)
    if not _OF_WEIGHT.search(said) or _AT_MOST.search(said) or (window is not None and check.window is not None) or any("weight" not in token.text.casefold() for token in amount if token.tag == "measure"):
        return None
    states = [state for state in check.states if state != "significant"]
    found = replace(check, states=tuple(f"{state} {said}" for state in states) or (said,), window=window or check.window)
    return check_token(found, tokens, context, ((tokens[0].start, tokens[-1].end),))


def _named_again(head: Check, inner: Check, context: Context) -> Check | None:
    """A disease or class with names in brackets: its own name adds nothing, kinds of it may be all that is meant or examples."""
    parts = inner.parts if isinstance(inner, Any) else (inner,)
    if not isinstance(head, Condition | Medication) or not all(type(part) is type(head) for part in parts):
        return None
    kind = "condition" if isinstance(head, Condition) else "treatment"
    resolve = getattr(context.vocabulary, kind)
    asked, known = resolve(head.term), [resolve(part.term) for part in parts if isinstance(part, Condition | Medication)]
    if asked is None or not all(known):
        return None
    relations = {context.vocabulary.relation(one, asked) for one in known}
    if relations == {"same"}:
        return head
    return Ambiguous((head, inner)) if len(parts) >= 1 else None


_BEFORE = "(result|degree|effective|current|weak|w-any)*"
_MARKS = "(open|defined|colon|eg|be|of|by|as|comma|with)+"
def _denied(tokens: Sequence[Token], context: Context) -> Found:
    """ "No allergy to it", "no men": what was read, denied."""
    found: Read = tokens[-1].value
    if isinstance(found.check, Not | Ambiguous | When | All):
        return None
    if found.check == Smoking(("current",)) and tokens[0].tag in ("not-history", "never"):
        return check_token(Not(Smoking(("former", "current"))), tokens, context, found.spans)
    if context.exclusion and any(isinstance(leaf, Medication | Participation | Procedure) for leaf in leaves(found.check)):
        return check_token(Ambiguous((Not(found.check), found.check)), tokens, context, found.spans * 2)
    return check_token(Not(found.check), tokens, context, found.spans)


DEFINITIONS = (
    *ASKED_OF,
    *NEEDED_OR_FELT,
    Rule("denied", "(not|never|not-history|not-current) check (?=stop|semicolon|$)", _denied, "check"),
    Rule("a loss of so much", "check open? of? quantity (of? measure)? close? window? close?", _so_much, "quantity"),
    Rule("in brackets", "open check ((comma|or|and|slash)+ check)+ close", _bracketed, "check"),
    Rule("function", f"{_BEFORE} (organ|panel) {_MARKS} check ((comma|or|and|slash|semicolon)+ check)* close?", _defined, "organ panel"),
    Rule("with its value", "check with? check", _with_its_value, "check"),
    Rule("by its limits", "(^|(?<=stop)|(?<=semicolon)) check (colon check ((comma|or|slash)+ check)*|comma check) (?=stop|semicolon|$)", _by_its_limits, "colon comma"),
    Rule("explained", "check (open (defined|of|by)* check close|comma? defined (of|by|subject)* check)", _explained, "check"),
)
