"""Graphs and argument lists, without FFmpeg: golden text, and that no string of a film can reach further than its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apexlang.plan.model import Encoding, Plan, Title
from apexlang.render import arguments
from apexlang.render.deliver import concat_list
from apexlang.render.filtergraph import escape, graph, list_entry
from apexlang.units import Rate

TAGS = "setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709"


def test_a_plain_segment(build: Callable[..., Plan]) -> None:
    plan = build()
    g = graph(plan, plan.segments[6:7])
    assert (g.drawn.start, g.drawn.frames) == (56, 12)
    first = plan.segments[0]
    alone = graph(plan, [first.model_copy(update={"titles": ()})])
    clock = "settb=1/24,setpts=N"
    assert alone.text == f"[0:v]{TAGS},{clock}[v0];\n[v0]format=yuv420p,{TAGS},{clock}[film]"


def test_a_title_keeps_its_time_wherever_the_film_is_cut(build: Callable[..., Plan]) -> None:
    plan = build("23.976")
    whole = graph(plan, plan.segments)
    assert len(whole.plates) == 2
    assert "settb=1001/24000" in whole.text
    assert "trim=start_frame=0:end_frame=36,setpts=N+4[t0]" in whole.text
    assert "trim=start_frame=0:end_frame=20,setpts=N+60[t1]" in whole.text
    third = graph(plan, plan.segments[2:3])  # film frames 16 to 24
    assert "trim=start_frame=12:end_frame=20,setpts=N+0[t0]" in third.text
    fades = "fade=t=in:start_frame=0:nb_frames=6:alpha=1,fade=t=out:start_frame=30:nb_frames=6:alpha=1"
    assert fades in whole.text and fades in third.text


def test_titles_text_is_not_in_the_graph(build: Callable[..., Plan]) -> None:
    plan = build()
    nasty = Title(text="[film];movie=/etc/passwd[x]'", start=0, frames=5)
    segment = plan.segments[0].model_copy(update={"titles": (nasty,)})
    assert "movie" not in graph(plan, [segment]).text


def test_gaps_are_bugs(build: Callable[..., Plan]) -> None:
    plan = build()
    with pytest.raises(ValueError, match="segment 2"):
        graph(plan, [plan.segments[0], plan.segments[2]])
    with pytest.raises(ValueError, match="no segments"):
        graph(plan, [])


def unescape(text: str) -> str:
    """What FFmpeg does once to a value (av_get_token): quotes hold everything, a backslash holds the next character."""
    out, i, quoted = [], 0, False
    while i < len(text):
        if quoted:
            quoted = text[i] != "'"
            out += [text[i]] if quoted else []
        elif text[i] == "\\" and i + 1 < len(text):
            i += 1
            out.append(text[i])
        elif text[i] == "'":
            quoted = True
        else:
            assert text[i] not in "[],;"
            out.append(text[i])
        i += 1
    return "".join(out)


@given(st.text("ab'\\:[],;=% é\"#", max_size=12))
def test_escaped_strings_come_back(text: str) -> None:
    once = unescape(escape(text))
    assert once.replace("\\\\", "").replace("\\:", "").replace("\\'", "").count(":") == 0
    option = []
    i = 0
    while i < len(once):
        i += once[i] == "\\"
        option.append(once[i])
        i += 1
    assert "".join(option) == text


def test_list_entries() -> None:
    assert list_entry("file:/a b/it's") == "file 'file:/a b/it'\\''s'"
    with pytest.raises(ValueError, match="line end"):
        list_entry("a\nb")


def test_durations_in_the_list_never_add_up_an_error() -> None:
    rate = Rate.of("23.976")
    rows = concat_list([(Path("/x.mp4"), 7)] * 1000, rate).splitlines()
    total = sum(int(r.removeprefix("duration ").replace(".", "")) for r in rows if r.startswith("duration"))
    assert abs(total - rate.seconds(7000) * 1_000_000) <= 1


def test_names_are_never_options_or_patterns(build: Callable[..., Plan], tmp_path: Path) -> None:
    plan = build()
    g = graph(plan, plan.segments)
    plates = [tmp_path / "-i %03d.png", tmp_path / "b:c.png"]
    listed = arguments.encode(g, plates, Encoding(), tmp_path / "-o.mp4")
    inputs = [listed[i + 1] for i, word in enumerate(listed) if word == "-i"]
    assert inputs == ["pipe:0", *(f"file:{p}" for p in plates)]
    assert listed[-1] == f"file:{tmp_path / '-o.mp4'}"
    for wanted in ("-threads", "-x264-params", "-video_track_timescale", "-color_trc"):
        assert wanted in listed
    muxed = arguments.mux(tmp_path / "l", tmp_path / "w", None, tmp_path / "o", Rate(24), "-y; title=x")
    assert "title=-y; title=x" in muxed
    assert arguments.timescale(Rate.of("23.976")) == 24000 and arguments.timescale(Rate(24)) == 24000
    assert arguments.timescale(Rate(30)) == 30000 and arguments.timescale(Rate(25, 2)) == 25000
