"""Diagnostics in a terminal and as data: marks under the right columns, long lines cut, nothing raw, floods counted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from apexlang.diagnostics import Diagnostic, Fix, as_json, error, in_order, render, render_all, warning
from apexlang.diagnostics.render import WINDOW
from apexlang.diagnostics.width import cells
from apexlang.ir import load_source
from apexlang.source import Source, Span, World


def shown(text: str, span: Span, **more: str) -> list[str]:
    return render(error("E0301", span, "m", more.get("label", "")), {span.path: Source(span.path, text)}).split("\n")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("camera: wrong", "wrong"), ("@張偉：wrong", "wrong"), ("ﾊﾝｶｸ wrong", "wrong"), ("café wrong", "wrong"),
        ("🎬👩‍🚀 wrong", "wrong"), ("\tcamera:\twrong", "wrong"), ("가나다 라마", "라마"),
        ("e\u0301e\u0301 wro\u0301ng", "wro\u0301ng"),
        ("🇩🇪 2\ufe0f\u20e3 x", "x"), ("نص wrong", "wrong"), ("हिन्दी wrong", "wrong"),
    ],
)  # fmt: skip
def test_marks_stand_under_their_word(line: str, word: str) -> None:
    at = line.rindex(word)
    rows = shown(line, Span("a", 0, at, 0, at + len(word)))
    text, marks = rows[3].partition("| ")[2], rows[4].partition("| ")[2]
    visible = text[: text.rindex(word)]
    assert cells(marks) - cells(word) == cells(visible)
    assert marks.count("^") == cells(word)


def test_a_span_of_two_lines_is_marked_on_both() -> None:
    rows = shown("a: one,\n    two\nx", Span("a", 0, 3, 1, 7), label="here")
    assert rows[2:] == ["  |", "1 | a: one,", "  |    ^^^^", "2 |     two", "  |     ^^^ here"]


def test_a_span_of_many_lines_is_marked_on_its_first_and_its_last() -> None:
    rows = shown("\n".join(f"line {n}" for n in range(30)), Span("a", 7, 0, 20, 4), label="here")
    assert rows[2:] == ["   |", " 8 | line 7", "   | ^^^^^^", "   …", "21 | line 20", "   | ^^^^ here"]


def test_a_span_that_ends_at_the_start_of_a_line_ends_with_the_line_before() -> None:
    assert shown("abc\ndef\n", Span("a", 0, 0, 1, 0))[2:] == ["  |", "1 | abc", "  | ^^^"]


@pytest.mark.parametrize("letter", ["x", "張", "e\u0301", "👩‍🚀", "\x1b", "\t"])
def test_a_long_line_is_cut_around_its_mark(letter: str) -> None:
    line = letter * 20_000 + "BAD" + letter * 20_000
    at = line.index("BAD")
    rows = shown(line, Span("a", 0, at, 0, at + 3))
    assert all(cells(row) <= WINDOW + 10 for row in rows)
    text = rows[3]
    assert cells(text[: text.index("BAD")]) == cells(rows[4][: rows[4].index("^")])
    assert rows[4].count("^") == 3


def test_a_long_span_in_a_long_line_is_cut_too() -> None:
    rows = shown("x" * 1_000_000, Span("a", 0, 10, 0, 900_000))
    assert all(len(row) <= WINDOW + 10 for row in rows)


def test_a_heap_of_marks_on_one_letter_stays_bounded() -> None:
    rows = shown("a" + "\u0301" * 1_000_000 + " BAD", Span("a", 0, 1_000_002, 0, 1_000_005))
    assert all(len(row) < 1_000 for row in rows)


def test_a_message_that_quotes_too_much_loses_its_middle() -> None:
    assert len(error("E0301", None, f"`{'x' * 1_000_000}` is wrong").message) < 500


NASTY = "\x00\x07\x1b[2J\x1b]0;title\x07\x7f\x85\x9b31m\u2028\u2029\u202e\u2066\u200e\u200f\u061c\r"


def test_nothing_of_a_film_reaches_the_terminal_raw(tmp_path: Path) -> None:
    source = Source(
        "film.apex", f"INT. A\n  SHOT {NASTY} wide\n    hold: 2{NASTY}\n    zork{NASTY}: 1\n    move: {NASTY}\n"
    )
    found = list(load_source(World(tmp_path), source).diagnostics)
    found.append(Diagnostic("E0301", "error", Span(f"{NASTY}.apex", 0, 0, 0, 1), NASTY, NASTY, (NASTY,), (NASTY,)))
    text = render_all(found, {"film.apex": source})
    assert not [c for c in NASTY if not c.isprintable() and c in text]


def test_another_place_in_another_file() -> None:
    d = error(
        "E0202",
        Span("b.apex", 0, 6, 0, 11),
        "twice",
        "again",
        secondary=((Span("a.apex", 11, 6, 11, 11), "first here"),),
    )
    sources = {"b.apex": Source("b.apex", "GRADE night"), "a.apex": Source("a.apex", "\n" * 11 + "GRADE night")}
    assert render(d, sources).split("\n") == [
        "error[E0202]: twice", "  --> b.apex:1:7", "   |", " 1 | GRADE night", "   |       ^^^^^ again",
        "  ::: a.apex:12:7", "   |", "12 | GRADE night", "   |       ----- first here",
    ]  # fmt: skip


def test_colour_is_all_that_colour_adds() -> None:
    d = error("E0301", Span("a", 0, 0, 0, 1), "m", "l", helps=("h",), secondary=((Span("a", 0, 2, 0, 3), "s"),))
    sources = {"a": Source("a", "x y z")}
    coloured = render(d, sources, colour=True)
    for code in ("\x1b[0m", "\x1b[1;31m", "\x1b[1m", "\x1b[1;34m", "\x1b[34m"):
        coloured = coloured.replace(code, "")
    assert coloured == render(d, sources) and "\x1b" not in render(d, sources)


def test_a_flood_is_shown_in_part_and_counted_by_kind() -> None:
    flood = [error("E0301", Span("a", n, 0, n, 1), "e") for n in range(362)] + [
        warning("W0301", Span("a", 0, 0, 0, 1), "w")
    ]
    text = render_all(flood, {})
    assert text.count("error[") == 50 and "warning[" not in text
    assert text.endswith("... and 312 more errors, 1 more warning\n\n362 errors, 1 warning\n")


def test_a_hundred_thousand_take_no_more_than_seconds() -> None:
    source = Source("a", "x\n" * 100_000)
    flood = [error("E0301", Span("a", n, 0, n, 1), f"m{n}") for n in reversed(range(100_000))]
    start = time.process_time()
    text = render_all(flood, {"a": source})
    assert time.process_time() - start < 40
    assert "99,950 more errors" in text


def test_positions_are_counted_in_utf16() -> None:
    text = "🎬🎬 張 wrong"
    at = text.index("wrong")
    span = Span("a", 0, at, 0, at + 5)
    d = as_json(error("E0301", span, "m", fixes=(Fix(span, "right", "maybe"),)), {"a": Source("a", text)})
    place = {"start": {"line": 0, "character": at + 2}, "end": {"line": 0, "character": at + 7}}
    assert d["range"] == place
    assert d["fixes"] == [{"applicability": "maybe", "edits": [{"path": "a", "range": place, "newText": "right"}]}]
    units = text.encode("utf-16-le")
    assert units[2 * (at + 2) : 2 * (at + 7)].decode("utf-16-le") == "wrong"


def test_data_has_all_that_is_said() -> None:
    d = error("E0301", None, "m", "l", notes=("n",), helps=("h",), secondary=((Span("a", 1, 2, 1, 3), "s"),))
    data = as_json(d, {}, lambda path: f"films/{path}")
    assert (data["path"], data["range"], data["severity"], data["label"]) == (None, None, "error", "l")
    assert (data["notes"], data["helps"]) == (["n"], ["h"])
    assert data["relatedInformation"][0]["location"]["path"] == "films/a"


def test_order_and_repeats() -> None:
    a, b = error("E0301", Span("a", 2, 0, 2, 1), "b"), error("E0301", Span("a", 1, 0, 1, 1), "a")
    assert in_order([a, b, a]) == (b, a)
