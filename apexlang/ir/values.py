"""Reading the value of a property by the table: typed fields, or what is wrong with it. A pure function of property and text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from apexlang.ir.forms import Found, Slot, compile_form, shown
from apexlang.ir.matching import match_clause
from apexlang.ir.slips import mended
from apexlang.ir.table import BY_NAME, CUT, KINDS, MOVING_TRANSITION, TRANSITION
from apexlang.ir.table import Clause as Row
from apexlang.syntax.literals import Clause, Fault, parse_value

OFF = "none"

TUPLES = frozenset({"rig", "compose", "palette", "order", "refs", "wears", "lens", "deliver", "voice"})
"""Fields that hold everything said of them, in order."""

LONGEST_VALUE = 10_000
"""Characters of the longest value that is read: far beyond what a person writes, and reading stays quick."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value says. `fields`: each field's values in order (numbers as exact fractions); `places`: where, in the text.

    `off`: it said `none`. `faults`: errors and, with a `W` code, warnings. `usable` is False when nothing can be made of it.
    `plain`: the fields as the IR holds them.
    """

    fields: Mapping[str, tuple[Any, ...]]
    places: Mapping[str, tuple[int, int]]
    kinds: Mapping[str, str]
    off: bool = False
    faults: tuple[Fault, ...] = ()
    plain: Mapping[str, Any] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        return not self.faults or not any(fault.code[0] == "E" for fault in self.faults)

    def one(self, field: str) -> Any:
        """The value of a field that is said at most once, or None."""
        values = self.fields.get(field)
        return values[0] if values else None

    def plain_all(self, field: str) -> tuple[Any, ...]:
        """Every value of a field as the IR holds them."""
        return tuple(plain(value) for value in self.fields.get(field, ()))

    def number(self, field: str) -> float | None:
        value = self.one(field)
        return float(value) if value is not None else None


_NOTHING = Reading({}, {}, {})


@lru_cache(65536)
def read(name: str, text: str) -> Reading:
    """The value of the property `name`. Text that is not understood gives faults, never an exception."""
    reading = _as_written(name, text)
    if reading.usable or not BY_NAME[name].clauses:
        return reading
    return replace(reading, faults=mended(text, reading.faults, lambda new: _as_written(name, new).faults))


def _as_written(name: str, text: str) -> Reading:
    row = BY_NAME[name]
    if not text.strip():
        example = row.example.split(": ", 1)[1]
        fault = Fault("E0309", 0, 0, f"`{name}:` has no value", "nothing here", (f"like `{name}: {example}`",))
        return Reading({}, {}, {}, faults=(fault,))
    if len(text) > LONGEST_VALUE:
        fault = Fault("E0301", 0, len(text), "this value is too long to be read", f"{LONGEST_VALUE} characters at most")
        return Reading({}, {}, {}, faults=(fault,))
    if row.off and text.strip() == OFF:
        return Reading({}, {}, {}, off=True)
    if not row.clauses:
        reading = _phrases(name, text)
    else:
        clauses = parse_value(text)
        if isinstance(clauses, Fault):
            return Reading({}, {}, {}, faults=(clauses,))
        reading = _read(name, clauses, row.clauses, row.needs, len(text))
    if row.later and reading.usable:
        late = not_rendered(f"`{name}:`", 0, len(text), row.later)
        reading = replace(reading, faults=(*reading.faults, late))
    return reading


def not_rendered(what: str, start: int, end: int, instead: str) -> Fault:
    """The warning for what is understood and planned, and cannot be made yet."""
    return Fault("W0190", start, end, f"{what} is not rendered yet", instead)


@lru_cache(4096)
def read_transition(text: str, word: str = "DISSOLVE") -> Reading:
    """What follows a transition's word."""
    reading = _transition(text, word)
    if reading.usable:
        return reading
    return replace(reading, faults=mended(text, reading.faults, lambda new: _transition(new, word).faults))


def _transition(text: str, word: str) -> Reading:
    if not text.strip():
        return _NOTHING
    if len(text) > LONGEST_VALUE:
        return Reading({}, {}, {}, faults=(Fault("E0301", 0, len(text), "this is too long to be read", "too long"),))
    clauses = parse_value(text)
    if isinstance(clauses, Fault):
        return Reading({}, {}, {}, faults=(clauses,))
    rows = MOVING_TRANSITION if word in ("WIPE", "WHIP PAN") else CUT if "CUT" in word else TRANSITION
    return _read("transition", clauses, rows, (), len(text))


def _phrases(name: str, text: str) -> Reading:
    """Free phrases between commas."""
    found: list[str] = []
    faults: list[Fault] = []
    at = 0
    for part in text.split(","):
        phrase = " ".join(part.split())
        if len(phrase) > 1 and phrase[0] == phrase[-1] == '"':
            phrase = phrase[1:-1].strip()
        if phrase:
            found.append(phrase)
        else:
            comma = min(at + len(part), len(text) - 1)
            faults.append(Fault("E0309", comma, comma + 1, "nothing stands beside this comma", "one comma too many"))
        at += len(part) + 1
    return Reading({name: tuple(found)}, {name: (0, len(text))}, {}, faults=tuple(faults))


