"""The commands: their words and options here, their work in `matcher.commands`, loaded when one is called."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from matcher import __version__
from matcher.model.patterns import keep

_MADE_BETWEEN = 20_000  # things made before the youngest are looked through for garbage: tables that are read hold many, and none of it
_USUAL_WIDTH = 80  # where no terminal says
_PROFILE = "the patient: a path, or an id in the profile folder"
_TRIALS = "a trial file, a folder or a library, instead of your own; may be repeated"
_AS_OF = "the day time windows are measured back from, such as 2026-11-21"
_FORMAT = "for people, or for programs"
_EPILOG = "Without a command the app opens. Every verdict is to be checked against the protocol by qualified staff."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused input, 2 wrong usage."""
    _utf8()
    options = _options(arguments)
    if not options.command:
        return _app(options)
    try:
        command = _COMMANDS[options.command]
        return _loaded(f"matcher.commands.{command.module}", command.function)(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("matcher: stopped", file=sys.stderr)
        return 130
    except Exception as error:
        return _refused(error)
    finally:
        if arguments is None:
            keep()
            gc.freeze()  # the process ends: what it holds goes with it, and no garbage is looked for among that


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was typed after the command's name; argparse leaves an empty list where "--" was given as a value."""
    words = sys.argv[1:] if arguments is None else arguments
    parser = _parser(words)
    options = parser.parse_args(words)
    for name, value in vars(options).items():
        if (value == [] and name != "query") or (isinstance(value, list) and [] in value):
            parser.error(f'{name.replace("_", "-")}: expected a value, "--" is none')
    if options.command == "match" and (options.profile is None) != options.all_profiles:
        parser.error("match: expected a profile (a path, or an id in the profile folder) or --all-profiles, one of the two")
    return options


def _loaded(module: str, function: str) -> Callable[..., int]:
    """A function of a module; nothing of what that loads ever becomes garbage, so none is looked for among it."""
    # A plugin that happens to be installed beside matcher has no say in how facts are checked.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    first = module not in sys.modules
    if first:
        gc.disable()
    try:
        run: Callable[..., int] = getattr(import_module(module), function)
    finally:
        if first:
            gc.freeze()
            gc.set_threshold(_MADE_BETWEEN)
            gc.enable()
    return run


def _refused(error: Exception) -> int:
    """One line for bad input; anything else is said in one line too, and where to look is left out of a nurse's way."""
    if os.environ.get("MATCHER_DEBUG"):
        raise error
    from matcher.storage.refusal import InputError, one_line

    if isinstance(error, InputError):
        print(f"matcher: {error}", file=sys.stderr)
        return 1
    print(f"matcher: this went wrong inside the program ({type(error).__name__}: {one_line(str(error))[:200]}); "
          "nothing was written. Set MATCHER_DEBUG=1 to see where.", file=sys.stderr)
    return 1


def _utf8() -> None:
    """Let every sign be printed wherever the terminal's own encoding would refuse it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = (stream.encoding or "").casefold().replace("-", "")
            reconfigure(encoding=None if encoding == "utf8" else "utf-8" if not stream.isatty() else None, errors="replace")


def _app(options: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("matcher: the app needs a terminal; give a command instead (matcher --help lists them)", file=sys.stderr)
        return 2
    try:
        return _loaded("matcher.app.run", "run_app")()
    except Exception as error:
        return _refused(error)
    finally:
        keep()


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal: to learn that for each option argparse loads modules that pack files."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """The width of the terminal, as `shutil.get_terminal_size` finds it."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_WIDTH  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return _USUAL_WIDTH


def _parser(called: Sequence[str]) -> argparse.ArgumentParser:
    """The words and options of the commands: of the one that is `called` first, else of all, without the options of those that are not named."""
    parser = argparse.ArgumentParser(prog="matcher", description="Rank clinical trials for an anonymised patient.", epilog=_EPILOG, formatter_class=_Help)
    parser.add_argument("--version", action="version", version=f"matcher {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog=parser.prog)  # argparse would work out the name
    named = called[0] if called and called[0] in _COMMANDS else None
    for name in _COMMANDS if named is None else (named,):
        options = commands.add_parser(name, help=_COMMANDS[name].help, formatter_class=_Help)
        if name in called:
            _COMMANDS[name].options(options)
    return parser


_SORTS = ("rank", "open", "title", "eligible", "undecided", "sites")  # as in session.results, which is loaded only where it is used


def _match(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", nargs="?", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("--all-profiles", action="store_true", help="every saved patient instead, with her best trials")
    parser.add_argument("--profiles", metavar="DIR", help="the patients of another folder")
    _matched(parser)
    parser.add_argument("--top", type=_count, metavar="N", help="show the first N trials only")
    parser.add_argument("--only", metavar="LINE", help="words and facts, such as \"lupus phase:2 status:open place:chicago\"")
    parser.add_argument("--sort", choices=_SORTS, help="in another order than by rank")
    parser.add_argument("--any-condition", action="store_true", help="trials of a library that are about something else too")
    parser.add_argument("--exhaustive", action="store_true", help="judge every trial of a library in full, leaving nothing out; slow")
    parser.add_argument("--format", choices=("table", "json", "toml"), default="table", help=_FORMAT)


def _patients(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("trial", metavar="TRIAL", help="the trial's id")
    parser.add_argument("--profiles", metavar="DIR", help="the patients of another folder")
    _matched(parser)
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="csv: a screening log, one row for each patient")
    parser.add_argument("-o", "--output", metavar="FILE", help="the screening log as a .csv file")
    parser.add_argument("--over", action="store_true", help="write over a file that is there")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("trial", metavar="TRIAL", help="the trial's id")
    _matched(parser)
    parser.add_argument("--changes", action="store_true", help="only what would change its standing: missing facts, margins, days, what would have to be otherwise")
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the criterion's text")
    parser.add_argument("--kind", choices=("inclusion", "exclusion"), help="whether the criterion includes or excludes")
    parser.add_argument("--profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("--cases", metavar="FILE.jsonl", help="many at once, one JSON object a line; - reads standard input")
    parser.add_argument("--as-of", metavar="DATE", help=_AS_OF)
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)


def _read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="eligibility text, a saved page or a registry file, or - for text from standard input")
    parser.add_argument("--stats", action="store_true", help="shares by leaf kind over records (JSON lines, gzipped or not)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a saved page, a registry file, a folder or a zip; what each is, is known by its content")
    parser.add_argument("--into", metavar="LIBRARY", help="the file of another library, such as trials.db")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--no-contacts", action="store_true", help="leave out the trial staff")
    parser.add_argument("--format", choices=("table", "json"), default="table", help=_FORMAT)


def _library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("info", "check", "reread", "changes", "curate", "show", "versions", "remove"), help="what it holds; whether it is whole; read it again; what changed since a patient was matched; one trial as a file to confirm; one trial whole, of a file too; what changed from version to version of a trial; remove a trial typed by hand")
    parser.add_argument("name", nargs="?", metavar="PROFILE|TRIAL", help="for changes the patient, for the others the trial's id")
    parser.add_argument("--into", metavar="LIBRARY", help="the file of another library")
    parser.add_argument("--format", choices=("table", "json"), default="table", help=_FORMAT)


def _trials(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="words of the id, title, conditions, keywords or interventions, all of them; none lists every trial")
    parser.add_argument("--trials", action="append", metavar="PATH", help=_TRIALS)
    parser.add_argument("--format", choices=("table", "json"), default="table", help=_FORMAT)


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="WORDS", help='words, "a phrase", or the beginning of a word with *: lup*')
    parser.add_argument("--all", action="store_true", help="those that are not open to enrolment too")
    parser.add_argument("--status", action="append", metavar="STATUS", help="recruiting, completed, …; may be repeated")
    parser.add_argument("--phase", default="", metavar="N", help="1 to 4, or early phase 1")
    parser.add_argument("--type", default="", choices=("interventional", "observational", "expanded-access"))
    parser.add_argument("--sex", default="", choices=("female", "male"), help="trials that take them")
    parser.add_argument("--age", type=_years, metavar="YEARS", help="trials that take this age")
    for place in ("country", "city", "facility", "sponsor"):
        parser.add_argument(f"--{place}", default="", metavar="NAME")
    parser.add_argument("--condition", default="", metavar="NAME", help="with everything that is a kind of it")
    parser.add_argument("--drug", default="", metavar="NAME", help="a drug with its classes, or a class with its drugs")
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="trials a page")
    parser.add_argument("--page", type=_count, default=1, metavar="N")
    parser.add_argument("--trials", action="append", metavar="PATH")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _profiles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", nargs="*", default=(), metavar="PROFILE", help=f"only these; {_PROFILE}")
    parser.add_argument("--check", action="store_true", help="say what of the facts does not go together; 1 where something does not")
    parser.add_argument("--format", choices=("table", "json"), default="table", help=_FORMAT)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)


