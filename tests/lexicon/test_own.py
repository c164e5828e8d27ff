"""A film's own words: what a `stage.toml` beside it may say, and what is said where it is wrong."""

from pathlib import Path

import pytest

from apexlang.compiler import compile
from apexlang.lexicon.own import own_words, parse
from apexlang.lexicon.words import vocabulary
from apexlang.picture.previz.reading import read
from apexlang.plan.model import Generated
from apexlang.source import Source, World

FILM = """FILM "Own"
  format: 320x180, 24fps, rec709

INT. SPEISEKAMMER - DAY
  SHOT wide #first
    Nobody is here.
EXT. STREET - DAY
  SHOT wide #second
    A kutsche waits.
EXT. STREET - DAY
  SHOT wide #third
    Nothing at all.
"""


def diagnosed(text: str) -> list[tuple[int, str]]:
    return [(d.span.line + 1, d.message) for d in parse(Source("stage.toml", text)).diagnostics if d.span is not None]


def test_words_are_added_and_only_the_shots_that_use_them_know(tmp_path: Path) -> None:
    (tmp_path / "film.apex").write_text(FILM, "utf-8")
    before = [s.picture for s in compile(tmp_path / "film.apex").plan().shots]
    (tmp_path / "stage.toml").write_text(
        '[places]\nkitchen = "speisekammer"\n[props]\ncar = "kutsche droschke"\n', "utf-8"
    )
    film = compile(tmp_path / "film.apex")
    assert film.ok
    after = [s.picture for s in film.plan().shots]
    assert all(isinstance(p, Generated) for p in (*before, *after))
    requests = [p.request for p in after if isinstance(p, Generated)]
    assert read(requests[0]).kit == "kitchen"
    assert "car" in read(requests[1]).props
    assert requests[2].vocabulary == ()
    assert [
        a.key == b.key
        for a, b in zip(before, after, strict=True)
        if isinstance(a, Generated) and isinstance(b, Generated)
    ] == [
        False,
        False,
        True,
    ]


def test_no_file_no_words(tmp_path: Path) -> None:
    assert own_words(World(tmp_path)).rows == ()


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("[props\n", 1, "no TOML"),
        ('[places]\nkitchen = "a"\n[propps]\ncar = "b"\n', 3, "no section `propps`"),
        ('[places]\nkichen = "a"\n', 2, "knows no `kichen`"),
        ("[places]\nkitchen = 3\n", 2, "needs words in quotes"),
        ('[places]\nkitchen = ""\n', 2, "needs words in quotes"),
        ('places = "kitchen"\n', 1, "is a section"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, part: str) -> None:
    (found,) = diagnosed(text)
    assert found[0] == line and part in found[1]


def test_a_slip_is_put_right() -> None:
    (found,) = parse(Source("stage.toml", '[places]\nkichen = "a"\n')).diagnostics
    assert found.helps == ("write `kitchen`",)


def test_check_shows_it_in_place(tmp_path: Path) -> None:
    (tmp_path / "film.apex").write_text(FILM, "utf-8")
    (tmp_path / "stage.toml").write_text("[props]\ncarr = 'x'\n", "utf-8")
    film = compile(tmp_path / "film.apex")
    assert not film.ok
    (found,) = [d for d in film.diagnostics if d.code == "E0515"]
    assert found.span is not None and found.span.path == "stage.toml" and "stage.toml" in film.sources


def test_a_long_or_deep_file_is_refused_not_followed() -> None:
    letters = "abcdefghijklmnopqrst"
    words = " ".join(a + b + c + d for a in letters for b in letters for c in letters for d in "xyz")
    (found,) = diagnosed(
        f'[props]\ncar = "{words[:16_000]}"\ntable = "{words[16_000:40_000]}"\nlamp = "{words[40_000:]}"\n'
    )
    assert "at most" in found[1]
    assert parse(Source("stage.toml", "a = " + "[" * 5000)).diagnostics


def test_own_words_stand_over_the_standard_ones() -> None:
    assert vocabulary((("props", "car", "crates"),)).props["car"] == "crates"
    assert vocabulary().props["car"] == "car"
