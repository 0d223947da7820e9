"""Files, folders, zips and gzips as the documents in them, read as streams; nothing is unpacked on disk."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from matcher.sources.values import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SUFFIXES = frozenset({".txt", ".text", ".json", ".jsonl", ".ndjson", ".xml", ".csv", ".html", ".htm", ".zip", ".gz"})
_LARGEST_INSIDE = 200_000_000  # bytes of a zip inside a gzip
_NAMED = 5  # files of other kinds that are named
_ZIPS, _GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
_BESIDE = frozenset({"contents.txt", "readme.txt", "read_me.txt", "license.txt"})  # what registries put beside the trials
_OFFICE = "[Content_Types].xml"  # stands in every document of Word or Excel
_SMALL, _MOST_PACKED = 10_000_000, 200  # bytes that anything may unpack to; then no more times its packed size: registries' files have at most thirty
# What a stream may raise while it is read: a broken disk, a truncated gzip, a damaged zip member.
READ_ERRORS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Meter:
    """How far the files are read, in bytes on disk."""

    def __init__(self, total: int) -> None:
        """Nothing of the total is read yet."""
        self.total = total
        self._before = self._start = 0
        self._file: Path | None = None
        self._stream: BinaryIO | None = None

    def watch(self, file: Path, stream: BinaryIO, member: zipfile.ZipInfo | None) -> None:
        """Take up the next document; the members of a zip count from where they begin in it."""
        if file != self._file:
            self._before += _size(self._file) if self._file else 0
            self._file = file
        self._stream, self._start = (None, member.header_offset) if member else (stream, 0)

    @property
    def share(self) -> float:
        """The part that is read, from 0 to 1."""
        here = self._stream.tell() if self._stream and not self._stream.closed else 0
        return min(1.0, (self._before + self._start + here) / self.total) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """One file, or one member of a zip, with the name that problems call it by."""

    name: str
    path: Path
    member: zipfile.ZipInfo | None = None
    archive: zipfile.ZipFile | None = None

    @contextmanager
    def opened(self, meter: Meter | None = None) -> Iterator[BinaryIO]:
        """The document's bytes as a stream, gunzipped where it is a gzip; a meter watches how far it is read."""
        raw: BinaryIO
        if self.archive is not None and self.member is not None:
            raw = io.BufferedReader(self.archive.open(self.member))  # type: ignore[type-var]
        else:
            raw = self.path.open("rb")
        if meter:
            meter.watch(self.path, raw, self.member)
        with raw:
            buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
            if buffered.peek(2)[:2] == _GZIP:
                with gzip.GzipFile(fileobj=buffered) as packed:
                    yield io.BufferedReader(_Bounded(packed, raw.tell if self.member is None else self._packed_size))
            elif self.member is not None:
                yield io.BufferedReader(_Bounded(buffered, self._packed_size))
            else:
                yield buffered

    def _packed_size(self) -> int:
        return self.member.compress_size if self.member else 0


class _Bounded(io.RawIOBase):
    """What is unpacked of a stream, up to where it breaks (`broken` says how) or is no end of bytes out of hardly any."""

    broken: Exception | None = None

    def __init__(self, unpacked: io.BufferedReader | gzip.GzipFile, packed: Callable[[], int]) -> None:
        self._unpacked, self._packed, self._count = unpacked, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer) -> int:
        try:
            data = b"" if self.broken else self._unpacked.read1(len(memoryview(room)))
            self._count += len(data)
            if self._count > _SMALL and self._count > _MOST_PACKED * self._packed():
                raise OSError(None, "it unpacks to more than two hundred times its size, as no registry's file does")
        except READ_ERRORS as error:
            self.broken, data = error, b""
        memoryview(room)[: len(data)] = data
        return len(data)


def broken(stream: BinaryIO) -> Exception | None:
    """How the packed stream broke while it was read; None where it did not."""
    return getattr(getattr(stream, "raw", None), "broken", None)


def total_size(paths: Iterable[Path]) -> int:
    """The bytes of all files that `documents` would open."""
    return sum(_size(file) for path in paths for file in _candidates(path))


