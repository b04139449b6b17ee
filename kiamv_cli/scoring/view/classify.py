"""The classes: who is in which, at worst and at best, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, labels_of
from kiamv_cli.display.document import (
    Cell,
    Column,
    Field,
    Heading,
    Paragraph,
    Table,
    data,
    people,
    records,
    table,
)
from kiamv_cli.display.text import count, date_text, listing, seats
from kiamv_cli.display.words import word
from kiamv_cli.scoring.view.score import (
    class_fields,
    ecosystem_fields,
    heading_fields,
    judged_text,
    left_out_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme, ScreeningClass
    from kiamv_cli.scoring.model.score import ClassBound, EcosystemScore, Scores


@dataclass(frozen=True, slots=True)
class ClassifyView:
    """``kiamv classify``: class at worst and at best, with the reason in words."""

    scores: Scores

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/classify``."""
        return {
            **heading_fields(self.scores, "classify"),
            "classes": self._counts(),
            "ecosystems": [
                {
                    "id": one.ecosystem.id,
                    "name": one.ecosystem.name,
                    "class": {"worst": one.worst.id, "best": one.best.id},
                    "verdicts": {"worst": _verdicts(one.worst), "best": _verdicts(one.best)},
                    "open": self._open(one),
                    "reason": self._reason(one),
                }
                for one in self._in_order()
            ],
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per ecosystem."""
        return records(self._fields(), self._in_order())

    def blocks(self, symbols: Symbols) -> Iterable[Block]:  # noqa: ARG002 - words only
        """The number in each class, then a table per class."""
        scores = self.scores
        yield Heading(
            _(
                "{title}: {ecosystems} by class, as of {date}",
                title=scores.longlist.title,
                ecosystems=count(len(scores.ecosystems), "ecosystem", "ecosystems"),
                date=date_text(scores.as_of),
            )
        )
        yield self._cross_table()
        for screening in scores.programme.classes:
            members = [one for one in scores.ecosystems if one.worst.id == screening.id]
            if members:
                yield Heading(
                    _(
                        "{label} at worst ({n}): {demand}",
                        label=label_in(screening.label).capitalize(),
                        n=len(members),
                        demand=demand(screening, scores.programme),
                    )
                )
                yield table(self._fields(), members)
        for told in filter(None, (judged_text(scores), left_out_text(scores))):
            yield Paragraph("")
            yield Paragraph(told)

    def _in_order(self) -> list[EcosystemScore]:
        ids = [screening.id for screening in self.scores.programme.classes]
        return sorted(self.scores.ecosystems, key=lambda each: ids.index(each.worst.id))

    def _counts(self) -> dict[str, dict[str, int]]:
        worst = Counter(one.worst.id for one in self.scores.ecosystems)
        best = Counter(one.best.id for one in self.scores.ecosystems)
        classes = self.scores.programme.classes
        return {k.id: {"worst": worst[k.id], "best": best[k.id]} for k in classes}

    def _open(self, candidate: EcosystemScore) -> list[str]:
        """The criteria on which the verdict may still turn out better."""
        pairs = zip(self.scores.programme.criteria, candidate.criteria, strict=True)
        return [criterion.id for criterion, scored in pairs if scored.at_worst != scored.at_best]

    def _reason(self, scored: EcosystemScore) -> str:
        """The verdicts, as what the unknown ones count at worst, and what may still raise them."""
        at_worst = _verdict_words(scored)
        if not (undecided := self._open(scored)):
            return at_worst
        labels = labels_of(self.scores.programme.criteria)
        return _(
            "{verdicts}; may still turn out better: {criteria}",
            verdicts=at_worst,
            criteria=listing([labels[each] for each in undecided]),
        )

    def _cross_table(self) -> Table:
        classes = self.scores.programme.classes
        columns = (
            Column(_("class")),
            Column(_("at worst"), "right"),
            Column(_("at best"), "right"),
        )
        counts = self._counts()
        rows = (
            (label_in(k.label), str(counts[k.id]["worst"]), str(counts[k.id]["best"]))
            for k in classes
        )
        return Table(columns, tuple(tuple(map(Cell, row)) for row in rows))

    def _fields(self) -> tuple[Field[EcosystemScore], ...]:
        def itself(row: EcosystemScore) -> EcosystemScore:
            return row

        names, labels = self.scores.longlist.names, labels_of(self.scores.programme.classes)
        return (
            *ecosystem_fields(names, lambda row: row.ecosystem.id),
            *class_fields(itself),
            people("best", _("at best"), lambda row: labels[row.best.id]),
            data("open", _("open"), lambda row: tuple(self._open(row))),
            Field("reason", _("reason"), self._reason, wraps=True),
        )


def _verdicts(bound: ClassBound) -> dict[str, int]:
    return {"met": bound.met, "partly": bound.partly, "not-met": bound.not_met}


def _verdict_words(scored: EcosystemScore) -> str:
    bound = scored.worst
    unknown = sum(each.verdict == "unknown" for each in scored.criteria)
    counted = [(bound.met, "met"), (bound.partly, "partly"), (bound.not_met - unknown, "not-met")]
    told = [f"{number} {word(verdict)}" for number, verdict in counted if number]
    if unknown:
        told.append(_("{n} unknown (at worst not met)", n=unknown))
    return listing(told)


def demand(screening: ScreeningClass, programme: Programme) -> str:
    """What a class asks for, in words."""
    demands = []
    if screening.met:
        demands.append(_("at least {n} met", n=screening.met))
    if screening.met_or_partly:
        demands.append(_("at least {n} met or partly", n=screening.met_or_partly))
    if screening.not_met is not None:
        most = screening.not_met
        demands.append(_("at most {n} not met", n=most) if most else _("none not met"))
    demands += _of_criteria(screening, programme)
    return listing(demands) if demands else _("all others")


def _of_criteria(screening: ScreeningClass, programme: Programme) -> Iterator[str]:
    labels = labels_of(programme.criteria)
    if screening.must:
        yield _("met: {criteria}", criteria=listing([labels[name] for name in screening.must]))
    if screening.score is not None:
        least = seats(screening.score.at_least)
        if screening.score.weighted:
            yield _("a score of at least {score}", score=least)
        else:
            yield _("scores that add up to at least {score}", score=least)
    for name, score in screening.each.items():
        yield _("{criterion} at least {score}", criterion=labels[name], score=seats(score))
