"""The hashes of a list and of criteria are of what they say, wherever it came from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.decision.older import old_criteria_hashes, old_longlist_hashes, older_criteria
from kiamv_cli.formats.contents import unpacked
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.programme.model.facts import Judgement
from kiamv_cli.programme.rules.count import CountRule
from kiamv_cli.review.reading.files import review_sha256

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

EXAMPLES = Path(__file__).parents[1] / "examples"
# As kiamv 0.1.0 computed them: of the criteria that came with it, and of a list that it recorded.
CRITERIA = "90e2ff08eae3c5264d6228953056d21981a835f254853f009d3200c3db6a00ac"
LISTED = "a9f21a48dc1d79025bae903228427b3b29060c96a8d7fded0a6acadebd0d7a2f"


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_criteria()


@pytest.fixture(scope="module")
def longlist(programme: Programme) -> Longlist:
    return load_longlist(programme=programme).longlist


def test_what_kiamv_writes_has_the_hash_that_it_had(
    programme: Programme, longlist: Longlist
) -> None:
    """The bundled list and criteria are in the form in which kiamv writes them."""
    assert old_longlist_hashes(bundled("longlist"), programme, None) == {longlist.sha256}
    assert old_criteria_hashes(bundled("criteria")) == {programme.sha256}
    assert longlist.as_read
    assert programme.as_read


def test_criteria_that_came_with_an_older_kiamv_are_there() -> None:
    texts = older_criteria(CRITERIA)
    assert texts is not None
    with unpacked(texts) as folder:
        assert load_criteria(folder).sha256 == CRITERIA
        assert old_criteria_hashes(folder) == {CRITERIA}
    assert older_criteria("0" * 64) is None


def test_a_list_has_the_hash_that_an_older_kiamv_gave_it(programme: Programme) -> None:
    place = EXAMPLES / "older-record" / "list2.yaml"
    assert LISTED in old_longlist_hashes(place, programme, None)


def test_an_edited_list_has_a_hash_of_its_own(longlist: Longlist) -> None:
    first, *others = longlist.ecosystems
    edited = [
        replace(longlist, ecosystems=tuple(others)),
        replace(longlist, ecosystems=(replace(first, seat="Elsewhere"), *others)),
        replace(longlist, ecosystems=(replace(first, maturity=()), *others)),
        replace(longlist, title="Another"),
        replace(longlist, as_of=date(2021, 1, 1)),
    ]
    assert len({longlist.sha256, *(each.sha256 for each in edited)}) == 6
    assert not any(each.as_read for each in edited)
    undone = replace(edited[1], ecosystems=longlist.ecosystems)
    assert (undone.sha256, undone.as_read) == (longlist.sha256, True)


def test_an_edited_programme_has_a_hash_of_its_own(programme: Programme) -> None:
    first, *others = programme.criteria
    rule = first.rule
    assert isinstance(rule, CountRule)
    themes = programme.dimensions["themes"]
    fewer = replace(themes, categories=themes.categories[:3])
    criteria = (
        replace(first, weight=Fraction(22, 100)),
        replace(first, question={"en": "Otherwise?", "nl": "Anders?"}),
        replace(first, rule=replace(rule, steps=rule.steps[:1])),
        replace(first, partly_at=Fraction(1, 4)),
    )
    edited = [
        *(replace(programme, criteria=(each, *others)) for each in criteria),
        replace(programme, classes=programme.classes[1:]),
        replace(programme, dimensions={**programme.dimensions, "themes": fewer}),
        replace(programme, criteria=(*others, first)),
    ]
    assert len({programme.sha256, *(each.sha256 for each in edited)}) == 8
    assert not any(each.as_read for each in edited)


def test_a_verdict_of_a_review_is_no_part_of_the_list(longlist: Longlist) -> None:
    first, *others = longlist.ecosystems
    own = Judgement(verdict="partly", by="A", date=date(2020, 1, 1), reason="R")
    listed = replace(longlist, ecosystems=(replace(first, verdicts={"regional": own}), *others))
    reviewed = replace(own, verdict="met", basis="review", overruled=own)
    verdicts = {"regional": reviewed, "multi-helix": replace(reviewed, overruled=None)}
    with_review = replace(longlist, ecosystems=(replace(first, verdicts=verdicts), *others))
    assert with_review.sha256 == listed.sha256 != longlist.sha256
    assert with_review.unreviewed().ecosystems == listed.ecosystems
    assert listed.unreviewed() is listed


def test_a_reference_date_from_elsewhere_is_no_part_of_the_list(
    programme: Programme, longlist: Longlist
) -> None:
    later = load_longlist(programme=programme, as_of=date(2030, 1, 1)).longlist
    assert (later.as_of.year, later.sha256) == (2030, longlist.sha256)


LINE = '{"id": "a", "name": "A", "provinces": ["NL-GR"], "themes": ["energy"]%s}\n'


def test_the_name_of_a_file_is_no_part_of_a_list_without_a_title(
    programme: Programme, tmp_path: Path
) -> None:
    for name in ("one.jsonl", "other.jsonl"):
        (tmp_path / name).write_text(LINE % "", "utf-8")
    one, other = (
        load_longlist(tmp_path / name, programme, as_of=date(2020, 1, 1)).longlist
        for name in ("one.jsonl", "other.jsonl")
    )
    assert (one.title, other.title) == ("one", "other")
    assert one.sha256 == other.sha256 != replace(one, title="Mine").sha256


def test_what_says_nothing_changes_no_hash(programme: Programme, tmp_path: Path) -> None:
    hashes = set()
    for more in ("", ', "aliases": []', ', "note": null', ', "suggested_by": []'):
        place = tmp_path / "list.jsonl"
        place.write_text(LINE % more, "utf-8")
        hashes.add(load_longlist(place, programme, as_of=date(2020, 1, 1)).longlist.sha256)
    assert len(hashes) == 1


def test_weights_written_otherwise_are_the_same_weights(tmp_path: Path) -> None:
    hashes = set()
    for weight in ("0.5", "1/2", "2/4", "0.50"):
        folder = shutil.copytree(
            Path(str(bundled("criteria"))), tmp_path / weight.replace("/", "-")
        )
        place = folder / "regional.yaml"
        place.write_text(f"# half\nweight: {weight}\n{place.read_text('utf-8')}", "utf-8")
        hashes.add(load_criteria(folder).sha256)
    assert len(hashes) == 1
    assert load_criteria().sha256 not in hashes


CSV = 'id,name,provinces,themes,note\na,A,NL-GR,energy,"one%stwo"\n'


def test_line_ends_in_cells_change_no_hash(programme: Programme, tmp_path: Path) -> None:
    hashes = set()
    for end in ("\n", "\r\n", "\r"):
        place = tmp_path / "list.csv"
        place.write_bytes((CSV % "\n").replace("\n", end).encode())
        listed = load_longlist(place, programme, as_of=date(2020, 1, 1)).longlist
        assert listed.ecosystems[0].note == "one\ntwo"
        hashes.add(listed.sha256)
    assert len(hashes) == 1


def with_windows_ends(place: Path) -> None:
    place.write_bytes(place.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def test_layout_changes_no_hash_of_a_review(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "older-record" / "review", tmp_path / "review")
    before = review_sha256(folder)
    people = folder / "reviewers.yaml"
    with_windows_ends(folder / "first" / "anna.yaml")
    people.write_bytes(b"\xef\xbb\xbf# who judges\r\n\r\n" + people.read_bytes())
    assert review_sha256(folder) == before
    people.write_bytes(people.read_bytes().replace(b"bram", b"bert"))
    assert review_sha256(folder) != before
