"""Rewrite the names of the vocabulary tables in normal form, so that they load without being normalised again.

Run it after editing a table: new names may be typed as they are usually written ("COVID-19", "Crohn's").
"""

from __future__ import annotations

from pathlib import Path

import matcher.vocabulary
from matcher.vocabulary.normal import normal

TABLES = ("conditions.tsv", "drugs.tsv", "classes.tsv", "procedures.tsv")


def tidy(line: str) -> str:
    """The line of a table with the label's normal form as its first name, and every name normal and once."""
    if not line.strip() or line.startswith(("#", "label\t")):
        return line
    label, names, *rest = [*line.split("\t"), ""][: max(2, line.count("\t") + 1)]
    unscanned = {normal(name) for name in names.split("|") if name.startswith("=")}
    words = dict.fromkeys([normal(label), *map(normal, filter(None, names.split("|")))])
    tidied = "|".join(("=" if name in unscanned else "") + " ".join(name) for name in words)
    return "\t".join([label, tidied, *rest])


def main() -> None:
    """Rewrite the four tables in place."""
    for name in TABLES:
        path = Path(matcher.vocabulary.__file__).parent / "data" / name
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(tidy(line) for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
