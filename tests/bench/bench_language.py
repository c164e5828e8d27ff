"""How quick the language is, in CPU seconds (getrusage), the median of five runs.

A film goes from text to its typed, checked form with every shot placed on the timeline. Two kinds of film: `written`, whose
values people would choose, every label, heading and sentence another; and `worst`, in which no two lines are the same. A peer in
the same run: Python's own parser (`ast.parse`) on as many lines of Python.
"""

from __future__ import annotations

import ast
import gc
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from apexlang import Session  # noqa: E402
from apexlang.ir import load_source  # noqa: E402
from apexlang.plan.timeline import lay_out  # noqa: E402
from apexlang.source import Source, World  # noqa: E402

RUNS = 5
SIZES = ("wide", "close-up", "medium", "full", "insert")
LIGHTS = ("three_point", "low key, key hard from left 3200K", "golden hour", "key soft from right 4300K, rim practical")
MOVES = ("push in 1.0 -> 1.15, ease-out", "static", "pan left", "ken burns (0.3, 0.3) 1.2 -> (0.8, 0.8) 1.1")


def film(shots: int, worst: bool = False) -> str:
    """A film of scenes of ten shots, each with prose, dialogue, camera, light, move and hold: seven lines and a blank one."""
    lines = ['FILM "Bench"', "  format: 1920x1080, 24fps", "", "CHARACTER SARAH", "  A commander in her thirties.", ""]
    for n in range(shots):
        if n % 10 == 0:
            lines += [f"INT. WAREHOUSE {n // 10} - NIGHT #{n // 10 + 1}#", f"  = Scene {n // 10 + 1}.", ""]
        if worst:
            camera = f"{24 + n % 400}mm, f/{1 + n % 30}.{n % 10}, ISO {100 + n}"
            light = f"three_point, key soft from left {1000 + n % 19000}K"
            move = f"push in 1.0 -> {1 + (n + 1) / 50000:.6f}, ease-out"
            hold = f"{1 + n // 24 % 600}s {n % 24}f"
        else:
            camera = f"{(24, 35, 50, 85)[n % 4]}mm, f/{(1.4, 2.8, 4)[n % 3]}, ISO {(400, 800)[n % 2]}"
            light, move, hold = LIGHTS[n % 4], MOVES[n // 3 % 4], f"{1 + n % 6}s {n * 7 % 24}f"
        lines += [
            f"  SHOT {SIZES[n % 5]} of SARAH #s{n}",
            f"    SARAH walks past crate {n} and stops. Something moved in the dark.",
            f"    SARAH (whispering): Who's there, number {n}?",
            f"    camera: {camera}",
            f"    light: {light}",
            f"    move: {move}",
            f"    hold: {hold}",
            "",
        ]
    return "\n".join(lines) + "\n"


def cpu(who: int = resource.RUSAGE_SELF) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def timed(work: Callable[[], object], who: int = resource.RUSAGE_SELF) -> float:
    """CPU seconds of `work`."""
    gc.collect()
    before = cpu(who)
    work()
    return cpu(who) - before


def compiled(text: str) -> None:
    """From text to the typed, checked film and its timeline."""
    film, found, _ = load_source(World(Path(".")), Source("film.apex", text))
    assert film is not None
    assert not [*found, *lay_out(film).diagnostics]


def apart(shots: int, worst: bool) -> float:
    """CPU seconds of one compile in a process of its own: nothing is remembered from the run before."""
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]\n"
        "import bench_language as bench\n"
        "bench.compiled(bench.film(5))\n"
        f"text = bench.film({shots}, {worst})\n"
        "print(bench.timed(lambda: bench.compiled(text)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def edited(shots: int, insert: bool) -> float:
    """The median CPU seconds from an edit of one line to the diagnostics, through a session: a value changed, or a line put in."""
    lines = film(shots).split("\n")
    holds = [number for number, line in enumerate(lines) if line.startswith("    hold:")]
    session = Session("film.apex")
    session.compile("\n".join(lines)).diagnostics  # noqa: B018
    took = []
    for n in range(3 * RUNS):
        at = holds[(n * 37 + 11) % len(holds)]  # here and there in the film
        if insert:
            lines.insert(at, f"    The light changes, {n}.")
            holds = [hold + 1 if hold >= at else hold for hold in holds]
        else:
            lines[at] = f"    hold: {n + 20}f"
        text = "\n".join(lines)
        took.append(timed(lambda text=text: session.compile(text).diagnostics))  # type: ignore[misc]
    return median(took)


def python(lines: int) -> float:
    """The peer: as many lines of Python through Python's own parser."""
    text = "".join(f"value_{n} = camera(lens={n % 99}, iso=800, move='push in')\n" for n in range(lines))
    return timed(lambda: ast.parse(text))


def started(command: list[str]) -> float:
    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, env=env)

    # As on a user's machine: Python keeps the bytecode of what it has read once.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPATH"] = str(ROOT)

    return timed(run, resource.RUSAGE_CHILDREN)


def show(what: str, seconds: float, bound: float) -> None:
    print(f"{what:<58} {seconds:8.3f} s   (wished for: {bound:g})")


def main() -> None:
    for shots, bound in ((10_000, 1.0), (50_000, 5.5)):
        for worst in (False, True):
            kind = "worst" if worst else "written"
            show(f"{shots:,} shots, {kind}", median(apart(shots, worst) for _ in range(RUNS)), bound)
    print(
        f"{'80,000 lines of Python through ast.parse, the peer':<58} {median(python(80_000) for _ in range(RUNS)):8.3f} s"
    )
    show("one value changed in 1,000 shots, to new diagnostics", edited(1000, False), 0.02)
    show("one line put in among 1,000 shots", edited(1000, True), 0.02)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "film.apex")
        path.write_text(film(20), encoding="utf-8")
        bare = median(started([sys.executable, "-c", "pass"]) for _ in range(RUNS))
        check = [sys.executable, "-m", "apexlang.cli", "check", str(path)]
        started(check)
        show("`apexc check` of 20 shots, process start to end", median(started(check) for _ in range(RUNS)), 0.35)
        print(f"{'  of which a bare Python':<58} {bare:8.3f} s")


if __name__ == "__main__":
    main()
