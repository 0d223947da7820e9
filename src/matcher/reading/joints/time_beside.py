"""A time that stands beside a fact in brackets or by itself: "(within 6 weeks)", "(past year)", "within 3 months of Visit 1"."""

from __future__ import annotations

from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import Window
from matcher.reading.tagging.caseless import Caseless

_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "": 1}
_LED = r"(?:within|in|during|over)(?: the)?(?: (?:last|past|previous|prior|preceding))?|(?:the )?(?:last|past|previous|prior|preceding)|less than|[<≤]"
# Days of the trial, however they are named.
_OF_TRIAL = (
    r"(?:(?:immediately )?(?:prior to|prior(?=\s+(?:study|trial|screening|inclusion|enrol\w+|randomi[sz]ation|baseline|registration)\b)|before|preceding|of|from)\s+)(?:(?:the|this|their|first|receiving|vaccination|vaccine|testing|sampling|being|screened|investigational|current|onset(?= of (?:the )?(?:study|trial))|start|initiation|beginning|time|date|of|to|into|in|study|trial|protocol|research|screening|baseline|enrol\w+|randomi[sz]ation|inclusion|entry|"
    r"entering|visit|day|cycle|week|dosing|dose|drug|medication|administration|treatment|registration|informed|signing|consent|period|participation|recruitment|pre-?study|planned|scheduled|and|v|c|d|"
    r"[-#]?\d{1,2}[a-z]?|\(?admission\)?|[,()#-])\s*)+"
)
_TIME = Caseless(rf"\(?\s*(?P<led>{_LED})?\s*(?P<count>\d{{1,3}}|[a-z]{{1,6}})?\s*-?(?P<unit>hours?|days?|weeks?|months?|years?|yrs?|hrs?|wks?)(?:\s+(?:ago|prior|previously))?(?:\s+{_OF_TRIAL})?\s*\)?")
# "Preterm birth (< 37 weeks)": so long the pregnancy lasted.
_GESTATION = Caseless(r"(?:less than|[<≤])\s*(?:2\d|3\d|4[0-2])\s*-?(?:weeks?|wks?)")
_UNITS = {"yr": "year", "hr": "hour", "wk": "week"}


def time_beside(said: str) -> Window | None:
    """The time that the words name, back from the day; None where they name none ("the last years"), or something else too."""
    found = _TIME.fullmatch(said)
    if found is None or (found["led"] is None and not found[0].rstrip(" )").endswith(("ago", "prior"))):
        return None
    counted = found["count"] or ""
    number = int(counted) if counted.isdigit() else _COUNTS.get(counted)
    bare = not counted and (found["unit"].endswith("s") or not found["led"].split()[-1].startswith(("last", "past", "previous", "prior", "preceding")))
    if not number or bare:
        return None
    unit = found["unit"].rstrip("s")
    if _GESTATION.fullmatch(said.strip(" ()")):
        return None
    return Window(Span(Decimal(number), _UNITS.get(unit, unit)))
