"""Questionnaire answers turned into profiles, by the table questions.tsv and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from matcher.model.profile import Profile
from matcher.vocabulary import Relation, load

DAY = "2023-05-01"
_TABLE = Path(__file__).parent / "questions.tsv"
_NO = ("no", "none", "never", "unvaccinated", "not applicable", "n/a")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AGO = re.compile(r"(\d+)\s*(d|w|m|y)\w*\s+ago", re.IGNORECASE)
_LAST = re.compile(r"\blast (week|month|year)\b", re.IGNORECASE)
_LASTING = re.compile(r"(\d+) days?$")
_SETTING = re.compile(r"\b(neoadjuvant|adjuvant)\s+")
_DAMAGE = {"early": "mild", "moderate": "moderate", "advanced": "severe", "severe": "severe"}
_STAGE = re.compile(r"\bstage ([0IV]+[A-C]?|\d[a-c]?)\b", re.IGNORECASE)
_JOINTS = re.compile(r"(\d+) (swollen|tender)")
_RECEPTOR = re.compile(r"\b(ER|PR)([+-])")
_RECEPTORS = {"ER": "estrogen receptor", "PR": "progesterone receptor"}
_NOW, _BEFORE = "now", "before"
Facts = dict[str, Any]


def questions() -> dict[str, tuple[str, str, str]]:
    """Every question of the table with its rule, target and unit."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[*line.split("\t"), "", ""][:4] for line in lines[1:]]
    return {name: (rule, target, unit) for name, rule, target, unit in rows}


def profile_of(patient: dict[str, Any]) -> Profile:
    """The profile of one questionnaire."""
    found: Facts = {"id": patient["_id"], "as_of": DAY}
    table, denied = questions(), {_NOW: list[str](), _BEFORE: list[str]()}
    for question, answer in patient["fields"].items():
        if answer.strip() and question in table:
            rule, target, unit = table[question]
            for key, value in _RULES[rule](answer.strip(), patient["template"] if rule == "diagnosis" else target, unit):
                if key == "diagnosis":
                    found["conditions"][0] |= value
                elif key == "complete":
                    found["complete"] = {value: "current"}
                elif key in (_NOW, _BEFORE):
                    denied[key].append(value)
                elif isinstance(value, dict):
                    found.setdefault(key, []).append(value)
                else:
                    found[key] = value
    found.setdefault("medications", []).extend(_not_taken(**denied))
    return Profile.checked(found)


def _not_taken(now: list[str], before: list[str]) -> Iterator[Facts]:
    """What is not taken now and was not before was never taken; of what is only not taken now, nothing is said of before."""
    for name in now:
        yield {"name": name, "status": "absent"} if name in before else {"name": name, "status": "absent", "start": DAY}


Found = Iterator[tuple[str, Any]]


def _no(answer: str) -> bool:
    return answer.casefold() in _NO


def _pieces(answer: str) -> list[str]:
    return [] if _no(answer) else [piece.strip() for piece in re.split(r",|;| and ", answer) if piece.strip() and not _no(piece.strip())]


def _day(answer: str) -> str:
    """The day, month or year that "6 months ago" means, as exactly as it says; else nothing."""
    said, last = _AGO.search(answer), _LAST.search(answer)
    if said is None and last is None:
        return ""
    count, unit = (int(said[1]), said[2].casefold()) if said is not None else (1, last[1][0].casefold() if last is not None else "")
    today = date.fromisoformat(DAY)
    if unit in "dw":
        return (today - timedelta(days=count * (7 if unit == "w" else 1))).isoformat()[: 7 if unit == "w" else 10]
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    return f"{months // 12}" if unit == "y" else f"{months // 12}-{months % 12 + 1:02d}"


def _dated(entry: Facts, key: str, day: str) -> Facts:
    return {**entry, key: day} if day else entry


def _diagnosis(answer: str, template: str, _: str) -> Found:
    names = (answer, f"hemoglobin {answer} disease")  # an answer may be a genotype of the hemoglobin
    entry: Facts = {"name": next((name for name in names if load().condition(name)), template)}
    stage = _STAGE.search(answer)
    if stage:
        entry["stage"] = stage[1]
    if "pcr" in answer.casefold():
        entry["confirmed_by"] = ["PCR"]
    yield "conditions", entry


def _conditions(answer: str, target: str, _: str) -> Found:
    if _no(answer) and target == "all":
        yield "complete", "conditions"
    for piece in _pieces(answer):
        yield "conditions", {"name": piece}