def _mark(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("trial", metavar="TRIAL", help="the trial's id")
    parser.add_argument("mark", nargs="?", choices=("shortlist", "watch", "rejected", "none"), default="shortlist", help="what to mark it (shortlist); none takes the mark away")
    parser.add_argument("--note", default="", metavar="TEXT", help="why, without anything that tells who the patient is")
    parser.add_argument("--by", default="", metavar="INITIALS", help="your initials, for the record of changes")


def _override(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("trial", metavar="TRIAL", help="the trial's id")
    parser.add_argument("criterion", metavar="CRITERION", help="the criterion's id, such as E6; several with commas between: E6,E9")
    parser.add_argument("verdict", choices=("pass", "fail", "unknown", "review", "n/a", "confirm", "note", "none"), help="your verdict; confirm: the one that counts was found to be right, or yours, which facts that changed put aside, counts again; note: only a note; none: take it back")
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason, without anything that tells who the patient is")
    parser.add_argument("--by", required=True, metavar="INITIALS", help="your initials")
    _matched(parser)


def _curate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("trial", metavar="TRIAL", help="the trial's id")
    parser.add_argument("criterion", metavar="CRITERION", help="the criterion's id, such as E6")
    parser.add_argument("wording", nargs="?", metavar="CHECK", help='the check in the wording of checks, such as "platelets < 50 ×10⁹/L"; none confirms the one there is')
    parser.add_argument("--profile", metavar="PROFILE", help="say what it does for this patient")
    parser.add_argument("--as-of", metavar="DATE", help=_AS_OF)
    parser.add_argument("--by", default="", metavar="INITIALS", help="your initials, for the record")
    parser.add_argument("--dry-run", action="store_true", help="only read it back; write nothing")


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("trial", nargs="?", metavar="TRIAL", help="one trial; without it all trials in files")
    parser.add_argument("--format", choices=("table", "json"), default="table", help=_FORMAT)


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("--format", choices=("table", "json"), default="table", help=_FORMAT)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    _matched(parser)
    parser.add_argument("--all", action="store_true", help="every trial, not only the marked ones")
    parser.add_argument("--format", choices=("toml", "html", "csv", "criteria-csv", "markdown"), help="toml, unless the ending of FILE says another")
    _written(parser)


def _checklist(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("trial", metavar="TRIAL", help="the trial's id")
    _matched(parser)
    parser.add_argument("--format", choices=("html", "markdown"), help="html, unless the ending of FILE says another")
    _written(parser)


def _written(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write; without it everything is printed")
    parser.add_argument("--over", action="store_true", help="write over a file that is there")


def _recheck(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a shortlist that was exported as TOML")
    parser.add_argument("--profile", metavar="PROFILE", help="the patient, unless found by the code in FILE")
    _matched(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", metavar="PROFILE", help=_PROFILE)
    parser.add_argument("compared", nargs="+", metavar="TRIAL", help="the trials' ids, two to four of them")
    _matched(parser)
    parser.add_argument("--differences", action="store_true", help="only what they do not all ask alike")
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)
    _written(parser)


def _matched(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trials", action="append", metavar="PATH", help=_TRIALS)
    parser.add_argument("--as-of", metavar="DATE", help=_AS_OF)


def _years(text: str) -> float:
    try:
        years = float(text)
    except ValueError:
        years = -1.0
    if not 0 <= years <= 130:
        raise argparse.ArgumentTypeError(f"expected an age in years, not {text!r}")
    return years


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of 1 or more, not {text!r}")
    return number


class _Command(NamedTuple):
    """What a command is for, where its work is, and its options."""

    help: str
    module: str
    function: str
    options: Callable[[argparse.ArgumentParser], None]


_COMMANDS = {
    "match": _Command("rank trials for one profile", "matching", "run_match", _match),
    "patients": _Command("which saved patients may fit a trial", "patients", "run_patients", _patients),
    "explain": _Command("one trial, criterion by criterion", "matching", "run_explain", _explain),
    "check": _Command("one criterion for one profile, or many cases", "checking", "run_check", _check),
    "read": _Command("eligibility text into criteria and their checks", "reading", "run_read", _read),
    "import": _Command("pages and registry files into trial records", "importing", "run_import", _import),
    "library": _Command("the library: info, check, reread, changes, curate, show, versions, remove", "library", "run_library", _library),
    "search": _Command("trials by words, condition, drug, place, phase and status", "searching", "run_search", _search),
    "trials": _Command("what the library holds", "listing", "run_trials", _trials),
    "profiles": _Command("what the profile folder holds; with --check what in it does not go together", "listing", "run_profiles", _profiles),
    "doctor": _Command("versions, folders, the library and the terminal, for whoever helps", "doctoring", "run_doctor", _doctor),
    "mark": _Command("put a nurse's mark on a trial for a profile", "marking", "run_mark", _mark),
    "compare": _Command("two to four trials side by side", "comparing", "run_compare", _compare),
    "override": _Command("put your verdict in place of one, confirm it, or take that back", "judging", "run_override", _override),
    "curate": _Command("edit or confirm the check of a criterion", "curating", "run_curate", _curate),
    "review": _Command("the criteria that no fact can decide as they are read", "curating", "run_review", _review),
    "log": _Command("who changed what for a patient", "judging", "run_log", _log),
    "export": _Command("the shortlist, marked trials or all: TOML, HTML, CSV, Markdown", "exporting", "run_export", _export),
    "checklist": _Command("a blank checklist for a visit: ask, measure, judge, confirm", "exporting", "run_checklist", _checklist),
    "recheck": _Command("what changed since a shortlist was exported", "rechecking", "run_recheck", _recheck),
}


if __name__ == "__main__":
    raise SystemExit(main())
