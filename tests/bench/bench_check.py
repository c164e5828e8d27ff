"""How long `apexc check` takes on 1,000 shots, from the start of the process to its end.

The floor is the same command on a film of one shot: Python, imports, grammar. The difference is the language's own work.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
SHOTS, RUNS = 1000, 5


def film(shots: int) -> str:
    """A film as people write them: scenes of ten shots with prose, dialogue, camera, light and moves."""
    lines = ['FILM "Bench"', "  format: 1920x1080, 24fps", "", "CHARACTER SARAH", "  A commander in her thirties.", ""]
    for n in range(shots):
        if n % 10 == 0:
            lines += [f"INT. WAREHOUSE {n // 10} - NIGHT #{n // 10 + 1}#", f"  = Scene {n // 10 + 1}.", ""]
        lines += [
            f"  SHOT {('wide', 'close-up', 'medium')[n % 3]} of SARAH #s{n}",
            f"    SARAH walks past crate {n} and stops. Something moved in the dark.",
            f"    SARAH (whispering): Who's there, number {n}?",
            f"    camera: {24 + n % 60}mm, f/2.8, ISO 800",
            f"    light: three_point, key soft from left {3000 + n}K",
            f"    move: push in 1.0 -> {1.1 + n % 7 / 50:.2f}, ease-out",
            f"    hold: {2 + n % 3}s {1 + n % 23}f",
            "",
        ]
    return "\n".join(lines) + "\n"


def measure(path: Path) -> tuple[float, float]:
    """Wall and CPU seconds of one run of the command."""
    before, began = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "apexlang.cli", "check", str(path)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, cpu


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        timed: dict[int, list[tuple[float, float]]] = {}
        for shots in (1, SHOTS):
            path = Path(folder, f"{shots}.apex")
            path.write_text(film(shots), encoding="utf-8")
            measure(path)
            timed[shots] = [measure(path) for _ in range(RUNS)]
        wall = {shots: median(w for w, _ in runs) for shots, runs in timed.items()}
        cpu = {shots: median(c for _, c in runs) for shots, runs in timed.items()}
    print(f"check, 1 shot:        {wall[1]:.2f} s wall, {cpu[1]:.2f} s CPU  (the floor: start, imports, grammar)")
    print(f"check, {SHOTS:,} shots:   {wall[SHOTS]:.2f} s wall, {cpu[SHOTS]:.2f} s CPU")
    print(
        f"ratio to the floor:   {cpu[SHOTS] / cpu[1]:.1f}  ({1000 * (cpu[SHOTS] - cpu[1]) / SHOTS:.2f} ms of CPU a shot)"
    )


if __name__ == "__main__":
    main()
