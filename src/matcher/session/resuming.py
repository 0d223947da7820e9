"""Where a nurse left off: the patient, the trial, the pane, the filter, the colours and her initials, kept between two sittings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from matcher.storage import toml_text
from matcher.storage.files import file_digest, read_bytes, write_text
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError

_FILE = "last.toml"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Where she left off; "" where nothing is known. The patient is a code, never a name."""

    patient: str = ""
    trial: str = ""
    pane: str = ""
    filter: str = ""
    stage: str = ""
    theme: str = ""
    initials: str = ""


def left_off(places: Folders) -> Left:
    """Where she left off; nothing where that was never kept, or cannot be read."""
    path = places.data / _FILE
    try:
        plain = toml_text.parse(read_bytes(path), str(path)) if path.exists() else {}
    except (InputError, OSError):
        plain = {}
    return Left(**{one.name: _text(plain.get(one.name)) for one in fields(Left)})


def leave(places: Folders, left: Left) -> bool:
    """Keep where she left off; False where it cannot be written, which loses nothing of hers."""
    path = places.data / _FILE
    try:
        write_text(path, toml_text.write({name: value for name, value in asdict(left).items() if value}), expected=file_digest(path))
    except (InputError, OSError):
        return False
    return True


def forget_patient(places: Folders, code: str) -> None:
    """Forget that a patient was the last one in hand."""
    left = left_off(places)
    if left.patient == code:
        leave(places, Left(theme=left.theme, initials=left.initials))


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


__all__ = ["Left", "forget_patient", "leave", "left_off"]
