"""``kiamv new``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kiamv_cli.longlist.model.duplicates import Suspicion
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="The name, as the ecosystem writes it.", show_default=False
    ),
]
Provinces = Annotated[
    Optional[list[str]],  # noqa: UP045 - read at run time by Typer
    typer.Option(
        "--province",
        metavar="CODE",
        help="Where it works, the main one first (repeatable, or separated by commas).",
    ),
]
Themes = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--theme",
        metavar="CODE",
        help="What it works on, the main one first (repeatable, or separated by commas).",
    ),
]
Id = Annotated[
    options.Text,
    typer.Option(
        "--id", metavar="ID", help="Its id and the name of its file. Default: made from the name."
    ),
]
Folder = Annotated[
    options.Text,
    typer.Option(
        metavar="FOLDER",
        help="The folder of the long list. Default: that of the project, otherwise longlist, "
        "or this folder if it is one.",
    ),
    options.FromProject("longlist", made=True),
]


def new(
    called: Name,
    province: Provinces = None,
    theme: Themes = None,
    id: Id = None,  # noqa: A002 - the option is called so
    folder: Folder = None,
    criteria: options.Criteria = None,
) -> None:
    """Add an ecosystem to the folder of a long list, as a file in which every key is explained.

    Example: kiamv new "Groene Haven" --province NL-GR --theme energy
    """
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import read_criteria, refusing
    from kiamv_cli.cli.output import fail, note, write_text
    from kiamv_cli.cli.projects import TakenError, new_ecosystem

    with refusing():
        place = _place(folder)
    programme = read_criteria(options.Input(criteria=criteria))
    provinces, themes = _chosen(programme, {"provinces": province, "themes": theme}, id)
    try:
        with refusing():
            made = new_ecosystem(called, provinces, themes, place, id=id, programme=programme)
    except TakenError as taken:
        there = place / f"{taken.id}.yaml"
        fail(_("{taken}: there is one already, {there}.", taken=taken, there=there))
    write_text(made.text, str(made.path), force=False, confirm=False)
    write_text(f"{made.path}\n", None, force=False)
    _ask_about(made.suspicions, called)
    note(_("Next: write down what is known, each fact with its source, and run kiamv check."))


def _ask_about(suspicions: Iterable[Suspicion], called: str) -> None:
    """Name those on the list that may be the same."""
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.output import note
    from kiamv_cli.longlist.view.same import why

    for each in suspicions:
        note(
            _(
                "Is {name} the same as '{other}' ({there}) on the list? Why: {why}.",
                name=called,
                other=each.other.name,
                there=each.other.id,
                why=why(each),
            )
        )


def _place(folder: str | None) -> Path:
    """Find the long list that the file goes into."""
    from pathlib import Path

    from kiamv_cli.base.files import is_file
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.output import fail
    from kiamv_cli.longlist.model.longlist import HEADER_FILE

    tried = [Path(folder)] if folder else [Path("longlist"), Path()]
    place = next((each for each in tried if is_file(each / HEADER_FILE)), None)
    if place is None:
        fail(
            _(
                "{folder}: there is no long list here (longlist.yaml). Give its folder as "
                "--folder; kiamv init makes a new one.",
                folder=tried[0],
            )
        )
    return place


def _chosen(
    programme: Programme, typed: Mapping[DimensionId, Sequence[str] | None], id_: str | None
) -> list[list[str]]:
    """Find the codes of provinces and themes; whatever is wrong with an option is said at once."""
    from kiamv_cli.base.language import _
    from kiamv_cli.base.problem import Misfit
    from kiamv_cli.cli.output import Status, note
    from kiamv_cli.cli.project import spelled
    from kiamv_cli.programme.model.labels import id_meant, split_labels

    chosen, wrong = [], list(_odd_id(id_))
    for dimension, values in typed.items():
        declared, option = programme.dimensions.get(dimension), dimension.removesuffix("s")
        categories = declared.categories if declared else ()
        if declared and not values:
            text = _("{option}: name one at least.", option=spelled(option))
            wrong.append(text)
        if values and not declared:
            wrong.append(_("{option}: these criteria have none.", option=spelled(option)))
            continue
        codes = dict[str, None]()
        for value in split_labels(values, categories) or ([""] if values else []):
            try:
                codes[id_meant(option, value, categories)] = None
            except Misfit as misfit:
                wrong.append(misfit.named(spelled))
        chosen.append([*codes])
    if wrong:
        note("\n".join(f"kiamv: {each}" for each in wrong))
        raise SystemExit(Status.BAD_INPUT)
    return chosen


def _odd_id(id_: str | None) -> Iterator[str]:
    from kiamv_cli.base.language import _
    from kiamv_cli.base.names import id_of

    if id_ is not None and id_of(id_) != id_:
        yield _(
            '--id "{id}": not an id. Use lower-case letters and digits, separated by single '
            "hyphens, such as {made}.",
            id=id_,
            made=id_of(id_),
        )
