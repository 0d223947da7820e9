"""The documents are true: what they show of commands, checks and keys is what the program says today."""

from __future__ import annotations

import re
import shlex
from runpy import run_path
from typing import TYPE_CHECKING

import pytest
from command_support import ROOT, run
from rows import each_row

from matcher.app.commands import COMMANDS, key_shown, keys_of
from matcher.cli import _parser
from matcher.model.wording import parse, wording

if TYPE_CHECKING:
    from conftest import Desk

README = (ROOT / "README.md").read_text(encoding="utf-8")
NURSES = (ROOT / "docs/nurses.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ matcher (.+)\n((?:.*\n)*?)```", README)
CHECKS = [cell for row in re.findall(r"^\| (`.+?) \|", NURSES.split("| check |")[1], re.MULTILINE) for cell in re.findall(r"`([^`]+)`", row)]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3
    assert len(CHECKS) >= 10


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_is_what_the_command_says_today(desk: Desk, command: str, shown: str) -> None:
    done = run(*shlex.split(command))
    assert done.code == 0
    assert [line.rstrip() for line in done.out.splitlines()] == shown.splitlines()


@each_row("check", CHECKS)
def test_a_check_shown_to_nurses_is_in_canonical_wording(check: str) -> None:
    assert wording(parse(check)) == check


def test_the_page_of_keys_is_what_the_app_binds() -> None:
    tool = run_path(str(ROOT / "tools/keys.py"))
    assert (ROOT / "docs/keys.md").read_text(encoding="utf-8") == tool["page"](), "run tools/keys.py"
    assert {one.scope for one in COMMANDS} <= set(tool["SCREENS"])


def test_the_keys_of_the_tour_are_keys_of_the_main_screen() -> None:
    tour = README.split("Sixty seconds with it:")[1].split("## The commands")[0]
    shown = set(re.findall(r"`(\S|\^p)`", tour))
    assert len(shown) > 12
    assert shown <= {key_shown(key) for one in COMMANDS if one.scope in ("main", "app") for key in keys_of(one)} | {"↓"}


def test_every_command_is_in_the_readme() -> None:
    (commands,) = (action.choices for action in _parser(())._actions if action.dest == "command")
    assert commands is not None
    for name in commands:
        assert f"`matcher {name} " in README or f"`matcher {name}`" in README


@each_row("name", ["README.md", "CHANGELOG.md", "docs/nurses.md", "docs/contributors.md", "docs/keys.md"])
def test_links_lead_to_files_that_are_there(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target
