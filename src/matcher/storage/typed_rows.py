"""The row of a profile that is being typed, kept beside its draft: after a crash it is offered where it was."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from matcher.storage import toml_text
from matcher.storage.files import file_digest, read_bytes, write_text
from matcher.storage.folders import Folders, file_stem
from matcher.storage.refusal import InputError

NEW = -1  # the place of a row that stands nowhere yet


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """What the fields of a row hold, by their keys: nothing of it is recorded.

    `listed` is the list of the profile or the page of the form, `place` where the row stands in it,
    `was` what its fields held before, and `field` the one in use.
    """

    listed: str
    place: int
    field: str
    was: Mapping[str, str]
    texts: Mapping[str, str]


def row_path(folders: Folders, code: str) -> Path:
    """Where the row of a patient lies that was being typed."""
    return folders.drafts / f"{file_stem(code)}.typed"


def keep_row(folders: Folders, code: str, row: TypedRow) -> bool:
    """Keep the row that is being typed, in place of what was kept; False where nothing can be written."""
    path = row_path(folders, code)
    try:
        write_text(path, toml_text.write(asdict(row)), expected=file_digest(path))
    except (InputError, OSError):
        return False
    return True


def kept_row(folders: Folders, code: str) -> TypedRow | None:
    """The row that was being typed when the app was lost; None where there is none that can be read."""
    path = row_path(folders, code)
    try:
        plain = toml_text.parse(read_bytes(path), str(path), int) if path.exists() else {}
        return TypedRow(listed=_word(plain, "listed"), place=int(plain["place"]), field=_word(plain, "field"), was=_words(plain["was"]), texts=_words(plain["texts"]))
    except (InputError, OSError, KeyError, TypeError, ValueError):
        return None


def drop_row(folders: Folders, code: str) -> None:
    """Nothing is being typed any more."""
    with suppress(OSError):
        row_path(folders, code).unlink(missing_ok=True)


def _word(plain: Mapping[str, Any], key: str) -> str:
    if not isinstance(plain[key], str):
        raise TypeError(key)
    return str(plain[key])


def _words(plain: Any) -> dict[str, str]:
    return {key: _word(plain, key) for key in plain}


__all__ = ["NEW", "TypedRow", "drop_row", "keep_row", "kept_row", "row_path"]
