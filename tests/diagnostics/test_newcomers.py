"""Wrong lines as newcomers type them: each message says what to do. All of them stand verbatim in `newcomers.txt`.

`pytest tests/diagnostics/test_newcomers.py --newcomers` writes what the compiler says now; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.diagnostics import Diagnostic, in_order, render
from apexlang.ir import load_source
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World

HERE = Path(__file__).parent
GOLDEN = HERE / "newcomers.txt"

FILM = """\
FILM "Neon Rain"
{film}
{top}
CHARACTER SARAH
  A courier in her thirties.

INT. WAREHOUSE - NIGHT
  SHOT wide #crates
    Rain hammers the roof.
{shot}
{scene}
  SHOT close-up of SARAH #stop
    She stops.
"""

INDENT = {"film": 2, "top": 0, "scene": 2, "shot": 4}

LINES = {
    "who writes Fountain": [
        ("top", "EXT WAREHOUSE - NIGHT"),
        ("shot", "SARAH\nWho's there?"),
        ("shot", "SARAH\n(whispering)\nWho's there?"),
        ("scene", "FADE TO WHITE."),
        ("scene", "CLOSE ON SARAH"),
        ("scene", "SARAH: Who's there?"),
        ("top", "Author: Jo Miller"),
        ("scene", "> CROSSFADE TO:"),
        ("shot", "Sarah (V.O.): It was raining."),
        ("shot", "SUPER \"Berlin, 1949\""),
    ],
    "who programs in Python": [
        ("shot", "hold = 2s"),
        ("shot", "# the rough cut"),
        ("shot", "hold: 2.5"),
        ("scene", "SHOT wide:"),
        ("shot", "lens: 35mm"),
        ("shot", "camera: lens=35mm, f/2"),
        ("top", "from std.grades import teal_orange"),
        ("scene", "grade: None"),
        ("scene", "for shot in shots:"),
        ("shot", "still: key.png"),
    ],
    "who cuts from edit lists": [
        ("shot", "duration: 00:00:02:00"),
        ("scene", "DISSOLVE 24"),
        ("scene", "CROSS DISSOLVE 1 sec"),
        ("shot", "in: 00:00:03:00"),
        ("film", "format: 1080p25"),
        ("scene", "001  A001  V  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00"),
        ("film", "format: 1920x1080, 29.97 DF"),
        ("film", "fps: 25"),
        ("shot", "hold: 48"),
        ("shot", "hold: 00:00:02:30"),
    ],
}  # fmt: skip


def film_with(place: str, line: str) -> str:
    """The film with a line at a place; the other places leave no line."""
    written = "\n".join(" " * INDENT[place] + part for part in line.split("\n"))
    text = FILM
    for name in INDENT:
        text = text.replace(f"{{{name}}}\n", f"{written}\n" if name == place else "")
    return text


def said(text: str) -> tuple[Diagnostic, ...]:
    film, found, _ = load_source(World(HERE), Source("film.apex", text))
    return in_order([*found, *(lay_out(film).diagnostics if film is not None else ())])


def everything() -> str:
    out: list[str] = []
    for who, lines in LINES.items():
        out.append(f"# One {who}\n")
        for place, line in lines:
            text = film_with(place, line)
            shown = [render(d, {"film.apex": Source("film.apex", text)}) for d in said(text)]
            out.append("\n\n".join(shown) + "\n")
    return "\n".join(out)


def test_what_newcomers_are_told(request: pytest.FixtureRequest) -> None:
    text = everything()
    if request.config.getoption("--newcomers", default=False):
        GOLDEN.write_text(text, "utf-8", newline="\n")
    assert text == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(("place", "line"), [case for lines in LINES.values() for case in lines])
def test_it_is_one_message_at_the_line_and_says_what_to_do(place: str, line: str) -> None:
    text = film_with(place, line)
    (found,) = said(text)
    assert found.span is not None
    first = film_with(place, line).split("\n").index(" " * INDENT[place] + line.split("\n", maxsplit=1)[0])
    assert first <= found.span.line <= first + line.count("\n")
    advice = " ".join([found.label, *found.helps])
    assert found.fixes or "`" in advice
