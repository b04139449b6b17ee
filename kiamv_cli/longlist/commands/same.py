"""``kiamv same``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.longlist.commands.answering import Kept
    from kiamv_cli.longlist.model.duplicates import Duplicates

ANSWERS = "Answers"
DEFAULT = "identities.yaml"
Lists = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads it at run time
    typer.Argument(
        metavar="LIST…",
        help="Long lists in any format, or .txt files with a name on each line; only names, "
        "ids and websites are read. Default: that of the project, otherwise the bundled "
        "one.",
        show_default=False,
    ),
    options.OF_LONGLIST,
]
Identities = Annotated[
    str,
    options.of_identities("Where the answers are kept, a line for each.", ANSWERS),
    options.FromProject("identities", made=True),
]
By = Annotated[
    options.Text,
    options.by_whom(
        "Who answers. You are asked about each open pair, strongest suspicion first.",
        ANSWERS,
    ),
]
On = Annotated[options.Text, options.on_day(ANSWERS)]
Answers = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="Answers in a file instead of asking: the table that --format csv writes, with the "
        "column answer filled in (CSV or .xlsx), or YAML.",
        rich_help_panel=ANSWERS,
    ),
]
Later = Annotated[
    bool,
    typer.Option(
        "--later", help="Also ask about pairs that were put off.", rich_help_panel=ANSWERS
    ),
]
Undo = Annotated[
    options.Text,
    typer.Option(
        metavar="NAME",
        help="Take back the latest answer about this name or id; last for the latest of all.",
        rich_help_panel=ANSWERS,
    ),
]
Least = Annotated[
    Literal["strong", "fair", "weak"],
    typer.Option(help="Leave out suspicions that are weaker.", rich_help_panel=options.INPUT),
]


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """What is answered, how, and where that is kept."""

    identities: Identities = DEFAULT
    by: By = None
    on: On = None
    answers: Answers = None
    later: Later = False
    undo: Undo = None


def same(
    typed: AnswerOptions,
    *,
    lists: Lists = None,
    least: Least = "weak",
    criteria: options.Criteria = None,
    hidden: options.Hidden = None,
    mapping: options.Mapping = None,
    out: options.OutputOptions,
) -> None:
    """Find names that may be the same ecosystem, and keep your answers.

    Answers are same, different, part-of and later; nothing is merged automatically.

    Example: kiamv same list.xlsx calls.txt --by "A. de Vries" --on 2020-11-02
    """
    from kiamv_cli.cli.input import mapping_of, note_bundled, read_criteria, refusing, tables_of
    from kiamv_cli.cli.output import note_problems, write
    from kiamv_cli.longlist.commands.answering import Kept
    from kiamv_cli.longlist.model.duplicates import FAIR, STRONG
    from kiamv_cli.longlist.results import same as suspect
    from kiamv_cli.longlist.view.same import SameView

    _refuse_no_questions(lists or [], typed)
    programme = read_criteria(options.Input(criteria=criteria))
    if not lists:
        note_bundled()
    kept = Kept(typed.identities, needed=typed.identities != DEFAULT and typed.by is None)
    strength = {"strong": STRONG, "fair": FAIR, "weak": 0}[least]
    only = lists[0] if lists and len(lists) == 1 else None
    tables = tables_of(programme, hidden, mapping_of(options.Input(only, mapping=mapping)))
    with refusing():
        found = suspect(lists or (), kept.identities, programme, least=strength, tables=tables)
    note_problems(found.remarks)
    _answer(found, kept, typed, hidden)
    write(SameView(found.with_answers(kept.identities), typed.identities), out)


def _refuse_no_questions(lists: list[str], typed: AnswerOptions) -> None:
    """End the command where questions are to be asked, and the list takes the place of answers."""
    from kiamv_cli.cli.output import fail

    if "-" in lists and typed.by is not None and typed.answers is None:
        fail(
            _(
                "--by: the list comes from standard input, so no questions can be asked. Give "
                "it as a file."
            )
        )


def _answer(
    duplicates: Duplicates, kept: Kept, typed: AnswerOptions, hidden: Literal["keep", "skip"] | None
) -> None:
    """Take answers, or take one back, as the options say."""
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import fail
    from kiamv_cli.longlist.commands.answering import ask, read_answers, take_back

    on = to_date(typed.on, "--on")
    if typed.undo is not None:
        take_back(kept, typed.undo)
    elif typed.answers is not None:
        read_answers(typed.answers, kept, duplicates, typed.by, on, hidden)
    elif typed.by is not None:
        if on is None:
            fail(_("--by: also say when, with --on DATE."))
        ask(duplicates, kept, typed.by, on, later=typed.later)
    elif typed.on is not None or typed.later:
        fail(_("--on and --later: also say who answers, with --by NAME."))
