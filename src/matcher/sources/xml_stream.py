"""XML records one after the other out of a stream, in bounded memory; a file that defines entities is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

_CHUNK = 1 << 16
_HEAD = 1 << 20
LARGEST_RECORD = 20_000_000  # bytes: the longest registry records have some two million
_DEEPEST = 200
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.-]+)["']""")
# What may stand before the first element: a declaration, comments, and a document type without definitions of its own.
_PREFACE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^\[>]*>)*", re.DOTALL | re.IGNORECASE)


class BadXml(ValueError):
    """What is wrong with an XML file, in words."""


def xml_records(stream: BinaryIO, roots: frozenset[str], records: frozenset[str]) -> Iterator[Element]:
    """Each element called one of `records` below a root called one of `roots`, or the root itself; BadXml where it cannot go on."""
    parser: Any = XMLPullParser(("start", "end"))
    head = stream.read(_HEAD)
    _refuse_definitions(head)
    depth, since = 0, 0
    root: Element | None = None
    for chunk in _chunks(stream, head):
        since += len(chunk)
        if since > LARGEST_RECORD:
            raise BadXml("a record in it is too large to be one")
        try:
            parser.feed(chunk)
            events: list[tuple[str, Element]] = list(parser.read_events())
        except (ParseError, LookupError, ValueError) as error:
            raise BadXml(f"not well-formed XML ({error}): download it again") from None
        for event, element in events:
            if event == "start":
                depth += 1
                if depth > _DEEPEST:
                    raise BadXml("its elements are nested too deeply")
                if root is None:
                    root = element
                    if _name(element) not in roots | records:
                        raise BadXml(f"its outer element is <{_name(element)[:60]}>, expected one of: {', '.join(sorted(roots | records))}")
                continue
            depth -= 1
            if _name(element) in records and depth <= 1:
                yield element
                element.clear()
                since = 0
                if root is not None and depth == 1:
                    root.clear()
    try:
        parser.close()
    except ParseError as error:
        raise BadXml(f"not whole ({error}): the download broke off") from None


def _chunks(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    for start in range(0, len(head), _CHUNK):
        yield head[start : start + _CHUNK]
    while chunk := stream.read(_CHUNK):
        yield chunk


def _refuse_definitions(head: bytes) -> None:
    """A file could define words that unfold to gigabytes or to other files; no registry's does.

    What may define them stands before the first element, which has to begin within the head.
    """
    plain = head.replace(b"\0", b"")
    declared = _DECLARED.search(plain[:400])
    if declared and declared[1].decode("ascii").casefold() not in _ENCODINGS:
        raise BadXml(f"its encoding {declared[1].decode('ascii')[:30]} is not read: save it as UTF-8")
    preface = _PREFACE.match(plain)
    rest = plain[preface.end() :] if preface else plain
    if rest.startswith(b"<!") and not rest.startswith(b"<!--"):
        raise BadXml("it defines entities of its own, which no registry file does: not read")
    if len(head) >= _HEAD and not re.match(rb"<[A-Za-z_]", rest):
        raise BadXml("its records do not begin where they should, so it is no registry file: not read")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
