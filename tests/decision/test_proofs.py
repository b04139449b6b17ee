"""Records that carry their proof: checked anywhere, refused when tampered with; commitments."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from running import Kiamv

from kiamv_cli.formats.plain import Plain
from kiamv_cli.formats.records import hashed

BY = ("--by", "The committee", "--on", "2020-12-15", "--reason", "As advised.")
SMALL = ("--size", "5")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, kiamv: Kiamv) -> Path:
    """A folder with a record and the checker beside it."""
    place = tmp_path_factory.mktemp("record")
    file = str(place / "decision.json")
    made = kiamv("record", *BY, *SMALL, "--with-inputs", "--with-checker", "-o", file)
    assert made.exit_code == 0, made.stderr
    return place


def checked(folder: Path, file: str) -> subprocess.CompletedProcess[str]:
    """Run the checker alone: no package of anybody, no environment."""
    command = [sys.executable, "-I", "-S", "check_proof.py", file]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={})


def test_the_checker_needs_nothing_but_python(folder: Path) -> None:
    done = checked(folder, "decision.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("decision.json: proven\n")
    source = (folder / "check_proof.py").read_text()
    assert len(source.splitlines()) <= 350
    assert "kiamv_cli" not in source


def test_verify_checks_the_proof_and_says_so_first(folder: Path, kiamv: Kiamv) -> None:
    said = kiamv("verify", str(folder / "decision.json"))
    assert said.exit_code == 0
    assert said.stdout.splitlines()[1:3] == [
        "Decided by The committee on 2020-12-15: As advised.",
        "The proof holds: no other shortlist is better.",
    ]
    data = json.loads(kiamv("verify", str(folder / "decision.json"), "-f", "json").stdout)
    assert data["proof"] == {"state": "holds", "why": None}


def test_a_record_without_a_proof_is_run_again(folder: Path, kiamv: Kiamv) -> None:
    record = changed(folder, proof=None, lots=None)
    said = kiamv("verify", str(record))
    assert said.exit_code == 0
    assert "The record has no proof, so it was run again." in said.stdout


@pytest.mark.parametrize("part", ["selected", "score", "question", "steps"])
def test_what_was_tampered_with_is_refused(folder: Path, kiamv: Kiamv, part: str) -> None:
    record = json.loads((folder / "decision.json").read_text())
    proof, result = record["proof"], record["result"]
    match part:
        case "selected":
            outside = next(
                each["id"]
                for each in proof["question"]["candidates"]
                if each["id"] not in result["selected"]
            )
            proof = {**proof, "selected": sorted([outside, *proof["selected"][1:]])}
        case "score":
            result = {**result, "score": "5"}
        case "question":
            *others, last = proof["question"]["candidates"]
            asked = {**proof["question"], "candidates": [*others, {**last, "score": "1/97"}]}
            proof = {**proof, "question": asked}
        case "steps":
            proof = {**proof, "steps": proof["steps"][:-40]}
        case _:
            raise AssertionError(part)
    place = changed(folder, proof=proof, result=result)
    said = kiamv("verify", str(place))
    assert said.exit_code == 1, said.stdout
    assert "NOT the same" in said.stdout
    if part != "question":  # whose facts these are, only kiamv can tell
        assert checked(folder, place.name).returncode == 1


def changed(folder: Path, **parts: Plain) -> Path:
    """Write the record with other parts and a SHA-256 that fits."""
    record: dict[str, Any] = json.loads((folder / "decision.json").read_text())
    record = {key: value for key, value in record.items() if key not in {"schema", "sha256"}}
    place = folder / "changed.json"
    place.write_text(json.dumps(hashed("record", {**record, **parts})))
    return place


def test_a_checker_without_a_file_has_no_place(kiamv: Kiamv) -> None:
    said = kiamv("record", *BY, *SMALL, "--with-checker")
    assert said.exit_code == 2
    assert "--with-checker: also give the file" in said.stderr


def test_a_record_keeps_to_what_was_published_or_not(folder: Path, kiamv: Kiamv) -> None:
    record = str(folder / "decision.json")
    line = kiamv("commit", *SMALL).stdout
    assert line.count("\n") == 1
    kept = kiamv("verify", record, "--commitment", line)
    assert (kept.exit_code, "It keeps to what was published" in kept.stdout) == (0, True)
    later = kiamv("commit", *SMALL, "--seed-later", "the winning number").stdout
    kept = kiamv("verify", record, "--commitment", later)
    assert kept.exit_code == 0
    assert "The seed was to be the winning number; it is kiamv." in kept.stdout
    other = kiamv("commit", "--size", "6", "--seed", "7").stdout
    broken = kiamv("verify", record, "--commitment", other, "-f", "json")
    assert broken.exit_code == 1
    assert json.loads(broken.stdout)["commitment"] == {"broken": ["request", "seed"]}
    none = kiamv("verify", record, "--commitment", "something")
    assert none.exit_code == 2
    assert "not a line that kiamv commit printed" in none.stderr
