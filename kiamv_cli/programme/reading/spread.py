"""What a programme is spread over beside provinces and themes: attributes, groups, types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import files_in
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import Flaw, alike, ids_of, used_twice
from kiamv_cli.programme.model.dimensions import Dimension

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path as FilePath

    from kiamv_cli.formats.plain import Path
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.types import TypeDimension


def spread_over_attribute(attribute: Attribute) -> Dimension:
    """Return an attribute as a dimension."""
    return Dimension(id=attribute.id, label=attribute.label, categories=attribute.categories)


def read_types(
    folder: FilePath | Traversable, ids: Collection[DimensionId]
) -> tuple[TypeDimension, ...]:
    """Read by what else the ecosystems of a programme are classified, if it says so.

    Args:
        folder: That of the programme.
        ids: The ids of its dimensions: a type of the same id is none of its own.

    Raises:
        BadInput: Something is wrong with them; it holds all problems.
    """
    from kiamv_cli.programme.reading.types import FILE, load_types

    if FILE not in {each.name for each in files_in(folder)}:
        return ()
    return tuple(each for each in load_types(folder) if each.id not in ids)


def check_groups(
    groups: Sequence[Dimension], known: Mapping[DimensionId, Dimension], reserved: Collection[str]
) -> Iterator[Flaw]:
    """Find what cannot work about coarser dimensions.

    Args:
        groups: The dimensions.
        known: Those that they can be of; each can also be of one before it.
        reserved: What no dimension can be called.
    """
    yield from used_twice(ids_of(groups, ("dimensions",)))
    finer = dict(known)
    for at, each in enumerate(groups):
        path: Path = ("dimensions", at)
        if each.id in reserved or each.id in known:
            message = Text("K510.list-has-it", id=each.id)
            yield Flaw(path=(*path, "id"), text=message, advice=Text("K510.take-another-id"))
        of = each.of or ""
        if of in finer:
            yield from _check_members(each, finer[of], path)
        else:
            message = Text("K514.no-such-dimension", name=of)
            yield Flaw(path=(*path, "of"), text=message, advice=_one_of(of, finer))
        finer[each.id] = each


def _check_members(coarser: Dimension, finer: Dimension, path: Path) -> Iterator[Flaw]:
    ids = [each.id for each in finer.categories]
    first: dict[str, str] = {}
    yield from alike(
        (each.id, each.label, (*path, "groups", each.id)) for each in coarser.categories
    )
    for group, members in coarser.groups.items():
        here = (*path, "groups", group)
        for name in members:
            if name not in ids:
                message = Text("K514.no-such-category", name=name, dimension=finer.id)
                yield Flaw(path=here, text=message, advice=_one_of(name, ids))
            elif name in first:
                message = Text("K514.in-two-groups", name=name, other=first[name])
                yield Flaw(path=here, text=message, advice=Text("K514.leave-in-one"))
            else:
                first[name] = group
    for name in ids:
        if name not in first:
            message = Text("K514.in-no-group", name=name)
            yield Flaw(path=(*path, "groups"), text=message, advice=Text("K514.put-in-one"))


def check_balance(balance: Sequence[str], known: Sequence[DimensionId]) -> Iterator[Flaw]:
    """Find dimensions of the usual balance that there are not, or that are named twice."""
    for at, name in enumerate(balance):
        path: Path = ("default", "balance", at)
        if name not in known:
            message = Text("K514.no-such-dimension", name=name)
            yield Flaw(path=path, text=message, advice=_one_of(name, known))
        elif name in balance[:at]:
            message = Text("K514.dimension-twice", name=name)
            yield Flaw(path=path, text=message, advice=Text("hints.give-once"))


def _one_of(name: str, known: Collection[str]) -> Text:
    from kiamv_cli.formats.hints import closest

    return closest(name, known) or Text("hints.choose-from", values=", ".join(known))
