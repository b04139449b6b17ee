"""Which ecosystem is meant: by id, name or alias, or by what people decided on names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.longlist.model.identity import Identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiamv_cli.longlist.model.longlist import Ecosystem


class Names:
    """The names of ecosystems, compared folded; an id as it is written goes before all names."""

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
        """Return the ids of the ecosystems that a name can mean: one, none, or several."""
        if name in self._places:
            return (name,)
        names: Sequence[str] = (name, *self._groups.get(folded(name), ()))
        found = {each for one in names for each in self._called.get(folded(one), ())}
        return tuple(sorted(found, key=self._places.__getitem__))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return the ids of at most three whose names are like one that means nobody."""
        from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

        close = get_close_matches(folded(name), self._called, n=3, cutoff=0.6)
        ids = (min(self._called[each], key=self._places.__getitem__) for each in close)
        return tuple(dict.fromkeys(ids))

    @property
    def known(self) -> tuple[str, ...]:
        """All names by which any of them goes, as they compare."""
        return tuple(self._called)
