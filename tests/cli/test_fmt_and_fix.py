"""`apexc fmt` and `apexc check --fix`: what they write, what they only show, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from apexlang.cli import files

from .conftest import ROOT

UGLY = 'FILM   "A"\n\tformat:64x36 ,24fps\nINT. ROOM\n    SHOT wide\n        color:#222222\n'
NEAT = 'FILM "A"\n  format: 64x36, 24fps\n\nINT. ROOM\n  SHOT wide\n    color: #222222\n'


@pytest.fixture
def ugly(tmp_path):
    path = tmp_path / "film.apex"
    path.write_text(UGLY, encoding="utf-8")
    return path


def test_fmt_writes_and_says_so(apexc, ugly):
    done = apexc("fmt", "film.apex")
    assert (done.returncode, done.stdout, done.stderr) == (0, "film.apex: formatted\n", "")
    assert ugly.read_bytes() == NEAT.encode()
    again = apexc("fmt", "film.apex")
    assert (again.returncode, again.stdout) == (0, "1 film in order: nothing to do\n")
    assert [p.name for p in ugly.parent.iterdir()] == ["film.apex"]


def test_fmt_check_and_diff_write_nothing(apexc, ugly):
    done = apexc("fmt", "--check", "film.apex")
    assert (done.returncode, done.stdout) == (1, "film.apex: would be formatted\n")
    shown = apexc("fmt", "--diff", "film.apex")
    assert shown.returncode == 0
    assert shown.stdout.startswith('--- a/film.apex\n+++ b/film.apex\n@@ -1,5 +1,6 @@\n-FILM   "A"\n')
    assert apexc("fmt", "--check", "--diff", "film.apex").returncode == 1
    assert ugly.read_text() == UGLY


def test_fmt_reads_stdin(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "apexlang.cli", "fmt", "-"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, NEAT.encode(), b"")


def test_fmt_of_a_byte_order_mark_and_crlf(apexc, ugly):
    ugly.write_bytes(b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode())
    assert apexc("fmt", "film.apex").returncode == 0
    assert ugly.read_bytes() == NEAT.encode()


def test_fmt_of_a_film_with_errors(apexc, ugly):
    ugly.write_text(
        "INT. A\n    SHOT wide\n        hodl:2s ,x\n        camera: ;;\n        hold:2s\n", encoding="utf-8"
    )
    assert apexc("fmt", "film.apex").returncode == 0
    assert ugly.read_text() == "INT. A\n  SHOT wide\n    hodl: 2s ,x\n    camera: ;;\n    hold: 2s\n"


def test_fmt_goes_on_after_a_file_that_cannot_be_read(apexc, ugly, tmp_path):
    (tmp_path / "bad.apex").write_bytes(b"INT. A\n\xff\n")
    done = apexc("fmt", "bad.apex", "none.apex", ".", "film.apex")
    assert done.returncode == 1
    assert "not UTF-8" in done.stderr and "no file none.apex" in done.stderr and "is a folder" in done.stderr
    assert ugly.read_text() == NEAT
    assert (tmp_path / "bad.apex").read_bytes() == b"INT. A\n\xff\n"


def test_fmt_labels(apexc, ugly):
    done = apexc("fmt", "--label", "film.apex")
    assert done.returncode == 0 and "1 shot labelled" in done.stdout and "#wide-room" in done.stdout
    assert "  SHOT wide #wide-room\n" in ugly.read_text()
    assert apexc("fmt", "--label", "--check", "film.apex").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="rights are other there")
def test_rights_and_links_stay(apexc, ugly, tmp_path):
    ugly.chmod(0o640)
    link = tmp_path / "link.apex"
    link.symlink_to("film.apex")
    assert apexc("fmt", "link.apex").returncode == 0
    assert link.is_symlink() and ugly.read_text() == NEAT
    assert ugly.stat().st_mode & 0o777 == 0o640


def test_a_write_that_fails_leaves_the_file(tmp_path, monkeypatch):
    path = tmp_path / "a.apex"
    path.write_bytes(b"old")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", fails)
    with pytest.raises(OSError):
        files.replace(path, b"new")
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["a.apex"]


WRONG = "INT. ROOM\n  Shot wide\n    color: #222222\n    hold = 2 sec\n    move: push in, ease-outt\n"
RIGHT = "INT. ROOM\n  SHOT wide\n    color: #222222\n    hold: 2s\n    move: push in, ease-out\n"


def test_check_fix_writes(apexc, tmp_path):
    path = tmp_path / "film.apex"
    path.write_bytes(b"\xef\xbb\xbf" + WRONG.replace("\n", "\r\n").encode())
    done = apexc("check", "--fix", "film.apex")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "film.apex: 4 places put right\nfilm.apex: all well, 1 shot, 00:00:02:00\n"
    assert path.read_bytes() == b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()


def test_check_fix_dry_run_shows(apexc, tmp_path):
    path = tmp_path / "film.apex"
    path.write_text(WRONG, encoding="utf-8")
    done = apexc("check", "--fix", "--dry-run", "film.apex")
    assert done.returncode == 0 and path.read_text() == WRONG
    assert done.stdout.startswith("--- a/film.apex\n+++ b/film.apex\n") and "+    hold: 2s\n" in done.stdout
    assert done.stderr == "film.apex: all well, 1 shot, 00:00:02:00\n"
    (tmp_path / "patch").write_text(done.stdout, encoding="utf-8")


def test_dry_run_is_of_fix(apexc):
    assert apexc("check", "--dry-run", "film.apex").returncode == 2


def test_what_a_person_has_to_decide_is_left(apexc, tmp_path):
    path = tmp_path / "film.apex"
    path.write_text("INT. ROOM\n  SHOT wide\n    color: #222222\n    hold: 2\n    Camera: 50 mm\n", encoding="utf-8")
    done = apexc("check", "--fix", "film.apex")
    assert done.returncode == 1 and "E0306" in done.stderr and "film.apex: 2 places put right\n" in done.stdout
    assert path.read_text() == "INT. ROOM\n  SHOT wide\n    color: #222222\n    hold: 2\n    camera: 50mm\n"


def test_check_fix_in_json(apexc, tmp_path):
    (tmp_path / "films").mkdir()
    path = tmp_path / "films" / "film.apex"
    path.write_text(WRONG + "    hold: 3s\n", encoding="utf-8")
    (film,) = json.loads(apexc("check", "--fix", "--dry-run", "--json", "films/film.apex").stdout)["films"]
    assert film["fixed"][0]["path"] == "films/film.apex" and film["fixed"][0]["diff"].startswith(
        "--- a/films/film.apex"
    )
    assert [d["code"] for d in film["diagnostics"]] == ["E0108"]
    assert film["diagnostics"][0]["path"] == "films/film.apex"
    assert path.read_text() == WRONG + "    hold: 3s\n"


def test_a_pipe_gets_no_colour_and_force_color_gives_it(apexc, tmp_path):
    (tmp_path / "film.apex").write_text("INT. ROOM\n  SHOT wide\n    hold: 2q\n", encoding="utf-8")
    assert "\x1b" not in apexc("check", "film.apex").stderr
    assert "\x1b[1;31merror" in apexc("check", "film.apex", FORCE_COLOR="1", NO_COLOR="", TERM="xterm").stderr
    assert "\x1b" not in apexc("check", "film.apex", FORCE_COLOR="1", NO_COLOR="1").stderr
