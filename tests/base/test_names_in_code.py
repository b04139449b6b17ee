"""Names in the code say what a thing is, and docstrings what a function returns."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kiamv_cli

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(kiamv_cli.__file__).parent
# Participles and pronouns, which say nothing of what they stand for.
EMPTY = frozenset({"found", "one", "said", "asked", "told", "wanted", "given", "taken", "named"})
# Of classes: those that several rooms had, each for something else.
SHARED = frozenset({"Said", "Asked", "Told", "Out", "Outcome", "Change", "Sheet", "Finding"})
VAGUE = ("Give ", "Gives ", "Tell ", "Tells ")
# What users of the package may give by name keeps its name.
PUBLIC = frozenset(kiamv_cli.__dir__())
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)


def parameters(tree: ast.AST, public: frozenset[str]) -> Iterator[str]:
    """Yield the parameters with an empty name, each with the function that has it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            name = "lambda" if isinstance(node, ast.Lambda) else node.name
            every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs,
                     node.args.vararg, node.args.kwarg)  # fmt: skip
            if name not in public:
                yield from (f"{name}({each.arg})" for each in every if each and each.arg in EMPTY)


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Yield the docstrings that begin with what an author does, not with what comes out."""
    for node in ast.walk(tree):
        if isinstance(node, DEFINED):
            text = ast.get_docstring(node) or ""
            if text.startswith(VAGUE):
                yield text.partition("\n")[0]


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_names_say_what_a_thing_is(path: Path) -> None:
    """No parameter is a participle or a pronoun; no docstring begins with Give or Tell."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    results = path.name == "results.py"
    assert [*parameters(tree, PUBLIC if results else frozenset()), *docstrings(tree)] == []


@pytest.mark.slow
def test_classes_of_different_rooms_have_different_names() -> None:
    """A name that could be anything's is that of one class at most."""
    names = [
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name in SHARED
    ]
    assert sorted(names) == sorted(set(names))


def test_the_checks_see_what_they_look_for() -> None:
    """Each check finds what is wrong where something is."""
    tree = ast.parse('def f(one, *, found):\n    """Give it."""\n    return lambda said: said\n')
    assert sorted(parameters(tree, frozenset())) == ["f(found)", "f(one)", "lambda(said)"]
    assert list(docstrings(tree)) == ["Give it."]
