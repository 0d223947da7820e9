"""Lists inside one line: "… any of the following: a) gout; b) stroke", "(1) gout, (2) stroke", "Chemistry: … ; …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.reading.layout.list_heads import OPENING
from matcher.reading.layout.nested import Opened, joint_of, only_names
from matcher.reading.tagging.caseless import Caseless

_GATE = pattern_of(r":[^;]*;|\(?\b(?:1|a|i)\)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SERIES = (tuple(str(n) for n in range(1, 40)), tuple("abcdefgh"), _ROMANS)
_MARK = pattern_of(r"(?:^|(?<=[\s;:,]))\(?(?P<mark>\d{1,2}|[a-h]|i{1,3}|iv|v|vi{0,3}|ix|x)\)\s*(?=\S)")
_OPENS = Caseless(r"\b(?:following|any of|one of|all of|either|both|at least|defined|include[sd]?|including|such as|criteria|as follows)\b|≥")
# Titles of what stands behind them: they ask nothing themselves.
_TITLE = Caseless(
    r"(?:(?:clinical |blood |serum |routine )?(?:chemistry|chemistries|biochemistry|hematology|haematology|laboratory|labs?|blood counts?|complete blood count|cbc|"
    r"vital signs?|coagulation|renal|hepatic|liver|kidney|cardiac|cardiovascular|pulmonary|respiratory|neurologic(?:al)?|psychiatric|metabolic|endocrine|gastrointestinal|bone marrow|"
    r"hematologic(?:al)?|hematopoietic|organ|laboratory)(?: (?:function|values?|tests?|parameters?|criteria|requirements?|status|results?|findings?))?|medical history|history|other|general|diagnosis|exclusions?|inclusions?)",
)
_LEADING = pattern_of(r"\s*(?:[-–•*]\s+|\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|v|vi)\)\s*|(?:\d{1,2}|[a-h])\.\s+)?(?:(?P<joint>and/or|and|or)\b[\s:,]*)?(?:[-–•*]\s+|\(?(?:\d{1,2}|[a-h])\)\s*)?", re.IGNORECASE)


def inline_list(text: str) -> Opened | None:
    """The list that one line holds, with the words that open it; None where it holds none that can be told apart."""
    marked = "1)" in text or "a)" in text or "i)" in text or (":" in text and ";" in text)
    if not marked or _GATE.search(text) is None:
        return (_dashed(text) if ": " in text else None) or (_counted(text) if " of" in text else None)
    cuts = _sequence(text)
    if cuts:
        head = text[: cuts[0][0]]
        places = [(end, (cuts[i + 1][0] if i + 1 < len(cuts) else len(text))) for i, (_, end) in enumerate(cuts)]
    else:
        colon = _opening_colon(text)
        if colon is None:
            return None
        head = text[:colon]
        places = _semicolons(text, colon)
    if len(places) < 2 or not _heads(head):
        return None
    members, joints = _trimmed(text, places)
    if any(not member for _, member in members):
        return None
    kept = "" if _TITLE.fullmatch(head.strip(" :-")) else head
    return Opened(kept, tuple(members), joint_of([*joints, *(member for _, member in members[:-1])]))


_NUMBER = r"(?:\d|two|three|four|five|six)(?:\s*\(\w+\))?(?:\s+or\s+more)?\s+of:?\s+"
_COUNTED = pattern_of(
    rf"(?:(?:patients?|subjects?|participants?|with|who|have|has|must|presence of|meeting|meets?)\s+)*(?:(?:at least|≥|>=|(?:a )?minimum of)\s*)?{_NUMBER}(?P<rest>(?!any|the\b|these|those|following)[^:;()]+)", re.IGNORECASE,
)
_BETWEEN = pattern_of(r"\s*(?:,\s*(?:(?:and/or|and|or)\b)?|\b(?:and/or|and|or)\b)\s*", re.IGNORECASE)
# What may be asked beside the list, and not be one of it.
_ASKED_BESIDE = Caseless(r"\b(?:age[ds]?|years?|old|male|female|men|women|able|willing|consent|ecog|karnofsky)\b")
_COUNTS = Caseless(rf"(?:at least|≥|>=|>|more than|minimum of)\s*{_NUMBER}(?!any|the\b|these|those|following)[^;.:]*(?:,|\bor\b|\band\b)", needs=("at least", "≥", ">", "more than", "minimum"))


def _counted(text: str) -> Opened | None:
    """ "At least 2 of fever, arthritis or gout": its members, where each is only a name."""
    found = _COUNTED.fullmatch(text)
    if found is None:
        return None
    cuts = [(found.start("rest"), found.start("rest")), *((cut.start(), cut.end()) for cut in _BETWEEN.finditer(text, found.start("rest")))]
    ends = [start for start, _ in cuts[1:]] + [len(text.rstrip(" ."))]
    members = tuple((start, text[start:end]) for (_, start), end in zip(cuts, ends, strict=True))
    return Opened(text[: found.start("rest")], members, "") if len(members) > 1 and all(one and only_names(one) and not _ASKED_BESIDE.search(one) for _, one in members) else None


# "Any of: gout, asthma": all on one line, and no words that may be said of several members.
_CHOSEN = pattern_of(
    r"(?:(?:patients?|subjects?|participants?|with|who|have|has|having|must|meets?|presence of)\s+)*(?P<how>any(?: one)?|(?:at least |any )?one(?: or more)?|some|all|each|none) of(?:\s+(?:the\s+)?following(?:\s+(?:conditions|criteria|diseases|diagnoses))?)?\s*:\s*(?P<rest>[^:;()\n]+)",
    re.IGNORECASE,
)
_OF_SEVERAL = Caseless(
    r"(?:within|in the (?:last|past|previous)|during|before|prior|since|that|which|who|requiring|if|unless|except\w*|other than|but|without|not|no|uncontrolled|severe|serious|unstable|active|significant|clinically|symptomatic|recent|untreated|chronic|current|newly|"
    r"history|use|treatment|systemic|oral|topical|inhaled|family|planned|suspected|known|any|other)\b"
)
_LONGEST = 5  # words of a member


def chosen_list(text: str) -> Opened | None:
    """ "Any of: gout, asthma or stroke", "none of the following: …": its members, none where each is not plainly one."""
    found = _CHOSEN.fullmatch(text.rstrip(" ."))
    if found is None:
        return None
    every = found["how"].casefold() in ("all", "each")
    cuts = [(found.start("rest"), found.start("rest")), *((cut.start(), cut.end()) for cut in _BETWEEN.finditer(text, found.start("rest"), found.end("rest")) if not every or "or" not in cut[0])]
    ends = [start for start, _ in cuts[1:]] + [found.end("rest")]
    members = tuple((start, text[start:end]) for (_, start), end in zip(cuts, ends, strict=True))
    plain = len(members) > 1 and all(one.strip() and len(one.split()) <= _LONGEST for _, one in members) and not any(_OF_SEVERAL.search(one) for _, one in members) and not _SENTENCE_ENDS.search(found["rest"])
    return Opened(f"{found['how']} of the following:", members if plain else (), "")


_SENTENCE_ENDS = pattern_of(r"\.\s")


def counts_what_follows(text: str) -> bool:
    """Whether a text asks for a number of what it lists: "at least 2 of fever, arthritis and gout"."""
    return " of" in text and _COUNTS.search(text) is not None


# What was a list of lines before its line ends were lost: "…: - A - B", "…: 1. A 2. B".
_DASH = pattern_of(r"(?<=[\s:])[-–•*]\s+(?=[^\W\d_])")
_POINT = pattern_of(r"(?:(?<=\s)|^)(?P<mark>\d{1,2}|[a-h]|i{1,3}|iv|v|vi{0,3}|ix|x)[.]\s+(?=[^\W\d_])")


def _dashed(text: str) -> Opened | None:
    """The list behind a colon whose members begin with dashes, bullets or "1. 2. 3.", "i. ii. iii."; None where they may be anything else."""
    colon = text.find(": ") + 1
    head, rest = text[:colon], text[colon:]
    cuts = [(found.start(), found.end()) for found in _DASH.finditer(rest)]
    if len({rest[start] for start, _ in cuts}) != 1 or rest[: cuts[0][0]].strip():
        points = list(_POINT.finditer(rest))
        marks = [found["mark"] for found in points]
        counted = any(marks == list(series[: len(marks)]) for series in _SERIES)
        cuts = [(found.start(), found.end()) for found in points] if counted else []
    if len(cuts) < 2 or rest[: cuts[0][0]].strip() or ":" in head[:-1]:
        return None
    places = [(colon + end, colon + (cuts[i + 1][0] if i + 1 < len(cuts) else len(rest))) for i, (_, end) in enumerate(cuts)]
    members, joints = _trimmed(text, places)
    if any(not member for _, member in members):
        return None
    kept = "" if _TITLE.fullmatch(head.strip(" :-")) else head
    return Opened(kept, tuple(members), joint_of([*joints, *(member for _, member in members[:-1])]))


def _sequence(text: str) -> list[tuple[int, int]]:
    """Where marks stand that run on from the first one: (1) (2) …, a) b) …, i) ii) …; each with its end."""
    marks = [(found["mark"], found.start(), found.end()) for found in _MARK.finditer(text)]
    best: list[tuple[int, int]] = []
    for series in _SERIES:
        found: list[tuple[int, int]] = []
        for mark, start, end in marks:
            if len(found) < len(series) and mark == series[len(found)]:
                found.append((start, end))
        if len(found) > len(best):
            best = found
    return best if len(best) > 1 else []


_DEPTH = {"(": 1, ")": -1}


def _opening_colon(text: str) -> int | None:
    """Behind the first colon outside brackets, where what stands before it opens a list or is a title."""
    depth = 0
    for i, character in enumerate(text):
        depth += _DEPTH.get(character, 0)
        if depth <= 0 and character in ";.":
            return None
        if depth <= 0 and character == ":":
            return i + 1
    return None


def _semicolons(text: str, start: int) -> list[tuple[int, int]]:
    """The stretches between semicolons outside brackets."""
    places: list[tuple[int, int]] = []
    depth = 0
    begin = start
    for i in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth <= 0 and text[i] == ";":
            places.append((begin, i))
            begin = i + 1
    if text[begin:].strip(" .;"):
        places.append((begin, len(text)))
    return places


def _heads(head: str) -> bool:
    """Whether the words before a list open it: nothing, a title, or words up to a colon."""
    said = head.strip()
    return not said or said.endswith(":") or OPENING.fullmatch(said) is not None or _OPENS.search(said) is not None


def _trimmed(text: str, places: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, str]], list[str]]:
    """Each member with its place, without the marks and joints before it; and those joints."""
    members: list[tuple[int, str]] = []
    joints: list[str] = []
    for index, (start, end) in enumerate(places):
        lead = _LEADING.match(text, start, end)
        begin = lead.end() if lead is not None else start
        if lead is not None and lead["joint"] and index:
            joints.append(lead["joint"])
        said = text[begin:end].rstrip(" ;,\t")
        members.append((begin, said))
    return members, joints
