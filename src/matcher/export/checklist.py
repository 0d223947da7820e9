"""A blank checklist for a visit: what to ask, to measure, to judge and to confirm for one trial, with room to write."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.export.dossier import Dossier, Entry, Judged
from matcher.export.paper import Block, Heading, Line, Paper, Paragraph, Point, Points
from matcher.export.text import evidence_words
from matcher.model.verdict import Question, Verdict
from matcher.model.visible import unescaped

_MEASURED = frozenset({"labs", "scores"})
_BODY = frozenset({"weight_kg", "height_cm"})
_LINE = "________________"
_BLANKS = {
    "yesno": ("☐ yes   ☐ no   ☐ not known",),
    "posneg": ("☐ positive   ☐ negative", f"date {_LINE}"),
    "number": (f"value {_LINE}", f"date {_LINE}"),
    "dose": (f"dose {_LINE}", f"since {_LINE}"),
    "date": (f"date {_LINE}",),
}
_WRITTEN = (f"answer {_LINE}", f"date {_LINE}")
_SO = ("☐ so   ☐ not so", f"initials {_LINE}")
_STILL = ("☐ still so   ☐ changed:", _LINE)
_GIVEN = ("☐ yes   ☐ no", f"date {_LINE}", f"initials {_LINE}")


def checklist(found: Dossier, one: Entry) -> Paper:
    """The checklist of one trial for the patient, all of it still to be filled in."""
    listed = found.shortlist
    head = Paragraph((
        Line(f"{one.listed.title} ({one.listed.id})", "strong"),
        Line(f"Patient {listed.profile} · facts {found.day} · {one.listed.tier} · {found.made_with}", "faint"),
        Line(f"Date of visit {_LINE}   Filled in by (initials) {_LINE}", "blank"),
    ))  # fmt: skip
    asked = _questions(one)
    measured = [pair for pair in asked if pair[0].list in _MEASURED or pair[0].name in _BODY]
    parts: list[tuple[str, list[Point]]] = [
        ("Ask", [_question(*pair) for pair in asked if pair not in measured]),
        ("Measure, or find the result", [_question(*pair) for pair in measured]),
        ("Judge: only a person can", [_judged(each) for each in one.with_verdict(Verdict.REVIEW)]),
        ("Confirm: what excludes today", [_recorded(each) for each in one.with_verdict(Verdict.FAIL)]),
        ("Confirm: what is taken as met", [_recorded(each) for each in one.with_verdict(Verdict.PASS)]),
    ]
    blocks: list[Block] = [head]
    for title, points in parts:
        if points:
            blocks += [Heading(2, title), Points(tuple(points))]
    return Paper(f"Visit checklist for {listed.profile}", f"{listed.profile}, {one.listed.id}. {listed.advice}", tuple(blocks))


def _questions(one: Entry) -> list[tuple[Question, list[Judged]]]:
    """Every open question once, with the criteria that wait for it."""
    found: dict[Question, list[Judged]] = {}
    for each in one.with_verdict(Verdict.UNKNOWN):
        for ask in each.match.missing:
            found.setdefault(ask, []).append(each)
    return list(found.items())


def _question(ask: Question, waiting: Sequence[Judged]) -> Point:
    why = "; ".join(f"{each.listed.id} {unescaped(each.listed.text)}" for each in waiting)
    unit = f" ({ask.unit})" if ask.unit else ""
    return Point("☐", (Line(f"{ask.question}{unit}"), Line(f"for {why}", "faint")), _BLANKS.get(ask.answer, _WRITTEN))


def _judged(one: Judged) -> Point:
    lines = [Line(unescaped(one.listed.text))] + ([Line(one.listed.reason, "faint")] if one.listed.reason else [])
    return Point(one.listed.id, tuple(lines), _GIVEN if one.listed.code == "consent" else _SO)


def _recorded(one: Judged) -> Point:
    lines = [Line(unescaped(one.listed.text))] + [Line(f"recorded: {evidence_words(fact)}", "faint") for fact in one.match.evidence]
    lines += [Line(one.listed.reason, "faint")] if one.listed.reason and (one.match.overruled or not one.listed.evidence) else []
    lines += [Line(said, "faint") for said in one.noted]
    return Point(one.listed.id, tuple(lines), _STILL)


__all__ = ["checklist"]
