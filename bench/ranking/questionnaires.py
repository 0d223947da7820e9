"""Questionnaire answers turned into profiles, by the table questions.tsv and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from matcher.model.profile import Profile
from matcher.vocabulary import load

DAY = "2023-05-01"
_TABLE = Path(__file__).parent / "questions.tsv"
_NO = ("no", "none", "never", "unvaccinated", "not applicable", "n/a")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STAGE = re.compile(r"\bstage ([0IV]+[A-C]?|\d[a-c]?)\b", re.IGNORECASE)
_JOINTS = re.compile(r"(\d+) (swollen|tender)")
_RECEPTOR = re.compile(r"\b(ER|PR)([+-])")
_RECEPTORS = {"ER": "estrogen receptor", "PR": "progesterone receptor"}
Facts = dict[str, Any]


def questions() -> dict[str, tuple[str, str, str]]:
    """Every question of the table with its rule, target and unit."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[*line.split("\t"), "", ""][:4] for line in lines[1:]]
    return {name: (rule, target, unit) for name, rule, target, unit in rows}


def profile_of(patient: dict[str, Any]) -> Profile:
    """The profile of one questionnaire."""
    found: Facts = {"id": patient["_id"], "as_of": DAY}
    table = questions()
    for question, answer in patient["fields"].items():
        if answer.strip() and question in table:
            rule, target, unit = table[question]
            for key, value in _RULES[rule](answer.strip(), patient["template"] if rule == "diagnosis" else target, unit):
                if isinstance(value, dict):
                    found.setdefault(key, []).append(value)
                else:
                    found[key] = value
    return Profile.checked(found)


Found = Iterator[tuple[str, Any]]


def _no(answer: str) -> bool:
    return answer.casefold() in _NO


def _pieces(answer: str) -> list[str]:
    return [] if _no(answer) else [piece.strip() for piece in re.split(r",|;| and ", answer) if piece.strip() and not _no(piece.strip())]


def _diagnosis(answer: str, template: str, _: str) -> Found:
    named = load().condition(answer)
    entry: Facts = {"name": answer if named else template}
    stage = _STAGE.search(answer)
    if stage:
        entry["stage"] = stage[1]
    if "pcr" in answer.casefold():
        entry["confirmed_by"] = ["PCR"]
    yield "conditions", entry


def _conditions(answer: str, _target: str, _: str) -> Found:
    for piece in _pieces(answer):
        yield "conditions", {"name": piece}


def _now(answer: str, target: str, _: str) -> Found:
    yield "conditions", {"name": target, "status": "absent" if _no(answer) else "active"}


def _past(answer: str, target: str, _: str) -> Found:
    named = "" if _no(answer) else re.sub(r"\s*\d.*", "", answer)
    name = named if named and load().condition(named) else target
    if name and load().condition(name):
        yield "conditions", {"name": name, "status": "absent" if _no(answer) else "resolved"}


def _lab(answer: str, target: str, unit: str) -> Found:
    number = _NUMBER.search(answer)
    if unit and number:
        yield "labs", {"test": target, "value": float(number[0]), "unit": unit, "date": DAY}
    elif not unit:
        yield "labs", {"test": target, "value": answer, "date": DAY}


def _score(answer: str, target: str, _: str) -> Found:
    number = _NUMBER.search(answer)
    yield "scores", {"name": target, "value": float(number[0]) if number else answer, "date": DAY}


def _joints(answer: str, _target: str, _: str) -> Found:
    for count, kind in _JOINTS.findall(answer):
        yield "scores", {"name": f"{kind} joint count", "value": int(count), "date": DAY}


def _receptors(answer: str, _target: str, _: str) -> Found:
    for short, sign in _RECEPTOR.findall(answer):
        yield "labs", {"test": _RECEPTORS[short], "value": "positive" if sign == "+" else "negative", "date": DAY}


def _drugs(status: str) -> Callable[[str, str, str], Found]:
    def found(answer: str, _target: str, _: str) -> Found:
        for piece in _pieces(answer):
            yield "medications", {"name": piece, "status": status}

    return found


def _drug(status: str) -> Callable[[str, str, str], Found]:
    def found(answer: str, target: str, _: str) -> Found:
        yield "medications", {"name": target, "status": "absent" if _no(answer) else status}

    return found


def _done(answer: str, target: str, _: str) -> Found:
    yield "procedures", {"name": target, "status": "absent" if _no(answer) else "done"}


def _age(answer: str, _target: str, _: str) -> Found:
    number = _NUMBER.search(answer)
    if number:
        yield "age", int(float(number[0]))


def _smoking(answer: str, _target: str, _: str) -> Found:
    yield "smoking", "never" if _no(answer) else "former" if re.search(r"former|quit|ex-|stopped", answer) else "current"


_RULES: dict[str, Callable[[str, str, str], Found]] = {
    "diagnosis": _diagnosis, "conditions": _conditions, "now": _now, "past": _past, "lab": _lab, "score": _score, "joints": _joints,
    "receptors": _receptors, "current": _drugs("current"), "former": _drugs("past"), "drug": _drug("current"), "earlier": _drug("past"),
    "done": _done, "age": _age, "smoking": _smoking,
}  # fmt: skip
