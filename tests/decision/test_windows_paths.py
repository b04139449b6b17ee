"""Paths by the rules of Windows, where there are drives and two kinds of slash."""

from __future__ import annotations

import ntpath

import pytest

from kiamv_cli.decision.inputs import candidates


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"E:\lists\a.yaml", [r"E:\lists\a.yaml", r"D:\records\a.yaml"]),
        (r"lists\a.yaml", [r"lists\a.yaml", r"D:\records\lists\a.yaml", r"D:\records\a.yaml"]),
        ("lists/a.yaml", ["lists/a.yaml", r"D:\records\lists/a.yaml", r"D:\records\a.yaml"]),
    ],
)
def test_inputs_are_looked_for_beside_a_record_on_any_drive(
    source: str, expected: list[str]
) -> None:
    assert candidates(source, r"D:\records", ntpath) == expected
