"""``kiamv new``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kiamv_cli.longlist.model.duplicates import Suspicion
    from kiamv_cli.programme.model.programme import DimensionId, Programme

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="The name, as the ecosystem writes it.", show_default=False
    ),
]
Provinces = Annotated[
    list[str],
    typer.Option(
        "--province",
        metavar="CODE",
        help="Where it works, the main one first (repeatable, or separated by commas).",
    ),
]
Themes = Annotated[
    list[str],
    typer.Option(
        "--theme",
        metavar="CODE",
        help="What it works on, the main one first (repeatable, or separated by commas).",
    ),
]
Id = Annotated[
    options.Text,
    typer.Option(
        "--id", metavar="ID", help="Its id and the name of its file. Left out: made of the name."
    ),
]
Folder = Annotated[
    options.Text,
    typer.Option(
        metavar="FOLDER",
        help="The folder of the long list. Left out: that of the project, else longlist, or this "
        "one if it is one.",
    ),
    options.FromProject("longlist", made=True),
]


def new(
    called: Name,
    province: Provinces,
    theme: Themes,
    id: Id = None,  # noqa: A002 - the option is called so
    folder: Folder = None,
    criteria: options.Criteria = None,
) -> None:
    """Add a file for one more ecosystem to the folder of a long list, with every key explained.

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
    write_text(made.text, str(made.path), force=False, said=False)
    write_text(f"{made.path}\n", None, force=False)
    _ask_about(made.suspicions, called)
    note(
        _("Next: write in what is known, each fact with its source. kiamv check looks through it.")
    )


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
                "{folder}: no long list is there (longlist.yaml). Give its folder as --folder; "
                "kiamv init makes a new one.",
                folder=tried[0],
            )
        )
    return place


def _chosen(
    programme: Programme, given: Mapping[DimensionId, Sequence[str]], id_: str | None
) -> list[list[str]]:
    """Find the codes of provinces and themes; whatever is wrong with an option is said at once."""
    from kiamv_cli.base.labels import Labels
    from kiamv_cli.cli.output import Status, note
    from kiamv_cli.programme.model.labels import split_labels

    chosen, wrong = [], list(_odd_id(id_))
    for dimension, values in given.items():
        known = _codes(programme, dimension)
        typed = split_labels(values, programme.dimensions[dimension].categories)
        meant = {value: Labels(known).meant(value) for value in typed}
        chosen.append(list(dict.fromkeys(each[0] for each in meant.values() if len(each) == 1)))
        wrong += [
            _unknown(dimension, value, known, each)
            for value, each in meant.items()
            if len(each) != 1
        ]
        if not meant:
            wrong.append(_unknown(dimension, "", known))
    if wrong:
        note("\n".join(f"kiamv: {each}" for each in wrong))
        raise SystemExit(Status.BAD_INPUT)
    return chosen


def _codes(programme: Programme, dimension: DimensionId) -> tuple[tuple[str, str], ...]:
    """Return what codes are called, their names in any language included, each with its code."""
    return tuple(
        (called, each.id)
        for each in programme.dimensions[dimension].categories
        for called in (*each.label.values(), each.id)
    )


def _unknown(
    dimension: DimensionId,
    value: str,
    known: Iterable[tuple[str, str]],
    several: Sequence[str] = (),
) -> str:
    from kiamv_cli.base.labels import distinct
    from kiamv_cli.base.language import _
    from kiamv_cli.formats.hints import closest

    option = f'--{dimension.removesuffix("s")} "{value}"'
    if several:
        ids = ", ".join(several)
        return _(
            "{option}: it can mean {ids}. Write the one that is meant.", option=option, ids=ids
        )
    hint = str(
        closest(value, dict.fromkeys(code for _called, code in known), distinct(known)) or ""
    )
    ending = "" if hint.endswith("?") else "."
    return _("{option}: unknown. {hint}", option=option, hint=f"{hint}{ending}")


def _odd_id(id_: str | None) -> Iterator[str]:
    from kiamv_cli.base.language import _
    from kiamv_cli.base.names import id_of

    if id_ is not None and id_of(id_) != id_:
        yield _(
            '--id "{id}": not an id, which has small letters and digits, with single hyphens '
            "between. {made} would do.",
            id=id_,
            made=id_of(id_),
        )
