"""Words for the codes that people see: each concept is translated in one place."""

from __future__ import annotations

import shlex
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, cast

from kiamv_cli.base.language import N_, _, current_language, ngettext
from kiamv_cli.display.document import Cell, Paragraph
from kiamv_cli.display.text import seats, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Literal

    from kiamv_cli.display.document import Block, Style
    from kiamv_cli.display.text import Symbols


VERDICTS: Mapping[str, str] = {
    "met": N_("met"),
    "partly": N_("partly"),
    "not-met": N_("not met"),
    "unknown": N_("unknown"),
    "not-mine": N_("not mine"),
}
_WORDS: Mapping[str, str] = {
    **VERDICTS,
    # scope
    "municipal": N_("municipal"),
    "provincial": N_("provincial"),
    "multi-provincial": N_("multi-provincial"),
    "national": N_("national"),
    # sides of the helix, and what kind of organisation leads
    "industry": N_("industry"),
    "government": N_("government"),
    "research": N_("research"),
    "citizens": N_("citizens"),
    "business": N_("business"),
    "intermediary": N_("intermediary"),
    # domains of life
    "living": N_("living"),
    "working": N_("working"),
    "housing": N_("housing"),
    # what is spread over
    "provinces": N_("provinces"),
    "themes": N_("themes"),
    # severities of problems
    "error": N_("error"),
    "warning": N_("warning"),
}
# What the facts of a list are called: one and many.
_FACTS: Mapping[str, Callable[[int], str]] = {
    "challenges": lambda n: ngettext("challenge", "challenges", n),
    "life_domains": lambda n: ngettext("domain of life", "domains of life", n),
    "comparable_elsewhere": lambda n: ngettext(
        "case of the same problem or method elsewhere",
        "cases of the same problem or method elsewhere",
        n,
    ),
    "maturity": lambda n: ngettext("sign of maturity", "signs of maturity", n),
    "budget": lambda n: ngettext("budget line", "budget lines", n),
}
# The same, beside those that are known.
_MORE: Mapping[str, Callable[[int], str]] = {
    "challenges": lambda n: ngettext("{n} more challenge", "{n} more challenges", n),
    "life_domains": lambda n: ngettext("{n} more domain of life", "{n} more domains of life", n),
    "comparable_elsewhere": lambda n: ngettext(
        "{n} more case of the same problem or method elsewhere",
        "{n} more cases of the same problem or method elsewhere",
        n,
    ),
    "maturity": lambda n: ngettext("{n} more sign of maturity", "{n} more signs of maturity", n),
}
# What the keys of an ecosystem, a fact and a criterion are called.
_KEYS: Mapping[str, str] = {
    "name": N_("name"),
    "provinces": N_("provinces"),
    "themes": N_("themes"),
    "aliases": N_("aliases"),
    "scope": N_("scope"),
    "seat": N_("seat"),
    "founded": N_("founded"),
    "end_date": N_("end date"),
    "website": N_("website"),
    "lead": N_("lead"),
    "named_in_study": N_("named in study"),
    "suggested_by": N_("suggested by"),
    "challenges": N_("challenges"),
    "life_domains": N_("life domains"),
    "comparable_elsewhere": N_("comparable elsewhere"),
    "maturity": N_("maturity"),
    "budget": N_("budget"),
    "partners": N_("partners"),
    "verdicts": N_("verdicts"),
    "note": N_("note"),
    "sources": N_("sources"),
    "what": N_("what"),
    "theme": N_("theme"),
    "domain": N_("domain"),
    "source": N_("source"),
    "confirmed_by": N_("confirmed by"),
    "since": N_("since"),
    "until": N_("until"),
    "own": N_("own"),
    "amount_eur": N_("amount eur"),
    "start": N_("start"),
    "funders": N_("funders"),
    "who": N_("who"),
    "kind": N_("kind"),
    "by": N_("by"),
    "via": N_("via"),
    "date": N_("date"),
    "wording": N_("wording"),
    "verdict": N_("verdict"),
    "reason": N_("reason"),
    "parts": N_("parts"),
    "basis": N_("basis"),
    "title": N_("title"),
    "publisher": N_("publisher"),
    "url": N_("url"),
    "year": N_("year"),
    "read": N_("read"),
    "criteria": N_("criteria"),
    "classes": N_("classes"),
    "dimensions": N_("dimensions"),
    "label": N_("label"),
    "question": N_("question"),
    "weight": N_("weight"),
    "rule": N_("rule"),
    "steps": N_("steps"),
    "facts": N_("facts"),
    "distinct": N_("distinct"),
    "score": N_("score"),
    "years": N_("years"),
    "caps": N_("caps"),
    "sides": N_("sides"),
    "needed": N_("needed"),
}


