"""Every command in Dutch and in English: what is said, where, and that data stay the same."""

from __future__ import annotations

import gettext
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import typer.rich_utils
from typer.main import get_command

from kiamv_cli.base import language
from kiamv_cli.base.language import current_language, in_language
from kiamv_cli.cli.app import build
from kiamv_cli.cli.localised_help import TYPER_WORDS, commands_of, help_texts, localised
from kiamv_cli.cli.start import asked_language

if TYPE_CHECKING:
    from gettext import GNUTranslations

    from running import Kiamv

EXAMPLES = Path(__file__).parents[1] / "examples"
SHOWN = Path(__file__).parents[2] / "examples"
SURVEY = SHOWN / "survey"
FLANDERS = EXAMPLES / "flanders"
LIST = str(FLANDERS / "longlist.yaml")
OWN = ("--criteria", str(FLANDERS / "criteria"))
NL = ("--lang", "nl")
BAD = """\
title: Bad
as_of: 30-11-2020
ecosystems:
  - {id: Alpha, name: Alpha, provinces: [Groningen], themes: [], founded: 1.000, kleur: rood,
     budget: [{from: 2024, until: 2020}]}
"""
OURS = "id,name,provinces,themes,seat\nalpha,Alpha,NL-GR,energy,Groningen\n"
THEIRS = OURS.replace("Groningen", "Haren")
REVIEWERS = "reviewers: [{id: anna, name: Anna}, {id: bram, name: Bram}]\n"
ONE = """\
title: One
as_of: 2020-11-30
ecosystems:
  - {id: alpha, name: Alpha, provinces: [NL-GR], themes: [energy], suggested_by: [call]}
"""
VERDICT = re.compile(r"verdict:\n( *)reason:")


class TestWhichLanguage:
    @pytest.mark.parametrize(
        ("arguments", "environment", "found"),
        [
            ("score", {}, ("en", ["score"])),
            ("score", {"KIAMV_LANG": ""}, ("en", ["score"])),
            ("score", {"KIAMV_LANG": "nl"}, ("nl", ["score"])),
            ("score --lang en", {"KIAMV_LANG": "nl"}, ("en", ["score"])),
            ("--lang nl score", {}, ("nl", ["score"])),
            ("--lang=nl score --lang=en x", {}, ("en", ["score", "x"])),
            ("score --lang", {"KIAMV_LANG": "nl"}, ("", ["score"])),
            ("explain -- --lang nl", {}, ("en", ["explain", "--", "--lang", "nl"])),
            ("score", {"KIAMV_LANG": "fr"}, ("fr", ["score"])),
        ],
    )
    def test_the_last_option_then_the_environment_then_english(
        self, arguments: str, environment: dict[str, str], found: tuple[str, list[str]]
    ) -> None:
        assert asked_language(arguments.split(), environment) == found

    def test_an_option_and_the_environment_are_obeyed(self, kiamv: Kiamv) -> None:
        dutch = "bestaat niet"
        assert dutch in kiamv("score", "--nope", *NL).stderr
        assert dutch in kiamv(*NL, "score", "--nope").stderr
        assert dutch in kiamv("score", "--nope", env={"KIAMV_LANG": "nl"}).stderr
        assert dutch not in kiamv("score", "--nope", *NL, "--lang", "en").stderr
        english = kiamv("score", "--nope", "--lang", "en", env={"KIAMV_LANG": "nl"})
        assert "No such option" in english.stderr

    @pytest.mark.parametrize("more", [(), ("--help",), ("--version",), ("score",)])
    def test_an_unknown_language_is_refused_with_those_there_are(
        self, kiamv: Kiamv, more: tuple[str, ...]
    ) -> None:
        asked = kiamv(*more, "--lang", "fr")
        told = kiamv(*more, env={"KIAMV_LANG": "fr"})
        assert [asked.exit_code, told.exit_code] == [2, 2]
        assert [asked.stdout, told.stdout] == ["", ""]
        assert asked.stderr == 'kiamv: --lang "fr": unknown. Choose from en, nl.\n'
        assert told.stderr == 'kiamv: KIAMV_LANG "fr": unknown. Choose from en, nl.\n'
        given = kiamv("score", LIST, *OWN, *NL, "-f", "csv", env={"KIAMV_LANG": "fr"})
        assert given.exit_code == 0

    def test_a_language_without_its_name_is_bad_usage(self, kiamv: Kiamv) -> None:
        result = kiamv("score", "--lang")
        assert result.exit_code == 2
        assert "'--lang' requires an argument" in result.stderr


