"""What people read, in their language: English stands in the code, the others in a catalogue.

The language is that of the context (``in_language``), never of the machine. Data formats, ids and
codes are English always.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Protocol

from kiamv_cli.base.labels import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from gettext import GNUTranslations

_current: ContextVar[Language] = ContextVar("language", default="en")
# That of labels of a programme, where it is none of kiamv's own.
_of_labels: ContextVar[str] = ContextVar("label language", default="")


def current_language() -> Language:
    """Return the language that texts for people are in."""
    return _current.get()


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Have texts for people in this language, within the block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def _(text: str, /, **values: object) -> str:
    """Return a text in the current language, filled in.

    Args:
        text: The English text, a literal, so that it is found for the catalogue; ``{name}`` stands
            for one of the values.
        values: What to fill in, as it is.
    """
    catalogue = _catalogue(_current.get())
    found = catalogue.gettext(text) if catalogue else text
    return found.format(**values) if values else found


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the text for a number of things in the current language, filled in.

    Args:
        singular: The English text for one, a literal.
        plural: That for any other number.
        number: How many; the texts may have it as ``{n}``.
        values: What else to fill in.
    """
    catalogue = _catalogue(_current.get())
    english = singular if number == 1 else plural
    found = catalogue.ngettext(singular, plural, number) if catalogue else english
    return found.format(n=number, **values)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a text for the catalogue that is translated where it is used: ``_(LABELS[key])``."""
    return text


def label_in(label: Mapping[Language, str]) -> str:
    """Return a label that files hold per language in that of the programme, else in any it has.

    The language of the programme is the current one, unless ``labels_in`` says another.
    """
    by_language = {str(language): text for language, text in label.items()}
    for language in (_of_labels.get(), _current.get()):
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()))


def labels_in(language: str) -> None:
    """Have labels in a language from now on, where they are given in it."""
    _of_labels.set("" if language in LANGUAGES else language)


class Labelled(Protocol):
    """What has an id, and a label in several languages."""

    @property
    def id(self) -> str:
        """The code, the same in every language."""

    @property
    def label(self) -> Mapping[Language, str]:
        """What people call it, by language."""


def labels_of(labelled: Iterable[Labelled]) -> dict[str, str]:
    """Return what things are called in the current language, by their ids."""
    return {each.id: label_in(each.label) for each in labelled}


def in_any_language(texts: Iterable[str]) -> dict[str, str]:
    """Return the English text for each way to write it, to read what people got in their language.

    Args:
        texts: English texts, marked by ``N_``.
    """
    known, found = tuple(texts), dict[str, str]()
    for language in reversed(LANGUAGES):
        with in_language(language):
            found |= {_(text): text for text in known}
    return found


def in_all_languages(text: str) -> dict[Language, str]:
    """Return an English text, marked by ``N_``, in each language, as files hold labels."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        with in_language(language):
            found[language] = _(text)
    return found


@cache
def _catalogue(language: Language) -> GNUTranslations | None:
    """Return the translations into a language; ``None`` for that of the code."""
    if language == "en":
        return None
    from gettext import GNUTranslations
    from importlib.resources import files

    place = files("kiamv_cli").joinpath("locale", language, "LC_MESSAGES", "kiamv.mo")
    with place.open("rb") as file:
        return GNUTranslations(file)
