"""Building an app for a test, and reading its screen as lines of text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, cast
from unicodedata import lookup
from unittest.mock import patch

from rich.console import RenderableType
from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from matcher.app.app import MatcherApp
from matcher.app.symbols import UNICODE, Symbols
from matcher.model.dates import partial_date
from matcher.model.match import AskNext, CriterionMatch, ScorePart, TrialMatch
from matcher.model.profile import Condition, Lab, Medication, Profile
from matcher.model.trial import Trial
from matcher.model.verdict import Evidence, Question, Verdict
from matcher.session import Matching, Session
from matcher.storage.folders import Folders

TODAY = date(2026, 11, 21)
_FRAMES = 50  # after which a screen that draws without end is looked at as it is
_LONG = 3600.0  # seconds: what runs out after a while would do so in a slow test only
HBSAG = Question("labs", "HBsAg", "posneg", None, "Is hepatitis B surface antigen positive?")
PROTEIN = Question("labs", "24-hour protein", "number", "g/24h", "How much protein is in the urine of 24 hours?")
MALIGNANCY = Question("conditions", "malignancy", "yesno", None, "Has the patient ever had a malignancy?")
READS = Question("answers", "able to read and write", "yesno", None, "Is it so: “able to read and write”?")


def patient(**more: Any) -> Profile:
    """A made-up patient."""
    facts: dict[str, Any] = {
        "id": "LN-0042",
        "as_of": date(2026, 11, 18),
        "age": Decimal(34),
        "sex": "female",
        "weight_kg": Decimal("61.5"),
        "pregnant": False,
        "conditions": [Condition(name="lupus nephritis", stage="IV")],
        "labs": [
            Lab(test="platelets", value=Decimal(182), unit="10^9/L", date=partial_date("2026-11-10")),
            Lab(test="eGFR", value=Decimal(72), date=partial_date("2026-11-10")),
        ],
        "medications": [
            Medication(name="mycophenolate mofetil", dose=Decimal(2), unit="g/day", start=partial_date("2026-01-10"))
        ],
    }
    return Profile.checked({**facts, **more})


def criterion(id: str, text: str, verdict: Verdict, reason: str = "", **more: Any) -> CriterionMatch:
    """A judged criterion."""
    kind = {"E": "exclusion", "I": "inclusion"}.get(id[0], "registry")
    facts: dict[str, Any] = {
        "group": "",
        "check": text,
        "read": "full",
        "spans": ((0, len(text)),),
        "presumed": verdict,
        "code": "holds",
        "reason": reason,
    }
    return CriterionMatch(id=id, kind=kind, text=text, verdict=verdict, **{**facts, **more})


def trial_match(trial_id: str, title: str, tier: str, criteria: Sequence[CriterionMatch], **more: Any) -> TrialMatch:
    """A matched trial."""
    counts = {verdict.value: sum(one.verdict is verdict for one in criteria) for verdict in Verdict}
    facts: dict[str, Any] = {
        "status": "recruiting",
        "rank": 1,
        "score": 0.83,
        "condition_relation": "same",
        "eligible_from": None,
        "score_parts": (ScorePart("condition", 1.0, 0.4, "lupus nephritis is the trial's condition"),),
    }
    return TrialMatch(
        trial_id=trial_id, title=title, tier=tier, criteria=tuple(criteria), counts=counts, **{**facts, **more}
    )


def stand_in(profile: Profile, trials: Sequence[Trial], as_of: date) -> list[TrialMatch]:
    """Three trials whose standing depends on a recorded HBsAg and malignancy."""
    hbsag = {str(lab.value) for lab in profile.labs if lab.test == "HBsAg"}
    cancer = [one for one in profile.conditions if one.name == "malignancy"]
    reads = [one.holds for one in profile.answers]
    infection = (
        criterion("E1", "Hepatitis B infection", Verdict.FAIL, "HBsAg is positive.")
        if "positive" in hbsag
        else criterion("E1", "Hepatitis B infection", Verdict.PASS, "HBsAg is negative.")
        if hbsag
        else criterion(
            "E1",
            "Hepatitis B infection",
            Verdict.UNKNOWN,
            "HBsAg is not recorded.",
            missing=(HBSAG,),
            code="not-recorded",
            presumed=Verdict.PASS,
        )
    )
    first = [
        criterion(
            "I1", "Lupus nephritis class III, IV or V", Verdict.PASS, "Lupus nephritis IV is recorded as active."
        ),
        criterion(
            "I2",
            "24-hour protein ≥ 1 g",
            Verdict.UNKNOWN,
            "24-hour protein is not recorded.",
            missing=(PROTEIN,),
            code="not-recorded",
        ),
        infection,
        criterion(
            "E2",
            "Platelet count < 50×10^9/L",
            Verdict.PASS,
            "Platelets 182 ×10⁹/L on 10 Nov are not below 50.",
            evidence=(Evidence("labs: platelets", "182", "10^9/L", "2026-11-10"),),
        ),
        criterion(
            "E3",
            "Unsuitable in the opinion of the investigator",
            Verdict.REVIEW,
            "Only a person can judge this.",
            code="judgement",
            read="none",
        ),
    ]
    second = [
        criterion("I1", "Systemic lupus erythematosus", Verdict.PASS, "Lupus nephritis is a form of it."),
        criterion(
            "E1",
            "Any malignancy",
            Verdict.PASS if cancer else Verdict.UNKNOWN,
            "" if cancer else "Malignancy is not recorded.",
            missing=() if cancer else (MALIGNANCY,),
        ),
        criterion(
            "I2",
            "Able to read and write",
            Verdict.PASS if reads else Verdict.UNKNOWN,
            missing=() if reads else (READS,),
        ),
    ]
    third = [
        criterion("I1", "Systemic lupus erythematosus", Verdict.PASS, "Lupus nephritis is a form of it."),
        criterion(
            "E4", "Biologic within 6 months", Verdict.FAIL, "Belimumab until 1 Aug is within 6 months.", code="violated"
        ),
    ]
    standing = "excluded" if "positive" in hbsag else "possible"
    return [
        trial_match("NCT00000001", "Biomarkers for response in lupus nephritis", standing, first),
        trial_match(
            "NCT00000002",
            "Sirolimus in active lupus",
            "possible",
            second,
            condition_relation="broader",
            status="not-yet-recruiting",
        ),
        trial_match(
            "NCT00000003",
            "Low-dose interleukin-2 in lupus",
            "excluded",
            third,
            condition_relation="broader",
            eligible_from=date(2027, 2, 2),
            status="completed",
        ),
    ]


def stand_in_questions(matches: Sequence[TrialMatch]) -> list[AskNext]:
    """The missing facts in the order in which they stand."""
    asked: dict[str, AskNext] = {}
    for one in matches:
        for found in one.criteria:
            for question in found.missing:
                asked.setdefault(question.name, AskNext(question, (one.trial_id,), 1, 1))
    return sorted(asked.values(), key=lambda found: found.question.answer != "posneg")


def folders_in(place: Path) -> Folders:
    """Folders of a test's own, with nothing shipped."""
    return Folders(place / "data", place / "config")


