"""Whatever a file holds, it is read or refused with its problems: it never stops the program."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.longlist import programme
from strategies.mutilated import mutilated

from kiamv_cli import BadInput, check, load_longlist, score
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.results import (
    EXPORT_FORMATS,
    ExportFormat,
    export_longlist,
    import_longlists,
    load_criteria,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.longlist.model.longlist import Longlist

CRITERIA = Path(str(bundled("criteria")))
FILES = sorted(each.name for each in CRITERIA.iterdir() if each.is_file())


def few() -> Longlist:
    longlist = load_longlist().longlist
    return replace(longlist, ecosystems=longlist.ecosystems[:2])


FEW = few()
EXPORTS = {form: export_longlist(FEW, form) for form in EXPORT_FORMATS}


def read_or_refused(read: Callable[[], object]) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        read()
    except BadInput as refused:
        problems = refused.problems
    else:
        return
    assert all(each.path and each.message for each in problems)
    assert any(each.severity == "error" for each in problems)


@pytest.mark.slow
@pytest.mark.parametrize("form", EXPORT_FORMATS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_mutilated_long_list_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, form: ExportFormat, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("list") / f"list.{form}"
    place.write_bytes(data.draw(mutilated(EXPORTS[form])))
    read_or_refused(lambda: import_longlists([place], programme()))
    read_or_refused(lambda: check(place, programme()))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_mutilated_criteria_are_read_and_work_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("criteria") / "criteria"
    shutil.copytree(CRITERIA, folder)
    (folder / name).write_bytes(data.draw(mutilated((CRITERIA / name).read_bytes())))
    read_or_refused(lambda: score(FEW, load_criteria(folder)))
