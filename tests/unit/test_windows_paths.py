"""Paths by the rules of Windows, where there are drives and two kinds of slash."""

from __future__ import annotations

import ntpath
import posixpath
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.api.inputs import candidates
from kiamv_cli.cli.files import is_within

if TYPE_CHECKING:
    from types import ModuleType


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


@pytest.mark.parametrize(
    ("place", "folder", "flavour", "within"),
    [
        (r"D:\work\list", r"D:\work", ntpath, True),
        (r"D:\work", r"D:\work", ntpath, True),
        (r"D:\works", r"D:\work", ntpath, False),
        (r"C:\work", r"D:\work", ntpath, False),
        (r"\\server\share\work", r"D:\work", ntpath, False),
        ("/work/list", "/work", posixpath, True),
        ("/works", "/work", posixpath, False),
    ],
)
def test_another_drive_is_not_within_a_folder(
    place: str, folder: str, flavour: ModuleType, *, within: bool
) -> None:
    assert is_within(place, folder, flavour) is within
