"""Warnings about statements, about texts as such, and about where they were read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import shown
from kiamv_cli.longlist.checks.subject import source_of, sources_of, warning
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

    from kiamv_cli.formats.plain import Flaw, Path, Plain
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
            message = Text("K930.no-challenge-theme", theme=theme)
            hint = Text("K930.add-challenge-take-theme")
            yield warning(("themes", index), message, hint)
    for index, challenge in enumerate(challenges):
        theme = as_text(challenge.get("theme"))
        if themes and theme and theme not in themes:
            message = Text("K931.challenge-theme-ecosystem-does", theme=theme)
            hint = Text("K931.add-themes-correct-challenge", theme=theme)
            yield warning(("challenges", index, "theme"), message, hint)


def _scope(subject: Subject) -> Iterator[Flaw]:
    scope = as_text(subject.entry.get("scope"))
    provinces = len(as_list(subject.entry.get("provinces")))
    alone = scope in {"municipal", "provincial"}
    if alone and provinces > 1:
        message = Text("K932.scope-but-provinces-listed", scope=scope, provinces=provinces)
    elif scope == "multi-provincial" and provinces == 1:
        message = Text("K932.scope-multi-provincial-but")
    else:
        return
    yield warning(("scope",), message, Text("K932.correct-scope-provinces"))


def _said_twice(subject: Subject) -> Iterator[Flaw]:
    for key in FACT_LISTS:
        first: dict[tuple[Plain, ...], int] = {}
        facts = as_list(subject.entry.get(key))
        for index, each in enumerate(facts if len(facts) > 1 else ()):
            said = _statement(as_mapping(each), key)
            if said and first.setdefault(said, index) != index:
                message = Text("K933.same-said-already-number", key=key, number=first[said] + 1)
                hint = Text("K933.keep-one-fact-counts")
                yield warning((key, index), message, hint)


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
            hint = Text("K934.counts-partner-name-least")
            yield warning(path, Text("K934.partner-not-named", name=shown(name)), hint)
        elif same and same in own:
            hint = Text("K935.partner-somebody-else-take")
            yield warning(path, Text("K935.ecosystem-named-own-partner"), hint)
        elif same and first.setdefault(same, path) is not path:
            side, before = path[1], first[same][1]
            if side == before:
                message = Text("K936.partner-twice", name=shown(name), side=side)
            else:
                message = Text("K936.partner", name=shown(name), before=before, side=side)
            yield warning(path, message, Text("K936.keep-side-takes-part"))


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
        message = Text("K938.hardly-web-address", value=shown(value))
        yield warning(path, message, Text("K938.copy-again-browser"))


def _reason(reason: str, criterion: str) -> Iterator[Flaw]:
    words = re.findall(r"[^\W\d_]+", reason)
    if reason.strip() and (len(words) < _FEWEST_WORDS or reason.casefold().strip() in _NO_REASONS):
        message = Text("K937.no-reason-others-can", reason=shown(reason))
        hint = Text("K937.say-sentence-verdict-rests")
        yield warning(("verdicts", criterion, "reason"), message, hint)


def _garbled(subject: Subject) -> Iterator[Flaw]:
    for path, text in texts(subject.entry):
        found = _GARBLED.search(text)
        if found:
            message = Text("K939.text-garbled-way", text=shown(found[0]))
            yield warning(path, message, Text("K939.copy-text-again-where"))


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
        message = Text("K907.all-facts-come-single", traced=traced, source=shown(used.pop()))
        hint = Text("K907.look-second-source-does")
        yield warning(("sources",), message, hint, on_key=True)
    for path, fact in subject.sourced:
        since = as_year(fact.get("since"))
        if since is None or path[0] == "budget":  # money is granted ahead of its years
            continue
        year = subject.written.get(source_of(fact), since)
        if since > year:
            message = Text("K909.holds-but-source", since=since, year=year)
            hint = Text("K909.only-plan-then-look")
            yield warning(path, message, hint)


def _missing(subject: Subject) -> Iterator[Flaw]:
    for path, fact in subject.sourced:
        if "source" not in fact:
            lead = path == LEAD
            message = Text("K903.lead-no-source") if lead else Text("K903.fact-no-source")
            hint = Text("K903.say-where-read-add")
            yield warning(path, message, hint)


def _listed(subject: Subject, used: set[str]) -> Iterator[Flaw]:
    pages: dict[str, str] = {}
    for name, each in subject.sources.items():
        source = as_mapping(each)
        if name not in used:
            hint = Text("K904.give-facts-read-take")
            message = Text("K904.nothing-refers-source", name=shown(name))
            yield warning(("sources", name), message, hint, on_key=True)
        if source and "url" not in source and "publisher" not in source:
            message = Text("K905.source-no-url-no", name=shown(name))
            hint = Text("K905.add-others-need-find")
            yield warning(("sources", name), message, hint, on_key=True)
        page = as_text(source.get("url")).partition("#")[0].rstrip("/")
        if page and pages.setdefault(page, name) != name:
            message = Text("K906.sources-same-page", first=shown(pages[page]), name=shown(name))
            yield warning(("sources", name, "url"), message, Text("hints.keep-one-two"))
