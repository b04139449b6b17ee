"""Lists as people keep them, as unlike each other as can be, with what a person decides on each."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet


_MIDNIGHT = datetime(2022, 2, 28)  # noqa: DTZ001 - a cell has no zone


@dataclass(frozen=True, slots=True)
class Kept:
    """A file, what a person decides on its values, and how many ecosystems it has.

    ``decided`` are values with what they mean; ``provinces`` replace those of the programme.
    """

    name: str
    raw: bytes
    decided: Mapping[str, str]
    ecosystems: int
    provinces: Mapping[str, str] = field(default_factory=dict)


def kept_lists() -> dict[str, Kept]:
    """Make all of them."""
    every = (dutch_call(), dutch_matrix(), flemish_grants(), german_clusters(), english_awards())
    return {each.name: each for each in every}


def _saved(book: openpyxl.Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _row(*parts: list[Any]) -> list[Any]:
    return [cell for part in parts for cell in part]


def _first(name: str) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    return book, sheet


_CALL = (
    *(
        "Nr.",
        "Naam initiatief",
        "Regio",
        "Themagebied",
        "Aan welke maatschappelijke opgave werkt u?",
    ),
    *("Vergelijkbare initiatieven elders", "Rijp voor opschaling?", "Budget en looptijd"),
    *("Eigen budget?", "Bedrijven", "Gemeenten en provincies", "Kennispartners", "Bewoners e.d."),
    *("Startjaar", "Contactpersoon", "Website", "Aangedragen door", "Status", "Opmerkingen team"),
)
_WHERE = (
    *("Groningen", "Friesland", "Fryslân", "Drenthe", "Overijssel", "Gelderland", "Utrecht"),
    *("Noord-Holland", "Zuid Holland", "Zeeland", "Brabant", "Limburg", "Noord-Nederland"),
    *("Utrecht / Gelderland", "Zuid-Holland en Utrecht", "Twente"),
)
_ON = (
    *("Energie", "Energietransitie en duurzaamheid", "Landbouw", "Zorg", "Gezondheid & zorg"),
    *("Veiligheid", "Energie, Landbouw", "Gezondheid en zorg", "Digitalisering"),
)
_WHAT = (
    *("Warmte in de wijken zonder gas", "Minder stikstof in het veen", "Langer thuis met dementie"),
    *("Ondermijning in havens", "n.v.t.", "Water vasthouden in de zomer"),
)
_ELSEWHERE = ("Ook in Twente", "Limburg doet dit ook", "?", None, "nee", "Ook in Zeeland")
_GROWN = (
    "Tweede vestiging geopend",
    "Vijf jaar ervaring",
    "nog niet",
    None,
    "ja",
    "In drie steden",
)
_MONEY = (
    *("€ 1,2 mln 2019-2022", "600.000,-", "ca. 3 ton", "p.m.", "2,5 mln (2020-2025)"),
    *("€ 450.000 2024-2027", None, "onbekend", "1.250.000"),
)
_FIRMS = ("ASML, VDL", "Philips; DSM", "-", "KPN", "n.v.t.", "Lely, Royal FloraHolland", None, "x")
_STATE = ("Gemeente Utrecht", "provincie Gelderland; RVO", "geen", None, "Waterschap Rivierenland")
_SCIENCE = ("TNO", "WUR; TU Delft", None, "Hanzehogeschool", "?")
_PEOPLE = ("-", "ja", "Buurtcoöperatie Zon", None, "patiëntenvereniging")
_BY = ("RVO", None, "Provincie Utrecht, EZK", "Topsector Energie")


def dutch_call() -> Kept:
    """Make 45 answers to a call: merged, hidden, struck through, coloured, with totals below."""
    book, about = _first("Leeswijzer")
    about.append(["Versie 3"])
    sheet = book.create_sheet("Groslijst nov")
    sheet.append(["Groslijst regionale innovatie-ecosystemen, najaar 2026"])
    sheet.append([])
    sheet.append(_CALL)
    for n in range(45):
        row: tuple[object, ...] = (
            n + 1,
            f"Initiatief {n + 1}",
            _WHERE[n % 16],
            _ON[n % 9],
            _WHAT[n % 6],
        )
        row += (_ELSEWHERE[n % 6], _GROWN[n % 6], _MONEY[n % 9], ("ja", "nee", "x", None)[n % 4])
        row += (_FIRMS[n % 8], _STATE[n % 5], _SCIENCE[n % 5], _PEOPLE[n % 5])
        row += ((2019, "2020", "maart 2018", None)[n % 4], f"J. de Vries {n}", f"www.lab{n}.nl")
        row += (_BY[n % 4], "dubbel" if n == 11 else None, "past dit?" if n % 5 == 0 else None)
        sheet.append(row)
    sheet.append([])
    sheet.append([None, "Totaal", *[None] * 5, "14,2 mln"])
    sheet.merge_cells("Q4:Q5")
    sheet.row_dimensions[10].hidden = True
    sheet["B12"].comment = Comment("zeker weten?", "K")
    sheet["B13"].fill = PatternFill("solid", fgColor="FFFF00")
    for cell in sheet[20]:
        cell.font = Font(strike=True)
    sheet["N22"] = "#N/B"
    return Kept("groslijst.xlsx", _saved(book), {"Digitalisering": "security"}, 42)


def dutch_matrix() -> Kept:
    """Make a scoring matrix: criteria as columns, signs for verdicts, reasons beside some."""
    book, sheet = _first("Beoordeling")
    sheet.append(
        _row(
            ["Ecosysteem", "Provincie(s)", "Missie", "Meerdere missies", "Toelichting"],
            ["Regionale urgentie", "Probleem speelt ook elders", "Meerjarig budget", "Multihelix"],
            ["Rijp voor een opschalingsvraag", "Onderbouwing"],
        )
    )
    signs = ("+", "+/-", "-", "?", "++", None)
    for n in range(24):
        sheet.append(
            _row(
                [f"Gebied {n}", ("NH; Flevoland", "Limburg", "Friesland")[n % 3]],
                [
                    ("Veiligheid", "Gezondheid en zorg")[n % 2],
                    signs[n % 6],
                    f"Twee opgaven, zie {n}",
                ],
                [signs[(n + 1) % 6], signs[(n + 2) % 6], signs[(n + 3) % 6], signs[(n + 4) % 6]],
                [signs[(n + 5) % 6], "Een vraag om te groeien" if n % 2 else None],
            )
        )
    return Kept("beoordeling.xlsx", _saved(book), {}, 24)


def flemish_grants() -> Kept:
    """Make grants as a CSV file of Windows: dates in full, amounts with cents, curly quotes."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(
        _row(
            ["Projecttitel", "Provincie", "Speerpunt", "Promotor", "Partners"],
            ["Toegekende steun (EUR)", "Startdatum", "Einde", "Doelstelling", "Dossiernr."],
        )
    )
    partners = ("VITO, UGent", "imec", "Stad Genk, Bewonersgroep Winterslag", "Colruyt Group NV")
    for n in range(25):
        rows.writerow(
            _row(
                [
                    f"Proeftuin {n + 1} – \u2018Kempen\u2019",
                    ("Antwerpen", "Limburg", "Gent")[n % 3],
                ],
                [("Energie", "Zorg", "Voeding")[n % 3], ("VITO", "UGent", "Janssens NV")[n % 3]],
                [partners[n % 4], ("436.056,47", "107097,00", "1200000", "")[n % 4]],
                [
                    ("01/03/2019", "15-09-2020", "", "")[n % 4],
                    ("28/02/2022", "", "2024", "")[n % 4],
                ],
                ["Minder CO2 in de wijk, samen met bewoners" if n % 2 else "", f"VL-{n:03}"],
            )
        )
    decided = {"Gent": "BE23", "Limburg": "BE22", "Bewonersgroep Winterslag": "citizens"}
    decided |= {"Voeding": "agrifood"}
    provinces = {"BE21": "Antwerpen", "BE22": "Limburg (BE)", "BE23": "Oost-Vlaanderen"}
    return Kept("steun.csv", out.getvalue().encode("cp1252"), decided, 25, provinces)


