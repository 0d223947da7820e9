"""Exclusions that were not read to their end, held to what they name: without any of it nobody is excluded.

"Retinal detachment awaiting odd repair", "severe or untreated psychiatric illness such as mania": whatever the unread words
say, they describe some of those who have the disease, or had the operation, that every part of the sentence begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Measurement,
    Not,
    Procedure,
    Unless,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, children, leaves
from matcher.reading.certain.kept import BROAD
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import spaced
from matcher.reading.tagging.tokens import Lexer, Token

_NAMES = frozenset(("cond", "proc", "drug", "measure"))
_LONGEST = 500  # characters
# With one of these a sentence permits, requires, supposes, compares, counts, or speaks of a group or of somebody else.
# Several types are several diseases, though only the first bears the name: "diabetes type I or type II".
BARS = Caseless(
    r"\b(?:types?[\s-]*(?:[ivx]{1,3}|\d)[a-d]?\s*(?:[,;/&]|and/or|or|and)\s*(?:types?[\s-]*)?(?:[ivx]{1,3}|\d)[a-d]?|must|should|shall|may|might|can|could|would|will|cannot|required|allow\w*|permit\w*|accept\w*|eligib(?!ility criteria)\w*|ineligib\w*|impossib\w*|unfeasib\w*|infeasib\w*|not\s+(?:be\s+)?(?:possible|feasible|practicable|obtain\w*|achiev\w*|available|performed|done|undertaken)|exempt\w*|exclud\w*|includ(?:e|ed|es)|inclusion criteri\w+|unless|if|however|but|although|though|only|both|neither|nor|instead|rather|"
    r"screen(?:ing|ed) (?:for|of)|test(?:ing|ed) (?:for|of)|fears? (?:of|for)|fear that|spousal|ancestral|grandparent\w*|parental(?! consent)|cohorts?|arms?|groups?|sub-?groups?|healthy|volunteers?|pets?|animals?|twins?|child|fet(?:us|al)|infants?|newborns?|neonat\w+|uninfected|allerg\w+|hypersens\w+|intoleran\w+|isolates?|specimens?|samples?|stud(?:y|ies) of|students?|employ\w+|nurses?|residents?|immunosuppress\w+(?! (?:drug|medic|therap|treat|agent|monoclonal|dos))|(?:children|born) (?:of|to)|of (?:wom[ae]n|men|patients|persons|people|individuals)|previous(?:ly)? (?:participa|enrol)\w+)\b"
)
# What a limit or a score says may be so without the disease being named: "hypertension (≥ 160 mmHg)", "depression (score of 20 or more)".
_COUNTED = r"(?!\s*(?:the\s+)?(?:previous|past|last|prior|preceding)\b|\s*[\d.]+\s*-?\s*(?:hours?|days?|weeks?|months?|years?|hrs?|yrs?|episodes?|events?|times?|attacks?|stud|blocks?))"
LIMIT = pattern_of(
    rf"[<>≤≥=]+{_COUNTED}(?!\s*(?:grade|stage|class|nyha|ctc))|\b(?:at least|at most|(?:more|less|greater|lower|higher|fewer) than(?: or equal to)?|above|below|over|under|exceeding|up to){_COUNTED}\s+\d|\d\s*(?:mm\s?hg|mg|g/|mmol|kg|µ|ml\b|msec|ms\b|bpm|°)|\d\s+or\s+(?:less|more|greater|higher|lower|above|below)|\bscores?\b",
    re.IGNORECASE,
)
NAMED_ANYHOW = Caseless(r"diabetes|hiv|hepatitis|pulmonary disease|asthma|epilep|stroke|infarction|sclerosis|arthritis|crohn|colitis|cirrhosis|vascular disease|claudication|schizo|bipolar|cancer|malignan|carcinoma|melanoma|lymphoma|tumor|metasta")
# What may stand before a disease: who has it, that and how it was found, in which state it is.
_PEOPLE = r"(?:in-?|out-?)?patients?|subjects?|participants?|individuals?|people|persons?|adults?|adolescents?|elderly|older|eligible|potential|wom[ae]n|men|males?|females?|children|those|anyone|who|whose|that|which|with|having|has|have|had|is|are|was|were|be|been|being|suffer(?:s|ing|ed)?|from|in|on|of|the|an?|any|all|some|other|another|one|or|and|and/or|either|to|as|such|for|this|these|same|at|time|within|last|months?|weeks?|years?|days?|screening|visit|baseline|enrol\w+|entry"
_FOUND = r"histor(?:y|ies)|histories|diagnos(?:is|es|ed|tic)|presence|evidence|evident|existence|existing|occurrence|episodes?|onset|admission|admitted|already|ever|known|documented|established|confirmed|proven|detected|verified|identified|recorded|reported|apparent|overt|manifest\w*|meets?|meeting|criteria|fulfil\w*|present\w*|record|past|prior|previous(?:ly)?|current(?:ly)?|recent(?:ly)?|new(?:ly)?|old|former|concurrent(?:ly)?|concomitant|co-?existing|coexistent|co-?morbid|comorbidity|comorbidities|underlying|pre-?existing|intercurrent|ongoing|lifetime|personal|medical|medically|clinical(?:ly)?|radiolog\w+|radiograph\w+|histolog\w+|laboratory|biochemical|experienc\w+|developed|develop|sustained|underwent|undergone|dsm(?:-?(?:iii|iv|v|5)(?:-?(?:tr|r))?)?|icd-?\d{0,2}|axis|[iv]+|\d"
_STATES = (
    r"active|acute|chronic|severe(?:ly)?|serious|meaningful(?:ly)?|marked(?:ly)?|pronounced|considerable|middle|inadequate|insufficient|sufficient|reversible|irreversible|unresectable|heritable|confounding|major|minor|mild|moderate(?:ly)?|significant(?:ly)?|relevant|important|uncontrolled|unstable|stable|controlled|poorly|inadequately|insufficiently|adequately|well|non-?controlled|not|untreated|treated|non|symptomatic|asymptomatic|progressive|progressing|persistent|recurrent|recurring|relapsing|relapsed|"
    r"refractory|resistant|intractable|decompensated|compensated|advanced|end-?stage|late-?stage|late|early|stage|life-threatening|disabling|debilitating|complicated|uncomplicated|primary|secondary|idiopathic|congenital|acquired|hereditary|inherited|genetic|bilateral|unilateral|local(?:i[sz]ed)?|generali[sz]ed|diffuse|systemic|focal|multiple|single|"
    r"unresolved|resolved|resolving|intermittent|occasional|frequent|repeated|long-?standing|long-?term|permanent|paroxysmal|transient|temporary|sudden|spontaneous|unexplained|unspecified|uncorrected|corrected|operated|medicated|very|more|extensive|massive|large|small|deep|superficial|left|right|upper|lower|proximal|distal|anterior|posterior|central|peripheral|"
    r"bacterial|viral|fungal|parasitic|infectious|inflammatory|autoimmune|malignant|benign|metabolic|traumatic|vascular|ischa?emic|ha?emorrhagic|obstructive|restrictive|degenerative|neurodegenerative|structural|functional|organic|psychotic|non-?psychotic|clinical|pathologic(?:al)?|abnormal|typical|atypical|classic(?:al)?|definite|definitive|clear|"
    r"forms?|types?|kinds?|degrees?|variants?|stages?|grades?|class|phases?|diseases?|disorders?|conditions?|illness(?:es)?|problems?|pathologies|pathology|syndromes?|events?|infections?|comorbidities"
)
# An adjective before the name of a disease tells of a kind of it.
_KIND = r"(?!anti|parental|maternal|paternal|familial|fraternal|spousal|potential|presumptive|suspicious|suggestive|prophylactic|surgical|hypothetical|experimental|diagnostic|historical)[a-z-]+(?:al|ic|ous|ive|ary|ar|oid|ally|-induced|-related|-associated|-dependent|-threatening|-limiting)|(?:treat(?:ment|ed)|therap(?:y|ies)|medications?|caused|due|related)(?=\s+(?:for|of|by|to|from)\b)|symptoms?(?=\s+(?:caused|due|related|from)\b)|causing|by"
_BEFORE = pattern_of(rf"(?:(?:{_PEOPLE}|{_FOUND}|{_STATES}|{_KIND})(?![\w-])[\s'’/-]*)*", re.IGNORECASE)
_NOTHING = pattern_of(rf"[\s.]*(?:(?:{_PEOPLE}|{_FOUND}|{_STATES})(?![\w-])[\s'’/-]*)*[\s.]*", re.IGNORECASE)
# A part of only these would be a ground of its own: "vascular or renal disease", "disease", "infections".
_OF_KINDS = Caseless(r"\b(?:bacterial|viral|fungal|parasitic|infectious|inflammatory|autoimmune|malignant|benign|metabolic|traumatic|vascular|ischa?emic|ha?emorrhagic|obstructive|restrictive|degenerative|neurodegenerative|structural|organic|congenital|hereditary|inherited|genetic|abnormal|systemic|psychotic|peripheral|central|pathologic(?:al)?|diseases?|disorders?|conditions?|illness(?:es)?|problems?|patholog(?:y|ies)|syndromes?|events?|infections?|comorbidit(?:y|ies)|clinical|functional|laboratory|biochemical|genetic|medical|treated|medicated|operated|undergo\w*|underwent|develop\w*)\b")
_DENIES = Caseless(r"\b(?:no|not|non|never|without|lack\w*|absen\w+|free|unable|inability|failure to|fail(?:s|ed)? to|refus\w+|other than|except\w*|apart from|unknown)\b")
_NON_STATE = Caseless(r"\b(?:not|non)[\s-]+(?:well[\s-]+|adequately[\s-]+|sufficiently[\s-]+|fully[\s-]+|yet[\s-]+)?(?:controlled|treated|stable|resolved|medicated|corrected)\b")
# An operation that was done, and is not planned or asked for.
_DONE = Caseless(r"\b(?:histor\w+|previous\w*|prior|past|underwent|undergone|had|within|last|ago|recent\w*|since)\b")
_PLANNED = Caseless(r"\b(?:plan\w*|schedul\w*|expect\w*|anticipat\w*|elective\w*|await\w*|need\w*|requir\w*|candidates?|after|following|post\w*)\b")
_PAST = Caseless(r"\b(?:histor\w+|previous\w*|prior|past|underwent|undergone|had|within|last|ago|recent\w*|since|hours?|days?|weeks?|months?|years?|ever|lifetime|resolved|remission)\b")
_FOR_TREATMENT = Caseless(r"\b(?:treatment|treated|therap(?:y|ies)|medications?)\b")
_CAUSING = Caseless(r"\b(?:conditions?|diseases?|disorders?|illness(?:es)?) causing\s+(?:an?\s+|any\s+)?$")
_WISHED = Caseless(r"weight|smok|tobacco|contracep|fertil|menopaus")
_STATE_FIRST = pattern_of(rf"(?:{_STATES})(?![\w-])", re.IGNORECASE)
# Directly behind a disease: what ends its part, or opens a phrase about it.
_GOES_ON = pattern_of(
    r"\s*(?:$|[.)\]]|\(|\[|[-–]\s+(?:grade|stage|class|defined)\b|(?:≥|>=|>|=)\s*(?:grade|stage|class|nyha|ctc)|(?:<=|=<|≤|<|>|≥)\s*(?:previous|past|last|prior|\d+\s*(?:days?|weeks?|months?|years?)\b)|(?:of|in|on|at|for|from|with|without|within|during|before|after|since|prior|over|under|by|per|as|that|which|who|whose|where|when|while|despite|due|caused|secondary|associated|related|resulting|leading|affecting|involving|interfering|prevent(?:s|ing)|preclud\w*|"
    r"complicat\w+|requir\w+|need\w*|necessitat\w+|treated|treatable|managed|untreated|uncontrolled|controlled|inadequately|poorly|insufficiently|not|non|includ\w+|diagnosed|defined|confirmed|documented|established|determined|assessed|judged|considered|deemed|classified|characteri[sz]ed|evidenced|proven|verified|detected|seen|visible|revealed|shown|occurring|present|"
    r"ongoing|lasting|persisting|currently|previously|recently|patients?|subjects?|participants?|diseases?|disorders?|conditions?|infections?|episodes?|attacks?|events?|stages?|grade|class|type|worse|except\w*|other|apart|active|limiting|impairing|likely|severe|such|like|e\.?g\.?|i\.?e\.?|expected|undergoing|receiving|taking|on|is|are|was|were|has|have|had|to|than|"
    r"scheduled|planned|planning|awaiting|waiting|attending|visiting|referred|followed|living|residing|speaking|na[iï]ve|accompanied|admitted|hospitali[sz]ed|presenting|enrolled|registered|seen|found|selected|recruited|"
    r"starting|initiating|beginning|wishing|seeking|resistant|refractory|unresponsive|responding|unsuitable|amenable|extending|spreading|located|situated|confined|localized|measuring|exceeding|progressing|recurring|relapsing|worsening|developing|arising)(?![\w-]))",
    re.IGNORECASE,
)
# A clause behind a comma, whatever it names.
_CLAUSE = pattern_of(r"\s*(?:not\s+\w+(?:ed|ing)|which|whose|who|that|diagnosed|confirmed|documented|determined|assessed|judged|resulting|leading|due|caused|because)\b", re.IGNORECASE)
# What somebody may think of it, or what it may do: an "or" behind stands within it.
_MAY_DO = Caseless(r"\b(?:that|which)\b.*\b(?:interfer|affect|preclud|prevent|contraindicat|compromis|impair|limit|alter|influenc|confound|put|place|make|render|jeopardi|impact)")
_OF_THE_TRIAL = Caseless(r"\b(?:interpret\w+|evaluat\w+|results?|study|studies|trial|complian\w+|comply|participat\w+|safety|safely|assess\w+|understand\w+|willingness|ability|survival|patients?|participants?|subjects?|data|outcomes?|conduct|procedures?|follow|protocol|completion|metaboli\w+|excretion|absorption|absorb|distribution|tolera\w+)\b")
MODAL = pattern_of(r"\b(that|which|who)\s+(?:(?!(?:if|unless|only|but|or|not)\b)[a-z']+\s+){0,3}?(?:in the \w+ of the (?:\w+\s)?investigator,?\s+)?(?:may|might|could|would|can|will|should)\b", re.IGNORECASE)
NOT_LIMITED = pattern_of(r"[,(]?\s*\b(?:but|and)\s+(?:is\s+|are\s+)?not\s+(?:limited|restricted)\s+to\b\s*[,:)]?", re.IGNORECASE)
# How many of them there are to be: nobody without any has so many. "Structural diseases of the pancreas" is of pancreatic disease.
_COUNT = pattern_of(r"^\W*(?:more than|at least|greater than|[>≥]=?)\s*(?:\d{1,2}|one|two|three|four|five|six)\s+(?:or more\s+)?(?=[a-z]{4})(?!(?:hours?|days?|weeks?|months?|years?|minutes?|drinks?|units?|times?|points?|percent|cigarettes?|doses?|episodes?|attacks?|events?|bouts?)\b)", re.IGNORECASE)
_OF_SITE = pattern_of(r"\b(diseases?|disorders?)\s+of\s+the\s+([a-z]+)\b(?!-)", re.IGNORECASE)
# How it was found, in more ways than one; known or suspected; of what age those are who have it.
_BY = r"(?:clinical(?:ly)?|medical|physical|laboratory|biochemical|imaging|ultrasound|mri|ct|ecg|(?:radio|histo|cyto|patho|histopatho|sero|viro|microbio|electrophysio|neuro)log\w+|(?:radio|sono|ultrasono|angio|echocardio|electrocardio)graphic|endoscopic|genetic|molecular|surgical|instrumental|objective|subjective|anamnestic)"
_FOUND_BY = pattern_of(rf"\b{_BY}(?:\s*(?:,\s*(?:and|or)?|/|\band/or\b|\bor\b|\band\b)\s*{_BY})+\s+(?=(?:diagnos[ei]s|evidence|confirmation|proof|documentation|findings?|presence)\s+of\b)", re.IGNORECASE)
_SUSPECTED = pattern_of(r"\b(?P<sure>known|definite|confirmed|proven|established|diagnosed|certain|documented)?(?P<joint>\s*(?:/|,\s*or|\band/or\b|\bor\b)\s*)?\b(?:suspected|probable|possible|presumed|presumptive|likely)(?(sure)(?(joint)|(?!))|\s*(?:/|,\s*or|\band/or\b|\bor\b)\s*(?:known|definite|confirmed|proven|established|diagnosed|certain|documented))\b(?!\s+(?:contact|exposure|to\b))", re.IGNORECASE)
_AGED = pattern_of(r"^(\W*(?:(?:all|any|the|adult|male|female|and|or|both)\s+)*(?:patients?|subjects?|participants?|individuals?|people|persons?|adults?|(?:wo)?men|(?:fe)?males?)),?\s+(?:who are\s+)?(?:aged?|between(?: the ages of)?|ages|of age)\s+(?:[≥>≤<]=?|at least|over|under|between)?\s*\d{1,2}(?:\s*(?:-|–|to|and)\s*\d{1,2})?(?:\s*(?:years?|yrs?))?(?:\s+(?:of age|old))?(?:\s+(?:or|and)\s+(?:older|over|above|younger|under|below))?,?\s+(?=(?:with|who|having|suffering|diagnosed)\b)", re.IGNORECASE)
_ADJECTIVAL = pattern_of(r"-(?:dependent|induced|requiring|treated|related|associated|resistant|refractory)\b", re.IGNORECASE)
_MORE_LIMITS = pattern_of(r"\s*[<>≤≥=]")
# Behind a comma these go on about what stands before it.
_MORE_OF_IT = pattern_of(
    r"\s*(?:(?:not|as|which|whose|where|who|that|with|without|within|in(?!\s+situ)|during|at|on|for|prior|before|since|by|despite|regardless|defined|diagnosed|confirmed|documented|determined|assessed|judged|requiring|needing|resulting|leading|due|caused|because|even|especially|particularly|e\.g|i\.e)\b)", re.IGNORECASE
)
_EXAMPLES = pattern_of(r"\b(?:such as|including|like|for example|e\.?g\.?|i\.?e\.?|namely)(?![\w-])[\s,.:]*", re.IGNORECASE)
ANEW = Caseless(r"\b(?:histor\w+|known|any|patients?|subjects?|participants?|us(?:e|es|ing)|tak(?:e|ing)|receiv\w+|pregnan\w+|lactat\w+|breast\w*|unable|inability|unwilling\w*|current\w*|prior|previous\w*|plan\w*|smok\w*|alcohol\w*|drug|need\w*|treat\w*|therap\w*|surger\w*|positive|abnormal\w*|elevat\w*|other)\b")
_USES = Caseless(r"\b(?:use|used|using|usage|users?|treat\w*|therap\w*|receiv\w*|receipt|tak(?:e|es|en|ing)|on(?=\s+[a-z])|medicat\w*|drugs?|agents?)\b")
JOINT = pattern_of(
    r"(?=[,;:.ao/•*&+–—-])(?:[,;:]\s*(?:and/or|or|and|as well as)?\b|\.\s+(?=[A-Z])|(?<!\w)(?:and\s*/\s*or|or|and|as well as)\b|(?:(?<=[a-z)])|(?<=[a-z)]\s))/\s*(?=[a-z])(?!(?:[µu]?l|m?l|dl|microl\w+|days?|weeks?|months?|years?|mm|kg|hr?)\b)|(?<=\s)[-–—](?=\s)|[•*&+])\s*",
    re.IGNORECASE,
)
BRACKET = pattern_of(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SHORT = pattern_of(r"[A-Z]{2,5}s?")  # an abbreviation that is not known
_WIDENS = pattern_of(r"\s*(?:or|and|and/or|including)\b", re.IGNORECASE)
_NOUN = pattern_of(r"\b(diseases?|disorders?|failure|insufficiency|impairments?|dysfunction|illness(?:es)?|conditions?|patholog(?:y|ies)|infections?|abnormalit(?:y|ies)|problems?|defects?|injur(?:y|ies)|syndromes?)\b", re.IGNORECASE)
_SINGULAR = {"illnesses": "illness", "pathologies": "pathology", "abnormalities": "abnormality", "injuries": "injury"}


def held_to_diseases(read: Read, text: str, lexer: Lexer) -> Read:
    """An exclusion beside the diseases and operations without which it means nobody, where it was not read to its end."""
    if len(text) > _LONGEST or "\n" in text.strip() or text.rstrip().endswith(":") or is_held(read.check):
        return read
    said = spaced(text)
    if "limited" in said or "restricted" in said:
        said = NOT_LIMITED.sub(" ", said)
    if "ould" in said or "may " in said or "might " in said or "can " in said or "will " in said:
        said = MODAL.sub(lambda modal: f"{modal[1]} ", said)
    said = _AGED.sub(r"\1 ", _COUNT.sub("", said.rstrip(" ;:,.")))
    said = _FOUND_BY.sub("", said) if " of " in said else said
    said = _SUSPECTED.sub("", said) if any(map(said.__contains__, ("spected", "robable", "ossible", "resum", "ikely"))) else said
    said = _OF_SITE.sub(lambda place: f"{place[2]} {place[1]}" if lexer.vocabulary.condition(f"{place[2]} disease") is not None else place[0], said) if " of " in said else said
    if SOMEBODY_ELSE.search(said) or COUNTS_MORE.search(said) or "accination" in said or BARS.search(BRACKET.sub(" ", said)):
        return read
    whole = _beside(read.check, said, lexer)
    if whole is not None:
        return Read(All((whole, read.check)), (*((0, len(text)),) * len(leaves(whole)), *read.spans))
    if not isinstance(read.check, Any) or _USES.search(said) or _DENIES.search(_NON_STATE.without(said, " ")):
        return read
    parts: list[Check] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for part in read.check.parts:
        own = read.spans[at : at + len(leaves(part))]
        at += len(leaves(part))
        first = leaves(part)[0]
        held = _beside(part, first.text, lexer) if isinstance(first, Unread) and not is_held(part) else None
        parts.append(part if held is None else All((held, part)))
        spans += own if held is None else (*own[:1] * len(leaves(held)), *own)
    return Read(Any(tuple(parts)), tuple(spans))


def _beside(check: Check, said: str, lexer: Lexer) -> Check | None:
    """What a check is held to that was read of these words; None where that is not certain."""
    named = _held(said, Lexed(lexer))
    return any_of(list(named)) if named is not None and _all_among(check, named, lexer) else None


# "Substance abuse, including tobacco": a record of substance use says nothing of it, though a list may count it among the substances.
COUNTS_MORE = Caseless(r"\b(?:abuse|misuse|dependen\w+|addiction|substances?|drugs?)\b[^.;]*\b(?:including|such as|e\.?g\.?|like|i\.?e\.?)[^.;]*\b(?:tobacco|nicotine|smoking|cigarettes?|caffeine|gambling)\b", needs=("tobacco", "nicotine", "smoking", "cigarette", "caffeine", "gambling"))


def is_held(check: Check) -> bool:
    """Whether a check is false for those of whom none of its facts is true, whatever its unread words say."""
    match check:
        case Unread() | Judgement():
            return False
        case All(parts):
            return any(map(is_held, parts))
        case Any() | Ambiguous():
            return all(map(is_held, children(check)))
        case _:
            return True


def _all_among(check: Check, named: Sequence[Check], lexer: Lexer) -> bool:
    """Whether everything that was read of the sentence is of what it is held to."""
    terms = [one.term for one in named if isinstance(one, Condition | Procedure)]
    uncertain = isinstance(check, Ambiguous) and any(isinstance(one, Unread) for one in check.readings)
    for leaf in leaves(check):
        if isinstance(leaf, Unread | Judgement) or (uncertain and isinstance(leaf, Measurement)):
            continue
        if not isinstance(leaf, Condition | Procedure) or not any(leaf.term == term or lexer.vocabulary.is_kind(leaf.term, term) for term in terms):
            return False
    return not any(isinstance(node, When | Unless | Not) for node in nodes(check))


class Lexed:
    """The tokens of the parts of a sentence, made once."""

    def __init__(self, lexer: Lexer) -> None:
        self.vocabulary = lexer.vocabulary
        self._lexer = lexer
        self._known: dict[str, list[Token]] = {}

    def tokens(self, text: str) -> list[Token]:
        """What a part names."""
        if text not in self._known:
            found = self._lexer.tokens(text)
            glued = {token.start for token, after in pairwise(found) if token.start == after.start}
            self._known[text] = [_behind_non(token) if token.start in glued else token for token in found if token.tag in _NAMES]
        return self._known[text]


def _behind_non(token: Token) -> Token:
    """A name behind a "non" that is one word with it ("nondiabetic kidney disease"), without it: what stands before denies it."""
    return Token(token.tag, token.start + len("non"), token.end, token.text[len("non") :], token.value)


def _held(text: str, lexer: Lexed) -> list[Check] | None:
    """What every part of a sentence begins with; None where a part may be about something else."""
    if text.count("(") != text.count(")") or text.count("[") != text.count("]"):
        return None
    found: list[Check] = []
    for bracket in BRACKET.finditer(text):
        inside = bracket[1] or bracket[2] or ""
        if _WIDENS.match(inside) or "(" in inside:
            return None
        inner = list(_parts(inside))
        if any(map(str.isdigit, inside)) and any(token.tag in ("drug", "proc") for token in lexer.tokens(inside)):
            return None
        for _, part in inner:
            named = [_fact(token) for token in lexer.tokens(part) if token.tag in ("cond", "proc")]
            last_noun = _with_last_noun(part, inner[-1][1], lexer) if not named else None
            if not named and last_noun is None and _SHORT.fullmatch(part.strip()):
                return None
            found += named if last_noun is None else [last_noun]
    plain = BRACKET.sub(lambda bracket: " " * len(bracket[0]), text)
    parts = list(_parts(plain))
    if not any(token.tag in ("cond", "proc") for token in lexer.tokens(plain)):
        return None
    last = parts[-1][1] if parts else ""
    examples = known = False
    before = ""
    for place, (joint, part) in enumerate(parts):
        facts = facts_of(part, lexer, last, stated=bool(before) and names_no_kind(before))
        if known and not facts and is_another(joint, part, before, parts[place + 1 :], lexer):
            return None
        if facts:
            found += facts
            known = True
        elif facts is None or not names_no_kind(part):
            ahead = any(facts_of(other, lexer, last) for _, other in parts[place + 1 :])
            more = known and goes_on(joint, part, ahead or _named(part, lexer), clause=before)
            if not more and (facts is None or not (examples and ahead and _is_example(joint, part, lexer))):
                return None
        before = part
        examples = (examples and ";" not in joint and "." not in joint) or (_EXAMPLES.search(part) is not None and known)
    kept = list(dict.fromkeys(found))
    limited = LIMIT.search(text) is not None
    if not known or any(one.term in BROAD for one in kept if isinstance(one, Condition | Procedure)) or (limited and any(isinstance(one, Condition) and not NAMED_ANYHOW.search(one.term) for one in kept)):
        return None
    past = _PAST.search(text) is not None
    return [replace(one, phase="") if isinstance(one, Condition) and not past else one for one in kept]


def _sites() -> str:
    """The places in the body, as one pattern."""
    lines = (Path(__file__).parents[1] / "data" / "sites.txt").read_text(encoding="utf-8").splitlines()
    return "|".join(word for line in lines if not line.startswith("#") for word in line.split())


# A place, or what brings something on, behind a preposition: an "or" behind goes on with it.
_PLACED = Caseless(r"\b(?:on|of|in|at|with|by|during|to|from)\s+(?:\S+\s+){0,3}\S+\s*$")
_AT_PLACE = Caseless(rf"\s*(?:(?:with|on|at|during|by|in|of|the|either|both|left|right|minimal|mild|physical|moderate)\s+)*(?:{_sites()}|exertion|exercise|activity|rest|effort|scalp|walking|standing|night)\s*(?:$|(?:that|which|requir\w+|needing|within|at|in|during)\b)")


def goes_on(joint: str, part: str, more: bool, clause: str) -> bool:
    """Whether a part only goes on about what stands before it."""
    if "," not in joint and _PLACED.search(clause) and _AT_PLACE.match(part):
        return not more
    return (joint == "," and (_CLAUSE.match(part) or (_MORE_OF_IT.match(part) and not more)) is not None) or _MORE_LIMITS.match(part) is not None or ("," not in joint and _MAY_DO.search(clause) is not None and _OF_THE_TRIAL.search(part) is not None)


# People behind "or", or what they have: others than those named before.
_PEOPLE_LAST = Caseless(r"(?:[\w-]+\s+){0,2}(?<!of )(?<!in )(?<!for )(?:children|patients?|subjects?|participants?|individuals?|people|persons?|wom[ae]n|men)\W*")
_HAVE = Caseless(r"(?:(?:who|that)\s+)?(?:have|has|having)\b.*")
_OF_THE_SAME = Caseless(r"\b(?:these|those|this|such|it|its|either|them|same|thereof|similar|equivalent)\b")
_STATE_LAST = Caseless(r".*\b(?:pregnan(?:t|cy)|lactating|lactation|nursing|breast-?\s?feeding|ill|smokers?)\s*")


def is_another(joint: str, part: str, before: str, behind: Sequence[tuple[str, str]], lexer: Lexed) -> bool:
    """Whether a part that names nothing is a member of its own behind "or": "gout or unstable patients", "pregnant or have children"."""
    if "or" not in joint or lexer.tokens(part) or _OF_THE_SAME.search(part):
        return False
    if _PEOPLE_LAST.fullmatch(part):
        return True
    named = lexer.tokens(before)
    ended = (bool(named) and not before[named[-1].end :].strip()) or _STATE_LAST.fullmatch(before) is not None
    return (ended or _HAVE.fullmatch(part) is not None) and not any(lexer.tokens(one) for _, one in behind)


def names_no_kind(part: str) -> bool:
    """Whether a part names no kind of disease, and denies nothing."""
    return _NOTHING.fullmatch(part) is not None and not (_OF_KINDS.search(part) or _DENIES.search(_NON_STATE.without(part, " ")))


def _is_example(joint: str, part: str, lexer: Lexed) -> bool:
    """Whether a part may be one more example between others."""
    return joint == "," and len(part.split()) < 5 and not _SHORT.fullmatch(part.strip()) and not ANEW.search(part) and not _DENIES.search(part) and not _named(part, lexer)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a sentence with the joint before each."""
    at, joint = 0, ""
    for found in JOINT.finditer(text):
        if text[at : found.start()].strip(" ."):
            yield joint, text[at : found.start()].rstrip()
            joint = ""
        joint = (joint + found[0]).replace(" ", "")
        at = found.end()
    if text[at:].strip(" ."):
        yield joint, text[at:]


