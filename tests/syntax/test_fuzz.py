"""Any bytes whatever end in diagnostics or a film, never in a traceback; spans always lie in the text.

`APEX_FUZZ=5000 pytest tests/syntax/test_fuzz.py` is the long run.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apexlang.diagnostics import as_json, render
from apexlang.ir import load_source
from apexlang.ir.table import PROPERTIES
from apexlang.plan.timeline import lay_out
from apexlang.source import Problem, Source, World, decode

SUITE = Path(__file__).parents[1] / "suite"
FILMS = [path.read_text("utf-8") for path in sorted(SUITE.glob("*.apex"))]
WORLD = World(SUITE)
RELAXED = settings(
    deadline=None,
    max_examples=int(os.environ.get("APEX_FUZZ", "150")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def survives(text: str) -> None:
    film, found, sources = load_source(WORLD, Source("film.apex", text))
    if film is not None:
        found = (*found, *lay_out(film).diagnostics)
    for d in found:
        assert d.message
        as_json(d, sources)
        render(d, sources)
        for span in [d.span, *(s for s, _ in d.secondary), *(place for fix in d.fixes for place, _ in fix.edits)]:
            if span is None or span.path not in sources:
                continue
            lines = sources[span.path].lines
            assert 0 <= span.line <= span.end_line < len(lines)
            assert (span.line, span.col) <= (span.end_line, span.end_col)
            assert span.end_col <= max(len(lines[span.end_line]), 0) + 2


@given(st.binary(max_size=400))
@RELAXED
def test_any_bytes(data: bytes) -> None:
    source = decode("film.apex", data)
    if not isinstance(source, Problem):
        survives(source.text)


@given(st.text(max_size=400))
@RELAXED
def test_any_text(text: str) -> None:
    survives(text)


words = st.sampled_from(
    [
        "FILM",
        "USE",
        "CHARACTER",
        "LOOK",
        "GRADE",
        "SHOT",
        "INT.",
        "EXT.",
        "CUT",
        "DISSOLVE",
        "FADE",
        "IN",
        "OUT",
        "TO:",
        "FROM",
        "AS",
        "of",
        "and",
        "SUPER:",
        "TITLE",
        "SET",
        "/-",
        "!",
        "=",
        "//",
        "/*",
        "*/",
        "wide",
        "close-up",
        "SARAH:",
        "SARAH",
        "(low):",
        "@张伟：",
        "#a",
        "#a#1#",
        '"a.png"',
        '"a',
        "std.looks.clean",
        "std.grades.noir",
        "none",
        "static",
        "push",
        "in",
        "pan",
        "ken",
        "burns",
        "12f",
        "2s",
        "35mm",
        "f/2.8",
        "ISO",
        "800",
        "1.0",
        "->",
        "1.2",
        "(0.3,",
        "0.3)",
        ",",
        ";",
        "15%",
        "+15%",
        "12q",
        "#12",
        "#2C3E50",
        "{who}",
        "on",
        "beat",
        "ease-in",
        "gamma",
        "2.2",
        "cubic-bezier",
        "(0.4,",
        "0,",
        "0.2,",
        "1)",
        "8",
        "beats",
        "[[",
        "]]",
        "Hold:",
        "hold",
        "Shot",
        "00:00:01:00",
        "8",
    ]
) | st.sampled_from([f"{p.name}:" for p in PROPERTIES])
lines = st.builds(lambda n, ws: " " * n + " ".join(ws), st.integers(0, 6), st.lists(words, max_size=9))


@given(st.lists(lines, max_size=25))
@RELAXED
def test_pieces_of_the_language(found: list[str]) -> None:
    survives("\n".join(found))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(FILMS)).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        k = draw(st.integers(0, len(text) - 1))
        match draw(st.integers(0, 6)):
            case 0:
                del text[k : k + 1]
                text = text or [""]
            case 1:
                text.insert(k, draw(st.sampled_from(text)))
            case 2:
                text[k] = " " * draw(st.integers(0, 7)) + text[k].lstrip()
            case 3:
                text[k] = text[k][: draw(st.integers(0, max(0, len(text[k]))))]
            case 4:
                text[k] = text[k].replace(",", ",,")
            case 5:
                at = draw(st.integers(0, len(text[k])))
                text[k] = text[k][:at] + draw(st.characters()) + text[k][at:]
            case _:
                j = draw(st.integers(0, len(text) - 1))
                text[k], text[j] = text[j], text[k]
    return "\n".join(text)


@given(damaged())
@RELAXED
def test_damaged_films(text: str) -> None:
    survives(text)
