"""Make the demonstration data of docs/survey.md: python make.py [FOLDER].

Everything in it is made up: the ecosystems do not exist, and nobody gave these answers. It is
seeded, so the same files come out always.
"""

from __future__ import annotations

import csv
import io
import sys
from datetime import datetime
from pathlib import Path
from random import Random

from kiamv_cli.survey import load_questionnaire

NOTICE = (
    "Demonstration data, made up: these ecosystems do not exist, and nobody gave these answers."
)
PLACES = (
    *("Noorderhaven", "Zilvermeer", "Groenoord", "Duinwijk", "Veldhoek", "Sluisdam", "Heidekamp"),
    *("Westermark", "Molenrode", "Zandvliet", "Rietveen", "Kastanjeveld", "Lindeburg"),
    *("Watergaard", "Boskerk", "Havermeer", "Klaverdal", "Oostrand", "Polderveen", "Steenwoud"),
    *("Vlietzicht", "Wilgenoord", "Zeebrink", "Akkerland", "Berkenstein", "Dijkhorst", "Elzenhof"),
    *("Fonteinstad", "Geestduin", "Hollewaard", "Iepenrode", "Jachthoek", "Kruisveen", "Loofdal"),
    *("Meersluis", "Nachtegaal", "Ottergracht", "Parelduin", "Roggeveld", "Spinderij"),
    *("Turfhaven", "Uilenbosch", "Venwijk", "Wolkenhof", "Ypenmeer", "Zonnekamp", "Zuiderbrink"),
    *("Zwanenburcht",),
)
KINDS = ("Lab", "Campus", "Netwerk", "Coöperatie", "Cluster")
PROVINCES = (
    "NL-GR",
    "NL-FR",
    "NL-DR",
    "NL-OV",
    "NL-GE",
    "NL-UT",
    "NL-NH",
    "NL-ZH",
    "NL-NB",
    "NL-LI",
)
THEMES = ("energy", "agrifood", "health", "security")
# How likely an option is given; all others 0.5. Of a single question: the weight among the others.
LIKELY = {
    ("area", "several-provinces"): 1.2,
    ("citizens", "little"): 4.0,
    ("citizens", "more"): 1.0,
    ("orientation", "experimenting"): 0.8,
    ("orientation", "academic-research"): 0.2,
    ("innovation", "technological"): 0.8,
    ("innovation", "financial"): 0.2,
    ("themes", "security"): 0.1,
    ("themes", "health"): 0.4,
    ("impact-measured", "economic"): 0.4,
}
ASKED = ("composition", "area", "duration", "orientation", "impact-measured", "initiator")
ASKED += ("scaling-ambition", "innovation", "citizens", "planning", "themes", "intermediary")
ASKED += ("barriers",)
SKIPPED = 0.12
Ecosystem = dict[str, object]
Given = dict[str, list[str] | None]


def main(folder: Path) -> None:
    """Write all files."""
    lot = Random("kiamv survey, made up")
    names = [f"{place} {lot.choice(KINDS)}" for place in PLACES]
    ids = [name.split()[0].lower() for name in names]
    write(folder / "longlist.yaml", longlist(ids, names, lot))
    write(folder / "invited.txt", "".join(f"{each}\n" for each in [f"# {NOTICE}", *ids[:44]]))
    answers = {each: answered(lot) for each in ids}
    first, second = ids[:16], [*ids[17:29], "zuiderbrink"]
    answers["zilvermeer"]["citizens"] = None  # a gap that an interview fills
    answers["heidekamp"]["planning"] = ["small-team"]  # an interview says something else
    write(
        folder / "round-1-made-up.csv",
        limesurvey(dict(zip(ids, names, strict=True)), first, answers),
    )
    again = {**answers, "duinwijk": {**answers["duinwijk"], "area": other_area(answers)}}
    rows = [*((each, again[each]) for each in second), ("duinwijk", again["duinwijk"])]
    called = {**dict(zip(ids, names, strict=True)), "oostrand": "CL Oostrand"}
    forms(folder / "round-2-made-up.xlsx", [(called[each], given) for each, given in rows])
    write(folder / "mapping.yaml", MAPPING)
    for name, text in INTERVIEWS.items():
        write(folder / "interviews" / f"{name}.yaml", text)


def answered(lot: Random) -> Given:
    """What one respondent answers; ``None`` for a question that was skipped."""
    given: Given = {}
    for question in load_questionnaire().questions:
        options = question.option_ids
        weights = [LIKELY.get((question.id, each), 1.0) for each in options]
        single = lot.choices(options, weights)
        several = [o for o in options if lot.random() < LIKELY.get((question.id, o), 0.5)]
        skipped = lot.random() < SKIPPED
        given[question.id] = None if skipped else single if question.kind == "single" else several
    return given


def other_area(answers: dict[str, Given]) -> list[str]:
    """The answer that Duinwijk did not give the first time."""
    first = answers["duinwijk"]["area"]
    return ["within-province" if first == ["several-provinces"] else "several-provinces"]


