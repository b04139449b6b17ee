"""Which ecosystem a respondent is: by id, name or alias, or by what people decided on names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kiamv_cli.core.identity import Identities, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiamv_cli.core.longlist import Ecosystem


class Names:
    """The names of ecosystems, without regard to case and blanks."""

    def __init__(
        self, ecosystems: Iterable[Ecosystem], identities: Identities | None = None
    ) -> None:
        self._places: dict[str, int] = {}
        self._called: dict[str, set[str]] = defaultdict(set)
        for each in ecosystems:
            self._places[each.id] = len(self._places)
            for name in (each.id, each.name, *each.aliases):
                self._called[folded(name)].add(each.id)
        self._groups = {
            folded(name): group for group in (identities or Identities()).groups() for name in group
        }

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all ecosystems, in their order."""
        return tuple(self._places)

    def meant(self, name: str) -> tuple[str, ...]:
        """The ids of the ecosystems that a name can mean: one, none, or several."""
        names: Sequence[str] = (name, *self._groups.get(folded(name), ()))
        found = {each for one in names for each in self._called.get(folded(one), ())}
        return tuple(sorted(found, key=self._places.__getitem__))

    @property
    def known(self) -> tuple[str, ...]:
        """All names by which any of them goes, as they compare."""
        return tuple(self._called)
