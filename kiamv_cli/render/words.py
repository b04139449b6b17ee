"""Words for the codes that people see: each concept is translated in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import N_, _, ngettext
from kiamv_cli.render.text import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def word(code: str) -> str:
    """A code as a word of the current language; what is no code of kiamv's own as it is."""
    known = _WORDS.get(code)
    return code if known is None else _(known)


def words(codes: Sequence[str]) -> list[str]:
    """Codes as words, in their order."""
    return [word(each) for each in codes]


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
    return _("interrupted") if interrupted else _("the time limit came first")
