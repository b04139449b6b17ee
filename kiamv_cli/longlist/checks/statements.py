"""Doubts about statements, about texts as such, and about where they were read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.language import _
from kiamv_cli.formats.hints import shown
from kiamv_cli.longlist.checks.subject import doubt, source_of, sources_of
from kiamv_cli.longlist.reading.entry import (
    FACT_LISTS,
    LEAD,
    as_list,
    as_mapping,
    as_text,
    as_year,
    partners,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.formats.flaw import Flaw
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.longlist.checks.subject import Subject


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


_ADDRESS = re.compile(
    r"https?://([^\W_]([\w-]*[^\W_])?\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)\.?(:\d+)?([/?#]\S*)?(?<![,;])",
    re.IGNORECASE,
)
# UTF-8 that was read as Windows-1252 (é, quotes and the like), HTML, and the sign for "unreadable".
_GARBLED = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u2013-\u2122]|\u00e2\u20ac|\ufffd"
    "|&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{1,2}(?:uml|acute|grave|circ|cedil)|#\\d+);"
    "|</?(?:a|b|br|div|em|i|li|p|span|strong|ul)\\b[^<>]*>"
)
_NO_REASONS = {"see above", "zie boven", "to do", "nog invullen", "no reason", "geen reden"}
_FEWEST_WORDS = 2


def about_texts(subject: Subject) -> Iterator[Flaw]:
    """Find addresses that lead nowhere, reasons that give none, and garbled text."""
    yield from _address(subject.entry.get("website"), ("website",))
    for name, source in subject.sources.items():
        yield from _address(as_mapping(source).get("url"), ("sources", name, "url"))
    for name, judgement in as_mapping(subject.entry.get("verdicts")).items():
        yield from _reason(as_text(as_mapping(judgement).get("reason")), name)
    # One look at all texts at once is much faster than one at each.
    written = subject.text
    if not written.isascii() or "&" in written or "<" in written:
        yield from _garbled(subject)


def _address(value: object, path: Path) -> Iterator[Flaw]:
    # What does not start like an address is an error, told elsewhere.
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return
    if not _ADDRESS.fullmatch(value):
        message = _("{value} is hardly a web address", value=shown(value))
        yield doubt("K938", path, message, _("Copy it again from the browser"))


def _reason(reason: str, criterion: str) -> Iterator[Flaw]:
    words = re.findall(r"[^\W\d_]+", reason)
    if reason.strip() and (len(words) < _FEWEST_WORDS or reason.casefold().strip() in _NO_REASONS):
        message = _("{reason} is no reason that others can follow", reason=shown(reason))
        hint = _("Say in a sentence what the verdict rests on")
        yield doubt("K937", ("verdicts", criterion, "reason"), message, hint)


def _garbled(subject: Subject) -> Iterator[Flaw]:
    for path, text in texts(subject.entry):
        found = _GARBLED.search(text)
        if found:
            message = _("{text} in this text was garbled on the way", text=shown(found[0]))
            yield doubt("K939", path, message, _("Copy the text again from where it was read"))


# So many facts from a single source are no longer just a beginning.
_FEW_FACTS = 3


def about_sources(subject: Subject) -> Iterator[Flaw]:
    """Find facts that cannot be traced, sources that serve nothing, and what hangs on one."""
    yield from _missing(subject)
    used = {name for _, fact in subject.sourced for name in sources_of(fact)}
    used &= subject.sources.keys()
    yield from _listed(subject, used)
    traced = sum("source" in fact for _, fact in subject.facts)
    if len(used) == 1 and traced >= _FEW_FACTS:
        message = _(
            "all {traced} facts come from a single source, {source}",
            traced=traced,
            source=shown(used.pop()),
        )
        hint = _("Look for a second source that does not copy the first")
        yield doubt("K907", ("sources",), message, hint, on_key=True)
    for path, fact in subject.sourced:
        since = as_year(fact.get("since"))
        if since is None or path[0] == "budget":  # money is granted ahead of its years
            continue
        year = subject.written.get(source_of(fact), since)
        if since > year:
            message = _(
                "it holds from {since}, but its source is of {year}", since=since, year=year
            )
            hint = _("Was it only a plan? Then look for a source that shows it came about")
            yield doubt("K909", path, message, hint)


def _missing(subject: Subject) -> Iterator[Flaw]:
    for path, fact in subject.sourced:
        if "source" not in fact:
            lead = path == LEAD
            message = _("the lead has no source") if lead else _("this fact has no source")
            hint = _("Say where it was read: add source, and the page to sources")
            yield doubt("K903", path, message, hint)


def _listed(subject: Subject, used: set[str]) -> Iterator[Flaw]:
    pages: dict[str, str] = {}
    for name, each in subject.sources.items():
        source = as_mapping(each)
        if name not in used:
            hint = _("Give it to the facts that were read there, or take it out")
            message = _("nothing refers to the source {name}", name=shown(name))
            yield doubt("K904", ("sources", name), message, hint, on_key=True)
        if source and "url" not in source and "publisher" not in source:
            message = _("the source {name} has no url and no publisher", name=shown(name))
            hint = _("Add what others need to find it")
            yield doubt("K905", ("sources", name), message, hint, on_key=True)
        page = as_text(source.get("url")).partition("#")[0].rstrip("/")
        if page and pages.setdefault(page, name) != name:
            message = _(
                "the sources {first} and {name} are the same page",
                first=shown(pages[page]),
                name=shown(name),
            )
            yield doubt("K906", ("sources", name, "url"), message, _("Keep one of the two"))
