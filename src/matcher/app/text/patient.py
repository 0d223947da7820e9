"""The patient pane and the line on top: what is recorded, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rich.cells import cell_len
from textual.content import Content

from matcher.app.fields import completeness, written
from matcher.app.symbols import Symbols, shown
from matcher.app.text.asked import asked_names
from matcher.app.text.layout import age_of, hung, short_date, short_day, spread, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT, HEADING
from matcher.matching.precision import body_text
from matcher.model.dates import PartialDate
from matcher.model.match import AskNext, TrialMatch
from matcher.model.profile import Answer, Condition, Entry, Lab, Medication, Participation, Procedure, Profile, Score
from matcher.model.records import keys
from matcher.session.contradictions import Contradiction
from matcher.session.outcome import Progress

_EXPONENT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOT = {"pregnant": "not", "breastfeeding": "not", "healthy": "not a"}
_STATES = (
    ("healthy", "healthy volunteer"),
    ("pregnant", "pregnant"),
    ("breastfeeding", "breastfeeding"),
    ("childbearing_potential", "childbearing potential"),
    ("contraception", "effective contraception"),
)
# The line on top: from this width on it begins with the name of the program; so much of it is kept for who it is.
_ROOMY, _LEAST_WHO = 110, 30
_WITH_LIMITS = 56  # the width from which a value has its report's limits beside it
SECTIONS = (
    ("conditions", "conditions"),
    ("medications", "medications"),
    ("labs", "labs"),
    ("scores", "scores"),
    ("procedures", "procedures"),
    ("allergies", "allergies"),
    ("trials", "other studies"),
    ("family_history", "family"),
    ("answers", "answers"),
)


def patient_rows(
    profile: Profile, questions: tuple[AskNext, ...], width: int, symbols: Symbols, today: date, unlike: Sequence[Contradiction] = (), judged: bool = True
) -> list[Row]:
    """Everything recorded, section by section, and then a place for what is not recorded; `unlike` is what does not go together.

    What is not recorded is known once the trials are `judged`.
    """
    rows = [Row(hung(Content(text), width, "", "  "), f"who:{key}") for key, text in _who(profile, symbols)]
    if unlike:
        rows.append(_heading("to look at", width, symbols))
        rows += [Row(hung(styled(shown(one.words, symbols), "$ask"), width, "", "  "), f"look:{place}") for place, one in enumerate(unlike)]
    for listed, heading in SECTIONS:
        entries = getattr(profile, listed)
        if entries:
            rows.append(_heading(heading, width, symbols))
        rows += [Row(entry_line(one, width, symbols, today), f"{listed}:{place}") for place, one in enumerate(entries)]
    closed = [f"{name.replace('_', ' ')} {completeness(value)}" for name, value in _complete(profile)]
    if closed:
        rows += [
            _heading("complete lists", width, symbols),
            Row(hung(Content(", ".join(closed)), width, "", "  "), "complete:"),
        ]
    if profile.note:
        rows += [
            _heading("note", width, symbols),
            Row(hung(Content(shown(profile.note, symbols, lines=True)), width), "notes:"),
        ]
    rows.append(_heading("not recorded", width, symbols))
    asked = [
        Row(_two_sides(shown(name, symbols), _trials(one), width, FAINT), f"ask:{place}")
        for place, (one, name) in enumerate(zip(questions, asked_names(questions, dict(_STATES)), strict=True))
    ]
    return rows + (asked or [Row(styled("nothing that a trial asks for" if judged else "told once trials are judged", FAINT))])


def entry_line(entry: Entry, width: int, symbols: Symbols, today: date) -> Content:
    """One recorded row in the fewest words; numbers and dates stand on the right."""
    match entry:
        case Lab(test=name, value=value, unit=unit, date=when):
            quantity = f"{number(value)} {unit_words(unit or '', symbols)}".strip()
            right = f"{shown(quantity, symbols)} {short_date(when, today) or 'no date':>6}"
            limits = _limits(entry, symbols) if width >= _WITH_LIMITS else ""
            return _two_sides(shown(f"{name}{limits}", symbols), right, width)
        case Score(name=name, value=value, date=when):
            return _two_sides(
                shown(name, symbols),
                f"{shown(number(value), symbols)} {short_date(when, today) or 'no date':>6}",
                width,
            )
        case _:
            said = f" {symbols.dot} ".join(shown(word, symbols) for word in _entry_words(entry, today) if word)
            return hung(Content(said), width, "", "  ")


def _limits(lab: Lab, symbols: Symbols) -> str:
    """The report's own limits behind the name, where it gave any: “ · normal 12.0 to 16.0”."""
    if lab.lln is None and lab.uln is None:
        return ""
    low, high = (number(one) if one is not None else "" for one in (lab.lln, lab.uln))
    return f" {symbols.dot} normal {f'{low} to {high}' if low and high else f'to {high}' if high else f'from {low}'}"


