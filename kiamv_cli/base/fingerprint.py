"""SHA-256 of content: the same for a file, a folder and JSON Lines that say the same.

The canonical text of a value is JSON with its keys sorted, without spaces, in UTF-8. The
fingerprint of a list is the SHA-256 of the canonical text of ``{"as_of": …, "ecosystems":
{id: digest, …}, "title": …}``, where each digest is the SHA-256 (hex) of the canonical text of
that ecosystem as kiamv writes it (see ``written``), and title and reference date are as the list
states them (else ``null``). So the order of ecosystems, keys and files does not matter, no list
has to be held as text, and what says nothing (a null, an empty list of names) changes nothing.
"""

from __future__ import annotations

from hashlib import sha256
from json.encoder import JSONEncoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    Written: TypeAlias = "dict[str, Written] | list[Written] | str | int | bool | None"
    from collections.abc import Mapping

canonical = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(text: str) -> str:
    """Compute the SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode()).hexdigest()


def longlist_sha256(title: str | None, as_of: str | None, digests: Mapping[str, str]) -> str:
    """Combine title, reference date and the digest of each ecosystem by its id."""
    return digest(canonical({"as_of": as_of, "ecosystems": digests, "title": title}))
