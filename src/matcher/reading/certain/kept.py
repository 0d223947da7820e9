"""What can be read in words whose role in the sentence is unclear: it is shown beside the unread words and decides nothing.

The two stand as readings of one sentence. An unread reading never agrees with another, so a check kept in this way is
never certain; a nurse still sees which disease, value or treatment the words speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.model.language import (
    Age,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    FamilyHistory,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    Smoking,
    State,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.certain.governed import governed
from matcher.reading.certain.limits_kept import limits_in
from matcher.reading.certain.limits_named import named_limits
from matcher.reading.grammar.pieces import JOINTS, clean, nodes
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Stems

# Behind one of these a fact is denied, excepted, planned, another person's or only said of something else.
_BARS = frozenset((
    "not", "never", "not-history", "not-current", "must-not", "unable", "unwilling", "unless", "except", "if", "planned", "head", "restrict",
    "during", "family", "only", "but", "become", "willing", "agree", "defined", "criteria", "meets", "stable", "since",
    "allergy", "increase", "conceive", "device", "unknown", "exceptions",
))
# One of these anywhere makes the sentence a permission, or says that it counts for others.
_SILENCES = frozenset(("allowed", "family", "included"))
_PHRASE = 60  # characters: none of the phrases below is longer
_OTHERS = Caseless(
    r"\b(?:contraindicat\w*|contra-indicat\w*|risks?|prevent\w*|prophyla\w*|screen(?:ed|ing) for|"
    r"suspicio\w*|exposure|exposed|contact with|vaccin\w*|immuni[sz]\w*|candidates?|rul(?:e|ed|ing) out|clear of|free|lack\w*|unlikely|"
    r"den(?:y|ies|ied)|negative|mimic\w*|simulat\w*|similar|discontinu\w*|stop\w*|indicat\w*|resolv\w*|refus\w*|avoid\w*|"
    r"stud(?:y|ies)|trials?|protocols?|recover\w*|caus(?:e|es|ing)|likely to|induc\w+|worsen\w*|lead(?:s|ing)? to|side.effects?|knowledge|fear|awareness|interest\w*|insufficient|inadequate|inconsistent|incompatible|(?:may|might|could|can) (?:also |still |then )?(?:have|be|cause|lead|develop)|same|compar\w+|match\w*|rather than|other than|instead of|besides|apart from|fail\w*|cannot|can not|declin\w*|unwilling\w*|specimens?|tissue|samples?|availab\w*|maximum|prior to)\b",
)
_RELATIVES = (
    "son", "carer", "donor", "father", "mother", "parent", "sister", "spouse", "brother", "partner", "sibling", "daughter", "maternal", "paternal", "relative", "caregiver", "household", "offspring",
)  # fmt: skip
# One of these anywhere may mean that another person has what is named, or that it is allowed.
_SILENT = Caseless(
    r"\b(?:eligible|may not be|acceptable(?!\s+(?:methods?|forms?|birth|contracept\w*|means|effective))|permitted|prohibited|allowed|exempt\w*|famil(?:y|ial)|relatives?|siblings?|parents?|parental|mothers?|maternal\w*|fathers?|paternal\w*|partners?|spouses?|donors?|carers?|caregivers?|"
    r"offspring|brothers?|sisters?|sons?|daughters?|household|fetus\w*|fetal)\b",
    needs=(*_RELATIVES, "famil", "fetal", "fetus", "exempt", "allowed", "eligible", "permitted", "acceptable", "may not be", "prohibited"),
)
_AMOUNTS = frozenset(("quantity", "span", "multiple", "lasting"))
_SOMEBODY_ELSES = Caseless(
    r"\b(?:family history|relatives?|siblings?|parents?|parental|mothers?|maternal\w*|fathers?|paternal\w*|partners?|spouses?|donors?|carers?|caregivers?|offspring|brothers?|sisters?|sons?|daughters?|household)\b",
    needs=(*_RELATIVES, "family history"),
)
_MAY = Caseless(r"\W*(?:(?:the|all|any|some)\s+)?(?:patients?|subjects?|participants?|individuals?|women|men|they)?\s*(?:may|can|could)\b")
_PEOPLE = Caseless(r"\s+(?:patients?|subjects?|participants?|individuals?|those|women|men|children)\b")
_RELATIVE = Caseless(r"\b(?:who|that|which|whose|where|when)\b")
# Words that may stand directly behind a disease and leave it the disease that is meant.
_BEHIND = Caseless(
    r"(?:(?!related|induced|associated|derived|based|controlled)\w+ed|(?:requir|occur|involv|affect|last|caus|result|interfer|present|need|includ|start|beginn|follow|preced|limit|prevent|preclud|persist)\w*ing|by|at|in|on|of|as|after|before|despite|via|per|has|had|have|is|are|was|were|diagnosis|patients?|within|while|under|without|"
    r"symptoms|sequelae|flares?|exacerbations?|cris[ie]s|decompensation|relapses?|recurrences?|episodes?|attacks?|involvement|complications?|and|or|to|for|from|with|during|since|until|into|through|among|between|because|requir\w+)$",
)
_MODIFIED = Caseless(r"(?:documented|baseline|screening|mean|average|measured|confirmed|pre-?operative|initial|current|most|recent|latest|known|a|an|the|is|with|have|has|had|or|and|of|patients?)$")


def kept(tokens: Sequence[Token], context: Context, start: int, end: int) -> Read:
    """The unread text between two places, with the checks in it that its own words bear out."""
    whole = Unread(clean(context.text[start:end]) or "(no text)")
    found = list(_standing(tokens, context))
    found += limits_spoken_of(tokens, found, context)
    found = found or list(governed(tokens, context))
    if not found:
        return Read(whole, ((start, end),))
    return beside(Read(whole, ((start, end),)), found)


def limits_spoken_of(tokens: Sequence[Token], found: Sequence[Read], context: Context) -> list[Read]:
    """The limits in words that were not read, unless they may be another person's."""
    known = [*limits_in(tokens, found, context), *named_limits(tokens, context)]
    return known if known and not _SOMEBODY_ELSES.search(context.words(tokens)) else []


