"""`explain`, `outline` and `diff` as they are typed, on real files and real repositories."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

FILM = """\
FILM "Night"
  format: 64x36, 24fps
  camera: 35mm, f/4

INT. WAREHOUSE - NIGHT #12#
  SHOT wide #crates
    Crates in the dark.
    hold: 2s

  SHOT close-up #stop
    A hand on a door.
    camera: 85mm
    hold: 2s

  SHOT insert
    A key.
    hold: 1s
"""


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.apex"
    path.write_text(FILM, encoding="utf-8")
    return path


@pytest.fixture
def git(tmp_path):
    def run(*arguments):
        who = {f"GIT_{w}_{k}": "t@example.com" for w in ("AUTHOR", "COMMITTER") for k in ("NAME", "EMAIL")}
        subprocess.run(["git", *arguments], cwd=tmp_path, env={**os.environ, **who}, check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    return run


@pytest.fixture
def history(film, git):
    """Three commits: 85mm, 50mm, and then a longer hold. The working tree has 24mm."""
    texts = [FILM, FILM.replace("85mm", "50mm")]
    texts.append(texts[1].replace("50mm\n    hold: 2s", "50mm\n    hold: 3s"))
    for text in texts:
        film.write_text(text, encoding="utf-8")
        git("add", "film.apex")
        git("commit", "-qm", "more")
    film.write_text(texts[2].replace("50mm", "24mm"), encoding="utf-8")


def test_explain_in_json(apexc, film):
    answered = apexc("explain", "film.apex:stop", "--json")
    assert answered.returncode == 0, answered.stderr
    found = json.loads(answered.stdout)
    assert (found["shot"], found["start"], found["frames"], found["timecode"]) == ("stop", 48, 48, "00:00:02:00")
    table = {v["name"]: v for v in found["values"]}
    assert table["camera.lens_mm"] == {
        "name": "camera.lens_mm",
        "value": "85mm",
        "from": "shot",
        "place": {"file": "film.apex", "line": 12},
        "why": "",
        "overrode": [{"from": "film", "value": "35mm", "place": {"file": "film.apex", "line": 3}}],
    }
    assert table["camera.aperture"]["place"] == {"file": "film.apex", "line": 3}
    assert table["grade.grain"]["from"] == "default" and table["grade.grain"]["place"] is None


def test_explain_a_shot_without_a_label(apexc, film):
    shown = apexc("explain", "film.apex:1.3")
    assert shown.returncode == 0 and shown.stdout.startswith("1.3, insert, in INT. WAREHOUSE - NIGHT #12#")
    near = apexc("explain", "film.apex:stpo")
    assert near.returncode == 1 and "did you mean `stop`?" in near.stderr
    far = apexc("explain", "film.apex:zzzzzz")
    assert "its shots: crates, stop, 1.3" in far.stderr


def test_explain_a_code_in_json(apexc):
    assert json.loads(apexc("explain", "E0312", "--json").stdout)["code"] == "E0312"


def test_outline(apexc, film):
    shown = apexc("outline", "film.apex")
    assert shown.returncode == 0 and max(map(len, shown.stdout.splitlines())) <= 80
    assert "00:00:02:00 - 00:00:04:00     48f  #stop" in shown.stdout
    found = json.loads(apexc("outline", "film.apex", "--json").stdout)
    assert found["timecode"] == "00:00:05:00" and found["scenes"][0]["number"] == "12"
    film.write_text(FILM.replace("85mm", "85kg"), encoding="utf-8")
    wrong = apexc("outline", "film.apex")
    assert wrong.returncode == 1 and "#stop" in wrong.stdout and "error" in wrong.stderr


def test_diff_of_two_files(apexc, film, tmp_path):
    (tmp_path / "new.apex").write_text(FILM.replace("85mm\n    hold: 2s", "50mm\n    hold: 2s 12f"), encoding="utf-8")
    shown = apexc("diff", "film.apex", "new.apex")
    assert (shown.returncode, shown.stderr) == (1, "")
    assert (
        "  close-up #stop: lens 85mm -> 50mm, 12f longer; everything after moves by 12f; re-renders 1 picture, 1 segment\n"
        in shown.stdout
    )
    assert (
        "\x1b" not in shown.stdout
        and "\x1b[" in apexc("diff", "film.apex", "new.apex", NO_COLOR="", FORCE_COLOR="1").stdout
    )
    same = apexc("diff", "film.apex", "film.apex")
    assert same.returncode == 0 and "No difference" in same.stdout
    found = json.loads(apexc("diff", "--json", "film.apex", "new.apex").stdout)
    assert found["different"] and found["shots"][0]["place"] == {"file": "new.apex", "line": 10}
    assert len(found["remake"]["pictures"]) == 1 and found["remake"]["of_segments"] == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("HEAD~1", "film.apex"), ["lens 50mm -> 24mm, 24f longer"]),
        (("HEAD", "film.apex"), ["lens 50mm -> 24mm; re"]),
        (("film.apex",), ["lens 50mm -> 24mm; re"]),
        (("HEAD~2..HEAD", "film.apex"), ["lens 85mm -> 50mm, 24f longer"]),
        (("HEAD~2...HEAD~1", "film.apex"), ["lens 85mm -> 50mm; re"]),
        (("HEAD~2..", "film.apex"), ["lens 85mm -> 50mm, 24f longer"]),
        (("HEAD~2", "HEAD~1", "film.apex"), ["lens 85mm -> 50mm; re"]),
        (("HEAD~2:film.apex", "film.apex"), ["lens 85mm -> 24mm, 24f longer"]),
        (("HEAD~2:film.apex", "HEAD~1:./film.apex"), ["lens 85mm -> 50mm; re"]),
    ],
)
def test_diff_of_revisions(apexc, history, arguments, said):
    shown = apexc("diff", *arguments)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert all(text in shown.stdout for text in said), shown.stdout


def test_diff_touches_nothing(apexc, history, tmp_path):
    before = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    apexc("diff", "HEAD~2", "film.apex")
    assert {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nope", "film.apex"), "no revision `nope`"),
        (("--", "--output=x", "film.apex"), "`--output=x` is not a revision"),
        (("old.apex", "film.apex"), "there is no file `old.apex`"),
        (("film.apex", "nope.apex"), "there is no file `nope.apex`"),
        (("HEAD", "nope.apex"), "no file `nope.apex`"),
        (("nope.apex",), "there is no file `nope.apex`"),
        (("a", "b", "c", "d"), "two versions are compared"),
    ],
)
def test_diff_of_what_is_not_there_is_2(apexc, history, arguments, said):
    shown = apexc("diff", *arguments)
    assert shown.returncode == 2 and shown.stdout == "" and said in shown.stderr, shown.stderr
    assert "Traceback" not in shown.stderr


def test_diff_outside_of_a_repository(apexc, film, tmp_path):
    shown = apexc("diff", "HEAD", "film.apex", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert shown.returncode == 2 and "not in a git repository" in shown.stderr


def test_diff_with_errors_compares_the_rest(apexc, film, tmp_path):
    (tmp_path / "new.apex").write_text(FILM.replace("85mm", "85kg").replace("A key.", "Two keys."), encoding="utf-8")
    shown = apexc("diff", "film.apex", "new.apex")
    assert shown.returncode == 1 and "left out of the comparison" in shown.stderr and "new.apex:12" in shown.stderr
    assert "{+Two keys.+}" in shown.stdout


def test_diff_says_what_render_will_make(apexc, film):
    """What is said to be made again is what the planner finds missing in a store that has all of the old film's jobs."""
    plan = {j["key"] for j in json.loads(apexc("plan", "--json", "film.apex").stdout)["jobs"]}
    film.with_name("new.apex").write_text(FILM.replace("85mm\n    hold: 2s", "50mm\n    hold: 3s"), encoding="utf-8")
    jobs = [j for j in json.loads(apexc("plan", "--json", "new.apex").stdout)["jobs"] if j["key"] not in plan]
    remake = json.loads(apexc("diff", "--json", "film.apex", "new.apex").stdout)["remake"]
    counts = {kind: sum(j["kind"] == kind for j in jobs) for kind in ("generate", "segment")}
    assert counts == {"generate": len(remake["pictures"]), "segment": len(remake["segments"])}
    assert {j["label"] for j in jobs if j["kind"] == "segment"} == {s["name"] for s in remake["segments"]}
