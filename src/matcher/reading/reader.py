"""One criterion's text → a check: tags, rules, and what no rule took kept as unread text in its logical place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter

from matcher.model.language import (
    Any,
    Check,
    Measurement,
    Medication,
    Procedure,
    Sex,
    Statement,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.denials_settled import with_denials_settled
from matcher.reading.certain.denied_in_part import denied_together
from matcher.reading.certain.disease_settled import with_disease_settled
from matcher.reading.certain.duties import of_stable_doses
from matcher.reading.certain.idle_words import without_idle_words
from matcher.reading.certain.kept import beside
from matcher.reading.certain.kept import kept as pieces_kept
from matcher.reading.certain.limits_settled import with_limits_settled
from matcher.reading.certain.limits_shown import with_limits
from matcher.reading.certain.said_plainly import is_whole, plainer, says_the_same
from matcher.reading.doubts.another_day import asks_another_day
from matcher.reading.doubts.doubted import with_doubts
from matcher.reading.doubts.own_clause import with_own_clauses
from matcher.reading.doubts.own_exceptions import with_own_exceptions
from matcher.reading.doubts.own_times import with_time_in_brackets
from matcher.reading.doubts.said_beside import with_words_beside
from matcher.reading.doubts.said_once import said_of_others
from matcher.reading.doubts.shared_words import perhaps_shared
from matcher.reading.grammar.amounts import NUMBERS
from matcher.reading.grammar.applying import Rules
from matcher.reading.grammar.asked import with_statements
from matcher.reading.grammar.pieces import (
    LOOSE,
    taken,
    unread,
)
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.joints.added import with_added
from matcher.reading.joints.around import ENTRIES
from matcher.reading.joints.assembling import assembled
from matcher.reading.joints.refusing import with_refusal
from matcher.reading.joints.words_beside import with_words_told
from matcher.reading.layout.evened import evened, in_its_place
from matcher.reading.layout.groups_told import with_groups
from matcher.reading.layout.inline import chosen_list, counts_what_follows, inline_list
from matcher.reading.layout.nested import read_list, read_nested
from matcher.reading.limits.ages import AGES
from matcher.reading.limits.at_most import GRADE_AT_MOST, perhaps_without
from matcher.reading.limits.below_zero import BELOW_ZERO
from matcher.reading.limits.definitions import DEFINITIONS
from matcher.reading.limits.markers import names_a_marker, with_markers
from matcher.reading.limits.measures import ALIASES, MEASURES
from matcher.reading.limits.raised import with_raised, without_raised
from matcher.reading.limits.stages import STAGES, without_scale
from matcher.reading.limits.tnm import TNM, with_tnm
from matcher.reading.limits.values import JOINED_LIMITS
from matcher.reading.people.fertility import SPEAKS_OF_TESTS, fertility_sentence
from matcher.reading.people.who import PEOPLE, SEX
from matcher.reading.tagging.came_on import CAME_ON, with_course
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.in_step import InStages, alone
from matcher.reading.tagging.lettered import with_letters
from matcher.reading.tagging.simpler_words import simpler
from matcher.reading.tagging.spelling import spaced
from matcher.reading.tagging.to_come import in_the_trial, to_come
from matcher.reading.tagging.tokens import Lexer, Token
from matcher.reading.tagging.toxicity_grades import SPEAKS_OF_GRADES, without_grades
from matcher.reading.terms.antiarrhythmic_classes import of_their_classes
from matcher.reading.terms.behind_names import without_recent
from matcher.reading.terms.counts import COUNTS
from matcher.reading.terms.doses import DOSES
from matcher.reading.terms.equivalents import EQUIVALENTS
from matcher.reading.terms.lines_of_therapy import THERAPY_IN_LINES
from matcher.reading.terms.terms import TERMS
from matcher.reading.terms.times import TIMES
from matcher.reading.terms.washouts import HALF_LIVES, WASHOUTS
from matcher.reading.whole.acuity_sentences import SPEAKS_OF_ACUITY, acuity_sentence
from matcher.reading.whole.age_sentences import age_sentence
from matcher.reading.whole.beside_disease import with_own_length, with_own_treatment
from matcher.reading.whole.contraceptive_kinds import of_women, with_kinds
from matcher.reading.whole.disease_durations import disease_duration
from matcher.reading.whole.disease_sentences import disease_sentence
from matcher.reading.whole.nothing_asked import nothing_asked
from matcher.reading.whole.value_sentences import value_sentence
from matcher.vocabulary import Phrase, Vocabulary, is_asked

_TAG_OF = attrgetter("tag")
_LONG = 120  # characters: of more, something is left unread anyway
_SAYS_NOTHING = frozenset(("_", "subject", "be", "have", "must", "who", "that", "either", "quote"))


_RULES = Rules((
    *ALIASES, *GRADE_AT_MOST, *STAGES, *BELOW_ZERO, *NUMBERS, *HALF_LIVES, *TIMES, *AGES, *EQUIVALENTS, *DOSES, *THERAPY_IN_LINES, *TERMS, *PEOPLE, *MEASURES, *COUNTS, *ENTRIES, *WASHOUTS, *JOINED_LIMITS, *SEX, *DEFINITIONS,
))


# A duty of those who are in some treatment asks nobody to be in it.
_USERS = Caseless(
    r"\W*(?:all\s+|any\s+)?(?:patients?|subjects?|participants?|individuals?|women|men|those)\s+(?:who\s+are\s+|already\s+|currently\s+)*"
    r"(?P<scope>(?:on|receiving|taking|using|treated\s+with)\s+[^.;:]{3,80}?)\s+(?:must|should|shall|need\s+to|are\s+required\s+to)\s+(?=\S)"
)
# Words of duty: inside an exclusion they turn what follows into a requirement, and nothing of it is certain.
_REQUIRES = Caseless(r"must|shall|should|required|need|have to|are to")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a criterion with one vocabulary; `local` are abbreviations the record explains, `lost` whether its ≥ ≤ are lost."""

    vocabulary: Vocabulary
    local: Mapping[str, Phrase] = field(default_factory=dict)
    lost: bool = True
    lexer: Lexer = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """One lexer for all that is read of a criterion."""
        object.__setattr__(self, "lexer", Lexer(self.vocabulary, self.local))

    def read(self, text: str, kind: str) -> Read:
        """The check of one criterion with the places its leaves were read from; never raises, whatever the text."""
        return alone(self.reading(text, kind))

    def reading(self, text: str, kind: str) -> InStages[Read]:
        """The same in stages, for criteria that are read in step."""
        text = spaced(text)
        read = yield from self._reading_text(text, kind)
        yield
        read = read if len(text) > _LONG or is_whole(read.check) else self._said_plainly(read, text, kind)
        read = without_idle_words(read, text, self.vocabulary, kind)
        return read if kind == "exclusion" or is_whole(read.check) else self._one_sentence(read, text) or read

    def _read_even(self, text: str, kind: str) -> Read:
        """A piece of a criterion of several lines, without what only its typing adds."""
        plain, places = evened(text)
        return in_its_place(self.read(plain, kind), places)

    def _one_sentence(self, read: Read, text: str) -> Read | None:
        """An inclusion of a kind that is read whole, as it stands or in plainer words, where the rules left something of it unread."""
        found = self._as_it_stands(read, text)
        if found is not None and asks_another_day(found.check, text):
            return None
        said = simpler(text, "inclusion") if found is None and "\n" not in text.strip() else text
        if said == text:
            return found
        again = self._read_text(said, "inclusion")
        again = again if is_whole(again.check) else self._as_it_stands(again, said) or again
        sure = _is_understood(again.check, self.vocabulary) and says_the_same(again.check, text) and not asks_another_day(again.check, text)
        return Read(again.check, ((0, len(text)),) * sum(1 for _ in leaves(again.check))) if sure else None

    def _as_it_stands(self, read: Read, text: str) -> Read | None:
        if any(map(text.__contains__, SPEAKS_OF_TESTS)):
            return fertility_sentence(text, "inclusion")
        sharpness = acuity_sentence(text) if any(map(text.__contains__, SPEAKS_OF_ACUITY)) else None
        if sharpness is not None:
            return sharpness
        values = value_sentence(read, text, self._read_text) if Measurement in map(type, leaves(read.check)) or text[:60].count(":") else None
        return values or age_sentence(text) or disease_duration(text, Context(text, "inclusion", self.vocabulary, self.lost), self._read_text) or self._of_one_disease(text)

    def _of_one_disease(self, text: str) -> Read | None:
        """An inclusion of one disease read piece by piece, where it was read in part and nothing is in doubt then."""
        if "\n" in text.strip():
            return None
        found = disease_sentence(text, self.lexer, Context(text, "inclusion", self.vocabulary, self.lost), self._read_text)
        sure = with_doubts(found, text, "inclusion", self.vocabulary) if found is not None else None
        return sure if sure is not None and is_whole(sure.check) else None

    def _said_plainly(self, read: Read, text: str, kind: str) -> Read:
        """The criterion read without what says nothing in it, where nothing is left unread then."""
        plain = plainer(text, kind)
        other = self._read_text(plain, kind) if plain != text else read
        return other if is_whole(other.check) and says_the_same(other.check, text) and not asks_another_day(other.check, text) else read

    def _read_text(self, text: str, kind: str) -> Read:
        return alone(self._reading_text(text, kind))

    def _reading_text(self, text: str, kind: str) -> InStages[Read]:
        read = yield from self._reading(text, kind)
        yield
        read = with_own_exceptions(read, text, self.vocabulary)
        read = of_stable_doses(read, text, kind)
        read = denied_together(read, text) if kind == "inclusion" else read
        read = with_own_clauses(read, text) if kind == "exclusion" and "or " in text else read
        read = with_time_in_brackets(read) if kind == "exclusion" and text.rstrip(" .;").endswith(")") else read
        read = with_words_told(read, text, self._read if kind == "exclusion" else None)
        read = with_raised(with_words_beside(read, text), text)
        read = said_of_others(perhaps_shared(perhaps_without(read, text) if kind == "inclusion" else read, text), text)
        read = without_recent(read) if "ecent" in text else read
        if "ontracepti" in text or "irth" in text:
            read = with_kinds(of_women(read, text) if kind == "exclusion" else read, text, kind)
        yield
        read = of_their_classes(read, text) if "rrhythm" in text else read
        read = with_doubts(read, text, kind, self.vocabulary)
        yield
        read = with_groups(with_statements(read, text, self.vocabulary), text, kind, self.vocabulary)
        return with_refusal(read, text) if kind == "inclusion" else read

    def _read(self, text: str, kind: str) -> Read:
        return alone(self._reading(text, kind))

    def _reading(self, text: str, kind: str) -> InStages[Read]:
        nothing = nothing_asked(text, kind)
        if nothing is not None:
            return nothing
        if "\n" in text.strip():
            return read_nested(text, kind, self._read_even)
        inline = inline_list(text)
        if inline is not None:
            return read_list(text, kind, inline, self.read)
        chosen = chosen_list(text) if " of" in text and ":" in text else None
        if chosen is not None:
            listed = read_list(text, kind, chosen, self.read) if chosen.members else None
            if listed is not None and is_whole(listed.check):
                return listed
        users = _USERS.match(text) if kind == "inclusion" else None
        if users is not None:
            return self._of_users(text, users, kind)
        context = Context(text, kind, self.vocabulary, self.lost)
        if counts_what_follows(text):
            return unread(context, 0, len(text))
        yield
        tokens = _unnumbered(self.lexer.tokens(text), text)
        yield
        if "CTC" in text or "riteria for" in text:
            tokens = without_scale(tokens, text) or tokens
        tokens = without_grades(tokens, self.vocabulary) if SPEAKS_OF_GRADES.search(text) else tokens
        tokens = with_course(tokens, text) if CAME_ON.search(text) else tokens
        tokens = with_tnm(tokens, text, self.vocabulary) if TNM.search(text) else tokens
        tokens = with_markers(tokens, text, self.vocabulary) if names_a_marker(text) else tokens
        tokens = with_letters(tokens, text, self.vocabulary) if (" A" in text or " B" in text) and "measure" in map(_TAG_OF, tokens) else tokens
        tokens = without_raised(tokens, text)
        tokens = _candidates(tokens) if "andidate" in text else tokens
        tokens = _by_method(tokens, text) if _FOUND_BY.search(text) else tokens
        tokens = to_come(tokens, text) if "ill " in text else tokens
        tokens = in_the_trial(tokens, text) if "during" in map(_TAG_OF, tokens) else tokens
        tags = set(map(_TAG_OF, tokens))
        tokens = _those_treated(tokens) if {"subject", "current", "or", "cond"} <= tags else tokens
        duty = _first_duty(tokens) if kind == "exclusion" and "must" in tags else None
        if duty is not None:
            return self._before(tokens, duty, context)
        kept = [token for token in (_sex_scopes(tokens) if "sex" in tags else tokens) if token.tag not in _SAYS_NOTHING]
        if not kept:
            return unread(context, 0, len(text))
        if text.rstrip().endswith(":"):
            return pieces_kept(_RULES.apply(kept, context), context, 0, len(text))
        if "both" in tags and all(token.tag in ("both", *LOOSE) for token in kept):
            return taken(Any((Sex("female"), Sex("male"))), kept, 2)
        yield
        found = _RULES.apply(kept, context)
        yield
        read = with_own_length(found, context) or with_own_treatment(found, context)
        if read is not None:
            return read
        read = assembled(found, context)
        if chosen is not None and not context.exclusion and not any(isinstance(leaf, Unread) for leaf in leaves(read.check)):
            return unread(context, 0, len(text))  # a choice, and never all of what it names
        yield
        read = with_limits_settled(with_limits(read, found, context), found, context)
        return with_denials_settled(with_disease_settled(read, found, context), found, context)

    def _of_users(self, text: str, users: re.Match[str], kind: str) -> Read:
        """ "Patients on warfarin must have an INR ≤ 3": asked of those who take it."""
        scope, rule = self.read(text[users.start("scope") : users.end("scope")], kind), self.read(text[users.end() :], kind)
        if not all(isinstance(leaf, Medication | Procedure) for leaf in leaves(scope.check)):
            return unread(Context(text, kind, self.vocabulary, self.lost), 0, len(text))
        shifted = [(read, by) for read, by in ((scope, users.start("scope")), (rule, users.end()))]
        spans = tuple((start + by, end + by) for read, by in shifted for start, end in read.spans)
        return Read(When(scope.check, rule.check), spans)

    def _before(self, tokens: Sequence[Token], duty: int, context: Context) -> Read:
        """An exclusion with a duty in it, unread, with what its sentences before the duty say, and its limits."""
        whole = unread(context, 0, len(context.text))
        end = max((i for i, token in enumerate(tokens[:duty]) if token.tag in ("stop", "semicolon")), default=0)
        kept = [token for token in _sex_scopes(tokens[:end]) if token.tag not in _SAYS_NOTHING]
        first = assembled(_RULES.apply(kept, context), context) if kept else whole
        added = with_added(first, context.text[tokens[end].end :], tokens[end].end) if kept else None
        if added is not None:
            return added
        read = beside(whole, [first]) if kept else whole
        rest = [token for token in tokens if token.tag not in _SAYS_NOTHING]
        return with_limits(read, _RULES.apply(rest, context), context)


