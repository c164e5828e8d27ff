"""How far a cold render stands above the encoder alone, and what an edit costs. CPU seconds of whole process trees (getrusage).

The film B30: 30 stills of 2 s at 24 fps, 1920x1080, from 2560x1440, each with a Ken Burns move; every fifth cut a dissolve of 12
frames; one grade (exposure, contrast, saturation, temperature, a 33-cube, vignette, sharpening, light grain); music; x264 medium
crf 18. B30f: the same with 10-bit footage. Against it, in the same run:

    floor   the very frames that Apex hands to its encoder, from a file into x264 alone, one thread
    naive   one FFmpeg filtergraph as one writes it by hand, filter by filter

    python tests/bench/bench_render.py [--shots 10] [--runs 3] [--only stills|footage|edits|memory] [--keep FOLDER]

What it makes lies in a folder that is removed; --keep makes pictures and footage once for many runs.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import math
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from apexlang import compile as compiled  # noqa: E402
from apexlang.frames.engine import Engine  # noqa: E402
from apexlang.render.draw import Studio  # noqa: E402
from apexlang.render.ffmpeg import Crew, find  # noqa: E402
from apexlang.render.store import Store  # noqa: E402

FFMPEG = find().exe
# As users have it: compiled once, not at every start.
ENVIRON = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)}
WIDTH, HEIGHT, RATE, HOLD, MIX = 1920, 1080, 24, 48, 12
STILL = (2560, 1440)
CRF = ("-c:v", "libx264", "-preset", "medium", "-crf", "18", "-profile:v", "high")
TAGS = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv")


# --- the material -----------------------------------------------------------------------------------------------------
def picture(number: int) -> Image.Image:
    """A still with large gradients, fractal texture, fine noise and hard shapes."""
    width, height = STILL
    rng = np.random.default_rng(1000 + number)
    corners = rng.random((4, 3)) * 0.75 + 0.1
    u, v = (np.arange(width) / width)[None, :, None], (np.arange(height) / height)[:, None, None]
    image = (corners[0] * (1 - u) + corners[1] * u) * (1 - v) + (corners[2] * (1 - u) + corners[3] * u) * v
    texture, strength = np.zeros((height, width)), 1.0
    for cells in (5, 9, 17, 33, 65, 129, 257, 513):
        noise = rng.random((cells * 9 // 16 + 2, cells)).astype(np.float32)
        texture += strength * (np.asarray(Image.fromarray(noise).resize(STILL, Image.Resampling.BICUBIC)) - 0.5)
        strength *= 0.55
    image = image * (1 + 0.55 * texture[..., None]) + rng.normal(0, 0.012, (height, width, 1))
    made = Image.fromarray((np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8))
    draw = ImageDraw.Draw(made, "RGBA")
    for _ in range(14):
        x, y, r = (int(rng.integers(0, n)) for n in (width, height, 230))
        r += 30
        colour = (*(int(c) for c in rng.integers(0, 255, 3)), int(rng.integers(120, 255)))
        shape = int(rng.integers(0, 3))
        if shape == 0:
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        elif shape == 1:
            draw.rectangle((x - r, y - r // 2, x + r, y + r // 2), fill=colour)
        else:
            draw.line((x - r, y - r, x + r, y + r), fill=colour, width=int(rng.integers(2, 24)))
    return made


def music(path: Path, seconds: int) -> None:
    t = np.arange(48_000 * seconds) / 48_000
    rng = np.random.default_rng(7)
    sound = sum(0.1 * (0.5 + 0.5 * np.sin(2 * np.pi * t / (3 + k))) * np.sin(2 * np.pi * f * t)
                for k, f in enumerate((110, 164.8, 220, 277.2, 329.6, 440)))  # fmt: skip
    sound = sound + rng.normal(0, 0.03, t.size) * np.exp(-8 * (t % 0.5))
    both = np.stack([sound, np.roll(sound, 40)], 1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((np.clip(both, -1, 1) * 32_000).astype("<i2").tobytes())


def cube(path: Path) -> None:
    """A teal-and-orange look, 33³."""
    g = np.linspace(0, 1, 33)
    b, gr, r = np.meshgrid(g, g, g, indexing="ij")
    rgb = np.stack([r, gr, b], -1)
    y = (rgb @ [0.2126, 0.7152, 0.0722])[..., None]
    w = y * y * (3 - 2 * y)
    teal, orange = np.array([-0.05, 0.02, 0.05]), np.array([0.06, 0.01, -0.06])
    out = np.clip(rgb + (1 - w) * teal * (4 * y * (1 - y) + 0.3) + w * orange * (4 * y * (1 - y) + 0.2), 0, 1)
    rows = "\n".join(f"{p[0]:.6f} {p[1]:.6f} {p[2]:.6f}" for p in out.reshape(-1, 3))
    path.write_text(f"LUT_3D_SIZE 33\n{rows}\n", encoding="ascii")


def clip(still: Path, path: Path, number: int) -> None:
    """Footage of three seconds, 10 bit H.264 with a GOP of a second: a slow wander over a still, with noise of its own."""
    a = number * 1.7
    where = f"x='(iw-ow)*(.5+.4*sin(n/40+{a:.2f}))':y='(ih-oh)*(.5+.4*cos(n/50+{a:.2f}))'"
    graph = (
        f"loop=72:1:0,crop=1920:1080:{where},noise=alls=2:allf=t:all_seed={number},"
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p10le"
    )
    run([FFMPEG, "-v", "error", "-nostdin", "-y", "-framerate", "24", "-i", str(still), "-vf", graph, "-frames:v", "72",
         "-c:v", "libx264", "-preset", "fast", "-crf", "17", "-g", "24", "-r", "24", *TAGS, str(path)])  # fmt: skip


def material(folder: Path, shots: int, footage: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "music.wav").exists():
        music(folder / "music.wav", 64)
    if not (folder / "look.cube").exists():
        cube(folder / "look.cube")
    for n in range(min(shots, 30) + 1):
        still = folder / f"still_{n:03d}.png"
        if not still.exists():
            picture(n).save(still, compress_level=3)
        if footage and not (folder / f"clip_{n:03d}.mp4").exists():
            clip(still, folder / f"clip_{n:03d}.mp4", n)


def pan(n: int) -> tuple[float, float]:
    a = n * 2.399963
    return 0.5 + 0.35 * math.cos(a), 0.5 + 0.35 * math.sin(a)


def film(
    shots: int,
    footage: bool = False,
    changed: dict[int, int] | None = None,
    inserted: int | None = None,
    hold: int = HOLD,
) -> str:
    """B30 as one writes it. `changed`: shot -> number of the still that it has instead. `inserted`: a shot of 2 s after this."""
    lines = [
        'FILM "B30"', f"  format: {WIDTH}x{HEIGHT}, {RATE}fps", '  music: "music.wav"', "  grade: bench", "",
        "GRADE bench", "  primary: exposure +0.2st, contrast +8%, saturation +12%, temperature 5900K", '  lut: "look.cube"',
        "  finish: vignette 35%, sharpen 30%, grain 10%", "", "INT. BENCH", "",
    ]  # fmt: skip
    source = 'clip: "clip_{:03d}.mp4" from 12f' if footage else 'still: "still_{:03d}.png"'
    for n in range(shots):
        x, y = pan(n)
        if n and n % 5 == 0:
            lines += [f"  DISSOLVE {MIX}f", ""]
        what = (changed or {}).get(n, n % 30)
        lines += [f"  SHOT wide #s{n}", f"    {source.format(what)}",
                  f"    move: ken burns (0.5, 0.5) 1.0 -> ({x:.3f}, {y:.3f}) 1.15, linear", f"    hold: {hold}f", ""]  # fmt: skip
        if inserted == n:
            lines += ["  SHOT wide #new", f"    {source.format(30)}", f"    hold: {HOLD}f", ""]
    return "\n".join(lines)


# --- measuring --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Took:
    """CPU and wall seconds of a process and all its children, and the most memory (MB) that the tree held at once."""

    cpu: float
    wall: float
    memory: float = 0.0


def run(command: Sequence[str | Path], memory: bool = False, cwd: Path | None = None, cores: int | None = None) -> Took:
    """`cores`: on so many of this machine's alone."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    have = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(have)[:cores])  # what is started here inherits it
    process = subprocess.Popen([str(part) for part in command], cwd=cwd, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=ENVIRON)  # fmt: skip
    os.sched_setaffinity(0, have)
    most = 0.0
    while memory and process.poll() is None:
        most = max(most, tree_memory(process.pid))
        time.sleep(0.05)
    if process.wait():
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(cpu, time.monotonic() - began, most)


