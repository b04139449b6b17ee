"""JSON Schema of the files that people write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiamv_cli.longlist.results import load_criteria

if TYPE_CHECKING:
    from kiamv_cli.formats.meanings import Kind
    from kiamv_cli.programme.model.programme import Programme


def json_schema(kind: Kind = "longlist", programme: Programme | None = None) -> dict[str, Any]:
    """Make the JSON Schema (2020-12) of a kind of file.

    Args:
        kind: ``longlist`` for a list in one file, ``ecosystem`` and ``header`` for the files of a
            folder; ``programme``, ``criterion``, ``classes`` and ``dimension`` for those of the
            criteria, ``types`` with them; ``targets``; ``identities`` for answers on suspected
            duplicates; ``record`` for a decision record; ``questionnaire``; ``survey-mapping`` for
            what exports mean; ``interview`` for one that was coded; ``desk`` for what desk research
            found; ``answers`` for all of these merged; ``comparison`` of criteria with answers;
            ``aspects`` for a codebook; ``reported`` for what a report prints; ``published-flow``
            for a flow to check.
        programme: Whose provinces, themes and criteria are allowed; left out: the bundled one.

    Returns:
        The schema as plain values, ready to be written as JSON.
    """
    from kiamv_cli.cli.json_schema import json_schema as make

    return make(kind, programme or load_criteria())
