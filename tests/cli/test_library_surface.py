"""What Python callers can import, what type checkers say of their code, and what messages say."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

import kiamv_cli
from kiamv_cli import BadInput, load_longlist
from kiamv_cli.base import names_of
from kiamv_cli.base.text import CODES, OTHERS, in_python, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType

    from running import Kiamv

ROOMS = [
    *("base", "formats", "programme", "longlist", "scoring", "selection", "review"),
    *("survey", "flows", "audits", "decision", "reports", "cli"),
]
PACKAGES = ["kiamv_cli", *(f"kiamv_cli.{room}" for room in ROOMS)]


def public() -> dict[str, object]:
    return {
        name: getattr(import_module(package), name)
        for package in PACKAGES
        for name in names_of(package)
    }


def test_the_package_offers_forty_names_at_most() -> None:
    assert 30 < len(names_of("kiamv_cli")) <= 40
    assert dir(kiamv_cli) == sorted(names_of("kiamv_cli"))
    with pytest.raises(AttributeError, match="has no attribute 'shortlst'"):
        _ = kiamv_cli.shortlst
    everything: dict[str, object] = {}
    exec("from kiamv_cli import *", everything)  # noqa: S102 - what users may write
    assert set(names_of("kiamv_cli")) <= set(everything)


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_offers_is_there_and_described(package: str) -> None:
    there = import_module(package)
    # A module of that name would stand in its place once it was imported.
    assert not {*names_of(package)} & {each.name for each in iter_modules(there.__path__)}
    for name in names_of(package):
        thing = getattr(there, name)
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            undescribed = set(inspect.signature(thing).parameters) - _described(thing)
            assert not undescribed - {"changes"}, (name, undescribed)


def _described(function: FunctionType) -> set[str]:
    """Return the parameters that a docstring tells of; a short one may tell of none."""
    text = inspect.getdoc(function) or ""
    if "Args:" not in text:
        return set(inspect.signature(function).parameters)
    return set(re.findall(r"^    (\w+):", text, re.MULTILINE))


def _types_in(function: FunctionType) -> Iterator[str]:
    """Yield the names in the annotations of a function, as they are written."""
    for annotation in function.__annotations__.values():
        for node in ast.walk(ast.parse(str(annotation), mode="eval")):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_type_of_a_public_signature_can_be_imported() -> None:
    offered = public()
    functions = [each for each in offered.values() if inspect.isfunction(each)]
    assert len(functions) > 40
    for function in functions:
        source = ast.parse(Path(inspect.getfile(function)).read_text(encoding="utf-8"))
        own = {
            alias.name: node.module or ""
            for node in ast.walk(source)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kiamv_cli")
            for alias in node.names
        }
        for name in {*_types_in(function)} & own.keys():
            kind = getattr(import_module(own[name]), name, None)
            # What aliases stand for can be written out.
            own_class = inspect.isclass(kind) and kind.__module__.startswith("kiamv_cli")
            assert not own_class or name in offered, (function, name)


CODE = """
from fractions import Fraction

from kiamv_cli import (
    InfeasibleError, Request, Scores, Shortlist, edit, gaps, load_criteria, load_longlist,
    longlist_from, score, shortlist, sweep, with_weights,
)
from kiamv_cli.flows import sources
from kiamv_cli.reports import Drawn, draw
from kiamv_cli.scoring import Classified, classify
from kiamv_cli.selection import Gaps, HighsSolver, ProvingSolver, Sweep, Wish

programme = with_weights(load_criteria(), {"regional": 0.5, "multi-helix": Fraction(1, 3)})
scores: Scores = score(load_longlist(programme=programme).longlist, programme)
request = Request(
    size=10, balance=["themes"], targets={"provinces": "population"}, give_up="5%",
    include={"hannn"}, at_least={"NL-ZE": 1}, classes=("eligible",),
)
selected: Shortlist = shortlist(scores, request, solver=HighsSolver(time_limit=10))
names: tuple[str, ...] = selected.ids
seats: Fraction = selected.out_of_place["themes"]
rows: list[str] = [str(row["id"]) for row in selected.to_records()]
found: Gaps = gaps(scores, wanted="hannn")
own: ProvingSolver = HighsSolver(time_limit=1)
quick = shortlist(scores, request, solver=own, prove=False)
brought: list[str] = [each.by for each in sources(quick).brought.sources]
types: Classified = classify(scores, ("scope", "helix"))
picture: Drawn = draw(scores)
study: Sweep = sweep(
    scores, sizes=range(10, 31), balance=(None, "themes", {"themes": "longlist"}),
    give_up=(None, 0.05), weights={"own": None, "more": {"regional": 2}},
)
other = edit(scores.longlist, "hannn", scope="national")
more = longlist_from([{"id": "a"}], title="x", as_of="2020-11-30").longlist
try:
    shortlist(scores, request)
except InfeasibleError as error:
    wishes: tuple[Wish, ...] = error.clash.wishes
"""


@pytest.mark.slow
def test_code_of_users_passes_mypy_at_its_strictest(tmp_path: Path) -> None:
    place = tmp_path / "study.py"
    place.write_text(CODE, encoding="utf-8")
    root = Path(__file__).parent.parent.parent
    command = [sys.executable, "-m", "mypy", "--strict", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert done.stdout.startswith("Success"), done.stdout


def _parameters() -> set[str]:
    """Return the names of all parameters of public functions, and of the fields of their values."""
    names: set[str] = set()
    for thing in public().values():
        if inspect.isfunction(thing):
            names |= set(inspect.signature(thing).parameters)
        elif is_dataclass(thing):
            names |= {each.name for each in fields(thing)}
    return names


def _told(table_of: object) -> Iterator[str]:
    """Yield what messages and hints of a table of texts say, in all languages."""
    if isinstance(table_of, str):
        yield table_of
    elif isinstance(table_of, dict):
        for key, each in table_of.items():
            if key not in {"title", "why", "fix", "example"}:
                yield from _told(each)


def test_no_message_of_the_library_talks_of_options() -> None:
    known = _parameters() | {"time_limit", "title", "folder"}
    told = [each for name in (*CODES, *OTHERS) for each in _told(table(name))]
    assert sum("--" in each for each in told) > 30
    for each in told:
        said = in_python(each)
        assert not re.search(r"--[a-z]", said), each
        assert {*re.findall(r"\b([a-z_]+)=", said)} <= known, said


def test_a_hint_names_parameters_in_python_and_options_on_the_command_line(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    place = tmp_path / "list.csv"
    place.write_text("id,name,provinces,themes\na,A,Zeeland,energy\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_longlist(place)
    assert "or give it as as_of=" in str(caught.value)
    assert "or give it as --as-of" in kiamv("score", str(place)).stderr
    assert "--" not in str(caught.value).replace(str(place), "")
