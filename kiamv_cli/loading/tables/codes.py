"""Words of a vocabulary in cells: codes, or what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.core.labels import loosely
from kiamv_cli.core.tables.cells import parted
from kiamv_cli.loading.several import parts_of
from kiamv_cli.loading.tables.cell import Read, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.loading.plain import Plain

    Near = Callable[[str, Mapping[str, str]], str | None]

# The quotation marks of typewriters, of Word, and of French.
_QUOTES = "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a"


class _Codes(NamedTuple):
    value: list[Plain]
    remark: str


def words(text: str, names: Mapping[str, str], near: Near | None) -> Read:
    """Read several codes from one cell, whatever stands between them."""
    known = {*names, *map(loosely, names.values())}

    def is_known(word: str) -> bool:
        bare = _bare(word, names)
        return loosely(bare) in known or bool(near and near(bare, names))

    found = (word for part in parted(text) for word in parts_of(part, names, is_known))
    return Read(*_codes(found, names, near))


def word(text: str, names: Mapping[str, str], near: Near | None) -> Read:
    """Read the one code in a cell."""
    found = _codes([text.strip()], names, near)
    return Read(found.value[0], found.remark)


def _codes(written: Iterable[str], names: Mapping[str, str], near: Near | None) -> _Codes:
    """Read words as the codes that they are, or are names of."""
    codes, remarks = list["Plain"](), list[str]()
    for each in written:
        bare = _bare(each, names)
        known = names.get(loosely(bare), bare)
        found = near(bare, names) if near and known not in names.values() else None
        if found or bare != each:
            remarks.append(taken(each, found or known).remark)
        if found is None or found not in codes:
            codes.append(found or known)
    return _Codes(codes, "; ".join(remarks))


def _bare(word: str, names: Mapping[str, str]) -> str:
    """A word of a vocabulary without the quotation marks around it."""
    is_quoted = names and word[:1] in _QUOTES and word[-1:] in _QUOTES
    return word.strip(_QUOTES).strip() or word if is_quoted else word
