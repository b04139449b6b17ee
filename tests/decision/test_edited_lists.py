"""A record of what was edited in Python comes from no file; verify says only what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import (
    BadInput,
    Decided,
    Longlist,
    Programme,
    Request,
    Sources,
    edit,
    load_criteria,
    load_longlist,
    load_record,
    longlist_from,
    record,
    score,
    shortlist,
    verify,
    with_weights,
)

if TYPE_CHECKING:
    from kiamv_cli.decision import Record

REQUEST = Request(size=2, balance=None)
DECIDED = Decided(by=("A",), on=date(2026, 1, 1), reason="So")
CHALLENGES = [{"what": "Dikes are low", "theme": "energy", "source": "s"}]
SOURCES = {"s": {"title": "Study", "publisher": "P", "year": 2020}}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_criteria()


@pytest.fixture
def listed(programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Longlist:
    """A list that was read from list.yaml."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": f"lab-{n}", "name": f"Lab {n}", "provinces": ["NL-GR"], "themes": ["energy"]}
        for n in range(5)
    ]
    longlist_from(rows, programme, title="Labs", as_of="2020-11-30").longlist.save("list.yaml")
    return load_longlist("list.yaml", programme).longlist


def recorded(longlist: Longlist, programme: Programme) -> Record:
    return record(shortlist(score(longlist, programme), REQUEST), DECIDED)


def test_a_record_of_an_edited_list_comes_from_no_file(
    listed: Longlist, programme: Programme
) -> None:
    assert recorded(listed, programme).provenance.longlist.source == "list.yaml"
    edited = edit(listed, "lab-1", programme, challenges=CHALLENGES, sources=SOURCES)
    recorded(edited, programme).save("record.json")
    again = load_record("record.json")
    made = again.provenance.longlist
    assert (made.origin, made.source, made.sha256) == ("python", None, edited.sha256)
    with pytest.raises(BadInput, match="Labs came from no file: it was made or edited in Python"):
        verify(again)


def test_verify_tells_an_edited_list_from_its_file(listed: Longlist, programme: Programme) -> None:
    edited = edit(listed, "lab-1", programme, challenges=CHALLENGES, sources=SOURCES)
    made = recorded(edited, programme)
    edited.save("edited.yaml")
    assert verify(made, Sources(longlist="edited.yaml")).same
    other = verify(made, Sources(longlist="list.yaml"))
    assert (other.same, other.changed, other.proof) == (False, ("longlist",), "of-other-inputs")


def test_an_edit_that_was_taken_back_is_the_list_of_the_file(
    listed: Longlist, programme: Programme
) -> None:
    edited = edit(listed, "lab-1", programme, challenges=CHALLENGES, sources=SOURCES)
    back = edit(edited, "lab-1", programme, challenges=None, sources=None)
    assert back.sha256 == listed.sha256
    assert recorded(back, programme).provenance.longlist.source == "list.yaml"
    assert verify(recorded(back, programme)).same


def test_criteria_weighed_otherwise_come_from_no_file(
    listed: Longlist, programme: Programme
) -> None:
    made = recorded(listed, with_weights(programme, {"regional": 2}))
    assert (made.provenance.criteria.origin, made.provenance.criteria.source) == ("python", None)
    with pytest.raises(BadInput, match="made or edited in Python"):
        verify(made)


def test_what_the_same_inputs_do_not_give_is_not_reproduced(
    listed: Longlist, programme: Programme
) -> None:
    made = recorded(listed, programme)
    others = tuple(sorted({"lab-0", "lab-1", "lab-2"} - {made.result.selected[0]}))[:2]
    result = replace(made.result, selected=others)
    claimed = replace(made, result=result, final=result, proof=None)
    told = verify(claimed)
    assert (told.same, told.changed) == (False, ("not-reproduced",))
    assert "Not reproduced: the inputs and versions are those of the record" in told._repr_html_()
    assert Path("list.yaml").exists()
