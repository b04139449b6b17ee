"""Whom a survey asked what: names, who was invited, and the questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.formats.hints import closest, shown

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.lookup import Names
    from kiamv_cli.survey.model.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom a survey asked what: who can be meant, who was invited, and the questions."""

    questionnaire: Questionnaire
    names: Names
    invited: frozenset[str]

    def identify(self, name: str) -> tuple[str | None, str, str]:
        """Find the ecosystem of a name among those invited.

        Returns:
            Its id; or ``None``, with what is wrong and what to do.
        """
        found = self.names.meant(name)
        if not found:
            hint = closest(name, self.names.known) or _(
                "Add the name to its aliases on the long list"
            )
            return None, _("no ecosystem is called {name}", name=shown(name)), hint
        if len(found) > 1:
            told = _("{name} can mean {ids}", name=shown(name), ids=", ".join(found))
            return None, told, _("Write the id of the one that is meant")
        if found[0] not in self.invited:
            told = _("{id} is not among those invited, so its answers do not count", id=found[0])
            return None, told, _("Add it to --invited if it was invited")
        return found[0], "", ""
