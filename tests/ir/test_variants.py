"""VARIANT: a named set of overrides of FILM, chosen by name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from apexlang.ir import load_source
from apexlang.ir import model as ir
from apexlang.source import Source, World
from apexlang.units import Rate, Time

FILM = (
    'FILM "A"\n  format: 1920x1080, 25fps\n  camera: 35mm, f/4\n  hold: 2s\nINT. ROOM - DAY\n  SHOT wide\n'
    "VARIANT vertical\n  format: 1080x1920\n  camera: 24mm\nVARIANT slow\n  hold: 4s\n"
)


def chosen(variant: str | None, folder: Path) -> ir.Film:
    film, found, _ = load_source(World(folder), Source("film.apex", FILM), variant)
    assert found == () and film is not None
    return film


def test_a_variant_overrides_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    plain, upright, slow = (chosen(name, tmp_path) for name in (None, "vertical", "slow"))
    assert plain.variants == ("vertical", "slow")
    assert [(f.format.width, f.format.height, f.format.rate) for f in (plain, upright)] == [
        (1920, 1080, Rate(25)),
        (1080, 1920, Rate(25)),
    ]
    camera = upright.settings.camera
    assert isinstance(camera, ir.Camera) and (camera.lens_mm, camera.aperture) == (24, 4)
    assert (plain.settings.hold, slow.settings.hold) == (Time(seconds=Fraction(2)), Time(seconds=Fraction(4)))


def test_an_unknown_variant(tmp_path: Path) -> None:
    _, found, _ = load_source(World(tmp_path), Source("film.apex", FILM), "vertcal")
    assert [(d.code, d.helps) for d in found] == [("E0213", ("did you mean `vertical`?",))]
