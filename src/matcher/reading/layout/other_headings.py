"""Headings of eligibility text that say more, or say it otherwise, than "Exclusion Criteria:", in the words that the layout looks for."""

from __future__ import annotations

import re
from collections.abc import Callable

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless

_START = r"^(?P<start>[ \t]*(?:[•*\-–—][ \t]+)?)"
_CRITERIA = r"(?:(?:key|main|major|general|principal|selected|patient|subject)[ \t]+)?(?:in|ex)clusion[ \t]+criteria"
_FLAGS = re.IGNORECASE | re.MULTILINE
# "Exclusion Criteria (any of the following) - Donors:": the bracket only announces.
_ANNOUNCED = pattern_of(rf"{_START}(?P<head>{_CRITERIA})[ \t]*\((?:any|one|all|at least|either)\b[^()\n]{{0,60}}\)(?=[ \t]*[-–—])", _FLAGS)
# "Exclusion Criteria (a whole sentence, perhaps over two lines):".
_WITH_A_SENTENCE = pattern_of(rf"{_START}(?P<head>{_CRITERIA})\s*\((?P<said>[^()]{{61,240}})\)[ \t]*:?[ \t]*$", _FLAGS)
_BRACKETS_IN_BRACKETS = pattern_of(rf"{_START}(?P<head>{_CRITERIA})[ \t]*\((?P<said>[^()\n]{{1,120}}\([^()\n]{{1,60}}\)[^()\n]{{0,60}})\)?[ \t]*:[ \t]*$", _FLAGS)
# "Exclusion Criteria for all those who …": more words than name a group.
_FOR_MANY_WORDS = pattern_of(r"^(?P<start>[ \t]*)(?P<head>(?:Inclusion|Exclusion) Criteria|(?:INCLUSION|EXCLUSION) CRITERIA)[ \t]+(?P<said>(?:for|of|FOR|OF)[ \t][^:.;\n]{57,160}?)[ \t]*:?[ \t]*$", re.MULTILINE)
_ADORNED = pattern_of(r"^[ \t]*[=#_~\[\]{}<>\"“”'*]*[=#_~\[\]{}<>\"“”'][ \t]*(?P<head>(?:in|ex)clusion[ \t]+criteria)[ \t]*[=#_~\[\]{}<>\"“”'*:： \t]*$|^[ \t]*(?P<other>(?:in|ex)clusion[ \t]+criteria)[ \t]*[=#_~：\]][=#_~：:\] \t]*$", _FLAGS)
_CONDITIONS = pattern_of(rf"{_START}(?:\d+(?:\.\d+)*\.?[ \t]*)?(?:patient eligibility:?[ \t]+)?conditions[ \t]+(?:for|of)[ \t]+(?:patients?|subjects?|participants?)?(?:['’]s?)?[ \t]*(?P<not>in)?eligibility(?:[ \t]*\((?:in|ex)clusion(?:s|[ \t]+criteria)?\))?[ \t]*:?[ \t]*$", _FLAGS)
_NOT_INCLUDED = pattern_of(rf"{_START}(?:non|not)[ -]inclusion[ \t]+criteria[ \t]+(?P<whom>(?:for|of)[ \t][^:.\n]{{1,60}}?)[ \t]*:?[ \t]*$", _FLAGS)
# "Part A Exclusion:", "Transplant Exclusion:".
_TITLED = pattern_of(r"^(?P<start>[ \t]*)(?!(?:The|No|Any|See|All|Other|Key|Main|Major|General)\b)(?P<title>(?:[A-Z][\w/&-]*[ \t]+){1,3})(?P<kind>Inclusion|Exclusion|INCLUSION|EXCLUSION)[ \t]*:[ \t]*$", re.MULTILINE)
# A sentence that announces the exclusions under it.
_SAID_OF_WHOM = pattern_of(
    r"^(?P<start>[ \t]*)(?P<said>(?!.{0,80}\b(?:no|see|none|without|inclusion)\b)[A-Z][^.:;\n]{0,90}\b(?:additional|common|specific|following)[ \t]+exclusion[ \t]+criteria[ \t]+[^.:;\n]{2,110}):[ \t]*$",
    re.MULTILINE,
)
# "… (chemo-naive) Exclusion criteria": at the end of the last inclusion, with its list on the lines below.
_AT_THE_END = pattern_of(
    r"^(?P<item>[ \t]*(?:[•*\-–—][ \t]+)?\S[^\n]{10,}?[\w).;])[ \t]+(?P<head>Exclusion [Cc]riteria|EXCLUSION CRITERIA)[ \t]*:?[ \t]*$(?=\n\s*(?:[•*\-–—]|\d{1,2}[.)]))",
    re.MULTILINE,
)
_SENTENCE, _END = 8, 3  # words: fewer before the heading, or fewer in small letters, are its title
_GOES_ON = pattern_of(r"(?:^|\W)(?:the|and|study|trial|protocol|our|any|all|for|see|per|from|key|main|with|meets?|met|other|of|in|or|no|to|by|these|following|additional|inclusion)$", re.IGNORECASE)
# "5.2 Exclusion Criteria Medical Conditions", "Exclusion criteria related to prior therapy": of what the list under it is.
_OF_A_TOPIC = pattern_of(r"^(?P<start>[ \t]*)(?:\d+(?:\.\d+)+\.?[ \t]+(?P<head>(?:in|ex)clusion criteria)[ \t]+(?P<topic>[A-Z][\w/&-]*(?:[ \t]+[\w/&-]+){0,5})|(?P<other>(?:in|ex)clusion criteria)[ \t]+(?P<said>(?:related to|regarding|concerning|pertaining to|based on)(?:[ \t]+[\w/&-]+){1,8}))[ \t]*:?[ \t]*$", _FLAGS)
_STOPPED = pattern_of(r"^(?P<start>[ \t]*)(?:(?:study|trial|patient|subject|key|main)[ \t]+)?(?P<head>(?:in|ex)clusion[ \t]+criteria)[ \t]*[.;][ \t]*$", _FLAGS)
# "***Exclusion Criteria***", "Criteria for Exclusion of Subjects:", "Study Exclusion Criteria - people are ineligible if they:".
_STARRED = pattern_of(r"^[ \t]*\*{2,}[ \t]*(?P<head>(?:in|ex)clusion[ \t]+criteria)[ \t]*:?[ \t]*\**[ \t]*:?[ \t]*$", _FLAGS)
_OF_SUBJECTS = pattern_of(r"^(?P<start>[ \t]*)criteria[ \t]+for[ \t]+(?P<kind>in|ex)clusion[ \t]+of[ \t]+(?:the[ \t]+)?(?:subjects|patients|participants|volunteers)[ \t]*:?[ \t]*$", _FLAGS)
_OF_THE_STUDY = pattern_of(r"^(?P<start>[ \t]*)(?:study|trial)[ \t]+(?P<head>(?:in|ex)clusion[ \t]+criteria)[ \t]*[-–—:][ \t]*(?:patients|participants|subjects|volunteers)[ \t][^\n:]{5,80}:[ \t]*$", _FLAGS)
# "Inclusion Part A: Healthy subjects"
_PART_AND_WHOM = pattern_of(r"^(?P<start>[ \t]*)(?P<kind>Inclusion|Exclusion)[ \t]+(?P<said>(?:Part|Arm|Cohort|Group)[ \t]+[A-Z0-9][^\n()]{0,60}?)[ \t]*:?[ \t]*$", re.MULTILINE)
# "Exclusion ECOG performance status ≥ 2", "Non-inclusion criteria Pregnant women": the first of them on its line.
_WITH_THE_FIRST = pattern_of(r"^(?P<start>[ \t]*)(?:Exclusion(?![ \t]+(?:Criteri|CRITERI|Part|Arm|Cohort|Group))|[Nn]on-?inclusion criteria)[ \t]+(?P<first>(?:[A-Z]|\W*•)[^\n:]{8,}[^\n:\s])[ \t]*$", re.MULTILINE)
# "Exclusion Criteria autoimmune disease statement"
_OF_WORDS = pattern_of(
    r"^(?P<start>[ \t]*)(?P<head>(?:In|Ex)clusion Criteria)[ \t]+(?P<topic>(?!(?:for|of|in|on|at|by|to|are|is|was|were|include[sd]?|including|will|must|may|as|and|or|if|not|all|any|the|with|that|which|who|listed|above|below|apply|applies|met|specific|assessed|during|after|before)\b)[a-z][\w/-]*(?:[ \t]+(?!(?:is|are|must|may|will|was|were)\b)[\w/-]+){0,4})[ \t]*$",
    re.MULTILINE,
)
_CUES = ("clusion", "CLUSION", "ligibility", "LIGIBILITY")
_CUE = Caseless(r"clusion|ligibility")  # stands in the first line of whatever matches


