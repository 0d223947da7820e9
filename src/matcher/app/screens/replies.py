"""What becomes of a reply to the question: recorded at once, doubted, or asked further about."""

from __future__ import annotations

from typing import Any

from textual import on

from matcher.app.fields import LIST, entry_of, usual_of, words_of
from matcher.app.screens.base import BaseScreen
from matcher.app.screens.dialogs import ChoiceDialog, Choices
from matcher.app.screens.editor import RowEditor
from matcher.app.symbols import shown
from matcher.app.widgets.ask_bar import AskBar
from matcher.model.match import AskNext
from matcher.model.verdict import Question
from matcher.session import (
    CAN_BE_ABSENT,
    Doubt,
    NeedsEntry,
    Reply,
    entry_doubts,
    field_of,
    holds_some,
    row_for,
    starter,
)

_NO = Choices(
    (
        ("n", "never", "never, at any time"),
        ("o", "open", "only for a time: open the row and say since when"),
    )
)
_ALL_LISTED = Choices(
    (
        ("e", "ever", "every one there ever was is in the list: the list is complete"),
        ("c", "current", "every one there is now is in the list"),
        ("o", "open", "leave it open"),
    )
)


class Replies(BaseScreen):
    """A screen with the question on it."""

    def __init__(self) -> None:
        super().__init__()
        self._doubted: Reply | None = None

    @on(AskBar.Replied)
    def take_reply(self, message: AskBar.Replied) -> None:
        """Record the reply; where it takes a whole row, open the row."""
        question, bar = message.asked.question, self.query_one(AskBar)
        doubts = self.session.doubts(question, message.reply)
        final = any(one.final for one in doubts)
        if final or (doubts and message.reply != self._doubted):
            self._doubted = message.reply
            words = next(one.words for one in doubts if one.final == final)
            bar.say(words if final else f"{words} Enter again keeps it.")
            return
        try:
            self.session.answer(question, message.reply)
        except NeedsEntry:
            self._ask_further(message.asked, message.reply)
        except ValueError as error:
            bar.say(words_of(error))
        else:
            self.matcher.recorded(f"{question.name}: {message.reply.words()}")

    def _ask_further(self, asked: AskNext, reply: Reply) -> None:
        question = asked.question
        if reply.yes is not False or reply.ever or question.list not in CAN_BE_ABSENT or field_of(question):
            self._open_row(question, reply)
            return

        profile = self.session.profile
        if profile is not None and holds_some(profile, question):
            self._ask_whether_all_listed(asked)
            return

        def take(found: str | None) -> None:
            if found == "never":
                self.take_reply(AskBar.Replied(asked, Reply(yes=False, ever=True)))
            elif found is not None:
                self._open_row(question, reply)

        self.app.push_screen(
            ChoiceDialog("What does the “no” hold for?", shown(question.question, self.symbols), _NO), take
        )

    def _ask_whether_all_listed(self, asked: AskNext) -> None:
        """A "no" beside recorded entries of the same kind means that the list is complete: she says how far."""
        question = asked.question

        def take(found: str | None) -> None:
            if found in ("ever", "current"):
                self.session.complete_list(question.list, True if found == "ever" else "current")
                self.matcher.recorded(f"the list of {question.list} is complete")

        title = "Some are recorded already: is that all?"
        self.app.push_screen(ChoiceDialog(title, shown(question.question, self.symbols), _ALL_LISTED), take)

    def _open_row(self, question: Question, reply: Reply) -> None:
        spec, profile = LIST.get(question.list), self.session.profile
        if spec is None or profile is None:
            self.matcher.edit_patient()
            return
        place = row_for(profile, question)
        given = {**usual_of(spec), **starter(question, reply)}
        if question.list == "conditions" and reply.yes is not False:
            given.pop("status", None)
        if place is not None:
            entry = getattr(profile, spec.key)[place]
            given = {field.key: getattr(entry, field.key) for field in spec.fields}

        def commit(found: dict[str, Any]) -> None:
            self.session.put_entry(spec.key, place, entry_of(spec, found))

        def check(found: dict[str, Any]) -> list[Doubt]:
            return entry_doubts(entry_of(spec, found), self.session.as_of)

        begin = "status" if place is None else field_of(question)
        editor = RowEditor(shown(question.question, self.symbols), spec.fields, given, commit, begin, check)
        self.app.push_screen(editor, lambda done: self.matcher.recorded(question.name) if done else None)
