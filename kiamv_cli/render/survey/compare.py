"""What was judged at selection beside what was answered later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.survey.compare import SAYINGS
from kiamv_cli.language import N_, _, label_in, ngettext
from kiamv_cli.render.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.render.scored_heading import heading_fields
from kiamv_cli.render.survey.common import answers_fields, invited_text, k_of_n
from kiamv_cli.render.text import listing, whole
from kiamv_cli.render.words import made_up, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.core.facts import Verdict
    from kiamv_cli.core.survey.answers import Said
    from kiamv_cli.core.survey.compare import Compared, RuleCompared, Saying, SelectionCompared
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.text import Symbols

_VERDICTS: Mapping[Verdict, str] = {
    "met": N_("met"),
    "partly": N_("partly"),
    "not-met": N_("not met"),
    "unknown": N_("unknown"),
}
_SAYINGS: Mapping[Saying, str] = {
    "supports": N_("supports"),
    "contradicts": N_("contradicts"),
    "neither": N_("neither"),
    "no-answer": N_("no answer"),
}


@dataclass(frozen=True, slots=True)
class ComparedView:
    """``kiamv survey compare``."""

    compared: SelectionCompared

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/survey-compare``."""
        return {
            **heading_fields(self.compared.scores, "survey-compare"),
            **answers_fields(self.compared.answers, "compare"),
            "not_listed": list(self.compared.not_listed),
            "rules": [
                {
                    "criterion": each.rule.criterion,
                    "part": each.rule.part,
                    "question": each.rule.question,
                    "invited": len(each.ecosystems),
                    "answered": each.answered,
                    "counts": {
                        verdict: {saying: each.counts[verdict, saying] for saying in SAYINGS}
                        for verdict in _VERDICTS
                    },
                    "contradictions": [_plain(one) for one in each.contradictions],
                }
                for each in self.compared.rules
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per rule and ecosystem."""
        for each in self.compared.rules:
            for one in each.ecosystems:
                yield {
                    "criterion": each.rule.criterion,
                    "part": each.rule.part,
                    "question": each.rule.question,
                    "ecosystem": one.ecosystem,
                    "name": one.name,
                    "verdict": one.verdict,
                    "options": None if one.options is None else "; ".join(one.options),
                    "answer": one.saying,
                    "contradiction": one.is_contradiction,
                    "where": "; ".join(map(_where, one.said)),
                    "made_up": self.compared.answers.made_up,
                }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Per rule a table of verdicts by answers, and who contradicts."""
        del symbols
        answers = self.compared.answers
        yield from made_up(answers)
        listed = self.compared.scores.longlist.title
        yield Heading(
            _("{title}: judged on {longlist}, answered later", title=answers.title, longlist=listed)
        )
        for each in self.compared.rules:
            yield Heading(self._title(each))
            if each.answered:
                yield _table(each)
                yield Paragraph(_summary(each))
            else:
                yield Paragraph(_("Nobody answered this question."))
            if each.contradictions:
                yield _contradictions(each)
        if self.compared.not_listed:
            names = ", ".join(self.compared.not_listed)
            yield Paragraph("")
            yield Paragraph(_("Invited, but not on the long list: {names}.", names=names), "partly")
        yield Paragraph("")
        yield Paragraph(
            _(
                "An ecosystem contradicts where it was judged to meet a criterion and its answer "
                "says otherwise, or the other way round. Interviews and desk research supplement "
                "the survey."
            ),
            "faint",
        )
        yield from made_up(answers)

    def _title(self, each: RuleCompared) -> str:
        label = label_in(each.criterion.label)
        part = f", {word(each.rule.part)}" if each.rule.part else ""
        return _(
            "{criterion}, by the answers to '{question}'",
            criterion=label + part,
            question=each.rule.question,
        )


def _table(each: RuleCompared) -> Table:
    columns = (
        Column(_("judged")),
        *(Column(_(word), "right") for word in _SAYINGS.values()),
        Column(_("all"), "right"),
    )
    rows = []
    for verdict, judged in _VERDICTS.items():
        counts = [each.counts[verdict, saying] for saying in SAYINGS]
        if any(counts):
            rows.append(tuple(map(Cell, (_(judged), *map(whole, counts), whole(sum(counts))))))
    return Table(columns, tuple(rows))


def _summary(each: RuleCompared) -> str:
    judged = [one for one in each.ecosystems if one.verdict == "met"]
    if not judged:
        invited = invited_text(len(each.ecosystems))
        return _("None of {invited} was judged to meet it.", invited=invited)
    answered = [one for one in judged if one.saying != "no-answer"]
    against = sum(one.is_contradiction for one in answered)
    met = ngettext(
        "{n} of {invited} was judged to meet it",
        "{n} of {invited} were judged to meet it",
        len(judged),
        invited=invited_text(len(each.ecosystems)),
    )
    said = ngettext(
        "of these {answered} answered the question, and {contradicting} says otherwise",
        "of these {answered} answered the question, and {contradicting} say otherwise",
        against,
        answered=len(answered),
        contradicting=k_of_n(against, len(answered)),
    )
    return f"{met}; {said}."


def _contradictions(each: RuleCompared) -> Table:
    columns = (
        Column(_("contradicts")),
        Column(_("judged")),
        Column(_("answered"), wraps=True),
        Column(_("where"), wraps=True),
    )
    return Table(
        columns,
        tuple(
            (
                Cell(one.ecosystem),
                Cell(_(_VERDICTS[one.verdict])),
                Cell(listing(one.options or ()) or _("none")),
                Cell("; ".join(map(_where, one.said))),
            )
            for one in each.contradictions
        ),
    )


def _where(said: Said) -> str:
    return f"{said.file}:{said.at}" if said.origin == "survey" else f"{said.file}, {said.at}"


def _plain(one: Compared) -> dict[str, object]:
    return {
        "id": one.ecosystem,
        "name": one.name,
        "verdict": one.verdict,
        "options": list(one.options or ()),
        "where": [_where(each) for each in one.said],
    }
