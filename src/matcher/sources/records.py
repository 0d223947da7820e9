"""Reading a document of any form, recognised by its content: every record in it becomes a draft or a problem."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, tostring

from matcher.model.patterns import pattern_of
from matcher.sources import ctgov_csv, ctgov_json, ctgov_xml, ictrp_xml, plain_json
from matcher.sources.digging import text_at
from matcher.sources.json_stream import Broken, json_values
from matcher.sources.kinds import digest, drafted, read_source, refused
from matcher.sources.opening import READ_ERRORS, Document, Meter, broken, documents, why
from matcher.sources.text_stream import Decoding, encoding_of
from matcher.sources.values import Problem, SourceReading
from matcher.sources.xml_stream import BadRecord, BadXml, xml_records

LARGEST_PAGE = 5_000_000
_HEAD = 4096
_OF_OTHERS = (
    (b"%PDF", "a PDF: copy its text into a text file"), (b"\xd0\xcf\x11\xe0", "a document of Word or Excel: save it as text"), (b"7z", "a 7z archive: unpack it first"),
    (b"\x1f\x8b", "packed twice: unpack it once"), (b"Rar!", "a rar archive: unpack it first"),
)
# Half of a character, as JSON may spell it: no file can hold it.
_HALF = pattern_of(r"(?<!\\)(?:\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2})")
_XML_ROOTS = frozenset({ictrp_xml.ROOT, "search_results", "clinical_studies"})
_XML_RECORDS = frozenset({ictrp_xml.RECORD, ctgov_xml.ROOT})


def read_paths(paths: Iterable[str | Path], read_on: date | None, meter: Meter | None = None) -> Iterator[SourceReading]:
    """Every record in files, folders and zips, one reading after the other; nothing is raised."""
    for path in paths:
        for found in documents(Path(path)):
            if isinstance(found, Problem):
                yield SourceReading((), (found,))
            else:
                yield from read_document(found, read_on, meter)


def read_document(document: Document, read_on: date | None, meter: Meter | None = None) -> Iterator[SourceReading]:
    """Every record in one document."""
    last: SourceReading | None = None
    failed: Exception | None = None
    try:
        with document.opened(meter) as stream:
            for reading in _by_content(stream, document.name, read_on):
                if last:
                    yield last
                last = replace(reading, file=document.name)
            failed = broken(stream)
    except READ_ERRORS as error:
        failed = error
    if last and (last.drafts or not failed):  # what is wrong with the last record otherwise comes of that
        yield last
    if failed:
        yield refused(document.name, "unreadable", f"could not be read to its end ({why(failed)}); check that it is whole and may be read", "file")


def _by_content(stream: BinaryIO, name: str, read_on: date | None) -> Iterator[SourceReading]:
    head = stream.peek(_HEAD)[:_HEAD] if isinstance(stream, io.BufferedReader) else b""
    start = _decoded_head(head).lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")):
        yield from _json(stream, name, read_on)
    elif start.startswith("<") and re.match(r"(?s)(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?!!doctype html|html)", start, re.IGNORECASE) and not re.match(r"<(?:div|body|p|span|table|head|main)\b", start, re.IGNORECASE):
        yield from _xml(stream, name, read_on)
    elif ctgov_csv.recognise(start):
        yield from _csv(stream, name, read_on)
    else:
        yield from _page(stream, name, read_on)


def _decoded_head(head: bytes) -> str:
    return head.decode(encoding_of(head), errors="replace")


def _json(stream: BinaryIO, name: str, read_on: date | None) -> Iterator[SourceReading]:
    empty = True
    for found in json_values(stream, name):
        if isinstance(found, Problem):
            yield SourceReading((), (found,))
            continue
        empty = False
        if isinstance(found, Broken):
            left = "" if "list" in found.why else ": the record was left out"
            yield refused(name, "invalid", f"{found.why}{left}", f"line {found.line}")
            continue
        line, value = found
        studies = value.get("studies") if isinstance(value, dict) else None
        for number, one in enumerate(studies if isinstance(studies, list) else [value], start=1):
            place = f"study {number}" if isinstance(studies, list) else f"line {line}"
            yield _study(one, name, place, read_on)
    if empty:
        yield refused(name, "empty", "it holds no trial records", "file")


def _study(value: Any, name: str, place: str, read_on: date | None) -> SourceReading:
    for form in (ctgov_json, plain_json):
        if form.recognise(value):
            place = text_at(value, "protocolSection.identificationModule.nctId") or text_at(value, "nct_id") or place
            plain = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
            if "\\ud" in plain and _HALF.search(plain):
                value = json.loads(_HALF.sub(r"\\ufffd", plain))
            return _safely(partial(_drafted, form, value, plain, name, place, read_on), name, place)
    return refused(name, "unknown-format", "not a trial record: expected a study of the ClinicalTrials.gov API, or keys such as nct_id and criteria", place)


def _xml(stream: BinaryIO, name: str, read_on: date | None) -> Iterator[SourceReading]:
    found = False
    try:
        for one in xml_records(stream, name, _XML_ROOTS, _XML_RECORDS):
            if isinstance(one, Problem):
                yield SourceReading((), (one,))
                continue
            found = True
            yield refused(name, "invalid", one.why, one.place or "file") if isinstance(one, BadRecord) else _element(one, name, read_on)
    except BadXml as error:
        yield refused(name, "invalid", str(error), "file")
        return
    if not found:
        yield refused(name, "missing", "it holds no trial records", "file")


def _element(element: Element, name: str, read_on: date | None) -> SourceReading:
    form = ctgov_xml if element.tag == ctgov_xml.ROOT else ictrp_xml
    place = (element.findtext("id_info/nct_id") or element.findtext("TrialID") or "record").strip()[:40]
    return _safely(partial(_drafted, form, element, tostring(element, encoding="unicode"), name, place, read_on), name, place)


def _drafted(form: Any, record: Any, plain: str, name: str, place: str, read_on: date | None) -> SourceReading:
    """What a module for one form (its SITE, its FORMAT and its `read`) makes of a record; `plain` is what is digested."""
    return drafted(form.read(record), form.SITE, form.FORMAT, digest(plain), name, place, read_on)


def _csv(stream: BinaryIO, name: str, read_on: date | None) -> Iterator[SourceReading]:
    text = Decoding(stream)
    empty, broken = True, ""
    try:
        for line, row in ctgov_csv.rows(text.pieces()):
            place = f"line {line}"
            if isinstance(row, str):
                yield refused(name, "invalid", row, place)
                continue
            empty = False
            place = row.get(ctgov_csv.NUMBER, "").strip() or place
            found = _safely(partial(_drafted, ctgov_csv, row, json.dumps(row, sort_keys=True), name, place, read_on), name, place)
            yield replace(found, problems=tuple(one for one in found.problems if one.kind != "missing"))
    except ctgov_csv.BadTable as error:
        broken = str(error)
        yield refused(name, "invalid", broken, "file")
    yield SourceReading((), tuple(text.problems(name)))
    if not empty:
        message = "a table holds no eligibility criteria: its trials can be found, but not judged until they are imported from the JSON or XML download"
        yield SourceReading((), (Problem(name, "file", "missing", message),))
    elif not broken:
        yield refused(name, "empty", "it holds no trial records", "file")


def _page(stream: BinaryIO, name: str, read_on: date | None) -> Iterator[SourceReading]:
    content = stream.read(LARGEST_PAGE + 1)
    text, problem = decoded(content, name)
    if text is None:
        assert problem is not None
        yield SourceReading((), (problem,))
        return
    reading = _safely(lambda: read_source(text, name, read_on), name, "page")
    yield SourceReading(reading.drafts, (*([problem] if problem else []), *reading.problems))


def _safely(read: Callable[[], SourceReading], name: str, place: str) -> SourceReading:
    """A record whose shape is not to be relied on: what cannot be read is one problem, and the rest goes on."""
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        return refused(name, "invalid", "the record is not built as such records are, and was left out", place)


def _not_text(content: bytes) -> str:
    kind = next((words for start, words in _OF_OTHERS if content.startswith(start)), "a tar archive: unpack it first" if content[257:262] == b"ustar" else "")
    return f"not a text file, but {kind}" if kind else "not a text file: expected a trial page saved as text"


def read_text(path: Path) -> tuple[str | None, Problem | None]:
    """A file as text: UTF-8, else Windows-1252 with a remark; no text where it is no readable text file."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_PAGE + 1)
    except (OSError, ValueError) as error:
        return None, Problem(str(path), "file", "unreadable", f"could not be opened ({why(error)}); check that it is there and may be read")
    return decoded(content, str(path))


def decoded(content: bytes, name: str) -> tuple[str | None, Problem | None]:
    """The text of a page's bytes, and what is to be said of them."""
    if len(content) > LARGEST_PAGE:
        message = f"larger than {LARGEST_PAGE // 1_000_000} MB: expected the saved text of one trial page"
        return None, Problem(name, "file", "too-large", message)
    encoding = encoding_of(content)
    if not encoding.startswith("utf-16") and b"\0" in content:
        return None, Problem(name, "file", "binary", _not_text(content))
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "not written in UTF-8; read as Windows-1252, so check signs such as ≥ and µ in the criteria"
        return content.decode("cp1252", errors="replace"), Problem(name, f"line {line}", "encoding", message)


__all__ = ["LARGEST_PAGE", "decoded", "read_document", "read_paths", "read_text"]