def _candidates(path: Path) -> Iterator[Path]:
    try:
        if not path.is_dir():
            yield path
            return
    except (OSError, ValueError):
        return
    for folder, names, files in os.walk(path):
        names[:] = [name for name in names if not name.startswith(".")]
        yield from (Path(folder) / file for file in files if Path(file).suffix.casefold() in SUFFIXES and not file.startswith("."))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def documents(path: Path) -> Iterator[Document | Problem]:
    """The documents at a path: a file, the members of a zip, or all such files in a folder and below it, by name."""
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path)
        else:
            yield _problem(str(path), "no-file", "no such file or folder: check the name")
    except (OSError, ValueError) as error:
        yield _problem(str(path), "unreadable", f"could not be opened ({why(error)}); check that it is there and may be read")


def _folder(path: Path) -> Iterator[Document | Problem]:
    found = False
    others: list[str] = []
    refused: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=refused.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for file in sorted(files):
            if file.casefold() in _BESIDE:
                continue
            if Path(file).suffix.casefold() in SUFFIXES and not file.startswith("."):
                found = True
                yield from _guarded(Path(folder) / file)
            elif not file.startswith("."):
                others.append(file)
    for error in refused:
        yield _problem(str(error.filename or path), "unreadable", f"the folder could not be opened ({why(error)})")
    if not found and not refused:
        yield _problem(str(path), "no-file", "the folder holds no trial files: expected .txt, .json, .jsonl, .xml, .csv, .html, .zip or .gz")
    elif others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        yield _problem(str(path), "passed-over", f"passed over, being no trial files by their endings: {', '.join(map(_shown, others[:_NAMED]))}{more}")


def _guarded(path: Path) -> Iterator[Document | Problem]:
    try:
        yield from _file(path)
    except OSError as error:
        yield _problem(str(path), "unreadable", f"could not be opened ({why(error)}); check that it may be read")


def _file(path: Path) -> Iterator[Document | Problem]:
    if not path.is_file():
        yield _problem(str(path), "unreadable", "not an ordinary file")
        return
    with path.open("rb") as stream:
        start = stream.read(4)
    if start in _ZIPS:
        yield from _members(path, path)
    elif start.startswith(_GZIP) and (packed := _zip_inside(path)):
        yield from _members(path, packed)
    else:
        yield Document(str(path), path)


def _zip_inside(path: Path) -> BinaryIO | None:
    """The zip that a gzip holds, if it does and is not too large."""
    try:
        with gzip.open(path) as packed:
            start = packed.read(4)
            return io.BytesIO(start + packed.read(_LARGEST_INSIDE)) if start in _ZIPS else None
    except READ_ERRORS:
        return None


def _members(path: Path, source: Path | BinaryIO) -> Iterator[Document | Problem]:
    """The trial files in a zip; their names are only shown, never used as paths."""
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield _problem(str(path), "unreadable", f"the zip is damaged ({why(error)}); download it again")
        return
    with archive:
        found = False
        if _OFFICE in archive.NameToInfo:
            yield _problem(str(path), "unreadable", "a document of Word or Excel: save it as text, or as CSV, and import that")
            return
        for member in archive.infolist():
            name = f"{path}: {_shown(member.filename)}"
            suffix = Path(member.filename).suffix.casefold()
            own = member.filename.rpartition("/")[2].casefold()
            if member.is_dir() or suffix not in SUFFIXES or own in _BESIDE or own.startswith("."):
                continue
            found = True
            if member.flag_bits & 1:
                yield _problem(name, "unreadable", "the file in the zip is locked with a password; unpack it first")
            elif suffix == ".zip":
                yield _problem(name, "unreadable", "a zip inside a zip is not opened; unpack the outer one first")
            else:
                yield Document(name, path, member, archive)
        if not found:
            yield _problem(str(path), "no-file", "the zip holds no trial files (.json, .xml, .txt, .csv)")


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:200]


def why(error: Exception) -> str:
    """Why a file could not be read, in words."""
    if isinstance(error, EOFError):
        return "it breaks off before its end"
    if isinstance(error, (zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)):
        return "what is packed in it is damaged"
    return getattr(error, "strerror", None) or "it is damaged, or is none of the files that are read"


def _problem(name: str, kind: str, message: str) -> Problem:
    return Problem(name, "file", kind, message)  # type: ignore[arg-type]
