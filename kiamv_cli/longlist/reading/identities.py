"""Answers on names that may stand for the same ecosystem, as a file: read, checked and written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_by_ending
from kiamv_cli.formats.plain import Flaw
from kiamv_cli.formats.records import refuse_if, schema_of, stated, validated
from kiamv_cli.formats.shapes import DATE, NAME, TEXT, keyed, list_of, one_of, record
from kiamv_cli.formats.yaml_writer import yaml_pair
from kiamv_cli.longlist.model.identity import Answer, Decision, Identities, conflicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core.core_schema import CoreSchema


KIND = "identities"
_HINT = Text("hints.keep-answer-holds-take")


def load_identities(path: str | Path) -> Identities:
    """Read the answers that were given on suspected duplicates.

    Args:
        path: A YAML or JSON file, as ``kiamv same`` writes it.

    Returns:
        The answers, in the order of the file.

    Raises:
        BadInput: Something is wrong with it, such as answers that contradict each other (K420);
            it holds all problems that were found.
    """
    place = Path(path)
    document = read_by_ending(place)
    said = validated(document, identities_shape())
    decisions: tuple[Decision, ...] = said["answers"]
    flaws = [
        Flaw(path=("answers", index), text=why, advice=_HINT) for index, why in conflicts(decisions)
    ]
    refuse_if(document, flaws)
    return Identities(decisions=decisions)


def identities_text(identities: Identities) -> str:
    """Write answers as YAML: a line for each, in their order, so that a change is a line."""
    return "".join(f"{line}\n" for line in _lines(identities))


def identities_shape() -> CoreSchema:
    """What a file of answers looks like."""
    answer = {"one": NAME, "answer": one_of(get_args(Answer)), "other": NAME}
    said = {"by": NAME, "date": DATE, "reason": TEXT}
    return keyed({**stated(KIND), "answers": list_of(record(Decision, {**answer, **said}))})


def _lines(identities: Identities) -> Iterator[str]:
    yield yaml_pair("schema", schema_of(KIND))
    yield "answers:" if identities.decisions else "answers: []"
    for each in identities.decisions:
        said = {
            "one": each.one,
            "answer": each.answer,
            "other": each.other,
            "by": each.by,
            "date": each.date.isoformat(),
            "reason": each.reason,
        }
        pairs = (yaml_pair(key, value) for key, value in said.items() if value is not None)
        yield f"  - {{{', '.join(pairs)}}}"
