"""The page of a report: well-formed, closed by its policy, and saying what was computed."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import SIZE, small_report

from kiamv_cli import rivals
from kiamv_cli.display.html import el, link, markup
from kiamv_cli.display.text import clean
from kiamv_cli.reports.view.context import Context
from kiamv_cli.reports.view.members import members
from kiamv_cli.reports.view.method import method
from kiamv_cli.reports.view.page import page
from kiamv_cli.reports.view.summary import proof_section
from kiamv_cli.selection import Wanted
from kiamv_cli.selection.model.shortlist import spread_of
from kiamv_cli.selection.model.spread import spread
from kiamv_cli.selection.view.place import PlaceWords

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import Evidence
    from kiamv_cli.reports import Report
    from kiamv_cli.selection.model.near_misses import Margin

EMPTY = {"meta", "input", "br", "path", "rect", "circle"}


class Reader(HTMLParser):
    """Notes what a page holds, and fails where an element is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.labels: set[str] = set()
        self.headings: list[int] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in EMPTY:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            assert name != "style"
            assert not name.startswith("on")
            if name == "id":
                self.ids[value or ""] += 1
            if name == "href" and value and value.startswith("#"):
                self.links.add(value[1:])
            if name in {"for", "aria-labelledby"}:
                self.labels.update((value or "").split())

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def written() -> str:
    return page(small_report())


@pytest.fixture(scope="module")
def reader(written: str) -> Reader:
    made = Reader()
    made.feed(written)
    made.close()
    return made


@pytest.mark.slow
def test_every_element_is_closed_and_every_id_is_one(reader: Reader) -> None:
    assert reader.open == []
    assert [name for name, times in reader.ids.items() if times > 1] == []


def test_every_link_and_label_leads_somewhere(reader: Reader) -> None:
    assert reader.links <= set(reader.ids)
    assert reader.labels <= set(reader.ids)


def test_no_level_of_heading_is_skipped(reader: Reader) -> None:
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    steps = zip(reader.headings, reader.headings[1:], strict=False)
    assert all(below <= above + 1 for above, below in steps)


def test_the_policy_allows_its_own_style_and_program_and_nothing_else(written: str) -> None:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', written)
    assert found
    policy = dict(rule.split(" ", 1) for rule in found[1].replace("&#x27;", "'").split("; "))
    assert policy.pop("img-src") == "data:"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", written, re.DOTALL)
        hashed = b64encode(sha256(inside.encode()).digest()).decode()
        assert policy.pop(rule) == f"'sha256-{hashed}'"
    assert set(policy) == {"default-src", "base-uri", "form-action"}
    assert set(policy.values()) == {"'none'"}


def test_asks_nothing_of_the_network(written: str) -> None:
    outside = re.sub(r'(href|content)="[^"]*"', "", written)
    assert not re.search(r"(src|srcset|data|action)=\"(?!data:)", outside.replace(" data-", " "))
    assert "@import" not in written
    assert "url(" not in written
    assert "<link" not in written


@given(st.text(), st.text())
def test_text_comes_out_as_it_went_in(text: str, attribute: str) -> None:
    made = Reader()
    made.feed(markup(el("p", text, title=attribute)))
    made.close()
    assert made.open == []
    lines = re.split(r"\r\n?|\n", text)  # between these stands <br>, which has no text
    shown = (
        clean("".join(lines).replace("\t", " "))
        .replace("\ufffe", "\ufffd")
        .replace("\uffff", "\ufffd")
    )
    assert made.text == shown


@given(st.text() | st.sampled_from(["javascript:x", "JAVASCRIPT:x", "data:text/html,x", "//x"]))
def test_only_web_pages_are_linked(url: str) -> None:
    made = markup(link(url, "text"))
    assert ("<a " in made) == url.lower().startswith(("http://", "https://"))


def test_names_every_member_and_every_ecosystem(reader: Reader) -> None:
    report = small_report()
    for one in report.scores.longlist.ecosystems:
        assert clean(one.name) in reader.text
        assert {f"eco-{one.id}", f"row-{one.id}", f"card-{one.id}"} <= set(reader.ids)
    assert f"Of 16 ecosystems on the long list, {SIZE} were selected." in reader.text


def test_what_a_member_holds_up_falls_short_without_it() -> None:
    report = small_report()
    found = report.shortlist
    by_id = {one.id: one for one in report.scores.longlist.ecosystems}
    for member in found.selection.members:
        others = [by_id[each] for each in found.selection.members if each != member]
        short = set()
        for dimension in report.request.balance:
            goal = {one.id: one.target for one in found.spread[dimension]}
            without = spread((each.categories(dimension, 2020) for each in others), goal)
            short |= {
                (dimension, after.id)
                for before, after in zip(found.spread[dimension], without, strict=True)
                if after.seats < after.low and after.seats < before.seats
            }
        assert set(report.held_up(member)) == short


