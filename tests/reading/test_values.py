"""Where every value of a shot comes from: a line that says it, or a default that says it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.compiler import compile
from apexlang.ir import model as ir
from apexlang.ir.resolve import PARTS, WHOLE
from apexlang.reading.shots import reel
from apexlang.reading.values import DEFAULT, by_name, values
from apexlang.reading.words import fields

from .conftest import FILM

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/[!.]*.apex"))


def of_shot(side, name):
    return by_name(values(side.film, next(s for s in side.reel.shots if s.name == name)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_value_of_every_shot_of_the_examples_has_a_line_or_is_a_default(path):
    film = compile(path)
    lines = {name: source.lines for name, source in film.sources.items()}
    for seen in reel(film.ir, film.timeline).shots:
        found = values(film.ir, seen)
        names = {v.name for v in found}
        assert set(WHOLE) <= names and {f"{n}.{p}" for n, parts in PARTS.items() for p in parts} <= names
        grade = {n for n, _ in fields(ir.Grade(name=""))} - {"name", "parent", "doc"}
        assert {f"grade.{n}" for n in grade} <= names
        for value in found:
            assert value.value
            assert (value.place is None) == (value.level == DEFAULT), value
            for said in (value, *value.overrode):
                if said.place is not None:
                    line = lines[said.place.path][said.place.line]
                    assert line.strip(), (value, line)


def test_crates_of_neon_rain():
    path = next(p for p in EXAMPLES if p.stem == "neon_rain")
    film = compile(path)
    seen = next(s for s in reel(film.ir, film.timeline).shots if s.name == "crates")
    text = path.read_text(encoding="utf-8").split("\n")
    found = by_name(values(film.ir, seen))
    for name, value, words in (
        ("camera.lens_mm", "24mm", "camera: 24mm, f/2.8, ISO 800, low angle"),
        ("camera.aperture", "f/2.8", "camera: 24mm, f/2.8, ISO 800, low angle"),
        ("camera.iso", "800", "camera: 24mm, f/2.8, ISO 800, low angle"),
        ("light.key_kelvin", "3200K", "light: three_point, key volumetric from left 3200K, rim practical"),
        ("palette", "#2c3e50 #ecf0f1 #e74c3c", "palette: #2C3E50 #ECF0F1 #E74C3C"),
        ("hold", "8 beats", "hold: 8 beats"),
        ("grade.grain", "10%", "finish: grain 10%, vignette 30%, sharpen 40%"),
    ):
        assert found[name].value == value
        assert text[found[name].place.line].strip() == words
    assert [s.value for s in found["light.rig"].overrode] == ["low key"]
    assert [(s.level, s.value) for s in found["grade.contrast"].overrode] == [("grade teal", "+10%")]


def test_nearest_wins_and_says_what_it_overrode(sided):
    made = sided(
        'FILM "F"\n  camera: 35mm, f/4\n  hold: 2s\nINT. A\n  hold: 3s\n  SHOT wide #a\n    color: #000000\n'
        "    camera: 85mm\n"
    )
    found = of_shot(made, "a")
    lens = found["camera.lens_mm"]
    assert (lens.value, lens.level, lens.place.line) == ("85mm", "shot", 7)
    assert [(s.value, s.level, s.place.line) for s in lens.overrode] == [("35mm", "film", 1)]
    assert (found["camera.aperture"].value, found["camera.aperture"].level) == ("f/4", "film")
    assert (found["hold"].value, found["hold"].level) == ("3s", "scene")


def test_defaults_say_why(sided):
    found = of_shot(sided("INT. A\n  SHOT extreme close-up #a\n    color: #000000\n"), "a")
    lens = found["camera.lens_mm"]
    assert (lens.value, lens.level, lens.why) == ("100mm", DEFAULT, "the lens an extreme close-up is shot with")
    assert found["hold"].value == "3s" and found["move"].value == "static"
    assert found["generate"].value == "previz, 1 take"
    assert found["grade.contrast"].value == "0%" and found["grade.temperature_k"].value == "5600K"
    assert found["grade.contrast"].why == "no grade holds"


def test_none_is_a_line_too(sided):
    made = sided(FILM.replace("    camera: 85mm\n", "    camera: none\n    light: none\n    grade: none\n"))
    found = of_shot(made, "stop")
    assert found["camera.lens_mm"].value == "85mm" and found["camera.lens_mm"].level == "shot"
    assert found["camera.lens_mm"].why == "camera switched off; the lens a close-up is shot with"
    assert found["light.rig"].level == "shot" and found["light.rig"].why.startswith("light switched off")
    assert [s.level for s in found["light.rig"].overrode] == ["scene", "look noir"]
    assert found["grade"].value == "none" and found["grade"].level == "shot"
    assert found["grade"].overrode[0].value == "night"


def test_a_lut_that_is_switched_off_takes_its_strength_along(sided):
    cube = "LUT_3D_SIZE 2\n" + "0 0 0\n" * 8
    made = sided(
        'FILM "F"\n  grade: b\nGRADE a\n  lut: "x.cube" 80%\nGRADE b FROM a\n  lut: none\nINT. A\n  SHOT wide #a\n',
        **{"x.cube": cube},
    )
    found = of_shot(made, "a")
    assert (found["grade.lut"].value, found["grade.lut"].level) == ("none", "grade b")
    assert found["grade.lut"].overrode[0].value == '"x.cube"'
    assert found["grade.lut_strength"].value == "100%" and found["grade.lut_strength"].why == "the LUT is switched off"


def test_shots_without_labels_are_called_by_number(sided):
    made = sided(FILM)
    assert [s.name for s in made.reel.shots] == ["crates", "stop", "victor", "2.1", "2.2"]
    assert of_shot(made, "2.2")["size"].value == "insert"
