"""The same bytes from code made for another processor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import hashlib
import numpy as np
from apexlang.colour.cube import bake
from apexlang.frames.engine import Engine, prepare
from apexlang.plan.model import Grade, Move

picture = (np.arange(360 * 640 * 3, dtype=np.int64) * 2654435761 % 65521).astype(np.uint16).reshape(360, 640, 3)
grade = Grade(exposure_st=0.3, temperature_k=4500, vignette=0.3, grain=0.1, sharpen=0.4)
size = (192, 108)
a = prepare(picture, bake(grade), grade, Move(zoom_to=1.2, centre_to=(0.3, 0.6)), 6, size, 5)
b = prepare(picture[:54, :96].copy(), bake(Grade()), Grade(), Move(), 6, size, 9)
engine, digest = Engine(*size), hashlib.sha256()
for n in range(6):
    digest.update(engine.frame(a, n).tobytes())
    digest.update(engine.mix(a, n, b, n, n / 6).tobytes())
print(digest.hexdigest())
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


def test_code_for_a_plain_processor_draws_the_same_bytes_as_code_for_this_one(tmp_path: Path) -> None:
    plain = digest(tmp_path, NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="", NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    assert plain == digest(tmp_path)
