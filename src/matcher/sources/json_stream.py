"""JSON values one after the other out of a stream: lines, an array, or one object; a broken line is stepped over."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

LARGEST_VALUE = 40_000_000  # characters: a page of a thousand studies has some twenty million
_CHUNK = 1 << 20
_LONGEST_WORD = 8  # characters: "false", or an escape that a chunk cuts in two
_SPACE = " \t\r\n\ufeff"
_BESIDE = r"""\s*"(?:totalCount|nextPageToken)"\s*:\s*(?:\d{1,12}|"[^"]{0,200}"|null)\s*"""
_PAGE = re.compile(rf"""\{{(?:{_BESIDE},)*\s*"studies"\s*:\s*\[""")
_PAGE_END = re.compile(rf"""\](?:\s*,{_BESIDE})*\s*\}}""")
_RECORD = re.compile(r"""\{\s*"(?:protocolSection|nct_id)"\s*:""")
_LONGEST_START = 200  # characters: the beginning of a record with the spaces in it


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where no JSON value could be read, and why."""

    line: int
    why: str


class _Text:
    """The decoded text of a stream, as much of it as one value needs."""

    def __init__(self, stream: BinaryIO) -> None:
        start = stream.read(_CHUNK)
        encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._stream = stream
        self.text = self._decoder.decode(start)
        self.at, self.ended = 0, not start
        self._line, self._counted = 1, 0

    def more(self) -> bool:
        """Read on; False at the end. What was used up is let go."""
        if self.ended:
            return False
        self._count()
        chunk = self._stream.read(max(_CHUNK, len(self.text) - self.at))
        self.ended = not chunk
        self.text, self.at = self.text[self.at :] + self._decoder.decode(chunk, final=self.ended), 0
        self._counted = 0
        return True

    def skip(self, signs: str) -> str:
        """The next character that is none of `signs`; "" at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in signs:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def next_line(self) -> None:
        """Step behind the line's end."""
        while (end := self.text.find("\n", self.at)) < 0:
            self.at = len(self.text)
            if not self.more():
                return
        self.at = end + 1

    def passed(self, pattern: re.Pattern[str]) -> bool:
        """Step behind what the pattern matches here; False where it does not."""
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


def json_values(stream: BinaryIO) -> Iterator[tuple[int, Any] | Broken]:
    """Each value with the line it begins on: the members of an outer array or of a page's "studies", else the values that follow each other."""
    text = _Text(stream)
    array = text.skip(_SPACE) == "["
    inside = array
    if array:
        text.at += 1
    while first := text.skip(_SPACE + ","):
        if inside and first == "]":
            if array or not text.passed(_PAGE_END):
                return
            inside = False
            continue
        if not inside and text.passed(_PAGE):
            inside = True
            continue
        line = text.here
        found = _value(text)
        if not isinstance(found, Broken):
            yield line, found[0]
            continue
        yield found
        if "large" in found.why or (inside and not text.next_record()):
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
