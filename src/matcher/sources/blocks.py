"""Cutting a saved page into blocks at the headings of its site's template."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from matcher.model.patterns import pattern_of
from matcher.sources.ages import read_ages
from matcher.sources.fields import absent, one_line, read_status
from matcher.sources.parts import is_intervention
from matcher.sources.values import Section, SectionKind

_COUNT = pattern_of(r"\s*\(\d[\d,]*\)$")
_CRITERIA = pattern_of(
    r"\s*(?:[•*–—·-]\s*)?(?:(?:key|main|major|general)\s+)?(?:(inclusion)|(exclusion)|inclusion\s*(?:and|&|/)\s*exclusion|eligibility)\s+criteria\s*:?\s*",
    re.IGNORECASE,
)
_INNER = pattern_of(
    r"(?im:^[ \t]*(?:[•*–—·-][ \t]*)?(?:(?:key|main|major)[ \t]+)?(inclusion|exclusion)[ \t]+criteria[ \t]*(?::|$))"
    r"|(?:(?<=[.;:)] )|(?<=[.;:)]))(?:Key |Main )?(Inclusion|Exclusion|INCLUSION|EXCLUSION) (?:Criteria|CRITERIA) ?:"
)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines below one heading ("" before the first), the number of its line from 1, and that line itself."""

    heading: str
    line: int
    lines: tuple[str, ...]
    title: str = ""

    @property
    def entries(self) -> list[str]:
        """The lines that say something, each on one line."""
        return [one_line(line) for line in self.lines if not absent(line)]

    @property
    def first(self) -> str | None:
        """The first line that says something."""
        return next(iter(self.entries), None)

    @property
    def prose(self) -> str | None:
        """The block as running text with its line breaks, or None where it says nothing."""
        text = trim("\n".join(line.rstrip() for line in self.lines))
        return None if absent(text) else "\n".join(line.strip() for line in text.split("\n"))

    @property
    def place(self) -> str:
        """Where the block stands, for a message."""
        return f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Layout:
    """A template's headings (lower case), and for free text which headings alone may end it."""

    headings: frozenset[str]
    guards: Mapping[str, frozenset[str]] = field(default_factory=dict)
    criteria: bool = False
    extra: Callable[[str], str | None] = lambda line: None

    def heading(self, line: str, within: str, following: str = "") -> str | None:
        """The heading that a line is, below the heading `within` and above the line `following`; None if ordinary."""
        guard = self.guards.get(within)
        if self.criteria and (found := _CRITERIA.fullmatch(line)) and _stands_alone(line, within, guard):
            return _criteria_heading(found)
        text = one_line(line)
        if not text:
            return None
        name = _COUNT.sub("", text).casefold()
        if guard is not None:
            name = "" if line[:1].isspace() else name
            ends = name in guard or (name in self.headings and _is_value(name, following))
            return name if ends else self._extra(text, guard)
        name = name if name in self.headings else name.rstrip(": ")
        return name if name in self.headings else self.extra(text)

    def _extra(self, text: str, guard: frozenset[str]) -> str | None:
        found = self.extra(text)
        return found if found in guard else None


CRITERIA = frozenset({"inclusion criteria", "exclusion criteria", "eligibility criteria"})


_SEXES = pattern_of(r"all|both|male|female|males|females|male/female", re.IGNORECASE)
_COUNTED = pattern_of(r"\d[\d,]*(?:\s+(?:estimated\s+)?(?:patients|participants|subjects))?", re.IGNORECASE)
_VOLUNTEERS = pattern_of(r"(?:no|accepts)(?:\s+healthy\s+volunteers)?|yes", re.IGNORECASE)
_VALUES: dict[str, Callable[[str], object]] = {
    "status": read_status,
    **dict.fromkeys(("sex", "gender"), _SEXES.fullmatch),
    **dict.fromkeys(("age", "ages", "age group"), read_ages),
    **dict.fromkeys(("enrollment", "target recruitment"), _COUNTED.fullmatch),
    **dict.fromkeys(("volunteers", "healthy volunteers"), _VOLUNTEERS.fullmatch),
    **dict.fromkeys(("intervention", "interventions"), is_intervention),
    "study design": pattern_of(r"(?:allocation|masking|primary purpose|[a-z]+ model)\s*:", re.IGNORECASE).match,
    "locations": pattern_of(r"Country Name\b").match,
    "outcome": pattern_of(r"Type Measure\b").match,
}