def beside(unread: Read, reads: Sequence[Read]) -> Read:
    """Unread words with checks that may be a reading of them: nothing of it is certain."""
    known = [read for read in reads if any(isinstance(leaf, DECIDED) for leaf in leaves(read.check))]
    if not known:
        return unread
    readings: list[Check] = [unread.check]
    spans = list(unread.spans)
    for read in known:
        inner = read.check.readings if isinstance(read.check, Ambiguous) else (read.check,)
        skipped = 1 if len(inner) > 1 and isinstance(inner[0], Unread) else 0
        readings += inner[skipped:] if skipped else [read.check]
        spans += read.spans[skipped:]
    return Read(Ambiguous(tuple(readings)), tuple(spans))


# Leaves that a record of facts can decide.
DECIDED = (Age, Allergy, Condition, FamilyHistory, Measurement, Medication, Participation, Procedure, Sex, Smoking, State)


def _standing(tokens: Sequence[Token], context: Context) -> Iterator[Read]:
    """The checks of the main clause, in reading order."""
    tokens = _without_permissions(tokens, context)
    tags = [token.tag for token in tokens]
    if "check" not in tags or not _BARS.isdisjoint(tags[: tags.index("check")]):
        return
    if not _SILENCES.isdisjoint(tags) or "must-not" in tags or ("excluded" in tags and not context.exclusion):
        return
    if _MAY.match(context.text, _sentence_start(context.text, tokens[0].start)):
        return
    looked = 0  # up to where nobody else was found
    heard = False  # whether it is known that nobody else is spoken of
    for i, token in enumerate(tokens):
        if token.tag in _BARS:
            return
        before = tokens[i - 1] if i else None
        if before and token.start - before.end > 2 and _RELATIVE.search(context.text[before.end : token.start]) and not all(_of_people(one) for one in tokens[:i]):
            return
        if before and before.tag == "check" and _excepts(before):
            return
        if token.tag == "check":
            if _OTHERS.search(context.text, max(tokens[0].start, looked - _PHRASE), token.start):
                return
            looked = token.start
        if token.tag == "for" and (i == 0 or tokens[i - 1].tag == "open" or _PEOPLE.match(context.text, token.end) or any(_treats(one) for one in tokens[:i])):
            return
        if token.tag == "check" and any(isinstance(node, Not) for node in nodes(token.value.check)):
            if _denies(tokens, i, context):
                yield token.value
            return
        if token.tag == "eg" and not context.exclusion and any(_of_state(one) for one in tokens[i:]):
            return
        if token.tag == "check" and _bears(tokens, i, context):
            if not heard and _SILENT.search(" ".join(one.text for one in tokens)):
                return
            heard = True
            yield token.value


