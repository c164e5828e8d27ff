"""The forms that a clause may take, and how a clause is matched with them.

A form is written as it is shown to people: `key [<quality>] [from <side>] [<kelvin>]`. It is made of
words that stand for themselves (`at`, `take|takes`), values `<field:kind>` (`<kind>` where both have one name),
optional parts in `[ ]` and repeated parts in `{ }`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, NamedTuple

from apexlang.diagnostics import suggest
from apexlang.syntax.literals import Clause, Fault, Literal


@dataclass(frozen=True)
class Kind:
    """A kind of value: which literals it takes, its bounds in the literal's own unit, and how people call it.

    `literal`: a literal's kind, or `words` with the phrases in `words` (True in `open_words`: any one word; `alone`: only one
    that is its whole clause).
    `check` says what is wrong with a value, or None. `suffixes` are those of files of this kind. A `signed` amount is a change
    and ought to say its sign. `unit` is put after bounds in messages; bounds of percentages are fractions.
    """

    says: str
    literal: str
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    words: tuple[str, ...] = ()
    open_words: bool = False
    alone: bool = False
    whole: bool = False
    code: str = "E0307"
    aliases: Mapping[str, str] | None = None
    check: Callable[[Any], str | None] | None = None
    suffixes: tuple[str, ...] = ()
    signed: bool = False

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        """What may be written, and which of `words` it means."""
        own = {phrase: phrase for phrase in self.words}
        return {**own, **{alias: word for alias, word in (self.aliases or {}).items() if word in own}}

    @cached_property
    def longest(self) -> int:
        """Words of the longest phrase."""
        return max((len(phrase.split(" ")) for phrase in self.phrases), default=1)


class Found(NamedTuple):
    """A value that a form named: its field, the value, and its place in the text."""

    field: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    parts: tuple[Part, ...]
    repeated: bool


Part = Slot | Word | Group

_PART = re.compile(r"\s*(<[^<>]+>|[\[\]{}]|->|[^\s<>\[\]{}]+)")


@cache
def compile_form(form: str) -> tuple[Part, ...]:
    """The parts of a form. ValueError for one that is written wrongly."""
    pieces = _PART.findall(form)
    parts, rest = _parts(pieces, 0, "")
    if rest != len(pieces):
        raise ValueError(f"`{form}` closes more than it opens")
    return parts


def _parts(pieces: Sequence[str], at: int, closing: str) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece == closing:
            return tuple(parts), at
        if piece in "[{":
            inner, at = _parts(pieces, at, "]" if piece == "[" else "}")
            parts.append(Group(inner, piece == "{"))
        elif piece in "]}":
            return tuple(parts), at - 1
        elif piece.startswith("<"):
            field, _, kind = piece[1:-1].partition(":")
            parts.append(Slot(field, kind or field))
        else:
            parts.append(Word(tuple(piece.split("|"))))
    if closing:
        raise ValueError("a form opens more than it closes")
    return tuple(parts), at


class _Furthest:
    """How far any form got, and what it would have taken there."""

    def __init__(self) -> None:
        self.at = -1
        self.expected: list[Slot | str] = []
        self.fault: Fault | None = None

    def miss(self, at: int, expected: Sequence[Slot | str], fault: Fault | None = None) -> None:
        if at > self.at:
            self.at, self.expected, self.fault = at, [], None
        if at == self.at:
            self.expected += [e for e in expected if e not in self.expected]
            self.fault = self.fault or fault


class _Heedless(_Furthest):
    """For a first try: what is right needs no message."""

    def miss(self, at: int, expected: Sequence[Slot | str], fault: Fault | None = None) -> None: ...


_HEEDLESS = _Heedless()


def match_clause(
    clause: Clause, forms: Sequence[str], kinds: Mapping[str, Kind]
) -> tuple[int, tuple[Found, ...]] | Fault:
    """The first form that takes the whole clause and the values it names; else the most telling fault."""
    for index, form in enumerate(forms):
        found = _fits(compile_form(form), clause, 0, kinds)
        if found is not None:
            return index, found
    for form in forms:
        beyond = _but_for_range(compile_form(form), clause, 0, kinds, None)
        if beyond is not None:
            return beyond
    furthest = _Furthest()
    for form in forms:
        for end, _ in _match(compile_form(form), 0, clause, 0, kinds, furthest):
            furthest.miss(end, ())
    return _fault(clause, forms, kinds, furthest)


def _fits(parts: tuple[Part, ...], clause: Clause, at: int, kinds: Mapping[str, Kind]) -> tuple[Found, ...] | None:
    """What `parts` find if they take all of the clause from `at` on, by the first way of `_match` that does. Most clauses are
    right, and one way is quicker than all ways with what each would have liked to see."""
    if not parts:
        return () if at == len(clause) else None
    part, rest = parts[0], parts[1:]
    if isinstance(part, Group):
        if part.repeated:
            for end, found in _match((part, *rest), 0, clause, at, kinds, _HEEDLESS):
                if end == len(clause):
                    return found
            return None
        taken = _fits((*part.parts, *rest), clause, at, kinds)
        return taken if taken is not None else _fits(rest, clause, at, kinds)
    if at == len(clause):
        return None
    literal = clause[at]
    if isinstance(part, Word):
        if (literal.kind == "word" and literal.value in part.words) or (literal.kind == "arrow" and "->" in part.words):
            return _fits(rest, clause, at + 1, kinds)
        return None
    kind = kinds[part.kind]
    if literal.kind != ("word" if kind.literal == "words" else kind.literal):
        return None
    value = _take(part, clause, at, kind)
    if value is None or isinstance(value, Fault):
        return None
    after = _fits(rest, clause, value[0], kinds)
    return None if after is None else (Found(part.field, value[1], literal.start, clause[value[0] - 1].end), *after)


def _but_for_range(
    parts: tuple[Part, ...], clause: Clause, at: int, kinds: Mapping[str, Kind], fault: Fault | None
) -> Fault | None:
    """The first fault of a clause that has the form's shape and values out of range: `4 bit`."""
    if not parts:
        return fault if at == len(clause) else None
    part, rest = parts[0], parts[1:]
    if isinstance(part, Group):
        found = None if part.repeated else _but_for_range((*part.parts, *rest), clause, at, kinds, fault)
        return found if found is not None else _but_for_range(rest, clause, at, kinds, fault)
    if at == len(clause):
        return None
    literal = clause[at]
    if isinstance(part, Word):
        fits = literal.value in part.words if literal.kind == "word" else literal.kind == "arrow" and "->" in part.words
        return _but_for_range(rest, clause, at + 1, kinds, fault) if fits else None
    taken = _take(part, clause, at, kinds[part.kind])
    if isinstance(taken, Fault):
        return _but_for_range(rest, clause, at + 1, kinds, fault or taken)
    return None if taken is None else _but_for_range(rest, clause, taken[0], kinds, fault)


