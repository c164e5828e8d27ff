"""How a clause is matched with the forms that it may take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from apexlang.ir.form_faults import Furthest, fault_of
from apexlang.ir.forms import Found, Group, Kind, Part, Slot, Word, bounds, compile_form
from apexlang.syntax.literals import Clause, Fault, Literal


class _Heedless(Furthest):
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
    furthest = Furthest()
    for form in forms:
        for end, _ in _match(compile_form(form), 0, clause, 0, kinds, furthest):
            furthest.miss(end, ())
    return fault_of(clause, forms, kinds, furthest)


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


def _match(
    parts: tuple[Part, ...], p: int, clause: Clause, at: int, kinds: Mapping[str, Kind], furthest: Furthest
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