def number(value: Decimal | str) -> str:
    """A measured value as it is shown."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def unit_words(unit: str, symbols: Symbols) -> str:
    """A unit as a report prints it: 10^9/L becomes ×10⁹/L where the terminal can show it."""
    base, mark, rest = unit.partition("10^")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    if symbols.plain or not mark or not digits:
        return unit
    return f"{base.rstrip('×*x ')}×10{digits.translate(_EXPONENT)}{rest[len(digits) :]}"


def who_words(profile: Profile) -> str:
    """Sex and age: woman, 34."""
    sex, age = {"female": "woman", "male": "man"}.get(profile.sex or "", ""), written(profile.age)
    if age and not sex:
        return f"aged {age}"
    return ", ".join(word for word in (sex, age) if word) or "sex and age not recorded"


def profile_words(profile: Profile, symbols: Symbols) -> str:
    """Who the patient is in a few words: sex, age and the first active condition."""
    main = next((f"{one.name} {one.stage or ''}".strip() for one in profile.conditions if one.status == "active"), "")
    return f" {symbols.dot} ".join(word for word in (who_words(profile), main) if word)


def headline(
    profile: Profile | None,
    matches: tuple[TrialMatch, ...],
    as_of: date,
    today: date,
    dirty: bool,
    busy: str,
    width: int,
    symbols: Symbols,
    facts_apart: bool = False,
    choose: str = "p",
    every: int = 0,
) -> Content:
    """The line on top: who, whether unsaved, how old the facts are, how the trials stand; who gives way first.

    `every` is the number of trials there are, where those judged are the best of more.
    """
    if profile is None:
        return spread(
            styled(" matcher", HEADING) + Content("   no patient chosen"), styled(f"{choose} choose patient ", FAINT), width
        )
    who = shown(f"{profile.id} {symbols.dot} {profile_words(profile, symbols)}", symbols)
    left = styled(" matcher  " if width >= _ROOMY else " ", HEADING) + Content(who)
    unsaved = styled(f"{symbols.unsaved} unsaved", "bold $ask") if dirty else Content("")
    counts = busy or tiers_words(matches, symbols, every, short=width < _ROOMY)
    facts, short = facts_words(as_of, today), facts_words(as_of, today, short=True)
    rights = [counts] if facts_apart else [f"{facts}   {counts}", f"{short}   {counts}", facts, short]
    room = width - _LEAST_WHO - unsaved.cell_length
    right = next((one for one in rights if len(one) <= room), rights[-1])
    return spread(left, unsaved + styled(f"   {right} ", FAINT), width, symbols.ellipsis)


def facts_words(as_of: date, today: date, short: bool = False) -> str:
    """The day of the facts, and how old that is."""
    return f"facts {age_of(as_of, today)}" if short else f"facts of {short_day(as_of, today)}, {age_of(as_of, today)}"


def progress_words(found: Progress, symbols: Symbols, stop: str) -> str:
    """How far matching is, and the key that stops it: matching 1,200 of 3,000… Esc stops."""
    said = f"{'reasons for' if found.reasons else 'matching'} {found.done:,} of {found.of:,}" if found.of else f"making the library ready, {found.done:,}"
    return f"{said}{symbols.ellipsis} {stop} stops"


def tiers_words(matches: tuple[TrialMatch, ...], symbols: Symbols, every: int = 0, short: bool = False) -> str:
    """How the trials stand: 5 trials: 2 possible · 3 excluded; of a library: best 300 of 3,005 trials: …, `short`: best 300: …."""
    counts = {tier: sum(one.tier == tier for one in matches) for tier in ("eligible", "possible", "excluded")}
    said = f" {symbols.dot} ".join(f"{number} {tier}" for tier, number in counts.items() if number)
    number = f"{len(matches)} trial{'' if len(matches) == 1 else 's'}"
    if every > len(matches):
        number = f"best {len(matches)}" if short else f"best {len(matches)} of {every:,} trials"
    return f"{number}{': ' if said else ''}{said}"


def _who(profile: Profile, symbols: Symbols) -> list[tuple[str, str]]:
    body = [
        f"{body_text('body weight', profile.weight_kg)} kg" if profile.weight_kg else "",
        f"{body_text('height', profile.height_cm)} cm" if profile.height_cm else "",
    ]
    rows = [("age", who_words(profile)), ("weight_kg", f" {symbols.dot} ".join(word for word in body if word))]
    for key, words in _STATES:
        value = getattr(profile, key)
        if value is not None:
            rows.append(
                (key, words if value else f"{_NOT.get(key, 'no')} {words}")
            )
    if profile.smoking:
        stopped = f", stopped {profile.smoking_stopped}" if profile.smoking_stopped else ""
        rows.append(("smoking", f"smoking: {profile.smoking}{stopped}"))
    return [(key, text) for key, text in rows if text]


def _complete(profile: Profile) -> list[tuple[str, Any]]:
    return [
        (name, getattr(profile.complete, name))
        for name in keys(type(profile.complete))
        if getattr(profile.complete, name) is not False
    ]


def _entry_words(entry: Entry, today: date) -> list[str]:
    match entry:
        case Condition():
            dates = _dates(today, ("since", entry.since), ("diagnosed", entry.diagnosed), ("until", entry.until))
            by = f"by {', '.join(entry.confirmed_by)}" if entry.confirmed_by else ""
            return [entry.name, entry.stage or "", entry.severity or "", entry.status, *dates, by]
        case Medication():
            dose = f"{written(entry.dose)} {entry.unit or ''}".strip()
            dates = _dates(today, ("since", entry.start), ("until", entry.stop), ("stable since", entry.stable_since))
            response = f"response {entry.response}" if entry.response else ""
            said = [f"for {entry.indication}" if entry.indication else "", entry.setting or "", f"stopped because: {entry.stop_reason}" if entry.stop_reason else ""]
            state = entry.status or ("past" if entry.stop else "taken as current")
            return [f"{entry.name} {dose}".strip(), state, entry.route or "", *dates, response, *said]
        case Procedure():
            return [
                entry.name,
                "" if entry.status == "done" else entry.status,
                short_date(entry.date, today),
                *_dates(today, ("until", entry.until)),
                entry.finding or "",
            ]
        case Participation():
            return [entry.name or "", entry.kind or "", entry.drug or "", *_dates(today, ("since", entry.start), ("until", entry.stop))]
        case Answer():
            return [entry.statement, written(entry.holds), short_date(entry.date, today)]
        case _:
            values = {key: getattr(entry, key) for key in keys(type(entry))}
            return ["" if value == "present" else written(value) for value in values.values()]


def _dates(today: date, *said: tuple[str, PartialDate | None]) -> list[str]:
    """The dates that are recorded, each behind its word."""
    return [f"{word} {short_date(when, today)}" for word, when in said if when]


def _two_sides(left: str, right: str, width: int, style: str = "") -> Content:
    """Both sides on a line, or where there is no room one under the other; `style` is that of the right one."""
    said = styled(right, style) if style else Content(right)
    if cell_len(left) + cell_len(right) + 1 <= width:
        return spread(Content(left), said, width)
    indent = " " * max(2, width - cell_len(right))
    return stacked([hung(Content(left), width, "", "  "), hung(said, width, indent if len(indent) > 2 else "  ", "  ")])


def _heading(words: str, width: int, symbols: Symbols) -> Row:
    return Row(styled(f"{symbols.rule} {words} {symbols.rule * max(0, width - len(words) - 3)}"[:width], FAINT))


def _trials(one: AskNext) -> str:
    return f"{len(one.trials)} trial{'' if len(one.trials) == 1 else 's'}" if one.trials else ""
