"""The trial that is being typed by hand, kept so that it outlives a crash: it is offered again, and saved only by a person."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, fields

from matcher.session.typed_trials import Typed
from matcher.storage import toml_text
from matcher.storage.files import file_digest, read_bytes, write_text
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError

_FILE = "typed-trial.toml"


def keep_typed(places: Folders, typed: Typed, over: str) -> None:
    """Keep what is typed, in place of what was kept; `over` is the trial it stands for. Where nothing can be written it is not kept."""
    path = places.data / _FILE
    with suppress(InputError, OSError):
        write_text(path, toml_text.write({"over": over, **asdict(typed)}), expected=file_digest(path))


def typed_before(places: Folders, over: str) -> Typed | None:
    """What was being typed of a trial when the app was lost; None where nothing was, or where it was another one."""
    path = places.data / _FILE
    try:
        plain = toml_text.parse(read_bytes(path), str(path)) if path.exists() else {}
    except (InputError, OSError):
        return None
    if plain.pop("over", None) != over or not all(isinstance(value, str) for value in plain.values()):
        return None
    return Typed(**{one.name: plain.get(one.name, "") for one in fields(Typed)})


def drop_typed(places: Folders) -> None:
    """Nothing is being typed any more: it is saved, or thrown away."""
    with suppress(OSError):
        (places.data / _FILE).unlink(missing_ok=True)


__all__ = ["drop_typed", "keep_typed", "typed_before"]
