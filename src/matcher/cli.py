"""The commands: their words and options here, their work in `matcher.commands`, loaded when one is called."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from matcher import __version__

_EPILOG = "Without a command the app opens. Every verdict is to be checked against the protocol by qualified staff."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused input, 2 wrong usage."""
    _utf8()
    options = _options(arguments)
    if not options.command:
        return _app(options)
    module, function = _PLACES[options.command]
    try:
        return _loaded(module, function)(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("matcher: stopped", file=sys.stderr)
        return 130
    except Exception as error:
        return _refused(error)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was typed after the command's name; argparse leaves an empty list where "--" was given as a value."""
    parser = _parser()
    options = parser.parse_args(arguments)
    for name, value in vars(options).items():
        if (value == [] and name != "query") or (isinstance(value, list) and [] in value):
            parser.error(f'{name.replace("_", "-")}: expected a value, "--" is none')
    return options


def _loaded(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """The work of a command; nothing of what it loads ever becomes garbage, so none is looked for among it."""
    # A plugin that happens to be installed beside matcher has no say in how facts are checked.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    name = f"matcher.commands.{module}"
    first = name not in sys.modules
    if first:
        gc.disable()
    try:
        run: Callable[[argparse.Namespace], int] = getattr(import_module(name), function)
    finally:
        if first:
            gc.freeze()
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
    from matcher.app.run import run_app

    try:
        return int(run_app())
    except Exception as error:
        return _refused(error)


_PLACES = {
    "match": ("matching", "run_match"), "explain": ("matching", "run_explain"), "check": ("checking", "run_check"),
    "read": ("reading", "run_read"), "import": ("importing", "run_import"), "trials": ("listing", "run_trials"),
    "profiles": ("listing", "run_profiles"), "mark": ("marking", "run_mark"), "export": ("marking", "run_export"),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="matcher", description="Rank clinical trials for an anonymised patient.", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"matcher {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    match = commands.add_parser("match", help="rank trials for one profile")
    match.add_argument("profile", metavar="PROFILE", help="a path, or an id in the profile folder")
    _matched(match)
    match.add_argument("--top", type=_count, metavar="N", help="show the first N trials only")
    match.add_argument("--format", choices=("table", "json", "toml"), default="table")

    explain = commands.add_parser("explain", help="one trial, criterion by criterion")
    explain.add_argument("profile", metavar="PROFILE")
    explain.add_argument("trial", metavar="TRIAL", help="the trial's id")
    _matched(explain)
    explain.add_argument("--format", choices=("text", "json"), default="text")

    check = commands.add_parser("check", help="one criterion for one profile, or many cases")
    check.add_argument("text", nargs="?", metavar="TEXT", help="the criterion's text")
    check.add_argument("--kind", choices=("inclusion", "exclusion"))
    check.add_argument("--profile", metavar="PROFILE")
    check.add_argument("--cases", metavar="FILE.jsonl", help="one JSON object a line; - reads standard input")
    check.add_argument("--as-of", metavar="DATE")
    check.add_argument("--format", choices=("text", "json"), default="text")

    read = commands.add_parser("read", help="eligibility text into criteria and their checks")
    read.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="a text file, or - for standard input")
    read.add_argument("--stats", action="store_true", help="shares by leaf kind over records (JSON lines, gzipped or not)")
    read.add_argument("--format", choices=("text", "json"), default="text")

    imported = commands.add_parser("import", help="pages and registry files into trial records")
    imported.add_argument("paths", nargs="+", metavar="PATH")
    imported.add_argument("--into", metavar="LIBRARY", help="the folder to write records to")
    imported.add_argument("--dry-run", action="store_true", help="write nothing")
    imported.add_argument("--no-contacts", action="store_true", help="leave out the trial staff")
    imported.add_argument("--format", choices=("table", "json"), default="table")

    trials = commands.add_parser("trials", help="what the library holds")
    trials.add_argument("query", nargs="*", metavar="QUERY")
    trials.add_argument("--trials", action="append", metavar="PATH")
    trials.add_argument("--format", choices=("table", "json"), default="table")
    profiles = commands.add_parser("profiles", help="what the profile folder holds")
    profiles.add_argument("--format", choices=("table", "json"), default="table")

    mark = commands.add_parser("mark", help="put a nurse's mark on a trial for a profile")
    mark.add_argument("profile", metavar="PROFILE")
    mark.add_argument("trial", metavar="TRIAL")
    mark.add_argument("mark", nargs="?", choices=("shortlist", "watch", "rejected", "none"), default="shortlist")
    mark.add_argument("--note", default="", metavar="TEXT")

    export = commands.add_parser("export", help="the shortlist as TOML: marked trials, or all")
    export.add_argument("profile", metavar="PROFILE")
    _matched(export)
    export.add_argument("--all", action="store_true", help="every trial, not only the marked ones")
    export.add_argument("-o", "--output", metavar="FILE")
    return parser


def _matched(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trials", action="append", metavar="PATH", help="a trial file or folder; may be repeated")
    parser.add_argument("--as-of", metavar="DATE", help="the day time windows are measured back from")


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of 1 or more, not {text!r}")
    return number


if __name__ == "__main__":
    raise SystemExit(main())
