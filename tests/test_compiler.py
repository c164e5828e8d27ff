"""The driver, whole: text in, film out; what is made again after an edit, and what is not."""

from __future__ import annotations

import shutil
from collections import Counter
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

import apexlang
from apexlang import Film, Options
from apexlang.ir import model as ir
from apexlang.render.failure import Failure
from apexlang.render.run import Report
from apexlang.source import World
from apexlang.units import Rate, Time

FILM = """\
FILM "Three Colours"
  format: 64x36, 24fps, rec709

GRADE warm
  primary: exposure +0.2st, temperature 4800K
  finish: vignette 20%

INT. ROOM - DAY
  grade: warm

  FADE IN 6f

  SHOT wide #red
    color: #A03030
    hold: 24f

  SHOT medium #picture
    still: "p.png"
    move: push in 1.0 -> 1.2
    hold: 1s

  DISSOLVE 8f, ease-in-out

  SHOT close-up #blue
    color: #3030A0
    hold: 24f
    SUPER: The End

  FADE OUT 6f
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "film.apex").write_text(FILM, encoding="utf-8")
    ramp = np.linspace(0, 255, 160 * 90 * 3).reshape(90, 160, 3).astype(np.uint8)
    Image.fromarray(ramp).save(tmp_path / "p.png")
    return tmp_path


def rendered(film: Film, **more: object) -> Report:
    made = film.render(**more)  # type: ignore[arg-type]
    assert isinstance(made, Report), made
    return made


def edit(project: Path, old: str, new: str) -> Film:
    path = project / "film.apex"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return apexlang.compile(path)


def test_a_text_becomes_a_film(project: Path) -> None:
    report = rendered(apexlang.compile(project / "film.apex"))
    assert report.out == project / "out" / "film.mp4"
    with av.open(str(report.out)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.width, picture.height, picture.average_rate) == (64, 36, 24)
        assert sum(1 for _ in container.decode(picture)) == 72
        assert (sound.rate, sound.codec_context.name) == (48000, "aac")


def test_a_second_render_makes_nothing(project: Path) -> None:
    rendered(apexlang.compile(project / "film.apex"))
    again = rendered(apexlang.compile(project / "film.apex"))
    assert again.unchanged
    assert again.made == ()


def test_an_edit_makes_only_what_it_touches(project: Path) -> None:
    rendered(apexlang.compile(project / "film.apex"))
    made = rendered(edit(project, "#A03030", "#A03031")).made
    assert Counter(kind for kind, _ in made) == {"segment": 2, "mux": 1}
    assert {label for kind, label in made if kind == "segment"} == {"black to #red", "#red"}


def test_whole_and_segments_draw_the_same_frames(project: Path) -> None:
    film = apexlang.compile(project / "film.apex")
    segments, whole = film.hashes(whole=False), film.hashes(whole=True)
    assert isinstance(segments, list)
    assert segments == whole
    assert len(segments) == 72


def test_a_film_built_in_python_is_the_same_film(project: Path) -> None:
    read = apexlang.compile(project / "film.apex")

    def shot(**said: object) -> ir.Shot:
        return ir.Shot.model_validate(said)

    frames = Time(frames=24)
    scene = ir.Scene(
        setting="INT.",
        place="ROOM",
        time="DAY",
        settings=ir.Settings(grade="warm"),
        items=(
            ir.Transition(kind="fade in", length=Time(frames=6)),
            shot(size="wide", label="red", source=ir.Colour(hex="#a03030"), settings=ir.Settings(hold=frames)),
            shot(
                size="medium",
                label="picture",
                source=ir.Still(path="p.png"),
                settings=ir.Settings(
                    hold=Time(seconds=Fraction(1)), move=ir.Move(kind="push in", zoom_from=1.0, zoom_to=1.2)
                ),
            ),
            ir.Transition(kind="dissolve", length=Time(frames=8), curve=ir.Curve(name="ease-in-out")),
            shot(
                size="close-up",
                label="blue",
                source=ir.Colour(hex="#3030a0"),
                settings=ir.Settings(hold=frames),
                supers=(ir.Super(text="The End"),),
            ),
            ir.Transition(kind="fade out", length=Time(frames=6)),
        ),
    )
    built = ir.Film(
        title="Three Colours",
        format=ir.Format(width=64, height=36, rate=Rate(24)),
        grades=(ir.Grade(name="warm", exposure_st=0.2, temperature_k=4800.0, vignette=0.2),),
        scenes=(scene,),
    )
    assert Film(built, World(project)).plan() == read.plan()


def test_the_last_good_film_stays(project: Path) -> None:
    report = rendered(apexlang.compile(project / "film.apex"))
    before = report.out.read_bytes()
    broken = edit(project, "hold: 1s", "hold: 0f")
    with pytest.raises(apexlang.FilmError) as caught:
        broken.render()
    assert [d.code for d in caught.value.diagnostics if d.is_error] == ["E0402"]
    assert report.out.read_bytes() == before


def test_a_broken_picture_is_an_error_with_its_line(project: Path) -> None:
    (project / "p.png").write_bytes((project / "p.png").read_bytes()[:100])
    (found,) = apexlang.compile(project / "film.apex").diagnostics
    assert found.code == "E0520"
    assert found.span is not None
    assert found.span.line == FILM.splitlines().index('    still: "p.png"')


def test_only_some_shots(project: Path) -> None:
    film = apexlang.compile(project / "film.apex")
    report = rendered(film, only=("#red",))
    assert report.out.name == "film_red.mp4"
    assert report.frames == 24
    assert rendered(film, only=("picture", "blue")).frames == 48
    with pytest.raises(KeyError):
        film.render(only=("green",))


def test_a_draft_is_half_the_size_and_leaves_the_film_alone(project: Path) -> None:
    film = apexlang.compile(project / "film.apex", options=Options(draft=True))
    report = rendered(film)
    assert report.out.name == "film.draft.mp4"
    with av.open(str(report.out)) as container:
        assert container.streams.video[0].width == 32


def test_a_still_is_a_finished_frame(project: Path) -> None:
    film = apexlang.compile(project / "film.apex")
    red = film.still("red")
    assert not isinstance(red, Failure)
    assert red.shape == (36, 64, 3)
    assert red[18, 32, 0] > red[18, 32, 2]
    with pytest.raises(KeyError):
        film.still("green")


def test_a_film_moves_with_its_folder(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    there = tmp_path_factory.mktemp('it\'s; 100% "é" [x]') / "film"
    shutil.copytree(project, there)
    here_plan = apexlang.compile(project / "film.apex").plan()
    assert apexlang.compile(there / "film.apex").plan() == here_plan
    assert rendered(apexlang.compile(there / "film.apex")).frames == 72
