"""What a heading says of when, or of whom, what stands under it counts: "Excluded within 30 days of study entry:", "Concurrent medication:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.nested import TIMED, only_names, with_time
from matcher.reading.tagging.caseless import Caseless

_GOING_ON = pattern_of(r"^(?P<now>concurrent|concomitant)\s+(?:medications?|treatments?|therap(?:y|ies)|drugs?)\s*:?$", re.IGNORECASE)
_EXCLUDED = Caseless(r"^\W*(?:prior \w+: )?excluded\b")
# In the last sentence of the line that opens the list.
_SAYS_WHEN = Caseless(r"\b(?:within|during|in the (?:last|past)|past|last|previous|prior|preceding|before)\b[^:.;]*\b(?:days?|weeks?|months?|years?|hours?)\b|\b(?:\d+|one|two|three|six|twelve)\s+(?:days?|weeks?|months?|years?|hours?)\s+(?:prior|before|of|preceding)\b")
_ANNOUNCES = Caseless(r"\b(?:following|these|any of|such as|including|include|with|by|below)\b", needs=("following", "these", "any of", "such as", "includ", "with", "by", "below"))
_NOW = Caseless(r"\b(?:current\w*|concurrent\w*|ongoing|presence|present|active|history)\b")
# "Who cannot stop the drugs below", "any of the medications listed below".
_BELOW = Caseless(r"\b(?:drugs?|medications?|medicines?|treatments?|therap(?:y|ies)|agents?|products?|substances?|procedures?|vaccines?)\b[^.;:]{0,40}\bbelow\b|\bbelow[- ](?:listed|mentioned|named)\b", needs=("below",))
_OF_PEOPLE = Caseless(r"\d|\b(?:pregnan\w*|breast-?\s?feeding|nursing|lactating|women|men|patients?|subjects?|participants?|aged?|unable|known|active|diseases?|disorders?|disabilit\w+|infections?)\b")
_EXPLAINS = 2  # lines that may stand between
_LONGEST = 30  # words of such a sentence
_LINES = 8  # that may stand under it


def timed(one: Laid, headings: Sequence[str]) -> Laid:
    """A short line under a heading that says when: "Excluded within 30 days prior to entry: Interferon"."""
    found = TIMED.match(headings[-1]) if headings else None
    if found is not None:
        return _at(one, found["window"], headings[-1])
    now = next((found for heading in headings if (found := _GOING_ON.match(heading)) is not None), None)
    return changed(one, text=f"{now['now']} {one.text}") if now is not None and only_names(one.text) else one


def _at(one: Laid, window: str, head: str) -> Laid:
    """A line with the time of its heading behind it, or in doubt where that cannot be put so."""
    said = with_time(one.text, window) if ". " not in one.text else None
    return changed(one, doubtful=True, beside=one.beside or head.strip(" :")) if said is None else changed(one, text=said)


def with_times_of_heads(laid: Sequence[Laid]) -> list[Laid]:
    """The exclusions, those with the time of the line that opens their list, or in doubt, that stand beside it at its own depth."""
    found = list(laid)
    for place, head in enumerate(laid):
        if head.kind != "exclusion" or "\n" in head.text:
            continue
        if not head.text.rstrip().endswith(":"):
            for under in _named_below(laid, place) if _BELOW.search(head.text) else ():
                found[under] = changed(found[under], doubtful=True, beside=found[under].beside or head.text.strip(" .;"))
            continue
        for under in _listed_below(laid, place) if _GRADES.search(head.text) and _LINKS.search(head.text) and not _WHATEVER_THEY_ARE.search(head.text) else ():
            if only_names(laid[under].text) and not _GRADED.search(laid[under].text):
                found[under] = changed(found[under], doubtful=True, beside=found[under].beside or head.text.strip(" :"))
        below = laid[place + 1] if place + 1 < len(laid) else None
        if below is None or bool(below.marked) != bool(head.marked) or below.indent != head.indent:
            continue
        window = TIMED.match(head.text.strip())
        if window is not None and _EXCLUDED.match(head.text):
            for under in _beside(laid, place):
                found[under] = _at(found[under], window["window"], head.text)
        elif _says_when(head.text):
            for under in _beside(laid, place)[:_LINES]:
                if not only_names(laid[under].text):
                    break
                found[under] = changed(found[under], doubtful=True, beside=found[under].beside or head.text.strip(" :"))
    return found


# "Severe systemic disease including:", "any condition that in the opinion of the investigator could interfere, such as the following:": examples of what is so.
_GRADES = Caseless(
    r"\b(?:uncontrolled|poorly controlled|severe|serious|unstable|decompensated|untreated|life-?threatening|debilitating|(?:clinically|medically) (?:significant|relevant|important)|significant)\s+(?:(?:,|/|or|and|and/or|concurrent|concomitant|intercurrent|co-?existing|underlying|other|medical|systemic|chronic|acute|physical|clinical|"
    r"uncontrolled|severe|serious|unstable|decompensated|untreated|clinically|medically|significant|relevant|important)\s+)*(?:diseases?|illness(?:es)?|conditions?|disorders?|problems?|co-?morbidit(?:y|ies))\b|\b(?:opinion|judge?ment|judged|discretion)\b",
    needs=("control", "severe", "serious", "unstable", "compensated", "untreated", "threatening", "debilitating", "significant", "relevant", "important", "opinion", "judg", "discretion"),
)
_LINKS = Caseless(r"\b(?:including|includes?|such as|for example|for instance|e\.?\s?g\.?|like)\b[^.;]{0,60}:\s*$")
_ANOTHER_MATTER = Caseless(r"pregnan|breast|lactat|nursing|allerg|hypersens|alcohol|drug|smok|participat|unable|inabil|refus|consent|surgery|medication|therap|treatment|transplant|women|patient|subject")
_WHATEVER_THEY_ARE = Caseless(r"\bhistor(?:y|ies) of (?:any of |one or more of )?the following\b", needs=("histor",))
_GRADED = Caseless(r"\b(?:uncontrolled|controlled|severe|serious|unstable|decompensated|untreated|acute|active|advanced|symptomatic|refractory|progressive|malignant|end-?stage|class|grade|stage|failure|recent|current|major|metastatic|history)\b|\d")


def _listed_below(laid: Sequence[Laid], place: int) -> list[int]:
    """The places of the lines in the list that a line opens: those marked as the first of them is, or all at its own depth."""
    if place + 1 >= len(laid) or laid[place + 1].kind != laid[place].kind:
        return []
    first, head = laid[place + 1], laid[place]
    if (bool(first.marked), first.indent) == (bool(head.marked), head.indent):
        beside = _beside(laid, place)[:_LINES]
        return beside[: next((nth for nth, under in enumerate(beside) if _ANOTHER_MATTER.search(laid[under].text)), len(beside))]
    found: list[int] = []
    for under in range(place + 1, len(laid)):
        one = laid[under]
        if (one.kind, one.group, one.indent, bool(one.marked)) != (first.kind, first.group, first.indent, bool(first.marked)) or one.text.rstrip().endswith(":"):
            break
        found.append(under)
    return found if bool(first.marked) and (not head.marked or first.indent > head.indent) else []


def _named_below(laid: Sequence[Laid], place: int) -> list[int]:
    """The places of the first lines of names below a line that speaks of them, also behind a paragraph that explains it."""
    found: list[int] = []
    for under in range(place + 1, min(len(laid), place + 1 + _EXPLAINS + _LINES)):
        one = laid[under]
        if (one.kind, one.group) != (laid[place].kind, laid[place].group):
            break
        if only_names(one.text) and not _OF_PEOPLE.search(one.text):
            found.append(under)
        elif found or under > place + _EXPLAINS:
            break
    return found


def _says_when(text: str) -> bool:
    """Whether the last sentence of a line that opens a list says when what is listed counts."""
    said = re.split(r"[.;]\s+", text.strip())[-1]
    return len(said.split()) <= _LONGEST and _SAYS_WHEN.search(said) is not None and _ANNOUNCES.search(said) is not None and _NOW.search(said) is None


def _beside(laid: Sequence[Laid], place: int) -> list[int]:
    """The places of the lines that follow one at its own depth, to the next that opens a list."""
    head = laid[place]
    found: list[int] = []
    for under in range(place + 1, len(laid)):
        one = laid[under]
        if (one.kind, one.group, one.indent, bool(one.marked)) != (head.kind, head.group, head.indent, bool(head.marked)) or one.text.rstrip().endswith(":"):
            break
        found.append(under)
    return found
