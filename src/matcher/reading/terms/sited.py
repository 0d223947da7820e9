"""Rules for what is said of a disease before its name or behind it: an adjective of no table, the places where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.language import Any, Condition, Not
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.leading import says_kind
from matcher.reading.terms.names import ANOTHER_ELSEWHERE, PLACES, SIDES

# Endings of adjectives, and the words of these endings that may turn a name, relate it to somebody else or name no property of it.
_ADJECTIVE = Caseless(
    r"(?!(?:(?:sero|false)?positive|(?:sero)?negative|elective|curative|palliative|operative|diagnostic|prophylactic|antibiotic|preventive|alternative|relative|generic|topic|clinic|public|academic|basic|"
    r"specific|systemic|historic|parental|maternal|paternal|fetal|familial|potential|native|naive|archive|objective|subjective|definitive|effective|ineffective|receive|have|give|live|drive|inactive|"
    r"supportive|adjuvant|consecutive|respective|prospective|retrospective|representative|cooperative|sensitive|insensitive|responsive|selective|executive|electronic|medic|arctic|pediatric|geriatric|traffic|"
    r"hepatic|presumptive|putative|evocative|suspicious|dubious|precancerous|mimic|panic|colic|epidemic|pandemic|endemic|therapeutic|hospital|capital|digital|vital|total|marital|mental|experimental|parasympathomimetic|analgesic|anesthetic|diuretic|antiseptic|antiemetic|cytostatic|psychotropic|various|previous|serious|continuous|"
    r"obvious|dangerous|numerous|religious|conscious|unconscious|anxious|cautious|endogenous|exogenous|asiatic|islamic|hispanic|economic|genetic|prolific|suggestive|indicative|predictive|protective|tentative|"
    r"investigative|reproductive|productive|addictive|additive|inclusive|exclusive|excessive|extensive|comprehensive|intensive|expensive|five|above|involve|improve|prove|serve|observe|achieve|leave|believe)$)"
    r"[a-z-]{2,}(?:ive|ic|ous|occal|ontal|ietal|gital|idal|pital)$",
)


# Adjectives that have none of those endings.
_PLAIN = frozenset(("left", "right", "total", "radical", "subtotal", "laparoscopic"))


def _with_adjective(tokens: Sequence[Token], context: Context) -> Found:
    """ "digestive bleeding", "gonococcal severe arthritis": an adjective of no table makes the disease narrower."""
    word = tokens[0]
    if not (_ADJECTIVE.fullmatch(word.text) or word.text.casefold() in _PLAIN) or not _adjacent(tokens, context) or context.text[max(0, word.start - 1) : word.start] == "-":
        return None
    if tokens[-1].tag == "proc" and _TO_COME.search(context.text[: word.start]):
        return None
    return [replace(word, tag="degree", value=word.text.casefold()), *tokens[1:]]


# Before an operation: it has not been done yet.
_TO_COME = Caseless(r"\b(?:plan\w*|schedul\w*|candidates?|await\w*|eligible|undergoing|require\w*|requiring|need\w*|indicat\w*|refer\w*|elective)\b[^.;]*$")


# Words that are said of a name without telling which kind of it is meant: of doubt, number and time, of people, of being given or left off.
_NO_KIND = Caseless(
    r"odd|last|given|their|his|her|this|that|these|those|such|same|other|another|already|also|always|only|even|just|too|very|every|each|all|any|both|either|neither|several|many|certain|specific|various|personal|obvious|known|know|unknown|questionable|presumptive|one|"
    r"two|three|four|five|six|single|second|third|initial|final|early|late|later|earlier|old|new|recent|current|present|past|future|subsequent|remote|elective|planned|upcoming|ongoing|average|"
    r"symptom|sign|evidence|presence|absence|status|state|condition|problem|case|onset|episode|history|anamnesis|seropositivity|seronegativity|positive|negative|reactive|normal|abnormal|treatment|"
    r"therapy|medication|drug|agent|prescription|procedure|operation|surgery|intervention|management|administration|intake|receipt|injection|infusion|induction|therapeutic|diagnostic|preventive|"
    r"palliative|patient|participant|subject|individual|volunteer|adult|infant|newborn|man|woman|male|female|physician|doctor|clinician|caregiver|user|candidate|human|mental|physical|medical|"
    r"clinical|general|apparent|suspicious|dubious|putative|evocative|suggestive|indicative|curative|prophylactic|supportive|adjuvant|intraoperative|perioperative|preoperative|postoperative|"
    r"operative|women|men|begun|began|maintain|continue|start|cease|discontinue|hold|withdraw|high|low|external|internal|imminent|relevant|significant|important|adequate|inadequate|standard|usual|"
    r"common|typical|basal|squamous|dsm|icd|nih|ctcae|who|nyha|ecog|nci|mri|pet|ecg|pylori|neisseria|mycobacterium|trichomonas|american|european|japanese|chinese|asian|african|western|national|"
    r"international",
)
_VERBAL = pattern_of(r"(?:ing|ed|ly|wn|rn|pt)$")
# Where a name may begin: at the beginning of what is said, behind a joint, or behind words that only say that, when or how badly somebody has it.
_NAME_BEGINS = pattern_of(
    r"(?:^|[;:,(•*]|(?<![A-Z])\.|\b(?:or|and|and/or|with|have|has|having|had|of|any|an?|the|known|active|current|ongoing|prior|previous|past|concurrent|concomitant|severe|moderate|mild|acute|chronic|recurrent|symptomatic|uncontrolled|advanced|primary|secondary|bilateral|unilateral|"
    r"confirmed|diagnosed with|history of|presence of|evidence of|diagnosis of|suffering from|underwent|undergone|taking|using|uses?|receiving|received|on))[ \t\n]*$",
    re.IGNORECASE,
)
# Behind "of" what is named may be only feared, sought or prevented.
_OF_ANOTHER = Caseless(r"\b(?:risks?|prevention|symptoms?|signs?|suspicion|likelihood|possibility|probability|absence|lack|causes?|exclusion|fear|types?|kinds?|forms?|stages?|treatment|therapy|management|relatives?|study|trial|screening|investigation|exposure|contact|because|due|instead|candidates?)\s+(?:of|with)\s+(?:an?\s+|any\s+|the\s+)?$")

_JOINED = pattern_of(r"(?P<words>(?:[\w-]+ ){0,2}[\w-]+)\s*(?:,\s*)?(?:\b(?:or|and|and/or)|/)\s*$", re.IGNORECASE)


def _of_a_kind(tokens: Sequence[Token], context: Context) -> Found:
    """ "clear cell ovarian cancer", "non-thermal burns": plain words of no table before a name make it narrower, whatever they mean."""
    at = next(i for i, token in enumerate(tokens) if token.tag != "w")
    start, words = tokens[0].start, context.text[tokens[0].start : tokens[at - 1].end]
    if not context.exclusion and tokens[-1].tag == "proc":
        return None
    if not _is_kind(words, tokens[-1]) or context.text[tokens[at - 1].end : tokens[at].start] not in (" ", "  ") or context.text[max(0, start - 1) : start] in ("-", "/"):
        return None
    before = context.text[:start]
    joined = _JOINED.search(before)
    if joined is not None and not _named_at_its_end(joined["words"].split(), tokens[-1], context):  # "internal or external bleeding": what the first word is said of is not yet read
        return None
    if _NAME_BEGINS.search(before) is None or _OF_ANOTHER.ends(context.text, start) or (tokens[-1].tag == "proc" and _TO_COME.search(before)):
        return None
    resolve = {"cond": context.vocabulary.condition, "proc": context.vocabulary.procedure}.get(tokens[-1].tag, context.vocabulary.treatment)
    if resolve(f"{words.removesuffix('-type')} {tokens[-1].text}") is not None or resolve(f"{words} {tokens[-1].value}") is not None:
        return None  # a name of its own
    return [Token("degree", start, tokens[at - 1].end, words, words.casefold() if words[1:].islower() or "-" in words else words), *tokens[at:]]


def _named_at_its_end(words: Sequence[str], term: Token, context: Context) -> bool:
    """Whether words end in a name of the kind of another one."""
    resolve = {"cond": context.vocabulary.condition, "proc": context.vocabulary.procedure}.get(term.tag, context.vocabulary.treatment)
    return any(resolve(" ".join(words[at:])) is not None for at in range(len(words)))


def _is_kind(words: str, term: Token) -> bool:
    """Whether words before a name can only say of which kind the named is: no verb, no relation, no joint, nothing counted."""
    *before, last = re.split(r"\s+", words)
    plain = [word for word in before if word.casefold() not in _OF_CELLS]
    named = [word for word in (*plain, last) if word.casefold() != "cell" and not _COMPOUND.fullmatch(word)]
    return not any(map(_never_kind, (*plain, last))) and all(says_kind(word, term.text, of_disease=term.tag == "cond") for word in named)


def _never_kind(word: str) -> bool:
    """Whether a word, hyphens and all, says nothing of the kind of what is named behind it."""
    parts = word.casefold().split("-")
    return any(map(_NO_KIND.fullmatch, parts)) or (len(parts) == 1 and _VERBAL.search(word) is not None)


_COMPOUND = Caseless(r"(?!self-)[a-z]{2,}-(?!suspect|exclud|report|relat|prov|confirm|diagnos|plann)[a-z]+(?:ing|ed)|[a-z]{2,}-type")  # "long-lasting", "activity-limited"
_OF_CELLS = frozenset(("b", "t", "non", "clear", "germ", "small", "large", "long", "short"))


def _not_so(tokens: Sequence[Token], context: Context) -> Found:
    """ "noninfectious", "non-obstructive": the adjective with its denial is one; so is "completely resected", with how much it is so."""
    before, adjective = tokens
    if _HOW_SO.fullmatch(before.text) and context.text[before.end : adjective.start] == " " and before.start != adjective.start and context.text[before.start - 1 : before.start] != "-":
        return [replace(adjective, start=before.start, text=context.text[before.start : adjective.end], value=f"{before.text.casefold()} {adjective.value}")]
    glued = before.start == adjective.start and before.text.casefold().startswith("non")
    if not glued and (before.text.casefold() != "non" or context.text[before.end : adjective.start].strip(" -")):
        return None
    return [replace(adjective, start=before.start, text=context.text[before.start : adjective.end], value=f"non-{adjective.value}")]


# How much or in what way something is so; no doubt, no time and nobody's opinion of it.
_HOW_SO = Caseless(r"(?!(?:potential|possib|probab|presumab|previous|current|recent|new|former|ear|on|like|unlike|ful|alleged|suppos|near|hard|bare|rare|seldom|fami|app|multip|clinical|significant|medical|usual|normal|typical|general|assemb|reported|apparent|subsequent|final|initial|original|simultaneous|concurrent|concomitant|especial|particular|specifical|main|primari|name|notab|chief)ly$)[a-z]{3,}ly")
# Behind a hyphen: how what stands before it bears on the disease.
_BEARING = frozenset(("induced", "related", "associated", "dependent", "mediated", "resistant", "refractory", "sensitive", "responsive", "driven", "attributable"))


def _borne_by(tokens: Sequence[Token], context: Context) -> Found:
    """ "antidepressant-induced mania", "leiomyoma-related anemia": what is named first only says which disease is meant."""
    cause, bearing, *rest = tokens
    if bearing.text.casefold() not in _BEARING or context.text[cause.end : bearing.start] not in ("-", "\u2010", "\u2011") or not _adjacent(tokens[1:], context):
        return None
    if context.text[cause.start - 1 : cause.start] == "-":
        return None
    text = context.text[cause.start : bearing.end]
    return [Token("degree", cause.start, bearing.end, text, text if text.isupper() or not text[1:].islower() else text.casefold()), *rest]


# Adjectives with which names begin, and which part a name from the same one without them.
_BEGINNING = Caseless(
    r"systemic|partial|total|complete|subtotal|acute|chronic|subacute|paroxysmal|persistent|acquired|congenital|inherited|hereditary|malignant|benign|metastatic|primary|secondary|severe|moderate|mild|"
    r"active|inactive|latent|recurrent|refractory|relapsed|symptomatic|asymptomatic|bacterial|viral|fungal|invasive|advanced|localized|generalized|central|peripheral|left|right|bilateral|unilateral|radical|simple|open",
)
_LOCAL = frozenset(("local", "total", "partial", "open", "simple", "radical", "present", "past"))


def _or_of_the_same(tokens: Sequence[Token], context: Context) -> Found:
    """ "local or systemic infection", "partial or total gastrectomy": each adjective of the name that they share."""
    *adjectives, joint, term = tokens
    words = term.text.split()
    if len(words) < 2 or not _BEGINNING.fullmatch(words[0]) or any(token.tag == "w" and token.text.casefold() not in _LOCAL for token in adjectives):
        return None
    shared = " ".join(words[1:])
    concept = (context.vocabulary.condition if term.tag == "cond" else context.vocabulary.procedure)(shared)
    if concept is None or words[0].casefold() in {token.text.casefold() for token in adjectives}:
        return None
    degrees = [replace(token, tag="degree", value=token.text.casefold()) if token.tag == "w" else token for token in adjectives]
    if len(degrees) == 1:  # said behind the whole name it is not shared with that
        return [replace(term, start=degrees[0].start), joint, *degrees, Token(term.tag, term.end, term.end, shared, concept.label)]
    end = adjectives[-1].end
    return [*degrees, Token(term.tag, end, end, shared, concept.label), joint, term]


def _in_a_place(tokens: Sequence[Token], context: Context) -> Found:
    """ "infection of the neck", "pain in the lower leg or foot": the disease in each of the places."""
    term, *rest = (tokens[0], *tokens[2:])
    runs: list[list[Token]] = [[]]
    joints: list[Token] = []
    for token in rest:
        if token.tag in ("comma", "or", "and", "slash"):
            joints.append(token)
            runs += [[]] if runs[-1] else []
        else:
            runs[-1].append(token)
    words = [" ".join(token.text for token in run) for run in runs]
    if not all(_is_place(run) for run in runs) or (joints and all(token.tag == "comma" for token in joints)) or any(word.casefold() in PLACES for word in term.text.split()):
        return None
    if _OF_SEVERAL.search(re.split(r"[.;]\s", context.text[: term.start])[-1]):
        return None
    joint = "and" if any(token.tag == "and" for token in joints) else "or"
    found: list[Token] = []
    for run, place in zip(runs, words, strict=True):
        named = _named_or_placed(run, place, term, context, first=not found, last=run is runs[-1])
        if len(named) > 1 and str(term.value) in ANOTHER_ELSEWHERE:
            return None
        found += [replace(joints[0], tag=joint), *named] if found else named
    return found


# Before the name: others of its list, which may be in that place too.
_OF_SEVERAL = Caseless(r"[,/]|\b(?:or|and)\b")


def _named_or_placed(run: Sequence[Token], place: str, term: Token, context: Context, *, first: bool, last: bool) -> list[Token]:
    """The name that the term makes with the place, or the term in that place."""
    resolve = context.vocabulary.condition if term.tag == "cond" else context.vocabulary.procedure
    concept = resolve(f"{place} {term.text}") or resolve(f"{term.text} of {place}")
    start, end = term.start if first else run[0].start, run[-1].end if last or not first else term.end
    named = Token(term.tag, start, end, term.text, concept.label if concept else term.value)
    return [named] if concept else [Token("place", start, start, place), named]


def _is_place(run: Sequence[Token]) -> bool:
    """Whether all words of a run name one place: "lower leg", "left eye"."""
    words = [word for token in run for word in token.text.casefold().split()]
    return bool(words) and words[-1] in PLACES and all(word in PLACES or word in SIDES for word in words)


def _adjacent(tokens: Sequence[Token], context: Context) -> bool:
    """Whether nothing but spaces stands between the tokens."""
    return all(not context.text[one.end : next_.start].strip() for one, next_ in pairwise(tokens))


def _none_or(tokens: Sequence[Token], context: Context) -> Found:
    """ "No or mild dyspnea": none of it, or no more than that; with more behind the name it stays unread."""
    *_, state, term = tokens
    if _GOES_ON.match(context.text, term.end):
        return None
    if context.exclusion or not _IS_LAST.match(context.text, term.end):
        return [replace(token, tag="w", value=None) for token in tokens]
    name = str(term.value)
    check = Any((Not(Condition(name)), Condition(name, states=(state.text.casefold(),))))
    return check_token(check, tokens, context, ((tokens[0].start, term.end),) * 2)


_IS_LAST = Caseless(r"\s*(?:[.;,)]|$)")
_GOES_ON = Caseless(r"\s*(?:or|and/or|/)\b")
_RUN = "(w|degree|route|organ)+"
_END = "(?=(stop|semicolon|window|lasting|close|open|exceptions|anyhow)|$)"
SITED = (
    Rule("none or some", "not (or|slash) (degree|stable) cond", _none_or, "not"),
    Rule("borne by", "(cond|drug|proc|measure|w|degree|organ) (w|degree) degree* (cond|proc)", _borne_by, "cond proc", tuple(_BEARING)),
    Rule("adjective or another", "(?<!or)(?<!slash)(?<!comma)(?<!and)(degree|w)+ (or|slash) (cond|proc)", _or_of_the_same, "cond proc"),
    Rule("adjective denied", "w degree", _not_so, "degree"),
    Rule("adjective of no table", "(?<!w) (?<!not) w (degree|place)* (cond|proc)", _with_adjective, "cond proc"),
    Rule("of a kind", "(?<!w)(?<!not)(?<!denies) w w? (degree|place|route)* (cond|proc|drug) (?=stop|semicolon|comma|or|and|window|lasting|within|close|open|exceptions|eg|restrict|with|$)", _of_a_kind, "cond proc drug"),
    Rule("in a place", f"(cond|proc) (of|in|at|on|to) {_RUN} ((comma|or|and|slash)+ {_RUN})* {_END}", _in_a_place, "of in at on to"),
)
