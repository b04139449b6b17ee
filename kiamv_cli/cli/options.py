"""The options that commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional

import typer

from kiamv_cli.cli.project import FromProject

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

# Typer reads these annotations at run time.
Text = Optional[str]  # noqa: UP045
FormatName = Literal["table", "json", "csv", "md"]
DrawnFormatName = Literal["table", "json", "csv", "md", "svg", "png"]

# Panels of help pages; the last three hold what is asked of a selection.
INPUT, OUTPUT = "Input", "Output"
WISHES, BALANCE, SEARCH = "Wishes", "Balance", "Search"
EXPERTS = "For experts"  # always the last

_LONGLIST = (
    "A YAML, JSON, JSON Lines, CSV or XLSX file, a folder with one YAML file per ecosystem, "
    "or - for standard input. Default: that of the project, otherwise the bundled one."
)
OF_LONGLIST = FromProject("longlist")
Longlist = Annotated[
    Text,
    typer.Argument(
        metavar="LONGLIST",
        help=_LONGLIST,
        show_default=False,
    ),
    OF_LONGLIST,
]
LonglistOption = Annotated[
    Text,
    typer.Option(
        "--longlist",
        "-l",
        metavar="LONGLIST",
        help=_LONGLIST,
        rich_help_panel=INPUT,
    ),
    OF_LONGLIST,
]
# The endings that only lists have, not tables of answers to a survey.
TEXTS = (".yaml", ".yml", ".json", ".jsonl")
LISTS = (*TEXTS, ".csv", ".xlsx", ".xlsm", ".ods")
# Where the list is an argument, the option is still understood.
_Listed = Annotated[
    Text, typer.Option("--longlist", "-l", metavar="LONGLIST", hidden=True, help=_LONGLIST)
]


def list_among(words: Sequence[str], endings: Container[str] = LISTS) -> str | None:
    """Return the argument that is a long list, a folder or a file of such an ending, if one is."""
    paths = ((each, Path(each)) for each in words)
    lists = (
        each
        for each, path in paths
        if (path / "longlist.yaml").is_file() or (path.suffix.lower() in endings and path.is_file())
    )
    return next(lists, None)


def of_criteria(meaning: str) -> Any:  # noqa: ANN401 - what Typer makes of it
    """Declare ``--criteria FOLDER``, with what it means for a command."""
    return typer.Option("--criteria", metavar="FOLDER", help=meaning, rich_help_panel=INPUT)


def of_identities(meaning: str, panel: str = INPUT) -> Any:  # noqa: ANN401 - as above
    """Declare ``--identities FILE``, the answers that ``kiamv same`` keeps."""
    return typer.Option("--identities", metavar="FILE", help=meaning, rich_help_panel=panel)


def to_replace(meaning: str) -> Any:  # noqa: ANN401 - as above
    """Declare ``--force``, with what it replaces."""
    return typer.Option("--force", help=meaning, rich_help_panel=OUTPUT)


def by_whom(meaning: str, panel: str) -> Any:  # noqa: ANN401 - as above
    """Declare ``--by NAME``: who answers or decides."""
    return typer.Option("--by", metavar="NAME", help=meaning, rich_help_panel=panel)


def on_day(panel: str) -> Any:  # noqa: ANN401 - as above
    """Declare ``--on DATE``: when that was."""
    return typer.Option("--on", metavar="DATE", help="When, as 2020-12-15.", rich_help_panel=panel)


def for_reason(meaning: str, panel: str) -> Any:  # noqa: ANN401 - as above
    """Declare ``--reason TEXT``: why."""
    return typer.Option("--reason", metavar="TEXT", help=meaning, rich_help_panel=panel)


Criteria = Annotated[
    Text,
    of_criteria("A folder with the criteria, classes, provinces and themes of another programme."),
    FromProject("criteria"),
]
AsOf = Annotated[
    Text,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Reference date, such as 2020-11-30: later facts do not count. Default: the "
        "date in the long list.",
        rich_help_panel=INPUT,
    ),
    FromProject("request.as_of"),
]
Hidden = Annotated[
    Optional[Literal["keep", "skip"]],  # noqa: UP045
    typer.Option(
        "--hidden",
        help="What is hidden or struck through in a workbook: read it, or leave it out. "
        "Default: it is an error.",
        rich_help_panel=INPUT,
    ),
]
Mapping = Annotated[
    Text,
    typer.Option(
        metavar="FILE",
        help="What the columns of a table are, and what its values mean; kiamv import --draft "
        "writes one. Default: that of the project, for its own list.",
        rich_help_panel=INPUT,
    ),
]
Reviews = Annotated[
    Text,
    typer.Option(
        metavar="FOLDER",
        help="A review that was opened: what reviewers agreed on, or what was adjudicated, "
        "overrules the rule.",
        rich_help_panel=INPUT,
    ),
    FromProject("reviews", once="opened.yaml"),
]
Reviewer = Annotated[
    Text,
    typer.Option(
        metavar="NAME",
        help="With --reviews: only the first verdicts of this reviewer.",
        rich_help_panel=INPUT,
    ),
]
Format = Annotated[
    Optional[FormatName],  # noqa: UP045
    typer.Option(
        "--format",
        "-f",
        help="A table for people; json, csv or md for scripts and documents. Default: by the "
        "name of the --output file, otherwise a table.",
        rich_help_panel=OUTPUT,
    ),
]
RecordFormat = Annotated[
    Optional[FormatName],  # noqa: UP045
    typer.Option(
        "--format",
        "-f",
        help="json is the record itself; table, csv and md show it. Default: by the name of "
        "the --output file; otherwise a table on a terminal, and json elsewhere.",
        rich_help_panel=OUTPUT,
    ),
]
DrawnFormat = Annotated[
    Optional[DrawnFormatName],  # noqa: UP045
    typer.Option(
        "--format",
        "-f",
        help="A table for people; json, csv or md for scripts and documents; svg or png for "
        "a picture. Default: by the name of the --output file, otherwise a table.",
        rich_help_panel=OUTPUT,
    ),
]
OfSpread = Annotated[
    Text,
    typer.Option(
        "--picture",
        metavar="NAME",
        help="Which picture, as svg or png: map, tiles, or the name of a dimension for its bars. "
        "Default: the map if the criteria have one.",
        rich_help_panel=OUTPUT,
    ),
]
OfShortlist = Annotated[
    Text,
    typer.Option(
        "--picture",
        metavar="NAME",
        help="Which picture, as svg or png: map, tiles, or the name of a dimension for its bars; "
        "heat for the scores of all. Default: the map if the criteria have one.",
        rich_help_panel=OUTPUT,
    ),
]
Output = Annotated[
    Text,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file instead of standard output, whole or not at all.",
        rich_help_panel=OUTPUT,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force/--no-force",
        help="Replace the file if it exists.",
        envvar="KIAMV_FORCE",
        rich_help_panel=OUTPUT,
    ),
    FromProject("force"),
]


@dataclass(frozen=True, slots=True)
class Input:
    """What a command reads: a long list, and by which criteria."""

    longlist: Longlist = None
    criteria: Criteria = None
    as_of: AsOf = None
    hidden: Hidden = None
    mapping: Mapping = None


@dataclass(frozen=True, slots=True)
class InputOfReview(Input):
    """The same for a command that took the long list as an option before, which goes first."""

    listed: _Listed = None

    def __post_init__(self) -> None:
        """Take the list from the option, if that was given."""
        if self.listed is not None:
            object.__setattr__(self, "longlist", self.listed)


@dataclass(frozen=True, slots=True)
class InputOption(Input):
    """The same for a command whose arguments are something else than the long list."""

    longlist: LonglistOption = None


@dataclass(frozen=True, slots=True)
class Source(Input):
    """What a command that scores reads: also what people judged."""

    reviews: Reviews = None
    reviewer: Reviewer = None


@dataclass(frozen=True, slots=True)
class SourceOption(Source):
    """The same for a command whose arguments are something else than the long list."""

    longlist: LonglistOption = None


Separator = Annotated[
    Optional[Literal[",", ";", "tab"]],  # noqa: UP045
    typer.Option(help="The separator of CSV. Default: a comma.", rich_help_panel=OUTPUT),
]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel",
        help="CSV for an Excel with decimal commas, such as the Dutch one: semicolons, and a "
        "byte order mark.",
        rich_help_panel=OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class Look:
    """How a result looks."""

    format: Format = None
    separator: Separator = None
    excel: Excel = False


@dataclass(frozen=True, slots=True)
class OutputOptions(Look):
    """Where a command's result goes, and how it looks."""

    file: Output = None
    force: Force = False


def separator_of(typed: str | None, *, excel: bool) -> str:
    """Return what stands between the cells of CSV."""
    return "\t" if typed == "tab" else typed or (";" if excel else ",")


@dataclass(frozen=True, slots=True)
class RecordOut(OutputOptions):
    """The same for a decision record, which is JSON to be kept."""

    format: RecordFormat = None


@dataclass(frozen=True, slots=True)
class DrawnOut(OutputOptions):
    """The same for a result that can be drawn."""

    format: DrawnFormat = None  # type: ignore[assignment] # more formats than other commands
