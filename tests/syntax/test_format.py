"""The one true layout: words stay, spaces move, and the film is the same film. More of it in `test_fuzz.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.syntax.judging import ROOT, SUITE, holds, laid_out, profile

FILMS = sorted(
    path
    for folder in (SUITE, ROOT / "examples", ROOT / "stdlib")
    for path in folder.rglob("[!.]*.apex")
    if "out" not in path.parts
)


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.name)
def test_the_film_is_the_same(path: Path) -> None:
    holds(path.read_text("utf-8"), path.parent)


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.name)
def test_any_indentation_comes_to_the_same(path: Path) -> None:
    """A film whose author indents by four is the film of one who indents by two."""
    text = path.read_text("utf-8")
    if "/*" in text or path.name in ("tab.apex",):
        return
    wide = "\n".join(" " * (len(line) - len(line.lstrip(" "))) + line for line in text.split("\n"))
    holds(wide, path.parent)
    if not any(code in text for code in ("E0102", "E0103")):
        assert laid_out(wide).replace(" ", "") == laid_out(text).replace(" ", "")


@pytest.mark.parametrize(
    "path", [p for p in FILMS if SUITE not in p.parents], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_we_ship_is_in_order(path: Path) -> None:
    assert laid_out(path.read_text("utf-8")) == path.read_text("utf-8")


EXAMPLE = """\
FILM   "A"
\tformat:1920x1080 ,24fps   // full



\tcut : on beat
CHARACTER   SARAH
     A woman   in her thirties,
        tall.
INT. ROOM  -  NIGHT   #1#

    = He   waits.
    light: three_point,key hard from left 3200K
    SHOT wide   of SARAH,OTTO#a
      Some   prose  with   spaces.
         More of it.
      camera:35mm,f/2
      move: ken burns (0.3,0.3) 1.0->(0.5 , 0.5) 1.2,cubic-bezier (0.4,0,0.2,1)
      SARAH(low) :Hello   there
      @张伟（低声）：你好
    DISSOLVE   12f,ease-in
    // what follows is new
    SHOT close-up
      hold:2s   12f
      still:"a  b.png"
/* bone
     yard   */
"""

LAID_OUT = """\
FILM "A"
  format: 1920x1080, 24fps  // full

  cut : on beat

CHARACTER SARAH
  A woman   in her thirties,
     tall.

INT. ROOM - NIGHT #1#
  = He   waits.
  light: three_point, key hard from left 3200K

  SHOT wide of SARAH, OTTO #a
    Some   prose  with   spaces.
       More of it.
    camera: 35mm, f/2
    move: ken burns (0.3, 0.3) 1.0 -> (0.5, 0.5) 1.2, cubic-bezier (0.4, 0, 0.2, 1)
    SARAH (low): Hello   there
    @张伟（低声）：你好

  DISSOLVE 12f, ease-in

  // what follows is new
  SHOT close-up
    hold: 2s 12f
    still: "a  b.png"
/* bone
     yard   */
"""


def test_the_layout() -> None:
    assert laid_out(EXAMPLE) == LAID_OUT


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("camera: 35mm,f/2", "camera: 35mm, f/2"),
        ("camera:35mm , f/2 ,ISO   800", "camera: 35mm, f/2, ISO 800"),
        ("move: push in 1.0->1.2", "move: push in 1.0 -> 1.2"),
        ("move:pan (.2,.5)->(.8,.5)", "move: pan (.2, .5) -> (.8, .5)"),
        ("palette: #2C3E50   #ECF0F1", "palette: #2C3E50 #ECF0F1"),
        ("hold: 8   beats", "hold: 8 beats"),
        ("hold: 2s    // long", "hold: 2s  // long"),
        ("hold: 2s // long", "hold: 2s  // long"),
        ("hold:2s//not a comment", "hold: 2s//not a comment"),
        ("camera: 35mm;f/2", "camera: 35mm;f/2"),
        ('sound: "a ,b.wav"at 18f,-6dB', 'sound: "a ,b.wav" at 18f, -6dB'),
        ("SARAH:Hello,you", "SARAH: Hello,you"),
        ("SARAH  (V.O.)  :   Hello", "SARAH (V.O.): Hello"),
        ("Rain ,  rain,rain  ->  more", "Rain ,  rain,rain  ->  more"),
        ("!NIGHT  FALLS", "!NIGHT  FALLS"),
        ("=   He  waits", "= He  waits"),
        ("/-   hold:2s", "/- hold: 2s"),
        ("SUPER:Berlin ,  1949", "SUPER: Berlin ,  1949"),
        ("Hold:2s", "Hold:2s"),
        ("hodl:2s ,3s", "hodl: 2s ,3s"),
    ],
)
def test_spaces_within_a_line(written: str, right: str) -> None:
    head = "CHARACTER SARAH\n\nINT. ROOM - DAY\n  SHOT wide\n    "
    assert laid_out(f"{head}{written}\n") == f"{head}{right}\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("FILM \"A\"\r\n  format: 1920x1080\r\n", 'FILM "A"\n  format: 1920x1080\n'),
        ("FILM \"A\"", 'FILM "A"\n'),
        ("\n\n\nFILM \"A\"\n\n\n", 'FILM "A"\n'),
        ("", ""),
        ("\n \n\t\n", ""),
        ("// a\n\n\n\n// b\n", "// a\n\n// b\n"),
        ("INT. A\n\tSHOT wide\n\t\tRain.\n", "INT. A\n  SHOT wide\n    Rain.\n"),
        ("INT. A\n SHOT wide\n  Rain.\n SHOT full\n", "INT. A\n  SHOT wide\n    Rain.\n\n  SHOT full\n"),
        ("INT. A\n\n\n  SHOT wide\n\n    Rain.\nEXT. B\n", "INT. A\n  SHOT wide\n    Rain.\n\nEXT. B\n"),
        ("INT. A\n    // of the scene\n    SHOT wide\n", "INT. A\n  // of the scene\n  SHOT wide\n"),
        ("INT. A\n  SHOT wide\n    One.\n\n\n    Two.\n", "INT. A\n  SHOT wide\n    One.\n\n    Two.\n"),
        ("INT. A\n  SHOT wide\n    Rain.\n  CUT\n  SHOT full\n", "INT. A\n  SHOT wide\n    Rain.\n\n  CUT\n  SHOT full\n"),
        ("/*  a\n\tb  \n  */\nFILM \"A\"\n", "/*  a\n\tb  \n  */\nFILM \"A\"\n"),
    ],
)  # fmt: skip
def test_lines_and_blocks(written: str, right: str) -> None:
    assert laid_out(written) == right


def test_what_cannot_be_read_stays() -> None:
    text = "INT. A\n    SHOT wide\n          hold: 2s\n      camera: 35mm ;;f/2\n    SHTO full\n      Rain.\n"
    new = laid_out(text)
    assert "camera: 35mm ;;f/2" in new and "SHTO full" in new
    holds(text)


@given(st.text(alphabet=st.sampled_from(' \t\n\r:/*-!=@#.,(){}"[]aAbB1İß張\u3000\u2028\u00a0'), max_size=80))
@profile()
def test_any_text(text: str) -> None:
    holds(text)
