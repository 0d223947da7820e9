"""Digests: of a file's bytes, of plain values in one canonical spelling, and of a criterion's text."""

from __future__ import annotations

from typing import Any, NewType

Digest = NewType("Digest", str)


def digest_of_bytes(data: bytes) -> Digest:
    """The SHA-256 of the bytes, as "sha256:…"."""
    import hashlib  # what only reads files has no use for it

    return Digest("sha256:" + hashlib.sha256(data).hexdigest())


def digest_of(plain: Any) -> Digest:
    """The digest of plain values (tables, lists, text, numbers, dates), whatever the order of their keys."""
    import json  # loaded only where something is told apart or written

    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return digest_of_bytes(canonical.encode("ascii"))


def text_digest(text: str) -> Digest:
    """The digest of a criterion's text, indifferent to white space and capitals: reviews refer to it."""
    return digest_of_bytes(" ".join(text.split()).casefold().encode("utf-8", "surrogatepass"))
