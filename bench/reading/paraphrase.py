"""Whether a criterion means the same to the reader in other words: python bench/reading/paraphrase.py [--records N] [--seed S] [--show RULE].

Criteria of registry records that are read to their end, with nothing in doubt, are said otherwise by the rules of
`paraphrases.tsv`, each of which keeps the meaning, and read again. A reading is the same; lost (something is unread or in
doubt now); or different, which is a wrong reading of the one or the other, or the same in another order. Quoted words are compared
whatever their case and spelling.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry import here, sample

from matcher.commands.stats import eligibility_text
from matcher.model.language import Ambiguous, Check, Consent, Judgement, Statement, Unread
from matcher.model.trees import children, leaves
from matcher.model.wording import wording
from matcher.reading import read_criterion, read_eligibility
from matcher.vocabulary import is_asked, load

TABLE = Path(__file__).with_name("paraphrases.tsv")
LEAST = 0.97  # of every rule, the share that is read the same
_OPEN = (Unread, Judgement, Consent)
_PIECE = re.compile(r"@([A-Z]+)")
_CHANGED = re.compile(r"\{(\d):(\w+)\}")
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MARK = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z])[.)]|[-*•])\s+")
_LONGEST = 200  # characters
_MIXED = 3  # rules at once


def _lower(text: str) -> str:
    """The text with a small initial, unless its first word is an abbreviation or a name with capitals in it."""
    first = re.split(r"[\s,;/-]", text, maxsplit=1)[0]
    return text if len(first) > 1 and first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


_CHANGES: dict[str, Callable[[str], str]] = {
    "words": lambda text: _WORDS[int(text)],
    "upper": str.upper,
    "title": lambda text: re.sub(r"(?<![\w'])[a-z](?=[a-z]{3})", lambda letter: letter[0].upper(), text),
    "lower": _lower,
    "days": lambda weeks: str(7 * int(weeks)),
    "digits": lambda text: "".join(filter(str.isdigit, text)),
    "tens": lambda text: f"{float(text) * 10:g}",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say the same: of which criteria, what is looked for and what is said instead, in the text and in its reading."""

    name: str
    kind: str
    kinds: frozenset[str]
    pattern: re.Pattern[str]
    instead: str
    read: re.Pattern[str] | None
    read_instead: str

    def said(self, text: str) -> str:
        """The text in the other words; the text itself where the rule has nothing to say."""
        return self.pattern.sub(lambda found: _filled(self.instead, found), text)

    def meant(self, check: str) -> str:
        """How the reading is worded that those other words should have."""
        return check if self.read is None else self.read.sub(lambda found: _filled(self.read_instead, found), check)


def _filled(instead: str, found: re.Match[str]) -> str:
    parts = _CHANGED.split(instead)
    filled = [found.expand(parts[0])]
    for group, change, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        filled += (_CHANGES[change](found[int(group)]), found.expand(rest))
    return "".join(filled)


def rules(table: Path = TABLE) -> Iterator[Rule]:
    """The rules of the table, in its order."""
    pieces: dict[str, str] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, *cells = line.split("\t")
        if name.startswith("@"):
            pieces[name[1:]] = _whole(cells[0], pieces)
            continue
        kind, kinds, pattern, instead, *read = cells
        yield Rule(
            name,
            kind,
            frozenset(kinds.split(",")),
            re.compile(_whole(pattern, pieces), re.IGNORECASE),
            instead.replace("\\u00a0", "\u00a0"),
            re.compile(read[0]) if read else None,
            read[1] if read else "",
        )


def _whole(pattern: str, pieces: dict[str, str]) -> str:
    return _PIECE.sub(lambda piece: pieces[piece[1]], pattern)


@dataclass(frozen=True, slots=True)
class Read:
    """A criterion that is read to its end, with the kinds of its leaves."""

    kind: str
    text: str
    check: str
    kinds: frozenset[str]


def decided(records: Iterable[str]) -> Iterator[Read]:
    """The criteria of eligibility texts that, alone on a line, are read to their end with nothing in doubt."""
    seen = set()
    for record in records:
        for one in read_eligibility([("both", record)]):
            text = _MARK.sub("", one.text.strip())
            if one.read != "full" or "\n" in text or len(text) > _LONGEST or (one.kind, text) in seen:
                continue
            seen.add((one.kind, text))
            yield from of_text(one.kind, text)


def of_text(kind: str, text: str) -> Iterator[Read]:
    """A criterion that stands alone, where it is read to its end with nothing in doubt."""
    check = read_criterion(text, kind).check
    if not is_open(check):
        yield Read(kind, text, wording(check), frozenset(type(leaf).__name__.casefold() for leaf in leaves(check)))


def is_open(check: Check) -> bool:
    """Whether something of a reading is unread, left to a person, or in doubt."""
    return _in_doubt(check) or any(isinstance(leaf, _OPEN) or (isinstance(leaf, Statement) and not is_asked(leaf.text, load())) for leaf in leaves(check))


def _in_doubt(check: Check) -> bool:
    return isinstance(check, Ambiguous) or any(map(_in_doubt, children(check)))


def cases(rule: Rule, read: Iterable[Read], most: int) -> Iterator[tuple[Read, str]]:
    """Criteria with the other words that a rule has for them, so many at most."""
    found = 0
    for one in read:
        if rule.kind in ("*", one.kind) and (rule.kinds == {"*"} or one.kinds <= rule.kinds) and rule.pattern.search(one.text):
            said = rule.said(one.text)
            if said != one.text:
                yield one, said
                found += 1
        if found == most:
            return


