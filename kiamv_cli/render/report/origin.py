"""What the report was made from, and how to make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.invocation import CRITERIA_FOLDER, LONGLIST_FILE, SHARES_FILE
from kiamv_cli.language import N_, _
from kiamv_cli.render.record import origin_text
from kiamv_cli.render.report.html import Head, el, table
from kiamv_cli.render.text import UNICODE
from kiamv_cli.render.words import command_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.record import Input, Provenance
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told


_STAND_INS = {
    SHARES_FILE: N_("{file} stands for the file of shares that was given."),
    LONGLIST_FILE: N_("{file} stands for the long list, which came from no file."),
    CRITERIA_FOLDER: N_("{file} stands for the criteria, which came from no file."),
}


def origin(told: Told) -> Html:
    """Inputs with their hashes, versions, and the command."""
    report = told.report
    made = report.provenance
    heads = (Head(_("input")), Head(_("name")), Head(_("read from")), Head("SHA-256", "hash"))
    versions = ", ".join(f"{name} {version}" for name, version in made.versions.items())
    return el(
        "section",
        el("h2", _("Data, and how to make this report again"), id="origin"),
        table(_("What the report was made from"), heads, _inputs(made), kind="wordy"),
        el(
            "p",
            _(
                "Made with {versions}. The same inputs give the same report, byte for byte.",
                versions=versions,
            ),
        ),
        el("p", _("The command:")),
        el("pre", el("code", command_again(report.command, "report.html")), tabindex=0),
        *(
            el("p", _(meaning, file=file))
            for file, meaning in _STAND_INS.items()
            if file in report.command
        ),
    )


def _inputs(made: Provenance) -> Iterator[tuple[Node, ...]]:
    yield _input(_("long list"), made.longlist)
    yield _input(_("criteria"), made.criteria)
    if made.reviews is not None:
        yield _input(_("review"), made.reviews)


def _input(what: str, one: Input) -> tuple[Node, ...]:
    return (
        what,
        one.name,
        origin_text(one),
        el("code", one.sha256 or UNICODE.dash),
    )
