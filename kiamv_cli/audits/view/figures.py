"""The audit of what a report prints: findings in words, and what every figure can be a share of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kiamv_cli.audits.model.reported import WEIGHTS
from kiamv_cli.audits.view.findings import KINDS, WEIGHT_HEADINGS, sentence
from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import count, heading, listing, number, seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.audits.model.bases import Fit
    from kiamv_cli.audits.model.figures import Audit
    from kiamv_cli.audits.model.reported import AuditFinding, Figure, Where
    from kiamv_cli.audits.model.respondents import TwoLists
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols

_MOST_PLACES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditView:
    """``kiamv audit`` of figures; ``explain`` adds why each finding matters."""

    audit: Audit
    explain: bool = False

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/survey-audit``; what others published follows no criteria."""
        audit = self.audit
        reading = {
            "bases": [audit.reading.bases[0], audit.reading.bases[-1]],
            "rounding": audit.reading.rounding,
            "about": number(audit.reading.about),
        }
        return {
            **heading("survey-audit"),
            "title": audit.reported.title,
            "request": reading,
            **reading,
            "findings": [
                {
                    **_finding_fields(each),
                    "ids": list(each.ids),
                    "sentence": sentence(each),
                    "why": _(KINDS[each.kind].why),
                    "evidence": dict(each.evidence),
                    "where": [asdict(where) for where in self._places(each)],
                }
                for each in audit.findings
            ],
            "figures": [self._figure_fields(each) for each in audit.reported.figures],
            "lists": [_list_fields(two) for two in audit.lists],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row per finding."""
        for each in self.audit.findings:
            yield {
                **_finding_fields(each),
                "ids": " ".join(each.ids),
                "sentence": sentence(each),
                "found_at": "\n".join(_place(where) for where in self._places(each)),
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield the findings, by weight; then the bases of every figure, and the lists."""
        title = self.audit.reported.title
        yield Heading(_("{title}: its printed figures compared with each other", title=title))
        yield Paragraph(self._scope(symbols))
        if not self.audit.findings:
            yield Paragraph(_("Nothing found."))
        yield from self._findings()
        if self.audit.reported.figures:
            yield Heading(_("What each percentage can be a share of"))
            yield self._bases(symbols)
            yield from self._legend(symbols)
        for two in self.audit.lists:
            yield from _lists(two)

    def _scope(self, symbols: Symbols) -> str:
        reported, reading = self.audit.reported, self.audit.reading
        looked_at = [
            count(len(reported.figures), "percentage", "percentages"),
            count(len(reported.counts), "count", "counts"),
            count(len(reported.respondents), "group of respondents", "groups of respondents"),
        ]
        bases = f"{reading.bases[0]}{symbols.dash}{reading.bases[-1]}"
        found = count(len(self.audit.findings), "finding", "findings")
        text = _(
            "{things}; bases {bases}. {found}.", things=listing(looked_at), bases=bases, found=found
        )
        if reported.lines_of is None:
            return text
        lines = _("Lines are those of {text}.", text=reported.lines_of)
        return f"{text} {lines}"

    def _findings(self) -> Iterator[Block]:
        ordered = sorted(self.audit.findings, key=lambda each: WEIGHTS.index(each.weight))
        numbered = enumerate(ordered, 1)
        for weight, each in groupby(numbered, key=lambda pair: pair[1].weight):
            yield Heading(_(WEIGHT_HEADINGS[weight]))
            for place, finding in each:
                title, why, _sentences = KINDS[finding.kind]
                yield Paragraph(f"{place}. {_(title)} [{finding.subject}]", "strong")
                places = self._short(finding)
                text = sentence(finding)
                yield Paragraph(f"{text} ({places})" if places else text)
                if self.explain:
                    yield Paragraph(_(why), "faint")

    def _places(self, finding: AuditFinding) -> list[Where]:
        """Return where what it concerns is printed; of names, where the lists are."""
        places = self.audit.reported.places()
        of_names = finding.kind in {"name-twice", "names-spelled-differently", "names-alike"}
        found = (
            where
            for name in finding.ids
            for where in (places[name][-1:] if of_names else places[name])
        )
        known = dict.fromkeys(each for each in found if each.page or each.line)
        return sorted(known, key=lambda where: (where.page or 0, where.line or 0))

    def _short(self, finding: AuditFinding) -> str:
        """Return where to look; nothing where it is all over the report."""
        found = self._places(finding)
        lines = list(dict.fromkeys(str(each.line) for each in found if each.page is None))
        pages = [_place(each) for each in found if each.page is not None]
        places = list(dict.fromkeys(pages))
        if lines:
            shown = ", ".join(lines)
            places.append(ngettext("line {lines}", "lines {lines}", len(lines), lines=shown))
        few = len(places) + len(lines) <= _MOST_PLACES
        return ", ".join(places) if few else ""

    def _bases(self, symbols: Symbols) -> Table:
        columns = (
            Column(_("figure")),
            Column(_("printed"), "right"),
            Column(_("of respondents, as count/base"), wraps=True),
        )
        rows = (
            (
                Cell(figure.id),
                Cell(_printed(figure)),
                _bases_cell(figure, self.audit.fits[figure.id], symbols),
            )
            for figure in self.audit.reported.figures
        )
        return Table(columns, tuple(rows))

    def _legend(self, symbols: Symbols) -> Iterator[Paragraph]:
        reading = self.audit.reading
        if any(fit.tie for found in self.audit.fits.values() for fit in found):
            yield Paragraph(_("* only by how a half is rounded, up or to the even digit."), "faint")
        if any(figure.about for figure in self.audit.reported.figures):
            points = seats(reading.about)
            text = _("About: the share may be {points} points off.", points=points)
            yield Paragraph(f"{symbols.plus_minus} {text}", "faint")

    def _figure_fields(self, figure: Figure) -> dict[str, object]:
        return {
            "id": figure.id,
            "printed": figure.value.text,
            "about": figure.about,
            "respondents": figure.of,
            "group": figure.group,
            "bases": [
                {"base": fit.base, "counts": list(fit.counts), "tie": fit.tie}
                for fit in self.audit.fits[figure.id]
            ],
        }


def _finding_fields(finding: AuditFinding) -> dict[str, Value]:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "weight": finding.weight,
        "subject": finding.subject,
    }


