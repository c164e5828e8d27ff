"""The example films, as drafts: they compile, and the one graph of the whole film draws the frames that the segments draw.

`tests/bench/bench_proof.py` does the same at full size.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import apexlang
from apexlang import Film, Options
from apexlang.render.run import Report

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = ("first_light", "slideshow", "neon_rain")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of an example, without what it has made before."""
    name: str = request.param
    left_out = shutil.ignore_patterns("out", ".apex", "__pycache__", "*.py")
    return Path(shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=left_out)) / f"{name}.apex"


def draft(path: Path, store: Path) -> Film:
    return apexlang.compile(path, options=Options(draft=True, store=store))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_no_errors(name: str) -> None:
    film = apexlang.compile(EXAMPLES / name / f"{name}.apex")
    assert film.ok
    # Neon Rain counts in beats, which are not heard in the music yet.
    assert [d.code for d in film.diagnostics] == (["W0401"] if name == "neon_rain" else [])


@pytest.mark.parametrize("project", NAMES, indirect=True)
def test_whole_and_segments_draw_the_same_frames(project: Path, store: Path) -> None:
    film = draft(project, store)
    segments = film.hashes(whole=False)
    assert isinstance(segments, list), segments
    assert len(segments) == film.plan().frames
    assert film.hashes(whole=True) == segments


@pytest.mark.parametrize("project", ["first_light"], indirect=True)
def test_one_word_changed_makes_one_picture_and_what_shows_it(project: Path, store: Path) -> None:
    before = draft(project, store).render()
    assert isinstance(before, Report), before
    assert before.frames == 768
    text = project.read_text(encoding="utf-8")
    changed = text.replace("OTTO points at the edge of the sky.", "OTTO points at the rim of the sky.")
    assert changed != text
    project.write_text(changed, encoding="utf-8")
    after = draft(project, store).render()
    assert isinstance(after, Report), after
    assert sorted(after.made) == [("generate", "#point"), ("mux", "film"), ("segment", "#point")]
    again = draft(project, store).render()
    assert isinstance(again, Report), again
    assert again.unchanged
