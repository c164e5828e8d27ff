"""The same bytes from code made for another processor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import hashlib, os
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from apexlang.colour.cube import bake
from apexlang.frames.engine import Engine, prepare, shot_frames
from apexlang.frames.footage import Coding, FootagePlanes
from apexlang.plan.model import Grade, Move

noise = np.arange(360 * 640 * 3, dtype=np.int64) * 2654435761
picture = (noise % 65521).astype(np.uint16).reshape(360, 640, 3)
grade = Grade(exposure_st=0.3, temperature_k=4500, vignette=0.3, grain=0.1, sharpen=0.4)
size = (192, 108)
a = prepare(picture, bake(grade), grade, Move(zoom_to=1.2, centre_to=(0.3, 0.6)), 6, size, 5)
b = prepare((noise % 251).astype(np.uint8)[:15552].reshape(54, 96, 3), bake(Grade()), Grade(), Move(), 6, size, 9)
c = prepare(picture, bake(grade), grade, Move(roll=100.0), 6, size, 5)
d = prepare(picture, bake(grade), grade, Move(unrest=1.0, seconds_a_frame=1 / 24), 6, size, 5)
codes = (noise % 1021).astype(np.uint16)
room = FootagePlanes(320, 180, Coding(10, "bt709"), bake(grade), True)
planes = room.fill(codes[:57600].reshape(180, 320), codes[:14400].reshape(90, 160), codes[7:14407].reshape(90, 160))
e = shot_frames(planes, grade, Move(zoom_to=1.1), 6, size, 3)

def frame(n):
    engine, deep, digest = Engine(*size), Engine(*size, depth=10), hashlib.sha256()
    for shot in (a, c, d, e):
        digest.update(engine.frame(shot, n).tobytes())
        digest.update(deep.frame(shot, n).tobytes())
    digest.update(engine.mix(a, n, b, n, n / 6).tobytes())
    return digest.hexdigest()

with ThreadPoolExecutor(int(os.environ["THREADS"])) as pool:
    print(hashlib.sha256("".join(pool.map(frame, range(6))).encode()).hexdigest())
"""


def digest(tmp_path: Path, **environment: str) -> str:
    """What the frames come to in a process of its own."""
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        cwd=tmp_path,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(("name", "features"), [("generic", ""), ("haswell", "+avx2,-avx512f")])
def test_code_for_another_processor_draws_the_same_bytes(tmp_path: Path, name: str, features: str) -> None:
    """`generic` has SSE2, `haswell` AVX2 and fused multiplication, this machine what it has."""
    cache = str(tmp_path / "cache")
    other = digest(tmp_path, THREADS="2", NUMBA_CPU_NAME=name, NUMBA_CPU_FEATURES=features, NUMBA_CACHE_DIR=cache)
    assert other == digest(tmp_path, THREADS="1")
