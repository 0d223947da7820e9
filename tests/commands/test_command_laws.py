"""The law of the commands: no text and no bytes make one raise, or say that it broke."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import strategies
import tomli_w
from command_support import BROKEN, OTHER_TRIAL, PROFILE, TRIAL, Done, own_folders, run
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

KINDS = st.sampled_from(["inclusion", "exclusion"])
NASTY = st.sampled_from([
    "", "-", "--", "[/b]", "{0}", "%s", "\\", '"', "\0", "\ud800", "\u202e", "١٢", "=" * 3, "(" * 400, "no " * 200, "and or not " * 60,
    "≥" * 50, "Inclusion Criteria:", "Exclusion Criteria:\n-", "1. 2. 3.", "a/b/c", "10^9^9/L", "1e999", "-0", "18~65", "\r", "\x85",
])  # fmt: skip
WORDS = st.sampled_from(
    ["age", "sex", "women", "platelets", "<", "≥", "=", "50", "1.5", "×10^9/L", "×", "ULN", "within", "6", "months", "of", "screening", "or", "and", "not", "without", "history", "lupus", "nephritis", "(SLE)", "pregnant", "rituximab", "mg/day", "except", "other", "than", "active", ",", ";", ":", "•", "-", "*", "\n", "known", "allergy", "to", "at", "least", "two", "consent", "NB"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.one_of(WORDS, NASTY), max_size=14).map(" ".join))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("laws")
    with own_folders(folder):
        (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
        (folder / "trial.toml").write_text(TRIAL, encoding="utf-8")
        yield folder


def sound(done: Done, *codes: int) -> Done:
    """Done or refused, with every message on a line of its own, and never broken."""
    assert done.code in (codes or (0, 1)), done
    assert BROKEN not in done.err + done.out, done
    assert "Traceback" not in done.err
    assert all(line.startswith("matcher: ") for line in done.err.split("\n") if line), done.err
    return done


@given(TEXTS, KINDS)
def test_any_text_is_a_criterion(home: Path, text: str, kind: str) -> None:
    done = run("check", "--kind", kind, "--profile", home / "profile.toml", "--format", "json", "--", text)
    if not text:
        assert done.code == 2
        return
    assert sound(done, 0).json["verdict"] in {"pass", "fail", "unknown", "review", "n/a"}


@given(TEXTS, KINDS, st.one_of(st.just({"schema": 1, "id": "A"}), strategies.plain_profiles, st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
)))
def test_any_case_is_answered(home: Path, text: str, kind: str, profile: Any) -> None:
    line = json.dumps({"id": "x", "kind": kind, "criterion": text, "profile": profile}, default=str)
    (answer,) = sound(run("check", "--cases", "-", given=line)).lines
    assert answer["id"] in ("x", None)
    assert answer.keys() >= {"verdict"} or answer.keys() == {"id", "error"}


@given(st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_eligibility_text_or_refused(home: Path, data: bytes) -> None:
    path = home / "eligibility.txt"
    path.write_bytes(data)
    done = sound(run("read", path, "--format", "json"))
    assert done.code == 1 or done.json.keys() == {"criteria"}
    sound(run("read", path))


@given(st.lists(st.one_of(st.binary(max_size=60), TEXTS.map(lambda text: text.encode("utf-8", "replace"))), max_size=4).map(b"\n".join))
def test_any_bytes_are_a_file_of_cases(home: Path, data: bytes) -> None:
    path = home / "cases.jsonl"
    path.write_bytes(data)
    assert all("id" in one for one in sound(run("check", "--cases", path)).lines)


@st.composite
def mutilated(draw: st.DrawFn, whole: str) -> bytes:
    """A good file with some of it cut out, doubled or replaced."""
    text = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.one_of(NASTY, st.just(text[start:end] * 2), st.text(max_size=6))) + text[end:]
    return text.encode("utf-8", "replace")


@given(st.one_of(st.binary(max_size=80), mutilated(PROFILE)))
def test_any_bytes_are_a_profile_or_refused(home: Path, data: bytes) -> None:
    path = home / "any.toml"
    path.write_bytes(data)
    sound(run("match", path, "--trials", home / "trial.toml"))


@given(strategies.plain_profiles)
@examples(6)
def test_any_profile_is_matched_explained_and_exported(home: Path, plain: dict[str, Any]) -> None:
    path = home / "whole.toml"
    path.write_text(tomli_w.dumps(plain), encoding="utf-8")
    if sound(run("match", path, "--format", "json")).code == 0:
        sound(run("explain", path, "NCT06167174"), 0)
        sound(run("export", path, "--all"), 0)


@given(st.one_of(st.binary(max_size=80), mutilated(OTHER_TRIAL)))
def test_any_bytes_are_a_trial_or_refused(home: Path, data: bytes) -> None:
    path = home / "any-trial.toml"
    path.write_bytes(data)
    done = sound(run("match", home / "profile.toml", "--trials", path, "--trials", home / "trial.toml", "--format", "json"), 0)
    assert "NCT00000017" in {one["trial_id"] for one in done.json["trials"]}


@given(st.one_of(st.binary(max_size=80), mutilated("MedPath\n\nA trial\n\nInclusion Criteria:\n- Age 18\nExclusion Criteria:\n- HIV\n")))
def test_any_bytes_are_a_page_or_a_problem(home: Path, data: bytes) -> None:
    path = home / "page.txt"
    path.write_bytes(data)
    done = sound(run("import", path, "--dry-run", "--format", "json"))
    assert done.json["records"] or done.json["problems"]


@given(TEXTS)
@examples(6)
def test_any_words_are_an_id_a_day_a_note_or_a_question(home: Path, text: str) -> None:
    if text == "--":
        return  # wrong usage, see test_refusals
    sound(run("trials", "--", text), 0)
    sound(run("match", "--", text), 1)
    sound(run("match", home / "profile.toml", f"--as-of={text}"))
    sound(run("explain", "--", "LN-0042", text), 1)
    sound(run("mark", "LN-0042", "NCT06167174", "watch", f"--note={text}"))
    sound(run("export", "LN-0042"), 0)
