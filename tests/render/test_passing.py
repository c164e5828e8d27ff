"""Footage passed through undecoded: the very frames of a file where nothing touches them, and nowhere else."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from apexlang.plan.model import ClipFile, Curve, Encoding, Grade, Key, Move, Plan, Segment, Shot, StillFile, Title
from apexlang.plan.passing import untouched
from apexlang.render import encode
from apexlang.render.ffmpeg import Crew
from apexlang.render.run import Failure, Report, render
from apexlang.render.store import Store, digest_of
from tests.render.conftest import STILL, assemble, part, piece, shot

SETTINGS = Encoding(crf=20)
"""With B-frames, as films are by default."""
GRADED = Grade(contrast=0.1)


@pytest.fixture(scope="module")
def reel(project: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A folder with `reel.mp4`, a film by this program: scenes of 20, 7, 1 and 12 frames, each by itself; and a still."""
    folder = tmp_path_factory.mktemp("reel")
    shutil.copy(project.folder / STILL, folder / "still.png")
    push = Move(zoom_to=1.4, centre_to=(0.3, 0.7))
    lengths = (20, 7, 1, 12)
    starts = [sum(lengths[:i]) for i in range(4)]
    still = StillFile(path="still.png", digest="s")
    shots = [shot(i, s, n, still, move=push) for i, (s, n) in enumerate(zip(starts, lengths, strict=True))]
    plan = assemble(
        shots, [piece(s, part(i, 0, n)) for i, (s, n) in enumerate(zip(starts, lengths, strict=True))], encoding=SETTINGS
    )
    made(plan, folder, folder / "reel.mp4", project)
    return folder


def made(plan: Plan, folder: Path, out: Path, project: Any) -> Report | Failure:
    with Store(out.with_suffix(".store")) as store:
        return render(plan, folder, out, store, project.ffmpeg)


def decoded(film: Path, xerror: bool = True) -> list[str]:
    with av.open(f"file:{film}") as container:
        return [hashlib.md5(f.to_ndarray().tobytes()).hexdigest() for f in container.decode(video=0)]
