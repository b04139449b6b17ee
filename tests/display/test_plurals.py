"""A number and what it counts agree, in every text of both languages, also for one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from kiamv_cli.base.text import CODES, OTHERS, table

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUE = Path(__file__).parents[2] / "kiamv_cli" / "locale" / "nl" / "LC_MESSAGES" / "kiamv.po"
with CATALOGUE.open("rb") as file:
    MESSAGES: list[Message] = [each for each in read_po(file) if each.id]


def _forms(text: str | dict[str, str]) -> str | tuple[str, ...]:
    return text if isinstance(text, str) else (text["one"], text["other"])


def _messages() -> Iterator[Message]:
    """The texts of the tables, as those of the catalogue are."""
    sections = [table(name) for name in OTHERS]
    for code in (code for name in CODES for code in table(name).values()):
        sections += [code.get("messages", {}), code.get("hints", {})]
    for text in (text for each in sections for text in each.values()):
        yield Message(_forms(text["en"]), _forms(text["nl"]))


MESSAGES += _messages()
# What a number that chooses among the forms is called in them, if not {n}.
NUMBERS = {"n", "number", "seats", "shown", "size", "people", "total"}
WORD = re.compile(r"[^\W\d_]{3,}")
# A value that is filled in, and the first or second word after it.
COUNTED = re.compile(r"\{(\w+)\}\s+(?:([^\W\d_]+)\s+)?([^\W\d_]+)")

# Words of texts for many that count nothing: no nouns, nor bound to a number before them.
NEUTRAL = {
    "with",
    "met",
    "no",
    "geen",
    "all",
    "each",
    "other",
    "others",
    "more",
    "dan",
    "elk",
    "niet",
    "once",
    "one",
    "than",
}
NEUTRAL |= {"itself", "tegelijk", "zichzelf", "different", "verschillende", "andere", "zulke"}
NEUTRAL |= {"come", "komen", "counts", "differ", "verschillen", "staan", "stand", "have", "hebben"}
NEUTRAL |= {"kunnen", "voldoen", "zeggen", "gaan", "gaven", "deden", "help", "helpen", "were"}
NEUTRAL |= {"zijn", "are", "wisselden", "ontbreken", "verschoven", "say", "waren", "delen"}
NEUTRAL |= {"alle", "deze", "die", "een", "meer", "steeds", "van", "need"}
NEUTRAL |= {"zouden", "veranderen", "where", "waar", "holds", "worden"}
NEUTRAL |= {"their", "these", "they", "those", "them"}
BEFORE = {
    "from",
    "to",
    "uit",
    "of",
    "van",
    "in",
    "op",
    "en",
    "and",
    "or",
    "is",
    "die",
    "only",
    "that",
}
# Never one: samples, bases and values where there are several, options of a command. Or no number.
SEVERAL = {
    "{key} has {given} characters; at most {most} are allowed",
    "the name has {n} characters, and a list takes {most}",
    "de naam heeft {n} tekens, en een lijst laat er {most} toe",
    (
        "Proven optimal in {steps} steps that were checked; more than {n} shortlists are equally "
        "good, and the lottery chose (seed {seed})."
    ),
    (
        "Bewezen optimaal in {steps} stappen, die zijn nagerekend; meer dan {n} shortlists zijn "
        "even goed, en de loting koos (startwaarde {seed})."
    ),
    "{n} shortlists are equally good; only the lottery decided on {names}.",
    "{n} shortlists zijn even goed; alleen de loting besliste over {names}.",
    "all {n} questions",
    "alle {n} vragen",
    (
        "Only the lottery put it in: of {n} equally good shortlists some have it, and over all "
        "seeds its chance is {chance}."
    ),
    (
        "Only the lottery left it out: of {n} equally good shortlists some have it, and over all "
        "seeds its chance is {chance}."
    ),
    (
        "Alleen de loting bracht het erin: van {n} even goede shortlists bevatten sommige het, "
        "en over alle startwaarden is de kans {chance}."
    ),
    (
        "Alleen de loting hield het erbuiten: van {n} even goede shortlists bevatten sommige het, "
        "en over alle startwaarden is de kans {chance}."
    ),
    "{criterion}: nothing is known for {n} of {all} ecosystems.",
    "kiamv: {path} names no long list, so this is about the bundled one",
    "the column {name} holds verdicts, but not by whom or when",
    "in de kolom {name} staan oordelen, maar niet van wie en van wanneer",
    "95%: bootstrap per ecosysteem, {n} trekkingen, startwaarde {seed}.",
    "95%: bootstrap by ecosystem, {n} resamples, seed {seed}.",
    "challenges in {n} different themes",
    "challenges in {n} more themes",
    "opgaven in nog {n} thema's",
    "{n} different domains of life",
    "{n} more domains of life",
    "{n} verschillende leefdomeinen",
    "nog {n} leefdomeinen",
    "{facts} with {n} different values of {field}",
    "{facts} with {n} more different values of {field}",
    "{facts} met {n} verschillende waarden van {field}",
    "{facts} met nog {n} verschillende waarden van {field}",
    "the scope is {scope}, but {provinces} provinces are listed",
    "de reikwijdte is {scope}, maar er staan {provinces} provincies",
    "all {traced} facts come from a single source, {source}",
    "alle {traced} feiten komen uit één bron, {source}",
    "Option {name!r} requires {nargs} arguments.",
    "De optie {name!r} heeft {nargs} waarden nodig.",
    "een naam heeft {n} tekens; hoogstens {most} zijn toegestaan",
    "{key} heeft {given} tekens; hoogstens {most} zijn toegestaan",
    "it has {n} budget lines, too many to compare",
    "er zijn {n} budgetregels, te veel om te vergelijken",
    "it has {n} columns, of which {most} are read",
    "de tabel heeft {n} kolommen; er worden er {most} gelezen",
    "{field} names {value}, more than {other} {size}.",
    "{id}: zowel {one} als {two} heeft budgetregels",
    "No shortlist of {least} to {most} members meets the wishes. What follows is about {least}.",
    (
        "Geen shortlist van {least} tot en met {most} leden voldoet aan de wensen. "
        "Wat volgt gaat over {least}."
    ),
}


def forms(message: Message) -> Iterator[tuple[str, bool]]:
    """All texts of a message in both languages, each with whether a number chooses among them."""
    ids, texts = message.id, message.string
    for each in (ids, texts):
        if isinstance(each, str):
            yield each, False
        else:
            yield from ((text, True) for text in each or ())


def words_for_many() -> set[str]:
    """The words by which texts for many differ from those for one."""
    found = set[str]()
    for message in MESSAGES:
        for pair in (message.id, message.string):
            if isinstance(pair, (tuple, list)):
                plain = (re.sub(r"\{\w+\}", "", text.casefold()) for text in pair[:2])
                one, many = ({*WORD.findall(text)} for text in plain)
                found |= many - one
    return found - NEUTRAL


def disagreeing(text: str, many: set[str], *, numbered: bool) -> list[str]:
    return [
        f"{{{value}}} {' '.join(filter(None, words))}"
        for value, *words in COUNTED.findall(text)
        if not (numbered and value in NUMBERS)
        and not {*words} & BEFORE
        and any(word.casefold() in many for word in words)
    ]


def test_there_are_words_to_look_for() -> None:
    many = words_for_many()
    assert {"ecosystems", "ecosystemen", "seats", "plaatsen", "feiten", "themes"} <= many


def test_what_follows_a_number_is_chosen_by_it() -> None:
    many = words_for_many()
    found = {
        text: told
        for message in MESSAGES
        for text, numbered in forms(message)
        if text not in SEVERAL and (told := disagreeing(text, many, numbered=numbered))
    }
    assert "\n".join(f"{told}: {text}" for text, told in found.items()) == ""


@pytest.mark.parametrize(
    "text", ["Of {n} ecosystems each; {none}.", "{later} feiten", "{seats} more seats out of place"]
)
def test_it_would_be_seen(text: str) -> None:
    assert disagreeing(text, words_for_many(), numbered=False)
