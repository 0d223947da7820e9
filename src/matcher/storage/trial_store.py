"""All trials of a user: the curated records in the folders, and over them those of the library that none stands for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import Loaded, read_trials


def trials_of_user(places: Folders) -> Loaded:
    """The records of the user's and the shipped folder, and those of the user's library."""
    return _with_libraries(read_trials(places.trial_paths), [places.library] if places.library.exists() else [])


def trials_at(paths: Sequence[str | Path]) -> Loaded:
    """The records in files, folders and libraries; a damaged one is a problem and the others load."""
    found = [Path(path) for path in paths]
    libraries = [path for path in found if is_library(path)]
    return _with_libraries(read_trials([path for path in found if path not in libraries]), libraries)


def is_library(path: Path) -> bool:
    """Whether a path is a library by its name."""
    return path.suffix.casefold() in (".db", ".sqlite", ".sqlite3")


def _with_libraries(loaded: Loaded, libraries: Sequence[Path]) -> Loaded:
    if not libraries:
        return loaded
    from matcher.storage.library import Library, merged  # its database is loaded only where there is a library

    trials, problems = list(loaded.trials), list(loaded.problems)
    for path in libraries:
        try:
            with Library(path) as library:
                trials = merged(trials, library.trials())
        except InputError as error:
            problems.append(error)
    return Loaded(tuple(trials), tuple(problems))


__all__ = ["is_library", "trials_at", "trials_of_user"]
