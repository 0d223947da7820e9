"""Headings of eligibility text in the words that the layout looks for, however they are written."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless

# Some registries write "~" where a line ends; between two numbers it is a range.
_TILDE_LINE = pattern_of(r"~(?!\s*\d)|(?<!\d)(?<!\d )~")
_SHORT_HEADING = pattern_of(r"([ \t]*)(Inc|Exc|INC|EXC)[lL]?\.? (Criteria|CRITERIA)\b")
_MISSPELT = pattern_of(r"([ \t•*\-–—]*)(?:(in)(?:inclusion|clusión|clusionary|clusions|clusion(?=_))|i(in)clusion|(ex)(?:lcusion|lusion|culsion|clussion|clusions|clusión|clusion(?=_)))(?:_| )(?=criteri)", re.IGNORECASE)
# "Exclusion Criter ia:": a word that a line end of the page has parted.
_PARTED = pattern_of(r"(?<=clusion )criter[ \t]ia\b", re.IGNORECASE)
# Where each line end was written as a stop: "Inclusion:. * Age 18.. * Gout.. Exclusion:. * Asthma".
_STOPPED = pattern_of(r"(?P<head>:)\.\s+(?=\*)|\.(?P<bullet>\s+)(?=\*\s|(?:inclusion|exclusion)\b[^.:]{0,30}:\.\s+\*)", re.IGNORECASE)
# Headings in other words: of those who are not included, and of whom or of what behind a dash.
_SORT = r"(?:(?:the|key|main|major|general|other|additional|further|specific|medical|clinical|primary|important|common|study)[ \t]+){0,3}"
_ARE = r"(?:[ \t]+(?:include[sd]?|includes|are|is|were|will be|are as follows|as follows)(?:,?[ \t]+but (?:are |is )?not limited to,?)?(?:[ \t]+the following)?)?"
_EXCLUDES = pattern_of(
    rf"([ \t•*\-–—]*){_SORT}(?:(?:non|not)[ -]?inclusion criteri(?:a|on)|(?:criteria|reasons|grounds|conditions|factors) (?:for|of) (?:exclusion|ineligibility|non[ -]?inclusion)|(?:non|not)[ -]?eligibility criteria|"
    rf"ineligib(?:ility|le) criteria|contraindications(?=[ \t]*:[ \t]*$)|exclusions? of(?=[ \t]*:[ \t]*$)|(?:non|not)[ -]?inclusions?(?=[ \t]*:[ \t]*$)|exclusion(?=[ \t]*:[ \t]*$)|exclusions|exclusionary criteria|exclusion (?:factors?|reasons?|requirements?|parameters)|exclusion criteri(?:a|on|um)(?=[ \t]+(?:inc|are|is|w|as)|[ \t]*[-–—]+[ \t]*$)|(?-i:Exclusion|EXCLUSION)(?=[ \t]*:?[ \t]*$)){_ARE}[ \t]*(?:[:\-–—]+[ \t]*$|$|:)",
    re.IGNORECASE,
)
# A line that begins with the words of a heading, with more behind them: of whom it is, or what is first asked.
_BEGUN = pattern_of(r"([ \t•*\-–—]*)(?:(?:key|main|major|general|principal|additional|primary|selected|specific|important)[ \t]+)*(in|ex)clusion criteri(?:a|on)\b(?![ \t]*(?:for|of|:|\(|$))([^\n]+)$", re.IGNORECASE)
_IN_BRACKETS = pattern_of(r"\\?\[([^\[\]\\]{1,60})\\?\]\s*:?")
_SAYS = Caseless(r"\b(?:must|shall|should|will|may|can|are|is|was|were|be|been|have|has|had|met|meet\w*|appl\w+|listed|fulfil\w*|satisf\w+|not|no|with|who|following|any)\b")
# "… include, but are not limited to, the following:", "… are:".
_FOLLOWS = pattern_of(r"^(?:[\s,]*(?:include[sd]?|are|is|were|but|not limited to|as follows|the following)\b)+[\s,]*(?=:|：|$)", re.IGNORECASE)
# "Exclusion criteria no. 8 applies only …", "inclusion criterion 2": a sentence about one of them.
_OF_A_NUMBER = pattern_of(r"(?:no\.|number|#|\d+(?:\.\d+)*(?![.)]|\.?\s*[A-Z<>≥≤]|\s*(?:years?|weeks?|months?)))", re.IGNORECASE)
# "Additional Inclusion Criteria (asthma cohort)": of these only.
_ADDITIONAL = pattern_of(r"([ \t•*\-–—]*)(?:additional|further|specific)[ \t]+(?=(?:in|ex)clusion criteria[ \t]*\((?=[^()\n]*\b(?:cohort|group|arm|part|phase)\b)[^()\n]{2,60}\)[ \t]*:?[ \t]*$)", re.IGNORECASE)
_PARTS = ".-–—;,"
_GROUP = 6  # words: what names a group is no longer
_TITLE = 60  # characters
_SHORT = 9  # words of a heading with whom it is for
# Lines without a bullet that say in other words that what follows excludes.
_LEFT_OUT = pattern_of(
    r"(?:(?:the[ \t]+|all[ \t]+|any[ \t]+)?(?:patients?|subjects?|participants?|individuals?|volunteers?|candidates?)[ \t]+(?:will be|are|shall be|were|must be|should be)[ \t]+(?:excluded|ineligible|not eligible)(?:[ \t]+(?:from|for)[ \t]+(?:the|this)?[ \t]*(?:clinical[ \t]+)?(?:study|trial|participation|enrollment))?[ \t]+"
    r"(?:if|for)[ \t]+(?:they[ \t]+)?(?:(?:have|has|meet|meets|fulfil|fulfill)[ \t]+)?(?:any|one|one or more)[ \t]+of[ \t]+the[ \t]+following(?:[ \t]+(?:criteria|conditions|reasons|exclusion criteria))?|(?:subject|patient|participant)s?[ \t]+exclusions?(?=[ \t]*:?[ \t]*$)|ineligible[ \t]+(?:subjects|patients|participants|volunteers))[ \t]*:?[ \t]*",
    re.IGNORECASE,
)
# One of these stands in every heading, however it is written; few lines have one, and only those are looked at closely.
_CUES = ("criteri", "clusion", "ligib", "contraindications", "kriterien", "take part", "participate", "join", "crier", "critera", "cirteria", "critria", "clussion")
# "Exclusion Crieria:", "Inclusion Criterial for the sub-study": the heading, however its letters came.
_LIKE_CRITERIA = pattern_of(r"([ \t•*\-–—]*)(?P<ex>ex[a-z]{0,3}l[a-z]{0,3}s[a-z]{0,4}|exculsion)?(?P<in>in[a-z]{0,3}l[a-z]{0,3}s[a-z]{0,4})?[ \t]+(?!criteri(?:a|on|um)\b)c[ri]{1,2}[a-z]{0,2}t?[a-z]{0,2}r[a-z]{1,4}\b", re.IGNORECASE)
_IN_OTHER_TONGUES = pattern_of(r"[ \t•*\-–—]*(?:(?P<ex>crit[eè]res? (?:d['’ ]|de )?(?:exclusion|non[- ]inclusion)|criterios? de exclusi[oó]n|ausschlusskriterien|criteri di esclusione|crit[eé]rios de exclus[aã]o)|crit[eè]res? (?:d['’ ]|de )?(?:inclusion|[eé]ligibilit[eé])|criterios? de inclusi[oó]n|einschlusskriterien|criteri di inclusione|crit[eé]rios de inclus[aã]o)\s*(?=:|$)", re.IGNORECASE)
_WHO_CAN = pattern_of(
    r"[ \t•*\-–—]*(?:(?:who|people|patients|those|participants|you)(?: who)?[ \t]+)?(?:(?P<not>cannot|can not|can't|may not|should not|will not be able to|are not able to)|can|may)[ \t]+(?:take part|participate|join|be included|enrol+)(?:[ \t]+(?:in|if)(?:[ \t]+(?:the|this))?(?:[ \t]+(?:study|trial|research))?)?(?:[ \t]+if(?:[ \t]+(?:you|they)(?:[ \t]+(?:have|are))?)?)?[ \t]*(?P<mark>[:?]?)[ \t]*$",
    re.IGNORECASE,
)
_DASHED = pattern_of(r"([ \t]*)((?:in|ex)clusion criteria)[ \t]+[-–—][ \t]*(?=[^\s:])((?=for\b)[^:\n()]{1,110}?|[^:\n()]{1,60}?)[ \t]*(:?)[ \t]*$", re.IGNORECASE)
# What a heading says in brackets behind its group: how many there are, or what else it is called.
_SO_MANY = pattern_of(r"[ \t]*\(\s*n\s*=\s*\d+\b[^()\n]{0,30}\)(?=[ \t]*:?[ \t]*$)", re.IGNORECASE)
_CALLED = pattern_of(r"(?<=\w)[ \t]*\(([^()\n]{1,40}\b(?:group|cohort|arm)[^()\n]{0,10})\)(?=[ \t]*:?[ \t]*$)", re.IGNORECASE)
_HEADING = pattern_of(r"[ \t•*\-–—]*(?:in|ex)clusion criteria\b(?=[ \t]*(?:[-–—]|for\b|of\b))", re.IGNORECASE)
OF_WHOM = Caseless(r"\b(?:cases?|controls?|patients?|subjects?|participants?|volunteers?|donors?|recipients?|caregivers?|parents?|groups?|cohorts?|arms?|parts?|phases?|stages?|stud(?:y|ies)|steps?|periods?|expansions?|escalations?|modules?|components?)\b")


# "At least 2 of the following inclusion criteria:" opens a list of which some are asked, and is no heading.
_SOME_OF_THEM = pattern_of(r"(\b(?:(?:at least|any|only)[ \t]+)*(?:(?:one|any|\d+|two|three|four|five)(?:[ \t]*\(\d+\))?)(?:[ \t]+or more)?[ \t]+of[ \t]+(?:the[ \t]+)?following[ \t]+)(?:inclusion[ \t]+|(?<!one of the following )(?<!any of the following )exclusion[ \t]+)(?=criteria\b)", re.IGNORECASE)


def in_usual_words(text: str) -> str:
    """The text with every kind of line end as one, and headings in their usual words."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = (_TILDE_LINE.sub("\n\n", text) if text.count("~") > 2 and len(_TILDE_LINE.findall(text)) > 2 else text).split("\n")
    lines = [piece for line in lines for piece in (_STOPPED.sub(_broken, line).split("\n") if ":. *" in line else [line])]
    return "\n".join([_usual(line) if any(map(line.casefold().__contains__, _CUES)) else line for line in lines])


