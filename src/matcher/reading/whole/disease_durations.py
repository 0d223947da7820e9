"""An inclusion that only says for how long a disease is known: "duration of diabetes > 1 year and < 20 years", "depressive episode of 2 to 12 months"."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import Check, Condition, Duration
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, leaves
from matcher.reading.certain.disease_settled import needed_for_itself
from matcher.reading.grammar.rules import Context, Read, ReadText
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import plain

SPEAKS_OF_TIME = ("month", "year", "week", "day", "Month", "Year")
_LONGEST = 170  # characters
NUMBERS = {word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
_N = rf"(?:\d{{1,3}}(?:\.\d)?|{'|'.join(NUMBERS)})(?:\s*\(\d{{1,2}}\))?"
_UNIT = r"(?:day|week|month|year)s?'?"
_OVER = r"(?:[≥>]\s?=?|at least|a minimum of|minimum of|minimum|no less than|not less than|greater than or equal to|more than or equal to|more than|greater than|longer than|over)"
_UNDER = r"(?:[≤<]\s?=?|at most|a maximum of|maximum of|no more than|not more than|less than or equal to|less than|shorter than|under|up to|no longer than|not longer than|not exceeding)"
_LIMITS = (
    rf"(?:(?:for\s+|of\s+|is\s+|was\s+|made\s+|since\s+|being\s+|must be\s+|should be\s+|has to be\s+|[:,]\s*)*(?:(?:a\s+)?(?:period|duration)\s+of\s+)?(?:"
    rf"(?P<floor>{_OVER})\s*(?:the\s+|an?\s+)?(?:(?:past|last)\s+)?(?P<low>{_N})[\s-]*(?P<unit>{_UNIT})?(?:\s+(?:or (?:more|longer)))?(?:\s*,?\s*(?:and|but|to)?\s*(?P<ceiling>{_UNDER})\s*(?P<high>{_N})\s*(?P<last>{_UNIT}))?|"
    rf"(?P<below>{_UNDER})\s*(?P<most>{_N})\s*(?P<mostunit>{_UNIT})|"
    rf"(?:between\s+)?(?P<from>{_N})\s*(?P<fromunit>{_UNIT})?\s*(?:-|to|and)\s*(?P<to>{_N})\s*(?P<tounit>{_UNIT})|"
    rf"(?P<alone>{_N})\s*(?P<aloneunit>{_UNIT})\s+or\s+(?P<which>more|longer|less|shorter|greater)))"
)
_LEAD = r"\W*(?:(?:(?:all|the|adult)\s+)*(?:patients?|subjects?|participants?|individuals?)\s+)?(?:(?:who\s+|must\s+|should\s+)*(?:has|have|had|with|having)\s+)*(?:been\s+)?(?:an?\s+|the\s+)?(?:documented\s+|established\s+|confirmed\s+|known\s+|clinical\s+|total\s+|disease\s+)*"
_WHEN = r"(?:\s*,?\s*(?:(?:prior to|before|preceding|at|by)\s+(?:the\s+)?(?:(?:time|date|start)\s+of\s+)?(?:study\s+|trial\s+)?(?:screening|enrol+ment|inclusion|randomi[sz]ation|entry|baseline|consent|visit 1|registration|recruitment|study|trial)(?:\s+(?:visit|into the (?:study|trial)))?|ago|prior|before|previously|earlier|in duration|duration))?[\s.;]*"
_DISEASE = r"(?P<disease>[A-Za-z][\w' -]{1,60}?(?:\s*\([A-Za-z0-9-]{2,8}\))?)(?!\w)"
_SINCE = r"(?:\s+(?:from|since|after)\s+(?:the\s+)?(?:first\s+|initial\s+)?diagnosis)?"
_FORMS = tuple(
    Caseless(form)
    for form in (
        rf"{_LEAD}(?:duration|length)\s+of\s+(?:the\s+)?{_DISEASE}{_SINCE}\s*{_LIMITS}{_WHEN}",
        rf"{_LEAD}{_DISEASE}\s+(?:(?:and|with|must have|having)\s+)?(?:an?\s+)?(?:total\s+)?(?:disease\s+)?(?:duration|history){_SINCE}\s*{_LIMITS}{_WHEN}",
        rf"{_LEAD}(?:diagnosis|history)\s+of\s+(?:an?\s+)?{_DISEASE}\s*,?\s+{_LIMITS}{_WHEN}",
        rf"{_LEAD}(?:clinically\s+)?diagnosed\s+(?:with|as having)\s+(?:an?\s+)?{_DISEASE}\s*,?\s+{_LIMITS}{_WHEN}",
        rf"{_LEAD}{_DISEASE}\s+(?:diagnosis|(?:clinically\s+)?diagnosed)\s*{_LIMITS}{_WHEN}",
        rf"{_LEAD}{_LIMITS}\s+(?:since|after|from)\s+(?:the\s+)?(?:(?:first\s+|initial\s+)?diagnosis\s+of\s+{_DISEASE}|(?P<second>[A-Za-z][\w' -]{{1,60}}?)\s+(?:was\s+(?:first\s+)?diagnosed|diagnosis)){_WHEN}",
        rf"{_LEAD}{_LIMITS}\s+(?:clinical\s+|documented\s+|confirmed\s+)?history\s+of\s+{_DISEASE}{_WHEN}",
        rf"{_LEAD}(?P<now>current(?:ly)?\s+|active\s+)?{_DISEASE}\s+(?:that has lasted|which has lasted|lasting|with a duration of|of)\s+{_LIMITS}{_WHEN}",
        rf"{_LEAD}(?:time|interval)\s+(?:from|since)\s+(?:the\s+)?{_DISEASE}\s+diagnosis(?:\s+(?:to|until)\s+(?:the\s+)?[\w ]{{3,30}}?)?\s*{_LIMITS}{_WHEN}",
    )
)
_NO_DISEASE = Caseless(r"\b(?:no|not|without|or|and|treatment|therapy|onset|surgery|relapse|remission|response|symptoms?|(?<!depressive )episodes?|seizures?|attacks?|age|pain|ulcer|wound|menopause|progression)\b")


def disease_duration(text: str, context: Context, read_text: ReadText) -> Read | None:
    """A disease with the limits on how long it is known; None where the words say anything else."""
    if len(text) > _LONGEST or not any(map(text.__contains__, SPEAKS_OF_TIME)):
        return None
    said = plain(text).replace("\\", " ")
    found = next((one for form in _FORMS if (one := form.fullmatch(said)) is not None), None)
    if found is None:
        return None
    groups = found.groupdict()
    name = groups["disease"] or groups.get("second") or ""
    fact = read_text(name, "inclusion").check if not _NO_DISEASE.search(name) else None
    if not isinstance(fact, Condition) or fact != Condition(fact.term, states=fact.states) or not needed_for_itself(fact, context) or _happens(fact, context):
        return None
    limits = _limits(groups)
    if not limits:
        return None
    check: Check = all_of([Condition(fact.term, "active" if groups.get("now") else "", states=fact.states, lasting=limit) for limit in limits])
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


def _happens(fact: Condition, context: Context) -> bool:
    """Whether a disease is an event, which is over on its day."""
    concept = context.vocabulary.condition(fact.term)
    return concept is None or context.vocabulary.event(concept)


def _limits(said: dict[str, str | None]) -> list[Duration]:
    """The limits on a length of time, one or two; none where they cannot be meant."""
    if said["low"]:
        unit = said["unit"] or said["last"]
        if unit is None:
            return []
        limits = [_duration(said["floor"] or "", said["low"], unit, ">")]
        return [*limits, _duration(said["ceiling"] or "", said["high"], said["last"] or unit, "<")] if said["high"] else limits
    if said["most"] and said["mostunit"]:
        return [_duration(said["below"] or "", said["most"], said["mostunit"], "<")]
    if said["from"] and said["to"] and said["tounit"]:
        low, high = _duration("≥", said["from"], said["fromunit"] or said["tounit"], ">"), _duration("≤", said["to"], said["tounit"], "<")
        return [low, high] if low.span.unit != high.span.unit or low.span.number < high.span.number else []
    if said["alone"] and said["aloneunit"]:
        return [_duration("≤" if said["which"] in ("less", "shorter") else "≥", said["alone"], said["aloneunit"], "<" if said["which"] in ("less", "shorter") else ">")]
    return []


_STRICT = pattern_of(r"[<>]|more than|greater than|longer than|over|less than|shorter than|under", re.IGNORECASE)
_INCLUDES = pattern_of(r"=|[≥≤]|equal|no |not |least|most|minimum|maximum|up to", re.IGNORECASE)


def _duration(words: str, number: str, unit: str, strict: str) -> Duration:
    """One limit on a length of time."""
    only = _STRICT.fullmatch(words.strip()) is not None and not _INCLUDES.search(words)
    bare = number.split("(")[0].strip().casefold()
    return Duration(strict if only else {">": "≥", "<": "≤"}[strict], Span(Decimal(NUMBERS.get(bare, 0) or bare), unit.casefold().rstrip("'").rstrip("s")))
