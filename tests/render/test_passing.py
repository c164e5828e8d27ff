"""Footage passed through undecoded: the very frames of a file where nothing touches them, and nowhere else."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import av
import pytest

from apexlang.plan.keys import segment_content
from apexlang.plan.model import ClipFile, Curve, Encoding, Format, Grade, Key, Move, Plan, Segment, StillFile, Title
from apexlang.plan.passing import untouched
from apexlang.render.ffmpeg import Crew
from apexlang.render.run import Failure, Report, render
from apexlang.render.store import Store, digest_of
from apexlang.units import Rate
from tests.render.conftest import STILL, assemble, part, piece, shot

SETTINGS = Encoding(crf=20)
"""With B-frames, as films are by default."""
GRADED = Grade(contrast=0.1)


@pytest.fixture(scope="module")
def reel(project: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A folder with `reel.mp4`, a film by this program: scenes of 20, 7, 1 and 12 frames, each by itself; and a still."""
    folder = tmp_path_factory.mktemp("reel")
    shutil.copy(project.folder / STILL, folder / "still.png")
    push = Move(zoom_to=1.4, centre_to=(0.3, 0.7))
    lengths = (20, 7, 1, 12)
    starts = [sum(lengths[:i]) for i in range(4)]
    still = StillFile(path="still.png", digest="s")
    shots = [shot(i, s, n, still, move=push) for i, (s, n) in enumerate(zip(starts, lengths, strict=True))]
    plan = assemble(
        shots,
        [piece(s, part(i, 0, n)) for i, (s, n) in enumerate(zip(starts, lengths, strict=True))],
        encoding=SETTINGS,
    )
    made(plan, folder, folder / "reel.mp4", project)
    return folder


def made(plan: Plan, folder: Path, out: Path, project: Any) -> Report | Failure:
    with Store(out.with_suffix(".store")) as store:
        return render(plan, folder, out, store, project.ffmpeg)


def decoded(film: Path) -> list[str]:
    with av.open(f"file:{film}") as container:
        return [hashlib.md5(f.to_ndarray().tobytes()).hexdigest() for f in container.decode(video=0)]


def showing(reel: Path, clip: str, first: int, count: int, encoding: Encoding = SETTINGS, **more: Any) -> Plan:
    """A still, `count` frames of a clip from frame `first` between two cuts, and the still again."""
    options = {name: more.pop(name) for name in ("rate", "size", "titles") if name in more}
    still = StillFile(path="still.png", digest="s")
    footage = ClipFile(path=clip, digest=digest_of(reel / clip), start=first)
    shots = [
        shot(0, 0, 6, still),
        shot(1, 6, count, footage, **{"grade": Grade(), **more}),
        shot(2, 6 + count, 6, still),
    ]
    pieces = [piece(0, part(0, 0, 6)), piece(6, part(1, 0, count)), piece(6 + count, part(2, 0, 6))]
    return assemble(shots, pieces, encoding=encoding, **options)


def is_passed(plan: Plan, reel: Path, out: Path, project: Any) -> bool:
    """Renders, decodes all of the film strictly, and says whether the second segment's frames are those of its clip."""
    report = made(plan, reel, out, project)
    assert isinstance(report, Report), report
    Crew(project.ffmpeg).run(["-xerror", "-err_detect", "explode", "-i", f"file:{out}", "-f", "null", "-"])
    frames = decoded(out)
    assert len(frames) == plan.frames
    picture = plan.shots[1].picture
    assert isinstance(picture, ClipFile)
    here, there = plan.segments[1], plan.shots[1]
    first = picture.start - there.head + here.a.first
    return frames[here.start :][: here.frames] == decoded(reel / picture.path)[first : first + here.frames]


@pytest.mark.parametrize(
    ("first", "count", "passed"),
    [
        (0, 40, True),
        (0, 20, True),
        (20, 8, True),
        (27, 1, True),
        (28, 12, True),
        (0, 12, False),
        (4, 16, False),
        (21, 6, False),
        (0, 41, False),
    ],
)
def test_whole_groups_of_pictures_are_passed(
    project: Any, reel: Path, tmp_path: Path, first: int, count: int, passed: bool
) -> None:
    """The last one asks for a frame more than there is: it is lent."""
    assert is_passed(showing(reel, "reel.mp4", first, count), reel, tmp_path / "f.mp4", project) is passed


def test_between_transitions(project: Any, reel: Path, tmp_path: Path) -> None:
    """Frames 20 to 27 between two dissolves, into which the frames beside them go; then a fade."""
    clip = ClipFile(path="reel.mp4", digest="r", start=18)
    still = StillFile(path="still.png", digest="s")
    shots = [
        shot(0, 0, 8, still, tail=2),
        shot(1, 8, 12, clip, head=2, tail=2, grade=Grade()),
        shot(2, 20, 10, still, head=2),
    ]
    pieces = [
        piece(0, part(0, 0, 6)),
        piece(6, part(0, 6, 4), part(1, 0, 4)),
        piece(10, part(1, 4, 8)),
        piece(18, part(1, 12, 4), part(2, 0, 4)),
        piece(22, part(2, 4, 6)),
        piece(28, part(2, 10, 2), part(None, 0, 2)),
    ]
    plan = assemble(shots, pieces, encoding=SETTINGS)
    report = made(plan, reel, tmp_path / "f.mp4", project)
    assert isinstance(report, Report), report
    frames = decoded(tmp_path / "f.mp4")
    assert len(frames) == plan.frames == 30
    assert frames[10:18] == decoded(reel / "reel.mp4")[20:28]


