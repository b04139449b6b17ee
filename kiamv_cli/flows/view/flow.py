"""The way from suggestions to a shortlist, in words, numbers and a diagram."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import wrap
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, labels_of
from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture
from kiamv_cli.display.text import listing
from kiamv_cli.flows.model import NONE, UNRECORDED, Split
from kiamv_cli.flows.view.picture import Drawn, mermaid
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.flows.model import Box, Flow, Step

_WIDTH = 76
_STAGES = {
    "identification": N_("Identification"),
    "screening": N_("Screening"),
    "selection": N_("Selection"),
    "follow-up": N_("Follow-up"),
}
_BOXES = {
    "suggestions": N_("Suggestions"),
    "suggested-again": N_("Suggested once more"),
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
    "failed": N_("Failed, every criterion counted"),
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
    with_ids: bool = False

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/flow``."""
        found = self.flow.shortlist
        return {
            **asked_fields(found.scores, found.request, "flow"),
            "proven_optimal": found.proof is not None,
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
        """Yield a row per box: those on the way, their parts, and those who leave."""
        for step in self.flow.steps:
            yield _record(step, "box", step.box)
            for split in step.splits:
                yield from (_record(step, split.by, part) for part in split.parts)
            yield from (_record(step, "leave", box) for box in step.leave)
        screening = self.flow.steps[1]
        yield from (_record(screening, "failed", box) for box in self.flow.failed)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield each box with who leaves it; then the ids, of all or of those who leave or stay."""
        found = self.flow.shortlist
        title = found.scores.longlist.title
        yield Heading(_("{title}: from suggestions to the shortlist", title=title))
        yield Picture(tuple(self._lines(symbols)))
        yield Paragraph("")
        yield from (Paragraph(f"{line}.") for line in self._named())
        failed = _("A criterion counts as failed if the proven score does not even reach partly.")
        how = _("Every number is counted; --ids names who is in each box.")
        yield Paragraph(failed if self.with_ids else f"{failed} {how}", "faint")
        if not found.selection.status.proven:
            yield Paragraph(_("The shortlist is NOT proven best: time ran out."), "not-met")

    def mermaid(self) -> str:
        """Return a flowchart in Mermaid."""
        return mermaid(self._drawn())

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """Return the flow diagram."""
        from kiamv_cli.flows.view.picture import flow_figure  # noqa: PLC0415 - only to draw

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
                ids=step.box.ids,
                details=tuple(self._details(step)),
                parts=tuple(
                    Drawn(text=f"{_(_SPLITS[split.by])}: {self._label(split, part)}", ids=part.ids)
                    for split in self._splits(step)
                    for part in split.parts
                ),
                leave=tuple(Drawn(text=_(_BOXES[box.id]), ids=box.ids) for box in step.leave),
            )
            for step in self.flow.steps
        ]

    def _named(self) -> Iterator[str]:
        """Yield who is in each box that is to be named."""
        boxes = self._drawn()
        for place, box in enumerate(boxes):
            if self.with_ids:
                yield from box.named()
            for left in box.leave if place or self.with_ids else ():
                yield from left.named()
        if not self.with_ids:
            yield from replace(boxes[-1], parts=()).named()

    def _splits(self, step: Step) -> Iterator[Split]:
        """Yield how a box is made up, by failed criteria too, of which one can have several."""
        yield from step.splits
        if step.stage == "screening":
            yield Split(by="failed", parts=self.flow.failed)

    def _details(self, step: Step) -> Iterator[str]:
        """Yield how a box is made up, a text for each split."""
        for split in self._splits(step):
            parts = [part for part in split.parts if part.ids or split.by == "class"]
            if parts:
                # A number stays in the line of what it counts.
                numbers = listing(
                    [f"{self._label(split, part)}\u00a0{part.count}" for part in parts]
                )
                yield f"{_(_SPLITS[split.by])}: {numbers}"
            else:
                yield _("No criterion is failed")

    def _label(self, split: Split, part: Box) -> str:
        """Return what a part is called: by the programme, or in words; a source by its id."""
        if split.by == "source" and part.id != UNRECORDED:
            return part.id
        programme = self.flow.shortlist.scores.programme
        labels: dict[str, str] = {}
        if split.by == "class":
            labels = labels_of(programme.classes)
        elif split.by in {"first-failed", "failed"}:
            labels = labels_of(programme.criteria)
        return labels[part.id] if part.id in labels else _(_PARTS[part.id])

    def _lines(self, symbols: Symbols) -> Iterator[tuple[Cell, ...]]:
        down, right = ("│", "──▶") if symbols.dash != "-" else ("|", "-->")
        for place, step in enumerate(self.flow.steps):
            if place:
                yield (Cell(f"    {down}", "faint"),)
            yield (Cell(_(_STAGES[step.stage]), "strong"),)
            yield (Cell(f"    {_(_BOXES[step.box.id])}: "), Cell(str(step.box.count), "strong"))
            for detail in self._details(step):
                lines = wrap(detail, _WIDTH - 8, break_long_words=False, break_on_hyphens=False)
                told = (line.replace("\u00a0", " ") for line in lines)
                yield from ((Cell(f"        {line}", "faint"),) for line in told)
            for box in step.leave:
                yield (
                    Cell(f"    {down} {right} {_(_BOXES[box.id])}: "),
                    Cell(str(box.count), "strong"),
                )


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
