"""What a long list looks like: the one declaration of its keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pydantic_core import core_schema

from kiamv_cli.formats.shapes import (
    COUNT,
    DATE,
    ID,
    MONTH_OR_DAY,
    NAME,
    TEXT,
    WEB_ADDRESS,
    YEAR,
    YES_NO,
    list_of,
    mapping_of,
    one_of,
    or_null,
    record,
)
from kiamv_cli.longlist.model.longlist import Ecosystem, Lead, Suggestion
from kiamv_cli.programme.model.facts import (
    BudgetLine,
    Challenge,
    Judgement,
    LifeDomain,
    Partner,
    Partners,
    Scope,
    Source,
    Statement,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Criterion, Programme

VERDICT = one_of(get_args(Verdict))
LITERAL = {"literal": YES_NO}
FACT = {
    "source": NAME,
    "confirmed_by": list_of(NAME),
    "since": YEAR,
    "until": YEAR,
    **LITERAL,
}


def ecosystem_shape(programme: Programme) -> CoreSchema:
    """One ecosystem, in the vocabularies and with the criteria of a programme."""
    plain = programme.plain_dimensions
    codes = {name: one_of(_categories(programme, name)) for name in plain}
    theme = codes.get("themes", core_schema.none_schema())
    findings = list_of(record(Statement, {"what": TEXT, **FACT}))
    return record(
        Ecosystem,
        {
            "id": ID,
            "name": NAME,
            **{name: list_of(code, at_least=1) for name, code in codes.items()},
            "aliases": list_of(NAME),
            "scope": one_of(get_args(Scope)),
            "seat": NAME,
            "founded": YEAR,
            "end_date": _end_date(),
            "website": WEB_ADDRESS,
            "lead": _lead(),
            "named_in_study": list_of(one_of(("survey", "interview"))),
            "suggested_by": list_of(_suggestion()),
            "challenges": list_of(
                record(Challenge, {"what": TEXT, "theme": or_null(theme), **FACT})
            ),
            "life_domains": list_of(_life_domain()),
            "comparable_elsewhere": findings,
            "maturity": findings,
            "budget": list_of(_budget_line()),
            "partners": _partners(),
            **_attributes(programme),
            "verdicts": _verdicts(programme),
            "note": TEXT,
            "internal": TEXT,
            **LITERAL,
            "sources": mapping_of(NAME, _source()),
        },
        required=plain,
    )


def header_shape(required: Collection[str], *, with_list: bool) -> CoreSchema:
    """What the list says of itself, with the ecosystems (of any shape) beneath it or not."""
    keys: dict[str, CoreSchema] = {"title": NAME, "as_of": DATE}
    if with_list:
        keys["ecosystems"] = list_of(core_schema.any_schema(), at_least=1)
    return core_schema.typed_dict_schema(
        {
            key: core_schema.typed_dict_field(shape, required=key in required)
            for key, shape in keys.items()
        },
        extra_behavior="forbid",
    )


def longlist_shape(programme: Programme) -> CoreSchema:
    """A whole list in one document."""
    return core_schema.typed_dict_schema(
        {
            "title": core_schema.typed_dict_field(NAME),
            "as_of": core_schema.typed_dict_field(DATE),
            "ecosystems": core_schema.typed_dict_field(
                list_of(ecosystem_shape(programme), at_least=1)
            ),
        },
        extra_behavior="forbid",
    )


def _categories(programme: Programme, dimension: DimensionId) -> list[str]:
    return [category.id for category in programme.dimensions[dimension].categories]


def _attributes(programme: Programme) -> dict[str, CoreSchema]:
    """The key of attributes, where a programme declares any."""
    if not programme.attributes:
        return {}
    from kiamv_cli.longlist.reading.attributes import attributes_shape

    return {"attributes": attributes_shape(programme.attributes, FACT)}


def _end_date() -> CoreSchema:
    return core_schema.union_schema(
        [YEAR, one_of(("open",))],
        custom_error_type="year_or_open",
        custom_error_message="Input should be a year or 'open'",
    )


def _lead() -> CoreSchema:
    kinds = one_of(("business", "research", "government", "citizens", "intermediary"))
    return record(Lead, {"who": NAME, "kind": kinds, "source": NAME, **LITERAL})


def _suggestion() -> CoreSchema:
    word = core_schema.no_info_after_validator_function(lambda by: Suggestion(by=by), NAME)
    said = {"by": NAME, "via": NAME, "date": DATE, "wording": TEXT}
    full = record(Suggestion, {**said, **LITERAL})
    return core_schema.tagged_union_schema(
        {"word": word, "mapping": full},
        discriminator=lambda value: "mapping" if isinstance(value, dict) else "word",
    )


def _life_domain() -> CoreSchema:
    return record(LifeDomain, {"domain": one_of(("living", "working", "housing")), **FACT})


def _budget_line() -> CoreSchema:
    return record(
        BudgetLine,
        {
            "own": YES_NO,
            "amount_eur": COUNT,
            "start": YEAR,
            "funders": list_of(NAME),
            "note": TEXT,
            **FACT,
        },
        renamed={"start": "from"},
    )


def _partners() -> CoreSchema:
    side = list_of(record(Partner, {"name": TEXT, **FACT}))
    return record(Partners, dict.fromkeys(("industry", "government", "research", "citizens"), side))


def _verdicts(programme: Programme) -> CoreSchema:
    return core_schema.typed_dict_schema(
        {
            criterion.id: core_schema.typed_dict_field(_judgement(criterion), required=False)
            for criterion in programme.criteria
        },
        extra_behavior="forbid",
    )


def _judgement(criterion: Criterion) -> CoreSchema:
    names = criterion.rule.parts
    parts = mapping_of(one_of(names), VERDICT) if names else mapping_of(NAME, VERDICT, at_most=0)
    said = {"verdict": VERDICT, "by": NAME, "date": DATE, "reason": TEXT, "parts": parts}
    scale = criterion.rule.scale
    if scale is None:
        return record(Judgement, {**said, **LITERAL})
    from kiamv_cli.longlist.reading.attributes import grade_shape, one_answer

    # Who cannot grade says unknown.
    graded = {**said, "verdict": one_of(("unknown",)), "grade": grade_shape(scale), **LITERAL}
    return core_schema.no_info_after_validator_function(one_answer, record(Judgement, graded))


def _source() -> CoreSchema:
    said = {"title": TEXT, "publisher": NAME, "url": WEB_ADDRESS, "year": YEAR}
    return record(Source, {**said, "read": MONTH_OR_DAY, **LITERAL})
