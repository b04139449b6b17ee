"""Long lists for the bundled programme, as raw documents and as core values.

``ecosystems`` and ``documents`` give what a file holds, ``longlists`` what is loaded from it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from hypothesis import strategies as st
from pydantic_core import SchemaValidator

from kiamv_cli.formats.package_data import bundled, is_placeholder
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
from kiamv_cli.longlist.reading.shape import ecosystem_shape
from kiamv_cli.programme.reading.programme import load_programme

if TYPE_CHECKING:
    from datetime import date

    from kiamv_cli.programme.model.programme import Programme

Raw = dict[str, Any]

SIDES = ("industry", "government", "research", "citizens")
VERDICTS = st.sampled_from(("met", "partly", "not-met", "unknown"))


@cache
def programme() -> Programme:
    return load_programme(bundled("criteria"))


def _codes(dimension: str) -> list[str]:
    return [each.id for each in programme().dimensions[dimension].categories]


def _one_line(text: str) -> str:
    return normalize("NFC", text).strip()


texts = (
    st.text(
        st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x1FAFF), max_size=30
    )
    .map(_one_line)
    .filter(lambda text: text and not is_placeholder(text))
)
ids = st.from_regex("[a-z0-9]{1,8}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
years = st.integers(1990, 2030)
dates = st.dates().map(str).filter(lambda day: day[0] != "0")
source_ids = st.sampled_from(("s1", "s2", "bron 3"))
TITLES = {"s1": "One", "s2": "Two", "bron 3": "Three"}


@st.composite
def facts(draw: st.DrawFn, required: Raw, optional: Raw | None = None) -> Raw:
    """A fact with these keys, a source or none, and years that are in order."""
    fact: Raw = draw(
        st.fixed_dictionaries(required, optional={**(optional or {}), "source": source_ids})
    )
    since, until = sorted((draw(years), draw(years)))
    if draw(st.booleans()):
        fact["from" if "amount_eur" in fact and draw(st.booleans()) else "since"] = since
    if draw(st.booleans()):
        fact["until"] = until
    return fact


challenges = facts({"what": texts, "theme": st.sampled_from([*_codes("themes"), None])})
life_domains = facts({"domain": st.sampled_from(("living", "working", "housing"))})
findings = facts({"what": texts})
budget_lines = facts(
    {},
    {
        "own": st.booleans(),
        "amount_eur": st.integers(0, 10**9),
        "funders": st.lists(texts, max_size=2),
        "note": texts,
    },
)
partners = facts({"name": texts})
judgements: st.SearchStrategy[Raw] = st.fixed_dictionaries(
    {"verdict": VERDICTS, "by": texts, "date": dates, "reason": texts}
)
judgements_by_part: st.SearchStrategy[Raw] = st.fixed_dictionaries(
    {
        "parts": st.dictionaries(st.sampled_from(SIDES), VERDICTS, min_size=1),
        "by": texts,
        "date": dates,
        "reason": texts,
    }
)
suggestions = texts | st.fixed_dictionaries(
    {"by": texts}, optional={"via": texts, "date": dates, "wording": texts}
)


def _few(each: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, max_size=3)


def _places(dimension: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(_codes(dimension)), min_size=1, max_size=3, unique=True)


def _verdicts() -> st.SearchStrategy[Raw]:
    kinds: dict[str, st.SearchStrategy[Raw]]
    kinds = {criterion.id: judgements for criterion in programme().criteria}
    kinds["multi-helix"] |= judgements_by_part
    return st.fixed_dictionaries({}, optional=kinds)


def _sources() -> Raw:
    return {each: {"title": title} for each, title in TITLES.items()}


def ecosystems() -> st.SearchStrategy[Raw]:
    """Valid ecosystems as raw documents, every key of the format now and then."""
    return st.fixed_dictionaries(
        {
            "id": ids,
            "name": texts,
            "provinces": _places("provinces"),
            "themes": _places("themes"),
            "sources": st.builds(_sources),
        },
        optional={
            "aliases": _few(texts),
            "scope": st.sampled_from(("municipal", "provincial", "multi-provincial", "national")),
            "seat": texts,
            "founded": years,
            "end_date": years | st.just("open"),
            "website": st.just("https://example.org/é"),
            "lead": st.fixed_dictionaries({"who": texts, "kind": st.just("business")}),
            "named_in_study": _few(st.sampled_from(("survey", "interview"))),
            "suggested_by": _few(suggestions),
            "challenges": _few(challenges),
            "life_domains": _few(life_domains),
            "comparable_elsewhere": _few(findings),
            "maturity": _few(findings),
            "budget": _few(budget_lines),
            "partners": st.fixed_dictionaries({}, optional=dict.fromkeys(SIDES, _few(partners))),
            "verdicts": _verdicts(),
            "note": texts,
        },
    )


def documents(max_size: int = 5) -> st.SearchStrategy[Raw]:
    """Valid long lists as raw documents."""
    return st.fixed_dictionaries(
        {
            "title": texts,
            "as_of": dates,
            "ecosystems": st.lists(
                ecosystems(), min_size=1, max_size=max_size, unique_by=lambda each: each["id"]
            ),
        }
    )


@cache
def _validator() -> SchemaValidator:
    return SchemaValidator(ecosystem_shape(programme()))


def as_value(raw: Raw) -> Ecosystem:
    """The core value of a raw ecosystem."""
    value: Ecosystem = _validator().validate_python(raw)
    return value


@st.composite
def longlists(draw: st.DrawFn, max_size: int = 5) -> Longlist:
    """Valid long lists as core values."""
    raw = draw(documents(max_size))
    as_of: date = draw(st.dates())
    return Longlist(
        title=raw["title"],
        as_of=as_of,
        ecosystems=tuple(sorted(map(as_value, raw["ecosystems"]), key=lambda each: each.id)),
    )
