"""What a match at registry scale rests on: the records in files, and the libraries, open and ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from matcher.model.trial import Trial
from matcher.model.values import value
from matcher.storage.folders import Folders
from matcher.storage.index import Index, completed
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trials
from matcher.storage.trial_store import is_library


@value(frozen=True, slots=True)
class Sources:
    """The trials to match against: few in files, any number in libraries; `problems` are what could not be read."""

    files: tuple[Trial, ...]
    libraries: tuple[Library, ...]
    problems: tuple[str, ...] = ()


def library_paths(paths: Sequence[str | Path] | None, places: Folders) -> list[Path]:
    """The libraries among the paths given, else the user's where there is one."""
    if paths:
        return [Path(path) for path in paths if is_library(Path(path))]
    return [places.library] if places.library.exists() else []


@contextmanager
def opened(paths: Sequence[str | Path] | None, places: Folders, told: Callable[[int], None] = lambda _: None) -> Iterator[Sources]:
    """The trials in the paths given, else the user's; libraries are made ready, of which `told` hears."""
    loaded = read_trials([Path(path) for path in paths if not is_library(Path(path))] if paths else places.trial_paths)
    problems = [str(one) for one in loaded.problems]
    with ExitStack() as stack:
        libraries = []
        for path in library_paths(paths, places):
            try:
                library = stack.enter_context(Library(path, beside=[Index()]))
                completed(library, told)
                libraries.append(library)
            except InputError as error:
                problems.append(str(error))
        yield Sources(loaded.trials, tuple(libraries), tuple(problems))


__all__ = ["Sources", "library_paths", "opened"]