def tree_memory(root: int) -> float:
    """Resident MB of a process and its descendants. A child that is not yet the program it is to be, and still has its parent's
    memory, is not counted twice."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    total, waiting = 0.0, [(root, b"")]
    while waiting:
        pid, of = waiting.pop()
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
            if command == of:
                continue
            total += int(found[1]) / 1024 if found else 0
            waiting += [(child, command) for child in parents.get(pid, [])]
    return total


def of_runs(times: int, work: Callable[[], Took]) -> Took:
    done = [work() for _ in range(times)]
    return Took(*(median(getattr(d, name) for d in done) for name in ("cpu", "wall", "memory")))


def apex(
    text: str, folder: Path, *more: str, fresh: bool = True, memory: bool = False, cores: int | None = None
) -> Took:
    source = folder / "film.apex"
    source.write_text(text, encoding="utf-8")
    if fresh:
        shutil.rmtree(folder / ".apex", ignore_errors=True)
        shutil.rmtree(folder / "out", ignore_errors=True)
    return run([sys.executable, "-m", "apexlang.cli", "render", source, *more], memory, cores=cores)


def hand_over(text: str, folder: Path, frames: Path) -> int:
    """Writes the frames as Apex hands them to its encoder; their number."""
    source = folder / "film.apex"
    source.write_text(text, encoding="utf-8")
    plan, crew = compiled(source).plan(), Crew(find())
    engine = Engine(WIDTH, HEIGHT)
    with Store(folder / ".apex") as store, frames.open("wb") as file:
        studio = Studio(plan, folder, store, crew)
        for segment in plan.segments:
            for frame in studio.frames(segment, engine):
                file.write(frame.data.cast("B"))
    return plan.frames


def floor(frames: Path, count: int, folder: Path, at_once: int = 1) -> Callable[[], Took]:
    """x264 alone on frames in a file, by so many processes side by side, each with its share."""

    def command(first: int, number: int) -> list[str | Path]:
        return [FFMPEG, "-v", "error", "-nostdin", "-y", "-f", "rawvideo", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE),
                "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "bt709", "-ss", f"{first / RATE:.6f}", "-i", frames,
                "-frames:v", str(number), *CRF, *TAGS, "-threads", "1", folder / f"floor_{first}.mp4"]  # fmt: skip

    shares = [count * n // at_once for n in range(at_once + 1)]
    script = " & ".join(shlex.join(map(str, command(a, b - a))) for a, b in itertools.pairwise(shares)) + " & wait"
    return lambda: run(["sh", "-c", script])


def naive(shots: int, folder: Path, footage: bool) -> Took:
    """One process, one filtergraph: zoompan from a magnified picture, concat and xfade, the grade filter by filter."""
    inputs: list[str | Path] = []
    chains: list[str] = []
    tag = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    for n in range(shots):
        inputs += ["-i", folder / (f"clip_{n % 30:03d}.mp4" if footage else f"still_{n % 30:03d}.png")]
        x, y = pan(n)
        trim = f"trim=end_frame={HOLD + MIX}," if footage else ""
        zoom = (f"zoompan=z='1+0.15*on/47':x='(iw-iw/zoom)*{x:.5f}':y='(ih-ih/zoom)*{y:.5f}':d={1 if footage else HOLD}"
                f":s={WIDTH}x{HEIGHT}:fps={RATE}")  # fmt: skip
        chains.append(f"[{n}:v]{trim}scale={3840 if footage else 5120}:-2:flags=bicubic:out_color_matrix=bt709:out_range=tv,"
                      f"format=yuv420p,{tag},{zoom},trim=end_frame={HOLD},setsar=1,{tag}[v{n}]")  # fmt: skip
    groups = [list(range(s, min(s + 5, shots))) for s in range(0, shots, 5)]
    lengths = []
    for g, members in enumerate(groups):
        chains.append("".join(f"[v{n}]" for n in members) + f"concat=n={len(members)}:v=1:a=0,settb=1/{RATE}[g{g}]")
        lengths.append(len(members) * HOLD)
    current, at = "g0", lengths[0]
    for g in range(1, len(groups)):
        offset = at - MIX
        chains.append(f"[{current}][g{g}]xfade=transition=fade:duration={MIX / RATE}:offset={offset / RATE:.6f}[x{g}]")
        current, at = f"x{g}", at + lengths[g] - MIX
    grade = (
        "exposure=exposure=0.2,eq=contrast=1.08:saturation=1.12,colortemperature=temperature=5900,"
        f"lut3d=file={folder / 'look.cube'}:interp=tetrahedral,vignette=angle=PI/5,unsharp=5:5:0.6:5:5:0,"
        "noise=alls=3:allf=t:all_seed=1,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    )
    chains.append(f"[{current}]{grade},{tag}[out]")
    script = folder / "naive.graph"
    script.write_text(";\n".join(chains), encoding="ascii")
    return run([FFMPEG, "-v", "error", "-nostdin", "-y", *inputs, "-i", folder / "music.wav", "-/filter_complex", script,
                "-map", "[out]", "-map", f"{shots}:a", "-t", f"{at / RATE:.6f}", *CRF, *TAGS, "-pix_fmt", "yuv420p",
                "-r", str(RATE), "-c:a", "aac", "-b:a", "192k", folder / "naive.mp4"])  # fmt: skip


# --- what is shown ----------------------------------------------------------------------------------------------------
def said(what: str, took: Took, frames: int = 0) -> None:
    each = f"{1000 * took.cpu / frames:8.1f} ms a frame" if frames else ""
    print(f"{what:<58}{took.cpu:9.2f} CPU s {took.wall:9.2f} s wall {each}", flush=True)


def ratio(what: str, value: float, wished: str) -> None:
    print(f"{what:<58}{value:9.3f}   (wished for: {wished})", flush=True)


def cold(folder: Path, shots: int, runs: int, footage: bool) -> None:
    name = "B30f" if footage else "B30"
    frames = shots * HOLD
    text = film(shots, footage)
    cli = of_runs(runs, lambda: apex(text, folder))
    one = of_runs(1, lambda: apex(text, folder, cores=1))
    raw = folder / "frames.yuv"
    count = hand_over(text, folder, raw)
    ground = of_runs(runs, floor(raw, count, folder))
    both = of_runs(runs, floor(raw, count, folder, at_once=2))
    raw.unlink()
    hand = of_runs(1, lambda: naive(shots, folder, footage))
    print(f"{name}, {shots} shots, {frames} frames")
    said("  Apex, cold", cli, frames)
    said("  Apex, cold, on one core", one, frames)
    said("  x264 alone on the same frames", ground, frames)
    said("  the same, two processes side by side", both, frames)
    said("  one filtergraph by hand", hand, frames)
    ratio("  Apex / x264 alone", cli.cpu / ground.cpu, "1.25" if footage else "1.10")
    ratio(
        "  Apex / x264 alone, two side by side",
        cli.cpu / both.cpu,
        "1.10",
    )
    ratio("  Apex / by hand", cli.cpu / hand.cpu, "0.50")
    ratio(f"  wall on one core / on {len(os.sched_getaffinity(0))}", one.wall / cli.wall, "1.8 or more")


def edits(folder: Path, shots: int, runs: int) -> None:
    text = film(shots)
    whole = apex(text, folder)
    changed = [apex(film(shots, changed={k: 30}), folder, fresh=False) for k in (3, 7, 5)[:runs]]
    apex(text, folder, fresh=False)
    inserted = [apex(film(shots, inserted=k), folder, fresh=False) for k in (2, 6, 4)[:runs]]
    nothing = [apex(film(shots, inserted=4), folder, fresh=False) for _ in range(runs)]
    print(f"B30, {shots} shots, after an edit")
    for what, took in (
        ("one picture changed", changed),
        ("a shot of 2 s put in", inserted),
        ("nothing changed", nothing),
    ):
        said(f"  {what}", Took(median(t.cpu for t in took), median(t.wall for t in took)))
    ratio("  one picture changed, less 1.5 s, / cold", (median(t.cpu for t in changed) - 1.5) / whole.cpu, f"1/{shots}")
    draft = apex(text, folder, "--draft", fresh=True)
    ratio("  cold / cold draft", whole.cpu / draft.cpu, "4 or more")


def memory(folder: Path, runs: int) -> None:
    """Drafts of small pictures: what grows with a film's length grows in them too."""
    found = {}
    for shots in (30, 300):
        text = film(shots, hold=HOLD // 2)
        found[shots] = of_runs(runs, lambda text=text: apex(text, folder, "--draft", memory=True))  # type: ignore[misc]
        print(f"{shots} shots, draft: {found[shots].memory:.0f} MB at most", flush=True)
    ratio("  memory of 300 shots / of 30", found[300].memory / found[30].memory, "1.2")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=("stills", "footage", "edits", "memory"))
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        material(
            folder, 30 if asked.only == "memory" else max(asked.shots, 30), footage=asked.only in (None, "footage")
        )
        apex(film(1), folder)  # kernels are compiled once on a machine; that is not what is measured here
        for part in (asked.only,) if asked.only else ("stills", "footage", "edits", "memory"):
            match part:
                case "stills" | "footage":
                    cold(folder, asked.shots, asked.runs, part == "footage")
                case "edits":
                    edits(folder, asked.shots, asked.runs)
                case "memory":
                    memory(folder, asked.runs)


if __name__ == "__main__":
    main()
