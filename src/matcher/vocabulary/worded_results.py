"""Results in words that tell of a disease: "deficient" of G6PD, "HbSS" of an electrophoresis, "47,XXY" of a karyotype."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from matcher.vocabulary.concepts import table


@cache
def _rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]:
    return tuple((tuple(test.split("|")), tuple(result.split("|")), label) for test, result, label, *_ in table("worded_results.tsv"))


def diseases_told(test: str, result: str) -> Iterator[str]:
    """The labels of the diseases that a test's result tells of; none where it denies anything."""
    name, said = test.casefold(), result.casefold()
    if any(word in f" {said} " for word in (" no ", " not ", "negative", "normal", "without", "non-")):
        return
    plain = said.replace(" ", "")
    pieces = {plain, *said.replace("(", " ").replace(")", " ").split()}
    for tests, results, label in _rows():
        if any(word in name for word in tests) and any(word in pieces or (not word.isalpha() and word in plain) for word in results):
            yield label
