"""One row of the registry's table download: it holds no eligibility criteria, only the registry's own fields."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping

from matcher.model.patterns import pattern_of
from matcher.model.trial import Location, Outcome
from matcher.sources.ages import ages_of_groups
from matcher.sources.fields import known, one_line
from matcher.sources.findings import Findings
from matcher.sources.parts import INVERTED_COUNTRY
from matcher.sources.values import PageReading

SITE, FORMAT = "ClinicalTrials.gov", "ctgov-csv"
NUMBER = "NCT Number"
_POSTCODE = pattern_of(r"(?=.*\d)[A-Z0-9][A-Z0-9 -]{1,9}", re.IGNORECASE)
_INSTITUTION = pattern_of(
    r"hospital|universi|department|dept|institut|trust|cent(?:er|re)|clini|school|college|academ|/ID#|klini|h[oô]pital|nemocnica|k[oó]rh[aá]z|ospedal|medical|health|unit\b|a\.s\.|s\.r\.o|gmbh", re.IGNORECASE
)
_DELIMITERS = (",", ";", "\t")
_SEPARATOR = pattern_of(r"sep=.\s*", re.IGNORECASE)  # a line that a spreadsheet puts first
_LONGEST = 2_000_000  # characters of a line or a cell
# The field, and its column in the present and in the former download.
_FIELDS = (
    ("status", "Study Status"), ("status", "Status"), ("study_type", "Study Type"), ("phases", "Phases"), ("sex", "Sex"), ("sex", "Gender"),
    ("enrollment", "Enrollment"), ("start", "Start Date"), ("primary_completion", "Primary Completion Date"), ("completion", "Completion Date"),
    ("first_received", "First Posted"), ("last_updated", "Last Update Posted"), ("funder", "Funder Type"),
)
_WORDS = (("title", "Study Title"), ("title", "Title"), ("sponsor", "Sponsor"), ("summary", "Brief Summary"))


class BadTable(ValueError):
    """What is wrong with a table, in words."""


def recognise(start: str) -> bool:
    """Whether a text begins with the heads of the table's columns."""
    heads = next((line for line in start.splitlines() if line.strip() and not _SEPARATOR.fullmatch(line)), "")
    return NUMBER in heads and max(map(heads.count, _DELIMITERS)) > 2


def rows(pieces: Iterable[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row by the heads of its columns, with the line it ends on; in place of one that does not fit the heads what is wrong with it."""
    lines = (line for line in _lines(pieces) if line.strip() and not _SEPARATOR.fullmatch(line))
    first = next(lines, "")
    csv.field_size_limit(_LONGEST)
    delimiter = max(_DELIMITERS, key=first.count)
    heads = next(csv.reader([first], delimiter=delimiter), [])
    table = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(heads) and any(cells[len(heads) :]):
                yield table.line_num + 1, "it has more cells than the table has columns: the row was left out"
                continue
            if len(cells) < len(heads):
                yield table.line_num + 1, "it breaks off before the last column, so the row was left out: if the download broke off, download it again"
                continue
            row: dict[str, str] = {}
            for head, cell in zip(heads, cells, strict=False):
                row.setdefault(head.strip(), cell)
            yield table.line_num + 1, row
    except csv.Error as error:
        raise BadTable(f"not a whole table ({error}): download it again") from None


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).splitlines(keepends=True) or [""]
        if rest.endswith("\n"):
            whole, rest = [*whole, rest], ""
        yield from whole
        if len(rest) > _LONGEST:
            raise BadTable("not a table: a line of it is too long")
    if rest:
        yield rest


def read(row: Mapping[str, str]) -> PageReading:
    """What a row says."""
    found = Findings()
    found.read_identifiers([row.get(NUMBER, ""), *_split(row.get("Other IDs", "")), row.get("Acronym", "")])
    for name, column in _FIELDS:
        found.read(name, row.get(column), column)
    for name, column in _WORDS:
        found.put(name, known(row.get(column, "")))
    for name, column in (("conditions", "Conditions"), ("collaborators", "Collaborators")):
        found.put(name, _split(row.get(column, "")))
    if "Sponsor/Collaborators" in row:
        sponsor, *others = _split(row["Sponsor/Collaborators"]) or [""]
        found.put("sponsor", sponsor)
        found.put("collaborators", others)
    found.read_interventions(_split(row.get("Interventions", "")))
    found.read("funder", row.get("Funded Bys", "").partition("|")[0], "Funded Bys")  # the sponsor's class, then the collaborators'
    found.read_ages(_ages(row.get("Age", "").replace("\xa0", " ")), "Age")
    found.read_design(row.get("Study Design", "") or row.get("Study Designs", ""))
    found.put("locations", [_location(place) for place in _split(row.get("Locations", ""))])
    outcomes = [(kind, text) for kind in ("primary", "secondary", "other") for text in _split(row.get(f"{kind.capitalize()} Outcome Measures", ""))]
    found.put("outcomes", [Outcome(kind=kind, measure=text) for kind, text in outcomes])
    return found.reading([])


def _ages(text: str) -> str | None:
    """Bounds as they stand, else what the registry's age groups leave out: below 18, or 65 and above."""
    groups = {" ".join(part.replace("_", " ").split()).casefold() for part in re.split(r"[,|]", text)}
    if not groups <= {"child", "adult", "older adult"}:
        return text.split("(")[0]
    return ages_of_groups(groups)


def _split(text: str) -> list[str]:
    return [part for one in text.split("|") if (part := known(one))]


def _location(text: str) -> Location:
    """ "Facility, city, state, postcode, country", of which the facility may hold commas, and all but city and country may be missing."""
    parts = [part for piece in text.split(",") if (part := one_line(piece))]
    if len(parts) > 1 and INVERTED_COUNTRY.fullmatch(parts[-1]):
        parts[-2:] = [f"{parts[-2]}, {parts[-1]}"]
    country = parts.pop() if len(parts) > 1 else ""
    if len(parts) > 1 and _POSTCODE.fullmatch(parts[-1]):
        parts.pop()
    if not country or not parts:
        return Location(facility=one_line(text))
    of_states = country == "United States"  # where the state is always given
    state = parts.pop() if len(parts) > 1 + (not of_states) and not _INSTITUTION.search(parts[-2]) else ""
    city = parts.pop()
    return Location(facility=", ".join(parts), city=city, state=state, country=country)
