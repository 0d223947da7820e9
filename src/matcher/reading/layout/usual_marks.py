"""Marks of lists as protocols write them ("1- ", "A. ", "[1]", "IC1.", "1.1 "), put as the usual ones.

Such a mark may be something else ("1-2 weeks", "A. baumannii", "> 18 years"): it is one only where lines that bear the same
kind of it follow each other in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.model.patterns import pattern_of

ALONE = "☐☑☒▢◻◽✓✔✗✘➢➤➔►▸▶❖❑❒❏◆◇⬤⚫⁃\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e"
"""Signs that begin no sentence, so that each is a mark even where it stands on one line only."""

CIRCLED = "①-⒛❶-❿➀-➓"
"""Numbers in circles, brackets or with a stop of their own, as a range of characters."""

SURE = "\u00a0"
"""The blank behind a letter in brackets that is sure to be a mark."""

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMERALS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_UNITS = r"(?i:(?:mg|g|kg|mcg|ug|ng|pg|ml|dl|l|cm|mm|m|mmol|umol|mol|mmhg|iu|u|units?|miu|x|times|uln|lln|and|or|to|of|percent|fold|hours?|hrs?|days?|weeks?|months?|years?|yrs?|minutes?|mins?|points?|for|in)\b)"
_GLUED_UNITS = r"(?i:(?:years?|yr|months?|mo|weeks?|wk|days?|hours?|hr|h|minutes?|min|doses?|drugs?|lines?|vessels?|fold|points?|stages?|steps?|sided|tailed|levels?|times?|mm|cm|mg|g|kg|ml|way|item|lead|th|st|nd|rd|d|fu|ht|ht3|ft|in|and|or|to|mercaptopurine|fluorouracil)\b)"
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way to write a mark: what it looks like, how many lines of it must follow each other at least, and the first mark of a list (0 where any may be)."""

    name: str
    pattern: re.Pattern[str]
    least: int = 2
    first: int = 0


def _kind(name: str, pattern: str, least: int = 2, first: int = 0) -> _Kind:
    return _Kind(name, pattern_of(pattern), least, first)


