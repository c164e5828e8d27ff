"""Films built by the grammar and the property table: right by their making, in odd but legal spacing.

What may stand in a block is read from `grammar/blocks.lark`; properties, clauses, words, units and ranges from the tables that
the compiler itself reads. There is no second list of them here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

from hypothesis import strategies as st

from apexlang import resources
from apexlang.ir.forms import Group, Kind, Part, Slot, compile_form
from apexlang.ir.properties import CODES
from apexlang.ir.scope import SECTIONS
from apexlang.ir.table import BY_NAME, CUT, KINDS, MOVING_TRANSITION, SIZE_ALIASES, SIZES, TRANSITION, Clause, names_in
from apexlang.ir.unit import Gathering
from apexlang.source import World
from apexlang.syntax.lines import DEFINITIONS, FLOWING, SETTINGS, TRANSITION_WORDS
from apexlang.syntax.literals import UNITS

SUITE = Path(__file__).parents[1] / "suite"
ASSETS = sorted(f"assets/{path.name}" for path in (SUITE / "assets").iterdir())


@cache
def standing() -> Mapping[str, frozenset[str]]:
    """What may stand under each kind of line, by the grammar: small names are those of its rules."""
    rules = re.findall(
        r"^\w+:\s+([A-Z]+)\s+\(_INDENT \(?([^)*]+)\)?\* _DEDENT\)\?", resources.grammar("blocks.lark"), re.M
    )
    return {head: frozenset(re.findall(r"\w+", body)) for head, body in rules}


@cache
def library(kind: str) -> tuple[str, ...]:
    """The library's full names of a kind of definition."""
    section = next(section for section, defines in SECTIONS.items() if defines == kind)
    return tuple(n for n in Gathering(World(SUITE)).library_names() if n.startswith(f"std.{section}."))


# ---- values ------------------------------------------------------------------------------------------------------------