def word(code: str) -> str:
    """A code as a word of the current language; what is no code of kiamv's own as it is."""
    known = _WORDS.get(code)
    return code if known is None else _(known)


def code_text(code: str) -> str:
    """A code as files have it; in another language than theirs as a word."""
    return _(code) if code in VERDICTS else word(code)


def said_word(verdict: str) -> str:
    """A verdict in a word; a grade as a number."""
    return word(verdict) if verdict in VERDICTS else seats(Fraction(verdict))


def verdict_text(verdict: str, symbols: Symbols) -> str:
    """The same with the sign of a verdict, if it has one."""
    has_sign = verdict in VERDICTS and verdict != "not-mine"
    return f"{symbols.mark(verdict)} {word(verdict)}" if has_sign else said_word(verdict)


def verdict_cell(verdict: str, symbols: Symbols, more: str = "") -> Cell:
    """The same as a cell, with more behind it."""
    style = cast("Style", verdict) if verdict in VERDICTS else "plain"
    return Cell(f"{verdict_text(verdict, symbols)}{more}", style)


def words(codes: Sequence[str]) -> list[str]:
    """Codes as words, in their order."""
    return [word(each) for each in codes]


def key_text(key: str) -> str:
    """A key of the files in words: ``amount eur``; one of a helix is a side."""
    known = _KEYS.get(key)
    return word(key).replace("_", " ") if known is None else _(known)


def facts_noun(facts: str, number: int = 2) -> str:
    """What so many facts of a list are called: ``challenges``; a side of the helix as it is."""
    noun = _FACTS.get(facts)
    return word(facts) if noun is None else noun(number)


def facts_count(facts: str, number: int) -> str:
    """A number of facts of a list: ``2 challenges``."""
    return f"{whole(number)} {facts_noun(facts, number)}"


def more_facts(facts: str, number: int) -> str:
    """A number of facts beside those that are known: ``2 more challenges``."""
    return _MORE[facts](number)


def why_incomplete(*, interrupted: bool) -> str:
    """What kept a search from its end."""
    return _("interrupted") if interrupted else _("the time limit was reached first")


def end_text(end: int | Literal["open"], as_of: date) -> str:
    """The year in which an ecosystem ends, and whether it had ended at the reference date."""
    if end == "open":
        return _("open")
    if end < as_of.year:
        return _("{year}, before the reference date", year=end)
    return str(end)


def command_again(command: Iterable[str], file: str | None = None) -> str:
    """What to type in a shell to get a result again, in the current language, as a file."""
    language = current_language()
    spoken = () if language == "en" else ("--lang", language)
    return shlex.join((*command, *spoken, *(() if file is None else ("-o", file))))


class _MadeUp(Protocol):
    """What answers, interviews and types derived from them have alike."""

    @property
    def made_up(self) -> bool:
        """Whether nobody said any of it."""
        ...


def made_up(source: _MadeUp) -> Iterator[Block]:
    """The notice above and below what is no finding, where its source says that it is made up."""
    if source.made_up:
        text = _("DEMONSTRATION DATA, MADE UP: nobody gave these answers.")
        yield Paragraph(text, "not-met")
