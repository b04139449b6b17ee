"""Which names are suspected, for what reason, and how well that works on names of real lists."""

from __future__ import annotations

from csv import DictReader
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from rapidfuzz.distance import Levenshtein

from kiamv_cli import load_longlist
from kiamv_cli.base.labels import folded
from kiamv_cli.base.names import words_of
from kiamv_cli.formats.vocabulary import vocabulary
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist import same
from kiamv_cli.longlist.matching import suspects
from kiamv_cli.longlist.matching.names import allowed, near_pairs
from kiamv_cli.longlist.model.duplicates import (
    FAIR,
    STRONG,
    ContradictionError,
    Named,
    Suspicion,
    answer_on,
    gathered,
    with_answers,
    without_last,
)
from kiamv_cli.longlist.model.identity import Answer, Decision, Identities
from kiamv_cli.longlist.view.same import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAMES = Path(__file__).parents[1] / "examples" / "names"


def suspected(entries: Iterable[Named], least: int = 0) -> tuple[Suspicion, ...]:
    return suspects.suspected(entries, vocabulary(), least)


def found(*names: str) -> tuple[Suspicion, ...]:
    return suspected(Named(name=name) for name in names)


@pytest.mark.parametrize(
    ("one", "other", "kind", "strength"),
    [
        ("Samen 030", "Samen030", "same-letters", 98),
        ("Gebiedscoöperatie X", "gebiedscooperatie-x", "same-letters", 98),
        ("Safety Campus Twente", "Twente Safety Campus", "same-words", 95),
        ("Stichting Food Valley", "Foodvalley", "same-words", 95),
        ("Sports & Technology", "Sports and Technology", "same-words", 95),
        ("A.B.C. Company", "ABC Company", "same-letters", 98),
        ("Fietsfabriek N. V.", "Fietsfabriek nv", "same-letters", 98),
        ("Duinwerk AG", "Duinwerk Aktiengesellschaft", "same-words", 95),
        ("Bakkerij Joosten B.V.", "Bakkerij Joosten besloten vennootschap", "same-words", 95),
        ("Naamloze Vennootschap Gasunie", "Gasunie NV", "same-words", 95),
        ("Stichting Steenbreek", "Steenbreek Foundation", "same-words", 95),
        ("Hofmeister GmbH & Co. KG", "Hofmeister GmbH und Co KG", "same-words", 95),
        ("Caritas Emsland e.V.", "Caritas Emsland eingetragener Verein", "same-words", 95),
        ("Drie Rivieren", "3 Rivieren", "same-words", 95),
        ("Eenentwintig Bruggen", "21 bruggen", "same-words", 95),
        ("Twenty Five Mills", "25 Mills", "same-words", 95),
        ("Zwölf Apostel", "12 Apostel", "same-words", 95),
        ("Univ. of Skagerrak", "University of Skagerrak", "same-words", 95),
        ("Oesterdam Nederland", "Oesterdam, The Netherlands", "same-words", 95),
        ("Universiteit Leiden", "Leiden University", "translated", 75),
        ("Vrije Akademie Hasselt", "Free Academy Hasselt", "translated", 75),
        ("Noorderlicht BV, Assen", "Noorderlicht B.V.", "without-place", 85),
        ("Noorderlicht B.V., Assen, NL", "Noorderlicht", "without-place", 85),
        ("Noorderlicht, Assen, NL", "Noorderlicht, Assen", "without-place", 85),
        ("University of Sydney, Sydney", "University of Sydney", "without-place", 85),
        ("Noorderlicht, Assen", "Noorderlicht", "without-place", 75),
        ("Noorderlicht, Assen", "Noorderlicht, Nederland", "without-place", 75),
        ("Network Ageing Noord (NAN)", "NAN", "acronym-in-brackets", 95),
        ("Economic Board (AMEC)", "Economic Board", "without-brackets", 92),
        ("Economic Board (AMEC)", "AMEC", "in-brackets", 70),
        ("Healthy Ageing Network Northern Netherlands", "HANNN", "initials", 85),
        ("Sustainable Electrical Energy Centre of Expertise", "SEECE", "initials", 85),
        ("The Hague Security Delta", "HSD", "initials", 70),
        ("The Protein Cluster", "TPC", "initials", 70),
        ("The Hague Security Delta", "HSD (Security Delta)", "initials", 70),
        ("Sustainable Electrical Energy Centre of Expertise", "HAN (SEECE)", "initials", 85),
        (
            "Gebiedscooperatie Westerkwartier",
            "Gebiedscooperatie Westerkwatier",
            "close-spelling",
            85,
        ),
        ("Helath Hub Roden", "Health Hub Roden", "close-spelling", 72),
        ("Food Valey", "Foodvalley", "close-spelling", 78),
        ("Example Labs", "Example Lab", "close-spelling", 80),
        ("Fieldlab de Watermoln", "Fieldlab Watermolen", "close-spelling", 78),
        ("Fieldlab van Watermolen", "Fieldlab de Watermoln", "close-spelling", 78),
        ("Stichtng Food Valley", "Stichting Food Valley", "close-spelling", 75),
        ("Food Valey Oost", "Foodvalley Oost", "close-spelling", 78),
        ("Food Valley IJ", "Food Valley", "close-spelling", 60),
        ("Mineral Valley", "Mineral Valley Twente", "words-within", 70),
        ("FERM", "FERM Rotterdam", "words-within", 60),
        ("Health Hub", "Health Hub Roden", "words-within", 45),
        ("Green Deal (AMEC)", "Economic Board (AMEC)", "same-brackets", 40),
        ("Wetsus Leeuwarden", "Dairy Leeuwarden", "shared-word", 40),
    ],
)
def test_each_reason_has_its_strength(one: str, other: str, kind: str, strength: int) -> None:
    (suspicion,) = found(one, other)
    reason = suspicion.reasons[0]
    assert (reason.kind, reason.strength) == (kind, strength)
    assert {reason.one, reason.other} == {one, other}
    assert why(suspicion)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Space53", "Space54"),
        ("Slimmer Leven 2020", "Slimmer Leven 2021"),
        ("Centre of Expertise Oost", "Centre of Expertise West"),
        ("Regio Deal Zuid", "Regio Deal Noord"),
        ("Health Valley", "Seed Valley"),
        ("Medical Delta", "Clean Tech Delta"),
        ("Health Hub Roden (HHR)", "Health Hub Rotterdam"),
        ("Programmalijn A", "Programmalijn B"),
        ("Programmalijn A", "Programmalijn T"),
        ("Foo Alpha (!)", "Bar Beta (?)"),
        ("...", "!!!"),
    ],
)
def test_what_names_have_in_common_may_say_nothing(one: str, other: str) -> None:
    assert not [each for each in found(one, other) if each.strength >= FAIR]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Groep A Zuid-Limburg", "Groep B Zuid-Limburg"), ("Innovatielab UA", "Innovatielab UB")],
)
def test_a_small_word_may_be_what_tells_names_apart(one: str, other: str) -> None:
    assert all(each.strength < STRONG for each in found(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.B.C. Company", "C.B.A. Company"),
        ("X. Y. Z. Advies", "Z.Y.X. Advies"),
        ("Zhejiang A& F University", "Zhejiang University"),
        ("Texel A & M College of Agriculture", "Texel College of Agriculture"),
        ("Marsdiep A&T College", "Marsdiep College"),
        ("Lochlann University", "University of Lochlann, Lochlann"),
        ("Watt & Co", "Watt"),
        ("University of Lincoln", "Lincoln University"),
        ("Gaylord Inc", "Gaylord Ltd"),
        ("Hoeve Zonzicht BV", "Stichting Hoeve Zonzicht"),
        ("Hoeve Zonzicht BV", "Hoeve Zonzich NV"),
        ("Shell", "Shell Foundation"),
        ("Grady PLC", "Grady-Grady"),
        ("Fieldlab EV", "Fieldlab"),
        ("Stichting Leergeld, Utrecht", "Stichting Leergeld"),
        ("Stichting Leergeld, Utrecht", "Stichting Leergeld, Zwolle"),
        ("Waterweg BV, Breda", "Waterweg BV, Delft"),
        ("University of California, Davis", "University of California"),
        ("Voogd BV", "Voogd, Terpstra en Wiarda"),
        ("Drie Bruggen", "Vier Bruggen"),
        ("Kavli Neuroscience (NTNU)", "National Taiwan Normal University"),
    ],
)
def test_what_two_may_have_in_common_is_no_strong_reason(one: str, other: str) -> None:
    assert all(each.strength < STRONG for each in found(one, other))


