"""B30 (see bench_render.py) by other tools, side by side with Apex: cold, and after one picture has changed. CPU seconds of whole
process trees.

    python tests/bench/bench_peers.py [--shots 10] [--keep FOLDER] [--moviepy PYTHON] [--editly FOLDER]

MoviePy: a Python that has it. MLT: `melt` on the path (with xvfb-run, which its picture reader needs). editly: a folder
in which npm has installed it. What is not there is left out, and said. Each is written as its users write it; the colour of the
grade is given to all as one cube, which is kinder than most of them are. None of them keeps anything between two runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from apexlang import compile as compiled
from apexlang.colour.cube import bake, read_cube, write_cube
from tests.bench.bench_render import (
    HEIGHT,
    HOLD,
    MIX,
    RATE,
    WIDTH,
    Took,
    apex,
    film,
    material,
    pan,
    ratio,
    run,
    said,
)

X264 = {"preset": "medium", "crf": "18", "profile": "high"}

MOVIEPY = """
import sys
import moviepy as mp
import numpy as np
from moviepy import vfx

folder, out, shots, changed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
W, H, FPS, HOLD, MIX = 1920, 1080, 24, 48, 12
with open(f"{folder}/grade.cube") as file:
    rows = [line.split() for line in file if line[:1] in "-0123456789."]
size = round(len(rows) ** (1 / 3))
table = np.array(rows, np.float32).reshape(size, size, size, 3) * 255
y, x = np.mgrid[0:H, 0:W]
corner = np.hypot(x / W * 2 - 1, y / H * 2 - 1) / 2**0.5
mask = (1 - 0.16 * np.clip((corner - 0.45) / 0.55, 0, 1) ** 2)[..., None].astype(np.float32)
grain = np.random.default_rng(1).normal(0, 1.2, (8, H, W, 1)).astype(np.float32)
count = 0

def graded(image):
    place = image.astype(np.float32) * ((size - 1) / 255)
    low = np.minimum(place.astype(np.int32), size - 2)
    part, total = place - low, 0
    for b in (0, 1):
        for g in (0, 1):
            for r in (0, 1):
                share = np.prod([part[..., n] if on else 1 - part[..., n] for n, on in enumerate((r, g, b))], axis=0)
                total = total + share[..., None] * table[low[..., 2] + b, low[..., 1] + g, low[..., 0] + r]
    return total.astype(np.uint8)

def finish(frame):
    global count
    count += 1
    f = frame.astype(np.float32) * mask
    around = (np.roll(f, 1, 0) + np.roll(f, -1, 0) + np.roll(f, 1, 1) + np.roll(f, -1, 1)) / 4
    return np.clip(1.3 * f - 0.3 * around + grain[count % 8], 0, 255).astype(np.uint8)

from PIL import Image
clips, at = [], 0.0
for n in range(shots):
    picture = Image.open(f"{folder}/still_{(30 if n == changed else n % 30):03d}.png").convert("RGB")
    picture = picture.resize((2208, 1242), Image.LANCZOS)
    a = n * 2.399963
    px, py = 0.5 + 0.35 * np.cos(a), 0.5 + 0.35 * np.sin(a)
    zoom = lambda t: min(1 + 0.15 * t / (47 / 24), 1.15)
    clip = mp.ImageClip(graded(np.asarray(picture))).with_duration(HOLD / FPS).resized(lambda t: zoom(t) * W / 2208)
    clip = clip.with_position(lambda t, px=px, py=py: (-(zoom(t) - 1) * W * px, -(zoom(t) - 1) * H * py))
    shot = mp.CompositeVideoClip([clip], size=(W, H)).with_duration(HOLD / FPS)
    if n and n % 5 == 0:
        at -= MIX / FPS
        shot = shot.with_effects([vfx.CrossFadeIn(MIX / FPS)])
    clips.append(shot.with_start(at))
    at += HOLD / FPS