def _is_value(name: str, following: str) -> bool:
    """Whether the line below a short heading is a value of it: in free text such a word may be a line of the text."""
    return name in _VALUES and bool(_VALUES[name](one_line(following)))


def _stands_alone(line: str, within: str, guard: frozenset[str] | None) -> bool:
    """Whether a criteria heading may end the block: free prose also holds such lines, but with a colon or a bullet."""
    if within in CRITERIA:
        return "eligibility" not in line.casefold()
    if guard is None:
        return True
    return bool(CRITERIA & guard) and line.rstrip()[-1:] != ":" and line[:1].isalpha()


def page_lines(text: str) -> list[str]:
    """The page's lines, whatever its line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_blocks(lines: Iterable[str], layout: Layout) -> list[Block]:
    """Cut lines into blocks at the headings of a layout; the first block has the heading ""."""
    blocks: list[Block] = []
    heading, start, title, body = "", 1, "", list[str]()
    page = list(lines)
    for number, line in enumerate(page, start=1):
        following = next((below for below in page[number : number + 3] if below.strip()), "")
        found = layout.heading(line, heading, following)
        if found is None:
            body.append(line)
            continue
        blocks.append(Block(heading, start, tuple(body), title))
        heading, start, title, body = found, number, line, []
    blocks.append(Block(heading, start, tuple(body), title))
    return blocks


def shows(text: str, headings: Collection[str], name: str) -> bool:
    """Whether a page bears three of a template's own headings, or two of them and its site's name."""
    lines = {_COUNT.sub("", one_line(line).casefold()).rstrip(":") for line in page_lines(text)}
    hits = sum(heading in lines for heading in headings)
    return hits >= 3 or (hits == 2 and any(name.casefold() in line for line in lines))


def trim(text: str) -> str:
    """The text without blank lines before and after it; its own indentation stays."""
    return re.sub(r"\A(?:[ \t\xa0]*\n)+|\s+\Z", "", text)


def criteria_sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The eligibility text under criteria headings; where they alternate (cohorts), as one text with its headings."""
    sections: list[Section] = []
    for is_criteria, run in groupby(blocks, key=lambda block: block.heading in CRITERIA):
        held = [block for block in run if is_criteria and not absent("\n".join(block.lines))]
        kinds = [block.heading for block in held]
        if len(set(kinds)) < len(kinds) or len(kinds) > 2:
            sections.append(
                Section("both", trim("\n".join(line for block in held for line in (block.title, *block.lines))))
            )
        else:
            sections += [
                part for block in held for part in _settle(_KINDS[block.heading], trim("\n".join(block.lines)))
            ]
    return tuple(sections)


_KINDS: dict[str, SectionKind] = {
    "inclusion criteria": "inclusion",
    "exclusion criteria": "exclusion",
    "eligibility criteria": "both",
}


def _settle(kind: SectionKind, text: str) -> list[Section]:
    """Cut a one-sided text where it turns to the other side; a two-sided one is left to the reader."""
    if kind == "both":
        return [Section(kind, text)]
    cuts: list[tuple[SectionKind, int, int]] = [(kind, 0, 0)]
    for found in _INNER.finditer(text):
        turned: SectionKind = "inclusion" if (found[1] or found[2]).casefold() == "inclusion" else "exclusion"
        if turned != cuts[-1][0]:
            cuts.append((turned, found.start(), found.end()))
    ends = [start for _, start, _ in cuts[1:]] + [len(text)]
    pieces = [(side, text[start:end]) for (side, _, start), end in zip(cuts, ends, strict=True)]
    sections = [
        Section(side, trim(piece.lstrip(" \t") if order else piece)) for order, (side, piece) in enumerate(pieces)
    ]
    return [section for section in sections if not absent(section.text)]


def _criteria_heading(found: re.Match[str]) -> str:
    if found[1]:
        return "inclusion criteria"
    return "exclusion criteria" if found[2] else "eligibility criteria"
