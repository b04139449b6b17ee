"""What spreadsheets write into a cell instead of a value."""

from __future__ import annotations

import re

# By Excel and LibreOffice, in English and Dutch; a table that was saved as CSV has them as text.
# LibreOffice numbers some, and what a column is too narrow for is saved as it is shown: ###.
_ERROR = re.compile(
    r"#(?:null!|div/0!|value!|ref!|name\?|num!|n/a|getting_data|spill!|calc!|field!|blocked!"
    r"|connect!|unknown!|busy!|external!|python!|timeout!|error!"
    r"|leeg!|deel/0!|waarde!|verw!|naam\?|getal!|n/b|geg_ophalen|gegevens_ophalen|overloop!"
    r"|overlopen!|bereken!|berekening!|veld!|geblokkeerd!|verbinden!|onbekend!|bezet!|extern!|fout!)"
    r"|(?:err|fout):\d{3}|#{3,255}"
)
_FIRST = {"#", "E", "e", "F", "f"}


def is_error(text: str) -> bool:
    """Tell whether a text is an error of a spreadsheet, or all that a narrow column shows."""
    text = text.strip()
    return text[:1] in _FIRST and bool(_ERROR.fullmatch(text.casefold()))
