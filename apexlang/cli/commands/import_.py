"""`apexc import`: a screenplay becomes a film."""

from __future__ import annotations

import sys
from pathlib import Path

from apexlang.cli import files, say
from apexlang.compiler import compile
from apexlang.diagnostics import of_problem, render
from apexlang.options import Options
from apexlang.screenplay import formats
from apexlang.source import LARGEST_SOURCE, Problem
from apexlang.units import timecode

STDOUT = Path("-")


def run(script: Path, options: Options, out: Path | None, force: bool) -> int:
    """Writes the film (default: STEM.apex beside the script) and says what is in it. A file that is there stays, unless `force`."""
    target = out or script.with_suffix(".apex")
    if target != STDOUT and not force and target.exists():
        return say.failure(
            f"{say.shown(target)} is there already", "name another with -o, or give --force to write over it"
        )
    try:
        with script.open("rb") as file:
            data = file.read(LARGEST_SOURCE + 1)
    except OSError as problem:
        return say.failure(f"{say.shown(script)} cannot be read: {problem.strerror or problem}")
    if len(data) > LARGEST_SOURCE:
        return say.failure(f"{say.shown(script)} is larger than {LARGEST_SOURCE >> 20} MB")
    play = formats.read(script.name, data)
    if isinstance(play, Problem):
        say.err(render(of_problem(play, None), {}, say.coloured(sys.stderr)))
        return say.FAILED
    text = formats.film_text(play)
    if target == STDOUT:
        say.text(text)
        return say.DONE
    try:
        files.replace(target, text.encode("utf-8"))
    except OSError as problem:
        return say.failure(f"{say.shown(target)} cannot be written: {problem.strerror or problem}")
    return _tell(target, options)


def _tell(target: Path, options: Options) -> int:
    film = compile(target, options=options)
    say.complain(film, target)
    if film.ir is None or film.timeline is None:
        return say.FAILED
    length = timecode(film.timeline.frames, film.ir.format.rate)
    scenes, shots = say.plural(len(film.ir.scenes), "scene"), say.plural(len(film.timeline.shots), "shot")
    say.out(f"{say.shown(target)}: {scenes}, {shots}, {length}")
    return say.DONE if film.ok else say.FAILED
