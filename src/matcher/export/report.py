"""A shortlist as a paper: the trials at a glance, then each with its criteria by what is to be done."""

from __future__ import annotations

from matcher.export.dossier import Dossier, Entry, Judged
from matcher.export.paper import Block, Heading, Line, Paper, Paragraph, Point, Points, Table
from matcher.export.text import evidence_words
from matcher.model.trial import status_words
from matcher.model.verdict import BY_CONCERN, SHOWN, Verdict
from matcher.model.visible import unescaped

_HEADINGS = {
    Verdict.FAIL: "excludes", Verdict.UNKNOWN: "ask", Verdict.REVIEW: "a person has to judge", Verdict.PASS: "met",
    Verdict.NA: "does not concern this patient",
}  # fmt: skip
_HEAD = ("", "trial", "standing", "mark", "excludes", "ask", "review", "met", "note")


def report(found: Dossier) -> Paper:
    """The shortlist, to be read and printed."""
    listed = found.shortlist
    opening = Paragraph((Line(listed.advice, "strong"), Line(f"Verdicts {found.day}. Made with {found.made_with}.", "faint")))
    table = Table(_HEAD, tuple(_at_a_glance(number, one) for number, one in enumerate(found.entries, 1)), frozenset({"trial", "note"}))
    trials = [block for number, one in enumerate(found.entries, 1) for block in _trial(number, one)]
    empty = [] if found.entries else [Paragraph((Line("No trial is marked."),))]
    return Paper(f"Shortlist for {listed.profile}", f"{listed.profile}, {found.day}. {listed.advice}", (opening, table, *empty, *trials))


def counted(one: Entry) -> dict[Verdict, int]:
    """How many criteria have each verdict that counts."""
    return {verdict: len(one.with_verdict(verdict)) for verdict in BY_CONCERN}


def _at_a_glance(number: int, one: Entry) -> tuple[str, ...]:
    counts = counted(one)
    numbers = [str(counts[verdict]) for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.PASS)]
    listed = one.listed
    title = f"{listed.title or listed.id} ({listed.id}), {status_words(listed.status)}"
    return (str(number), title, standing(one), listed.mark or "", *numbers, listed.note or "")


def standing(one: Entry) -> str:
    """Whether the patient may take part, and from when where only time stands in the way."""
    return f"{one.listed.tier}, from {one.listed.eligible_from} on" if one.listed.eligible_from else one.listed.tier


def _trial(number: int, one: Entry) -> list[Block]:
    listed = one.listed
    facts = [f"{listed.id} · {standing(one)} · {status_words(listed.status)} · rank {listed.rank}"]
    facts += [f"marked {listed.mark}"] if listed.mark else []
    lines = [Line(" · ".join(facts), "faint")] + ([Line(f"Note: {listed.note}")] if listed.note else [])
    blocks: list[Block] = [Heading(2, f"{number}. {listed.title or listed.id}", page=number > 1), Paragraph(tuple(lines))]
    for verdict in BY_CONCERN:
        criteria = one.with_verdict(verdict)
        if criteria:
            sign = SHOWN[verdict][0]
            blocks += [Heading(3, f"{sign} {_HEADINGS[verdict]} ({len(criteria)})", verdict=verdict.name.lower()), Points(tuple(map(_criterion, criteria)))]
    return blocks


def _criterion(one: Judged) -> Point:
    group = f"{one.match.group}: " if one.match.group else ""
    lines = [Line(f"{group}{unescaped(one.listed.text)}")]
    lines += [Line(one.listed.reason, "strong" if one.match.overruled else "faint")] if one.listed.reason else []
    lines += [Line(said, "strong") for said in one.noted]
    lines += [Line(evidence_words(fact), "faint") for fact in one.match.evidence]
    if one.verdict is Verdict.UNKNOWN:
        lines += [Line(f"Ask: {ask.question}", "strong") for ask in one.match.missing]
    return Point(one.listed.id, tuple(lines))


__all__ = ["counted", "report", "standing"]