_KINDS = (
    _kind("number", rf"(?P<mark>\d{{1,2}})(?:[-–—][ \t]+(?!{_UNITS})|[ \t][-–—][ \t]+(?=[\w(<>≥≤])(?!{_UNITS}))"),
    _kind("number", rf"(?P<mark>\d{{1,2}})[-–—](?={_LETTER}|\d\d\b|[<>≥≤])(?!{_GLUED_UNITS})(?!\w-)", first=1),
    _kind("number", rf"(?P<mark>\d{{1,2}})[ \t]?:[ \t]*(?={_LETTER}|\d\d\b|[<>≥≤])"),
    _kind("number", rf"(?P<mark>\d{{1,2}})/(?:[ \t]+(?=\w)|(?=[A-Z][a-z]))(?!{_UNITS})", first=1),
    _kind("number", r"(?P<mark>\d{1,2})(?:\.[):\-]|\)[.:\-]|[.)](?=[a-z]{3})|\)(?=[A-Z]|\d\d\b|[<>≥≤]))[ \t]*(?=\S)"),
    _kind("number", r"(?P<mark>\d{1,2})\\[.)][ \t]+(?=\S)", least=1),
    _kind("number", r"\[(?P<mark>\d{1,2})\][.:)]?[ \t]*(?=\w)"),
    _kind("number", r"#[ \t]?(?P<mark>\d{1,2})[.:)\-]?[ \t]+(?=\w)"),
    _kind("number", r"(?:No\.?|N[°º]|Nr\.?)[ \t]?(?P<mark>\d{1,2})[.:)\-]?[ \t]+(?=[A-Z]|\d\d\b|[<>≥≤])", first=1),
    _kind("number", r"(?P<mark>\d{1,2})[°º][ \t]*(?=[A-Z][a-z]|\d\d\b|[<>≥≤])", first=1),
    _kind("number", r"(?P<mark>\d{1,2})[ \t]+(?=[A-Z][a-z])(?!IU\b|Gy\b)", least=3, first=1),
    _kind("named", r"(?P<name>I-?C|E-?C|Inc?|Exc?|INC?L?|EXC?L?|Incl|Excl|Criterion|CRITERION)[ \t]?[-#.]?[ \t]?(?P<mark>\d{1,2})(?:[.:)\-]+[ \t]*|[ \t]+)(?=\S)"),
    _kind("named", r"(?P<name>[IE])-?(?P<mark>\d{1,2})[.:)][ \t]*(?=\S)"),
    _kind("outline", rf"(?P<mark>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[.)]?:?[ \t]+(?=\w|[<>≥≤(])(?!{_UNITS})"),
    _kind("capital", r"\(?(?P<mark>[A-Z])(?:[.)]|[ \t]?[-–:])[ \t]+(?=\w|[<>≥≤(])", first=1),
    _kind("capital", r"(?P<mark>[A-Z])[.)](?=[A-Z][a-z]{2})", first=1),
    _kind("roman", r"\(?(?P<mark>I{1,3}|IV|VI{0,3}|IX|XI{0,2})(?:[.)]|[ \t]?[-–:])[ \t]+(?=\w|[<>≥≤(])", first=1),
    _kind("letter", r"\(?(?P<mark>[a-z])(?:[.)]|\.\)|[ \t]?[-–:])[ \t]+(?=\w|[<>≥≤(])", first=1),
    _kind("letter", r"(?P<mark>[a-z])\.(?=[A-Z]|\d\d\b|[<>≥≤])", first=1),
    _kind("sign", r"(?P<mark>[+□=~−])[ \t]+(?=[^\W\d])(?!(?:or|and|to|the|of|ve)\b)"),
    _kind("sign", r"(?P<mark>[■¨þØ§ü→⇒»_‐‑‒∙⋅・★☆✦✧]|->|=>|[vqnl](?=[ \t]+[A-Z\d<>≥≤]))[ \t]+(?=[\w<>≥≤(])(?!(?:or|and|to|the|of|ve)\b)"),
    _kind("sign", r"(?P<mark>>)[ \t]+(?=[A-Z][a-z])(?!(?:Grade|Stage|Class|Child|Gleason|Upper|Karnofsky|Normal|Twice|Once|Two|Three|Four|Five|One)\b)"),
    _kind("sign", r"(?P<mark>[-–—‐‑‒−°])(?=[^\W\d_]{2}|[<>≥≤]|\d\d[ \t]?(?:-|–|to|years))(?!(?:OR|AND|or|and)\b|[^\W\d]{1,3}-)"),
    _kind("sign", r"(?P<mark>‚Ä¢|¬∑|â€¢|Â·|&bull;|&middot;)[ \t]*(?=\S)"),
)  # fmt: skip

# Only where such a line stands may there be another mark than the usual ones.
_GATE = pattern_of(
    r"^[ \t]*(?:[-*•][ \t]+)?(?:[+□■¨þØ§ü→⇒»_=~−‐‑‒∙⋅・★☆✦✧>][ \t]|->|=>|[-–—‐‑‒−°][^\W\d_]{2}|‚Ä¢|¬∑|â€¢|Â·|&(?:bull|middot);|\d{1,2}(?:[ \t]?[-–—:/\\]|[°º]|[ \t][A-Z]|\.[):\-\d]|\)[.:\-\d<>≥≤]|[.)][a-z])|"
    r"\[\d|#[ \t]?\d|N(?:[or]\.?|[°º])[ \t]?\d|[IE][-CNXnxcl. #]{0,5}\d|C(?:riterion|RITERION)[ \t]|\(?[AI](?:[.)]|[ \t]?[-–:])|\(?j[.)]|a(?:[ \t]?[-–:]|\.[A-Z])|[vqnl][ \t][A-Z])",
    re.MULTILINE,
)
_BULLETED = pattern_of(r"[ \t]*[-*•][ \t]+")
_AS_USUAL = pattern_of(r"[ \t]*\(?(?:[a-h]|i{1,3}|iv|v|vi|\d{1,2})[.)](?:[ \t]|(?<=[\d][.)])[A-Z(])")


@dataclass(frozen=True, slots=True)
class _Marked:
    place: int
    kind: int
    lead: str
    mark: str
    name: str
    rest: str
    bullet: str

    @property
    def order(self) -> tuple[int, ...]:
        """Where the mark stands among those of its kind; (0,) for a sign."""
        name = _KINDS[self.kind].name
        if name == "sign":
            return (0,)
        if name == "roman":
            return (_ROMANS.index(self.mark) + 1,)
        if name in ("capital", "letter"):
            return (ord(self.mark.casefold()) - ord("a") + 1,)
        return tuple(map(int, self.mark.split(".")))


