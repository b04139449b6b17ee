"""Several lists as one: nobody twice, nothing lost, nothing overwritten."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from strategies.longlist import Raw, as_value, longlists

from kiamv_cli.longlist.model.joining import Entry
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist, Suggestion
from kiamv_cli.longlist.model.lookup import contributions
from kiamv_cli.longlist.model.merging import merge


def listed(title: str, *ecosystems: Ecosystem) -> Longlist:
    return Longlist(title=title, as_of=date(2020, 1, 1), ecosystems=ecosystems)


def made(known_as: str, /, **said: object) -> Ecosystem:
    raw: Raw = {
        "id": known_as,
        "name": known_as.title(),
        "provinces": ["NL-GR"],
        "themes": ["energy"],
    }
    return as_value({**raw, **said})


def test_what_only_the_other_says_is_added_and_what_they_contradict_is_told() -> None:
    one = made(
        "alfa",
        seat="Assen",
        maturity=[{"what": "grew", "source": "s1"}],
        partners={"industry": [], "research": [{"name": "RUG"}]},
        sources={"s1": {"title": "One"}},
    )
    other = made(
        "alfa",
        name="Project Alfa",
        seat="Emmen",
        founded=2010,
        maturity=[{"what": "grew", "source": "s9"}, {"what": "copied", "source": "s1"}],
        partners={"industry": [{"name": "Philips"}], "citizens": []},
        sources={"s9": {"title": "One"}, "s1": {"title": "Two"}},
    )
    found = merge([listed("Ours", one), listed("Theirs", other)])
    (each,) = found.ecosystems
    assert (each.seat, each.founded, each.aliases) == ("Assen", 2010, ("Project Alfa",))
    assert [(fact.what, fact.source) for fact in each.maturity or ()] == [
        ("grew", "s1"),
        ("copied", "s2"),
    ]
    assert {key: source.title for key, source in each.sources.items()} == {"s1": "One", "s2": "Two"}
    assert [one.name for one in each.partners.industry or ()] == ["Philips"]
    assert each.partners.citizens == ()
    assert each.suggested_by == (
        Suggestion(by="Ours"),
        Suggestion(by="Theirs", wording="Project Alfa"),
    )
    assert [
        (one.key, one.kept_by.list, one.other_by.list, one.reason) for one in found.contradictions
    ] == [("seat", 0, 1, "first"), ("partners.industry", 1, 0, "facts")]


def test_decided_identities_merge_within_a_list_and_across_lists() -> None:
    same = {"alfa": "Alfa", "Project Alfa": "Alfa", "Alpha": "Alfa"}
    lists = [
        listed("Ours", made("alfa"), made("beta", name="Project Alfa"), made("gamma")),
        listed("Theirs", made("delta", aliases=["Alpha"])),
    ]
    found = merge(lists, same.get)
    assert [each.id for each in found.ecosystems] == ["alfa", "gamma"]
    assert found.origins["alfa"] == ((0, "alfa"), (0, "beta"), (1, "delta"))
    assert found.ecosystems[0].aliases == ("Project Alfa", "Delta", "Alpha")


def test_of_two_entries_of_one_list_the_first_stays_and_both_count_as_suggested() -> None:
    first = made("zeta", budget=[{"own": True, "amount_eur": 5_000_000}], founded=2001)
    second = made("alfa", budget=[{"own": True, "amount_eur": 4_500_000}], founded=2002)
    again = made("zeta-2", name="Zeta", budget=[{"own": True, "amount_eur": 5_000_000}])
    rest = made("other", name="Other")
    found = merge(
        [listed("Ours", first, rest, second, again)], lambda name: "Z" if "a" in name else None
    )
    one, each = found.ecosystems
    assert one.suggested_by == (Suggestion(by="Ours"),)
    assert (each.id, each.name, each.founded) == ("zeta", "Zeta", 2001)
    assert [one.amount_eur for one in each.budget or ()] == [5_000_000, 4_500_000]
    assert each.suggested_by == (
        Suggestion(by="Ours"),
        Suggestion(by="Ours", wording="Alfa"),
        Suggestion(by="Ours"),
    )
    zeta, alfa = Entry(0, "zeta", "Zeta"), Entry(0, "alfa", "Alfa")
    assert [(one.key, one.kept_by, one.other_by) for one in found.contradictions] == [
        ("founded", zeta, alfa)
    ]
    assert [(one.id, one.kept_by, one.other_by) for one in found.pooled] == [("zeta", zeta, alfa)]


@pytest.mark.slow
@given(longlist=longlists())
def test_one_list_stays_as_it_is_and_one_merged_with_itself_says_no_more(
    longlist: Longlist,
) -> None:
    assert merge([longlist]).ecosystems == longlist.ecosystems
    twice = merge([longlist, longlist])
    assert not twice.contradictions
    assert not twice.pooled
    assert [each.id for each in twice.ecosystems] == [each.id for each in longlist.ecosystems]
    again = merge([listed(longlist.title, *twice.ecosystems), longlist])
    assert again.ecosystems == twice.ecosystems


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(one=longlists(max_size=2), other=longlists(max_size=2))
def test_nobody_is_lost_and_every_suggestion_is_kept(one: Longlist, other: Longlist) -> None:
    found = {each.id: each for each in merge([one, other]).ecosystems}
    for longlist in (one, other):
        for each in longlist.ecosystems:
            kept = found[each.id]
            assert {s.by for s in each.suggested_by} <= {s.by for s in kept.suggested_by}
            assert each.name in (kept.name, *kept.aliases) or any(
                each.name.casefold() == name.casefold() for name in (kept.name, *kept.aliases)
            )
            assert set(each.sources.values()) <= set(kept.sources.values())
            for fact in each.maturity or ():
                assert not kept.maturity or fact.what in {own.what for own in kept.maturity}


def test_sources_are_counted_alone_together_and_in_the_shortlist() -> None:
    longlist = listed(
        "L",
        made("a", suggested_by=["rom", "call"]),
        made("b", suggested_by=["rom"]),
        made("c"),
        made("d", suggested_by=["call", {"by": "call", "via": "mail"}]),
    )
    found = contributions(longlist, {"a", "c"})
    assert [(each.by, each.brought, each.alone, each.selected) for each in found.sources] == [
        ("call", ("a", "d"), ("d",), ("a",)),
        ("rom", ("a", "b"), ("b",), ("a",)),
    ]
    assert found.overlaps == {("call", "rom"): ("a",)}
    assert (found.unnamed, found.unnamed_selected) == (("c",), ("c",))


def test_lists_without_a_common_ecosystem_keep_who_suggested_each() -> None:
    found = merge([listed("Ours", made("alfa")), listed("Theirs", made("beta"), made("gamma"))])
    assert [each.suggested_by for each in found.ecosystems] == [
        (Suggestion(by="Ours"),),
        (Suggestion(by="Theirs"),),
        (Suggestion(by="Theirs"),),
    ]


def test_an_entry_that_says_nothing_more_gives_way_whatever_sorts_first() -> None:
    bare = made("a-stub", name="Stub", provinces=["NL-UT"], themes=["health"], note="see mail")
    full = made("lab", name="Lab", provinces=["NL-GR", "NL-FR"], seat="Assen", note="good")
    for lists in ([listed("One", bare, full)], [listed("One", bare), listed("Two", full)]):
        found = merge(lists, lambda _: "same")
        (each,) = found.ecosystems
        assert (each.id, each.name, each.seat) == ("lab", "Lab", "Assen")
        assert (each.provinces, each.themes) == (("NL-GR", "NL-FR"), ("energy",))
        assert (each.aliases, each.note) == (("Stub",), "good\nsee mail")
        assert set(found.origins) == {"lab"}
        assert [(one.id, one.key, one.other, one.reason) for one in found.contradictions] == [
            ("lab", "provinces", ("NL-UT",), "bare"),
            ("lab", "themes", ("health",), "bare"),
        ]


def test_each_value_stays_for_a_reason_of_its_own() -> None:
    early = {"verdict": "met", "by": "A", "date": "2018-01-01", "reason": "then"}
    late = {"verdict": "partly", "by": "B", "date": "2019-01-01", "reason": "now"}
    one = made(
        "alfa",
        seat="Assen",
        provinces=["NL-GR"],
        themes=["energy", "health"],
        lead={"who": "Town", "kind": "government"},
        verdicts={"regional": early, "multi-helix": late},
        maturity=[{"what": "grew"}],
        budget=[],
    )
    other = made(
        "alfa",
        seat="Emmen",
        provinces=["NL-FR", "NL-GR"],
        themes=["health"],
        lead={"who": "Firm", "kind": "business", "source": "s1"},
        verdicts={"regional": late, "multi-helix": early},
        maturity=[],
        budget=[{"own": True}],
        sources={"s1": {"title": "Report"}},
    )
    found = merge([listed("Ours", one), listed("Theirs", other)])
    (each,) = found.ecosystems
    assert (each.seat, each.provinces, each.themes) == (
        "Assen",
        ("NL-FR", "NL-GR"),
        ("energy", "health"),
    )
    assert each.lead
    assert (each.lead.who, each.verdicts["regional"].by) == ("Firm", "B")
    assert each.verdicts["multi-helix"].by == "B"
    assert (len(each.maturity or ()), len(each.budget or ())) == (1, 1)
    assert {(one.key, one.reason, one.kept_by.list) for one in found.contradictions} == {
        ("seat", "first", 0),
        ("provinces", "fuller", 1),
        ("themes", "fuller", 0),
        ("lead", "sourced", 1),
        ("verdicts.regional", "later", 1),
        ("verdicts.multi-helix", "later", 0),
        ("maturity", "facts", 0),
        ("budget", "facts", 1),
    }


def test_what_is_kept_of_a_later_list_is_told_as_said_there() -> None:
    lists = [
        listed("One", made("alfa", scope="national")),
        listed("Two", made("alfa", seat="Assen")),
        listed("Three", made("alfa", seat="Emmen")),
    ]
    (only,) = merge(lists).contradictions
    assert (only.kept, only.kept_by.list, only.other, only.other_by.list) == (
        "Assen",
        1,
        "Emmen",
        2,
    )


def test_an_id_that_was_merged_stays_that_of_one_ecosystem() -> None:
    same = {"alfa": "A", "Project Beta": "A"}
    lists = [
        listed("One", made("alfa"), made("beta", name="Project Beta", seat="Assen")),
        listed("Two", made("beta", founded=2001)),
    ]
    found = merge(lists, same.get)
    (each,) = found.ecosystems
    assert (each.id, each.seat, each.founded) == ("beta", "Assen", 2001)
    assert found.origins == {"beta": ((0, "alfa"), (0, "beta"), (1, "beta"))}
