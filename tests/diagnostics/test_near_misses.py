"""Near misses and what `check --fix` makes of them; and prose that is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.cli.fixing import fixed
from apexlang.ir import load_source
from apexlang.options import Options
from apexlang.source import Source, World

HEAD = "CHARACTER SARAH\n\nINT. ROOM - DAY\n  SHOT wide\n"

IN_A_SHOT = [
    ("Hold: 2s", "hold: 2s"), ("Sarah: hello", "SARAH: hello"), ("hold 2s", "hold: 2s"), ("#comment", "//comment"),
    ("SARAH\n    Who's there?", "SARAH: Who's there?"),
    ("SARAH\n    (low)\n    Who's there?", "SARAH (low): Who's there?"),
    ("; comment", "// comment"), ("duration: 3s", "hold: 3s"), ("length: 3s", "hold: 3s"), ("zoom in", "move: zoom in"),
    ("pan left", "move: pan left"), ("35mm, f/2", "camera: 35mm, f/2"), ("colour: #fff", "color: #fff"),
    ("hold = 2s", "hold: 2s"),
    ("hold=2s", "hold: 2s"), ("hold : 2s", "hold: 2s"), ("hold: 2 sec", "hold: 2s"), ("hold: 2secs", "hold: 2s"),
    ("hold: half a second", "hold: 0.5s"), ("hold: “2s”", "hold: 2s"), ("camera: 50 mm", "camera: 50mm"),
    ("camera: f2.8", "camera: f/2.8"), ("camera: f 2.8", "camera: f/2.8"), ("camera: F2.8", "camera: f/2.8"),
    ("camera: iso800", "camera: ISO 800"), ("camera: ISO: 800", "camera: ISO 800"), ("lens: 50mm", "camera: 50mm"),
    ("aperture: 2.8", "camera: f/2.8"), ("light: key 3200 K", "light: key 3200K"), ("color: red", "color: #FF0000"),
    ("move: push in 1.0 – 1.2", "move: push in 1.0 -> 1.2"), ("move: push in 1.0 to 1.2", "move: push in 1.0 -> 1.2"),
    ("move: push in 1.0–1.2", "move: push in 1.0 -> 1.2"), ("move: None", "move: none"), ("note: redo", "// redo"),
    ("action: She runs.", "She runs."), ("camera: 50 mm, f2.8, iso800", "camera: 50mm, f/2.8, ISO 800"),
    ("camera: 50mm f/2.8", "camera: 50mm, f/2.8"), ("hold: 00:00:02.500", "hold: 2.5s"),
    ("zoom: 1.2", "move: push in 1.0 -> 1.2"),
]  # fmt: skip

IN_A_SCENE = [
    ("Shot wide", "SHOT wide"), ("shot: wide", "SHOT wide"), ("SHOT: wide", "SHOT wide"), ("SHOT wide:", "SHOT wide"),
    ("SHOT closeup SARAH", "SHOT close-up of SARAH"), ("SHOT close up on SARAH #a", "SHOT close-up of SARAH #a"),
    ('SHOT wide "The Door"', "SHOT wide #the-door"), ("dissolve 1s\n  SHOT wide", "DISSOLVE 1s\n  SHOT wide"),
    ("CROSSFADE 1 sec\n  SHOT wide", "DISSOLVE 1s\n  SHOT wide"),
    ("dissolve: 12f\n  SHOT wide", "DISSOLVE 12f\n  SHOT wide"),
    ("> CROSS DISSOLVE TO:\n  SHOT wide", "DISSOLVE\n  SHOT wide"), ("JUMP CUT TO:\n  SHOT wide", "CUT\n  SHOT wide"),
    ("TRANSITION dissolve 12f\n  SHOT wide", "DISSOLVE 12f\n  SHOT wide"), ("fade out 1s", "FADE OUT 1s"),
    ("grade: None", "grade: none"),
]  # fmt: skip

AT_THE_EDGE = [
    ("Title: Neon Rain", 'FILM "Neon Rain"'), ("FILM: Neon Rain", 'FILM "Neon Rain"'), ("Author: Me", "// Author: Me"),
    ("-- comment", "// comment"), ("# Act One", "// Act One"), ("CHARACTER: OTTO", "CHARACTER OTTO"),
    ("charcter OTTO", "charcter OTTO"),
    ("character OTTO", "CHARACTER OTTO"), ("from std.grades import noir", "USE std.grades.noir"),
    ("import std.grades.noir", "USE std.grades.noir"),
    ("EXT WAREHOUSE\n  SHOT wide", "EXT. WAREHOUSE\n  SHOT wide"),
    ("Int. warehouse\n  SHOT wide", "INT. warehouse\n  SHOT wide"),
    ("scene: INT. ROOM\n  SHOT wide", "INT. ROOM\n  SHOT wide"), ("SCENE: ROOM\n  SHOT wide", ".ROOM\n  SHOT wide"),
    ('FILM "A"\n  fps: 24', 'FILM "A"\n  format: 24fps'), ('FILM "A"\n  format: 24 fps', 'FILM "A"\n  format: 24fps'),
    ('FILM "A"\n  format: 1920×1080', 'FILM "A"\n  format: 1920x1080'),
    ('FILM "A"\n  format: 1920 x 1080', 'FILM "A"\n  format: 1920x1080'),
    ('FILM "A"\n  format: 1080p, 25p', 'FILM "A"\n  format: 1920x1080, 25fps'),
    ('FILM "A"\n  resolution: 720p', 'FILM "A"\n  resolution: 720p'),
]  # fmt: skip


def mended(text: str, folder: Path) -> str:
    (folder / "film.apex").write_text(text, "utf-8", newline="\n")
    done = fixed(folder / "film.apex", Options())
    return done.after["film.apex"].text if done.after else text


@pytest.mark.parametrize(("wrong", "right"), IN_A_SHOT)
def test_in_a_shot(wrong: str, right: str, tmp_path: Path) -> None:
    assert mended(f"{HEAD}    {wrong}\n", tmp_path) == f"{HEAD}    {right}\n"


@pytest.mark.parametrize(("wrong", "right"), IN_A_SCENE)
def test_in_a_scene(wrong: str, right: str, tmp_path: Path) -> None:
    assert mended(f"{HEAD}  {wrong}\n", tmp_path) == f"{HEAD}  {right}\n"


@pytest.mark.parametrize(("wrong", "right"), AT_THE_EDGE)
def test_at_the_edge(wrong: str, right: str, tmp_path: Path) -> None:
    assert mended(f"{wrong}\n\n{HEAD}", tmp_path) == f"{right}\n\n{HEAD}"


PROSE = [
    "Rain hammers the roof.", "A shot rings out.", "Cut flowers everywhere.", "From a distance: nothing moves.",
    "for a moment, silence",
    "Look at her: she smiles.", "2 men enter.", "12 frames of a comic hang on the wall.", "If only he knew.",
    "Insert coins.",
    "POV shots are for later.", "Close on her heels, a dog.", "-", "…and silence.", "“Hello,” says the wall.",
    "Mix the paint.",
    "Titles of books on a shelf.", "SUPER 8 footage flickers.", "Hold your breath.", "zoom lenses on a shelf",
    "Wide streets.",
    "in 1949, a car", "INSERTED COINS FALL.", "MIXED CROWDS.", "He pans for gold.", "static on the radio",
    "With: nothing but rain.",
    "FADED PAINT", "TRANSITIONS ARE HARD", "Notes on a desk.", "= is a sign", "Film reels lie about.",
    "1/50 of the wall is red.",
]  # fmt: skip


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_prose(line: str, tmp_path: Path) -> None:
    source = Source("film.apex", f"{HEAD}    {line}\n")
    found = load_source(World(tmp_path), source).diagnostics
    assert not found, [d.message for d in found]
