"""The options of commands that select, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Optional

import click
import typer

from kiamv_cli.cli import options
from kiamv_cli.cli.options import BALANCE, EXPERTS, SEARCH, WISHES

Words = Optional[list[str]]  # noqa: UP045 - read at run time by Typer
Bound = Literal["proven", "middle", "possible", "known"]


def ecosystem_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Complete an id of the long list that was named before the option, else of the project."""
    from kiamv_cli.base.problem import BadInput
    from kiamv_cli.cli.project import find_project
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.longlist.reading.tables.mapping import load_mapping
    from kiamv_cli.longlist.results import load_criteria, load_longlist

    try:
        project, typed = find_project(), context.params.get("longlist")
        named = {key: project.path(key) if project else None for key in ("longlist", "criteria")}
        programme = load_criteria(context.params.get("criteria") or named["criteria"])
        read_by = context.params.get("mapping") or (
            project.mapping() if project and not typed else None
        )
        tables = TableOptions(mapping=load_mapping(read_by, programme) if read_by else None)
        place = typed or named["longlist"]
        ecosystems = load_longlist(place, programme, tables=tables).longlist.ecosystems
    except BadInput:
        return []
    return [each.id for each in ecosystems if each.id.startswith(incomplete)]


class SizeType(click.ParamType[str]):
    """A number from 1, or a range of them such as 15..20."""

    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return it as a text, checked as far as can be told without a long list."""
        number = click.IntRange(min=1)
        parts = str(value).split("..")[:2]
        return "..".join(str(number(part.strip(), param, ctx)) for part in parts)


Size = Annotated[
    options.Text,
    typer.Option(
        "--size",
        "-n",
        click_type=SizeType(),
        metavar="N|MIN..MAX",
        help="How many to select; of a range each size is shown, and the largest possible is the "
        "answer. Default: as the criteria say, otherwise 20.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.size"),
]
Include = Annotated[
    Words,
    typer.Option(
        metavar="ID",
        help="Must be in: an id, name or alias, or @FILE with a list of them; separate "
        "several with commas, or repeat the option.",
        rich_help_panel=WISHES,
        autocompletion=ecosystem_ids,
    ),
    options.FromProject("request.include"),
]
Exclude = Annotated[
    Words,
    typer.Option(
        metavar="ID",
        help="Must not be in.",
        rich_help_panel=WISHES,
        autocompletion=ecosystem_ids,
    ),
    options.FromProject("request.exclude"),
]
AtLeast = Annotated[
    Words,
    typer.Option(
        metavar="CAT=N",
        help="At least N members that list a category, such as NL-ZE=1; DIM:CAT=N says of which "
        "dimension, DIM:each=N asks it of all its categories.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.at_least"),
]
AtMost = Annotated[
    Words,
    typer.Option(
        metavar="CAT=N",
        help="At most N members that list it, such as energy=8.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.at_most"),
]
AtMostOne = Annotated[
    Words,
    typer.Option(
        "--at-most-one",
        metavar="ID,ID,…",
        help="At most one of these is in; repeat it for more groups.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.at_most_one"),
]
Together = Annotated[
    Words,
    typer.Option(
        "--together",
        metavar="ID,ID,…",
        help="All of these are in, or none.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.together"),
]
OnlyWith = Annotated[
    Words,
    typer.Option(
        "--only-with",
        metavar="ID=ID",
        help="The first is in only if the second is.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.only_with"),
]
Cost = Annotated[
    Words,
    typer.Option(
        "--cost",
        metavar="ATTR=AMOUNT",
        help="What the members have of a number adds up to at most this amount. "
        "Those without one cannot be in.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.cost"),
]
Keep = Annotated[
    options.Text,
    typer.Option(
        "--keep",
        metavar="FILE",
        help="Keep as many members of an earlier shortlist or decision record as can be, "
        "before balance.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.keep"),
]
Changes = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--changes",
        metavar="N",
        min=0,
        help="At most this many of those to keep may leave.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.changes"),
]
Classes = Annotated[
    Words,
    typer.Option(
        "--class",
        metavar="CLASS",
        help="Only ecosystems of this class: at worst, or at best with --unknown possible.",
        rich_help_panel=WISHES,
    ),
    options.FromProject("request.classes"),
]
Balance = Annotated[
    options.Text,
    typer.Option(
        metavar="DIM,…",
        help="Spread over these dimensions, such as themes, or none. Default: as the criteria "
        "say, otherwise themes,provinces.",
        rich_help_panel=BALANCE,
    ),
    options.FromProject("request.balance"),
]
Target = Annotated[
    Words,
    typer.Option(
        metavar="[DIM=]RULE",
        help="Target for the seats: even (default), longlist, population, or a YAML file of "
        "shares; for one dimension as in provinces=population or themes=shares.yaml.",
        rich_help_panel=BALANCE,
    ),
    options.FromProject("request.target"),
]
GiveUp = Annotated[
    options.Text,
    typer.Option(
        "--give-up",
        metavar="PCT",
        help="The most that balance may cost, as a percentage of the best total score.",
        rich_help_panel=BALANCE,
    ),
    options.FromProject("request.give_up"),
]
Unknown = Annotated[
    Bound,
    typer.Option(
        help="Which score counts: proven, possible, the middle of the two, or the mean of only "
        "the criteria on which anything is known.",
        rich_help_panel=SEARCH,
    ),
    options.FromProject("request.unknown"),
]
Seed = Annotated[
    str,
    typer.Option(help="Seed of the lottery between equals.", rich_help_panel=SEARCH),
    options.FromProject("request.seed"),
]
Prove = Annotated[
    bool,
    typer.Option(
        "--prove",
        help="Go on until the shortlist is proven, however many steps that takes.",
        rich_help_panel=SEARCH,
    ),
]
TimeLimit = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        metavar="SECONDS",
        min=0,
        help="Stop after this many seconds with the best found so far (exit status 4).",
        rich_help_panel=EXPERTS,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is asked of a shortlist, as it was typed."""

    size: Size = None
    include: Include = None
    exclude: Exclude = None
    at_least: AtLeast = None
    at_most: AtMost = None
    at_most_one: AtMostOne = None
    together: Together = None
    only_with: OnlyWith = None
    cost: Cost = None
    keep: Keep = None
    changes: Changes = None
    classes: Classes = None
    balance: Balance = None
    target: Target = None
    give_up: GiveUp = None
    unknown: Unknown = "proven"
    seed: Seed = "kiamv"
