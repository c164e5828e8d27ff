"""How diagnostics look, and that their fixes fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.diagnostics import SHOWN, Fix, as_json, error, in_order, render, render_all, suggest, warning
from apexlang.diagnostics.suggestions import distance
from apexlang.ir import load_source
from apexlang.source import Source, Span, World


def test_the_look_of_an_error() -> None:
    source = Source("film.apex", "\n" * 26 + "  grade: night_teel\n")
    d = error("E0312", Span("film.apex", 26, 9, 26, 19), "unknown grade `night_teel`", "no grade of this name",
              helps=("a grade with a similar name exists: `night_teal`",))  # fmt: skip
    assert render(d, {"film.apex": source}) == (
        "error[E0312]: unknown grade `night_teel`\n"
        "  --> film.apex:27:10\n"
        "   |\n"
        "27 |   grade: night_teel\n"
        "   |          ^^^^^^^^^^ no grade of this name\n"
        "   |\n"
        "   = help: a grade with a similar name exists: `night_teal`"
    )
    assert "\x1b[1;31merror[E0312]" in render(d, {"film.apex": source}, colour=True)


def test_wide_letters_take_two_columns() -> None:
    source = Source("a", "@张伟: 你好")
    shown = render(error("E0201", Span("a", 0, 5, 0, 7), "m", "here"), {"a": source}).split("\n")
    assert shown[3] == "1 | @张伟: 你好"
    assert shown[4] == "  |" + " " * 8 + "^^^^ here"


def test_a_very_long_line_is_shown_through_a_window() -> None:
    source = Source("a", "x" * 5_000_000 + "BAD" + "y" * 5_000_000)
    shown = render(error("E0301", Span("a", 0, 5_000_000, 0, 5_000_003), "m"), {"a": source}).split("\n")
    assert len(shown[3]) < 120
    assert shown[4].index("^") == shown[3].index("BAD")


def test_nothing_of_a_film_moves_the_cursor() -> None:
    source = Source("a", "a\tb\x1b[2J\u202ec")
    shown = render(error("E0106", Span("a", 0, 0, 0, 1), "\x1b[31m"), {"a": source})
    assert "\x1b" not in shown and "\u202e" not in shown and "\t" not in shown


def test_a_flood_is_counted_and_errors_come_first() -> None:
    flood = [warning("W0301", Span("a", n, 0, n, 1), f"w{n}") for n in range(100)]
    flood += [error("E0301", Span("a", 200 + n, 0, 200 + n, 1), f"e{n}") for n in range(40)]
    text = render_all(flood, {})
    assert text.count("error[") == 40 and text.count("warning[") == SHOWN - 40
    assert text.endswith("... and 90 more warnings\n\n40 errors, 100 warnings\n")


def test_sorted_and_said_once() -> None:
    a, b = error("E0301", Span("a", 2, 0, 2, 1), "b"), error("E0301", Span("a", 1, 0, 1, 1), "a")
    assert in_order([a, b, a]) == (b, a)


def test_json_is_shaped_as_the_protocol_shapes_it() -> None:
    span = Span("a", 2, 4, 2, 9)
    d = as_json(error("E0109", span, "m", "l", fixes=(Fix(span, "hold"),), secondary=((span, "first"),)), {})
    place = {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 9}}
    assert d["range"] == place
    edits = [{"path": "a", "range": place, "newText": "hold"}]
    assert d["fixes"] == [{"applicability": "safe", "edits": edits}]
    assert d["relatedInformation"] == [{"location": {"path": "a", "range": place}, "message": "first"}]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("hodl", "hold"),
        ("musik", "music"),
        ("kamera", "camera"),
        ("HOLD", "hold"),
        ("zzz", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_the_nearest_name(word: str, meant: str | None) -> None:
    assert suggest(word, ("hold", "music", "camera", "move")) == meant


def test_distance_counts_a_swap_as_one() -> None:
    assert distance("SARHA", "SARAH", 2) == 1
    assert distance("kitten", "sitting", 3) == 3
    assert distance("abc", "xyz", 2) == 3


FIXED = [
    ("hodl: 2s", "hold: 2s"),
    ("Hold: 2s", "hold: 2s"),
    ("hold 8 beats", "hold: 8 beats"),
    ("Sarah: Hello.", "SARAH: Hello."),
    ("#comment", "//comment"),
    ("camera: 35mm; f/2", "camera: 35mm, f/2"),
    ("color: 12", "color: 12"),
    ("still: 'a.png'", 'still: "a.png"'),
    ("move: push in, ease-outt", "move: push in, ease-out"),
    ("hold: 2sec", "hold: 2s"),
    ("camera: 35", "camera: 35mm"),
    ("camera: 50 mm, f2.8", "camera: 50mm, f2.8"),
    ("light: key 3200k", "light: key 3200K"),
    ("SARHA: Hello.", "SARAH: Hello."),
    ("grade: teal_orange", "grade: std.grades.teal_orange"),
    ("camera: 35mm,", "camera: 35mm"),
    ("SARAH\n    Hello.", "SARAH: Hello."),
    ("@sara: Hello.", "SARAH: Hello."),
]


@pytest.mark.parametrize(("wrong", "right"), FIXED)
def test_a_fix_puts_it_right(wrong: str, right: str, tmp_path: Path) -> None:
    head = "CHARACTER SARAH\nINT. ROOM - DAY\n  SHOT wide\n    "
    source = Source("film.apex", f"{head}{wrong}\n")
    found = load_source(World(tmp_path), source).diagnostics
    text = source.text
    for fix in [d.fixes[0] for d in found if d.fixes][:1]:
        a, b = source.offset(fix.span.line, fix.span.col), source.offset(fix.span.end_line, fix.span.end_col)
        text = text[:a] + fix.replacement + text[b:]
    assert text == f"{head}{right}\n"
