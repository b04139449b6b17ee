"""Doubts about texts as such: addresses, reasons, and what was garbled on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.loading.doubts.subject import doubt
from kiamv_cli.loading.entry import as_mapping, as_text, texts
from kiamv_cli.loading.hints import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.loading.doubts.subject import Subject
    from kiamv_cli.loading.flaw import Flaw
    from kiamv_cli.loading.plain import Path

_ADDRESS = re.compile(
    r"https?://([^\W_]([\w-]*[^\W_])?\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)\.?(:\d+)?([/?#]\S*)?(?<![,;])",
    re.IGNORECASE,
)
# UTF-8 that was read as Windows-1252 (é, quotes and the like), HTML, and the sign for "unreadable".
_GARBLED = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u2013-\u2122]|\u00e2\u20ac|\ufffd"
    "|&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{1,2}(?:uml|acute|grave|circ|cedil)|#\\d+);"
    "|</?(?:a|b|br|div|em|i|li|p|span|strong|ul)\\b[^<>]*>"
)
_NO_REASONS = {"see above", "zie boven", "to do", "nog invullen", "no reason", "geen reden"}
_FEWEST_WORDS = 2


def about_texts(subject: Subject) -> Iterator[Flaw]:
    """Find addresses that lead nowhere, reasons that give none, and garbled text."""
    yield from _address(subject.entry.get("website"), ("website",))
    for name, source in subject.sources.items():
        yield from _address(as_mapping(source).get("url"), ("sources", name, "url"))
    for name, judgement in as_mapping(subject.entry.get("verdicts")).items():
        yield from _reason(as_text(as_mapping(judgement).get("reason")), name)
    # One look at all texts at once is much faster than one at each.
    written = subject.text
    if not written.isascii() or "&" in written or "<" in written:
        yield from _garbled(subject)


def _address(value: object, path: Path) -> Iterator[Flaw]:
    # What does not start like an address is an error, told elsewhere.
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return
    if not _ADDRESS.fullmatch(value):
        message = _("{value} is hardly a web address", value=shown(value))
        yield doubt("K938", path, message, _("Copy it again from the browser"))


def _reason(reason: str, criterion: str) -> Iterator[Flaw]:
    words = re.findall(r"[^\W\d_]+", reason)
    if reason.strip() and (len(words) < _FEWEST_WORDS or reason.casefold().strip() in _NO_REASONS):
        message = _("{reason} is no reason that others can follow", reason=shown(reason))
        hint = _("Say in a sentence what the verdict rests on")
        yield doubt("K937", ("verdicts", criterion, "reason"), message, hint)


def _garbled(subject: Subject) -> Iterator[Flaw]:
    for path, text in texts(subject.entry):
        found = _GARBLED.search(text)
        if found:
            message = _("{text} in this text was garbled on the way", text=shown(found[0]))
            yield doubt("K939", path, message, _("Copy the text again from where it was read"))
