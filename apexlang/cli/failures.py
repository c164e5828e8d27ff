"""How a failure of making is told: what, where, what FFmpeg said last, and the command that repeats it."""

from __future__ import annotations

import sys
from pathlib import Path

from apexlang.cli import say
from apexlang.render.failure import Failure


def tell(failed: Failure, file: Path) -> int:
    """Says it on stderr. Returns the exit status."""
    head = f"error[{failed.code}]"
    if say.coloured(sys.stderr):
        head = f"\x1b[1;31m{head}\x1b[0m"
    say.err(f"{head}: {failed.message}")
    where = say.shown(file)
    if failed.label:
        say.err(f"  --> {where}, shot #{failed.label}")
    elif failed.path:
        say.err(f"  --> {where}, which names {failed.path}")
    for kind, texts in (("note", failed.notes), ("help", failed.helps)):
        for text in texts:
            first, *rest = text.splitlines() or [""]
            say.err(f"   = {kind}: {first}")
            for line in rest:
                say.err(f"     {line}")
    return say.FAILED
