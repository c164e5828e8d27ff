"""What stands in a value: clauses of typed literals. Numbers are exact and know their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from apexlang.diagnostics import suggest
from apexlang.syntax import grammars
from apexlang.syntax.automaton import END, State
from apexlang.syntax.lines import nfc
from apexlang.units import Rate, Time

UNITS = {
    "f": "time", "s": "time", "ms": "time", "beat": "time", "beats": "time", "bar": "time", "bars": "time",
    "fps": "rate", "mm": "length", "K": "kelvin", "st": "stops", "deg": "angle", "°": "angle", "%": "percent",
    "dB": "decibels", "LUFS": "loudness", "px": "pixels", "": "number",
}  # fmt: skip
"""The kind of quantity that each unit measures."""

_BEATS = {"beat": "beats", "beats": "beats", "bar": "bars", "bars": "bars"}
_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d+)?(?:/\d+)?|\.\d+))(.*)")
LONGEST_NUMBER = 24


class Literal(NamedTuple):
    """One typed thing of a value; `start` and `end` are indices into the value's text.

    `kind` is a quantity of `UNITS`, or size, aperture, colour, string, point, four, tuple, word, arrow, fill. `text` is as written.
    """

    kind: str
    value: Any
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a value, at indices into its text. `fix`: what to write in its place; `maybe`: a person should look."""

    code: str
    start: int
    end: int
    message: str
    label: str = ""
    helps: tuple[str, ...] = ()
    fix: str | None = None
    maybe: bool = False


Clause = tuple[Literal, ...]


