"""JSON Schema (2020-12) of the files that people write, for editors and other programs.

It is made of the very shapes that kiamv checks files with, so the two cannot differ in what they
know. What a schema cannot see (a source that is not listed, an id used twice, years the wrong way
round) is left to ``kiamv check``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from kiamv_cli.audits.reading import published_flow_shape, reported_shape
from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.cli.project import project_shape
from kiamv_cli.decision.reading import record_file_shape
from kiamv_cli.formats.package_data import meaning
from kiamv_cli.longlist.reading.identities import identities_shape
from kiamv_cli.longlist.reading.shape import ecosystem_shape, header_shape, longlist_shape
from kiamv_cli.longlist.reading.tables.mapping import mapping_shape as table_mapping_shape
from kiamv_cli.longlist.results import load_criteria
from kiamv_cli.programme.reading.shapes import (
    classes_shape,
    criterion_shape,
    dimension_shape,
    programme_shape,
)
from kiamv_cli.programme.reading.types import types_shape
from kiamv_cli.selection.reading import targets_shape
from kiamv_cli.survey.reading.answers import answers_shape
from kiamv_cli.survey.reading.interviews import desk_shape, interview_shape
from kiamv_cli.survey.reading.questionnaire import (
    aspects_shape,
    comparison_shape,
    questionnaire_shape,
)
from kiamv_cli.survey.reading.wordings import mapping_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core.core_schema import CoreSchema, DataclassArgsSchema

    from kiamv_cli.formats.package_data import Kind
    from kiamv_cli.programme.model.programme import Programme

_KINDS: Mapping[Kind, tuple[str, Callable[[Programme], CoreSchema]]] = {
    "project": (
        N_("kiamv.yaml: where everything is, and what is asked"),
        lambda _: project_shape(),
    ),
    "longlist": (N_("A long list in one file"), longlist_shape),
    "ecosystem": (N_("One ecosystem of a long list in a folder"), ecosystem_shape),
    "header": (
        N_("longlist.yaml: title and reference date of a long list in a folder"),
        lambda _: header_shape({"title", "as_of"}, with_list=False),
    ),
    "programme": (N_("programme.yaml: a programme and its criteria"), lambda _: programme_shape()),
    "criterion": (N_("A criterion of a programme"), lambda p: criterion_shape(p.attributes)),
    "classes": (N_("classes.yaml: the screening classes"), lambda _: classes_shape()),
    "dimension": (
        N_("provinces.yaml or themes.yaml: what a shortlist is spread over"),
        lambda _: dimension_shape(),
    ),
    "types": (N_("types.yaml: the dimensions by which to classify"), lambda _: types_shape()),
    "targets": (
        N_("Target shares of your own, for --target"),
        lambda p: targets_shape(p.dimensions),
    ),
    "identities": (
        N_("Answers about suspected duplicates, as kept by kiamv same"),
        lambda _: identities_shape(),
    ),
    "published-flow": (
        N_("A flow that somebody published, for kiamv audit"),
        lambda _: published_flow_shape(),
    ),
    "record": (N_("A decision record, as kiamv record writes it"), lambda _: record_file_shape()),
    "questionnaire": (
        N_("survey/questionnaire.yaml: what was asked, and what could be answered"),
        lambda _: questionnaire_shape(),
    ),
    "mapping": (
        N_("What the columns and values of a table are, for kiamv import --mapping"),
        table_mapping_shape,
    ),
    "survey-mapping": (
        N_("What columns and values of survey exports mean"),
        lambda _: mapping_shape(),
    ),
    "interview": (N_("One interview, as it was coded"), lambda _: interview_shape()),
    "desk": (N_("Answers that desk research found"), lambda _: desk_shape()),
    "answers": (N_("Answers, as kiamv survey merge writes them"), lambda _: answers_shape()),
    "comparison": (
        N_("survey/comparison.yaml: which answers support or contradict a criterion"),
        comparison_shape,
    ),
    "aspects": (
        N_("survey/aspects.yaml: the codebook for interviews"),
        lambda _: aspects_shape(),
    ),
    "reported": (N_("What a report prints, for kiamv audit"), lambda _: reported_shape()),
}
# In these, keys are names that people give or ids: what is below means the same for each.
_NAMED = {"sources", "verdicts", "partners", "attributes"}
_FOR_THE_PROGRAM = ("title", "description", "default", "discriminator")
Schema = dict[str, Any]


def json_schema(kind: Kind = "longlist", programme: Programme | None = None) -> Schema:
    """Return the JSON Schema (2020-12) of a kind of file, as plain values.

    Args:
        kind: ``project`` for kiamv.yaml; ``longlist`` for a list in one file, ``ecosystem`` and
            ``header`` for the files of a folder; ``programme``, ``criterion``, ``classes`` and
            ``dimension`` for those of the criteria, ``types`` with them; ``targets``;
            ``identities`` for answers on suspected duplicates; ``record`` for a decision record;
            ``mapping`` for what the columns of a table are; ``questionnaire``;
            ``survey-mapping`` for what exports mean; ``interview`` for one that was coded;
            ``desk`` for what desk research found; ``answers`` for all of these merged;
            ``comparison`` of criteria with answers; ``aspects`` for a codebook; ``reported`` for
            what a report prints; ``published-flow`` for a flow to check.
        programme: Whose provinces, themes and criteria are allowed; left out: the bundled one.

    Returns:
        A JSON Schema document, with ``$schema``, ``$id`` and, in the current language, a
        description of every key: editors show these to people.
    """
    programme = programme or load_criteria()
    title, shape = _KINDS[kind]
    made = _Generate(by_alias=True).generate(shape(programme))
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:kiamv:{programme.id}:{kind}:1",
        "title": _(title),
        **_Polish(kind, programme).schema(made, ()),
    }


class _Generate(GenerateJsonSchema):
    def dataclass_args_schema(self, schema: DataclassArgsSchema) -> JsonSchemaValue:
        """Leave out fields that are no keys: kiamv sets them itself."""
        keys = [each for each in schema["fields"] if each.get("init", True)]
        return super().dataclass_args_schema({**schema, "fields": keys})


class _Polish:
    """Says what each key means, and leaves out what only matters to the program."""

    def __init__(self, kind: Kind, programme: Programme) -> None:
        self.kind = kind
        self.labels = {
            category.id: label_in(category.label)
            for dimension in programme.dimensions.values()
            for category in dimension.categories
        }
        self.questions = {each.id: label_in(each.question) for each in programme.criteria}
        self.attributes = {each.id: label_in(each.label) for each in programme.attributes}

    def schema(self, made: Schema, path: tuple[str, ...]) -> Schema:
        """Polish what is allowed at a path."""
        kept = {
            key: self._part(key, value, path)
            for key, value in made.items()
            if key not in _FOR_THE_PROGRAM
        }
        if all(value in self.labels for value in kept.get("enum", [None])):
            kept["enumDescriptions"] = [self.labels[value] for value in kept["enum"]]
        return kept

    def _part(self, key: str, value: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON
        match key:
            case "properties":
                return {name: self._key(each, (*path, name)) for name, each in value.items()}
            case "patternProperties":
                # Not every program that reads schemas knows the classes of Unicode.
                return {
                    r"\S" if r"\p{" in name else name: self.schema(each, (*path, "*"))
                    for name, each in value.items()
                }
            case "additionalProperties" if isinstance(value, dict):
                return self.schema(value, (*path, "*"))
            case "items" if isinstance(value, dict):
                return self.schema(value, path)
            case "anyOf" | "oneOf" | "prefixItems":
                return [self.schema(each, path) for each in value]
            case _:
                return value

    def _key(self, made: Schema, path: tuple[str, ...]) -> Schema:
        said = self._meaning(path) or self.labels.get(path[-1], "")
        return {**({"description": said} if said else {}), **self.schema(made, path)}

    def _meaning(self, path: tuple[str, ...]) -> str:
        kind: str = self.kind
        if kind == "longlist" and len(path) > 1:
            kind, path = "ecosystem", path[1:]
        if path[0] == "verdicts" and path[-1] in self.questions:
            return self.questions[path[-1]]
        if path[:-1] == ("attributes",) and path[-1] in self.attributes:
            return self.attributes[path[-1]]
        starred = (path[0], "*", *path[2:]) if path[0] in _NAMED and len(path) > 1 else path
        return meaning(kind, path) or meaning(kind, starred)
