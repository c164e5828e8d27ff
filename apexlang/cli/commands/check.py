"""`apexc check`: everything that is wrong with films."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from apexlang.cli import say
from apexlang.compiler import Film, compile
from apexlang.diagnostics import as_json
from apexlang.options import Options
from apexlang.units import timecode


def run(files: Sequence[Path], options: Options, as_data: bool) -> int:
    """Exit status 1 if any film has an error; warnings alone are no failure."""
    gc.disable()  # a film's nodes all live until the end: looking for garbage among them is a quarter of a long film's time
    answers: list[dict[str, Any]] = []
    ok = True
    for file in files:
        film = compile(file, options=options)
        ok = ok and film.ok
        if as_data:
            answers.append(_data(file, film))
            continue
        say.complain(film, file)
        if film.ok:
            say.out(f"{say.shown(file)}: {_summary(film)}")
    if as_data:
        say.answer({"ok": ok, "films": answers})
    return say.DONE if ok else say.FAILED


def _data(file: Path, film: Film) -> dict[str, Any]:
    timeline = film.timeline
    return {
        "path": str(file),
        "ok": film.ok,
        "shots": len(timeline.shots) if timeline else 0,
        "frames": timeline.frames if timeline else 0,
        "diagnostics": [as_json(d) for d in film.diagnostics],
    }


def _summary(film: Film) -> str:
    timeline = film.timeline
    if film.ir is None or timeline is None:
        return "nothing in it"
    length = timecode(timeline.frames, film.ir.format.rate)
    warned = len(film.diagnostics)
    return f"{'no errors' if warned else 'all well'}, {say.plural(len(timeline.shots), 'shot')}, {length}"
