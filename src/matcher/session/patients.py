"""The patients in the folders: listed, copied, put away, deleted and brought back, or purged with all that came of them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.intake.guard import objections
from matcher.model.profile import Profile
from matcher.session.changed import forget_gone
from matcher.session.resuming import forget_patient
from matcher.storage.drafts import Claim, draft_files
from matcher.storage.folders import Folders, file_stem, toml_files
from matcher.storage.library import Library
from matcher.storage.record_log import log_path
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile, save_profile
from matcher.storage.typed_rows import row_paths

EXPORTED = ("shortlist", "checklist", "comparison")  # what an exported file is called by, behind the code of its patient


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile file in the folders: its code, where it lies, and what it holds or why it cannot be opened.

    An `example` is a made-up patient that comes with matcher.
    """

    id: str
    path: Path
    profile: Profile | None = None
    problem: str = ""
    example: bool = False

    @property
    def name(self) -> str:
        """The patient's code; with the file's name where that says another one."""
        other = self.profile is not None and file_stem(self.profile.id) != self.id
        return f"{self.profile.id} (in {self.path.name})" if self.profile and other else self.id

    @property
    def draft(self) -> bool:
        """Whether nothing of the patient was ever saved."""
        return self.path.parent.name == "drafts"


def listed(folders: Folders) -> list[ProfileFile]:
    """The profiles in the folders by code, the made-up examples last; those that cannot be read with the reason, those never saved included."""
    found = [replace(one, example=folders.is_example(one.path)) for one in _files(draft_files(folders) | folders.profile_files())]
    return sorted(found, key=lambda one: one.example)


def judged_files(folders: Folders) -> dict[str, Path]:
    """The saved patients that are judged together: the user's own, or the made-up examples while there are none."""
    files = folders.profile_files()
    own = {code: path for code, path in files.items() if not folders.is_example(path)}
    return own or files


def examples_words(folders: Folders) -> str:
    """What is to be said of the made-up examples where patients are judged together; "" where there are none."""
    left_out = len(folders.profile_files()) - len(judged_files(folders))
    if left_out:
        return f"left out: {left_out} made-up example{'' if left_out == 1 else 's'} from matcher"
    if any(folders.is_example(path) for path in judged_files(folders).values()):
        return "made-up examples that come with matcher; they are left out once a patient of your own is saved"
    return ""


def put_away(folders: Folders) -> list[ProfileFile]:
    """The profiles in the archive."""
    return _files({path.stem: path for path in toml_files(folders.archive)})


def deleted(folders: Folders) -> list[ProfileFile]:
    """The profiles in the bin."""
    return _files({path.stem: path for path in toml_files(folders.bin)})


def taken(folders: Folders, code: str) -> str:
    """The code of a patient there is already, which differs in capitals at most; "" where there is none."""
    return next((one for one in folders.profile_files() if one.casefold() == code.casefold()), "")


def copied(folders: Folders, profile: Profile, code: str) -> Path:
    """Save a copy of a patient under another code, its facts unchanged; InputError where the code is taken."""
    path = folders.profile_path(code)
    if (there := taken(folders, code)) or path.exists():
        raise InputError(there or code, "", "there is a patient with this code already")
    save_profile(replace(profile, id=code), path, expected=None, guard=objections)
    return path


def archive(folders: Folders, path: Path) -> Path:
    """Put a patient's file away: it is listed in the archive only. Returns where it lies now."""
    return _moved(folders, path, folders.archive)


def restore(folders: Folders, path: Path) -> Path:
    """Bring a file back from the archive or from the bin; InputError where another patient has its code by now."""
    return _moved(folders, path, folders.profiles)


def delete(folders: Folders, path: Path) -> Path:
    """Put a patient's file into the bin, from which `restore` brings it back. Returns where it lies now."""
    return _moved(folders, path, folders.bin)


def purge(folders: Folders, code: str) -> int:
    """Delete for ever what is kept of a patient: profile, draft, marks, record of changes, exports, what was copied last, what matches noted; how many files."""
    _refuse_while_changed(folders, code)
    stem = file_stem(code)
    kept = [folder / f"{stem}.toml" for folder in (folders.profiles, folders.archive, folders.bin, folders.drafts, folders.marks)]
    kept += [*row_paths(folders, code), log_path(folders.log, code), folders.copied]
    kept += sorted(path for what in EXPORTED for path in folders.exports.glob(f"{stem}-{what}-*")) if folders.exports.is_dir() else []
    gone = 0
    for path in kept:
        if path.is_file():
            _unlinked(path)
            gone += 1
    forget_patient(folders, code)
    if folders.library.exists():
        with suppress(InputError, sqlite3.Error), Library(folders.library) as library:
            forget_gone(library, folders)
    return gone


def _files(found: dict[str, Path]) -> list[ProfileFile]:
    files = []
    for code, path in sorted(found.items()):
        try:
            files.append(ProfileFile(code, path, load_profile(path)))
        except InputError as error:
            files.append(ProfileFile(code, path, None, str(error)))
    return files


def _moved(folders: Folders, path: Path, folder: Path) -> Path:
    if folders.is_example(path):
        raise InputError(path.stem, "", "this patient comes with matcher and stays; save a copy to change it")
    target = folder / path.name
    if target.exists() and folder == folders.profiles:
        raise InputError(path.stem, "", "there is a patient with this code already; rename one of them first")
    _refuse_while_changed(folders, path.stem)
    if any(one.exists() for one in row_paths(folders, path.stem)) or (path.parent != folders.drafts and (folders.drafts / path.name).exists()):
        raise InputError(path.stem, "", "there are changes that were never saved; open the patient, and save or discard them first")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    except OSError as error:
        raise InputError(str(path), "", f"cannot be moved: {(error.strerror or 'the system refuses').lower()}") from None
    return target


def _refuse_while_changed(folders: Folders, code: str) -> None:
    if Claim(folders).elsewhere(code):
        raise InputError(code, "", "this patient is being changed in another window; save there first")


def _unlinked(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise InputError(str(path), "", f"cannot be deleted: {(error.strerror or 'the system refuses').lower()}") from None
