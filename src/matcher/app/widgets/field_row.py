"""One field of the row editor: label, control, and beside it the hint or what is wrong, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from matcher.app.fields import RESTATED, FieldSpec, as_shown
from matcher.app.parsing import parse
from matcher.app.text.layout import styled
from matcher.app.theme import FAINT
from matcher.app.widgets.choice import Choice
from matcher.app.widgets.name_input import Line, NameInput, TurnedLine
from matcher.intake.guard import identifiers
from matcher.session.suggesting import Suggestion, completion, is_ready, suggestions, units_offered
from matcher.session.understanding import meant_by, understood_as

_LONGEST_AGE = 3  # letters: 34, 90+
_LEAST_BESIDE = 30  # letters: words are not squeezed into less beside a field


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields of a form: no key scrolls them, since Down and Up go from field to field; the one in use stays in sight."""

    def on_mount(self) -> None:
        """A hint that appears or goes moves the fields beneath it."""
        self.watch(self, "virtual_size", self._follow)

    def on_resize(self) -> None:
        """There is less room, or more."""
        self._follow()

    def on_descendant_focus(self) -> None:
        """Another field is in use."""
        self._follow()

    def _follow(self) -> None:
        self.call_after_refresh(self._show_field)

    def _show_field(self) -> None:
        field = self.screen.focused
        if field is not None and self in field.ancestors:
            row = field.parent if isinstance(field.parent, FieldRow) else field  # with what is said beneath it
            row.scroll_visible(animate=False, immediate=True)


