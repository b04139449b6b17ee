"""Wishes that clash, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from kiamv_cli.base.language import N_, _, label_in, labels_of, ngettext
from kiamv_cli.display.document import Cell, Column, Paragraph, Picture, Table, headed
from kiamv_cli.display.text import count, decimal, exact_number, exactly, listing, number, seats
from kiamv_cli.programme.rules import number_text
from kiamv_cli.selection.model.question import category_name
from kiamv_cli.selection.view.proof import proof_fields
from kiamv_cli.selection.view.request import amount_text, asked_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.conflict import Clash, Relaxation
    from kiamv_cli.selection.model.question import Number, SumKind, Wish, WishChange
    from kiamv_cli.selection.model.request import Request


@dataclass(frozen=True, slots=True)
class ClashView:
    """What a command that selects says if no shortlist meets the wishes."""

    found: Clash

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/clash``."""
        found = self.found
        return {
            **asked_fields(self.found.scores, self.found.request, "clash"),
            "clash": [_wish_fields(wish) for wish in found.wishes],
            "nearest": [_change_fields(change) for change in found.nearest],
            "relaxations": [_relaxation_fields(one) for one in found.relaxations],
            "complete": found.complete,
            "proof": proof_fields(found.proof, ""),
        }

    @headed(
        "relaxation", "kind", "subject", "number", "becomes", "cost", "score", "out_of_place", "ids"
    )
    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per wish that a relaxation changes."""
        for place, one in enumerate(self.found.relaxations, start=1):
            for change in one.changes:
                yield {
                    "relaxation": place,
                    "kind": change.wish.kind,
                    "subject": change.wish.subject or None,
                    "number": _as_data(change.wish.number),
                    "becomes": _as_data(change.to),
                    "cost": number(one.cost),
                    "score": number(one.selection.score),
                    "out_of_place": number(one.seats),
                    "ids": " ".join(one.selection.members),
                }

    def blocks(self, symbols: Symbols) -> Iterator[Block]:  # noqa: ARG002 - the same in any signs
        """Which wishes clash, and what would make a shortlist possible."""
        found, words = self.found, _Words(self.found.scores, self.found.request)
        one = len(found.wishes) == 1
        yield Paragraph(self._none())
        if found.proof is None:
            yield Paragraph(_("That is what the solver finds; it is not proven."))
        yield Paragraph(_("This one cannot be met:") if one else _("These cannot be met together:"))
        yield _list(words.wish(wish) for wish in found.wishes)
        if not one:
            yield Paragraph(_("Without any one of them the others can be met."))
        yield Paragraph(_("The closest that is possible, with all other wishes kept:"))
        yield _list(words.change(change) for change in found.nearest)
        if len(found.relaxations) > 1:
            yield Paragraph("")
            yield Paragraph(self._every())
            yield Table(
                (Column(_("change"), wraps=True), *(Column(_(each), "right") for each in _FIGURES)),
                tuple(self._row(each, words) for each in found.relaxations),
            )

    def _none(self) -> str:
        sizes = self.found.request.sizes
        if sizes is None:
            return _("No shortlist meets the wishes.")
        least, most = sizes
        return _(
            "No shortlist of {least} to {most} members meets the wishes. What follows is about "
            "{least}.",
            least=least,
            most=most,
        )

    def _every(self) -> str:
        every = len(self.found.relaxations)
        if self.found.complete:
            return ngettext(
                "The only smallest change that helps, with what the best shortlist then lacks of "
                "the highest total that any shortlist of its size has:",
                "All {n} smallest changes that help, with what the best shortlist then lacks of "
                "the highest total that any shortlist of its size has:",
                every,
            )
        return _(
            "The {n} nearest of the smallest changes that help (there are more), with what the "
            "best shortlist then lacks of the highest total that any shortlist of its size has:",
            n=every,
        )

    def _row(self, relaxation: Relaxation, words: _Words) -> tuple[Cell, ...]:
        return (
            Cell(", ".join(words.short(change) for change in relaxation.changes)),
            Cell(decimal(relaxation.cost)),
            Cell(decimal(relaxation.selection.score)),
            Cell(seats(relaxation.seats)),
        )


_FIGURES = (N_("lacks"), N_("total"), N_("out of place"))


def _list(items: Iterable[str]) -> Picture:
    return Picture(tuple((Cell(f"  - {item}"),) for item in items))


def _wish_fields(wish: Wish) -> dict[str, object]:
    return {"kind": wish.kind, "subject": wish.subject or None, "number": _as_data(wish.number)}


def _change_fields(change: WishChange) -> dict[str, object]:
    return {**_wish_fields(change.wish), "to": _as_data(change.to)}


def _as_data(number: Number | None) -> float | str | None:
    return exact_number(number) if isinstance(number, Fraction) else number


def _relaxation_fields(relaxation: Relaxation) -> dict[str, object]:
    return {
        "changes": [_change_fields(change) for change in relaxation.changes],
        "cost": exactly(relaxation.cost),
        "score": exactly(relaxation.selection.score),
        "out_of_place": number(relaxation.seats),
        "ids": list(relaxation.selection.members),
    }


class _Words:
    """Names for ids and codes."""

    def __init__(self, scores: Scores, request: Request) -> None:
        self._scores, self._request = scores, request
        self._names = scores.longlist.names

    def wish(self, wish: Wish) -> str:
        """A wish as a sentence, with the option that made it."""
        return f"{self._sentence(wish)} ({self._option(wish)})"

    def change(self, change: WishChange) -> str:
        """What a wish would have to be instead."""
        wish = change.wish
        if change.to is None:
            return _("without {option}", option=self._option(wish))
        return _(
            "{instead} instead of {option}",
            instead=self._option(replace(wish, number=change.to)),
            option=self._option(wish),
        )

    def short(self, change: WishChange) -> str:
        """The same in as few words as a table has room for."""
        if change.to is None:
            return self.change(change)
        option = self._option(replace(change.wish, number=change.to))
        number_now = amount_text(Fraction(change.wish.number or 0))
        return _("{option} (not {number})", option=option, number=number_now)

    def _sentence(self, wish: Wish) -> str:
        members = count(int(wish.number or 0), "member", "members")
        match wish.kind:
            case "size":
                return _("the shortlist has {members}", members=members)
            case "include" | "exclude":
                name = self._names[wish.subject]
                there = wish.kind == "include"
                return _("{name} is in", name=name) if there else _("{name} is not in", name=name)
            case "class":
                return _("every member is {classes}", classes=self._classes())
            case "at-least":
                return _(
                    "at least {members} of {category}, of which the long list has {n}",
                    members=members,
                    category=self._category(wish),
                    n=self._there(wish),
                )
            case "at-most":
                category = self._category(wish)
                return _("at most {members} of {category}", members=members, category=category)
            case _:
                return self._sum(wish.kind, wish)

    def _sum(self, kind: SumKind, wish: Wish) -> str:
        """Return a wish that adds up numbers as a sentence."""
        match kind:
            case "at-most-one":
                return _("at most one of {names} is in", names=self._group(wish))
            case "together":
                return _("{names} are all in, or none", names=self._group(wish))
            case "only-with":
                name, other = (self._names[each] for each in wish.subject.split("="))
                return _("{name} is in only if {other} is", name=name, other=other)
            case "cost":
                declared = self._attribute(wish)
                return _(
                    "{attribute} adds up to at most {amount}",
                    attribute=label_in(declared.label),
                    amount=number_text(Fraction(wish.number or 0), declared),
                )
            case "cost-known":
                label = label_in(self._attribute(wish).label)
                return _("{attribute} is known of every member", attribute=label)
            case "changes":
                kept = len(self._request.keep)
                return _("at most {n} of the {kept} to keep leave", n=wish.number, kept=kept)
            case _:
                assert_never(kind)

    def _group(self, wish: Wish) -> str:
        return listing([self._names[each] for each in wish.subject.split(",")])

    def _attribute(self, wish: Wish) -> Attribute:
        declared = self._scores.programme.attribute(wish.subject)
        assert declared is not None, "a request is checked before"
        return declared

    def _classes(self) -> str:
        labels = labels_of(self._scores.programme.classes)
        return listing([labels[each] for each in sorted(self._request.classes)])

    def _option(self, wish: Wish) -> str:
        match wish.kind:
            case "size" | "changes":
                return f"--{wish.kind} {wish.number}"
            case "class":
                return f"--class {','.join(sorted(self._request.classes))}"
            case "at-least" | "at-most":
                name = category_name(wish.dimension, wish.subject)
                return f"--{wish.kind} {name}={wish.number}"
            case "cost" | "cost-known":
                amount = self._request.cost[wish.subject] if wish.number is None else wish.number
                return f"--cost {wish.subject}={amount_text(Fraction(amount))}"
            case "include" | "exclude" | "at-most-one" | "together" | "only-with":
                return f"--{wish.kind} {wish.subject}"
            case _:
                assert_never(wish.kind)

    def _category(self, wish: Wish) -> str:
        dimension = self._scores.dimensions[wish.dimension]
        label = label_in(dimension.labels[wish.subject])
        name = category_name(wish.dimension, wish.subject)
        return label if name == wish.subject else f"{label_in(dimension.label)}: {label}"

    def _there(self, wish: Wish) -> int:
        """How many of a category the long list has."""
        ecosystems, dimensions = self._scores.longlist.ecosystems, self._scores.dimensions
        listed = (dimensions.categories(each, wish.dimension) for each in ecosystems)
        return sum(wish.subject in each for each in listed)