def _named(part: str, lexer: Lexed) -> bool:
    """Whether a part names anything that the vocabulary knows."""
    return bool(lexer.tokens(part))


def facts_of(part: str, lexer: Lexed, last: str, *, stated: bool = False) -> list[Check] | None:
    """What a part is about: empty where it names nothing; None where it is about something else, or denies.

    `stated` says that an adjective stands before it that may belong to the name: "recent or chronic illness".
    """
    tokens = [token for token in lexer.tokens(part) if token.tag == "cond" or not _ADJECTIVAL.match(part, token.end)]
    if not tokens:
        whole = _with_last_noun(part, last, lexer)
        return [whole] if whole is not None else []
    examples = _EXAMPLES.search(part)
    if examples and tokens[0].start >= examples.end():
        if part[: examples.start()].strip():
            return None
        part, tokens = part[examples.end() :], [_moved(token, examples.end()) for token in tokens]
    first = tokens[0]
    if first.tag not in ("cond", "proc") or not _BEFORE.fullmatch(part[: first.start]):
        return None
    before = part[: first.start]
    if (_NOUN.search(before) and not _CAUSING.search(before)) or (stated and not before.strip() and " " in first.text and _NOUN.search(first.text) and not _STATE_FIRST.match(first.text)):
        return None
    treated = _FOR_TREATMENT.search(before) is not None
    if (treated and (first.tag != "cond" or _WISHED.search(str(first.value)) or not lexer.vocabulary.is_kind(str(first.value), "disease"))) or _DENIES.search(_NON_STATE.without(before, " ")) or (first.tag == "proc" and (not _DONE.search(part) or _PLANNED.search(part))):
        return None
    found = _whole(first, lexer) if stated and _STATE_FIRST.match(first.text) else [_fact(first)]
    if found is None:
        return None
    end = first.end
    for token in tokens[1:]:
        if part[end : token.start].strip(" -'’"):
            break
        if token.tag not in ("cond", "proc"):
            return None
        found.append(_fact(token))
        end = token.end
    if not _GOES_ON.match(part[end:]) or (first.tag == "proc" and _EXAMPLES.search(part, end)):
        return None
    found += [_fact(token) for token in tokens if token.start >= end and token.tag == "cond"]
    return found[1:] if found[0] == _INFECTION and len(found) > 1 and _BY_WHAT.match(part, end) else found


