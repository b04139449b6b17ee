"""Letters: of each ecosystem a page that says what was decided on it, why, and how to check it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.language import _, current_language, label_in, ngettext
from kiamv_cli.decision.view.record import sentence, swap_text
from kiamv_cli.display.formats import markdown_escaped
from kiamv_cli.display.html import Raw, el, markup
from kiamv_cli.display.marks import LIGHT
from kiamv_cli.display.text import date_text, decimal, exact, first_of, listing
from kiamv_cli.display.typesetting import all_shown, typeset
from kiamv_cli.display.words import word
from kiamv_cli.programme.view import dimensions_text, fact_text, list_text
from kiamv_cli.scoring.model.score import score_at
from kiamv_cli.selection.view.place import PlaceWords
from kiamv_cli.selection.view.ways import swap_price

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kiamv_cli.decision.model.record import Record
    from kiamv_cli.display.html import Node
    from kiamv_cli.display.typesetting import Told
    from kiamv_cli.programme.model.facts import CriterionEvidence, Evidence
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.scoring.model.score import CriterionScore
    from kiamv_cli.selection.model.explain import Explained, Explanation

# A letter is one page: of each criterion so many facts, each in so many letters.
_MOST_FACTS, _MOST_LETTERS = 3, 110
_FIELD = re.compile(r"\{([a-z_]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


class UnknownFieldError(Exception):
    """A template asks for what no letter has: ``line`` of it, and the ``name``."""

    def __init__(self, line: int, name: str) -> None:
        super().__init__(name)
        self.line, self.name = line, name


class Piece(NamedTuple):
    """A part of a letter: ``h1``, ``h2``, ``p``, ``li`` or ``pre``, and its text.

    What stands between two pairs of asterisks is strong.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What the letters of one decision share.

    Attributes:
        explanation: The ecosystems, explained, and the shortlist in question.
        record: What was decided, ``None`` where nothing is on record.
        commands: What to type to check it, with ``{id}`` for the ecosystem.
        contact: Where to send a fact; empty if nobody said.
        template: The letter, with fields in braces.
    """

    explanation: Explanation
    record: Record | None
    commands: Sequence[str]
    contact: str
    template: str

    def pieces(self, one: Explained) -> Iterator[Piece]:
        """Yield the parts of the letter of one ecosystem; a heading above nothing is left out.

        Raises:
            UnknownFieldError: The template asks for what no letter has.
        """
        heading: Piece | None = None
        for piece in self._filled(one):
            if piece.kind == "h2":
                heading = piece
                continue
            if heading is not None:
                yield heading
                heading = None
            yield piece

    def _filled(self, one: Explained) -> Iterator[Piece]:
        for number, line in enumerate(self.template.splitlines(), 1):
            text = line.strip()
            if not text:
                continue
            for name in _FIELD.findall(text):
                if name not in FIELDS:
                    raise UnknownFieldError(number, name)
            if alone := _FIELD.fullmatch(text):
                yield from FIELDS[alone[1]](self, one)
            else:
                yield from self._line(text, one)

    def _line(self, text: str, one: Explained) -> Iterator[Piece]:
        """Yield a line with its fields filled in; nothing if all of them are empty."""
        values = {
            name: " ".join(piece.text for piece in FIELDS[name](self, one))
            for name in _FIELD.findall(text)
        }
        if values and not any(values.values()):
            return
        filled = _FIELD.sub(lambda field: values[field[1]], text)
        mark, _blank, rest = filled.partition(" ")
        kinds = {"#": "h1", "##": "h2", "-": "li"}
        yield Piece(kinds[mark], rest) if mark in kinds else Piece("p", filled)


def _name(_letters: Letters, one: Explained) -> Iterator[Piece]:
    yield Piece("p", one.scored.ecosystem.name)


def _inside(letters: Letters, one: Explained) -> bool:
    name = one.scored.ecosystem.id
    if letters.record is not None:
        return name in letters.record.final.selected
    return one.place is not None and one.place.margin.member


def _verdict(letters: Letters, one: Explained) -> Iterator[Piece]:
    name, size = one.scored.ecosystem.name, letters.explanation.request.size
    if _inside(letters, one):
        yield Piece("p", _("{name} is on the shortlist of {size}.", name=name, size=size))
    else:
        yield Piece("p", _("{name} is not on the shortlist of {size}.", name=name, size=size))


def _decision(letters: Letters, _one: Explained) -> Iterator[Piece]:
    scores, record = letters.explanation.scores, letters.record
    of = {
        "title": scores.longlist.title,
        "total": len(scores.ecosystems),
        "date": date_text(scores.as_of),
    }
    if record is None:
        text = _(
            "Nothing is decided yet: this is what the rules give for the {total} ecosystems of "
            "{title}, by what was known on {date}.",
            **of,
        )
    else:
        text = _(
            "On {day} {names} decided on the {total} ecosystems of {title}, by what was known on "
            "{date}. The reason given: {reason}",
            reason=sentence(record.decided.reason),
            day=date_text(record.decided.on),
            names=listing(record.decided.by),
            **of,
        )
    yield Piece("p", text)


def _place(letters: Letters, one: Explained) -> Iterator[Piece]:
    """Yield its place and what would have changed it; of others only what the record publishes."""
    explanation, record = letters.explanation, letters.record
    names, identifier = explanation.scores.longlist.names, one.scored.ecosystem.id
    swaps = [
        swap_text(record, swap, names)
        for swap in (record.overrides if record else ())
        if record is not None and identifier in {swap.into, swap.out}
    ]
    yield from (Piece("p", text) for text in swaps)
    if swaps:
        yield Piece("p", _("Before that swap the rules gave this:"))
    yield Piece("p", _rank(explanation, one))
    if one.place is None:
        return
    words = PlaceWords(explanation.scores, explanation.request, commands=False, others=False)
    in_or_out, *others = words.sentences(one.scored, one.place)
    # The letter opens with that, unless people decided otherwise.
    sentences = [in_or_out, *others] if swaps else others
    yield from (Piece("li", text) for text in sentences)
    if one.place.lots is not None and identifier not in one.place.lots.ecosystems:
        yield Piece("li", _("No lot decided on it."))
    if one.place.ways is not None and one.place.ways.swap is not None:
        price = swap_price(one.place.ways)
        text = _("If it had replaced one member, at best: {price}.", price=price)
        yield Piece("li", text)


def _rank(explanation: Explanation, one: Explained) -> str:
    scores, request = explanation.scores, explanation.request
    text = _(
        "With a score of {score} it is number {rank} of {total}.",
        score=exact(score_at(one.scored, scores.programme, request.unknown)),
        rank=one.scored.rank,
        total=len(scores.ecosystems),
    )
    if not request.balance:
        return text
    order = _(
        "The shortlist is not simply the highest scores: the spread over {dimensions} comes first, "
        "then the score, and a lot decides between equals. So one with a lower score can be in.",
        dimensions=dimensions_text(request.balance, scores.programme.dimensions),
    )
    return f"{text} {order}"


Judged = tuple["Criterion", "CriterionScore", "CriterionEvidence"]


def _judged(one: Explained, letters: Letters) -> Iterator[Judged]:
    criteria = letters.explanation.scores.programme.criteria
    return zip(criteria, one.scored.criteria, one.evidence, strict=True)


def _criteria(letters: Letters, one: Explained) -> Iterator[Piece]:
    for criterion, scored, known in _judged(one, letters):
        score = decimal(scored.proven)
        if scored.open:
            score = _(
                "{proven}, at best {possible}", proven=score, possible=decimal(scored.possible)
            )
        said = [*_said(letters, known)]
        label = label_in(criterion.label)
        yield Piece("li", f"**{label}: {word(scored.verdict)}** ({score}). {' '.join(said)}")


def _said(letters: Letters, known: CriterionEvidence) -> Iterator[str]:
    """Yield what the verdict rests on: what people judged, and the facts."""
    programme = letters.explanation.scores.programme
    if known.counting is not None:
        # Who judged is nobody's business but the committee's.
        yield _("People judged it: {reason}", reason=sentence(known.counting.reason))
    counting = [each for each in known.facts if each.holding == "holds"]
    others = len(known.facts) - len(counting)
    facts = [_fact(each, letters) for each in counting]
    if facts:
        yield f"{'; '.join(first_of(facts, _MOST_FACTS))}."
    elif known.counting is None:
        yield _("No fact is known that counts.")
    if others:
        yield ngettext(
            "{n} fact does not hold on the reference date.",
            "{n} facts do not hold on the reference date.",
            others,
        )
    if known.absent:
        yield _(
            "Looked for, and not found: {what}.",
            what=listing([list_text(each, programme) for each in known.absent]),
        )


def _fact(one: Evidence, letters: Letters) -> str:
    text = fact_text(one, letters.explanation.scores.programme)
    short = text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1].rstrip()}…"
    source = one.source and (one.source.publisher or one.source.title)
    return f"{short} ({source})" if source else short


def _asked(letters: Letters, one: Explained) -> Iterator[Piece]:
    """Yield which facts could still raise its score, for whoever can show them."""
    programme = letters.explanation.scores.programme
    open_ = [each for each in _judged(one, letters) if each[1].open]
    if not open_:
        yield Piece("p", _("All criteria are settled: no further fact can raise its score."))
        return
    yield Piece(
        "p",
        _(
            "These facts could still raise its score. It is for the ecosystem itself, or whoever "
            "else can, to show them, each with a source that anyone can read:"
        ),
    )
    for criterion, scored, known in open_:
        missing = criterion.rule.missing_text(scored.possible, known, programme)
        yield Piece("li", f"**{label_in(criterion.label)}**: {missing}")


def _contact(letters: Letters, _one: Explained) -> Iterator[Piece]:
    if letters.contact:
        yield Piece("p", _("Send it to {contact}.", contact=letters.contact))
    elif letters.record is not None:
        who = listing(letters.record.decided.by)
        yield Piece("p", _("Send it to those who decided: {names}.", names=who))


def _check(letters: Letters, one: Explained) -> Iterator[Piece]:
    if letters.record is not None:
        yield Piece(
            "p",
            _(
                "All of this follows from the decision on record and the long list, which anyone "
                "can ask for. With kiamv (pip install kiamv) the first command checks the record "
                "and the second explains this ecosystem; the third checks the proof with Python "
                "alone, without kiamv:"
            ),
        )
    else:
        yield Piece("p", _("With kiamv (pip install kiamv) anyone gets the same:"))
    commands = (each.replace("{id}", one.scored.ecosystem.id) for each in letters.commands)
    yield Piece("pre", "\n".join(commands))


FIELDS: Mapping[str, Callable[[Letters, Explained], Iterator[Piece]]] = {
    "name": _name,
    "verdict": _verdict,
    "decision": _decision,
    "place": _place,
    "criteria": _criteria,
    "asked": _asked,
    "contact": _contact,
    "check": _check,
}


def letter_markdown(pieces: Sequence[Piece]) -> str:
    """Write a letter as Markdown."""
    marks = {"h1": "# ", "h2": "## ", "li": "- ", "p": ""}
    parts: list[str] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "pre":
            parts.append(f"\n```\n{piece.text}\n```")
            continue
        after_item = place and piece.kind == "li" and pieces[place - 1].kind == "li"
        text = "**".join(map(markdown_escaped, piece.text.split("**")))
        parts.append(f"{'' if after_item or not place else chr(10)}{marks[piece.kind]}{text}")
    return "\n".join(parts) + "\n"


def letter_html(pieces: Sequence[Piece], style: str) -> str:
    """Write a letter as one HTML page that stands by itself."""
    shown = [*_nodes(pieces)]
    title = next((piece.text for piece in pieces if piece.kind == "h1"), "")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Raw(style)),
    )
    made = el("html", head, el("body", el("main", shown)), lang=current_language())
    return f"<!DOCTYPE html>\n{markup(made)}\n"


def _nodes(pieces: Sequence[Piece]) -> Iterator[Node]:
    items: list[Node] = []
    for piece in (*pieces, Piece("", "")):
        if piece.kind == "li":
            items.append(el("li", _strong(piece.text)))
            continue
        if items:
            yield el("ul", [*items])
            items = []
        if piece.kind:
            yield el(piece.kind, _strong(piece.text))


def _strong(text: str) -> Node:
    parts = _BOLD.split(text)
    return [el("b", part) if at % 2 else part for at, part in enumerate(parts)]


def letters_pdf(
    letters: Sequence[Sequence[Piece]], foot: str, missing: Told | None = None
) -> bytes:
    """Write letters as PDF on A4, each on a page of its own.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    pages = [
        [
            {
                "kind": piece.kind,
                "parts": [
                    {"text": part, "strong": bool(at % 2)}
                    for at, part in enumerate(_BOLD.split(piece.text))
                    if part
                ],
            }
            for piece in pieces
        ]
        for pieces in letters
    ]
    said = {
        "letters": pages,
        "title": letters[0][0].text if letters and letters[0] else "",
        "language": current_language(),
        "foot": foot,
        "colours": LIGHT,
    }
    template = files("kiamv_cli").joinpath("reports", "view", "letter.typ").read_bytes()
    lacking: dict[str, None] = {}
    inputs = {"letters": json.dumps(all_shown(said, lacking), ensure_ascii=False)}
    made = typeset(template, inputs, format="pdf", pdf_standards=["ua-1"])
    if lacking and missing:
        missing([*lacking])
    return made
