"""A project of one's own, and more ecosystems for its long list."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.files import files_in, is_file, read_file
from kiamv_cli.base.labels import folded
from kiamv_cli.base.language import current_language
from kiamv_cli.base.names import id_of
from kiamv_cli.base.problem import BadInput
from kiamv_cli.cli.start import PROJECT
from kiamv_cli.formats.package_data import bundled, template
from kiamv_cli.formats.yaml_writer import yaml_code, yaml_scalar
from kiamv_cli.longlist.model.duplicates import FAIR, Named
from kiamv_cli.longlist.model.identity import Identities
from kiamv_cli.longlist.model.longlist import HEADER_FILE
from kiamv_cli.longlist.reading.identities import identities_text
from kiamv_cli.longlist.results import load_criteria
from kiamv_cli.longlist.view.table import ecosystem_yaml
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.review.reading.files import IGNORED
from kiamv_cli.selection.model.request import USUAL_SIZE, Request
from kiamv_cli.selection.model.resolution import with_usual
from kiamv_cli.survey.reading.questionnaire import SURVEY, survey_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from kiamv_cli.base.labels import Language
    from kiamv_cli.formats.package_data import Kind
    from kiamv_cli.longlist.model.duplicates import Suspicion
    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme

START = date(2026, 1, 1)  # no clock: the same call makes the same project
IDENTITIES = "identities.yaml"
_EXAMPLES: Mapping[Language, str] = {"en": "example", "nl": "voorbeeld"}
# Which files of a project are of which kind, for editors. The last pattern that fits counts.
_FILES: Mapping[Kind, tuple[str, ...]] = {
    "project": ("kiamv.yaml",),
    "ecosystem": ("longlist/*.yaml", "!longlist/longlist.yaml"),
    "header": ("longlist/longlist.yaml",),
    "criterion": ("criteria/*.yaml", "!criteria/{programme,classes,types,provinces,themes}.yaml"),
    "programme": ("criteria/programme.yaml",),
    "classes": ("criteria/classes.yaml",),
    "types": ("criteria/types.yaml",),
    "dimension": ("criteria/provinces.yaml", "criteria/themes.yaml"),
    "targets": ("targets*.yaml",),
    "identities": ("identities*.yaml", "same*.yaml"),
    "published-flow": ("flow*.yaml",),
    "questionnaire": ("criteria/survey/questionnaire.yaml",),
    "comparison": ("criteria/survey/comparison.yaml",),
    "aspects": ("criteria/survey/aspects.yaml",),
    "interview": ("interviews/*.yaml",),
    "mapping": ("mapping*.yaml",),
    "survey-mapping": ("survey-mapping*.yaml",),
    "desk": ("desk*.yaml",),
    "reported": ("reported*.yaml",),
}
_SPECIAL: Mapping[str, Kind] = {
    "programme": "programme",
    "classes": "classes",
    "types": "types",
    "provinces": "dimension",
    "themes": "dimension",
}
_MODELINE = "# yaml-language-server: $schema="


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEcosystem:
    """A file for one more ecosystem, and who on the list may be the same, strongest first."""

    id: str
    path: Path
    text: str
    suspicions: tuple[Suspicion, ...]


class TakenError(Exception):
    """There is an ecosystem of that id or name already; ``id`` is that of the one there."""

    def __init__(self, name: str, there: str) -> None:
        self.id = there
        super().__init__(name)


def project_files(
    title: str,
    as_of: date | None = None,
    criteria: str | Path | None = None,
    longlist: Longlist | None = None,
) -> dict[str, bytes]:
    """Make the files of a new project, in the current language: kiamv.yaml, a list, READMEs.

    Args:
        title: The title of the long list.
        as_of: Its reference date; left out: that of the list, else 2026-01-01.
        criteria: The folder of the criteria that are copied; left out: the bundled ones.
        longlist: The long list; left out: one with an example.

    Returns:
        What is in each file, by its path in the folder of the project.

    Raises:
        BadInput: Something is wrong with the criteria.
    """
    programme = load_criteria(criteria)
    folder = bundled("criteria") if criteria is None else Path(criteria)
    day = as_of or (longlist.as_of if longlist else START)
    listed = _listing(longlist) if longlist else _example(programme)
    names = _names(programme, next(iter(listed)), len(listed))
    texts = {
        "README.md": _filled("README.md", title=title, **names),
        PROJECT: _modelled("project", _filled(PROJECT, date=day.isoformat(), **names), "./"),
        ".gitignore": "# What is left behind if kiamv is killed while it writes.\n.kiamv-*\n",
        "review/.gitignore": IGNORED,
        **_editor(),
        **_longlist(title, day, listed),
        IDENTITIES: identities_text(Identities()),
        **_criteria(folder),
        **_survey(folder, programme),
        "review/reviewers.yaml": template("reviewers.yaml"),
        **_schemas(programme),
    }
    return {name: text.encode() for name, text in texts.items()}


def _longlist(title: str, day: date, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a long list, of the text of each ecosystem by its id."""
    each = {f"longlist/{id_}.yaml": _modelled("ecosystem", text) for id_, text in texts.items()}
    return {f"longlist/{HEADER_FILE}": _modelled("header", _header(title, day)), **each}


