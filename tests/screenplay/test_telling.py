"""The screenplay of films that were written as films: with SET and TEMPLATE, in several files, with camera and light."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.screenplay import fountain_text, telling
from apexlang.source import Source, World

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").rglob("[!.]*.apex"))


def told(text: str, folder: Path) -> str:
    return fountain_text.write(telling.screenplay(Source("film.apex", text), World(folder)))


def test_camera_light_and_time_stay_behind(tmp_path: Path) -> None:
    film = """\
FILM "Neon"
  format: 1280x720, 24fps

CHARACTER SARAH
  A pilot.

LOOK cold
  light: low key

INT. BAR - NIGHT #3#
  = She waits.
  light: three_point
  Smoke.

  SHOT wide of SARAH #bar
    SARAH sits. // at the back
    camera: 24mm
    SARAH (V.O., low): Not tonight.
    SUPER: Berlin for 2s
    hold: 2s

  DISSOLVE 12f

  /- SHOT wide
    Cut out.

  TITLE: "Later" for 3s

FADE OUT 1s
"""
    assert told(film, tmp_path) == (
        "Title: Neon\n\nINT. BAR - NIGHT #3#\n\n= She waits.\n\nSmoke.\n\nSARAH sits.\n\n"
        "SARAH (V.O.)\n(low)\nNot tonight.\n\nSUPER: Berlin\n\nDISSOLVE TO:\n\n"
        "/*\n  /- SHOT wide\n    Cut out.\n*/\n\n> Later <\n\nFADE OUT.\n"
    )


def test_names_in_braces_and_templates_are_filled_in(tmp_path: Path) -> None:
    film = """\
SET
  town: Berlin

CHARACTER SARAH

TEMPLATE reaction (who)
  SHOT close-up of {who}
    {who} looks up at {town}.
    @{who} (low): Oh.

EXT. {town} - DAY
  SHOT FROM reaction, who SARAH
    hold: 2s

  SHOT FROM nothing
    Rain on {{glass}}.
"""
    assert told(film, tmp_path) == (
        "EXT. Berlin - DAY\n\nSARAH looks up at Berlin.\n\nSARAH\n(low)\nOh.\n\nRain on {glass}.\n"
    )


def test_scenes_of_other_files_stand_where_they_are_used(tmp_path: Path) -> None:
    (tmp_path / "b.apex").write_text('FILM "Not this"\n\nINT. B\n  SHOT wide\n    Two.\n', encoding="utf-8")
    film = 'FILM "This"\n\nINT. A\n  SHOT wide\n    One.\n\nUSE "b.apex"\n\nUSE "b.apex"\n\nINT. C\n  SHOT wide\n    Three.\n'
    assert told(film, tmp_path) == "Title: This\n\nINT. A\n\nOne.\n\nINT. B\n\nTwo.\n\nINT. C\n\nThree.\n"


def test_a_film_with_errors_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    assert told("INT. A\n  SHOT\n    One.\n   odd\n SHOT wide\n  hold: x\n  {who} waits.\n", tmp_path).startswith(
        "INT. A\n\nOne."
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples(path: Path) -> None:
    source = World(path.parent).read(path.name)
    assert isinstance(source, Source)
    play = telling.screenplay(source, World(path.parent))
    text = fountain_text.write(play)
    assert play.elements
    for line in source.lines:
        if (
            line.startswith("    ")
            and line.rstrip().endswith(".")
            and ":" not in line
            and "{" not in line
            and "//" not in line
        ):
            assert line.strip() in text or "CHARACTER" in source.text
