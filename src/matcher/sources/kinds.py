"""The kinds of source that can be read, and what a page or a registry's record becomes: a draft with its problems."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from matcher.model.dates import partial_date
from matcher.model.records import Record
from matcher.model.trial import Source, Trial
from matcher.sources import by_hand, clinconnect, clinical_trial_details, medpath, official_title_table, veeva
from matcher.sources.html_text import CELL_ENDS, html_text, looks_like_html, without_marks
from matcher.sources.identifiers import made_up_id
from matcher.sources.values import Draft, PageReading, Problem, SourceReading


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: its site's name, its format's name, how to know it by its content and how to read it."""

    site: str
    format: str
    recognise: Callable[[str], bool]
    read: Callable[[str], PageReading]


KINDS: tuple[PageKind, ...] = tuple(
    PageKind(page.SITE, page.FORMAT, page.recognise, page.read)
    for page in (medpath, veeva, clinconnect, clinical_trial_details, official_title_table, by_hand)
)


_PLAIN = ("title", "official_title", "summary", "description")
LONGEST_TEXT = 200_000  # characters of eligibility text: the longest of a registry have some twenty thousand


_EXPECTED = (
    "no trial that matcher can read: expected a trial's whole page as text or HTML, a registry's JSON, XML or CSV, "
    "or a text with lines for Title: and Condition: and the heading Inclusion criteria"
)


def read_source(text: str, name: str, read_on: date | None = None) -> SourceReading:
    """Read a saved page of any known kind; `name` is the file as it was given, `read_on` the day of reading."""
    if not text.strip():
        return refused(name, "empty", "the file is empty: save the trial's page as text again")
    readings = [(kind, kind.read(seen)) for seen in _seen(text) if (kind := next((kind for kind in KINDS if kind.recognise(seen)), None))]
    if not readings:
        return refused(name, "unknown-format", _EXPECTED)
    kind, reading = max(readings, key=lambda one: _said(one[1]))
    return drafted(reading, kind.site, kind.format, digest(text), name, "page", read_on)


def _seen(text: str) -> list[str]:
    """The text of a page; of one saved as HTML, with its tables in each of the ways in which sites set them."""
    if not looks_like_html(text):
        return [text]
    return list(dict.fromkeys(html_text(text, cell_end) for cell_end in CELL_ENDS))


def _said(reading: PageReading) -> tuple[bool, int, int]:
    """How much a reading of a page says: criteria, fields, and the parts of outcomes and places; remarks count against it."""
    parts = [part for name in ("outcomes", "locations", "arms") for part in cast("list[Record]", reading.values.get(name, ()))]
    return bool(reading.eligibility), len(reading.values) - len(reading.remarks), sum(len(part.plain()) for part in parts)


def digest(text: str) -> str:
    """The digest of a source text, which shows at a later import whether it changed."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def drafted(page: PageReading, site: str, form: str, digested: str, name: str, place: str, read_on: date | None) -> SourceReading:
    """The draft that a page or a record gives; `place` is where in the file `name` it stands."""
    values: dict[str, Any] = dict(page.values)
    values |= {key: without_marks(values[key]).strip() for key in _PLAIN if key in values}
    eligibility = tuple(replace(section, text=without_marks(section.text)) for section in page.eligibility)
    if not eligibility and not any(values.get(key) for key in ("id", "title", "official_title")):
        return refused(name, "invalid", "it holds neither a number, a title nor criteria: no trial record", place)
    length = sum(len(section.text) for section in eligibility)
    if length > LONGEST_TEXT:
        message = f"its eligibility text has {length:,} characters, expected at most {LONGEST_TEXT:,}: the record was left out"
        return refused(name, "too-large", message, place)
    problems = [Problem(name, remark.place if place == "page" else f"{place}: {remark.place}", remark.kind, remark.message) for remark in page.remarks]
    if not eligibility:
        message = "no eligibility criteria were found: nothing can be matched until they are added"
        problems.append(Problem(name, place, "missing", message))
    values["id"] = values.get("id") or made_up_id(site, str(values.get("title", "")), digested)
    values["ids"] = list(dict.fromkeys([values["id"], *values.get("ids", [])]))
    current = partial_date(page.current_as_of) if page.current_as_of else None
    values["source"] = Source(site=site, format=form, current_as_of=current, read=read_on, digest=digested)
    try:
        trial = Trial.checked(values)
    except ValueError as error:
        where, message = _first_fault(error)
        return SourceReading((), (*problems, Problem(name, f"{place}: {where}", "invalid", f"it gives no valid {where}: {message}")))
    return SourceReading((Draft(trial, eligibility, page.ages, page.lost_signs),), tuple(problems))


def _first_fault(error: ValueError) -> tuple[str, str]:
    errors = getattr(error, "errors", None)
    if errors is None:
        return "record", str(error)
    first = errors()[0]
    return ".".join(map(str, first["loc"])), str(first["msg"])


def refused(name: str, kind: str, message: str, place: str = "page") -> SourceReading:
    """A reading that gave nothing, and why."""
    return SourceReading((), (Problem(name, place, kind, message),))  # type: ignore[arg-type]
