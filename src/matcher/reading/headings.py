"""Headings of eligibility text in the words that the layout looks for, however they are written."""

from __future__ import annotations

import re

from matcher.reading.caseless import Caseless

# Some registries write "~" where a line ends; between two numbers it is a range.
_TILDE_LINE = re.compile(r"~(?!\s*\d)|(?<!\d)(?<!\d )~")
_SHORT_HEADING = re.compile(r"^([ \t]*)(Inc|Exc|INC|EXC)[lL]?\.? (Criteria|CRITERIA)\b", re.MULTILINE)
_MISSPELT = re.compile(r"^([ \t•*\-–—]*)(?:(in)(?:inclusion|clusión|clusionary|clusions|clusion(?=_))|i(in)clusion|(ex)(?:lcusion|lusion|culsion|clussion|clusions|clusión|clusion(?=_)))(?:_| )(?=criteri)", re.MULTILINE | re.IGNORECASE)
# Where each line end was written as a stop: "Inclusion:. * Age 18.. * Gout.. Exclusion:. * Asthma".
_STOPPED = re.compile(r"(?P<head>:)\.\s+(?=\*)|\.(?P<bullet>\s+)(?=\*\s|(?:inclusion|exclusion)\b[^.:]{0,30}:\.\s+\*)", re.IGNORECASE)
# Headings in other words: of those who are not included, and of whom or of what behind a dash.
_SORT = r"(?:(?:the|key|main|major|general|other|additional|further|specific|medical|clinical|primary|important|common|study)[ \t]+){0,3}"
_ARE = r"(?:[ \t]+(?:include[sd]?|includes|are|is|were|will be|are as follows|as follows))?"
_EXCLUDES = re.compile(
    rf"^([ \t•*\-–—]*){_SORT}(?:(?:non|not)[ -]?inclusion criteri(?:a|on)|(?:criteria|reasons|grounds|conditions|factors) (?:for|of) (?:exclusion|ineligibility|non[ -]?inclusion)|(?:non|not)[ -]?eligibility criteria|"
    rf"ineligib(?:ility|le) criteria|contraindications(?=[ \t]*:[ \t]*$)|exclusions|exclusionary criteria|exclusion (?:factors?|reasons?|requirements?|parameters)|exclusion criteri(?:a|on|um)(?=[ \t]+(?:inc|are|is|w|as)|[ \t]*[-–—]+[ \t]*$)|(?-i:Exclusion|EXCLUSION)(?=[ \t]*:?[ \t]*$)){_ARE}[ \t]*(?:[:\-–—]+[ \t]*$|$|:)",
    re.MULTILINE | re.IGNORECASE,
)
# One of these stands in every heading, however it is written; few lines have one, and only those are looked at closely.
_CUES = ("criteri", "clusion", "ligib", "contraindications")
_DASHED = re.compile(r"^([ \t]*)((?:in|ex)clusion criteria)[ \t]+[-–—][ \t]*(?=[^\s:])([^:\n()]{1,60}?)[ \t]*(:?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
OF_WHOM = Caseless(r"\b(?:cases?|controls?|patients?|subjects?|participants?|volunteers?|donors?|recipients?|caregivers?|parents?|groups?|cohorts?|arms?|parts?|phases?|stages?|stud(?:y|ies)|steps?|periods?)\b")


def in_usual_words(text: str) -> str:
    """The text with every kind of line end as one, and headings in their usual words."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [piece for line in lines for piece in (_STOPPED.sub(_broken, line).split("\n") if ":. *" in line else [line])]
    text = "\n".join([_usual(line) if any(map(line.casefold().__contains__, _CUES)) else line for line in lines])
    return _TILDE_LINE.sub("\n\n", text) if text.count("~") > 2 and len(_TILDE_LINE.findall(text)) > 2 else text


def _usual(line: str) -> str:
    """A line with the words of a heading as they usually are."""
    line = _SHORT_HEADING.sub(lambda found: f"{found[1]}{found[2]}lusion {found[3]}", line)
    line = _MISSPELT.sub(lambda found: f"{found[1]}{'Ex' if found[4] else 'In'}clusion ", line)
    return _DASHED.sub(_of_whom_or_first, _EXCLUDES.sub(r"\1Exclusion Criteria:", line))


def _broken(found: re.Match[str]) -> str:
    """The line end that a stop stood for."""
    return ":\n" if found["head"] else ".\n"


def _of_whom_or_first(found: re.Match[str]) -> str:
    """ "Exclusion Criteria - Fanconi Cases" as a heading of those; "Exclusion Criteria - Gout" with its first criterion."""
    whom = found[4] or OF_WHOM.search(found[3])
    return f"{found[1]}{found[2]} ({found[3]}):" if whom else f"{found[1]}{found[2]}:\n- {found[3]}"


