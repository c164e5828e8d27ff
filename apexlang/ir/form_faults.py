"""What is wrong with a clause that no form takes, said as helpfully as it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apexlang.diagnostics import suggest
from apexlang.ir.forms import Kind, Part, Slot, Word, compile_form, shown
from apexlang.syntax.literals import Clause, Fault, Literal


class Furthest:
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


_CALLED = {
    "time": "a time", "rate": "a frame rate", "length": "a length in mm", "kelvin": "a colour temperature",
    "stops": "a number of stops", "angle": "an angle", "percent": "a percentage", "decibels": "a number of decibels",
    "loudness": "a loudness", "pixels": "a number of pixels", "number": "a number without a unit", "size": "a picture size",
    "aperture": "an aperture", "colour": "a colour", "string": "a text", "point": "a point", "word": "a word",
    "arrow": "an arrow", "four": "four numbers", "tuple": "a list of numbers",
}  # fmt: skip


def fault_of(clause: Clause, forms: Sequence[str], kinds: Mapping[str, Kind], furthest: Furthest) -> Fault:
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
