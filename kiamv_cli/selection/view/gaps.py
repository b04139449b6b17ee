"""Which answers could change the shortlist: a list of whom to call, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table, headed
from kiamv_cli.display.text import count, date_text, decimal, exactly, first_of, listing, number
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.scoring.view import range_text
from kiamv_cli.scoring.view.score import left_out_text
from kiamv_cli.selection.view.request import asked_fields, bound_words
from kiamv_cli.selection.view.what_if import by_lottery, effects_text, gap_text, worth_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.gaps import Answer, Gap, Gaps
    from kiamv_cli.selection.model.what_if import Effect

# More than these drown who it is about; JSON has them all.
_MOST_STAKES = 6
_WORTH = {"met": N_("worth if so"), "not_met": N_("worth if not")}
_WAYS: tuple[Literal["met", "not_met"], ...] = ("met", "not_met")


@dataclass(frozen=True, slots=True)
class GapsView:
    """``kiamv gaps``.

    With a ``limit`` only so many of them, the most decisive. In ``full`` every question is put in
    words for people too, also those that take other answers beside them.
    """

    found: Gaps
    limit: int | None = None
    full: bool = False

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/gaps``."""
        found = self.found
        return {
            **asked_fields(found.scores, found.request, "gaps"),
            "complete": found.complete,
            "open": found.undecided,
            "tried": found.tried,
            "decisive": len(found.gaps),
            "gaps": [self._fields(gap) for gap in found.gaps[: self.limit]],
        }

    @headed(
        "place",
        "id",
        "name",
        "member",
        "criterion",
        "question",
        "missing",
        "answers_needed",
        "met_changes",
        "met_needs",
        "met_in",
        "met_out",
        "met_today_allowed",
        "met_seats",
        "met_points",
        "not_met_changes",
        "not_met_needs",
        "not_met_in",
        "not_met_out",
        "not_met_today_allowed",
        "not_met_seats",
        "not_met_points",
    )
    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per question."""
        for place, gap in enumerate(self.found.gaps[: self.limit], start=1):
            yield {
                "place": place,
                "id": gap.scored.ecosystem.id,
                "name": gap.scored.ecosystem.name,
                "member": self._member(gap),
                "criterion": gap.criterion.id,
                "question": label_in(gap.criterion.question),
                "missing": self._missing(gap),
                "answers_needed": gap.needed,
                **_answer_record("met", gap.met),
                **_answer_record("not_met", gap.not_met),
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """How many questions matter, then call by call what to ask and what would follow."""
        found = self.found
        yield Heading(
            _(
                "{title}: open questions that could change the shortlist of {size} of {total}, as "
                "of {date}",
                title=found.scores.longlist.title,
                size=found.request.size,
                total=len(found.scores.ecosystems),
                date=date_text(found.scores.as_of),
            )
        )
        yield from self._summary()
        shown = found.gaps[: self.limit]
        calls = groupby(shown, key=lambda gap: (gap.needed, gap.scored.ecosystem.id))
        for place, (_key, gaps) in enumerate(calls, start=1):
            yield from self._call(place, list(gaps), symbols)
        if shown:
            yield Paragraph("")
            yield Paragraph(self._legend(), "faint")
        if left_out := left_out_text(found.scores):
            yield Paragraph(left_out, "faint")

    def _fields(self, gap: Gap) -> dict[str, object]:
        return {
            "id": gap.scored.ecosystem.id,
            "name": gap.scored.ecosystem.name,
            "member": self._member(gap),
            "score": number(gap.score),
            "criterion": gap.criterion.id,
            "question": label_in(gap.criterion.question),
            "missing": self._missing(gap),
            "answers_needed": gap.needed,
            "met": _answer_fields(gap.met),
            "not_met": _answer_fields(gap.not_met),
        }

    def _member(self, gap: Gap) -> bool:
        return gap.scored.ecosystem.id in self.found.today.members

    def _missing(self, gap: Gap) -> str:
        return gap_text(gap, self.found.scores.programme)

    def _summary(self) -> Iterator[Block]:
        found = self.found
        if not found.complete:
            text = _(
                "NOT complete: {why}, with {tried} of {questions} tried. What is shown is exact.",
                why=why_incomplete(interrupted=found.interrupted),
                tried=found.tried,
                questions=count(found.undecided, "open question", "open questions"),
            )
            yield Paragraph(text, "not-met")
        yield Paragraph(self._numbers())
        yield Paragraph(self._other_answer())
        if stakes := self._stakes():
            yield Paragraph(stakes)
        if self.limit is not None and self.limit < len(found.gaps):
            yield Paragraph(
                ngettext(
                    "Shown: the most decisive of {total}.",
                    "Shown: the {n} most decisive of {total}.",
                    self.limit,
                    total=len(found.gaps),
                )
            )

    def _numbers(self) -> str:
        found = self.found
        if not found.undecided:
            return _("Nothing is open: no answer can change the shortlist.")
        said = ", ".join(self._kinds()) or _("none was tried")
        tried = count(found.tried, "open question", "open questions")
        return _("Of {questions}, {kinds}.", questions=tried, kinds=said)

    def _kinds(self) -> Iterator[str]:
        """How many questions are decisive alone, how many with others, and how many never."""
        found = self.found
        alone = [gap for gap in found.gaps if gap.needed == 1]
        many, idle = len(found.gaps) - len(alone), found.tried - len(found.gaps)
        if alone:
            callees = len({gap.scored.ecosystem.id for gap in alone})
            yield _(
                "{n} would change the shortlist by one answer ({ecosystems} to call)",
                n=len(alone),
                ecosystems=count(callees, "ecosystem", "ecosystems"),
            )
        if many and alone:
            yield _("{n} only together with others about the same ecosystem", n=many)
        elif many:
            yield _(
                "{n} would change the shortlist only together with others about the same ecosystem",
                n=many,
            )
        if idle and found.gaps:
            yield _("{n} cannot change it", n=idle)
        elif idle:
            yield _("{n} cannot change the shortlist", n=idle)

    def _other_answer(self) -> str:
        """Say plainly which answers leave the shortlist as it is."""
        bound = self.found.request.unknown
        score = bound_words(bound)
        if bound == "proven":
            return _(
                'What counts is the {score}. An answer "no" leaves it as it is, and so the '
                "shortlist too.",
                score=score,
            )
        if bound == "possible":
            return _(
                'What counts is the {score}. An answer "yes" leaves it as it is, and so the '
                "shortlist too.",
                score=score,
            )
        return _("What counts is the {score}: either answer may change it.", score=score)

    def _stakes(self) -> str:
        stakes = sorted(self.found.at_stake.items(), key=lambda each: (-each[1], each[0]))
        called = self.found.scores.longlist.names
        names = first_of([f"{called[name]} ({times})" for name, times in stakes], _MOST_STAKES)
        if not names:
            return ""
        return _(
            "Members that a single answer could displace, with the number of such questions: "
            "{names}.",
            names=listing(names),
        )

    def _call(self, place: int, gaps: list[Gap], symbols: Symbols) -> Iterator[Block]:
        one, needed = gaps[0].scored, gaps[0].needed
        parts = [
            _("in") if self._member(gaps[0]) else _("not in"),
            _("score {score}", score=range_text(one, symbols)),
        ]
        if gaps[0].score != one.proven:
            counts = _("{score} counts", score=decimal(gaps[0].score))
            parts[-1] += f" ({counts})"
        if needed > 1:
            parts.append(ngettext("takes {n} answer", "takes {n} answers", needed))
        yield Heading(f"{place} {one.ecosystem.name}: {', '.join(parts)}")
        if needed == 1 or self.full:
            yield self._questions(gaps, symbols)
        for way in _WAYS:
            yield from map(Paragraph, effects_text(gaps, way, self.found.scores))

    def _questions(self, gaps: list[Gap], symbols: Symbols) -> Table:
        ways = [way for way in _WAYS if any(getattr(gap, way).needed == 1 for gap in gaps)]
        worth = (Column(_(_WORTH[way]), "right") for way in ways)
        columns = (Column(_("ask"), wraps=True), Column(_("missing"), wraps=True), *worth)
        rows = (
            (
                Cell(f"{label_in(gap.criterion.label)}: {label_in(gap.criterion.question)}"),
                Cell(self._missing(gap)),
                *(_worth_cell(getattr(gap, way), symbols) for way in ways),
            )
            for gap in gaps
        )
        return Table(columns, tuple(rows))

    def _legend(self) -> str:
        effects = [
            answer.effect
            for gap in self.found.gaps[: self.limit]
            for answer in (gap.met, gap.not_met)
            if answer.effect
        ]
        parts = [*self._ways(), *_worths(effects)]
        if not self.full and self.found.gaps[: self.limit][-1].needed > 1:
            parts.append(_("kiamv gaps --ecosystem ID puts all questions about one in words."))
        parts.append(_("Answers of several ecosystems at once: kiamv robustness."))
        return " ".join(parts)

    def _ways(self) -> Iterator[str]:
        """What the two answers to a question mean."""
        bound = self.found.request.unknown
        if bound != "possible":
            yield _("If so: it turns out as well as is still possible.")
        if bound != "proven":
            yield _("If not: no more is found than is proven.")


def _worths(effects: Sequence[Effect]) -> Iterator[str]:
    """What the worth of an answer means, and the words that may stand there instead."""
    yield _(
        "Worth: by how much the total score of today's shortlist would then fall short of the best."
    )
    if any(map(by_lottery, effects)):
        yield _("Lottery: it would be as good, but the lottery decides for another.")
    if not all(effect.allowed for effect in effects):
        yield _("Not allowed: it would no longer meet what is asked.")


def _worth_cell(answer: Answer, symbols: Symbols) -> Cell:
    alone = answer.effect is not None and answer.needed == 1
    return Cell(worth_text(answer.effect) if alone and answer.effect else symbols.dash)


def _answer_fields(answer: Answer) -> dict[str, object]:
    effect = answer.effect
    return {
        "changes": effect is not None,
        "needs": [list(chosen) for chosen in answer.sets],
        "in": list(effect.comes) if effect else [],
        "out": list(effect.goes) if effect else [],
        "feasible": effect is None or effect.then is not None,
        "today_allowed": effect is None or effect.allowed,
        "leaving": effect.leaving if effect else 0,
        "seats": number(effect.seats) if effect else 0.0,
        "points": number(effect.points) if effect else 0.0,
        "score": exactly(effect.then.score) if effect and effect.then else None,
    }


def _answer_record(way: str, answer: Answer) -> dict[str, Value]:
    effect = answer.effect
    return {
        f"{way}_changes": effect is not None,
        f"{way}_needs": " or ".join(" + ".join(chosen) for chosen in answer.sets),
        f"{way}_in": " ".join(effect.comes) if effect else "",
        f"{way}_out": " ".join(effect.goes) if effect else "",
        f"{way}_today_allowed": effect is None or effect.allowed,
        f"{way}_seats": number(effect.seats) if effect else 0.0,
        f"{way}_points": number(effect.points) if effect else 0.0,
    }
