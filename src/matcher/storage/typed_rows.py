"""What is being typed, kept beside the draft of the patient: after a crash it is offered where it was.

A row of the profile is one such thing; a reason, a note, an answer or a check typed in a dialog is kept in the same way.
"""

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
DIALOGS = ("judge", "mark", "ask", "paste", "check")  # what is typed in a dialog, each kept in a file of its own
OF_ANYBODY = ("check",)  # of these no patient is the owner


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """What the fields of a row or a dialog hold, by their keys: nothing of it is recorded.

    `listed` is the list of the profile, the page of the form or the dialog, `place` where the row stands in the list,
    `was` what its fields held before, `field` the one in use, and `about` what a dialog is about: a trial and its criteria.
    """

    listed: str
    place: int
    field: str
    was: Mapping[str, str]
    texts: Mapping[str, str]
    about: tuple[str, ...] = ()


def row_path(folders: Folders, code: str, listed: str = "") -> Path:
    """Where lies what was being typed of a patient, in a row or in the dialog of a name."""
    if listed not in DIALOGS:
        return folders.drafts / f"{file_stem(code)}.typed"
    stem = "anybody" if listed in OF_ANYBODY else file_stem(code)
    return folders.drafts / f"{stem}~{listed}.typed"  # no code has this sign in it


def row_paths(folders: Folders, code: str) -> list[Path]:
    """Where everything lies that was being typed of a patient, if it is there."""
    return [row_path(folders, code, listed) for listed in ("", *DIALOGS) if listed not in OF_ANYBODY]


def keep_row(folders: Folders, code: str, row: TypedRow) -> bool:
    """Keep the row that is being typed, in place of what was kept; False where nothing can be written."""
    path = row_path(folders, code, row.listed)
    try:
        write_text(path, toml_text.write({**asdict(row), "about": list(row.about)}), expected=file_digest(path))
    except (InputError, OSError):
        return False
    return True


def kept_row(folders: Folders, code: str, listed: str = "") -> TypedRow | None:
    """What was being typed when the app was lost, in a row or in the dialog of a name; None where there is none that can be read."""
    path = row_path(folders, code, listed)
    try:
        plain = toml_text.parse(read_bytes(path), str(path), int) if path.exists() else {}
        return TypedRow(
            listed=_word(plain, "listed"),
            place=int(plain["place"]),
            field=_word(plain, "field"),
            was=_words(plain["was"]),
            texts=_words(plain["texts"]),
            about=tuple(map(str, plain.get("about", ()))),
        )
    except (InputError, OSError, KeyError, TypeError, ValueError):
        return None


def drop_row(folders: Folders, code: str, listed: str = "") -> None:
    """Nothing is being typed any more, in a row or in the dialog of a name."""
    with suppress(OSError):
        row_path(folders, code, listed).unlink(missing_ok=True)


def drop_rows(folders: Folders, code: str) -> None:
    """Nothing of a patient is being typed any more."""
    for path in row_paths(folders, code):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _word(plain: Mapping[str, Any], key: str) -> str:
    if not isinstance(plain[key], str):
        raise TypeError(key)
    return str(plain[key])


def _words(plain: Any) -> dict[str, str]:
    return {key: _word(plain, key) for key in plain}


__all__ = ["DIALOGS", "NEW", "OF_ANYBODY", "TypedRow", "drop_row", "drop_rows", "keep_row", "kept_row", "row_path", "row_paths"]