def test_each_word_of_the_vocabulary_is_text_and_means_one_thing() -> None:
    known = vocabulary()
    assert not known.small & known.common
    spelled = {(each.words, each.meaning) for some in known.spellings.values() for each in some}
    assert len({words for words, _ in spelled}) == len(spelled)
    words = {word for some in known.spellings.values() for each in some for word in each.words}
    assert {*known.named, *known.last, *known.joining} <= words | known.small | {"plus"}
    assert known.local <= {meaning for _, meaning in spelled}
    assert all(word == "".join(words_of(word)) for word in words | known.small | known.common)


def test_a_letter_of_a_short_name_is_no_strong_reason() -> None:
    assert [each.level for each in found("Kiemt", "Kiest")] == ["fair"]
    assert not found("Ferm", "Form")


@pytest.mark.parametrize("length", [5, 9, 10, 14, 20, 24])
def test_no_place_of_the_differences_hides_a_near_text(length: int) -> None:
    """Letters that all differ, so that every piece stands in one place only."""
    random, text = Random(length), "abcdefghijklmnopqrstuvwx"[:length]
    for _ in range(2_000):
        other = text
        for number in range(allowed(length)):
            at = random.randrange(len(other) + 1)
            sign = random.choice(("", str(number)))
            other = other[:at] + sign + other[at + random.randrange(2) :]
        distance = Levenshtein.distance(text, other)
        near = 0 < distance <= allowed(min(length, len(other)))
        assert bool(list(near_pairs([text, other], 2))) == near, other


