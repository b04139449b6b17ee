"""Find an ecosystem by what a person calls it."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from kiamv_cli.core.names import Names
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


class SeveralEcosystemsError(UnknownEcosystemError):
    """Several ecosystems go by that name; ``suggestions`` holds their ids."""

    def __init__(self, wanted: str, ids: tuple[str, ...]) -> None:
        self.wanted, self.suggestions = wanted, ids
        text = _("{name} can mean {ids}", name=f'"{wanted}"', ids=", ".join(ids))
        hint = _("Write the id of the one that is meant")
        LookupError.__init__(self, f"{text}. {hint}.")


def find(longlist: Longlist, wanted: str) -> Ecosystem:
    """Find an ecosystem by id, name or alias, each compared folded.

    Raises:
        UnknownEcosystemError: Nothing goes by that name, or several do; an id as it is written
            goes before all names.
    """
    names = Names(longlist.ecosystems)
    ids = names.meant(wanted)
    if len(ids) > 1:
        raise SeveralEcosystemsError(wanted, ids)
    if not ids:
        raise UnknownEcosystemError(wanted, names.nearest(wanted))
    return next(each for each in longlist.ecosystems if each.id == ids[0])
