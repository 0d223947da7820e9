"""Cutting a saved page into blocks at the headings of its site's template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from matcher.sources.fields import absent, one_line
from matcher.sources.values import Section, SectionKind

_COUNT = re.compile(r"\s*\(\d[\d,]*\)$")
_CRITERIA = re.compile(
    r"\s*(?:[•*–—·-]\s*)?(?:(?:key|main|major|general)\s+)?(?:(inclusion)|(exclusion)|inclusion\s*(?:and|&|/)\s*exclusion|eligibility)\s+criteria\s*:?\s*",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?im:^[ \t]*(?:[•*–—·-][ \t]*)?(?:(?:key|main|major)[ \t]+)?(inclusion|exclusion)[ \t]+criteria[ \t]*(?::|$))"
    r"|(?:(?<=[.;:)] )|(?<=[.;:)]))(?:Key |Main )?(Inclusion|Exclusion|INCLUSION|EXCLUSION) (?:Criteria|CRITERIA) ?:"
)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines below one heading ("" before the first), and the number of the heading's line counted from 1."""

    heading: str
    line: int
    lines: tuple[str, ...]

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

    def heading(self, line: str, within: str) -> str | None:
        """The heading that a line is, below the heading `within`; None for an ordinary line."""
        guard = self.guards.get(within)
        if self.criteria and (found := _CRITERIA.fullmatch(line)) and _stands_alone(line, within, guard):
            return _criteria_heading(found)
        text = one_line(line)
        if not text or len(text) > 80:
            return None
        name = _COUNT.sub("", text).casefold()
        if guard is not None:
            name = "" if line[:1].isspace() else name
            return name if name in guard else self._extra(text, guard)
        name = name if name in self.headings else name.rstrip(": ")
        return name if name in self.headings else self.extra(text)

    def _extra(self, text: str, guard: frozenset[str]) -> str | None:
        found = self.extra(text)
        return found if found in guard else None


CRITERIA = frozenset({"inclusion criteria", "exclusion criteria", "eligibility criteria"})


def _stands_alone(line: str, within: str, guard: frozenset[str] | None) -> bool:
    """Whether a criteria heading may end the block: free prose also holds such lines, but with a colon or a bullet."""
    if guard is None or within in CRITERIA:
        return True
    return bool(CRITERIA & guard) and line.rstrip()[-1:] != ":" and line[:1].isalpha()


def page_lines(text: str) -> list[str]:
    """The page's lines, whatever its line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_blocks(lines: Iterable[str], layout: Layout) -> list[Block]:
    """Cut lines into blocks at the headings of a layout; the first block has the heading ""."""
    blocks: list[Block] = []
    heading, start, body = "", 1, list[str]()
    for number, line in enumerate(lines, start=1):
        found = layout.heading(line, heading)
        if found is None:
            body.append(line)
            continue
        blocks.append(Block(heading, start, tuple(body)))
        heading, start, body = found, number, []
    blocks.append(Block(heading, start, tuple(body)))
    return blocks


def trim(text: str) -> str:
    """The text without blank lines before and after it; its own indentation stays."""
    return re.sub(r"\A(?:[ \t\xa0]*\n)+|\s+\Z", "", text)


def criteria_sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The eligibility text under criteria headings, cut again where a block holds the other kind's heading."""
    sections: list[Section] = []
    for block in blocks:
        text = trim("\n".join(block.lines))
        if block.heading in CRITERIA and not absent(text):
            sections += _settle(_KINDS[block.heading], text)
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
    sections: list[Section] = []
    start = 0
    for found in _INNER.finditer(text):
        turned: SectionKind = "inclusion" if (found[1] or found[2]).casefold() == "inclusion" else "exclusion"
        if turned != kind:
            sections.append(Section(kind, trim(text[start : found.start()])))
            kind, start = turned, found.end()
    sections.append(Section(kind, trim(text[start:])))
    return [section for section in sections if not absent(section.text)]


def _criteria_heading(found: re.Match[str]) -> str:
    if found[1]:
        return "inclusion criteria"
    return "exclusion criteria" if found[2] else "eligibility criteria"