_TREATMENT = Caseless(r"regimens?|therap(?:y|ies)|treatments?|surger(?:y|ies)|lines?|agents?|medications?|drugs?|operations?|procedures?|treated|test\w*")


def _excepts(token: Token) -> bool:
    """Whether a fact is read with exceptions, of which what follows may be more."""
    return any(getattr(leaf, "other_than", ()) for leaf in leaves(token.value.check))


def _treats(token: Token) -> bool:
    """Whether a token is a treatment, so that "for" behind it names what is treated."""
    if token.tag == "check":
        return any(isinstance(leaf, Medication | Procedure) for leaf in leaves(token.value.check))
    return token.tag in ("drug", "proc", "treated", "use") or _TREATMENT.fullmatch(token.text) is not None


def _sentence_start(text: str, place: int) -> int:
    """Where the sentence begins in which a place lies."""
    return max(text.rfind(". ", 0, place), text.rfind("; ", 0, place)) + 1


def _of_state(token: Token) -> bool:
    """Whether a token is a state of the patient, which "including" only allows among what is asked for."""
    return token.tag == "check" and any(isinstance(leaf, State) for leaf in leaves(token.value.check))


def _of_people(token: Token) -> bool:
    """Whether a token only says which people are meant: "women who…", "adults who…"."""
    if token.tag == "check":
        return all(isinstance(leaf, Age | Sex | State) for leaf in leaves(token.value.check))
    return token.tag in ("sex", "sex-scope", "both", "adult", "minor", "weak", *JOINTS)


def _without_permissions(tokens: Sequence[Token], context: Context) -> list[Token]:
    """The tokens without what brackets behind a fact allow: "hemoglobin ≥ 9 g/dL (transfusion allowed)"."""
    found: list[Token] = []
    group: list[Token] = []
    for token in tokens:
        if token.tag == "open" or group:
            group.append(token)
            if token.tag == "close":
                found += [] if found and _permits(group, context) else group
                group = []
        else:
            found.append(token)
    return found + ([] if found and group and _permits(group, context) else group)


def _permits(tokens: Sequence[Token], context: Context) -> bool:
    return any(token.tag in _SILENCES for token in tokens) or _SILENT.search(context.words(tokens)) is not None


def _bears(tokens: Sequence[Token], at: int, context: Context) -> bool:
    """Whether the words next to a check leave it what it says."""
    read: Read = tokens[at].value
    parts = list(leaves(read.check))
    alone = at == 0 and _told(tokens[1:2])
    if any(isinstance(part, Medication) for part in parts) and _REACTION.search(context.text, tokens[0].start, tokens[at].start):
        return False
    taken = alone or _taken(tokens[:at]) or (any(isinstance(part, Medication) for part in parts) and _used(tokens, context))
    done = alone or any(_DONE.match(token.text) for token in tokens[max(0, at - 2) : at]) or (context.exclusion and any(isinstance(part, Procedure) for part in parts) and _operated(parts, tokens, context))
    if not all(_tells(part) or (taken and isinstance(part, Medication)) or (done and isinstance(part, Procedure)) for part in parts) or any(isinstance(node, Not) or (not context.exclusion and isinstance(node, Ambiguous)) for node in nodes(read.check)):
        return False
    if at + 1 < len(tokens) and _CAUSED.match(tokens[at + 1].text) and any(isinstance(part, Medication | Procedure) for part in parts):
        return False
    if _TURNED_ROUND.search(context.text[max(0, tokens[at].start - 6) : tokens[at].start]):
        return False
    before = tokens[at - 1] if at else None
    read_end = tokens[at].end
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if any(isinstance(part, Measurement) and context.vocabulary.measure(part.term) is None and not _SCALE.search(part.term) for part in parts):
        return False
    if any(isinstance(part, Measurement | Age) for part in parts):
        return limit_stands(tokens[at], before, after)
    if before is not None and before.tag == "w" and before.text.istitle() and tokens[at].text.istitle() and tokens[0].start < before.start:
        return False
    if _counted(tokens[:at]) or context.text[read_end : read_end + 1] == "-" or context.text[tokens[at].start - 1 : tokens[at].start] == "-":
        return False
    if any(isinstance(part, Condition) and part.term in _REACTIONS for part in parts) and after is not None and after.tag not in (*JOINTS, "stop"):
        return False
    if after is None or context.text[tokens[at].end : after.start].strip(" "):
        return True
    if after.tag in (*_NUMERIC, "check", "history", "result"):
        return False
    return after.tag not in _NOUNS or _BEHIND.match(after.text) is not None


