"""The table of codes: every example does what it says, every code in the program is in the table, every page is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apexlang.diagnostics import in_order
from apexlang.diagnostics.codes import TABLE, Entry, explain, whole
from apexlang.ir import load_source
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World

ROOT = Path(__file__).parents[2]


def codes(text: str, folder: Path) -> set[str]:
    film, found, _ = load_source(World(folder), Source("film.apex", text))
    return {d.code for d in in_order([*found, *(lay_out(film).diagnostics if film is not None else ())])}


@pytest.mark.parametrize("entry", [e for e in TABLE.values() if e.wrong], ids=lambda e: e.code)
def test_the_wrong_example_is_wrong_in_this_way_only(entry: Entry, tmp_path: Path) -> None:
    found = codes(whole(entry.wrong, entry.inside), tmp_path)
    assert entry.code in found
    assert {c for c in found if c != entry.code} <= {"W0111", "E0501"}


@pytest.mark.parametrize("entry", [e for e in TABLE.values() if e.right], ids=lambda e: e.code)
def test_the_right_example_is_right(entry: Entry, tmp_path: Path) -> None:
    assert codes(whole(entry.right, entry.inside), tmp_path) == set()


def test_every_code_of_the_program_is_in_the_table() -> None:
    used = set()
    for path in (ROOT / "apexlang").rglob("*.py"):
        if "codes" not in path.parts:
            used |= set(re.findall(r'"([EW]\d{4})"', path.read_text("utf-8")))
    assert used - set(TABLE) == set()


@pytest.mark.parametrize("entry", TABLE.values(), ids=lambda e: e.code)
def test_every_code_has_its_page(entry: Entry) -> None:
    assert (ROOT / "docs" / "errors" / f"{entry.code}.md").read_text("utf-8") == explain(entry)
