"""A review against its assignment: what changed since, which forms fit, which verdicts count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.base.files import bad_file, is_there
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import frozen
from kiamv_cli.review.model.assignment import unrecorded
from kiamv_cli.review.model.brief import brief_changes, brief_of, is_lapsed
from kiamv_cli.review.model.form import overlaid, questions
from kiamv_cli.review.model.outcome import Review, Standing
from kiamv_cli.review.model.people import interested
from kiamv_cli.review.reading.files import brief_sha256, entries_of
from kiamv_cli.review.reading.form_table import Expected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.review.model.brief import Brief
    from kiamv_cli.review.model.form import Answer, Form
    from kiamv_cli.review.model.outcome import ReviewOutcome
    from kiamv_cli.review.reading.folder import ReviewFolder

Versions: TypeAlias = "Mapping[str, tuple[Form, ...]]"
"""By reviewer their forms, the first one first."""


def briefs(folder: ReviewFolder) -> tuple[tuple[str, Brief], ...]:
    """Return what was asked at the assignment, and after each ruling, each with its SHA-256.

    Returns:
        Nothing where an older kiamv made the assignment, which did not keep it.

    Raises:
        BadInput: A file is damaged, or a question that was judged is no longer asked (K821).
    """
    assigned = folder.assignment(listed=False).brief
    if assigned is None:
        return ()
    steps = (
        (brief_sha256(assigned), assigned),
        # An assignment holds frozen values, and what is compared with them must be so too.
        *((e.questions, frozen(e.asked)) for e in folder.rulings()),
    )
    now = {each.key for each in questions(folder.programme)}
    if gone := [key for key in _keys(steps[-1][1]) if key not in now]:
        text = Text("K821.no-longer-asked", questions=", ".join(gone))
        place = str(folder.file("assignment"))
        raise bad_file(place, text, Text("K821.give-criteria-judged"))
    return steps


def standing(folder: ReviewFolder) -> Standing:
    """Return what changed since a review was assigned.

    Raises:
        BadInput: A file is damaged, or a question that was judged is no longer asked.
    """
    assignment = folder.assignment(listed=False)
    drift = unrecorded(folder.longlist, folder.reviewers(), assignment)
    if is_there(folder.file("opened")):
        drift = drift.closed()
    steps = briefs(folder)
    if not steps:
        return Standing(known=not is_there(folder.file("assignment")), events=assignment.events)
    return Standing(
        changes=brief_changes(steps[-1][1], brief_of(folder.programme)),
        entries=changed_entries(folder),
        rulings=folder.rulings(),
        events=assignment.events,
        unrecorded=drift,
    )


def changed_entries(folder: ReviewFolder) -> dict[str, tuple[str, ...]]:
    """Return the ecosystems of which the list says something else than was judged, and where.

    What the chair decided on, and what is no longer on the list, is not among them.
    """
    judged = dict(folder.assignment(listed=False).entries)
    for ruling in folder.rulings():
        judged |= {each: keys for each, keys in ruling.entries.items() if each in judged}
    now = entries_of(folder.longlist)
    return {
        each: tuple(k for k in dict.fromkeys((*now[each], *was)) if now[each].get(k) != was.get(k))
        for each, was in judged.items()
        if each in now and now[each] != was
    }


def expected(folder: ReviewFolder) -> Expected:
    """Return what a form must agree with.

    Where an older kiamv made the assignment, that is what the first forms that were sealed say.
    """
    assignment, steps = folder.assignment(), briefs(folder)
    as_of, known = assignment.as_of, [sha256 for sha256, _brief in steps]
    if not steps:
        sealed = [kept[0].form for who in assignment.turns if (kept := folder.kept(who))]
        as_of = next((form.as_of for form in sealed), None)
        known = [form.questions for form in sealed[:1] if form.questions]
    return Expected(
        assignment=assignment,
        as_of=as_of,
        questions=known,
        longlists=(*assignment.longlists, folder.longlist.sha256),
        older=not steps,
    )


def read_review(folder: ReviewFolder) -> Review:
    """Read a review that was opened: all verdicts that count, and what was decided since.

    Raises:
        BadInput: It was not opened; a file in it is missing, damaged or changed; or a form is of
            another date, or on other questions, than the assignment.
    """
    seals = folder.opened()
    if seals is None:
        advice = Text("K602.close-it", folder=folder.path)
        raise bad_file(str(folder.path), Text("K602.not-closed"), advice)
    return _counting(folder, first_verdicts(folder, seals))


def first_verdicts(folder: ReviewFolder, seals: Mapping[str, str]) -> Versions:
    """Read the first verdicts that belong to seals, by reviewer form by form.

    Raises:
        BadInput: One is missing or not what was sealed; of another date or on other questions than
            the assignment; or on a question that is no longer asked.
    """
    steps = briefs(folder)
    versions = {reviewer: folder.first(reviewer, sealed) for reviewer, sealed in seals.items()}
    folder.check_seals(seals)
    forms = [form for each in versions.values() for form in each]
    _check_alike(folder, forms, {sha256 for sha256, _brief in steps})
    return versions


def _check_alike(folder: ReviewFolder, forms: Sequence[Form], known: Collection[str]) -> None:
    """Refuse first verdicts of another date, or on other questions, than the assignment.

    Where an older kiamv made the assignment, the first form says what the others must.

    Raises:
        BadInput: Some are; with both.
    """
    assigned = folder.assignment(listed=False).as_of
    as_of = assigned or next((form.as_of for form in forms), None)
    problems = []
    for form in forms:
        place = str(folder.file("first", form.reviewer))
        if as_of and form.as_of != as_of:
            problems.append(_of_another_date(place, form, as_of, forms[0].reviewer, assigned))
        if known and form.questions not in known:
            text = Text("K820.other-questions-than-assigned")
            advice = Text("K820.restore-form-and-seal", reviewer=form.reviewer)
            problems.append(Problem(path=place, text=text, advice=advice))
    if problems:
        raise BadInput(problems)


def _of_another_date(
    place: str, form: Form, as_of: date, first: str, assigned: date | None
) -> Problem:
    text = (
        Text("K820.of-other-date", date=form.as_of, assigned=as_of)
        if assigned
        else Text("K820.of-other-date-than-first", date=form.as_of, reviewer=first, other=as_of)
    )
    advice = Text("K820.judge-again", reviewer=form.reviewer, date=as_of)
    return Problem(path=place, text=text, advice=advice)


def _counting(folder: ReviewFolder, versions: Versions) -> Review:
    """Leave out what lapsed, and what was said by who has an interest or no longer judges."""
    steps, rulings = briefs(folder), folder.rulings()
    assignment = folder.assignment()
    barred, people = folder.barred(), folder.people()
    listed = {each.id: each for each in folder.longlist.ecosystems}

    def lapsed(statement: Form | ReviewOutcome, ecosystem: str, key: str) -> bool:
        return is_lapsed(statement.questions, key, steps, rulings) or any(
            each.ends(ecosystem, statement.longlist) for each in rulings
        )

    def counted(form: Form) -> Form:
        own = barred.get(form.reviewer, frozenset())
        return form.only(lambda e, key: e in listed and e not in own and not lapsed(form, e, key))

    judging = {who: each for who, each in versions.items() if who not in assignment.withdrawn}
    everything = [each for each in folder.outcomes() if each.ecosystem in listed]
    outcomes = [each for each in everything if not lapsed(each, each.ecosystem, each.question)]
    partial = {e for e in outcomes if interested(e.by, listed[e.ecosystem], people)}
    given = [form for each in judging.values() for form in each]
    gone = sum(
        bool(a.judged) and lapsed(form, e, key) for form in given for e, key, a in _answers(form)
    )
    return Review(
        forms=tuple(overlaid([*map(counted, each)]) for each in judging.values()),
        outcomes=tuple(each for each in outcomes if each not in partial),
        standing=replace(
            standing(folder),
            lapsed=gone + len(everything) - len(outcomes),
            interested=(
                *_judged_own([overlaid(each) for each in judging.values()], barred),
                *((e.by, e.ecosystem) for e in outcomes if e in partial),
            ),
        ),
        names={each.id: each.name for each in people},
        least={each: assignment.least(each) for each in listed},
        sha256=folder.sha256(),
    )


def _judged_own(
    forms: Sequence[Form], barred: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """Find who judged what they have an interest in: assigned before that was known."""
    return [
        (form.reviewer, ecosystem)
        for form in forms
        for ecosystem, given in form.answers.items()
        if ecosystem in barred.get(form.reviewer, ()) and any(a.judged for a in given.values())
    ]


def _answers(form: Form) -> Iterator[tuple[str, str, Answer]]:
    for ecosystem, given in form.answers.items():
        yield from ((ecosystem, key, answer) for key, answer in given.items())


def _keys(brief: Brief) -> list[str]:
    """The keys of the questions, as ``Question.key`` gives them."""
    return [
        f"{criterion}.{side}" if side else criterion
        for criterion, given in brief.items()
        for side in given["rule"].get("sides", [None])
    ]
