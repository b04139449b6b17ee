"""The ranking: one row per ecosystem; and the fields of scores wherever they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.document import (
    Field,
    Heading,
    Paragraph,
    data,
    names_cell,
    people,
    records,
    table,
)
from kiamv_cli.display.text import UNICODE, count, date_text, heading, listing, number
from kiamv_cli.longlist.view import judged_fields, unknown_fields, unknown_paragraphs
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.view import dimension_text
from kiamv_cli.scoring.view import BASES, class_cell, mark_cell, range_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.scoring.model.dimensions import Dimensions
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore, Scores

Row = TypeVar("Row")
Scored = tuple["EcosystemScore", "Criterion", "CriterionScore"]

_VERDICTS = "met, partly, not-met, unknown."
_BASES = "rule, person, review, adjudicated."


def heading_fields(scores: Scores, command: str) -> dict[str, object]:
    """Return the first fields of documents on a scored list."""
    return {
        **heading(command),
        "as_of": scores.as_of.isoformat(),
        **judged_fields(scores.programme, scores.longlist),
        "basis": {basis: scores.bases[basis] for basis in BASES},
        "request": {"as_of": scores.as_of.isoformat()},
    }


@dataclass(frozen=True, slots=True)
class ScoreView:
    """``kiamv score``: rank, verdicts, proven and possible score, class.

    With ``long`` its CSV has a row for each criterion of each ecosystem.
    """

    scores: Scores
    long: bool = False

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/score``."""
        return {
            **heading_fields(self.scores, "score"),
            "unknown": unknown_fields(self.scores.unknown, len(self.scores.ecosystems)),
            "left_out": {"later": self.scores.later, "ended": self.scores.ended},
            "ecosystems": [_ecosystem(one, self.scores) for one in self.scores.ecosystems],
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per ecosystem, with verdict, proven and possible score per criterion."""
        if self.long:
            return records(long_fields(self.scores), long_rows(self.scores))
        return records(score_fields(self.scores), self.scores.ecosystems)

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The heat table."""
        from kiamv_cli.scoring.view.heat import heat_figure  # noqa: PLC0415 - only to draw

        return {"heat": lambda: heat_figure(self.scores)}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The ranking with its legend."""
        scores = self.scores
        yield Heading(
            _(
                "{title}: {ecosystems} by score, as of {date}",
                title=scores.longlist.title,
                ecosystems=count(len(scores.ecosystems), "ecosystem", "ecosystems"),
                date=date_text(scores.as_of),
            )
        )
        yield from unknown_paragraphs(scores.programme, scores.unknown, len(scores.ecosystems))
        yield table(score_fields(scores, symbols), scores.ecosystems)
        yield Paragraph("")
        yield from _legend(scores, symbols)


def categories_fields(
    ecosystem: Ecosystem, dimensions: Dimensions, names: Iterable[DimensionId] = ()
) -> dict[str, object]:
    """Return its categories, for JSON: of provinces and themes by themselves, where there are any.

    That is in the dimensions of the programme, and in those that are named.
    """
    found = {
        name: list(dict.fromkeys(dimensions.categories(ecosystem, name)))
        for name in dimensions.reported(names)
    }
    plain = {name: found.pop(name) for name in PLAIN_DIMENSIONS if name in found}
    return {**plain, **({"categories": found} if found else {})}


def _ecosystem(candidate: EcosystemScore, scores: Scores) -> dict[str, object]:
    criteria = (each.id for each in scores.programme.criteria)
    scored = zip(criteria, candidate.criteria, strict=True)
    return {
        "id": candidate.ecosystem.id,
        "name": candidate.ecosystem.name,
        "rank": candidate.rank,
        **categories_fields(candidate.ecosystem, scores.dimensions),
        "score": {
            "proven": number(candidate.proven),
            "possible": number(candidate.possible),
            "exact": [str(candidate.proven), str(candidate.possible)],
        },
        "class": {"worst": candidate.worst.id, "best": candidate.best.id},
        "criteria": {criterion: _criterion(score) for criterion, score in scored},
    }


def _criterion(scored: CriterionScore) -> dict[str, object]:
    fields: dict[str, object] = {
        "verdict": scored.verdict,
        "proven": number(scored.proven),
        "possible": number(scored.possible),
        "basis": scored.basis,
    }
    if scored.ruled is not None:
        fields["rule"] = _criterion(scored.ruled)
    return fields


def score_fields(scores: Scores, symbols: Symbols = UNICODE) -> tuple[Field[EcosystemScore], ...]:
    """Return the columns of the ranking, one row per ecosystem."""
    meaning = _("1 for the highest proven score; equal scores share a rank.")
    criteria = (
        field
        for place, each in enumerate(scores.programme.criteria)
        for field in _criterion_fields(place, each, symbols)
    )
    return (
        Field("rank", _("rank"), lambda row: row.rank, meaning, 7, short="#", align="right"),
        *ecosystem_fields(scores.longlist.names, lambda row: row.ecosystem.id),
        *place_fields(_itself, scores),
        *bound_fields(_itself),
        *class_fields(_itself),
        *criteria,
        people("bar", _("score"), lambda row: symbols.bar(row.proven, row.possible)).but(["page"]),
        people(
            "range",
            _("score"),
            lambda row: range_text(row, symbols),
            short=_("proven{dash}possible", dash=symbols.dash),
        ),
        people("class", _("class"), lambda row: class_cell(row, scores.programme, symbols)),
    )


def long_rows(scores: Scores) -> Iterator[Scored]:
    """Yield each ecosystem with each criterion and how it scores on that."""
    criteria = scores.programme.criteria
    for each in scores.ecosystems:
        for criterion, scored in zip(criteria, each.criteria, strict=True):
            yield each, criterion, scored


def long_fields(scores: Scores) -> tuple[Field[Scored], ...]:
    """Return the columns of scores with a row for each criterion of each ecosystem."""
    names = scores.longlist.names
    of_rank = _("1 for the highest proven score; equal scores share a rank.")
    of_criterion, of_weight = _("The id of the criterion."), _("What the criterion weighs.")
    return (
        data("rank", _("rank"), lambda row: row[0].rank, of_rank, 7),
        *ecosystem_fields(names, lambda row: row[0].ecosystem.id),
        data("criterion", _("criterion"), lambda row: row[1].id, of_criterion, 30),
        data("weight", _("weight"), lambda row: row[1].weight, of_weight),
        data("verdict", _("verdict"), lambda row: row[2].verdict, _VERDICTS),
        *bound_fields(lambda row: row[2]),
        data("basis", _("basis"), lambda row: row[2].basis, _BASES),
    )


def _itself(row: EcosystemScore) -> EcosystemScore:
    return row


def ecosystem_fields(
    names: Mapping[str, str], of: Callable[[Row], str]
) -> tuple[Field[Row], Field[Row]]:
    """Return id and name of an ecosystem, whose id is that of the row."""
    same, called = (
        _("The id of the ecosystem; the same in every sheet."),
        _("What the ecosystem is called."),
    )
    name: Field[Row] = Field("name", _("ecosystem"), lambda row: names[of(row)], called, 44)
    return (
        data("id", _("id"), of, same, 30),
        replace(name, show=lambda row: names_cell([of(row)], names), wraps=True),
    )


def place_fields(
    of: Callable[[Row], EcosystemScore], scores: Scores, names: Iterable[DimensionId] = ()
) -> tuple[Field[Row], ...]:
    """Return where an ecosystem is in each dimension, as codes for data.

    That is in those of the programme, and in those that are named.
    """
    dimensions = scores.dimensions
    meaning = _("Codes separated by spaces, the main one first.")

    def codes(name: DimensionId, row: Row) -> tuple[str, ...]:
        return tuple(dict.fromkeys(dimensions.categories(of(row).ecosystem, name)))

    return tuple(
        data(name, dimension_text(name, dimensions), partial(codes, name), meaning, 24)
        for name in dimensions.reported(names)
    )


def bound_fields(
    of: Callable[[Row], EcosystemScore | CriterionScore], criterion: Criterion | None = None
) -> tuple[Field[Row], Field[Row]]:
    """Return what is proven and what is possible, for data: of all, or on a criterion."""
    key = f"{criterion.id}_" if criterion else ""
    of_what = f"{label_in(criterion.label)}: " if criterion else ""
    shown = _("The score that the facts show, from 0 to 1.")
    more = _("The score that further facts could still bring.")
    proven, possible = of_what + _("proven"), of_what + _("possible")
    total = not criterion
    return (
        data(f"{key}proven", proven, lambda row: of(row).proven, shown, exact=total),
        data(f"{key}possible", possible, lambda row: of(row).possible, more, exact=total),
    )


def class_fields(of: Callable[[Row], EcosystemScore]) -> tuple[Field[Row], Field[Row]]:
    """Return the class at worst and at best, as ids for data."""
    worst, best = _("The class by what is proven."), _("The class by what is still possible.")
    return (
        data("class_worst", _("class at worst"), lambda row: of(row).worst.id, worst),
        data("class_best", _("class at best"), lambda row: of(row).best.id, best),
    )


def _criterion_fields(
    place: int, criterion: Criterion, symbols: Symbols
) -> tuple[Field[EcosystemScore], ...]:
    """Return the columns of a criterion: a sign for people, and for data all that is in it."""

    def scored(row: EcosystemScore) -> CriterionScore:
        return row.criteria[place]

    key, label = criterion.id, label_in(criterion.label)
    verdict, basis = _("verdict"), _("basis")
    return (
        people(
            key,
            label,
            lambda row: mark_cell(scored(row), symbols),
            short=str(place + 1),
            align="center",
        ),
        data(f"{key}_verdict", f"{label}: {verdict}", lambda row: scored(row).verdict, _VERDICTS),
        *bound_fields(scored, criterion),
        data(f"{key}_basis", f"{label}: {basis}", lambda row: scored(row).basis, _BASES),
    )


def _legend(scores: Scores, symbols: Symbols) -> Iterator[Block]:
    numbered = enumerate((label_in(k.label) for k in scores.programme.criteria), start=1)
    yield Paragraph(", ".join(f"{n}\u00a0{label}" for n, label in numbered) + ".")
    yield Paragraph(
        _(
            "{met} met, {partly} partly, {not_met} not met, {unknown} unknown. {full} "
            "proven, {light} possible: what the evidence shows, and what it cannot rule out. "
            "{up} for each class it could still rise.",
            met=symbols.met,
            partly=symbols.partly,
            not_met=symbols.not_met,
            unknown=symbols.unknown,
            full=symbols.full,
            light=symbols.light,
            up=symbols.up,
        )
    )
    if judged := judged_text(scores):
        yield Paragraph(judged)
    if left_out := left_out_text(scores):
        yield Paragraph(left_out)


def judged_text(scores: Scores) -> str:
    """How many verdicts people gave, with the sign of each basis; empty if there are none."""
    bases = scores.bases
    by_people = bases.total() - bases["rule"]
    if not by_people:
        return ""
    told = [
        f"{sign} {_(said)} ({bases[b]})" for b, (sign, said) in BASES.items() if sign and bases[b]
    ]
    return ngettext(
        "{how}: people overrule the rule on {people} of {n} verdict.",
        "{how}: people overrule the rule on {people} of {n} verdicts.",
        bases.total(),
        how=", ".join(told),
        people=by_people,
    )


def left_out_text(scores: Scores) -> str:
    """Which facts did not count because of their years; empty if there are none."""
    parts = []
    if scores.later:
        day = date_text(scores.as_of)
        later = ngettext(
            "{n} fact later than {date}", "{n} facts later than {date}", scores.later, date=day
        )
        parts.append(later)
    if scores.ended:
        parts.append(
            ngettext(
                "{n} fact that ended before it", "{n} facts that ended before it", scores.ended
            )
        )
    return _("Left out: {facts}.", facts=listing(parts)) if parts else ""