def _example(programme: Programme) -> dict[str, str]:
    """Return the text of the one ecosystem of a list to start from, by its id."""
    id_ = _EXAMPLES[current_language()]
    codes = {
        name: [programme.dimensions[name].categories[0].id] for name in programme.plain_dimensions
    }
    return {id_: _filled("example.yaml", **_places(codes), id=id_)}


def _places(codes: Mapping[DimensionId, Sequence[str]]) -> dict[str, str | None]:
    """Return where an ecosystem is, and the theme of a challenge, as they stand in a template."""
    listed = {name: _listed(codes[name]) if codes.get(name) else None for name in PLAIN_DIMENSIONS}
    return {**listed, "theme": yaml_code(codes["themes"][0]) if codes.get("themes") else "null"}


def _filled(name: str, /, **values: str | None) -> str:
    """Return a template, filled in, without the lines for which a programme has nothing."""
    nothing = "\0"
    given = {key: nothing if value is None else value for key, value in values.items()}
    lines = template(name, **given).splitlines(keepends=True)
    return "".join(line for line in lines if nothing not in line)


def _listing(longlist: Longlist) -> dict[str, str]:
    """Return the text of each ecosystem of a list, by its id."""
    return {each.id: ecosystem_yaml(each, internal=True) for each in longlist.ecosystems}


