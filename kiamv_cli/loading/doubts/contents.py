"""Doubts about what is said: themes, scope, partners, and statements made twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.core.labels import folded
from kiamv_cli.language import _
from kiamv_cli.loading.doubts.subject import doubt, source_of
from kiamv_cli.loading.entry import FACT_LISTS, as_list, as_mapping, as_text, as_year, partners
from kiamv_cli.loading.hints import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.loading.doubts.subject import Subject
    from kiamv_cli.loading.flaw import Flaw
    from kiamv_cli.loading.plain import Path, Plain

# A name that stands for nobody in particular, in English and Dutch; and such words behind one.
_NOT_NAMED = re.compile(r"\((names? )?(not named|unnamed|niet genoemd|onbekend)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"(unknown|unnamed|not named|various|several|others|et al\.?|tbd|n\.?b\.?"
    r"|onbekend|diverse|divers|anderen|overige|meerdere|e\.?a\.?|nog onbekend)\b(?!-)"
    r"|[\W_]+$",
    re.IGNORECASE,
)


def about_contents(subject: Subject) -> Iterator[Flaw]:
    """Find themes and scope that the facts do not bear out, and what was said before."""
    yield from _themes(subject)
    yield from _scope(subject)
    yield from _said_twice(subject)
    yield from _partners(subject)


def _themes(subject: Subject) -> Iterator[Flaw]:
    challenges = [as_mapping(each) for each in as_list(subject.entry.get("challenges"))]
    worked_on = {as_text(each.get("theme")) for each in challenges}
    themes = [as_text(each) for each in as_list(subject.entry.get("themes"))]
    for index, theme in enumerate(themes):
        if challenges and theme and theme not in worked_on:
            message = _("no challenge is in the theme {theme}", theme=theme)
            hint = _("Add the challenge, or take the theme out: it takes a share of a seat")
            yield doubt("K930", ("themes", index), message, hint)
    for index, challenge in enumerate(challenges):
        theme = as_text(challenge.get("theme"))
        if themes and theme and theme not in themes:
            message = _(
                "the challenge is in the theme {theme}, which the ecosystem does not list",
                theme=theme,
            )
            hint = _("Add {theme} to themes, or correct the challenge", theme=theme)
            yield doubt("K931", ("challenges", index, "theme"), message, hint)


def _scope(subject: Subject) -> Iterator[Flaw]:
    scope = as_text(subject.entry.get("scope"))
    provinces = len(as_list(subject.entry.get("provinces")))
    alone = scope in {"municipal", "provincial"}
    if alone and provinces > 1:
        message = _(
            "the scope is {scope}, but {provinces} provinces are listed",
            scope=scope,
            provinces=provinces,
        )
    elif scope == "multi-provincial" and provinces == 1:
        message = _("the scope is multi-provincial, but only one province is listed")
    else:
        return
    yield doubt("K932", ("scope",), message, _("Correct the scope or the provinces"))


def _said_twice(subject: Subject) -> Iterator[Flaw]:
    for key in FACT_LISTS:
        first: dict[tuple[Plain, ...], int] = {}
        facts = as_list(subject.entry.get(key))
        for index, each in enumerate(facts if len(facts) > 1 else ()):
            said = _statement(as_mapping(each), key)
            if said and first.setdefault(said, index) != index:
                message = _(
                    "the same is said in {key} already, as number {number}",
                    key=key,
                    number=first[said] + 1,
                )
                hint = _("Keep one: a fact counts each time it is given")
                yield doubt("K933", (key, index), message, hint)


def _statement(fact: dict[str, Plain], key: str) -> tuple[Plain, ...]:
    """What a fact says, to compare; budget lines have too little text to tell them apart."""
    if key == "life_domains":
        return (as_text(fact.get("domain")), source_of(fact), as_year(fact.get("since")))
    words = folded(as_text(fact.get("what")))
    return (words, as_year(fact.get("since")), as_year(fact.get("until"))) if words else ()


def _partners(subject: Subject) -> Iterator[Flaw]:
    own = {folded(as_text(subject.entry.get("name")))}
    own |= {folded(as_text(alias)) for alias in as_list(subject.entry.get("aliases"))}
    first: dict[str, Path] = {}
    for path, partner in partners(subject.entry):
        name = as_text(partner.get("name"))
        same = folded(name)
        if name and not partner.get("literal") and _is_nobody(name.strip()):
            hint = _("It counts as a partner: name at least one, or check that there is one")
            yield doubt("K934", path, _("the partner {name} is not named", name=shown(name)), hint)
        elif same and same in own:
            hint = _("A partner is somebody else: take it out")
            yield doubt("K935", path, _("the ecosystem is named as its own partner"), hint)
        elif same and first.setdefault(same, path) is not path:
            side, before = path[1], first[same][1]
            if side == before:
                message = _("the partner {name} is in {side} twice", name=shown(name), side=side)
            else:
                message = _(
                    "the partner {name} is in {before} and in {side}",
                    name=shown(name),
                    before=before,
                    side=side,
                )
            yield doubt("K936", path, message, _("Keep the side on which it takes part"))


def _is_nobody(name: str) -> bool:
    return bool(_NOBODY.match(name) or ("(" in name and _NOT_NAMED.search(name)))