def _read(name: str, clauses: Sequence[Clause], rows: Sequence[Row], needs: Sequence[str], length: int) -> Reading:
    forms = [row.form for row in rows]
    fields: dict[str, list[Any]] = {}
    places: dict[str, tuple[int, int]] = {}
    kinds: dict[str, str] = {}
    faults: list[Fault] = []
    said: dict[int, Clause] = {}
    for clause in clauses:
        matched = match_clause(clause, forms, KINDS)
        if not isinstance(matched, Fault) and _only_begun(clause, forms, matched[0]):
            matched = match_clause(clause, [form for form in forms if form != forms[matched[0]]], KINDS)
        if isinstance(matched, Fault):
            faults.append(matched)
            continue
        index, found = matched
        row = rows[index]
        twice = _twice(row, index, found, clause, said, fields)
        if twice is not None:
            faults.append(twice)
            continue
        if not found and not row.sets and row.form.startswith(clause[0].text):
            last = clause[-1]
            faults.append(Fault("E0309", last.start, last.end, f"something is missing after `{last.text}`",
                                "nothing is said of it", (f"it takes `{shown(row.form)}`",)))  # fmt: skip
            continue
        said[index] = clause
        faults += _late(row, clause, found)
        for target, value in row.sets.items():
            fields[target] = [value]
            places[target] = (clause[0].start, clause[-1].end)
        slots = _slots(row.form)
        for f in found:
            fields.setdefault(f.field, []).append(f.value)
            start, _ = places.get(f.field, (f.start, 0))
            places[f.field] = (start, f.end)
            kinds[f.field] = slots.get(f.field, "")
            faults += _unsigned(f, clause, kinds[f.field])
    wrong = any(fault.code[0] == "E" for fault in faults)
    if not wrong:
        lacking = needs if not any(field in fields for field in needs) else ()
        if lacking:
            shape = next(row.form for row in rows if lacking[0] in row.sets or f"<{lacking[0]}" in row.form)
            what = _what(shape, lacking[0])
            faults.append(
                Fault("E0309", 0, length, f"`{name}:` lacks {what}", f"no {what.partition(' (')[0].split(' ', 1)[1]}")
            )
    said_of = {k: tuple(v) for k, v in fields.items()}
    return Reading(said_of, places, kinds, faults=tuple(faults), plain=_plain_fields(said_of))


def _only_begun(clause: Clause, forms: Sequence[str], index: int) -> bool:
    """Whether a clause that was taken for a name is the first word of a form that asks for more: `pan`. A word of the language is
    no name: `practicals` is a mood of its own."""
    if len(clause) != 1 or not forms[index].startswith("<"):
        return False
    if any(clause[0].text in KINDS[kind].phrases for kind in _slots(forms[index]).values()):
        return False
    return any(clause[0].text in form.split(" ", 1)[0].split("|") for form in forms)


def _plain_fields(fields: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    return {k: tuple(plain(x) for x in v) if k in TUPLES else plain(v[0]) for k, v in fields.items()}


def _late(row: Row, clause: Clause, found: Sequence[Found]) -> Iterator[Fault]:
    """A warning for a clause, or for some of its values, that cannot be made yet."""
    if row.later:
        word = clause[0].text if clause[0].kind == "word" else " ".join(part.text for part in clause)
        second = clause[1].text if len(clause) > 1 and f"{word} {clause[1].text}" in row.form else ""
        yield not_rendered(f"`{f'{word} {second}'.strip()}`", clause[0].start, clause[-1].end, row.later)
        return
    late = [f for f in found if f.field in row.later_fields and f.value != row.usual.get(f.field)]
    if late:
        said = ", ".join(dict.fromkeys(row.later_fields[f.field] for f in late))
        end = clause[-1].end if late[0].start == clause[0].start else late[-1].end
        text = " ".join(part.text for part in clause if late[0].start <= part.start < end)
        if late[0].start > clause[0].start:
            text = f"{clause[0].text} … {text}"
        yield not_rendered(f"`{text}`", late[0].start, late[-1].end, said)


def _what(form: str, field: str) -> str:
    slot = _slots(form).get(field)
    return KINDS[slot].says if slot else {"kind": "a move"}.get(field, f"a {field}")


def _twice(
    row: Row,
    index: int,
    found: Sequence[Found],
    clause: Clause,
    said: Mapping[int, Clause],
    fields: Mapping[str, list[Any]],
) -> Fault | None:
    """A clause that says again what has been said."""
    if row.repeats:
        return None
    clash = index in said or any(f.field in fields for f in found) or any(f in fields for f in row.sets)
    if not clash:
        return None
    text = " ".join(literal.text for literal in clause)
    return Fault("E0308", clause[0].start, clause[-1].end, f"`{text}` says again what this line has said", "said twice")


def _unsigned(found: Found, clause: Clause, kind: str) -> list[Fault]:
    if not KINDS[kind].signed or not found.value:
        return []
    literal = next(part for part in clause if part.start == found.start)
    if literal.text[0] in "+-":
        return []
    return [
        Fault(
            "W0301", literal.start, literal.end, f"`{literal.text}` is a change: say its sign", f"read as `+{literal.text}`",
            (), f"+{literal.text}",
        )
    ]  # fmt: skip


@lru_cache(512)
def _slots(form: str) -> Mapping[str, str]:
    """The kind of each field of a form."""
    found: dict[str, str] = {}

    def walk(parts: tuple[Any, ...]) -> None:
        for part in parts:
            if isinstance(part, Slot):
                found[part.field] = part.kind
            elif hasattr(part, "parts"):
                walk(part.parts)

    walk(compile_form(form))
    return found


def plain(value: Any) -> Any:
    """A value as the IR holds it: fractions as floats, all else as it is."""
    return float(value) if isinstance(value, Fraction) else value