class FieldRow(Widget):
    """A labelled control that says what is wrong with its value when it is left.

    Label and words are drawn here, around the control: each would cost as much as the control if it were a widget.
    """

    @dataclass
    class Understood(Message):
        """What the name in the field is understood as, in words: while it is typed, where it is known, and when it is left."""

        key: str
        words: str

    def __init__(self, spec: FieldSpec, value: Any, today: date, beside: Callable[[str], str] = lambda key: "") -> None:
        super().__init__(classes=f"field -{spec.kind} {'-named' if spec.names not in ('', 'units') else ''}")
        self._beside = beside
        self.spec = spec
        self._start = as_shown(spec, value)
        self._exact = (self._start, value)
        self._today = today
        self._in_use = self._read_so_far = False
        self._wrong = self._told = self._said_of = ""
        self._drawn: list[Content] = []
        self._drawn_for: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The control."""
        match self.spec.kind:
            case "choice" | "yesno":
                yield Choice(self.spec.choices, self._start, f"field-{self.spec.key}", self.spec.empty)
            case "long":
                yield TextArea(self._start, id=f"field-{self.spec.key}", tab_behavior="focus")
            case "complete":
                yield TurnedLine(self._start, f"field-{self.spec.key}", self.spec.choices)
            case _ if self.spec.names:
                yield NameInput(self._start, self._offered, f"field-{self.spec.key}", lambda typed: completion(self.spec.names, typed))
            case _:
                yield Line(self._start, f"field-{self.spec.key}")

    def render(self) -> Content:
        """The label before the control, and behind it what is to be said of it."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the control, or as the words beside it."""
        return max(self._own_height(), len(self._lines(width)))

    @property
    def control(self) -> Input | Choice | TextArea:
        """The control that holds the value."""
        found = self._nodes[0]
        assert isinstance(found, (Input, Choice, TextArea))
        return found

    @property
    def text(self) -> str:
        """What the control holds."""
        control = self.control
        return control.text if isinstance(control, TextArea) else control.value

    @property
    def may_be_kept(self) -> bool:
        """Whether what it holds may be kept while it is typed: of an age no more than an age, since a birth date is not kept."""
        return self.spec.kind != "age" or len(self.text.strip()) <= _LONGEST_AGE

    def put(self, text: str) -> None:
        """Put another text in place of what the control holds."""
        control = self.control
        if isinstance(control, TextArea):
            control.text = text
        elif isinstance(control, Input) or text in control.choices:
            control.value = text

    def read(self) -> Any:
        """The value; ValueError says what was expected, and so does the row."""
        shown, exact = self._exact
        try:
            value = exact if exact is not None and self.text == shown else parse(self.spec, self.text, self._today)
            _refuse_identifiers(value)
        except ValueError as error:
            self.say(str(error).removeprefix(f"{self.spec.label}: "))
            raise
        self.say("")
        return value

    def say(self, wrong: str) -> None:
        """Show what is wrong beside the field, or its hint again."""
        self._said_of = self.text
        self._show(wrong=wrong)

    def on_input_changed(self) -> None:
        """What is typed is read at once: what it means takes the place of the hint, and what was wrong before is gone."""
        if not self.control.has_focus or (self._wrong and self.text == self._said_of):
            return
        meant = self._meant()
        self._read_so_far = meant is not None
        self._show(told=f"= {meant}" if meant else "")
        if isinstance(self.control, NameInput) and self.spec.names != "units" and not self.control.offers_any:
            self.post_message(self.Understood(self.spec.key, meant_by(self.spec.names, self.text)))

    def on_choice_changed(self) -> None:
        """A choice is made: nothing is wrong with it, and nothing is to be said of it."""
        if self.control.has_focus:
            self._read_so_far = bool(self.text)
            self._show()

    def on_choice_no_such(self, event: Choice.NoSuch) -> None:
        """A letter that no choice goes on with: say which there are."""
        event.stop()
        self.say(f"expected {', '.join(event.choices)}")

    def on_line_cut(self, event: Line.Cut) -> None:
        """Several lines were pasted: say that one was taken, where there is room for it here."""
        if not self._room:
            return
        event.stop()
        self.say(f"of the {event.lines} lines pasted only the first is here: give each a row of its own")

    def on_descendant_focus(self) -> None:
        """The field is in use: its hint is shown."""
        self._in_use, self._read_so_far = True, False
        self._show(self._wrong, self._told)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check the field when it is left, and show the value that was understood: "3 weeks ago" as its day."""
        self._in_use = False
        self._show(self._wrong, self._told)
        if self._wrong and not self.text.strip() and not self.spec.needed:
            self.say("")
        if self.is_attached and self.text.strip():
            try:
                value = self.read()
            except ValueError:
                return
            self._show_understood(value)
            if self.spec.names:
                self.post_message(self.Understood(self.spec.key, understood_as(self.spec.names, self.text)))

    def _meant(self) -> str | None:
        """What is typed so far as it will be shown, "" where that is no news; None where it is nothing yet."""
        try:
            value = parse(self.spec, self.text, self._today)
        except ValueError:
            return None
        meant = as_shown(self.spec, value) if self.spec.kind in RESTATED else self.text.strip()
        return None if value is None else "" if meant == self.text.strip() else meant

    def _offered(self, typed: str) -> list[Suggestion]:
        """The names that may be meant; of a unit, those of the test in the row."""
        if self.spec.names == "units":
            return units_offered(self._beside("test"), typed)
        return suggestions(self.spec.names, typed) if is_ready() else []

    def _show_understood(self, value: Any) -> None:
        control, said = self.control, self.text.strip()
        if not isinstance(control, Input) or self.spec.kind not in RESTATED or (meant := as_shown(self.spec, value)) == said:
            return
        self._exact = (meant, value)
        control.value = meant
        origin = "from a birth date that is not kept" if self.spec.kind == "age" else f"from “{said}”"
        self._show(told=origin)

    def _show(self, wrong: str = "", told: str = "") -> None:
        """Say beside the field what is wrong or what was made of what it holds; else its hint, while it is in use."""
        width, before = self.content_size.width, len(self._drawn)
        self._wrong, self._told = wrong, told
        self.refresh(layout=len(self._lines(width)) != before)

    def _lines(self, width: int) -> list[Content]:
        """The label and the words, wrapped in the room that the control leaves them."""
        asked = (width, self._wrong, self._told, self._in_use, self._read_so_far)
        if asked != self._drawn_for:
            self._drawn_for, self._drawn = asked, self._wrapped(width)
        return self._drawn

    def _wrapped(self, width: int) -> list[Content]:
        before, cells = self.control.styles.margin.left, self._room
        taken = before + cells + 1
        words = styled(self._wrong, "$excludes") if self._wrong else styled(self._told or (self.spec.hint if self._in_use and not self._read_so_far else ""), FAINT)
        labels = [line.rstrip() for line in styled(self.spec.label, FAINT).wrap(max(1, before - 1))]
        if not words.plain or not cells:  # a control as wide as there is room: what is to be said is said elsewhere
            return labels
        beside = width - taken >= min(_LEAST_BESIDE, words.cell_length)  # else beneath, where there is room for them
        at, first = (taken, 0) if beside else (before, self._own_height())
        said = [*[Content("")] * first, *(line.rstrip() for line in words.wrap(width - at))]
        return [
            label + Content(" " * (at - label.cell_length)) + line if line.plain else label
            for label, line in zip_longest(labels, said, fillvalue=Content(""))
        ]

    @property
    def _room(self) -> int:
        """How wide the control is; 0 where it takes all there is, and no words have room beside it or beneath."""
        width = self.control.styles.width
        return int(width.value) if width is not None and width.is_cells else 0

    def _own_height(self) -> int:
        own = self.control.styles.height
        return int(own.value) if own is not None and own.is_cells else 1


def _refuse_identifiers(value: Any) -> None:
    """ValueError where words could tell who the patient is: the profile would not be saved with them."""
    for text in value if isinstance(value, list) else [value]:
        for found in identifiers(text) if isinstance(text, str) else ():
            raise ValueError(f"“{found.text}” {found.advice}")