def german_clusters() -> Kept:
    """Make clusters under two rows of headings, the upper ones merged; k. A. for not known."""
    book, sheet = _first("Übersicht")
    sheet.append(["Stammdaten", None, None, "Förderung", None, None, "Partner", None, None])
    sheet.append(
        _row(
            ["Projektname", "Bundesland", "Themenfeld", "Fördersumme", "Laufzeit", "Eigenmittel"],
            ["Unternehmen", "Hochschulen", "Kommunen"],
        )
    )
    for area in ("A1:C1", "D1:F1", "G1:I1"):
        sheet.merge_cells(area)
    for n in range(20):
        sheet.append(
            _row(
                [f"Cluster {n + 1} Rhein", ("Nordrhein-Westfalen", "Bayern", "NRW")[n % 3]],
                [("Energie", "Gesundheit", "Landwirtschaft")[n % 3]],
                [("1.250.000,00 €", "2,5 Mio. €", "k. A.", "800.000 EUR")[n % 4]],
                [("2020–2024", "01.07.2019 - 30.06.2022", None, None)[n % 4]],
                [("ja", "nein", None, None)[n % 4]],
                [("Siemens AG; Bosch GmbH", None, "keine", "Bayer AG")[n % 4]],
                [("RWTH Aachen", "FH Köln, Uni Bonn", None, "k. A.")[n % 4]],
                [("Stadt Köln", None, "Landkreis Ahrweiler", None)[n % 4]],
            )
        )
    decided = {"NRW": "DE-NW", "Gesundheit": "health", "Landwirtschaft": "agrifood"}
    provinces = {"DE-NW": "Nordrhein-Westfalen", "DE-BY": "Bayern"}
    return Kept("cluster.xlsx", _saved(book), decided, 20, provinces)


def english_awards() -> Kept:
    """Make awards of a funder with grades from 1 to 5 for most criteria, and ticks for one."""
    book, sheet = _first("Awards")
    sheet.append(["Awarded projects 2019-2024"])
    sheet.append(
        _row(
            ["Reference", "Project title", "County", "Priority", "Lead applicant", "Total award"],
            ["Start date", "End date", "Project website", "Several missions", "Regional urgency"],
            ["Reason", "Problem shared elsewhere", "Multi-helix", "Multi-year budget"],
        )
    )
    for n in range(30):
        sheet.append(
            _row(
                [f"INN/{n:04}", f"Living Lab {n}", ("South Holland", "Groningen & Drenthe")[n % 2]],
                [("Health and care", "Security", "Net zero")[n % 3]],
                [("University of Utrecht", "Gemeente Delft", "Philips plc")[n % 3]],
                [(1200000, "1.2m", "450,000", None)[n % 4], date(2019, 3, 1), _MIDNIGHT],
                [f"https://example.org/{n}", ("✓", None, "✓")[n % 3], (5, 4, 3, 2, 1)[n % 5]],
                ["Local need is high and well shown" if n % 2 else None, (3, 4, 5)[n % 3]],
                [(1, 5)[n % 2], (2, 4)[n % 2]],
            )
        )
    return Kept("awards.xlsx", _saved(book), {"Net zero": "energy"}, 30)
