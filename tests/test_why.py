"""Why things are made again: the words, and that the jobs that are made are those that `why` and `diff` had told before."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from PIL import Image

from apexlang import making
from apexlang.compiler import compile
from apexlang.options import Options
from apexlang.plan.reasons import Why
from apexlang.reading.difference import compare
from apexlang.reading.sides import Side, side
from apexlang.render.events import Event, JobDone
from apexlang.render.run import Failure, Report
from apexlang.render.store import Store, upkeep
from apexlang.source import World

FILM = """\
FILM "Why"
  format: 64x36, 24fps
  music: "m.wav"

GRADE night
  primary: contrast +15%
  finish: grain 10%

INT. ROOM - DAY #1#
  grade: night

  SHOT wide #red
    color: #803020
    hold: 8f

  DISSOLVE 4f

  SHOT close-up #still
    still: "a.png"
    move: push in 1.0 -> 1.1
    hold: 10f

  SHOT medium #blue
    color: #203080
    hold: 8f
    SUPER: Blue

  SHOT insert #end
    color: #208030
    hold: 6f
"""

Jobs = list[tuple[str, str]]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    Image.fromarray(np.full((36, 64, 3), 90, np.uint8)).save(tmp_path / "a.png")
    sf.write(tmp_path / "m.wav", 0.2 * np.sin(np.arange(48_000 * 2) * 0.05), 48_000)
    path = tmp_path / "film.apex"
    path.write_text(FILM)
    return path


def why(film: Path, **options: object) -> Why:
    found = compile(film, options=Options(**options)).why()  # type: ignore[arg-type]
    assert isinstance(found, Why), found
    return found


def render(film: Path, only: tuple[str, ...] = (), **options: object) -> Report:
    made = compile(film, options=Options(**options)).render(only=only)  # type: ignore[arg-type]
    assert isinstance(made, Report), made
    return made


def told(found: Why | Report) -> dict[str, str]:
    """What is made, and why, by kind and label."""
    jobs = found.jobs if isinstance(found, Why) else found.why
    return {f"{j.kind} {j.label}": ", ".join(r.says for r in j.reasons) for j in jobs if j.state == "made"}


def edit(film: Path, *pairs: tuple[str, str]) -> None:
    text = film.read_text()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    film.write_text(text)


def test_the_first_render_and_one_that_has_nothing_to_do(film: Path) -> None:
    first = why(film)
    assert first.since == "first" and set(told(first).values()) == {"not made before"}
    made = render(film)
    assert {(j.kind, j.label) for j in first.jobs if j.state == "made"} == set(made.made)
    again = why(film)
    assert again.since == "here" and told(again) == {} and {j.state for j in again.jobs} == {"there"}
    assert render(film).unchanged


@pytest.mark.parametrize(
    ("old", "new", "jobs"),
    [
        ("#803020", "#903020", {
            "segment #red": "picture color #803020 -> color #903020",
            "segment #red to #still": "picture color #803020 -> color #903020",
        }),
        ("grain 10%", "grain 20%", dict.fromkeys(
            ("segment #red", "segment #red to #still", "segment #still", "segment #blue", "segment #end"),
            "grade grain 10% -> 20% (grade night)",
        )),
        ("1.0 -> 1.1", "1.0 -> 1.3", {
            "segment #still": "move push in 1 -> 1.1 -> push in 1 -> 1.3",
            "segment #red to #still": "move push in 1 -> 1.1 -> push in 1 -> 1.3",
        }),
        ("hold: 6f", "hold: 9f", {"segment #end": "3f longer", "mix sound": "the film is 3f longer"}),
        ("SUPER: Blue", "SUPER: Bluer", {"segment #blue": "title over it “Blue” -> “Bluer”"}),
        ("DISSOLVE 4f", "DISSOLVE 6f", {
            "segment #red": "after it dissolve 4f -> dissolve 6f",
            "segment #red to #still": "dissolve 4f -> dissolve 6f",
            "segment #still": "into it dissolve 4f -> dissolve 6f",
        }),
        ('"m.wav"', '"m.wav", -3dB', {"mix sound": 'music "m.wav" -> "m.wav", -3dB'}),
        ('FILM "Why"', 'FILM "Because"', {}),
        ("INT. ROOM - DAY #1#\n", "INT. ROOM - DAY #1#\n  // a comment\n\n", None),
    ],
)  # fmt: skip
def test_the_words(film: Path, old: str, new: str, jobs: dict[str, str] | None) -> None:
    render(film)
    edit(film, (old, new))
    before = told(why(film))
    made = render(film)
    assert told(made) == before
    before.pop("mux film", None)
    assert before == (jobs or {})
    assert made.unchanged == (jobs is None)


def test_places_are_those_of_the_new_text(film: Path) -> None:
    render(film)
    edit(film, ("FILM", "// one line more\nFILM"), ("hold: 6f", "hold: 7f"))
    found = next(j for j in why(film).jobs if j.label == "#end")
    (reason,) = found.reasons
    line = film.read_text().split("\n").index("    hold: 7f")
    assert (reason.path, reason.line) == ("film.apex", line)


def test_files_with_other_contents(film: Path) -> None:
    render(film)
    Image.fromarray(np.full((36, 64, 3), 120, np.uint8)).save(film.parent / "a.png")
    sf.write(film.parent / "m.wav", 0.1 * np.sin(np.arange(48_000 * 2) * 0.07), 48_000)
    found = told(why(film))
    assert found["segment #still"] == "the file a.png has other contents"
    assert found["mix sound"] == "the file m.wav has other contents"
    assert told(render(film)) == found


def test_what_the_store_has_lost_or_hurt(film: Path) -> None:
    render(film)
    root = film.parent / ".apex"
    plan = compile(film).plan()
    with Store(root) as store:
        store.remove(plan.segments[0].key)
        hurt = store.path(plan.segments[2].key)
    assert hurt is not None
    shutil.rmtree(film.parent / "out")
    data = bytearray(hurt.read_bytes())
    data[len(data) // 2] ^= 1
    hurt.write_bytes(bytes(data))
    assert told(why(film)) == {
        "segment #red": "the store has lost it",
        "mux film": "its file film.mp4 is not there, or is another",
    }
    made = told(render(film))
    assert made["segment #red"] == "the store has lost it" and made["segment #still"] == "it was damaged in the store"


def test_another_version_of_a_tool(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(film)
    find = making.find
    monkeypatch.setattr(making, "find", lambda wanted=None: replace(find(wanted), version="n10.1"))
    found = told(why(film))
    assert set(found) == {
        "segment #red",
        "segment #red to #still",
        "segment #still",
        "segment #blue",
        "segment #end",
        "mux film",
    }
    assert found["segment #end"].startswith("FFmpeg n9") and found["segment #end"].endswith("-> n10.1")


def test_a_generated_picture_and_the_segments_that_show_it(film: Path) -> None:
    edit(film, ('    still: "a.png"\n', "    A lamp on a table.\n    camera: 85mm\n"))
    compiled = compile(film)
    before = compiled.plan()
    edit(film, ("85mm", "50mm"))
    with Store(film.parent / ".apex") as store:  # noted as rendered, without the minute that drawing takes
        project = compiled._project
        with project._bench() as bench:
            memory = project._memory(replace(bench, store=store))
            project._planned(bench)
            memory.chosen = bench.chooser.chosen
            memory.keep(before)
    found = told(why(film))
    assert found["generate #still"] == "lens 85mm -> 50mm"
    assert found["segment #still"] == "its picture changed because lens 85mm -> 50mm"
    assert found["segment #red to #still"] == "the picture of #still changed because lens 85mm -> 50mm"
    assert found["segment #red"] == "the store has lost it"


def test_an_excerpt_is_remembered_by_itself(film: Path) -> None:
    render(film)
    edit(film, ("#208030", "#308030"))
    assert told(render(film, ("end",)))["segment #end"] == "picture color #208030 -> color #308030"
    edit(film, ("#308030", "#408030"))
    assert told(why(film))["segment #end"] == "picture color #308030 -> color #408030"
    edit(film, ("#803020", "#903020"))
    assert told(why(film))["segment #red"] == "picture color #803020 -> color #903020"


def test_a_film_rendered_in_one_piece(film: Path) -> None:
    made = compile(film).render(whole=True)
    assert isinstance(made, Report) and [k for k, _ in made.made] == ["mix", "film", "mux"]
    (film.parent / "out" / "film.mp4").unlink()
    found = told(why(film))
    assert found["segment #red"] == "the film was rendered in one piece before"
    edit(film, ("#803020", "#903020"))
    assert told(why(film))["segment #red"] == "picture color #803020 -> color #903020"


def test_two_clones_and_one_store(film: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    render(film, store=shared)
    assert not (film.parent / ".apex").exists()
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("a.png", "m.wav", "film.apex"):
        shutil.copy(film.parent / name, clone / name)
    other = clone / "film.apex"
    assert told(why(other, store=shared)) == {"mux film": "its file film.mp4 is not there, or is another"}
    edit(other, ("#803020", "#903020"))
    found = why(other, store=shared)
    assert found.since == "elsewhere" and told(found)["segment #red"] == "picture color #803020 -> color #903020"
    assert [k for k, _ in render(other, store=shared).made] == ["segment", "segment", "mux"]
    edit(film, ("hold: 6f", "hold: 7f"))
    found = why(film, store=shared)
    assert found.since == "here" and set(told(found)) == {"segment #end", "mix sound", "mux film"}
    names = [p.relative_to(shared).as_posix() for p in shared.rglob("*")]
    assert not any(word in name for name in names for word in ("film.apex", "clone", "why")), (
        "no name in the store's names"
    )
    for note in (shared / "made").rglob("*.json"):
        assert "a.png" not in note.read_text() and str(tmp_path) not in note.read_text()


EDITS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda t, d: t.replace("hold: 6f", f"hold: {d.randint(5, 12)}f"),
    lambda t, d: t.replace("#803020", f"#80{d.randint(10, 99)}20"),
    lambda t, d: t.replace("#203080", "#203081").replace("Blue", f"Blue {d.randint(0, 9)}"),
    lambda t, d: t.replace("DISSOLVE 4f", f"DISSOLVE {d.choice((2, 4, 6))}f"),
    lambda t, d: t.replace("DISSOLVE 4f\n", "FADE OUT 4f\n"),
    lambda t, d: t.replace("  SHOT insert", f"  SHOT full #new{d.randint(0, 9)}\n    color: #111111\n    hold: 5f\n\n  SHOT insert"),
    lambda t, d: t.replace("grain 10%", f"grain {d.randint(11, 30)}%"),
    lambda t, d: t.replace("1.0 -> 1.1", f"1.0 -> 1.{d.randint(2, 5)}"),
    lambda t, d: t.replace("  SHOT insert #end\n    color: #208030\n    hold: 6f\n", ""),
    lambda t, d: re.sub('music: "m.wav".*', f'music: "m.wav", -{d.randint(1, 99) / 10}dB', t),
)  # fmt: skip


def test_what_is_made_is_what_why_and_diff_had_told(film: Path) -> None:
    dice = random.Random(3)
    render(film)
    for number in range(8):
        old = film.read_text()
        text = old
        for change in dice.sample(EDITS, dice.randint(1, 2)):
            text = change(text, dice)
        sides = []
        for version in (old, text):
            film.write_text(version)
            made = side(World(film.parent), film.name, "v")
            assert isinstance(made, Side)
            sides.append(made)
        work = compare(*sides).work
        assert work is not None
        before = why(film)
        events: list[Event] = []
        report = compile(film).render(report=events.append)
        assert isinstance(report, Report)
        assert {(e.kind, e.key) for e in events if isinstance(e, JobDone) and not e.cached} == {
            (j.kind, j.key) for j in before.jobs if j.state == "made"
        }, number
        segments = sorted(label for kind, label in report.made if kind == "segment")
        assert segments == sorted(name for name, _ in work.segments.values()), (number, text)
        assert (("mix", "sound") in report.made) == work.sound and report.unchanged != work.film
        assert told(report) == told(before), number


def test_gc_keeps_what_a_film_needs_and_goes_by_use(film: Path) -> None:
    render(film)
    first = compile(film).needed()
    edit(film, ("#803020", "#903020"), ("#203080", "#303080"))
    render(film)
    with Store(film.parent / ".apex") as store:
        gone = upkeep.gc(store, 0, compile(film).needed(), dry_run=True)
        assert gone.removed == 3 and store.has(next(iter(first & {k for k in first if store.has(k)})))
        done = upkeep.gc(store, 0, compile(film).needed())
        assert done.keys == gone.keys and done.freed == gone.freed
    assert not isinstance(compile(film).render(), Failure)
    assert told(why(film)) == {}
    edit(film, ("#903020", "#803020"))
    assert told(why(film))["segment #red"].startswith("picture color #903020")
