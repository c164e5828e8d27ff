"""Words of a film's own: a `stage.toml` beside it, of the same form as the one that ships."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from apexlang.diagnostics import Diagnostic, error, of_problem, suggest
from apexlang.lexicon.words import SECTIONS, standard, words_of
from apexlang.source import Problem, Source, Span, World

NAME = "stage.toml"

Row = tuple[str, str, str]
"""A section, a word, and what it means."""

_MOST = 5000


@dataclass(frozen=True)
class OwnWords:
    """`rows`, sorted; none where anything is wrong. `source`: the file, where there is one."""

    rows: tuple[Row, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source | None = None


def own_words(world: World) -> OwnWords:
    """What the film beside which `world` stands adds to the stage's vocabulary."""
    if not world.exists(NAME):
        return OwnWords()
    source = world.read(NAME)
    if isinstance(source, Problem):
        return OwnWords(diagnostics=(of_problem(source, Span(NAME, 0, 0, 0, 0)),))
    return parse(source)


def parse(source: Source) -> OwnWords:
    """The rows of a file, or all that is wrong with it, each with its line."""
    try:
        data = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(problem))
        line, col = (int(place[1]) - 1, int(place[2]) - 1) if place else (max(0, len(source.lines) - 1), 0)
        said = str(problem).partition(" (at ")[0] or "too deep"
        return OwnWords(
            diagnostics=(_wrong(source, line, col, f"this is no TOML: {said[:1].lower()}{said[1:]}"),), source=source
        )
    found: list[Diagnostic] = []
    rows: set[Row] = set()
    for section, table in data.items():
        if section not in SECTIONS:
            near = suggest(section, SECTIONS)
            help_ = f"write `[{near}]`" if near else "the sections are " + ", ".join(f"`{name}`" for name in SECTIONS)
            found.append(_at(source, section, f"the stage has no section `{section}`", help_))
        elif not isinstance(table, dict):
            found.append(_at(source, section, f"`{section}` is a section: write `[{section}]`, and the words under it"))
        else:
            rows |= _rows(source, section, table, found)
    if len(rows) > _MOST:
        found.append(_wrong(source, 0, 0, f"these are {len(rows)} words; {_MOST} are taken at most"))
    return OwnWords(() if found else tuple(sorted(rows)), tuple(found), source)


def _rows(source: Source, section: str, table: dict[str, object], found: list[Diagnostic]) -> set[Row]:
    known = standard().meanings(section)
    rows: set[Row] = set()
    for key, value in table.items():
        if not isinstance(value, str) or not value.strip():
            found.append(_at(source, key, f"`{key}` needs words in quotes", f'write `{key} = "word word"`'))
        elif section == "people":
            rows.add((section, key.lower(), " ".join(value.split())[:400]))
        elif key not in known:
            near = suggest(key, known)
            help_ = f"write `{near}`" if near else "there are " + ", ".join(f"`{name}`" for name in sorted(known))
            found.append(_at(source, key, f"`[{section}]` knows no `{key}`", help_))
        else:
            rows |= {(section, word, key) for word in words_of(value)}
    return rows


def _at(source: Source, key: str, message: str, help_: str = "") -> Diagnostic:
    pattern = re.compile(rf"^\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*(?:\]|=)")
    line = next((n for n, text in enumerate(source.lines) if pattern.match(text)), 0)
    text = source.lines[line] if source.lines else ""
    col = max(0, text.find(key))
    return _wrong(source, line, col, message, help_, len(key))


def _wrong(source: Source, line: int, col: int, message: str, help_: str = "", length: int = 1) -> Diagnostic:
    span = Span(source.path, line, col, line, col + length)
    return error("E0515", span, message, helps=(help_,) if help_ else ())
