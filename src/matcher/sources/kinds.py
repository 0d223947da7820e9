"""The kinds of page that can be read, and reading a text by the kind its content shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from matcher.model.dates import partial_date
from matcher.model.trial import Source, Trial
from matcher.sources import clinconnect, clinical_trial_details, medpath, official_title_table, veeva
from matcher.sources.identifiers import made_up_id
from matcher.sources.values import Draft, PageReading, Problem, SourceReading


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: its site's name, its format's name, how to know it by its content and how to read it."""

    site: str
    format: str
    recognise: Callable[[str], bool]
    read: Callable[[str], PageReading]


KINDS: tuple[PageKind, ...] = (
    PageKind(medpath.SITE, medpath.FORMAT, medpath.recognise, medpath.read),
    PageKind(veeva.SITE, veeva.FORMAT, veeva.recognise, veeva.read),
    PageKind(clinconnect.SITE, clinconnect.FORMAT, clinconnect.recognise, clinconnect.read),
    PageKind(
        clinical_trial_details.SITE,
        clinical_trial_details.FORMAT,
        clinical_trial_details.recognise,
        clinical_trial_details.read,
    ),
    PageKind(
        official_title_table.SITE,
        official_title_table.FORMAT,
        official_title_table.recognise,
        official_title_table.read,
    ),
)


def read_source(text: str, name: str, read_on: date | None = None) -> SourceReading:
    """Read a saved page of any known kind; `name` is the file as it was given, `read_on` the day of reading."""
    if not text.strip():
        return _refused(name, "empty", "the file is empty: save the trial's page as text again")
    kind = next((kind for kind in KINDS if kind.recognise(text)), None)
    if kind is None:
        sites = ", ".join(kind.site for kind in KINDS)
        message = f"not a trial page of a known kind (expected one of: {sites}); save the whole page as text"
        return _refused(name, "unknown-format", message)
    return _draft(kind, kind.read(text), text, name, read_on)


def digest(text: str) -> str:
    """The digest of a source text, which shows at a later import whether it changed."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _draft(kind: PageKind, page: PageReading, text: str, name: str, read_on: date | None) -> SourceReading:
    values = dict(page.values)
    problems = [Problem(name, remark.place, remark.kind, remark.message) for remark in page.remarks]
    if not page.eligibility:
        problems.append(
            Problem(
                name,
                "page",
                "missing",
                "no eligibility criteria were found: nothing can be matched until they are added",
            )
        )
    made_up = made_up_id(kind.site, str(values.get("title", "")), digest(text))
    values["id"] = values.get("id") or made_up
    values["ids"] = list(dict.fromkeys([values["id"], *values.get("ids", [])]))  # type: ignore[misc]
    values["source"] = Source(
        site=kind.site, format=kind.format, current_as_of=partial_date(page.current_as_of) if page.current_as_of else None, read=read_on, digest=digest(text)
    )
    try:
        trial = Trial.checked(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return SourceReading(
            (), (*problems, Problem(name, place, "invalid", f"the page gives no valid {place}: {first['msg']}"))
        )
    return SourceReading((Draft(trial, page.eligibility, page.ages),), tuple(problems))


def _refused(name: str, kind: str, message: str) -> SourceReading:
    return SourceReading((), (Problem(name, "page", kind, message),))  # type: ignore[arg-type]
