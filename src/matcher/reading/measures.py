"""Rules for laboratory values, vital signs, biomarkers and scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.amounts import Found
from matcher.reading.limited import (
    alternatives,
    combine,
    estimated,
    joints_of,
    limited,
    multiple,
    plain_number,
    raised,
    repeated,
    resulted,
    within_limit,
)
from matcher.reading.rules import Context, Rule
from matcher.reading.scores import graded, one_of, ordered_words, staged_disease, staged_score
from matcher.reading.tokens import Token
from matcher.reading.vitals import blood_pressure, by_sex, marked, marked_disease

__all__ = ["ALIASES", "MEASURES", "combine", "joints_of"]

_ONE = "(measure|panel) (level|score|of)*"
_LIST = f"{_ONE} ((comma|or|and|slash)+ (level|of)* {_ONE})*"


def _alias(tokens: Sequence[Token], context: Context) -> Found:
    """A term and its abbreviation in brackets: "alanine aminotransferase (ALT)"."""
    term, inner = tokens[0], tokens[2]
    if inner.tag == term.tag and inner.value != term.value:
        return None
    if inner.value != term.value and not _abbreviation(inner.text):
        return None
    return [replace(term, end=tokens[-1].end, text=context.text[term.start : tokens[-1].end])]


def _abbreviation(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(text) <= 10 and sum(c.isupper() for c in letters) * 2 >= len(letters) > 0


def _day_long(tokens: Sequence[Token], context: Context) -> Found:
    """ "24-hour urinary protein": the hours belong to the name."""
    number, member = tokens[0].value, tokens[-1]
    measure = context.vocabulary.measure(str(member.value))
    if number.low != 24 or measure is None or not measure.unit.endswith("/24h"):
        return None
    return [replace(member, start=tokens[0].start, text=context.text[tokens[0].start : member.end])]


def _as_measure(tokens: Sequence[Token], context: Context) -> Found:
    """A word that is a disease and a measure too ("proteinuria") is the measure where a limit follows."""
    measure = context.vocabulary.measure(tokens[0].text)
    return [replace(tokens[0], tag="measure", value=measure.label)] if measure else None


ALIASES = (
    Rule("measured over a day", "time measure", _day_long, "measure"),
    Rule("abbreviation", "(measure|cond|drug|proc) open (measure|cond|drug|proc|w|number) close", _alias, "open"),
    Rule("repeated", "measure dash? measure", lambda t, c: [replace(t[0], end=t[-1].end, text=c.text[t[0].start : t[-1].end])] if t[0].value == t[-1].value else None, "measure"),
)
MEASURES = (
    Rule("a measure after all", "(cond|drug|proc) (?=(level|of|be|test)*(quantity|range|result))", _as_measure, "quantity range result"),
    Rule("blood pressure", "(degree|only)? bp (control|of|by|drug|event|w|be|open|colon)* (quantity|number) slash number close?", blood_pressure, "bp"),
    Rule("repeated", "measure (be|w|test|result|level)* repeated window? (comma|of|w|each|to)* quantity", repeated, "repeated"),
    Rule("marked disease", "(confirmed|degree|history|weak|current)* measure result (degree|confirmed)* cond", marked, "result"),
    Rule("staged disease", "measure (of|be|level|score)* stages (degree|confirmed)* cond", staged_disease, "stages"),
    Rule("disease as result", "(?<!and)(?<!or)(?<!comma)(?<!slash) cond result", marked_disease, "result"),
    Rule("by sex", "measure (level|of|be|comma|open)* (quantity|number) (for|in|if|comma|open)* sex close? (and|or|comma|slash|semicolon)* (quantity|number) (for|in|if|open)* sex close?", by_sex, "sex"),
    Rule("method", "(quantity|measure) open? judge? (method|dash)+ (w|proc|method|and|or|slash|of|event|level|in)* close?", lambda t, c: [t[0]] if (t[1].tag == "open") == (t[-1].tag == "close") else None, "method"),
    Rule("one of", "measure (of|be|level|score)* number ((comma|or|slash)+ number)+", one_of, "measure"),
    Rule("within the limit", f"{_LIST} within uln", within_limit, "uln"),
    Rule("alternatives", "measure (level|of|be)* quantity ((or) quantity)+", alternatives, "quantity"),
    Rule("raised", "result (level)? measure (level)* open quantity close", raised, "result"),
    Rule("multiple without a sign", f"{_LIST} multiple", multiple, "multiple"),
    Rule("estimated time", "measure (of|be)* span", estimated, "span"),
    Rule("limits", f"{_LIST} (of|be|colon|comma|level|score|from|between)* (open quantity close|quantity) window?", limited, "quantity"),
    Rule("limit first", f"quantity (of|for|in)? {_LIST}", limited, "quantity"),
    Rule("result", f"{_LIST} (be|level|for|test)* result window?", resulted, "result"),
    Rule("result first", f"result (for|of|w|level)* {_LIST} window? (?!(or|comma|slash|and)+(cond|drug|proc))", resulted, "result"),
    Rule("ordered words", "measure (of|be|level|score|stage)* w ((or|comma|slash|dash|to|and)+ w)*", ordered_words, "measure"),
    Rule("graded", "(measure (of|be|level|score|stage)* cmp (stages|w)|cmp stages (of)? measure)", graded, "stages"),
    Rule("class", "measure (of|be|level|stage|score)* stages", staged_score, "stages"),
    Rule("number", "measure (of|be|level|score)* (number|range)", plain_number, "measure"),
)

