"""Registry numbers in text, and the name of a record whose source shows none."""

from __future__ import annotations

from matcher.model.patterns import pattern_of

_REGISTRIES = (
    r"NCT\d{8}",
    r"EUCTR\d{4}-\d{6}-\d{2}(?:-[A-Z]{2})?",
    r"20\d{2}-5\d{5}-\d{2}(?:-\d{2})?",
    r"(?:19|20)\d{2}-\d{6}-\d{2}",
    r"ISRCTN\d{6,8}",
    r"ChiCTR[-A-Z0-9]*\d{6,}",
    r"JPRN-[A-Za-z]+\d+",
    r"jRCTs?\d{6,}",
    r"UMIN\d{9}",
    r"CTRI/\d{4}/\d{2,3}/\d{6}",
    r"ACTRN\d{14}p?",
    r"DRKS\d{8}",
    r"NTR\d{3,4}",
    r"NL-OMON\d+",
    r"KCT\d{7}",
    r"TCTR\d{11}",
    r"IRCT[\dN]{10,20}",
    r"PACTR\d{15,16}",
    r"RBR-[a-z0-9]{6,8}",
    r"SLCTR/\d{4}/\d{3}",
    r"PER-\d{3}-\d{2}",
    r"RPCEC\d{8}",
    r"LBCTR\d{10}",
)
_REGISTRY_NUMBER = pattern_of(rf"(?<![A-Za-z0-9])(?:{'|'.join(_REGISTRIES)})(?![A-Za-z0-9])")
_UNSAFE = pattern_of(r"[^\w.+-]+")
SLUG_LIMIT = 40


def registry_numbers(text: str) -> list[str]:
    """Every registry number in the text, in order, each once."""
    return list(dict.fromkeys(_REGISTRY_NUMBER.findall(text)))


def is_registry_number(text: str) -> bool:
    """Whether the whole text is one registry number."""
    return _REGISTRY_NUMBER.fullmatch(text.strip()) is not None


def made_up_id(site: str, title: str, digest: str) -> str:
    """A record's name where its source shows none: the site and the title's first words, safe as a file name."""
    slug = ""
    for word in (_UNSAFE.sub("-", part).strip("-.") for part in title.split()):
        longer = f"{slug}-{word}" if slug and word else slug or word
        if len(longer) >= SLUG_LIMIT:
            break
        slug = longer
    slug = slug or _UNSAFE.sub("-", title).strip("-.")[: SLUG_LIMIT - 1] or digest.removeprefix("sha256:")[:12]
    return f"{site}-{slug}"
