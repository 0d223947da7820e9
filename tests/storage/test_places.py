"""The chosen places are kept in the folder of settings, and a file that is wrong is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.storage.folders import Folders
from matcher.storage.places import choose_places, chosen_places
from matcher.storage.refusal import InputError


def test_places_are_kept_once_each(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "config")
    assert chosen_places(folders) == ()
    assert choose_places(folders, [" New  York", "chicago", "Chicago", ""]) == ("New York", "chicago")
    assert choose_places(folders, ["Germany"]) == ("Germany",) == chosen_places(folders)
    assert not (tmp_path / "data").exists()
    with pytest.raises(ValueError, match="too long"):
        choose_places(folders, ["x" * 61])
    (tmp_path / "config/places.toml").write_text("places = 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="expected a list"):
        chosen_places(folders)
