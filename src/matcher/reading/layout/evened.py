"""A criterion of one line without what only its typing adds: marks of lists, escapes, wide spaces, a number said twice.

"b)  \\>= 3 (three) month(s) ;" says ">= 3 months". Of every letter of what is left its place in the text is known, so that
what was read is shown where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Read

Places = list[tuple[int, int]]
"""Of every letter, where what it stands for begins and ends in the text as it was."""

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15,
    "eighteen": 18, "twenty": 20, "twenty-one": 21, "twenty-four": 24, "twenty-eight": 28, "thirty": 30, "forty-eight": 48, "sixty": 60, "seventy-two": 72, "ninety": 90,
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMERALS = ("I", "II", "III", "IV", "V", "VI")
_ENTITIES = {"gt": ">", "lt": "<", "ge": "≥", "le": "≤", "amp": "&", "nbsp": " "}
_MARK_SIGNS = frozenset("-•*●○▪■◦‣·–—(abcdefghABCDEFGH0123456789 \t\u00a0")

# One of these stands in whatever is not even, but for the marks at its ends.
_LETTERS = ("  ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", "\\", "&", "(s)", "(es)", " or =", ">or", "<or", "-years", "-months", "-weeks", "-days", "-hours", " percent", " per cent", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "～", "; nor ", ";nor ", ". Nor ")
_GLUED = pattern_of(r"(\d)((?:hour|day|week|month|year)s)\b")
_SAID_TWICE = pattern_of(rf"\b(?:(?P<word>{_WORD})\s?\((?P<number>\d{{1,3}})\)|(?P<count>\d{{1,3}})\s?\((?P<counted>{_WORD})\))", re.IGNORECASE)
_IN_BRACKETS = pattern_of(rf"\((?:\d{{1,3}}|{_WORD})\)", re.IGNORECASE)
_MARK = pattern_of(r"\s*(?:[-•*●○▪■◦‣·–—]\s+|\(?[a-hA-H]\)\s+|\(?\d{1,2}\)\s+|\d{1,2}\.\s+)(?=[^\W\d])")
_OTHER_MARK = pattern_of(r"[\s;:,.(](?:[a-hA-H]|\d{1,2}|[ivx]{1,4})\)\s|[;:,.]\s*\d{1,2}\.\s")
# "Performance status of zero to two", "a ratio of one or less": numbers of a scale.
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_WORDS = pattern_of(
    rf"\b(?P<digit>{'|'.join(_DIGITS)})\b(?:(?P<bound>(?=\sor\s(?:less|lower|below|greater|higher|above|better|worse)\b))"
    r"|(?!\s(?:hours?|weeks?|months?|days?|years?|prior|previous|lines?|of|consecutive|more|or more|or fewer|separate|different)\b))",
    re.IGNORECASE,
)
_SCALES = ("ECOG", "erformance status", "erformance Status", "ubrod")
_SCALE = pattern_of(r"(?:ECOG|performance status|zubrod)\b[^.;]{0,50}\Z", re.IGNORECASE)
_BOUNDS = (" or less", " or lower", " or below", " or greater", " or higher", " or above", " or better", " or worse")
# Where this is not, nothing ends as below: it begins with a sign, which is looked for fast.
_MAY_END = pattern_of(r"[;,](?:\s*(?:and/or|and|or))?[\s.;,]*\Z", re.IGNORECASE)
_END = pattern_of(r"\s*[;,](?:\s*(?:and/or|and|or))?[\s.;,]*\Z", re.IGNORECASE)


def _once(said: re.Match[str]) -> str:
    """A number said in words and in figures, in figures; as it stands where the two differ."""
    word, number = said["word"] or said["counted"], said["number"] or said["count"]
    return number if _WORDS[word.casefold()] == int(number) else said[0]


def _figure(said: re.Match[str]) -> str:
    """A number of a scale in figures."""
    on_scale = said["bound"] is not None or _SCALE.search(said.string, max(0, said.start() - 80), said.start()) is not None
    return str(_DIGITS.index(said["digit"].casefold())) if on_scale else said[0]


# "Neuropathy  grade 2", "surgery  28 days before", "age  18 years": two blanks where a sign was lost.
_LOST = pattern_of(
    r"(?<=[A-Za-z)])(?<!within)(?<!\bin)(?<!\bwith)(?<!\bor)(?<!\bat)(?<!\bby)(?<!\bthe)(?<!after)(?<!before)(?<!\bpast)(?<!\blast)(?<!\bthan)(?<!\bleast)(?<!\bmost)(?<!\bevery)(?<!about)(?<!\bfrom)(?<!between)(?<!\bover)(?<!during)"
    r"[ \u00a0]{2}(?=(?:grade|stage|class)s?[ \u00a0]?(?:\d|[IV]+\b)|\d+[ \u00a0-]?(?:hours?|days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
# "CKD, stage 4-5, or dialysis": which CKD, and no member of its own.
_OF_IT = pattern_of(
    r",(?=\s(?:(?:stages?|grades?|class(?:es)?|types?)\s(?:\d|[IVABC]+\b)[a-cA-C]?(?:\s?(?:-|–|to|or|and|/)\s?(?:\d|[IVABC]+\b)[a-cA-C]?)*"
    r"|severe|moderate|mild|uncontrolled|unstable|moderate to severe|poorly controlled)\s?,\s(?:or|and|and/or)\b)",
    re.IGNORECASE,
)
_CHANGES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (pattern_of(r"[Ⅰ-Ⅵ]"), lambda numeral: _NUMERALS["ⅠⅡⅢⅣⅤⅥ".index(numeral[0])]),
    (pattern_of(r"～"), lambda dash: "-"),
    (pattern_of(r"(?:;|\.(?= N))(?= ?[Nn]or )"), lambda stop: ","),  # a "nor" goes on denying
    (pattern_of(r"&(gt|lt|ge|le|amp|nbsp);"), lambda entity: _ENTITIES[entity[1]]),
    (pattern_of(r"\\(?=[<>=≥≤~^*\[\]()_&#+.%/-])"), lambda escape: ""),
    (_LOST, lambda blanks: " = "),
    (pattern_of(r"[ \t\u00a0\u2009\u202f\u3000]{2,}|[\t\u00a0\u2009\u202f\u3000]"), lambda blank: " "),
    (pattern_of(r"([<>])\s?or\s?=(?!\s*[<>])"), lambda sign: f"{sign[1]}="),
    (pattern_of(r"(?<=\d)-(?=(?:hour|day|week|month|year)s\b)"), lambda dash: " "),
    (pattern_of(r"(?<=\d)\s?per\s?cent\b(?!\s?(?:ile|\())", re.IGNORECASE), lambda sign: "%"),
    (pattern_of(r"(?<=[a-z]{3})(?<!is)\((e?s)\)", re.IGNORECASE), lambda plural: plural[1]),
)  # fmt: skip


def evened(text: str) -> tuple[str, Places | None]:
    """The text without what only its typing adds, with the places of its letters; None where it is even already."""
    marked = text[:1] in _MARK_SIGNS and _MARK.match(text) is not None
    ended = text[-1:] in ";,dDrR. " and _MAY_END.search(text) is not None
    uneven = any(map(text.__contains__, _LETTERS))
    twice = "(" in text and _IN_BRACKETS.search(text) is not None and _SAID_TWICE.search(text) is not None
    scaled = (any(map(text.__contains__, _SCALES)) or any(map(text.__contains__, _BOUNDS))) and _IN_WORDS.search(text) is not None
    glued = _GLUED.search(text) is not None
    narrowed = (", or " in text or ", and" in text) and _OF_IT.search(text) is not None
    if "\n" in text or not (marked or ended or uneven or twice or scaled or glued or narrowed or text.startswith(_FIRST)):
        return text, None
    places = [(place, place + 1) for place in range(len(text))]
    plain = text
    if uneven:
        for pattern, instead in _CHANGES:
            plain, places = _changed(plain, places, pattern, instead)
    if glued:
        plain, places = _changed(plain, places, _GLUED, lambda time: f"{time[1]} {time[2]}")
    if narrowed:
        plain, places = _changed(plain, places, _OF_IT, lambda comma: "")
    if twice:
        plain, places = _changed(plain, places, _SAID_TWICE, _once)
    if scaled:
        plain, places = _changed(plain, places, _IN_WORDS, _figure)
    chosen = _ends_of_marks(plain) if text.startswith(_FIRST) else []
    if chosen:
        plain, places = _put(plain, places, chosen)
    mark = _MARK.match(plain) if marked and not chosen else None
    if mark is not None and _OTHER_MARK.search(plain, mark.end()) is None:
        plain, places = plain[mark.end() :], places[mark.end() :]
    end = _END.search(plain) if ended else None
    if end is not None and end.start():
        plain, places = plain[: end.start()], places[: end.start()]
    return (plain, places) if plain != text else (text, None)


# Marks that count on from the first, in any of the ways in which one counts, with what joins a member to the one before.
_FIRST = tuple(f"{opening}{mark}{close}" for mark in ("1", "a", "A", "i") for opening, close in (("(", ")"), ("", ")"), ("", ". ")))
_COUNTING = (tuple(map(str, range(1, 13))), tuple("abcdefgh"), tuple("ABCDEFGH"), ("i", "ii", "iii", "iv", "v", "vi"))
_COUNT = pattern_of(r"(?:^|(?:\s*[;,.])?\s*(?:\b(?P<joint>and/or|and|or)\b\s*:?)?(?:(?<=[\s;,.:])|(?<=^)))\(?(?P<mark>\d{1,2}|[a-hA-H]|[iv]{1,3})[).]\s*(?=[^\W\d_])")


def _ends_of_marks(text: str) -> list[tuple[int, int, str]]:
    """ "(a) gout; (b) asthma; or (c) COPD": the marks of a whole line that chooses between its members, with what stands for them instead."""
    marks = list(_COUNT.finditer(text))
    if len(marks) < 2 or marks[0].start() > 0 or marks[-1]["joint"] not in ("or", "and/or") or any(mark["joint"] == "and" for mark in marks):
        return []
    said = [mark["mark"] for mark in marks]
    if not any(said == list(series[: len(said)]) for series in _COUNTING):
        return []
    instead = ["", *("; " for _ in marks[2:]), "; or "]
    return [(*mark.span(), put) for mark, put in zip(marks, instead, strict=True)]


def _changed(text: str, places: Places, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> tuple[str, Places]:
    """The text with something else in the place of what matches."""
    return _put(text, places, [(*found.span(), instead(found)) for found in pattern.finditer(text)])


def _put(text: str, places: Places, cuts: Sequence[tuple[int, int, str]]) -> tuple[str, Places]:
    """The text with something else in the place of each cut."""
    parts: list[str] = []
    kept: Places = []
    done = 0
    for start, end, put in cuts:
        parts += (text[done:start], put)
        kept += places[done:start]
        kept += [(places[start][0], places[end - 1][1])] * len(put)
        done = end
    return "".join((*parts, text[done:])), kept + places[done:]


def in_its_place(read: Read, places: Places | None) -> Read:
    """What was read of the even text, at its places in the text as it was."""
    if not places:
        return read
    last = len(places) - 1
    return Read(read.check, tuple((places[min(start, last)][0], places[min(max(end - 1, start), last)][1]) for start, end in read.spans))
