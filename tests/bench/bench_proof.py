"""Are the frames of the whole film's one graph those of its segments? All three examples, full size, every frame's MD5.

Reuses the pictures that `make film` left in the store. Prints a line a film; exit 1 if any frame differs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import apexlang

EXAMPLES = Path(__file__).parents[2] / "examples"


def main() -> int:
    bad = 0
    for name in ("first_light", "slideshow", "neon_rain"):
        film = apexlang.compile(EXAMPLES / name / f"{name}.apex")
        began = time.monotonic()
        segments, whole = film.hashes(whole=False), film.hashes(whole=True)
        if not isinstance(segments, list) or not isinstance(whole, list):
            print(f"{name}: {segments if not isinstance(segments, list) else whole}")
            bad += 1
            continue
        equal = sum(a == b for a, b in zip(segments, whole, strict=False))
        wrong = len(segments) != len(whole) or equal != len(whole)
        bad += wrong
        print(f"{name}: {equal} of {len(whole)} frames equal, segments and whole ({time.monotonic() - began:.0f} s)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
