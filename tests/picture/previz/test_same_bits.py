"""The same request gives the same bytes: on one thread and two, in two processes, and on a processor with fewer instructions."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from apexlang.jit import cache_folder
from apexlang.picture.previz.stage import Stage
from tests.picture.previz.measuring import asked, person

ROOT = Path(__file__).parents[3]

_CHILD = "import tests.picture.previz.test_same_bits as t; print(t.digest(1))"


def digest(threads: int) -> str:
    """Of pictures that between them take nearly every path: rain at night with lamps, a beam inside, an open lens, near and far."""
    hashed = hashlib.sha256()
    stage = Stage(threads)
    for request in (
        asked(width=48, height=27, quality="full", place="CITY STREET", time="NIGHT", prose="Rain. Fog.", size="over the shoulder",
              subjects=(person(), person("VICTOR", "A man in his fifties with a beard.", "dark suit")), aperture=1.4, lens_mm=85.0,
              light=("low key", "volumetric"), palette=("#0d1b2a", "#e07a2f")),
        asked(width=48, height=27, setting="INT.", place="WAREHOUSE", time="DAY", size="medium", subjects=(person(),), aperture=2.0,
              key_quality="volumetric"),
        asked(width=40, height=40, place="MOUNTAIN", time="DUSK", prose="Snow.", size="extreme wide"),
    ):  # fmt: skip
        shown = stage.shoot(request)
        for part in (stage.develop(stage.plate(shown)), shown.photo.linear, shown.photo.depth):
            hashed.update(np.ascontiguousarray(part).tobytes())
    return hashed.hexdigest()


def _elsewhere(**settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **settings}, text=True,
        capture_output=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_same_bytes_on_one_thread_on_two_and_in_another_process() -> None:
    here = digest(1)
    assert here == digest(2)
    assert here == _elsewhere()


def test_the_same_bytes_on_a_plain_processor(tmp_path: Path) -> None:
    """Everything compiled for a processor without any of this one's newer instructions, numpy's own loops included. What is compiled
    is kept, or each run would take a minute more."""
    kept = cache_folder()
    tmp_path = kept.parent / "plain" if kept else tmp_path
    plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_CACHE_DIR": str(tmp_path),
             "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"}  # fmt: skip
    assert digest(2) == _elsewhere(**plain)
