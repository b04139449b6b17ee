"""The project file ``kiamv.yaml``: found upwards, read with places, and given to options.

What a command is asked is resolved here for all of them: what was typed, else what the project
says, else the default. An option says by ``FromProject`` which key of the project it takes.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kiamv_cli.base.language import labels_in
from kiamv_cli.base.text import Text
from kiamv_cli.cli.start import PROJECT, project_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document

PATHS = ("longlist", "criteria", "reviews", "identities", "answers")
SURVEY_PATHS = ("exports", "interviews", "desk", "mapping", "invited", "questionnaire")
_MAPPING = "longlist.mapping"
_IN_SECTIONS = frozenset({_MAPPING, *(f"survey.{name}" for name in SURVEY_PATHS)})
_SECTIONS = ("survey", "request", "decision")
_SHARES = (".yaml", ".yml", ".json")
_MOST_PERCENT = 100
_current: ContextVar[Project | None] = ContextVar("project", default=None)


@dataclass(frozen=True, slots=True)
class FromProject:
    """Beside an option: the key of ``kiamv.yaml`` that holds where it is not given.

    ``once`` is a file that must be in the folder first, such as that of an opened review, or "."
    for the path itself;
    ``made`` says that the command makes what the path names; ``several`` that the option may be
    repeated where the project names one.
    """

    key: str
    once: str = ""
    made: bool = False
    several: bool = False

    @property
    def is_path(self) -> bool:
        """Whether the key names files or folders."""
        return self.key in PATHS or self.key in _IN_SECTIONS

    @property
    def section(self) -> str:
        """Where the key stands: ``request``, ``decision``, or empty for the top."""
        return self.key.rpartition(".")[0]


def project_shape() -> CoreSchema:
    """What a project file looks like."""
    from pydantic_core import core_schema

    from kiamv_cli.formats.shapes import DATE, NAME, TEXT, YES_NO, by_type, keyed, list_of

    language = core_schema.str_schema(strict=True, pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    decision = {"by": list_of(NAME, 1), "on": DATE, "reason": TEXT}
    survey = {
        **dict.fromkeys(SURVEY_PATHS, TEXT),
        **dict.fromkeys(("exports", "desk"), list_of(TEXT, 1)),
    }
    top = {
        **dict.fromkeys(PATHS, TEXT),
        "survey": keyed({}, survey),
        "longlist": by_type(dict=keyed({"file": TEXT}, {"mapping": TEXT}), str=TEXT),
        "language": language,
        "force": YES_NO,
        "request": keyed({}, _request_shapes()),
        "decision": keyed({}, decision),
    }
    return keyed({}, top)


def _request_shapes() -> dict[str, CoreSchema]:
    """Return the shape of each key of ``request``: a line here, and one at its option."""
    from typing import get_args

    from pydantic_core import core_schema

    from kiamv_cli.formats.shapes import COUNT, DATE, NAME, TEXT, exact, list_of, mapping_of, one_of
    from kiamv_cli.scoring.model.score import Bound

    size = core_schema.int_schema(strict=True, ge=1)
    sizes = core_schema.str_schema(strict=True, pattern=r"^[1-9]\d{0,8}\.\.[1-9]\d{0,8}$")
    limits, groups = mapping_of(NAME, COUNT), list_of(list_of(NAME, 2))
    return {
        "size": core_schema.tagged_union_schema(
            {"int": size, "str": sizes},
            discriminator=lambda typed: "str" if ".." in str(typed) else "int",
        ),
        "balance": list_of(NAME),
        "target": core_schema.union_schema([NAME, mapping_of(NAME, NAME)]),
        "include": list_of(NAME),
        "exclude": list_of(NAME),
        "at_least": limits,
        "at_most": limits,
        "at_most_one": groups,
        "together": groups,
        "only_with": mapping_of(NAME, core_schema.union_schema([NAME, list_of(NAME, 1)])),
        "cost": mapping_of(NAME, exact(signed=True)),
        "keep": TEXT,
        "changes": COUNT,
        "classes": list_of(NAME),
        "give_up": exact(_MOST_PERCENT),
        "unknown": one_of(get_args(Bound)),
        "as_of": DATE,
        "seed": TEXT,
    }


@dataclass(slots=True)
class Project:
    """A project file that was read.

    ``folder`` is where it lies, seen from the working folder; ``values`` are what it says by key,
    as in ``request.size``; ``used`` names the keys that options of the command took, by option.
    """

    folder: str
    document: Document
    values: Mapping[str, Any]
    used: dict[str, str] = field(default_factory=dict)

    def where(self, key: str) -> str:
        """Return the place of a key, as ``kiamv.yaml:7:9``."""
        return self.missing(key, Text("K130.relative-to-project")).where

    def missing(self, key: str, advice: Text, path: str | None = None) -> Problem:
        """Return that a path of a key is not there, at its place."""
        from kiamv_cli.formats.plain import Flaw

        text = Text("K130.path-not-there", path=str(path or self.typed(key)))
        there = self.paths(key) if path else ()
        item = (there.index(path),) if path and isinstance(self.values[key], tuple) else ()
        flaw = Flaw(path=(*key.split("."), *item), text=text, advice=advice)
        return self.document.place([flaw])[0]

    def path(self, key: str) -> str | None:
        """Return a path that the project names, seen from the working folder."""
        value = self.values.get(key)
        return None if value is None else str(Path(self.folder, value))

    def paths(self, key: str) -> tuple[str, ...]:
        """Return all paths that a key names, seen from the working folder."""
        value = self.values.get(key, ())
        names = value if isinstance(value, tuple) else (value,)
        return tuple(str(Path(self.folder, each)) for each in names)

    def mapping(self) -> str | None:
        """Return the path of the mapping by which the long list is read, if there is one.

        Raises:
            BadInput: It is not there.
        """
        from kiamv_cli.base.problem import BadInput

        path = self.path(_MAPPING)
        if path is not None and not Path(path).exists():
            raise BadInput([self.missing(_MAPPING, Text("K130.draft-writes-it"))])
        return path

    def typed(self, key: str) -> object:
        """Return the value of a key as it would be typed for its option; ``None`` without one."""
        value = self.values.get(key)
        if value is None or key in PATHS:
            return self.path(key)
        if key in _IN_SECTIONS:
            paths = self.paths(key)
            return [*paths] if isinstance(value, tuple) else paths[0]
        name = key.rpartition(".")[2]
        if name == "changes":
            return value
        if name == "balance":
            return ",".join(value) or "none"
        if name == "keep":
            return str(Path(self.folder, value))
        if name == "target":
            value = (
                (self._target(value),)
                if isinstance(value, str)
                else {each: self._target(rule) for each, rule in value.items()}
            )
        return [*_as_typed(value)] if isinstance(value, (dict, tuple)) else str(value)

    def _target(self, rule: str) -> str:
        return str(Path(self.folder, rule)) if rule.lower().endswith(_SHARES) else rule


def _as_typed(value: Mapping[str, Any] | tuple[Any, ...]) -> Iterator[str]:
    """Yield each part of a value as an option would have it: ``name=value``, or ``a,b``."""
    if isinstance(value, tuple):
        yield from (",".join(each) if isinstance(each, tuple) else each for each in value)
        return
    for name, of in value.items():
        yield from (f"{name}={each}" for each in (of if isinstance(of, tuple) else (of,)))


def find_project() -> Project | None:
    """Read the project file of the working folder, or of the nearest folder above it.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    folder = project_folder()
    return None if folder is None else read_project(folder)


