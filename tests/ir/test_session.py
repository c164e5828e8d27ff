"""A film that is edited is compiled to the same as afresh: film, diagnostics and timeline, to the last place."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apexlang.compiler import Session, compile
from apexlang.ir import load_source
from apexlang.ir.resolve import Settler
from apexlang.ir.session import Session as Reading
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT / "tests" / "suite"
FILMS = [path.read_text("utf-8") for path in sorted(SUITE.glob("*.apex"))]
FILMS += [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*/[!.]*.apex"))]
LINES = sorted({line for text in FILMS for line in text.split("\n") if not line.lstrip().startswith("// !")})
SEVERAL = "\n".join(text for text in FILMS[:12])


def same(session: Reading, world: World, text: str, before: Settler | None = None) -> Settler | None:
    source = Source("film.apex", text)
    again, afresh = session.load_source(source), load_source(world, source)
    assert again.diagnostics == afresh.diagnostics
    assert again.sources == afresh.sources
    assert again.film == afresh.film
    if again.film is None or afresh.film is None:
        return before
    settler = Settler(again.film, before)
    assert lay_out(again.film, settler) == lay_out(afresh.film)
    return settler


@st.composite
def edits(draw: st.DrawFn) -> list[str]:
    """A film and what becomes of it, edit by edit."""
    several = draw(st.lists(st.sampled_from(FILMS), min_size=1, max_size=3))
    text = "\n".join(several).split("\n")
    out = ["\n".join(text)]
    for _ in range(draw(st.integers(1, 6))):
        k = draw(st.integers(0, len(text) - 1))
        match draw(st.integers(0, 7)):
            case 0:
                del text[k]
                text = text or [""]
            case 1:
                text.insert(k, draw(st.sampled_from(LINES)))
            case 2:
                text[k] = draw(st.sampled_from(LINES))
            case 3:
                text[k] = " " * draw(st.integers(0, 6)) + text[k].lstrip()
            case 4:
                text[k] = text[k][: draw(st.integers(0, len(text[k])))]
            case 5:
                text.insert(
                    k, draw(st.sampled_from(["", "/* set", "aside */", "  ", "// a note", "\tSHOT wide", "{x}"]))
                )
            case 6:
                j = draw(st.integers(0, len(text)))
                text[j:j] = text[k : k + draw(st.integers(1, 12))]
            case _:
                at = draw(st.integers(0, len(text[k])))
                text[k] = text[k][:at] + draw(st.sampled_from('aB0 :#,.!/-={}"(')) + text[k][at:]
        out.append("\n".join(text))
    return out


@given(edits())
@settings(
    deadline=None,
    max_examples=int(os.environ.get("APEX_FUZZ", "150")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_edit_gives_what_a_fresh_compile_gives(texts: list[str]) -> None:
    world = World(SUITE)
    session = Reading(world)
    settler = None
    for text in texts:
        settler = same(session, world, text, settler)


def test_a_file_that_comes_goes_or_changes_is_seen(tmp_path: Path) -> None:
    world = World(tmp_path)
    session = Reading(world)
    text = 'USE "cast.apex"\nINT. A\n  SHOT wide of SARAH\n    still: "a.png"\nINT. B\n  SHOT wide\n'
    same(session, world, text)
    (tmp_path / "cast.apex").write_text("CHARACTER SARAH\n  A pilot.\n")
    same(session, world, text)
    (tmp_path / "a.png").write_bytes(b"not looked into here")
    same(session, world, text)
    (tmp_path / "cast.apex").write_text("CHARACTER SARA\n  A pilot.\n")
    same(session, world, text)
    (tmp_path / "a.png").unlink()
    same(session, world, text)
    (tmp_path / "a.png").mkdir()
    same(session, world, text + "    hold: 2s\n")


def test_what_is_not_touched_is_the_same_object(tmp_path: Path) -> None:
    world = World(tmp_path)
    session = Reading(world)
    scenes = [f"INT. ROOM {n} - DAY\n  SHOT wide #s{n}\n    hold: {n + 1}s\n\n" for n in range(9)]
    first = session.load_source(Source("film.apex", "".join(scenes))).film
    scenes[4] = scenes[4].replace("5s", "7s")
    second = session.load_source(Source("film.apex", "".join(scenes))).film
    assert first is not None and second is not None
    assert [a is b for a, b in zip(first.scenes, second.scenes, strict=True)] == [n != 4 for n in range(9)]


def test_a_session_of_the_compiler_answers_as_compile_does(tmp_path: Path) -> None:
    path = tmp_path / "film.apex"
    path.write_text("INT. A - DAY\n  SHOT wide #a\n    hold: 2s\n")
    session = Session(path)
    for text in (None, "INT. A - DAY\n  SHOT wide #a\n    hold: 2q\n", "INT. A\n  SHOT wide #a\n    hold: 3s\n", None):
        made = session.compile(text)
        if text is not None:
            path.write_text(text)
        fresh = compile(path)
        assert (made.ir, made.diagnostics, made.timeline) == (fresh.ir, fresh.diagnostics, fresh.timeline)
