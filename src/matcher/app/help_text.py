"""The help: what the signs mean, and every command with its keys, from the one table of commands."""

from __future__ import annotations

from textual.content import Content

from matcher.app.commands import COMMANDS, keys_shown
from matcher.app.symbols import Symbols
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.theme import FAINT, HEADING, VERDICT_STYLE
from matcher.model.verdict import Verdict

_MEANINGS = {
    Verdict.PASS: "the criterion is satisfied, as far as it concerns this patient",
    Verdict.FAIL: "the criterion excludes this patient today",
    Verdict.UNKNOWN: "a fact is missing, old or in conflict: ask, look it up, record it",
    Verdict.REVIEW: "only a person can judge this: read the words yourself",
    Verdict.NA: "does not concern this patient",
}
_FOCUS = {
    "patient": "Patient: what is recorded. Enter changes a fact; on “not recorded”, Enter asks for it at the bottom.",
    "trials": "Trials: best first. Each row says whether she can join, what stands in the way, and what is still open. "
    "Enter opens the reasons.",
    "criteria": "Criteria: grouped by what to do; w shows them as written. Enter shows the whole criterion with its "
    "facts. Underlined words were read.",
    "ask": "The question whose answer settles most. Its answer is recorded at once and every trial is judged again; "
    "u takes it back.",
    "rows": "The profile form: left and right change the tab, Enter edits a row. “not recorded” is not “no”.",
}
ADVICE = "Decision support only: every verdict is to be checked against the protocol by qualified staff."


def help_content(focused: str | None, width: int, symbols: Symbols) -> Content:
    """The help, beginning with the pane in use."""
    lines = [hung(Content(_FOCUS.get(focused or "", _FOCUS["trials"])), width), Content(""), styled("Signs", HEADING)]
    for verdict, meaning in _MEANINGS.items():
        sign = styled(f"  {symbols.verdict(verdict):<12}", VERDICT_STYLE[verdict])
        lines.append(hung(sign + Content(meaning), width, "", " " * 14))
    group = ""
    for command in COMMANDS:
        if command.group != group:
            group = command.group
            lines += [Content(""), styled(group, HEADING)]
        if command.key:
            lines.append(
                hung(
                    styled(f"  {keys_shown(command):<14}", "$accent") + Content(f"{command.help}"), width, "", " " * 16
                )
            )
    return stacked([*lines, Content(""), hung(styled(ADVICE, FAINT), width)])