def mixed(every: Sequence[Rule], read: Iterable[Read], most: int, seed: int) -> Iterator[tuple[Read, str, str, str]]:
    """Criteria said otherwise by three rules one after another, with the reading they should have and the rules' names."""
    draw = random.Random(seed)
    found = 0
    for one in read:
        names: list[str] = []
        said, meant = one.text, one.check
        for rule in sorted(draw.sample(every, len(every)), key=_is_mark):
            fits = rule.kind in ("*", one.kind) and (rule.kinds == {"*"} or one.kinds <= rule.kinds) and not any(name.partition(":")[0] == rule.name.partition(":")[0] for name in names)
            again = rule.said(said) if fits else said
            if again != said:
                said, meant, names = again, rule.meant(meant), [*names, rule.name]
            if len(names) == _MIXED:
                yield one, said, meant, " + ".join(names)
                found += 1
                break
        if found == most:
            return


def _is_mark(rule: Rule) -> bool:
    """Whether a rule puts a mark before or behind the whole, so that its turn is the last."""
    return rule.name.startswith("mark:")


def likeness(one: Read, said: str, meant: str) -> tuple[str, str]:
    """Whether the other words are read the same, lost or different; and how they are read."""
    check = read_criterion(said, one.kind).check
    now = wording(check)
    if _alike(now) == _alike(meant):
        return "same", now
    return ("lost" if is_open(check) else "different"), now


def _alike(check: str) -> str:
    """A wording whose quoted words are spelt in one way."""
    check = check.casefold().replace("and / or", "or").replace("and/or", "or").replace(", or", " or").replace("-", " ")
    for written, plain in (("ae", "e"), ("oe", "e"), ("our", "or"), ("post ", "post"), ("pre ", "pre"), ("non ", "non"), ("anti ", "anti")):
        check = check.replace(written, plain)
    return re.sub(r"\b(?:one|two|three|four|five|six|seven|eight|nine)\b", lambda word: str(_WORDS.index(word[0])), check)


def main() -> int:
    """Print how often each rule's words are read the same, lost or different, and return 1 where that is too seldom."""
    options = argparse.ArgumentParser(description="Whether a criterion means the same to the reader in other words.")
    options.add_argument("--records", type=int, default=400, help="how many records to draw")
    options.add_argument("--seed", type=int, default=20261123, help="another seed draws other records")
    options.add_argument("--most", type=int, default=25, help="criteria of each rule")
    options.add_argument("--only", default="", help="rules whose name begins so")
    options.add_argument("--mixed", type=int, default=0, help="so many criteria, each said otherwise by three rules at once")
    options.add_argument("--show", action="store_true", help="print what is not read the same")
    chosen = options.parse_args()
    if not here():
        return 0
    read = list(decided(map(eligibility_text, sample(chosen.records, chosen.seed))))
    random.Random(chosen.seed).shuffle(read)
    print(f"{len(read)} criteria read to their end\n{'':<52}{'cases':>6}{'same':>8}{'lost':>6}{'different':>10}")
    kept = True
    every: Counter[str] = Counter()
    if chosen.mixed:
        return _report_mixed(list(mixed(list(rules()), read, chosen.mixed, chosen.seed)), show=chosen.show)
    for rule in rules():
        if rule.name.startswith(chosen.only):
            kept &= _report(rule, list(cases(rule, read, chosen.most)), every, show=chosen.show)
    print(f"{'all':<52}{every.total():>6}{every['same'] / max(every.total(), 1):>8.1%}{every['lost']:>6}{every['different']:>10}")
    return 0 if kept else 1


def _report_mixed(found: Sequence[tuple[Read, str, str, str]], *, show: bool) -> int:
    """Print how often several rules at once are read the same; 1 where that is too seldom."""
    counts: Counter[str] = Counter()
    for one, said, meant, names in found:
        how, now = likeness(one, said, meant)
        counts[how] += 1
        if show and how != "same":
            print(f"    {how} [{one.kind[:2]}] {one.text}\n      {said!r}\n      {meant}\n      {now}\n      {names}")
    share = counts["same"] / max(len(found), 1)
    print(f"{'three rules at once':<52}{len(found):>6}{share:>8.1%}{counts['lost']:>6}{counts['different']:>10}")
    return 0 if share >= LEAST else 1


def _report(rule: Rule, found: list[tuple[Read, str]], every: Counter[str], *, show: bool) -> bool:
    """Print one line of the table, with what is not read the same behind it; whether enough is."""
    counts: Counter[str] = Counter()
    told = []
    for one, said in found:
        how, now = likeness(one, said, rule.meant(one.check))
        counts[how] += 1
        if how != "same":
            told.append(f"    {how} [{one.kind[:2]}] {one.text}\n      {said!r}\n      {one.check}\n      {now}")
    every.update(counts)
    share = counts["same"] / max(len(found), 1)
    few = bool(found) and share < LEAST
    print(f"{rule.name:<52}{len(found):>6}{share:>8.1%}{counts['lost']:>6}{counts['different']:>10}{'  FEW' if few else ''}")
    if show and told:
        print("\n".join(told))
    return not few


if __name__ == "__main__":
    raise SystemExit(main())
