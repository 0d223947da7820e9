"""The profile form: tabs over one list of rows; a row is edited in a dialog of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from matcher.app.commands import bindings
from matcher.app.fields import COMPLETE, LIST, NOTE, WHO, FieldSpec, ListSpec, as_shown, entry_of, texts_of, usual_of
from matcher.app.screens.base import BaseScreen
from matcher.app.screens.editor import RowEditor
from matcher.app.symbols import shown
from matcher.app.text.layout import beside, hung, stacked, styled
from matcher.app.text.patient import entry_line, headline
from matcher.app.text.rows import Row
from matcher.app.text.trials import moved_words
from matcher.app.theme import FAINT
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.pane import Pane
from matcher.app.widgets.tab_line import TabLine
from matcher.model.dates import PartialDate
from matcher.model.match import TrialMatch
from matcher.model.profile import Complete, Entry, Lab
from matcher.session import Doubt, body_doubts, key_doubts
from matcher.session.answers import recorded_name
from matcher.session.contradictions import Contradiction
from matcher.session.suggesting import is_ready, prepare
from matcher.storage.typed_rows import NEW, TypedRow
from matcher.vocabulary import load

TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "who": ("who", ()),
    "conditions": ("conditions", ("conditions",)),
    "labs": ("labs", ("labs",)),
    "scores": ("scores", ("scores",)),
    "medications": ("drugs", ("medications",)),
    "procedures": ("procedures", ("procedures",)),
    "allergies": ("allergies", ("allergies",)),
    "other": ("other", ("trials", "family_history", "answers")),
    "complete": ("complete", ()),
    "notes": ("notes", ()),
}
_HEADINGS = {"trials": "other studies", "family_history": "diseases of relatives", "answers": "answered statements"}
_PAGES = {"who": ("Who", WHO), "notes": ("Note", NOTE)}


class ProfileForm(BaseScreen):
    """The whole profile, one tab at a time."""

    SCOPE = "form"
    BINDINGS = bindings("form")
    AUTO_FOCUS = "#rows"

    def __init__(self, place: str = "who:", typed: TypedRow | None = None) -> None:
        super().__init__()
        self._place = place
        self._typed = typed
        self._said = ""

    def compose(self) -> ComposeResult:
        """The patient's line, the tabs, the rows."""
        yield Static(id="headline")
        listed = self._place.partition(":")[0]
        begin = next((key for key, (_, lists) in TABS.items() if listed == key or listed in lists), "who")
        yield TabLine({key: label for key, (label, _) in TABS.items()}, begin)
        yield Pane("", id="rows")
        yield KeyBar("form")

    def on_mount(self) -> None:
        """Begin on the row asked for."""
        self.action_show_tab(self._tab)
        if not is_ready():
            self.run_worker(prepare, thread=True, exit_on_error=False)

    def on_resize(self) -> None:
        """Draw the line on top for the new width."""
        self._draw_headline()

    def action_show_tab(self, tab: str) -> None:
        """Show the rows of a tab."""
        self.query_one(TabLine).turn(tab)
        self._draw(first=True)
        if self._place:
            self.query_one(Pane).go_to(self._place)
            self._place = ""
        if self._typed is not None:
            typed, self._typed = self._typed, None
            self._edit_typed(typed)

    @on(OptionList.OptionSelected)
    def open_row(self, event: OptionList.OptionSelected) -> None:
        """Enter on a row."""
        event.stop()
        self.action_edit_row()

    def action_edit_row(self) -> None:
        """Edit the row under the cursor, or add one where it says so."""
        listed, _, key = (self.query_one(Pane).chosen_row or "").partition(":")
        match listed:
            case "":
                return
            case "who":
                self._edit_keys("who", key)
            case "notes":
                self._edit_keys("notes", "note")
            case "complete":
                self._edit_complete(key)
            case _:
                self._edit_entry(LIST[listed], int(key) if key != "new" else None)

    def action_add_row(self) -> None:
        """Add a row to the list of the tab, or of the row under the cursor."""
        listed = (self.query_one(Pane).chosen_row or "").partition(":")[0]
        lists = TABS[self._tab][1]
        if lists:
            self._edit_entry(LIST[listed if listed in lists else lists[0]], None)
        elif self._tab == "notes":
            self.action_edit_row()

    def action_paste_labs(self) -> None:
        """Take results from lines of a report."""
        from matcher.app.screens.pasted_labs import PasteLines  # what reads reports is loaded only where one is read

        self.app.push_screen(PasteLines(), lambda text: self._confirm_labs(text) if text else None)

    def on_paste(self, event: events.Paste) -> None:
        """Lines pasted over the results are read at once."""
        if self._tab == "labs":
            event.stop()
            self._confirm_labs(event.text)

    def _confirm_labs(self, text: str) -> None:
        """Show the rows that pasted lines make, and record those she keeps."""
        from matcher.app.screens.pasted_labs import ConfirmLabs, pasted_row
        from matcher.intake.lab_lines import read_labs

        pasted = read_labs(text, load(), self.today)
        if (row := pasted_row(text)) is not None:
            self.session.keep_typed(row)

        def record(labs: tuple[Lab, ...] | None) -> None:
            self.session.drop_typed("paste")
            if not labs:
                return
            try:
                self.session.add_entries("labs", labs)
            except ValueError as error:
                self.matcher.toast(error, "warning")
            else:
                self._changed(f"Recorded: {len(labs)} result{'' if len(labs) == 1 else 's'}. {self.key('form.undo')} takes them back.")

        self.app.push_screen(ConfirmLabs(pasted), record)

    def action_delete_row(self) -> None:
        """Delete the row; a key of the patient becomes “not recorded”."""
        listed, _, key = (self.query_one(Pane).chosen_row or "").partition(":")
        if listed == "who" and key != "id":
            label = next(spec.label for spec in WHO if spec.key == key)
            self._set(key, None, f"Removed {label}. {self.key('form.undo')} brings it back.")
        elif listed in LIST and key != "new":
            gone = recorded_name(getattr(self.session.profile, listed)[int(key)], listed) or LIST[listed].row
            self.session.remove_entry(listed, int(key))
            self._changed(f"Removed {gone}. {self.key('form.undo')} brings it back.")

    def action_set_yes(self) -> None:
        """Yes, in a yes-or-no row."""
        self._set_tri(True)

    def action_set_no(self) -> None:
        """No, in a yes-or-no row."""
        self._set_tri(False)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._changed(self.matcher.taken_back() or "No change of the facts is left to take back.")

    def action_redo(self) -> None:
        """Make again what was taken back."""
        self._changed(self.matcher.taken_back(again=True) or "No change of the facts was taken back, so there is none to make again.")

    def action_save(self) -> None:
        """Save the profile."""
        self.matcher.save_patient(self._changed)

    def action_step_back(self) -> None:
        """The tab on the left."""
        self.action_show_tab(self.query_one(TabLine).beside(-1))

    def action_step_on(self) -> None:
        """The tab on the right."""
        self.action_show_tab(self.query_one(TabLine).beside(1))

    def action_close(self) -> None:
        """Back to the trials."""
        self.dismiss()

    @property
    def _tab(self) -> str:
        return self.query_one(TabLine).active

    def _set_tri(self, value: bool) -> None:
        listed, _, key = (self.query_one(Pane).chosen_row or "").partition(":")
        if listed == "who" and any(spec.key == key and spec.kind == "yesno" for spec in WHO):
            self._set(key, value)

    def _set(self, key: str, value: Any, said: str = "") -> None:
        try:
            self.session.set_fact(**{key: value})
        except ValueError as error:
            self.matcher.toast(error, "warning")
            said = ""
        self._changed(said)

    def _edit_typed(self, typed: TypedRow) -> None:
        """A row as it was typed when the app was lost; where its place holds another by now it is a new one."""
        match typed.listed:
            case "paste":
                self.action_paste_labs()
            case "who" | "notes":
                self._edit_keys(typed.listed, typed.field, typed)
            case "complete":
                self._edit_complete(typed.field, typed)
            case listed if listed in LIST:
                entries = getattr(self.session.profile, listed)[: typed.place + 1]
                same = len(entries) > typed.place >= 0 and texts_of(LIST[listed].fields, entries[-1]) == typed.was
                self._edit_entry(LIST[listed], typed.place if same else None, typed)

    def _edit_keys(self, page: str, begin: str, typed: TypedRow | None = None) -> None:
        title, fields = _PAGES[page]
        profile = self.session.profile
        values = {spec.key: getattr(profile, spec.key) for spec in fields}

        def check(found: dict[str, Any]) -> list[Doubt]:
            changed = {key: value for key, value in found.items() if value != values[key]}
            odd = [doubt for key, value in changed.items() for doubt in key_doubts(key, value)]
            if changed.keys() & {"weight_kg", "height_cm"} and not any(one.final for one in odd):
                odd += body_doubts(found["weight_kg"], found["height_cm"])
            return odd or [Doubt(_field_of(one, changed), one.words) for one in self.session.contradicted(**changed)]

        self._edit(RowEditor(title, fields, values, lambda found: self.session.set_fact(**found), begin, check, row=(page, 0), typed=typed))

    def _edit_complete(self, begin: str, typed: TypedRow | None = None) -> None:
        assert self.session.profile is not None
        now = self.session.profile.complete

        def commit(values: dict[str, Any]) -> None:
            for spec in COMPLETE:
                if isinstance(since := values[spec.key], PartialDate) and since.first > self.session.as_of:
                    raise ValueError(f"{spec.label}: {since} is after the day of the facts, {self.session.as_of}: expected a date on or before it")
            self.session.set_fact(
                complete=Complete(**{key: False if value is None else value for key, value in values.items()})
            )

        values = {spec.key: getattr(now, spec.key) for spec in COMPLETE}
        self._edit(RowEditor("Which lists hold everything there is", COMPLETE, values, commit, begin, row=("complete", 0), typed=typed))

    def _edit_entry(self, spec: ListSpec, place: int | None, typed: TypedRow | None = None) -> None:
        entry = None if place is None else getattr(self.session.profile, spec.key)[place]
        values = {field.key: getattr(entry, field.key) for field in spec.fields} if entry else usual_of(spec)
        title = f"New {spec.row}" if entry is None else spec.row.capitalize()

        def commit(found: dict[str, Any]) -> None:
            if all(value is None for value in found.values()):
                raise ValueError("Nothing is typed yet: fill in a field, or leave the row by Esc.")
            self.session.put_entry(spec.key, place, entry_of(spec, found))

        def check(found: dict[str, Any]) -> list[Doubt]:
            return self.session.row_doubts(spec.key, place, entry_of(spec, found))

        row = (spec.key, NEW if place is None else place)
        self._edit(RowEditor(title, spec.fields, values, commit, typed.field if typed else None, check, row=row, typed=typed))

    def _edit(self, editor: RowEditor) -> None:
        self.app.push_screen(editor, lambda done: self._changed() if done else None)

    def _changed(self, said: str = "") -> None:
        self._draw()
        self._draw_headline()
        self._said = said
        if said:
            self.matcher.toast(said)
        if not self.session.up_to_date:
            self.matcher.match_again()

    def follow(self, before: Sequence[TrialMatch]) -> None:
        """The trials were judged for the facts as they are now: say how they stand, and which of them moved."""
        self._draw_headline()
        if before and (told := moved_words(before, self.session.matches)):
            self.matcher.toast("\n".join([self._said, *told] if self._said else told))

    def _draw(self, first: bool = False) -> None:
        self.query_one(Pane).fill(lambda width: self._rows(width), first=first)

    def _draw_headline(self) -> None:
        session = self.session
        content = headline(
            session.profile,
            session.matches,
            session.as_of,
            self.today,
            session.dirty,
            "",
            self.size.width,
            self.symbols,
            every=session.funnel.total,
        )
        self.query_one("#headline", Static).update(content, layout=False)

    def _rows(self, width: int) -> list[Row]:
        profile = self.session.profile
        if profile is None:
            return []
        match self._tab:
            case "who":
                return [self._key_row("who", spec, as_shown(spec, getattr(profile, spec.key)), width) for spec in WHO]
            case "complete":
                return [self._key_row("complete", spec, as_shown(spec, getattr(profile.complete, spec.key)), width) for spec in COMPLETE]
            case "notes":
                note = (
                    Content(shown(profile.note, self.symbols, lines=True))
                    if profile.note
                    else styled("no note; Enter writes one", FAINT)
                )
                return [Row(hung(note, width), "notes:")]
        rows: list[Row] = []
        lists = TABS[self._tab][1]
        for listed in lists:
            entries: list[Entry] = getattr(profile, listed)
            rows += [Row(styled(f"{self.symbols.rule} {_HEADINGS[listed]}", FAINT))] if len(lists) > 1 else []
            rows += [
                Row(stacked([entry_line(one, width, self.symbols, self.today), *self._apart(f"{listed}:{place}", width)]), f"{listed}:{place}")
                for place, one in enumerate(entries)
            ]
            report = f"   {self.key('form.paste-labs')} takes the lines of a report" if listed == "labs" else ""
            rows.append(Row(styled(f"+ add {_article(LIST[listed].row)}{report}", FAINT), f"{listed}:new"))
        return rows

    def _key_row(self, listed: str, spec: FieldSpec, value: str, width: int) -> Row:
        said = Content(shown(value, self.symbols)) if value else styled("not recorded", FAINT)
        line = beside(Content(f"{spec.label:<24}"), said, width)
        return Row(stacked([line, *self._apart(f"{listed}:{spec.key}", width)]), f"{listed}:{spec.key}")

    def _apart(self, row: str, width: int) -> list[Content]:
        """What of the record a row does not go with, a calm line each."""
        found = [one.words for one in self.session.contradictions if row in one.rows]
        return [hung(styled(shown(words, self.symbols), "$ask"), width, "  ", "  ") for words in found]


def _field_of(one: Contradiction, changed: Mapping[str, Any]) -> str:
    """The field to go to for facts of a page that do not go together: one of those that were changed."""
    keys = [row.partition(":")[2] for row in one.rows]
    return next((key for key in keys if key in changed), next(iter(changed)))


def _article(words: str) -> str:
    return f"an {words}" if words[0] in "aeio" else f"a {words}"
