"""Folding and the block grammar: what belongs to what, and that one wrong line never spoils the next."""

from __future__ import annotations

from apexlang.source import Source
from apexlang.syntax.blocks import parse
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block, Tree


def tree(text: str) -> Tree:
    return parse(Source("film.apex", text))


def shape(items: tuple[Line | Block, ...]) -> list[object]:
    return [[i.line.kind, *shape(i.body)] if isinstance(i, Block) else i.kind for i in items]


def test_blocks_by_indentation() -> None:
    t = tree("INT. A - DAY\n  SHOT wide\n    Rain.\n    hold: 2s\n  CUT\n  SHOT wide\nINT. B - DAY\n")
    assert shape(t.items) == [["HEADING", ["SHOT", "PROSE", "PROPERTY"], "TRANSITION", ["SHOT"]], ["HEADING"]]
    assert t.diagnostics == ()


def test_any_width_of_indentation_will_do() -> None:
    t = tree("INT. A - DAY\n   SHOT wide\n        hold: 2s\n   SHOT wide\n    hold: 2s\n")
    assert shape(t.items) == [["HEADING", ["SHOT", "PROPERTY"], ["SHOT", "PROPERTY"]]]
    assert t.diagnostics == ()


def test_a_deeper_line_continues_the_one_above() -> None:
    t = tree('INT. A - DAY\n  SHOT wide\n    Rain\n      on the roof.\n    refs: "a",\n      "b"\n')
    shot = t.items[0].body[0]
    assert [line.whole() for line in shot.body] == ["Rain\non the roof.", '"a",\n"b"']
    assert shot.body[1].place(shot.body[1].whole().index('"b"')) == (5, 6)


def test_lines_end_at_lf_and_crlf_only() -> None:
    assert len(Source("a", "a\r\nb\nc\u2028d\x0be\x85f").lines) == 3
    t = tree("INT. A - DAY\r\n  SHOT wide\r\n    hold: 2s\r\n")
    assert shape(t.items) == [["HEADING", ["SHOT", "PROPERTY"]]]
    assert t.items[0].body[0].body[0].text == "2s"


def test_a_refused_line_is_left_out_with_its_block_and_no_more() -> None:
    t = tree("INT. A - DAY\n  SHOT wide\n    SHOT close-up\n      hold: 1s\n    hold: 2s\n  SHOT medium\n")
    assert shape(t.items) == [["HEADING", ["SHOT", "PROPERTY"], ["SHOT"]]]
    assert [(d.code, d.span.line) for d in t.diagnostics if d.span] == [("E0103", 2)]


def test_every_error_in_one_run() -> None:
    text = "hold: 2s\nINT. A - DAY\n  SARAH: hi\n  SHOT wide\n   x\n    SUPER: a\n/* open\n"
    found = tree(text).diagnostics
    assert [(d.code, d.span.line) for d in found if d.span] == [("E0103", 0), ("E0103", 2), ("E0102", 5), ("E0105", 6)]


def test_control_and_direction_marks_are_errors_and_left_out() -> None:
    t = tree("INT. A - DAY\n  SHOT wide\n    She \u202ewaits\x07.\n")
    assert [d.code for d in t.diagnostics] == ["E0106", "E0106"]
    assert t.items[0].body[0].body[0].text == "She  waits ."


def test_a_hundred_thousand_levels() -> None:
    text = "\n".join(" " * min(n, 400) + "SHOT wide" for n in range(100_000))
    assert tree(text).diagnostics


def test_a_muted_block_is_read_like_any_other() -> None:
    t = tree("/- TEMPLATE t (who)\n  SHOT wide of {who}\n    hold: 2s\nINT. A - DAY\n  SHOT wide\n")
    assert t.diagnostics == ()
    assert shape(t.items) == [["TEMPLATE", ["SHOT", "PROPERTY"]], ["HEADING", ["SHOT"]]]
