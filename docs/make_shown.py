"""Find which signs the typefaces of PDF and PNG can show: ``kiamv_cli/display/fonts/shown.txt``.

Inter lies beside that file; the others come within Typst's library, in which they are found by the
heading that every typeface starts with. Run it after a typeface was exchanged.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

import typst

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent.parent / "kiamv_cli" / "display" / "fonts"
FAMILIES = ("Inter", "Libertinus Serif", "DejaVu Sans Mono")
_HEADINGS = (b"\x00\x01\x00\x00", b"OTTO")
_MOST_TABLES = 64
# Controls, surrogates and private use are no text.
_BOM = 0xFEFF  # PDF/UA forbids it
_NO_TEXT = {"Cc", "Cs", "Co"}


def typefaces(content: bytes) -> Iterator[tuple[str, str, set[int]]]:
    """Find the typefaces in a file: family, style and the codes of the characters of each."""
    for heading in _HEADINGS:
        start = content.find(heading)
        while start >= 0:
            if tables := _tables(content, start):
                family, style = _names(content, tables["name"])
                yield family, style, _characters(content, tables["cmap"])
            start = content.find(heading, start + 4)


def _tables(content: bytes, start: int) -> dict[str, int]:
    """Return where the tables of a typeface start; none if there is no typeface."""
    count = int.from_bytes(content[start + 4 : start + 6], "big")
    found = {}
    for n in range(count if count <= _MOST_TABLES else 0):
        at = start + 12 + 16 * n
        if at + 16 > len(content):
            return {}
        tag, _sum, place, _length = struct.unpack(">4s3I", content[at : at + 16])
        found[tag.decode("latin-1")] = start + place
    inside = all(place < len(content) for place in found.values())
    return found if inside and {"cmap", "name", "head"} <= set(found) else {}


def _names(content: bytes, start: int) -> tuple[str, str]:
    count, texts = struct.unpack(">2H", content[start + 2 : start + 6])
    said: dict[int, str] = {}
    for n in range(count):
        at = start + 6 + 12 * n
        platform, _, _, name, length, place = struct.unpack(">6H", content[at : at + 12])
        if platform == 3:
            raw = content[start + texts + place : start + texts + place + length]
            said.setdefault(name, raw.decode("utf-16-be"))
    return said.get(16, said.get(1, "")), said.get(17, said.get(2, ""))


def _characters(content: bytes, start: int) -> set[int]:
    count = int.from_bytes(content[start + 2 : start + 4], "big")
    found: set[int] = set()
    for n in range(count):
        at = start + 4 + 8 * n
        platform, _, place = struct.unpack(">2HI", content[at : at + 8])
        if platform in {0, 3}:
            found |= _mapped(content, start + place)
    return found


def _mapped(content: bytes, at: int) -> set[int]:
    kind = int.from_bytes(content[at : at + 2], "big")
    found: set[int] = set()
    if kind == 12:
        groups = int.from_bytes(content[at + 12 : at + 16], "big")
        for n in range(groups):
            low, high, glyph = struct.unpack_from(">3I", content, at + 16 + 12 * n)
            found |= {code for code in range(low, high + 1) if glyph + code - low}
    elif kind == 4:
        half = int.from_bytes(content[at + 6 : at + 8], "big") // 2
        words = [
            struct.unpack_from(f">{half}H", content, at + 14 + skip)
            for skip in (0, 2 * half + 2, 4 * half + 2, 6 * half + 2)
        ]
        for n, (high, low, delta, offset) in enumerate(zip(*words, strict=True)):
            for code in range(low, min(high, 0xFFFE) + 1):
                glyph = code
                if offset:
                    place = at + 14 + 6 * half + 2 + 2 * n + offset + 2 * (code - low)
                    glyph = int.from_bytes(content[place : place + 2], "big")
                if glyph and (glyph + delta) % 65536:
                    found.add(code)
    return found


def ranges(codes: list[int]) -> str:
    """Write codes as ranges: ``20-7e a0-17f 2190``."""
    starts = [n for n, (one, two) in enumerate(pairwise(codes), start=1) if two != one + 1]
    return " ".join(
        f"{codes[one]:x}" + (f"-{codes[two - 1]:x}" if two - one > 1 else "")
        for one, two in pairwise([0, *starts, len(codes)])
    )


def main() -> None:
    """Write the file."""
    library = next(Path(typst.__file__).parent.glob("_typst*"))
    known: dict[str, list[set[int]]] = {family: [] for family in FAMILIES}
    for place in (*sorted(HERE.glob("*.ttf")), library):
        for family, style, codes in typefaces(place.read_bytes()):
            print(f"{family} {style}: {len(codes)}")
            if "Italic" in style or "Oblique" in style:
                continue  # nothing is set in these
            if family.startswith(FAMILIES[0]):
                known[FAMILIES[0]].append(codes)
            elif family in known:
                known[family].append(codes)
    lines = []
    for family, styles in known.items():
        # What is shown has to be there in bold as well.
        codes = sorted(set.intersection(*styles))
        text = [code for code in codes if category(chr(code)) not in _NO_TEXT and code != _BOM]
        lines.append(f"{family}: {ranges(text)}\n")
    (HERE / "shown.txt").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
