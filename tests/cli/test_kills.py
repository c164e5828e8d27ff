"""`kill -9` at any moment of a render: the film that was good stays, the next run finishes, and nothing is left behind.

Five rounds by default; APEX_KILLS=200 for the long run. Each round takes away a part of the store, edits the film, kills the render at
a random moment, and runs it again: the film must be the very bytes of a render that nothing disturbed.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from PIL import Image

from .conftest import KERNELS, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

ROUNDS = int(os.environ.get("APEX_KILLS", "5"))

FILM = """\
FILM "Killed"
  format: 96x54, 24fps
  music: "m.wav", fade out 0.2s

GRADE warm
  primary: contrast +10%, {grade}
  finish: grain 5%

INT. ROOM - DAY
  grade: warm

  SHOT wide #a
    still: "a.png"
    move: push in 1.0 -> 1.2
    hold: 14f
    SUPER: One

  DISSOLVE 6f

  SHOT close-up #b
    color: #203080
    hold: 12f

  SHOT close-up #c
    still: "b.png"
    hold: 14f

  FADE OUT 6f

  SHOT medium #d
    color: #305020
    hold: 10f
"""
TEXTS = [FILM.format(grade=grade) for grade in ("saturation +5%", "saturation -20%")]


def project(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:72, 0:128] / 128
    for name, shift in (("a.png", 0), ("b.png", 2)):
        picture = np.stack((np.sin(9 * x + shift), np.cos(7 * y - shift), np.sin(5 * (x + y))), 2) * 100 + 128
        Image.fromarray(picture.astype(np.uint8)).save(folder / name)
    sf.write(folder / "m.wav", 0.2 * np.sin(np.arange(48_000 * 3) * 0.05), 48_000)
    return folder / "film.apex"


def start(film: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "apexlang.cli", "render", film.name],
        cwd=film.parent,
        env={**os.environ, **KERNELS, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(film: Path) -> float:
    """Renders to the end. Seconds that it took."""
    began = time.monotonic()
    process = start(film)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, out + err
    return time.monotonic() - began


def lose(store: Path, chance: float, dice: random.Random) -> None:
    """Takes away a part of what was made."""
    for path in sorted(store.glob("store/*/*")):
        if dice.random() < chance:
            path.unlink()


def leftovers(folder: Path) -> list[str]:
    """Every file that is neither the project's, nor an entry, nor a note."""
    store = folder / ".apex"
    found = [p for name in ("tmp", "claims") for p in (store / name).rglob("*")]
    found += [p for p in store.iterdir() if p.is_file()]
    found += [p for p in (folder / "out").iterdir() if p.name != "film.mp4"]
    found += [
        p
        for name in ("made", "films", "files")
        for p in (store / name).rglob("*")
        if p.is_file() and p.suffix != ".json"
    ]
    found += [p for p in (store / "store").glob("*/*") if p.name.count("-") != 2]
    return [p.relative_to(folder).as_posix() for p in found]


def test_a_killed_render_is_finished_by_the_next(tmp_path: Path) -> None:
    dice = random.Random(7)
    good: list[bytes] = []
    for text in TEXTS:
        film = project(tmp_path / f"ref{len(good)}")
        film.write_text(text)
        finish(film)
        good.append((film.parent / "out" / "film.mp4").read_bytes())
    assert good[0] != good[1]
    film = project(tmp_path / "killed")
    out = film.parent / "out" / "film.mp4"
    film.write_text(TEXTS[0])
    finish(film)
    lose(film.parent / ".apex", 1.0, dice)
    out.unlink()
    takes = finish(film)  # kernels are compiled by now
    assert out.read_bytes() == good[0]
    killed = 0
    for number in range(ROUNDS):
        before = out.read_bytes()
        lose(film.parent / ".apex", dice.choice((0.3, 0.7, 1.0)), dice)
        film.write_text(TEXTS[number % 2])
        process = start(film)
        try:
            process.wait(dice.uniform(0.2, 1.0) * takes)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.communicate(timeout=60)
        assert out.read_bytes() in (before, good[number % 2]), f"round {number}: the last good film was touched"
        finish(film)
        assert out.read_bytes() == good[number % 2], f"round {number}"
        assert leftovers(film.parent) == [], f"round {number}"
    assert killed > ROUNDS // 3, "the rounds are to be cut short"
    checked = subprocess.run(
        [sys.executable, "-m", "apexlang.cli", "store", "verify"],
        cwd=film.parent,
        env={**os.environ, **KERNELS, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0 and "are whole" in checked.stdout, checked.stdout
    print(f"{ROUNDS} rounds, {killed} killed, {ROUNDS} correct films; {checked.stdout.strip()}")