whole = mp.CompositeVideoClip(clips, size=(W, H)).with_duration(at).image_transform(finish)
whole = whole.with_audio(mp.AudioFileClip(f"{folder}/music.wav").subclipped(0, at))
whole.write_videofile(out, fps=FPS, codec="libx264", preset="medium", audio_codec="aac", audio_bitrate="192k",
    pixel_format="yuv420p", logger=None, ffmpeg_params=["-crf", "18", "-profile:v", "high"])
"""


def still(folder: Path, n: int, changed: int) -> Path:
    return folder / f"still_{30 if n == changed else n % 30:03d}.png"


def cube(folder: Path) -> None:
    """The film's whole colour, as Apex bakes it."""
    source = folder / "film.apex"
    source.write_text(film(1), encoding="utf-8")
    grade = compiled(source).plan().shots[0].grade
    lut = read_cube((folder / "look.cube").read_text(encoding="utf-8"))
    (folder / "grade.cube").write_text(write_cube(bake(grade, lut)), encoding="utf-8")


def moviepy(python: str, folder: Path, shots: int, changed: int) -> Took:
    script = folder / "by_moviepy.py"
    script.write_text(MOVIEPY, encoding="utf-8")
    return run([python, script, folder, folder / "moviepy.mp4", str(shots), str(changed)])


