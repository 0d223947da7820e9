"""Eligibility text → criteria as the author laid them out: headings, bullets, numbers in one line, nested lists, notes.

No text disappears: every word of a section ends in a criterion, a note or a group; only the headings "Inclusion
Criteria" and "Exclusion Criteria" and the bullets themselves are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.bracket_lines import with_bracket_lines
from matcher.reading.layout.grouping import groups_of_parts, with_groups, with_titles_ahead
from matcher.reading.layout.headings import in_usual_words
from matcher.reading.layout.headings_of_some import (
    FOR_PEOPLE,
    names_people,
    names_some,
    with_lone_groups,
    with_rules_of_some,
)
from matcher.reading.layout.heads_with_times import timed, with_times_of_heads
from matcher.reading.layout.in_a_sentence import in_a_sentence
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.lists_in_lines import goes_on_inside
from matcher.reading.layout.methods_listed import with_methods_listed
from matcher.reading.layout.nested import TIMED
from matcher.reading.layout.nesting import gathers, nested, says_nothing
from matcher.reading.layout.or_lines import with_choices
from matcher.reading.layout.other_headings import with_plain_headings
from matcher.reading.layout.permitting import with_permissions
from matcher.reading.layout.runon import is_run_on, parted
from matcher.reading.layout.unit_heads import with_heads_marked
from matcher.reading.layout.usual_marks import ALONE, CIRCLED, SURE, with_usual_marks
from matcher.reading.tagging.caseless import Caseless

# A heading is looked for by its one certain word; what may stand before that word is looked at only there.
_HEADING_WORD = pattern_of("(?:[Ii][Nn]|[Ee][Xx])[Cc][Ll][Uu][Ss][Ii][Oo][Nn]")
_CLUSION = pattern_of("clusion")
_BEFORE_HEADING = pattern_of(r"(?:^|(?<=[\s.;:]))[ \t]*(?:[•*\-–—o]\s*)?(?:(?:key|main|major|general|principal|selected)\s+)?\Z", re.IGNORECASE)
_FURTHER = pattern_of(r"(?<=[.;:])[ \t]+(?:additional|further|other|specific)\Z", re.IGNORECASE)  # inside a line: on one of its own it is a title
_SORTS = ("key", "main", "major", "general", "principal", "selected")
_HEADING = pattern_of(
    r"(?P<kind>inclusion|exclusion)(?:\s+criteri(?:a|on|um))?(?P<of>(?:\s+(?:for|of)\s+[^:\n]{1,60}|\s*\([^()\n]{1,60}\)(?=\s*(?::|\n|$)))?)\s*(?P<mark>:|\n|$)",
    re.IGNORECASE,
)
_BULLET = pattern_of(
    rf"^(?P<indent>\s*)(?P<mark>[•●○▪■◦‣·*{ALONE}]|[-–—](?=\s)|o(?=\s)|\(?\d{{1,2}}[.)](?=\s|[A-Z(])|\(?[a-h][.)](?=\s)|\(?(?:i{{1,3}}|iv|vi{{0,3}}|ix|xi{{0,2}})[.)](?=\s)|[{CIRCLED}](?=\s*\S)|\([A-Za-zⅠ-Ⅻ]\)(?={SURE}))\s*"
)
_CIRCLED = pattern_of(f"[{CIRCLED}]")
_MARKS = frozenset(f"•●○▪■◦‣·*-–—o(abcdefghivx{ALONE}")  # a bullet that is no number begins with one of these
_NUMBERED = pattern_of(r"(?:(?<=^)|(?<=\s))\(?(?P<number>\d{1,2})[.)]\s+(?=\S)")
_NOTE = Caseless(r"^(?:NB|N\.B\.?|note|notes|please note|remark|definition)\b\s*[.:\-]?\s")
# A line cannot end a criterion on such a word: the sentence goes on in the next bullet.
_GOES_ON = frozenset(["of", "the", "a", "an", "or", "and", "with", "to", "for", "in", "by", "from", "than", "at", "on", "as", "but", "any", "other", "known", "including", "which", "that", "who", "whose", "urinary", "renal", "hepatic", "cardiac", "pulmonary", "respiratory", "neurological", "systemic", "clinical", "significant", "severe", "active", "chronic", "acute", "serious", "concomitant", "concurrent", "previous", "prior", "medical", "surgical", "abnormal", "elevated", "have", "has", "had", "been"])


def laid_out(sections: Iterable[tuple[str, str]]) -> list[Laid]:
    """The criteria of eligibility sections, each (kind, text) with kind inclusion, exclusion or both."""
    found: list[Laid] = []
    for kind, text in sections:
        old = is_run_on(text)
        parts, titles = with_titles_ahead(_by_heading(kind, in_usual_words(with_plain_headings(text))))
        again = _lost_heading(kind, parts)
        for place, ((part_kind, part), whom) in enumerate(zip(parts, groups_of_parts(parts, titles), strict=True)):
            title, _, body = part.partition(":\n")
            laid = _criteria(part_kind, body if whom or _EVERYBODY.fullmatch(title) else part, old=old)
            laid = [changed(one, doubtful=True) for one in laid] if place == again else laid
            found += [one if one.group else changed(one, group=whom) for one in laid] if whom else laid
    return with_lone_groups(found)


_BEGINS_A_LIST = pattern_of(r"\s*\(?1[.)]\s")


# Lines of what nobody is asked to be or to have.
_KEEPS_OUT = pattern_of(
    r"^\W*(?:\d{1,2}[.)]\s*)?(?:women who are |females who are |patients who are )?(?:pregnan(?:t|cy)\b[^.\n]{0,20}(?:lactat|nursing|breast)|(?:lactating|breast-?\s?feeding|nursing)\b|(?:known |severe )?(?:allerg\w+|hypersensitivity)\b|active,?\s+(?:[\w-]+\s+){0,3}infection|(?:known |evidence of )?(?:central nervous system|cns|brain) metasta|"
    r"prior treatment with\b|(?:concurrent|current)(?:ly)? (?:use|treatment|participat)|(?:history of|current) (?:drug|alcohol|substance)|inability to\b|unable to\b|unwilling|(?:uncontrolled|unstable|serious|severe)\s+\w+)",
    re.IGNORECASE | re.MULTILINE,
)


def _lost_heading(kind: str, parts: Sequence[tuple[str, str]]) -> int:
    """Which part stands under a second plain inclusion heading and counts from 1 again, where none is of exclusions: it may be theirs; -1 where none does."""
    kinds = [one for one, _ in parts]
    if kind == "both" and set(kinds) == {"inclusion"} and len(parts) > 1 and len(_KEEPS_OUT.findall(parts[-1][1])) > 1:
        return len(parts) - 1
    counted = [place for place, (_, part) in enumerate(parts) if _BEGINS_A_LIST.match(part)]
    return counted[1] if kind == "both" and set(kinds) == {"inclusion"} and len(counted) == 2 and counted[1] == len(parts) - 1 else -1


_EVERYBODY = pattern_of(r"\(?(?:(?:for|of) )?(?:(?:the|all|every|each|both|study|eligible|enrolled) )*(?:patients?|subjects?|participants?|volunteers?|individuals?|people|persons|groups|cohorts|arms|study|trial|enrol?lment|participation|entry)\)?", re.IGNORECASE)


def _by_heading(kind: str, text: str) -> list[tuple[str, str]]:
    """The parts under each "Inclusion/Exclusion Criteria" heading, wherever it stands."""
    marks = [_with_title(text, start, m) for start, m in _headings(text) if _is_heading(text, m)]
    if not marks:
        return [("inclusion" if kind == "both" else kind, text)]
    parts: list[tuple[str, str]] = []
    before = text[: marks[0][0]]
    if before.strip(" \n•*-"):
        parts.append(("inclusion" if kind == "both" else kind, before))
    for index, (_, end, found, of) in enumerate(marks):
        until = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        body = text[end:until]
        parts.append((found, f"{of.strip()}:\n{body}" if of.strip() else body))
    return parts


def _headings(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where a heading may stand, each with the place where what stands before it begins."""
    free = 0
    for word in _heading_words(text):
        found = _HEADING.match(text, word) if word >= free else None
        start = _start_of_heading(text, free, word) if found is not None else None
        if found is not None and start is not None:
            free = found.end()
            yield start, found