@pytest.mark.slow
def test_the_nearest_are_those_that_the_search_for_rivals_finds() -> None:
    report = small_report()
    found = rivals(report.shortlist, Wanted(margins=True))
    near = {one.id: one.threshold for one in found.outsiders if one.threshold is not None}
    for one in report.nearest:
        place = one.place
        assert place is not None
        if place.margin.id in near:
            assert place.margin.threshold == near[place.margin.id]
    more = [
        one.place.margin.threshold - one.place.margin.score
        for one in report.nearest
        if one.place and one.place.margin.threshold is not None
    ]
    assert more == sorted(more)
    assert all(each >= Fraction(0) for each in more)
    assert spread_of(report.scores, report.shortlist.selection.members, {}).keys()


def with_margin(margin: Margin) -> str:
    """The part on the members, where one ecosystem has this margin."""
    whole = small_report()
    one = whole.explained(margin.id)
    assert one.place is not None
    changed = replace(one, place=replace(one.place, margin=margin))
    others = (changed if each is one else each for each in whole.explanation.ecosystems)
    explanation = replace(whole.explanation, ecosystems=tuple(others))
    made = Reader()
    made.feed(markup(members(Context(replace(whole, explanation=explanation)))))
    return made.text


@pytest.mark.parametrize(
    ("member", "inside", "said", "explained"),
    [
        (True, True, "It drops out below 0.17: a margin of", "fell below 0.17, which"),
        (True, False, "It drops out at 0.17 or less:", "fell to 0.17 or below, which"),
        (False, True, "0.92 (11/12) or more", "a score of 0.92 or more, which"),
        (False, False, "more than 0.92 (11/12)", "a score of more than 0.92, which"),
    ],
)
def test_whether_the_line_itself_is_in_is_said_as_elsewhere(
    *, member: bool, inside: bool, said: str, explained: str
) -> None:
    report = small_report()
    one = next(
        one
        for one in report.explanation.ecosystems
        if one.place and one.place.margin.member == member and one.place.margin.threshold
    )
    assert one.place is not None
    line = Fraction(1, 6) if member else Fraction(11, 12)
    margin = replace(one.place.margin, score=Fraction(1, 2), threshold=line, in_at_threshold=inside)
    assert said in with_margin(margin)
    words = PlaceWords(report.scores, report.request)
    told = " ".join(words.sentences(one.scored, replace(one.place, margin=margin)))
    assert explained in told


def untraced(report: Report, number: int) -> Report:
    """Take their source away from the first so many facts."""
    left = iter(range(number))

    def bare(one: Evidence) -> Evidence:
        return (
            one if next(left, None) is None else replace(one, fact=replace(one.fact, source=None))
        )

    changed = tuple(
        replace(
            one,
            evidence=tuple(
                replace(known, facts=tuple(map(bare, known.facts))) for known in one.evidence
            ),
        )
        for one in report.explanation.ecosystems
    )
    return replace(report, explanation=replace(report.explanation, ecosystems=changed))


def facts_in(one: Ecosystem) -> int:
    names = ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget")
    sides = ("industry", "government", "research", "citizens")
    lists = [getattr(one, name) for name in names] + [getattr(one.partners, side) for side in sides]
    return sum(len(each or ()) for each in lists)


def how_it_works(report: Report) -> str:
    made = Reader()
    made.feed(markup(method(Context(report))))
    return made.text


def test_how_many_facts_have_no_source_is_counted() -> None:
    report = small_report()
    total = sum(map(facts_in, report.scores.longlist.ecosystems))
    assert f"All {total} facts have a source." in how_it_works(report)
    assert f"Of {total} facts, 1 has no source." in how_it_works(untraced(report, 1))
    assert f"Of {total} facts, 3 have no source." in how_it_works(untraced(report, 3))
    none = replace(report.explanation, ecosystems=())
    assert "a source" not in how_it_works(replace(report, explanation=none))


def of_proof(report: Report) -> str:
    made = Reader()
    made.feed(markup(proof_section(Context(report))))
    return made.text


def in_classes(report: Report, *ids: str) -> Report:
    """Put the members in these classes at worst, the last for all others."""
    found = report.shortlist
    changed = tuple(
        replace(
            one,
            scored=replace(
                one.scored, worst=replace(one.scored.worst, id=ids[min(place, len(ids) - 1)])
            ),
        )
        for place, one in enumerate(found.members)
    )
    other = replace(found)
    other.__dict__["members"] = changed
    return replace(report, shortlist=other)


def test_the_classes_of_the_members_are_counted_unless_all_are_in_the_best() -> None:
    report = small_report()
    mixed = of_proof(in_classes(report, "eligible", "ineligible", "eligible", "borderline"))
    assert f"badly: 2 eligible, {SIZE - 3} borderline and 1 ineligible." in mixed
    alike = of_proof(in_classes(report, "borderline"))
    assert f"badly: {SIZE} borderline." in alike
    assert "classes at worst" not in of_proof(in_classes(report, "eligible"))
