"""Columns of a terminal: East Asian, emoji, combining marks."""

from __future__ import annotations

import pytest

from apexlang.diagnostics import Diagnostic, render
from apexlang.diagnostics.width import cells, pad, shorten, wrap
from apexlang.source import Source, Span


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("film", 4),
        ("張偉", 4),
        ("ｶﾞ", 2),
        ("：（）", 6),
        ("e\u0301a", 2),
        ("नमस्ते", 4),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),
        ("🎬", 2),
        ("👩‍🚀", 2),
        ("👨‍👩‍👧‍👦x", 3),
        ("👍🏽", 2),
        ("🇩🇪", 2),
        ("1\ufe0f\u20e3", 2),
        ("❤\ufe0f", 2),
        ("a\u200bb", 2),
    ],
)
def test_cells(text, width):
    assert cells(text) == width


def test_padding_and_shortening_count_columns():
    assert pad("張", 4) == "張  "
    assert shorten("張偉明", 5) == "張偉…" and cells(shorten("張偉明明", 5)) == 5
    assert shorten("short", 10) == "short"
    assert shorten("e\u0301" * 6, 4) == "e\u0301" * 3 + "…"


def test_wrapping():
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("one two three", 7, "  ") == ["one two", "  three"]
    assert wrap("雨が降っている。誰もいない。", 10) == ["雨が降って", "いる。誰も", "いない。"]
    assert wrap("unbreakable", 4) == ["unbreakable"]
    assert wrap("", 4) == [""]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("SHOT close-up of 張偉明 #stop", "#stop"),
        ("👩‍🚀👩‍🚀 says wrong", "wrong"),
        ("cafe\u0301 noe\u0308l wrong", "wrong"),
        ("ﾊﾝｶｸ ｶﾞ wrong", "wrong"),
        ("🇯🇵 ❤\ufe0f 👍🏽 wrong", "wrong"),
        ("\twrong", "wrong"),
        ("名前：長い", "長い"),
    ],
)
def test_the_mark_stands_under_its_word(line, word):
    at = line.index(word)
    span = Span("f.apex", 0, at, 0, at + len(word))
    shown = render(Diagnostic("E0001", "error", span, "no", "here"), {"f.apex": Source("f.apex", line)}).split("\n")
    text, under = shown[3], shown[4]
    mark = under[: under.index("here") - 1]
    assert cells(mark.rstrip("^")) == cells(text[: text.index(word)])
    assert mark.count("^") == cells(word)