def _begins(parts: tuple[Part, ...], literal: Literal, kinds: Mapping[str, Kind]) -> bool:
    """Whether a form may begin with a literal, as far as its kind tells."""
    for part in parts:
        if isinstance(part, Word):
            return literal.kind == "word" and literal.value in part.words
        if isinstance(part, Slot):
            return literal.kind == ("word" if kinds[part.kind].literal == "words" else kinds[part.kind].literal)
        if _begins(part.parts, literal, kinds):
            return True
    return False


def _match(
    parts: tuple[Part, ...], p: int, clause: Clause, at: int, kinds: Mapping[str, Kind], furthest: _Furthest
) -> list[tuple[int, tuple[Found, ...]]]:
    """Every way in which `parts[p:]` take literals from `at` on: where each ends, and what it found; the longest first."""
    if p == len(parts):
        return [(at, ())]
    part = parts[p]
    ways: list[tuple[int, tuple[Found, ...]]] = []
    if isinstance(part, Group):
        starts: list[tuple[int, tuple[Found, ...]]] = []
        reached = [(at, ())] if not part.repeated else []
        for end, found in _match(part.parts, 0, clause, at, kinds, furthest):
            if end > at:
                starts.append((end, found))
        if part.repeated:
            frontier, steps = starts, 0
            while frontier and steps < len(clause):
                steps += 1
                new = []
                for start, before in frontier:
                    for end, found in _match(part.parts, 0, clause, start, kinds, furthest):
                        if end > start:
                            new.append((end, before + found))
                starts, frontier = new[:1] + starts, new[:1]
            reached = [(at, ())]
        for start, before in [*starts, *reached]:
            for end, found in _match(parts, p + 1, clause, start, kinds, furthest):
                ways.append((end, before + found))
        return ways
    if at >= len(clause):
        furthest.miss(at, (part,) if isinstance(part, Slot) else part.words[:1])
        return []
    literal = clause[at]
    if isinstance(part, Word):
        if literal.kind in ("word", "arrow") and (
            literal.value in part.words or (literal.kind == "arrow" and "->" in part.words)
        ):
            return _match(parts, p + 1, clause, at + 1, kinds, furthest)
        furthest.miss(at, part.words[:1])
        return []
    taken = _take(part, clause, at, kinds[part.kind])
    if isinstance(taken, Fault) or taken is None:
        furthest.miss(at, (part,), taken)
        return []
    end, value = taken
    here = Found(part.field, value, literal.start, clause[end - 1].end)
    return [(e, (here, *f)) for e, f in _match(parts, p + 1, clause, end, kinds, furthest)]