def _whole(token: Token, lexer: Lexed) -> list[Check] | None:
    """A disease whose name begins with an adjective, and the disease that it is without it."""
    concept = lexer.vocabulary.condition(token.text.partition(" ")[2]) if token.tag == "cond" else None
    return None if concept is None else [_fact(token), Condition(concept.label, "history")]


_INFECTION = Condition("infection", "history")
_BY_WHAT = pattern_of(r"\s*(?:with|by|due to)\b", re.IGNORECASE)


def _moved(token: Token, by: int) -> Token:
    return Token(token.tag, token.start - by, token.end - by, token.text, token.value)


def _fact(token: Token) -> Check:
    """Having, or ever having had, what a token names."""
    return Condition(str(token.value), "history") if token.tag == "cond" else Procedure(str(token.value))


def _with_last_noun(part: str, last: str, lexer: Lexed) -> Check | None:
    """An adjective of a list whose last member says the noun: "renal, hepatic or cardiac disease"."""
    noun = _NOUN.search(last)
    if noun is None:
        return None
    said = noun[1].lower()
    said = _SINGULAR.get(said, said.removesuffix("s") if said.endswith("s") and not said.endswith("ss") else said)
    whole = part.strip().split()
    for word in (" ".join(whole), " ".join(whole[1:]), " ".join(whole[2:]), " ".join(whole[-1:])):
        ahead = part.strip().removesuffix(word)
        if not word or len(word.split()) > 2 or names_no_kind(word) or not _BEFORE.fullmatch(ahead) or _NOUN.search(ahead) or _EXAMPLES.search(ahead):
            continue
        for one in (said, "disease"):
            concept = lexer.vocabulary.condition(f"{word} {one}")
            if concept is not None:
                return Condition(concept.label, "history")
    return None
