"""What kiamv writes as YAML is a text to every reader where it is a text to kiamv."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies.longlist import as_value, longlists, texts

from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.formats.yaml_writer import DATE_KEYS, is_other_elsewhere, yaml_text
from kiamv_cli.longlist.model.identity import Decision, Identities
from kiamv_cli.longlist.model.longlist import as_written, list_as_written
from kiamv_cli.longlist.reading.identities import identities_text
from kiamv_cli.longlist.view.table import ecosystem_yaml, header_yaml, list_yaml

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.longlist.model.longlist import Longlist

ODD = (
    *("no", "No", "NO", "n", "y", "Y", "yes", "on", "Off", "true", "False", "null", "Null", "~"),
    *("1e3", "1E-3", ".5", "5.", "1_000", "1,000", "0x1F", "0o17", "017", "0b11", "22:22", "1:2.5"),
    *("2020-01-01", "2020-1-1", "2020-01-01T10:00:00Z", "2001-12-14 21:59:43.10 -5", "=", "<<"),
    *(".inf", "-.INF", ".NaN", "+12", "-0", "1.2.3", ".", "..", ":symbol", "_1", "# no", "a: b"),
    *("- a", "? a", "@a", "`a", "%a", "!a", "&a", "*a", "|", ">", "[a", "{a", "a,b", "a #b", ""),
    *(
        "NL-GR",
        "alfa",
        "two words",
        "0123",
        "-",
        "--- a",
        "...",
        "a\nb",
        " a ",
        "é",
        "'",
        '"',
        "\\",
    ),
)
odd = st.sampled_from(ODD) | st.from_regex(r"[-+.:_0-9eExob]{1,8}", fullmatch=True) | texts
plain: st.SearchStrategy[Any] = st.recursive(
    odd | st.integers() | st.booleans() | st.none(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(odd, inside, max_size=3),
    max_leaves=8,
)


class Old(yaml.SafeLoader):
    """YAML 1.1 with all its words for yes and no, of which PyYAML leaves out the shortest."""


Old.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("[yYnN]$"), list("yYnN"))


class New(yaml.SafeLoader):
    """The core schema of YAML 1.2, section 10.3.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML has it


CORE = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN)",
}
for tag, form in CORE.items():
    New.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{form})$"), None)
READERS = (Old, New)


def read(text: str, reader: type[yaml.SafeLoader]) -> Any:  # noqa: ANN401 - any YAML
    return yaml.load(text, Loader=reader)  # noqa: S506 - both are safe


def undated(value: Any) -> Any:  # noqa: ANN401 - any YAML
    """The same with dates as texts, where they are dates to kiamv."""
    if isinstance(value, dict):
        return {
            key: each.isoformat() if key in DATE_KEYS and isinstance(each, date) else undated(each)
            for key, each in value.items()
        }
    return [undated(each) for each in value] if isinstance(value, list) else value


OTHERS = ODD[: ODD.index(":symbol") + 1]


@pytest.mark.parametrize("text", OTHERS)
def test_what_some_reader_takes_for_something_else_is_known(text: str) -> None:
    assert is_other_elsewhere(text)


@pytest.mark.parametrize(
    "text", ["alfa", "NL-GR", "no way", "1 of 2", "2020s", "Yes!", "a:b", "v1"]
)
def test_what_every_reader_takes_for_a_text_needs_no_quotes(text: str) -> None:
    assert not is_other_elsewhere(text)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@given(data=st.dictionaries(odd, plain, max_size=4))
def test_a_document_is_the_same_to_every_reader(reader: type[yaml.SafeLoader], data: Any) -> None:  # noqa: ANN401 - any values
    text = yaml_text(data)
    assert undated(read(text, reader)) == data if data else not text
    assert not data or read_yaml(text, "").data == data


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ODD)
def test_each_odd_text_is_a_text_wherever_it_stands(
    text: str, reader: type[yaml.SafeLoader]
) -> None:
    raw: dict[str, Any] = {"id": "no", "name": "A", "provinces": ["NL-GR"], "themes": ["energy"]}
    if text.strip():
        raw |= {"note": text, "aliases": [text], "literal": True, "seat": text.strip()}
        raw["sources"] = {text: {"title": text, "literal": True}}
        raw["suggested_by"] = [{"by": text, "date": "2020-01-02", "literal": True}]
    each = as_value(raw)
    assert undated(read(ecosystem_yaml(each), reader)) == as_written(each)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@given(longlist=longlists(max_size=2))