def _heading_words(text: str) -> list[int]:
    """Where the words inclusion and exclusion stand, in letters of any case."""
    small = text.lower()
    if len(small) != len(text):
        return [word.start() for word in _HEADING_WORD.finditer(text)]
    return [found.start() - 2 for found in _CLUSION.finditer(small) if small[max(0, found.start() - 2) : found.start()] in ("in", "ex")]


def _start_of_heading(text: str, free: int, at: int) -> int | None:
    """Where the bullet or the words before a heading begin, at `free` or later; None where it stands inside a sentence."""
    before = text[free:at].rstrip()
    sort = next((sort for sort in _SORTS if before.casefold().endswith(sort)), "")
    further = _FURTHER.search(before) if not sort else None
    before = before[: len(before) - len(sort) if further is None else further.start()].rstrip()
    before = before[:-1] if before.endswith(("•", "*", "-", "–", "—", "o", "O")) else before
    if further is not None:
        return free + len(before)
    found = _BEFORE_HEADING.search(text, free + len(before.rstrip(" \t")), at)
    return None if found is None else found.start()


def _is_heading(text: str, found: re.Match[str]) -> bool:
    """A heading has the word criteria, or stands alone on its line with a colon."""
    line_start = text.rfind("\n", 0, found.start("kind")) + 1
    before = text[line_start : found.start("kind")].strip(" \t•*-–—o")
    named = "criteri" in found[0].casefold()
    if in_a_sentence(text, found):
        return False
    if not named:
        return not before and found["mark"] == ":" and not found["of"]
    if found["mark"] == ":" or not before:
        return True
    return _title(text, found) != "" or before.casefold() in _SORTS or (_IN_CAPITALS.match(found[0]) is not None and _NO_PLACE.search(before) is None and not found["of"])


