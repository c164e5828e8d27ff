"""What may befall a render: stopped, two at once, a store that is full or can only be read, a clock that was set back."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from apexlang.compiler import compile
from apexlang.options import Options
from apexlang.render.lock import Lock
from apexlang.render.store import Store

from .conftest import KERNELS, ROOT

resource = pytest.importorskip("resource")  # none on Windows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and permissions of POSIX")

COLOURS = [f"#{20 + 6 * n:02d}40{90 - 5 * n:02d}" for n in range(12)]
Start = Callable[..., "subprocess.Popen[str]"]


def film(path: Path, colours: list[str], hold: int = 24, size: str = "96x54") -> Path:
    shots = "".join(
        f"  SHOT wide #s{colour.strip('#')}\n    color: {colour}\n    hold: {hold}f\n    move: push in 1.0 -> 1.2\n\n"
        for colour in colours
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'FILM "Faults"\n  format: {size}, 24fps\n\nINT. ROOM - DAY\n{shots}', encoding="utf-8")
    return path


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """`start("render", "film.apex")` in a process of its own; what still runs at the end is ended."""
    started: list[subprocess.Popen[str]] = []
    # A test run in the background inherits that SIGINT is ignored; a person's terminal does not.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import apexlang.cli as c; c.main()"
    )

    def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=cwd or tmp_path,
            env={**os.environ, **KERNELS, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], words: str) -> str:
    """Reads what a process says until some words come."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def leftovers(store: Path, out: Path) -> list[Path]:
    found = [p for name in ("tmp", "claims") for p in (store / name).glob("*")] + [
        p for p in store.glob("*") if p.is_file()
    ]
    return found + [p for p in out.glob(".*")]


def made(process: subprocess.Popen[str]) -> list[tuple[str, str]]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    return [(job["kind"], job["key"]) for job in json.loads(out)["made"]]


def test_two_renders_of_one_film_share_the_work(start: Start, tmp_path: Path) -> None:
    path = film(tmp_path / "film.apex", COLOURS)
    both = [start("render", "film.apex", "--json") for _ in range(2)]
    first, second = (made(process) for process in both)
    assert not set(first) & set(second), "one thing is made once"
    plan = compile(path).plan()
    assert {key for _, key in first + second} == {job.key for job in plan.jobs}
    assert leftovers(tmp_path / ".apex", tmp_path / "out") == []
    alone = film(tmp_path / "alone" / "film.apex", COLOURS)
    made(start("render", "film.apex", "--json", cwd=alone.parent))
    assert (alone.parent / "out" / "film.mp4").read_bytes() == (tmp_path / "out" / "film.mp4").read_bytes()


def test_two_films_that_want_the_same_in_another_order(start: Start, tmp_path: Path) -> None:
    """Neither waits for ever; what is in both is made once, whoever makes it."""
    film(tmp_path / "a" / "film.apex", COLOURS)
    film(tmp_path / "b" / "other.apex", COLOURS[::-1])
    shared = tmp_path / "shared"
    one = start("render", "film.apex", "--json", cwd=tmp_path / "a", APEX_STORE=str(shared))
    other = start("render", "other.apex", "--json", "--store", str(shared), cwd=tmp_path / "b")
    segments = [[key for kind, key in made(process) if kind == "segment"] for process in (one, other)]
    assert len(segments[0]) + len(segments[1]) == len(set(segments[0]) | set(segments[1])) == len(COLOURS)
    assert not (tmp_path / "a" / ".apex").exists() and not (tmp_path / "b" / ".apex").exists()


@pytest.fixture
def claimed(tmp_path: Path) -> Iterator[Lock]:
    """A film of two shots, the second of which this process claims to make."""
    path = film(tmp_path / "film.apex", COLOURS[:2])
    key = compile(path).plan().segments[1].key
    lock = Store(tmp_path / ".apex").claim(key)
    assert isinstance(lock, Lock)
    yield lock
    lock.release(remove=True)


WAITS = f"segment #s{COLOURS[1].strip('#')}: another render is making it"


def test_one_waits_for_another_and_goes_on_when_that_dies(start: Start, claimed: Lock, tmp_path: Path) -> None:
    process = start("render", "film.apex")
    said = until(process, WAITS)
    other = f"segment #s{COLOURS[0].strip('#')}: "
    if other not in said:
        until(process, other)  # meanwhile it makes what nobody makes
    assert process.poll() is None
    claimed.release()  # as the system does for one who dies
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "made: 2 segments" in out, out + err


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_stopped_while_it_waits(start: Start, claimed: Lock, tmp_path: Path, number: int, status: int) -> None:
    process = start("render", "film.apex")
    until(process, WAITS)
    process.send_signal(number)
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == status and time.monotonic() - began < 20, out + err
    assert "Stopped. What was finished is kept" in err and "Traceback" not in err
    assert [p.suffix for p in leftovers(tmp_path / ".apex", tmp_path / "out")] == [".lock"], (
        "but the claim of the other"
    )


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_in_the_middle(start: Start, tmp_path: Path, number: int, status: int) -> None:
    film(tmp_path / "film.apex", COLOURS, hold=200, size="640x360")
    good = tmp_path / "out" / "film.mp4"
    good.parent.mkdir()
    good.write_bytes(b"the last good film")
    process = start("render", "film.apex")
    until(process, "segment #s")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == status, out + err
    assert "Traceback" not in err and leftovers(tmp_path / ".apex", good.parent) == []
    assert good.read_bytes() == b"the last good film"


