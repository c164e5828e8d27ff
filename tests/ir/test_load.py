"""From a file to the typed film."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from apexlang.diagnostics import Diagnostic
from apexlang.ir import load, load_source
from apexlang.ir import model as ir
from apexlang.source import Source, World
from apexlang.units import Rate, Time


def film(text: str, folder: Path) -> ir.Film:
    made, found, _ = load_source(World(folder), Source("film.apex", text))
    assert [d for d in found if d.code != "W0190"] == []
    assert made is not None
    return made


def test_a_film(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    made = film(
        'FILM "Neon Rain"\n  format: 1280x720, 23.976fps\n  music: "a.wav", from 12s, fade in 1s, -3dB\n'
        "CHARACTER SARAH\n  A commander,\n  short hair.\n\n  Blue eyes.\n"
        "  wears: a jacket, a \"hat\"\n  build: athletic\n  match: 80%\n"
        "INT. WAREHOUSE - ROOF - NIGHT #12A#\n  = The letter\n    is gone.\n  A cold place.\n"
        "  SHOT close-up of sarah #stop\n    She stops. [[slowly]]\n    Something moved.\n\n    Silence.\n"
        "    SARAH (whispering): Who's\n      there?\n    hold: 2s 12f\n    SUPER: Berlin for 2s\n    sound: \"a.wav\" at 18f, -6dB\n"
        "    move: pan left 1.2, cubic-bezier (0.4, 0, 0.2, 1)\n    camera: 1/125s\n"
        "  FADE OUT 1s, gamma 2.2\n",
        tmp_path,
    )  # fmt: skip
    assert made.title == "Neon Rain"
    assert (made.format.width, made.format.height, made.format.rate) == (1280, 720, Rate(24000, 1001))
    assert [(m.path, m.start, m.fade_in, m.gain_db) for m in made.music] == [
        ("a.wav", Time(seconds=Fraction(12)), Time(seconds=Fraction(1)), -3.0)
    ]
    sarah = made.characters[0]
    assert sarah.description == "A commander, short hair. Blue eyes."
    assert (sarah.wears, sarah.build, sarah.match) == (("a jacket", 'a "hat"'), "athletic", 0.8)
    scene = made.scenes[0]
    assert (scene.setting, scene.place, scene.time, scene.number) == ("INT.", "WAREHOUSE - ROOF", "NIGHT", "12A")
    assert (scene.synopsis, scene.prose) == (("The letter is gone.",), ("A cold place.",))
    shot, fade = scene.items
    assert isinstance(shot, ir.Shot) and isinstance(fade, ir.Transition)
    assert (shot.size, shot.subjects, shot.label) == ("close-up", ("SARAH",), "stop")
    assert shot.prose == ("She stops. Something moved.", "Silence.")
    assert [(d.who, d.how, d.text) for d in shot.dialogue] == [("SARAH", "whispering", "Who's there?")]
    assert [(s.text, s.length) for s in shot.supers] == [("Berlin", Time(seconds=Fraction(2)))]
    assert [(s.at, s.gain_db) for s in shot.sounds] == [(Time(frames=18), -6.0)]
    move, camera = shot.settings.move, shot.settings.camera
    assert isinstance(move, ir.Move) and isinstance(camera, ir.Camera)
    assert (move.kind, move.direction, move.zoom_from) == ("pan", "left", 1.2)
    assert move.curve == ir.Curve(name="cubic-bezier", args=(0.4, 0, 0.2, 1))
    assert camera.shutter_s == Fraction(1, 125)
    assert (fade.kind, fade.curve) == ("fade out", ir.Curve(name="gamma", args=(2.2,)))
    dumped = made.model_dump()
    assert ir.Film.model_validate(dumped).model_dump() == dumped


def test_files_that_use_each_other(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.cube").touch()
    (tmp_path / "lib" / "cast.apex").write_text(
        'FILM "Not read"\nCHARACTER SARAH\nGRADE night FROM std.grades.night_blue\n  lut: "a.cube"\n'
        "LOOK evening\n  grade: night\nINT. PROLOGUE - DAY\n  SHOT wide\n"
    )
    (tmp_path / "film.apex").write_text(
        'FILM "A"\nINT. FIRST - DAY\n  SHOT wide\nUSE "lib/cast.apex" AS cast\nINT. LAST - DAY\n  look: cast.evening\n'
        "  SHOT wide of SARAH\n    grade: cast.night\n"
    )
    made, found, sources = load(World(tmp_path), "film.apex")
    assert found == () and made is not None
    assert made.title == "A"
    assert [s.place for s in made.scenes] == ["FIRST", "PROLOGUE", "LAST"]
    assert {g.name: (g.parent, g.lut) for g in made.grades} == {
        "cast.night": ("std.grades.night_blue", "lib/a.cube"),
        "std.grades.night_blue": (None, None),
    }
    assert [(look.name, look.settings.grade) for look in made.looks] == [("cast.evening", "cast.night")]
    assert set(sources) == {"film.apex", "lib/cast.apex", "std:grades.apex"}


def test_a_transition_between_scenes_joins_them(tmp_path: Path) -> None:
    made = film(
        "FADE IN:\nINT. A - DAY\n  SHOT wide\nCUT TO:\nDISSOLVE 6f\nINT. B - DAY\n  SHOT wide\nFADE OUT.\n", tmp_path
    )
    kinds = [[i.kind if isinstance(i, ir.Transition) else "shot" for i in s.items] for s in made.scenes]
    assert kinds == [["fade in", "shot", "cut", "dissolve"], ["shot", "fade out"]]


def test_muted_things_are_there_and_muted(tmp_path: Path) -> None:
    made = film(
        "INT. A - DAY\n  /- SHOT wide #a\n    hold: 1s\n  SHOT wide #a\n    /- hold: 2s\n/- INT. B - DAY\n  SHOT wide\n",
        tmp_path,
    )
    shots = [i for i in made.scenes[0].items if isinstance(i, ir.Shot)]
    assert [s.muted for s in shots] == [True, False]
    assert shots[1].settings.hold is None
    assert made.scenes[1].muted


def test_nothing_at_all(tmp_path: Path) -> None:
    (tmp_path / "film.apex").write_bytes(b"")
    assert _codes(load(World(tmp_path), "film.apex").diagnostics) == ["E0120"]
    assert _codes(load(World(tmp_path), "none.apex").diagnostics) == ["E0501"]


def _codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code for d in found]
