"""A member of the lowest class is named before all else, with what else could be asked."""

import pytest
from running import Kiamv


@pytest.mark.slow
def test_it_is_said_in_the_first_lines(kiamv: Kiamv) -> None:
    said = " ".join(kiamv("shortlist").stdout.split()[:60])
    assert "1 of the selected is ineligible: Health Hub Utrecht." in said
    assert "--class eligible,borderline" in said
    without = kiamv("shortlist", "--class", "eligible,borderline").stdout
    assert "of the selected" not in without
