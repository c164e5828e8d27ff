"""What the commands answer: text, JSON, exit status, streams, and the time they take to begin."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexlang.cli.sheets.panels import Panel, Sheet
from apexlang.cli.sheets.wall import draw, rows
from apexlang.plan.model import SceneLine
from apexlang.version import __version__

from .conftest import ROOT


def test_help_fits_a_screen(apexc):
    shown = apexc("--help", COLUMNS="80")
    lines = shown.stdout.rstrip().splitlines()
    assert shown.returncode == 0
    assert len(lines) <= 29 and max(map(len, lines)) <= 80, shown.stdout  # each of seventeen commands has one
    for command in (
        "new",
        "check",
        "fmt",
        "plan",
        "render",
        "why",
        "watch",
        "still",
        "sheet",
        "gallery",
        "explain",
        "outline",
        "diff",
        "doctor",
        "store",
    ):
        assert f"\n  {command} " in shown.stdout


def test_version(apexc):
    assert apexc("--version").stdout == f"apexc {__version__}\n"


@pytest.mark.parametrize(
    "wrong", [["rendr"], ["render"], ["check", "--jsn", "a.apex"], ["plan", "a.apex", "--json", "--graph"]]
)
def test_wrong_usage_is_2(apexc, wrong):
    answered = apexc(*wrong)
    assert answered.returncode == 2
    assert answered.stdout == "" and answered.stderr


def test_check_says_what_is_there(apexc, tiny):
    answered = apexc("check", "tiny.apex")
    assert (answered.returncode, answered.stderr) == (0, "")
    assert answered.stdout == "tiny.apex: all well, 2 shots, 00:00:00:22\n"


def test_check_reports_every_error_of_every_file(apexc, tiny, tmp_path):
    (tmp_path / "bad.apex").write_text(
        'FILM "Bad"\n  formt: 64x36\nINT. ROOM\n  SHOT wide\n    hold: 5kg\n', encoding="utf-8"
    )
    answered = apexc("check", "bad.apex", "tiny.apex")
    assert answered.returncode == 1
    assert "bad.apex:2:3" in answered.stderr and "bad.apex:5:11" in answered.stderr
    assert "2 errors" in answered.stderr and "tiny.apex: all well" in answered.stdout


def test_check_in_json(apexc, tiny, tmp_path):
    (tmp_path / "bad.apex").write_text("INT. ROOM\n  SHOT wide\n    hold: 5kg\n", encoding="utf-8")
    answered = apexc("check", "--json", "tiny.apex", "bad.apex")
    assert (answered.returncode, answered.stderr) == (1, "")
    good, bad = json.loads(answered.stdout)["films"]
    assert good == {"path": "tiny.apex", "ok": True, "shots": 2, "frames": 22, "diagnostics": []}
    assert bad["diagnostics"][0]["code"] == "E0305" and bad["diagnostics"][0]["range"]["start"]["line"] == 2


def test_check_loads_nothing_heavy(tiny):
    code = (
        "import sys; from apexlang.cli import main; sys.argv = ['apexc', 'check', 'tiny.apex']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'numpy', 'numba', 'rich', 'PIL', 'av', 'librosa'} & set(sys.modules)))"
    )
    answered = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tiny.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answered.stdout.splitlines()[-1] == "[]", answered.stdout + answered.stderr


def test_plan(apexc, tiny):
    shown = apexc("plan", "tiny.apex").stdout
    assert "64x36, 24 frames a second, 22 frames" in shown
    assert "INT. ROOM - DAY  #1#" in shown
    assert "00:00:00:12     10f  blue" in shown and "(+2 before, +0 after)" in shown
    assert "To make: 3 segments" in shown
    data = json.loads(apexc("plan", "tiny.apex", "--json").stdout)
    assert [shot["frames"] for shot in data["shots"]] == [12, 10]
    assert apexc("plan", "tiny.apex", "--graph").stdout.startswith("[0:v]")


def test_every_place_is_said_as_seen_from_here(apexc, tmp_path):
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "f.apex").write_text(
        'FILM "F"\nINT. ROOM\n  SHOT wide #a\n    color: #222222\n  SHOT wide #a\n    color: #222222\n',
        encoding="utf-8",
    )
    said = apexc("check", "films/f.apex").stderr
    assert "--> films/f.apex:5:13" in said
    assert "::: films/f.apex:3:13" in said and "-- first defined here" in said


def test_explain_a_code(apexc):
    answered = apexc("explain", "e0312")
    assert answered.returncode == 0 and answered.stdout.startswith("E0312: ")
    assert "```" not in answered.stdout
    unknown = apexc("explain", "E9999")
    assert unknown.returncode == 1 and "no code E9999" in unknown.stderr
    assert apexc("explain", "what").returncode == 2
    assert json.loads(apexc("explain", "E0312", "--json").stdout)["code"] == "E0312"


def test_explain_a_shot(apexc, tmp_path):
    (tmp_path / "film.apex").write_text(
        'FILM "F"\n  hold: 2s\n  camera: 35mm, f/4\nINT. ROOM\n  hold: 3s\n  SHOT wide #a\n    color: #222222\n    camera: 85mm\n',
        encoding="utf-8",
    )
    shown = apexc("explain", "film.apex:a").stdout
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "hold 3s scene, film.apex:5" in rows
    assert "2s overrode: film, film.apex:2" in rows
    assert "lens 85mm shot, film.apex:8" in rows
    assert "aperture f/4 film, film.apex:3" in rows
    values = {v["name"]: v for v in json.loads(apexc("explain", "film.apex:a", "--json").stdout)["values"]}
    assert values["hold"]["overrode"][0]["value"] == "2s"
    missing = apexc("explain", "film.apex:b")
    assert missing.returncode == 1 and "no shot `b`" in missing.stderr


def test_doctor(apexc):
    answered = apexc("doctor", "--json", GEMINI_API_KEY="sesame-4711")
    assert answered.returncode == 0, answered.stderr
    assert "sesame-4711" not in answered.stdout + answered.stderr
    found = {f["name"]: f for f in json.loads(answered.stdout)["findings"]}
    assert found["previz"]["state"] == "ok" and found["FFmpeg"]["state"] == "ok"
    assert all(f["text"] for f in found.values())
    without = apexc("doctor", APEX_FFMPEG="/nowhere/ffmpeg")
    assert without.returncode == 1 and "! FFmpeg" in without.stdout


def test_still(apexc, tiny, tmp_path):
    answered = apexc("still", "tiny.apex", "#red", "--at", "2f", "-o", "red.png")
    assert (answered.returncode, answered.stdout) == (0, "red.png\n"), answered.stderr
    picture = np.asarray(Image.open(tmp_path / "red.png"))
    assert picture.shape == (36, 64, 3)
    assert np.abs(picture.astype(int) - (0x80, 0x30, 0x20)).max() <= 3
    assert apexc("still", "tiny.apex", "red", "--at", "soon").returncode == 2
    near = apexc("still", "tiny.apex", "bleu")
    assert near.returncode == 1 and "did you mean `blue`?" in near.stderr


def test_sheet(apexc, tiny, tmp_path):
    answered = apexc("sheet", "tiny.apex")
    assert (answered.returncode, answered.stdout) == (0, "out/tiny-sheet.png\n"), answered.stderr
    assert Image.open(tmp_path / "out" / "tiny-sheet.png").width == 2000


def _tile(scene: int, number: int) -> Panel:
    return Panel("no picture", scene, number, f"s{number}", "00:00:00:00", "wide", "", "", "12f", "", (), ())


def test_short_scenes_share_a_row_and_long_ones_go_on_below():
    laid = rows(tuple(_tile(scene, i) for i, scene in enumerate([0, 0, 1, 2, 2, 2, 2, 2, 3])), 4)
    assert [[(run.scene, run.column, len(run.tiles), run.begins) for run in row.runs] for row in laid] == [
        [(0, 0, 2, True), (1, 2, 1, True)],
        [(2, 0, 4, True)],
        [(2, 0, 1, False)],
        [(3, 0, 1, True)],
    ]


def test_a_sheet_of_a_thousand_shots_stays_a_picture():
    tiles = tuple(_tile(i // 40, i) for i in range(1000))
    scenes = tuple(SceneLine(number=str(n), heading=f"INT. ROOM {n}" * 9, synopsis=("long " * 80,)) for n in range(25))
    assert draw(Sheet("T", (), "", scenes, tiles)).shape[0] <= 30_000


def test_new_renders_at_once_and_overwrites_nothing(apexc, tmp_path: Path):
    assert apexc("new", "Mein Film").returncode == 0
    film = tmp_path / "Mein Film" / "mein_film.apex"
    assert (tmp_path / "Mein Film" / ".gitignore").read_text().splitlines()[-2:] == ["out/", ".apex/"]
    checked = apexc("check", str(film))
    assert (checked.returncode, checked.stderr) == (0, "")
    film.write_text("mine", encoding="utf-8")
    again = apexc("new", "Mein Film")
    assert again.returncode == 1 and "nothing is overwritten" in again.stderr
    assert film.read_text(encoding="utf-8") == "mine"
    (tmp_path / "file").write_text("")
    assert apexc("new", "file").returncode == 1
