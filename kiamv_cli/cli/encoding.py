"""What becomes of signs that an output cannot show, such as those outside ASCII in ``LANG=C``."""

from __future__ import annotations

import codecs

# People read Fryslan for Fryslân; in JSON it is escaped, so a program reads Fryslân still.
PEOPLE, JSON = "kiamv-people", "kiamv-json"
# What does not come apart into a letter and an accent.
_SIGNS = {
    "\N{MULTIPLICATION SIGN}": "x",
    **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}", "-"),
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    **dict.fromkeys("“”", '"'),
    "→": "->",
    "↑": "^",
    "·": ".",
    "•": "*",
    "€": "EUR",
    "±": "+-",
    "≤": "<=",
    "≥": ">=",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "œ": "oe",
    "ł": "l",
}


def register() -> None:
    """Make both ways known, so that a stream may have them as its ``errors``."""
    codecs.register_error(PEOPLE, _for_people)
    codecs.register_error(JSON, _for_json)


def _for_people(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    signs = error.object[error.start : error.end]
    return "".join(_plain(sign, error.encoding) for sign in signs), error.end


def _plain(sign: str, encoding: str) -> str:
    from unicodedata import combining, normalize

    plain = _SIGNS.get(sign)
    if plain is None:
        plain = "".join(part for part in normalize("NFKD", sign) if not combining(part))
    # What is foreign still, such as another script, is named by its number.
    return plain.encode(encoding, "backslashreplace").decode(encoding)


def _for_json(error: UnicodeError) -> tuple[str, int]:
    import json

    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