# "Key Exclusion Criteria", "Cardiac Exclusion Criteria" alone on a line; or the heading at the end of the line before its list.
_NO_PLACE = pattern_of(r"(?:[,:(]|\b(?:in|the|of|per|from|under|by|meet|meets|meeting|above|following|any|these|those|all|no|not|and|or|with|for|other|to|see|fulfil\w*|listed|as|each|both))$", re.IGNORECASE)
_TITLE = pattern_of(
    r"(?!(?:meet|no|any|see|all|other|the|these|following|must|has|have|per)\b)(?:(?:[\w/&()'’-]+ ){0,3}|(?!.*\b(?:must|should|shall|may|meet\w*|who|that|have|has|are|is|will|be|if|following|all|any|see|not|no|below|above)\b)(?:[\w/&()'’-]+ ){4,7})[\w/&()'’-]+"
    r"(?<!\bof)(?<!\bin)(?<!\bthe)(?<!\bany)(?<!\bmeet)(?<!\bmeeting)(?<!\bfollowing)(?<!\bor)(?<!\band)(?<!\bto)(?<!\bno)",
    re.IGNORECASE,
)
_IN_CAPITALS = pattern_of(r"(?:Inclusion|INCLUSION|Exclusion|EXCLUSION)\s+(?:Criteria|CRITERIA)\s*$")


def _with_title(text: str, start: int, found: re.Match[str]) -> tuple[int, int, str, str]:
    """Where a heading begins and ends, its kind, and whose it is or what it is of ("Cardiac Exclusion Criteria")."""
    title = _title(text, found)
    if not title:
        return start, found.end(), found["kind"].casefold(), found["of"]
    return text.rfind("\n", 0, found.start("kind")) + 1, found.end(), found["kind"].casefold(), f"{title}{found['of']}"


def _title(text: str, found: re.Match[str]) -> str:
    """What stands before a heading on a line of its own; "" where nothing does, or more than a title."""
    before = text[text.rfind("\n", 0, found.start("kind")) + 1 : found.start("kind")].strip().lstrip("•*-–— \t").strip()
    named = len(before) > 2 and not before[0].islower() and "criteri" in found[0].casefold() and (not found["of"] or found["of"].lstrip().startswith("(")) and before.casefold() not in _SORTS
    return before if named and _TITLE.fullmatch(before) else ""


