"""Whose rule a line is: cohorts, arms, parts and groups named in headings, before a colon or a comma, or in brackets at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.values import changed
from matcher.reading.caseless import Caseless
from matcher.reading.laid import Laid

_GATE = Caseless(r"group|cohort|arm|part|strat|phase|population|sub-?study|module", needs=("arm", "part", "study", "phase", "strat", "group", "cohort", "module", "population"))
_ID = r"(?-i:(?:[A-Z]|\d{1,2})[A-Z0-9a-e]{0,2}|[IVX]{1,4}|[ivx]{1,4}|[a-h])\b"
_IDS = rf"(?:\s+{_ID}(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*|\s+to\s+|\s*[-/]\s*){_ID})*)"
_WHO = r"(?:\s+(?:only|exclusively|patients|participants|subjects|volunteers))*"
_LEAD = r"(?:for\s+|in\s+)?(?:the\s+|all\s+)?(?:(?:patients|participants|subjects|volunteers)\s+(?:in|of)\s+)?(?:the\s+)?"
_HEADED = re.compile(
    rf"^(?P<group>{_LEAD}(?:(?:additional |key )?(?:inclusion|exclusion) criteria (?:for )?(?:the )?)?(?:(?!and\b|or\b|with\b|in\b)[\w+/'-]+\s+){{0,4}}?"
    rf"(?:(?:group|cohort|arm|part|stratum|phase|subgroup|population|sub-?study|module)\b{_IDS}?|(?:group|cohort|arm|part|phase|subgroup|module)s{_IDS}){_WHO}(?:\s*\([^()]{{0,60}}\))?{_WHO})\s*:\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FIRST = re.compile(
    rf"^(?P<group>(?:for|in)\s+(?:the\s+)?(?:(?:patients|participants|subjects)\s+(?:in|of)\s+)?(?:the\s+)?(?:(?:cohort|arm|part|group|stratum|phase|sub-?study|panel|module)s?{_IDS}|(?:[\w-]+\s+){{1,3}}(?:cohort|arm)){_WHO})"
    r"\s*,\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    rf"\((?P<group>(?:for\s+|in\s+)?(?:the\s+)?(?:(?:cohort|arm|part|group|stratum|sub-?study|module)s?{_IDS}{_WHO}|(?:[\w-]+\s+){{0,4}}(?:cohort|arm|group|stratum|part|phase|sub-?study)s?{_IDS}?\s+only))\)\s*[.;,]?\s*$",
    re.IGNORECASE,
)
# A body part, a category of patients or a diagnosis is no group of the trial.
_NO_GROUP = Caseless(r"\b(?:no|not|confirmed|diagnosed|vulnerable|age|ethnic|following|these|blood|upper|lower|left|right|body|any)\b")
_WORDS = 12  # longer phrases before a colon are sentences


# "Cohort A: breast cancer" on a line of its own only names who the rules under it are for.
_TITLE = 8  # words: no name of a cohort is longer
_ASKS = Caseless(r"\b(?:must|should|shall|will|may|can|have|has|had|is|are|be|no|not|none|never|without|age[ds]?|years?|old|histolog\w+|cytolog\w+|confirmed|diagnos\w+|documented|receiv\w+|prior|previous\w*|history|willing\w*|able|ability|agree\w*|consent|following|at least|"
    r"one of|any of|all of|score|status|within|since|adequate|normal|written|signed|evidence|presence|absence|measurable|suspected|known|currently|who|whose|that|which|if|eligible|allowed|excluded?)\b|[<>≥≤=;]|\.\s*$|\d\s*(?:-|to)\s*\d")


def with_groups(laid: Sequence[Laid]) -> list[Laid]:
    """A heading that names a group holds for what stands under it, or for the rest of its own line."""
    found: list[Laid] = []
    group, level, used = "", -1, True
    named = [_named(one.text) for one in laid]
    titles = _titles(laid, named)
    for place, one in enumerate(laid):
        if group and used and (one.indent <= level if one.marked else found[-1].marked):
            group, level = "", -1
        said, rest = named[place]
        if place in titles:
            said, rest = one.text.strip().rstrip(":").rstrip(), ""
        if not said:
            found.append(changed(one, group=group) if group else one)
            used = True
        elif rest:
            found.append(changed(one, group=said, text=rest))
        else:
            found += [] if used else [Laid(one.kind, group)]
            group, level, used = said, _level(one, laid[place + 1 :]), False
    return found if used else [*found, Laid(laid[-1].kind, group)]


def _level(one: Laid, below: Sequence[Laid]) -> int:
    """The indent at which the lines under a heading end: its own, or one less where they stand at its own."""
    if not one.marked:
        return -1
    return one.indent - 1 if below and below[0].marked and below[0].indent == one.indent else one.indent


def _titles(laid: Sequence[Laid], named: Sequence[tuple[str, str]]) -> frozenset[int]:
    """The places of lines that name a group and whom it is of, over its rules: no list of groups, and no rule of one."""
    short = [place for place, (said, rest) in enumerate(named) if rest and laid[place].text.startswith(said) and len(rest.split()) <= _TITLE and not _ASKS.search(rest)]
    over = [place for place in short if place + 1 < len(laid) and not named[place + 1][0] and laid[place + 1].kind == laid[place].kind and place - 1 not in short]
    several = len({laid[place].text for place in over if laid[place].kind == "inclusion"}) > 1
    return frozenset(place for place in over if (several and laid[place].kind == "inclusion") or laid[place].text.rstrip().endswith(":") or _deeper(laid[place], laid[place + 1]))


def _deeper(one: Laid, below: Laid) -> bool:
    return bool(one.marked and below.marked) and below.indent > one.indent


def _named(text: str) -> tuple[str, str]:
    """The group that a line names and the rest of the line; ("", "") where it names none."""
    placed = ":" in text or "(" in text or text[:1] in "fFiI"
    if not placed or _GATE.search(text) is None:
        return "", ""
    headed = _HEADED.match(text) if ":" in text else None
    if headed is not None and _NO_GROUP.search(headed["group"]):
        return "", ""
    if headed is not None and len(headed["group"].split()) <= _WORDS:
        return headed["group"].strip(), headed["rest"].strip()
    first = _FIRST.match(text) if text[:1] in "fFiI" else None
    if first is not None:
        return first["group"].strip(), first["rest"].strip()
    last = _LAST.search(text) if "(" in text else None
    if last is not None and text[: last.start()].strip():
        return last["group"].strip(), text[: last.start()].strip()
    return "", ""