def trials() -> list[Trial]:
    """The records behind the stand-in's matches."""
    return [Trial(id=f"NCT0000000{number}") for number in (1, 2, 3)]


def session_in(
    place: Path, profile: Profile | None = None, match: Callable[..., list[TrialMatch]] = stand_in
) -> Session:
    """A session over the stand-in."""
    session = Session(folders_in(place), TODAY, trials(), matching=Matching(match, stand_in_questions))
    if profile is not None:
        session.hold(profile)
    return session


class Unseen(Compositor):
    """Draws no frame of a screen without a terminal: a test that reads the screen draws it then, whole."""

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """Only what is asked for as a whole is drawn."""
        if full:
            return super().render_update(full, screen_stack, simplify)
        self._dirty_regions.clear()
        return None


class Styles(Stylesheet):
    """The styles of an app; what was read for one is known to all of the same colours."""

    _known: ClassVar[dict[tuple[object, ...], list[RuleSet]]] = {}

    def _parse_rules(self, css: str, read_from: CSSLocation, *more: Any, **named: Any) -> list[RuleSet]:
        known = (css, read_from, more, *named.values(), *self._variables.values())
        if known not in self._known:
            self._known[known] = super()._parse_rules(css, read_from, *more, **named)
        return self._known[known]


for _name, _stand_in in {
    "textual.screen.Compositor": Unseen,
    "textual.app.Stylesheet": Styles,
    "matcher.app.keeping._AFTER": _LONG,
    "matcher.app.screens.typed_trial._KEPT_AFTER": _LONG,
    "matcher.app.telling._SECONDS": _LONG,
}.items():
    patch(_name, _stand_in).start()


@asynccontextmanager
async def opened(
    session: Session, width: int = 140, height: int = 40, symbols: Symbols = UNICODE
) -> AsyncIterator[Pilot[None]]:
    """The app, running and at rest; nothing may have gone wrong in it by the end."""
    app = MatcherApp(session, symbols)
    async with app.run_test(size=(width, height), notifications=True) as pilot:
        await settled(pilot)
        yield pilot
        assert app.errors == []


async def settled(pilot: Pilot[None]) -> None:
    """Wait until all keys are taken, matching is done and everything is drawn."""
    app = cast("MatcherApp", pilot.app)
    await _drawn(app)
    while any(not worker.is_finished for worker in app.workers):
        with suppress(WorkerCancelled):  # another took its place
            await app.workers.wait_for_complete()
        await _drawn(app)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once the one before is handled, what it set going is done, and all is drawn."""
    for key in keys:
        pilot.app.post_message(_key(key))
        await settled(pilot)
    await settled(pilot)


async def _drawn(app: MatcherApp) -> None:
    """Wait until nothing is under way, and do what the screen's clock does sixty times a second as long as anything is to be drawn."""
    for _ in range(_FRAMES):
        await app.caught_up()
        await app.animator.wait_until_complete()
        screen = app.screen
        if not (screen._layout_required or screen._scroll_required or screen._repaint_required or screen._recompose_required or screen._dirty_widgets or screen._callbacks):
            return
        screen._on_timer_update()


def _key(key: str) -> events.Key:
    """A key by its name or its letter, as a terminal sends it."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    letter: str | None
    try:
        letter = lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        letter = key if len(key) == 1 else None
    return events.Key(key, letter)


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """Type keys quicker than anything is drawn, and wait for what they set going."""
    for key in keys:
        pilot.app.post_message(_key(key))
    await settled(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a text into the line in use: pasted at once but for its last letter, since each key costs a layout."""
    if len(text) > 1 and isinstance(pilot.app.focused, Input | TextArea):
        pilot.app.post_message(events.Paste(text[:-1]))
        text = text[-1]
    await press(pilot, *text)


async def fill(pilot: Pilot[None], text: str, *then: str) -> None:
    """Put a text in place of what the line in use holds, then press keys."""
    await press(pilot, "end", "ctrl+u")
    await write(pilot, text)
    if then:
        await press(pilot, *then)


def lines(pilot: Pilot[None]) -> list[str]:
    """The screen as lines of plain text."""
    screen = pilot.app.screen
    height = pilot.app.size.height
    visible_screen_stack.set(pilot.app._background_screens)
    update = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in update[:height]]


def page(pilot: Pilot[None]) -> str:
    """The screen as one text."""
    return "\n".join(lines(pilot))
