"""Who may be the same: the reasons in words, and what was answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.display.document import Cell, Field, Heading, Paragraph, data, people, records, table
from kiamv_cli.display.text import count, heading, whole
from kiamv_cli.longlist.model.duplicates import LEVELS
from kiamv_cli.longlist.view import criteria_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Style, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.duplicates import (
        Answered,
        Duplicates,
        Kind,
        Level,
        Named,
        Reason,
        Suspicion,
    )
    from kiamv_cli.longlist.model.identity import Answer

LEVEL_WORDS: Mapping[Level, str] = {"strong": N_("strong"), "fair": N_("fair"), "weak": N_("weak")}
_STYLES: Mapping[Level, Style] = {"strong": "not-met", "fair": "partly", "weak": "faint"}
_WORDS: Mapping[Kind, str] = {
    "same-name": N_("the same name"),
    "same-letters": N_("the same but for spaces, capitals, accents and signs"),
    "same-words": N_("the same words, but for their order and small words"),
    "translated": N_("the same words in another language"),
    "acronym-in-brackets": N_("'{shared}' is in brackets after the name it is short for"),
    "without-brackets": N_("the same but for what is in brackets"),
    "without-place": N_("the same but for a place after a comma"),
    "close-spelling": N_("spelled nearly the same"),
    "initials": N_("'{shared}' are the initials of the other"),
    "same-page": N_("the same website, {shared}"),
    "in-brackets": N_("'{shared}' is in brackets in the other"),
    "words-within": N_("all words of '{shared}' are in the other"),
    "same-site": N_("both websites are on {shared}"),
    "same-brackets": N_("both have '{shared}' in brackets"),
    "shared-word": N_("both have the word '{shared}', which few have"),
}
_WEBSITES = {"same-page", "same-site"}
_ANSWERS: Mapping[Answer, str] = {
    "same": N_("the same"),
    "different": N_("different"),
    "part-of": N_("part of the other"),
    "later": N_("later"),
}


def why(suspicion: Suspicion) -> str:
    """Say in words why two entries may be the same."""
    return "; ".join(_words(each, suspicion) for each in suspicion.reasons)


def strength(suspicion: Suspicion) -> str:
    """How strong a suspicion is, in a word and in per cent: ``strong, 95``."""
    return f"{_(LEVEL_WORDS[suspicion.level])}, {suspicion.strength}"


def where(entry: Named, *, with_id: bool) -> str:
    """Where an entry stands and its id, in brackets, as far as there is anything to say."""
    said = [*((entry.id,) if entry.id and with_id else ()), *entry.lists]
    return f" ({', '.join(said)})" if said else ""


@dataclass(frozen=True, slots=True)
class SameView:
    """``kiamv same``; ``kept`` is the file of answers."""

    found: Duplicates
    kept: str = ""

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/same``."""
        answered = self.found.answered()
        return {
            **heading("same"),
            "criteria": criteria_fields(self.found.programme),
            "entries": len(self.found.named),
            "identities": self.kept,
            "suspected": len(answered),
            "open": sum(each.is_open for each in answered),
            "levels": _levels(answered),
            "answers": _counts(answered),
            "suspicions": [_suspicion(each) for each in answered],
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """Return a row per suspicion; with answers filled in, --answers reads it."""
        return records(_fields(), self.found.answered())

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The suspicions that are open, strongest first, then what was answered."""
        del symbols
        answered = self.found.answered()
        waiting = [each for each in answered if each.is_open]
        total = count(len(self.found.named), "entry", "entries")
        yield Heading(
            ngettext(
                "{total}: {n} pair that may be the same",
                "{total}: {number} pairs that may be the same",
                len(answered),
                total=total,
                number=whole(len(answered)),
            )
        )
        if waiting:
            yield table(_fields(), waiting)
            yield Paragraph("")
        yield from (Paragraph(text) for text in self._told(answered, len(waiting)))

    def _told(self, answered: tuple[Answered, ...], waiting: int) -> Iterator[str]:
        several = sum(len(each.lists) > 1 for each in self.found.named)
        if several:
            yield ngettext(
                "{n} name stands on more than one list as it is, and needs no question.",
                "{n} names stand on more than one list as they are, and need no question.",
                several,
            )
        said = [
            f"{_(_ANSWERS[answer])} {whole(number)}"
            for answer, number in _counts(answered).items()
            if number
        ]
        if said:
            yield _("Answered in {file}: {said}.", file=self.kept, said=", ".join(said))
        if waiting:
            yield _(
                "Nothing is merged automatically. kiamv same with --by NAME and --on DATE "
                "asks about each pair and keeps the answers in {file}; kiamv import "
                "--identities {file} uses them.",
                file=self.kept,
            )
        elif answered:
            yield _("Nothing is left to ask.")


def _fields() -> tuple[Field[Answered], ...]:
    return (
        people("suspicion", _("suspicion"), _suspicion_cell),
        Field("one", _("the one"), lambda each: _names(each)[0], wraps=True),
        data("answer", _("answer"), lambda each: each.answer),
        Field("other", _("the other"), lambda each: _names(each)[1], wraps=True),
        data("strength", _("strength"), lambda each: each.suspicion.strength),
        Field("why", _("why"), lambda each: why(each.suspicion), wraps=True),
        data("lists_one", _("lists"), lambda each: each.suspicion.one.lists),
        data("lists_other", _("lists"), lambda each: each.suspicion.other.lists),
        data("reason", _("reason"), lambda _each: None),
    )


def _names(each: Answered) -> tuple[str, str]:
    """Return the two as they were asked about, or as the answer turned them."""
    one, other = each.suspicion.asked_as
    return (other, one) if each.turned else (one, other)


def _suspicion_cell(each: Answered) -> Cell:
    later = f" ({_(_ANSWERS['later'])})" if each.answer == "later" else ""
    return Cell(strength(each.suspicion) + later, _STYLES[each.suspicion.level])


def _words(reason: Reason, suspicion: Suspicion) -> str:
    said = _(_WORDS[reason.kind], shared=reason.shared)
    main = (suspicion.one.name, suspicion.other.name)
    if reason.kind in _WEBSITES or main == (reason.one, reason.other):
        return said
    return _("{said}: '{one}' and '{other}'", said=said, one=reason.one, other=reason.other)


def _levels(answered: tuple[Answered, ...]) -> Mapping[Level, int]:
    found = Counter(each.suspicion.level for each in answered)
    return {level: found[level] for level in LEVELS}


def _counts(answered: tuple[Answered, ...]) -> Mapping[Answer, int]:
    found = Counter(each.answer for each in answered)
    return {answer: found[answer] for answer in _ANSWERS}


def _suspicion(each: Answered) -> Mapping[str, object]:
    suspicion = each.suspicion
    return {
        "one": _named(suspicion.one),
        "other": _named(suspicion.other),
        "asked_as": list(suspicion.asked_as),
        "strength": suspicion.strength,
        "level": suspicion.level,
        "why": why(suspicion),
        "reasons": [
            {
                "kind": reason.kind,
                "strength": reason.strength,
                "one": reason.one,
                "other": reason.other,
                "shared": reason.shared or None,
            }
            for reason in suspicion.reasons
        ],
        "answer": each.answer,
        "part": {True: "other", False: "one"}[each.turned] if each.answer == "part-of" else None,
    }


def _named(entry: Named) -> Mapping[str, object]:
    return {"id": entry.id, "name": entry.name, "lists": list(entry.lists)}
