"""The rooms stay one-way layers, and nothing but the app ever imports the screens' toolkit."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_HAS_COMMANDS = find_spec("matcher.cli") is not None
needs_commands = pytest.mark.skipif(not _HAS_COMMANDS, reason="matcher.cli is not there yet")

_SCREENS = """
found = sorted({name.split('.')[0] for name in sys.modules} & {'textual', 'rich'})
assert not found, found
"""
_IMPORT_ALL = """
import importlib, pathlib, sys
import matcher
home = pathlib.Path(matcher.__path__[0])
for file in sorted(home.rglob("*.py")):
    parts = file.relative_to(home).with_suffix("").parts
    if parts[0] not in ("app", "shipped") and parts[-1] not in ("__init__", "__main__"):
        importlib.import_module(".".join(("matcher", *parts)))
"""
_RUN_COMMANDS = """
import sys
from matcher.cli import main
for words in sys.argv[1:]:
    try:
        code = main(words.split())
    except SystemExit as done:
        code = done.code
    assert code in (None, 0, 1), (words, code)
    found = sorted({name.split('.')[0] for name in sys.modules} & {'textual', 'rich'})
    assert not found, (words, found)
"""
_LINT = "import sys\nfrom importlinter.cli import lint_imports\nsys.exit(lint_imports(no_cache=True))\n"


def python(code: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in an interpreter of its own, with its folders under `home`."""
    folders = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    environment = {**os.environ, **dict.fromkeys((*folders, "XDG_CACHE_HOME"), str(home)), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, env=environment, input="", capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )


def test_no_room_but_the_app_imports_the_screens(tmp_path: Path) -> None:
    done = python(_IMPORT_ALL + _SCREENS, tmp_path)
    assert done.returncode == 0, done.stderr


@needs_commands
def test_no_command_imports_the_screens(tmp_path: Path) -> None:
    commands = [
        "--help", "trials", "profiles", "read -", "import --dry-run no-such-file", "match no-such-profile",
        "explain no-such-profile NCT00000000", "export no-such-profile", "mark no-such-profile NCT00000000",
        "check --cases no-such-file.jsonl",
    ]  # fmt: skip
    done = python(_RUN_COMMANDS, tmp_path, *commands)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@needs_commands
def test_the_rooms_are_one_way_layers(tmp_path: Path) -> None:
    done = python(_LINT, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