def _take(slot: Slot, clause: Clause, at: int, kind: Kind) -> tuple[int, Any] | Fault | None:
    """The value that a kind takes at a place, and where it ends; None if it takes none."""
    literal = clause[at]
    if kind.literal == "words":
        if literal.kind != "word":
            return None
        phrases = kind.phrases
        for length in range(min(kind.longest, len(clause) - at), 1, -1):
            words = [w.value for w in clause[at : at + length] if w.kind == "word"]
            meant = phrases.get(" ".join(words)) if len(words) == length else None
            if meant is not None:
                return at + length, meant
        meant = phrases.get(literal.value)
        if meant is not None:
            return at + 1, meant
        open_ = kind.open_words and not (kind.alone and len(clause) > 1)
        return (at + 1, literal.value) if open_ else None
    if literal.kind != kind.literal:
        return None
    value = literal.value
    if kind.check is not None:
        wrong = kind.check(value)
        if wrong is not None:
            return Fault("E0304", literal.start, literal.end, f"`{literal.text}` is out of range", wrong)
    if isinstance(value, Fraction):
        fault = _out_of_bounds(literal, value, kind)
        if fault is not None:
            return fault
    return at + 1, value


def _out_of_bounds(literal: Literal, value: Fraction, kind: Kind) -> Fault | None:
    if kind.whole and value.denominator != 1:
        return Fault(
            "E0304", literal.start, literal.end, f"`{literal.text}` is not a whole number", f"expected {kind.says}"
        )
    low, high = kind.low, kind.high
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    return Fault(
        "E0304", literal.start, literal.end, f"`{literal.text}` is out of range", f"expected {kind.says}{bounds(kind)}"
    )


def bounds(kind: Kind) -> str:
    """`, 4mm to 1200mm`; nothing for a kind without bounds."""

    def show(x: Fraction) -> str:
        x = x * 100 if kind.literal == "percent" else x
        text = f"{float(x):g}"
        return f"f/{text}" if kind.literal == "aperture" else f"{text}{kind.unit}"

    if kind.low is not None and kind.high is not None:
        return f", {show(kind.low)} to {show(kind.high)}"
    if kind.low is not None:
        return f", {show(kind.low)} or more"
    return f", {show(kind.high)} or less" if kind.high is not None else ""


