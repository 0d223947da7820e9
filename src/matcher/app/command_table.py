"""Every command of the app, declared once: the keys, the footer, the palette, the help and the file of settings all read this table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the screen, dialog or widget it belongs to, its group and title, its keys, and a sentence of help.

    `typing`: it is given while words are typed, so that no letter can be its key. `does` is its action where that is not
    named by its id.
    """

    id: str
    scope: str
    group: str
    title: str
    key: str
    help: str
    footer: bool = True
    palette: bool = True
    typing: bool = False
    does: str = ""

    @property
    def name(self) -> str:
        """Its name in the settings: the scope and the id."""
        return f"{self.scope}.{self.id}"

    @property
    def action(self) -> str:
        """The name of the action method that carries it out."""
        return self.does or self.id.replace("-", "_")


COMMANDS = (
    Command("answer", "main", "Question", "answer", "a", "Answer the question at the bottom."),
    Command("skip", "main", "Question", "skip", "k", "Leave this question for later.", footer=False),
    Command("edit-patient", "main", "Patient", "edit", "e", "Open the profile form."),
    Command("choose-patient", "main", "Patient", "patient", "p", "Choose a patient, or begin a new one."),
    Command("why-here", "main", "Trial", "why here", "h", "Why the trial stands where it does, between those above and beneath it.", footer=False),
    Command("mark", "main", "Trial", "mark", "m", "Mark the trial, with a note."),
    Command("bring-in", "main", "Trial", "import", "i", "Bring in trials from a file or a folder.", footer=False),
    Command("export", "main", "Trial", "export", "x", "Write the marked trials to a file: TOML, HTML, CSV or Markdown."),
    Command("shortlist", "main", "Trial", "shortlist", "l", "The marked trials: order, notes, export, checklists, check an old list again."),
    Command("choose-compared", "main", "Trial", "to compare", "c", "Take the trial in among those to compare, or leave it out.", footer=False),
    Command("compare", "main", "Trial", "compare", "C", "The two to four trials chosen with c, side by side.", footer=False),
    Command("browse", "main", "Trial", "library", "t", "Search all trials, read a record, type one by hand."),
    Command("who-may-fit", "main", "Trial", "patients for it", "v", "Which of the saved patients may fit the trial.", footer=False),
    Command("ward", "main", "Patient", "ward", "W", "Every saved patient with the best trials for her.", footer=False),
    Command("filter", "main", "Trial", "filter", "slash", "Type words, or facts such as phase:2 status:open place:chicago."),
    Command("filter-fields", "main", "Trial", "filters", "F", "Status, phase, standing, mark, place, order: one field each.", footer=False),
    Command("sort", "main", "Trial", "sort", "S", "By rank, open ones first, title, eligible from, undecided, sites.", footer=False),
    Command("group", "main", "Trial", "by standing", "b", "The trials under headings by their standing, or in one list.", footer=False),
    Command("places", "main", "Trial", "places", "P", "The cities and countries whose sites are counted.", footer=False),
    Command("save", "main", "Patient", "save", "s", "Save the patient's profile."),
    Command(
        "funnel",
        "main",
        "Trial",
        "all, open, possible",
        "f",
        "All trials; those open; those open and possible.",
        footer=False,
    ),
    Command("judge-again", "main", "Trial", "judge again", "r", "Judge every trial again.", footer=False),
    Command("left-out", "main", "Trial", "files left out", "exclamation_mark", "The trial files that could not be read, with the place and what is expected.", footer=False),
    Command(
        "order",
        "main",
        "Criteria",
        "order as written",
        "w",
        "Criteria as written, or grouped by what to do.",
        footer=False,
    ),
    Command("judge", "main", "Criteria", "judge", "o", "Put your verdict in place of one with a reason, confirm it, or note something."),
    Command("judge-several", "main", "Criteria", "judge several", "O", "Tick several criteria, then give them one verdict, or confirm each.", footer=False),
    Command("next-undecided", "main", "Criteria", "next undecided", "n", "The next criterion to ask about or to judge.", footer=False),
    Command("view", "main", "Criteria", "other view", "d", "The criteria; what would change this; the record.", footer=False),
    Command("changes", "main", "Criteria", "what would change this", "", "Missing facts, margins, the day a washout ends.", footer=False),
    Command("record", "main", "Criteria", "record", "", "Summary, arms, sites, related trials, source of the chosen trial.", footer=False),
    Command("edit-check", "main", "Criteria", "edit the check", "E", "What the criterion was read as, with what an edit does for this patient.", footer=False),
    Command("review", "main", "Criteria", "review queue", "Q", "All criteria of the trials in files that wait for a person.", footer=False),
    Command("log", "main", "Patient", "who changed what", "L", "The record of marks and decisions for this patient.", footer=False),
    Command("undo", "main", "Patient", "undo", "u", "Take back the last change of the facts.", footer=False),
    Command("redo", "main", "Patient", "redo", "U", "Make again what was taken back.", footer=False),
    Command("copy", "main", "Panes", "copy", "y", "Copy the criterion, its reason or the trial.", footer=False),
    Command("full-screen", "main", "Panes", "full screen", "z", "The pane alone on the whole screen; again, beside the others.", footer=False),
    Command(
        "step-back",
        "main",
        "Panes",
        "pane to the left",
        "left",
        "Go to the pane on the left.",
        footer=False,
        palette=False,
    ),
    Command(
        "step-on",
        "main",
        "Panes",
        "pane to the right",
        "right",
        "Go to the pane on the right.",
        footer=False,
        palette=False,
    ),
    Command(
        "back",
        "main",
        "Panes",
        "back",
        "escape",
        "Back to the trials; stop a running match.",
        footer=False,
        palette=False,
    ),
    Command("say-no", "ask", "Question", "no", "n", "Record “no” or “negative”.", footer=False),
    Command("say-yes", "ask", "Question", "yes", "y,p", "Record “yes” or “positive”.", footer=False),
    Command("give-date", "ask", "Question", "date", "d", "Give the day of the result first.", footer=False),
    Command(
        "give-value", "ask", "Question", "value", "enter,v", "Type the value, its unit and its date.", footer=False
    ),
    Command("leave", "ask", "Question", "back", "escape", "Back to the trials."),
    Command("next-field", "ask", "Question", "next", "tab", "The next of the fields of the answer.", footer=False, typing=True, does="turn(1)"),
    Command("previous-field", "ask", "Question", "the one before", "shift+tab", "The field of the answer before.", footer=False, typing=True, does="turn(-1)"),
    Command("edit-row", "form", "Form", "edit", "enter", "Change the row under the cursor."),
    Command("add-row", "form", "Form", "add", "a", "Add a row to this list."),
    Command(
        "delete-row",
        "form",
        "Form",
        "delete",
        "delete,backspace",
        "Delete the row; make a yes or no “not recorded”.",
    ),
    Command("paste-labs", "form", "Form", "paste lab lines", "b", "Take results from the lines of a report.", footer=False),
    Command("set-yes", "form", "Form", "yes", "y", "Record “yes” in a yes-or-no row.", footer=False),
    Command("set-no", "form", "Form", "no", "n", "Record “no” in a yes-or-no row.", footer=False),
    Command("undo", "form", "Form", "undo", "u", "Take back the last change."),
    Command("redo", "form", "Form", "redo", "U", "Make again what was taken back.", footer=False),
    Command("save", "form", "Form", "save", "s", "Save the patient's profile."),
    Command(
        "step-back", "form", "Form", "previous tab", "left", "Go to the tab on the left.", footer=False, palette=False
    ),
    Command("step-on", "form", "Form", "next tab", "right", "Go to the tab on the right.", footer=False, palette=False),
    Command("close", "form", "Form", "back", "escape", "Back to the trials."),
    Command("copy", "patients", "The list", "copy", "c", "Copy the patient under another code."),
    Command("put-away", "patients", "The list", "archive", "z", "Put the patient into the archive; from there, or from the deleted ones, back."),
    Command("delete", "patients", "The list", "delete", "d,delete", "Delete the patient; the deleted ones can be brought back."),
    Command("bring-back", "patients", "The list", "back", "u", "Bring back the patient that was deleted last."),
    Command("purge", "patients", "The list", "purge", "X", "Delete for ever, with all that came of the patient; asks for the code."),
    Command("order", "patients", "The list", "order", "o", "In the order of the codes, or those changed last first."),
    Command("next-shelf", "patients", "The list", "put away", "v", "The patients at work, those in the archive, the deleted ones."),
    Command("examples", "patients", "The list", "examples", "h", "Show or hide the made-up examples.", footer=False),
    Command("find", "library", "Trials", "search", "slash", "Type words, a \"phrase\", or the beginning of a word."),
    Command("filters", "library", "Trials", "filters", "f", "Only trials of a status, phase, condition, drug, place, age or sex."),
    Command("fitting", "library", "Trials", "for this patient", "p", "Only trials that take the age and sex of the patient in hand."),
    Command("clear-filters", "library", "Trials", "no filters", "F", "All trials that are open.", footer=False),
    Command("judge", "library", "Record", "judge", "o", "Judge the trial for the patient in hand, criterion by criterion."),
    Command("who-may-fit", "library", "Record", "patients for it", "v", "Which of the saved patients may fit the trial."),
    Command("type-trial", "library", "By hand", "new trial", "n", "Type or paste a trial; what is read is shown at once."),
    Command("retype", "library", "By hand", "edit", "e", "Change a trial that was typed by hand.", footer=False),
    Command("remove-typed", "library", "By hand", "remove", "delete,backspace", "Remove a trial that was typed by hand.", footer=False),
    Command("bring-in", "library", "Trials", "import", "i", "Bring in trials from a file or a folder.", footer=False),
    Command("copy", "library", "Record", "copy", "y", "Copy the id, the title or all the criteria.", footer=False),
    Command("full-screen", "library", "Panes", "full screen", "z", "The pane alone on the whole screen.", footer=False),
    Command("step-back", "library", "Panes", "trials", "left", "To the trials found.", footer=False, palette=False),
    Command("step-on", "library", "Panes", "record", "right", "To the record.", footer=False, palette=False),
    Command("close", "library", "Panes", "back", "escape", "Back, and at last to the patient."),
    Command("again", "fits", "Patients", "judge again", "r", "Judge every patient again."),
    Command("close", "fits", "Patients", "back", "escape", "Stop; then back."),
    Command("again", "ward", "Patients", "judge again", "r", "Judge every patient again."),
    Command("close", "ward", "Patients", "back", "escape", "Stop; then back."),
    Command("differences", "compare", "Compare", "differences", "d", "Only what the trials do not all ask alike, or everything."),
    Command("export", "compare", "Compare", "export", "x", "Write what is shown to a file: HTML or Markdown."),
    Command("close", "compare", "Compare", "back", "escape", "Back to the trials."),
    Command("move-up", "shortlist", "Shortlist", "up", "K,shift+up", "Put the trial one place further up; the order is kept."),
    Command("move-down", "shortlist", "Shortlist", "down", "J,shift+down", "Put the trial one place further down."),
    Command("mark", "shortlist", "Shortlist", "mark", "m", "Another mark or note, or no mark."),
    Command("export", "shortlist", "Shortlist", "export", "x", "Write the list to a file: TOML, HTML, CSV or Markdown."),
    Command("checklist", "shortlist", "Shortlist", "visit", "v", "Write the blank checklist of a visit: what to ask, measure, judge, confirm."),
    Command("recheck", "shortlist", "Shortlist", "re-check", "r", "Load a list that was exported as TOML, and say what changed since."),
    Command("close", "shortlist", "Shortlist", "back", "escape", "Back to the trials."),
    Command("close", "recheck", "Changes", "back", "escape", "Back to the shortlist."),
    Command("begin", "find", "Patients", "new patient", "ctrl+n", "Begin a patient under the code typed.", typing=True),
    Command("to-list", "find", "Patients", "to the list", "down", "From the line down into the patients.", palette=False, typing=True),
    Command("record", "editor", "Row", "record", "ctrl+s", "Record what is typed; Enter does so too, but in a field of many lines.", typing=True, does="accept"),
    Command("next", "choice", "Choice", "next", "right", "The next of the choices; a letter takes the next that begins with it, after a wrong letter once you paused for a second.", palette=False, typing=True, does="turn(1)"),
    Command("previous", "choice", "Choice", "the one before", "left", "The choice before.", palette=False, typing=True, does="turn(-1)"),
    Command("turn", "choice", "Choice", "next", "space", "The next of the choices.", palette=False, typing=True, does="turn(1, True)"),
    Command("clear", "choice", "Choice", "not recorded", "delete,backspace", "Not recorded.", palette=False, typing=True),
    Command("read", "paste", "Report", "read", "ctrl+s", "Read the lines of the report.", typing=True, does="take"),
    Command("tick", "results", "Results", "tick", "space", "Tick the result, or take its tick away: only those ticked are recorded."),
    Command("give-day", "results", "Results", "day", "d", "Give one day to all results that have none."),
    Command("record", "results", "Results", "record", "ctrl+s", "Record the results that are ticked; Enter does so too."),
    Command("tick", "several", "Criteria", "tick", "space", "Tick the criterion, or take its tick away."),
    Command("tick-group", "several", "Criteria", "tick the group", "g", "Tick all criteria that have the verdict of this one, or none of them."),
    Command("save", "check", "Check", "save", "enter", "Save the check as confirmed.", typing=True),
    Command("skip", "check", "Check", "later", "ctrl+n", "Leave it for later and go on in the review queue.", typing=True),
    Command("save", "typed", "By hand", "save", "ctrl+s", "Save the trial that is typed.", typing=True),
    Command("close", "text", "Text", "back", "enter", "Close the text.", palette=False),
    Command("next", "dialog", "Dialog", "next answer", "down", "The next answer, field or command, also while a line is typed.", palette=False, typing=True),
    Command("previous", "dialog", "Dialog", "answer before", "up", "The answer, field or command before.", palette=False, typing=True),
    Command("page-down", "dialog", "Dialog", "page down", "pagedown", "A page further down, also while a line is typed.", palette=False, typing=True),
    Command("page-up", "dialog", "Dialog", "page up", "pageup", "A page further up, also while a line is typed.", palette=False, typing=True),
    Command("next-field", "dialog", "Dialog", "next line", "tab", "The next line or field.", palette=False, typing=True, does="app.focus_next"),
    Command("previous-field", "dialog", "Dialog", "line before", "shift+tab", "The line or field before.", palette=False, typing=True, does="app.focus_previous"),
    Command("close", "dialog", "Dialog", "back", "escape", "Back; nothing more is recorded.", typing=True, does="dismiss(None)"),
    Command("help", "app", "App", "help", "question_mark,f1", "Show this help."),
    Command("command-palette", "app", "App", "all", "ctrl+p", "All commands, found by typing.", palette=False),
    Command("diagnostics", "app", "App", "diagnostics", "", "Versions, folders, the library, the terminal; nothing about patients.", footer=False),
    Command("settings", "app", "App", "settings", "", "Where the file of settings lies: colours, mouse, copying, keys.", footer=False),
    Command("switch-light", "app", "App", "light or dark", "", "Switch between light and dark colours.", footer=False),
    Command("quit", "app", "App", "quit", "q", "Leave; unsaved changes are asked about."),
)

# What moves in a list, with the action of the list.
LIST_KEYS = {
    "down": ("down", "The next row."),
    "up": ("up", "The row before."),
    "page-down": ("pagedown", "A page further down."),
    "page-up": ("pageup", "A page further up."),
    "first": ("home", "The first row."),
    "last": ("end", "The last row."),
    "left": ("left", "To the left."),
    "right": ("right", "To the right."),
}


__all__ = ["COMMANDS", "LIST_KEYS", "Command"]