def _usual(line: str) -> str:
    """A line with the words of a heading as they usually are."""
    line = _SOME_OF_THEM.sub(r"\1", line) if " following " in line else line
    if (short := _SHORT_HEADING.match(line)) is not None:
        line = f"{short[1]}{short[2]}lusion {short[3]}{line[short.end() :]}"
    line = line.replace("lnclusion", "Inclusion")  # an l for an I
    if (like := _LIKE_CRITERIA.match(line)) is not None and bool(like["ex"]) is not bool(like["in"]) and len(line.split()) <= _SHORT:
        line = f"{like[1]}{'Ex' if like['ex'] else 'In'}clusion Criteria{line[like.end() :]}"
    elif (other := _IN_OTHER_TONGUES.match(line) or _WHO_CAN.fullmatch(line)) is not None and (other.re is not _WHO_CAN or other["mark"] or line[:1].isupper()):
        line = f"{'Ex' if other[1] else 'In'}clusion Criteria:{line[other.end() :].lstrip(' :')}"
    line = _ADDITIONAL.sub(r"\1", _PARTED.sub("Criteria", line), count=1)
    if (misspelt := _MISSPELT.match(line)) is not None:
        line = f"{misspelt[1]}{'Ex' if misspelt[4] else 'In'}clusion {line[misspelt.end() :]}"
    if (excludes := _EXCLUDES.match(line)) is not None:
        line = f"{excludes[1]}Exclusion Criteria:{line[excludes.end() :]}"
    if line[:1].isalpha() and _LEFT_OUT.fullmatch(line) is not None and (line.rstrip().endswith(":") or len(line.split()) == 2):
        return "Exclusion Criteria:"
    if "(" in line and _HEADING.match(line) is not None:
        line = _CALLED.sub(r", \1", _SO_MANY.sub("", line))
    dashed = _DASHED.match(line)
    if dashed is not None:
        return _of_whom_or_first(dashed) + line[dashed.end() :]
    begun = _BEGUN.match(line)
    return line if begun is None else _with_more(begun) or line