_CALLED = {
    "time": "a time", "rate": "a frame rate", "length": "a length in mm", "kelvin": "a colour temperature",
    "stops": "a number of stops", "angle": "an angle", "percent": "a percentage", "decibels": "a number of decibels",
    "loudness": "a loudness", "pixels": "a number of pixels", "number": "a number without a unit", "size": "a picture size",
    "aperture": "an aperture", "colour": "a colour", "string": "a text", "point": "a point", "word": "a word",
    "arrow": "an arrow", "four": "four numbers", "tuple": "a list of numbers",
}  # fmt: skip


def _fault(clause: Clause, forms: Sequence[str], kinds: Mapping[str, Kind], furthest: _Furthest) -> Fault:
    at = furthest.at
    wanted = _wanted(furthest.expected, kinds)
    if at >= len(clause):
        last = clause[-1]
        return Fault("E0309", last.end - 1, last.end, f"something is missing after `{last.text}`", f"expected {wanted}",
                     _shapes(forms))  # fmt: skip
    literal = clause[at]
    if furthest.fault is not None:
        return furthest.fault
    if not furthest.expected:
        rest = clause[-1].end
        two = any(_begins(compile_form(form), literal, kinds) for form in forms)
        label = "a comma before it?" if two else "nothing more is said here"
        return Fault("E0301", literal.start, rest, f"`{literal.text}` is one too many here", label, _shapes(forms))
    if literal.kind == "word":
        return _word_fault(clause, at, forms, kinds, furthest.expected, wanted)
    what = _CALLED.get(literal.kind, "this")
    if literal.kind == "number":
        odd = _odd_unit(clause, at, kinds, furthest.expected)
        if odd is not None:
            return odd
        if "." in literal.text and any(
            isinstance(e, Slot) and kinds[e.kind].literal == "aperture" for e in furthest.expected
        ):
            return Fault("E0306", literal.start, literal.end, f"`{literal.text}` has no unit", f"expected {wanted}",
                         (f"did you mean `f/{literal.text}`?",), f"f/{literal.text}", maybe=True)  # fmt: skip
        units = {kinds[e.kind].unit for e in furthest.expected if isinstance(e, Slot) and kinds[e.kind].unit}
        if len(units) == 1 and _may_be(literal, furthest.expected, kinds):
            unit = units.pop()
            return Fault("E0306", literal.start, literal.end, f"`{literal.text}` has no unit", f"expected {wanted}",
                         (f"did you mean `{literal.text}{unit}`?",), f"{literal.text}{unit}")  # fmt: skip
        fitting = [
            kind.unit
            for kind in (kinds[e.kind] for e in furthest.expected if isinstance(e, Slot))
            if kind.unit
            and (kind.low is None or kind.low <= literal.value)
            and (kind.high is None or literal.value <= kind.high)
        ]
        if fitting:
            return Fault("E0306", literal.start, literal.end, f"`{literal.text}` has no unit", f"expected {wanted}",
                         (f"did you mean `{literal.text}{fitting[0]}`?",), f"{literal.text}{fitting[0]}", maybe=True)  # fmt: skip
        if any(isinstance(e, Slot) and kinds[e.kind].literal == "time" for e in furthest.expected):
            return Fault("E0306", literal.start, literal.end, f"`{literal.text}` has no unit", f"expected {wanted}",
                         (_times(literal.text),))  # fmt: skip
    return Fault(
        "E0303", literal.start, literal.end, f"`{literal.text}` is {what}", f"expected {wanted}", _shapes(forms)
    )


_AFTER_A_SPACE = ("beat", "beats", "bar", "bars", "frames", "seconds")


def _odd_unit(clause: Clause, at: int, kinds: Mapping[str, Kind], expected: Sequence[Slot | str]) -> Fault | None:
    """`8 baets`: a number that a misspelt unit follows, where a time is expected."""
    if at + 1 >= len(clause) or clause[at + 1].kind != "word":
        return None
    if not any(isinstance(e, Slot) and kinds[e.kind].literal == "time" for e in expected):
        return None
    unit = clause[at + 1]
    meant = suggest(unit.text, _AFTER_A_SPACE)
    if meant is None:
        return None
    return Fault("E0305", unit.start, unit.end, f"unknown unit `{unit.text}`", f"did you mean `{meant}`?", (), meant)


