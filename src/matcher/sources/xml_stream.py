"""XML records one after the other out of a stream, in bounded memory: a bad one is told and stepped over; a file that defines entities is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.entities import html5
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, fromstring

from matcher.model.patterns import pattern_of
from matcher.sources.text_stream import Decoding, encoding_of
from matcher.sources.values import Problem

_CHUNK, _HEAD = 1 << 18, 1 << 20
LARGEST_RECORD = 20_000_000  # characters: the longest registry records have some two million
_DEEPEST, _LONGEST_TAG = 200, 10_000
_ENCODINGS = pattern_of(
    r"utf-?8|utf-?16|us-ascii|ascii|(?:iso-?)?8859-?\d{1,2}|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|gb2312|gbk|gb18030|big5|shift_?jis|euc-(?:jp|kr)|koi8-r", re.IGNORECASE
)
_DECLARED = pattern_of(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.-]+)["']""")
# What may stand before the first element: a declaration, comments, and a document type without definitions of its own.
_PREFACE = pattern_of(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^\[>]*>)*", re.DOTALL | re.IGNORECASE)
_TAG = pattern_of(r"<(/)?[A-Za-z_][^<>]*?(/)?>")
_NUMBER = pattern_of(r"<(?:TrialID|nct_id)>\s*([^<\s]{1,40})\s*<")
_SPACES = pattern_of(r"""\sxmlns(?::\w+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_HTML = r"</?(?:br|p|b|i|u|em|strong|su[bp]|[uo]l|li|span|div|font|a|h[1-6]|t[drh]|table|tbody)(?:\s[^<>]*)?/?>"
_MARKED = pattern_of(rf"{_HTML}|<!\[CDATA\[", re.IGNORECASE)
_UNFIT = "[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"  # characters that no XML may hold
_TIDYING = (
    (pattern_of(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL), lambda found: escape(found[1], quote=False)),
    (pattern_of(_HTML, re.IGNORECASE), lambda found: escape(found[0], quote=False)),
    (pattern_of(rf"{_UNFIT}|&#(?:x0*(?:1?[0-8bcef]|1[9ad]|d[89a-f]\w\w)|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE), lambda _: " "),
    (pattern_of(r"&(?!(?:amp|lt|gt|quot|apos);)(\w{2,32};)"), lambda found: escape(html5.get(found[1], f"&{found[1]}"), quote=False)),
    (pattern_of(r"&(?!#\d{1,7};|#x[0-9a-f]{1,6};|(?:amp|lt|gt|quot|apos);)", re.IGNORECASE), lambda _: "&amp;"),
    (pattern_of(r"<(?![A-Za-z_/!?])"), lambda _: "&lt;"),
)


class BadXml(ValueError):
    """What is wrong with an XML file, in words."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that could not be read: its number, or its place among the others, and why."""

    place: str
    why: str


def xml_records(stream: BinaryIO, name: str, roots: frozenset[str], records: frozenset[str]) -> Iterator[Element | BadRecord | Problem]:
    """Each element called one of `records` below a root called one of `roots`, or the root itself; BadXml where it cannot go on."""
    head = stream.read(_HEAD)
    declared = _refuse_definitions(head)
    text = Decoding(stream, _CHUNK, start=head, declared=declared)
    yield from _cut(text.pieces(), roots, records)
    yield from text.problems(name)


def _cut(pieces: Iterator[str], roots: frozenset[str], records: frozenset[str]) -> Iterator[Element | BadRecord]:
    """The records, each cut out of the text between its first tag and its last."""
    begins = re.compile(rf"<(?:\w+:)?({'|'.join(sorted(records))})(?=[\s/>])")
    text = next(pieces, "")
    root = _root(text, roots | records)
    place = at = 0
    found = begins.search(text)
    while True:
        if found is None:
            kept = max(at, len(text) - 100)
            more = next(pieces, None)
            if more is None:
                break
            text, at = text[kept:] + more, 0
            found = begins.search(text)
            continue
        place += 1
        text, at = text[found.start() :], 0
        ended, text, why = _ending(text, found[1], pieces)
        if ended:
            yield _parsed(text[:ended], place)
            at = ended
        else:
            following = begins.search(text, 1)
            yield BadRecord(_named(text[: following.start() if following else len(text)], place), why)
            if why is _BROKEN_OFF:
                return
            at = 1
        found = begins.search(text, at)
    if root in roots and f"</{root}" not in text[-1000:] and not re.search(rf"<\w*:?{root}[^<>]*/>", text):
        yield BadRecord("", "not whole: the download broke off")


_BROKEN_OFF = "the download broke off within it: download it again"


def _ending(text: str, name: str, pieces: Iterator[str]) -> tuple[int, str, str]:
    """Where the record that the text begins with ends (0 where it does not), the text with what was read on, and why it does not end."""
    alone = re.compile(r"<[^<>]*/>").match(text)
    if alone:
        return alone.end(), text, ""
    ends = re.compile(rf"</(?:\w+:)?{name}\s*>")
    again = re.compile(rf"<(?:\w+:)?{name}(?=[\s>])")
    looked = 1
    while (found := ends.search(text, looked)) is None:
        if len(text) > LARGEST_RECORD:
            return 0, text[:1000] + text[-1000:], "too large to be a record"
        looked = max(1, len(text) - 100)
        more = next(pieces, None)
        if more is None:
            return 0, text, _BROKEN_OFF
        text += more
    if again.search(text, 1, found.start()):
        return 0, text, "it does not end before the next one begins: it was left out"
    return found.end(), text, ""


def _parsed(text: str, place: int) -> Element | BadRecord:
    """A record as an element; one that is not well-formed is tidied first: signs that no XML may hold, marks of HTML, a bare "&" or "<"."""
    depth = deepest = longest = 0
    for tag in _TAG.finditer(text):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
        longest = max(longest, tag.end() - tag.start())
    if deepest > _DEEPEST or longest > _LONGEST_TAG:
        return BadRecord(_named(text, place), "its elements are nested too deeply" if deepest > _DEEPEST else "not built as such records are")
    plain = _SPACES.sub("", text, count=5) if "xmlns" in text[:2000] else text
    if not _MARKED.search(plain):
        try:
            return _unprefixed(fromstring(plain))
        except (ParseError, ValueError):
            pass
    for pattern, made in _TIDYING:
        plain = pattern.sub(made, plain)
    try:
        return _unprefixed(fromstring(plain))
    except (ParseError, ValueError) as error:
        return BadRecord(_named(text, place), f"not well-formed XML ({str(error).partition(':')[0]}): the record was left out")


def _unprefixed(record: Element) -> Element:
    for one in record.iter():
        if isinstance(one.tag, str) and "}" in one.tag:
            one.tag = one.tag.rpartition("}")[2]
    return record


def _named(text: str, place: int) -> str:
    found = _NUMBER.search(text, 0, 5000)
    return found[1] if found else f"record {place}"


def _root(text: str, wanted: frozenset[str]) -> str:
    """The name of the outer element; BadXml where it is none of those."""
    found = re.compile(r"(?:[^<]|<[?!])*?<(?:\w+:)?([A-Za-z_][\w.-]*)", re.DOTALL).match(re.sub(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*>", " ", text[:_HEAD], flags=re.DOTALL | re.IGNORECASE))
    if found is None:
        raise BadXml("not whole (no element found): the download broke off")
    if found[1] not in wanted:
        raise BadXml(f"its outer element is <{found[1][:60]}>, expected one of: {', '.join(sorted(wanted))}")
    return found[1]


def _refuse_definitions(head: bytes) -> str:
    """The encoding that a file declares. It could define words that unfold to gigabytes or to other files; no registry's does.

    What may define them stands before the first element, which has to begin within the head.
    """
    plain = head.replace(b"\0", b"")
    declared = _DECLARED.search(plain[:400])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    if not _ENCODINGS.fullmatch(encoding):
        raise BadXml(f"its encoding {encoding[:30]} is not read: save it as UTF-8")
    preface = _PREFACE.match(plain)
    rest = plain[preface.end() :] if preface else plain
    if rest.startswith(b"<!") and not rest.startswith(b"<!--"):
        raise BadXml("it defines entities of its own, which no registry file does: not read")
    if len(head) >= _HEAD and not re.match(rb"<[A-Za-z_]", rest):
        raise BadXml("its records do not begin where they should, so it is no registry file: not read")
    shown = encoding_of(head)
    # A text that was put into another encoding may still declare its former one.
    return "utf-8" if encoding.casefold().replace("-", "") == "utf16" and shown == "utf-8" else encoding


__all__ = ["BadRecord", "BadXml", "xml_records"]
