"""The kinds of rules: a module each, registered here.

A package of one's own brings a further kind by an entry point of the group ``kiamv.rules``: its
name is the kind, its object the class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.plugins import plugin
from kiamv_cli.programme.rules.best_line import BestLineRule
from kiamv_cli.programme.rules.choice import ChoiceRule
from kiamv_cli.programme.rules.count import CountRule
from kiamv_cli.programme.rules.judged import JudgedRule
from kiamv_cli.programme.rules.number import NumberRule
from kiamv_cli.programme.rules.sides import SidesRule

if TYPE_CHECKING:
    from kiamv_cli.programme.model.programme import Rule

KINDS: dict[str, type[Rule]] = {
    "count": CountRule,
    "best-line": BestLineRule,
    "sides": SidesRule,
    "number": NumberRule,
    "choice": ChoiceRule,
    "judged": JudgedRule,
}
ENTRY_POINTS = "kiamv.rules"


def find_kind(name: str) -> None:
    """Register a kind that another installed package brings, if one does and it is not known."""
    if name in KINDS:
        return
    if (kind := plugin(ENTRY_POINTS, name)) is not None:
        KINDS[name] = kind