def _criteria(kind: str, text: str, *, old: bool) -> list[Laid]:
    lines = with_heads_marked([piece for line in with_usual_marks(text.split("\n")) for piece in _numbered(line)])
    laid = _joined_lines(kind, lines)
    if old:
        laid = parted(laid)
    laid = with_groups(laid)
    laid = with_rules_of_some(with_bracket_lines(nested(laid)))
    laid = _under_headings(with_times_of_heads(laid) if kind == "exclusion" else laid)
    laid = _notes(laid)
    laid = with_choices(with_permissions(_without_marks(_broken(laid))))
    return with_methods_listed(laid) if kind == "inclusion" else laid


_MARK_ONLY = pattern_of(r"[\W\d_]*[a-zA-Z]?[\W\d_]*")


def _without_marks(laid: Sequence[Laid]) -> list[Laid]:
    """A number or letter that stands alone is no criterion: it goes to the note of the one before; a sign goes nowhere."""
    found: list[Laid] = []
    for one in laid:
        if not any(character.isalnum() for character in one.text) and not one.note:
            continue
        if found and _MARK_ONLY.fullmatch(one.text) and found[-1].kind == one.kind:
            found[-1] = changed(found[-1], note=" ".join([found[-1].note, one.group, one.note, one.text]).strip())
        else:
            found.append(one)
    return found