def _times(number: str) -> str:
    frames = f", `{number}f` frames" if number.lstrip("+").isdecimal() else ""
    return f"`{number}s` is seconds{frames}, `{number} beats` beats"


def _may_be(literal: Literal, expected: Sequence[Slot | str], kinds: Mapping[str, Kind]) -> bool:
    """Whether a number would do if it had the unit that is expected: `1920` is no frame rate."""
    for e in expected:
        kind = kinds[e.kind] if isinstance(e, Slot) else None
        if kind is None or not kind.unit:
            continue
        if kind.literal == "rate" and not 1 <= literal.value <= 240:
            return False
        scale = 100 if kind.literal == "percent" else 1
        if (kind.low is not None and literal.value < kind.low * scale) or (
            kind.high is not None and literal.value > kind.high * scale
        ):
            return False
    return True


def _word_fault(
    clause: Clause,
    at: int,
    forms: Sequence[str],
    kinds: Mapping[str, Kind],
    expected: Sequence[Slot | str],
    wanted: str,
) -> Fault:
    """A word that no form takes here: probably a misspelt one."""
    words: dict[str, str] = {}
    codes: set[str] = set()
    for e in expected:
        if isinstance(e, Slot):
            kind = kinds[e.kind]
            words |= dict.fromkeys([*kind.words, *(kind.aliases or {})], kind.code)
            codes |= {kind.code} if kind.literal == "words" else set()
        elif e != "->":
            words[e] = "E0307"
    special = codes - {"E0307"}
    code = special.pop() if len(special) == 1 and len(codes) == 1 else "E0307"
    literal = clause[at]
    proper = {w for e in expected for w in (kinds[e.kind].words if isinstance(e, Slot) else (e,))}
    for length in range(min(3, len(clause) - at), 0, -1):
        span = clause[at : at + length]
        if any(w.kind != "word" for w in span):
            continue
        phrase = " ".join(w.value for w in span)
        alike = [w for w in words if length in (len(w.split()), len(w.replace("_", " ").split()))]
        meant = suggest(phrase, [w for w in alike if w in proper]) or suggest(phrase, alike)
        if meant is not None:
            return Fault(
                words[meant],
                literal.start,
                span[-1].end,
                f"unknown word `{phrase}`",
                f"did you mean `{meant}`?",
                (),
                meant,
            )
    end = literal.end
    if literal.value == "none" and len(clause) == 1:
        return Fault(code, literal.start, end, "this cannot be switched off", f"expected {wanted}")
    few = [kinds[e.kind] for e in expected if isinstance(e, Slot) and 1 < len(kinds[e.kind].words) <= MOST_WORDS]
    lists = tuple(
        f"{kind.says.partition(' (')[0]} is one of " + ", ".join(f"`{w}`" for w in kind.words) for kind in few
    )
    return Fault(
        code, literal.start, end, f"unknown word `{literal.text}`", f"expected {wanted}", (*_shapes(forms), *lists)
    )


def _wanted(expected: Sequence[Slot | str], kinds: Mapping[str, Kind]) -> str:
    said: list[str] = []
    for e in expected:
        text = kinds[e.kind].says if isinstance(e, Slot) else f"`{e}`"
        if text not in said:
            said.append(text)
    if not said:
        return "nothing more"
    if len(said) > 6:
        said = [*said[:5], "…"]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " or " + said[-1]


MOST_WORDS = 16
"""Words of a kind that are told one by one."""


def _shapes(forms: Sequence[str]) -> tuple[str, ...]:
    if len(forms) > 6 or all(form.startswith("<") and form.endswith(">") for form in forms):
        return ()
    return ("it takes " + ", ".join(f"`{shown(form)}`" for form in forms),)


def shown(form: str) -> str:
    """A form as people read it: each value by its kind, the first of words that mean the same."""
    form = re.sub(r"<\w+:([\w-]+)>", r"<\1>", form)
    return re.sub(r"(\w+)(?:\|\w+)+", r"\1", form)
