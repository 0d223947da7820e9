"""The question at the bottom: answered in place, and its answer moves everything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from matcher.app.commands import bindings, key_said, keys_named
from matcher.app.fields import WHO, FieldSpec
from matcher.app.parsing import parse
from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import beside, clicked, fitted, spread, styled
from matcher.app.theme import FAINT, HEADING
from matcher.app.widgets.name_input import Line
from matcher.model.dates import PartialDate
from matcher.model.match import AskNext
from matcher.session import Reply
from matcher.session.suggesting import with_unit_apart

_VALUE = FieldSpec("value", "value", "value", needed=True)
_OF_PATIENT = {spec.key: replace(spec, label="value", needed=True) for spec in WHO}
_TITLE = 50  # letters of a trial's title beside what it asks
_DATE = FieldSpec("date", "date", "date")
_CHOICES = {spec.key: spec.choices for spec in WHO if spec.kind == "choice"}


class AskBar(Vertical, can_focus=True):
    """The question to ask next with the keys that answer it."""

    BINDINGS = bindings("ask")
    FOCUS_ON_CLICK = False  # the keys named would change under the pointer, between its going down and up

    class Replied(Message):
        """The nurse replied."""

        def __init__(self, asked: AskNext, reply: Reply) -> None:
            super().__init__()
            self.asked = asked
            self.reply = reply

    class Typed(Message):
        """Something was typed into the fields."""

    class Left(Message):
        """The nurse goes back to the trials."""

    def __init__(self, symbols: Symbols, today: date, keymap: Mapping[str, str]) -> None:
        super().__init__(id="ask")
        self._symbols = symbols
        self._today = today
        self._keymap = keymap
        self._asked: AskNext | None = None
        self._answered: AskNext | None = None
        self._date: PartialDate | None = None
        self._wrong = ""
        self._in_place = True
        self._nothing = ""
        self._unit, self._trial = ("", True), ""

    def compose(self) -> ComposeResult:
        """The question, and the fields that open where a value is typed."""
        yield Static(id="ask-line")
        with Horizontal(id="ask-fields"):
            yield Line(id="ask-value", placeholder="value")
            yield Line(id="ask-unit", placeholder="unit")
            yield Line(id="ask-date", placeholder="date, if known")

    def on_mount(self) -> None:
        """What can be clicked on looks as it does."""
        self.query_one("#ask-line", Static).auto_links = False

    def show_question(self, asked: AskNext | None, in_place: bool = True, nothing: str = "", unit: tuple[str, bool] = ("", True), trial: str = "") -> None:
        """Ask this question, or say why nothing is asked; `in_place`: a typed value answers it, not a part of a row.

        `unit` is the one a value is likely typed in, and whether that is known: a guess is only a hint, to be typed. `trial` is
        what the first of the trials that ask it is called.
        """
        self._unit, self._trial = unit, trial
        self._nothing = nothing
        self._in_place = in_place
        if asked is None or self._asked is None or asked.question != self._asked.question:
            self._begin_anew()
        self._asked = asked
        if asked is not self._answered:
            self._answered = None
        self.redraw()

    def taken(self) -> None:
        """The reply was recorded: nothing is recorded once more, until the trials are judged again and something is asked anew."""
        self._answered = self._asked
        self._begin_anew()
        self.redraw()

    def say(self, wrong: str, field: str = "") -> None:
        """Say what was wrong with the reply; `field` is the one it is about: value, unit or date."""
        self._wrong = wrong
        line = self.query_one(f"#ask-{field}", Input) if field and self.has_class("-open") else None
        if line is not None and line is not self._field_in_use and line.display:
            line.select_on_focus = True  # what was wrong is typed over
            line.focus()
        self.redraw()

    def begin(self) -> None:
        """Take the reply: the keys, or at once the fields where a value has to be typed."""
        if self._typed:
            self.action_give_value()
        else:
            self.focus()

    def redraw(self) -> None:
        """Draw the question and the keys that answer it."""
        line = self.query_one("#ask-line", Static)
        width = max(20, self.size.width - 2)
        line.update(self._content(width))

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the keys while they work."""
        super().watch_has_focus(has_focus)
        if self.is_mounted:
            self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that answer this question are offered, none where it was answered; Tab stays among the fields while they are open."""
        if self._answered is not None and action in ("say_no", "say_yes", "give_date", "give_value"):
            return False
        if action == "turn":
            return self.has_class("-open")
        if action in ("say_no", "say_yes", "give_date"):
            return self._asked is not None and self._asked.question.answer in ("yesno", "posneg")
        if action == "give_value" and self._asked is not None:  # a yes or no of the patient is no value to be typed
            return (self._asked.question.list, self._asked.question.answer) != ("profile", "yesno")
        return self._asked is not None or action != "give_value"

    def action_say_no(self) -> None:
        """No, or negative."""
        self._reply(Reply(yes=False, date=self._date))

    def action_say_yes(self) -> None:
        """Yes, or positive."""
        self._reply(Reply(yes=True, date=self._date))

    def action_give_date(self) -> None:
        """Open the date field; the answer follows."""
        self.query_one("#ask-date", Input).remove_class("-unused")
        self._open("date", Input.focus)

    def action_give_value(self) -> None:
        """Open the fields for value, unit and date."""
        if self._asked is None:
            return
        if not self._in_place:
            self._reply(Reply())
            return
        unit = self.query_one("#ask-unit", Input)
        likely, known = self._unit
        unit.value = likely if known else ""
        unit.placeholder = "unit" if known else f"unit, such as {likely}"
        unit.set_class(self._asked.question.list != "labs", "-unused")
        self.query_one("#ask-date", Input).set_class(self._asked.question.list == "profile", "-unused")
        self._open("value", Input.focus)

    def action_turn(self, by: int) -> None:
        """The next of the open fields, or the one before."""
        fields = [one for one in self.query(Input) if one.display]
        at = fields.index(self._field_in_use) if self._field_in_use in fields else -by
        field = fields[(at + by) % len(fields)]
        field.select_on_focus = field.id != "ask-value"  # coming round to it, a letter does not take the place of what stands there
        field.focus()

    def action_leave(self) -> None:
        """Close the fields, or go back to the trials; what was wrong is let go of."""
        self._wrong = ""
        self.redraw()
        if self.has_class("-open"):
            self._close_fields()
            self.focus()
        else:
            self.post_message(self.Left())

    @on(Input.Changed)
    def mend(self, event: Input.Changed) -> None:
        """What was wrong before need not be so now."""
        event.stop()
        self.post_message(self.Typed())
        if self._wrong and event.input is self._field_in_use:
            self._wrong = ""
            self.redraw()

    @on(Input.Submitted)
    def take_fields(self, event: Input.Submitted) -> None:
        """Enter in any of the fields: take the value, or the date alone."""
        event.stop()
        value: Any = None
        field = "value"
        try:
            if self.has_class("-value"):
                self._take_unit()
                value = parse(self._value_spec, self.query_one("#ask-value", Input).value, self._today)
            field = "date"
            when = parse(_DATE, self.query_one("#ask-date", Input).value, self._today)
        except ValueError as error:
            self.say(str(error), field)
            return
        self._wrong = ""
        likely, known = self._unit
        if isinstance(value, Decimal) and not known and not self.query_one("#ask-unit", Input).value.strip():
            self.say(f"In which unit is it? Type it, such as {likely}.", "unit")
            return
        if value is None:
            self._date = when
            self._close_fields()
            self.focus()
            self.redraw()
        else:
            self._reply(Reply(value=value, unit=self.query_one("#ask-unit", Input).value.strip() or None, date=when))

    def _take_unit(self) -> None:
        """A unit typed behind the value goes to its own line."""
        asked, line = self._asked, self.query_one("#ask-value", Input)
        value, unit = with_unit_apart(asked.question.name, line.value) if asked and asked.question.list == "labs" else ("", "")
        if unit:
            line.value, self.query_one("#ask-unit", Input).value = value, unit

    def on_key(self, event: events.Key) -> None:
        """A digit picks one of the choices."""
        choices = self._choices
        if (
            self.has_focus
            and event.character
            and event.character.isdigit()
            and 0 < int(event.character) <= len(choices)
        ):
            event.stop()
            self._reply(Reply(value=choices[int(event.character) - 1]))

    @property
    def typed(self) -> dict[str, str]:
        """What she typed into the open fields, by their names; empty where nothing is typed."""
        texts = {str(one.id).removeprefix("ask-"): one.value for one in self.query(Input)} if self.has_class("-open") else {}
        given = {**texts, "unit": "" if texts.get("unit") == self._unit[0] else texts.get("unit", "")}
        return texts if any(given.values()) else {}

    def put(self, texts: Mapping[str, str]) -> None:
        """Open the fields with what was typed into them before."""
        self.action_give_value()
        for name, text in texts.items():
            if found := self.query(f"#ask-{name}").results(Input):
                next(found).value = text

    @property
    def _field_in_use(self) -> Input | None:
        """The field that is being typed in."""
        return next((one for one in self.query(Input) if one.has_focus), None)

    @property
    def _value_spec(self) -> FieldSpec:
        asked = self._asked.question if self._asked else None
        return _OF_PATIENT.get(asked.name, _VALUE) if asked and asked.list == "profile" else _VALUE

    @property
    def _typed(self) -> bool:
        return self._asked is not None and self._asked.question.answer not in ("yesno", "posneg") and not self._choices

    @property
    def _choices(self) -> tuple[str, ...]:
        asked = self._asked.question if self._asked else None
        return _CHOICES.get(asked.name, ()) if asked and asked.list == "profile" else ()

    def _reply(self, reply: Reply) -> None:
        if self._asked and self._answered is None:
            self.post_message(self.Replied(self._asked, reply))

    def _begin_anew(self) -> None:
        """No field is open; the keys come to the question, since in a field that is hidden they would go nowhere."""
        if self._field_in_use:
            self.focus()
        self._close_fields()
        self._date, self._wrong = None, ""

    def _open(self, which: str, go: Any) -> None:
        self.set_class(True, "-open")
        self.set_class(which == "value", "-value")
        go(self.query_one(f"#ask-{which}", Input))
        self.redraw()

    def _close_fields(self) -> None:
        self.remove_class("-open", "-value")
        for field in self.query(Input):
            field.value = ""

    def _content(self, width: int) -> Content:
        if self._asked is None:
            return styled("Ask next  ", HEADING) + styled(f"nothing: {self._nothing}", FAINT)
        words = Content(shown(self._asked.question.question, self._symbols))
        if self._asked.question.list == "answers":  # a statement may make sense beside its trial only
            words += styled(shown(f"  {self._whose(self._asked.trials)}", self._symbols), FAINT)
        if self._date:
            words += styled(f"  on {self._date}", "$ask")
        question = beside(styled("Ask next  ", HEADING), words, width)
        if self._wrong:
            wrong = styled(shown(self._wrong, self._symbols), "$excludes")
            return question + Content("\n") + beside(Content(" " * 10), wrong, width)
        if self._answered is not None:
            return question + Content("\n") + styled(f"{' ' * 10}recorded; the trials are judged again", FAINT)
        here = self.has_focus or self.has_class("-open")
        said = [clicked(f"{key_said(key)} {words}", key) for key, words in self._keys()]
        keys = (Content(" " * 10) + Content("   ").join(said)).stylize("$accent" if here else FAINT)
        effect = self._effect()
        if keys.cell_length + len(effect) >= width:  # the keys must stay whole
            effect = re.sub(r" (criteri(a|on)|trials?)\b", "", effect)
        return question + Content("\n") + spread(keys, styled(effect, FAINT), width, self._symbols.ellipsis)

    def _keys(self) -> list[tuple[str, str]]:
        """The keys that answer, each with what it does."""
        assert self._asked is not None
        if self.has_class("-open"):
            return [("enter", "record"), (self._key("ask.next-field"), "next"), (self._key("ask.leave"), "back")]
        if not self.has_focus:
            return [(self._key("main.answer"), "answer"), (self._key("main.skip"), "skip")]
        kind = self._asked.question.answer
        if self._choices:
            found = [(str(place), word) for place, word in enumerate(self._choices, 1)]
        elif kind in ("yesno", "posneg"):
            no, yes, which = ("negative", "positive", -1) if kind == "posneg" else ("no", "yes", 0)
            found = [(self._key("ask.say-no"), no), (self._key("ask.say-yes", which), yes)]
            found.append((self._key("ask.give-date"), f"date{self._symbols.ellipsis}"))
        else:
            found = [(self._key("ask.give-value"), "type the value" if self._in_place else "fill in the row")]
        return [*found, (self._key("main.skip"), "skip")]

    def _key(self, name: str, which: int = 0) -> str:
        """A key of a command as it is now: of several the first, or the last."""
        return keys_named(name, self._keymap)[which]

    def _whose(self, trials: Sequence[str]) -> str:
        more = f" and {len(trials) - 1} more" if len(trials) > 1 else ""
        return f"asked by {fitted(self._trial or trials[0], _TITLE, self._symbols.ellipsis)}{more}" if trials else ""

    def _effect(self) -> str:
        """How many criteria an answer settles, or else how many trials it bears on; and how many it could exclude."""
        assert self._asked is not None
        settles, excludes, bears = self._asked.could_settle, self._asked.could_exclude, len(self._asked.trials)
        said = f"settles {settles} criteri{'on' if settles == 1 else 'a'}" if settles else f"bears on {_trials(bears)}"
        return said + (f", could exclude {_trials(excludes)}" if excludes else "")


def _trials(number: int) -> str:
    return f"{number} trial{'' if number == 1 else 's'}"
