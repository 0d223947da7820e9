"""JSON values one after the other out of a stream: lines, an array, or one object; a broken line is stepped over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from matcher.model.patterns import pattern_of
from matcher.sources.text_stream import Decoding
from matcher.sources.values import Problem

LARGEST_VALUE = 40_000_000  # characters: a page of a thousand studies has some twenty million
_LONGEST_WORD = 8  # characters: "false", or an escape that a chunk cuts in two
_SPACE = pattern_of("[ \t\r\n\ufeff]*")
_BETWEEN = pattern_of("[ \t\r\n\ufeff,]*")
_MOST_SPACE = 10_000_000  # characters: nobody's file holds so many blanks in one place
_BESIDE = r"""\s*"(?:totalCount|nextPageToken)"\s*:\s*(?:\d{1,12}|"[^"]{0,200}"|null)\s*"""
_PAGE = pattern_of(rf"""\{{(?:{_BESIDE},)*\s*"studies"\s*:\s*\[""")
_PAGE_END = pattern_of(rf"""\](?:\s*,{_BESIDE})*\s*\}}""")
_RECORD = pattern_of(r"""\{\s*"(?:protocolSection|nct_id)"\s*:""")
_LONGEST_PAGE_END = 1000  # characters: where a page's list begins, or what stands behind it
_LONGEST_START = 200  # characters: the beginning of a record with the spaces in it


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where no JSON value could be read, and why."""

    line: int
    why: str


class _Text:
    """The decoded text of a stream, as much of it as one value needs."""

    def __init__(self, stream: BinaryIO) -> None:
        self.decoding = Decoding(stream)
        self._pieces = self.decoding.pieces()
        self.text = next(self._pieces, "")
        self.at, self.ended = 0, not self.text
        self._line, self._counted = 1, 0

    def more(self) -> bool:
        """Read on; False at the end. What was used up is let go."""
        if self.ended:
            return False
        self._count()
        wanted, parts = max(1, len(self.text) - self.at), [self.text[self.at :]]
        while wanted > 0 and not self.ended:
            piece = next(self._pieces, "")
            self.ended = not piece
            parts.append(piece)
            wanted -= len(piece)
        self.text, self.at = "".join(parts), 0
        self._counted = 0
        return True

    def skip(self, signs: re.Pattern[str]) -> str:
        """The next character that is none of `signs`; "" at the end, or where there are too many of them."""
        passed = 0
        while True:
            found = signs.match(self.text, self.at)
            if found:
                passed += found.end() - self.at
                self.at = found.end()
            if self.at < len(self.text):
                return self.text[self.at]
            if passed > _MOST_SPACE or not self.more():
                return ""

    def next_line(self) -> None:
        """Step behind the line's end."""
        while (end := self.text.find("\n", self.at)) < 0:
            self.at = len(self.text)
            if not self.more():
                return
        self.at = end + 1

    def passed(self, pattern: re.Pattern[str]) -> bool:
        """Step behind what the pattern matches here, which is short; False where it does not."""
        if len(self.text) - self.at < _LONGEST_PAGE_END:
            self.more()
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found is not None

    def next_record(self) -> bool:
        """Step to the beginning of the next record of an array; False where there is none."""
        self.at += 1
        while (found := _RECORD.search(self.text, self.at)) is None:
            self.at = max(self.at, len(self.text) - _LONGEST_START)
            if not self.more():
                return False
        self.at = found.start()
        return True

    @property
    def here(self) -> int:
        """The number of the line."""
        self._count()
        return self._line

    def _count(self) -> None:
        """Count the lines up to here, each once."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at


def json_values(stream: BinaryIO, name: str) -> Iterator[tuple[int, Any] | Broken | Problem]:
    """Each value with the line it begins on: the members of outer arrays or of a page's "studies", else the values that follow each other."""
    text = _Text(stream)
    yield from _values(text)
    yield from text.decoding.problems(name)


def _values(text: _Text) -> Iterator[tuple[int, Any] | Broken]:
    inside = ""  # the "array" or "page" whose members are read
    while first := text.skip(_BETWEEN if inside else _SPACE):
        if inside and first == "]":
            if inside == "array" or not text.passed(_PAGE_END):
                text.at += 1
            inside = ""
            continue
        if not inside and first == "[":
            text.at += 1
            inside = "array"
            continue
        if not inside and text.passed(_PAGE):
            inside = "page"
            continue
        line = text.here
        found = _value(text)
        if not isinstance(found, Broken):
            yield line, found[0]
            continue
        yield found
        if inside and not text.next_record():
            return
        if not inside:
            text.next_line()
    if inside:
        yield Broken(text.here, "the list is not closed, so the download broke off: download it again")


def _value(text: _Text) -> tuple[Any] | Broken:
    decoder = json.JSONDecoder()
    while True:
        try:
            value, end = decoder.raw_decode(text.text, text.at)
        except RecursionError:
            return Broken(text.here, "nested too deeply")
        except json.JSONDecodeError as error:
            cut_off = error.msg.startswith("Unterminated string") or error.pos >= len(text.text) - _LONGEST_WORD
            if not cut_off:
                return Broken(text.here, f"not valid JSON: {error.msg.lower()}")
            if len(text.text) - text.at > LARGEST_VALUE:
                return Broken(text.here, "too large for one record")
            if not text.more():
                return Broken(text.here, f"not valid JSON: {error.msg.lower()}")
        except ValueError:
            return Broken(text.here, "a number is too long to be one")
        else:
            if end == len(text.text) and text.more():
                continue  # a number may go on
            text.at = end
            return (value,)