def _printed(figure: Figure) -> str:
    return _("about {figure}", figure=figure.value.text) if figure.about else figure.value.text


def _bases_cell(figure: Figure, fits: Sequence[Fit], symbols: Symbols) -> Cell:
    if not fits:
        return Cell(_("of none"), "not-met")
    shares = [
        f"{_span(each.counts, symbols)}/{each.base}{'*' if each.tie else ''}" for each in fits
    ]
    sign = f"{symbols.plus_minus} " if figure.about else ""
    return Cell(sign + " ".join(shares))


def _span(counts: Sequence[int], symbols: Symbols) -> str:
    first, last = counts[0], counts[-1]
    return str(first) if first == last else f"{first}{symbols.dash}{last}"


def _place(where: Where) -> str:
    parts = []
    if where.page is not None:
        parts.append(_("page {n}", n=where.page))
    if where.line is not None:
        parts.append(_("line {n}", n=where.line))
    return " ".join(parts)


def _lists(two: TwoLists) -> Iterator[Block]:
    names = {"one": two.one.id, "other": two.other.id}
    yield Heading(_("The lists of {one} and {other}", **names))
    numbers = (two.only_one, len(two.both), two.only_other, two.distinct)
    columns = (
        Column(_("only {name}", name=two.one.id), "right"),
        Column(_("both"), "right"),
        Column(_("only {name}", name=two.other.id), "right"),
        Column(_("together"), "right"),
    )
    yield Table(columns, (tuple(Cell(str(each)) for each in numbers),))
    if two.closes:
        yield Paragraph(_closing(two))


def _closing(two: TwoLists) -> str:
    assert two.own is not None
    assert two.supplied is not None
    assert two.own_and_other is not None
    said = _(
        "They close: {own} of their own and {supplied} taken over from {other} are the {n} that "
        "are listed for {one}.",
        own=two.own,
        supplied=two.supplied,
        n=len(two.one.names),
        one=two.one.id,
        other=two.other.id,
    )
    both = _(
        "Of the {both} on both lists, {n} answered both ways.",
        both=len(two.both),
        n=two.own_and_other,
    )
    return f"{said} {both}"


def _list_fields(two: TwoLists) -> dict[str, object]:
    return {
        "one": two.one.id,
        "other": two.other.id,
        "only_one": two.only_one,
        "both": len(two.both),
        "only_other": two.only_other,
        "distinct": two.distinct,
        "own": two.own,
        "supplied": two.supplied,
        "own_and_other": two.own_and_other,
        "closes": two.closes,
    }
