"""The text of a stream of bytes, a piece at a time: which encoding it is in is told by its first bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from matcher.model.patterns import pattern_of
from matcher.sources.values import Problem

_CHUNK = 1 << 20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Without a mark: every other byte of the first signs is nought.
_UNMARKED = ((pattern_of(rb"(?:[\t\n\r -~]\0){2}"), "utf-16-le"), (pattern_of(rb"(?:\0[\t\n\r -~]){2}"), "utf-16-be"))


def encoding_of(start: bytes, declared: str = "utf-8") -> str:
    """The encoding of a text that begins so: that of its byte order mark, UTF-16 where it shows, else the declared one."""
    marked = (name for mark, name in _MARKS if start.startswith(mark))
    shown = (name for pattern, name in _UNMARKED if pattern.match(start))
    return next(marked, None) or next(shown, None) or declared.casefold()


class Decoding:
    """A stream as text; bytes that are no UTF-8 are read as Windows-1252, as older programs write it, and the first place is kept."""

    def __init__(self, stream: BinaryIO, chunk: int = _CHUNK, *, start: bytes = b"", declared: str = "utf-8") -> None:
        """Nothing is read yet but the `start`, which comes again."""
        self._stream, self._chunk = stream, chunk
        self._start = start or stream.read(chunk)
        self.encoding = encoding_of(self._start, declared)
        self._decoder = codecs.getincrementaldecoder(self.encoding)()
        self._lines = 1
        self.odd_line = 0  # the line of the first byte that is no UTF-8; 0 where there is none

    def pieces(self) -> Iterator[str]:
        """The text, piece after piece."""
        data = self._start
        while True:
            text = self._decoded(data, final=not data)
            self._lines += text.count("\n")
            if text:
                yield text
            if not data:
                return
            data = self._stream.read(self._chunk)

    def _decoded(self, data: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            self.odd_line = self._lines + error.object[: error.start].count(b"\n")
            before = self._decoder.getstate()
            self._decoder = codecs.getincrementaldecoder(self.encoding)("windows-1252" if self.encoding.startswith("utf-8") else "replace")
            self._decoder.setstate(before)
            return self._decoder.decode(data, final)

    def problems(self, name: str) -> Iterator[Problem]:
        """What is to be said of the encoding of the file `name`."""
        if self.odd_line:
            message = "not written in UTF-8; read as Windows-1252, so check signs such as ≥ and µ in the criteria"
            if not self.encoding.startswith("utf-8"):
                message = f"not all of it is {self.encoding}, as it should be: check signs such as ≥ and µ in the criteria"
            yield Problem(name, f"line {self.odd_line}", "encoding", message)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows)

__all__ = ["Decoding", "encoding_of"]