def _with_more(begun: re.Match[str]) -> str | None:
    """The heading with which a line begins, of the group that is named behind it or over what is first asked there; None where the line is a sentence."""
    head, more = f"{begun[1]}{begun[2].capitalize()}clusion Criteria", begun[3].strip()
    body = _FOLLOWS.sub("", more).lstrip(".-–—;,*： \t")
    bracket, closed = _IN_BRACKETS.fullmatch(more), more.endswith((":", "："))
    goes_on = begun[0].lstrip(" \t•*-–—")[0].islower() and (not closed or _SAYS.search(body) is not None)
    if goes_on or _OF_A_NUMBER.match(more):
        return None
    if bracket is not None or not any(map(str.isalnum, body)):
        return f"{head}:" if bracket is None else f"{head} ({bracket[1]}):"
    if _SAYS.search(body) is None and len(body) <= _TITLE and len(body.split()) <= _GROUP and (closed or OF_WHOM.search(body)):
        return f"{head} ({re.sub(r'[()]', '', body).rstrip(': ')}):"
    first = closed or more[0] in _PARTS or body[0].isupper() or not body[0].isalpha()
    return f"{head}:\n- {body}" if first else None


def _broken(found: re.Match[str]) -> str:
    """The line end that a stop stood for."""
    return ":\n" if found["head"] else ".\n"


def _of_whom_or_first(found: re.Match[str]) -> str:
    """ "Exclusion Criteria - Fanconi Cases" as a heading of those; "Exclusion Criteria - Gout" with its first criterion."""
    whom = found[4] or OF_WHOM.search(found[3])
    return f"{found[1]}{found[2]} ({found[3]}):" if whom else f"{found[1]}{found[2]}:\n- {found[3]}"


