"""What the process of the solver does, done in this one."""

import io
import os
import pickle
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from strategies.random_questions import random_question

from kiamv_cli.selection.model.integer_program import Program, Row
from kiamv_cli.selection.model.search import make_model
from kiamv_cli.selection.solving import engine
from kiamv_cli.selection.solving.engine import (
    STOP,
    Answer,
    Better,
    Failure,
    Progress,
    Ready,
    Refuting,
    Task,
)

KNAPSACK = Program((5, 4, 3), (0, 0, 0), (1, 1, 1), (Row(((0, 2), (1, 3), (2, 1)), 0, 5),))
HARD = make_model(random_question(1, 300, 50, parts=1_000_003)).best(out=0)


def sent(*tasks: Task | str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Give what comes back when these tasks are sent."""
    answers = io.BytesIO()
    worker = engine._Engine(answers)  # noqa: SLF001 - what runs in the other process
    stream = io.BytesIO(b"".join(map(pickle.dumps, tasks)))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    monkeypatch.setattr(os, "_exit", lambda _code: sys.exit())
    with pytest.raises(SystemExit):
        worker.listen()
    stop = SystemExit()
    original = worker.tasks.get

    def next_task() -> Task | Refuting:
        if worker.tasks.empty():
            raise stop
        return original()

    worker.tasks = SimpleNamespace(get=next_task, empty=worker.tasks.empty)  # type: ignore[assignment]
    with pytest.raises(SystemExit):
        worker.work()
    answers.seek(0)
    found = []
    while answers.tell() < len(answers.getvalue()):
        found.append(pickle.load(answers))  # noqa: S301 - written above
    return found


def test_each_task_is_answered_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    impossible = replace(KNAPSACK, rows=(Row(((0, 1), (1, 1)), 3),))
    fine = replace(KNAPSACK, profits=(5 << 60, 4 << 60, 3 << 60))
    ready, *answers = sent(
        Task("solve", KNAPSACK, tolerance=1e-9),
        Task("solve", impossible, tolerance=1e-6),
        Task("branch", KNAPSACK, steps=100),
        Task("branch", impossible, steps=100),
        Task("branch", fine, known=(0, 1, 1), steps=100),
        Task("branch", fine, known=(0, 1, 1), steps=0),
        Task("branch", fine, seconds=0.0, steps=100),
        Task("relax", KNAPSACK),
        Task("relax", impossible),
        Task("solve", replace(KNAPSACK, rows=(Row(((9, 1),)),))),
        monkeypatch=monkeypatch,
    )
    assert isinstance(ready, Ready)
    assert ready.version
    told = [each for each in answers if not isinstance(each, Better | Progress)]
    assert told[:7] == [
        Answer("optimal", (1, 1, 0), 9),
        Answer("infeasible"),
        Answer("optimal", (1, 1, 0)),
        Answer("infeasible"),
        Answer("optimal", (1, 1, 0)),
        Answer("open", (0, 1, 1)),
        Answer("stopped"),
    ]
    assert isinstance(told[7], Answer)
    assert told[7].prices == pytest.approx((4 / 3,))
    assert told[8] == Answer("infeasible")
    assert told[9] == Failure("ValueError: the model was refused")


def test_who_is_told_to_stop_tells_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    *_, told = sent(Task("solve", HARD, tolerance=1e-9), STOP, monkeypatch=monkeypatch)
    assert isinstance(told, Answer)
    assert told.status == "stopped"


@pytest.mark.slow
def test_time_is_kept_and_progress_told(monkeypatch: pytest.MonkeyPatch) -> None:
    task = Task("solve", HARD, seconds=1.5, tolerance=1e-9)
    told = sent(task, monkeypatch=monkeypatch)
    assert any(isinstance(each, Progress) for each in told)
    assert any(isinstance(each, Better) for each in told)
    assert isinstance(told[-1], Answer)
    assert told[-1].status == "stopped"


def test_a_library_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    answers = io.BytesIO()
    engine._Engine(answers).work()  # noqa: SLF001 - what runs in the other process
    failure = pickle.loads(answers.getvalue())  # noqa: S301 - written above
    assert not failure.loaded
    assert failure.reason.startswith("ModuleNotFoundError: import of highspy")
