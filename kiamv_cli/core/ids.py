"""Ids made of names."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Collection, MutableMapping

_LONGEST = 60
_DEVICES = ("con", "prn", "aux", "nul")
_NUMBERED = (f"{device}{number}" for device in ("com", "lpt") for number in range(10))
_RESERVED = frozenset({"longlist", *_DEVICES, *_NUMBERED})
# Letters that no decomposition turns into Latin ones.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "œ": "oe", "đ": "d", "&": " en "}
)


def id_of(
    name: str, taken: Collection[str] = (), numbers: MutableMapping[str, int] | None = None
) -> str:
    """Make an id of a name: lower case with hyphens, without accents, not one that is taken.

    Args:
        name: Any text; without a Latin letter or digit the id is ``ecosystem``.
        taken: Ids in use; a number is added if need be.
        numbers: The last number that each id got, where many are made one after the other; new
            ones are put into it.
    """
    plain = normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = "".join(sign for sign in plain if not combining(sign)).replace("'", "")
    made = "-".join(re.findall("[a-z0-9]+", letters))[:_LONGEST].strip("-") or "ecosystem"
    if made not in taken and not is_reserved(made):
        return made
    last = 1 if numbers is None else numbers.get(made, 1)
    number = next(number for number in count(last + 1) if f"{made}-{number}" not in taken)
    if numbers is not None:
        numbers[made] = number
    return f"{made}-{number}"


def is_reserved(name: str) -> bool:
    """Tell whether a folder cannot have a file ``<name>.yaml`` of its own for this id.

    There ``longlist.yaml`` holds title and reference date, and Windows has devices of such names.
    """
    return name in _RESERVED