_SCALE = Caseless(r"score|scale|index|inventory|ratio")
_DONE = Caseless(r"(?:prior|previous(?:ly)?|history of|past|underwent|undergone|received)\b")
_AWAY = Caseless(r"(?:first|last|doses?|while|before|after|toxicit\w*|being|because|response|progress\w*|diagnos\w*|admitted|suitable|fail\w*|referred|target\w*)$")


def _taken(before: Sequence[Token]) -> bool:
    """Whether a word of use or of the past governs what stands behind these tokens."""
    for token in reversed(before):
        if token.tag in ("use", "treated", "history", "current"):
            return True
        if token.tag not in ("w", "degree", "route", "with", "of", "eg", "open", "other", "weak", *JOINTS) or _AWAY.match(token.text):
            return False
    return False


# Words that say that something is taken, and words with which it is not, or with which another thing is said of it.
_USE = Caseless(r"\b(?:use[ds]?|using|usage|taking|takes?|taken|receiv\w+|treat(?:ed|ments?)|therap(?:y|ies)|administ\w+|medications?|drugs?|concomitant\w*|intake|consum\w+|doses?|dosage|dosing|daily|prescri\w+)\b")
_NO_USE = Stems(
    r"allerg|sensitiv|sensib|intoleran|reaction|anaphyla|toxic|contra.?indic|induc|related|associat|resistan|refractor|respon|respond|fail|na[iï]ve|trial|stud(?:y|ies)|\btest|screen|level|assay|availab|\bneed|requir|\bplan|"
    r"unable|inabilit|\babilit|capab|willing|refus|depend|addict|abus|misus|withdraw|discontinu|\bstop|ceas|without|\bnot\b|\bno\b|\bnor\b|never|interact|compar|placebo|randomi|assign|\bwill\b|interest|suitab|candidat|eligib|knowledge|"
    r"\brisks?\b|parent|mother|\bmay\b|\bmight\b|\bif\b|unless|except|benefit|despite|indicat|appropriate|adhere|complian|adjust|chang|alter|free|wash|"
    r"interfer|receptor|measur|blood|serum|urine|sample|concentration|aside|apart|besides|schedul|equivalent|excludi|start|initiat|begin|escalat|increas|reduc|adverse|experienc|prohibit|must|should|would|could|expect|anticipat",
)
_NO_USE_EITHER = Caseless(r"(?:prior to|before) (?:first|the first)|other than|contra.indic", needs=("first", "other than", "indic"))
# An operation or a support that was not diagnosis, in words that do not say it is to come, wanted, or somebody else's.
_OPERATIONS = Caseless(r"surg|transplant|ectomy|plasty|dialysis|ventilat|pacemaker|defibrillat|implant|stent|bypass|graft|radiotherapy|irradiation|radiosurgery|brachytherapy|transfusion|intubation|ecmo|embolization|ablation|valve|fusion|arthrodesis|amputation|shunt|tracheostomy|gastrostomy|colostomy|ileostomy|dilation|resection|osteotomy|phototherapy|electroconvulsive|stimulat")
_NO_OPERATION = Stems(
    r"\bneed|requir|\bplan|schedul|candidat|unable|inabilit|\babilit|willing|refus|suitab|\bfit\b|unfit|eligib|indicat|contra.?indic|risk|possib|potential|likel|future|await|expect|anticipat|allerg|sensitiv|intoleran|trial|stud(?:y|ies)|"
    r"\btest|screen|famil|donor|partner|instead|rather|without|\bnot\b|\bno\b|\bnor\b|never|fail|complicat|\bafter\b|follow|during|because|undergoing|\bundergo\b|surgeon|\bwill\b|\bmay\b|\bif\b|unless|except|until|before|"
    r"interest|appropriate|amenab|option|decision|consider|refer|prefer|desire|want|wish|intend|must|should|would|could|can\b|cannot|conversion|emergen|urgent|elective|during|staged|simultaneous|index|second|revision|same|current|participa|prevent|interfer|limit",
)
_NO_OPERATION_EITHER = Caseless(r"due to|going to|other than|day of|contra.indic", needs=("due to", "going to", "other than", "day of", "indic"))


