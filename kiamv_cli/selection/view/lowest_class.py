"""Members of the lowest class: that there are some, and what else could be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, labels_of, ngettext
from kiamv_cli.display.text import MOST_NAMES, either, first_of, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.selection.model.shortlist import Shortlist


def lowest_class_texts(shortlist: Shortlist, *, commands: bool = True) -> Iterator[str]:
    """Yield which members are of the lowest class, and what else could be asked; if any are.

    Args:
        shortlist: What was selected.
        commands: Whether the ways are options to type, or words for a meeting.
    """
    request, classes = shortlist.request, shortlist.scores.programme.classes
    lowest, labels = classes[-1], labels_of(classes)
    members = [each.scored for each in shortlist.members]
    low = [
        each.ecosystem.name
        for each in members
        if (each.best if request.unknown == "possible" else each.worst).id == lowest.id
    ]
    if not low or len(classes) == 1:
        return
    text = ngettext(
        "{n} of the selected is {class_}: {names}.",
        "{n} of the selected are {class_}: {names}.",
        len(low),
        class_=labels[lowest.id],
        names=listing(first_of(low, MOST_NAMES)),
    )
    ways = [*(_typed(shortlist) if commands else _said(shortlist))]
    yield _("{text} What else could be asked: {ways}.", text=text, ways=either(ways))


def _typed(shortlist: Shortlist) -> Iterator[str]:
    others = ",".join(each.id for each in shortlist.scores.programme.classes[:-1])
    yield _("--class {others} for nobody such", others=others)
    yield _("a smaller --size")
    if shortlist.request.balance:
        yield _("--give-up PCT or --balance none for less spread")


def _said(shortlist: Shortlist) -> Iterator[str]:
    labels = labels_of(shortlist.scores.programme.classes[:-1])
    yield _("only {classes}", classes=either([*labels.values()]))
    yield _("fewer places")
    if shortlist.request.balance:
        yield _("less spread")