def melt(folder: Path, shots: int, changed: int) -> Took:
    """MLT XML: an affine with keys for each shot, a luma mix on every fifth cut, the grade as filters of the track."""
    sizes = f'width="{WIDTH}" height="{HEIGHT}" frame_rate_num="{RATE}" frame_rate_den="1" progressive="1"'
    shape = (
        'sample_aspect_num="1" sample_aspect_den="1" display_aspect_num="16" display_aspect_den="9" colorspace="709"'
    )
    lines = [f"<mlt><profile {sizes} {shape}/>"]

    def property_of(**values: object) -> str:
        return "".join(
            f'<property name="{name.replace("__", ".")}">{value}</property>' for name, value in values.items()
        )

    width, height = WIDTH * 1.15, HEIGHT * 1.15
    for n in range(shots):
        x, y = pan(n)
        rect = f"0=0 0 {WIDTH} {HEIGHT} 1; 47={-(width - WIDTH) * x:.2f} {-(height - HEIGHT) * y:.2f} {width:.2f} {height:.2f} 1"
        lines.append(
            f'<producer id="p{n}" in="0" out="{HOLD - 1}">'
            + property_of(mlt_service="qimage", resource=still(folder, n, changed), length=HOLD)
            + "<filter>" + property_of(mlt_service="affine", transition__rect=rect, transition__distort=0) + "</filter></producer>"
        )  # fmt: skip
    body: list[str] = []
    for n in range(shots):
        begin, end = (MIX if n and n % 5 == 0 else 0), (HOLD - MIX if (n + 1) % 5 == 0 and n + 1 < shots else HOLD)
        body.append(f'<entry producer="p{n}" in="{begin}" out="{end - 1}"/>')
        if end < HOLD:
            lines.append(
                f'<tractor id="m{n}" in="0" out="{MIX - 1}"><multitrack><track producer="p{n}" in="{end}" out="{HOLD - 1}"/>'
                f'<track producer="p{n + 1}" in="0" out="{MIX - 1}"/></multitrack><transition in="0" out="{MIX - 1}">'
                + property_of(mlt_service="luma", a_track=0, b_track=1) + "</transition></tractor>"
            )  # fmt: skip
            body.append(f'<entry producer="m{n}"/>')
    frames = shots * HOLD - MIX * ((shots - 1) // 5)
    lines += ['<playlist id="v">', *body, "</playlist>", f'<producer id="a" in="0" out="{frames - 1}">'
              + property_of(mlt_service="avformat", resource=folder / "music.wav") + "</producer>",
              f'<tractor id="main" in="0" out="{frames - 1}"><multitrack><track producer="v" hide="audio"/><track producer="a"/>'
              "</multitrack>"]  # fmt: skip
    for service, values in (
        ("avfilter.lut3d", {"av__file": folder / "grade.cube", "av__interp": "tetrahedral"}),
        ("avfilter.vignette", {"av__angle": "PI/5"}),
        ("avfilter.unsharp", {"av__luma_msize_x": 5, "av__luma_msize_y": 5, "av__luma_amount": 0.3}),
        ("avfilter.noise", {"av__alls": 3, "av__allf": "t"}),
    ):
        lines.append("<filter>" + property_of(mlt_service=service, **values) + "</filter>")
    lines.append("</tractor></mlt>")
    script = folder / "by_melt.mlt"
    script.write_text("\n".join(lines), encoding="utf-8")
    return run(["xvfb-run", "-a", "melt", "-profile", "atsc_1080p_24", script, "-consumer", f"avformat:{folder / 'melt.mp4'}",
                "vcodec=libx264", "preset=medium", "crf=18", "vprofile=high", "pix_fmt=yuv420p", "colorspace=709", "acodec=aac",
                "ab=192k", "real_time=-2"])  # fmt: skip


def editly(installed: Path, folder: Path, shots: int, changed: int) -> Took:
    """Its own Ken Burns, and the grade by FFmpeg's filters, since it has none of its own."""
    clips = []
    for n in range(shots):
        layer = {"type": "image", "path": str(still(folder, n, changed)), "zoomDirection": "in", "zoomAmount": 0.15}
        fades = (n + 1) % 5 == 0 and n + 1 < shots
        mix = {"name": "fade", "duration": MIX / RATE} if fades else None
        clips.append({"duration": HOLD / RATE, "layers": [layer], "transition": mix})
    grade = (
        f"format=gbrp16,lut3d=file={folder / 'grade.cube'}:interp=tetrahedral,scale=out_color_matrix=bt709:out_range=tv,"
        "format=yuv420p,vignette=PI/5,unsharp=5:5:0.3:5:5:0,noise=alls=3:allf=t"
    )
    spec = {"outPath": str(folder / "editly.mp4"), "width": WIDTH, "height": HEIGHT, "fps": RATE, "clips": clips,
            "audioFilePath": str(folder / "music.wav"), "keepSourceAudio": False,
            "customOutputArgs": ["-c:v", "libx264", "-preset", "medium", "-crf", "18", "-pix_fmt", "yuv420p", "-vf", grade,
                                 "-c:a", "aac", "-b:a", "192k"]}  # fmt: skip
    script = folder / "by_editly.json5"
    script.write_text(json.dumps(spec), encoding="utf-8")
    return run(["xvfb-run", "-a", "npx", "--no-install", "editly", script], cwd=installed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=int, default=10)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--moviepy", default=os.environ.get("APEX_BENCH_MOVIEPY"))
    parser.add_argument("--editly", type=Path, default=os.environ.get("APEX_BENCH_EDITLY"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = (asked.keep or Path(made)).resolve()
        material(folder, 30, footage=False)
        cube(folder)
        shots = asked.shots
        cold = apex(film(shots), folder)
        after = apex(film(shots, changed={3: 30}), folder, fresh=False)
        print(f"B30, {shots} shots")
        said("  Apex, cold", cold)
        said("  Apex, after one picture has changed", after)
        peers = {
            "MoviePy": (lambda n: moviepy(str(asked.moviepy), folder, shots, n)) if asked.moviepy else None,
            "MLT": (lambda n: melt(folder, shots, n)) if shutil.which("melt") and shutil.which("xvfb-run") else None,
            "editly": (lambda n: editly(Path(asked.editly), folder, shots, n)) if asked.editly else None,
        }
        for name, work in peers.items():
            if work is None:
                print(f"  {name}: not here")
                continue
            first, again = work(-1), work(3)
            said(f"  {name}, cold", first)
            said(f"  {name}, after one picture has changed", again)
            ratio(f"  {name} / Apex, cold", first.cpu / cold.cpu, "more than 1")
            ratio(f"  {name} / Apex, after the change", again.cpu / after.cpu, "more than 1")


if __name__ == "__main__":
    main()
