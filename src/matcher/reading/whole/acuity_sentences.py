"""Whole criteria of how sharply an eye sees: "BCVA of 20/40 or better in the study eye", "ETDRS letter score of 73 to 24".

A fraction of Snellen is told in logMAR, of which less is better: 20/40 and 6/12 are 0.30. What stands in brackets behind letters
or a fraction only says the same on another chart. A limit of the other eye, or of both, is none of the one value that a record holds.
"""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.model.language import Bound, Measurement
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary.units import logmar_of

SPEAKS_OF_ACUITY = ("cuity", "BCVA", "BCDVA", "CDVA")
_LONGEST = 260  # characters
_ETDRS = r"(?:ETDRS|early treatment (?:of )?diabetic retinopathy study)(?:\s*\(ETDRS\))?"
_HEAD = Caseless(
    rf"\W*(?:(?:all|patients?|subjects?|participants?|individuals?|must|should|who|has|have|having|with|be|a|an|the|study|index|target|eye|of|baseline|screening|documented|snellen|{_ETDRS})\s+)*?"
    r"(?:(?:(?:best|most)[- ]corrected|corrected)\s+(?:distance\s+)?(?:visual acuity|VA)|visual acuity|BCVA|BCDVA|CDVA)\b(?:\s*\((?:BCVA|BCDVA|CDVA|VA)\))?"
)
_SAME = Caseless(r"\s*\((?=[^()]*(?:snellen|letters?|equivalent|logmar|decimal|ETDRS|\b20/\d|\b6/\d))(?:\s|\d|/|[-–.,≥≤<>=~≈]|\b(?:approximate(?:ly)?|snellen|equivalents?|letters?|scores?|logmar|decimals?|ETDRS|to|of|and|or|better|worse|between|inclusive|chart|fraction|the|on)\b)+\)", needs=("(",))
_IDLE = Caseless(
    rf"[\s,(]*\b(?:(?:in|of|for)\s+(?:the\s+)?(?:study|index|target|treated|operative)[- ]eye|snellen(?:\s+(?:equivalent|charts?|visual acuity))?|{_ETDRS}|letters?|scores?|read|logmar|units?|inclusive(?:ly)?|visual acuity|charts?|protocol|method|"
    r"(?:as )?(?:measured|assessed|tested|determined)|(?:on|using|by|with)(?:\s+(?:an?|the|standard))?(?=\s+(?:ETDRS|early|snellen|letter|logmar))|at (?:a )?(?:starting |testing )?(?:distance of )?4 ?m(?:eters?)?|at (?:the )?(?:screening|baseline|enrol\w+|study entry|inclusion|randomi\w+)(?: visits?)?(?: (?:and|or) (?:at )?(?:the )?(?:screening|baseline|randomi\w+|day \d)(?: visits?)?)*)\b[,)]*"
)
_N = r"(?:(?:20|6)/\d{1,3}(?:\.\d)?|\d{1,2}(?:\.\d{1,2})?)"
_SIGNS = (
    ("≥", r"at least|no worse than|not worse than|≥|>\s?=|better than or equal to|equal to or better than|greater than or equal to|no (?:less|lower) than"),
    ("≤", r"no better than|not better than|at most|≤|<\s?=|=\s?<|worse than or equal to|less than or equal to|equal to or worse than|no (?:more|greater) than"),
    (">", r"better than|greater than|more than|higher than|>"),
    ("<", r"worse than|less than|lower than|poorer than|below|<"),
)
_ANY_SIGN = "|".join(f"(?:{said})" for _, said in _SIGNS)
_SAYS = r"(?:\s|:|,|\b(?:of|is|are|was|must be|must|should be|be|in the range|range|from|equal to|equivalent)\b)*"
_ONE = Caseless(rf"{_SAYS}(?:(?P<sign>{_ANY_SIGN})\s*)?(?P<first>{_N})(?:\s*,?\s*or\s+(?:(?P<up>better|more|greater|higher|above)|(?P<down>worse|less|lower|below|poorer)))?[\s.;,]*")
_TWO = Caseless(rf"{_SAYS}(?:between\s+)?(?P<first>{_N})\s*(?:and|to|through|-|–)\s*(?P<last>{_N})[\s.;,]*")
_BOTH = Caseless(rf"{_SAYS}(?P<sign>{_ANY_SIGN})\s*(?P<first>{_N})\s*(?:and|but|,)+\s*(?P<other>{_ANY_SIGN})\s*(?P<last>{_N})[\s.;,]*")
_QUALITY = Caseless(r"better|worse|poorer")
# Of a logMAR, of which less is better, these may be said of the number or of the sight.
_EITHER_WAY = Caseless(r"lower|higher|greater|less|more|above|below|at least|at most")
_TURNED = {"≥": "≤", "≤": "≥", ">": "<", "<": ">"}


