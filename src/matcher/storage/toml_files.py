"""Profiles and trial records as TOML files: read with every refusal in one line, written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.model.values import value
from matcher.storage import toml_text
from matcher.storage.digests import Digest, digest_of_bytes
from matcher.storage.files import read_bytes, write_text
from matcher.storage.folders import toml_files
from matcher.storage.plausible import implausible
from matcher.storage.refusal import InputError
from matcher.storage.schema import record
from matcher.vocabulary import Vocabulary
from matcher.vocabulary import load as load_vocabulary

Guard = Callable[[Profile], Sequence[str]]
_INLINE_IN_TRIALS = frozenset({"spans"})


@value(frozen=True, slots=True)
class Loaded:
    """The trial records that were read, and what was refused, file by file."""

    trials: tuple[Trial, ...]
    problems: tuple[InputError, ...]


def load_profile(path: Path | str, vocabulary: Vocabulary | None = None) -> Profile:
    """The profile in a TOML file; InputError says what is wrong with it, and nothing else is ever raised."""
    return _profile(toml_text.parse(read_bytes(Path(path)), str(path)), str(path), vocabulary)


def read_profile(path: Path, vocabulary: Vocabulary | None = None) -> tuple[Profile, Digest]:
    """The profile in a TOML file, with the digest that saving over the file asks for."""
    data = read_bytes(path)
    plain = toml_text.parse(data, str(path))
    return _profile(plain, str(path), vocabulary), digest_of_bytes(data)


def profile_from_plain(plain: Any, name: str, vocabulary: Vocabulary | None = None) -> Profile:
    """The profile that parsed JSON describes (dates as ISO text); `name` is what refusals call it."""
    toml_text.check_plain(plain, name)
    return _profile(plain, name, vocabulary)


def profile_text(profile: Profile) -> str:
    """The profile as TOML text, its keys in the schema's order."""
    return toml_text.write(profile.plain())


def save_profile(profile: Profile, path: Path, *, expected: Digest | None, guard: Guard) -> Digest:
    """Write a profile to its file and return the new digest.

    `expected` is the digest of the file as it was read, None for a new one. `guard` lists what could identify the
    patient; while it lists anything, nothing is written.
    """
    objections = guard(profile)
    if objections:
        raise InputError(str(path), "", f"not saved: {'; '.join(objections)}")
    return write_text(path, profile_text(profile), expected=expected)


def load_trial(path: Path | str) -> Trial:
    """The trial record in a TOML file; InputError says what is wrong with it, and nothing else is ever raised."""
    return record(Trial, toml_text.parse(read_bytes(Path(path)), str(path), float), str(path))


def read_trial(path: Path) -> tuple[Trial, Digest]:
    """The trial record in a TOML file, with the digest that saving over the file asks for."""
    data = read_bytes(path)
    return record(Trial, toml_text.parse(data, str(path), float), str(path)), digest_of_bytes(data)


def trial_text(trial: Trial) -> str:
    """The trial record as TOML text, its keys in the schema's order."""
    return toml_text.write(trial.plain(), _INLINE_IN_TRIALS)


def save_trial(trial: Trial, path: Path, *, expected: Digest | None) -> Digest:
    """Write a trial record to its file and return the new digest; `expected` as in `save_profile`."""
    return write_text(path, trial_text(trial), expected=expected)


def load_trials(paths: Path | str | Iterable[Path | str]) -> list[Trial]:
    """The trial records in files and folders; InputError where one cannot be read."""
    loaded = read_trials(paths)
    if loaded.problems:
        raise loaded.problems[0]
    return list(loaded.trials)


def read_trials(paths: Path | str | Iterable[Path | str]) -> Loaded:
    """The trial records in files and folders: a bad file is a problem and the others load.

    A record in a later path stands in for one of the same id in an earlier path; inside one folder the first is kept.
    """
    trials: dict[str, Trial] = {}
    problems: list[InputError] = []
    for path in map(Path, [paths] if isinstance(paths, (Path, str)) else paths):
        here: dict[str, Path] = {}
        for file in toml_files(path) if path.is_dir() else [path]:
            try:
                trial = load_trial(file)
                if trial.id in here:
                    raise InputError(str(file), "id", f"{trial.id} is in {here[trial.id].name} too, which is used")
            except InputError as problem:
                problems.append(problem)
                continue
            here[trial.id] = file
            trials[trial.id] = trial
    return Loaded(tuple(trials.values()), tuple(problems))


def _profile(plain: Any, name: str, vocabulary: Vocabulary | None) -> Profile:
    profile = record(Profile, plain, name)
    slips = implausible(profile, vocabulary or load_vocabulary())
    if slips:
        more = f" (and {len(slips) - 1} more to correct)" if len(slips) > 1 else ""
        raise InputError(name, slips[0][0], slips[0][1] + more)
    return profile
