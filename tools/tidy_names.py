"""Rewrite the names of the vocabulary tables in normal form, so that they load without being normalised again.

Run it after editing a table: new names may be typed as they are usually written ("COVID-19", "Crohn's").
"""

from __future__ import annotations

from pathlib import Path

import matcher.vocabulary
from matcher.vocabulary.normal import normal

MEASURES = "measures.tsv"
TABLES = ("conditions.tsv", "drugs.tsv", "rare_drugs.tsv", "classes.tsv", "procedures.tsv")
# Tables of wordings, each with the columns (from 0 on) in which they stand.
WORDED = {
    "causes.tsv": (0,), "chart_words.tsv": (1, 2), "germ_tests.tsv": (0, 4), "germs.tsv": (0,), "plain_states.tsv": (1,),
    "reported.tsv": (0,), "titled_deeds.tsv": (0, 1), "titles.tsv": (0,),
}  # fmt: skip
WORDS = ("modifiers.txt",)


def tidy(line: str) -> str:
    """The line of a table with the label's normal form as its first name, and every name normal and once."""
    if not line.strip() or line.startswith(("#", "label\t")):
        return line
    label, names, *rest = [*line.split("\t"), ""][: max(2, line.count("\t") + 1)]
    unscanned = {normal(name) for name in names.split("|") if name.startswith("=")}
    words = dict.fromkeys([normal(label), *map(normal, filter(None, names.split("|")))])
    tidied = "|".join(("=" if name in unscanned else "") + " ".join(name) for name in words)
    return "\t".join([label, tidied, *rest])


def tidy_measure(line: str, columns: list[str]) -> str:
    """The line of the table of measures with its aliases normal, the label's own among them, and each once."""
    cells = line.split("\t")
    if len(cells) != len(columns) or cells == columns:
        return line
    label, at = cells[columns.index("label")], columns.index("aliases")
    names = dict.fromkeys(_tidied(name) for name in [label, *filter(None, cells[at].split("|"))])
    cells[at] = "|".join(names)
    return "\t".join(cells)


def tidy_wordings(line: str, columns: tuple[int, ...]) -> str:
    """The line of a table of wordings with those of some columns normal, and each once."""
    cells = line.split("\t")
    if line.strip() and not line.startswith("#"):
        for at in columns:
            if at < len(cells):
                cells[at] = "|".join(dict.fromkeys(" ".join(normal(one)) for one in cells[at].split("|")))
    return "\t".join(cells)


def tidy_words(line: str) -> str:
    """The line of a list of words, each normal."""
    return line if line.startswith("#") else " ".join(word for item in line.split() for word in normal(item))


def _tidied(name: str) -> str:
    mark = "~" if name.startswith("~") else ""
    return mark + " ".join(normal(name.removeprefix("~")))


def main() -> None:
    """Rewrite the tables in place."""
    for name in TABLES:
        path, lines = _lines(name)
        path.write_text("\n".join(tidy(line) for line in lines), encoding="utf-8", newline="\n")
    for name, at in WORDED.items():
        path, lines = _lines(name)
        head = next(number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")) + 1
        path.write_text("\n".join((*lines[:head], *(tidy_wordings(line, at) for line in lines[head:]))), encoding="utf-8", newline="\n")
    for name in WORDS:
        path, lines = _lines(name)
        path.write_text("\n".join(map(tidy_words, lines)), encoding="utf-8", newline="\n")
    path, lines = _lines(MEASURES)
    columns = lines[0].split("\t")
    path.write_text("\n".join(tidy_measure(line, columns) for line in lines), encoding="utf-8", newline="\n")


def _lines(name: str) -> tuple[Path, list[str]]:
    path = Path(matcher.vocabulary.__file__).parent / "data" / name
    return path, path.read_text(encoding="utf-8").split("\n")


if __name__ == "__main__":
    main()
