"""Doubts about where things were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.loading.doubts.subject import doubt, source_of, sources_of
from kiamv_cli.loading.entry import LEAD, as_mapping, as_text, as_year
from kiamv_cli.loading.hints import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.loading.doubts.subject import Subject
    from kiamv_cli.loading.flaw import Flaw

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
