"""The table of properties, and the reference that is made from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apexlang.ir import load_source
from apexlang.ir import model as ir
from apexlang.ir.forms import Slot, compile_form
from apexlang.ir.reference import filled
from apexlang.ir.table import CUT, KINDS, MOVING_TRANSITION, PROPERTIES, TRANSITION, Property
from apexlang.source import Source, World

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = {
    "FILM": 'FILM "A"\n  {}\nINT. ROOM - DAY\n  SHOT wide\n',
    "LOOK": "LOOK l\n  {}\nINT. ROOM - DAY\n  SHOT wide\n",
    "GRADE": "GRADE g\n  {}\nINT. ROOM - DAY\n  SHOT wide\n",
    "CHARACTER": "CHARACTER SARAH\n  {}\nINT. ROOM - DAY\n  SHOT wide\n",
    "HEADING": "INT. ROOM - DAY\n  {}\n  SHOT wide\n",
    "SHOT": "INT. ROOM - DAY\n  SHOT wide\n    {}\n",
    "LIGHT": "LIGHT l\n  {}\nINT. ROOM - DAY\n  SHOT wide\n",
    "MOVE": "MOVE m\n  {}\nINT. ROOM - DAY\n  SHOT wide\n",
    "DELIVER": "DELIVER d\n  {}\nINT. ROOM - DAY\n  SHOT wide\n",
    "TITLE": "INT. ROOM - DAY\n  SHOT wide\n  TITLE: The end\n    {}\n",
}


@pytest.mark.parametrize("row", PROPERTIES, ids=lambda p: p.name)
def test_every_example_compiles_wherever_it_may_stand(row: Property, tmp_path: Path) -> None:
    for name in re.findall(r'"([^"]+)"', row.example):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for block in row.where:
        film, found, _ = load_source(World(tmp_path), Source("film.apex", BLOCKS[block].format(row.example)))
        assert film is not None
        assert [d for d in found if d.code != "W0190"] == []


def test_forms_name_kinds_and_fields_that_exist() -> None:
    fields = {
        name
        for node in (
            ir.Camera,
            ir.Light,
            ir.Move,
            ir.Grade,
            ir.Music,
            ir.SoundCue,
            ir.Clip,
            ir.Delivery,
            ir.CutOn,
            ir.Transition,
            ir.Film,
            ir.Settings,
        )
        for name in node.model_fields
    }
    fields |= {
        "size",
        "rate",
        "space",
        "name",
        "hold",
        "compose",
        "palette",
        "order",
        "takes",
        "refs",
        "match",
        "hex",
        "path",
        "curve",
    }
    fields |= {"exponent", "bezier", "length", "key_at", "key_point", "key_zoom"}

    def walk(parts: tuple[object, ...]) -> None:
        for part in parts:
            if isinstance(part, Slot):
                assert part.kind in KINDS
                assert part.field in fields
            walk(getattr(part, "parts", ()))

    for clause in (*(c for p in PROPERTIES for c in p.clauses), *TRANSITION, *MOVING_TRANSITION, *CUT):
        walk(compile_form(clause.form))


def test_the_reference_is_up_to_date() -> None:
    page = (DOCS / "language.md").read_text("utf-8")
    assert filled(page) == page


def test_the_film_of_the_reference_compiles(tmp_path: Path) -> None:
    page = (DOCS / "language.md").read_text("utf-8")
    film = re.search(r"```apex\n(FILM.*?)```", page, re.S)
    assert film is not None
    _, found, _ = load_source(World(tmp_path), Source("film.apex", film[1]))
    assert found == ()
