"""Values: exact, typed, and every fault at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from apexlang.syntax.literals import Fault, parse_value
from apexlang.units import Rate, Time


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("12f", "time", Time(frames=12)),
        ("2s", "time", Time(seconds=Fraction(2))),
        ("500ms", "time", Time(seconds=Fraction(1, 2))),
        ("2s 12f", "time", Time(frames=12, seconds=Fraction(2))),
        ("8 beats", "time", Time(beats=Fraction(8))),
        ("2bars", "time", Time(bars=Fraction(2))),
        ("2 bars 1 beat", "time", Time(beats=Fraction(1), bars=Fraction(2))),
        ("00:01:02;12", "time", Time(timecode="00:01:02;12")),
        ("1/125s", "time", Time(seconds=Fraction(1, 125))),
        ("23.976fps", "rate", Rate(24000, 1001)),
        ("29.97fps", "rate", Rate(30000, 1001)),
        ("1920x1080", "size", (1920, 1080)),
        ("f/2.8", "aperture", Fraction(14, 5)),
        ("35mm", "length", Fraction(35)),
        ("+0.2st", "stops", Fraction(1, 5)),
        ("15%", "percent", Fraction(3, 20)),
        ("-6dB", "decibels", Fraction(-6)),
        ("180deg", "angle", Fraction(180)),
        ("#fff", "colour", "#ffffff"),
        ("#2C3E50", "colour", "#2c3e50"),
        ('"a ""b"""', "string", 'a "b"'),
        ('"C:\\new\\t.png"', "string", "C:\\new\\t.png"),
        ("(0.3, .5)", "point", (0.3, 0.5)),
        ("std.looks.film_noir", "word", "std.looks.film_noir"),
        ("ease-in-out", "word", "ease-in-out"),
        ("cafe\u0301", "word", "caf\u00e9"),
    ],
)
def test_a_literal(text: str, kind: str, value: object) -> None:
    clauses = parse_value(text)
    assert not isinstance(clauses, Fault)
    ((literal,),) = clauses
    assert (literal.kind, literal.value) == (kind, value)
    assert (literal.start, literal.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "code", "start", "end", "fix"),
    [
        ("12q", "E0305", 0, 3, None),
        ("5600k", "E0305", 0, 5, "5600K"),
        ("35mm, 2sec", "E0305", 6, 10, "2s"),
        ('a, "open', "E0302", 3, 8, None),
        ("'x'", "E0302", 0, 3, '"x"'),
        ("a,,b", "E0309", 2, 3, ""),
        ("a,", "E0309", 1, 2, ""),
        ("a; b", "E0301", 1, 2, ","),
        ("#12", "E0310", 0, 3, None),
        ("1/0s", "E0301", 0, 4, None),
        ("1.5f", "E0303", 0, 4, None),
        ("9" * 5000 + "s", "E0301", 0, 5001, None),
    ],
)
def test_a_fault(text: str, code: str, start: int, end: int, fix: str | None) -> None:
    fault = parse_value(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.start, fault.end, fault.fix) == (code, start, end, fix)
