"""What a text means among labels: as written first, then more loosely, and never one of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli.base.labels import LANGUAGES, Labels, distinct, meant, not_told_apart
from kiamv_cli.base.language import _, in_language
from kiamv_cli.base.problem import Misfit
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    CHOICES_SHEET,
    LIST_SHEET,
    MAIN_COLUMNS,
    MAIN_SHEET,
    SHEETS,
    TITLE,
    spelled,
)
from kiamv_cli.review.model.form import ABOUT_SHEET as FORM_ABOUT
from kiamv_cli.review.model.form import FORM_COLUMNS, FORM_SHEET, FORM_VERDICT_WORDS
from kiamv_cli.review.model.people import person_id


def labelled(*texts: str) -> Labels[int]:
    return Labels((text, place) for place, text in enumerate(texts))


@pytest.mark.parametrize(
    "texts",
    [
        ("1.5", "2.5"),
        ("10:00", "12:00"),
        ("5.000", "50.000"),
        ("V1: ja", "V2: ja"),
        ("*", "**", "***"),
        ("1. Who pays?", "2. Who pays?"),
        ("0.5", "1.5", "15"),
        ("3) weekly", "4) weekly", "weekly"),
        ("A", "A*", "A**"),
        ("mW", "MW"),
        ("m2", "m²"),
        ("?", "??"),
        ("Really?", "Really"),
        ("12:30", "0:30", "30"),
        ("1.000-5.000", "2.000-5.000"),
    ],
)
def test_labels_that_differ_are_each_found_as_written(texts: tuple[str, ...]) -> None:
    labels = labelled(*texts)
    assert [labels.get(text) for text in texts] == [*range(len(texts))]
    assert [labels.get(f" {text}  ") for text in texts] == [*range(len(texts))]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("welke  THEMA'S", (0,)),
        ("Welke thema\N{RIGHT SINGLE QUOTATION MARK}s?*", (0,)),
        ("3. Welke thema's?", (0,)),
        ("Vraag 12: Welke thema's?", (0,)),
        ("10\N{EN DASH}20", (1,)),
        ("Yes", (2,)),
        ("no", (3,)),
        ("02) no", (3,)),
        ("3. no", ()),
        ("V3: no", ()),
        ("maybe", (4, 5)),
        ("Q7) MAYBE", (4,)),
        ("9. maybe", ()),
        ("", ()),
        ("...", ()),
    ],
)
def test_looser_matches_need_one_candidate(text: str, means: tuple[int, ...]) -> None:
    labels = labelled("Welke thema's?", "10-20", "1. Yes", "2. No", "7. Maybe", "8. Maybe")
    assert labels.meant(text) == means
    assert labels.get(text) == (means[0] if len(means) == 1 else None)


def test_a_number_is_no_label_without_the_rest_of_it() -> None:
    assert labelled("1.5").get("2.5") is None
    assert labelled("5").get("2.5") is None
    assert labelled("00").get("10:00") is None


def test_the_stricter_match_goes_before_the_first_layer() -> None:
    mapping, questions = labelled("1. Who pays?"), Labels([("Who pays?", 7)])
    assert meant("Who pays?", mapping, questions) == (7,)
    assert meant("1. who pays", mapping, questions) == (0,)


@given(st.lists(st.text("0123456789.:)* aV-", max_size=6), max_size=6))
def test_no_label_is_ever_read_as_another(texts: list[str]) -> None:
    pairs = [(text, place) for place, text in enumerate(texts)]
    labels, apart = Labels(pairs), [(*pair, pair[1]) for pair in pairs]
    same = {label for label, _, _ in not_told_apart(apart)}
    for text, place in pairs:
        if " ".join(text.split()) not in {" ".join(each.split()) for each in same}:
            assert labels.meant(text) == (place,)
        else:
            assert labels.get(text) is None


def test_folded_labels_without_those_of_several() -> None:
    pairs = [("Water", "w"), ("WATER", "w"), ("Energy", "e"), ("energy", "x"), ("Zorg", "z")]
    assert distinct(pairs) == {"water": "w", "zorg": "z"}


@pytest.mark.parametrize(
    "texts",
    [
        (FORM_SHEET, FORM_ABOUT, *FORM_COLUMNS),
        tuple(FORM_VERDICT_WORDS.values()),
        (MAIN_SHEET, LIST_SHEET, ABOUT_SHEET, CHOICES_SHEET, *SHEETS),
        (*MAIN_COLUMNS, TITLE, AS_OF),
        *(("id", *each.keys, *each.columns) for each in SHEETS.values()),
    ],
)
def test_what_kiamv_writes_in_any_language_is_read_as_one_thing(texts: tuple[str, ...]) -> None:
    labels: list[tuple[str, str]] = []
    for language in LANGUAGES:
        with in_language(language):
            labels += [(spelled(text), text) for text in texts]
            labels += [(_(text), text) for text in texts]
    known = Labels(labels)
    for language in LANGUAGES:
        with in_language(language):
            for text in texts:
                assert known.get(spelled(text).upper()) == text


def test_a_reviewer_is_found_by_what_is_written() -> None:
    people = {"anna": "Bram", "bram": "Chris"}
    names = {"anna": "anna", "Anna": "anna", "bram": "bram", " CHRIS": "bram"}
    assert {name: person_id(name, people) for name in names} == names
    with pytest.raises(Misfit, match='several are called "BRAM": anna, bram'):
        person_id("BRAM", people)
