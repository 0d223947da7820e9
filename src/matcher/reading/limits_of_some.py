"""Limits that an inclusion sets for some: by age ("Karnofsky ≥ 50 for patients > 16 years, Lansky ≥ 50 for those ≤ 16"), or by what they do not take."""

from __future__ import annotations

import re
from collections.abc import Callable

from matcher.model.language import Age, All, Ambiguous, Check, Condition, Measurement, Medication, Not, When
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Read
from matcher.reading.said_plainly import is_whole

ReadText = Callable[[str, str], Read]

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
_LEAD = Caseless(r"\W*(?:(?:adequate |baseline )?performance (?:status|score|level)|age|weight)\s*[:–-]\s*")
_NAMES_YEARS = Caseless(r"\b(?:years?|yrs?|age[sd]?|old|older|younger)\b")
_BY_WORD = {"older": "≥", "over": "≥", "above": "≥", "younger": "≤", "under": "≤", "below": "≤"}


def limits_of_some(text: str, read_text: ReadText) -> Check | None:
    """The limits of a whole inclusion, each for those it is set for; None where it says anything else."""
    lead = _LEAD.match(text)
    said = text[lead.end() :] if lead is not None else text
    return _by_age(said, read_text) or _who_must(said, read_text) or _not_taking(said, read_text) or _with_history(said, read_text)


def _by_age(said: str, read_text: ReadText) -> Check | None:
    found: list[Check] = []
    at = 0
    while said[at:].strip(" .;,*"):
        clause = _CLAUSE.match(said, at)
        limit = _limit(_said(said, clause, "limit"), read_text) if clause is not None else None
        scope = _age(clause, read_text) if clause is not None else None
        if clause is None or limit is None or scope is None:
            return None
        found.append(When(scope, limit))
        at = clause.end()
    return (All(tuple(found)) if len(found) > 1 else found[0]) if found else None


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
    return When(Not(taken), limit) if limit is not None and isinstance(taken, Medication) else None


def _with_history(said: str, read_text: ReadText) -> Check | None:
    found = _WITH_HISTORY.fullmatch(said)
    limit = _limit(_said(said, found, "limit"), read_text) if found is not None else None
    had = read_text(f"history of {_said(said, found, 'disease')}", "exclusion").check if found is not None and limit is not None else None
    return When(had, limit) if limit is not None and isinstance(had, Condition) else None


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