def longlist(ids: list[str], names: list[str], lot: Random) -> str:
    """A long list on which some were judged to work on several missions, and with citizens."""
    lines = [
        f"# {NOTICE}",
        "title: Demonstration data, made up",
        "as_of: 2020-11-30",
        "ecosystems:",
    ]
    for each, name in zip(ids, names, strict=True):
        themes = lot.sample(THEMES, lot.choice((1, 2, 2)))
        alias = ", aliases: [CL Oostrand]" if each == "oostrand" else ""
        lines += [
            f"  - {{id: {each}, name: {name}{alias}, provinces: [{lot.choice(PROVINCES)}],",
            f"     themes: [{', '.join(themes)}], scope: provincial,",
            "     challenges: ["
            + ", ".join(f"{{what: a challenge, theme: {theme}, source: s1}}" for theme in themes)
            + "],",
        ]
        citizens = lot.choice(("citizens: [{name: a group of residents, source: s1}], ", "", ""))
        lines += [
            f"     partners: {{{citizens}industry: [{{name: a company, source: s1}}]}},",
            "     sources: {s1: {title: made up}}}",
        ]
    return "".join(f"{line}\n" for line in lines)


def limesurvey(names: dict[str, str], who: list[str], answers: dict[str, Given]) -> str:
    """A CSV file as LimeSurvey exports it: codes as headings, a column for each option."""
    questions = [each for each in load_questionnaire().questions if each.id in ASKED]
    head = ["id", "submitdate", "lastpage", "startlanguage", "made up", "ecosystem"]
    for question in questions:
        several = [f"{question.id}[{each}]" for each in question.option_ids]
        head += [question.id] if question.kind == "single" else several
    file = io.StringIO()
    table = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow(head)
    for number, each in enumerate(who, start=1):
        row = [str(number), f"2020-09-{number:02} 10:00:00", "6", "nl", NOTICE, names[each]]
        for question in questions:
            given = answers[each][question.id]
            if question.kind == "single":
                labels = {option.id: option.label["nl"] for option in question.options}
                row.append(labels[given[0]] if given else "")
            else:
                row += ["" if given is None else "NY"[o in given] for o in question.option_ids]
        table.writerow(row)
    # One respondent wrote an answer of their own, which is none of the options.
    return file.getvalue().replace('"Kennisinstellingen"', '"Een lectoraat"', 1)


def forms(place: Path, rows: list[tuple[str, Given]]) -> None:
    """A workbook as Microsoft Forms exports it: questions as headings, options in one cell."""
    from xlsxwriter import Workbook

    questions = [each for each in load_questionnaire().questions if each.id in ASKED]
    head = ["ID", "Begintijd", "Tijd van voltooien", "Verzonnen", "Naam van het ecosysteem"]
    head += [each.wording["nl"] for each in questions]
    with Workbook(str(place)) as book:
        book.set_properties({"title": NOTICE, "created": datetime(2020, 10, 1)})  # noqa: DTZ001
        sheet = book.add_worksheet("made up")
        sheet.write_row(0, 0, head)
        for line, (name, given) in enumerate(rows, start=1):
            cells: list[object] = [
                line,
                f"10/{line}/2020 9:00",
                f"10/{line}/2020 9:20",
                NOTICE,
                name,
            ]
            for question in questions:
                labels = {option.id: option.label["nl"] for option in question.options}
                options = given[question.id] or []
                end = "" if question.kind == "single" else ";"
                cells.append("".join(f"{labels[each]}{end}" for each in options))
            sheet.write_row(line, 0, cells)


def write(place: Path, text: str) -> None:
    """Write a file as UTF-8."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")


MAPPING = f"""\
# {NOTICE}
schema: kiamv/survey-mapping/1
columns:
  # What the tools add of themselves asks nothing.
  id: null
  submitdate: null
  lastpage: null
  startlanguage: null
  Begintijd: null
  Tijd van voltooien: null
values:
  initiator:
    Een lectoraat: knowledge
"""
HEAD = f"""\
# {NOTICE}
schema: kiamv/interview/1
made_up: true
"""
INTERVIEWS = {
    "made-up-1-zilvermeer": f"""{HEAD}\
ecosystem: zilvermeer
date: 2020-10-05
interviewers: [made-up interviewer A]
coded_by: made-up coder A
answers:
  - {{question: citizens, options: [more], at: l. 12-18, note: residents take part in the design}}
  - {{question: citizens-stage, options: [early], at: l. 20-22}}
statements:
  - {{sub_aspect: 1b, stance: success-factor,
     text: Residents know best what their street needs, at: l. 14, quote: true}}
  - {{sub_aspect: 5a, stance: bottleneck,
     text: Municipality and province do not tune their grants, at: l. 40-44}}
""",
    "made-up-2-heidekamp": f"""{HEAD}\
ecosystem: heidekamp
date: 2020-10-12
interviewers: [made-up interviewer B]
coded_by: made-up coder A
answers:
  - {{question: planning, options: [one-party], at: l. 8-11, note: the province wrote the plan}}
  - {{question: barriers, options: [business-model], at: l. 31}}
statements:
  - {{sub_aspect: 3d, stance: bottleneck,
     text: Nobody knows who earns what in the new chain, at: l. 31-35}}
  - {{sub_aspect: 5a, stance: bottleneck,
     text: Each layer of government asks for another report, at: l. 50}}
""",
    "made-up-3-klaverdal": f"""{HEAD}\
ecosystem: klaverdal
date: 2020-10-20
interviewers: [made-up interviewer A, made-up interviewer B]
coded_by: made-up coder B
answers:
  - {{question: area, options: [several-provinces], at: l. 3}}
  - {{question: themes, options: [agrifood, energy], at: l. 5-9}}
  - {{question: citizens, options: [little], at: l. 16}}
  - {{question: intermediary, options: ["yes"], at: l. 22}}
statements:
  - {{sub_aspect: 3b, stance: success-factor,
     text: Somebody whose only task it is to connect people, at: l. 22-25, quote: true}}
  - {{sub_aspect: 5e, stance: bottleneck,
     text: Funders look at what can be counted within two years, at: l. 60-63}}
""",
}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
