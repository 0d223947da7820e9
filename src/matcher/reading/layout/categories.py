"""Lines of an exclusion that name a category over a list: "Other chronic liver diseases:"; each line under it is one of them."""

from __future__ import annotations

from matcher.reading.tagging.caseless import Caseless

_CATEGORY = Caseless(
    r"(?:(?!\b(?:use|treatment with|history|prior|previous\w*|past|current\w*|recent\w*|active|ongoing|within|during|planned|family|no|not|without|except|unless|if|when|who|with|due|because|requir\w+|for|to|by|from|after|before|until|since|"
    r"severe|serious|significant|clinically|uncontrolled|unstable|untreated|symptomatic|acute|decompensated|positive|poorly|inadequate\w*|abnormal|patients?|subjects?|participants?|women|men|females?|males?|children|related|allowed|permitted|known)\b)[a-z/&,() -])*"
    r"\b(?:diseases|disorders|conditions|illnesses|syndromes|abnormalities|comorbidities|infections|malignancies|neoplasms|neuropathies|medications|drugs|agents|medicines|therapies|treatments|substances|surgeries|procedures)(?: (?:of|in) the [a-z ]{3,30})?"
)


def names_a_category(head: str) -> bool:
    """Whether a line only names a kind of disease or treatment, in no state and at no time."""
    return _CATEGORY.fullmatch(head.strip(" :-*•")) is not None
