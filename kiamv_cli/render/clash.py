"""Wishes that clash, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiamv_cli.render.text import count, listing

if TYPE_CHECKING:
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.selection.clash import Change, Clash, Wish
    from kiamv_cli.core.shortlist import Request


def clash_text(found: Clash, scores: Scores, request: Request) -> str:
    """Say which wishes clash, and what is the nearest that is possible."""
    words = _Words(scores, request)
    one = len(found.wishes) == 1
    lines = ["No shortlist meets the wishes."]
    lines.append("This one cannot be met:" if one else "These cannot be met together:")
    lines += [f"  - {words.wish(wish)}" for wish in found.wishes]
    if not one:
        lines.append("Without any one of them the others can be met.")
    if found.nearest:
        lines.append("The nearest that is possible, all other wishes kept:")
        lines += [f"  - {words.change(change)}" for change in found.nearest]
    return "\n".join(lines)


class _Words:
    """Names for ids and codes."""

    def __init__(self, scores: Scores, request: Request) -> None:
        self._scores, self._request = scores, request
        self._names = {one.id: one.name for one in scores.longlist.ecosystems}

    def wish(self, wish: Wish) -> str:
        """A wish as a sentence, with the option that made it."""
        return f"{self._sentence(wish)} ({self._option(wish)})"

    def change(self, change: Change) -> str:
        """What a wish would have to be instead."""
        wish = change.wish
        if change.to is None:
            return f"without {self._option(wish)}"
        instead = self._option(replace(wish, number=change.to))
        return f"{instead} instead of {self._option(wish)}"

    def _sentence(self, wish: Wish) -> str:
        number = wish.number or 0
        match wish.kind:
            case "size":
                return f"the shortlist has {count(number, 'member')}"
            case "include":
                return f"{self._names[wish.subject]} is in"
            case "exclude":
                return f"{self._names[wish.subject]} is not in"
            case "class":
                return f"every member is {listing(sorted(self._request.classes))}"
            case "at-least" | "at-most":
                members = f"{wish.kind.replace('-', ' ')} {count(number, 'member')}"
                return f"{members} of {self._category(wish)}{self._there(wish)}"

    def _option(self, wish: Wish) -> str:
        match wish.kind:
            case "size":
                return f"--size {wish.number}"
            case "class":
                return f"--class {','.join(sorted(self._request.classes))}"
            case "at-least" | "at-most":
                return f"--{wish.kind} {wish.subject}={wish.number}"
            case "include" | "exclude":
                return f"--{wish.kind} {wish.subject}"

    def _category(self, wish: Wish) -> str:
        for dimension in self._scores.programme.dimensions.values():
            for category in dimension.categories:
                if (dimension.id, category.id) == (wish.dimension, wish.subject):
                    return category.label["en"]
        raise LookupError(wish.subject)

    def _there(self, wish: Wish) -> str:
        """For a minimum: how many the long list has."""
        if wish.kind == "at-most":
            return ""
        ecosystems = self._scores.longlist.ecosystems
        listed = (e.provinces if wish.dimension == "provinces" else e.themes for e in ecosystems)
        return f", of which the long list has {sum(wish.subject in each for each in listed)}"