def test_a_website_is_a_reason_unless_many_have_it() -> None:
    def at(number: int, website: str) -> Named:
        return Named(name=f"{number}", website=website)

    page, site = "https://www.one.example/a/", "http://one.example/b?x=1#top"
    (whole,) = suspected([at(1, page), at(2, "http://one.example/a#top")])
    assert (whole.reasons[0].kind, whole.strength) == ("same-page", 75)
    (part,) = suspected([at(1, page), at(2, site)])
    assert (part.reasons[0].kind, part.reasons[0].shared) == ("same-site", "one.example")
    assert not suspected(at(number, page) for number in range(4))


def test_initials_and_words_that_many_have_say_nothing() -> None:
    initials = [f"{word} Beta Gamma Delta" for word in ("Aa", "Ab", "Ac", "Ad")]
    assert not [each for each in found("ABGD", *initials) if each.reasons[0].kind == "initials"]
    assert found("ABGD", *initials[:3])
    shared = [f"{word} Westerkwartier" for word in ("Bakkers", "Wevers", "Smeden", "Kopers")]
    assert not found(*shared)
    assert len(found(*shared[:3])) == 3


def test_aliases_are_names_too_and_the_reason_says_so() -> None:
    one = Named(name="Centre of Energy", id="entrance", others=("EnTranCe",))
    (suspicion,) = suspected([one, Named(name="En Trance")])
    assert why(suspicion).endswith(": 'EnTranCe' and 'En Trance'")


def test_a_pair_is_found_among_many_that_begin_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = {"Centrum Waterstof Roggen", "Centrum Watersdof Roggan"}
    others = [f"Centrum Waterstof {one}{two}orda" for one in "bcdfghjklmnp" for two in "aeiouvwxyz"]
    near = [each for each in found(*others, *pair) if {each.one.name, each.other.name} == pair]
    assert [each.level for each in near] == ["fair"]
    monkeypatch.setattr(
        "kiamv_cli.longlist.matching.names._SHARED", 0
    )  # as of a hundred times as many
    assert not [each for each in found(*others, *pair) if {each.one.name, each.other.name} == pair]


