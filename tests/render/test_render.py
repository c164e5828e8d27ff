"""Plans into films, with the real FFmpeg: the same frames both ways, exact in number and time, made once."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from apexlang.plan import keys
from apexlang.plan.model import Plan, Slice, Title
from apexlang.render.arguments import decode, hashes, needs_script
from apexlang.render.events import Event, JobDone, JobProgress, JobStarted, RunStarted
from apexlang.render.filtergraph import graph
from apexlang.render.footage import filters, probe_footage
from apexlang.render.rgb import to_rgb8
from apexlang.render.run import Failure, RenderOptions, Report, frame_hashes, render, still
from apexlang.render.store import Store, notes
from apexlang.render.titles import plate

Build = Callable[..., Plan]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with Store(tmp_path / "a store" / ".apex") as made:
        yield made


def decoded(film: Path) -> list[str]:
    with av.open(f"file:{film}") as container:
        return [hashlib.md5(f.to_ndarray().tobytes()).hexdigest() for f in container.decode(video=0)]


@pytest.mark.parametrize("rate", ["24", "23.976"])
def test_segments_and_the_whole_are_the_same_frames(project: Any, store: Store, build: Build, rate: str) -> None:
    plan = build(rate)
    by_segments = frame_hashes(plan, project.folder, store, project.ffmpeg, whole=False)
    whole = frame_hashes(plan, project.folder, store, project.ffmpeg, RenderOptions(jobs=1), whole=True)
    assert isinstance(by_segments, list)
    assert len(by_segments) == plan.frames
    assert by_segments == whole
    assert len(set(by_segments)) > plan.frames * 0.8  # nearly all differ: the film moves


@pytest.mark.parametrize(("rate", "whole"), [("24", False), ("23.976", False), ("30", True)])
def test_a_film_is_exact(project: Any, store: Store, build: Build, tmp_path: Path, rate: str, whole: bool) -> None:
    plan = build(rate)
    out = tmp_path / "out" / 'it\'s 100% "ö".mp4'
    report = render(plan, project.folder, out, store, project.ffmpeg, RenderOptions(whole=whole))
    assert isinstance(report, Report), report
    seconds = plan.format.rate.seconds(plan.frames)
    assert (report.frames, report.seconds) == (plan.frames, seconds)
    with av.open(f"file:{out}") as film:
        video, audio, text = film.streams.video[0], film.streams.audio[0], film.streams.subtitles[0]
        assert video.frames == plan.frames
        assert Fraction(video.duration) * video.time_base == seconds
        assert abs(Fraction(audio.duration) * audio.time_base - seconds) <= Fraction(1, 48_000)
        codec = video.codec_context
        assert [int(t) for t in (codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range)] == [
            1
        ] * 4
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")
        assert (audio.codec_context.name, audio.rate, audio.channels) == ("aac", 48_000, 2)
        assert text.codec_context.name == "mov_text"
        assert film.metadata["title"] == plan.title
        times = [f.pts for f in film.decode(video)]
        step = 1 / plan.format.rate.fps / video.time_base
        assert times == [step * i for i in range(plan.frames)]
    head = out.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")  # faststart
    assert [p.name for p in out.parent.iterdir()] == [out.name]


def test_joined_segments_decode_to_what_each_decodes_to(
    project: Any, store: Store, build: Build, tmp_path: Path
) -> None:
    plan = build()
    out = tmp_path / "f.mp4"
    assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
    apart = []
    for s in plan.segments:
        path = store.path(s.key)
        assert path is not None
        apart += decoded(path)
    assert decoded(out) == apart


def test_subtitles_say_what_was_said(project: Any, store: Store, build: Build, tmp_path: Path) -> None:
    plan = build()
    out = tmp_path / "f.mp4"
    assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
    with av.open(str(out)) as film:
        texts = []
        for packet in film.demux(subtitles=0):
            data = bytes(packet)
            size = int.from_bytes(data[:2], "big")
            if size:
                assert len(data) == size + 2  # no style: nothing was read as markup
                assert packet.time_base is not None and packet.pts is not None
                texts.append((float(packet.pts * packet.time_base), data[2:].decode().replace("\u2060", "")))
    assert [t for _, t in texts] == [c.text for c in plan.captions]
    assert texts[0][0] == pytest.approx(10 / 24, abs=0.0006)


def test_sound_is_in_its_place(project: Any, store: Store, build: Build, tmp_path: Path) -> None:
    plan = build().model_copy(update={"audio": (build().audio[1],), "mix_key": "1" * 64, "film_key": "2" * 64})
    out = tmp_path / "f.mp4"
    assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
    with av.open(str(out)) as film:
        first, rows = None, []
        for frame in film.decode(audio=0):
            first = frame.pts if first is None else first
            rows.append(frame.to_ndarray()[0])
    heard = np.concatenate(rows)
    assert first is not None
    assert abs(int(np.abs(heard).argmax()) + first - 48_000) <= 1


def test_the_second_render_makes_nothing(project: Any, store: Store, build: Build, tmp_path: Path) -> None:
    plan, out = build(), tmp_path / "f.mp4"
    first = render(plan, project.folder, out, store, project.ffmpeg)
    assert isinstance(first, Report) and not first.unchanged
    assert [k for k, _ in first.made].count("segment") == len(plan.segments)
    stamp = out.stat().st_mtime_ns
    events: list[Event] = []
    second = render(plan, project.folder, out, store, project.ffmpeg, report=events.append)
    assert isinstance(second, Report) and second.unchanged and not second.made and not events
    assert out.stat().st_mtime_ns == stamp
    # The film went astray: only the mux is made again, and it is the same film.
    before = out.read_bytes()
    out.unlink()
    third = render(plan, project.folder, out, store, project.ffmpeg)
    assert isinstance(third, Report) and {k for k, _ in third.made} == {"mux"}
    assert out.read_bytes() == before


def test_events_tell_how_far_it_is(project: Any, store: Store, build: Build, tmp_path: Path) -> None:
    plan = build()
    events: list[Event] = []
    assert isinstance(
        render(plan, project.folder, tmp_path / "f.mp4", store, project.ffmpeg, report=events.append), Report
    )
    assert events[0] == RunStarted(pictures=0, segments=len(plan.segments), frames=plan.frames, reused=0)
    started = [e.key for e in events if isinstance(e, JobStarted)]
    assert sorted(started) == sorted(e.key for e in events if isinstance(e, JobDone))
    assert sum(e.total for e in events if isinstance(e, JobStarted) and e.kind == "segment") == plan.frames
    assert all(0 <= e.done <= e.total for e in events if isinstance(e, JobProgress))


def test_a_damaged_segment_is_made_again(project: Any, tmp_path: Path, build: Build) -> None:
    plan, out, root = build(), tmp_path / "f.mp4", tmp_path / ".apex"
    with Store(root) as store:
        assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
        hurt = store.path(plan.segments[3].key)
    assert hurt is not None
    good = out.read_bytes()
    data = bytearray(hurt.read_bytes())
    data[len(data) // 2] ^= 1
    hurt.write_bytes(bytes(data))
    out.unlink()
    with Store(root) as store:
        report = render(plan, project.folder, out, store, project.ffmpeg)
    assert isinstance(report, Report) and [k for k, _ in report.made] == ["segment", "mux"]
    assert out.read_bytes() == good


def test_a_still_is_the_films_frame(project: Any, store: Store, build: Build, tmp_path: Path) -> None:
    plan, out = build(), tmp_path / "f.mp4"
    plan = plan.model_copy(update={"encoding": plan.encoding.model_copy(update={"crf": 1})})
    assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
    with av.open(str(out)) as film:
        frames = [to_rgb8(f.to_ndarray().ravel(), 96, 54, 8) for f in film.decode(video=0)]
    for label, own, frame in (("s2", 13, 50), ("s3", 1, 57)):
        rgb = still(plan, label, own, project.folder, store, project.ffmpeg)
        assert not isinstance(rgb, Failure)
        assert rgb.shape == (54, 96, 3)
        assert np.abs(rgb.astype(float) - frames[frame]).mean() < 1.5
    with pytest.raises(KeyError):
        still(plan, "nobody", None, project.folder, store, project.ffmpeg)


def test_one_changed_shot_touches_its_segments_only(project: Any, store: Store, build: Build, tmp_path: Path) -> None:
    plan, out = build(), tmp_path / "f.mp4"
    assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
    brighter = plan.shots[1].model_copy(update={"grade": plan.shots[1].grade.model_copy(update={"exposure_st": 1.0})})
    shots = (plan.shots[0], brighter, *plan.shots[2:])
    tools = keys.Tools("1", "1", "1", "test")
    of = keys.SegmentKeys(shots, plan.format, plan.encoding)
    segments = tuple(s.model_copy(update={"key": of.key(s, tools)}) for s in plan.segments)
    changed = plan.model_copy(update={"shots": shots, "segments": segments, "film_key": "f" * 64})
    report = render(changed, project.folder, out, store, project.ffmpeg)
    assert isinstance(report, Report)
    assert sorted(label for kind, label in report.made if kind == "segment") == ["segment 2", "segment 3", "segment 4"]
    assert (notes.read(store.notes.file("f" * 64)) or {})["size"] == out.stat().st_size


def test_nothing_is_left_behind(project: Any, tmp_path: Path, build: Build) -> None:
    with Store(tmp_path / ".apex") as store:
        assert isinstance(render(build(), project.folder, tmp_path / "f.mp4", store, project.ffmpeg), Report)
    assert list((tmp_path / ".apex" / "tmp").iterdir()) == []
    shutil.rmtree(tmp_path / ".apex")


def test_a_film_of_many_titles(project: Any, store: Store, build: Build) -> None:
    """Its graph is too long for an argument."""
    titles = tuple(Title(text=f"{n}", start=2 * n, frames=5, fade=2) for n in range(40))
    plan = build()
    over = [
        tuple(t for t in titles if t.start < s.start + s.frames and t.start + t.frames > s.start) for s in plan.segments
    ]
    segments = tuple(s.model_copy(update={"titles": t}) for s, t in zip(plan.segments, over, strict=True))
    plan = plan.model_copy(update={"segments": segments})
    assert needs_script(graph(plan, plan.segments))
    whole = frame_hashes(plan, project.folder, store, project.ffmpeg, whole=True)
    assert whole == frame_hashes(plan, project.folder, store, project.ffmpeg, whole=False)
    assert isinstance(whole, list) and len(whole) == plan.frames


def test_no_conversion_happens_in_silence(project: Any, build: Build, tmp_path: Path) -> None:
    """FFmpeg puts in a scaler of its own where formats do not meet: it would be the wrong one."""
    plan = build()
    g = graph(plan, plan.segments[:1])
    plate_file = tmp_path / "p.png"
    Image.fromarray(plate("Berlin", 96, 54)).save(plate_file)
    frames = bytes(96 * 54 * 3 // 2) * g.drawn.frames
    path = project.folder / "counted.mkv"
    chain = filters(probe_footage(path, plan.format.rate), plan.format.rate, 0, 3, (96, 54))
    # The plate's packed RGBA into planes, 8 bits to 8 bits, is exact.
    for arguments, fed, exact in ((hashes(g, [plate_file]), frames, 1), (decode(path, 0.0, *chain), b"", 0)):
        command = [project.ffmpeg.exe, "-v", "verbose", *arguments]
        done = subprocess.run(command, input=fed, capture_output=True, check=True)
        said = done.stderr.decode("utf-8", "replace")
        assert said.count("auto-inserting filter 'auto_scale") == exact, said


def test_titles_are_white_over_the_picture_and_fade(project: Any, store: Store, tmp_path: Path, build: Build) -> None:
    """A title on black: its white is 244 of 255, its grey neutral, its strength goes up and down in equal steps."""
    plan = build()
    segment = plan.segments[0].model_copy(
        update={
            "start": 0,
            "frames": 24,
            "a": Slice(shot=None, first=0, count=24),
            "b": None,
            "titles": (Title(text="WWWW", start=4, frames=16, fade=4),),
            "key": "e" * 64,
        }
    )
    size = plan.format.model_copy(update={"width": 320, "height": 180})
    plan = plan.model_copy(
        update={"segments": (segment,), "frames": 24, "captions": (), "film_key": "d" * 64, "format": size}
    )
    plan = plan.model_copy(update={"encoding": plan.encoding.model_copy(update={"crf": 1}), "mix_key": "c" * 64})
    out = tmp_path / "f.mp4"
    assert isinstance(render(plan, project.folder, out, store, project.ffmpeg), Report)
    with av.open(str(out)) as film:
        frames = [f.to_ndarray() for f in film.decode(video=0)]
    luma = [f[:180] for f in frames]
    peaks = [int(y.max()) for y in luma]
    assert peaks[:4] == [16] * 4 and peaks[20:] == [16] * 4
    laid = plate("WWWW", 320, 180).astype(float) / 255
    assert abs(peaks[12] - (16 + 219 * float((laid[..., 0] * laid[..., 3]).max()))) <= 3
    rising, falling = peaks[4:8], peaks[16:20]
    assert rising == sorted(rising) and falling == sorted(falling, reverse=True)
    assert max(peaks) == peaks[8] and peaks[6] - peaks[5] == pytest.approx(peaks[7] - peaks[6], abs=3)
    assert all(np.abs(f[180:].astype(int) - 128).max() <= 1 for f in frames)
