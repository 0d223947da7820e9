"""A page saved as HTML as the text a reader sees, line by line."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from matcher.model.patterns import pattern_of

_UNSEEN = frozenset(("script", "style", "head", "noscript", "template", "svg", "nav"))
_LINES = frozenset((
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "article", "header", "footer", "main", "aside", "dl", "dt", "dd", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "pre", "form", "fieldset", "button", "blockquote", "figure", "figcaption", "details", "summary",
))
_CELLS = frozenset(("td", "th"))
CELL_ENDS = ("\n", " | ", "\t")  # how the cells of a table's row may be set apart: the sites' own texts do it each in its way
_PRE = pattern_of(r"white-?space(?:-|\s*:\s*)pre\b")  # "white-space: pre-line", and a class "whitespace-pre-line"
_EMPTY = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed", "track", "param"))

# A mark beside the end of its line is that end, and no empty line.
_MARKS = (
    (pattern_of(r"\r?\n<br\s*/?>|<br\s*/?>(?:\r?\n)?|</(?:p|div|tr|li|h[1-6])\s*>", re.IGNORECASE), "\n"),
    (pattern_of(r"<li(?:\s[^<>]*)?>", re.IGNORECASE), "\n* "),
    (pattern_of(r"<sup>(?=\s*[-\d\u2212])", re.IGNORECASE), "^"),
    (pattern_of(r"</?(?:p|[uo]l|li|b|i|u|em|strong|su[bp]|span|div|font|a|h[1-6]|t[drh]|table|tbody)(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>", re.IGNORECASE), ""),
)
_NAMED = pattern_of(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_STEERING = pattern_of(r"[\0-\x08\x0b\x0e-\x1f\x7f]")


def without_marks(text: str) -> str:
    """A record's text without the marks of HTML that some registries leave in it: lines, lists, raised numbers and named signs."""
    if "<" in text:
        for pattern, plain in _MARKS:
            text = pattern.sub(plain, text)
    if "&" in text:
        text = _NAMED.sub(lambda found: html.unescape(found[0]), text)
    return _STEERING.sub(" ", text)


class _Text(HTMLParser):
    def __init__(self, cell_end: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._cell_end = cell_end
        self._unseen: list[str] = []
        self._in_lines: list[str] = []  # the elements around, from the one on whose lines stand as they are

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY and (self._in_lines[-1:] == [tag] or (not self._in_lines and (tag == "pre" or any(_PRE.search(value or "") for name, value in attrs if name in ("style", "class"))))):
            self._in_lines.append(tag)
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in _LINES:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("• ")
        if tag in ("sup", "sub") and not self._unseen:
            self.parts.append("^" if tag == "sup" else "")

    def handle_endtag(self, tag: str) -> None:
        if self._in_lines[-1:] == [tag]:
            self._in_lines.pop()
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        if tag in _LINES and tag not in _EMPTY:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(self._cell_end)

    def handle_data(self, data: str) -> None:
        if not self._unseen and self._in_lines:
            self.parts.append("\n".join(" ".join(line.split()) for line in data.split("\n")))
        elif not self._unseen:
            self.parts.append(" ".join(data.split()).join((" " if data[:1].isspace() else "", " " if data[-1:].isspace() else "")))


def looks_like_html(text: str) -> bool:
    """Whether a text is a page's HTML."""
    start = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    return start.startswith(("<!doctype html", "<html")) or (start.startswith("<") and "<body" in text[:20_000].casefold())


def html_text(page: str, cell_end: str = CELL_ENDS[0]) -> str:
    """The visible text of a page, one line for each block, list items with a bullet, the cells of a row set apart."""
    reader = _Text(cell_end)
    reader.feed(page)
    reader.close()
    parts = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in "".join(reader.parts).split("\n"))
    kept: list[str] = []
    for line in (one.strip() for one in parts):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"
