"""film < look < scene < shot: what holds, where it was said, and what it overrode."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.ir import load_source
from apexlang.ir import model as ir
from apexlang.ir.resolve import Effective, effective
from apexlang.source import Source, World

FILM = """\
FILM "A"
  camera: 24mm, f/8
  light: three_point, key hard from left 3200K
  hold: 4s
  look: evening

LOOK dusk
  camera: ISO 400, f/4
  palette: #111111
  grade: base
  compose: thirds

LOOK evening FROM dusk
  palette: #222222

GRADE base
  primary: exposure +1st, contrast +10%
  lut: "a.cube" 50%

GRADE night FROM base
  primary: exposure -1st, tint 5
  finish: grain 10%

INT. ROOM - DAY
  camera: 35mm
  grade: night

  SHOT wide #one
    light: key from right

  SHOT wide #two
    look: none
    camera: none
    light: none
    grade: none
    hold: 12f
    compose: none

  SHOT wide #three
    grade: base
    look: dusk
"""


@pytest.fixture
def shots(tmp_path: Path) -> dict[str, Effective]:
    (tmp_path / "a.cube").touch()
    film, found, _ = load_source(World(tmp_path), Source("film.apex", FILM))
    assert film is not None and found == ()
    scene = film.scenes[0]
    return {s.label or "": effective(film, scene, s) for s in scene.items if isinstance(s, ir.Shot)}


def test_camera_and_light_merge_field_by_field(shots: dict[str, Effective]) -> None:
    one = shots["one"]
    assert one.camera is not None and one.light is not None
    assert (one.camera.lens_mm, one.camera.aperture, one.camera.iso) == (35, 4, 400)
    assert (one.light.rig, one.light.key_side, one.light.key_quality, one.light.key_kelvin) == (
        ("three_point",),
        "right",
        "hard",
        3200,
    )


def test_the_rest_is_taken_as_a_whole(shots: dict[str, Effective]) -> None:
    assert shots["one"].palette == ("#222222",)
    assert shots["three"].palette == ("#111111",)
    assert shots["one"].compose == ("thirds",)
    assert shots["one"].hold is not None and shots["one"].hold.seconds == 4


def test_a_grade_has_what_its_parents_say(shots: dict[str, Effective]) -> None:
    night = shots["one"].grade
    assert night is not None
    assert (night.name, night.exposure_st, night.contrast, night.tint, night.grain) == ("night", -1, 0.1, 5, 0.1)
    assert (night.lut, night.lut_strength) == ("a.cube", 0.5)


def test_none_switches_off(shots: dict[str, Effective]) -> None:
    two = shots["two"]
    assert (two.look, two.grade, two.camera, two.light, two.compose, two.palette) == (None,) * 6
    assert two.hold is not None and two.hold.frames == 12


def test_every_value_names_its_line(shots: dict[str, Effective]) -> None:
    lines = FILM.split("\n")
    one = shots["one"]
    for field, text in [
        ("camera.lens_mm", "35mm"), ("camera.aperture", "f/4"), ("light.key_side", "right"), ("light.key_kelvin", "3200K"),
        ("palette", "#222222"), ("hold", "4s"), ("look", "evening"), ("grade", "night"),
    ]:  # fmt: skip
        span = one.where(field)
        assert span is not None
        assert lines[span.line][span.col : span.end_col] == text
    assert [(s.level, s.value) for s in one.trail("camera.aperture")] == [("look dusk", 4.0), ("film", 8.0)]
    assert [s.level for s in one.trail("grade")] == ["scene", "look dusk"]
    assert set(one.fields()) >= {"look", "grade", "hold", "palette", "compose", "camera.lens_mm", "light.rig"}
    assert shots["two"].where("move") is None


def test_a_film_built_by_hand_needs_no_places() -> None:
    shot = ir.Shot(settings=ir.Settings(camera=ir.Camera(lens_mm=50)))
    scene = ir.Scene(setting="INT.", place="ROOM", items=(shot,))
    film = ir.Film(scenes=(scene,), settings=ir.Settings(look="nowhere", grade="nothing"))
    found = effective(film, scene, shot)
    assert found.camera == ir.Camera(lens_mm=50)
    assert (found.look, found.grade, found.where("camera")) == (None, None, None)
