"""The places a nurse's patients can go to: countries and cities, kept on this machine only."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from matcher.storage import toml_text
from matcher.storage.files import file_digest, read_bytes, write_text
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError, shown

_FILE = "places.toml"
MOST = 20
_LONGEST = 60


def chosen_places(folders: Folders) -> tuple[str, ...]:
    """The chosen countries and cities, in the order given; none where none were chosen. InputError where the file is wrong."""
    path = folders.config / _FILE
    if not path.exists():
        return ()
    found = toml_text.parse(read_bytes(path), str(path)).get("places", [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InputError(str(path), "places", f'found {shown(found)}, expected a list such as ["Chicago", "Germany"]')
    return named_places(found)


def choose_places(folders: Folders, names: Iterable[str]) -> tuple[str, ...]:
    """Keep these countries and cities in place of those chosen before; what is kept."""
    path, kept = folders.config / _FILE, named_places(names)
    write_text(path, toml_text.write({"schema": 1, "places": list(kept)}), expected=file_digest(path))
    return kept


def named_places(names: Iterable[str]) -> tuple[str, ...]:
    """Names without blanks and repeats; ValueError where they are too long or too many to be places."""
    kept: dict[str, str] = {}
    for name in names:
        said = " ".join(name.split())
        if len(said) > _LONGEST:
            raise ValueError(f"“{said[:20]}…” is too long for a place: give a city, a state or a country")
        if said:
            kept.setdefault(said.casefold(), said)
    if len(kept) > MOST:
        raise ValueError(f"expected at most {MOST} places")
    return tuple(kept.values())


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    lines = (Path(__file__).parent / "countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    return {name.casefold(): row for row in rows for name in row}


def names_of_country(name: str) -> tuple[str, ...]:
    """A country's name with the others it goes by: who types "UK" means the United Kingdom."""
    return _countries().get(" ".join(name.casefold().split()), (name,))


__all__ = ["MOST", "choose_places", "chosen_places", "named_places", "names_of_country"]
