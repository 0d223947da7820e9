"""Gathering what one page says, field by field: the first statement of a field stands, an unread value is remarked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from matcher.model.patterns import pattern_of
from matcher.sources.ages import NO_AGES, AgeRange, ages, read_age, read_ages
from matcher.sources.fields import (
    absent,
    known,
    lower_words,
    one_line,
    read_count,
    read_date,
    read_phases,
    read_sex,
    read_status,
    read_study_type,
    read_yes_no,
)
from matcher.sources.identifiers import is_registry_number
from matcher.sources.parts import read_intervention
from matcher.sources.values import PageReading, ProblemKind, Remark, Section

_DATES = ("start", "primary_completion", "completion", "first_received", "last_updated")
_WORDS = ("purpose", "allocation", "model", "masking", "funder")
_READERS: dict[str, Callable[[str], object]] = {
    "status": read_status,
    "study_type": read_study_type,
    "sex": read_sex,
    "enrollment": read_count,
    "healthy_volunteers": read_yes_no,
    "regulated": read_yes_no,
    "phases": read_phases,
    **dict.fromkeys(_DATES, read_date),
    **dict.fromkeys(_WORDS, lower_words),
}
_BARE_PHASE = pattern_of(r"\s*(?:[0-4]|IV|I{1,3})[abc]?(?:\s*[-–/+&,;]\s*(?:[0-4]|IV|I{1,3})[abc]?)*\s*", re.IGNORECASE)
# What registers write into the field of the phase where a trial has none.
_NO_PHASE = pattern_of(
    r"others?|retrospective study|post[ -]?market(?:ing)?(?: surveillance)?|bioequivalence|ba/be|(?:new treatment measure|diagnostic new technique) clini?cal study", re.IGNORECASE
)
_DESIGN_FIELDS = (("allocation", "allocation"), ("model", "model"), ("masking", "masking"), ("purpose", "purpose"))
_DESIGN_LABELS = "Allocation|(?:Intervention(?:al)?|Observational) Model|Masking|Primary Purpose"
_DESIGN = pattern_of(rf"\b({_DESIGN_LABELS})\s*:\s*((?:[^|.:(,]|\([^)]*\)|,(?! [A-Z])|\.(?=\w))*)", re.IGNORECASE)
_NOTHING = pattern_of(r"n/?a", re.IGNORECASE)
_NCT = pattern_of(r"^NCT\d{8}$", re.IGNORECASE)
_LONGEST_MODEL = 40
_NAMES = {
    "status": "recruitment status",
    "study_type": "study type",
    "sex": "sex",
    "enrollment": "number of participants",
    "healthy_volunteers": "healthy volunteers",
    "regulated": "regulation",
    "phases": "phase",
    "start": "start date",
    "primary_completion": "primary completion date",
    "completion": "completion date",
    "first_received": "date first received",
    "last_updated": "date of last update",
}


class Findings:
    """The values of one page while it is read."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.ages: AgeRange = NO_AGES
        self.current_as_of: str | None = None
        self.remarks: list[Remark] = []

    def put(self, name: str, value: object) -> None:
        """Keep a value under its field name, unless it is empty or the field is already known."""
        if value is not None and value != "" and value != [] and value != ():
            self.values.setdefault(name, value)

    def read(self, name: str, text: str | None, place: str) -> None:
        """Read a field's text; remark a text that says something and was not understood."""
        if text is None or name in self.values or (name in _WORDS and _NOTHING.fullmatch(text.strip())):
            return
        value = _READERS[name](f"Phase {text}" if name == "phases" and _BARE_PHASE.fullmatch(text) else text) if name in _READERS else known(text)
        if value is None and (absent(text) or (name == "phases" and _NO_PHASE.fullmatch(one_line(text)))):
            return
        if value is None:
            self.remark(
                place, "unread-value", f"the {_NAMES.get(name, name)} '{_short(text)}' was not understood and left out"
            )
        self.put(name, value)

    def read_status_and_phases(self, lines: Sequence[str]) -> list[str]:
        """Take the status and the phases out of a page's head lines; what is neither is given back."""
        phases: list[str] = []
        others: list[str] = []
        for line in lines:
            found = read_phases(line)
            if found is not None:
                phases += [phase for phase in found if phase not in phases]
            elif status := read_status(line):
                self.put("status", status)
            else:
                others.append(line)
        self.put("phases", sorted(phases, key=lambda phase: (phase[-1], phase)))
        return others

    def read_ages(self, text: str | None, place: str) -> None:
        """Read the age group into both bounds and the range in its own units."""
        if text is None or absent(text) or self.ages != NO_AGES:
            return
        found = read_ages(text)
        if found and found.lowest and found.highest and found.lowest.years > found.highest.years:
            found = None  # they would leave out everybody
        if found is None:
            self.remark(
                place, "unread-value", f"the age group '{_short(text)}' was not understood; enter the ages by hand"
            )
            return
        self.ages = found
        self.put("min_age", found.lowest.years if found.lowest else None)
        self.put("max_age", found.highest.years if found.highest else None)

    def read_bounds(self, lowest: str | None, highest: str | None, place: str) -> None:
        """Read two bounds of age; of one that is not understood the other stands."""
        bounds = [one.strip() if one else None for one in (lowest, highest)]
        for number, one in enumerate(bounds):
            if one and read_age(one.lstrip("<")) is None and read_ages(one) is None:
                self.remark(place, "unread-value", f"the bound of age '{_short(one)}' was not understood; enter the ages by hand")
                bounds[number] = None
        self.read_ages(ages(*bounds), place)

    def read_design(self, text: str) -> None:
        """Keep what a study's design says of itself by name ("Allocation: Randomized. Masking: None"); a design without names is its model."""
        named = _DESIGN.findall(one_line(text.replace("_", " ")))
        for label, value in named:
            field = next(field for words, field in _DESIGN_FIELDS if label.casefold().endswith(words))
            if value.strip() and not _NOTHING.fullmatch(value.strip()):
                self.put(field, lower_words(value).strip(" .,;|"))
        if not named and ":" not in text and len(text) < _LONGEST_MODEL and not absent(text):
            self.put("model", lower_words(text))

    def read_identifiers(self, texts: Sequence[str]) -> None:
        """Keep identifiers; an NCT number, else the first number of another registry, names the record."""
        ids = list(dict.fromkeys(_NCT.sub(lambda found: found[0].upper(), text) for text in map(known, texts) if text))
        numbers = [text for text in ids if is_registry_number(text)]
        self.put("id", next((text for text in numbers if text.startswith("NCT")), next(iter(numbers), None)))
        self.values["ids"] = list(dict.fromkeys([*self.values.get("ids", []), *ids]))

    def read_interventions(self, texts: Sequence[str]) -> None:
        """Keep the interventions written as "type: name" lines."""
        self.put("interventions", [read_intervention(text) for text in texts])

    def remark(self, place: str, kind: ProblemKind, message: str) -> None:
        """Note a problem at a place of the page."""
        self.remarks.append(Remark(place, kind, message))

    def reading(self, eligibility: Sequence[Section]) -> PageReading:
        """What was found, together with the eligibility text."""
        return PageReading(dict(self.values), tuple(eligibility), self.ages, self.current_as_of, tuple(self.remarks))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
