"""Names of tests as laboratories and exports print them."""

from pathlib import Path

from rows import each_row

from matcher.vocabulary import load
from matcher.vocabulary.concepts import table

_ROWS = [tuple(line.split("\t")) for line in Path(__file__).with_name("reported_tests.tsv").read_text(encoding="utf-8").splitlines()[2:]]


@each_row("name, label", _ROWS)
def test_a_name_as_it_is_reported_is_the_measure_or_none(name: str, label: str) -> None:
    """A specimen, property or method that is not one of the measure's leaves it unknown."""
    found = load().recorded_measure(name)
    assert (found.label if found is not None else "-") == label


def test_every_row_of_the_table_names_a_measure() -> None:
    labels = {label for *_, label in table("reported.tsv")}
    assert [label for label in labels if load().measure(label) is None] == []