def _names(programme: Programme, id_: str, number: int) -> dict[str, str | None]:
    """Return what the README and the project file speak of: an ecosystem, categories, a size."""
    size = min(programme.default.size or USUAL_SIZE, max(1, number // 2))
    usual = with_usual(Request(), programme).balance
    dimensions = programme.dimensions
    populated = (name for name, each in dimensions.items() if each.categories[0].population)
    first = {
        name: dimensions[name].categories[0].id if name in dimensions else None
        for name in PLAIN_DIMENSIONS
    }
    options = (f" --{name.removesuffix('s')} {each}" for name, each in first.items() if each)
    return {
        "id": id_,
        "theme": first["themes"],
        "province": first["provinces"],
        "size": str(size),
        "places": "".join(options),
        "balance": _listed(usual) if usual else None,
        "populated": next(populated, None),
    }


def new_ecosystem(
    name: str,
    provinces: Sequence[str],
    themes: Sequence[str],
    folder: str | Path,
    *,
    id: str | None = None,  # noqa: A002 - as it is called in the file
    programme: Programme | None = None,
) -> NewEcosystem:
    """Make the file of one more ecosystem, in which every key is explained in the current language.

    Args:
        name: Its name.
        provinces: The codes of its provinces, the main one first.
        themes: The codes of its themes, the main one first.
        folder: That of the long list; what is wrong with the files in it does not matter.
        id: Its id; left out: made of the name.
        programme: Of which it is; left out: the bundled one.

    Raises:
        BadInput: It would not be a valid file, such as with a name that is too long.
        TakenError: The id, or the name, is that of another.
    """
    criteria = programme or load_criteria()
    others = _ecosystems(Path(folder), criteria)
    made = id or id_of(name, {Path(HEADER_FILE).stem})
    _refuse_taken(made, name, others)
    said = _places({"provinces": provinces, "themes": themes})
    said |= {"id": yaml_scalar(made), "name": yaml_scalar(name)}
    text = _filled("ecosystem.yaml", **said, criterion=yaml_scalar(criteria.criteria[0].id))
    if is_file(Path(folder) / _schema_of("ecosystem")):
        text = _modelled("ecosystem", text)
    path = Path(folder) / f"{made}.yaml"
    _refuse_invalid(text, path, criteria)
    suspicions = tuple(_suspicions(Named(name=name, id=made), others))
    return NewEcosystem(id=made, path=path, text=text, suspicions=suspicions)


def _ecosystems(folder: Path, programme: Programme) -> Sequence[Ecosystem]:
    """Return those of a list that can be read; there may be none yet."""
    from kiamv_cli.longlist.reading.gathering import Gathering
    from kiamv_cli.longlist.reading.longlist import read_into

    gathering = Gathering(programme)
    with suppress(BadInput):
        read_into(gathering, folder, None)
    return gathering.ecosystems


def _refuse_taken(made: str, name: str, others: Iterable[Ecosystem]) -> None:
    ids = {each.id: each.id for each in others}
    names = {folded(called): each.id for each in others for called in (each.name, *each.aliases)}
    for wanted, there in ((made, ids.get(made)), (name, names.get(folded(name)))):
        if there is not None:
            raise TakenError(wanted, there)


def _suspicions(new: Named, others: Iterable[Ecosystem]) -> Iterator[Suspicion]:
    """Find who may be the same as the new one: see ``kiamv same``, weak suspicions left out."""
    from kiamv_cli.formats.vocabulary import vocabulary
    from kiamv_cli.longlist.matching.suspects import suspected

    there = (Named(name=each.name, id=each.id, others=each.aliases) for each in others)
    for each in suspected([new, *there], vocabulary(), FAIR):
        if new == each.other:
            yield replace(each, one=each.other, other=each.one)
        elif new == each.one:
            yield each


def _refuse_invalid(text: str, path: Path, programme: Programme) -> None:
    from kiamv_cli.formats.document import read_document
    from kiamv_cli.longlist.reading.gathering import Gathering

    gathering = Gathering(programme)
    document = read_document(text.encode(), str(path), "yaml")
    gathering.note(document.problems)
    gathering.add(document, (), document.data)
    gathering.warnings()


def _listed(codes: Iterable[str]) -> str:
    """Write codes as a list in YAML."""
    return f"[{', '.join(map(yaml_code, codes))}]"


def _header(title: str, as_of: date) -> str:
    return f"title: {yaml_scalar(title)}\nas_of: {as_of}\n"


def _criteria(folder: Path | Traversable) -> dict[str, str]:
    return {
        f"criteria/{place.name}": _copied(place.name, read_file(place).decode())
        for place in files_in(folder)
        if place.name.endswith((".yaml", ".topojson"))
    }


def _survey(folder: Path | Traversable, programme: Programme) -> dict[str, str]:
    files = survey_files(folder, programme)
    return {
        f"criteria/survey/{kind}.yaml": _modelled(kind, files[kind], up="../../") for kind in SURVEY
    }


def _copied(name: str, text: str) -> str:
    if not name.endswith(".yaml"):
        return text
    return _modelled(_SPECIAL.get(name.removesuffix(".yaml"), "criterion"), text)


def _modelled(kind: Kind, text: str, up: str = "../") -> str:
    """Return an editor in the first line of a file which schema it has."""
    line = f"{_MODELINE}{_schema_of(kind, up)}\n"
    return text if text.startswith(_MODELINE) else line + text


def _schema_of(kind: Kind, up: str = "../") -> str:
    return f"{up}schemas/{kind}.schema.json"


def _schemas(programme: Programme) -> dict[str, str]:
    from kiamv_cli.cli.file_schemas import json_schema

    return {f"schemas/{kind}.schema.json": _json(json_schema(kind, programme)) for kind in _FILES}


def _editor() -> dict[str, str]:
    schemas = {f"./schemas/{kind}.schema.json": list(files) for kind, files in _FILES.items()}
    return {
        ".vscode/settings.json": _json({"yaml.schemas": schemas}),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
