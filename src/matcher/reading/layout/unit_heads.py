"""Lines over bullets that name a part of the trial or some of its people, however they are written: "Part 1 - Dose escalation", "B. Healthy controls:".

They are marked as headings are, with a colon and without a letter or number of their own, so that what stands under them
is seen to be theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless

_CUES = ("part", "phase", "stage", "step", "cohort", "group", "arm", "module", "panel", "strat", "study", "population", "patient", "subject", "participant", "volunteer", "control", "person", "people", "donor", "recipient")
_BULLET = pattern_of(r"\s*(?:[•●○▪■◦‣·*]|[-–—o](?=\s)|\(?\d{1,2}[.)](?=\s|[A-Z(])|\(?(?:[a-hA-H]|i{1,3}|iv|v|vi)[.)](?=\s))\s*")
_COUNTED = pattern_of(r"(?P<lead>\s*)\(?(?P<mark>\d{1,2}|[A-H]|[a-h]|i{1,3}|iv|v|vi)[.)]\s+(?P<rest>\S.*)")
_WORDS = 14
_UNIT = r"(?:part|phase|stage|step|cohort|group|arm|module|panel|stratum|study|sub-?study|population)"
_NUMBERED = pattern_of(rf"(?i:(?:(?:study|treatment|trial|dose|patient|disease)\s+)?{_UNIT})\s+(?:[A-H]|\d{{1,2}}|[IVX]{{1,4}})[a-z0-9]?(?:\s*(?:[-–—:,]\s|\().{{0,90}})?")
_BRACKET = pattern_of(r"\([^()]*\)")
_CALLED = pattern_of(rf"[A-Z][\w/-]*(?:\s+[\w/-]+){{0,4}}\s*\((?i:{_UNIT})\s+(?:[A-H]|\d{{1,2}}|[IVX]{{1,4}})[a-z0-9]?\)")
_NAMED = Caseless(rf"(?:[\w/+'’&,-]+\s+){{1,5}}{_UNIT}s?(?:\s*\([^()]{{0,60}}\))?", needs=("part", "phase", "stage", "step", "cohort", "group", "arm", "module", "panel", "strat", "study", "population"))
_PEOPLE = Caseless(r"(?:[\w/'’()+-]+\s+){0,4}?(?:patients?|subjects?|participants?|volunteers?|controls?|donors?|recipients?|individuals?|caregivers?|relatives?|siblings?|persons?|people)(?:\s+(?:with|on|without)\s+[\w/'’ ()+-]+?)?(?:\s*\([^()]{0,60}\))?")
# A sentence, a criterion or a limit names no part of the trial.
_ASKS = Caseless(
    r"\bsupport groups?\b|\b(?:must|should|shall|will|may|can|have|has|had|is|are|be|been|no|not|none|never|age[ds]?|years?|old|histolog\w+|cytolog\w+|confirmed|diagnos\w+|documented|receiv\w+|prior|previous\w*|history|willing\w*|able|agree\w*|consent|following|at least|"
    r"one of|any of|all of|score|within|since|adequate|written|signed|evidence|presence|absence|measurable|suspected|known|currently|if|eligible|allowed|exclu\w+|inclu\w+|criteria|participat\w+|another|other|this|blood|body|ethnic|upper|lower|left|right|affected)\b|[<>≥≤=;]|\.\s*$"
)


def with_heads_marked(lines: Sequence[str]) -> list[str]:
    """The lines with such heads as headings: a colon at their end, and no letter or number before them."""
    if not any(map("\n".join(lines).casefold().__contains__, _CUES)):
        return list(lines)
    found = list(lines)
    after = _next_lines(lines)
    counted = {place: one for place, line in enumerate(lines) if (one := _COUNTED.match(line)) is not None}
    heads = [place for place, one in counted.items() if _names(one["rest"], alone=not one["rest"].rstrip().endswith(":")) and _is_bullet(after[place]) and _COUNTED.match(after[place]) is None]
    alike = {place for place in counted if any(counted[place]["mark"].isalpha() is counted[head]["mark"].isalpha() and counted[place]["lead"] == counted[head]["lead"] for head in heads)}
    if len(heads) > 1 and set(heads) == alike:
        for place in heads:
            found[place] = f"{counted[place]['lead']}{counted[place]['rest'].rstrip().rstrip(':')}:"
    for place, line in enumerate(found):
        bare = line.strip()
        if bare and not bare.endswith((":", ".", ",", ";")) and bare[0].isupper() and _is_bullet(after[place]) and not _is_bullet(line) and _begins(lines, place) and _names(bare, alone=True):
            found[place] = f"{line.rstrip()}:"
    return found


def _next_lines(lines: Sequence[str]) -> list[str]:
    """The next line with words behind each one; "" behind the last."""
    found, below = [""] * len(lines), ""
    for place in range(len(lines) - 1, -1, -1):
        found[place] = below
        below = lines[place] if lines[place].strip() else below
    return found


def _begins(lines: Sequence[str], place: int) -> bool:
    """Whether a line is not the end of a longer one that was wrapped."""
    above = lines[place - 1].rstrip() if place else ""
    return len(above) < _SHORT or above.endswith((".", ";", ":"))


_SHORT = 55  # characters: no line is wrapped so early


def _is_bullet(line: str) -> bool:
    return _BULLET.match(line) is not None


def _names(text: str, *, alone: bool = False) -> bool:
    """Whether a line only names a part of the trial, or people; `alone`: without a colon, people in capital letters only."""
    said = text.strip().rstrip(":").rstrip()
    if len(said.split()) > _WORDS or _ASKS.search(_BRACKET.sub("", said)):
        return False
    return _NUMBERED.fullmatch(said) is not None or _CALLED.fullmatch(said) is not None or _NAMED.fullmatch(said) is not None or ((not alone or said.isupper()) and _PEOPLE.fullmatch(said) is not None)