def test_many_of_one_name_are_not_paired_each_with_each() -> None:
    many = [Named(name="Same Name", id=f"e{number:03}") for number in range(200)]
    pairs = suspected(many)
    assert len(pairs) == 199
    assert {each.one.id for each in pairs} == {"e000"}


def test_one_id_is_one_entry_and_so_is_a_plain_name_with_its_entry() -> None:
    entries = gathered(
        [
            Named(name="steenbreek ", lists=("call",)),
            Named(name="Operatie Steenbreek", id="s", others=("STB",), lists=("a",)),
            Named(name="Steenbreek", id="s", website="https://s.example", lists=("b",)),
            Named(name="S", lists=("call",)),
            Named(name="HANNN", lists=("call",)),
            Named(name="hannn", lists=("mail",)),
        ]
    )
    assert [(each.id, each.name, each.lists) for each in entries] == [
        (None, "HANNN", ("call", "mail")),
        ("s", "Operatie Steenbreek", ("a", "b", "call")),
        (None, "steenbreek ", ("call",)),
    ]
    assert entries[1].others == ("STB", "Steenbreek")
    assert entries[1].website == "https://s.example"


def test_two_ids_of_one_name_are_asked_about_by_their_ids() -> None:
    (suspicion,) = suspected([Named(name="X Lab", id="x"), Named(name="x lab", id="x-2")])
    assert suspicion.reasons[0].kind == "same-name"
    assert sorted(suspicion.asked_as) == ["x", "x-2"]


# Answers


def said(one: str, answer: Answer, other: str) -> Decision:
    return Decision(one=one, answer=answer, other=other, by="A", date=date(2020, 11, 2))


def test_an_answer_on_any_name_holds_for_the_pair() -> None:
    one = Named(name="Alpha Lab", id="alpha", others=("ALab",))
    (pair,) = suspected([one, Named(name="Lab Alpha", id="beta")])
    for decision in (
        said("ALAB", "different", "lab alpha"),
        said("beta", "different", "alpha"),
    ):
        assert answer_on(pair, Identities(decisions=(decision,))).answer == "different"
    through = Identities(decisions=(said("alpha", "same", "Z"), said("Z", "same", "beta")))
    assert answer_on(pair, through).answer == "same"
    assert answer_on(pair, Identities(decisions=(said("alpha", "same", "Z"),))).answer is None


def test_an_alias_that_both_have_is_no_answer() -> None:
    pair = suspected(
        [Named(name="A Lab", id="a", others=("AMEC",)), Named(name="B", id="b", others=("AMEC",))]
    )[0]
    assert answer_on(pair, Identities(decisions=(said("AMEC", "same", "C"),))).answer is None


def test_which_one_is_a_part_of_the_other() -> None:
    (pair,) = found("Alpha Lab", "Lab Alpha")
    whole = Identities(decisions=(said("Lab Alpha", "part-of", "Alpha Lab"),))
    part = Identities(decisions=(said("alpha lab", "part-of", "Lab Alpha"),))
    assert answer_on(pair, part).turned is False
    assert answer_on(pair, whole).turned is True


def test_after_later_any_answer_may_follow_but_only_one() -> None:
    later = with_answers(Identities(), [said("A", "later", "B")])
    known = with_answers(later, [said("B", "same", "A")])
    assert known.answer("A", "B") == "same"
    assert len(known.decisions) == 2
    with pytest.raises(ContradictionError, match="already have an answer"):
        with_answers(known, [said("A", "different", "B")])
    assert with_answers(known, [said("A", "same", "B")]) == known
    assert without_last(known) == (later, said("B", "same", "A"))
    assert without_last(known, "b")[0] == later
    with pytest.raises(LookupError):
        without_last(known, "C")


# How well it works


def _study() -> tuple[set[frozenset[str]], list[list[str]]]:
    truth = read_yaml((NAMES / "truth.yaml").read_text(encoding="utf-8"), "truth.yaml").data
    assert isinstance(truth, dict)
    pairs, near = truth["same"], truth["near"]
    assert isinstance(pairs, list)
    assert isinstance(near, list)
    return {frozenset(map(folded, each)) for each in pairs}, near  # type: ignore[arg-type, return-value]


