"""What a shortlist, a checklist and a comparison can be written as: one table that the app and the commands both read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Generic, TypeVar

from matcher.export.checklist import checklist
from matcher.export.comparison import Compared
from matcher.export.dossier import Dossier
from matcher.export.html import html
from matcher.export.markdown import markdown
from matcher.export.report import report
from matcher.export.sheets import criteria_sheet, screening_log, trials_sheet
from matcher.export.shortlist import shortlist_text
from matcher.export.side_by_side import side_by_side
from matcher.model.patterns import pattern_of
from matcher.storage.refusal import InputError

_ENDING = pattern_of(r"\.[A-Za-z]{2,5}")  # what opens a file by its ending would take it for that
_MARK = "\ufeff"  # by it a spreadsheet knows that a file is UTF-8


Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Format(Generic[Made]):
    """One form in which something is written: its name in commands, its letter in the app, the ending of its file, and what it is for."""

    name: str
    key: str
    ending: str
    words: str
    text: Callable[[Made], str]
    marked: bool = False

    def written(self, found: Made) -> str:
        """The text as it stands in a file."""
        return f"{_MARK if self.marked else ''}{self.text(found)}"


FORMATS: tuple[Format[Dossier], ...] = (
    Format("toml", "t", ".toml", "TOML: to keep, to load again and to re-check", lambda found: shortlist_text(found.shortlist)),
    Format("html", "h", ".html", "HTML: to read in a browser and to print", lambda found: html(report(found))),
    Format("csv", "c", ".csv", "CSV: a spreadsheet with one row for each trial", trials_sheet, marked=True),
    Format("criteria-csv", "r", "-criteria.csv", "CSV: a spreadsheet with one row for each criterion", criteria_sheet, marked=True),
    Format("markdown", "m", ".md", "Markdown: text for notes and wikis", lambda found: markdown(report(found))),
)
SCREENING: tuple[Format[tuple[Sequence[Dossier], date]], ...] = (
    Format("csv", "c", ".csv", "CSV: a spreadsheet with one row for each patient", lambda found: screening_log(*found), marked=True),
)
CHECKLISTS: tuple[Format[Dossier], ...] = (
    Format("html", "h", ".html", "HTML: to print", lambda found: html(checklist(found, found.entries[0]))),
    Format("markdown", "m", ".md", "Markdown: text", lambda found: markdown(checklist(found, found.entries[0]))),
)
COMPARISONS: tuple[Format[Compared], ...] = (
    Format("html", "h", ".html", "HTML: to read in a browser and to print", lambda found: html(side_by_side(found))),
    Format("markdown", "m", ".md", "Markdown: text for notes and wikis", lambda found: markdown(side_by_side(found))),
)


def format_named(name: str) -> Format[Dossier]:
    """The form of a shortlist that a command calls so."""
    return next(one for one in FORMATS if one.name == name)


def format_of(file: str, forms: Sequence[Format[Made]]) -> Format[Made]:
    """The form that the name of a file asks for by its ending, the first where it has none; InputError where no form has this one."""
    longest = sorted(forms, key=lambda one: -len(one.ending))
    found = next((one for one in longest if file.casefold().endswith(one.ending)), None)
    if found is None and _ENDING.fullmatch(PurePath(file).suffix):
        raise InputError(file, "", f"nothing is written in a form with this ending: expected {' or '.join(one.ending for one in forms)}")
    return found or forms[0]


def refuse_ending(file: str, form: Format[Made]) -> None:
    """InputError where the ending of a file says another form than what is written to it."""
    suffix = PurePath(file).suffix
    if _ENDING.fullmatch(suffix) and not form.ending.endswith(suffix.casefold()):
        raise InputError(file, "", f"what is written here is {form.words.partition(':')[0]}: expected a name that ends in {form.ending}")


__all__ = ["CHECKLISTS", "COMPARISONS", "FORMATS", "SCREENING", "Format", "format_named", "format_of", "refuse_ending"]
