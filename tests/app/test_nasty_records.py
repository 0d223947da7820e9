"""Foreign text in records: shown, never parsed, in the library, the ward, the patients for a trial and a typed trial."""

from __future__ import annotations

from pathlib import Path

from app_support import opened, page, press, settled, write
from rows import each_row
from test_library_screen import session_with_library
from test_nasty_text import EVERYTHING, NASTY, nasty_patient

from matcher.app.app import MatcherApp
from matcher.app.screens.typed_trial import TypeTrial
from matcher.app.symbols import PLAIN, UNICODE, Symbols
from matcher.app.text.record import hit_row, record_content
from matcher.app.text.several import bed_row, best_row, fit_row
from matcher.matching.patient import prepare
from matcher.matching.trials import match_trial
from matcher.model.trial import Arm, Criterion, Intervention, Location, Official, Outcome, Related, Source, Trial
from matcher.session.browsing import Shelved, Version
from matcher.session.importing import MADE_WITH
from matcher.session.ward import Bed, Fit
from matcher.storage.index import Index
from matcher.storage.library import Library
from matcher.storage.rows import Kept, row
from matcher.storage.search import Hit
from matcher.vocabulary import load


def nasty_trial(text: str) -> Trial:
    """A trial whose every word is the nasty one."""
    criteria = [Criterion(id=f"{kind[0].upper()}{number}", kind=kind, text=text or "x", spans=[(0, 900)], note=text, group=text[:50]) for kind in ("inclusion", "exclusion") for number in (1, 2)]
    return Trial(
        id=(text.strip() or "x")[:80], ids=[text[:80]], title=text, official_title=f"{text}.", status="recruiting", conditions=[text], sponsor=text, summary=text, phases=[text],
        source=Source(site=text, digest=text), interventions=[Intervention(name=text, description=text)], arms=[Arm(label=text)], outcomes=[Outcome(measure=text)],
        locations=[Location(city=text, country=text)], officials=[Official(name=text)], related=[Related(id=text, title=text)], criteria=criteria,
    )  # fmt: skip


@each_row("width", [28, 57])
@each_row("symbols", [UNICODE, PLAIN], ids=["unicode", "plain"])
@each_row("text", NASTY.values(), ids=NASTY.keys())
def test_every_line_of_a_record_fits_its_width(text: str, symbols: Symbols, width: int) -> None:
    trial, profile = nasty_trial(text), nasty_patient(text)
    assert profile.as_of is not None
    match = match_trial(prepare(profile, load(), profile.as_of), trial)
    bed = Bed(profile, profile.as_of, (match,), {"possible": 1}, {"possible": 1})
    contents = [
        record_content(Shelved(trial, "library", (Version(text, (text,)), Version("", ())), (text,)), width, symbols),
        hit_row(Hit(trial.id, text, text), (1, 2), width, symbols),
        fit_row(Fit(profile, profile.as_of, match), width, symbols, profile.as_of),
        bed_row(bed, width, symbols, profile.as_of),
        best_row(match, width, symbols, profile.as_of),
    ]
    assert [line for one in contents for line in one.split() if line.cell_length > width] == []


async def test_every_screen_over_records_survives(tmp_path: Path) -> None:
    session = session_with_library(tmp_path)
    with Library(session.folders.library, beside=[Index()]) as library:
        library.put([row(Kept(nasty_trial(EVERYTHING), (("both", EVERYTHING),), MADE_WITH), library.beside)])
    session.hold(nasty_patient(EVERYTHING))
    async with opened(session, 100, 30) as pilot:
        seen = []
        await press(pilot, "t")
        await write(pilot, '[/b] "')
        for keys in (["escape", "enter"], ["home"], ["enter", "end"], ["escape", "y", "t"], ["v"], ["escape", "n"]):
            await press(pilot, *keys)
            seen.append(page(pilot))
        await write(pilot, "[/b] [bold")
        await press(pilot, *["tab"] * 6)
        await write(pilot, EVERYTHING.replace("\x00", ""))
        assert isinstance(pilot.app.screen, TypeTrial)
        pilot.app.screen.read_now()
        await settled(pilot)
        seen.append(page(pilot))
        await press(pilot, "ctrl+s")
        seen.append(page(pilot))
        app = pilot.app
        assert isinstance(app, MatcherApp)
        if app.screen.is_modal:
            await press(pilot, "escape", "t")
        await press(pilot, "escape", "escape", "W")
        seen.append(page(pilot))
        leaks = [(place, sign) for place, one in enumerate(seen) for sign in ("\x07", "\x1b", "\x00", "\x7f", "\x9b", "\u202e") if sign in one]
        assert leaks == []