class TestHelp:
    def test_every_text_of_every_page_is_dutch(self, kiamv: Kiamv) -> None:
        english_only = re.compile(
            r"(?<![-\w])(the|with|which|default|Options|Usage|Show|required)\b"
        )
        for command in paths():
            page = kiamv(*command, "--help", *NL)
            assert page.exit_code == 0
            assert page.stdout.lstrip().startswith("Gebruik: kiamv")
            assert english_only.findall(without_examples(page.stdout)) == [], command

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_no_choice_is_broken_within_a_word(self, kiamv: Kiamv, language: str) -> None:
        told = 0
        for command, each in zip(paths(), commands_of(get_command(build())), strict=True):
            page = kiamv(*command, "--help", "--lang", language, env={"COLUMNS": "80"}).stdout
            for param in each.params:
                if isinstance(param, click.Option) and isinstance(param.type, click.Choice):
                    told += 1
                    words = re.split(r"[^\w,;-]+", page)
                    assert {*param.type.choices} <= {*words}, (command, param.name)
        assert told > 40

    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_an_argument_is_called_by_what_it_stands_for(self, language: str) -> None:
        """Typer puts TEXT for a word that is the name of the argument in the code."""
        app = get_command(build())
        with localised(language, app):
            for each in commands_of(app):
                for param in each.params:
                    if isinstance(param, click.Argument):
                        shown = param.make_metavar(click.Context(each))
                        assert shown != (param.name or "").upper()

    @pytest.mark.slow
    def test_both_languages_in_one_process(self, kiamv: Kiamv) -> None:
        english = {command: kiamv(*command, "--help").stdout for command in paths()}
        for command, page in english.items():
            assert "Show this message and exit." in page
            assert "Toon deze hulp en stop." in kiamv(*command, "--help", *NL).stdout
            assert kiamv(*command, "--help").stdout == page

    def test_nothing_is_left_behind(self, kiamv: Kiamv) -> None:
        def state() -> tuple[object, ...]:
            words = [getattr(typer.rich_utils, name) for name in TYPER_WORDS]
            return current_language(), gettext.textdomain(), dict(os.environ), words

        before = state()
        assert before[-1] == list(TYPER_WORDS.values())
        for bad in ("--nope", "--help"):
            kiamv("score", bad, *NL)
            assert state() == before
        assert click.exceptions.NoSuchOption("x").message == "No such option 'x'."

    def test_the_words_of_typer_are_all_of_them(self) -> None:
        source = Path(typer.rich_utils.__file__).read_text(encoding="utf-8")
        named = re.findall(r"^([A-Z_]+) = _\(", source, re.MULTILINE)
        assert set(named) - {"DEPRECATED_STRING"} == set(TYPER_WORDS)
        for name, text in TYPER_WORDS.items():
            assert getattr(typer.rich_utils, name) == text

    def test_every_command_has_the_option_once(self) -> None:
        for command in commands_of(get_command(build())):
            assert [each.name for each in command.params].count("lang") == 1

    def test_help_that_is_translated_can_be_found(self) -> None:
        command = get_command(build())
        names = {(type(thing).__name__, name) for thing, name, _text in help_texts(command)}
        assert ("TyperOption", "help") in names
        assert ("TyperArgument", "metavar") in names
        assert ("LocalisedGroup", "epilog") in names


