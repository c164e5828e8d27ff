"""The real command in a process of its own, on films of 64x36 pixels."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from apexlang.jit import cache_folder

ROOT = Path(__file__).resolve().parent.parent.parent

KERNELS = {"NUMBA_CACHE_DIR": str(folder.parent)} if (folder := cache_folder()) is not None else {}
"""For the environment of programs that render: each test has a home of its own, and would compile the kernels again."""

Apexc = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def apexc(tmp_path: Path) -> Apexc:
    """`apexc("check", "film.apex")` in the test's folder."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        return subprocess.run(
            [sys.executable, "-m", "apexlang.cli", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


TINY = """\
FILM "Tiny"
  format: 64x36, 24fps

INT. ROOM - DAY #1#
  = Two colours.

  SHOT wide #red
    color: #803020
    hold: 12f

  DISSOLVE 4f

  SHOT close-up #blue
    color: #203080
    hold: 10f
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.apex"
    path.write_text(TINY, encoding="utf-8")
    return path
