"""Agreement between reviewers: figures, disagreements, and the wording that causes most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.document import Cell, Field, Heading, Paragraph, Table, table
from kiamv_cli.display.text import count, decimal, heading, in_style, listing, number, whole
from kiamv_cli.display.words import said_word
from kiamv_cli.longlist.view import judged_fields
from kiamv_cli.review.view.answers import disagreement_fields, disagreement_table, question_text
from kiamv_cli.review.view.steps import standing_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.review.model.agreement import Estimate, ReviewAgreement, Row, Treatment
    from kiamv_cli.review.model.form import Wording

_NAMES = {"ac1": "AC1", "alpha": "alpha", "fleiss": "Fleiss", "cohen": "Cohen"}
_TREATED: Mapping[Treatment, str] = {
    "missing": N_("Where they could tell: unknown counts as no answer"),
    "category": N_("All answers: unknown counts as an answer, between not met and partly"),
}
_SAID: tuple[Verdict, ...] = ("not-met", "partly", "met", "unknown")
_VERDICTS: tuple[Verdict, ...] = ("met", "partly", "not-met", "unknown")


@dataclass(frozen=True, slots=True)
class AgreementView:
    """``kiamv review agreement``."""

    found: ReviewAgreement

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-agreement``."""
        return {
            **heading("review-agreement"),
            **judged_fields(self.found.programme, self.found.longlist),
            "request": {"seed": self.found.seed, "draws": self.found.agreement.resamples},
            "reviewers": list(self.found.agreement.reviewers),
            "seed": self.found.seed,
            "draws": self.found.agreement.resamples,
            "agreement": [row_fields(row) for row in self.found.agreement.rows],
            "by_two": [row_fields(row) for row in self.found.agreement.couples],
            "disagreements": [disagreement_fields(each) for each in self.found.disagreements],
            "wording": [
                {
                    "question": each.question.key,
                    "pairs": each.pairs,
                    "differ": each.differ,
                    "share": number(each.share),
                    "clashes": [{"verdicts": list(two), "pairs": n} for two, n in each.clashes],
                }
                for each in self.found.wordings
            ],
            **standing_fields(self.found.standing),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per question, one for all and one per two reviewers; twice, see ``unknown``."""
        for row in (*self.found.agreement.rows, *self.found.agreement.couples):
            fields: dict[str, Value] = {
                "reviewers": " ".join(row.reviewers),
                "question": row.question.key if row.question else "all",
                "unknown": row.treatment,
                "ecosystems": row.units,
                "alone": row.alone,
                "pairs": row.pairs,
                "agreed": row.agreed,
            }
            for name, one in row.estimates.items():
                fields[name] = None if one.value is None else number(one.value)
                fields[f"{name}_low"], fields[f"{name}_high"] = interval(one)
                fields[f"{name}_undefined"] = one.why
            yield fields | {f"said_{each}": row.verdicts.get(each) for each in _SAID}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Figures for both treatments of unknown, the disagreements, and the wording."""
        names = listing(self.found.agreement.reviewers)
        if len(self.found.agreement.reviewers) == 1:
            yield Heading(_("First verdicts of {name} alone: one person's verdicts", name=names))
        else:
            yield Heading(_("Agreement of {names} on first verdicts", names=names))
        yield from self._alone()
        for treatment, title in _TREATED.items():
            yield Heading(_(title))
            rows = [row for row in self.found.agreement.rows if row.treatment == treatment]
            yield self._counts(rows, symbols)
            yield Paragraph("")
            yield self._coefficients(rows, symbols)
            couples = [row for row in self.found.agreement.couples if row.treatment == treatment]
            if couples:
                yield Paragraph("")
                yield self._couples(couples, symbols)
        yield Paragraph("")
        yield Paragraph(self._legend())
        yield from self._wording(symbols)
        if not self.found.disagreements:
            yield Heading(_("No disagreements"))
            return
        size = count(len(self.found.disagreements), "disagreement", "disagreements")
        yield Heading(_("{disagreements}, largest first", disagreements=size))
        yield disagreement_table(
            self.found.disagreements, self.found.agreement.reviewers, self.found.longlist, symbols
        )

    def summary(self, symbols: Symbols) -> Iterator[Block]:
        """What matters most: per question the share that agrees, and the wording to look at."""
        yield from self._alone()
        yield Heading(_("How far they agree on first verdicts"))
        rows = [row for row in self.found.agreement.rows if row.treatment == "category"]
        yield self._counts(rows, symbols)
        yield Paragraph("")
        yield Paragraph(_("More, with coefficients and who disagrees: kiamv review agreement"))
        yield from self._wording(symbols)

    def _alone(self) -> Iterator[Block]:
        """Say how much was judged by one person, on which nobody can agree."""
        whole_rows = (r for r in self.found.agreement.rows if r.question is None)
        row = next(each for each in whole_rows if each.treatment == "category")
        if row.alone:
            yield Paragraph(
                ngettext(
                    "{n} of {total} was judged by one person alone: that is one person's "
                    "verdict, not agreement, and counts only towards how common verdicts are.",
                    "{n} of {total} were judged by one person alone: these are one person's "
                    "verdicts, not agreement, and count only towards how common verdicts are.",
                    row.alone,
                    total=count(row.units + row.alone, "unit", "units"),
                )
            )

    def _counts(self, rows: list[Row], symbols: Symbols) -> Table:
        def share(verdict: Verdict) -> Callable[[Row], str]:
            return lambda row: _share(row, verdict, symbols)

        fields: tuple[Field[Row], ...] = (
            _question_field(),
            Field("units", _("units"), show=lambda row: whole(row.units), align="right"),
            Field("pairs", _("pairs"), show=lambda row: whole(row.pairs), align="right"),
            Field(
                "share",
                _("agree (95%)"),
                show=lambda row: share_cell(row.estimates["share"], symbols),
            ),
            *(
                Field(each, f"{symbols.mark(each)} %", show=share(each), align="right")
                for each in _VERDICTS
            ),
        )
        return table(fields, rows)

    def _coefficients(self, rows: list[Row], symbols: Symbols) -> Table:
        shown = [name for name in _NAMES if any(r.estimates[name].why != "not-two" for r in rows)]
        return table([_question_field(), *_coefficient_fields(shown, symbols)], rows)

    def _couples(self, rows: list[Row], symbols: Symbols) -> Table:
        shown = [name for name in _NAMES if name != "fleiss"]
        fields: tuple[Field[Row], ...] = (
            Field("who", _("all questions"), show=lambda row: listing(row.reviewers)),
            Field("pairs", _("pairs"), show=lambda row: whole(row.pairs), align="right"),
            Field(
                "agreed",
                _("agree"),
                show=lambda row: percent(row.agreed, row.pairs, symbols),
                align="right",
            ),
            *_coefficient_fields(shown, symbols),
        )
        return table(fields, rows)

    def _legend(self) -> str:
        told = [
            _(
                "units: ecosystems that two or more judged (for all: times questions). "
                "agree: share of the pairs of verdicts on an ecosystem that are the same, "
                "averaged over units: what AC1 and Fleiss correct for chance. AC1: Gwet. "
                "alpha: Krippendorff, ordinal. Fleiss and Cohen: kappa. 1 is full agreement, "
                "0 what chance would give."
            )
        ]
        if self.found.agreement.resamples:
            told.append(
                _(
                    "95%: bootstrap by ecosystem, {n} resamples, seed {seed}.",
                    n=whole(self.found.agreement.resamples),
                    seed=self.found.seed,
                )
            )
        told.append(_("Alpha and kappa fall where nearly all verdicts are alike, AC1 does not."))
        return " ".join(told)

    def _wording(self, symbols: Symbols) -> Iterator[Block]:
        worst = self.found.wordings[0]
        if not worst.differ:
            return
        asked = {each.id: label_in(each.question) for each in self.found.programme.criteria}
        (one, other), most = worst.clashes[0]
        question = question_text(worst.question)
        yield Heading(_("The wording to look at: {question}", question=question))
        clash = ngettext(
            "once {one} against {other}",
            "{n} times {one} against {other}",
            most,
            one=said_word(one),
            other=said_word(other),
        )
        yield Paragraph(
            ngettext(
                '"{question}" divides most: {n} of {pairs} differs ({share}), {clash}.',
                '"{question}" divides most: {n} of {pairs} differ ({share}), {clash}.',
                worst.differ,
                question=asked[worst.question.criterion],
                pairs=count(worst.pairs, "pair", "pairs"),
                share=percent(worst.differ, worst.pairs, symbols),
                clash=clash,
            )
        )
        yield table(_wording_fields(symbols), self.found.wordings)


def _coefficient_fields(names: list[str], symbols: Symbols) -> Iterator[Field[Row]]:
    def estimate(name: str) -> Callable[[Row], Cell]:
        return lambda row: estimate_cell(row.estimates[name], symbols)

    for name in names:
        text = _("{coefficient} (95%)", coefficient=_NAMES[name])
        yield Field(name, text, show=estimate(name), wraps=True)


def _question_field() -> Field[Row]:
    def cell(row: Row) -> Cell:
        return Cell(question_text(row.question)) if row.question else Cell(_("all"), "strong")

    return Field("question", _("question"), show=cell)


def _share(row: Row, verdict: Verdict, symbols: Symbols) -> str:
    """Format how common a verdict is; a dash where it does not count."""
    counts = [row.verdicts.get(each) for each in _VERDICTS]
    number, total = row.verdicts.get(verdict), sum(n for n in counts if n) or 1
    return symbols.dash if number is None else f"{100 * number / total:.0f}"


def _wording_fields(symbols: Symbols) -> tuple[Field[Wording], ...]:
    def most(each: Wording) -> str:
        if not each.clashes:
            return ""
        (one, other), pairs = each.clashes[0]
        return f"{said_word(one)} {symbols.wall} {said_word(other)} ({pairs})"

    return (
        Field("question", _("question"), show=lambda each: question_text(each.question)),
        Field(
            "differ",
            _("differ"),
            show=lambda each: _("{n} of {total}", n=each.differ, total=each.pairs),
            align="right",
        ),
        Field(
            "share",
            "",
            show=lambda each: percent(each.differ, each.pairs, symbols),
            align="right",
        ),
        Field("most", _("most"), show=most),
    )


_WHY = {
    "no-pairs": N_("no two judged the same"),
    "all-alike": N_("all verdicts alike: nothing to agree on"),
    "not-two": N_("for two reviewers only"),
}


def percent(part: int, whole: int, symbols: Symbols) -> str:
    """Format a part of a whole in per cent; a dash where there is no whole."""
    return f"{100 * part / whole:.0f}%" if whole else symbols.dash


def interval(estimate: Estimate) -> tuple[float | None, float | None]:
    """Return the ends of an interval, rounded; ``None`` where there is none."""
    return (
        None if estimate.low is None else round(estimate.low, 6),
        None if estimate.high is None else round(estimate.high, 6),
    )


def row_fields(row: Row) -> dict[str, object]:
    """Return a row for JSON."""
    return {
        "reviewers": list(row.reviewers),
        "question": row.question.key if row.question else None,
        "unknown": row.treatment,
        "ecosystems": row.units,
        "alone": row.alone,
        "pairs": row.pairs,
        "agreed": row.agreed,
        "prevalence": dict(row.verdicts),
        **{name: _estimate_fields(one) for name, one in row.estimates.items()},
    }


def _estimate_fields(estimate: Estimate) -> dict[str, object]:
    if estimate.value is None:
        return {"value": None, "undefined": estimate.why}
    return {
        "value": number(estimate.value),
        "interval": None if estimate.low is None else list(interval(estimate)),
        "resamples_undefined": estimate.undefined,
    }


def share_cell(estimate: Estimate, symbols: Symbols) -> Cell:
    """Format a share in per cent with its interval; a dash where it is undefined."""
    if estimate.value is None:
        return Cell(symbols.dash)
    if estimate.low is None or estimate.high is None:
        return Cell(f"{100 * float(estimate.value):.0f}%")
    ends = f"{100 * estimate.low:.0f}{symbols.dash}{100 * estimate.high:.0f}"
    return Cell(f"{100 * float(estimate.value):.0f}% ({ends})")


def estimate_cell(estimate: Estimate, symbols: Symbols) -> Cell:
    """Format a coefficient with its interval, or why it is undefined."""
    if estimate.why is not None:
        return Cell(_("undefined: {why}", why=_(_WHY[estimate.why])), "faint")
    assert estimate.value is not None
    value = decimal(estimate.value)
    if estimate.low is None or estimate.high is None:
        return Cell(value)
    low, high = in_style(f"{estimate.low:.2f}"), in_style(f"{estimate.high:.2f}")
    return Cell(f"{value} ({low}{symbols.dash}{high})")
