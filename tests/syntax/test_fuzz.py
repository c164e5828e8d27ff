"""Any bytes whatever end in diagnostics or a film, never in a traceback; spans always lie in the text; the layout of any film
is the film.

Three families: bytes (with texts and pieces of the language), films torn apart, films generated from the grammar and the
table. `APEX_FUZZ=20000 pytest tests/syntax/test_fuzz.py` is the long run: as many cases of each family and more.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apexlang.ir.table import PROPERTIES
from apexlang.source import Problem, decode
from tests.syntax.generated import films
from tests.syntax.judging import holds, profile, survives
from tests.syntax.mutations import mutated, torn_generated


@given(st.binary(max_size=400))
@profile()
def test_any_bytes(data: bytes) -> None:
    source = decode("film.apex", data)
    if not isinstance(source, Problem):
        survives(source.text)


@given(st.text(max_size=400))
@profile(2)
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
@profile(2)
def test_pieces_of_the_language(found: list[str]) -> None:
    survives("\n".join(found))


@given(mutated())
@profile()
def test_mutated_films(text: str) -> None:
    survives(text)
    holds(text)


MAY_BE = ("E0501", "E0404", "E0405", "E0406")
"""A generated film names footage that is not there, and cuts by chance: what time it takes is not its grammar's to say."""


@given(films())
@profile()
def test_generated_films(text: str) -> None:
    """What the grammar and the table allow, the compiler takes without a word of error."""
    assert [d for d in survives(text) if d.is_error and d.code not in MAY_BE] == []
    holds(text)


@given(torn_generated())
@profile(4)
def test_generated_films_torn(text: str) -> None:
    survives(text)
    holds(text)
