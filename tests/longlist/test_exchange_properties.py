"""A long list written in any format and read again is the same long list."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies.longlist import as_value, longlists, programme, texts

from kiamv_cli.base.names import id_of
from kiamv_cli.base.spreadsheet import guarded, unguarded
from kiamv_cli.longlist.model.layout import cells_of, heading, joined, kind_of, parted
from kiamv_cli.longlist.model.longlist import Longlist, as_written
from kiamv_cli.longlist.reading.tables.headings import path_of
from kiamv_cli.longlist.results import (
    EXPORT_FORMATS,
    ExportFormat,
    export_longlist,
    import_longlists,
)
from kiamv_cli.longlist.view.table import ecosystem_yaml, folder_files

if TYPE_CHECKING:
    from pathlib import Path


TABLES = {"csv", "xlsx"}


def stripped(value: Any) -> Any:  # noqa: ANN401 - any plain value
    """The value without blanks around its texts, which tables do not keep."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [stripped(each) for each in value]
    if isinstance(value, dict):
        return {key: stripped(each) for key, each in value.items()}
    return value


@pytest.mark.slow
@pytest.mark.parametrize("form", EXPORT_FORMATS)
@settings(max_examples=25, deadline=None, phases=set(Phase) - {Phase.shrink})
@given(longlist=longlists(max_size=3))
def test_export_then_import_gives_the_same_files_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, form: ExportFormat, longlist: Longlist
) -> None:
    place = tmp_path_factory.mktemp("exchange") / f"list.{form}"
    place.write_bytes(export_longlist(longlist, form, programme()))
    found = import_longlists([place], programme())
    written = longlist.ecosystems
    title = longlist.title
    if form in TABLES:
        written = tuple(as_value(stripped(as_written(each))) for each in written)
        title = title.strip()
    assert found.merged.ecosystems == written
    again = folder_files(found.title, found.as_of, found.merged.ecosystems)
    assert again == folder_files(title, longlist.as_of, written)


@pytest.mark.slow
@given(longlist=longlists(max_size=1))
def test_what_is_written_as_yaml_reads_as_the_same_also_elsewhere(longlist: Longlist) -> None:
    each = longlist.ecosystems[0]
    peer: Any = yaml.load(ecosystem_yaml(each), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    said: Any = as_written(each)
    assert list(peer) == list(said)
    assert peer["name"] == said["name"]
    assert as_value(said) == each


@pytest.mark.slow
@given(longlist=longlists(max_size=1))
def test_every_cell_stands_under_a_heading_that_is_read(longlist: Longlist) -> None:
    for path in cells_of(longlist.ecosystems[0]):
        assert kind_of(path)
        assert path_of(heading(path)) == path


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(longlist=longlists(max_size=2))
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(longlist: Longlist) -> None:
    book = openpyxl.load_workbook(BytesIO(export_longlist(longlist, "xlsx", programme())))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert export_longlist(longlist, "xlsx") == export_longlist(longlist, "xlsx")


@given(words=st.lists(texts.map(str.strip)))
def test_several_texts_in_a_cell_are_parted_again(words: list[str]) -> None:
    assert parted(joined([*words])) == words


@given(text=st.text("='+-@\ta"))
def test_a_text_is_kept_from_being_a_formula_and_given_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))


@given(name=st.text(max_size=80), taken=st.sets(st.just("ecosystem")))
def test_an_id_can_be_made_of_any_name(name: str, taken: set[str]) -> None:
    raw = {"id": id_of(name, taken), "name": "x", "provinces": ["NL-GR"], "themes": ["energy"]}
    assert as_value(raw).id not in taken


@pytest.mark.parametrize("form", sorted(TABLES))
def test_texts_that_could_be_something_else_stay_texts(form: ExportFormat, tmp_path: Path) -> None:
    odd = [
        "=1+1",
        "'=1",
        "1.250",
        "2020-01-01",
        "no",
        "1e3",
        "a;b\\c",
        'say "x"',
        "_x0041_",
        "TRUE",
    ]
    raw = {"id": "a", "name": "=HYPERLINK(1)", "provinces": ["NL-GR"], "themes": ["energy"]}
    ecosystem = as_value({**raw, "aliases": odd, "literal": True, "note": "two\nlines; and more"})
    longlist = Longlist(title="=T", as_of=date(2020, 1, 1), ecosystems=(ecosystem,))
    (tmp_path / f"l.{form}").write_bytes(export_longlist(longlist, form))
    assert import_longlists([tmp_path / f"l.{form}"]).merged.ecosystems == (ecosystem,)