def with_plain_headings(text: str) -> str:
    """The text with such headings as plain ones; what they say besides stands in a bracket on the line below."""
    if not any(map(text.__contains__, _CUES)):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = _starts(text)
    for heading, plain in _PLAIN:
        if any(heading.match(text, start) for start in starts):
            text = heading.sub(plain, text)
            starts = _starts(text)
    return text


def _starts(text: str) -> list[int]:
    """Where the lines begin that may be such a heading."""
    return [*dict.fromkeys(text.rfind("\n", 0, at) + 1 for at, _ in _CUE.spans(text))]


def _parted(found: re.Match[str]) -> str:
    """The last inclusion and the heading behind it on lines of their own; a title before the heading stays with it."""
    item = found["item"]
    begins = next((letter for letter in item if letter.isalpha()), "A")
    is_title = len(item.split()) < (_SENTENCE if begins.isupper() else _END)
    return found[0] if is_title or _GOES_ON.search(item) else f"{item}\n\n{found['head']}:"


def _with_a_bracket(found: re.Match[str]) -> str:
    return f"{found['start']}{found['head']}:\n\n({_plain(found['said'])}.)\n"


def _plain(said: str) -> str:
    """The words of a heading on one line and without brackets of their own."""
    return " ".join(re.sub(r"[()]", " ", said).split())


