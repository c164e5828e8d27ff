"""One mistake must not hide the next: five in each of a hundred films, and each is told of at its own line, with few echoes.

The films are those of `examples/` and of the suite that are right, and films made from what the table and the library say.
Everything is drawn from fixed seeds. `pytest -s tests/syntax/test_recovery.py` prints the figures, kind by kind.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apexlang.diagnostics import Diagnostic
from apexlang.ir import load_source
from apexlang.ir.table import BY_NAME, SIZES, names_in
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World
from apexlang.syntax.lines import Line, classify
from tests.syntax.judging import ROOT, SUITE

FILMS = 100
EACH = 5
APART = 3
"""Lines between two mistakes, at least."""
FOUND = 480
ECHOES = 25

Change = Callable[[str, Line, str, random.Random], str | None]
"""What a mistake makes of a line, given what stands above it; None where it cannot be made. A line break inserts a line: the
mistake is in the last."""


# ---- the catalogue -----------------------------------------------------------------------------------------------------


def _put(
    pattern: str, by: str | Callable[[re.Match[str]], str], kinds: Sequence[str] = ("PROPERTY",), of: str = ""
) -> Change:
    """The first place of a line where `pattern` fits, written otherwise."""

    def change(text: str, line: Line, above: str, rng: random.Random) -> str | None:
        if line.kind not in kinds or (of and line.word not in of.split()):
            return None
        made = re.sub(pattern, by, text, count=1)
        return made if made != text else None

    return change


def _below(*said: str, kinds: Sequence[str] = ("PROPERTY",), of: str = "", deeper: int = 0) -> Change:
    """A line of its own below one of a kind."""

    def change(text: str, line: Line, above: str, rng: random.Random) -> str | None:
        if line.kind not in kinds or (of and line.word not in of.split()):
            return None
        return f"{text}\n{' ' * (line.indent + deeper)}{rng.choice(said)}"

    return change


def _swapped(text: str, line: Line, above: str, rng: random.Random) -> str | None:
    """Two letters of a property's name change places."""
    word = line.word
    if line.kind != "PROPERTY" or len(word) < 4:
        return None
    places = [n for n in range(1, len(word) - 1) if word[n] != word[n + 1]]
    n = rng.choice(places)
    wrong = word[:n] + word[n + 1] + word[n] + word[n + 2 :]
    return text[: line.col] + wrong + text[line.col + len(word) :] if wrong not in BY_NAME else None


def _twice(text: str, line: Line, above: str, rng: random.Random) -> str | None:
    return f"{text}\n{text}" if line.kind == "PROPERTY" and not BY_NAME[line.word].many else None


def _shifted(text: str, line: Line, above: str, rng: random.Random) -> str | None:
    beside = len(above) - len(above.lstrip()) == line.indent and above.strip() != ""
    return " " + text if line.kind == "PROPERTY" and line.indent >= 2 and beside else None


