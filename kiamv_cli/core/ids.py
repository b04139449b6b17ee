"""Ids made of names."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 60
# Letters that no decomposition turns into Latin ones.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "œ": "oe", "đ": "d", "&": " en "}
)


def id_of(name: str, taken: Collection[str] = ()) -> str:
    """Make an id of a name: lower case with hyphens, without accents, not one that is taken.

    Args:
        name: Any text; without a Latin letter or digit the id is ``ecosystem``.
        taken: Ids in use; a number is added if need be.
    """
    plain = normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = "".join(sign for sign in plain if not combining(sign)).replace("'", "")
    made = "-".join(re.findall("[a-z0-9]+", letters))[:_LONGEST].strip("-") or "ecosystem"
    if made not in taken:
        return made
    return next(f"{made}-{number}" for number in count(2) if f"{made}-{number}" not in taken)