def _now(answer: str, target: str, _: str) -> Found:
    yield "conditions", {"name": target, "status": "absent" if _no(answer) else "active"}


def _past(answer: str, target: str, _: str) -> Found:
    named = "" if _no(answer) else re.sub(r"\s*\d.*", "", answer)
    name = named if named and load().condition(named) else target
    if name and load().condition(name):
        yield "conditions", _dated({"name": name, "status": "absent" if _no(answer) else "resolved"}, "since", _day(answer))


def _severity(answer: str, _target: str, _: str) -> Found:
    word = next((severity for said, severity in _DAMAGE.items() if said in answer.casefold()), None)
    if word:
        yield "diagnosis", {"severity": word}


def _stage(answer: str, target: str, unit: str) -> Found:
    yield "diagnosis", {"stage": f"{target} {answer}"}
    yield from _score(answer, target, unit)


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
    def found(answer: str, target: str, _: str) -> Found:
        for one in target.split("|") if _no(answer) and target else ():
            yield "medications", {"name": one, "status": "absent"}
        yield from _named(answer, status)

    return found


def _every_drug(status: str, when: str) -> Callable[[str, str, str], Found]:
    """Of a question that asks for all drugs against the disease: what is not among them is not taken, if every word of the answer is understood."""

    def found(answer: str, target: str, _: str) -> Found:
        pieces = _pieces(answer)
        if all(load().treatment(piece) or load().procedure(piece) for piece in pieces):
            yield from ((when, one) for one in target.split("|") if not any(_may_be(piece, one) for piece in pieces))
        yield from _named(answer, status)

    return found


def _named(answer: str, status: str) -> Found:
    for piece in _pieces(answer):
        if load().procedure(piece) and not load().treatment(piece):
            yield "procedures", {"name": piece}
        else:
            yield "medications", {"name": piece, "status": status}


def _may_be(piece: str, asked: str) -> bool:
    """Whether a drug that is named may be one of a class (or the drug) that is asked for."""
    drug, other = load().treatment(piece), load().treatment(asked)
    return drug is not None and other is not None and load().relation(drug, other) != Relation.UNRELATED


def _drug(status: str) -> Callable[[str, str, str], Found]:
    def found(answer: str, target: str, _: str) -> Found:
        setting = _SETTING.search(answer)
        entry = {"name": target, "status": "absent" if _no(answer) else status}
        yield "medications", {**entry, "setting": setting[1]} if setting else entry

    return found


def _done(answer: str, target: str, _: str) -> Found:
    name = answer if load().procedure(answer) else target
    yield "procedures", _dated({"name": name, "status": "absent" if _no(answer) else "done"}, "date", _day(answer))


def _stay(answer: str, target: str, _: str) -> Found:
    lasting = _LASTING.search(answer)
    begun = date.fromisoformat(DAY) - timedelta(days=int(lasting[1]) if lasting else 0)
    yield "procedures", {"name": target, "status": "absent"} if _no(answer) else {"name": target, "date": begun.isoformat()}


def _age(answer: str, _target: str, _: str) -> Found:
    number = _NUMBER.search(answer)
    if number:
        yield "age", int(float(number[0]))


_SPOKEN = ("able to speak {}", "able to understand {}", "able to read and write {}", "able to read and understand {}", "able to speak and read {}", "fluent in {}")


def _languages(answer: str, target: str, _: str) -> Found:
    """The languages that are named, and of those of the target that are not, that they are not spoken."""
    spoken = _pieces(answer)
    for piece in dict.fromkeys((*spoken, *target.split("|"))):
        for statement in _SPOKEN:
            yield "answers", {"statement": statement.format(piece), "holds": piece in spoken, "date": DAY}


def _smoking(answer: str, _target: str, _: str) -> Found:
    yield "smoking", "never" if _no(answer) else "former" if re.search(r"former|quit|ex-|stopped", answer) else "current"


_RULES: dict[str, Callable[[str, str, str], Found]] = {
    "diagnosis": _diagnosis, "conditions": _conditions, "now": _now, "past": _past, "lab": _lab, "score": _score, "joints": _joints,
    "receptors": _receptors, "current": _drugs("current"), "all now": _every_drug("current", _NOW), "all before": _every_drug("past", _BEFORE), "drug": _drug("current"), "earlier": _drug("past"),
    "done": _done, "stay": _stay, "severity": _severity, "stage": _stage, "age": _age, "smoking": _smoking,
    "languages": _languages,
}  # fmt: skip
