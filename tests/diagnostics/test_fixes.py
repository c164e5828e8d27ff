"""Fixes that need no one to look at them: made, they help, and they never do harm."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from apexlang.cli.fixing import fixed
from apexlang.compiler import compile
from apexlang.diagnostics import Diagnostic, Fix, apply, error, safe_fixes
from apexlang.options import Options
from apexlang.source import Source, Span

SUITE = Path(__file__).parents[1] / "suite"
FILMS = sorted(path.name for path in SUITE.glob("*.apex") if path.name != "template_bomb.apex")


def fixable(d: Diagnostic, path: str) -> bool:
    fix = next((f for f in d.fixes if f.applicability == "safe"), None)
    return fix is not None and all(span.path == path for span, _ in fix.edits)


@pytest.mark.parametrize("name", FILMS)
def test_a_fix_never_makes_new_errors(name: str, tmp_path: Path) -> None:
    shutil.copytree(SUITE, tmp_path / "suite")
    path = tmp_path / "suite" / name
    before = compile(path).diagnostics
    done = fixed(path, Options())
    after = done.film.diagnostics
    had, has = Counter(d.code for d in before), Counter(d.code for d in after)
    assert sum(d.is_error for d in after) <= sum(d.is_error for d in before)
    assert set(has) - set(had) <= REVEALED.get(name, set())
    assert sum(fixable(d, name) for d in after) <= LEFT.get(name, 0)
    assert path.read_text("utf-8") == (SUITE / name).read_text("utf-8"), "nothing is written"


REVEALED: dict[str, set[str]] = {
    "character_properties_wrong.apex": {"E0512", "W0190"},
    "grade_finish_wrong.apex": {"W0190"},
    "many_mistakes_of_a_colourist.apex": {"E0501"},
    "many_mistakes_of_a_photographer.apex": {"W0190"},
    "many_mistakes_of_a_programmer.apex": {"E0306"},  # prose that becomes a property
    "many_mistakes_of_a_web_writer.apex": {"E0108"},
    "many_mistakes_of_an_editor.apex": {"E0501"},
    "near_misses.apex": {"E0404", "W0401"},  # prose that becomes a transition, a hold that becomes beats
    "near_properties.apex": {"E0501", "W0190"},  # a file that is not there, a shutter
    "near_values.apex": {"E0501"},
    "property_generate_wrong.apex": {"W0190"},
    "time_units_wrong.apex": {"W0401"},
    "value_text.apex": {"E0501"},
}
"""Codes that were hidden behind what is fixed."""

LEFT: dict[str, int] = {}
"""Safe fixes that are not made, because what they bring to light is worse."""


def test_of_two_that_overlap_one_is_made() -> None:
    source = Source("a", "one two three\n")
    first, second = Fix(Span("a", 0, 0, 0, 7), "1 2"), Fix(Span("a", 0, 4, 0, 13), "2 3")
    changed, made = apply([first, second], {"a": source})
    assert changed["a"].text == "1 2 three\n" and made == [first]


def test_a_fix_of_several_places_is_made_whole_or_not_at_all() -> None:
    sources = {"a": Source("a", "x y z\n"), "b": Source("b", "x\n")}
    one = Fix(Span("a", 0, 2, 0, 3), "Y")
    both = Fix(Span("b", 0, 0, 0, 1), "X", also=((Span("a", 0, 2, 0, 3), "!"),))
    changed, made = apply([one, both], sources)
    assert made == [one] and set(changed) == {"a"}
    assert apply([both], sources)[0]["a"].text == "x ! z\n"
    assert apply([both], {"a": sources["a"]}) == ({}, [])


def test_of_a_diagnostic_the_first_safe_fix_is_taken() -> None:
    span = Span("a", 0, 0, 0, 1)
    found = [
        error("E0301", span, "m", fixes=(Fix(span, "1", "maybe"), Fix(span, "2"), Fix(span, "3"))),
        error("E0301", span, "m"),
    ]
    assert [fix.replacement for fix in safe_fixes(found)] == ["2"]


def test_one_fix_for_all_tabs(tmp_path: Path) -> None:
    path = tmp_path / "film.apex"
    path.write_text('FILM "A"\n' + "INT. A\n\tSHOT wide\n\t\tRain.\n" * 500, "utf-8")
    done = fixed(path, Options())
    assert "\t" not in done.after["film.apex"].text
    assert done.film.ok


def test_fixes_go_on_until_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "film.apex"
    path.write_text("INT. A\n  Shot wide:\n    Camera = 50 mm, f2.8\n    Hold : 2 sec\n", "utf-8")
    done = fixed(path, Options())
    assert done.after["film.apex"].text == "INT. A\n  SHOT wide\n    camera: 50mm, f/2.8\n    hold: 2s\n"
    assert done.film.diagnostics == ()


def test_used_files_are_fixed_too_and_the_library_is_not(tmp_path: Path) -> None:
    (tmp_path / "cast.apex").write_text("CHARCTER SARAH\n", "utf-8")
    (tmp_path / "film.apex").write_text('USE "cast.apex"\nINT. A\n  SHOT wide of SARAH\n    hodl: 2s\n', "utf-8")
    done = fixed(tmp_path / "film.apex", Options())
    assert {path: source.text for path, source in done.after.items()} == {
        "cast.apex": "CHARACTER SARAH\n",
        "film.apex": 'USE "cast.apex"\nINT. A\n  SHOT wide of SARAH\n    hold: 2s\n',
    }


def test_files_of_another_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "film").mkdir()
    (tmp_path / "shared" / "cast.apex").write_text("CHARCTER SARAH\n", "utf-8")
    (tmp_path / "film" / "film.apex").write_text(
        'USE "../shared/cast.apex"\nINT. A\n  SHOT wide\n    hodl: 2s\n', "utf-8"
    )
    done = fixed(tmp_path / "film" / "film.apex", Options(allow=(tmp_path / "shared",)))
    assert set(done.after) == {"film.apex"}
