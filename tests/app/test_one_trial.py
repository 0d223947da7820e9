"""One trial: what would change it, its record, judging a criterion, editing its check, the queue, the record of changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app_support import TODAY, folders_in, lines, opened, page, patient, press, session_in, write
from rows import each_row
from test_nasty_text import NASTY

from matcher.app.symbols import UNICODE
from matcher.app.text.changing import changing_rows
from matcher.app.text.record import record_content
from matcher.app.text.record_log import log_content
from matcher.matching import match_trial, prepare
from matcher.model.trial import Criterion, Location, Official, Outcome, Related, Source, Trial
from matcher.model.verdict import Verdict
from matcher.session import Session
from matcher.session.browsing import Shelved
from matcher.session.changing import changing
from matcher.storage.marks import load_marks
from matcher.storage.record_log import Change
from matcher.storage.toml_files import load_trial, save_trial
from matcher.vocabulary import load

TRIAL = Trial(
    id="NCT1", title="Platelets in lupus", status="recruiting", summary="What it is about.",
    source=Source(site="MedPath", format="medpath-page", url="https://example.org/NCT1"),
    locations=[Location(city="Oslo", country="Norway"), Location(city="Beijing", country="China")],
    related=[Related(id="NCT9", title="Another one")],
    criteria=[
        Criterion(id="I1", kind="inclusion", text="Platelets of at least 200", check="platelets ≥ 200 ×10⁹/L"),
        Criterion(id="E1", kind="exclusion", text="Hepatitis B", check="HBsAg is positive"),
        Criterion(id="E2", kind="exclusion", text="eGFR = 60", check="eGFR ≥? 60 mL/min/1.73m²"),
        Criterion(id="E3", kind="exclusion", text="Unfit", check='judgement "unfit"'),
    ],
)  # fmt: skip


def _session(place: Path, trial: Trial = TRIAL) -> Session:
    folders = folders_in(place)
    save_trial(trial, folders.trial_path(trial.id), expected=None)
    session = Session(folders, TODAY)
    session.hold(patient())
    return session


async def test_what_would_change_a_trial_and_its_record(tmp_path: Path) -> None:
    session = _session(tmp_path)
    async with opened(session) as pilot:
        await press(pilot, "right", "d")
        text = page(pilot)
        assert "[what would change this]" in text
        assert "One criterion excludes; it would have to change" in text
        assert "platelets 182 ×10⁹/L, at least 200 ×10⁹/L" in text
        assert "is needed: 18 ×10⁹/L short › ✓ met" in text
        await press(pilot, "n", "down", "enter")
        assert "Is hepatitis B surface antigen positive?" in lines(pilot)[-3]
        await press(pilot, "p")
        assert session.profile is not None
        assert session.profile.labs[-1].value == "positive"
        assert "2 criteria exclude" in page(pilot)
        await press(pilot, "escape", "right", "home", "down", "enter")
        assert "What would change this" in page(pilot)
        assert "platelets 182 ×10⁹/L, at least 200 ×10⁹/L is needed: 18 ×10⁹/L short → met" in page(pilot)
        await press(pilot, "escape")
        await press(pilot, "u", "escape", "right", "d")
        text = page(pilot)
        assert [word in text for word in ("[record]", "What it is about.", "Norway (1): Oslo", "NCT9 Another one", "medpath-page", "in your folder")] == [True] * 6
        assert await pilot.click("#views", offset=(4, 0))
        await press(pilot)
        assert "[criteria]" in page(pilot)


async def test_a_verdict_is_overridden_survives_and_is_taken_back(tmp_path: Path) -> None:
    session = _session(tmp_path)
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "right", "down", "o", "m", "enter")
        assert "expected why" in page(pilot)
        await write(pilot, "call Mrs Mary Miller")
        await press(pilot, "enter")
        await write(pilot, "RN")
        await press(pilot, "enter")
        assert "looks like a person's name" in page(pilot)
        await press(pilot, "end", "ctrl+u")
        await write(pilot, "counted by hand")
        await press(pilot, "enter")
        assert "I1 [RN, not ✗ excludes]" in page(pilot)
        assert "I1: decided, the patient stays in · o there takes it back" in page(pilot)
        assert "now possible: Platelets in lupus" in page(pilot)
        assert [one.verdict for one in load_marks(session.folders.marks, "LN-0042").overrides] == ["pass"]
        await press(pilot, "r")
        assert "RN put “met” for “excludes”" in page(pilot)
        session.set_fact(labs=[])
        await press(pilot, "r", "home", "n", "enter")
        told = " ".join(page(pilot).replace("│", " ").split())
        assert "It does not count now, look again: the facts have changed since" in told
        await press(pilot, "o")
        assert "give it again" in page(pilot)
        await press(pilot, "b", "enter")
        assert session.matches[0].criteria[0].decision is None
        await press(pilot, "L")
        assert [word in page(pilot) for word in ("take back", "override", "excludes › met", "counted by hand")] == [True] * 4
        await press(pilot, "escape", "end", "o", "m")
        assert "d  ✓ met: does not apply, the patient stays in" in page(pilot)  # “met” of an exclusion is misread
        await press(pilot, "escape", "O", "enter")
        assert "Nothing is ticked yet" in page(pilot)
        assert await pilot.click("#several", offset=(4, 1))
        await press(pilot)
        assert "1 ticked: judge it" in page(pilot)
        await press(pilot, "end", "space", "up", "g", "enter")
        assert "Your verdict on 4 criteria of NCT1" in page(pilot)
        await press(pilot, "c", "enter")  # with the initials that are proposed
        assert "4 criteria: confirmed" in page(pilot)
        given = {(one.criterion, one.verdict, one.by) for one in session.judging.marks.confirmations}
        assert given == {("I1", "unknown", "RN"), ("E1", "unknown", "RN"), ("E2", "unknown", "RN"), ("E3", "review", "RN")}
        session.judging.marks = session.judging.marks.model_copy(update={"confirmations": []})
        session.judging.override("NCT1", session.matches[0].criteria[1], Verdict.PASS, "x", "RN", TODAY)
        path = session.folders.trial_path("NCT1")
        path.write_text(path.read_text(encoding="utf-8").replace('"Hepatitis B"', '"Hepatitis C"'), encoding="utf-8")
        session.trials = session._known = None
        await press(pilot, "r", "home", "down")
        assert "whose words have changed since: “Hepatitis B”" in " ".join(page(pilot).replace("│", " ").split())
        await press(pilot, "enter", "d", "enter")
        assert "whose words have changed" not in page(pilot)
        assert session.judging.marks.overrides == []


async def test_a_check_is_edited_and_the_queue_is_gone_through(tmp_path: Path) -> None:
    session = _session(tmp_path)
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "Q")
        assert "Review · 2 left · a sign was lost · NCT1 E2" in page(pilot)
        assert "⚑ review  as before" in page(pilot)
        await write(pilot, " or")
        assert "expected" in page(pilot)
        await press(pilot, "enter")
        assert "Review · 2 left" in page(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "eGFR < 60 mL/min/1.73m²")
        assert "⚑ review › ✓ met" in page(pilot)
        await press(pilot, "enter")
        assert "Review · 1 left · a clinician's judgement · NCT1 E3" in page(pilot)
        await press(pilot, "ctrl+n")
        assert "1 confirmed, 1 left for later" in page(pilot)
        await press(pilot, "enter", "Q")
        await write(pilot, " or")
        await press(pilot, "escape")
        assert "What you typed is not saved" in page(pilot)
        await press(pilot, "x", "escape", "escape", "Q", "ctrl+n")
        await press(pilot, "enter")
        kept = load_trial(session.folders.trial_path("NCT1")).criteria[2]
        assert (kept.check, kept.curated) == ("eGFR < 60 mL/min/1.73m²", True)
        assert session.matches[0].criteria[2].verdict is Verdict.PASS
        await press(pilot, "right", "home", "down", "E", "escape", "n", "enter", "E")
        assert "Check of NCT1 E1" in page(pilot)


async def test_a_long_criterion_is_read_to_its_end_where_it_is_judged(tmp_path: Path) -> None:
    long = "; ".join(f"part {number} of it" for number in range(80)) + "; and the last"
    trial = Trial(id="NCT1", title="Long", status="recruiting", criteria=[Criterion(id="E1", kind="exclusion", text=long, check='judgement "unfit"')])
    async with opened(_session(tmp_path, trial), 80, 24) as pilot:
        await press(pilot, "right", "n", "o", "x")
        assert "part 0 of it" in page(pilot)
        assert "and the last" not in page(pilot)
        await press(pilot, *["pagedown"] * 12)
        assert "and the last" in page(pilot)
        assert "worked out" in page(pilot)
        assert "› x" in page(pilot)  # the answer is still the one that was chosen
        await press(pilot, *["pageup"] * 12)
        assert "part 0 of it" in page(pilot)


async def test_nasty_words_in_every_view(tmp_path: Path) -> None:
    text = " ".join(NASTY.values())
    words = text.replace("\x00", "")
    criteria = [Criterion(id=f"E{number}", kind="exclusion", text=words, note=words, group=words[:40]) for number in range(2)]
    trial = Trial(
        id="NCT1", title=words, summary=words, status="recruiting", criteria=criteria,
        officials=[Official(name=words)], outcomes=[Outcome(measure=words)], related=[Related(id=words)], source=Source(site=words),
        locations=[Location(city=words, country=words)],
    )  # fmt: skip
    session = _session(tmp_path, trial)
    async with opened(session, 100, 30) as pilot:
        seen = []
        for keys in (["right", "d"], ["d"], ["end"], ["d"], ["n", "o"], ["x"], ["enter"], ["escape"], ["O", "g"], ["enter"], ["escape"], ["E"], ["escape"], ["Q"], ["escape"], ["L"], ["escape"]):
            await press(pilot, *keys)
            seen.append(page(pilot))
        one = session.matches[0].criteria[0]
        session.judging.override("NCT1", one, Verdict.FAIL, "[/b] \x1b[31m", "RN", TODAY)
        session.decided()
        await press(pilot, "r", "L")
        seen.append(page(pilot))
        assert "[/b]" in seen[-1]
        assert not any(sign in "".join(seen) for sign in ("\x07", "\x1b", "\x00", "\x7f", "\x9b", "\u202e"))


async def test_another_trial_is_shown_where_one_pane_at_a_time_has_room(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 24) as pilot:
        await press(pilot, "enter", "d", "escape", "down", "enter", "d", "d")
        assert "Sirolimus in active lupus" in page(pilot)
        await press(pilot, "escape", "down", "enter")
        assert "Low-dose interleukin-2" in page(pilot)
        assert "Sirolimus" not in page(pilot)
        await press(pilot, "escape", "home", "enter", "a", "p")
        assert "✗ excluded" in page(pilot)
        await press(pilot, "escape", "escape")
        assert "2 excluded" in lines(pilot)[0]
        assert page(pilot).count("✗ excluded") == 2  # the trials, hidden meanwhile, are those of now


@each_row("width", [28, 57])
@each_row("text", NASTY.values(), ids=NASTY.keys())
def test_every_row_of_the_views_fits_its_width(text: str, width: int) -> None:
    trial = Trial(
        id="NCT1", title=text, summary=text, criteria=[replace(one, text=text, note=text) for one in TRIAL.criteria],
        locations=[Location(city=text, country=text)], source=Source(site=text, url=text), related=[Related(id=text, title=text)],
    )  # fmt: skip
    match = match_trial(prepare(patient(), load(), TODAY), trial)
    rows, _ = changing_rows(changing(patient(), trial, match, TODAY), match, width, UNICODE, TODAY)
    contents = [row.content for row in rows] + [record_content(Shelved(trial), width, UNICODE, criteria=False)]
    contents.append(log_content([Change(text, text, text, text, text, text, text, text)], width, UNICODE))
    assert [line for content in contents for line in content.split() if line.cell_length > width] == []
