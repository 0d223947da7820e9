"""A laboratory's result as it is printed in one piece, taken apart: "412 cells/uL", "9.0 %", "<15 IU/mL, not detected", "5.9 (H)"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from matcher.model.patterns import later
from matcher.vocabulary import canonical, same_unit
from matcher.vocabulary.undetected import detected_from

if TYPE_CHECKING:
    from matcher.matching.readings import Reading

# Behind a number, that it is out of the usual, as laboratories mark it.
_MARKED = later(r"(?<=[\d%\s])\s*(?:[(\[]\s*(?:HH?|LL?|high|low|abnormal|critical)\s*[)\]]|\b(?:HH?|LL?)|[*!\u2191\u2193]+)$")
_WITH_UNIT = later(
    r"(?P<number>(?:[<>\u2264\u2265]=?\s*)?\d[\d.,]*(?:\s*(?:-|\u2013|to)\s*\d[\d.,]*)?)\s*(?P<unit>[%a-zA-Z\u00b5\u03bc/(\u00b0^*][^,;]*?)?(?:\s*[,;(]\s*(?P<said>[a-z][a-z -]+)\)?)?$",
    re.IGNORECASE,
)
_SAYS_FIRST = later(r"(?P<said>not detected|undetected|undetectable|negative|positive|detected)\s*[,;(:]\s*[<>\u2264\u2265]?=?\s*\d.*$", re.IGNORECASE)
_RESULTS = frozenset(("not detected", "undetected", "undetectable", "target not detected", "negative", "positive", "detected", "non-reactive", "reactive"))
_PLAIN = later(r"\d+(?:\.\d+)?$")


def taken_apart(one: Reading) -> Reading:
    """The same reading with its number, its unit and its result each in their place; unchanged where a part of it is not known."""
    said = one.entry.value
    if not isinstance(said, str) or one.list != "labs" or one.measure is None or not any(map(str.isdigit, said)):
        return one
    by_result = one.measure.answer == "posneg" or detected_from(one.measure) is not None
    first = _SAYS_FIRST.match(said.strip()) if by_result and one.measure.kind != "biomarker" else None
    if first is not None:
        return replace(one, entry=replace(one.entry, value=first["said"].casefold()))
    found = _WITH_UNIT.match(_MARKED.sub("", said.strip()))
    if found is None or one.measure.order:
        return one
    result, unit = (found["said"] or "").strip().casefold(), (found["unit"] or "").strip()
    if (result and result not in _RESULTS) or (unit and not _is_its_unit(one, unit)):
        return one
    if result and by_result:
        return replace(one, entry=replace(one.entry, value=result))
    number = found["number"].strip()
    return replace(one, entry=replace(one.entry, value=Decimal(number) if _PLAIN.match(number) else number, unit=one.entry.unit or unit or None))


def _is_its_unit(one: Reading, unit: str) -> bool:
    """Whether it is a unit of the measure, and no other than the one that stands beside it."""
    own = one.entry.unit
    return one.measure is not None and canonical(one.measure, Decimal(1), unit) is not None and (not own or same_unit(own, unit))
