"""JSON Schema (2020-12) of the documents that commands write, and what each field says.

All of it stands in ``formats/outputs.yaml``, in a notation that is told there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from kiamv_cli.display.text import heading
from kiamv_cli.formats.package_data import yaml_table

Schema = dict[str, Any]
Fields = Mapping[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OWN = ("is", "also")
_WORDS: Mapping[str, Schema] = {
    "text": {"type": "string"},
    "id": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "any": {},
    "open object": {"type": "object"},
}
_HOLDERS = {"list": ("array", "items"), "map": ("object", "additionalProperties")}
# The commands of which documents are called otherwise, or that write one of several.
_DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    "audit": ("survey-audit", "flow-check"),
    "check": ("check", "check-explain"),
    "survey-characterise": ("survey-characterise", "survey-crosstab"),
}


class OutputField(NamedTuple):
    """A field of a document: where it stands, what it is, whether it may be missing, a sentence."""

    path: str
    type: str
    optional: bool
    meaning: str


@cache
def _tables() -> Mapping[str, Any]:
    tables = yaml_table("outputs.yaml")
    assert isinstance(tables, dict)
    return tables


def documents() -> tuple[str, ...]:
    """Return the names of all documents, such as ``shortlist`` and ``review-agreement``."""
    return tuple(_tables()["documents"])


def commands() -> tuple[str, ...]:
    """Return what ``output_schema`` knows: commands, and the documents that have another name."""
    return tuple(dict.fromkeys((*_DOCUMENTS, *documents())))


def output_schema(command: str, *, closed: bool = False) -> Schema:
    """Return the JSON Schema of what a command writes with ``--format json``.

    Args:
        command: The command, such as ``shortlist``, or a document, such as ``clash``.
        closed: Allow no fields but those that it names; else new ones may come.

    Raises:
        KeyError: There is no such command or document.
    """
    names = _DOCUMENTS.get(command, (command,))
    compiler = _Compiler(closed)
    made = [compiler.document(name) for name in names]
    return {
        "$schema": _DIALECT,
        "$id": f"urn:kiamv:output:{command}",
        **(made[0] if len(made) == 1 else {"oneOf": made}),
        "$defs": {name: compiler.of(field) for name, field in _tables()["common"].items()},
    }


def output_fields(name: str) -> Iterator[OutputField]:
    """Yield the fields of a document, and those in them, in their order."""
    yield from _walk("", _fields_of(name))


def common_fields() -> Mapping[str, tuple[OutputField, ...]]:
    """Return what documents share: of each part its fields, the first of which is the part."""
    parts = _tables()["common"]
    return {name: (OutputField("", *_own(part)), *_walk("", part)) for name, part in parts.items()}


def _own(part: Fields) -> tuple[str, bool, str]:
    kind, meaning = _said(part)
    return kind, False, meaning


def _walk(path: str, fields: Fields) -> Iterator[OutputField]:
    for key, field in fields.items():
        if key in _OWN:
            continue
        name, optional = key.removesuffix("?"), key.endswith("?")
        kind, meaning = _said(field)
        yield OutputField(f"{path}{name}", kind, optional, meaning)
        if isinstance(field, Mapping):
            inner = {"list": "[].", "map": "{}."}.get(kind.partition(" ")[0], ".")
            yield from _walk(f"{path}{name}{inner}", field)


def _said(field: str | Fields) -> tuple[str, str]:
    text = field if isinstance(field, str) else field["is"]
    kind, _bar, meaning = text.partition(" | ")
    return kind, meaning


def _fields_of(name: str) -> Fields:
    """Return the fields of a document, with those of its groups in front."""
    own = _tables()["documents"][name]
    request = {"request": "$request | What was asked, and where each part of it came from."}
    groups = {**_tables()["groups"], "request": request}
    shared = [groups[each] for each in ("head", *own.get("also", ())) if name != "record"]
    return {key: each for part in (*shared, own) for key, each in part.items()}


class _Compiler:
    def __init__(self, closed: bool) -> None:  # noqa: FBT001 - of this module only
        self._closed = closed

    def document(self, name: str) -> Schema:
        fields = _fields_of(name)
        schema = self.of(fields)
        kind = heading(name)["schema"] if name != "record" else None
        if kind:
            schema["properties"]["schema"] |= {"const": kind}
        title = schema.pop("description").removesuffix(".")
        return {"title": f"kiamv {name}: {title}", **schema}

    def of(self, field: str | Fields) -> Schema:
        kind, meaning = _said(field)
        fields = field if isinstance(field, Mapping) else {}
        return {**self._type(kind, fields), "description": meaning}

    def _type(self, kind: str, fields: Fields) -> Schema:
        if kind.endswith(" or null"):
            return {"anyOf": [self._type(kind.removesuffix(" or null"), fields), {"type": "null"}]}
        outer, _of, inner = kind.partition(" of ")
        if outer in _HOLDERS:
            holder, items = _HOLDERS[outer]
            each = self._type(inner.removeprefix("(").removesuffix(")"), fields)
            return {"type": holder, items: each}
        if kind.startswith("$"):
            return {"$ref": f"#/$defs/{kind[1:]}"}
        if fields:
            return self._object(fields, is_open=kind.startswith("open"))
        return dict(_WORDS[kind]) if kind in _WORDS else {"enum": kind.split("/")}

    def _object(self, fields: Fields, *, is_open: bool) -> Schema:
        keys = [key for key in fields if key not in _OWN]
        closed = {} if is_open or not self._closed else {"additionalProperties": False}
        return {
            "type": "object",
            "properties": {key.removesuffix("?"): self.of(fields[key]) for key in keys},
            "required": [key for key in keys if not key.endswith("?")],
            **closed,
        }


def columns_of(name: str) -> Mapping[str, str]:
    """Return the columns of the CSV of a document that are told beside it, each in a sentence.

    A name in braces stands for an id or a number.
    """
    texts = _tables()["columns"].get(name, ())
    pairs = (text.partition(" | ") for text in texts)
    return {column: meaning or meaning_of(name, column) for column, _bar, meaning in pairs}


def meaning_of(name: str, column: str) -> str:
    """Return what the field of a document says that is called as a column, or one of its parts."""
    parts = [part for each in common_fields().values() for part in each]
    for field in (*output_fields(name), *parts):
        if field.path.rpartition(".")[2] == column:
            return field.meaning
    return ""