def _numbered(line: str) -> list[str]:
    """One line that holds "1. … 2. … 3. …" as one line for each, if the numbers run on from 1."""
    if line.isascii() and not (("1." in line or "1)" in line) and ("2." in line or "2)" in line)):
        return [line]
    wanted, cuts = 1, []
    for found in _NUMBERED.finditer(line):
        if int(found["number"]) == wanted:
            cuts.append(found.start())
            wanted += 1
    if len(cuts) < 2 or line[: cuts[0]].strip():
        return [line]
    return [line[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _joined_lines(kind: str, lines: Sequence[str]) -> list[Laid]:
    """Bulleted and numbered lines start a criterion; a line without a mark goes on with the one above where it must."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    found: list[Laid] = []
    gap, above = True, ""
    for line in lines:
        bare = line.strip()
        if not bare:
            gap = True
            continue
        bullet = _BULLET.match(line) if bare[0] in _MARKS or bare[0].isdecimal() or _CIRCLED.match(bare) else None
        text = line[bullet.end() :].strip() if bullet is not None else ""
        if found and not gap and goes_on_inside(found[-1].text, bullet["mark"] if bullet is not None else "", text):
            found[-1] = found[-1].going_on(bare)
        elif bullet is not None and text:
            found.append(Laid(kind, text, indent=len(bullet["indent"].expandtabs(4)), marked=bullet["mark"], gap=gap))
        elif found and not gap and _continues(found[-1], above, line, width):
            found[-1] = found[-1].going_on(bare)
        else:
            found.append(Laid(kind, bare, indent=len(line) - len(line.lstrip()), gap=gap))
        gap, above = False, line.rstrip()
    return found


_WRAPPED = 110  # characters: registries break longer lines, people write longer ones


def _continues(laid: Laid, above: str, line: str, width: int) -> bool:
    """Whether an unmarked line goes on with the one above: hard-wrapped text, or a bullet's second line."""
    if _heading_like(line) and not laid.text.endswith(":") and _BROKEN.search(laid.text) is not None:
        return True
    breaks_off = line.strip()[:1].islower() and not laid.text.rstrip().endswith((".", ":", ";"))
    if (_heading_like(line) and not breaks_off) or (laid.text.rstrip().endswith(":") and not laid.marked):
        return False
    full = width <= _WRAPPED and len(above) >= 0.7 * width
    inset = laid.marked and len(line) - len(line.lstrip()) > laid.indent
    if laid.text.rstrip().endswith((".", ";")) and not (full or inset):
        return False
    return line.strip()[:1].islower() or bool(inset) or (full and (bool(laid.marked) or len(above) >= 0.85 * width))


# No line ends so but one that goes on in the next: "… a higher risk of" / "Worsening disease:".
_BROKEN = pattern_of(r"\b(?:of|the|an?|with|for|by|than|from|as)\s*\Z")


def _heading_like(line: str) -> bool:
    return line.strip().endswith(":") and len(line.strip()) < 60


_CONTEXT = Caseless(r"^(?:age|sex|gender|performance status|life expectancy|menopausal status|body mass index|bmi)$")
_NOTHING = Caseless(r"^(?:not specified|none specified|not applicable|n/a|none|see (?:above|below|(?:disease|patient) characteristics|(?:biologic|endocrine) therapy|chemotherapy|radiotherapy|surgery|other)|not stated|no (?:specific |particular |other )?(?:eligibility|inclusion|exclusion|selection)(?:(?:/| and | or )(?:inclusion|exclusion))? criteria(?: (?:were |are |is |was )?(?:specified|defined|applied|given|stated|listed|provided|used))?)\.?$")
_SHORT = 40  # characters: nothing that says so little is longer
_OPENS_LIST = Caseless(r"following|any of|one of|all of|at least|defined|include|criteria|such as|either|must|have|had")


def _under_headings(laid: Sequence[Laid]) -> list[Laid]:
    """A short heading is the context of what stands under it: part of the text where it names the fact, else a note."""
    found: list[Laid] = []
    headings: list[str] = []
    used = True
    for one, after in zip(laid, [*laid[1:], None], strict=False):
        if _is_context(one, after):
            headings = [*([] if used else headings), one.text.strip()]
            used = False
            continue
        nothing = len(one.text) < _SHORT and _NOTHING.match(one.text) is not None
        if nothing and found and found[-1].kind == one.kind:
            found[-1] = changed(found[-1], note=" ".join([found[-1].note, *headings, one.text]).strip())
            headings, used = [], True
            continue
        if nothing and not found and after is not None and after.kind == one.kind:
            headings, used = [*headings, one.text], False
            continue
        last = headings[-1].removesuffix(":").strip() if headings else ""
        one = timed(one, headings)
        if any(_OF_NOBODY.match(heading) or (one.kind == "inclusion" and _AGAINST.match(heading)) for heading in headings):
            one = changed(one, doubtful=True)
        if last and _CONTEXT.match(last):
            one = changed(one, text=f"{last}: {one.text}", note=" ".join([one.note, *headings[:-1]]).strip())
            headings = []
        elif headings:
            one = changed(one, note=" ".join([one.note, *headings]).strip())
            headings = headings if one.marked else []
        used = True
        found.append(one)
    return found


# What ends somebody's part in the trial, or is asked of somebody else, is not asked of the patient; what speaks against it is not asked for.
_OF_NOBODY = Caseless(
    r"^(?:[\w/-]+ ){0,3}(?:withdrawal|discontinuation|disposal|drop-?\s?out|elimination|rejection|termination|removal|stopping|suspension|shedding|exit) (?:criteria|rules?):?$|"
    r"^(?:optional(?:ly)?|desirable|preferred|preferably|ideal(?:ly)?|recommended|nice to have)(?:,? but not (?:required|mandatory))?(?: (?:criteria|requirements?|characteristics|candidates?(?: (?:will|would|should) (?:have|be))?|patients?|participants?))?:?$|"
    r"^(?:randomi[sz]ation )?stratification(?: (?:factors?|variables?|criteria|parameters?))?:?$|^(?:stratified|strata) (?:by|for|according to):?$|"
    r"^.{0,30}\bdelet(?:e|ed|es|ing) the following\b[^:]{0,40}:$|"
    r"^(?:donor|recipient|clinician|caregiver|carer|parent|partner|sibling|provider|physician|staff|relative|mother|father)(?:'?s'?)? (?:(?:eligibility|selection|entry|enroll?ment) )?criteria:?$",
    needs=("criteria", " the following", "rule", "optional", "desirable", "prefer", "ideal", "recommended", "nice", "strat"),
)
_AGAINST = Caseless(r"^(?:[\w/-]+ ){0,2}contra-?indications?(?: (?:to|for) [^:]{1,40})?:$")


# A heading that only says that what is under it is to be met: "Eligibility criteria:".
_OF_CRITERIA = Caseless(r"(?:[\w/-]+ ){0,2}(?:entry|eligibility|selection|enroll?ment|registration|activation|admission|recruitment|participation|study|general|other|additional|specific) criteria:")
_REFUSED = Caseless(r"\b(?:exclu\w+|ineligib\w+|not (?:be )?(?:eligible|included|enrolled|allowed|accepted))\b")


def _is_context(one: Laid, after: Laid | None) -> bool:
    """Whether a line is a short heading over the next one, and opens no list whose members belong together."""
    title = one.text.rstrip()
    if after is not None and (after.kind, after.group) == (one.kind, one.group) and not one.marked and after.marked and (FOR_PEOPLE.match(title) or names_people(title) or TIMED.match(title)):
        return True
    if not title.endswith(":") or after is None or after.kind != one.kind or after.group != one.group:
        return False
    if names_some(title) or says_nothing(title, one.kind) or _OF_CRITERIA.fullmatch(title) or _OF_NOBODY.match(title):
        return True
    return len(title.split()) <= 6 and not (one.kind == "inclusion" and _REFUSED.search(title)) and not _OPENS_LIST.search(title) and not gathers(title, one.kind)


# Lines that say of the criteria that there may be more, or where to read more, and ask nothing themselves.
_OF_THE_LIST = Caseless(
    r"\W*(?:(?:(?:any|other|additional|further|more|more detailed|protocol|study|the|general|specific|and|or|all|please|note|that|may|be)[ -])*(?:protocol|study)?[ -]?(?:defined|specified|specific|related)?\s*(?:inclusion|exclusion|eligibility|entry|inclusion\s*(?:/|and|or|and/or)\s*exclusion)?\s*"
    r"criteri(?:a|on)\s+(?:may|might|could|can|will|would|also)?\s*(?:also\s+)?(?:have\s+)?appl(?:y|ies|ied)(?: to (?:the|this) (?:study|trial))?|"
    r"for (?:more|further|additional|full|complete) (?:information|details)\b[^.]{0,120}\b(?:visit|see|contact|refer|go)\b.*|"
    r"the above information is not intended to contain .*considerations.*|there (?:are|may be) (?:other|additional|more|further) (?:inclusion|exclusion|eligibility)?\s*criteria.{0,60})\W*",
    needs=("appl", "information", "detail", "criteria"),
)


def _notes(laid: Sequence[Laid]) -> list[Laid]:
    """ "NB" and "Note" lines belong to the criterion above, as does what only speaks of the list."""
    found: list[Laid] = []
    for one in laid:
        if found and found[-1].kind == one.kind and (_NOTE.match(one.text) or _OF_THE_LIST.fullmatch(one.text)):
            found[-1] = changed(found[-1], note=f"{found[-1].note} {one.text}".strip())
        else:
            found.append(one)
    return found


def _broken(laid: Sequence[Laid]) -> list[Laid]:
    """One sentence broken over two bullets is one criterion."""
    found: list[Laid] = []
    for one in laid:
        above = found[-1] if found else None
        if above is not None and above.kind == one.kind and above.group == one.group and _goes_on(above.text, one.text):
            found[-1] = changed(above, text=f"{above.text} {one.text}", note=f"{above.note} {one.note}".strip())
        else:
            found.append(one)
    return found


_LAST_WORD = pattern_of(r"(?<![\w'-])[^\W\d_]+\Z")


# "…; or," at the end of a line: the next one is the other choice.
_ENDS_IN_OR = Caseless(r"[,;\s]\s*(?:and/or|or)\s*[,;:]+$|[,;]\s*(?:and/or|or)$")

_OR = frozenset(("or", "Or", "oR", "OR"))


def _goes_on(above: str, below: str) -> bool:
    if above.rstrip().rstrip(",;:").rstrip()[-2:] in _OR and _ENDS_IN_OR.search(above):
        return True
    if below.startswith(("or ", "OR ", "and/or ", "AND/OR ")) and above.strip():
        return True
    last = above.rsplit(None, 1)[-1] if above.strip() else ""
    if last.endswith(","):
        return below[:1].islower()
    found = _LAST_WORD.search(last)
    word = found[0] if found else ""
    # "OR" joins two criteria as "or" does; a single capital is a name ("vitamin A").
    return word.casefold() in _GOES_ON and (word.islower() or word in ("OR", "AND"))
