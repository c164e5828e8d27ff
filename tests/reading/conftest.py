"""Films from text, and git repositories with films in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from apexlang.reading.difference import Difference, compare
from apexlang.reading.sides import Side, side
from apexlang.source import World

FILM = """\
FILM "Test"
  format: 64x36, 24fps
  look: noir

LOOK noir
  Hard light.
  palette: #102030 #405060
  grade: night
  light: low key

GRADE day
  primary: contrast +10%, exposure +0.1st

GRADE night FROM day
  primary: contrast +15%
  finish: grain 10%

CHARACTER SARAH
  A commander, short brown hair.

CHARACTER VICTOR
  A thin man with grey hair.

INT. WAREHOUSE - NIGHT #12#
  = The letter is gone.
  light: three_point, key from left 3200K

  SHOT wide #crates
    SARAH walks between the crates.
    camera: 24mm, f/2.8
    hold: 2s

  SHOT close-up of SARAH #stop
    She stops. Something moved in the dark.
    SARAH (whispering): Who's there?
    camera: 85mm
    hold: 2s

  SHOT medium of VICTOR #victor
    VICTOR steps into the light.
    hold: 1s

INT. OFFICE - DAY #13#
  SHOT insert
    A letter on the table.
    hold: 1s

  SHOT insert
    A key beside it.
    hold: 1s
"""


@pytest.fixture
def sided(tmp_path: Path) -> Callable[..., Side]:
    """A version of a film from its text."""

    def make(text: str, name: str = "film.apex", **files: str) -> Side:
        folder = tmp_path / f"v{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for path, content in files.items():
            (folder / path).write_text(content, encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
        made = side(World(folder), name, name)
        assert isinstance(made, Side), made
        return made

    return make


@pytest.fixture
def changed(sided: Callable[..., Side]) -> Callable[..., Difference]:
    """`changed(("85mm", "50mm"), ...)`: FILM against FILM with some words replaced, each of which is in it."""

    def make(*replacements: tuple[str, str], film: str = FILM) -> Difference:
        text = film
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        return compare(sided(film), sided(text))

    return make


Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Runs git in the test's folder; a repository that knows no one's configuration."""
    home = tmp_path.parent / f"{tmp_path.name}-home"
    home.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / "none"),
        **{f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    run("init", "-q", "-b", "main")
    return run
