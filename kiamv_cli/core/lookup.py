"""Find an ecosystem by what a person calls it."""

from __future__ import annotations

from difflib import get_close_matches
from functools import reduce
from typing import TYPE_CHECKING

from kiamv_cli.core.identity import folded
from kiamv_cli.language import _

if TYPE_CHECKING:
    from kiamv_cli.core.longlist import Ecosystem, Longlist


class UnknownEcosystemError(LookupError):
    """No ecosystem goes by that id, name or alias; ``suggestions`` holds ids that are close."""

    def __init__(self, wanted: str, suggestions: tuple[str, ...]) -> None:
        self.wanted, self.suggestions = wanted, suggestions
        text = _('no ecosystem is called "{name}".', name=wanted)
        if suggestions:
            ids = reduce(
                lambda one, other: _("{one} or {other}", one=one, other=other), suggestions
            )
            hint = _("Did you mean {ids}?", ids=ids)
        else:
            hint = _("kiamv score shows all; -f csv also their ids.")
        super().__init__(f"{text} {hint}")


def find(longlist: Longlist, wanted: str) -> Ecosystem:
    """Find an ecosystem by id, name or alias, each compared folded.

    An id goes before a name, a name before an alias, and of equals the first of the list wins.

    Raises:
        UnknownEcosystemError: Nothing goes by that name.
    """
    asked = folded(wanted)
    called: dict[str, Ecosystem] = {}
    for names_of in (_ids, _names, _aliases):
        for ecosystem in longlist.ecosystems:
            for name in names_of(ecosystem):
                called.setdefault(folded(name), ecosystem)
    if asked in called:
        return called[asked]
    close = get_close_matches(asked, called, n=3, cutoff=0.6)
    raise UnknownEcosystemError(wanted, tuple(dict.fromkeys(called[c].id for c in close)))


def _ids(ecosystem: Ecosystem) -> tuple[str, ...]:
    return (ecosystem.id,)


def _names(ecosystem: Ecosystem) -> tuple[str, ...]:
    return (ecosystem.name,)


def _aliases(ecosystem: Ecosystem) -> tuple[str, ...]:
    return ecosystem.aliases