def with_usual_marks(lines: Sequence[str]) -> list[str]:
    """The lines with every mark that is sure to be one as a usual mark: "1. ", "(A) ", "- "."""
    found = list(lines)
    if _GATE.search("\n".join(lines)) is None:
        return found
    taken: set[int] = set()
    for kind in range(len(_KINDS)):
        for run in _runs(lines, [one for place, line in enumerate(lines) if place not in taken and (one := _marked(line, place, kind)) is not None]):
            taken.update(one.place for one in run)
            bulleted = all(one.bullet for one in run)
            for one in run:
                if bulleted:
                    found[one.place] = f"{one.bullet}{one.rest}"
                elif _AS_USUAL.match(lines[one.place]) is None:
                    found[one.place] = f"{_USUAL[_KINDS[kind].name](one)}{one.rest}"
    return found


def _marked(line: str, place: int, kind: int) -> _Marked | None:
    bullet = _BULLETED.match(line) if _KINDS[kind].name != "sign" else None
    lead = line[: bullet.end()] if bullet is not None else line[: len(line) - len(line.lstrip())]
    bare = line[len(lead) :]
    found = _KINDS[kind].pattern.match(bare)
    if found is None or not bare[found.end() :].strip():
        return None
    return _Marked(place, kind, " " * len(lead) if bullet is not None else lead, found["mark"], found.groupdict().get("name") or "", bare[found.end() :], lead if bullet is not None else "")


def _runs(lines: Sequence[str], marked: Sequence[_Marked]) -> Iterator[list[_Marked]]:
    """The lines that follow each other in the order of their marks, as many as their kind asks for."""
    run: list[_Marked] = []
    for one in marked:
        if run and not _follows(run[-1], one):
            if _KINDS[one.kind].first and one.order[-1] != _KINDS[one.kind].first:
                continue
            yield from _sure(lines, run)
            run = []
        run.append(one)
    yield from _sure(lines, run)


def _follows(above: _Marked, below: _Marked) -> bool:
    if _KINDS[above.kind].name == "sign" or above.name != below.name:
        return above.mark == below.mark and above.name == below.name
    one, other = above.order, below.order
    if _KINDS[above.kind].name == "outline":
        return one < other and (other[:-1] == one[:-1] or other[-1] == 1) and other[0] - one[0] <= 1
    return 0 < other[0] - one[0] <= (1 if _KINDS[above.kind].first else 2)


def _sure(lines: Sequence[str], run: Sequence[_Marked]) -> Iterator[list[_Marked]]:
    """The run if its lines are those of a list, and nothing if they may be anything else."""
    if not run:
        return
    kind = _KINDS[run[0].kind]
    first = run[0].order[-1]
    if len(run) < kind.least or (kind.first and first != kind.first) or (kind.name == "outline" and first != 1):
        return
    if kind.name == "outline" and any(_headed_between(lines[above.place : below.place]) for above, below in pairwise(run)):
        return
    if kind.name in ("capital", "letter", "roman") and all(one.rest[:1].islower() and len(one.rest.split()) < 3 for one in run):
        return  # "A. baumannii", "B. fragilis"
    if kind.name in ("number", "sign") and sum(one.rest[:1].isalpha() for one in run) < min(kind.least, 2):
        return
    if kind.name != "sign" or any(below.place - above.place < 3 for above, below in pairwise(run)):
        yield list(run)


def _headed_between(lines: Sequence[str]) -> bool:
    """Whether a short line without a mark stands for itself among some: what it heads may be asked in another way."""
    return any(not above.strip() and 0 < len(line.strip()) < _SHORT and line.strip()[0].isupper() for above, line in pairwise(lines))


_SHORT = 40  # characters

_USUAL: dict[str, Callable[[_Marked], str]] = {
    "number": lambda one: f"{one.lead}{one.mark}. ",
    "named": lambda one: f"{one.lead}{one.mark}. ",
    "outline": lambda one: "- ",  # "1.1" goes no further in than "1.", which is a heading as often as the head of a list
    "capital": lambda one: f"{one.lead}({one.mark}){SURE}",
    "roman": lambda one: f"{one.lead}({_NUMERALS[one.order[0] - 1]}){SURE}",
    "letter": lambda one: f"{one.lead}({one.mark}){SURE}",
    "sign": lambda one: f"{one.lead}- ",
}
