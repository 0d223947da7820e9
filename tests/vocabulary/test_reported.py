"""Names of tests and medications as laboratories, pharmacies and exports print them."""

from pathlib import Path

from rows import each_row

from matcher.vocabulary import load, operated, understood
from matcher.vocabulary.concepts import table


def _rows(name: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()[2:]]


@each_row("name, label", _rows("reported_tests.tsv"))
def test_a_name_as_it_is_reported_is_the_measure_or_none(name: str, label: str) -> None:
    """A specimen, property or method that is not one of the measure's leaves it unknown."""
    found = load().recorded_measure(name)
    assert (found.label if found is not None else "-") == label


def test_every_row_of_the_table_names_a_measure() -> None:
    labels = {label for *_, label in table("reported.tsv")}
    assert [label for label in labels if load().measure(label) is None] == []


@each_row("name, labels", _rows("recorded_drugs.tsv"))
def test_a_medication_as_it_is_written_is_its_drugs_or_none(name: str, labels: str) -> None:
    """A word that is no form, strength, salt or time leaves it unknown."""
    assert ("|".join(one.label for one in understood(load(), "treatment", name)) or "-") == labels


def test_every_product_and_vaccine_of_the_tables_is_of_known_drugs() -> None:
    labels = {label for _, drugs in table("mixtures.tsv") for label in drugs.split("|")} | {label for *_, label in table("vaccinated.tsv")}
    assert [label for label in labels if (found := load().treatment(label)) is None or found.label != label] == []


@each_row("name, labels", _rows("recorded_procedures.tsv"))
def test_a_procedure_as_it_is_worded_is_its_operations_or_none(name: str, labels: str) -> None:
    """What was taken back, planned or joined by an "or" leaves it unknown."""
    vocabulary = load()
    exact = vocabulary.procedure(name)
    found = (exact,) if exact is not None else operated(vocabulary, name)
    assert ("|".join(one.label for one in found) or "-") == labels


def test_every_worded_operation_is_a_procedure() -> None:
    labels = {label for *_, label in table("worded_operations.tsv") if label}
    assert [label for label in labels if (found := load().procedure(label)) is None or found.label != label] == []


def test_every_field_of_a_drug_is_a_drug_or_class() -> None:
    labels = {label.rstrip("=") for *_, told in table("drug_fields.tsv") for label in told.split("|")}
    assert [label for label in labels if (found := load().treatment(label)) is None or found.label != label] == []


def test_every_field_of_a_procedure_is_a_procedure() -> None:
    labels = {label.rstrip("=") for *_, told in table("operation_fields.tsv") for label in told.split("|")}
    assert [label for label in labels if (found := load().procedure(label)) is None or found.label != label] == []
