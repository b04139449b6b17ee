"""Answers of a few ecosystems to a small questionnaire, from several origins."""

from __future__ import annotations

from hypothesis import strategies as st

from kiamv_cli.survey.model.answers import ORIGINS, Answers, Origin, SourcedAnswer, merge
from kiamv_cli.survey.model.questionnaire import Option, Question, Questionnaire, Tally

INVITED = ("alder", "birch", "cedar", "dogwood", "elder")


def options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(id=each, label={"en": each.title(), "nl": f"{each} nl"}) for each in ids)


QUESTIONNAIRE = Questionnaire(
    id="small",
    label={"en": "Small", "nl": "Klein"},
    questions=(
        Question(
            id="area",
            wording={"en": "How large is the area?", "nl": "Hoe groot is het gebied?"},
            kind="single",
            options=options("one", "several"),
        ),
        Question(
            id="themes",
            wording={"en": "Which themes?", "nl": "Welke thema's?"},
            kind="multiple",
            options=options("energy", "food, water", "health"),
            tallies=(Tally(id="two", label={"en": "Two or more"}, at_least=2),),
        ),
    ),
)


@st.composite
def said(draw: st.DrawFn, origins: tuple[Origin, ...] = ORIGINS) -> SourcedAnswer:
    question = draw(st.sampled_from(QUESTIONNAIRE.questions))
    most = 1 if question.kind == "single" else len(question.options)
    given = draw(st.sets(st.sampled_from(question.option_ids), max_size=most))
    return SourcedAnswer(
        ecosystem=draw(st.sampled_from(INVITED)),
        question=question.id,
        options=tuple(each for each in question.option_ids if each in given),
        origin=draw(st.sampled_from(origins)),
        file=draw(st.sampled_from(("a", "b"))),
        at=f"{draw(st.integers(1, 12))}:{draw(st.integers(1, 3))}",
    )


def put_together(everything: list[SourcedAnswer]) -> Answers:
    took_part = {
        origin: tuple(
            name
            for name in INVITED
            if any(each.origin == origin and each.ecosystem == name for each in everything)
        )
        for origin in ORIGINS
    }
    return Answers(
        title="Test",
        questionnaire=QUESTIONNAIRE.id,
        invited=INVITED,
        took_part=took_part,
        cells=merge(everything, INVITED, tuple(QUESTIONNAIRE.by_id)),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    return put_together(draw(st.lists(said(), max_size=14)))
