"""A disease with its own grade beside it: "NYHA class III heart failure", "cirrhosis Child-Pugh B", "COPD GOLD IV"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Check, Condition, Measurement, Not
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.grammar.term import term_of
from matcher.reading.joints.entries import listed
from matcher.reading.limits.scores import GRADES
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Concept


def _graded(tokens: Sequence[Token], context: Context) -> Found:
    """The disease and its grade, both asked; denied together."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "check")
    grade: Read = tokens[at].value
    if not isinstance(grade.check, Measurement) or not isinstance(tokens[at].value, Read):
        return None
    kind = context.vocabulary.condition(GRADES.get(grade.check.term, ""))
    cond = next(token for token in tokens if token.tag == "cond")
    concept = context.vocabulary.condition(term_of(cond).label)
    if kind is None or concept is None or context.vocabulary.relation(concept, kind) not in ("same", "narrower"):
        return None
    if any(token.tag == "comma" for token in tokens) and not _may_follow(concept, grade.check.term, context):
        return None
    named = [token for token in tokens if token is not tokens[at]]
    denied = named[0].tag in ("not", "not-history")
    if denied:
        named = [replace(named[0], tag="history"), *named[1:]] if named[0].tag == "not-history" else named[1:]
    read = listed(named, context)
    if read is None or not isinstance(read[0].value.check, Condition):
        return None
    both: Check = All((_by_its_grade(read[0].value.check, grade.check.term), grade.check))
    spans = (*read[0].value.spans, *grade.spans)
    if not denied:
        return check_token(both, tokens, context, spans)
    return check_token(Ambiguous((Not(both), both)) if context.exclusion else Not(both), tokens, context, spans * (2 if context.exclusion else 1))


_OF_LIVER = frozenset(("hepatic impairment", "liver disease", "chronic liver disease"))
_SEVERITY = frozenset(("mild", "moderate", "severe", "moderately severe", "significant"))


def _by_its_grade(disease: Condition, score: str) -> Condition:
    """ "Severe hepatic impairment (Child-Pugh C)": the class says how severe it is, of whoever has a disease of the liver."""
    if score != "Child-Pugh" or disease.term not in _OF_LIVER:
        return disease
    term = "liver disease" if disease.term == "hepatic impairment" else disease.term
    return replace(disease, term=term, states=() if _SEVERITY.issuperset(disease.states) else disease.states)


# Behind a comma a class of heart failure is said of these; behind another heart disease it is the next of a list.
_FOLLOWED = {"NYHA class": ("heart failure", "cardiomyopathy", "heart valve disease", "congenital heart disease", "pulmonary hypertension")}


def _may_follow(concept: Concept, score: str, context: Context) -> bool:
    """Whether a grade behind a comma is that of the disease before it: "heart failure, NYHA class III", not "stroke, NYHA class III"."""
    kinds = [context.vocabulary.condition(name) for name in _FOLLOWED.get(score, ())]
    return not kinds or concept.label == GRADES[score] or any(kind is not None and context.vocabulary.relation(concept, kind) in ("same", "narrower") for kind in kinds)


_BEFORE = "(not|not-history|history|current|weak|degree|suspected)+"
_ALONE = "(?!(comma|or|and|slash)* cond)"
GRADED = (
    Rule("graded disease with words before it", f"{_BEFORE} (check (degree|of)* cond|cond (with|of|comma|open)? check close?) {_ALONE}", _graded, "check"),
    Rule("disease and its grade", "(?<!history|weak|degree|current|not) check (degree|of)* cond", _graded, "check"),
    Rule("grade behind a disease", "(?<!history|weak|degree|current|not) cond (with|of|comma|open)? check close?", _graded, "check"),
)