@pytest.mark.parametrize(
    "other",
    [
        {"encoding": Encoding(crf=21)},
        {"encoding": Encoding(crf=20, preset="ultrafast")},
        {"encoding": Encoding(crf=20, level="5.1")},
        {"encoding": Encoding(crf=20, profile="baseline")},
        {"rate": "25"},
        {"size": (98, 54)},
        {"grade": GRADED},
        {"move": Move(zoom_to=1.1)},
        {"titles": [Title(text="Berlin", start=2, frames=8)]},
    ],
    ids=lambda other: next(iter(other)),
)
def test_otherwise_it_is_drawn(project: Any, reel: Path, tmp_path: Path, other: dict[str, Any]) -> None:
    assert not is_passed(showing(reel, "reel.mp4", 0, 20, **other), reel, tmp_path / "f.mp4", project)


@pytest.mark.parametrize(
    ("name", "before", "after", "passed"),
    [
        ("later.mp4", [], ["-output_ts_offset", "2.5"], True),
        ("a.mov", [], [], True),
        ("a.mkv", [], [], False),  # its clock knows milliseconds, in which frames of 1/24 s do not fit
        ("turned.mp4", ["-display_rotation", "180"], [], False),
        ("mirrored.mp4", ["-display_hflip"], [], False),
        ("wide.mp4", [], ["-bsf:v", "h264_metadata=sample_aspect_ratio=4/3"], False),
        ("full.mp4", [], ["-bsf:v", "h264_metadata=video_full_range_flag=1"], False),
        ("matrix.mp4", [], ["-bsf:v", "h264_metadata=matrix_coefficients=6"], False),
        ("marked.mp4", [], ["-bsf:v", "h264_metadata=display_orientation=insert:rotate=90"], False),
    ],
)
def test_the_same_packets_otherwise_wrapped(
    project: Any, reel: Path, tmp_path: Path, name: str, before: list[str], after: list[str], passed: bool
) -> None:
    Crew(project.ffmpeg).run(
        ["-y", *before, "-i", f"file:{reel / 'reel.mp4'}", "-map", "0:v", "-c", "copy", *after, f"file:{reel / name}"]
    )
    assert is_passed(showing(reel, name, 0, 20), reel, tmp_path / "f.mp4", project) is passed


def test_damaged_packets_are_not_passed_on(project: Any, reel: Path, tmp_path: Path) -> None:
    with av.open(str(reel / "reel.mp4")) as container:
        packet = next(p for p in container.demux(video=0) if p.pts)
        at, size = packet.pos, packet.size
    data = bytearray((reel / "reel.mp4").read_bytes())
    data[at + 12 : at + size] = bytes(byte ^ 0x55 for byte in data[at + 12 : at + size])
    (reel / "damaged.mp4").write_bytes(data)
    assert not is_passed(showing(reel, "damaged.mp4", 0, 20), reel, tmp_path / "f.mp4", project)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.7])
def test_a_broken_clip_is_told_as_ever(project: Any, reel: Path, tmp_path: Path, share: float) -> None:
    data = (reel / "reel.mp4").read_bytes()
    (reel / "broken.mp4").write_bytes(data[: int(len(data) * share)])
    failure = made(showing(reel, "broken.mp4", 0, 40), reel, tmp_path / "f.mp4", project)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.label) == ("E0521", "s1")
    assert "broken.mp4" in failure.message
    assert not (tmp_path / "f.mp4").exists()


CLIP = ClipFile(path="reel.mp4", digest="r", start=3)
BODY = piece(0, part(0, 2, 10))


@pytest.mark.parametrize(
    ("values", "segment"),
    [
        *(
            ({"grade": grade}, BODY)
            for grade in (
                Grade(exposure_st=0.1),
                Grade(contrast=0.1),
                Grade(saturation=-0.1),
                Grade(temperature_k=5500.0),
                Grade(tint=0.1),
                Grade(lut="a.cube", lut_digest="l", lut_strength=0.0),
                Grade(vignette=0.1),
                Grade(grain=0.1),
                Grade(sharpen=0.1),
            )
        ),
        *(
            ({"move": move}, BODY)
            for move in (
                Move(zoom_from=1.1),
                Move(zoom_to=1.1),
                Move(roll=1.0),
                Move(unrest=0.1, seconds_a_frame=1 / 24),
                Move(keys=(Key(at=0.0, zoom=1.0, centre=(0.5, 0.5)), Key(at=1.0, zoom=1.2, centre=(0.5, 0.5)))),
            )
        ),
        ({"picture": StillFile(path="still.png", digest="s")}, BODY),
        ({"picture": ClipFile(path="reel.mp4", digest="r", start=0), "head": 3}, BODY),
        ({}, piece(0, part(0, 2, 10), part(None, 0, 10))),
        ({}, piece(0, part(None, 0, 10))),
        ({}, BODY.model_copy(update={"titles": (Title(text="Berlin", start=0, frames=9),)})),
    ],
)
def test_what_touches_footage(values: dict[str, Any], segment: Segment) -> None:
    assert not untouched(segment, [shot(0, 0, 12, **{"picture": CLIP, "grade": Grade(), **values})])


@pytest.mark.parametrize(
    "move", [Move(), Move(centre_to=(0.1, 0.9), curve=Curve(name="sine")), Move(seconds_a_frame=0.04)]
)
def test_what_does_not(move: Move) -> None:
    assert untouched(BODY, [shot(0, 0, 12, CLIP, grade=Grade(lut_strength=0.5), move=move)])


def test_the_key_says_that_it_may_be_passed() -> None:
    clips = [shot(0, 0, 12, CLIP, grade=grade) for grade in (Grade(), GRADED)]
    form = Format(width=96, height=54, rate=Rate(24))
    said = [segment_content(BODY, [one], form, SETTINGS).get("passed") for one in clips]
    assert said == [1, None]
