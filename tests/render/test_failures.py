"""What goes wrong is a value with a sentence; the last good film stays, nothing half-made is left."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apexlang.picture.model import Availability, Failed, Outcome, Picture, Progress, Refused
from apexlang.plan.model import ClipFile, Generated, Grade, PictureRequest, Plan, StillFile
from apexlang.render.ffmpeg import FfmpegError, capabilities, find, usable
from apexlang.render.generate import depth_key
from apexlang.render.run import Failure, RenderOptions, Report, render
from apexlang.render.store import Store

Build = Callable[..., Plan]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts and signals")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(b"the last good film")
    return path


def fails(plan: Plan, project: Any, out: Path, ffmpeg: Any = None, options: RenderOptions | None = None) -> Failure:
    with Store(out.parent.parent / ".apex") as store:
        failure = render(plan, project.folder, out, store, ffmpeg or project.ffmpeg, options)
    assert isinstance(failure, Failure), failure
    assert out.read_bytes() == b"the last good film"
    assert [p.name for p in out.parent.iterdir()] == [out.name]
    runs = out.parent.parent / ".apex" / "tmp"
    assert not runs.exists() or list(runs.iterdir()) == []
    return failure


def with_shot(plan: Plan, index: int, **changes: Any) -> Plan:
    shots = list(plan.shots)
    shots[index] = shots[index].model_copy(update=changes)
    return plan.model_copy(update={"shots": tuple(shots)})


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "no such file"), (b"", "empty"), (b"\x89PNG\r\n\x1a\nrest", ""), (b"GIF89a", "GIF")]
)
def test_a_picture_that_cannot_be_used(
    project: Any, build: Build, out: Path, content: bytes | None, reason: str
) -> None:
    name = f"broken {len(content or b'')}.png"
    if content is not None:
        (project.folder / name).write_bytes(content)
    failure = fails(with_shot(build(), 0, picture=StillFile(path=name, digest="x")), project, out)
    assert (failure.code, failure.path, failure.label) == ("E0520", name, "s0")
    assert reason in failure.message


def test_footage_that_cannot_be_used(project: Any, build: Build, out: Path) -> None:
    plan = with_shot(build(), 1, picture=ClipFile(path="none.mp4", digest="x", start=10))
    failure = fails(plan, project, out)
    assert (failure.code, failure.path, failure.label) == ("E0521", "none.mp4", "s1")
    short = with_shot(build(), 2, picture=build().shots[2].picture.model_copy(update={"start": 90}))
    failure = fails(short, project, out)
    assert failure.code == "E0521" and "ends after" in failure.message


def test_footage_that_breaks_off(project: Any, build: Build, out: Path) -> None:
    clip = build().shots[1].picture
    assert isinstance(clip, ClipFile)
    data = (project.folder / clip.path).read_bytes()
    (project.folder / "cut.mp4").write_bytes(data[: len(data) // 3])
    failure = fails(with_shot(build(), 1, picture=clip.model_copy(update={"path": "cut.mp4"})), project, out)
    assert failure.code == "E0521" and failure.path == "cut.mp4"


@pytest.mark.parametrize("content", [None, b"", b"RIFF0000WAVEfmt nonsense", b"#EXTM3U\nhttp://127.0.0.1:9/a.mp3\n"])
def test_a_sound_that_cannot_be_used(project: Any, build: Build, out: Path, content: bytes | None) -> None:
    name = f"broken {len(content or b'')}.mp3"
    if content is not None:
        (project.folder / name).write_bytes(content)
    plan = build()
    sound = plan.audio[0].model_copy(update={"path": name})
    failure = fails(plan.model_copy(update={"audio": (sound,)}), project, out)
    assert (failure.code, failure.path) == ("E0522", name)


@pytest.mark.parametrize("content", [None, "LUT_3D_SIZE 900\n", "nonsense\n"])
def test_a_cube_that_cannot_be_used(project: Any, build: Build, out: Path, content: str | None) -> None:
    name = f"{len(content or '')}.cube"
    if content is not None:
        (project.folder / name).write_text(content)
    failure = fails(with_shot(build(), 0, grade=Grade(lut=name, lut_digest="x")), project, out)
    assert (failure.code, failure.path) == ("E0523", name)


class Painter:
    """A generator that gives what it was told to."""

    name = "painter"
    version = "1"

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.calls = 0

    def available(self) -> Availability:
        return Availability(True, "it is here")

    def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome:
        self.calls += 1
        if progress is not None:
            progress(0.5)
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]


GENERATED = Generated(key="9" * 64, generator="painter", request=PictureRequest(width=96, height=54))


@pytest.mark.parametrize(
    ("outcome", "code", "says"),
    [
        (None, "E0605", "no generator `painter`"),
        (Refused("it shows a person"), "E0606", "will not make the picture of #s0: it shows a person"),
        (Failed("the service is down", retry=True), "E0606", "the service is down"),
    ],
)
def test_no_picture(project: Any, build: Build, out: Path, outcome: Outcome | None, code: str, says: str) -> None:
    generators = {"painter": Painter(outcome)} if outcome is not None else {}
    failure = fails(
        with_shot(build(), 0, picture=GENERATED), project, out, options=RenderOptions(generators=generators)
    )
    assert (failure.code, failure.label) == (code, "s0") and says in failure.message


def test_a_generated_picture_is_made_once_and_kept_with_its_depth(project: Any, build: Build, tmp_path: Path) -> None:
    made = Picture(
        np.full((54, 96, 3), 30_000, np.uint16), np.full((54, 96), 7.5, np.float32), notes=("a pipe was left out",)
    )
    painter = Painter(Failed("busy", retry=True), made)
    plan = with_shot(build(), 0, picture=GENERATED)
    options = RenderOptions(generators={"painter": painter})
    with Store(tmp_path / ".apex") as store:
        report = render(plan, project.folder, tmp_path / "f.mp4", store, project.ffmpeg, options)
        assert isinstance(report, Report) and report.notes[0] == "#s0: a pipe was left out"
        assert painter.calls == 2
        depth = store.path(depth_key(GENERATED.key))
        assert depth is not None and float(np.load(depth)["depth"][3, 4]) == 7.5
        again = render(plan, project.folder, tmp_path / "g.mp4", store, project.ffmpeg, options)
        assert isinstance(again, Report) and painter.calls == 2


def test_out_is_a_folder_or_in_a_file(project: Any, build: Build, out: Path, tmp_path: Path) -> None:
    with Store(tmp_path / ".apex") as store:
        for place in (out.parent, out / "film.mp4"):
            failure = render(build(), project.folder, place, store, project.ffmpeg)
            assert isinstance(failure, Failure) and failure.code == "E0601", failure


def fake(folder: Path, body: str) -> Path:
    path = folder / "ffmpeg"
    path.write_text("#!/bin/sh\n" + textwrap.dedent(body))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@POSIX
@pytest.mark.parametrize("way", ["at once", "in the middle", "killed", "writes nothing"])
def test_ffmpeg_dies(project: Any, build: Build, out: Path, tmp_path: Path, way: str) -> None:
    body = {
        "at once": 'echo "x264 [error]: malloc of size 1 failed" >&2; exit 3',
        "in the middle": 'head -c 20000 >/dev/null; echo "Error submitting a packet: it is gone" >&2; exit 3',
        "killed": "head -c 20000 >/dev/null; kill -9 $$",
        "writes nothing": "cat >/dev/null; exit 0",
    }[way]
    broken = replace(project.ffmpeg, exe=str(fake(tmp_path, body)))
    failure = fails(build(), project, out, broken)
    assert failure.code in ("E0603", "E0601")
    match way:
        case "at once":
            assert "malloc" in failure.notes[-1] and "exit status 3" in failure.message
        case "in the middle":
            assert "it is gone" in failure.notes[-1]
            assert "-filter_complex" in failure.helps[0]
        case "killed":
            assert "signal 9" in failure.message
        case _:
            pass


@POSIX
def test_the_disk_fills_while_encoding(project: Any, build: Build, out: Path) -> None:
    """A limit on file sizes stands in for a full disk."""
    code = """
        import importlib.util, resource, signal, sys
        from pathlib import Path
        spec = importlib.util.spec_from_file_location("kit", sys.argv[1])
        kit = importlib.util.module_from_spec(spec); sys.modules["kit"] = kit; spec.loader.exec_module(kit)
        from apexlang.render.run import render
        from apexlang.render.store import Store
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))
        plan = kit.everything().model_copy(update={"audio": ()})
        with Store(Path(sys.argv[4])) as store:
            print(render(plan, Path(sys.argv[2]), Path(sys.argv[3]), store, kit.find()))
    """
    kit = Path(__file__).with_name("conftest.py")
    root = out.parent.parent / ".apex"
    arguments = [sys.executable, "-c", textwrap.dedent(code), str(kit), str(project.folder), str(out), str(root)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert "Failure(code='E060" in done.stdout, done
    assert "Traceback" not in done.stderr
    assert out.read_bytes() == b"the last good film"
    assert [p.name for p in out.parent.iterdir()] == [out.name]
    assert list((root / "tmp").iterdir()) == []


@POSIX
def test_ctrl_c_leaves_nothing_and_the_next_run_goes_on(project: Any, out: Path, build: Build) -> None:
    code = """
        import importlib.util, os, signal, sys
        from pathlib import Path
        spec = importlib.util.spec_from_file_location("kit", sys.argv[1])
        kit = importlib.util.module_from_spec(spec); sys.modules["kit"] = kit; spec.loader.exec_module(kit)
        from apexlang.render.events import JobDone
        from apexlang.render.run import RenderOptions, render
        from apexlang.render.store import Store
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background inherits that it is ignored
        seen = []
        def report(event):
            if isinstance(event, JobDone) and event.kind == "segment":
                seen.append(event)
                if len(seen) == 3:
                    os.kill(os.getpid(), signal.SIGINT)
        with Store(Path(sys.argv[4])) as store:
            try:
                render(kit.everything(), Path(sys.argv[2]), Path(sys.argv[3]), store, kit.find(), RenderOptions(jobs=1), report)
            except KeyboardInterrupt:
                print("interrupted")
    """
    kit = Path(__file__).with_name("conftest.py")
    root = out.parent.parent / ".apex"
    arguments = [sys.executable, "-c", textwrap.dedent(code), str(kit), str(project.folder), str(out), str(root)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "interrupted", done
    assert out.read_bytes() == b"the last good film"
    assert [p.name for p in out.parent.iterdir()] == [out.name]
    assert list((root / "tmp").iterdir()) == []
    with Store(root) as store:
        report = render(build(), project.folder, out, store, project.ffmpeg)
    assert isinstance(report, Report)
    segments = [label for kind, label in report.reused if kind == "segment"]
    assert 3 <= len(segments) < 9


@POSIX
def test_a_killed_run_leaves_the_store_good(project: Any, out: Path, build: Build) -> None:
    code = """
        import importlib.util, sys
        from pathlib import Path
        spec = importlib.util.spec_from_file_location("kit", sys.argv[1])
        kit = importlib.util.module_from_spec(spec); sys.modules["kit"] = kit; spec.loader.exec_module(kit)
        from apexlang.render.run import RenderOptions, render
        from apexlang.render.store import Store
        with Store(Path(sys.argv[4])) as store:
            report = lambda event: print(type(event).__name__, flush=True)
            render(kit.everything(), Path(sys.argv[2]), Path(sys.argv[3]), store, kit.find(), RenderOptions(jobs=2), report)
    """
    kit = Path(__file__).with_name("conftest.py")
    root = out.parent.parent / ".apex"
    arguments = [sys.executable, "-c", textwrap.dedent(code), str(kit), str(project.folder), str(out), str(root)]
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    done = 0
    for line in child.stdout:
        done += line.strip() == "JobDone"
        if done == 4:  # the mix and three segments
            os.kill(child.pid, signal.SIGKILL)
            break
    child.wait(30)
    child.stdout.close()
    time.sleep(0.2)
    with Store(root) as store:
        report = render(build(), project.folder, out, store, project.ffmpeg)
    assert isinstance(report, Report)
    assert len([1 for kind, _ in report.reused if kind == "segment"]) >= 3
    assert list((root / "tmp").iterdir()) == []


def test_finding_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find(environ={})
    assert found.origin == "from imageio-ffmpeg" and usable(found) is None
    assert find(environ={"APEX_FFMPEG": found.exe}).origin == "from APEX_FFMPEG"
    assert not capabilities(found).missing
    with pytest.raises(FfmpegError, match="does not run"):
        find(str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FfmpegError, match="PATH"):
        find("system")


@POSIX
def test_something_else_called_ffmpeg(tmp_path: Path) -> None:
    with pytest.raises(FfmpegError, match="is not FFmpeg"):
        find(str(fake(tmp_path, "echo hello")))
    old = fake(tmp_path, 'echo "ffmpeg version 4.4.2 Copyright"')
    assert "too old" in (usable(find(str(old))) or "")
    bare = fake(tmp_path, 'echo "ffmpeg version 9.1 Copyright"')
    assert "lacks the filter fade" in (usable(find(str(bare))) or "")
