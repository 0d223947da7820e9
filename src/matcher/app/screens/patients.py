"""Choosing a patient, or beginning a new one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from matcher.app.commands import bindings, of
from matcher.app.screens.base import Dialog
from matcher.app.screens.dialogs import LineDialog
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.patient import profile_words
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT
from matcher.app.widgets.name_input import Line
from matcher.app.widgets.pane import Pane
from matcher.model.profile import ID_PATTERN
from matcher.session import ProfileFile
from matcher.session.patients import archive, copied, delete, deleted, purge, put_away, restore
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError

Done = TypeVar("Done")


_MADE_OF = "up to 40 letters, digits, . _ or -, beginning with a letter or digit; never a name"
_AT_WORK, _ARCHIVED, _DELETED = range(3)


class PatientPane(Pane):
    """The patients, with what can be done to the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("patients")

    def action_cursor_up(self) -> None:
        """The patient before; from the first one up to the line."""
        before = self.highlighted
        super().action_cursor_up()
        if before is None or self.highlighted == before:
            self.screen.query_one(Input).focus()


class ChoosePatient(Dialog[Path | str]):
    """The patients in the folder, found by typing; the answer is a file, or the code of a new patient."""

    SCOPE = "find"
    BINDINGS: ClassVar[list[BindingType]] = bindings("find")

    def compose(self) -> ComposeResult:
        """A line to type in, and the patients."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("Choose a patient")
            box.border_subtitle = self._line_keys()
            yield Line(id="find", placeholder="find by code or disease, or type a new code")
            yield PatientPane("", id="patients")
            yield Static(classes="message")

    def on_mount(self) -> None:
        """Read the folder."""
        self._latest_first = self._examples = False
        self._files: list[ProfileFile] = []
        self._shelf = _AT_WORK
        self._gone: Path | None = None
        self._look()
        self.query_one(Input).focus()

    def on_descendant_focus(self) -> None:
        """Name the keys that work where she is."""
        self.query_one(".box").border_subtitle = self._list_keys() if isinstance(self.focused, Pane) else self._line_keys()

    def _line_keys(self) -> Content:
        return self.named(("type to find", ""), ("Enter", "open"), ("find.begin", "new code"), ("dialog.close", "back"))

    def _list_keys(self) -> Content:
        return self.named(*((one.name, one.title) for one in of("patients") if one.footer), gap=2)

    @on(Input.Changed)
    def narrow(self) -> None:
        """Show those that hold what is typed; what was wrong before need not be so now."""
        self.query_one(".message", Static).remove_class("-wrong").update("")
        self._draw()

    @on(Input.Submitted)
    def open_first(self, event: Input.Submitted) -> None:
        """Enter in the line opens the patient under the cursor, or begins a new one where none is left."""
        event.stop()
        row = self.query_one(Pane).chosen_row
        if row:
            self._open(row)
        elif self._shelf == _AT_WORK:
            self.action_begin()

    @on(OptionList.OptionSelected)
    def open_row(self, event: OptionList.OptionSelected) -> None:
        """Enter on a patient."""
        event.stop()
        self._open(str(event.option_id))

    def action_to_list(self) -> None:
        """From the line down into the patients."""
        pane = self.query_one(Pane)
        pane.focus()
        pane.action_cursor_down()

    def action_begin(self) -> None:
        """Begin a new patient under the code typed."""
        code = self.query_one(Input).value.strip()
        there = next((one for one in self.session.profiles() if one.id.casefold() == code.casefold()), None)
        if not re.match(ID_PATTERN, code):
            self._say(shown(_refused(code), self.symbols))
        elif there is not None:
            self._say(f"there is a patient with the code {there.id} already: Enter on it opens it")
        else:
            self.dismiss(code)

    def action_copy(self) -> None:
        """The same facts under another code."""
        found = self._chosen()
        if found is None or found.profile is None:
            return
        profile = found.profile

        def check(code: str) -> None:
            if not re.match(ID_PATTERN, code):
                raise ValueError(_refused(code))
            try:
                copied(self.session.folders, profile, code)
            except InputError as error:
                raise ValueError(str(error)) from None

        self.app.push_screen(
            LineDialog("Copy a patient", f"The facts of {profile.id} under this code:", f"{profile.id}-2", check, lambda code: "", over=True),
            lambda code: self._done(f"Copied to {code}.") if code else None,
        )

    def action_put_away(self) -> None:
        """Into the archive; there, and among the deleted ones, back to those at work."""
        self._move(*((archive, "Put away") if self._shelf == _AT_WORK else (restore, "Brought back")))

    def action_delete(self) -> None:
        """Into the bin, from which it can be brought back."""
        if self._shelf != _DELETED:
            self._gone = self._move(delete, "Deleted") or self._gone

    def action_bring_back(self) -> None:
        """The patient that was deleted last."""
        if self._gone is None:
            self._say(f"nothing was deleted just now; {self.key('patients.next-shelf')} goes on to those deleted before")
            return
        gone, self._gone = self._gone, None
        self._try(lambda: restore(self.session.folders, gone), f"Brought back: {gone.stem}.")

    def action_purge(self) -> None:
        """Everything of a patient, for ever, after asking."""
        found = self._chosen()
        if found is None:
            return
        words = (
            f"Everything of {found.id} goes for ever: profile, draft, marks, exports in the usual folder, and what matches noted."
            " It cannot be taken back. To go on type the code of the patient:"
        )

        def check(code: str) -> None:
            if code != found.id:
                raise ValueError(f"nothing is purged: expected {found.id}, or Esc to keep the patient")

        def take(code: str | None) -> None:
            if code is not None and self._try(lambda: purge(self.session.folders, found.id), f"Purged: {found.id}.") is not None:
                self._put_down(found.id)

        self.app.push_screen(LineDialog("Purge a patient", shown(words, self.symbols), "", check, lambda code: ""), take)

    def _put_down(self, code: str) -> None:
        """A purged patient is not in hand any more either."""
        if self.session.profile is not None and self.session.profile.id == code:
            self.session.put_down()
            self.matcher.main.show_session()

    def action_order(self) -> None:
        """By code, or those changed last first."""
        self._latest_first = not self._latest_first
        self._done("Those changed last come first." if self._latest_first else "In the order of their codes.")

    def action_next_shelf(self) -> None:
        """The patients at work, the archive, the deleted ones."""
        self._shelf = (self._shelf + 1) % 3
        back = f"{self.key('patients.put-away')} brings one back"
        self._done(("These are at work.", f"These are in the archive; {back}.", f"These were deleted; {back}, {self.key('patients.purge')} purges.")[self._shelf])
        self.query_one(Pane).action_first()

    def action_examples(self) -> None:
        """Show the made-up examples among her own patients, or hide them."""
        self._examples = not self._examples
        self._draw()

    def action_step_back(self) -> None:
        """To the line."""
        self.query_one(Input).focus()

    def action_step_on(self) -> None:
        """Nothing lies on the right."""

    def _chosen(self) -> ProfileFile | None:
        row = self.query_one(Pane).chosen_row
        return self._files[int(row)] if row else None

    def _move(self, how: Callable[[Folders, Path], Path], said: str) -> Path | None:
        found = self._chosen()
        if found is None:
            return None
        if self.session.profile is not None and self.session.profile.id == found.id:
            self._say(f"{found.id} is in hand just now: open another patient first")
            return None
        return self._try(lambda: how(self.session.folders, found.path), f"{said}: {found.id}.")

    def _try(self, what: Callable[[], Done], said: str) -> Done | None:
        try:
            done = what()
        except (InputError, OSError) as error:
            self._say(shown(str(error), self.symbols))
            return None
        self._done(said, done if isinstance(done, Path) else None)
        return done

    def _done(self, said: str, on: Path | None = None) -> None:
        self._look(on)
        message = self.query_one(".message", Static)
        message.remove_class("-wrong")
        message.update(Content(shown(said, self.symbols)))

    def _look(self, on: Path | None = None) -> None:
        """Read the folder again; the cursor is then on this file, on the one it was on, or where that was: the next key is for no other patient."""
        before = self._chosen()
        was = (before.path, self._files.index(before)) if before is not None else None
        folders = self.session.folders
        files = put_away(folders) if self._shelf == _ARCHIVED else deleted(folders) if self._shelf == _DELETED else self.session.profiles()
        self._files = sorted(files, key=lambda one: (one.example, -_changed(one.path))) if self._latest_first else files
        self._draw()
        if was is not None:
            places = {one.path: place for place, one in enumerate(self._files)}
            self.query_one(Pane).go_to(str(places.get(on or was[0], places.get(was[0], min(was[1], len(self._files) - 1)))))

    def _open(self, row: str) -> None:
        found = self._files[int(row)]
        if found.problem:
            self._say(shown(found.problem, self.symbols))
        elif self._shelf != _AT_WORK:
            back = self._try(lambda: restore(self.session.folders, found.path), f"Brought back: {found.id}.")
            if back is not None:
                self.dismiss(back)
        else:
            self.dismiss(found.path)

    def _say(self, words: str) -> None:
        message = self.query_one(".message", Static)
        message.add_class("-wrong")
        message.update(Content(words))

    def _draw(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        kept = [
            (place, one)
            for place, one in enumerate(self._files)
            if all(word in f"{one.name} {self._summary(one)}".casefold() for word in words)
        ]
        self.query_one(Pane).fill(lambda width: self._rows(kept, bool(words), width), first=True)

    def _rows(self, kept: list[tuple[int, ProfileFile]], sought: bool, width: int) -> list[Row]:
        """Her own patients, then the made-up examples: while she has some of her own, only where she asks for them."""
        own = [Row(self._line(one, width), str(place)) for place, one in kept if not one.example]
        examples = [Row(self._line(one, width), str(place)) for place, one in kept if one.example]
        if not examples:
            return own or [self._none()]
        some = any(not one.example for one in self._files)
        seen = sought or self._examples or not some
        said = f"{len(examples)} made-up example{'' if len(examples) == 1 else 's'} from matcher"
        key = f"  in the list {self.key('patients.examples')} {'hides' if seen else 'shows'} them" if some and not sought else ""
        return [*own, Row(hung(styled(f"{self.symbols.rule} {said}{key}", FAINT), width)), *(examples if seen else [])]

    def _line(self, one: ProfileFile, width: int) -> Content:
        name = Content(shown(one.name, self.symbols))
        if one.problem:
            return stacked([name, hung(styled(shown(one.problem, self.symbols), "$excludes"), width, "  ", "  ")])
        return hung(name + styled(f"  {shown(self._summary(one), self.symbols)}", FAINT), width, "", "  ")

    def _summary(self, one: ProfileFile) -> str:
        words = profile_words(one.profile, self.symbols) if one.profile else ""
        return f"never saved: {words}" if one.draft else words

    def _none(self) -> Row:
        if self._shelf != _AT_WORK:
            return Row(styled("the archive is empty" if self._shelf == _ARCHIVED else "nobody was deleted", FAINT))
        begins = re.match(ID_PATTERN, self.query_one(Input).value.strip())
        return Row(styled(f"no such patient{'; Enter begins a new one under this code' if begins else ', and this cannot be a code of one'}", FAINT))


def _refused(code: str) -> str:
    return f"{f'“{code}” cannot be a code: expected' if code else 'Type a code first:'} {_MADE_OF}."


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
