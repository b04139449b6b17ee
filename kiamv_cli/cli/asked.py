"""The language that is asked for, known before anything else is read or said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OPTION, VARIABLE = "--lang", "KIAMV_LANG"


def asked_language(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[str, list[str]]:
    """Find the language in what was typed, else in the environment.

    Args:
        arguments: The words after ``kiamv``; of several ``--lang`` the last counts.
        environment: Where ``KIAMV_LANG`` may be set.

    Returns:
        The language as it was given, which may be none there is; English if nothing was. And the
        other arguments.
    """
    language, others = _plain(environment.get(VARIABLE) or "en"), list[str]()
    words = iter(arguments)
    for word in words:
        if word == "--":
            return language, [*others, word, *words]
        if word == OPTION:
            language = _plain(next(words, ""))
        elif word.startswith(f"{OPTION}="):
            language = _plain(word.removeprefix(f"{OPTION}="))
        else:
            others.append(word)
    return language, others


def plainly(words: Sequence[str]) -> Iterator[str]:
    """Give the words with each language as kiamv calls it."""
    before = ""
    for place, word in enumerate(words):
        if word == "--":
            yield from words[place:]
            return
        if before == OPTION:
            yield _plain(word)
        elif word.startswith(f"{OPTION}="):
            yield f"{OPTION}={_plain(word.removeprefix(f'{OPTION}='))}"
        else:
            yield word
        before = word


def _plain(language: str) -> str:
    """Take the language from how a system names it: ``nl`` of ``NL`` and of ``nl_NL.UTF-8``."""
    first = language.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0]
    return first.lower() if first.lower() in LANGUAGES else language