def _number(low: Fraction, high: Fraction, whole: bool) -> st.SearchStrategy[str]:
    """A number within bounds, with at most two places."""
    if whole:
        return st.integers(-(-low.numerator // low.denominator), high.numerator // high.denominator).map(str)

    def written(hundredths: int) -> str:
        sign, rest = ("-" if hundredths < 0 else ""), abs(hundredths)
        text = f"{sign}{rest // 100}.{rest % 100:02}"
        return text.rstrip("0").rstrip(".")

    near, far = low * 100, high * 100
    return st.integers(-(-near.numerator // near.denominator), far.numerator // far.denominator).map(written)


def _unit(literal: str) -> str:
    return next(unit for unit, measures in UNITS.items() if measures == literal)


_unit_interval = _number(Fraction(0), Fraction(1), False)
_TIMES = st.one_of(
    st.integers(24, 120).map("{}f".format),
    _number(Fraction(1), Fraction(5), False).map("{}s".format),
    st.integers(1000, 4000).map("{}ms".format),
    st.integers(2, 16).map("{} beats".format),
    st.integers(1, 4).map("{} bars".format),
    st.tuples(st.integers(1, 3), st.integers(0, 11)).map(lambda t: f"{t[0]}s {t[1]}f"),
    st.integers(0, 11).map(lambda f: f"00:00:02:{f:02}"),
)
_PLAIN: Mapping[str, st.SearchStrategy[str]] = {
    "size": st.tuples(st.integers(8, 2048), st.integers(8, 2048)).map(lambda s: f"{s[0] * 2}x{s[1] * 2}"),
    "rate": st.sampled_from([f"{r}fps" for r in (24, 25, 30, "23.976", "29.97", "59.94", 12.5)]),
    "colour": st.from_regex(r"#([0-9a-fA-F]{3}){1,2}", fullmatch=True),
    "point": st.tuples(_unit_interval, _unit_interval).map(lambda p: f"({p[0]}, {p[1]})"),
    "four": st.tuples(*[_unit_interval] * 4).map(lambda p: f"({p[0]},{p[1]} , {p[2]}, {p[3]})"),
    "time": _TIMES,
}


def _words(kind: Kind, name: str, of: str) -> st.SearchStrategy[str]:
    """A word of a kind, or a name of the library where it takes names."""
    found = list(kind.phrases)
    if kind.open_words:
        defines = next((k for k, code in CODES.items() if code == kind.code), of.upper())
        found += library(defines)
    return st.sampled_from(found)


@cache
def literal(name: str, of: str) -> st.SearchStrategy[str]:
    """What is right for a kind of value in the property `of`."""
    kind = KINDS[name]
    if kind.literal == "words":
        return _words(kind, name, of)
    if kind.literal == "string":
        here = [a for a in ASSETS if Path(a).suffix in kind.suffixes] or [f"assets/none{kind.suffixes[0]}"]
        return st.sampled_from(here).map('"{}"'.format)
    if name == "shutter":
        return st.integers(1, 8000).map("1/{}s".format)
    if kind.literal in _PLAIN:
        return _PLAIN[kind.literal]
    scale = 100 if kind.literal == "percent" else 1
    low = kind.low if kind.low is not None else Fraction(0)
    high = kind.high if kind.high is not None else Fraction(10)
    number = _number(low * scale, high * scale, kind.whole)
    if kind.literal == "aperture":
        return number.map("f/{}".format)
    unit = _unit(kind.literal)
    signed = kind.signed
    return number.map(lambda n: f"{'+' if signed and n[0] != '-' else ''}{n}{unit}")


def _slots(parts: Sequence[Part]) -> set[str]:
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Slot):
            found.add(part.field)
        elif isinstance(part, Group):
            found |= _slots(part.parts)
    return found


@cache
def _fields(form: str) -> frozenset[str]:
    return frozenset(_slots(compile_form(form)))


def _said(clause: Clause) -> frozenset[str]:
    return _fields(clause.form) | clause.sets.keys()


@st.composite
def clause_text(draw: st.DrawFn, form: str, of: str) -> str:
    """A clause of a form, each optional part there or not."""
    out: list[str] = []

    def write(parts: Sequence[Part]) -> None:
        for part in parts:
            if isinstance(part, Slot):
                out.append(draw(literal(part.kind, of)))
            elif isinstance(part, Group):
                for _ in range(draw(st.integers(0, 2 if part.repeated else 1))):
                    write(part.parts)
            else:
                out.append(draw(st.sampled_from(part.words)))

    parts = compile_form(form)
    write(parts)
    if len(out) < 2 and _fields(form) and isinstance(parts[-1], Group):  # a lamp's name alone, or nothing, says nothing
        out.clear()
        write([p for part in parts for p in (part.parts if isinstance(part, Group) else (part,))])
    return draw(st.sampled_from([" ", " ", " ", "  "])).join(out)


@st.composite
def value(draw: st.DrawFn, clauses: Sequence[Clause], of: str, needs: Sequence[str] = ()) -> str:
    """Clauses that go together: none says what another has said, and the first says what is needed."""
    first = [c for c in clauses if not needs or _said(c) & set(needs)]
    chosen = [draw(st.sampled_from(first))]
    said = set(_said(chosen[0])) | set(needs)
    for _ in range(draw(st.integers(0, 3))):
        others = [c for c in clauses if c.repeats is chosen[0].repeats is True or not _said(c) & said]
        if not others:
            break
        chosen.append(draw(st.sampled_from(others)))
        said |= _said(chosen[-1])
    texts = [draw(clause_text(c.form, of)) for c in chosen]
    return draw(st.sampled_from([", ", ",", " , ", ",  "])).join(texts)


_FREE = st.lists(
    st.sampled_from(["low", "slow", "grey", "tall", "wool", "red-haired", "зимний", "静か", "it's"]),
    min_size=1,
    max_size=5,
)


@st.composite
def property_line(draw: st.DrawFn, name: str) -> str:
    row = BY_NAME[name]
    if row.off and draw(st.integers(0, 9)) == 0:
        text = "none"
    elif row.clauses:
        text = draw(value(row.clauses, name, row.needs))
    else:
        text = " ".join(draw(_FREE))
    return f"{name}:{draw(st.sampled_from([' ', ' ', '', '   ']))}{text}{draw(_tail)}"


@st.composite
def properties(draw: st.DrawFn, kind: str, most: int = 4) -> list[str]:
    """Different properties of a block; of those that give a shot its picture, and of a parent, at most one."""
    names = [n for n in names_in(kind) if n != "voice"]
    pictures = {n for n in names if n not in names_in("FILM") and not BY_NAME[n].many} if kind == "SHOT" else set()
    chosen: list[str] = []
    for name in draw(st.lists(st.sampled_from(names), max_size=most, unique=True)):
        if name in pictures and pictures & set(chosen):
            continue
        chosen.append(name)
    return [draw(property_line(name)) for name in chosen]


# ---- words -------------------------------------------------------------------------------------------------------------

_PEOPLE = (
    "SARAH",
    "OTTO",
    "MRS. O'BRIEN",
    "ÉLODIE",
    "СЕРГЕЙ",
    "ΣΟΦΙΑ",
    "@张伟",
    "@佐藤",
    "@سارة",
    "@McCLANE",
    "JEAN-LUC",
)
_NAMES = ("night", "day", "noir_city", "утро", "夜", "été", "left-hand", "a1")
_TEXTS = (
    "Mist over the runway.", "She stops. Something moved.", "Rain ,  rain,rain  ->  more", "Он ждёт.", "雨が降る。", "مطر.",
    "*Softly* now, **now**, _there_.", "A sign [[which one?]] says nothing.", "See https://example.com/a for more.",
    "He counts 10, 20, 30%.", "(beat)", "\u200bnothing\u00a0breaks", "e\u0301te\u0301", "A \"word\" and another.",
)  # fmt: skip
_GOES_ON = "and it goes on"
_PLACES = ("WAREHOUSE", "HOUSE: BACK ROOM", "КРЫША", "駅", "CAR - PARK", "Café")
_DAYTIMES = (" - NIGHT", " - DAY", " – DAWN", "", " - НОЧЬ", " — LATER")
_tail = st.sampled_from(["", "", "", "", "  ", " // a note", "\t"])
_aside = st.sampled_from(
    ["", "   ", "// a comment", "// ! not an error", "/* set aside */", "/* over\n  two lines */", "\t "]
)
_texts = st.sampled_from(_TEXTS)


@st.composite
def transition(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(TRANSITION_WORDS))
    if word == "CUT" and draw(st.booleans()):
        return f"CUT {draw(value(CUT, 'cut'))}"
    if "CUT" in word:
        return word + draw(st.sampled_from(["", " TO:", "."]))
    if word in ("WIPE", "WHIP PAN"):
        return f"{word} {draw(value(MOVING_TRANSITION, 'cut'))}"
    return f"{word} {draw(value(TRANSITION, 'cut'))}" if draw(st.booleans()) else word


# ---- blocks ------------------------------------------------------------------------------------------------------------

Lines = list[tuple[int, str]]
"""Lines with the depth at which they stand."""


class _Film:
    """What a film under way has said: who there is, which names are given."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self.named: dict[str, list[str]] = {kind: [] for kind in DEFINITIONS}
        self.templates: list[str] = []
        self.values: list[str] = []
        self.labels = 0


@st.composite
def _body(draw: st.DrawFn, film: _Film, kind: str, depth: int, most: int = 4) -> Lines:
    """What stands under a line of a kind, by the grammar; shots, cards and transitions are left to `_scene`."""
    may = standing()[kind]
    said: list[Lines] = []
    if "PROPERTY" in may:
        for line in draw(properties("FILM" if kind == "VARIANT" else kind, most)):
            muted = draw(st.integers(0, 11)) == 0
            said.append([(depth, f"/- {line}" if muted else line)])
    for what, chance in (("PROSE", 2), ("SYNOPSIS", 6), ("CUE", 3), ("SUPER", 5)):
        if what not in may or draw(st.integers(0, chance)):
            continue
        lines = [(depth, _line_of(draw, film, what))]
        if what in FLOWING and draw(st.integers(0, 4)) == 0:
            lines.append((depth + 1, _GOES_ON))
        said.insert(draw(st.integers(0, len(said))), lines)
    return [line for lines in said for line in lines]


def _line_of(draw: st.DrawFn, film: _Film, what: str) -> str:
    text = draw(_texts)
    if film.values and draw(st.integers(0, 3)) == 0:
        text += f" {{{draw(st.sampled_from(film.values))}}}"
    if what == "SYNOPSIS":
        return f"={draw(st.sampled_from([' ', '  ']))}{text}"
    if what == "SUPER":
        return f"SUPER: {text}{draw(st.sampled_from(['', ' for 1s']))}"
    if what == "CUE" and film.people:
        how = draw(st.sampled_from(["", " (V.O.)", " (low)", "（低声）"]))
        return f"{draw(st.sampled_from(film.people))}{how}{draw(st.sampled_from([':', ': ', '：', ':  ']))}{text}"
    return draw(st.sampled_from(["", "", "!"])) + text


def _shot_head(draw: st.DrawFn, film: _Film) -> str:
    head = f"SHOT {draw(st.sampled_from([*SIZES, *SIZE_ALIASES]))}"
    with_people: bool = draw(st.booleans())
    if film.people and with_people:
        people: list[str] = [
            p.removeprefix("@")
            for p in draw(st.lists(st.sampled_from(film.people), min_size=1, max_size=3, unique=True))
        ]
        head += " of " + draw(st.sampled_from([", ", " and ", ",", " & "])).join(people)
    return head


def _label(draw: st.DrawFn, film: _Film) -> str:
    if not draw(st.booleans()):
        return ""
    film.labels += 1
    return f" #{draw(st.sampled_from(['a', 'Ж', '夜', 'take-']))}{film.labels}"


@st.composite
def _scene(draw: st.DrawFn, film: _Film, depth: int, shots: int, template: bool = False) -> Lines:
    """Shots, cards and what stands between them. Those of a `template` have no labels: it may be used more than once."""
    lines: Lines = []
    for number in range(shots):
        muted = "/- " if draw(st.integers(0, 11)) == 0 else ""
        choice = draw(st.integers(0, 9))
        if choice == 0:
            lines.append((depth, f"{muted}TITLE: {draw(_texts)}"))
            lines += draw(_body(film, "TITLE", depth + 1, 2))
        elif choice <= 2 and film.templates and not template:
            name = draw(st.sampled_from(film.templates))
            lines.append((depth, f"{muted}SHOT FROM {name}, what {draw(st.sampled_from(['rain', '12', '(0.1, 0.2)']))}"
                          + _label(draw, film)))  # fmt: skip
        else:
            lines.append((depth, muted + _shot_head(draw, film) + ("" if template else _label(draw, film))))
            lines += draw(_body(film, "SHOT", depth + 1))
        if number < shots - 1 and draw(st.integers(0, 3)) == 0:
            lines.append((depth, draw(transition())))
    return lines


@st.composite
def _blocks(draw: st.DrawFn) -> Lines:
    film = _Film()
    lines: Lines = []
    if draw(st.integers(0, 4)):
        lines.append((0, draw(st.sampled_from(['FILM "A"', "FILM", 'FILM "Ночь ""один"""']))))
        lines += draw(_body(film, "FILM", 1))
    if draw(st.integers(0, 2)) == 0:
        used = [*library("GRADE"), '"assets/cast.apex" AS cast']
        lines.append((0, f"USE {draw(st.sampled_from(used))}, {draw(st.sampled_from(library('LIGHT')))} AS lit"))
    if draw(st.integers(0, 2)) == 0:
        lines.append((0, "SET"))
        for name in draw(st.lists(st.sampled_from(["town", "slow", "x-1"]), min_size=1, unique=True)):
            lines.append((1, f"{name}: {draw(st.sampled_from(['Berlin', '0.4', '2s 12f', '«да»']))}"))
            film.values.append(name)
    for person in draw(st.lists(st.sampled_from(_PEOPLE), max_size=4, unique=True)):
        lines.append((0, f"CHARACTER {person}"))
        lines += draw(_body(film, "CHARACTER", 1))
        film.people.append(person)
    for kind in draw(st.lists(st.sampled_from(DEFINITIONS), max_size=3, unique=True)):
        for name in draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=2, unique=True)):
            parents = [*film.named[kind], *islice(library(kind), 3)]
            parent = draw(st.sampled_from(parents)) if draw(st.booleans()) else ""
            lines.append((0, f"{kind} {name}{f' FROM {parent}' if parent else ''}"))
            body = draw(_body(film, kind, 1))
            if parent:  # which it has from FROM, and no other
                body = [line for line in body if "std." not in line[1]]
            lines += body
            film.named[kind].append(name)
    for name in draw(st.lists(st.sampled_from(_NAMES), max_size=2, unique=True)):
        lines.append((0, f"TEMPLATE {name} (what, lens 85mm)"))
        lines += draw(_scene(film, 1, draw(st.integers(1, 2)), template=True))
        lines += [(1, "SHOT close-up"), (2, "{what} is seen."), (2, "camera: {lens}, f/2")]
        film.templates.append(name)
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.sampled_from(["", " #12A#", " #一#"]))
        setting, place = draw(st.sampled_from([*SETTINGS, "."])), draw(st.sampled_from(_PLACES))
        gap = "" if setting == "." else " "
        lines.append((0, f"{setting}{gap}{place}{draw(st.sampled_from(_DAYTIMES))}{number}"))
        lines += draw(_body(film, "HEADING", 1))
        lines += draw(_scene(film, 1, draw(st.integers(1, 4))))
        if draw(st.integers(0, 5)) == 0:
            lines.append((0, draw(transition())))
    for name in draw(st.lists(st.sampled_from(_NAMES), max_size=2, unique=True)):
        lines.append((0, f"VARIANT {name}"))
        lines += draw(_body(film, "VARIANT", 1))
    return lines


@st.composite
def films(draw: st.DrawFn) -> str:
    """The text of a film that the grammar and the table allow."""
    step = draw(st.integers(1, 6))
    out: list[str] = []
    for depth, line in draw(_blocks()):
        if line != _GOES_ON and draw(st.integers(0, 9)) == 0:  # a blank line would end the paragraph
            aside = draw(_aside)
            out.append(aside if not aside.strip() else " " * draw(st.integers(0, 8)) + aside)
        out.append(" " * (step * depth) + line)
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return end.join(out) + draw(st.sampled_from(["", end, end * 3]))
