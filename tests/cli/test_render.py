"""Rendering by the command: outputs, reuse, stopping, and bad input that leaves the last good film."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from apexlang.cli import main

from .conftest import ROOT, TINY


def test_a_second_render_does_nothing_and_says_so(apexc, tiny, tmp_path):
    first = apexc("render", "tiny.apex")
    assert first.returncode == 0, first.stderr
    assert "out/tiny.mp4: 22 frames, 0.92 s" in first.stdout and "made: 3 segments" in first.stdout
    assert "Making 3 segments (22 frames)" in first.stderr
    again = apexc("render", "tiny.apex")
    assert again.stdout == "Nothing to do: out/tiny.mp4 is this film (22 frames, 0.92 s).\n"
    tiny.write_text(TINY.replace("#203080", "#208030"), encoding="utf-8")
    changed = apexc("render", "tiny.apex")
    assert "made: 2 segments" in changed.stdout and "kept: 1 segment" in changed.stdout


def test_where_it_goes(apexc, tiny, tmp_path):
    assert apexc("render", "tiny.apex", "-o", "a b/ü 100%.mp4", "--draft").returncode == 0
    assert (tmp_path / "a b" / "ü 100%.mp4").stat().st_size > 500
    only = apexc("render", "tiny.apex", "--only", "blue")
    assert only.returncode == 0 and "out/tiny_blue.mp4: " in only.stdout, only.stdout + only.stderr
    wrong = apexc("render", "tiny.apex", "--only", "bleu")
    assert wrong.returncode == 1 and "did you mean `blue`?" in wrong.stderr


BAD = {
    "empty file": ("", "is empty"),
    "not text": (b"\x00\x01\x02\xff" * 20, "not text"),
    "latin-1": ('FILM "Café"\n'.encode("latin-1"), "not UTF-8"),
    "utf-16": (TINY.encode("utf-16"), "UTF-16"),
    "unknown keyword": (TINY.replace("SHOT wide", "Shot wide"), "tiny.apex:7"),
    "unknown property": (TINY.replace("hold: 12f", "hodl: 12f"), "`hold`"),
    "unknown name": (
        TINY.replace("INT.", "INT.", 1).replace("    color: #803020", "    color: #803020\n    grade: std.grades.nior"),
        "std.grades.noir",
    ),
    "wrong unit": (TINY.replace("hold: 12f", "hold: 35mm"), "tiny.apex:9:11"),
    "out of range": (TINY.replace("64x36", "63x36"), "tiny.apex:2"),
    "no time": (TINY.replace("hold: 12f", "hold: 0f"), "tiny.apex:9:11"),
    "long dissolve": (TINY.replace("DISSOLVE 4f", "DISSOLVE 60f"), "tiny.apex:11"),
    "missing picture": (TINY.replace("color: #803020", 'still: "gone.png"'), "gone.png"),
    "empty picture": (TINY.replace("color: #803020", 'still: "empty.png"'), "empty.png"),
    "broken picture": (TINY.replace("color: #803020", 'still: "broken.png"'), "broken.png"),
    "missing footage": (TINY.replace("color: #803020", 'clip: "gone.mp4"'), "gone.mp4"),
    "broken footage": (TINY.replace("color: #803020", 'clip: "broken.mp4"'), "broken.mp4"),
    "broken sound": (TINY.replace("  format:", '  music: "broken.wav"\n  format:'), "broken.wav"),
    "outside": (TINY.replace("color: #803020", 'still: "../../etc/passwd.png"'), "outside the project"),
    "circle": ('USE "tiny.apex"\n' + TINY, "tiny.apex:1"),
    "two labels": (TINY.replace("#blue", "#red"), "tiny.apex:13"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_with_its_place_and_costs_nothing(
    tiny, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """In this process: twenty starts of Python would be most of this file's time."""
    text, said = BAD[name]
    for broken in ("broken.png", "broken.mp4", "broken.wav"):
        (tmp_path / broken).write_bytes(b"RIFF\x89PNG no such thing" * 9)
    (tmp_path / "empty.png").touch()
    film = tmp_path / "out" / "tiny.mp4"
    film.parent.mkdir()
    film.write_bytes(b"the last good film")
    tiny.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["apexc", "render", "tiny.apex"])
    with pytest.raises(SystemExit) as end:
        main()
    answered = capsys.readouterr()
    if name == "unknown keyword":  # prose that looks like a keyword: a warning with its fix, and the rest stands
        assert "SHOT" in answered.err
    else:
        assert end.value.code == 1, answered.out + answered.err
        assert film.read_bytes() == b"the last good film"
    assert said in answered.err, answered.err
    assert "tiny.apex" in answered.err


def test_no_such_file(apexc):
    for command in (["check"], ["render"], ["plan"], ["sheet"], ["still"]):
        answered = apexc(*command, "nowhere.apex", *(["a"] if command == ["still"] else []))
        assert answered.returncode == 1 and "nowhere.apex" in answered.stderr, answered.stderr
        assert "Traceback" not in answered.stderr


@pytest.mark.skipif(os.name == "nt", reason="a read-only folder on Windows takes new files")
def test_no_right_to_write(apexc, tiny, tmp_path: Path):
    (tmp_path / "out").write_text("a file where a folder should be")
    answered = apexc("render", "tiny.apex")
    assert answered.returncode == 1 and "out" in answered.stderr
    assert "Traceback" not in answered.stderr


ODD = "ä b'c%d:e 雨.apex" if os.name != "nt" else "ä b'c%d 雨.apex"


def test_any_name_will_do(apexc, tmp_path: Path):
    picture = ODD.replace(".apex", ".png").replace(":", "")
    Image.new("RGB", (64, 36), (90, 60, 30)).save(tmp_path / picture)
    text = (
        TINY.replace("color: #803020", f'still: "{picture}"')
        .replace("#blue", "#雨-50")
        .replace("Tiny", "It''s 100%: 雨")
    )
    (tmp_path / ODD).write_text(text, encoding="utf-8")
    rendered = apexc("render", ODD)
    assert rendered.returncode == 0, rendered.stderr
    assert (tmp_path / "out" / ODD.replace(".apex", ".mp4")).exists()
    still = apexc("still", ODD, "雨-50")
    assert still.returncode == 0 and (tmp_path / still.stdout.strip()).exists(), still.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_ctrl_c_leaves_no_half_file_and_the_next_run_goes_on(apexc, tmp_path: Path):
    film = tmp_path / "long.apex"
    shots = "".join(
        f"  SHOT wide #s{n}\n    color: #20{n:02d}40\n    hold: 20s\n    move: push in 1.0 -> 1.2\n"
        for n in range(10, 40)
    )
    film.write_text(f'FILM "Long"\n  format: 640x360, 24fps\nINT. ROOM\n{shots}', encoding="utf-8")
    # A test run in the background inherits that SIGINT is ignored; a person's terminal does not.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import apexlang.cli as c; c.main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "render", "long.apex"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("  segment"):
            break
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, out + err
    assert time.monotonic() - began < 20
    assert "Stopped. What was finished is kept" in err and "Traceback" not in err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
    assert "There already: " in apexc("plan", "long.apex").stdout