def _tabbed(text: str, line: Line, above: str, rng: random.Random) -> str | None:
    return "\t" * (line.indent // 2) + text.lstrip() if line.kind == "PROPERTY" and line.indent >= 2 else None


_UNITS = r"(?<=\d)(mm|fps|K|%|dB|px|st|s|f)(?![\w.])"
_QUOTED = r'"([^"]+)"'

CATALOGUE: dict[str, Change] = {
    "a misspelt property": _swapped,
    "an unknown unit": _put(_UNITS, "qq"),
    "a number without its unit": _put(r"(?<=\d)(mm|fps|dB|st|s|f)(?![\w.])", "", of="camera hold format music sound"),
    "a quotation mark that is missing": _put(_QUOTED, r'"\1', of="still clip music sound lut"),
    "curly quotation marks": _put(_QUOTED, "“\\1”", of="still clip music sound lut"),
    "a file that is not there": _put(_QUOTED, '"no/such.png"', of="still"),
    "an unknown subject": _put(r"(?<= of )[A-Z]+", "ZEBEDEE", kinds=("SHOT",)),
    "an unknown speaker": _put(r"^( +)@?[A-Z']+", r"\1ZEBEDEE", kinds=("CUE",)),
    "an unknown look": _put(r": *\S+", ": nightshade", of="look"),
    "an unknown grade": _put(r": *\S+", ": nightshade", of="grade"),
    "an unknown move": _put(r": *[a-z]+", ": wobble", of="move"),
    "an unknown light": _put(r": *\w+", ": thre_pont", of="light"),
    "an unknown composition": _put(r": *[\w ]+", ": tirds and fourths", of="compose"),
    "an unknown generator": _put(r": *\w+", ": dall_e", of="generate"),
    "an unknown size": _put(rf"(?<=SHOT )({'|'.join(SIZES)})", "sideways", kinds=("SHOT",)),
    "a line out of its column": _shifted,
    "a tab": _tabbed,
    "a property without its colon": _put(r"^( +\w+): *", r"\1 ", of="camera hold move look grade light still"),
    "a property with a capital": _put(r"[a-z]", lambda m: m[0].upper(), of="camera hold move look grade light still"),
    "an equals sign for a colon": _put(r": *", " = ", of="camera hold move look grade still"),
    "a transition by no name": _put(r"DISSOLVE|FADE|SMASH|MATCH", lambda m: m[0][:2] + m[0][3:], kinds=("TRANSITION",)),
    "a transition in another unit": _put(r"$", " 12q", kinds=("TRANSITION",)),
    "a cut that takes time": _put(r"[A-Z].*$", "CUT 2s", kinds=("TRANSITION",)),
    "a structure word misspelt": _put(r"SHOT", "SHTO", kinds=("SHOT",)),
    "a structure word in small letters": _put(r"SHOT", "shot", kinds=("SHOT",)),
    "a heading without its dot": _put(r"^(INT|EXT)\.", r"\1", kinds=("HEADING",)),
    "something said twice in a value": _put(r"(\d+mm)", r"\1, 50mm", of="camera"),
    "a comma that is missing": _put(r",", "", of="camera format finish primary"),
    "a comma too many": _put(r" *(//.*)?$", ",", of="camera format finish primary hold compose"),
    "a semicolon for a comma": _put(r",", ";", of="camera format finish primary"),
    "a bracket that is missing": _put(r"\)", "", of="move"),
    "a value out of range": _put(r"\d+mm", "9000mm", of="camera"),
    "no value at all": _put(r":.*", ":", of="camera hold move look grade light compose palette"),
    "a colour of five digits": _put(r"(#[0-9A-Fa-f]{5})[0-9A-Fa-f]", r"\1", of="palette color"),
    "frames beyond the rate": _put(r":.*", ": 00:00:02:99", of="hold"),
    "a property twice": _twice,
    "a property that stands elsewhere": _below("wears: a coat", "primary: contrast +5%", of="camera hold move light"),
    "an unknown property": _below("zork: 2s", "wobble-factor: 12", of="camera hold move light"),
    "a mark of another language": _below("# a comment", "-- a comment", of="camera hold move light"),
    "a shot without a size": _put(r"SHOT.*", "SHOT", kinds=("SHOT",)),
    "a word too many in a head": _put(r'$', " loudly", kinds=("FILM",)),
    "a name that is not there to come from": _put(r"FROM \S+", "FROM nowhere", kinds=("LOOK", "GRADE")),
}  # fmt: skip


# ---- the films ---------------------------------------------------------------------------------------------------------

_PEOPLE = ("SARAH", "VICTOR", "OTTO")
_PROSE = (
    "Rain on the window.",
    "She stops. Something moved.",
    "A lamp swings above the table.",
    "He counts the crates again.",
)


@cache
def _sayings() -> dict[str, list[str]]:
    """What the table and the library say with each property; files are some that are there."""
    found = {name: [row.example] for name, row in BY_NAME.items()}
    for path in sorted((ROOT / "stdlib").glob("*.apex")):
        for said in path.read_text("utf-8").split("\n"):
            line = classify(said, 0)
            if line.kind == "PROPERTY" and not line.muted:
                found[line.word].append(said.strip())
    return found


def _example(name: str, rng: random.Random) -> str:
    said = rng.choice(_sayings()[name])
    for suffix, asset in ((".png", "grey.png"), (".wav", "beep.wav"), (".cube", "film.cube")):
        said = re.sub(rf'"[^"]*\{suffix}"', f'"assets/{asset}"', said)
    return said


def _made(seed: int) -> str:
    """A film from what the table and the library say."""
    rng = random.Random(seed)
    usable = {n for n in BY_NAME if ".mp4" not in BY_NAME[n].example}
    pictures = {"still", "color"}

    def block(kind: str, most: int, depth: int) -> list[str]:
        names = [n for n in names_in(kind) if n in usable and n not in pictures]
        chosen = rng.sample(names, min(most, len(names)))
        chosen += [rng.choice(sorted(pictures))] if kind == "SHOT" and rng.random() < 0.4 else []
        return [" " * depth + _example(n, rng) for n in chosen]

    lines = ['FILM "Made"', *block("FILM", 5, 2), ""]
    for person in _PEOPLE:
        lines += [f"CHARACTER {person}", "  Somebody in a coat.", *block("CHARACTER", 2, 2), ""]
    lines += ["GRADE mine FROM std.grades.noir", *block("GRADE", 3, 2), "", "LOOK ours", *block("LOOK", 3, 2), ""]
    for scene in range(rng.randint(2, 3)):
        lines += [f"{rng.choice(('INT.', 'EXT.'))} PLACE {scene} - NIGHT", *block("HEADING", 2, 2), ""]
        for shot in range(rng.randint(2, 4)):
            whom = f" of {rng.choice(_PEOPLE)}" if rng.random() < 0.7 else ""
            lines += [
                f"  SHOT {rng.choice(SIZES)}{whom} #s{scene}-{shot}",
                f"    {rng.choice(_PROSE)}",
                *block("SHOT", 3, 4),
            ]
            if rng.random() < 0.6:
                lines.append(f"    {rng.choice(_PEOPLE)}: Who is there?")
            lines.append("")
            if rng.random() < 0.5:
                lines += [f"  {rng.choice(('DISSOLVE 12f', 'CUT', 'FADE OUT 1s', 'SMASH CUT'))}", ""]
        lines += ["  SHOT insert", "    hold: 4s", ""]
    return "\n".join(lines)


@cache
def _bases() -> tuple[tuple[str, Path], ...]:
    """Films with their folders. What is expected of a suite film stands in its comments, which stay out."""
    paths = [p for p in sorted((ROOT / "examples").rglob("*.apex")) if "out" not in p.parts] + sorted(
        SUITE.glob("ok_*.apex")
    )
    told = re.compile(r"[ \t]*// ! .*\n?")
    found = [
        ("".join(x for x in p.read_text("utf-8").splitlines(True) if not told.fullmatch(x)), p.parent) for p in paths
    ]
    found = [(text, folder) for text, folder in found if text.count("\n") >= 30]
    return (*found, *((_made(seed), SUITE) for seed in range(FILMS - len(found))))


@dataclass(frozen=True)
class Planted:
    """A film with mistakes: which stands on which line."""

    text: str
    at: dict[int, str]


def _lines(text: str) -> list[tuple[int, Line]]:
    """The lines in which a mistake would be one: not in what is set aside or muted."""
    found, aside = [], False
    for number, said in enumerate(text.split("\n")):
        if aside or said.lstrip().startswith("/*"):
            aside = "*/" not in said
            continue
        line = classify(said, number)
        if not line.muted and line.kind not in ("BLANK", "COMMENT", "PROSE"):
            found.append((number, line))
    return found


def _planted(text: str, rng: random.Random, used: Counter[str]) -> Planted:
    """The film with mistakes of different kinds in it, the ones that were used least first."""
    lines = text.split("\n")
    may = _lines(text)
    made: dict[int, tuple[str, str]] = {}
    kinds = sorted(CATALOGUE, key=lambda kind: (used[kind], rng.random()))
    for kind in kinds:
        rng.shuffle(may)
        for number, line in may:
            if any(abs(number - other) <= APART for other in made):
                continue
            wrong = CATALOGUE[kind](lines[number], line, lines[number - 1] if number else "", rng)
            if wrong is not None:
                made[number] = kind, wrong
                used[kind] += 1
                break
        if len(made) == EACH:
            break
    out: list[str] = []
    at: dict[int, str] = {}
    for number, said in enumerate(lines):
        kind, wrong = made.get(number, ("", said))
        out += wrong.split("\n")
        if kind:
            at[len(out) - 1] = kind
    return Planted("\n".join(out), at)


# ---- what is told ------------------------------------------------------------------------------------------------------


def _told(text: str, folder: Path) -> list[Diagnostic]:
    film, found, _ = load_source(World(folder), Source("film.apex", text))
    return [*found, *(lay_out(film).diagnostics if film is not None else ())]


def test_each_mistake_is_told_of_at_its_line() -> None:
    used: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    echoes: list[str] = []
    bases = _bases()
    assert len(bases) == FILMS
    for number, (text, folder) in enumerate(bases):
        before = _told(text, folder)
        assert [d for d in before if d.is_error] == [], text
        planted = _planted(text, random.Random(number), used)
        assert len(planted.at) == EACH
        usual = Counter((d.code, d.message) for d in before)
        open_ = dict(planted.at)
        said = planted.text.split("\n")
        for d in _told(planted.text, folder):
            usual[d.code, d.message] -= 1
            if usual[d.code, d.message] >= 0:
                continue
            if d.span is not None and open_.pop(d.span.line, None) is not None:
                continue
            near = [f"{kind} ({at + 1})" for at, kind in planted.at.items()]
            where = f"{d.span.line + 1}: {said[d.span.line].strip()}" if d.span else "-"
            echoes.append(f"film {number}, {d.code} {d.message!r} at {where}; planted: {', '.join(near)}")
        for at, kind in open_.items():
            missed[kind] += 1
            print(f"film {number}: nothing said of {kind} at {at + 1}: {said[at]!r}")
    print(*echoes, sep="\n")
    for kind in CATALOGUE:
        print(f"{used[kind] - missed[kind]:4} of {used[kind]:3}  {kind}")
    print(
        f"{used.total() - missed.total()} of {used.total()} mistakes told of at their line, {len(echoes)} more reports"
    )
    assert used.total() == FILMS * EACH
    assert all(used[kind] >= EACH for kind in CATALOGUE)
    assert used.total() - missed.total() >= FOUND
    assert len(echoes) < ECHOES