class _Faulty(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Build(Transformer):  # type: ignore[type-arg]
    def value(self, children: list[Clause]) -> tuple[Clause, ...]:
        return tuple(children)

    def clause(self, children: list[Token]) -> Clause:
        return _joined([_literal(t.type, str(t), t.start_pos or 0, t.end_pos or 0) for t in children])


@cache
def _parser() -> Lark:
    return grammars.parser("values.lark", start="value", lexer="contextual", transformer=_Build())


@lru_cache(65536)
def parse_value(text: str) -> tuple[Clause, ...] | Fault:
    """The clauses of a value. The same text always gives the same clauses."""
    return _quick(text) or _by_lark(text)


def _quick(text: str) -> tuple[Clause, ...] | None:
    """As `_by_lark`, by Lark's own terminals and remembered steps; None for what is not plainly right."""
    state, terminals = _beginning(), _terminals()
    clauses: list[Clause] = []
    literals: list[Literal] = []
    at, end = 0, len(text)
    try:
        while at < end:
            match = terminals.match(text, at)
            if match is None or match.lastgroup is None:
                return None
            start, at, kind = at, match.end(), match.lastgroup
            if kind == "WS":
                continue
            following = state[kind]
            if following is None:
                return None
            state = following
            if kind == "COMMA":
                clauses.append(_joined(literals))
                literals = []
            else:
                literals.append(_literal(kind, match[0], start, at))
        clauses.append(_joined(literals))
    except _Faulty:
        return None
    return tuple(clauses) if state[END] is not None else None


@cache
def _grammar() -> Lark:
    """The grammar alone: what is right is built beside it."""
    return grammars.parser("values.lark", start="value", lexer="basic")


@cache
def _beginning() -> State:
    return State(_grammar().parse_interactive())


@cache
def _terminals() -> re.Pattern[str]:
    """Every terminal of the grammar in the order in which Lark tries them."""
    terminals = sorted(
        _grammar().terminals, key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name)
    )
    return re.compile("|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in terminals))


def _by_lark(text: str) -> tuple[Clause, ...] | Fault:
    try:
        return cast(tuple[Clause, ...], _parser().parse(text))
    except UnexpectedInput as problem:
        return _explain(text, problem)
    except Exception as problem:
        inner = getattr(problem, "orig_exc", problem)
        if isinstance(inner, _Faulty):
            return inner.fault
        raise


def _literal(kind: str, text: str, start: int, end: int) -> Literal:
    if kind == "WORD":
        return Literal("word", nfc(text), text, start, end)
    if kind == "NUMBER":
        return _number(text, start, end)
    if kind == "STRING":
        return Literal("string", text[1:-1].replace('""', '"'), text, start, end)
    if kind == "TIMECODE":
        return Literal("time", Time(timecode=text), text, start, end)
    if kind == "SIZE":
        w, h = (int(side[:LONGEST_NUMBER]) for side in text.split("x"))
        return Literal("size", (w, h), text, start, end)
    if kind == "APERTURE":
        return Literal("aperture", Fraction(text[2:][:LONGEST_NUMBER].rstrip(".")), text, start, end)
    if kind == "COLOUR":
        return _colour(text, start, end)
    if kind == "POINT":
        numbers = tuple(float(n[:LONGEST_NUMBER]) for n in text[1:-1].split(","))
        return Literal({2: "point", 4: "four"}.get(len(numbers), "tuple"), numbers, text, start, end)
    return Literal("arrow" if kind == "ARROW" else "fill", text, text, start, end)


@lru_cache(4096)
def _exact(digits: str) -> Fraction:
    """The number as it is written."""
    if digits.isdecimal():
        return Fraction(int(digits))
    whole, point, after = digits.partition(".")
    return Fraction(int(whole + after), 10 ** len(after)) if point and "/" not in after else Fraction(digits)


def _number(text: str, start: int, end: int) -> Literal:
    match = _NUMBER.fullmatch(text)
    assert match is not None
    digits, unit = match[1], match[2]
    if len(digits) > LONGEST_NUMBER:
        raise _Faulty(Fault("E0301", start, end, "this number is too long", f"{LONGEST_NUMBER} characters at most"))
    if digits.rpartition("/")[2].strip("0") == "" and "/" in digits:
        raise _Faulty(Fault("E0301", start, end, f"`{digits}` divides by zero", "not a number"))
    value = _exact(digits)
    kind = UNITS.get(unit)
    if kind is None:
        raise _Faulty(_unknown_unit(digits, unit, start, end))
    if kind == "time":
        return Literal("time", _time(value, unit, digits, start, end), text, start, end)
    if kind == "percent":
        value /= 100
    if kind == "rate":
        if value <= 0:
            raise _Faulty(Fault("E0304", start, end, "a frame rate is more than nothing", "not a rate"))
        return Literal("rate", Rate.of(value), text, start, end)
    return Literal(kind, value, text, start, end)


def _time(value: Fraction, unit: str, digits: str, start: int, end: int) -> Time:
    if unit == "f":
        if value.denominator != 1:
            raise _Faulty(Fault("E0303", start, end, "a frame is not divided", "whole frames only"))
        return Time(frames=int(value))
    if unit in _BEATS:
        return _musical(unit, value)
    return Time(seconds=value / 1000 if unit == "ms" else value)


def _musical(unit: str, value: Fraction) -> Time:
    return Time(bars=value) if _BEATS[unit] == "bars" else Time(beats=value)


def _unknown_unit(digits: str, unit: str, start: int, end: int) -> Fault:
    by_case = next((u for u in UNITS if u and u.casefold() == unit.casefold()), None)
    meant = by_case or _ALIASES.get(unit.casefold()) or suggest(unit, [u for u in UNITS if u])
    helps = () if meant else ("units: " + " ".join(u for u in UNITS if u),)
    label = f"did you mean `{digits}{meant}`?" if meant else "no unit of this name"
    fix = f"{digits}{meant}" if meant else None
    return Fault("E0305", start, end, f"unknown unit `{unit}`", label, helps, fix)


_ALIASES = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "frame": "f", "frames": "f", "fr": "f", "kelvin": "K",
    "stop": "st", "stops": "st", "degrees": "deg", "degree": "deg", "percent": "%", "pct": "%", "hz": "fps",
    "msec": "ms", "ev": "st", "pixels": "px", "x": "",
}  # fmt: skip


