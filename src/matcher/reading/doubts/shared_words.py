"""A last member that may share the words before a first one: "breast biopsy or resection", "a major injury or surgery"."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Medication, Procedure, Window
from matcher.model.trees import leaves
from matcher.reading.doubts.words_of_all import is_bare
from matcher.reading.grammar.members import sited
from matcher.reading.grammar.pieces import FACTS
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.shared_place import is_general
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.terms.sharing import STAGED
from matcher.vocabulary import load

_ORGAN = (
    r"cardiac|heart|coronary|aort(?:a|ic)|carotid|cerebral|brain|intracranial|cranial|spinal|renal|kidney|hepatic|liver|biliary|gall ?bladder|pancreatic|splenic|gastric|stomach|duodenal|intestinal|bowel|colon(?:ic)?|rectal|colorectal|anal|"
    r"o?esophageal|gastrointestinal|GI|pulmonary|lung|bronchial|tracheal|airway|laryngeal|thyroid|adrenal|pituitary|breast|uterine|cervical|ovarian|vaginal|pelvic|abdominal|thoracic|chest|prostat(?:e|ic)|urethral|bladder|ureteral|urinary|testicular|"
    r"penile|eye|ocular|retinal|corneal|orbital|ear|nasal|sinus|oral|dental|facial|neck|hip|knee|ankle|foot|shoulder|elbow|wrist|hand|lumbar|joint|bone|muscle|tendon|nerve|skin|limb|leg|arm|vascular|venous|arterial|ventricular|atrial|valv(?:e|ular)|"
    r"LV|RV|femoral|iliac|mediastinal|pleural|peritoneal"
)
# What can be in any place, or be done there.
_ANYWHERE = (
    r"aneurysms?|thromb(?:us|i|osis)|stenos[ie]s|bleeding|ha?emorrhages?|infections?|inflammation|surger(?:y|ies)|operations?|resections?|biops(?:y|ies)|obstructions?|perforations?|fistulas?|injur(?:y|ies)|trauma|pain|mass(?:es)?|ulcers?|ulceration|"
    r"abscess(?:es)?|o?edema|paralysis|palsy|weakness|implants?|stents?|fractures?|deformit(?:y|ies)|malformations?|anomal(?:y|ies)|necrosis|isch?a?emia|embolism|occlusions?|dissections?|ruptures?|cysts?|polyps?|stones?|effusions?|procedures?|interventions?"
)
_ENDS = r"(?=\s*(?:$|[.,;)(]|(?:within|in the|during|over the|prior|before|less than|at any|requiring|that|which)\b))"
_NOUN = Caseless(rf"(?:{_ANYWHERE}){_ENDS}")
_OPERATION = Caseless(rf"(?:surger(?:y|ies)|surgical procedures?|operations?|resections?){_ENDS}")
_OR = r"\s*(?:\s(?:and/or|or)\s|/)\s*$"
_OF_A_PLACE = Caseless(
    rf"\b(?P<words>(?:{_ORGAN})(?:\s+(?!or\b|and\b|of\b|with\b|pain\b)[\w-]+){{0,2}}?)\s+(?!or\b|and\b|diseases?\b|disorders?\b|failure\b|illness|conditions?\b|cancers?\b|insufficiency\b)(?!(?:braces?|scales?|scores?|index|tests?|questionnaires?|devices?|prosthes[ei]s)\b)[\w-]+{_OR}"
)
_OF_A_SICK_PLACE = Caseless(rf"\b(?P<words>{_ORGAN})\s+(?:diseases?|disorders?|failure|cancers?){_OR}")
_IN_A_LIST = Caseless(rf"\b(?P<words>{_ORGAN})\s+(?:diseases?|disorders?)\s*,\s*$")
# What a disease comes of, said before the first of two.
_OF_A_CAUSE = Caseless(rf"\b(?P<words>diabetic|hypertensive|alcoholic|uremic|rheumatoid)\s+(?!or\b|and\b)[\w-]+(?:\s+or\s+[\w-]+)?{_OR}")
# From whom it is, or of what it comes, said in the name of the first: "gestational diabetes or hypertension".
_OF_AN_ORIGIN = Caseless(
    rf"\b(?P<words>gestational|pregnancy[- ]induced|familial|hereditary|inherited|congenital(?! heart| cardiac)|neonatal|juvenile|alcoholic|alcohol[- ]induced|viral|bacterial|fungal|autoimmune|drug[- ]induced|allergic|postpartum|perinatal|secondary|cns|central nervous system)\s+"
    rf"(?!or\b|and\b)[\w-]+(?:\s+(?!or\b|and\b|,)[\w-]+)?{_OR}",
    needs=("gestational", "induced", "familial", "hereditary", "inherited", "congenital", "natal", "juvenile", "alcohol", "viral", "bacterial", "fungal", "autoimmune", "allergic", "postpartum", "secondary", "cns", "central nervous"),
)
_OWN_ORIGIN = Caseless(r"(?:hereditary|inherited|acquired|secondary|primary|idiopathic|sporadic|familial|congenital|chronic|acute|type|autoimmune|viral|bacterial|fungal|drug|developmental|adult|other|any|non)\b")
# Of what some of these words can be said at all.
_WHATEVER = Caseless("")
_WHAT_IS_SO = (
    ("alcohol", Caseless(r"pancrea|hepat|cirrhosis|cardiomyo|neuropath|dementia|psychosis|myopath|gastritis")),
    ("autoimmune", Caseless(r"itis\b|diabetes|anemia|penia|encephalo|vascul")),
    ("allergic", Caseless(r"itis\b|reaction|urticaria|edema")),
    ("cns", Caseless(r"^(?!.*(?:brain|mening|spin|nervous|cerebr|crani)).*(?:lymphoma|leuk|metasta|tumou?r|cancer|infection|bleed|hemorrhag|trauma|injur|malform|neoplas|disease|disorder)")),
    ("central", Caseless(r"^(?!.*(?:brain|mening|spin|nervous|cerebr|crani)).*(?:lymphoma|leuk|metasta|tumou?r|cancer|infection|bleed|hemorrhag|trauma|injur|malform|neoplas|disease|disorder)")),
    *((germ, Caseless(r"itis\b|pneumonia|sepsis|infection|myocard|pericard|diarrhea|ulcer")) for germ in ("viral", "bacterial", "fungal")),
)
_OF_DISEASE = Caseless(r"(?:neuropath|nephropath|retinopath|cardiomyopath|hepatitis|cirrhosis|encephalopath|gastropath|myopath|arthritis|vasculitis)\w*")
_OF_A_DEGREE = Caseless(rf"\b(?P<words>major|extensive|severe|serious|emergency)\s+(?:[\w-]+\s+)?(?!or\b|and\b)[\w-]+{_OR}")
_TIMED = Caseless(r"\((?:within|in the|during the|over the|<|≤)\s?[^()]{3,40}\)\s+(?P<listed>[^.;()]*?\b(?:and/or|or)\b[^.;()]*)")
_JOINTS = ("or ", "/", ", ")
_STEM = 5  # letters by which a noun is told in a label


def perhaps_shared(read: Read, text: str) -> Read:
    """The check, in which a last member stands both with and without the words that it may share with the first."""
    starts = [start for start, _ in read.spans]
    if not any(text.endswith(_JOINTS, 0, start) for start in starts):
        return read
    timed = _times(read, text) if "(" in text else None

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, FACTS) or starts.count(place[0]) > 1 or not text.endswith(_JOINTS, 0, place[0]):
            return None
        if timed is not None and timed[0] <= place[0] < timed[1] and leaf.window is None:
            return Ambiguous((replace(leaf, window=timed[2]), leaf))
        named = _named_together(leaf, place, text) if isinstance(leaf, Condition) else None
        if named is not None:
            return Ambiguous((named, leaf))
        words = _shared(leaf, place[0], text) if isinstance(leaf, Condition | Procedure) and not leaf.states else ""
        return Ambiguous((_so(leaf, words), leaf)) if words and not isinstance(leaf, Medication) else None

    return rewritten_there(read, change)


def _named_together(leaf: Condition, place: tuple[int, int], text: str) -> Condition | None:
    """ "Peripheral arterial or vascular disease": the disease that the first of two adjectives names with the last noun."""
    found = _TWO_ADJECTIVES.ends(text, place[0])
    if found is None or found["words"].casefold() in STAGED or load().condition(f"{found['words']} {found['other']}") is not None:
        return None
    concept = load().curated("condition", f"{found['words']} {text[slice(*place)]}") or load().curated("condition", f"{found['words']} {leaf.term}")
    return replace(leaf, term=concept.label) if concept is not None and concept.label != leaf.term else None


_TWO_ADJECTIVES = Caseless(rf"(?:^|[.,;:(]\s*|\b(?:of|or|and|any|with|known|active|have|has)\s+)(?P<words>[a-z]+)\s+(?P<other>[a-z]+(?:al|ar|ic|ous|ary)){_OR}")


def _shared(leaf: Condition | Procedure, start: int, text: str) -> str:
    """The words of place or degree before the first member that a member at a place may share."""
    if isinstance(leaf, Condition) and _OF_DISEASE.match(text, start):
        caused = _OF_A_CAUSE.ends(text, start)
        return text[slice(*caused.span("words"))] if caused is not None else ""
    born = _OF_AN_ORIGIN.ends(text, start) if isinstance(leaf, Condition) and is_bare(leaf) and not _OWN_ORIGIN.match(text, start) else None
    if born is not None and "," not in text[max(text.rfind(stop, 0, born.start()) for stop in ".;:(") + 1 : born.start()]:
        words = text[slice(*born.span("words"))]
        return words if next((of for first, of in _WHAT_IS_SO if words.casefold().startswith(first)), _WHATEVER).search(leaf.term) and words.casefold() not in leaf.term.casefold() else ""
    operation = isinstance(leaf, Procedure) and leaf.term == "surgery"
    listed = _IN_A_LIST.ends(text, start) if operation and text.endswith(", ", 0, start) else None
    if listed is not None:
        return text[slice(*listed.span("words"))]
    noun = _NOUN.match(text, start)
    if noun is None or not (is_general(leaf) or (noun[0][:_STEM] in leaf.term.casefold() and leaf.term.count(" ") <= isinstance(leaf, Procedure))):
        return ""
    operation = isinstance(leaf, Procedure) and _OPERATION.match(text, start) is not None
    found = _OF_A_PLACE.ends(text, start) or (operation and (_OF_A_DEGREE.ends(text, start) or _OF_A_SICK_PLACE.ends(text, start)))
    words = text[slice(*found.span("words"))] if found else ""
    return "" if any(word in leaf.term.casefold() for word in words.casefold().split()) else words


def _so(leaf: Condition | Procedure, words: str) -> Condition | Procedure:
    """A member as it is with the words before the first."""
    degree = _DEGREE.fullmatch(words)
    if degree is not None and leaf.term == "surgery" and words.casefold() == "major":
        return replace(leaf, term="major surgery")
    return replace(leaf, states=(words.casefold() if degree is not None else sited(" ".join(words.split())),))


_DEGREE = Caseless("major|extensive|severe|serious|emergency|juvenile|hereditary|secondary")


def _times(read: Read, text: str) -> tuple[int, int, Window] | None:
    """From where to where members stand behind a time in brackets, and the time: "recent (within a year) infarction or stroke"."""
    found = _TIMED.search(text)
    if found is None:
        return None
    for leaf, (start, end) in zip(leaves(read.check), read.spans, strict=False):
        window = leaf.window if isinstance(leaf, FACTS) else None
        if window is not None and start <= found.start() and found.end("listed") > end > found.start("listed"):
            return end, found.end("listed"), window
    return None
