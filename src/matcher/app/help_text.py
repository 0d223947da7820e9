"""The help: the place in use first, then the keys of its screen, from the one table of commands, then the signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from textual.content import Content

from matcher.app.commands import Command, first_key, key_said, keys_shown, of
from matcher.app.symbols import Symbols
from matcher.app.text.layout import beside, hung, stacked, styled
from matcher.app.theme import FAINT, HEADING, VERDICT_STYLE
from matcher.model.patterns import pattern_of
from matcher.model.verdict import ADVICE, Verdict

_MEANINGS = {
    Verdict.PASS: "satisfied, as far as it concerns this patient",
    Verdict.FAIL: "excludes this patient today",
    Verdict.UNKNOWN: "a fact is missing, old or in conflict: ask for it",
    Verdict.REVIEW: "only a person can judge: read the words yourself",
    Verdict.NA: "does not concern this patient",
}
_FOCUS = {
    "patient": "Patient: what is recorded. Enter changes a fact; on “not recorded”, Enter asks for it at the bottom.",
    "trials": "Trials: eligible before possible before excluded, within each the best first, as by `matcher match`. Enter opens the reasons, "
    "“why here” says what sets the trial apart from those beside it. “All, open, possible” leaves those open to new patients only, “sort” puts them first.",
    "filter": "Type words, or facts: status:open phase:2 tier:possible mark:any place:chicago sort:sites group:tier. Commas mean or. "
    "Tab takes what is offered, Enter goes to the trials, {main.back} shows them all again.",
    "criteria": "Criteria: grouped by what to do. Enter shows the whole criterion and its facts. "
    "Underlined words were read. The line above turns to what would change the trial, and to its record.",
    "ask": "The question that settles most. Its answer is recorded at once and every trial is judged again.",
    "words": "Search: every word has to be in the title, the conditions, the treatments or the id. “Two words” in quotes stand together; "
    "the last word may be cut short. Enter goes on to the trials.",
    "found": "All trials that hold the words and pass the filters: those in your folder first, then the best. Enter goes on to the record.",
    "record": "The record as it stands. Underlined words were read; beneath each criterion stands what it was read as.",
    "fits": "The saved patients for this trial, best first, with their facts as saved. Enter opens the patient with this trial chosen.",
    "ward": "Every saved patient, and beneath her the trials that stand first, open ones before the others. Enter opens her with that trial.",
    "eligibility": "Paste or type the criteria, one a line, with the headings Inclusion and Exclusion; what is read stands beside it.",
    "rows": "The profile, one tab at a time. “not recorded” is not “no”.",
    "field": "Field by field, {dialog.next-field} goes on. A choice turns with {choice.previous} and {choice.next} or its first letter. "
    "A date is 2026-03-05, 2026-03, 2026, 20 Nov, 3 weeks ago, -10d or today. What is odd is said first; a second Enter keeps it.",
    "find": "Type a part of a code, or of what is recorded, and Enter opens the first; a new code and {find.begin} begins a patient. {find.to-list} goes into the list, with keys of its own.",
    "patients": "The patients at work, or those in the archive, or the deleted ones. Enter opens, out of the archive too.",
    "several": "Tick criteria with Space, or their whole group with g; then Enter gives all of them one verdict, or confirms each.",
    "lines": "Paste or type lines of a report, such as “Platelets 182 10^9/L 10.11.2026”; each that is surely a result becomes a row to confirm.",
    "pasted": "What the lines were read as. {results.tick} leaves a row out or takes it in, {results.give-day} gives one day to all rows that have none; Enter records those ticked.",
    "why": "The reason, in your words: it is searched for what could tell who the patient is, and kept with the day and your initials.",
    "by": "Your initials: they stand beside what you decided, here and in every export.",
    "compare": "The trials side by side: what tests the same fact stands in one row. Enter shows the whole of it. "
    "≠ they differ, ≈ the same where it is asked, · only one asks it, = all ask the same.",
    "shortlist": "The marked trials in your order. Enter goes to the trial.",
    "recheck": "What is no longer as the exported list says. Enter goes to the trial.",
    "check": "The check in its wording, one fact at a time: platelets < 50 ×10⁹/L; age ≥ 18 years; use of rituximab within 6 months; "
    "history of malignancy; active infection; kidney biopsy within 24 months showing III, IV or V. Join them with and, or, not and brackets; "
    "quotes hold a name together; unread “…” leaves words to a person. Beneath stands how it is read back, and what it does for the patient.",
    "dialog": "",
}
_GROUPS = {"patient": "Patient", "trials": "Trial", "filter": "Trial", "criteria": "Criteria", "found": "Trials", "words": "Trials", "record": "Record"}
_KEYS = 13
_NAMED = pattern_of(r"\{([a-z.-]+)\}")  # a command, in whose place its key is said


def help_content(
    scope: str, focused: str | None, width: int, symbols: Symbols, here: str = "", keymap: Mapping[str, str] = MappingProxyType({}), dialog: bool = False
) -> Content:
    """The help of a screen, the pane in use and its keys first; `here` is what the field in use takes, and the keys of a dialog."""
    place = (focused or "").partition("-")[0]
    said = _NAMED.sub(lambda name: key_said(first_key(name[1], keymap)), _FOCUS.get(place, _FOCUS["dialog" if dialog else "trials"]))
    lines = [hung(Content(said), width), Content("")]
    if here:
        lines += [*(hung(Content(line), width) for line in here.splitlines()), Content("")]
    own = of(place) if place in ("ask", "patients") else of("patients") if place == "find" else of("choice") if place == "field" else []
    scopes = dict.fromkeys((scope, "dialog")) if dialog else (scope,)
    commands = sorted((one for name in scopes for one in of(name) if one.id != "leave"), key=lambda one: one.group != _GROUPS.get(place))
    lines += _keys([*own, *commands], width, keymap)
    if not dialog:
        lines += _keys(of("app"), width, keymap)
    lines.append(Content(""))
    for number, (verdict, meaning) in enumerate(_MEANINGS.items()):
        sign = styled(f"{symbols.verdict(verdict):<{_KEYS}}", VERDICT_STYLE[verdict])
        lines.append(beside(_heading("Signs", number) + sign, Content(meaning), width))
    return stacked([*lines, Content(""), hung(styled(ADVICE, FAINT), width)])


def _heading(group: str, number: int) -> Content:
    return styled(f"{'' if number else group:<10}", HEADING)


def _keys(commands: Iterable[Command], width: int, keymap: Mapping[str, str]) -> list[Content]:
    """The commands with their keys, each group named once."""
    groups: dict[str, list[Command]] = {}
    for one in commands:
        if one.key:
            groups.setdefault(one.group, []).append(one)
    return [
        beside(_heading(group, number) + styled(f"{keys_shown(one, keymap):<{_KEYS}}", "$accent"), Content(one.help), width)
        for group, members in groups.items()
        for number, one in enumerate(members)
    ]
