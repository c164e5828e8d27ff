"""`apexc export`: the screenplay that a film tells, for those who write."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from apexlang.cli import files, say
from apexlang.diagnostics import of_problem, render
from apexlang.ir import load_source
from apexlang.options import Options
from apexlang.screenplay import formats, telling
from apexlang.source import Problem, World

STDOUT = Path("-")


def run(file: Path, options: Options, format: formats.Format, out: Path | None, force: bool) -> int:
    """Writes the screenplay (default: STEM.fountain or STEM.fdx beside the film). A file that is there stays, unless `force`.

    What is wrong in the film is said, and may be missing; the exit status is then 1.
    """
    gc.disable()
    target = out or file.with_suffix(f".{format}")
    if target != STDOUT and not force and target.exists():
        return say.failure(
            f"{say.shown(target)} is there already", "name another with -o, or give --force to write over it"
        )
    world = World(file.parent, options.allow)
    source = world.read(file.name)
    if isinstance(source, Problem):
        say.err(render(of_problem(source, None), {}, say.coloured(sys.stderr)))
        return say.FAILED
    loaded = load_source(world, source, options.variant)
    wrong = [d for d in loaded.diagnostics if d.is_error]
    say.show(wrong, loaded.sources, file.parent)
    data = formats.write(telling.screenplay(source, world), format)
    if target == STDOUT:
        say.text(data.decode("utf-8"))
        return say.FAILED if wrong else say.DONE
    try:
        files.replace(target, data)
    except OSError as problem:
        return say.failure(f"{say.shown(target)} cannot be written: {problem.strerror or problem}")
    say.out(f"{say.shown(target)}: written" + (", without what is wrong in the film" if wrong else ""))
    return say.FAILED if wrong else say.DONE
