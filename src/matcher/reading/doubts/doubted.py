"""Wordings whose joints leave open what belongs together: their reading stands beside the whole text, and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    Smoking,
    State,
    Statement,
    Unread,
    When,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import beside
from matcher.reading.doubts.another_day import of_another_day
from matcher.reading.doubts.denied_ahead import denied_by_words_ahead
from matcher.reading.doubts.diagnosed_within import of_the_diagnosis
from matcher.reading.doubts.doubted_words import changes, of_either_kidney_value, time_behind_a_class, wrongly_asked
from matcher.reading.doubts.examined import with_examinations
from matcher.reading.doubts.for_those import for_those
from matcher.reading.doubts.less_than_said import asked_of_some, less_perhaps
from matcher.reading.doubts.needing import with_what_they_need
from matcher.reading.doubts.one_of_them import joined_at_the_end
from matcher.reading.doubts.operations import of_operations, on_occasion
from matcher.reading.doubts.organ_cancers import by_its_grade, of_its_organ
from matcher.reading.doubts.other_members import beyond_their_dose
from matcher.reading.doubts.outside_ranges import with_all_outside
from matcher.reading.doubts.ranged_times import with_ranged_times
from matcher.reading.doubts.receptor_limits import with_receptor_limits
from matcher.reading.doubts.scopes_told import with_scopes
from matcher.reading.doubts.settings_shared import with_shared_settings
from matcher.reading.doubts.taken_for_another import perhaps_another
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary

# No word ends in one of these, so that the edge before it need not be asked for.
# "Type 2 diabetes that is or was treated": the "or" stands within a relative clause.
_DANGLING = Caseless(r"(?:that|which)\s+(?:is|are|was|were|has|have|had)(?:\s+been)?\s+(?:and/or|or|and)\b", needs=("that", "which"))
_DANGLING_END = Caseless(r"(?:that|which)\s+(?:is|are|was|were|has|have|had)(?:\s+been)?(?:\s+(?:and/or|or|and))?\W*$", needs=("that", "which"))
# "Active or history of clinically significant X": the judgement may be said of both.
_OF_BOTH = Caseless(r"\b(?:active|current|ongoing|present)\s+(?:and/or|or|and)\s+(?:an?\s+|any\s+)?(?:(?:prior|past|previous)\s+)?history of\s+(?:any\s+)?(?:clinically\s+|medically\s+)?(?:significant|relevant|important|meaningful)\b", needs=("history of",))
# A time in words that were not read: "are using herbs with such effects within a month".
_TIMED = Caseless(r"\b(?:within|in the (?:last|past|previous)|from|during the (?:last|past|previous))\b[^.;]{0,60}\b(?:hours?|days?|weeks?|months?|years?)\b", needs=("from", "within", "in the ", "during the "))
_NOW = Caseless(r"(?<!received )\b(?:current\w*|now|ongoing|concomitant\w*|concurrent\w*|at present)\b")
# "ST segment elevation or depression": no mood.
_OF_THE_HEART = Caseless(r"\bst(?:[ -]segment)?[ -](?:elevations?|changes?)\s*(?:and/or|or|and|/)\s*depression", needs=("depression",))
# "Women who are or could become pregnant": not all women.
_WHO_OR = Caseless(r"who\s+(?:is|are|was|were|has|have|had)(?:\s+been)?\s+(?:and/or|or)\b", needs=("who",))
_WERE_SMOKERS = Caseless(r"\bwere\s+(?:\w+\s+){0,2}smokers\b", needs=("smokers",))
_RECEIVE = Caseless(r"\breceives?\b", needs=("receive",))
# "Cancer therapy including investigational agents": those for cancer, not any.
_TRIED = Caseless(r"\b(?:anti-?\s?(?:cancer|tumou?r|neoplastic)|antineoplastic|cancer|chemo\w*|radio\w*|biologic\w*|immuno?\w*|hormon\w*)\b[^.;]{0,40}\bincluding\b[^.;]{0,30}\b(?:investigational|experimental)\b", needs=("including",))
# "Liver disease other than Gilbert syndrome with normal ALT": the value is that of what is excepted.
_EXCEPTED_WITH = Caseless(r"\b(?:other than|except(?: for)?|excluding)\s[^,.;()]{3,60}\swith\s", needs=("other than", "except", "excluding"))
# "Pneumonia with a new infection or requiring ventilation": the "or" stands in words that were not read.
_OR_REQUIRING = Caseless(r"\bor\s+(?:requir|need|receiv)\w*", needs=("requir", "need", "receiv"))
_STAGED = Caseless(r"\bstages?\b")


def with_doubts(read: Read, text: str, kind: str, vocabulary: Vocabulary) -> Read:
    """A reading, in doubt where the words may go together in another way."""
    facts = [leaf for leaf in leaves(read.check) if not isinstance(leaf, Unread)]
    if not facts:
        return read
    if any(isinstance(leaf, Condition) and leaf.states for leaf in facts):
        read = rewritten(read, lambda leaf: of_its_organ(leaf, vocabulary))
        facts = [leaf for leaf in leaves(read.check) if not isinstance(leaf, Unread)]
    if any(isinstance(leaf, Condition) and leaf.stages for leaf in facts) and "grade" in text.casefold():
        read = rewritten(read, lambda leaf: by_its_grade(leaf, text, vocabulary))
    other = of_either_kidney_value(read.check) or joined_at_the_end(read.check) if kind == "inclusion" else None
    if other is not None:
        return Read(Ambiguous((read.check, other)), read.spans * 2)
    kinds = {leaf.__class__ for leaf in facts}
    if kind == "exclusion" and not kinds.isdisjoint(_IN_TIME) and _TIMED.search(text) and _is_going_on(facts, text):
        read = Read(_in_its_time(read.check), read.spans)
    if Medication in kinds and _RECEPTORS.search(text):
        read = rewritten(read, lambda leaf: Unread("estrogen receptor") if isinstance(leaf, Medication) and leaf.term == "estrogens" else None)
    if kind == "exclusion" and _WAS_OR_IS.search(text):
        read = rewritten(read, lambda leaf: _was_as_it_is(leaf, facts))
    if Procedure in kinds and any(isinstance(leaf, Procedure) and _LOOKS.search(leaf.term) for leaf in facts):
        if kind == "exclusion":
            read = Read(_whatever_was_done(read.check), read.spans)
        elif _BEFORE_ENTRY.search(text):
            read = rewritten(read, _or_to_be_done)
    if kind == "exclusion" and _RECEIVE.search(text) and not _NOW.search(text):
        read = rewritten(read, lambda leaf: _done(leaf, vocabulary))
    if kind == "exclusion" and not kinds.isdisjoint(_GIVEN):
        read = with_what_they_need(read, text)
    if kind == "exclusion" and _TRIED.search(text):
        read = rewritten(read, _of_that_kind)
    if Condition in kinds and _OF_THE_HEART.search(text):
        read = rewritten(read, _of_the_heart)
    if Condition in kinds and any(isinstance(leaf, Condition) and leaf.term == _TWINS for leaf in facts) and not _OF_PREGNANCY.search(text):
        read = rewritten_there(read, lambda leaf, place: Unread(clean(text[slice(*place)])) if isinstance(leaf, Condition) and leaf.term == _TWINS else None)
    if kind == "exclusion" and Condition in kinds and _ABSENCE_SHOWN.search(text):
        read = _without_what_is_to_be_shown(read, text)
    read = of_the_diagnosis(read, text, kind, vocabulary) if Condition in kinds else read
    read = of_operations(_for_people(for_those(read, text) if kind == "inclusion" else read, text, kind), text)
    if Measurement in kinds and _RATIO.search(text):
        read = Read(Ambiguous((Unread(clean(text)), read.check)), ((0, len(text)), *read.spans))
    if Measurement in kinds and _ONE_ITEM.search(text):
        read = rewritten_there(read, lambda leaf, place: Unread(clean(text[place[0] : place[1]])) if isinstance(leaf, Measurement) and "item" not in leaf.term and _ONE_ITEM.search(text, max(0, place[0] - 20), place[1]) else None)
    read = on_occasion(read, text) if kind == "inclusion" and not kinds.isdisjoint(_GIVEN) else read
    if _REACTION_OR.search(text):
        named = [leaf for leaf in leaves(read.check) if isinstance(leaf, Allergy)]
        read = rewritten(read, lambda leaf: (any_of([*named]) if named else Unread("allergic reaction")) if isinstance(leaf, Condition) and leaf.term == "allergic disease" else None)
    read = denied_by_words_ahead(with_all_outside(read, text), text, kind)
    read = with_scopes(perhaps_another(with_shared_settings(read, text), text, vocabulary), text, kind)
    read = with_receptor_limits(with_examinations(with_ranged_times(of_another_day(read, text), text, kind), text, kind), text)
    read = beyond_their_dose(_all_so_used(read, text), text, vocabulary) if kind == "exclusion" and isinstance(read.check, Any) else read
    whole = Read(Unread(" ".join(text.split())), ((0, len(text)),))
    if _DANGLING_END.search(text):
        return whole
    if kind == "exclusion" and Sex in kinds and _KNOWN_TO_BE.search(text):
        read = rewritten(read, lambda leaf: Ambiguous((Unread(clean(text)), leaf)) if isinstance(leaf, Sex) else None)
    if kind == "exclusion" and Procedure in kinds:
        read = rewritten(read, lambda leaf: Ambiguous((Unread(leaf.term), leaf)) if isinstance(leaf, Procedure) and (leaf.term == "procedure" or (leaf == Procedure(leaf.term) and leaf.term in _TRIFLING and not _EARLIER.search(text))) else None)
    if kind == "exclusion" and isinstance(read.check, Any) and any(part in _DONE_TO_ALL for part in read.check.parts):
        bare = {id(part) for part in read.check.parts}
        read = rewritten_there(read, lambda leaf, place: All((leaf, Unread(leaf.term))) if id(leaf) in bare and isinstance(leaf, Procedure | Medication) and leaf in _DONE_TO_ALL and not _ANY_AT_ALL.search(text, max(0, place[0] - 9), place[1]) else None)
    if kind == "exclusion" and Procedure in kinds and _NOT_ALLOWED.search(text) and not _EARLIER.search(text):
        read = rewritten(read, lambda leaf: Ambiguous((Unread(clean(text)), leaf)) if isinstance(leaf, Procedure) and leaf.window is None else None)
    if kind == "exclusion" and isinstance(read.check, Procedure) and read.check == Procedure(read.check.term) and read.check.term in _SOON_OVER and not _DONE_ONCE.search(text):
        return Read(Ambiguous((Unread(read.check.term), read.check)), read.spans * 2)
    if kind == "exclusion" and Sex in kinds and isinstance(read.check, Any) and any(isinstance(part, Sex) for part in read.check.parts) and any(isinstance(part, Unread) for part in read.check.parts) and not _WHO_OR.search(text):
        read = rewritten(read, lambda leaf: Ambiguous((Unread(clean(text)), leaf)) if isinstance(leaf, Sex) else None)
    if kind == "exclusion" and isinstance(read.check, All) and read.check.parts[0] == State("pregnant") and _TITLE_OF_PREGNANCY.match(text) and len(read.check.parts) > 1:
        rest = read.check.parts[1:]
        read = Read(rest[0] if len(rest) == 1 else All(rest), read.spans[1:])
    much = _SO_MUCH.search(text) if Smoking in kinds and kind == "exclusion" and isinstance(read.check, Any) else None
    if much is not None:
        amount = Unread(clean(text[much.start("how") : much.end("how")]))
        read = rewritten(read, lambda leaf: Ambiguous((leaf, All((leaf, amount)))) if isinstance(leaf, Smoking) else None)
    read = _of_two_ages(read) if kind == "inclusion" and isinstance(read.check, When) else read
    if Smoking in kinds and isinstance(read.check, Any) and Condition in kinds and not any(isinstance(leaf, Condition) and leaf.term == "tobacco smoking" for leaf in facts):
        read = rewritten(read, _smoked_in(read.check))
    if kind == "inclusion" and isinstance(read.check, Any) and _INCLUDES.search(text):
        return beside(whole, [read])
    if _ILLNESS_OR_SITUATION.fullmatch(text):
        return Read(Judgement(clean(text)), ((0, len(text)),))
    if kind == "exclusion" and _unread_whole(read.check, text) and _OR_REQUIRING.search(text):
        return beside(whole, [read])
    doubted = changes(facts, text) or (kind == "inclusion" and (wrongly_asked(read.check, facts, text) or asked_of_some(read.check, facts, text))) or _DANGLING.search(text) or (_WHO_OR.search(text) and _of_people(read.check)) or _WERE_SMOKERS.search(text) or (kind == "exclusion" and (_OF_BOTH.search(text) or time_behind_a_class(read.check) or (isinstance(read.check, All) and all(isinstance(leaf, Condition | Measurement) for leaf in leaves(read.check)) and _EXCEPTED_WITH.search(text)))) or (kind == "inclusion" and _stages_apart(read, text))
    if doubted:
        return beside(whole, [read])
    return less_perhaps(read, text) if kind == "inclusion" else read


# Who is a twin is not pregnant with one.
_TWINS, _OF_PREGNANCY = "twin pregnancy", Caseless(r"pregnan|gestation|f(?:o)?et(?:us|al)|chorion|amnio|carry|obstetric|antenatal|prenatal|ultraso|conce|deliver|labou?r\b|birth|reduction|transfusion")
# "Documentation of absence of X is required": how it is shown that nobody has it, no second reason.
_ABSENCE_SHOWN = Caseless(
    r"\b(?:documentation|documented|evidence|confirm\w*|proof|verif\w*|demonstrat\w*|exclu(?:de|sion)|show\w*|rul\w+ out|test\w*|imaging|scans?)\b[^.;()]{0,40}\b(?:absence of|negative for|free of|no evidence of)|\b(?:absence of|negative for|free of)\b[^.;()]{3,60}\b(?:must|should|shall|needs? to|has to|(?:is|are)\s+(?:required|needed|mandatory)|to be\s+(?:shown|confirmed|documented|demonstrated|verified))\b",
    needs=("absence of", "negative for", "free of", "no evidence of"),
)


def _without_what_is_to_be_shown(read: Read, text: str) -> Read:
    """An exclusion in which what is denied is what is to be shown, and stands unread."""
    parts = read.check.parts if isinstance(read.check, Any) else (read.check,)
    found, places, at = list[Check](), list[tuple[int, int]](), 0
    for part in parts:
        size = sum(1 for _ in leaves(part))
        own = read.spans[at : at + size] or ((0, len(text)),)
        denied = len(parts) > 1 and isinstance(part, Not)
        found.append(Unread(clean(text[min(start for start, _ in own) : max(end for _, end in own)])) if denied else part)
        places += own[:1] if denied else own
        at += size
    return read if tuple(found) == parts else Read(Any(tuple(found)), tuple(places))


# "Any female patient known or found to be pregnant": not any female patient.
_KNOWN_TO_BE = Caseless(r"\b(?:females?|wom[ae]n|males?|m[ae]n)(?:\s+(?:patients?|subjects?|participants?))?\s+(?:known|found|proven|thought|suspected|confirmed|determined)\s+(?:(?:or|and)\s+\w+\s+)?to be\b", needs=("to be",))
# What is done so often that no time of it can hardly mean ever.
_TRIFLING = frozenset(("biopsy", "minor surgery", "blood draw", "drainage", "injection", "dental procedure"))
# What nearly everybody had at some time: as a member of a list without a time or a word more it is meant of what stands beside it.
_DONE_TO_ALL = (Procedure("surgery"), Procedure("vaccination"), Medication("vaccines", "any"), Medication("vaccines"))
_ANY_AT_ALL = Caseless(r"\b(?:any|all)\s+(?:(?:kinds?|types?|forms?) of\s+)?(?:surg|operat|vaccin|immuni)", needs=("any", "all"))
# What may not be done in the trial need not have been left undone before it.
_NOT_ALLOWED = Caseless(r"\b(?:(?:is|are)\s+(?:also\s+)?not\s+(?:allowed|permitted|permissible)|(?:is|are)\s+(?:prohibited|forbidden|disallowed))\b", needs=("allowed", "permi", "prohibited", "forbidden"))
_TITLE_OF_PREGNANCY = Caseless(r"\W*pregnan(?:cy|t)(?:\s*(?:/|and|or)\s*(?:lactation|breast-?\s?feeding|contraception|nursing))?\s*:")
# What leaves nothing behind: named bare and alone, it is meant for some time before the trial, and nobody says for which.
_SOON_OVER = frozenset((
    "major surgery", "vaccination", "blood donation", "plasma donation", "blood transfusion", "transfusion", "surgery", "radiotherapy", "MRI", "CT", "colonoscopy", "endoscopy", "lumbar puncture", "nerve block", "epidural steroid injection", "epidural injection",
    "laser therapy", "phototherapy", "psychotherapy", "physiotherapy", "physical therapy", "acupuncture", "massage", "X-ray", "angiography", "anesthesia", "botulinum toxin injection",
))
_DONE_ONCE = Caseless(r"\b(?:prior|previous\w*|history|before|within|past|earlier|have|has|had|ever|received?|receiving|undergone|underwent|undergoing|status post|s/p|after|following|since|last|recent\w*|less than|in the|during|years?|months?|weeks?|days?)\b")
_EARLIER = Caseless(r"\b(?:prior|previous\w*|history|before|within|past|earlier|who have)\b")
# A piece of "… that would limit compliance", broken off.
_ILLNESS_OR_SITUATION = Caseless(r"\W*(?:or\s+|and\s+)?psychiatric\s+(?:illness(?:es)?|disorders?|conditions?)\s*(?:/|or|and/or)\s*social\s+situations?\W*", needs=("situation",))
_IN_TIME = (Condition, Medication)
_GIVEN = (Medication, Procedure)


# "Smoking or vaping of more than 20 a day": of so much.
_SO_MUCH = Caseless(r"\b(?:smok\w*|tobacco|cigarettes?|nicotine)(?:\s+use)?\s*(?:/|,|\bor\b|\band/or\b)\s*[^.;>]*?(?P<how>(?:\bof\s+)?(?:\b(?:more than|over|at least|exceeding|in excess of|greater than)|[>≥])\s*\d[^.;]*\b(?:day|week|daily|weekly)\b)", needs=("day", "week", "dai"))
# "A stable regimen that includes A or B": the regimen is to hold one of them.
_INCLUDES = Caseless(r"\b(?:that\s+(?:must\s+)?|(?:should|must|shall|ha(?:s|ve) to|needs? to)\s+(?:have\s+)?)(?:includ\w+|contain\w*|compris\w+|consist\w*\s+of)\s+(?:at least\s+)?[^.;]*\bor\b", needs=("includ", "contain", "compris", "consist"))


def _of_two_ages(read: Read) -> Read:
    """ "18 to 65 years; those of 18 to 20 need a guardian": the first age is asked for, the second says of whom the rule is."""
    match read.check:
        case When(All((Age() as first, Age() as second)), rule):
            return Read(All((first, When(second, rule))), read.spans)
    return read


def _smoked_in(check: Any) -> Callable[[Check], Check | None]:
    """Smoking in a list, in the time behind the list, too."""
    window = next((leaf.window for leaf in leaves(check) if isinstance(leaf, Condition | Medication | Procedure) and leaf.window is not None), None)

    def change(leaf: Check) -> Check | None:
        return Ambiguous((leaf, Condition("tobacco smoking", "history", window=window))) if isinstance(leaf, Smoking) and window is not None and leaf.statuses != ("current",) else None

    return change


def _is_going_on(facts: Sequence[Check], text: str) -> bool:
    """Whether a disease is to be active, or a drug to be taken now, in no word of the text."""
    if any(isinstance(leaf, Medication) and leaf.phase == "current" for leaf in facts) and not _NOW.search(text):
        return True
    return any(isinstance(leaf, Condition) and leaf.phase == "active" for leaf in facts)


def _stages_apart(read: Read, text: str) -> bool:
    """ "Gout, hardly treatable stage II or stage III": stages behind a comma that no rule took with the disease are no alternatives to it."""
    if not isinstance(read.check, Any) or "," not in text or len(read.check.parts) != len(read.spans):
        return False
    first, *rest = read.check.parts
    comma = text.find(",", read.spans[0][0])
    return isinstance(first, Condition) and not first.stages and 0 <= comma < read.spans[1][0] and any(isinstance(part, Unread) and _STAGED.search(part.text) for part in rest)


# "Estrogen and progesterone receptors": no hormones that are taken.
_RECEPTORS = Caseless(r"\bo?estrogens?(?:\s*\([^()]*\))?\s*(?:and/or|and|or|/|,)\s*(?:or\s+|and\s+)?progest\w+(?:\s*\([^()]*\))?\s*(?:hormone\s+)?receptors?", needs=("receptor",))
# "History or current evidence of chronic cough": what it is like holds of both.
_WAS_OR_IS = Caseless(
    r"\bhistory (?:of )?(?:and/or|or)\s+(?:current|active|present|ongoing)\b|\b(?:concurrent|current|active|present|ongoing|concomitant)(?:ly)?\s*(?:and/or|or|/)\s*(?:an?\s+|any\s+)?(?:(?:prior|past|previous)\s+)?history of\b", needs=("history",)
)
# "An allergic reaction or sensitivity to nickel": both to it.
# "LDL/HDL > 3": a quotient, where no unit says that it is of each.
_RATIO = Caseless(r"\b(?:ldl|tc|total cholesterol|ast|alt|cd4|triglycerides|tg|apo\s?b)\s*/\s*(?:hdl|alt|ast|cd8|apo\s?a1?)\s*(?:[<>≤≥=]+|above|below|over|under|greater than|less than|more than)\s*\d(?:\.\d+)?(?![\d.]|\s*(?:x|×|\*|times|fold|u/|iu/|uln|upper|mg|mmol|g/|%))", needs=("/",))
# "PHQ-9 item 9 ≥ 1": one of its questions, not the sum.
_ONE_ITEM = Caseless(r"(?<!\d-)\b(?:item|question)\s*(?:#|no\.?\s*|number\s*)?\d{1,2}[a-d]?\b", needs=("item", "question"))
_REACTION_OR = Caseless(r"\ballergic reactions?(?:\s+(?:or|and|and/or)|\s*[,/])[\s,]+(?:[\w-]+[\s,/]+){0,7}?(?:to|against)\s+(?!(?:participat|take part|the extent|be|study participation)\w*\b)\w", needs=("allergic reaction",))
# Words before a list, and a time at its end that no member took, are said of all its members.
_IN_THE_OPERATION = Caseless(r"\b(?:intra|peri|post|pre)-?\s?operative(?:ly)?\s+(?:administration|use|injection|infusion|treatment)\s+(?:of|with)\b", needs=("operative",))
_TIMED_END = Caseless(r"\b(?:within|in|during)\s+(?:the\s+)?(?:(?:last|past|previous|prior|preceding)\s+)?(?:\d+|one|two|three|four|five|six|twelve)\s+(?:hours?|days?|weeks?|months?|years?)\W*$", needs=("in",))
# A time that stands elsewhere in the protocol: "within the specified time frames".
_UNSAID_TIME = Caseless(
    r"\b(?:with)?in (?:the |an? |their |its )?(?:[\w-]+[ -])?(?:specified|defined|prespecified|required|indicated|prohibited|respective|applicable|appropriate|stipulated|exclusionary)\s+(?:[\w-]+\s+)??(?:time|window|period|interval|wash)\w*(?:[ -](?:frames?|periods?|intervals?|windows?|points?|outs?))?",
    needs=("specified", "defined", "required", "indicated", "prohibited", "respective", "applicable", "appropriate", "stipulated", "exclusionary"),
)


def _all_so_used(read: Read, text: str) -> Read:
    """A list of treatments of which each is so used only perhaps, where the words that say how stand unread beside a member."""
    before, behind = _IN_THE_OPERATION.search(text), (_TIMED_END.search(text) or _UNSAID_TIME.search(text)) if ";" not in text else None
    found = before or behind
    words = clean(found[0]).rstrip(" .;,)") if found is not None else ""
    if not words or not any(isinstance(leaf, Unread) and (before is not None or words in leaf.text) for leaf in leaves(read.check)):
        return read
    check = _so_used(read.check, words)
    return read if check == read.check else Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


def _was_as_it_is(leaf: Check, facts: Sequence[Check]) -> Check | None:
    """A former disease, in the state in which the present one is asked for; or the other way round."""
    if not isinstance(leaf, Condition) or leaf.phase not in ("history", "active") or leaf.states:
        return None
    like = next((one for one in facts if isinstance(one, Condition) and one.term == leaf.term and one.phase in ("history", "active") and one.phase != leaf.phase and one.states), None)
    return replace(leaf, states=like.states) if like is not None else None


def _so_used(part: Check, words: str) -> Check:
    if isinstance(part, Any):
        return Any(tuple(_so_used(one, words) for one in part.parts))
    return All((part, Unread(words))) if _at_some_time(part) else part


def _at_some_time(part: Check) -> bool:
    return (isinstance(part, Procedure) and part.window is None) or (isinstance(part, Medication) and part.window is None and part.phase != "current")


_FOR_PEOPLE = Caseless(r"\W*(?:for|in)\s+(?:[\w-]+\s+){0,4}(?:women|men|males?|females?)\b[^,.;:]*,\s*\w[^.;]*\W*$")


def _for_people(read: Read, text: str, kind: str) -> Read:
    """ "For post-menopausal women, have a ferritin > 300": whom the rule is for is no part of it."""
    if not isinstance(read.check, All | Any) or not _FOR_PEOPLE.match(text):
        return read
    scope, *rest = read.check.parts
    people = list(leaves(scope))
    if not all(isinstance(leaf, Sex | Age | Condition) for leaf in people) or not any(isinstance(leaf, Sex) for leaf in people) or any(isinstance(leaf, Sex) for part in rest for leaf in leaves(part)):
        return read
    rule = rest[0] if len(rest) == 1 else type(read.check)(tuple(rest))
    return Read(When(scope, rule) if kind == "inclusion" else All((scope, rule)), read.spans)


def _unread_whole(check: Check, text: str) -> bool:
    """Whether a check stands beside the whole text, unread."""
    return isinstance(check, All) and any(isinstance(part, Unread) and len(part.text) > len(text.strip()) - 3 for part in check.parts)


def _done(leaf: Check, vocabulary: Vocabulary) -> Check | None:
    """An operation that is told as going on, as one that was done: "receive multiple transplants"."""
    if not isinstance(leaf, Procedure) or not leaf.current or leaf.window is not None:
        return None
    named = vocabulary.procedure(leaf.term)
    kinds = [kind for kind in map(vocabulary.procedure, ("surgery", "revascularization")) if kind is not None]
    known = named is not None and any(vocabulary.relation(named, kind) in (Relation.SAME, Relation.NARROWER) for kind in kinds)
    return replace(leaf, current=False) if known else None


def _of_people(check: Check) -> bool:
    """Whether it would be enough to be of some sex or age."""
    return isinstance(check, Any) and any(all(isinstance(leaf, Age | Sex) for leaf in leaves(part)) for part in check.parts)


def _of_that_kind(leaf: Check) -> Check | None:
    """Investigational drugs that may be only those of the kind named before them."""
    return Ambiguous((Unread(leaf.term), leaf)) if isinstance(leaf, Medication) and leaf.term == "investigational drugs" else None


def _of_the_heart(leaf: Check) -> Check | None:
    return replace(leaf, term="ST segment depression") if isinstance(leaf, Condition) and leaf.term == "depression" else None


_BEGINS_TIMED = Caseless(r"\W*(?:\([^()]*\)\s*)?(?:[\w ]{3,30}\)\s*)?(?:(?:other than|except(?: for)?) [^.;,]{3,50} (?=within|in the|during))?(?:within|in the|during the|over the)\b")


# A test that the trial may make itself: that none was made lets nobody in.
_LOOKS = Caseless(r"x-ray|radiograph|electrocardiogra|echocardiogra|magnetic resonance|computed tomograph|ultraso|electroencephalogra|mammogra|spirometr|pulmonary function")


# A test that is to be made before the trial begins may still be made.
_BEFORE_ENTRY = Caseless(r"\b(?:prior to|before)\s+(?:the\s+)?(?:study\s+)?(?:registration|enrol\w+|randomi[sz]ation|entry|inclusion|treatment|first dose|surgery|operation|procedure|biopsy|transplant\w*|therapy)")


def _or_to_be_done(leaf: Check) -> Check | None:
    return Any((leaf, Unread(f"{leaf.term} to be done"))) if isinstance(leaf, Procedure) and not leaf.findings and _LOOKS.search(leaf.term) else None


def _whatever_was_done(check: Check) -> Check:
    """A check in which words beside a test of that kind are not said to be false because none is recorded."""
    if isinstance(check, Any):
        return Any(tuple(map(_whatever_was_done, check.parts)))
    if isinstance(check, All) and any(isinstance(part, Unread | Judgement | Statement | Ambiguous) for part in check.parts):
        return All(tuple(Unread(part.term) if isinstance(part, Procedure) and part == Procedure(part.term) and _LOOKS.search(part.term) else part for part in check.parts))
    return check


def _at_any_time(part: Check, *, conditions: bool) -> Check:
    if isinstance(part, Any):
        return Any(tuple(_at_any_time(one, conditions=conditions) for one in part.parts))
    if isinstance(part, Ambiguous):
        return Ambiguous(tuple(_at_any_time(one, conditions=conditions) for one in part.readings))
    if isinstance(part, Medication) and part.phase == "current" and part.window is None:
        return replace(part, phase="any")
    return replace(part, phase="history") if conditions and isinstance(part, Condition) and part.phase == "active" and part.window is None else part


def _in_its_time(check: Check) -> Check:
    """A check in which a use beside an unread time is one at any time, not only one of today."""
    if isinstance(check, Any):
        return Any(tuple(map(_in_its_time, check.parts)))
    if isinstance(check, All) and any(isinstance(part, Unread) and _TIMED.search(part.text) for part in check.parts):
        timed = any(isinstance(part, Unread) and _BEGINS_TIMED.match(part.text) for part in check.parts)
        return All(tuple(_at_any_time(part, conditions=timed) for part in check.parts))
    return check
