"""Characteristics as k of n: every percentage with its base, and how far it may be off."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import heading, number, percent, whole
from kiamv_cli.display.words import made_up
from kiamv_cli.longlist.view import criteria_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.answers import Answers
    from kiamv_cli.survey.model.characterise import (
        Base,
        Basis,
        Characterised,
        Characteristic,
        Interval,
        Part,
        Profile,
    )


def programme_fields(programme: Programme | None) -> dict[str, object]:
    """Return of which criteria the questionnaire or codebook is; nothing where it stands alone."""
    return {} if programme is None else {"criteria": criteria_fields(programme)}


def answers_fields(
    answers: Answers, programme: Programme | None, command: str
) -> dict[str, object]:
    """Return the first fields of documents on answers, and of which criteria they are."""
    return {
        **heading(f"survey-{command}"),
        **programme_fields(programme),
        "answers": {
            "title": answers.title,
            "made_up": answers.made_up,
            "questionnaire": answers.questionnaire,
            "sha256": answers.sha256,
        },
        "invited": len(answers.invited),
        "took_part": {origin: len(ids) for origin, ids in answers.took_part.items()},
    }


def k_of_n(number: int, base: int) -> str:
    """Return a count with its base: ``9 of 14``."""
    return _("{k} of {n}", k=whole(number), n=whole(base))


def invited_text(number: int) -> str:
    """Format how many were invited: ``44 invited``."""
    return ngettext("{n} invited", "{n} invited", number)


_BASES: Mapping[Base, str] = {
    "asked": N_("all who took part"),
    "answered": N_("those who answered the question"),
    "chose": N_("those who named an option of the question"),
}
_BAR, _LABEL = 10, 40  # the widths of a bar, and of labels in tables below each other
_PERCENT = Column("%", "right", least=len("100%"))
_ASSUMPTION = "the base is a random sample of all invited"


@dataclass(frozen=True, slots=True)
class ProfileView:
    """``kiamv survey characterise``; shares of a base below ``min_base`` are not given."""

    profile: Profile
    min_base: int = 10
    interval: Interval = "bounds"
    programme: Programme | None = None

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/survey-characterise``."""
        profile = self.profile
        return {
            **answers_fields(profile.answers, self.programme, "characterise"),
            "request": {
                "base": profile.base,
                "min_base": self.min_base,
                "interval": self.interval,
                "by": None,
            },
            "base": profile.base,
            "min_base": self.min_base,
            "interval": {
                "kind": self.interval,
                "assumption": _ASSUMPTION if self.interval == "wilson" else None,
                "level": 0.95 if self.interval == "wilson" else None,
            },
            "questions": [self._question(each) for each in profile.questions],
            "unanswered": list(profile.unanswered),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row per characteristic, by the survey alone and supplemented."""
        answers = self.profile.answers
        for each in self.profile.questions:
            for one in each.characteristics:
                for heard, part in (("survey", one.survey), ("supplemented", one.supplemented)):
                    yield {
                        "question": each.question.id,
                        "characteristic": one.id,
                        "label": label_in(one.label),
                        "heard": heard,
                        **self._figures(part),
                        "base_rule": self.profile.base,
                        "asked": part.basis.asked,
                        "answered": part.basis.answered,
                        "missing": part.basis.missing,
                        "invited": part.basis.invited,
                        "interval": self.interval,
                        "made_up": answers.made_up,
                    }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield a table per question, each with its base, then how to read them."""
        profile = self.profile
        yield from made_up(profile.answers)
        invited = invited_text(len(profile.answers.invited))
        yield Heading(
            _("{title}: characteristics of {invited}", title=profile.answers.title, invited=invited)
        )
        for each in profile.questions:
            yield Heading(label_in(each.question.wording))
            yield self._table(each, symbols)
            yield Paragraph(self._bases(each), "faint")
        yield Paragraph("")
        yield from self._legend(symbols)
        yield from made_up(profile.answers)

    def _question(self, characterised: Characterised) -> dict[str, object]:
        return {
            "id": characterised.question.id,
            "wording": label_in(characterised.question.wording),
            "kind": characterised.question.kind,
            "known": characterised.question.known,
            "survey": _basis(characterised.survey),
            "supplemented": _basis(characterised.supplemented),
            "characteristics": [
                {
                    "id": one.id,
                    "label": label_in(one.label),
                    "kind": one.kind,
                    "survey": self._figures(one.survey),
                    "supplemented": self._figures(one.supplemented),
                }
                for one in characterised.characteristics
            ],
        }

    def _figures(self, part: Part) -> dict[str, Value]:
        ends = self._ends(part)
        share = part.share if self._is_enough(part) else None
        return {
            "count": part.count,
            "base": part.base,
            "share": None if share is None else number(share),
            "low": None if ends is None else round(float(ends[0]), 6),
            "high": None if ends is None else round(float(ends[1]), 6),
        }

    def _is_enough(self, part: Part) -> bool:
        return part.base >= max(self.min_base, 1)

    def _ends(self, part: Part) -> tuple[Fraction, Fraction] | tuple[float, float] | None:
        if not self._is_enough(part):
            return None
        return part.wilson if self.interval == "wilson" else part.bounds

    def _table(self, characterised: Characterised, symbols: Symbols) -> Table:
        both = self.profile.is_supplemented
        labels = (
            label_in(one.label) for all_ in self.profile.questions for one in all_.characteristics
        )
        counted = len(k_of_n(*[len(self.profile.answers.invited)] * 2))
        heads = [Column(_("characteristic"), wraps=True, least=min(_LABEL, max(map(len, labels))))]
        heads += [Column(_("survey"), "right", least=counted), _PERCENT] if both else []
        heading = _("with interviews") if both else _("survey")
        heads += [Column(heading, "right", least=counted), _PERCENT]
        heads += [Column("", least=_BAR), Column(self._span(), "right", least=len("100%–100%"))]
        rows = (self._row(one, symbols) for one in characterised.characteristics)
        return Table(tuple(heads), tuple(rows))

    def _row(self, characteristic: Characteristic, symbols: Symbols) -> tuple[Cell, ...]:
        part = characteristic.supplemented
        parts = (characteristic.survey, part) if self.profile.is_supplemented else (part,)
        cells = [
            Cell(text)
            for each in parts
            for text in (k_of_n(each.count, each.base), self._percent(each, symbols))
        ]
        bar = symbols.bar(*part.bounds, width=_BAR) if part.bounds else ""
        label = label_in(characteristic.label)
        return Cell(label), *cells, Cell(bar), Cell(self._between(part, symbols))

    def _percent(self, part: Part, symbols: Symbols) -> str:
        share = part.share
        return percent(share, 0) if share is not None and self._is_enough(part) else symbols.dash

    def _span(self) -> str:
        invited = len(self.profile.answers.invited)
        if self.interval == "wilson":
            return _("95% interval")
        return _("of all {n}", n=whole(invited))

    def _between(self, part: Part, symbols: Symbols) -> str:
        ends = self._ends(part)
        if ends is not None:
            low, high = (percent(Fraction(each), 0) for each in ends)
            return f"{low}{symbols.dash}{high}"
        if self.interval == "wilson":
            return symbols.dash
        return f"{part.count}{symbols.dash}{part.count + part.basis.missing}"

    def _bases(self, characterised: Characterised) -> str:
        alone, basis = characterised.survey, characterised.supplemented
        words = [
            _(
                "Base: {answered} of {asked} who took part in the survey answered",
                answered=alone.answered,
                asked=alone.asked,
            )
        ]
        if self.profile.is_supplemented:
            text = _(
                "with interviews {answered} of {asked}", answered=basis.answered, asked=basis.asked
            )
            words.append(text)
        words.append(
            _(
                "unknown for {missing} of {invited}",
                missing=basis.missing,
                invited=invited_text(basis.invited),
            )
        )
        if basis.contested:
            words.append(
                ngettext(
                    "{n} of them answered in two ways",
                    "{n} of them answered in two ways",
                    basis.contested,
                )
            )
        more = (
            [_("several options could be given")]
            if characterised.question.kind == "multiple"
            else []
        )
        return "; ".join([*words, *more]) + "."

    def _legend(self, symbols: Symbols) -> Iterator[Block]:
        base = _(_BASES[self.profile.base])
        yield Paragraph(_("Percentages are of {base}, k of n.", base=base))
        if self.interval == "bounds":
            text = _(
                "{full} known to have it, {light} not ruled out: the share of all invited if "
                "none of the unknown have it, or if all do. Nothing is assumed about them.",
                full=symbols.full,
                light=symbols.light,
            )
        else:
            text = _(
                "The 95% interval (Wilson, corrected for a finite population) holds only if those "
                "who answered are a random sample of all invited. {full} known, {light} not "
                "excluded, without that assumption.",
                full=symbols.full,
                light=symbols.light,
            )
        yield Paragraph(text)
        if any(
            not self._is_enough(part)
            for each in self.profile.questions
            for one in each.characteristics
            for part in (one.survey, one.supplemented)
        ):
            text = _(
                "With a base below {n} only counts are given, no percentages.", n=self.min_base
            )
            yield Paragraph(text)
        if self.profile.is_supplemented:
            yield Paragraph(
                _("Interviews and desk research fill only what the survey leaves open.")
            )
        if self.profile.unanswered:
            yield Paragraph(
                _("Nobody answered: {questions}.", questions=", ".join(self.profile.unanswered)),
                "faint",
            )


def _basis(basis: Basis) -> dict[str, object]:
    return {**asdict(basis), "missing": basis.missing}
