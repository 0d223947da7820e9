"""What becomes of a reply to the question: recorded at once, doubted, or asked further about."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any

from textual import on

from matcher.app.fields import COMPLETE, LIST, entry_of, usual_of, words_of
from matcher.app.keeping import Keeping
from matcher.app.screens.base import BaseScreen
from matcher.app.screens.dialogs import ChoiceDialog, Choices
from matcher.app.screens.editor import RowEditor
from matcher.app.symbols import shown
from matcher.app.widgets.ask_bar import AskBar
from matcher.export.text import fact_name
from matcher.matching.words import ever_asked, of_another
from matcher.model.match import AskNext
from matcher.model.verdict import Question
from matcher.session import (
    CAN_BE_ABSENT,
    Doubt,
    NeedsEntry,
    Reply,
    field_of,
    holds_some,
    row_for,
    starter,
)
from matcher.session.answers import HAS_NOW
from matcher.storage.typed_rows import NEW, TypedRow

_FIELDS = {"unit": "unit", "date": "date"}  # the fields of the question that a doubt may be about, besides its value
# No letter here is one that answers the question itself: a key held down too long must not go on to say more.
_OPEN = ("o", "open", "none since some other day: open the row and give it")
_NEVER = ("l", "never", "never in the patient's whole life, not even long ago")
# What a complete list says: of now, and of all time.
_EVERY = {
    "conditions": ("condition of any kind that the patient has now", "condition of any kind that the patient ever had"),
    "medications": ("drug of any kind that the patient takes now", "drug of any kind that the patient ever took"),
    "procedures": ("procedure of any kind that goes on now", "procedure of any kind that the patient ever had"),
    "allergies": ("allergy of any kind that the patient has now", "allergy of any kind that the patient ever had"),
    "family_history": ("disease that is in the family now", "disease that ever was in the family"),
}
_LATER = "Nothing is recorded, the question waits. On its criterion, {} puts your verdict in place of matcher's."


class Replies(Keeping, BaseScreen):
    """A screen with the question on it."""

    def __init__(self) -> None:
        super().__init__()
        self._doubted: Reply | None = None

    @on(AskBar.Typed)
    def keep_answer(self) -> None:
        """Something was typed into the question's fields."""
        self.keep_soon()

    @property
    def kept_as(self) -> str:
        """An answer."""
        return "ask"

    def typed(self) -> TypedRow | None:
        """The answer as it is typed."""
        asked, texts = self.session.question, self.query_one(AskBar).typed
        if asked is None or not texts or self.session.profile is None:
            return None
        one = asked.question
        return TypedRow(listed="ask", place=0, field="value", was={}, texts=texts, about=(one.list, one.name, one.question))

    def answer_again(self, typed: TypedRow) -> bool:
        """Ask again what was being answered when matcher was lost, its fields as they were typed; False where it is not asked any more."""
        asked = next((one.question for one in self.session.questions if typed.about == (one.question.list, one.question.name, one.question.question)), None)
        if asked is None:
            return False
        self.session.ask(asked)
        self.show_question()
        self._kept = True
        self.query_one(AskBar).put(typed.texts)
        return True

    @on(AskBar.Replied)
    def take_reply(self, message: AskBar.Replied) -> None:
        """Record the reply; where it takes a whole row, open the row."""
        question, bar = message.asked.question, self.query_one(AskBar)
        doubts = self.session.doubts(question, message.reply)
        final = any(one.final for one in doubts)
        if final or (doubts and message.reply != self._doubted):
            self._doubted = message.reply
            doubt = next(one for one in doubts if one.final == final)
            bar.say(doubt.words if final else f"{doubt.words} Enter again keeps it.", _FIELDS.get(doubt.field, "value"))
            return
        try:
            self.session.answer(question, message.reply)
        except NeedsEntry:
            self._ask_further(message.asked, message.reply)
        except ValueError as error:
            when = message.reply.date
            bar.say(words_of(error), "date" if when and when.last > self.session.as_of else "value")
        else:
            bar.taken()
            self.let_go_of_typed()
            name = f"“{question.name}”" if question.list == "answers" else fact_name(question.name)
            self.matcher.recorded(f"{name}: {message.reply.words()}")

    @abstractmethod
    def show_question(self) -> None:
        """Show the question at the bottom."""

    def _ask_further(self, asked: AskNext, reply: Reply) -> None:
        question = asked.question
        if reply.yes is not False or reply.ever or reply.since or question.list not in CAN_BE_ABSENT or field_of(question):
            self._open_row(question, reply)
            return

        profile = self.session.profile
        some = profile is not None and holds_some(profile, question)
        if some and profile is not None and (question.since is None or holds_some(profile, question, question.since)):
            self._ask_whether_all_listed(asked)
            return

        def take(found: str | None) -> None:
            if found == "never":
                self.take_reply(AskBar.Replied(asked, Reply(yes=False, ever=True)))
            elif found == "since":
                self.take_reply(AskBar.Replied(asked, Reply(yes=False, since=question.since)))
            elif found == "now":
                self.session.skip(question)  # what is still asked of it comes after the others
                self.take_reply(AskBar.Replied(asked, Reply(yes=False, since=self.session.as_of)))
            elif found is not None:
                self._open_row(question, reply)

        self.app.push_screen(
            ChoiceDialog("What does the “no” hold for?", shown(question.question, self.symbols), _no(question, self.session.as_of, some)), take
        )

    def _ask_whether_all_listed(self, asked: AskNext) -> None:
        """A "no" beside recorded entries of the same kind is an answer of its own, or says that a whole list is complete."""
        question = asked.question
        list_name = next(spec.label for spec in COMPLETE if spec.key == question.list)

        def take(found: str | None) -> None:
            if found in ("timed", "none"):
                self.session.no_other(question, ever=found == "none")
                self.matcher.recorded(f"{fact_name(question.name)}: no other than recorded")
            elif found in ("ever", "current"):
                self.session.complete_list(question.list, True if found == "ever" else "current")
                self.matcher.recorded(f"the list of {list_name} is complete: {_EVERY[question.list][found == 'ever']}")
            elif found == "just":
                self.session.skip(question)
                self.show_question()
                self.matcher.toast(_LATER.format(self.key("main.judge")))

        choices = Choices((*_no_other(question, self.session.as_of), *_all_listed(list_name, *_EVERY[question.list])))
        title = "Some of this kind are recorded already: what does the “no” say?"
        self.app.push_screen(ChoiceDialog(title, shown(question.question, self.symbols), choices), take)

    def _open_row(self, question: Question, reply: Reply) -> None:
        spec, profile = LIST.get(question.list), self.session.profile
        if spec is None or profile is None:
            self.matcher.edit_patient()
            return
        place = row_for(profile, question)
        given = {**usual_of(spec), **starter(question, reply)}
        if question.list == "conditions" and "status" not in starter(question, reply):
            given.pop("status", None)
        if place is not None:
            entry = getattr(profile, spec.key)[place]
            given = {field.key: getattr(entry, field.key) for field in spec.fields}

        def commit(found: dict[str, Any]) -> None:
            self.session.put_entry(spec.key, place, entry_of(spec, found))

        def check(found: dict[str, Any]) -> list[Doubt]:
            return self.session.row_doubts(spec.key, place, entry_of(spec, found))

        begin = "status" if place is None else field_of(question)
        editor = RowEditor(shown(question.question, self.symbols), spec.fields, given, commit, begin, check, row=(spec.key, NEW if place is None else place))
        self.app.push_screen(editor, lambda done: self.matcher.recorded(fact_name(question.name)) if done else None)


