"""The files of the precision sample: what was drawn, and what was judged. They hold digests, never text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from strata import Drawn

FOLDER = Path(__file__).resolve().parent / "precision"
ANSWERS = ("right", "partly", "wrong")


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of one wording for one text: right, partly (safe, but less than the text says) or wrong, and why."""

    record: str
    place: str
    text: str
    wording: str
    answer: str
    why: str = ""


def sample_path(seed: int) -> Path:
    """Where the sample of a seed is kept."""
    return FOLDER / f"sample-{seed}.tsv"


def read_sample(seed: int) -> list[Drawn]:
    """The criteria drawn with a seed."""
    return [Drawn(*cells) for cells in _rows(sample_path(seed))]


def write_sample(seed: int, drawn: Iterable[Drawn]) -> None:
    """Keep the criteria drawn with a seed."""
    _write(sample_path(seed), [field.name for field in fields(Drawn)], [list(astuple(one)) for one in drawn])


def read_judgements() -> dict[tuple[str, str, str], Judged]:
    """Every judgement by record, text and wording."""
    return {(one.record, one.text, one.wording): one for one in (Judged(*cells) for cells in _rows(FOLDER / "judged.tsv"))}


def write_judgements(judged: Mapping[tuple[str, str, str], Judged]) -> None:
    """Keep every judgement, in the order of the records."""
    held = sorted(judged.values(), key=lambda one: (one.record, one.place, one.text, one.wording))
    _write(FOLDER / "judged.tsv", [field.name for field in fields(Judged)], [list(astuple(one)) for one in held])


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def _write(path: Path, heading: list[str], rows: list[list[str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = "".join("\t".join(cells) + "\n" for cells in (heading, *rows))
    path.with_suffix(".new").write_text(text, encoding="utf-8", newline="\n")
    path.with_suffix(".new").replace(path)
