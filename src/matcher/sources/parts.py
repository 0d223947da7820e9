"""Reading the parts of a record: interventions, places, officials, outcomes, collaborators and related trials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from matcher.model.patterns import pattern_of
from matcher.model.trial import ALSO, Intervention, Location, Official, Outcome, Related
from matcher.sources.fields import absent, one_line, read_phases, read_status

INTERVENTION_TYPES = (
    "drug",
    "device",
    "biological",
    "procedure",
    "behavioral",
    "behavioural",
    "dietary supplement",
    "genetic",
    "radiation",
    "combination product",
    "diagnostic test",
    "other",
)
_INTERVENTION = pattern_of(rf"({'|'.join(INTERVENTION_TYPES)})\s*:\s*(.*)", re.IGNORECASE)
INVERTED_COUNTRY = pattern_of(
    r"(?:the\s+)?(?:.*\b(?:republic of(?: the)?|province of china|states of)|former .*|occupied)",
    re.IGNORECASE,
)
_LEGAL_FORMS = pattern_of(
    r"(?:inc|ltd|llc|l\.?l\.?c|co|corp|gmbh|s\.?a|s\.?p\.?a|b\.?v|n\.?v|a/s|plc|limited|ltda|md|phd|kg|kgaa|pty)\b\.?.*$",
    re.IGNORECASE,
)
_MULTI_CAMPUS = pattern_of(
    r"(?:the )?university of (?:california|texas|wisconsin|colorado|north carolina|maryland|michigan)"
    r"|(?:department|ministry|faculty|school) of [^,]*",
    re.IGNORECASE,
)
_ROLES = pattern_of(
    r"(?:study )?principal investigator|study (?:director|chair|officials?)|sub-?investigator|responsible party"
    r"|(?:central |site |study )?(?:public )?contact(?: backup)?",
    re.IGNORECASE,
)
_GLUED = pattern_of(r"(?<=[a-z)\]%])(?=[A-Z][a-z ]|\d)|(?<=[A-Z])(?=\d+\s*(?:day|week|month|year|hour|minute))")
_TIME_WORDS = pattern_of(
    r"\b(?:\d*\s*(?:minute|hour|day|week|month|year|cycle|trimester)s?|hrs?|wks?|mos?|yrs?|baseline|visit|time|end of|"
    r"surgery|discharge|admission|study|treatment|period|follow-?up|pre|post|immediately|intraoperative|daily)\b",
    re.IGNORECASE,
)
STATUS_WORDS = (
    r"Active, not recruiting|Not yet recruiting|Enrolling by invitation|Recruiting|Completed|Terminated|Withdrawn"
    r"|Suspended|Unknown status|Unknown|No longer available|Approved for marketing|Temporarily not available|Available"
    r"|Withheld"
)
PHASE_WORDS = r"(?:Early )?Phase [0-4](?:\s*/\s*Phase [0-4])?|N/A|Not Applicable"


def read_intervention(text: str) -> Intervention:
    """Read "Drug: name" into its type and name; a text without a type is a name."""
    found = _INTERVENTION.fullmatch(one_line(text))
    if found and found[2]:
        return Intervention(type=found[1].lower(), name=found[2])
    return Intervention(name=one_line(text))


def also_called(one: Intervention, names: Sequence[str]) -> Intervention:
    """The intervention with its other names before its description: whoever looks for one of them finds the trial."""
    known = dict.fromkeys(name for text in names if (name := one_line(text.replace(";", ","))) and name.casefold() != one.name.casefold())
    return replace(one, description=f"{ALSO}{'; '.join(known)}\n{one.description}".rstrip()) if known else one


def intervention_type(text: str) -> str | None:
    """The type that a line such as "Drug:" announces for the lines below it."""
    found = _INTERVENTION.fullmatch(one_line(text))
    return found[1].lower() if found and not found[2] else None


def is_intervention(text: str) -> bool:
    """Whether a line begins with an intervention's type and a colon."""
    return _INTERVENTION.fullmatch(one_line(text)) is not None


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The names of countries as trial registries write them, the longest first."""
    text = (Path(__file__).parent / "countries.txt").read_text(encoding="utf-8")
    return tuple(sorted((line for line in text.split("\n") if line), key=len, reverse=True))


def read_place(text: str, facility: str = "", status: str = "") -> Location:
    """Read "city, country" or "city, state, country" into a location."""
    parts = [part for part in (piece.strip() for piece in one_line(text).split(",")) if part]
    if len(parts) > 1 and INVERTED_COUNTRY.fullmatch(parts[-1]):
        parts[-2:] = [f"{parts[-2]}, {parts[-1]}"]
    if len(parts) == 1 and parts[0] in countries():
        return Location(facility=facility, country=parts[0], status=status)
    country = parts[-1] if len(parts) > 1 else ""
    return Location(
        facility=facility, city=parts[0] if parts else "", state=", ".join(parts[1:-1]), country=country, status=status
    )


def is_place(text: str) -> bool:
    """Whether a line ends in a comma and a country."""
    return "," in text and read_place(text).country in countries()


def split_country(text: str) -> tuple[str, str]:
    """Cut "country rest of the line" after the country; ("", text) where no country stands first."""
    line = one_line(text)
    for country in countries():
        if line == country or line.startswith(f"{country} "):
            return country, line[len(country) :].strip()
    return "", line


def split_names(text: str) -> list[str]:
    """Cut a list of organisations at its commas, not before a legal form ("Inc.", "Ltd") or a campus."""
    names: list[str] = []
    for part in (piece.strip() for piece in re.split(r",(?=\s|$)|;", one_line(text))):
        if names and (_LEGAL_FORMS.match(part) or _MULTI_CAMPUS.fullmatch(names[-1])):
            names[-1] = f"{names[-1]}, {part}"
        elif not absent(part):
            names.append(part)
    return names


def read_officials(lines: Sequence[str]) -> list[Official]:
    """Read groups of name, role and affiliation, each on its line; the role is what tells a group."""
    roles = [number for number, line in enumerate(lines) if _ROLES.fullmatch(line) and number]
    officials: list[Official] = []
    for order, number in enumerate(roles):
        end = roles[order + 1] - 1 if order + 1 < len(roles) else len(lines)
        officials.append(
            Official(name=lines[number - 1], role=lines[number].lower(), affiliation=", ".join(lines[number + 1 : end]))
        )
    return officials


def split_run_together(line: str) -> tuple[str, str] | None:
    """Cut an outcome's name from the time frame glued to it ("of patients24 weeks"); None where it shows none."""
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > 1:
        return cells[0], cells[1]
    if len(line) > 500 or line.endswith("."):
        return None
    starts = [found.start() for found in _GLUED.finditer(line) if _TIME_WORDS.search(line, found.start())]
    return (line[: starts[-1]].strip(), line[starts[-1] :].strip()) if starts and starts[-1] else None


def read_outcomes(kind: str, paragraphs: Sequence[str]) -> list[Outcome]:
    """Read the paragraphs that glue a measure to its time frame (the others describe it); without any, the first."""
    cuts = [cut for paragraph in paragraphs if (cut := split_run_together(paragraph))]
    cuts = cuts or [(paragraph, "") for paragraph in paragraphs[:1]]
    return [Outcome(kind=kind, measure=measure, time_frame=time_frame) for measure, time_frame in cuts]


def read_related(text: str, pattern: re.Pattern[str]) -> list[Related]:
    """Read a list of other trials by a pattern with the group id and perhaps status, title and phase."""
    return [_related(found.groupdict(default="")) for found in pattern.finditer(text)]


def _related(groups: dict[str, str]) -> Related:
    phases = read_phases(groups.get("phase", "")) or []
    status = read_status(groups.get("status", "")) or ""
    return Related(id=groups["id"], title=one_line(groups.get("title", "")), status=status, phase="/".join(phases))