def paths() -> list[tuple[str, ...]]:
    """All commands, as they are typed."""

    def below(command: click.Command, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        inside = command.commands if isinstance(command, click.Group) else {}
        deeper = [below(each, (*path, name)) for name, each in inside.items()]
        return [path, *(one for each in deeper for one in each)]

    return below(get_command(build()), ())


def without_examples(page: str) -> str:
    return re.sub(r"Voorbeeld: .*", "", page)


class TestWhatIsSaid:
    def test_problems_are_told_in_dutch(self, kiamv: Kiamv, tmp_path: Path) -> None:
        place = tmp_path / "bad.yaml"
        place.write_text(BAD, encoding="utf-8")
        said = kiamv("score", str(place), *NL)
        assert said.exit_code == 2
        assert said.stdout == ""
        lines = said.stderr.replace(f"{place}:", "").splitlines()
        assert lines[0] == (
            "2:8: K308 '30-11-2020' is geen datum. Schrijf jaar-maand-dag, zoals 2020-11-30."
        )
        assert "K304 'Groningen' is niet toegestaan in provinces. Schrijf NL-GR." in lines[2]
        assert "K303 founded is geen geheel getal. Schrijf duizendtallen zonder" in lines[4]
        assert "K301 onbekende sleutel 'kleur'. Kies uit id, name, " in lines[5]
        assert "K404 until (2020) ligt voor from (2024). Verbeter een van de twee." in lines[6]
        assert lines[7] == "kiamv: 7 problemen in de invoer"

    def test_one_problem_is_one(self, kiamv: Kiamv) -> None:
        said = kiamv("score", "nowhere.yaml", *NL).stderr
        assert "K101 dit bestand bestaat niet. " in said
        assert "kiamv: 1 probleem in de invoer\n" in said

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("shortlist", "--at-least", "NLZE=1"), "onbekend. Is NL-ZE of NL-ZH bedoeld?"),
            (("shortlist", "--seize", "5"), "'--size'?"),
            (("shortlist", "--size", "vijf"), "'vijf' is hier geen geldig getal."),
            (("shortlist", "--size", "0"), "0 ligt niet in het bereik x>=1."),
            (("score", "--as-of", "gisteren"), "geen datum. Schrijf jaar, maand, dag: 2020-11-30."),
            (("score", "-f", "xls"), "'xls' is niet een van 'table', 'json', 'csv', 'md'"),
            (("score", "a", "b"), "Onverwacht argument (b)"),
            (("explain",), "Ontbrekend argument '[LONGLIST] ID…'."),
            (("classfy",), "De opdracht 'classfy' bestaat niet. Is 'classify' bedoeld?"),
            (("review",), "Gebruik: kiamv review [OPTIES] OPDRACHT [ARGUMENTEN]..."),
            (("review", "--lang", "nl"), "Er ontbreekt een opdracht."),
            (("check", "--explain", "K999"), "deze code bestaat niet."),
        ],
    )
    def test_bad_usage_is_told_in_dutch(
        self, kiamv: Kiamv, arguments: tuple[str, ...], said: str
    ) -> None:
        dutch, english = kiamv(*arguments, *NL), kiamv(*arguments)
        assert said in dutch.stderr + dutch.stdout
        assert dutch.exit_code == english.exit_code == 2

    def test_a_schema_explains_keys_in_the_language_of_its_readers(self, kiamv: Kiamv) -> None:
        assert '"description": "Wie betaalt."' in kiamv("schema", *NL).stdout
        assert '"description": "Who pays."' in kiamv("schema").stdout

    @pytest.mark.slow
    def test_whatever_is_looked_up_is_in_the_catalogue(
        self, kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        missing: list[str] = []

        class Nothing(gettext.NullTranslations):
            def gettext(self, message: str) -> str:
                missing.append(message)
                return message

            def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
                missing.append(msgid1)
                return msgid1 if n == 1 else msgid2

        with (Path(language.__file__).parents[1] / "locale/nl/LC_MESSAGES/kiamv.mo").open(
            "rb"
        ) as file:
            watched: GNUTranslations = gettext.GNUTranslations(file)
        watched.add_fallback(Nothing())
        monkeypatch.setattr(language, "_catalogue", lambda name: watched if name == "nl" else None)
        monkeypatch.chdir(tmp_path)
        for example in sorted((EXAMPLES / "invalid").iterdir()):
            kiamv("check", str(example / "longlist.yaml"), *NL)
        for arguments in RUNS.values():
            kiamv(*arguments, *NL)
        assert sorted(set(missing)) == []


class TestFilesThatAreWrong:
    @pytest.mark.slow
    @pytest.mark.parametrize("how", ["table", "md", "json", "csv"])
    def test_the_same_is_wrong_in_both_languages(self, kiamv: Kiamv, how: str) -> None:
        for example in sorted((EXAMPLES / "invalid").iterdir()):
            place = str(example / "longlist.yaml")
            english, dutch = (kiamv("check", place, "-f", how, *to) for to in ((), NL))
            assert dutch.exit_code == english.exit_code, place
            if how in {"json", "csv"}:
                assert dutch.stdout == english.stdout
            else:
                places = re.compile(r"longlist\.yaml:[\d:]+ K\d+")
                assert places.findall(dutch.stdout) == places.findall(english.stdout)


# Every command that gives data, in a folder of its own; in their order, as some need others.
SMALL = (LIST, *OWN, "--size", "2")
RUNS: dict[str, tuple[str, ...]] = {
    "score": ("score", LIST, *OWN),
    "classify": ("classify", LIST, *OWN),
    "classify, types": ("classify", "--by", "helix", "--and", "area"),
    "same": ("same", LIST),
    "sources": ("sources", *SMALL),
    "shortlist": ("shortlist", *SMALL, "--margins", "--alternatives", "1"),
    "shortlist, clash": ("shortlist", LIST, *OWN, "--size", "2", "--at-least", "mobility=3"),
    "status": ("status",),
    "spread": ("spread", LIST, *OWN),
    "flow": ("flow", *SMALL),
    "audit, of a flow": ("audit", str(SHOWN / "study-2020" / "flow.yaml")),
    "survey merge": (
        *("survey", "merge", str(SURVEY / "round-1-made-up.csv")),
        *("--invited", str(SURVEY / "invited.txt"), "--longlist", str(SURVEY / "longlist.yaml")),
        *("--mapping", str(SURVEY / "mapping.yaml"), "-o", "answers.yaml", "--force"),
    ),
    "survey characterise": ("survey", "characterise", "answers.yaml"),
    "survey compare": ("survey", "compare", "answers.yaml", str(SURVEY / "longlist.yaml")),
    "survey aspects": ("survey", "aspects", str(SURVEY / "interviews")),
    "audit": ("audit", str(SHOWN / "study-2020" / "figures.yaml")),
    "explain": ("explain", "hannn", "ferm-rotterdam", "--size", "5"),
    "tradeoff": ("tradeoff", *SMALL),
    "gaps": ("gaps", *SMALL),
    "robustness": ("robustness", *SMALL, "--draws", "20"),
    "check": ("check", "bad.yaml"),
    "check, codes": ("check", "--explain", "all"),
    "import": (
        "import",
        "ours.csv",
        "theirs.csv",
        "-o",
        "merged",
        "--as-of",
        "2020-11-30",
        "--force",
    ),
    "record": ("record", "--by", "A", "--on", "2020-12-15", "--reason", "So.", *SMALL),
    "verify": ("verify", "one.json"),
    "diff": ("diff", "one.json", "two.json"),
    "review assign": ("review", "assign", "-d", "fresh"),
    "review seal": ("review", "seal", "kept/forms/bram.yaml", "--salt", "s", "-d", "kept"),
    "review open": ("review", "open", "-d", "kept"),
    "review open, unreadable": ("review", "open", "-d", "opened"),
    "review agreement": ("review", "agreement", "-d", "opened", "--draws", "20"),
    "review adjudicate": ("review", "adjudicate", "-d", "opened"),
    "review spread": ("review", "spread", "-d", "opened", "--size", "1"),
    "review send": ("review", "send", "-d", "sent", "--on", "2020-12-01"),
    "review receive": ("review", "receive", "kept/forms/bram.yaml", "-d", "kept", "--try"),
    "review close": ("review", "close", "-d", "closed"),
    "review dossier": ("review", "dossier", "alpha", "-d", "closed"),
}
REVIEW = tuple(name for name in RUNS if name.startswith("review "))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["json", "csv"])
def test_data_are_the_same_in_both_languages(
    kiamv: Kiamv, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for spoken in ("en", "nl"):
        folder = tmp_path / spoken
        folder.mkdir()
        monkeypatch.chdir(folder)
        prepare(kiamv, folder)
        for name, arguments in RUNS.items():
            more = ("-l", "one.yaml") if name in REVIEW else ()
            result = kiamv(*arguments, *more, "-f", how, "--lang", spoken)
            assert not result.exception or isinstance(result.exception, SystemExit), name
            found.setdefault(name, {})[spoken] = result.exit_code, result.stdout
    for name, both in found.items():
        assert both["en"] == both["nl"], name
        assert both["en"][0] in {0, 1, 3}, name
        assert both["en"][1] or how == "csv", name


@pytest.mark.slow
def test_every_command_that_gives_data_is_among_them() -> None:
    giving = set()
    for path in paths():
        command: click.Command = get_command(build())
        for name in path:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        formats = (each.type for each in command.params if each.name in {"format", "form"})
        if any({"md", "json"} <= {*getattr(each, "choices", ())} for each in formats):
            giving.add(" ".join(path))
    assert giving == {name.partition(",")[0] for name in RUNS}


def prepare(kiamv: Kiamv, folder: Path) -> None:
    """Put down what the commands read."""
    for name, text in {
        "bad.yaml": BAD,
        "one.yaml": ONE,
        "ours.csv": OURS,
        "theirs.csv": THEIRS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    for number, size in {"one": "2", "two": "3"}.items():
        said = ("--by", "A", "--on", "2020-12-15", "--reason", "So.", "--size", size)
        kiamv("record", *said, LIST, *OWN, "-o", f"{number}.json")
    for review in ("fresh", "sent", "kept", "opened", "closed"):
        (folder / review).mkdir()
        (folder / review / "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
    for review, verdicts in {
        "kept": ("met", "met"),
        "opened": ("met", "partly"),
        "closed": ("met", "partly"),
    }.items():
        where = ("-l", "one.yaml", "-d", review)
        kiamv("review", "form", *where)
        for who, verdict in zip(("anna", "bram"), verdicts, strict=True):
            form = folder / review / "forms" / f"{who}.yaml"
            text = form.read_text(encoding="utf-8")
            text = VERDICT.sub(rf"verdict: {verdict}\n\1reason:", text)
            form.write_text(text.replace("reason:", "reason: because"), encoding="utf-8")
            if review != "kept" or who == "anna":
                kiamv("review", "seal", str(form), "--salt", "s", *where)
    kiamv("review", "open", "-l", "one.yaml", "-d", "opened")
    kiamv("review", "open", "-l", "one.yaml", "-d", "closed")
    (folder / "opened" / "forms" / "anna.yaml").write_text("no form", encoding="utf-8")


def test_what_is_written_for_people_follows_the_language(kiamv: Kiamv) -> None:
    with in_language("nl"):
        assert kiamv("score", "nowhere.yaml").stderr.count("there is no such file") == 1
