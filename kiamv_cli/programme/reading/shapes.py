"""What the files of a programme look like: the one declaration of their keys and values."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import PydanticCustomError, core_schema

from kiamv_cli.base.language import _
from kiamv_cli.formats.shapes import (
    COUNT,
    ID,
    NAME,
    TEXT,
    YES_NO,
    exact,
    keyed,
    list_of,
    mapping_of,
    one_of,
    record,
)
from kiamv_cli.programme.model.facts import Challenge, Finding, LifeDomain, Partners, Scope
from kiamv_cli.programme.model.programme import (
    BestLineRule,
    Category,
    CountRule,
    LineStep,
    ScreeningClass,
    SidesRule,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.language import Language

# The lists of facts that can be counted, and what their facts are.
COUNTABLE: dict[str, type] = {
    "challenges": Challenge,
    "life_domains": LifeDomain,
    "comparable_elsewhere": Finding,
    "maturity": Finding,
}
# Codes of regions are often capitals; what is written around codes stays out of them.
CODE = core_schema.str_schema(
    strict=True, pattern="^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$", min_length=1, max_length=64
)
SCORE = exact(most=1)


def _both(label: dict[Language, str]) -> dict[Language, str]:
    return {"en": label["en"], "nl": label.get("nl", label["en"])}


def words(text: CoreSchema) -> CoreSchema:
    """A text in English, and in Dutch if there is one (else the English stands for both)."""
    return core_schema.no_info_after_validator_function(_both, keyed({"en": text}, {"nl": text}))


LABEL = words(NAME)
PROGRAMME = keyed({"id": ID, "label": LABEL, "criteria": list_of(ID, at_least=1)})


def criterion_shape() -> CoreSchema:
    """A criterion without its id, which is the name of its file."""
    return keyed(
        {"label": LABEL, "question": words(TEXT), "rule": _rule()},
        {"weight": exact(), "met_at": SCORE, "partly_at": SCORE},
    )


def classes_shape() -> CoreSchema:
    """The screening classes, best first."""
    limits = dict.fromkeys(("met", "met_or_partly", "not_met"), COUNT)
    each = record(ScreeningClass, {"id": ID, "label": LABEL, **limits})
    return keyed({"classes": list_of(each, at_least=1)})


def _beside(name: str) -> str:
    if not _PLAIN_NAME.fullmatch(name):
        raise PydanticCustomError(
            "own_words",
            "{what}",
            {
                "code": "K505",
                "what": _("'{name}' is no name of a file beside this one", name=name),
                "hint": _("Put the map into this folder, and give its name without a path"),
            },
        )
    return name


_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_FILE_NAME = core_schema.no_info_after_validator_function(_beside, NAME)


def dimension_shape() -> CoreSchema:
    """What is spread over: its name and its categories."""
    tile = core_schema.tuple_schema([COUNT, COUNT], strict=False)
    population = core_schema.int_schema(strict=True, ge=1)
    shapes = {"id": CODE, "label": LABEL, "population": population, "tile": tile, "area": NAME}
    each = record(Category, shapes)
    borders = keyed({"file": _FILE_NAME, "code": NAME, "attribution": NAME})
    return keyed({"label": LABEL, "categories": list_of(each, at_least=1)}, {"map": borders})


def _rule() -> CoreSchema:
    return core_schema.tagged_union_schema(
        {"count": _count(), "best-line": _best_line(), "sides": _sides()}, discriminator="kind"
    )


def _count() -> CoreSchema:
    step = record(Step, {"score": SCORE, "facts": COUNT, "distinct": COUNT})
    return core_schema.no_info_after_validator_function(
        _count_rule,
        keyed(
            {
                "kind": one_of(("count",)),
                "facts": one_of(COUNTABLE),
                "steps": list_of(step, at_least=1),
            },
            {"by": NAME, "caps": mapping_of(one_of(get_args(Scope)), SCORE)},
        ),
    )


def _best_line() -> CoreSchema:
    own = core_schema.union_schema(
        [YES_NO, one_of(("unknown",))],
        custom_error_type="yes_no_or_unknown",
        custom_error_message="Input should be true, false or 'unknown'",
    )
    step = record(LineStep, {"score": SCORE, "own": own, "years": COUNT})
    return core_schema.no_info_after_validator_function(
        _best_line_rule,
        keyed({"kind": one_of(("best-line",)), "steps": list_of(step, at_least=1)}),
    )


def _sides() -> CoreSchema:
    side = one_of(each.name for each in fields(Partners))
    return core_schema.no_info_after_validator_function(
        _sides_rule,
        keyed(
            {"kind": one_of(("sides",)), "sides": list_of(side, at_least=1)},
            {"needed": list_of(side)},
        ),
    )


# What a fact says of itself, not of an ecosystem.
_NOT_COUNTED = {"confirmed_by", "literal"}


def _count_rule(keys: dict[str, Any]) -> CountRule:
    fact = COUNTABLE[keys["facts"]]
    known = [each.name for each in fields(fact) if each.name not in _NOT_COUNTED]
    by = keys.get("by")
    if by is not None and by not in known:
        raise _cannot_work(
            _("the facts in {facts} have no {by}", facts=keys["facts"], by=by),
            _("Allowed: {values}", values=", ".join(known)),
        )
    if by is None and any(step.distinct for step in keys["steps"]):
        raise _cannot_work(
            _("a step counts distinct values, but the rule does not say of what"), _("Add by")
        )
    _in_descending_order(keys["steps"])
    return CountRule(facts=keys["facts"], steps=keys["steps"], by=by, caps=keys.get("caps", {}))


def _best_line_rule(keys: dict[str, Any]) -> BestLineRule:
    _in_descending_order(keys["steps"])
    return BestLineRule(steps=keys["steps"])


def _sides_rule(keys: dict[str, Any]) -> SidesRule:
    sides, needed = keys["sides"], keys.get("needed", ())
    if len(set(sides)) < len(sides):
        raise _cannot_work(_("a side is given twice"), _("Give it once"))
    if not set(needed) <= set(sides):
        raise _cannot_work(_("a side is needed that is not among the sides"), _("Add it to sides"))
    return SidesRule(sides=sides, needed=needed)


def _in_descending_order(steps: Sequence[Step] | Sequence[LineStep]) -> None:
    scores = [step.score for step in steps]
    if scores != sorted(scores, reverse=True):
        raise _cannot_work(_("the steps are out of order"), _("Put the highest score first"))


def _cannot_work(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError(
        "own_words", "{what}", {"code": "K503", "what": message, "hint": hint}
    )
