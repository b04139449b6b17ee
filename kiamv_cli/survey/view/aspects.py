"""What was said in interviews: counts with their base, the most named, take-aways, disputes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import count, heading, listing
from kiamv_cli.display.words import made_up
from kiamv_cli.survey.model.aspects import STANCES
from kiamv_cli.survey.view.characteristics import programme_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.aspects import Aspects, Code, HeardStatement, Naming, Passage
    from kiamv_cli.survey.model.questionnaire import Aspect, Stance, SubAspect

_STANCES: Mapping[Stance | None, str] = {
    "success-factor": N_("success factor"),
    "bottleneck": N_("bottleneck"),
    "practice": N_("practice"),
    "question": N_("question"),
    None: N_("any"),
}


@dataclass(frozen=True, slots=True)
class AspectsView:
    """``kiamv survey aspects``."""

    aspects: Aspects
    programme: Programme | None = None

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/survey-aspects``."""
        first = {_key(each) for each in self.aspects.most_named()}
        return {
            **heading("survey-aspects"),
            **programme_fields(self.programme),
            "made_up": self.aspects.made_up,
            "base": len(self.aspects.base),
            "ecosystems": list(self.aspects.base),
            "interviews": len(self.aspects.interviews),
            "readings": sum(max(1, len(each.readers)) for each in self.aspects.interviews),
            "namings": [
                {**self._fields(each), "said": [_said_fields(one) for one in each.said]}
                for each in self.aspects.namings
            ],
            "most_named": [
                _code_fields(each) for each in self.aspects.namings if _key(each) in first
            ],
            "may_be_most_named": [_code_fields(one) for one in self.aspects.may_be_most_named()],
            "most_named_by_stance": {
                stance: [_code_fields(one) for one in self.aspects.most_named(stance)]
                for stance in STANCES
            },
            "read_by_several": [_passage_fields(each) for each in self.aspects.passages],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row per sub-aspect and stance, and one for any stance."""
        labels = self.aspects.codebook.sub_aspects
        for each in self.aspects.namings:
            fields = self._fields(each)
            yield {
                "sub_aspect": each.sub_aspect,
                "label": label_in(labels[each.sub_aspect].label),
                "from_interviews": labels[each.sub_aspect].from_interviews,
                "stance": each.stance or "any",
                "count": each.count,
                "most": each.most,
                "base": len(self.aspects.base),
                "most_named": bool(fields["most_named"]),
                "named_by": " ".join(each.by),
                "disputed": " ".join(each.disputed),
                "made_up": self.aspects.made_up,
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield counts by aspect, the most named, take-aways, and what coders dispute."""
        yield Heading(label_in(self.aspects.codebook.label))
        yield from made_up(self.aspects)
        yield Paragraph(self._base())
        yield self._counts(symbols)
        yield Paragraph(self._legend(symbols), "faint")
        yield Heading(_("Most named"))
        yield from self._most_named(symbols)
        yield Heading(_("Take-aways, with the places of what was said"))
        for aspect in self.aspects.codebook.aspects:
            yield from self._take_aways(aspect, symbols)
        yield from self._disputes(symbols)

    def _fields(self, naming: Naming) -> dict[str, object]:
        return {
            **_code_fields(naming),
            "from_interviews": self.aspects.codebook.sub_aspects[naming.sub_aspect].from_interviews,
            "count": naming.count,
            "most": naming.most,
            "by": list(naming.by),
            "disputed": list(naming.disputed),
            "most_named": naming.stance is not None
            and naming in self.aspects.most_named(naming.stance),
        }

    def _base(self) -> str:
        ecosystems = count(len(self.aspects.base), "ecosystem", "ecosystems")
        interviews = count(len(self.aspects.interviews), "interview", "interviews")
        return _(
            "{ecosystems} in {interviews}; each counts once per sub-aspect and stance.",
            ecosystems=ecosystems,
            interviews=interviews,
        )

    def _legend(self, symbols: Symbols) -> str:
        none = _("{sign} none", sign=symbols.nothing)
        parts = [
            ngettext(
                "Of {n} ecosystem; {none}.",
                "Of {n} ecosystems each; {none}.",
                len(self.aspects.base),
                none=none,
            )
        ]
        if any(each.disputed for each in self.aspects.namings):
            range_ = f"1{symbols.dash}2"
            parts.append(_("{range}: 2 if what coders dispute is counted, else 1.", range=range_))
        if any(each.from_interviews for each in self.aspects.codebook.sub_aspects.values()):
            parts.append(_("{sign} new from interviews.", sign=symbols.marked))
        return " ".join(parts)

    def _counts(self, symbols: Symbols) -> Table:
        headings = (Column(_(_STANCES[stance]), "right", wraps=True) for stance in (*STANCES, None))
        columns = (Column(_("sub-aspect"), wraps=True), *headings)
        rows: list[tuple[Cell, ...]] = []
        for aspect in self.aspects.codebook.aspects:
            title = f"{aspect.id} {label_in(aspect.label)}"
            rows.append((Cell(title, "strong"), *(Cell("") for _stance in (*STANCES, None))))
            rows += [self._row(each, symbols) for each in aspect.sub_aspects]
        return Table(columns, tuple(rows))

    def _row(self, sub_aspect: SubAspect, symbols: Symbols) -> tuple[Cell, ...]:
        new = f" {symbols.marked}" if sub_aspect.from_interviews else ""
        return (
            Cell(f"{sub_aspect.id} {label_in(sub_aspect.label)}{new}"),
            *(
                _count_cell(self.aspects.naming(sub_aspect.id, stance), symbols)
                for stance in (*STANCES, None)
            ),
        )

    def _most_named(self, symbols: Symbols) -> Iterator[Paragraph]:
        yield from self._most(
            "", self.aspects.most_named(), self.aspects.may_be_most_named(), symbols
        )
        for stance in STANCES:
            first = self.aspects.most_named(stance)
            head = _("As {stance}", stance=_(_STANCES[stance]))
            yield from self._most(
                f"{head}: ", first, self.aspects.may_be_most_named(stance), symbols
            )

    def _most(
        self, head: str, first: Sequence[Naming], perhaps: Sequence[Naming], symbols: Symbols
    ) -> Iterator[Paragraph]:
        named = listing([self._name(each, with_stance=not head) for each in first])
        said = f"{named}, {self._of(first[0], symbols)}" if first else _("nothing for certain")
        if len(first) > 1:
            said += _(" each, a tie of {n}", n=len(first))
        if perhaps:
            others = listing([self._name(each, with_stance=not head) for each in perhaps])
            said += _("; perhaps {others}, if what coders dispute is counted", others=others)
        yield Paragraph(f"{head}{said}.", "plain" if head else "strong")

    def _name(self, naming: Naming, *, with_stance: bool) -> str:
        label = label_in(self.aspects.codebook.sub_aspects[naming.sub_aspect].label)
        name = f'{naming.sub_aspect} "{label}"'
        return (
            _("{name} as {stance}", name=name, stance=_(_STANCES[naming.stance]))
            if with_stance
            else name
        )

    def _of(self, naming: Naming, symbols: Symbols) -> str:
        return _("{k} of {n}", k=_count_text(naming, symbols), n=len(self.aspects.base))

    def _take_aways(self, aspect: Aspect, symbols: Symbols) -> Iterator[Paragraph]:
        """Yield all that was named of an aspect, the most named first."""
        namings = [
            self.aspects.naming(each.id, stance)
            for each in aspect.sub_aspects
            for stance in STANCES
        ]
        named = sorted((each for each in namings if each.said), key=lambda each: -each.count)
        if named:
            yield Paragraph(f"{aspect.id} {label_in(aspect.label)}", "strong")
        for each in named:
            head = f"{each.sub_aspect} {_(_STANCES[each.stance])}, {self._of(each, symbols)}"
            yield Paragraph(f"{head}: {'; '.join(_said_text(one) for one in each.places)}.")

    def _disputes(self, symbols: Symbols) -> Iterator[Block]:
        passages = self.aspects.passages
        if not passages:
            return
        disputed = [each for each in passages if each.disputed]
        yield Heading(_("Read by two or more coders"))
        numbers = {"agreed": len(passages) - len(disputed)}
        text = ngettext(
            "{n} place; they agree on {agreed}.",
            "{n} places; they agree on {agreed}.",
            len(passages),
            **numbers,
        )
        yield Paragraph(text)
        columns = (Column(_("ecosystem")), Column(_("place")), Column(_("coded as"), wraps=True))
        if disputed:
            yield Table(columns, tuple(_passage_row(each, symbols) for each in disputed))


def _key(naming: Naming) -> tuple[str, Stance | None]:
    return naming.sub_aspect, naming.stance


def _count_text(naming: Naming, symbols: Symbols) -> str:
    return (
        str(naming.count) if not naming.disputed else f"{naming.count}{symbols.dash}{naming.most}"
    )


def _count_cell(naming: Naming, symbols: Symbols) -> Cell:
    return Cell(_count_text(naming, symbols)) if naming.most else Cell(symbols.nothing, "faint")


def _said_text(utterance: HeardStatement) -> str:
    text = utterance.statement.text.rstrip(".")
    words = f'"{text}"' if utterance.statement.quote else text
    return f"{words} ({utterance.ecosystem}, {utterance.statement.at})"


def _passage_row(passage: Passage, symbols: Symbols) -> tuple[Cell, ...]:
    said = [
        f"{_coder(coder, passage)}: {_codes_text(given, symbols)}"
        for coder, given in passage.codes.items()
    ]
    return Cell(passage.ecosystem), Cell(passage.at), Cell("; ".join(said))


def _coder(name: str, passage: Passage) -> str:
    return f"{name} ({passage.files[name]})" if passage.files.get(name) else name


def _codes_text(codes: Iterable[Code], symbols: Symbols) -> str:
    words = [f"{name} {_(_STANCES[stance])}" for name, stance in sorted(codes)]
    return ", ".join(words) or symbols.nothing


def _code_fields(naming: Naming) -> dict[str, object]:
    return {"sub_aspect": naming.sub_aspect, "stance": naming.stance}


def _said_fields(utterance: HeardStatement) -> dict[str, object]:
    return {
        "ecosystem": utterance.ecosystem,
        "at": utterance.statement.at,
        "text": utterance.statement.text,
        "quote": utterance.statement.quote,
        "stance": utterance.statement.stance,
        "coded_by": utterance.coder,
    }


def _passage_fields(passage: Passage) -> dict[str, object]:
    return {
        "ecosystem": passage.ecosystem,
        "at": passage.at,
        "agree": not passage.disputed,
        "files": dict(passage.files),
        "codes": {
            coder: [{"sub_aspect": name, "stance": stance} for name, stance in sorted(given)]
            for coder, given in passage.codes.items()
        },
    }
