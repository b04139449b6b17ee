"""Make the spreadsheets of this folder again, with LibreOffice: see README.md."""

from __future__ import annotations

import csv
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.longlist import export_longlist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.longlist.model.longlist import Ecosystem

HERE = Path(__file__).parent
SCOPES = {
    "municipal": "gemeentelijk",
    "provincial": "provinciaal",
    "multi-provincial": "bovenprovinciaal",
    "national": "landelijk",
}
# Names under which three come in once more.
AGAIN = {
    "twente-safety-campus": "Twente Safety Campus",
    "hannn": "HANNN",
    "gebiedscooperatie-westerkwartier": "Gebiedscoöp. Westerkwartier",
}
DUTCH = "59,34,76,1,,1043"  # semicolons, quotes, UTF-8, from the first line, Dutch
SHOWN = "Text - txt - csv (StarCalc):59,34,1,1,,1043,false,false,true"  # Windows-1252, as shown


def rows() -> Iterator[dict[str, object]]:
    """Write the first 57 of the bundled list as policy staff would, and three of them again."""
    programme = load_criteria()
    ecosystems = load_longlist(programme=programme).longlist.ecosystems
    labels = {
        each.id: each.label["nl"]
        for dimension in programme.dimensions.values()
        for each in dimension.categories
    }
    for place, one in enumerate(ecosystems[:57]):
        yield {**head(one, one.name, labels), **money(one, place)}
    for name, again in AGAIN.items():
        one = next(each for each in ecosystems if each.id == name)
        yield {**head(one, again, labels), "Bedrag": "2,5 mln", "Voorgedragen door": "Regio Deal"}


def head(one: Ecosystem, name: str, labels: dict[str, str]) -> dict[str, object]:
    """What a row says first."""
    return {
        "Naam": name,
        "Provincies": "; ".join(labels[each] for each in one.provinces),
        "Thema's": "; ".join(labels[each] for each in one.themes),
        "Schaal": SCOPES.get(one.scope or "", ""),
        "Vestigingsplaats": one.seat or "",
        "Opgericht": one.founded or "",
        "Website": one.website or "",
        "Voorgedragen door": "; ".join(each.by for each in one.suggested_by),
    }


def money(one: Ecosystem, place: int) -> dict[str, object]:
    """An amount in one of the ways in which people write it, and who takes part."""
    line = next((each for each in one.budget or () if each.amount_eur), None)
    names = [each.name for each in one.partners.industry or ()]
    said: dict[str, object] = {"Bedrijven": "; ".join(each.replace(";", ",") for each in names[:3])}
    if line is None or line.amount_eur is None:
        return said
    euros = f"€ {line.amount_eur:,}".replace(",", ".") + ",00"
    tenths, rest = divmod(line.amount_eur, 100_000)
    millions = f"{tenths // 10},{tenths % 10} mln"
    return {
        **said,
        "Bedrag": euros if rest or place % 3 else millions,
        "Budget van": line.start or "",
        "Budget t/m": line.until or "",
        "Eigen budget": {None: "", True: "ja", False: "nee"}[line.own],
    }


def convert(file: Path, to: str, folder: Path, read: str | None = None) -> None:
    """Have LibreOffice open a file, and save it in another form."""
    how = [f"--infilter=CSV:{read}"] if read else []
    asked = ["--headless", *how, "--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(["soffice", *asked], check=True, capture_output=True)  # noqa: S607


def main() -> None:
    """Make the list as a workbook and as CSV, and the workbook of kiamv saved once more."""
    with tempfile.TemporaryDirectory() as made:
        start = Path(made) / "lijst.csv"
        with start.open("w", encoding="utf-8", newline="") as file:
            table = list(rows())
            heads = list(dict.fromkeys(key for row in table for key in row))
            writer = csv.DictWriter(file, heads, restval="", delimiter=";")
            writer.writeheader()
            writer.writerows(table)
        convert(start, "xlsx:Calc MS Excel 2007 XML", HERE, f"{DUTCH},false,true")
        convert(start, f"csv:{SHOWN}", HERE, f"{DUTCH},true,false")
        saved = Path(made) / "saved.xlsx"
        listed = load_longlist(HERE / "lijst.xlsx", as_of=load_longlist().longlist.as_of)
        saved.write_bytes(export_longlist(listed.longlist, "xlsx"))
        convert(saved, "xlsx:Calc MS Excel 2007 XML", HERE)
        saved.with_suffix(".csv").write_bytes(
            export_longlist(listed.longlist, "csv", separator=";")
        )
        convert(
            saved.with_suffix(".csv"),
            f"csv:{SHOWN}",
            HERE,
            f"{DUTCH},false,true",
        )


if __name__ == "__main__":
    main()
