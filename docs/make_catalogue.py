"""Bring the catalogue of translations up to date: ``python docs/make_catalogue.py [PART.po …]``.

Collects every text that people read, keeps what is translated already, takes what is new from the
parts, drops what nobody says any more, and compiles the result. Ends with status 1, and names
them, while texts have no translation.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from kiamv_cli.cli.app import build
from kiamv_cli.cli.localised_help import commands_of, help_texts, paragraphs, type_name
from kiamv_cli.formats.package_data import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    # A text for one and for any other number, or one for all.
    Text = str | tuple[str, str]

PACKAGE = Path(__file__).parent.parent / "kiamv_cli"
CATALOGUE = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "kiamv.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "count": (2, 3)}
HEAD = "# The Dutch texts of kiamv. docs/make_catalogue.py keeps the list of texts current."
# What Click says by itself, as far as users of kiamv can come to see it.
CLICK: tuple[Text, ...] = (
    "Aborted!",
    "Could not open file {filename!r}: {message}",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing command.",
    "Missing option",
    "Missing parameter",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "Option {name!r} does not take a value.",
    (
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ),
    "Show this message and exit.",
    "Usage:",
    "{value!r} is not a valid {number_type}.",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    "{value} is not in the range {range}.",
)


class Dateless(Catalog):
    """A catalogue whose header is the same on every day."""

    mime_headers = property(
        lambda _: [
            ("Language", "nl"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ],
        lambda _self, _headers: None,
    )


def texts() -> Mapping[str, Text]:
    """Collect the texts that people read, by their English for one or for all numbers."""
    found = (*_in_code(), *_in_help(), *_in_tables(), *CLICK)
    plural = {each[0]: each for each in found if isinstance(each, tuple)}
    return {each: plural.get(each, each) for each in map(_key, found)}


def _in_code() -> Iterator[Text]:
    for _file, _line, text, _comments, _context in extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords=KEYWORDS
    ):
        yield text if isinstance(text, str) else (text[0], text[1])


def _in_help() -> Iterator[str]:
    command = get_command(build())
    for _thing, _name, text in help_texts(command):
        yield from (each for each in paragraphs(text) if not each.startswith("Example: "))
    for each in commands_of(command):
        yield from filter(None, map(type_name, each.params))


def _in_tables() -> Iterator[str]:
    for meanings in keys().values():
        yield from meanings.values()


def _key(text: Text) -> str:
    return text if isinstance(text, str) else text[0]


def catalogue(known: Iterable[Message]) -> Catalog:
    """Make the catalogue of all texts, with the translations among those that are known."""
    translated = {_squeezed(_key(each.id)): each.string for each in _each_paragraph(known)}
    made = Dateless(locale="nl", header_comment=HEAD, charset="utf-8", fuzzy=False)
    for key, text in sorted(texts().items()):
        string = translated.get(_squeezed(key), "")
        if isinstance(text, tuple) and isinstance(string, str):
            string = ("", "")  # one form tells nothing of the other
        elif isinstance(text, str) and not isinstance(string, str):
            string = string[0]
        made.add(text, string)
    return made


def _each_paragraph(messages: Iterable[Message]) -> Iterator[Message]:
    """Take messages apart that hold the whole text of a command's help."""
    for each in messages:
        yield each
        if "\n\n" in each.id:
            halves = zip(paragraphs(each.id), paragraphs(each.string), strict=False)
            for one, other in halves:
                yield Message(one, other)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def missing(made: Catalog) -> list[str]:
    """Name the texts that have no translation."""
    strings = ((each.id, each.string) for each in made if each.id)
    return [_key(text) for text, string in strings if not (all(string) and string)]


def po_bytes(made: Catalog) -> bytes:
    """Write a catalogue as text."""
    file = BytesIO()
    write_po(file, made, no_location=True, width=100)
    return file.getvalue()


def mo_bytes(made: Catalog) -> bytes:
    """Compile a catalogue."""
    file, lacking = BytesIO(), set(missing(made))
    translated = Dateless(locale="nl", charset="utf-8", fuzzy=False)
    for each in made:
        if each.id and _key(each.id) not in lacking:
            translated.add(each.id, each.string)
    write_mo(file, translated)
    return file.getvalue()


def read(*places: Path) -> list[Message]:
    """Read the messages of catalogues; of two translations of a text the last counts."""
    found: list[Message] = []
    for place in places:
        with place.open("rb") as file:
            found += [each for each in read_po(file, charset="utf-8") if each.id and each.string]
    return found


def main(parts: list[str]) -> int:
    """Bring the catalogue up to date, with these parts."""
    before = [CATALOGUE] if CATALOGUE.exists() else []
    made = catalogue(read(*before, *map(Path, parts)))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(po_bytes(made))
    CATALOGUE.with_suffix(".mo").write_bytes(mo_bytes(made))
    lacking = missing(made)
    print(f"{len(made)} texts, {len(lacking)} without a translation", file=sys.stderr)
    for text in lacking:
        print(f"  {text}", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
