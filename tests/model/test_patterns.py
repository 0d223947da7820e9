"""What is kept of a compiled pattern is the pattern that `re.compile` makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rows import each_row

from matcher.model import kept, patterns

WRITTEN = [
    (r"a+b?", 0), (r"(?P<first>\d+)-(?P<last>\d+)|(x)(?:y)", 0), (r"\bGRADE\b", re.IGNORECASE), (r"(?i:µ|Ω)[^α-ω]", 0),
    (r"""  \d  # a number
    """, re.VERBOSE), (r"(?<![\w.])(?:[a-z]++ )*+", re.I | re.M), ("[\u4e00-\u9fff\u0300-\u036f]", 0), ("(?s).*", 0), ("", 0),
]  # fmt: skip


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for what is kept, of which nothing is known yet."""
    monkeypatch.setattr(kept, "_CACHED", str(tmp_path / "kept.pyc"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    _again(monkeypatch)
    return tmp_path / "kept.patterns"


def _again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the next process begins."""
    for name in ("_kept", "_new"):
        monkeypatch.setattr(patterns, name, {})


def _refuses(*_: object) -> None:
    raise AssertionError("compiled anew")


@each_row(("written", "flags"), WRITTEN)
def test_a_kept_pattern_is_the_one_compiled(written: str, flags: int) -> None:
    assert patterns.pattern_of(written, flags) == re.compile(written, flags)
    assert patterns.pattern_of(written, flags).groupindex == re.compile(written, flags).groupindex


def test_the_next_process_compiles_nothing(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for written, flags in WRITTEN:
        patterns.pattern_of(written, flags)
    patterns.keep()
    _again(monkeypatch)
    monkeypatch.setattr(patterns, "_compiled", _refuses)
    for written, flags in WRITTEN:
        found = patterns.pattern_of(written, flags)
        assert found == re.compile(written, flags)
        assert found.groupindex == re.compile(written, flags).groupindex
    found = patterns.pattern_of(*WRITTEN[1])
    assert (match := found.search("on 12-15")) is not None
    assert match.groupdict() == {"first": "12", "last": "15"}
    assert match.lastgroup == "last"


@pytest.mark.parametrize("held", [b"", b"nothing", b"\xe9\x00\x00\x00\x00"])
def test_what_cannot_be_read_is_made_anew(beside: Path, monkeypatch: pytest.MonkeyPatch, held: bytes) -> None:
    beside.write_bytes(held)
    assert patterns.pattern_of("a|b").findall("cab") == ["a", "b"]
    patterns.keep()
    _again(monkeypatch)
    monkeypatch.setattr(patterns, "_compiled", _refuses)
    assert patterns.pattern_of("a|b").findall("cab") == ["a", "b"]


def test_what_another_version_kept_is_not_used(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.pattern_of("a|b")
    patterns.keep()
    _again(monkeypatch)
    monkeypatch.setattr(patterns, "_MADE_BY", (0, "another Python"))
    monkeypatch.setattr(patterns, "_compiled", _refuses)
    with pytest.raises(AssertionError, match="compiled"):
        patterns.pattern_of("a|b")


def test_nothing_is_kept_where_python_keeps_no_bytecode(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    patterns.pattern_of("a|b")
    patterns.keep()
    assert not beside.exists()


def test_the_empty_pattern_may_come_first(beside: Path) -> None:
    assert patterns.pattern_of("").findall("a") == ["", ""]


def test_another_engine_than_known_compiles_as_usual(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlike(*_: object) -> None:
        raise TypeError("compile() takes 7 arguments")

    monkeypatch.setattr(patterns, "_from_codes", unlike)
    assert patterns.pattern_of("a|b").findall("cab") == ["a", "b"]


def test_a_wrong_pattern_is_refused_as_ever() -> None:
    with pytest.raises(re.error, match="unterminated"):
        patterns.pattern_of("(a")
