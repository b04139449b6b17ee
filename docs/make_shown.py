"""Find which characters each typeface of PDF and PNG can show, by asking Typst.

Typst refuses to make PDF/UA of a text that a typeface lacks; so a character is shown if a file with
it, in that typeface alone, can be made. It writes ``kiamv_cli/render/fonts/shown.txt``, in some
minutes; run it after a typeface was exchanged.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, pairwise, starmap
from pathlib import Path
from unicodedata import category

import typst

HERE = Path(__file__).parent.parent / "kiamv_cli" / "render" / "fonts"
FAMILIES = ("Inter", "Libertinus Serif", "DejaVu Sans Mono")
_PAGE = """\
#set document(title: "t")
#set text(font: sys.inputs.font, fallback: false, lang: "en")
#for each in json(bytes(sys.inputs.signs)) [#each #linebreak()]
"""
_AT_ONCE = 256
# Where characters are asked for: none of these typefaces has ideographs, syllables or old scripts.
_ASKED = (
    (0x20, 0x2E80),
    (0xA640, 0xAC00),
    (0xF900, 0x10000),
    (0x1D400, 0x1D800),
    (0x1F000, 0x1FB00),
)
# Controls, surrogates, private use and what is not assigned are never asked for.
_NO_TEXT = {"Cc", "Cs", "Co", "Cn"}


def shown(family: str, signs: list[str]) -> list[str]:
    """Find which of some characters a typeface has, by halving what it does not."""
    inputs = {"font": family, "signs": json.dumps(signs)}
    try:
        typst.compile(
            _PAGE.encode(),
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            font_paths=[str(HERE)],
            sys_inputs=inputs,
        )
    except RuntimeError:
        half = len(signs) // 2
        return [*shown(family, signs[:half]), *shown(family, signs[half:])] if half else []
    return signs


def ranges(signs: list[str]) -> str:
    """Write characters as ranges: ``20-7e a0-17f 2190``."""
    codes = [ord(sign) for sign in signs]
    starts = [n for n, (one, two) in enumerate(pairwise(codes), start=1) if two != one + 1]
    parts = pairwise([0, *starts, len(codes)])
    return " ".join(
        f"{codes[one]:x}" + (f"-{codes[two - 1]:x}" if two - one > 1 else "") for one, two in parts
    )


def line(family: str) -> str:
    """Make the line of a typeface."""
    codes = chain.from_iterable(starmap(range, _ASKED))
    text = [chr(code) for code in codes if category(chr(code)) not in _NO_TEXT]
    parts = [text[start : start + _AT_ONCE] for start in range(0, len(text), _AT_ONCE)]
    return f"{family}: {ranges([sign for part in parts for sign in shown(family, part)])}\n"


def main() -> None:
    """Write the file."""
    # Typst can be called some ten thousand times in a process, and no more.
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as others:
        lines = list(others.map(line, FAMILIES))
    (HERE / "shown.txt").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
