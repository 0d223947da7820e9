"""Folders: the user's lie over the shipped ones, and an id is a file name everywhere."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.storage.folders import Folders, file_stem, folders
from matcher.storage.refusal import InputError


def test_arguments_come_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path / "environment"))
    monkeypatch.setenv("MATCHER_CONFIG", str(tmp_path / "settings"))
    assert folders(data=tmp_path / "given").profiles == tmp_path / "given" / "profiles"
    assert folders().marks == tmp_path / "environment" / "marks"
    assert folders().config == tmp_path / "settings"
    assert not (tmp_path / "environment").exists()


def test_without_either_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATA", " ")
    monkeypatch.delenv("MATCHER_CONFIG", raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    found = folders()
    assert found.data.name == "matcher"
    assert found.exports.parent == found.data


def test_shipped_trials_and_profiles_are_found() -> None:
    found = folders(data=Path("nowhere"), config=Path("nowhere"))
    assert found.shipped_trials is not None
    assert found.shipped_trials.is_dir()
    assert found.trial_paths == [found.shipped_trials]
    assert found.shipped_profiles is not None


@pytest.fixture
def two(tmp_path: Path) -> Folders:
    shipped = tmp_path / "shipped"
    for folder, names in ((shipped, "AB"), (tmp_path / "data" / "profiles", "BC")):
        folder.mkdir(parents=True)
        for name in names:
            (folder / f"LN-000{name}.toml").touch()
    (shipped / ".hidden.toml").touch()
    (shipped / "notes.txt").touch()
    return Folders(tmp_path / "data", tmp_path / "config", shipped, shipped)


def test_the_users_profile_stands_in_for_a_shipped_one(two: Folders) -> None:
    files = two.profile_files()
    assert list(files) == ["LN-000A", "LN-000B", "LN-000C"]
    assert files["LN-000A"].parent == two.shipped_profiles
    assert files["LN-000B"].parent == two.profiles


def test_a_profile_is_found_by_id_or_by_path(two: Folders) -> None:
    assert two.find_profile("LN-000B") == two.profiles / "LN-000B.toml"
    assert two.find_profile("some/where.toml") == Path("some/where.toml")
    with pytest.raises(InputError, match='did you mean "LN-000C"') as refused:
        two.find_profile("LN-00C")
    assert refused.value.file == "LN-00C"
    for unknown in ("zzz", "z" * 5000, "z\0"):
        with pytest.raises(InputError, match="give a file's path"):
            two.find_profile(unknown)


def test_a_file_beside_is_a_path_whatever_its_ending(two: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine.txt", "LN-000B"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert two.find_profile("mine.txt") == Path("mine.txt")
    assert two.find_profile("LN-000B") == two.profiles / "LN-000B.toml"


@each_row("name", ["LN-0042", "NCT06167174", "a.b_c-d"])
def test_an_ordinary_id_is_its_own_file_name(name: str) -> None:
    assert file_stem(name) == name


@given(st.text(min_size=1, max_size=100))
def test_every_id_is_a_file_name_on_every_system(name: str) -> None:
    stem = file_stem(name)
    assert set(stem) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert 0 < len(stem) <= 100
    assert not stem.startswith((".", "-"))
    assert not stem.endswith(".")


@each_row("name", ["CON", "nul.x", "com1", "a/b", "..", "site a", "."])
def test_a_name_some_system_refuses_gets_a_mark_of_its_own(name: str) -> None:
    assert file_stem(name) != name
    assert file_stem(name) != file_stem(name + "?")


@each_row(
    ("told", "home"),
    [("", "/home/nurse"), ("/else/where", "/home/nurse"), ("", "/home/nurse/"), ("", "/"), ("/else/where/", ""), ("not/whole", "/home/nurse"), (" /blank", "/home/nurse")],
)
def test_the_usual_places_are_those_of_platformdirs(told: str, home: str) -> None:
    with pytest.MonkeyPatch.context() as given:
        for name in ("MATCHER_DATA", "MATCHER_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            given.delenv(name, raising=False)
        given.setenv("HOME", home)
        if told:
            given.setenv("XDG_DATA_HOME", told)
            given.setenv("XDG_CONFIG_HOME", told)
        assert folders().data == Path(platformdirs.user_data_dir("matcher", appauthor=False))
        assert folders().config == Path(platformdirs.user_config_dir("matcher", appauthor=False))
