"""What is asked of a shortlist: values taken as they can be meant, checked once, made exact.

A request is checked twice, for what each check can know: what makes no sense anywhere when it is
made, what does not fit a long list and its programme when it is asked of them (``resolved``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, cast

from kiamv_cli.base import plugin
from kiamv_cli.base.files import check_text
from kiamv_cli.base.problem import Misfit, is_whole, unknown
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Brief, Number, Value, exact, frozen
from kiamv_cli.longlist.model.lookup import Names
from kiamv_cli.programme.model.labels import (
    categories_meant,
    dimension_meant,
    id_meant,
    split_labels,
)
from kiamv_cli.scoring.model.score import BOUNDS
from kiamv_cli.selection.model.question import Quota
from kiamv_cli.selection.model.spread import TARGET_RULES, has_population

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.dimensions import Dimensions
    from kiamv_cli.scoring.model.score import Bound, Scores
    from kiamv_cli.selection.model.spread import TargetRule

    # One text, or any number of them.
    Several: TypeAlias = "str | Iterable[str]"
    Targets: TypeAlias = "Mapping[DimensionId, TargetRule | Mapping[str, Fraction]]"

_HUNDRED, _PAIR = 100, 2
# The entry points of targets of one's own.
_TARGETS = "kiamv.targets"


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
        size: How many ecosystems.
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
                own, if it has one.
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
            "size": _size(size),
            "balance": _balance(balance),
            "targets": frozen({**(targets or {})}),
            "give_up": _share(give_up),
            "include": frozenset(_texts("include", include)),
            "exclude": frozenset(_texts("exclude", exclude)),
            "quotas": tuple(limits),
            "at_most_one": _groups("at_most_one", at_most_one),
            "together": _groups("together", together),
            "only_with": frozen(
                {name: _texts("only_with", each) for name, each in (only_with or {}).items()}
            ),
            "cost": frozen({name: _amount(name, each) for name, each in (cost or {}).items()}),
            "keep": frozenset(_texts("keep", keep)),
            "changes": _changes(changes, keep),
            "classes": frozenset(_texts("classes", classes)),
            "unknown": _known("unknown", unknown, BOUNDS),
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


def _size(value: object) -> int:
    if isinstance(value, UsualSize):
        return value
    size = _whole(value)
    if size is None or size < 1:
        raise Misfit("size", value, Text("requests.not-from-1"))
    return size


def _groups(field: str, groups: object) -> tuple[tuple[str, ...], ...]:
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


def _known(field: str, value: object, known: Sequence[str]) -> str:
    if value not in known:
        raise unknown(field, value, known)
    return str(value)


def resolved(request: Request, scores: Scores) -> Request:
    """Return a request in ids, checked against a scored long list.

    Raises:
        Misfit: Something does not fit the list, or can mean several things.
    """
    programme, total = scores.programme, len(scores.ecosystems)
    request = with_usual(request, programme)
    if request.size > total:
        raise Misfit("size", request.size, Text("requests.size-over-total", total=total))
    dimensions = scores.dimensions
    named = split_labels(request.balance, dimensions.declared.values())
    balance = tuple(dimension_meant("balance", each, dimensions) for each in named)
    if len({*balance}) < len(balance):
        raise Misfit("balance", request.balance, Text("requests.dimension-twice"))
    include = _members("include", request.include, scores)
    exclude = _members("exclude", request.exclude, scores)
    _check_pins(include, exclude, request.size)
    quotas = tuple(each for one in request.quotas for each in _quotas(one, dimensions, balance))
    for quota in quotas:
        if quota.at_least is not None and quota.at_least > total:
            text = Text("requests.quota-over-total", category=quota.category, total=total)
            raise Misfit("at_least", quota.at_least, text)
    return replace(
        request,
        balance=balance,
        targets=resolved_targets(request.targets, dimensions),
        include=include,
        exclude=exclude,
        quotas=quotas,
        at_most_one=_grouped("at_most_one", request.at_most_one, scores),
        together=_grouped("together", request.together, scores),
        only_with=_only_with(request.only_with, scores),
        cost=_costs(request.cost, programme),
        classes=frozenset(
            id_meant("classes", each, programme.classes)
            for each in split_labels(request.classes, programme.classes)
        ),
    )


def with_usual(request: Request, programme: Programme) -> Request:
    """Return a request with what the programme asks for where nobody asked for anything."""
    size, balance = programme.default.size, programme.default.balance
    if isinstance(request.size, UsualSize) and size is not None:
        request = replace(request, size=size)
    if isinstance(request.balance, UsualBalance):
        there = tuple(each for each in request.balance if each in programme.dimensions)
        request = replace(request, balance=there if balance is None else balance)
    return request


def resolved_targets(targets: Mapping[str, object], dimensions: Dimensions) -> Targets:
    """Return rules and shares by which targets are set, in ids, checked.

    Raises:
        Misfit: A dimension, rule or category is unknown, or a share is no number from 0.
    """
    found: dict[DimensionId, TargetRule | Mapping[str, Fraction]] = {}
    for name, rule in targets.items():
        dimension = dimension_meant("targets", name, dimensions)
        categories = dimensions[dimension].categories
        if isinstance(rule, Mapping):
            ids = ((id_meant("targets", each, categories), share) for each, share in rule.items())
            found[dimension] = {category: _part(category, share) for category, share in ids}
            continue
        if rule == "population" and not has_population(dimensions, dimension):
            text = Text("requests.rule-without-population", dimension=dimension)
            raise Misfit("targets", rule, text)
        if rule not in TARGET_RULES and (shares := plugin(_TARGETS, str(rule))) is not None:
            goals = shares(dimensions[dimension])
            found[dimension] = {name: _part(name, share) for name, share in goals.items()}
            continue
        found[dimension] = cast("TargetRule", _known("targets", rule, TARGET_RULES))
    return found


def _part(category: str, value: object) -> Fraction:
    share = exact(value)
    if share is None or share < 0:
        raise Misfit("targets", value, Text("requests.share-not-exact", category=category))
    return share


def _members(field: str, names: frozenset[str], scores: Scores) -> frozenset[str]:
    """Find ecosystems by id, name or alias."""
    if not names:
        return names
    ids = {each.ecosystem.id for each in scores.ecosystems}
    if names <= ids:
        return names
    known = Names(scores.longlist.ecosystems)
    return frozenset(_member(field, name, known) for name in names)


def _member(field: str, name: str, known: Names) -> str:
    ids = known.meant(name)
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise Misfit(field, name, Text("requests.several-meanings", known=", ".join(ids)), ids)
    near = known.nearest(name)
    raise (
        Misfit(field, name, Text("requests.unknown-near"), near)
        if near
        else unknown(field, name, known.ids)
    )


def _grouped(
    field: str, groups: tuple[tuple[str, ...], ...], scores: Scores
) -> tuple[tuple[str, ...], ...]:
    """Find the ecosystems of groups, in the order given."""
    known = Names(scores.longlist.ecosystems) if groups else None
    return _groups(
        field, tuple(tuple(_member(field, each, known) for each in one) for one in groups if known)
    )


def _only_with(
    pairs: Mapping[str, tuple[str, ...]], scores: Scores
) -> Mapping[str, tuple[str, ...]]:
    groups = tuple((name, *others) for name, others in pairs.items())
    return {name: tuple(others) for name, *others in _grouped("only_with", groups, scores)}


def _costs(cost: Mapping[str, Fraction], programme: Programme) -> Mapping[str, Fraction]:
    numbers = [each for each in programme.attributes if each.kind == "number"]
    if cost and not numbers:
        raise Misfit("cost", next(iter(cost)), Text("requests.no-number-attributes"))
    return {id_meant("cost", name, numbers): amount for name, amount in cost.items()}


def _check_pins(include: frozenset[str], exclude: frozenset[str], size: int) -> None:
    if both := include & exclude:
        raise Misfit("include", min(both), Text("requests.both"), other="exclude")
    if len(include) > size:
        text = Text("requests.more-than-size", size=size)
        raise Misfit("include", len(include), text, other="size")


def _quotas(
    quota: Quota, dimensions: Dimensions, balance: tuple[DimensionId, ...]
) -> Iterator[Quota]:
    """Yield a quota in ids; one that does not say of which dimension may be on several."""
    field = "at_most" if quota.at_least is None else "at_least"
    if not quota.dimension:
        for dimension, category in categories_meant(field, quota.category, dimensions, balance):
            yield replace(quota, dimension=dimension, category=category)
        return
    dimension = dimension_meant(field, quota.dimension, dimensions)
    categories = dimensions[dimension].categories
    yield replace(quota, dimension=dimension, category=id_meant(field, quota.category, categories))