def test_a_long_list_is_the_same_to_every_reader(
    reader: type[yaml.SafeLoader], longlist: Longlist
) -> None:
    assert undated(read(list_yaml(longlist), reader)) == list_as_written(longlist)
    header = undated(read(header_yaml(longlist.title, longlist.as_of), reader))
    assert header == {"title": longlist.title, "as_of": longlist.as_of.isoformat()}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@given(one=odd.filter(str.strip), other=odd.filter(str.strip))
def test_answers_on_names_are_the_same_to_every_reader(
    reader: type[yaml.SafeLoader], one: str, other: str
) -> None:
    decision = Decision(one=one, answer="same", other=other, by=other, date=date(2020, 1, 2))
    (said,) = read(identities_text(Identities(decisions=(decision,))), reader)["answers"]
    assert (said["one"], said["other"], said["by"]) == (one, other, other)
    assert str(said["date"]) == "2020-01-02"


@pytest.mark.parametrize("reader", READERS)
def test_ids_that_are_words_of_yaml_stay_ids_in_forms_and_new_files(
    reader: type[yaml.SafeLoader],
    kiamv: Kiamv,
    tmp_path: Any,  # noqa: ANN401 - a path
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    entry = "{id: 'no', name: Norway, provinces: [NL-GR], themes: [energy]}"
    (tmp_path / "l.yaml").write_text(f"title: T\nas_of: 2020-01-01\necosystems: [{entry}]\n")
    (tmp_path / "review").mkdir()
    (tmp_path / "review/reviewers.yaml").write_text("reviewers: [{id: 'y', name: Yara}]\n")
    assert kiamv("review", "form", "-l", "l.yaml").exit_code == 0
    form = read((tmp_path / "review/forms/y.yaml").read_text("utf-8"), reader)
    assert (form["reviewer"], list(form["ecosystems"])) == ("y", ["no"])
    (tmp_path / "list").mkdir()
    (tmp_path / "list/longlist.yaml").write_text("title: T\nas_of: 2020-01-01\n")
    done = kiamv(
        *("new", "Yes", "--id", "off", "--province", "NL-GR", "--theme", "energy"),
        *("--folder", "list"),
    )
    assert (done.exit_code, "K725" in done.stderr) == (2, True)
    done = kiamv(
        *("new", "On the move", "--id", "on", "--province", "NL-GR", "--theme", "energy"),
        *("--folder", "list"),
    )
    assert done.exit_code == 0, done.output
    assert read((tmp_path / "list/on.yaml").read_text("utf-8"), reader)["id"] == "on"


@pytest.mark.parametrize("reader", READERS)
def test_answers_of_yes_and_no_stay_options(
    reader: type[yaml.SafeLoader],
    kiamv: Kiamv,
    tmp_path: Any,  # noqa: ANN401 - a path
) -> None:
    entries = ", ".join(
        f"{{id: {name}, name: {name.title()}, provinces: [NL-GR], themes: [energy]}}"
        for name in ("alfa", "beta")
    )
    (tmp_path / "l.yaml").write_text(f"title: T\nas_of: 2020-01-01\necosystems: [{entries}]\n")
    (tmp_path / "q.yaml").write_text(
        "schema: kiamv/questionnaire/1\nid: q\nlabel: {en: Q}\nquestions:\n"
        "  - {id: 'y', wording: {en: Pay?}, kind: single, known: printed, options:\n"
        "     [{id: 'yes', label: {en: 'Yes'}, known: printed},\n"
        "      {id: 'off', label: {en: 'No'}, known: printed}]}\n"
    )
    (tmp_path / "e.csv").write_text("naam,y\nAlfa,Yes\nBeta,No\n")
    done = kiamv(
        *("survey", "merge", str(tmp_path / "e.csv"), "--longlist", str(tmp_path / "l.yaml")),
        *("--questionnaire", str(tmp_path / "q.yaml"), "--invited", "alfa,beta"),
        *("-o", str(tmp_path / "a.yaml")),
    )
    assert done.exit_code == 0, done.output
    answers = read((tmp_path / "a.yaml").read_text("utf-8"), reader)["answers"]
    assert [answers[name]["y"]["options"] for name in ("alfa", "beta")] == [["yes"], ["off"]]