def acuity_sentence(text: str) -> Read | None:
    """The one limit, or the range, of an acuity that is all a criterion says; None where it says anything else."""
    head = _HEAD.match(text) if len(text) <= _LONGEST else None
    if head is None:
        return None
    said = text[head.end() :]
    of_logmar, of_letters = "logmar" in text.casefold(), "letter" in text.casefold() or "ETDRS" in text
    rest = _IDLE.without(_SAME.without(said, " "), " ").replace("\\", "")
    found = _BOTH.fullmatch(rest) or _TWO.fullmatch(rest) or _ONE.fullmatch(rest)
    if found is None:
        return None
    told = [_value(number, of_logmar=of_logmar, of_letters=of_letters) for number in (found["first"], found.groupdict().get("last")) if number]
    terms = {one[0] for one in told if one is not None}
    if len(terms) != 1 or None in told:
        return None
    term, fraction = terms.pop(), "/" in found["first"]
    numbers = [one[1] for one in told if one is not None]
    groups = found.groupdict()
    bounds: tuple[Bound, ...]
    if len(numbers) == 2 and "other" not in groups:
        bounds = (Bound("≥", min(numbers)), Bound("≤", max(numbers)))
    else:
        signs = [_sign(groups[name]) for name in ("sign", "other") if groups.get(name)] or ["≥" if groups.get("up") else "≤" if groups.get("down") else ""]
        if "" in signs or len(signs) != len(numbers) or (groups.get("up") and signs[0][0] != "≥") or (groups.get("down") and groups.get("sign")):
            return None
        if term == _LOGMAR and not fraction and any(_EITHER_WAY.search(str(groups.get(name))) is not None for name in ("sign", "other", "up", "down") if groups.get(name)):
            return None
        turned = term == _LOGMAR and (fraction or any(_QUALITY.search(str(groups.get(name))) is not None for name in ("sign", "other", "up", "down") if groups.get(name)))
        bounds = tuple(sorted((Bound(_TURNED[sign] if turned else sign, number) for sign, number in zip(signs, numbers, strict=True)), key=lambda bound: bound.number))
        if len(bounds) == 2 and [bound.op[0] in ">≥" for bound in bounds] != [True, False]:
            return None
    return Read(Measurement(term, bounds if term == _LOGMAR else tuple(Bound(bound.op, bound.number, "letters") for bound in bounds)), ((0, len(text)),))


_LOGMAR, _LETTERS = "visual acuity in logMAR", "visual acuity letters"


def _value(number: str, *, of_logmar: bool, of_letters: bool) -> tuple[str, Decimal] | None:
    """What is limited, and at which number; None where no chart is named for it."""
    if "/" in number:
        sharpness = logmar_of(number)
        return None if sharpness is None else (_LOGMAR, sharpness)
    if of_logmar and "." in number:
        return _LOGMAR, Decimal(number)
    return (_LETTERS, Decimal(number)) if of_letters and "." not in number else None


def _sign(said: str) -> str:
    return next(sign for sign, words in _SIGNS if re.fullmatch(words, said, re.IGNORECASE))
