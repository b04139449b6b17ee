"""How tests run: kiamv inside the test process; property tests patient, and repeatable in CI."""

from __future__ import annotations

import os
import pickle
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from running import without_note
from typer.main import get_command

from kiamv_cli.cli.app import build
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Kiamv

    from kiamv_cli.selection.model.refutation import Claim, Refuted

settings.register_profile("patient", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("repeatable" if os.environ.get("CI") else "patient")


@pytest.fixture(scope="session")
def kiamv_aloud() -> Kiamv:
    """``kiamv("score", "-f", "json")``: exit status, standard output and standard error."""
    command = get_command(build())

    def run(*arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        quiet: dict[str, str | None] = {"NO_COLOR": None, "COLUMNS": "200", **(env or {})}
        return CliRunner(env=quiet).invoke(command, list(arguments), input=stdin, prog_name="kiamv")

    return run


@pytest.fixture(scope="session")
def kiamv(kiamv_aloud: Kiamv) -> Kiamv:
    """The same, without the line that says that it is about the bundled list."""

    def run(*arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        result = kiamv_aloud(*arguments, stdin=stdin, env=env)
        result.stderr_bytes = without_note(result.stderr_bytes)
        result.output_bytes = without_note(result.output_bytes)
        return result

    return run


@pytest.fixture(scope="session", autouse=True)
def _remembered_proofs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have what many tests ask of the bundled list proven once; each checks the proof anew.

    A proof takes a second, and is the same each time. Solvers with a limit find it by themselves.
    """
    session = tmp_path_factory.getbasetemp()
    folder = session.parent if "PYTEST_XDIST_WORKER" in os.environ else session
    refute = HighsSolver.refute

    def remembered(self: HighsSolver, claim: Claim) -> Refuted:
        refuted: Refuted
        if self.time_limit is not None or self.interrupted:
            return refute(self, claim)
        place = folder / f"proof-{sha256(repr(claim).encode()).hexdigest()}"
        if place.exists():
            refuted, self.version = pickle.loads(place.read_bytes())  # noqa: S301 - written here
            return refuted
        refuted = refute(self, claim)
        if refuted.status != "stopped":
            part = session / place.name
            part.write_bytes(pickle.dumps((refuted, self.version)))
            part.replace(place)
        return refuted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HighsSolver, "refute", remembered)
        yield


# What takes longest, each told by faster tests too on fewer cases; KIAMV_DEEP=1 runs it as well.
DEEP = (
    "test_clash.py::test_of_equal_changes_the_nearest_changes_the_earlier_wishes_least",
    "test_clash.py::test_every_smallest_change_is_found_and_no_other",
    "test_record.py::test_a_diff_tries_each_change_by_itself",
    "test_headings.py::test_every_step_of_a_review_says_what_was_judged_by_which_criteria",
    "test_language.py::TestFilesThatAreWrong::test_the_same_is_wrong_in_both_languages[csv]",
    "test_language.py::TestFilesThatAreWrong::test_the_same_is_wrong_in_both_languages[md]",
    "test_language.py::TestFilesThatAreWrong::test_the_same_is_wrong_in_both_languages[json]",
    "test_process.py::test_every_line_fits_the_terminal[120]",
    "test_changes.py::test_a_record_of_a_review_survives_what_git_and_editors_do[assignment",
    "test_language.py::test_data_are_the_same_in_both_languages[csv]",
    "test_flow.py::test_every_number_is_the_one_before_less_those_who_leave[options3]",
    "test_linear.py::test_rows_of_one_id_or_one_name",
    "test_scaffold.py::test_each_command_works[flanders-nl]",
    "test_scaffold.py::test_each_command_works[bundled-nl]",
    "test_second_solver.py::test_two_solvers_and_looking_at_every_shortlist_agree",
    "test_wishes.py::test_which_score_counts[possible]",
    "test_sheets_attacked.py::test_cells_are_counted_over_all_sheets",
    "test_examples.py::test_from_init_to_a_verified_record_by_bare_commands[sortition]",
    "test_docs.py::test_every_command_of_the_page_works_and_shows_what_it_says[nl]",
    "test_report_paper.py::test_no_page_ends_with_the_head_of_a_table",
    "test_manual.py::test_what_a_page_tells_its_readers_to_do_works_and_gives_what_it_shows[docs/nl",
)


# Tracing makes kiamv three times as slow. What goes over the same ground many times, or whose room
# is traced by faster tests, is run without.
UNTRACED = {"audits", "base", "formats", "longlist", "review", "scoring", "selection", "survey"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is deep, unless it is asked for, and trace what shows which lines run."""
    for item in items:
        slow = item.get_closest_marker("slow") and item.path.parent.name in UNTRACED
        if slow or hasattr(getattr(item, "obj", None), "hypothesis"):
            item.add_marker("no_cover")
    if os.environ.get("KIAMV_DEEP"):
        return
    deep = [item for item in items if any(name in item.nodeid for name in DEEP)]
    config.hook.pytest_deselected(items=deep)
    items[:] = [item for item in items if item not in deep]
