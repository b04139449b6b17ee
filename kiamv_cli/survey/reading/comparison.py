"""The rules that say which answers support a criterion, from their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import read_file
from kiamv_cli.base.language import _
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.records import refuse_if, stated, validated
from kiamv_cli.formats.shapes import COUNT, ID, keyed, list_of, one_of, record
from kiamv_cli.survey.model.compare import Comparison, Condition, sides_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.questionnaire import Questionnaire

KIND = "comparison"


def load_comparisons(
    place: Path | Traversable, programme: Programme, questionnaire: Questionnaire
) -> tuple[Comparison, ...]:
    """Read the rules by which answers are compared with criteria.

    Args:
        place: A YAML file.
        programme: Whose criteria they may name.
        questionnaire: Whose questions and options they may name.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    document = read_document(read_file(place), str(place), "yaml")
    said = validated(document, comparison_shape(programme, questionnaire))
    rules: tuple[Comparison, ...] = said["rules"]
    refuse_if(document, [*_wrong(rules, programme, questionnaire)])
    return rules


def comparison_shape(
    programme: Programme, questionnaire: Questionnaire | None = None
) -> CoreSchema:
    """What such a file looks like; without a questionnaire, any question is allowed."""
    options = list_of(ID)
    condition = record(
        Condition,
        {
            "any_of": options,
            "all_of": options,
            "none_of": options,
            "at_least": COUNT,
            "at_most": COUNT,
        },
    )
    rule = {
        "criterion": one_of(each.id for each in programme.criteria),
        "part": ID,
        "question": one_of(questionnaire.by_id) if questionnaire else ID,
        "supports": condition,
        "contradicts": condition,
    }
    return keyed({**stated(KIND), "rules": list_of(record(Comparison, rule), at_least=1)})


def _wrong(
    rules: tuple[Comparison, ...], programme: Programme, questionnaire: Questionnaire
) -> Iterator[Flaw]:
    for index, rule in enumerate(rules):
        sides = sides_of(programme, rule.criterion)
        if rule.part is not None and rule.part not in sides:
            message = _(
                "'{part}' is no side of {criterion}", part=rule.part, criterion=rule.criterion
            )
            hint = closest(rule.part, sides) or _("Take it out: this criterion has no sides")
            yield Flaw(code="K304", path=("rules", index, "part"), message=message, hint=hint)
        allowed = questionnaire.options[rule.question]
        for key in ("supports", "contradicts"):
            condition: Condition = getattr(rule, key)
            path = ("rules", index, key)
            if condition == Condition():
                message = _("{key} asks nothing, so every answer would do", key=key)
                yield Flaw(
                    code="K310", path=path, message=message, hint=_("Say what the answer is")
                )
            for option in condition.named:
                if option not in allowed:
                    message = _(
                        "'{option}' is no option of the question '{question}'",
                        option=option,
                        question=rule.question,
                    )
                    hint = closest(option, allowed)
                    yield Flaw(code="K304", path=path, message=message, hint=hint)
