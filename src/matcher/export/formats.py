"""What a shortlist can be written as: one table that the app and the commands both read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matcher.export.checklist import checklist
from matcher.export.dossier import Dossier
from matcher.export.html import html
from matcher.export.markdown import markdown
from matcher.export.report import report
from matcher.export.sheets import criteria_sheet, trials_sheet
from matcher.export.shortlist import shortlist_text

_MARK = "\ufeff"  # by it a spreadsheet knows that a file is UTF-8


@dataclass(frozen=True, slots=True)
class Format:
    """One form of a shortlist: its name in commands, its letter in the app, the ending of its file, and what it is for."""

    name: str
    key: str
    ending: str
    words: str
    text: Callable[[Dossier], str]
    marked: bool = False

    def written(self, found: Dossier) -> str:
        """The text as it stands in a file."""
        return f"{_MARK if self.marked else ''}{self.text(found)}"


FORMATS = (
    Format("toml", "t", ".toml", "TOML: to keep, to load again and to re-check", lambda found: shortlist_text(found.shortlist)),
    Format("html", "h", ".html", "HTML: to read in a browser and to print", lambda found: html(report(found))),
    Format("csv", "c", ".csv", "CSV: a spreadsheet with one row for each trial", trials_sheet, marked=True),
    Format("criteria-csv", "r", "-criteria.csv", "CSV: a spreadsheet with one row for each criterion", criteria_sheet, marked=True),
    Format("markdown", "m", ".md", "Markdown: text for notes and wikis", lambda found: markdown(report(found))),
)
CHECKLISTS = (
    Format("html", "h", ".html", "HTML: to print", lambda found: html(checklist(found, found.entries[0]))),
    Format("markdown", "m", ".md", "Markdown: text", lambda found: markdown(checklist(found, found.entries[0]))),
)


def format_named(name: str) -> Format:
    """The form of a shortlist that a command calls so."""
    return next(one for one in FORMATS if one.name == name)


def format_of(file: str) -> Format:
    """The form that the name of a file asks for by its ending; TOML where it asks for none."""
    endings = sorted(FORMATS, key=lambda one: -len(one.ending))
    return next((one for one in endings if file.casefold().endswith(one.ending)), FORMATS[0])


__all__ = ["CHECKLISTS", "FORMATS", "Format", "format_named", "format_of"]
