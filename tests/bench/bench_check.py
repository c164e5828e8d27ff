"""How long `apexc check` takes for a film of 1,000 shots, from the start of the process, against what Python and the two libraries
that it cannot do without take to start. Prints ratios; a clock is no judge, so nothing here passes or fails."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHOTS = 1000
RUNS = 5

HEAD = """FILM "A thousand shots"
  format: 1280x720, 24fps, rec709
  generate: previz

USE std.grades.teal_orange

CHARACTER ANNA
  A pilot in her forties with grey eyes.
  wears: leather jacket
"""

SIZES = ("wide", "medium", "close-up")
PLACES = ("HARBOUR STREET", "KITCHEN", "PINE FOREST")


def film(shots: int) -> str:
    """A film with all that is common in one: every line differs, so that nothing is found remembered by its text."""
    lines = [HEAD]
    for i in range(shots):
        if i % 10 == 0:
            lines.append(f"EXT. {PLACES[i // 10 % 3]} - NIGHT #{i // 10 + 1}#\n  grade: teal_orange\n")
        lines.append(
            f"  SHOT {SIZES[i % 3]} of ANNA #shot-{i}\n"
            f"    ANNA counts to {i} and looks up at window {i * 7 % 100}.\n"
            f"    ANNA: That was number {i}.\n"
            f"    camera: {20 + i % 80}mm, f/2.8, low angle\n"
            f"    light: key from left {3000 + i}K\n"
            f"    move: push in 1.0 -> {1.05 + i / 10000:.4f}, ease-out\n"
            f"    hold: {48 + i % 40}f\n"
        )
    return "\n".join(lines)


def seconds(command: list[str]) -> float:
    """The median of several runs, in seconds of the clock, after one that warms the caches."""
    times = []
    for run in range(RUNS + 1):
        began = time.perf_counter()
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            sys.exit(f"{' '.join(command)} failed:\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
        if run:
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.apex", Path(folder) / "small.apex"
        large.write_text(film(SHOTS), encoding="utf-8")
        small.write_text(film(1), encoding="utf-8")
        floor = seconds([sys.executable, "-c", "import lark, pydantic, typer"])
        one = seconds([sys.executable, "-m", "apexlang.cli", "check", str(small)])
        many = seconds([sys.executable, "-m", "apexlang.cli", "check", str(large)])
    print(f"floor: Python, lark, pydantic, typer   {floor:.2f} s")
    print(f"check, 1 shot                          {one:.2f} s   {one / floor:.1f} x the floor")
    print(f"check, {SHOTS:,} shots                     {many:.2f} s   {many / floor:.1f} x the floor")
    print(f"a shot more                            {(many - one) / (SHOTS - 1) * 1e6:.0f} us")


if __name__ == "__main__":
    main()