def _colour(text: str, start: int, end: int) -> Literal:
    digits = text[1:]
    if len(digits) not in (3, 6) or any(c not in "0123456789abcdefABCDEF" for c in digits):
        fault = Fault("E0310", start, end, f"`{text}` is not a colour", "a colour is `#rrggbb`")
        raise _Faulty(fault)
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    return Literal("colour", f"#{digits.lower()}", text, start, end)


def _joined(literals: list[Literal]) -> Clause:
    """`8 beats` as one time, and `2s 12f` as one time."""
    out: list[Literal] = []
    for literal in literals:
        before = out[-1] if out else None
        if before is not None and before.end != literal.start:
            if literal.kind == "word" and before.kind == "number" and literal.text in _SPACED:
                unit = _SPACED[literal.text]
                value = _time(before.value, unit, before.text, before.start, literal.end)
                out.pop()
                literal = Literal("time", value, f"{before.text} {literal.text}", before.start, literal.end)
                before = out[-1] if out else None
            if before is not None and before.kind == literal.kind == "time":
                a, b = before.value, literal.value
                if not (a.timecode or b.timecode) and _rank(before) < _rank(literal):
                    total = Time(a.frames + b.frames, a.seconds + b.seconds, a.beats + b.beats, a.bars + b.bars)
                    out[-1] = Literal("time", total, f"{before.text} {literal.text}", before.start, literal.end)
                    continue
        out.append(literal)
    return tuple(out)


_SPACED = {
    "beat": "beat", "beats": "beats", "bar": "bar", "bars": "bars", "frames": "f", "frame": "f", "seconds": "s",
    "second": "s",
}  # fmt: skip


def _rank(time: Literal) -> int:
    """A compound time names its larger parts first: bars, beats, seconds, frames. By the unit as written: `0f` are frames."""
    unit = time.text.split()[-1].lstrip("+-0123456789./")
    kind = _SPACED.get(unit, unit)
    return {"f": 3, "s": 2, "ms": 2, "beat": 1, "beats": 1}.get(kind, 0)


def _explain(text: str, problem: UnexpectedInput) -> Fault:
    """What is wrong at the place where the grammar gave up."""
    if isinstance(problem, UnexpectedToken):
        token = problem.token
        at_end = token.type == "$END"
        start, end = (len(text), len(text)) if at_end else (token.start_pos or 0, token.end_pos or 0)
    else:
        start = getattr(problem, "pos_in_stream", None) or 0
        end, at_end = start + 1, start >= len(text)
    if at_end:
        if text.rstrip().endswith(","):
            start = len(text.rstrip()) - 1
            return Fault("E0309", start, start + 1, "nothing follows this comma", "one comma too many", (), "")
        return Fault("E0309", start, end, "a value is missing", "nothing here")
    rest = text[start:]
    if rest.startswith('"'):
        return Fault(
            "E0302", start, len(text), "this text is never closed", 'a `"` is missing',
            ('a quotation mark within a text is written `""`',),
        )  # fmt: skip
    if rest[0] in "“”'‘’„«":
        match = re.match(r"[“”„«'‘’]([^“”»'‘’\"]*)[“”»'‘’]", rest)
        fix = f'"{match[1]}"' if match else None
        end = start + (match.end() if match else 1)
        return Fault("E0302", start, end, "a text stands between straight quotation marks", 'write `"…"`', (), fix)
    if rest.startswith("/*"):
        return Fault("E0301", start, len(text), "`/*` sets aside lines of its own", "not within a line",
                     ("a comment at the end of a line begins with `//`",))  # fmt: skip
    if rest[0] == ",":
        return Fault("E0309", start, start + 1, "nothing stands before this comma", "one comma too many", (), "")
    if isinstance(problem, UnexpectedCharacters) and rest[0] in ";|":
        return Fault("E0301", start, start + 1, f"`{rest[0]}` separates nothing here", "clauses are separated by commas",
                     (), ",")  # fmt: skip
    if rest[0] == "，":
        return Fault("E0301", start, start + 1, "a full-width comma", "write `,`", (), ",")
    return Fault(
        "E0301", start, max(end, start + 1), f"`{text[start:end]}` cannot be read here", "not part of any value"
    )