def _pairs(level: int) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """What stands on both lists of the study by its name, and what else is suspected across."""
    result = same([NAMES / "interviews.txt", NAMES / "survey.txt"])
    one_name = {frozenset({folded(each.name)}) for each in result.named if len(each.lists) > 1}
    across = {
        frozenset({folded(each.one.name), folded(each.other.name)})
        for each in result.suspicions
        if each.strength >= level and len({*each.one.lists, *each.other.lists}) > 1
    }
    return one_name, across


def test_all_pairs_of_the_two_lists_of_the_study_are_found() -> None:
    """docs/convention.md, rule N10: recall 19 of 19, precision 19 of 19 and 19 of 20."""
    pairs, near = _study()
    assert len(pairs) == 19
    one_name, strong = _pairs(STRONG)
    assert len(one_name) == 14
    assert one_name | strong == pairs
    _, suspicions = _pairs(0)
    assert len(suspicions - strong) == 1
    groups = {
        frozenset({folded(a), folded(b)}) for group in near for a, b in combinations(group, 2)
    }
    assert not groups & (one_name | strong)


@pytest.mark.parametrize(
    ("level", "right", "wrong"), [(STRONG, 21, 0), (FAIR, 26, 11), (0, 26, 15)]
)
def test_names_as_they_are_written_by_others(level: int, right: int, wrong: int) -> None:
    """Legal forms, numbers in words, letters and places, among names that only look alike."""
    assert _accuracy(_rows("variants.csv", "others"), level) == (26, right, wrong)


@pytest.mark.parametrize(("level", "right", "wrong"), [(STRONG, 20, 0), (FAIR, 57, 1), (0, 73, 8)])
def test_names_and_aliases_of_the_bundled_list(level: int, right: int, wrong: int) -> None:
    """docs/convention.md, rule N10: of 109 pairs of a name and an alias, and of all others."""
    listed = load_longlist().longlist.ecosystems
    accuracy = _accuracy({each.id: (each.name, *each.aliases) for each in listed}, level)
    assert accuracy == (109, right, wrong)


@pytest.mark.parametrize(
    ("level", "right", "wrong"), [(STRONG, 10, 0), (FAIR, 73, 53), (0, 100, 892)]
)
def test_names_and_aliases_that_the_rules_were_not_made_with(
    level: int, right: int, wrong: int
) -> None:
    """The same of 1,877 names of Dutch research organisations, 266 pairs."""
    assert _accuracy(_rows("organisations.csv", "aliases"), level) == (266, right, wrong)


def _rows(file: str, others: str) -> Mapping[str, Sequence[str]]:
    with (NAMES / file).open(encoding="utf-8", newline="") as lines:
        rows = list(DictReader(lines))
    return {each["id"]: (each["name"], *filter(None, each[others].split("|"))) for each in rows}


def _accuracy(listed: Mapping[str, Sequence[str]], level: int) -> tuple[int, int, int]:
    """How many have a name and an alias, how many of these are found, and how many wrong ones."""
    owners: dict[str, set[str]] = {}
    for id_, names in listed.items():
        for name in names:
            owners.setdefault(folded(name), set()).add(id_)
    pairs = {
        frozenset({folded(names[0]), folded(alias)})
        for names in listed.values()
        for alias in names[1:]
        if folded(alias) != folded(names[0])
    }
    plain = gathered(Named(name=name) for names in listed.values() for name in names)
    suspicions = [
        frozenset({folded(each.one.name), folded(each.other.name)})
        for each in suspected(plain, level)
    ]
    apart = [one for one in suspicions if not set.intersection(*(owners[name] for name in one))]
    return len(pairs), len(pairs & set(suspicions)), len(apart)


def test_no_two_bundled_ecosystems_are_strongly_suspected() -> None:
    assert all(each.lists == () for each in same().named)
    assert all(each.level != "strong" for each in same().suspicions)