def read_project(folder: str) -> Project:
    """Read the project file in a folder; raises as ``find_project`` does."""
    from kiamv_cli.base.files import read_file
    from kiamv_cli.formats.document import read_document
    from kiamv_cli.formats.records import refuse_if, validated

    place = Path(folder, PROJECT)
    document = read_document(read_file(place), str(place), "yaml")
    said = validated(document, project_shape())
    refuse_if(document, [])
    nested = {
        f"{section}.{key}": value
        for section in _SECTIONS
        for key, value in said.get(section, {}).items()
    }
    if isinstance(listed := said.get("longlist"), dict):
        said["longlist"] = listed["file"]
        nested |= {f"longlist.{key}": path for key, path in listed.items()}
    return Project(folder, document, {**said, **nested})


def current_project() -> Project | None:
    """Return the project that the running command is in."""
    return _current.get()


def apart_in(project: Project | None) -> tuple[tuple[str, ...], ...]:
    """Return the groups of which a project asks for at most one."""
    groups = project.values.get("request.at_most_one", ()) if project else ()
    return tuple(tuple(each) for each in groups)


@contextmanager
def in_project(project: Project | None) -> Iterator[None]:
    """Have a command run in a project."""
    token = _current.set(project)
    labels_in(project.values.get("language", "") if project else "")
    try:
        yield
    finally:
        _current.reset(token)
        labels_in("")


def keys_of(command: click.Command) -> Mapping[str, FromProject]:
    """Return what the options of a command take from a project, by their names."""
    return getattr(command.callback, "project_keys", {})


def defaults(project: Project, keys: Mapping[str, FromProject]) -> dict[str, object]:
    """Return what a project says for the options of a command."""
    return {
        name: [value] if each.several and isinstance(value, str) else value
        for name, each in keys.items()
        if (value := project.typed(each.key)) is not None and _is_ready(str(value), each)
    }


def _is_ready(path: str, source: FromProject) -> bool:
    return not source.once or Path(path, source.once).exists()


def was_typed(*names: str) -> bool:
    """Return whether any of these options of the running command was typed."""
    context = click.get_current_context(silent=True)
    return context is not None and any(
        context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in names
    )


def spelled(field_name: str) -> str:
    """Return how a field of a request was written: as an option, or at its place in the project.

    Args:
        field_name: As it is called in Python, such as ``at_least`` or ``targets``.
    """
    names = {"targets": "target"}
    name, project = names.get(field_name, field_name), _current.get()
    if project is not None and name in project.used:
        key = project.used[name]
        return f"{project.where(key)}: {key.rpartition('.')[2]}"
    return f"--{'class' if name == 'classes' else name.replace('_', '-')}"


def named_command(
    command: click.Command, words: Iterable[str]
) -> tuple[click.Command, tuple[str, ...]]:
    """Find the command that the words after ``kiamv`` name, and its names from the outer in."""
    names: tuple[str, ...] = ()
    for word in words:
        if not isinstance(command, click.Group):
            break
        if word in command.commands:
            command, names = command.commands[word], (*names, word)
    return command, names
