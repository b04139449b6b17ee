"""What is asked of a shortlist: values taken as they can be meant, checked once, made exact.

A request is checked twice, for what each check can know: what makes no sense anywhere when it is
made, what does not fit a long list and its programme when it is asked of them (``resolved``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from kiamv_cli.base.files import check_text
from kiamv_cli.base.problem import Misfit, is_whole, unknown
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Brief, Number, Value, exact, frozen
from kiamv_cli.scoring.model.score import BOUNDS
from kiamv_cli.selection.model.question import Quota

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.score import Bound
    from kiamv_cli.selection.model.spread import TargetRule

    # One text, or any number of them.
    Several: TypeAlias = "str | Iterable[str]"
    Targets: TypeAlias = "Mapping[DimensionId, TargetRule | Mapping[str, Fraction]]"

_HUNDRED, _PAIR = 100, 2
# Between the smallest and the largest size.
_TO = ".."


class UsualSize(int):
    """A size that nobody asked for: that of a programme goes before it."""


class UsualBalance(tuple["DimensionId", ...]):
    """A balance that nobody asked for: that of a programme goes before it."""

    __slots__ = ()


USUAL_SIZE, USUAL_BALANCE = UsualSize(20), UsualBalance(("themes", "provinces"))


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Request(Brief, Value):
    """What is asked of a shortlist.

    Ecosystems, dimensions, categories and classes are given by id, name or label in any language;
    in the request of a result they are ids. Numbers may be of any kind that says exactly one
    number: 0.05 is five hundredths.

    Attributes:
        size: How many ecosystems; of a range the largest, in a result the size that it has.
        sizes: The smallest and the largest size that will do, ``None`` for no range: the largest
            that meets the wishes is the answer.
        balance: The dimensions in which seats are spread; none for no balance.
        targets: For a dimension how its seats should lie, a rule (``even`` where nothing is said)
            or shares by category.
        give_up: The share of the best total score, 0 to 1, by which any shortlist may fall short
            of it; ``None`` for any.
        include: Who is in.
        exclude: Who is out.
        quotas: How many members at least or at most list a category.
        at_most_one: Groups of which at most one is in.
        together: Groups of which all are in, or none.
        only_with: Who is in only if all of the others are.
        cost: What the members add up to at most, by number attribute; who has no number cannot be
            in.
        keep: Of whom as few as can be leave; some may no longer be on the long list.
        changes: How many of those to keep may leave at most; ``None`` for any.
        classes: The classes that may be in, at worst (at best with ``unknown="possible"``); none
            is all.
        unknown: Which score counts: ``proven``, ``middle``, ``possible`` or ``known``.
        seed: What the lottery draws from.
    """

    size: int
    sizes: tuple[int, int] | None
    balance: tuple[DimensionId, ...]
    targets: Targets
    give_up: Fraction | None
    include: frozenset[str]
    exclude: frozenset[str]
    quotas: tuple[Quota, ...]
    at_most_one: tuple[tuple[str, ...], ...]
    together: tuple[tuple[str, ...], ...]
    only_with: Mapping[str, tuple[str, ...]]
    cost: Mapping[str, Fraction]
    keep: frozenset[str]
    changes: int | None
    classes: frozenset[str]
    unknown: Bound
    seed: str

    def __init__(  # noqa: PLR0913 - each is a wish
        self,
        *,
        size: Number = USUAL_SIZE,
        sizes: tuple[Number, Number] | None = None,
        balance: Several | None = USUAL_BALANCE,
        targets: Mapping[str, str | Mapping[str, Number]] | Targets | None = None,
        give_up: Number | None = None,
        include: Several = (),
        exclude: Several = (),
        at_least: Mapping[str, Number] | None = None,
        at_most: Mapping[str, Number] | None = None,
        quotas: Iterable[Quota] = (),
        at_most_one: Iterable[Several] = (),
        together: Iterable[Several] = (),
        only_with: Mapping[str, Several] | None = None,
        cost: Mapping[str, Number] | None = None,
        keep: Several = (),
        changes: Number | None = None,
        classes: Several = (),
        unknown: str = "proven",
        seed: str = "kiamv",
    ) -> None:
        """Take wishes.

        Args:
            size: See the attributes, here and below; left out, as in the next, the programme's
                own, if it has one. A range is a text such as ``15..20``.
            sizes: See above.
            balance: A text may name several, with commas.
            targets: See above.
            give_up: Also as a text such as ``5%``.
            include: See above.
            exclude: See above.
            at_least: Members that list a category at least, by category, ``dimension:category``
                or ``dimension:each``; they become ``quotas``.
            at_most: The same, at most.
            quotas: See above.
            at_most_one: See above.
            together: See above.
            only_with: See above.
            cost: See above.
            keep: See above.
            changes: See above.
            classes: See above.
            unknown: See above.
            seed: See above.

        Raises:
            Misfit: A value makes no sense.
        """
        limits = [
            *_several("quotas", quotas),
            *_limits("at_least", at_least or {}),
            *_limits("at_most", at_most or {}),
        ]
        for quota in limits:
            _check_quota(quota)
        check_text("seed", seed)
        values: Mapping[str, object] = {
            **_sizes(size, sizes),
            "balance": _balance(balance),
            "targets": frozen({**(targets or {})}),
            "give_up": _share(give_up),
            "include": frozenset(_texts("include", include)),
            "exclude": frozenset(_texts("exclude", exclude)),
            "quotas": tuple(limits),
            "at_most_one": checked_groups("at_most_one", at_most_one),
            "together": checked_groups("together", together),
            "only_with": frozen(
                {name: _texts("only_with", each) for name, each in (only_with or {}).items()}
            ),
            "cost": frozen({name: _amount(name, each) for name, each in (cost or {}).items()}),
            "keep": frozenset(_texts("keep", keep)),
            "changes": _changes(changes, keep),
            "classes": frozenset(_texts("classes", classes)),
            "unknown": one_of_known("unknown", unknown, BOUNDS),
            "seed": seed,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def dimensions(self) -> tuple[DimensionId, ...]:
        """Return the dimensions that it names, each once."""
        quotas = (each.dimension for each in self.quotas)
        return tuple(dict.fromkeys((*self.balance, *self.targets, *quotas)))

    def figures(self) -> Iterator[str]:
        """Yield the size, and each wish that is not the usual one."""
        usual = Request()
        yield f"size {self.size}"
        for name in self.__slots__:
            value = getattr(self, name)
            if name != "size" and value != getattr(usual, name):
                shown = sorted(value) if isinstance(value, frozenset) else value
                yield f"{name} {shown if isinstance(shown, str | list | tuple) else str(shown)}"


def _several(field: str, values: object) -> tuple[object, ...]:
    if isinstance(values, str):
        return (values,)
    if not isinstance(values, Iterable) or isinstance(values, Mapping):
        raise Misfit(field, values, Text("requests.not-several"))
    return tuple(values)


def _texts(field: str, values: object) -> tuple[str, ...]:
    texts = _several(field, values)
    for each in texts:
        check_text(field, each)
    return cast("tuple[str, ...]", texts)


def _balance(value: object) -> tuple[str, ...]:
    if isinstance(value, UsualBalance):
        return value
    return () if value in (None, "none") else _texts("balance", value)


def _whole(value: object) -> int | None:
    number = exact(value)
    return int(number) if number is not None and number.denominator == 1 else None


def _sizes(size: object, sizes: object) -> dict[str, object]:
    """Return a size, and the range that it is of, if there is one."""
    if isinstance(size, str) and _TO in size:
        sizes = tuple(part.strip() for part in size.split(_TO))
        size = sizes[-1]
    if sizes is None:
        return {"size": _size(size), "sizes": None}
    limits = tuple(_size(each) for each in _several("sizes", sizes))
    if len(limits) != _PAIR or not limits[0] <= _size(size) <= limits[-1]:
        raise Misfit("size", _TO.join(map(str, limits)), Text("requests.no-range"))
    return {"size": _size(size), "sizes": limits if limits[0] < limits[-1] else None}


def _size(value: object) -> int:
    if isinstance(value, UsualSize):
        return value
    size = _whole(value)
    if size is None or size < 1:
        raise Misfit("size", value, Text("requests.not-from-1"))
    return size


def checked_groups(field: str, groups: object) -> tuple[tuple[str, ...], ...]:
    """Return groups of ecosystems, each of two or more.

    Raises:
        Misfit: One is not.
    """
    found = tuple(_texts(field, each) for each in _several(field, groups))
    for group in found:
        if len({*group}) < max(_PAIR, len(group)):
            raise Misfit(field, ",".join(group), Text("requests.not-two-ecosystems"))
    return found


def _amount(attribute: str, value: object) -> Fraction:
    amount = exact(value)
    if amount is None:
        raise Misfit("cost", value, Text("requests.cost-not-exact", attribute=attribute))
    return amount


def _changes(value: object, keep: object) -> int | None:
    if value is None:
        return None
    changes = _whole(value)
    if changes is None or changes < 0:
        raise Misfit("changes", value, Text("requests.not-from-0"))
    if not keep:
        raise Misfit("changes", value, Text("requests.changes-without-keep"), other="keep")
    return changes


def _share(value: object) -> Fraction | None:
    if value is None:
        return None
    share = exact(value)
    if share is not None and 0 <= share <= 1:
        return share
    if share is not None and 1 < share <= _HUNDRED:
        meant = f"{float(share / _HUNDRED):g}"
        raise Misfit("give_up", value, Text("requests.share-meant"), (meant,))
    raise Misfit("give_up", value, Text("requests.not-a-share"))


def _limits(field: str, limits: Mapping[str, Number]) -> Iterator[Quota]:
    for category, value in limits.items():
        number = _whole(value)
        if number is None or number < 0:
            raise Misfit(field, value, Text("requests.quota-not-from-0", category=category))
        yield Quota("", category, **{field: number})


def _check_quota(quota: object) -> None:
    if not isinstance(quota, Quota):
        raise Misfit("quotas", quota, Text("requests.not-several"))
    for field in ("at_least", "at_most"):
        limit = getattr(quota, field)
        if limit is not None and (not is_whole(limit) or limit < 0):
            text = Text("requests.quota-not-from-0", category=quota.category)
            raise Misfit(field, limit, text)


def one_of_known(field: str, value: object, known: Sequence[str]) -> str:
    """Return a value that is one of some words.

    Raises:
        Misfit: It is none of them.
    """
    if value not in known:
        raise unknown(field, value, known)
    return str(value)