def _no(question: Question, as_of: date, some: bool) -> Choices:
    """How far a "no" may reach, the least of it first; not for ever where there was some."""
    longer = (_OPEN,) if some else (_OPEN, _NEVER)
    if question.since is None:
        now = ("w", "now", f"not now: none since {as_of}, earlier is left open")
        return Choices((now, *longer) if question.question.startswith(HAS_NOW) else longer)
    asked = "not now" if question.since == as_of else "not in the time asked about"
    return Choices((("w", "since", f"{asked}: none since {question.since}, earlier is left open"), *longer))


def _no_other(question: Question, as_of: date) -> Iterator[tuple[str, str, str]]:
    """None besides what is recorded, the least of it first."""
    if not of_another(question.question):
        yield "j", "just", "just no other of this kind: cannot be recorded, the question waits"
        return
    if question.since is not None:
        yield "w", "timed", f"no other than recorded {'now' if question.since == as_of else 'in the time asked about'}"
    yield "r", "none", f"no other than recorded{', now or at any time before' if ever_asked(question.list, question.name) else ''}"


def _all_listed(list_name: str, now: str, ever: str) -> Iterator[tuple[str, str, str]]:
    yield "c", "current", f"complete for now: every {now} is in the list of {list_name}"
    yield "e", "ever", f"complete for all time: every {ever} is in the list of {list_name}"