def _operated(parts: Sequence[Check], tokens: Sequence[Token], context: Context) -> bool:
    """Whether the words only speak of an operation or support that was or is there."""
    said = context.words(tokens)
    return all(_OPERATIONS.search(part.term) for part in parts if isinstance(part, Procedure)) and not _NO_OPERATION.stand_in(said) and _NO_OPERATION_EITHER.search(said) is None


def _used(tokens: Sequence[Token], context: Context) -> bool:
    """Whether the words only speak of taking what is named."""
    said = context.words(tokens)
    return _USE.search(said) is not None and not _NO_USE.stand_in(said) and _NO_USE_EITHER.search(said) is None


def _denies(tokens: Sequence[Token], at: int, context: Context) -> bool:
    """Whether an inclusion denies a fact at the beginning of a clause, and the words next to it leave it what it is."""
    check, after = tokens[at].value.check, tokens[at + 1] if at + 1 < len(tokens) else None
    if context.exclusion or not isinstance(check, Not) or (at and tokens[at - 1].tag not in ("colon", "close", "and")):
        return False
    inner = check.part.parts if isinstance(check.part, Any) else (check.part,)
    if not all(isinstance(part, Condition | Medication | Procedure) and not (isinstance(part, Condition) and part.term in BROAD) for part in inner):
        return False
    return after is None or (after.tag not in (*_NUMERIC, "check", "result", "restrict", "except", "exceptions", "unless", "if") and (after.tag not in _NOUNS or _BEHIND.match(after.text) is not None))


def _told(after: Sequence[Token]) -> bool:
    """Whether what stands behind a treatment that comes first only says more of it."""
    return not after or after[0].tag in ("stop", "comma", "open", "in", "within", "window", "for", "during")


def _counted(before: Sequence[Token]) -> bool:
    """Whether a number stands before a fact in its own clause: it is counted, not only named."""
    for token in reversed(before):
        if token.tag in JOINTS or token.tag == "check":
            return False
        if token.tag in _NUMERIC:
            return True
    return False


_REACTIONS = frozenset(("allergic disease", "drug allergy", "anaphylaxis", "hypersensitivity", "allergy"))
_CAUSED = Caseless(r"(?:induced|related|associated|resistant|refractory|na[iï]ve|dependen\w+|intoleran\w+|failures?|levels?|response)\b")
_REACTION = Caseless(r"allerg|hypersens|sensitiv|intoleran|reaction|anaphyla")
_TURNED_ROUND = Caseless(r"\b(?:non|anti|pre|post)[- ]$")
_NUMERIC = ("quantity", "cmp", "number", "range", "span", "time", "dose", "times")
_NOUNS = ("w", "degree", "event", "level", "drug", "cond", "proc", "measure", "allergy-noun", "score", "study", "control")


def limit_stands(token: Token, before: Token | None, after: Token | None) -> bool:
    """Whether a limit is whole: nothing before it changes what is measured, nothing behind it goes on with the limit."""
    if before is not None and before.tag not in (*JOINTS, "weak", "colon", "open") and not _MODIFIED.match(before.text):
        return False
    if not any(character.isdigit() for character in token.text) and not (isinstance(token.value.check, Measurement) and token.value.check.words):
        return False
    if after is None or after.tag in ("comma", "and", "or", "with", "at", "in", "within", "window", "open", "close", "on", "if", "unless", "by", "for", "stop"):
        return True
    return after.tag == "w" and _BEHIND.match(after.text) is not None


def _tells(part: Check) -> bool:
    """Whether a leaf says enough by itself to be the fact that the words speak of."""
    match part:
        case Medication(term) if term in BROAD:
            return False
        case Medication():
            return bool(part.phase or part.window or part.dose or part.lasting or part.stable_for)
        case Procedure():
            return part.window is not None
        case State(name):
            return name in ("pregnant", "breastfeeding")
        case Condition(term, other_than=exempts):
            return term not in BROAD and not any("following" in one.term.casefold() or one.term.casefold() in _POINTING for one in exempts)
        case Age() | Allergy() | Measurement() | Participation() | Smoking():
            return True
        case _:
            return False


# Labels that stand for any illness at all.
_POINTING = frozenset(("those", "these", "listed", "below"))
BROAD = frozenset(("concomitant medication", "medication", "disease", "neoplasm", "pain", "syndrome", "symptom", "injury", "wound", "lesion", "complication", "adverse event"))
