"""All doubts about one ecosystem."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.loading.doubts.budget import about_budget
from kiamv_cli.loading.doubts.contents import about_contents
from kiamv_cli.loading.doubts.sources import about_sources
from kiamv_cli.loading.doubts.subject import doubt, subject
from kiamv_cli.loading.doubts.texts import about_texts
from kiamv_cli.loading.doubts.years import about_years
from kiamv_cli.loading.entry import as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kiamv_cli.loading.doubts.subject import Subject
    from kiamv_cli.loading.flaw import Flaw
    from kiamv_cli.loading.plain import Path, Plain

_KNOWN = (
    "challenges",
    "life_domains",
    "comparable_elsewhere",
    "maturity",
    "budget",
    "partners",
    "verdicts",
)


def doubts(
    ecosystem: Plain, as_of: date | None, base: Path = (), text: str | None = None
) -> Iterator[Flaw]:
    """Find what is doubtful in an ecosystem that stands at ``base``.

    Args:
        ecosystem: As it was written; what has the wrong kind is passed over.
        as_of: The reference date; without it, what depends on it is passed over.
        base: Its path within its document.
        text: Its canonical text, where that is known already.
    """
    seen = subject(as_mapping(ecosystem), as_of, text)
    for check in (about_sources, about_years, about_budget, about_contents, about_texts, _whole):
        for flaw in check(seen):
            yield replace(flaw, path=(*base, *flaw.path)) if base else flaw


def _whole(seen: Subject) -> Iterator[Flaw]:
    if not any(key in seen.entry for key in _KNOWN):
        hint = _("Add what is known, with its source; [] says that there is none")
        yield doubt("K940", ("id",), _("nothing is known of this ecosystem"), hint)
    if not seen.entry.get("suggested_by") and not seen.entry.get("named_in_study"):
        hint = _("Add suggested_by: who or which overview put it on the list")
        yield doubt("K941", ("id",), _("nobody is on record as having suggested it"), hint)