@contextlib.contextmanager
def only_to_read(folder: Path) -> Iterator[None]:
    """A folder that nobody may write in: by its rights, or for root, who heeds none, mounted so."""
    if os.geteuid() == 0:
        bound = ["mount", "--bind", str(folder), str(folder)]
        if subprocess.run(bound, capture_output=True, check=False).returncode:
            pytest.skip("no folder may be mounted here")
        try:
            subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    folders = [p for p in (folder, *folder.rglob("*")) if p.is_dir()]
    try:
        for place in folders:
            place.chmod(0o555)
        yield
    finally:
        for place in folders:
            place.chmod(0o755)


def test_a_store_that_can_only_be_read(start: Start, tmp_path: Path) -> None:
    """What is in it is used; what would have to be made is a clear error."""
    film(tmp_path / "film.apex", COLOURS[:3])
    film(tmp_path / "changed.apex", [*COLOURS[:3], COLOURS[5]])
    shared = tmp_path / "shared"
    out = tmp_path / "out" / "film.mp4"
    made(start("render", "film.apex", "--json", "--store", str(shared)))
    good = out.read_bytes()
    before = sorted(p.name for p in shared.rglob("*"))
    out.unlink()
    with only_to_read(shared):
        assert [kind for kind, _ in made(start("render", "film.apex", "--json", "--store", str(shared)))] == ["film"]
        assert out.read_bytes() == good
        refused = start("render", "changed.apex", "--store", str(shared))
        said, err = refused.communicate(timeout=60)
        assert refused.returncode == 1 and "error[E0601]" in err, said + err
        assert "can only be read" in err or "no permission to write" in err, err
        assert "Traceback" not in err and [p.name for p in out.parent.iterdir()] == ["film.mp4"]
        looked = start("store", "verify", "--store", str(shared))
        said, err = looked.communicate(timeout=60)
        assert looked.returncode == 0 and "are whole" in said, said + err
        cleaned = start("store", "gc", "--keep", "0", "--store", str(shared))
        said, err = cleaned.communicate(timeout=60)
        assert cleaned.returncode == 1 and "nothing was removed" in err, said + err
    assert sorted(p.name for p in shared.rglob("*")) == before


def test_a_full_disk(start: Start, tmp_path: Path) -> None:
    """On a disk of 120 kB; where none may be mounted, `test_failures` has a limit on file sizes stand in for it."""
    film(tmp_path / "film.apex", COLOURS, hold=60)
    out = tmp_path / "out" / "film.mp4"
    out.parent.mkdir()
    out.write_bytes(b"the last good film")
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        process = start("render", "film.apex", "--store", str(small / ".apex"))
        said, err = process.communicate(timeout=120)
        assert process.returncode == 1 and "the disk is full" in err and "Traceback" not in err, said + err
        assert out.read_bytes() == b"the last good film" and leftovers(small / ".apex", out.parent) == []
        subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
        done = made(start("render", "film.apex", "--json", "--store", str(small / ".apex")))
        assert out.stat().st_size > 1000 and ("mux", "x") not in done
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("way", ["--whole", "--draft"])
def test_a_thousand_inputs_with_few_open_files(start: Start, tmp_path: Path, way: str) -> None:
    """By one graph, which would open all of them at once if each were an input of FFmpeg, and by segments."""
    shots = []
    for number in range(1000):
        name = f"s{number:04d}.png"
        (tmp_path / name).write_bytes(_plain_picture(number % 256, number // 256 * 60, 90))
        shots.append(f'  SHOT wide #s{number}\n    still: "{name}"\n    hold: 1f\n\n')
    text = "".join(shots)
    (tmp_path / "film.apex").write_text(f'FILM "Many"\n  format: 32x18, 24fps\n\nINT. ROOM - DAY\n{text}')
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (96, before[1]))  # what is started here inherits it
    try:
        process = start("render", "film.apex", way)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    said, err = process.communicate(timeout=300)
    assert process.returncode == 0 and "1,000 frames" in said, said + err


def _plain_picture(r: int, g: int, b: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 18), (r, g, b)).save(file, "PNG")
    return file.getvalue()


def test_a_clock_that_was_set_back(start: Start, tmp_path: Path) -> None:
    """Times in the future, and long ago: everything is found, nothing is made again, and what is used least goes first."""
    path = film(tmp_path / "film.apex", COLOURS[:4])
    made(start("render", "film.apex", "--json"))
    store = tmp_path / ".apex"
    for number, place in enumerate(sorted(store.rglob("*"))):
        when = time.time() + (400 * 86400 if number % 2 else -9000 * 86400)
        os.utime(place, (when, when))
    os.utime(tmp_path / "out" / "film.mp4", (4e9, 4e9))
    assert compile(path).why().jobs[0].state == "there"
    assert made(start("render", "film.apex", "--json")) == []
    film(path, [*COLOURS[:4], COLOURS[7]])
    kinds = [kind for kind, _ in made(start("render", "film.apex", "--json"))]
    assert kinds == ["sound", "segment", "film"]
    assert compile(path, options=Options()).render().unchanged  # type: ignore[union-attr]