# Each in its turn, and what stands instead.
_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_STARRED, r"\g<head>:"),
    (_OF_SUBJECTS, lambda found: f"{found['start']}{found['kind'].capitalize()}clusion Criteria:"),
    (_OF_THE_STUDY, r"\g<start>\g<head>:"),
    (_PART_AND_WHOM, lambda found: f"{found['start']}{found['kind']} Criteria ({' - '.join(part.strip() for part in found['said'].split(':'))}):"),
    (_WITH_THE_FIRST, r"\g<start>Exclusion Criteria:\n\n- \g<first>"),
    (_OF_WORDS, r"\g<start>\g<head>:\n\n(\g<topic>.)\n"),
    (_AT_THE_END, _parted),
    (_STOPPED, r"\g<start>\g<head>:"),
    (_OF_A_TOPIC, lambda found: f"{found['start']}{found['head'] or found['other']}:\n\n({found['topic'] or found['said']}.)\n"),
    (_ANNOUNCED, r"\g<start>\g<head>"),
    (_WITH_A_SENTENCE, _with_a_bracket),
    (_BRACKETS_IN_BRACKETS, _with_a_bracket),
    (_FOR_MANY_WORDS, _with_a_bracket),
    (_ADORNED, lambda found: f"{found['head'] or found['other']}:"),
    (_CONDITIONS, lambda found: f"{'Ex' if found['not'] else 'In'}clusion Criteria:"),
    (_NOT_INCLUDED, r"\g<start>Exclusion Criteria \g<whom>:"),
    (_TITLED, r"\g<start>\g<title>\g<kind> Criteria:"),
    (_SAID_OF_WHOM, lambda found: f"Exclusion Criteria:\n\n({_plain(found['said'])})\n"),
)
