"""Files made to be hard: each is read in a time that grows with its size and no faster, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.ir import load_source
from apexlang.source import Source, World

SHOT = "CHARACTER SARAH\nINT. A - DAY\n  SHOT wide\n"
HARD = {
    "a line of 10 MB": (SHOT + "    " + "a " * 5_000_000, 0),
    "a value of 10 MB": (SHOT + "    camera: " + "35mm, " * 1_600_000, 1),
    "colours without end": (SHOT + "    palette: " + "#123456 " * 125_000, 1),
    "the longest palette": (SHOT + "    palette: " + "#123456 " * 1_200, 0),
    "generators without end": (SHOT + "    generate: " + "previz or " * 990 + "previz", 0),
    "quotation marks": (SHOT + "    still: " + '"' * 1_000_000, 1),
    "people without end": (SHOT + "  SHOT wide of " + "SARAH, " * 200_000 + "SARAH", 1),
    "notes that never end": (SHOT + "    " + "[[" * 500_000, 0),
    "a value over many lines": (SHOT + "    camera: \n" + "      35mm,\n" * 50_000, 1),
    "20,000 errors": (SHOT + "".join(f"    zork{n}: 2s\n" for n in range(20_000)), 20_000),
    "a long line of ancestors": (
        "GRADE g0\n" + "".join(f"GRADE g{n} FROM g{n - 1}\n" for n in range(1, 3000)) + SHOT,
        0,
    ),
    "a long circle": (
        "GRADE g0 FROM g2999\n" + "".join(f"GRADE g{n} FROM g{n - 1}\n" for n in range(1, 3000)) + SHOT,
        1,
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_files(name: str, tmp_path: Path) -> None:
    text, errors = HARD[name]
    film, found, _ = load_source(World(tmp_path), Source("film.apex", text))
    assert film is not None
    assert len(found) == errors
