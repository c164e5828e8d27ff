"""Tiny films to render: a project folder with pictures, footage and sounds under awkward names, and plans made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

from apexlang.picture.files import write_png16
from apexlang.plan import keys
from apexlang.plan.model import (
    Audio,
    Caption,
    ClipFile,
    Curve,
    Encoding,
    Format,
    Grade,
    Move,
    Picture,
    Plain,
    Plan,
    Segment,
    Shot,
    Slice,
    StillFile,
    Title,
)
from apexlang.render.ffmpeg import Crew, Ffmpeg, find
from apexlang.units import Rate

AWKWARD = 'it\'s: 100% "é"#%03d [x],;\\'
STILL, OTHER_STILL = f"{AWKWARD}.png", "b.png"
CLIP, SOUND = f"{AWKWARD}.mp4", f"{AWKWARD}.wav"
ENCODING = Encoding(preset="ultrafast", crf=23)


@dataclass(frozen=True)
class Project:
    """A folder with media in it. `counted.mkv`: lossless footage at 25 a second whose frame n is the grey of code 16 + 4 n."""

    folder: Path
    ffmpeg: Ffmpeg


@pytest.fixture(scope="session")
def ffmpeg() -> Ffmpeg:
    return find()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, ffmpeg: Ffmpeg) -> Project:
    folder = tmp_path_factory.mktemp(AWKWARD.replace("\\", ""))
    y, x = np.mgrid[0:90, 0:160] / 160
    for name, shift in ((STILL, 0.0), (OTHER_STILL, 2.0)):
        picture = np.stack((np.sin(9 * x + shift), np.cos(7 * y - shift), np.sin(5 * (x + y))), 2) * 0.4 + 0.5
        write_png16(folder / name, (picture * 65535).astype(np.uint16))
    crew = Crew(ffmpeg)
    moving = "testsrc2=s=128x72:r=25:d=4,format=yuv420p"
    encoder = ["-c:v", "libx264", "-g", "30", "-bf", "2", "-preset", "ultrafast"]
    crew.run(["-f", "lavfi", "-i", moving, *encoder, f"file:{folder / CLIP}"])
    counted = "color=black:s=96x54:r=25:d=2,format=yuv420p,geq=lum='16+4*N':cb=128:cr=128,setparams=range=limited"
    crew.run(["-f", "lavfi", "-i", counted, "-c:v", "ffv1", "-g", "7", f"file:{folder / 'counted.mkv'}"])
    t = np.arange(48_000 * 3) / 48_000
    sf.write(folder / SOUND, np.stack([0.3 * np.sin(2 * np.pi * 440 * t)] * 2, 1), 48_000, subtype="PCM_16")
    click = np.zeros((48_000, 2))
    click[0] = 0.8
    sf.write(folder / "click.wav", click, 48_000, subtype="FLOAT")
    return Project(folder, ffmpeg)


def shot(index: int, start: int, frames: int, picture: Picture, **more: Any) -> Shot:
    values: dict[str, Any] = {
        "index": index,
        "scene": 0,
        "label": f"s{index}",
        "identity": f"s{index}",
        "size": "wide",
        "grade": Grade(contrast=0.1, grain=0.1, vignette=0.3),
        "move": Move(),
        "seed": index + 1,
    }
    return Shot(start=start, frames=frames, picture=picture, **(values | more))


def piece(start: int, a: Slice, b: Slice | None = None, curve: str = "linear") -> Segment:
    return Segment(index=0, start=start, frames=a.count, a=a, b=b, curve=Curve(name=curve))


def part(of: int | None, first: int, count: int) -> Slice:
    return Slice(shot=of, first=first, count=count)


def assemble(
    shots: Sequence[Shot],
    segments: Sequence[Segment],
    *,
    rate: str = "24",
    size: tuple[int, int] = (96, 54),
    titles: Sequence[Title] = (),
    audio: Sequence[Audio] = (),
    captions: Sequence[Caption] = (),
    title: str = "A film",
    encoding: Encoding = ENCODING,
) -> Plan:
    """A whole plan, keys and all, of pieces that follow each other."""
    form = Format(width=size[0], height=size[1], rate=Rate.of(rate))
    tools = keys.Tools("1", "1", "1", "test")
    made = []
    of = keys.SegmentKeys(tuple(shots), form, encoding)
    for index, s in enumerate(segments):
        over = tuple(t for t in titles if t.start < s.start + s.frames and t.start + t.frames > s.start)
        s = s.model_copy(update={"index": index, "titles": over})
        made.append(s.model_copy(update={"key": of.key(s, tools)}))
    frames = sum(s.frames for s in made)
    mix = keys.mix_key(tuple(audio), frames, form, tools)
    return Plan(
        title=title,
        format=form,
        encoding=encoding,
        frames=frames,
        scenes=(),
        shots=tuple(shots),
        segments=tuple(made),
        audio=tuple(audio),
        captions=tuple(captions),
        jobs=(),
        mix_key=mix,
        film_key=keys.film_key(title, made, mix, tuple(captions), form, tools),
    )


def everything(rate: str = "24") -> Plan:
    """Stills, footage and colour; cuts, dissolves (from, to and between footage) and fades; titles over the cuts; sound and
    subtitles. 84 frames."""
    grade = Grade(exposure_st=0.3, saturation=0.2, vignette=0.4, grain=0.2, sharpen=0.3)
    push = Move(zoom_from=1.0, zoom_to=1.3, centre_to=(0.4, 0.6))
    shots = (
        shot(0, 0, 20, StillFile(path=STILL, digest="a"), tail=4, move=push),
        shot(1, 20, 20, ClipFile(path=CLIP, digest="c", start=30), head=4, tail=3, grade=grade, move=push),
        shot(2, 40, 16, ClipFile(path=CLIP, digest="c", start=9), head=3),
        shot(3, 56, 12, Plain(hex="#203040")),
        shot(4, 68, 16, StillFile(path=OTHER_STILL, digest="b")),
    )
    segments = (
        piece(0, part(None, 0, 6), part(0, 0, 6), "ease-in"),
        piece(6, part(0, 6, 10)),
        piece(16, part(0, 16, 8), part(1, 0, 8), "ease-in-out"),
        piece(24, part(1, 8, 13)),
        piece(37, part(1, 21, 6), part(2, 0, 6), "sine"),
        piece(43, part(2, 6, 13)),
        piece(56, part(3, 0, 12)),
        piece(68, part(4, 0, 8)),
        piece(76, part(4, 8, 8), part(None, 0, 8)),
    )
    titles = (
        Title(text="It's: 100% Berlin, 1949", start=4, frames=36, fade=6),
        Title(text="Ångström; [x], {y}", start=60, frames=20, fade=12),
    )
    audio = (
        Audio(path=SOUND, digest="s", track="music", start=0, length=168_168, fade_in=2400, fade_out=24_000),
        Audio(path="click.wav", digest="k", track="effects", start=48_000),
    )
    captions = (
        Caption(who="SARAH", text="It's <b>you</b> & {\\an8}é", start=10, frames=20),
        Caption(who="VICTOR", text="42", start=40, frames=10),
    )
    return assemble(
        shots, segments, rate=rate, titles=titles, audio=audio, captions=captions, title='It\'s; a=b "x" --y'
    )


@pytest.fixture
def build() -> Callable[..., Plan]:
    """`everything(rate)`."""
    return everything
