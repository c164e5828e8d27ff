"""The one door: what is read, what is refused, and why."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from apexlang.ir import load
from apexlang.source import LARGEST_SOURCE, Problem, Source, World, decode

FILM = "INT. ROOM - DAY\n  SHOT wide\n"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (FILM.encode("utf-16"), "E0506", "UTF-16"),
        (FILM.encode("utf-16-le"), "E0506", "UTF-16"),
        (b"INT. \xe9t\xe9", "E0505", "byte 5 is 0xe9"),
        (b"INT. ROOM\0 - DAY", "E0507", "byte 9"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "E0507", "NUL"),
    ],
)
def test_what_is_no_text(data: bytes, code: str, words: str) -> None:
    problem = decode("film.apex", data)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert words in problem.message


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("film.apex", b"\xef\xbb\xbfINT. A\r\n") == Source("film.apex", "INT. A\r\n")


def test_places_and_offsets() -> None:
    source = Source("a", "ab\r\nc\u2028d\n")
    assert source.lines == ("ab", "c\u2028d", "")
    assert source.offset(1, 2) == 6
    assert source.place(6) == (1, 2)


def test_paths_are_those_of_the_file_that_says_them(tmp_path: Path) -> None:
    (tmp_path / "acts" / "fx").mkdir(parents=True)
    world = World(tmp_path)
    assert world.resolve("acts/one.apex", "fx/rain.wav") == "acts/fx/rain.wav"
    assert world.resolve("acts/one.apex", "../music.wav") == "music.wav"
    assert world.resolve("film.apex", str(tmp_path / "a.png")) == "a.png"


@pytest.mark.parametrize(
    "text", ["../secret.png", "a/../../secret.png", "/etc/passwd", "C:\\secret.png", "//host/share/a.png"]
)
def test_nothing_outside_is_reached(text: str, tmp_path: Path) -> None:
    problem = World(tmp_path / "film").resolve("film.apex", text)
    assert isinstance(problem, Problem)
    assert problem.code == "E0504"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_are_followed_before_it_is_judged(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.png").write_bytes(b"x")
    project = tmp_path / "film"
    project.mkdir()
    (project / "link").symlink_to(outside)
    problem = World(project).resolve("film.apex", "link/a.png")
    assert isinstance(problem, Problem)
    allowed = World(project, (outside,))
    assert allowed.resolve("film.apex", "link/a.png") == "link/a.png"
    assert allowed.resolve("film.apex", "../outside/a.png") == "../outside/a.png"
    assert allowed.exists("../outside/a.png")


@pytest.mark.parametrize("text", ["", "  ", "a\0b", "x" * 5000, "http://example.com/a.png", "nul\nline"])
def test_names_that_are_no_names(text: str, tmp_path: Path) -> None:
    world = World(tmp_path)
    path = world.resolve("film.apex", text)
    assert isinstance(path, Problem) or world.missing(path) is not None


@pytest.mark.parametrize(
    "name", ["a b.png", "it's.png", 'say "x".png', "100%.png", "t\u00e4st \u5f20.png", "a:b.png", "-y.png", "[0].png"]
)
def test_any_name_that_a_file_can_have(name: str, tmp_path: Path) -> None:
    if sys.platform == "win32" and any(c in name for c in '":'):
        pytest.skip("not a file name on Windows")
    (tmp_path / name).write_bytes(b"content")
    quoted = name.replace('"', '""')
    (tmp_path / "film.apex").write_text(f'INT. ROOM - DAY\n  SHOT wide\n    still: "{quoted}"\n', "utf-8")
    world = World(tmp_path)
    film, found, _ = load(world, "film.apex")
    assert found == ()
    assert film is not None
    shot = film.scenes[0].items[0]
    assert shot.source.path == name  # type: ignore[union-attr]
    assert world.digest(name) == hashlib.sha256(b"content").hexdigest()


def test_a_digest_is_remembered_and_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"one")
    world = World(tmp_path)
    first = world.digest("a.bin")
    path.write_bytes(b"another")
    assert world.digest("a.bin") == hashlib.sha256(b"another").hexdigest() != first
    with pytest.raises(OSError):
        world.digest("none.bin")


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    world = World(tmp_path)
    (tmp_path / "folder").mkdir()
    assert _code(world.read("none.apex")) == "E0501"
    assert _code(world.read("folder")) == "E0502"
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        locked = tmp_path / "locked.apex"
        locked.write_text(FILM)
        locked.chmod(0)
        assert _code(world.read("locked.apex")) == "E0503"
    with (tmp_path / "huge.apex").open("wb") as file:
        file.truncate(LARGEST_SOURCE + 1)
    assert _code(world.read("huge.apex")) == "E0508"


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "Key.PNG").write_bytes(b"x")
    problem = World(tmp_path).missing("key.jpg")
    assert problem is not None
    assert problem.helps == ("there is a file `Key.PNG` in that folder",)


def _code(found: Source | Problem) -> str:
    assert isinstance(found, Problem)
    return found.code
