"""The way from suggestions to a shortlist, in words, numbers and a diagram."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from kiamv_cli.core.flow import NONE, UNRECORDED
from kiamv_cli.language import N_, _, label_in
from kiamv_cli.render.document import Cell, Heading, Paragraph, Picture
from kiamv_cli.render.flow_diagram import Drawn, mermaid
from kiamv_cli.render.score import asked_fields
from kiamv_cli.render.text import count, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.core.flow import Box, Flow, Split, Step
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.pictures.figure import Figure
    from kiamv_cli.render.text import Symbols

_WIDTH = 76
_STAGES = {
    "identification": N_("Identification"),
    "screening": N_("Screening"),
    "selection": N_("Selection"),
    "follow-up": N_("Follow-up"),
}
_BOXES = {
    "suggestions": N_("Suggestions"),
    "suggested-again": N_("Suggested once more, by another source"),
    "longlist": N_("Ecosystems on the long list, screened"),
    "excluded": N_("Left out by name"),
    "not-in-class": N_("Not in the class asked for"),
    "considered": N_("Considered for the shortlist"),
    "not-selected": N_("Not selected (the best set is without them)"),
    "shortlist": N_("Shortlist"),
}
_SPLITS = {
    "source": N_("By source"),
    "class": N_("Class at worst"),
    "first-failed": N_("First criterion failed"),
    "followed-up": N_("Named in the study"),
}
_PARTS = {
    UNRECORDED: N_("nobody on record"),
    "survey-and-interview": N_("survey and interview"),
    "survey": N_("survey only"),
    "interview": N_("interview only"),
    NONE: N_("none"),
}


@dataclass(frozen=True, slots=True)
class FlowView:
    """``kiamv flow``."""

    flow: Flow

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/flow/1``."""
        found = self.flow.shortlist
        return {
            **asked_fields(found.scores, found.request, "flow"),
            "proven_optimal": found.selection.status.proven,
            "steps": [
                {
                    "stage": step.stage,
                    **_fields(step.box),
                    "splits": [
                        {"by": split.by, "parts": [_fields(part) for part in split.parts]}
                        for split in step.splits
                    ],
                    "leave": [_fields(box) for box in step.leave],
                }
                for step in self.flow.steps
            ],
            "failed": [_fields(box) for box in self.flow.failed],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per box: those on the way, their parts, and those who leave."""
        for step in self.flow.steps:
            yield _record(step, "box", step.box)
            for split in step.splits:
                yield from (_record(step, split.by, part) for part in split.parts)
            yield from (_record(step, "leave", box) for box in step.leave)
        screening = self.flow.steps[1]
        yield from (_record(screening, "failed", box) for box in self.flow.failed)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Each box with who leaves it, and the ids of those who do."""
        found = self.flow.shortlist
        title = found.scores.longlist.title
        yield Heading(_("{title}: from suggestions to the shortlist", title=title))
        yield Picture(tuple(self._lines(symbols)))
        yield Paragraph("")
        for step in self.flow.steps[1:]:
            for box in step.leave:
                if box.ids:
                    yield Paragraph(f"{box_text(box)}: {', '.join(box.ids)}.")
        final = self.flow.steps[-1].box
        yield Paragraph(f"{box_text(final)}: {', '.join(final.ids)}.")
        text = _(
            "A criterion is failed where what is proven is not even enough for partly. Every "
            "number is counted; -f json has the ids of each box."
        )
        yield Paragraph(text, "faint")
        if not found.selection.status.proven:
            yield Paragraph(_("The shortlist is NOT proven best: time ran out."), "not-met")

    def mermaid(self) -> str:
        """A flowchart in Mermaid."""
        return mermaid(self._drawn())

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The flow diagram."""
        from kiamv_cli.render.pictures.flow import flow_figure  # noqa: PLC0415 - only to draw

        found = self.flow.shortlist
        title = _(
            "{longlist}: selection of {size}",
            longlist=found.scores.longlist.title,
            size=len(found.members),
        )
        return {"flow": lambda: flow_figure(title, self._drawn())}

    def _drawn(self) -> list[Drawn]:
        return [
            Drawn(
                stage=_(_STAGES[step.stage]),
                text=_(_BOXES[step.box.id]),
                count=step.box.count,
                details=tuple(self._details(step)),
                leave=tuple((_(_BOXES[box.id]), box.count) for box in step.leave),
            )
            for step in self.flow.steps
        ]

    def _details(self, step: Step) -> Iterator[str]:
        """How a box is made up, a text for each split."""
        for split in step.splits:
            yield f"{_(_SPLITS[split.by])}: {self._parts(split)}"
        if step.stage == "screening":
            failed = [f"{box.id} {box.count}" for box in self.flow.failed if box.ids]
            if failed:
                yield _("All criteria failed: {criteria}", criteria=listing(failed))
            else:
                yield _("No criterion is failed")

    def _parts(self, split: Split) -> str:
        classes = self.flow.shortlist.scores.programme.classes
        labels = {
            **{part: _(text) for part, text in _PARTS.items()},
            **{each.id: label_in(each.label) for each in classes},
        }
        parts = [part for part in split.parts if part.ids or split.by == "class"]
        return listing([f"{labels.get(part.id, part.id)} {part.count}" for part in parts])

    def _lines(self, symbols: Symbols) -> Iterator[tuple[Cell, ...]]:
        down, right = ("│", "──▶") if symbols.dash != "-" else ("|", "-->")
        for place, step in enumerate(self.flow.steps):
            if place:
                yield (Cell(f"    {down}", "faint"),)
            yield (Cell(_(_STAGES[step.stage]), "strong"),)
            yield (Cell(f"    {_(_BOXES[step.box.id])}: "), Cell(str(step.box.count), "strong"))
            for detail in self._details(step):
                lines = wrap(detail, _WIDTH - 8, break_long_words=False, break_on_hyphens=False)
                yield from ((Cell(f"        {line}", "faint"),) for line in lines)
            for box in step.leave:
                yield (
                    Cell(f"    {down} {right} {_(_BOXES[box.id])}: "),
                    Cell(str(box.count), "strong"),
                )


def box_text(box: Box) -> str:
    """A box with its number."""
    size = count(box.count, "ecosystem", "ecosystems")
    return f"{_(_BOXES[box.id])} ({size})"


def _fields(box: Box) -> dict[str, object]:
    return {"id": box.id, "count": box.count, "ids": list(box.ids)}


def _record(step: Step, kind: str, box: Box) -> Mapping[str, Value]:
    return {
        "stage": step.stage,
        "kind": kind,
        "id": box.id,
        "count": box.count,
        "ids": " ".join(box.ids),
    }