def _is_understood(check: Check, vocabulary: Vocabulary) -> bool:
    """Whether nothing of a criterion is unread, and what it states beside its facts is what many trials ask."""
    found = list(leaves(check))
    stated = [leaf for leaf in found if isinstance(leaf, Statement)]
    return len(stated) < len(found) and not any(isinstance(leaf, Unread) for leaf in found) and all(is_asked(leaf.text, vocabulary) for leaf in stated)


def _first_duty(tokens: Sequence[Token]) -> int | None:
    """Where the first word of duty stands, if any does."""
    return next((i for i, token in enumerate(tokens) if token.tag == "must" and (_REQUIRES.search(token.text) or _promises(tokens[i + 1 : i + 3]))), None)


def _promises(behind: Sequence[Token]) -> bool:
    """Whether a "will" asks for a promise: "will agree to…"."""
    return any(token.tag in ("agree", "willing", "able") for token in behind)


def _sex_scopes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a sex that only says whom a rule concerns ("women must…") told from one that is asked for."""
    found: list[Token] = []
    for i, token in enumerate(tokens):
        after = [one.tag for one in tokens[i + 1 : i + 5] if one.tag not in ("of", "with", "_", "subject")] if token.tag == "sex" else []
        if after[:1] == ["must"]:
            token = replace(token, tag="sex-scope")
        elif after[:2] == ["potential", "must"] and token.value == "female":
            token = replace(token, tag="potential-scope")
        found.append(token)
    return found


# "LVEF < 45 %, as determined by echocardiography": what a test shows is nobody's opinion.
_FOUND_BY = Caseless(r"\b(?:determined|assessed) by\b", needs=("determined by", "assessed by"))
_LIMITED = Caseless(r"[<>≥≤%]|\b(?:than|at least|at most|above|below|class|grade|score)\b")
# A test by its name: what it shows needs no limit beside it.
_BY_A_TEST = Caseless(
    r"\W*(?:(?:an?|the|oral|local|central|positive|negative|standard|serum|quantitative|real-time|transthoracic|transrectal|contrast-enhanced|baseline|either|both)\s+)*(?:(?:rt-?)?q?pcr\b|rt-pcr|polymerase|immunohisto|ihc\b|fish\b|fluorescen|in situ|enzyme|elisa\b|western blot|immuno-?assay|"
    r"mri\b|magnetic resonance|ct\b|computed|computeri[sz]ed|x-?rays?\b|radiogra|ultraso|sonogra|trus\b|echocardio|muga\b|biops|histolog|histopatholog|cytolog|genotyp|genetic test|sequenc|next[- ]generation|ngs\b|cultur|ecg\b|ekg\b|electrocardio|oral glucose|ogtt\b|glucose tolerance|dexa\b|dxa\b|dual[- ]energy|"
    r"angiogra|endoscop|colonoscop|spirometr|pulmonary function|polysomnogra|karyotyp|flow cytometr|urinalysis|dipstick|pregnancy test|serolog|antigen test|antibody test|nucleic acid)",
)
_PERSON = Caseless(
    r"\b(?:investigator|physician|doctor|clinician|surgeon|sponsor|monitor|team|committee|board|panel|staff|nurse|provider|specialist|expert|reviewer|researcher|therapist|examiner|practitioner|dentist|parent|carer|care-?giver|patient|subject|participant|"
    r"individual|person|people|pi|principal|site|opinion|judg\w+|discretion|consult\w*|interview\w*|psychiatr\w+|psycholog\w+|[a-z]+ologists?|pharmacists?|dietiti?[ao]ns?|self|center|centre|institution|treating|attending|clinical(?:ly)?|medical|history|stud(?:y|ies)|protocol|review\w*|evaluat\w+)s?'?s?\b"
)


def _by_method(tokens: list[Token], text: str) -> list[Token]:
    """The tokens with "determined by" a test, not a person, told from an opinion."""
    limited = _LIMITED.search(text) is not None
    return [
        replace(token, tag="method") if token.tag == "judge" and _FOUND_BY.search(token.text) and (limited or _BY_A_TEST.match(text, token.end)) and not _PERSON.search(text[token.end :]) else token
        for token in tokens
    ]


def _candidates(tokens: list[Token]) -> list[Token]:
    """The tokens with candidates for a treatment before them ("hip replacement candidates") told from candidates for the trial."""
    told = [replace(token, tag="w") if token.tag == "subject" and "andidate" in token.text and before.tag in ("proc", "drug") else token for before, token in pairwise(tokens)]
    return [*tokens[:1], *told]


def _those_treated(tokens: list[Token]) -> list[Token]:
    """The tokens with the patients of a disease who are told by their treatment: "diabetes patients currently or previously treated with X" are no diabetes, or X."""
    found = list(tokens)
    for i, (before, token) in enumerate(pairwise(tokens), start=1):
        if token.tag == "subject" and before.tag == "cond" and [one.tag for one in tokens[i + 1 : i + 3]] == ["current", "or"]:
            found[i] = replace(token, tag="restrict")
    return found


# "3.Subject": a number that is glued to the criterion it counts.
_COUNTS = pattern_of(r"\d{1,2}\.[A-Z][A-Za-z]*\b.*")


# "2.1 Pregnant women", "10.3 Stroke": the number of a part; no value begins so.
_OF_PART = pattern_of(r"\s*\d{1,2}\.\d{1,2}\.?\s+[A-Z][a-z]{2,}\b")


# "4 Prior treatment with …": the number of the line, whose stop was lost; not "2 Prior lines of therapy".
_LOST_ITS_STOP = pattern_of(
    r"\s*\d{1,2} (?=(?:Prior|Previous(?:ly)?|History|Known|Any|Patients?|Subjects?|Participants?|Pregnant|Women|Men|Have|Has|Having|Use|Current(?:ly)?|Active|Presence|Evidence|Uncontrolled|Severe|Significant|Clinically|Ability|Able|Willing\w*|Written|Signed|Informed|"
    r"Diagnos\w+|Histolog\w+|Received?|Receiving|Treatment|Concurrent|Concomitant|Major|No|Not|Age|Unable|Suspected|Confirmed|Documented|Inability)\b)(?!\w+ (?:\w+ )?(?:lines?|regimens?|courses?|cycles?|episodes?|relapses?|attempts?|therap\w+|treatments?|agents?|pregnanc\w+)\b(?! with\b))"
)


def _unnumbered(tokens: list[Token], text: str) -> list[Token]:
    """The tokens without a number or code that only counts the criterion ("2.", "E28.")."""
    if len(tokens) > 1 and (_COUNTS.fullmatch(text[tokens[0].start : tokens[1].end]) or (tokens[0].tag == "number" and (_OF_PART.match(text) or _LOST_ITS_STOP.match(text)))):
        return tokens[1:]
    first = next((i for i, token in enumerate(tokens[:3]) if token.tag in ("stop", "close")), None)
    if first in (1, 2) and tokens[first - 1].tag == "number" and not tokens[first - 1].value.unit and len(tokens) > first + 1:
        head = tokens[: first - 1]
        if all(token.tag == "open" or (token.tag == "w" and len(token.text) == 1) for token in head):
            return tokens[first + 1 :]
    return tokens
